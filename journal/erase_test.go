package journal_test

import (
	"strings"
	"testing"

	"samenspel"
	"samenspel/journal"
)

// before is a statement as it was sealed before each had a key of its own:
// under the key of the partner whom it is about.
type before struct{ *samenspel.StatementWorded }

func (b before) Holder() samenspel.PartnerID { return b.About }

func worded(id samenspel.StatementID, text string) *samenspel.StatementWorded {
	return &samenspel.StatementWorded{Statement: id, About: "noor", SaidBy: "noor", How: samenspel.Quote, Words: samenspel.Say(text)}
}

// read gives all words in the log of an alliance.
func (p *place) words(t *testing.T) (text string) {
	t.Helper()
	for _, f := range p.read(t, "a", 0) {
		if s, ok := f.Event.(samenspel.Spoken); ok {
			for _, w := range s.Sayings() {
				text += w.Text() + "\n"
			}
		}
	}
	return text
}

// A statement from before is erased by itself: its words go, those beside it
// under the same key stay, and nothing is damaged.
func TestAStatementFromBeforeIsErasedByItself(t *testing.T) {
	p := newPlace(t)
	p.append(t, "a", 0, amira...)
	p.append(t, "a", int64(len(amira)), before{worded("old", "an old one")}, before{worded("stays", "that stays")}, worded("new", "a new one"))
	if got := p.words(t); !strings.Contains(got, "an old one") || !strings.Contains(got, "a new one") {
		t.Fatalf("written and not read: %q", got)
	}
	seq := int64(len(amira)) + 3
	gone := []samenspel.Event{&samenspel.StatementErased{Statement: "old", About: "noor", Erasure: "e"}}
	if err := p.Append(t.Context(), "a", seq, facts(seq, gone...), "statement:old", "statement:new"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got := p.words(t)
		if strings.Contains(got, "an old one") || strings.Contains(got, "a new one") || !strings.Contains(got, "that stays") {
			t.Errorf("after it: %q", got)
		}
		p.sound(t)
		trace, err := p.Trace(t.Context(), "a", []samenspel.PartnerID{"statement:old", "statement:new"}, seq+1, seq+1)
		if err != nil || trace.Entries != 2 || trace.Left != 0 || len(trace.Before) == 0 || string(trace.Before) == string(trace.After) {
			t.Errorf("its trace: %+v, %v", trace, err)
		}
		if err := p.Erase(t.Context(), "a", "statement:old", "statement:new"); err != nil { // again changes nothing
			t.Fatal(err)
		}
	}
	p.append(t, "a", seq+1, note("somebody goes on"))
}

// An append that fails destroys no key, and the keys that it made are not used
// by whoever comes after it.
func TestARefusedAppendLeavesTheKeys(t *testing.T) {
	p := newPlace(t)
	p.append(t, "a", 0, append(amira[:len(amira):len(amira)], worded("one", "the first"))...)
	at := int64(len(amira)) + 1
	other := journal.New(p.db, p.master)
	if _, err := collect(other.Facts(t.Context(), "a", 0)); err != nil {
		t.Fatal(err)
	}
	p.append(t, "a", at, note("somebody was first"))
	lost := facts(at, worded("two", "never stored"))
	if err := other.Append(t.Context(), "a", at, lost, "statement:one"); err == nil {
		t.Fatal("a stale append was taken")
	}
	if err := other.Append(t.Context(), "a", at+1, facts(at+1, worded("two", "the second"))); err != nil {
		t.Fatal(err)
	}
	if got := p.words(t); !strings.Contains(got, "the first") || !strings.Contains(got, "the second") {
		t.Errorf("read: %q", got)
	}
	p.sound(t)
}
