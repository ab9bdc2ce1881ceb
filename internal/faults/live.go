package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"samenspel"
)

const (
	listeners = 40
	dead      = 6                 // of each kind
	tooLong   = 20 * time.Second  // for a change to reach somebody
	cutWithin = 220 * time.Second // for the dead to be gone
	fills     = 400               // changes that fill what lies between the program and who never reads
)

// live lets people look at a page while others harm the program with their
// connections: who open a stream and never read it, or read a byte a second;
// who send nothing, or their head or a form a byte a second; who ask for pages
// and never take them. Every change has to reach everybody who does read, and
// the dead have to be cut. A round is a change.
func live(ctx context.Context, r *round) (result, error) {
	p, err := buildProgram(ctx, r.dir)
	if err != nil {
		return result{}, err
	}
	s, err := p.demo(ctx, filepath.Join(r.dir, "data"))
	if err != nil {
		return result{}, err
	}
	a := audience{s: s, w: newWitness(), heard: make(chan int, listeners), liar: r.liar}
	over, stop := context.WithCancel(ctx)
	err = a.all(over, r)
	stop()
	a.readers.Wait()
	if err = errors.Join(err, s.stop()); err != nil {
		return result{}, fmt.Errorf("%w\n%s", err, s.said)
	}
	res, err := a.w.examine(ctx, filepath.Join(r.dir, "data"))
	res.lost += a.missed
	res.of += a.changes * listeners
	if a.uncut > 0 {
		res.broken += a.uncut
	}
	res.more = a.told + prefixed(res.more)
	return res, err
}

// audience is everybody who looks, alive or dead.
type audience struct {
	s     *serving
	nadia *visitor
	w     *witness
	liar  bool

	readers sync.WaitGroup
	heard   chan int // by whom
	conns   []net.Conn

	changes, missed, uncut int
	told                   string
}

func (a *audience) all(ctx context.Context, r *round) (err error) {
	if a.nadia, err = visit(ctx, a.s.links["vrager"]); err != nil {
		return err
	}
	for n := range listeners {
		if err := a.listen(ctx, n); err != nil {
			return err
		}
	}
	a.all40(tooLong)
	calm, err := a.change(ctx, min(100, r.rounds))
	if err != nil {
		return err
	}
	before, err := a.sockets()
	if err != nil {
		return err
	}
	if err := a.die(ctx); err != nil {
		return err
	}
	busy, err := a.change(ctx, r.rounds)
	if err != nil {
		return err
	}
	took, err := a.awaitCut(ctx, before, r.rounds >= fills)
	for _, c := range a.conns {
		c.Close() // it may be closed from there
	}
	a.told = fmt.Sprintf("of these %s changes seen by %d who look; p50 %s p99 %s, with %d dead beside them p50 %s p99 %s; the dead were gone after %s; peak memory %s",
		thousands(a.changes), listeners, calm.at(50), calm.at(99), len(a.conns), busy.at(50), busy.at(99), took, a.memory())
	return err
}

// times are how long changes took to reach everybody.
type times []time.Duration

func (t times) at(percent int) time.Duration {
	slices.Sort(t)
	return t[min(len(t)-1, len(t)*percent/100)].Round(time.Millisecond)
}

// listen looks at the page of the one who writes.
func (a *audience) listen(ctx context.Context, n int) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.nadia.home+"/live?after=", nil)
	if err != nil {
		return err
	}
	stream := &http.Client{Jar: a.nadia.client.Jar, Transport: &http.Transport{}}
	res, err := stream.Do(r)
	if err != nil {
		return err
	}
	a.readers.Go(func() {
		defer res.Body.Close()
		lines := bufio.NewScanner(res.Body)
		for lines.Buffer(nil, 4<<20); lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "id: ") {
				select {
				case a.heard <- n:
				case <-ctx.Done():
					return
				}
			}
		}
	})
	return nil
}

// all40 waits until everybody has heard something, and says how many did not.
func (a *audience) all40(long time.Duration) (missed int) {
	missing := map[int]bool{}
	for n := range listeners {
		missing[n] = true
	}
	patience := time.NewTimer(long)
	defer patience.Stop()
	for len(missing) > 0 {
		select {
		case n := <-a.heard:
			delete(missing, n)
		case <-patience.C:
			return len(missing)
		}
	}
	return 0
}

// change makes changes, one after another, each once everybody saw the one
// before.
func (a *audience) change(ctx context.Context, many int) (times, error) {
	var all times
	for range many {
		id := samenspel.CommandID(newID())
		a.w.hear(fmt.Sprint("try ", a.nadia.alliance(), " ", id))
		begun := time.Now()
		kept, said, err := a.nadia.tell(ctx, id)
		if err != nil {
			return nil, err
		}
		if !kept {
			return nil, fmt.Errorf("a change was answered with status %d", said.status)
		}
		a.w.hear(fmt.Sprint("ack ", id))
		a.missed += a.all40(tooLong)
		if a.liar { // one more than there were
			a.missed += a.all40(time.Second)
		}
		a.changes++
		all = append(all, time.Since(begun))
	}
	return all, nil
}

// die opens the connections of those who harm.
func (a *audience) die(ctx context.Context) error {
	address, err := url.Parse(a.nadia.home)
	if err != nil {
		return err
	}
	cookies := ""
	for _, c := range a.nadia.client.Jar.Cookies(address) {
		cookies += c.String() + "; "
	}
	head := func(method, path string, more ...string) string {
		lines := append([]string{method + " " + address.Path + path + " HTTP/1.1", "Host: " + address.Host, "Cookie: " + cookies}, more...)
		return strings.Join(lines, "\r\n") + "\r\n\r\n"
	}
	stream, page := head("GET", "/live?after="), head("GET", "")
	form := head("POST", "/tell", "Origin: http://"+address.Host, "Content-Type: application/x-www-form-urlencoded", "Content-Length: 10000")
	for range dead {
		for _, d := range []struct {
			at, slowly string
			reads      bool
		}{
			{at: stream}, {at: stream, reads: true}, {}, {slowly: stream}, {at: form, slowly: strings.Repeat("words=a&", 1250)},
			{at: strings.Repeat(page, 400)},
		} {
			c, err := net.Dial("tcp", address.Host)
			if err != nil {
				return err
			}
			a.conns = append(a.conns, c)
			err = c.(*net.TCPConn).SetReadBuffer(4 << 10)
			go c.Write([]byte(d.at)) // the pages do not go out at once
			go trickle(ctx, c, d.slowly, d.reads)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// trickle sends a byte a second, or reads one, until it is cut.
func trickle(ctx context.Context, c net.Conn, text string, reads bool) {
	beat := time.NewTicker(time.Second)
	defer beat.Stop()
	for n := 0; reads || n < len(text); n++ {
		select {
		case <-beat.C:
		case <-ctx.Done():
			return
		}
		var err error
		if reads {
			_, err = c.Read(make([]byte, 1))
		} else {
			_, err = c.Write([]byte(text[n : n+1]))
		}
		if err != nil {
			return
		}
	}
}

// awaitCut waits until the program has let go of the dead. Those who never read
// are only cut once what lies in between is full.
func (a *audience) awaitCut(ctx context.Context, before int, everybody bool) (time.Duration, error) {
	left := before + 2 // the writer's own may have come and gone
	if !everybody {
		left += 3 * dead
	}
	begun, beat := time.Now(), time.NewTicker(time.Second)
	defer beat.Stop()
	for {
		now, err := a.sockets()
		if err != nil {
			return 0, err
		}
		took := time.Since(begun).Round(time.Second)
		if now <= left {
			return took, nil
		}
		if took > cutWithin {
			a.uncut = now - before
			return took, nil
		}
		select {
		case <-beat.C:
		case <-ctx.Done():
			return took, ctx.Err()
		}
	}
}

// sockets counts those that the program has open.
func (a *audience) sockets() (n int, err error) {
	dir := fmt.Sprintf("/proc/%d/fd", a.s.cmd.Process.Pid)
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if to, err := os.Readlink(filepath.Join(dir, e.Name())); err == nil && strings.HasPrefix(to, "socket:") {
			n++
		}
	}
	return n, err
}

// memory is the most that the program held.
func (a *audience) memory() string {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", a.s.cmd.Process.Pid))
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(status)) {
		var most int
		if _, err := fmt.Sscanf(line, "VmHWM: %d kB", &most); err == nil {
			return fmt.Sprint(most>>10, " MiB")
		}
	}
	return "unknown"
}
