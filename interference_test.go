package samenspel_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	. "samenspel"
)

// What is hidden from a viewer leaves no trace. Two worlds grow side by side:
// the whole one, and one in which all that this viewer may not see never
// happened. To the viewer they are the same, in what they see, in what comes
// of what they do, and in every no that they get.
func TestWhatIsHiddenLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		viewer := rapid.SampledFrom([]PartnerID{noor, amira, samira, joost}).Draw(t, "viewer")
		h := drawHistory(t, 60, nil)
		p := purge{viewer: viewer, sight: follow(viewer, h.facts), whole: newWorld(), rest: newWorld()}
		for _, d := range h.deeds {
			if d.person == personOf(viewer) {
				p.compare(t)
				p.compareAnswers(t, d)
			}
			p.apply(t, d)
		}
		p.compare(t)
	})
}

// purge is the whole world, and the rest of it without what is hidden.
type purge struct {
	viewer      PartnerID
	sight       *sight
	whole, rest *world
}

// apply folds what came of a deed into the whole world, and into the rest
// what of it is not hidden.
func (p *purge) apply(t *rapid.T, d deed) {
	for _, f := range d.facts {
		if err := p.whole.Apply(f); err != nil {
			t.Fatal(err)
		}
		if p.sight.hides(f) {
			continue
		}
		f.Seq = p.rest.Seq() + 1
		f.Event = p.sight.purged(f.Event)
		if err := p.rest.Apply(f); err != nil {
			t.Fatal(err)
		}
	}
}

// compare holds what the viewer sees in both worlds against each other. How
// many facts went before is all that may differ; it is not shown.
func (p *purge) compare(t *rapid.T) {
	whole, err := p.whole.See(personOf(p.viewer))
	rest, restErr := p.rest.See(personOf(p.viewer))
	if (err == nil) != (restErr == nil) {
		t.Fatalf("seen: %v and %v", err, restErr)
	}
	if err != nil {
		return
	}
	if diff := cmp.Diff(grown(rest), grown(whole), inside, without("seq")); diff != "" {
		t.Fatalf("what %s sees (-without what is hidden +with it):\n%s", labelOf(p.viewer), legible(diff))
	}
}

// compareAnswers holds what comes of a wish of the viewer in both worlds
// against each other. Whom else somebody's door lets in is not shown.
func (p *purge) compareAnswers(t *rapid.T, d deed) {
	events, err := p.whole.Decide(d.person, d.cmd)
	rest, restErr := p.rest.Decide(d.person, d.cmd)
	if diff := cmp.Diff(restErr, err); diff != "" {
		t.Fatalf("the answer to %T (-without what is hidden +with it):\n%s", d.cmd.Wish, diff)
	}
	if diff := cmp.Diff(rest, events, inside, without("SeenBy")); diff != "" {
		t.Fatalf("what comes of %T (-without what is hidden +with it):\n%s", d.cmd.Wish, legible(diff))
	}
}

// sight is when a viewer last saw each thing: after how many facts.
type sight struct {
	viewer     PartnerID
	statements map[StatementID]int64
	emotions   map[EmotionID]int64
	themes     map[ThemeID]int64
	at         map[ViewID]StatementID
	about      map[StatementID]PartnerID
	chapters   []chapter
	things     []map[string]int64 // of each chapter
}

// follow goes through a history with the plain rule of who may see what.
func follow(viewer PartnerID, facts []Fact) *sight {
	s := &sight{viewer, map[StatementID]int64{}, map[EmotionID]int64{}, map[ThemeID]int64{}, map[ViewID]StatementID{}, map[StatementID]PartnerID{}, nil, nil}
	m := newLedger()
	s.chapters = m.chapters
	for range m.chapters {
		s.things = append(s.things, map[string]int64{})
	}
	for _, f := range facts {
		m.learn(f)
		for _, of := range seenIn(m.statements, m.maySee, viewer) {
			s.statements[of] = f.Seq
		}
		for _, of := range seenIn(m.emotions, m.maySeeEmotion, viewer) {
			s.emotions[of] = f.Seq
		}
		for _, of := range seenIn(m.themes, m.maySeeTheme, viewer) {
			s.themes[of] = f.Seq
		}
		for i, c := range m.chapters {
			for _, of := range c.mayBeSeen(viewer) {
				s.things[i][of] = f.Seq
			}
		}
	}
	for of, v := range m.views {
		s.at[of] = v.at
	}
	for of, st := range m.statements {
		s.about[of] = st.about
	}
	return s
}

// hides reports whether a fact is hidden: another did it to a thing that the
// viewer did not see just before, and never sees again.
func (s *sight) hides(f Fact) bool {
	if f.By == s.viewer {
		return false
	}
	statement := func(of StatementID) bool { return s.statements[of] < f.Seq-1 || s.statements[of] == 0 }
	emotion := func(of EmotionID) bool { return s.emotions[of] < f.Seq-1 || s.emotions[of] == 0 }
	theme := func(of ThemeID) bool { return s.themes[of] < f.Seq-1 || s.themes[of] == 0 }
	switch e := f.Event.(type) {
	case *FirstSeenSet, *NoteWritten, *NoteWithdrawn, *NoteRestored:
		return true
	case *ThemeNamed:
		return theme(e.Theme)
	case *ThemeWithdrawn:
		return theme(e.Theme)
	case *ThemeRestored:
		return theme(e.Theme)
	case *LayerSetAside:
		return theme(e.Theme)
	case *LayerTakenUp:
		return theme(e.Theme)
	case *StatementWorded:
		return statement(e.Statement)
	case *StatementConfirmed:
		return statement(e.Statement)
	case *StatementReworded:
		return statement(e.Statement)
	case *StatementRefused:
		return statement(e.Statement)
	case *AnswerUndone:
		return statement(e.Statement)
	case *StatementPlaced:
		return statement(e.Statement)
	case *StatementWithdrawn:
		return statement(e.Statement)
	case *StatementRestored:
		return statement(e.Statement)
	case *StatementErased: // whom it is about is told, also of what they took away before
		return e.About != s.viewer && statement(e.Statement)
	case *StatementFrozen:
		return statement(e.Statement)
	case *StatementUnfrozen:
		return statement(e.Statement)
	case *StatementShared:
		return statement(e.Statement) || s.between(e.Statement, e.With)
	case *StatementUnshared:
		return statement(e.Statement) || s.between(e.Statement, e.With)
	case *ViewPut:
		return statement(e.Statement)
	case *ViewWithdrawn:
		return statement(s.at[e.View])
	case *ViewRestored:
		return statement(s.at[e.View])
	case *EmotionNamed:
		return emotion(e.Emotion)
	case *EmotionNoticed:
		return emotion(e.Emotion)
	case *EmotionRecognised:
		return emotion(e.Emotion)
	case *EmotionDeclined:
		return emotion(e.Emotion)
	case *EmotionMet:
		return emotion(e.Emotion)
	case *EmotionKeptOpen:
		return emotion(e.Emotion)
	case *EmotionReset:
		return emotion(e.Emotion)
	}
	for i, c := range s.chapters {
		if of, ok := c.of(f); ok {
			if _, read := c.(*readChapter); read && s.things[i][of] != 0 {
				return false // who saw that it was asked may notice, when they are back, that it went
			}
			return of != "" && (s.things[i][of] < f.Seq-1 || s.things[i][of] == 0)
		}
	}
	return false // who is at the table, the pace, and the order of themes
}

// between: whom else an owner shares with is between those two.
func (s *sight) between(of StatementID, with PartnerID) bool {
	return with != s.viewer && s.about[of] != s.viewer
}

// purged takes what is hidden out of an event that is not: the themes in an
// order that the viewer never saw, and whom else a statement is shown to.
func (s *sight) purged(event Event) Event {
	switch e := event.(type) {
	case *ThemesOrdered:
		order := slices.DeleteFunc(slices.Clone(e.Order), func(of ThemeID) bool { return s.themes[of] == 0 })
		return &ThemesOrdered{About: e.About, Order: order}
	case *StatementWorded:
		if e.About == s.viewer {
			return e
		}
		worded := *e
		worded.SeenBy = slices.DeleteFunc(slices.Clone(e.SeenBy), func(p PartnerID) bool { return p != s.viewer })
		return &worded
	}
	for _, c := range s.chapters {
		event = c.purged(event, s.viewer)
	}
	return event
}
