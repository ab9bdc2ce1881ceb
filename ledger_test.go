package samenspel_test

import (
	"slices"

	. "samenspel"
)

// ledger is the rule of who may see what, written down a second time and
// plainly, from the facts alone.
type ledger struct {
	statements map[StatementID]*ledgerStatement
	emotions   map[EmotionID]*ledgerEmotion
	views      map[ViewID]*ledgerView
	themes     map[ThemeID]*ledgerTheme
	notes      map[NoteID]*ledgerNote
	chapters   []chapter
	seats      []*ledgerSeat
}

// ledgerSeat is a place at the table.
type ledgerSeat struct {
	partner PartnerID
	role    Role
	here    bool
}

// chapter is the plain rule of who may see what for one further kind of thing,
// written down a second time, from the facts alone. Each kind of thing that is
// no statement has one, in the file of its tests.
type chapter interface {
	// learn takes a fact. A chapter may ask the ledger of what others rest on.
	learn(m *ledger, f Fact)
	// mayBeSeen lists the ids that a viewer may see now.
	mayBeSeen(viewer PartnerID) []string
	// isSeen lists the ids that stand in what a viewer sees.
	isSeen(seen *Seen) []string
	// mayRead adds the words that a viewer may read now.
	mayRead(viewer PartnerID, may map[Words]bool)
	// of gives the thing that an event is about, "" for an event that everybody
	// at the table may know of, and ok = false when it is none of this chapter.
	of(f Fact) (thing string, ok bool)
	// purged takes out of an event what the viewer never sees of it; events
	// of other chapters it gives back as they are.
	purged(e Event, viewer PartnerID) Event
}

// chapters makes a new chapter of each kind.
var chapters []func() chapter

type ledgerStatement struct {
	about, by PartnerID
	answers   []Standing // the first wording, then each answer
	words     []Words    // with each answer
	undone    []Standing
	unsaid    []Words
	gone      bool
	erased    bool
	frozen    bool
	with      map[PartnerID]bool
	theme     ThemeID
}

type ledgerEmotion struct {
	at      StatementID
	by      PartnerID
	feeling Feeling
	word    Words
}

type ledgerView struct {
	at    StatementID
	words Words
	gone  bool
}

type ledgerTheme struct {
	by, about PartnerID
	command   CommandID
	along     bool
	name      Words
	gone      bool
}

type ledgerNote struct {
	by    PartnerID
	words Words
	gone  bool
}

func newLedger() *ledger {
	m := &ledger{map[StatementID]*ledgerStatement{}, map[EmotionID]*ledgerEmotion{}, map[ViewID]*ledgerView{},
		map[ThemeID]*ledgerTheme{}, map[NoteID]*ledgerNote{}, nil, nil}
	for _, begin := range chapters {
		m.chapters = append(m.chapters, begin())
	}
	return m
}

func (m *ledger) learn(f Fact) {
	for _, c := range m.chapters {
		c.learn(m, f)
	}
	m.learnSeats(f)
	switch e := f.Event.(type) {
	case *ThemeNamed:
		m.themes[e.Theme] = &ledgerTheme{by: f.By, about: e.About, command: f.Command, name: e.Name}
	case *ThemeWithdrawn:
		m.themes[e.Theme].gone = true
	case *ThemeRestored:
		m.themes[e.Theme].gone = false
	case *ViewPut:
		m.views[e.View] = &ledgerView{at: e.Statement, words: e.Words}
	case *ViewWithdrawn:
		m.views[e.View].gone = true
	case *ViewRestored:
		m.views[e.View].gone = false
	case *NoteWritten:
		m.notes[e.Note] = &ledgerNote{by: e.By, words: e.Words}
	case *NoteWithdrawn:
		m.notes[e.Note].gone = true
	case *NoteRestored:
		m.notes[e.Note].gone = false
	default:
		m.learnStatement(f)
		m.learnEmotion(f)
	}
}

func (m *ledger) learnStatement(f Fact) {
	switch e := f.Event.(type) {
	case *StatementWorded:
		s := &ledgerStatement{about: e.About, by: f.By, theme: e.Theme, with: map[PartnerID]bool{}}
		s.answer(map[bool]Standing{true: Own, false: Asked}[s.by == s.about], e.Words)
		for _, p := range e.SeenBy {
			s.with[p] = true
		}
		m.statements[e.Statement] = s
		m.along(e.Theme, f)
	case *StatementConfirmed:
		m.statements[e.Statement].answer(Confirmed, m.statements[e.Statement].words[0])
	case *StatementReworded:
		s := m.statements[e.Statement]
		s.answer(map[bool]Standing{true: Own, false: Reworded}[s.by == s.about], e.Words)
	case *StatementRefused:
		m.statements[e.Statement].answer(RefusedByMe, m.statements[e.Statement].words[0])
	case *AnswerUndone:
		s := m.statements[e.Statement]
		if e.Back {
			move(&s.undone, &s.answers)
			move(&s.unsaid, &s.words)
		} else {
			move(&s.answers, &s.undone)
			move(&s.words, &s.unsaid)
		}
	case *StatementPlaced:
		m.statements[e.Statement].theme = e.Theme
		m.along(e.Theme, f)
	case *StatementWithdrawn:
		m.statements[e.Statement].gone = true
	case *StatementRestored:
		m.statements[e.Statement].gone = false
	case *StatementErased:
		m.erase(e.Statement)
	case *StatementFrozen:
		m.statements[e.Statement].frozen = true
	case *StatementUnfrozen:
		m.statements[e.Statement].frozen = false
	case *StatementShared:
		m.statements[e.Statement].with[e.With] = true
	case *StatementUnshared:
		m.statements[e.Statement].with[e.With] = false
	}
}

func (s *ledgerStatement) answer(standing Standing, words Words) {
	s.answers, s.words = append(s.answers, standing), append(s.words, words)
}

// move takes the last of one list to the end of another.
func move[T any](from, to *[]T) {
	last := len(*from) - 1
	*to = append(*to, (*from)[last])
	*from = (*from)[:last]
}

func (m *ledger) learnEmotion(f Fact) {
	switch e := f.Event.(type) {
	case *EmotionNamed:
		m.emotions[e.Emotion] = &ledgerEmotion{at: e.Statement, by: f.By, feeling: Open, word: e.Word}
	case *EmotionNoticed:
		m.emotions[e.Emotion] = &ledgerEmotion{at: e.Statement, by: f.By, feeling: Noticed, word: e.Word}
	case *EmotionRecognised:
		m.emotions[e.Emotion].feeling = Open
	case *EmotionDeclined:
		m.emotions[e.Emotion].feeling = Declined
	case *EmotionMet:
		m.emotions[e.Emotion].feeling = Met
	case *EmotionReset:
		m.emotions[e.Emotion].feeling = e.To
	}
}

// maySee is the rule for a statement.
func (m *ledger) maySee(id StatementID, viewer PartnerID) bool {
	s := m.statements[id]
	if s.gone || s.erased {
		return false
	}
	if s.frozen && viewer != s.about && !slices.Contains(m.deciders(s.about, s.by), viewer) {
		return false
	}
	owner, writer := viewer == s.about, viewer == s.by
	switch last := s.answers[len(s.answers)-1]; last {
	case RefusedByMe:
		return owner || writer
	case Asked:
		return owner || writer || s.with[viewer]
	default:
		return owner || s.with[viewer]
	}
}

// mayLie is the rule for what shows a statement again somewhere else: under a
// friction, under a change, on the table, under its theme. On ice it lies in
// none of them.
func (m *ledger) mayLie(id StatementID, viewer PartnerID) bool {
	return !m.statements[id].frozen && m.maySee(id, viewer)
}

func (m *ledger) maySeeEmotion(id EmotionID, viewer PartnerID) bool {
	e := m.emotions[id]
	if !m.maySee(e.at, viewer) {
		return false
	}
	switch e.feeling {
	case Open, Met:
		return true
	case Noticed, Declined:
		return viewer == e.by || viewer == m.statements[e.at].about
	}
	return false
}

func (m *ledger) maySeeTheme(id ThemeID, viewer PartnerID) bool {
	if th := m.themes[id]; th.by == viewer && !th.gone {
		return true
	}
	for of, s := range m.statements {
		if s.theme == id && m.mayLie(of, viewer) {
			return true
		}
	}
	return false
}

func (m *ledger) maySeeView(id ViewID, viewer PartnerID) bool {
	return !m.views[id].gone && m.maySee(m.views[id].at, viewer)
}

func (m *ledger) maySeeNote(id NoteID, viewer PartnerID) bool {
	return !m.notes[id].gone && m.notes[id].by == viewer
}

// mayRead lists what a viewer may read, besides names and titles.
func (m *ledger) mayRead(viewer PartnerID) map[Words]bool {
	may := map[Words]bool{}
	for id, s := range m.statements {
		if !m.maySee(id, viewer) {
			continue
		}
		may[s.words[len(s.words)-1]] = true
		if viewer == s.about || s.by != s.about {
			may[s.words[0]] = true
		}
	}
	for id, e := range m.emotions {
		may[e.word] = may[e.word] || m.maySeeEmotion(id, viewer)
	}
	for id, v := range m.views {
		may[v.words] = may[v.words] || m.maySeeView(id, viewer)
	}
	for id, th := range m.themes {
		may[th.name] = may[th.name] || m.maySeeTheme(id, viewer)
	}
	for id, n := range m.notes {
		may[n.words] = may[n.words] || m.maySeeNote(id, viewer)
	}
	for _, c := range m.chapters {
		c.mayRead(viewer, may)
	}
	return may
}

// seenIn lists, sorted, what of the things in a ledger a rule lets somebody see.
func seenIn[ID ~string, T any](things map[ID]T, rule func(ID, PartnerID) bool, viewer PartnerID) []ID {
	var list []ID
	for id := range things {
		if rule(id, viewer) {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}
