package samenspel_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	. "samenspel"
)

// The people in these tests are invented. Noor is a professional, Amira a
// vrager, Samira her sister, Joost a colleague from elsewhere; Wout and Bram
// come later or not at all.
var (
	noor   = seat("noor")
	amira  = seat("amira")
	samira = seat("samira")
	joost  = seat("joost")
	wout   = seat("wout")
	bram   = seat("bram")
)

// now is when the wish of a line arrives; what was given came in the minutes
// before.
var now = time.Date(2026, 3, 2, 14, 0, 0, 0, time.UTC)

// line is one rule of the method: what was given, what somebody wishes, what
// comes of it, and what the partners see then.
type line struct {
	name  string
	given []step
	when  step
	then  outcome
	looks []look
}

func rule(name string, given []step, when step, then outcome, looks ...look) line {
	return line{name, given, when, then, looks}
}

// step is one wish of one person. What it makes is known by its label.
type step struct {
	by    PartnerID
	label string
	wish  Wish
}

// given is four people at the table, and what they did.
func given(steps ...step) []step { return append(atTable(), steps...) }

// givenNothing is an alliance before its first fact.
func givenNothing(steps ...step) []step { return steps }

// atTable seats the four. Amira and Joost come at Noor's invitation, Samira
// at Amira's; so Noor sees at once what is said about Amira and Joost, and
// Amira what is said about Samira.
func atTable() []step {
	return []step{
		did(noor, "noor", BeginAlliance{Title: Say("Around Amira"), Name: Say("Noor"), As: Say("neighbourhood team")}),
		did(noor, "amira", InvitePartner{Role: Vrager, Name: Say("Amira")}),
		did(amira, "amira joins", JoinAlliance{Partner: amira}),
		did(amira, "samira", InvitePartner{Role: BonusPartner, Name: Say("Samira"), As: Say("sister")}),
		did(samira, "samira joins", JoinAlliance{Partner: samira}),
		did(noor, "joost", InvitePartner{Role: Colleague, Ground: InviteSpoken, Name: Say("Joost")}),
		did(joost, "joost joins", JoinAlliance{Partner: joost}),
	}
}

func did(by PartnerID, label string, wish Wish) step { return step{by, label, wish} }

// when is the wish that the line is about. What it makes is labelled "now".
func when(by PartnerID, wish Wish) step { return step{by, "now", wish} }

// outcome is what the rules answer.
type outcome struct {
	events []Event
	key    string // of a refusal, else ""
}

func then(events ...Event) outcome   { return outcome{events: events} }
func thenRefused(key string) outcome { return outcome{key: key} }
func (o outcome) refusal() *Refusal  { return &Refusal{Class: classOf(o.key), Key: o.key} }
func times(n int, f func(i int) step) (s []step) {
	for i := range n {
		s = append(s, f(i))
	}
	return s
}

// classOf reads the class of a refusal from the first word of its key.
func classOf(key string) Class {
	first, _, _ := strings.Cut(key, ".")
	return map[string]Class{"error": NotFound, "invalid": Invalid, "refused": Refused, "conflict": Conflict}[first]
}

// look is what one viewer finds in one aspect of what they may see. Without
// an aspect they find the door shut.
type look struct {
	viewer PartnerID
	aspect func(*Seen) []string
	want   []string
}

func sees(viewer PartnerID, aspect func(*Seen) []string, want ...string) look {
	return look{viewer, aspect, want}
}

func seesNothing(viewer PartnerID) look { return look{viewer: viewer} }

// world is an alliance with the facts that made it.
type world struct {
	*Alliance
	facts []Fact
}

func newWorld() *world { return &world{Alliance: NewAlliance("alliance")} }

// do holds a command against the rules and folds in what comes of it.
func (w *world) do(person PersonID, cmd Command) ([]Event, error) {
	events, err := w.Decide(person, cmd)
	if err != nil {
		return nil, err
	}
	for _, f := range w.Facts(person, cmd, events) {
		if err := w.Apply(f); err != nil {
			return nil, err
		}
		w.facts = append(w.facts, f)
	}
	return events, nil
}

// play does what was given and then the wish of the line.
func (l line) play() (*world, []Event, error) {
	w := newWorld()
	for i, s := range l.given {
		at := now.Add(time.Duration(i-len(l.given)) * time.Minute)
		events, err := w.do(personOf(s.by), Command{ID: id(s.label), Arrived: at, Wish: s.wish})
		if err != nil || len(events) == 0 {
			return nil, nil, fmt.Errorf("given %q: %d events, %v", s.label, len(events), err)
		}
	}
	events, err := w.do(personOf(l.when.by), Command{ID: id(l.when.label), Arrived: now, Wish: l.when.wish})
	return w, events, err
}

// play tests a table, each line by itself.
func play(t *testing.T, table []line) {
	t.Helper()
	for _, l := range table {
		t.Run(l.name, l.test)
	}
}

func (l line) test(t *testing.T) {
	w, events, err := l.play()
	switch {
	case w == nil:
		t.Fatal(err)
	case l.then.key == "" && err != nil:
		t.Fatalf("refused: %v", err)
	case l.then.key != "" && !errors.Is(err, l.then.refusal()):
		t.Fatalf("got %d events and error %v, want %v", len(events), err, l.then.key)
	}
	if diff := cmp.Diff(l.then.events, events, sameWords, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("events (-want +got):\n%s", legible(diff))
	}
	for _, look := range l.looks {
		look.test(t, w)
	}
}

func (l look) test(t *testing.T, w *world) {
	t.Helper()
	seen, err := w.See(personOf(l.viewer))
	switch {
	case l.aspect == nil && !errors.Is(err, ErrNotFound):
		t.Errorf("%s sees the alliance, want %v", labelOf(l.viewer), ErrNotFound)
	case l.aspect == nil:
	case err != nil:
		t.Errorf("%s sees nothing: %v", labelOf(l.viewer), err)
	default:
		if diff := cmp.Diff(l.want, l.aspect(seen), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("what %s sees (-want +got):\n%s", labelOf(l.viewer), diff)
		}
	}
}

// sameWords compares what was said without reaching into how it is kept. In
// a diff the words still print as a mark.
var sameWords = cmp.Comparer(func(a, b Words) bool { return a == b })

// labels remembers what an id was made from, to print it again.
var labels sync.Map

// id is the command id of a label: the same each time, in the form of a UUID.
func id(label string) CommandID {
	h := fmt.Sprintf("%x", sha256.Sum256([]byte(label)))
	made := strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:32]}, "-")
	labels.Store(made, label)
	return CommandID(made)
}

// labelOf is the label of an id, or "?" for one that no step made.
func labelOf[ID ~string](of ID) string {
	if of == "" {
		return ""
	}
	label, known := labels.Load(strings.TrimSuffix(string(of), ".1"))
	if !known {
		return "?"
	}
	return label.(string)
}

// legible puts labels in the place of ids.
func legible(text string) string {
	labels.Range(func(made, label any) bool {
		text = strings.ReplaceAll(text, made.(string), label.(string))
		return true
	})
	return text
}

func seat(label string) PartnerID        { return PartnerID(id(label)) }
func personOf(p PartnerID) PersonID      { return PersonID("person at " + p) }
func statement(label string) StatementID { return StatementID(id(label)) }
func theme(label string) ThemeID         { return ThemeID(id(label)) }
func emotion(label string) EmotionID     { return EmotionID(id(label) + ".1") }
func viewBeside(label string) ViewID     { return ViewID(id(label)) }
func note(label string) NoteID           { return NoteID(id(label)) }
func listOf[T any](ts []T, name func(T) string) (list []string) {
	for _, t := range ts {
		list = append(list, name(t))
	}
	return list
}
