package web

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// hurry gives what somebody sends an end in time: a form comes at once or not at
// all. It holds for what nobody reads as well, because net/http reads that before
// the next request. A route for a file gives it longer. When all has come there is
// no end any more: what stays open afterwards may.
func hurry(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength == 0 {
		return
	}
	wire := http.NewResponseController(w)
	_ = wire.SetReadDeadline(time.Now().Add(3 * patient)) // supported, or not needed
	r.Body = &coming{r.Body, wire}
}

// coming is what somebody sends.
type coming struct {
	io.ReadCloser
	wire *http.ResponseController
}

func (c *coming) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	if errors.Is(err, io.EOF) {
		_ = c.wire.SetReadDeadline(time.Time{}) // supported, or not needed
	}
	return n, err
}
