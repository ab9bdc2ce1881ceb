package transcript

import (
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// errEnough says that whoever takes the turns wants no more.
var errEnough = errors.New("enough")

// span is when something was said.
type span struct {
	timed      bool
	start, end time.Duration
}

// piece is what the file holds together: a cue, a segment, a line.
type piece struct {
	dialogue, speaker, role string
	turn                    int  // the number that the file gives its turn, or 0
	another                 bool // by somebody else than the piece before, though nobody says who
	text                    string
	when                    span
	line                    int
}

// joiner makes turns of pieces and gives them away one by one.
type joiner struct {
	yield func(Turn, error) bool
	tally tally

	turn   Turn
	number int // of the turn, in the file
	bytes  int // in the turn
	pieces int
	given  bool

	last     span // of the piece before; its end is the latest so far
	lastLine int

	unnamed   int // pieces without a speaker
	nameless  int // line of the first of those
	anybody   bool
	first     string // the first speaker with a name
	firstLine int
	several   bool
}

// add takes the next piece.
func (j *joiner) add(p piece) error {
	p.text = clean(p.text)
	if p.text == "" {
		j.tally.note(SkipEmpty, p.line)
		return nil
	}
	if j.pieces++; j.pieces > MaxCues {
		return fault(TooMany, p.line, "more pieces of speech than are read", "at most 1,000,000")
	}
	p.speaker = cut(clean(p.speaker), MaxName)
	if p.dialogue != j.turn.Dialogue {
		j.last = span{}
	}
	j.clock(&p)
	j.count(p)
	if !j.continues(p) {
		if err := j.give(); err != nil {
			return err
		}
		j.turn = Turn{Dialogue: p.dialogue, Speaker: p.speaker, Role: p.role, Line: p.line,
			Timed: p.when.timed, Start: p.when.start, End: p.when.end}
		j.number, j.bytes = p.turn, 0
	}
	j.turn.Parts = append(j.turn.Parts, p.text)
	if j.turn.Timed && p.when.timed {
		j.turn.End = max(j.turn.End, p.when.end)
	}
	j.bytes += len(p.text)
	return nil
}

// continues reports whether a piece belongs to the turn that is open.
func (j *joiner) continues(p piece) bool {
	t := &j.turn
	return len(t.Parts) > 0 && !p.another &&
		p.dialogue == t.Dialogue && p.speaker == t.Speaker && p.role == t.Role && p.turn == j.number &&
		len(t.Parts) < MaxTurnParts && j.bytes+len(p.text) <= MaxTurnBytes
}

// clock looks at the times of a piece and counts what is odd about them.
func (j *joiner) clock(p *piece) {
	if !p.when.timed {
		return
	}
	switch {
	case p.when.end < p.when.start:
		p.when.end = p.when.start
		j.tally.note(KeptBackwards, p.line)
	case j.last.timed && p.when.start < j.last.start:
		j.tally.note(KeptBackwards, p.line)
	case j.last.timed && p.when.start < j.last.end && p.line != j.lastLine: // one cue may hold two voices
		j.tally.note(KeptOverlap, p.line)
	}
	j.last = span{timed: true, start: p.when.start, end: max(j.last.end, p.when.end)}
	j.lastLine = p.line
}

// count keeps how many speak.
func (j *joiner) count(p piece) {
	switch {
	case p.speaker == "":
		if j.unnamed++; j.unnamed == 1 {
			j.nameless = p.line
		}
	case !j.anybody:
		j.anybody, j.first, j.firstLine = true, p.speaker, p.line
	case p.speaker != j.first:
		j.several = true
	}
}

// give hands over the turn that is open.
func (j *joiner) give() error {
	if len(j.turn.Parts) == 0 {
		return nil
	}
	t := j.turn
	j.turn, j.given = Turn{}, true
	if !j.yield(t, nil) {
		return errEnough
	}
	return nil
}

// end hands over the last turn and says who spoke.
func (j *joiner) end() error {
	if err := j.give(); err != nil {
		return err
	}
	if !j.given {
		return fault(NoSpeech, 0, "nothing that was said", "what people say")
	}
	switch {
	case !j.anybody:
		j.tally[KeptNobody] = Skip{Count: j.unnamed, Line: j.nameless}
	case j.unnamed > 0:
		j.tally[KeptUnnamed] = Skip{Count: j.unnamed, Line: j.nameless}
	}
	if j.anybody && !j.several {
		j.tally.note(KeptOne, j.firstLine)
	}
	return nil
}

// clean makes space of line ends and of every run of space, and takes away
// what cannot be seen. It never makes a text longer.
func clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d':
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plain reports whether a text is ASCII that needs no cleaning.
func plain(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return before != ' ' || s == ""
}

// cut shortens a text to at most max bytes, between characters.
func cut(s string, max int) string {
	if len(s) <= max {
		return s
	}
	for max > 0 && !utf8.RuneStart(s[max]) {
		max--
	}
	return strings.TrimSpace(s[:max])
}
