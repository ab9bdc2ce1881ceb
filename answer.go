package samenspel

// ConfirmStatement says: that is right. The words stay whose they were.
type ConfirmStatement struct {
	Statement StatementID
	Turn      int
}

func (w ConfirmStatement) decide(t turn) ([]Event, error) {
	s, err := t.answerable(w.Statement, w.Turn)
	if err != nil || s.now().standing == Confirmed {
		return nil, err
	}
	return t.speaking(s, &StatementConfirmed{Statement: s.id}), nil
}

// answerable is a statement about the actor that somebody else wrote down.
func (t turn) answerable(id StatementID, turn int) (*statement, error) {
	s, err := t.statement(id, turn)
	switch {
	case err != nil:
		return nil, err
	case t.by.id != s.about:
		return nil, refused("refused.answer")
	case !t.mayAnswer(s, t.by.id):
		return nil, refused("refused.answer_own")
	}
	return s, nil
}

// speaking is what comes with the person's own answer. Somebody else's name
// for a theme that they named already is that theme; and a place that they
// set aside is open again: their last word counts.
func (t turn) speaking(s *statement, answer Event) []Event {
	events, in := []Event{answer}, s.theme
	if th := t.themes[s.theme]; th != nil && th.namedBy != s.about {
		if mine := t.named(th.name, s.about, s.about); mine != nil && mine.namedBy == s.about {
			in = mine.id
			events = append(events, &StatementPlaced{Statement: s.id, Layer: s.layer, Theme: in})
		}
	}
	if t.by.setAside(place{in, s.layer}) {
		events = append(events, &LayerTakenUp{About: s.about, Theme: in, Layer: s.layer})
	}
	return events
}

// StatementConfirmed is the fact that the one whom it is about said: that is
// right.
type StatementConfirmed struct {
	Statement StatementID `json:"statement"`
}

// Kind is "statement.confirmed".
func (*StatementConfirmed) Kind() string { return "statement.confirmed" }

func (e *StatementConfirmed) apply(a *Alliance, f Fact) reversal {
	return a.answer(e.Statement, f, Confirmed, Words{})
}

// RewordStatement says: I would say it like this. What was written first
// stays to be read under it.
type RewordStatement struct {
	Statement StatementID
	Words     Words
	Turn      int
}

func (w RewordStatement) decide(t turn) ([]Event, error) {
	s, err := t.statement(w.Statement, w.Turn)
	switch {
	case err != nil:
		return nil, err
	case t.by.id != s.about:
		return nil, refused("refused.answer")
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	case w.Words == s.now().words && (s.now().standing == Own || s.now().standing == Reworded):
		return nil, nil
	}
	return t.speaking(s, &StatementReworded{Statement: s.id, About: s.about, Words: w.Words}), nil
}

// StatementReworded is the fact that the one whom it is about said it in
// their own words.
type StatementReworded struct {
	Statement StatementID `json:"statement"`
	About     PartnerID   `json:"about"`
	Words     Words       `json:"-"`
}

// Kind is "statement.reworded".
func (*StatementReworded) Kind() string { return "statement.reworded" }

// Holder is the statement.
func (e *StatementReworded) Holder() PartnerID { return e.Statement.holder() }

// Sayings are the new words.
func (e *StatementReworded) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *StatementReworded) apply(a *Alliance, f Fact) reversal {
	to := Reworded
	if s := a.statements[e.Statement]; s != nil && s.recordedBy == s.about {
		to = Own
	}
	return a.answer(e.Statement, f, to, e.Words)
}

// RefuseStatement says: that is not right. It leaves the picture; only the
// one who wrote it still sees that.
type RefuseStatement struct {
	Statement StatementID
	Turn      int
}

func (w RefuseStatement) decide(t turn) ([]Event, error) {
	s, err := t.answerable(w.Statement, w.Turn)
	if err != nil || s.now().standing == RefusedByMe {
		return nil, err
	}
	return []Event{&StatementRefused{Statement: s.id}}, nil
}

// StatementRefused is the fact that the one whom it is about said: that is
// not right.
type StatementRefused struct {
	Statement StatementID `json:"statement"`
}

// Kind is "statement.refused".
func (*StatementRefused) Kind() string { return "statement.refused" }

func (e *StatementRefused) apply(a *Alliance, f Fact) reversal {
	return a.answer(e.Statement, f, RefusedByMe, Words{})
}

// answer puts an answer on top of the others. Without words of its own it is
// about the words as they were written first.
func (a *Alliance) answer(id StatementID, f Fact, to Standing, words Words) reversal {
	s := a.statements[id]
	if s == nil {
		return reversal{subject: string(id)}
	}
	next := answer{standing: to, words: words}
	if to == Confirmed || to == RefusedByMe {
		next.words = s.answers[0].words
	}
	s.answers = append(s.answers, next)
	s.turned(f)
	return reversal{subject: string(id), undo: &AnswerUndone{Statement: id, Answer: len(s.answers) - 1}}
}

// AnswerUndone is the fact that the last answer to a statement was taken
// back, or, when Back is set, brought back.
type AnswerUndone struct {
	Statement StatementID `json:"statement"`
	Answer    int         `json:"answer"` // which one, counted from the first wording, 0
	Back      bool        `json:"back,omitempty"`
}

// Kind is "answer.undone".
func (*AnswerUndone) Kind() string { return "answer.undone" }

func (e *AnswerUndone) apply(a *Alliance, f Fact) reversal {
	r := reversal{subject: string(e.Statement)}
	s := a.statements[e.Statement]
	switch {
	case s == nil || e.Answer < 1:
		return r
	case e.Back && e.Answer == len(s.answers) && len(s.beside().undone) > 0:
		undone := s.stands.undone
		s.answers = append(s.answers, undone[len(undone)-1])
		s.stands.undone = undone[:len(undone)-1]
	case !e.Back && e.Answer == len(s.answers)-1:
		s.putBeside().undone = append(s.putBeside().undone, s.now())
		s.answers = s.answers[:e.Answer]
	default:
		return r
	}
	s.turned(f)
	r.undo = &AnswerUndone{Statement: s.id, Answer: e.Answer, Back: !e.Back}
	return r
}
