package samenspel

import "time"

// This file holds what happens at the table: a dialogue begins and ends, the
// word goes to somebody, and words are laid down in the middle.

// BeginDialogue says: now we talk.
type BeginDialogue struct{ Dialogue DialogueID }

func (w BeginDialogue) decide(t turn) ([]Event, error) {
	k, err := t.talk(w.Dialogue)
	if err != nil || k.standing() == On {
		return nil, err
	}
	if k.standing() == Over { // they went on after all
		return []Event{&DialogueReset{Dialogue: k.id, Begun: k.begun}}, nil
	}
	return []Event{&DialogueBegun{Dialogue: k.id}}, nil
}

// DialogueBegun is the fact that a dialogue began.
type DialogueBegun struct {
	Dialogue DialogueID `json:"dialogue"`
}

// Kind is "dialogue.begun".
func (*DialogueBegun) Kind() string { return "dialogue.begun" }

func (e *DialogueBegun) apply(a *Alliance, f Fact) reversal {
	return a.pass(e.Dialogue, f, func(k *talk) { k.begun, k.over = f.At, time.Time{} })
}

// EndDialogue says: for now we have talked.
type EndDialogue struct{ Dialogue DialogueID }

func (w EndDialogue) decide(t turn) ([]Event, error) {
	k, err := t.begunTalk(w.Dialogue)
	if err != nil || k.standing() == Over {
		return nil, err
	}
	return []Event{&DialogueEnded{Dialogue: k.id}}, nil
}

// DialogueEnded is the fact that a dialogue ended.
type DialogueEnded struct {
	Dialogue DialogueID `json:"dialogue"`
}

// Kind is "dialogue.ended".
func (*DialogueEnded) Kind() string { return "dialogue.ended" }

func (e *DialogueEnded) apply(a *Alliance, f Fact) reversal {
	return a.pass(e.Dialogue, f, func(k *talk) { k.over = f.At })
}

// DialogueReset is the fact that beginning or ending was taken back, or that
// a dialogue that was over goes on.
type DialogueReset struct {
	Dialogue DialogueID `json:"dialogue"`
	Begun    time.Time  `json:"begun,omitzero"`
	Over     time.Time  `json:"over,omitzero"`
}

// Kind is "dialogue.reset".
func (*DialogueReset) Kind() string { return "dialogue.reset" }

func (e *DialogueReset) apply(a *Alliance, f Fact) reversal {
	return a.pass(e.Dialogue, f, func(k *talk) { k.begun, k.over = e.Begun, e.Over })
}

// pass changes how far a dialogue is. It touches the dialogue itself too: one
// that was begun is not cancelled by undoing its plan.
func (a *Alliance) pass(id DialogueID, f Fact, change func(*talk)) reversal {
	a.touch(string(id), f)
	r := reversal{subject: string(id) + "/standing"}
	if k := a.talks.of[id]; k != nil {
		r.in = k
		r.undo = &DialogueReset{Dialogue: id, Begun: k.begun, Over: k.over}
		change(k)
	}
	return r
}

// GiveTurn gives the word to somebody in the dialogue: now you.
type GiveTurn struct {
	Dialogue DialogueID
	To       PartnerID
}

func (w GiveTurn) decide(t turn) ([]Event, error) {
	k, err := t.begunTalk(w.Dialogue)
	switch {
	case err != nil:
		return nil, err
	case !k.isFor(w.To) || !t.partners[w.To].awaited():
		return nil, ErrNotFound
	case k.has == w.To:
		return nil, nil
	}
	return []Event{&TurnGiven{Dialogue: k.id, To: w.To}}, nil
}

// TurnGiven is the fact that somebody got the word; or nobody.
type TurnGiven struct {
	Dialogue DialogueID `json:"dialogue"`
	To       PartnerID  `json:"to,omitempty"`
}

// Kind is "turn.given".
func (*TurnGiven) Kind() string { return "turn.given" }

func (e *TurnGiven) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Dialogue) + "/turn"}
	if k := a.talks.of[e.Dialogue]; k != nil {
		r.in = k
		r.undo = &TurnGiven{Dialogue: k.id, To: k.has}
		k.has = e.To
	}
	return r
}

// LayWords lays something that was said before on the table again.
type LayWords struct {
	Dialogue  DialogueID
	Statement StatementID
}

func (w LayWords) decide(t turn) ([]Event, error) {
	s, err := t.statement(w.Statement, 0)
	if err != nil {
		return nil, err
	}
	if s.now().standing == RefusedByMe {
		return nil, refused("refused.refused_statement")
	}
	e, err := t.lay(w.Dialogue, s.id)
	if err != nil || e == nil {
		return nil, err
	}
	return []Event{e}, nil
}

// lay is the event that lays words on the table of a dialogue, or nil when
// they are what lies there for the actor.
func (t turn) lay(id DialogueID, s StatementID) (Event, error) {
	k, err := t.begunTalk(id)
	switch {
	case err != nil:
		return nil, err
	case t.laidBy(k) >= maxLaid:
		return nil, refused("refused.too_many")
	case t.card(k, t.by.id) == s:
		return nil, nil
	}
	return &WordsLaid{Dialogue: k.id, Statement: s}, nil
}

// laidBy counts what the actor laid on a table. What others laid may be
// hidden from them.
func (t turn) laidBy(k *talk) int {
	count := 0
	for _, l := range k.laid {
		if l.by == t.by.id {
			count++
		}
	}
	return count
}

// card is what lies on the table for a viewer: the last of the words laid
// there that they may see.
func (a *Alliance) card(k *talk, viewer PartnerID) StatementID {
	for i := len(k.laid) - 1; i >= 0; i-- {
		if s := a.statements[k.laid[i].statement]; a.shows(s, viewer) && s.now().standing != RefusedByMe {
			return s.id
		}
	}
	return ""
}

// WordsLaid is the fact that words were laid on the table.
type WordsLaid struct {
	Dialogue  DialogueID  `json:"dialogue"`
	Statement StatementID `json:"statement"`
}

// Kind is "words.laid".
func (*WordsLaid) Kind() string { return "words.laid" }

func (e *WordsLaid) apply(a *Alliance, f Fact) reversal {
	r := reversal{subject: string(e.Dialogue) + "/laid/" + string(f.Command)}
	if k, s := a.talks.of[e.Dialogue], a.statements[e.Statement]; k != nil && s != nil {
		k.laid = append(k.laid, laying{statement: s.id, by: f.By, at: f.At, command: f.Command})
		r.in, r.beside = k, s
		r.undo = &WordsTakenBack{Dialogue: k.id, Laid: f.Command}
	}
	return r
}

// WordsTakenBack is the fact that laying words on the table was undone, or,
// when Back is set, done again.
type WordsTakenBack struct {
	Dialogue  DialogueID  `json:"dialogue"`
	Laid      CommandID   `json:"laid"`
	Back      bool        `json:"back,omitempty"`
	Statement StatementID `json:"statement,omitempty"`
	By        PartnerID   `json:"by,omitempty"`
	At        time.Time   `json:"at,omitzero"`
}

// Kind is "words.taken_back".
func (*WordsTakenBack) Kind() string { return "words.taken_back" }

func (e *WordsTakenBack) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Dialogue) + "/laid/" + string(e.Laid)}
	k := a.talks.of[e.Dialogue]
	if k == nil {
		return r
	}
	r.in = k
	if e.Back {
		if s := a.statements[e.Statement]; s != nil {
			r.beside = s
		}
		at := len(k.laid)
		for at > 0 && k.laid[at-1].at.After(e.At) {
			at--
		}
		k.laid = append(k.laid[:at:at], append([]laying{{e.Statement, e.By, e.At, e.Laid}}, k.laid[at:]...)...)
		r.undo = &WordsTakenBack{Dialogue: k.id, Laid: e.Laid}
		return r
	}
	for i, l := range k.laid {
		if l.command == e.Laid {
			k.laid = append(k.laid[:i:i], k.laid[i+1:]...)
			r.beside = a.statements[l.statement]
			r.undo = &WordsTakenBack{Dialogue: k.id, Laid: l.command, Back: true, Statement: l.statement, By: l.by, At: l.at}
			break
		}
	}
	return r
}
