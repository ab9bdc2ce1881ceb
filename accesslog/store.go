package accesslog

import (
	"context"
	"iter"
	"time"

	"samenspel"
)

// Linker puts lines behind the head of a chain. [Chains] is one.
type Linker interface {
	Link(chain samenspel.AllianceID, h Head, lines []Line) (Head, []Line, error)
}

// Store keeps the lines. It never changes one. Package accesslogtest holds the
// tests that every store passes.
type Store interface {
	// AddAccess puts lines behind their chains, all of them or none, and
	// returns nil once they are durable. It reads where a chain stands, links
	// and writes in one transaction, so that several programs may add to one
	// chain. It gives journal.ErrFull and journal.ErrStopped.
	AddAccess(ctx context.Context, link Linker, lines []Line) error
	// AccessHead gives where a chain stands, or the zero Head.
	AccessHead(ctx context.Context, chain samenspel.AllianceID) (Head, error)
	// AccessHeads gives where each chain stands, in the order of their names.
	AccessHeads(ctx context.Context) ([]Head, error)
	// AccessLines gives all lines, in the order in which they were written.
	// The caller may use the store while it goes through them.
	AccessLines(ctx context.Context) iter.Seq2[Line, error]
	// Find gives the lines that a question is about, the newest first.
	Find(ctx context.Context, q Question) ([]Line, error)
	// Sum gives what the newest MostSummed lines of a question come to, the
	// newest first.
	Sum(ctx context.Context, q Question) ([]Sum, error)
	// Told gives what the one at a place in an alliance is told, the newest
	// first. A line that says the same as another is there once.
	Told(ctx context.Context, id samenspel.AllianceID, which Which) ([]Line, error)
	// Opened gives how many alliances somebody opened since a moment: those
	// that they saw in a list alone are not among them.
	Opened(ctx context.Context, who samenspel.PersonID, since time.Time) (int, error)
	// DropAccess removes the chain of an alliance with its lines, and puts a
	// line that says so in the house's, both or neither.
	DropAccess(ctx context.Context, link Linker, id samenspel.AllianceID, gone Line) error
}

// InList is the word for an alliance that was seen as one in a list.
const InList = "list"

// MostSummed bounds how many lines are summed up at once: more than anybody
// reads, and few enough to answer at once.
const MostSummed = 10_000

// Question is about the lines of which each field that is not empty is true.
type Question struct {
	Person   samenspel.PersonID
	Session  string
	Device   string
	Alliance samenspel.AllianceID
	Kind     Kind
	Outcome  Outcome
	From     time.Time // not before
	Until    time.Time // not after
	Behind   Place     // older than this place in the list; zero for the newest
	Most     int
}

// Place is where in a list a line stands.
type Place struct {
	At time.Time
	N  int64
}

// Sum is what several lines say together: who saw what, how often, from when
// until when.
type Sum struct {
	Person      samenspel.PersonID
	Role, Staff string
	Session     string
	Alliance    samenspel.AllianceID
	About       samenspel.PartnerID
	Kind        Kind
	What        string
	Outcome     Outcome
	Count       int
	First, Last time.Time
}

// Which are the lines that the one at a place is told of.
type Which struct {
	At    samenspel.PartnerID // whose world
	Since time.Time           // with those at the place as a whole since then; zero for without
	By    samenspel.PartnerID // of this one alone, or "" for all
	Until time.Time           // not after this moment; zero for all
	Looks bool                // looks of others alone, without what was taken along
	Most  int                 // how many at most
}
