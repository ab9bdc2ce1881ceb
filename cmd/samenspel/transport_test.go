package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io/fs"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"samenspel/journal"
)

// pair is a certificate and its key in two files, for samenspel.test.
type pair struct{ cert, key string }

// write makes a new certificate in the files, with a number of its own.
func (p pair) write(t *testing.T, serial int64) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(t, err)
	form := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "samenspel.test"}, DNSNames: []string{"samenspel.test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	check(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	check(t, err)
	check(t, os.WriteFile(p.cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644))
	check(t, os.WriteFile(p.key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
	// Files that are written within one tick of the disk's clock look the same.
	at := time.Unix(serial, 0)
	check(t, os.Chtimes(p.cert, at, at))
	check(t, os.Chtimes(p.key, at, at))
}

func newPair(t *testing.T) pair {
	t.Helper()
	dir := t.TempDir()
	p := pair{filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")}
	p.write(t, 1)
	return p
}

func (p pair) transport() transport { return transport{TLSCert: p.cert, TLSKey: p.key} }

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// quiet is a log that a test can read.
func quiet() (*slog.Logger, *bytes.Buffer) {
	var out bytes.Buffer
	return slog.New(slog.NewTextHandler(&out, nil)), &out
}

// shake shakes hands with a server of this configuration.
func shake(t *testing.T, server, client *tls.Config) (tls.ConnectionState, error) {
	t.Helper()
	here, there := net.Pipe()
	defer here.Close()
	defer there.Close()
	answered := make(chan error, 1)
	go func() { answered <- tls.Server(there, server).HandshakeContext(t.Context()) }()
	client.ServerName, client.InsecureSkipVerify = "samenspel.test", true
	c := tls.Client(here, client)
	err := c.HandshakeContext(t.Context())
	if err != nil {
		here.Close()
		<-answered
		return tls.ConnectionState{}, err
	}
	return c.ConnectionState(), <-answered
}

func TestTLSConfig(t *testing.T) {
	c := tlsConfig(nil)
	if c.MinVersion != tls.VersionTLS12 || c.MaxVersion != 0 || c.InsecureSkipVerify || c.KeyLogWriter != nil || c.Renegotiation != tls.RenegotiateNever {
		t.Errorf("the configuration is %+v", c)
	}
	for _, suite := range tls.InsecureCipherSuites() {
		if slices.Contains(c.CipherSuites, suite.ID) {
			t.Errorf("%s is allowed", suite.Name)
		}
	}
	for _, suite := range tls.CipherSuites() {
		aead := strings.Contains(suite.Name, "GCM") || strings.Contains(suite.Name, "POLY1305")
		fresh := strings.Contains(suite.Name, "ECDHE")
		only13 := !slices.Contains(suite.SupportedVersions, tls.VersionTLS12)
		if want := aead && fresh && !only13; slices.Contains(c.CipherSuites, suite.ID) != want {
			t.Errorf("%s is allowed: %t", suite.Name, !want)
		}
	}
}

func TestHandshakes(t *testing.T) {
	log, _ := quiet()
	server, err := newPair(t).transport().config(log)
	check(t, err)
	for name, tt := range map[string]struct {
		client *tls.Config
		want   uint16 // the version, or 0 for a refusal
	}{
		"TLS 1.3": {&tls.Config{}, tls.VersionTLS13},
		"TLS 1.2": {&tls.Config{MaxVersion: tls.VersionTLS12}, tls.VersionTLS12},
		"TLS 1.2, ChaCha20": {&tls.Config{MaxVersion: tls.VersionTLS12,
			CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256}}, tls.VersionTLS12},
		"TLS 1.1": {&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, 0},
		"TLS 1.0": {&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS10}, 0},
		"CBC": {&tls.Config{MaxVersion: tls.VersionTLS12,
			CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256}}, 0},
		"RC4": {&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_RC4_128_SHA}}, 0},
	} {
		state, err := shake(t, server, tt.client)
		if (err == nil) != (tt.want != 0) || state.Version != tt.want {
			t.Errorf("%s: version %x, %v; want %x", name, state.Version, err, tt.want)
		}
	}
	state, err := shake(t, server, &tls.Config{NextProtos: []string{"h2", "http/1.1"}})
	if err != nil || state.NegotiatedProtocol != "h2" {
		t.Errorf("the protocol is %q, %v", state.NegotiatedProtocol, err)
	}
}

// serial is the number of the certificate that somebody gets who comes now.
func serial(t *testing.T, server *tls.Config) int64 {
	t.Helper()
	state, err := shake(t, server, &tls.Config{})
	check(t, err)
	return state.PeerCertificates[0].SerialNumber.Int64()
}

func TestACertificateIsReadAgain(t *testing.T) {
	log, said := quiet()
	p := newPair(t)
	server, err := p.transport().config(log)
	check(t, err)
	wants := func(what string, want int64) {
		t.Helper()
		if got := serial(t, server); got != want {
			t.Errorf("%s: certificate %d, want %d", what, got, want)
		}
	}
	wants("at first", 1)
	p.write(t, 2)
	wants("a new one", 2)
	if said.Len() > 0 {
		t.Errorf("the log says %s", said)
	}
	// One of the two is new, the other not yet.
	other := newPair(t)
	check(t, os.Rename(other.cert, p.cert))
	wants("half written", 2)
	wants("half written, again", 2)
	if got := strings.Count(said.String(), "level=ERROR"); got != 1 {
		t.Errorf("it is said %d times:\n%s", got, said)
	}
	check(t, os.Remove(p.key))
	wants("without a key", 2)
	p.write(t, 3)
	wants("whole again", 3)
}

func TestACertificateThatIsNotThere(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(pair) error
		want  func(error) bool
	}{
		"no key": {func(p pair) error { return os.Remove(p.key) }, func(err error) bool {
			return errors.Is(err, fs.ErrNotExist) && strings.Contains(err.Error(), "key.pem")
		}},
		"no certificate": {func(p pair) error { return os.Remove(p.cert) }, func(err error) bool {
			return errors.Is(err, fs.ErrNotExist) && strings.Contains(err.Error(), "cert.pem")
		}},
		"an open key": {func(p pair) error { return os.Chmod(p.key, 0o644) }, func(err error) bool { _, ok := errors.AsType[*journal.KeyFileError](err); return ok }},
		"a folder":    {func(p pair) error { return errors.Join(os.Remove(p.key), os.Mkdir(p.key, 0o700)) }, func(err error) bool { return errors.Is(err, fs.ErrInvalid) }},
		"no PEM":      {func(p pair) error { return os.WriteFile(p.key, []byte("no key"), 0o600) }, func(err error) bool { return strings.Contains(err.Error(), "PEM") }},
		"of another":  {func(p pair) error { return os.Rename(newPair(t).key, p.key) }, func(err error) bool { return strings.Contains(err.Error(), "match") }},
	} {
		p := newPair(t)
		check(t, tt.spoil(p))
		log, _ := quiet()
		if c, err := p.transport().config(log); err == nil || c != nil || !tt.want(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	log, _ := quiet()
	if c, err := (transport{}).config(log); c != nil || err != nil {
		t.Errorf("without TLS: %v, %v", c, err)
	}
}

// TestServingOverTLS asks the server itself, over a real connection, and knocks
// without TLS: of that the log says nothing.
func TestServingOverTLS(t *testing.T) {
	log, said := quiet()
	config, err := newPair(t).transport().config(log)
	check(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	server := &http.Server{
		TLSConfig: config, ErrorLog: slog.NewLogLogger(withoutPeers{log.Handler()}, slog.LevelWarn),
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) }),
	}
	go func() { ended <- answer(ctx, server, l) }()
	client := http.Client{Transport: &http.Transport{
		ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true, ServerName: "samenspel.test"},
	}}
	got, err := client.Get("https://" + l.Addr().String())
	check(t, err)
	if got.Body.Close(); got.StatusCode != http.StatusTeapot || got.ProtoMajor != 2 {
		t.Errorf("%s over %s", got.Status, got.Proto)
	}
	plain, err := http.Get("http://" + l.Addr().String())
	if err == nil {
		if plain.Body.Close(); plain.StatusCode != http.StatusBadRequest {
			t.Errorf("without TLS: %s", plain.Status)
		}
	}
	client.CloseIdleConnections()
	stop()
	check(t, <-ended)
	server.ErrorLog.Print("http: TLS handshake error from 192.0.2.1:1: EOF")
	if said.Len() > 0 {
		t.Errorf("the log says %s", said)
	}
	server.ErrorLog.Print("something else")
	if !strings.Contains(said.String(), "something else") {
		t.Error("the log says nothing at all")
	}
}
