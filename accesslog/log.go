package accesslog

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"samenspel"
)

// Log is the access log in a store. Make one with [New]. It may be used by
// many at once, and by several programs over one store.
type Log struct {
	store  Store
	chains *Chains

	mu   sync.Mutex
	mark []byte // what marks addresses; opened when it is first needed

	opened opened
	flood  flood
}

// New gives the log in a store.
func New(store Store, sealer Sealer) *Log {
	return &Log{store: store, chains: NewChains(sealer)}
}

// Start begins the log where there is none: its first line says what lines
// there are from before. Whoever opens a store calls it before anything else.
func (l *Log) Start(ctx context.Context, now time.Time) error {
	h, err := l.store.AccessHead(ctx, House)
	if err != nil || h.Seq > 0 {
		return err
	}
	before := newBefore()
	for line, err := range l.store.AccessLines(ctx) {
		if err != nil {
			return fmt.Errorf("begin the access log: %w", err)
		}
		before.add(line)
	}
	return l.Add(ctx, []Line{{Kind: Begun, What: "before", Object: before.String(), At: now}})
}

// Add puts lines behind their chains and returns nil once they are durable:
// all of them or none. When somebody has opened very many alliances it adds a
// line that says so.
func (l *Log) Add(ctx context.Context, lines []Line) error {
	if len(lines) == 0 {
		return nil
	}
	for i := range lines {
		lines[i] = lines[i].Ready()
	}
	if err := l.store.AddAccess(ctx, l.chains, lines); err != nil {
		return fmt.Errorf("write the access log: %w", err)
	}
	return l.watch(ctx, lines)
}

// Find gives the lines that a question is about, the newest first.
func (l *Log) Find(ctx context.Context, q Question) ([]Line, error) { return l.store.Find(ctx, q) }

// Sum gives what the lines of a question come to.
func (l *Log) Sum(ctx context.Context, q Question) ([]Sum, error) { return l.store.Sum(ctx, q) }

// Told gives what the one at a place in an alliance is told.
func (l *Log) Told(ctx context.Context, id samenspel.AllianceID, which Which) ([]samenspel.Looked, error) {
	lines, err := l.store.Told(ctx, id, which)
	if err != nil {
		return nil, fmt.Errorf("read who has looked: %w", err)
	}
	told := make([]samenspel.Looked, len(lines))
	for i, line := range lines {
		told[i] = line.looked()
	}
	return told, nil
}

// Forget removes the lines of an alliance at the end of its term, and leaves a
// line in the house's chain that says by whom. It is for whoever destroys the
// alliance as a whole; nothing else removes a line.
func (l *Log) Forget(ctx context.Context, id samenspel.AllianceID, by Line) error {
	by.Chain, by.Kind, by.What, by.Alliance = House, Gone, "chain", id
	if err := l.store.DropAccess(ctx, l.chains, id, by.Ready()); err != nil {
		return fmt.Errorf("remove the access log of an alliance: %w", err)
	}
	return nil
}

// Point is what is kept of an address: a mark by which the same address is
// known again, and the coarse part that says whose network it is. The mark is
// made with a key that only the master opens: nobody can try addresses out
// against the database.
func (l *Log) Point(ctx context.Context, address string) (string, error) {
	addr, err := netip.ParseAddr(address)
	if err != nil {
		return "", nil // no address: a test, or a socket
	}
	key, err := l.marks(ctx)
	if err != nil {
		return "", err
	}
	addr = addr.Unmap().WithZone("")
	bits := 16
	if addr.Is6() {
		bits = 32
	}
	coarse, err := addr.Prefix(bits)
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(mac(key, "point", addr.String())[:6]) + " " + coarse.String(), nil
}

// Source is the id of this installation. It stays the same under a new master.
func (l *Log) Source(ctx context.Context) (string, error) {
	key, err := l.marks(ctx)
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(mac(key, "source")[:6]), nil
}

// marks gives the key for marks: it follows from that of the house's chain.
func (l *Log) marks(ctx context.Context) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.mark != nil {
		return l.mark, nil
	}
	h, err := l.store.AccessHead(ctx, House)
	if err != nil {
		return nil, err
	}
	if h.Seq == 0 {
		return nil, errNotBegun
	}
	k, _, err := l.chains.open(House, h)
	if err != nil {
		return nil, err
	}
	l.mark = mac(k.head, "marks")
	return l.mark, nil
}
