package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"samenspel/account/organisation"
	"samenspel/journal"
	"samenspel/web"
)

// organisationSignIn says which sign-in of their own an organisation has.
type organisationSignIn struct {
	Issuer     string        `env:"SAMENSPEL_OIDC_ISSUER" placeholder:"https://…" help:"The issuer, as it writes itself, to the letter."`
	Client     string        `env:"SAMENSPEL_OIDC_CLIENT" placeholder:"ID" help:"What the organisation calls this program."`
	SecretFile string        `env:"SAMENSPEL_OIDC_SECRET_FILE" type:"path" placeholder:"FILE" help:"A file with the secret of this program, that only its owner can read."`
	Acr        []string      `env:"SAMENSPEL_OIDC_ACR" sep:"," placeholder:"LEVEL" help:"A level (acr) at which people may come in. The organisation has to say one of these. Can be given more than once."`
	Name       string        `env:"SAMENSPEL_OIDC_NAME" placeholder:"NAME" help:"What people call the organisation."`
	MaxAge     time.Duration `env:"SAMENSPEL_OIDC_MAX_AGE" placeholder:"8h" help:"How long ago people may have signed in there."`
}

// choose gives a site the sign-in of the organisation, when there is one.
func (c organisationSignIn) choose(site *web.Site) error {
	if c.Issuer == "" {
		if c.Client != "" || c.SecretFile != "" || len(c.Acr) > 0 || c.Name != "" || c.MaxAge != 0 {
			return fmt.Errorf("the organisation's sign-in has no --oidc-issuer")
		}
		return nil
	}
	set := organisation.Settings{Issuer: c.Issuer, Client: c.Client, Levels: c.Acr, MaxAge: c.MaxAge, Name: c.Name}
	var err error
	if c.SecretFile != "" {
		if set.Secret, err = secretIn(c.SecretFile); err != nil {
			return err
		}
	}
	site.Organisation, err = organisation.New(set, site.Now)
	return err
}

// mostSecret is the longest secret that is read from a file, in bytes.
const mostSecret = 4 << 10

// secretIn reads a secret from a file, which is held to what a key file is
// held to. A line end after it is no part of it.
func secretIn(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read a secret: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return "", fmt.Errorf("read a secret: %w", err)
	case !info.Mode().IsRegular():
		return "", &journal.KeyFileError{Path: path, Problem: "is not a regular file"}
	case info.Mode().Perm()&0o077 != 0:
		return "", &journal.KeyFileError{Path: path, Problem: "is open to others than its owner: run chmod 600 on it, and ask yourself who has read it"}
	}
	text, err := io.ReadAll(io.LimitReader(f, mostSecret+1))
	if err != nil {
		return "", fmt.Errorf("read a secret: %w", err)
	}
	secret := strings.TrimRight(string(text), "\r\n")
	if secret == "" || len(text) > mostSecret || bytes.ContainsAny(text[:len(secret)], "\r\n\x00") {
		return "", &journal.KeyFileError{Path: path, Problem: "does not hold one secret on one line"}
	}
	return secret, nil
}
