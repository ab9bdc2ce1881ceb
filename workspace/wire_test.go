package workspace_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/internal/eachstore"
	"samenspel/journal"
	"samenspel/workspace"
)

// wire connects programs on one store, in one process. What goes over it can be
// lost, held up or cut off.
type wire struct {
	db eachstore.DB

	loses  atomic.Bool  // whatever is told
	broken atomic.Bool  // nothing can be asked, told or heard
	delay  atomic.Int64 // how long a message is on its way
	asked  atomic.Int64 // questions
	made   atomic.Int64 // commands that were made sure of

	mu   sync.Mutex
	ends []*end
	cut  chan struct{} // ends all hearing
}

var errCut = errors.New("the wire was cut")

// end is where one program hears.
type end struct {
	*wire
	came chan []samenspel.AllianceID
}

func (w *wire) join() *end {
	w.mu.Lock()
	defer w.mu.Unlock()
	e := &end{wire: w, came: make(chan []samenspel.AllianceID, 1000)}
	w.ends = append(w.ends, e)
	return e
}

func (e *end) Tell(_ context.Context, ids ...samenspel.AllianceID) error {
	if e.broken.Load() {
		return errCut
	}
	if e.loses.Load() {
		return nil
	}
	if late := time.Duration(e.delay.Load()); late > 0 {
		go func() { <-time.After(late); e.pass(ids) }()
		return nil
	}
	e.pass(ids)
	return nil
}

// pass brings what was told to the other ends.
func (e *end) pass(ids []samenspel.AllianceID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, other := range e.ends {
		if other != e {
			select {
			case other.came <- ids:
			default: // nobody listens there
			}
		}
	}
}

func (e *end) Stand(ctx context.Context, ids []samenspel.AllianceID) (map[samenspel.AllianceID]int64, error) {
	if e.broken.Load() {
		return nil, errCut
	}
	e.asked.Add(1)
	all := map[samenspel.AllianceID]int64{}
	for _, id := range ids {
		head, err := e.db.Head(ctx, id)
		if err != nil {
			return nil, err
		}
		all[id] = head.Seq
	}
	return all, nil
}

// Sure has nothing to wait for: what can be read of SQLite is on the disk.
func (e *end) Sure(ctx context.Context, id samenspel.AllianceID, seq int64, commands ...samenspel.CommandID) error {
	e.made.Add(int64(len(commands)))
	return ctx.Err()
}

func (e *end) Hear(ctx context.Context, heard func(...samenspel.AllianceID)) error {
	e.mu.Lock()
	cut := e.cut
	e.mu.Unlock()
	if e.broken.Load() {
		return errCut
	}
	heard()
	for {
		select {
		case ids := <-e.came:
			heard(ids...)
		case <-cut:
			return errCut
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// onlyFirst leaves one end on the wire.
func (w *wire) onlyFirst() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ends = w.ends[:1]
}

// cutOff ends all hearing; what is told until it begins again is lost.
func (w *wire) cutOff() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.cut)
	w.cut = make(chan struct{})
}

// programs are several programs on one store.
type programs struct {
	*wire
	dir    string
	master *journal.Master
	each   []*workspace.Workspace
	later  atomic.Int64
}

func openTogether(t testing.TB, count int) *programs {
	t.Helper()
	p := &programs{dir: eachstore.Folder(t), wire: &wire{cut: make(chan struct{})}}
	var err error
	if p.master, err = journal.MakeMaster(filepath.Join(p.dir, "master.key")); err != nil {
		t.Fatal(err)
	}
	if p.db, err = eachstore.Open(t.Context(), p.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.db.Close(); err != nil {
			t.Error(err)
		}
	})
	for range count {
		p.each = append(p.each, p.start())
	}
	return p
}

// start starts one more program.
func (p *programs) start() *workspace.Workspace {
	w := workspace.New(p.log(), accesslog.New(p.db, p.master), 0)
	w.Now = func() time.Time {
		return time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC).Add(time.Duration(p.later.Load()))
	}
	w.Others = p.join()
	return w
}

// log is the log as a program that has just started opens it.
func (p *programs) log() *journal.Log { return journal.New(p.db, p.master) }

// follow lets all programs follow each other until the test ends.
func (p *programs) follow(t testing.TB) {
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for _, w := range p.each {
		all.Go(func() { w.Follow(ctx, func(error) {}) })
	}
	t.Cleanup(func() { stop(); all.Wait() })
}

// texts are the notes of one person as each program shows them.
func (p *programs) texts(t testing.TB, who samenspel.PersonID, id samenspel.AllianceID) (lists [][]string) {
	t.Helper()
	for _, w := range p.each {
		lists = append(lists, slices.Sorted(slices.Values(notes(t, w, who, id))))
	}
	return lists
}

// comes waits until somebody who looks is signalled.
func comes(t testing.TB, watch *workspace.Watch, what string) {
	t.Helper()
	select {
	case <-watch.Changed:
	case <-time.After(time.Minute):
		t.Fatalf("nobody was woken: %s", what)
	}
}

func noteTexts(from, to int) (list []string) {
	for n := from; n <= to; n++ {
		list = append(list, fmt.Sprint("note ", n))
	}
	return list
}
