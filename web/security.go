package web

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"samenspel"
)

// Contact is where people report a weakness: an address that a browser can
// open.
type Contact string

// ContactAt gives a contact, or says what is wrong with the address. None is
// no error.
func ContactAt(address string) (Contact, error) {
	u, err := url.Parse(address)
	switch {
	case address == "":
		return "", nil
	case err != nil, strings.ContainsAny(address, " \t\r\n"),
		u.Scheme == "mailto" && !strings.Contains(u.Opaque, "@"),
		u.Scheme == "https" && u.Host == "",
		u.Scheme != "mailto" && u.Scheme != "https":
		return "", errors.New("the contact for security has to begin with mailto: or https://")
	}
	return Contact(address), nil
}

// contactFor is how long what security.txt says may be believed: well below the
// year that RFC 9116 allows.
const contactFor = 180 * 24 * time.Hour

// security is the file that tells where to report a weakness (RFC 9116).
func (v *visit) security() error {
	if v.Contact == "" {
		return samenspel.ErrNotFound
	}
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	expires := v.Now().UTC().Truncate(24 * time.Hour).Add(contactFor)
	_, _ = fmt.Fprintf(v.w, "Contact: %s\nExpires: %s\nPreferred-Languages: nl, en\nCanonical: %s/.well-known/security.txt\n",
		v.Contact, expires.Format(time.RFC3339), v.Address)
	return nil
}
