package main

import (
	"bytes"
	"errors"
	"net"
	"sync"
	"time"
)

// proxy stands between programs and a server and harms what passes.
type proxy struct {
	listener net.Listener
	to       string

	mu     sync.Mutex
	pipes  map[*pipe]bool
	refuse bool          // new connections are closed
	gate   chan struct{} // closed when what passes may pass; nil is always
	delay  time.Duration // of each piece
	lose   int           // commits of which the answer is still to be lost
	lost   int           // that were
	ended  sync.WaitGroup
}

// pipe is one connection through it.
type pipe struct{ client, server *net.TCPConn }

// newProxy listens on a port of this machine.
func newProxy(to string) (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{listener: l, to: to, pipes: map[*pipe]bool{}}
	p.ended.Go(p.accept)
	return p, nil
}

func (p *proxy) port() int { return p.listener.Addr().(*net.TCPAddr).Port }

func (p *proxy) close() error {
	p.set(func() { p.gate, p.delay = nil, 0 })
	err := p.listener.Close()
	p.cut(true)
	p.ended.Wait()
	return err
}

// set changes how it harms.
func (p *proxy) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue
		}
		p.mu.Lock()
		refuse := p.refuse
		p.mu.Unlock()
		server, err := net.Dial("tcp", p.to)
		if refuse || err != nil {
			client.Close()
			if server != nil {
				server.Close()
			}
			continue
		}
		c := &pipe{client.(*net.TCPConn), server.(*net.TCPConn)}
		p.set(func() { p.pipes[c] = true })
		p.ended.Go(func() { p.pass(c, c.client, c.server, true) })
		p.ended.Go(func() { p.pass(c, c.server, c.client, false) })
	}
}

// pass passes on what comes, until one side is gone.
func (p *proxy) pass(c *pipe, from, to *net.TCPConn, up bool) {
	defer p.end(c, false)
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		if err != nil {
			return
		}
		p.mu.Lock()
		gate, delay := p.gate, p.delay
		lose := up && p.lose > 0 && bytes.Contains(piece[:n], []byte("commit\x00"))
		if lose {
			p.lose--
			p.lost++
		}
		p.mu.Unlock()
		if gate != nil {
			<-gate
		}
		if delay > 0 {
			<-time.After(delay)
		}
		if lose {
			c.client.Close() // before the answer can come
		}
		if _, err := to.Write(piece[:n]); err != nil || lose {
			return // with what was written on its way
		}
	}
}

// end ends a connection; by a reset what is on its way is thrown away.
func (p *proxy) end(c *pipe, reset bool) {
	p.set(func() { delete(p.pipes, c) })
	for _, side := range []*net.TCPConn{c.client, c.server} {
		if reset {
			side.SetLinger(0) // fails for one that is gone
		}
		side.Close()
	}
}

// cut ends all connections.
func (p *proxy) cut(reset bool) {
	p.mu.Lock()
	var all []*pipe
	for c := range p.pipes {
		all = append(all, c)
	}
	p.mu.Unlock()
	for _, c := range all {
		p.end(c, reset)
	}
}
