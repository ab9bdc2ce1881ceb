package suggest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// Config says where the language model is and what it may take.
type Config struct {
	// URL is the address of the server up to its version, such as
	// http://127.0.0.1:8000/v1. Empty: nothing is asked of anybody.
	URL string
	// Key is sent as a bearer token; empty for a server that wants none.
	Key Secret
	// Name is what the server calls the language model.
	Name string
	// Far lets text go without TLS to a machine that is not in the own network.
	Far bool
	// Request is how long one request may take, a minute where it is 0.
	Request time.Duration
	// Budget is how long all of it may take, ten minutes where it is 0.
	Budget time.Duration
	// Roots are who is trusted to sign certificates; nil for those of the system.
	Roots *x509.CertPool
	// Wait waits until the time has passed or the context is done; nil for the
	// clock.
	Wait func(context.Context, time.Duration) error
}

// On reports whether somebody chose a server.
func (c Config) On() bool { return c.URL != "" }

// Secret is a key. However it is printed, it is not in what is printed.
type Secret string

// Format prints a mark.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "(key)") }

// MarshalText gives the same mark.
func (Secret) MarshalText() ([]byte, error) { return []byte("(key)"), nil }

// Why an address or a key is not taken. None of them repeats it: there may be
// a key in an address.
var (
	errOff    = errors.New("suggest: no address of a language model is set")
	errForm   = errors.New("suggest: the address is not of the form http(s)://host[:port]/path")
	errExtras = errors.New("suggest: the address holds a user, a query or a fragment; put the key in its own setting")
	errFar    = errors.New("suggest: an address without TLS is outside the own network; use https, or allow it")
	errName   = errors.New("suggest: the language model has no name")
	errKey    = errors.New("suggest: the key holds a sign that a header cannot have")
)

// Suggester asks one server. It may be used by several at once.
type Suggester struct {
	config Config
	ask    string // the address of the question
	client *http.Client
}

// Format prints a mark: the key is inside.
func (Suggester) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "(suggester)") }

// New checks the settings. It asks nothing of the server yet.
func New(c Config) (*Suggester, error) {
	address, err := c.address()
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(c.Name) == "" {
		return nil, errName
	}
	if strings.ContainsFunc(string(c.Key), func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errKey
	}
	if c.Request <= 0 {
		c.Request = time.Minute
	}
	if c.Budget <= 0 {
		c.Budget = 10 * time.Minute
	}
	if c.Wait == nil {
		c.Wait = wait
	}
	return &Suggester{config: c, ask: address.String(), client: c.client(address)}, nil
}

// address reads and checks the address, and makes it that of the question.
func (c Config) address() (*url.URL, error) {
	if !c.On() {
		return nil, errOff
	}
	address, err := url.Parse(c.URL)
	switch {
	case err != nil, address.Scheme != "http" && address.Scheme != "https", address.Hostname() == "":
		return nil, errForm
	case address.User != nil, address.RawQuery != "", address.ForceQuery, address.Fragment != "":
		return nil, errExtras
	}
	if ip, err := netip.ParseAddr(address.Hostname()); err == nil && c.mustBeNear(address) && !near(ip) {
		return nil, errFar
	}
	const question = "/chat/completions"
	address.Path = strings.TrimSuffix(strings.TrimRight(address.Path, "/"), question) + question
	address.RawPath = ""
	return address, nil
}

// mustBeNear reports whether only the own network will do.
func (c Config) mustBeNear(address *url.URL) bool { return address.Scheme == "http" && !c.Far }

// near reports whether an address is of this machine or the own network.
func near(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast()
}

// client makes what asks: no redirects, because they would take the text
// elsewhere; no proxy, because it would read along; and where a machine must be
// near, the address that its name stands for is looked at each time.
func (c Config) client(address *url.URL) *http.Client {
	dialer := &net.Dialer{Timeout: c.Request}
	if c.mustBeNear(address) {
		dialer.Control = onlyNear
	}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			TLSClientConfig:        &tls.Config{RootCAs: c.Roots, MinVersion: tls.VersionTLS12},
			MaxResponseHeaderBytes: 64 << 10,
			MaxIdleConnsPerHost:    1,
			IdleConnTimeout:        time.Minute,
		},
	}
}

// onlyNear refuses a connection, before it is made, to what is not near.
func onlyNear(_, to string, _ syscall.RawConn) error {
	if at, err := netip.ParseAddrPort(to); err != nil || !near(at.Addr()) {
		return errFar
	}
	return nil
}

// wait waits by the clock.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
