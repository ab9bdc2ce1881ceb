package samenspel

import "time"

// Feeling is how an emotion stands. It is open until its owner says that it
// was met; nobody else can close it.
type Feeling string

// The four ways in which an emotion stands.
const (
	Noticed  Feeling = "noticed"  // somebody else asks: is that so?
	Open     Feeling = "open"     // named or recognised by its owner
	Met      Feeling = "met"      // its owner felt heard in it
	Declined Feeling = "declined" // its owner: that was not so
)

// emotion is what somebody felt at something that was said about them. Its
// owner is the owner of the statement.
type emotion struct {
	id        EmotionID
	statement *statement
	word      Words
	by        PartnerID // who named or noticed it
	at        time.Time
	feeling   Feeling
	kept      int // how often its owner said: not yet
}

// seesEmotion: what another noticed is a question between the two of them,
// until the owner recognises it.
func (a *Alliance) seesEmotion(e *emotion, viewer PartnerID) bool {
	if !a.sees(e.statement, viewer) {
		return false
	}
	shown := e.feeling == Open || e.feeling == Met
	return shown || viewer == e.statement.about || viewer == e.by
}

// NameEmotion puts a feeling at a statement. The owner names it; anybody else
// notices it, which is a question to the owner.
type NameEmotion struct {
	Statement StatementID
	Word      Words
}

func (w NameEmotion) decide(t turn) ([]Event, error) {
	s, err := t.statement(w.Statement, 0)
	switch {
	case err != nil:
		return nil, err
	case w.Word.Empty():
		return nil, invalid("invalid.emotion_needed")
	case t.noticedBy(t.by.id, s) >= maxAtOne:
		return nil, refused("refused.too_many")
	case t.by.id != s.about && !t.mayAdd(s, t.by.id):
		return nil, refused("refused.refused_statement")
	}
	return []Event{feeling(EmotionID(t.cmd.ID+".1"), s.id, s.about, w.Word, t.by.id == s.about)}, nil
}

// noticedBy counts what one partner put at a statement. What others asked in
// private does not count: it would show.
func (a *Alliance) noticedBy(p PartnerID, s *statement) int {
	count := 0
	for _, id := range s.beside().emotions {
		if a.emotions[id].by == p {
			count++
		}
	}
	return count
}

// feeling is the event for an emotion, by whether its owner speaks.
func feeling(id EmotionID, s StatementID, about PartnerID, word Words, own bool) Event {
	if own {
		return &EmotionNamed{Emotion: id, Statement: s, About: about, Word: word}
	}
	return &EmotionNoticed{Emotion: id, Statement: s, About: about, Word: word}
}

// EmotionNamed is the fact that somebody named what they felt.
type EmotionNamed struct {
	Emotion   EmotionID   `json:"emotion"`
	Statement StatementID `json:"statement"`
	About     PartnerID   `json:"about"`
	Word      Words       `json:"-"`
}

// Kind is "emotion.named".
func (*EmotionNamed) Kind() string { return "emotion.named" }

// Holder is the statement at which it was felt.
func (e *EmotionNamed) Holder() PartnerID { return e.Statement.holder() }

// Sayings is the word for it.
func (e *EmotionNamed) Sayings() map[string]*Words { return map[string]*Words{"word": &e.Word} }

func (e *EmotionNamed) apply(a *Alliance, f Fact) reversal {
	return a.feel(&emotion{id: e.Emotion, word: e.Word, by: f.By, at: f.At, feeling: Open}, e.Statement, f)
}

// EmotionNoticed is the fact that somebody asked whether another felt this.
type EmotionNoticed struct {
	Emotion   EmotionID   `json:"emotion"`
	Statement StatementID `json:"statement"`
	About     PartnerID   `json:"about"`
	Word      Words       `json:"-"`
}

// Kind is "emotion.noticed".
func (*EmotionNoticed) Kind() string { return "emotion.noticed" }

// Holder is the statement at which it was noticed.
func (e *EmotionNoticed) Holder() PartnerID { return e.Statement.holder() }

// Sayings is the word for it.
func (e *EmotionNoticed) Sayings() map[string]*Words { return map[string]*Words{"word": &e.Word} }

func (e *EmotionNoticed) apply(a *Alliance, f Fact) reversal {
	return a.feel(&emotion{id: e.Emotion, word: e.Word, by: f.By, at: f.At, feeling: Noticed}, e.Statement, f)
}

func (a *Alliance) feel(em *emotion, at StatementID, f Fact) reversal {
	s := a.statements[at]
	if s == nil {
		return reversal{subject: string(em.id)}
	}
	em.statement = s
	a.emotions[em.id] = em
	s.sealed = s.sealed || !em.word.Empty()
	s.putBeside().emotions = append(s.putBeside().emotions, em.id)
	if em.feeling == Open { // a question between two may not show in what a third can undo
		a.touch(string(at), f)
	}
	return reversal{subject: string(em.id), beside: s, undo: &EmotionReset{Emotion: em.id, To: Gone}}
}

// Gone is the feeling of an emotion whose naming was undone: nobody sees it.
const Gone Feeling = "gone"

// AnswerEmotion is the owner's answer to an emotion: yes, I felt that (Open),
// that was not so (Declined), it was met (Met). Open to an open one is "not
// yet": it stays, and that is fine.
type AnswerEmotion struct {
	Emotion EmotionID
	Answer  Feeling
}

func (w AnswerEmotion) decide(t turn) ([]Event, error) {
	em := t.emotions[w.Emotion]
	if em == nil || em.feeling == Gone || !t.seesEmotion(em, t.by.id) {
		return nil, ErrNotFound
	}
	if em.statement.about != t.by.id {
		return nil, refused("refused.emotion")
	}
	switch {
	case em.statement.frozen != nil:
		return nil, refused("refused.frozen")
	case w.Answer == Open && em.feeling == Open:
		return []Event{&EmotionKeptOpen{Emotion: em.id}}, nil
	case w.Answer == em.feeling:
		return nil, nil
	case w.Answer == Open:
		return []Event{&EmotionRecognised{Emotion: em.id}}, nil
	case w.Answer == Declined && em.feeling == Noticed:
		return []Event{&EmotionDeclined{Emotion: em.id}}, nil
	case w.Answer == Met && em.feeling == Open:
		return []Event{&EmotionMet{Emotion: em.id}}, nil
	}
	return nil, invalid("invalid.emotion_answer")
}

// EmotionRecognised is the fact that the owner said: yes, I felt that; or
// that something met, or declined, is open again.
type EmotionRecognised struct {
	Emotion EmotionID `json:"emotion"`
}

// Kind is "emotion.recognised".
func (*EmotionRecognised) Kind() string { return "emotion.recognised" }

func (e *EmotionRecognised) apply(a *Alliance, _ Fact) reversal {
	return a.answerFeeling(e.Emotion, Open, 0)
}

// EmotionDeclined is the fact that the owner said: that was not so.
type EmotionDeclined struct {
	Emotion EmotionID `json:"emotion"`
}

// Kind is "emotion.declined".
func (*EmotionDeclined) Kind() string { return "emotion.declined" }

func (e *EmotionDeclined) apply(a *Alliance, _ Fact) reversal {
	return a.answerFeeling(e.Emotion, Declined, 0)
}

// EmotionMet is the fact that the owner felt heard in it.
type EmotionMet struct {
	Emotion EmotionID `json:"emotion"`
}

// Kind is "emotion.met".
func (*EmotionMet) Kind() string { return "emotion.met" }

func (e *EmotionMet) apply(a *Alliance, _ Fact) reversal { return a.answerFeeling(e.Emotion, Met, 0) }

// EmotionKeptOpen is the fact that the owner said: not yet.
type EmotionKeptOpen struct {
	Emotion EmotionID `json:"emotion"`
}

// Kind is "emotion.kept_open".
func (*EmotionKeptOpen) Kind() string { return "emotion.kept_open" }

func (e *EmotionKeptOpen) apply(a *Alliance, _ Fact) reversal {
	return a.answerFeeling(e.Emotion, Open, 1)
}

// EmotionReset is the fact that an act on an emotion was undone.
type EmotionReset struct {
	Emotion EmotionID `json:"emotion"`
	To      Feeling   `json:"to"`
	Kept    int       `json:"kept,omitempty"`
}

// Kind is "emotion.reset".
func (*EmotionReset) Kind() string { return "emotion.reset" }

func (e *EmotionReset) apply(a *Alliance, _ Fact) reversal {
	return a.answerFeeling(e.Emotion, e.To, e.Kept)
}

// answerFeeling sets how an emotion stands; kept is added to how often it was
// kept open.
func (a *Alliance) answerFeeling(id EmotionID, to Feeling, kept int) reversal {
	r := reversal{subject: string(id)}
	if em := a.emotions[id]; em != nil {
		r.beside = em.statement
		r.undo = &EmotionReset{Emotion: id, To: em.feeling, Kept: -kept}
		em.feeling = to
		em.kept += kept
	}
	return r
}
