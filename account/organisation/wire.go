package organisation

import (
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"time"
)

// The bounds of asking an organisation.
const (
	patience   = 10 * time.Second
	mostAnswer = 1 << 20
)

var errLarge = errors.New("organisation: the answer is too large")

// bounded is a client that waits no longer than patience, reads no more than
// mostAnswer, and does not follow where an answer leads: the secret goes to
// the address that was asked and nowhere else.
func bounded() *http.Client {
	wire := http.DefaultTransport.(*http.Transport).Clone()
	wire.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	wire.MaxResponseHeaderBytes = 64 << 10
	wire.MaxIdleConns = 4
	return &http.Client{
		Timeout:       patience,
		Transport:     limit{wire},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// limit reads no more of an answer than is allowed.
type limit struct{ next http.RoundTripper }

func (l limit) RoundTrip(r *http.Request) (*http.Response, error) {
	got, err := l.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	got.Body = &limited{got.Body, mostAnswer}
	return got, nil
}

// limited fails where an answer goes on too long. What it cuts off is never
// taken for the whole.
type limited struct {
	io.ReadCloser
	left int
}

func (l *limited) Read(b []byte) (int, error) {
	if l.left <= 0 {
		return 0, errLarge
	}
	n, err := l.ReadCloser.Read(b[:min(len(b), l.left)])
	l.left -= n
	return n, err
}
