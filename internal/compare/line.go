package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
)

// line is the one connection of a worker, which opens when something is sent. A
// client of net/http has two goroutines for each connection, and all three wake
// each other: for a create that took 114 µs of the machine that is measured on, a
// fifth of what both sides cost. Here it is the worker alone.
type line struct {
	conn net.Conn
	in   *bufio.Reader
	out  *bufio.Writer
}

// send sends a request and reads the whole answer, whose length it gives.
func (l *line) send(r *http.Request, want int) (int64, error) {
	n, err := l.exchange(r, want)
	if err != nil {
		l.close()
		err = fmt.Errorf("%s %s: %w", r.Method, r.URL.Path, err)
	}
	return n, err
}

func (l *line) exchange(r *http.Request, want int) (int64, error) {
	if l.conn == nil {
		conn, err := net.Dial("tcp", r.URL.Host)
		if err != nil {
			return 0, err
		}
		l.conn, l.in, l.out = conn, bufio.NewReader(conn), bufio.NewWriter(conn)
	}
	if err := r.Write(l.out); err != nil {
		return 0, err
	}
	if err := l.out.Flush(); err != nil {
		return 0, err
	}
	res, err := http.ReadResponse(l.in, r)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, res.Body)
	if err == nil && res.StatusCode != want {
		err = fmt.Errorf("answered %s", res.Status)
	}
	if res.Close {
		l.close()
	}
	return n, err
}

// close ends the connection; what is sent next opens another.
func (l *line) close() {
	if l.conn != nil {
		l.conn.Close() // all that was asked is answered
		l.conn = nil
	}
}
