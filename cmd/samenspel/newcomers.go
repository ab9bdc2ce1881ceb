package main

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// newcomers are connections on which nothing was asked yet. A server that stops
// would close those, also when the question is on its way.
type newcomers struct {
	mu    sync.Mutex
	all   map[net.Conn]struct{}
	empty chan struct{} // to be closed when there are none; nil while nobody waits
}

// seen is told of each change of a connection.
func (n *newcomers) seen(c net.Conn, is http.ConnState) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if is == http.StateNew {
		if n.all == nil {
			n.all = map[net.Conn]struct{}{}
		}
		n.all[c] = struct{}{}
		return
	}
	delete(n.all, c)
	if len(n.all) == 0 && n.empty != nil {
		close(n.empty)
		n.empty = nil
	}
}

// wait waits until each has asked something, and not for those who take long.
func (n *newcomers) wait(long time.Duration) {
	n.mu.Lock()
	if len(n.all) == 0 {
		n.mu.Unlock()
		return
	}
	empty := make(chan struct{})
	n.empty = empty
	n.mu.Unlock()
	late := time.NewTimer(long)
	defer late.Stop()
	select {
	case <-empty:
	case <-late.C:
	}
}
