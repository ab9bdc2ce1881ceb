package page

import (
	"slices"
	"time"

	"samenspel"
)

// erasePages are the pages of erase.go and mine.go in package web.
var erasePages = []Page{Rights{}, Erasing{}, EraseOwn{}, EraseAll{}, ErasureAnswer{}, Mine{}, Certificate{}}

// Rights is what somebody may ask about their words, and what became of it.
type Rights struct {
	*Frame
	Gone []Certified
}

// ErasureLine is one request in a list.
type ErasureLine struct {
	*Frame
	E        *samenspel.SeenErasure
	Alliance samenspel.AllianceID // where it is no page of the alliance itself
}

// Standing says how far it is, as a part of a key.
func (l ErasureLine) Standing() string { return string(l.E.Standing) }

func (p Rights) requests(of func(*samenspel.SeenErasure) bool) []ErasureLine {
	var list []ErasureLine
	for i := range p.Seen.Erasures {
		if e := &p.Seen.Erasures[i]; of(e) {
			list = append(list, ErasureLine{Frame: p.Frame, E: e})
		}
	}
	slices.Reverse(list)
	return list
}

// Asked are the reader's own requests, the newest first.
func (p Rights) Asked() []ErasureLine {
	return p.requests(func(e *samenspel.SeenErasure) bool { return e.About == p.Seen.You && !e.Own })
}

// Waiting are the requests of others that wait for the reader.
func (p Rights) Waiting() []ErasureLine {
	return p.requests(func(e *samenspel.SeenErasure) bool { return e.MayAnswer })
}

// Answered are the requests of others that were answered.
func (p Rights) Answered() []ErasureLine {
	return p.requests(func(e *samenspel.SeenErasure) bool { return e.About != p.Seen.You && !e.MayAnswer })
}

// Ice are the statements on ice that the reader sees.
func (p Rights) Ice() []WordPart {
	var list []WordPart
	for i := range p.Seen.Frozen {
		list = append(list, p.Word(&p.Seen.Frozen[i]))
	}
	return list
}

// Left are those who left and whose words are still here: for a professional,
// who may hear from them that these have to go.
func (p Rights) Left() []samenspel.SeenPartner {
	if p.You().Role != samenspel.Professional {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.Seen.Partners), func(o samenspel.SeenPartner) bool {
		return o.Standing != samenspel.Left || o.Erased || o.JoinedAt.IsZero()
	})
}

// Erasing is the page of one statement that may go, or be put on ice.
type Erasing struct {
	*Frame
	Post     Post
	Freezing Post
	S        *samenspel.SeenStatement
	Back     string
	Words    string
	Had      []Had
}

// Deciders are who answers, by name.
func (p Erasing) Deciders() string { return p.Names(p.Seen.Deciders(p.S.About, p.S.RecordedBy)) }

// Mine reports whether it is about the reader.
func (p Erasing) Mine() bool { return p.S.About == p.Seen.You }

// Had is somebody who could read words, and when they last looked at the
// world that they are of.
type Had struct {
	samenspel.Recipient
	Looked time.Time
}

// EraseOwn asks whether all of the reader's own words are to go, or only those
// that they took away before.
type EraseOwn struct {
	*Frame
	Post  Post
	Taken bool
}

// Count is how many of their own words are there to be read.
func (p EraseOwn) Count() int {
	n := 0
	for i := range p.Seen.Statements {
		if p.Seen.Statements[i].MayErase {
			n++
		}
	}
	return n
}

// EraseAll is where somebody asks that all words about them go.
type EraseAll struct {
	*Frame
	Post  Post
	About samenspel.PartnerID
	Words string
}

// Deciders are who answers, by name.
func (p EraseAll) Deciders() string { return p.Names(p.Seen.Deciders(p.About, "")) }

// ErasureAnswer is one request, with its answer or the form for it.
type ErasureAnswer struct {
	*Frame
	Post     Post
	Dropping Post
	E        *samenspel.SeenErasure
	S        *samenspel.SeenStatement // nil where the reader does not see it
	Had      []Had
	Words    string
	Ground   samenspel.ErasureGround
}

// Grounds are what a no may rest on.
func (p ErasureAnswer) Grounds() []samenspel.ErasureGround { return samenspel.ErasureGrounds[:] }

// Mine is what there is about somebody, in every alliance.
type Mine struct {
	*Frame
	Post     Post
	Places   []MinePlace
	Sessions int
}

// MinePlace is one alliance where somebody sits, or sat.
type MinePlace struct {
	*Frame   // of this place, where they sit there
	Alliance samenspel.AllianceID
	Left     bool
	Words    int // said about them
	Written  int // that they wrote about others
	Notes    int
	Looks    int
	Requests []ErasureLine
	Gone     []Certified
	MayAsk   bool
	Asking   Post
}

// Certified is what a certificate says.
type Certified struct {
	Alliance     samenspel.AllianceID
	ID           samenspel.ErasureID
	Kind         string // "all", "own" or "asked"
	Statements   int
	Entries      int
	Asked, Done  time.Time
	By           samenspel.Role
	Before       string // where the log stood, hexadecimal
	After        string
	CopiesUntil  time.Time
	Mark         string // the fingerprint of this installation
	Signature    string
	SignedAsJSON string // the address of what was signed
}

// Certificate says, without any words of it, that words were erased.
type Certificate struct {
	*Frame
	C Certified
}

// WithYear says a day with its year: this will be read later, and elsewhere.
func (p Certificate) WithYear(t time.Time) string {
	return p.Text.Day(t.In(p.Now.Location()), time.Time{})
}
