package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"samenspel/journal"
)

// transport says with which certificate the program speaks TLS itself.
type transport struct {
	TLSCert string `name:"tls-cert" and:"tls" type:"path" placeholder:"FILE" env:"SAMENSPEL_TLS_CERT" help:"The certificate and those between, as PEM. With it the program speaks TLS itself."`
	TLSKey  string `name:"tls-key" and:"tls" type:"path" placeholder:"FILE" env:"SAMENSPEL_TLS_KEY" help:"The key of the certificate, as PEM."`
}

// config is how TLS is spoken, or nil where something in front speaks it.
func (t transport) config(log *slog.Logger) (*tls.Config, error) {
	if t.TLSCert == "" && t.TLSKey == "" {
		return nil, nil
	}
	c := &certificate{cert: t.TLSCert, key: t.TLSKey, log: log}
	if _, err := c.present(nil); err != nil {
		return nil, err
	}
	return tlsConfig(c.present), nil
}

// scheme is how an address begins that is reached this way.
func scheme(secure *tls.Config) string {
	if secure != nil {
		return "https://"
	}
	return "http://"
}

// withoutPeers leaves out of a log that a handshake failed: it happens all day,
// and nobody can do anything about it. Out of the other lines it leaves the
// address on the network of who asked.
type withoutPeers struct{ slog.Handler }

// Handle keeps a line, or not.
func (w withoutPeers) Handle(ctx context.Context, line slog.Record) error {
	if strings.HasPrefix(line.Message, "http: TLS handshake error from ") {
		return nil
	}
	line.Message = peers.ReplaceAllString(line.Message, "(address)")
	return w.Handler.Handle(ctx, line)
}

// tlsConfig allows TLS 1.2 and 1.3, with ciphers that are bound to their text
// (AEAD) and keys that are made anew for each connection. Those of TLS 1.3 are
// all so, and Go chooses among them.
func tlsConfig(present func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: present,
		NextProtos:     []string{"h2", "http/1.1"},
		CipherSuites: []uint16{
			tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
			tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
			tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
		},
	}
}

// certificate is one in two files, which are read again when they change: a
// certificate lives for some weeks, and the program for longer.
type certificate struct {
	cert, key string
	log       *slog.Logger

	mu     sync.Mutex
	read   [2]stamp // of the files as they were last looked at
	loaded *tls.Certificate
}

// stamp is by what a file is seen to be another one.
type stamp struct {
	size     int64
	modified time.Time
}

// present gives the certificate that is in the files now. Where they do not go
// together, as between the writing of the one and the other, the one from
// before stays, and that is said once.
func (c *certificate) present(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now, err := c.stamps()
	if err == nil && c.loaded != nil && now == c.read {
		return c.loaded, nil
	}
	seen := now == c.read
	c.read = now
	var next tls.Certificate
	if err == nil {
		next, err = tls.LoadX509KeyPair(c.cert, c.key)
	}
	switch {
	case err == nil:
		c.loaded = &next
	case c.loaded == nil:
		return nil, fmt.Errorf("the certificate for TLS: %w", err)
	case !seen:
		c.log.Error("the certificate for TLS cannot be read again; the one from before stays", "error", err)
	}
	return c.loaded, nil
}

// stamps looks at both files. A key that everybody can read is none.
func (c *certificate) stamps() (both [2]stamp, err error) {
	for i, path := range []string{c.cert, c.key} {
		info, err := os.Stat(path)
		if err != nil {
			return [2]stamp{}, err
		}
		if path == c.key && info.Mode().Perm()&0o007 != 0 {
			return [2]stamp{}, &journal.KeyFileError{Path: path, Problem: "is open to everybody: run chmod 600 on it, and ask yourself who has read it"}
		}
		if !info.Mode().IsRegular() {
			return [2]stamp{}, &fs.PathError{Op: "read", Path: path, Err: fs.ErrInvalid}
		}
		both[i] = stamp{info.Size(), info.ModTime()}
	}
	return both, nil
}
