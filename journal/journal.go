// Package journal is the log of an alliance: it seals facts, links them into
// a chain that shows any change, and opens them again.
//
// In clear stand only the alliance, the sequence number, the kind and its
// version, the command's id, the time of arrival and the partner under whose
// key the words are. Who did it, what it was about and what was said are
// sealed. The list of who sits at which table holds ids only.
//
// The chain shows what was changed, removed, swapped or added by somebody who
// has the database and not the master key. It cannot show that the whole
// database was put back to an earlier state: that takes a head that is kept
// elsewhere.
package journal

import (
	"context"
	"errors"
	"iter"
	"time"

	"samenspel"
	"samenspel/accesslog"
)

// What a caller can tell apart. Everything else is a fault of the machine.
var (
	// ErrConflict says that the log has moved on since the writer looked.
	ErrConflict = errors.New("the log has moved on")
	// ErrFull says that there is no room to store. Nothing was stored; it may
	// be tried again once there is room.
	ErrFull = errors.New("no room left to store")
	// ErrStopped says that storing has failed in a way that makes every later
	// "stored" doubtful. Only a restart, which reads the log again, ends it.
	ErrStopped = errors.New("storing has stopped until a restart")
	// ErrAway says that the database cannot be reached, or answered too late.
	// A change may or may not have been kept; the same command, with the same
	// id, settles it.
	ErrAway = errors.New("the database is away")
	// ErrDamaged says that what was read is not what was written.
	ErrDamaged = errors.New("what is stored is damaged")
	// ErrUnknownKind says that an entry is of a kind, or of a version of a
	// kind, that this program does not know: a newer one wrote it.
	ErrUnknownKind = errors.New("unknown kind of event")
	// ErrWrongMaster says that the master key is not the one that the stored
	// log was sealed with.
	ErrWrongMaster = errors.New("the master key does not belong to this log")
	// ErrErased says that the words of this partner were erased, and with
	// them the key under which new ones would be sealed.
	ErrErased = errors.New("the partner's words were erased")
)

// Entry is one fact as a store holds it.
type Entry struct {
	Seq       int64 // 1, 2, 3 … within the alliance
	Kind      string
	Version   int // of the kind's form, from 1
	Command   samenspel.CommandID
	At        time.Time           // arrival; UTC, to the nanosecond
	Holder    samenspel.PartnerID // whose key seals Words; "" is the alliance's
	Structure []byte              // sealed: who did what, without words
	Words     []byte              // sealed; nil when nothing was said, or when it was erased
	WordsHash []byte              // SHA-256 of Words as written, nil when nothing was said
	Chain     []byte              // HMAC-SHA256 over the entry before and this one
}

// Head is where the chain of an alliance stands. The zero Head is that of an
// alliance that has not begun.
type Head struct {
	Alliance samenspel.AllianceID
	Number   int64 // 1, 2, 3 … in the order in which alliances began
	Seq      int64 // of the last entry
	Chain    []byte
	MAC      []byte // under the master key
}

// Register says how many alliances have begun. The zero Register is that of
// an empty store.
type Register struct {
	Alliances int64
	MAC       []byte // under the master key
}

// Use says what a wrapped key is for.
type Use string

// The two uses of a key.
const (
	ForData  Use = "data"  // seals text
	ForChain Use = "chain" // links entries
)

// WrappedKey is a key of one holder in one alliance, sealed under the master
// key; or the sealed mark that it was destroyed.
type WrappedKey struct {
	Use       Use
	Holder    samenspel.PartnerID
	Destroyed bool
	Sealed    []byte
}

// Member says that a person has, or had, a place in an alliance.
type Member struct {
	Alliance samenspel.AllianceID
	Partner  samenspel.PartnerID
	Person   samenspel.PersonID
	Here     bool
}

// Batch is what one transaction writes: all of it or nothing.
type Batch struct {
	Alliance  samenspel.AllianceID
	After     int64  // the sequence number that the writer had seen
	Behind    []byte // the chain value there, so that nothing goes behind another history; nil for any
	Entries   []Entry
	Head      Head
	Keys      []WrappedKey // new ones, with the entries that need them
	Members   []Member     // as they change; one who leaves comes without Person
	Register  *Register    // when the alliance begins, else nil
	Destroyed []WrappedKey // marks of keys that go with this, as in Erase
	Emptied   []int64      // entries that lose their words with them
	// Access are the lines of the access log that come with the facts, behind
	// the chains that Link keeps.
	Access []accesslog.Line
	Link   accesslog.Linker
}

// Store keeps the log. Package journaltest says, as tests, what it promises.
type Store interface {
	// Append writes the batch and returns nil once it is durable. It gives
	// ErrConflict when the alliance does not stand at After, behind Behind, or the register
	// not just before the one given; ErrFull; ErrStopped. With a context that
	// ended it returns the context's error only if nothing was written.
	//
	// A member who is here is written as given. One who is not keeps the
	// person that is stored, and is not written when there is none.
	Append(ctx context.Context, b Batch) error
	// Entries gives the entries after a sequence number, in order. The caller
	// may use the store while it goes through them.
	Entries(ctx context.Context, id samenspel.AllianceID, after int64) iter.Seq2[Entry, error]
	// Head gives the zero Head for an alliance that has none.
	Head(ctx context.Context, id samenspel.AllianceID) (Head, error)
	// Keys gives the keys of an alliance, the destroyed ones too.
	Keys(ctx context.Context, id samenspel.AllianceID) ([]WrappedKey, error)
	// Members gives the members of an alliance, also those who have left.
	Members(ctx context.Context, id samenspel.AllianceID) ([]Member, error)
	// MembersOf gives the places that a person has now.
	MembersOf(ctx context.Context, person samenspel.PersonID) ([]Member, error)
	// PlacesOf gives the places that a person has, or had.
	PlacesOf(ctx context.Context, person samenspel.PersonID) ([]Member, error)
	// Register gives the zero Register when there is none.
	Register(ctx context.Context) (Register, error)
	// Alliances gives every alliance that anything is stored of, in order.
	Alliances(ctx context.Context) ([]samenspel.AllianceID, error)
	// Transcripts gives the alliances in which words of a transcript are
	// stored, in order.
	Transcripts(ctx context.Context) ([]samenspel.AllianceID, error)
	// Scratches gives the alliances in which words of a scratch pad are stored,
	// in order.
	Scratches(ctx context.Context) ([]samenspel.AllianceID, error)
	// Young gives the alliances in which a day of birth is stored, in order.
	Young(ctx context.Context) ([]samenspel.AllianceID, error)
	// Erase puts marks of destruction in the place of keys for data and removes
	// all words that were sealed with them, and those of the entries named, so
	// that none of it is left in a file of the store. It may be repeated: a
	// batch that destroyed keys is followed by it, for the files.
	Erase(ctx context.Context, id samenspel.AllianceID, marks []WrappedKey, emptied []int64) error
	// Destroy moves the head of an alliance from After to the one given, puts
	// the mark in the place of all its keys, removes its entries and members,
	// and keeps the record: all of it or nothing. Nothing that was removed is
	// left in a file of the store when it returns nil. It gives ErrConflict
	// when the alliance does not stand at After.
	Destroy(ctx context.Context, d Destruction) error
	// Scrub takes out of the store's files whatever is left in them of what
	// was removed, where Erase or Destroy could not finish.
	Scrub(ctx context.Context) error
	// Destroyed gives what is left of destroyed alliances, the newest first:
	// of those where a person was, or with "" of all.
	Destroyed(ctx context.Context, person samenspel.PersonID) ([]Destroyed, error)
	// Kept gives the alliances that hold a fact that says how long they are
	// kept, in order.
	Kept(ctx context.Context) ([]samenspel.AllianceID, error)
	// Decided gives the alliances that hold a fact that two people decided to
	// destroy them, in order.
	Decided(ctx context.Context) ([]samenspel.AllianceID, error)
	// Check gives ErrDamaged when the store finds its own files damaged.
	Check(ctx context.Context) error
}
