package samenspel

import "time"

// view is what a partner thinks beside somebody else's statement. Both stand;
// nobody but its author takes it away.
type view struct {
	id        ViewID
	statement *statement
	by        PartnerID
	words     Words
	at        time.Time
	withdrawn bool
}

// PutView puts the actor's view beside a statement, in the place of the one
// that they had there.
type PutView struct {
	Statement StatementID
	Words     Words
}

func (w PutView) decide(t turn) ([]Event, error) {
	s, err := t.statement(w.Statement, 0)
	switch {
	case err != nil:
		return nil, err
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	case !t.mayAdd(s, t.by.id):
		return nil, refused("refused.view")
	}
	var events []Event
	for _, id := range s.beside().views {
		if v := t.views[id]; v.by == t.by.id && !v.withdrawn {
			events = append(events, &ViewWithdrawn{View: v.id})
		}
	}
	return append(events, &ViewPut{View: ViewID(t.cmd.ID), Statement: s.id, About: s.about, Words: w.Words}), nil
}

// ViewPut is the fact that somebody put their view beside a statement.
type ViewPut struct {
	View      ViewID      `json:"view"`
	Statement StatementID `json:"statement"`
	About     PartnerID   `json:"about"`
	Words     Words       `json:"-"`
}

// Kind is "view.put".
func (*ViewPut) Kind() string { return "view.put" }

// Holder is the statement beside which it stands.
func (e *ViewPut) Holder() PartnerID { return e.Statement.holder() }

// Sayings are the words.
func (e *ViewPut) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *ViewPut) apply(a *Alliance, f Fact) reversal {
	s := a.statements[e.Statement]
	if s != nil {
		a.views[e.View] = &view{id: e.View, statement: s, by: f.By, words: e.Words, at: f.At}
		s.sealed = s.sealed || !e.Words.Empty()
		s.putBeside().views = append(s.putBeside().views, e.View)
		a.touch(string(s.id), f)
	}
	return reversal{subject: string(e.View), beside: s, undo: &ViewWithdrawn{View: e.View}}
}

// WithdrawView takes the actor's own view away.
type WithdrawView struct{ View ViewID }

func (w WithdrawView) decide(t turn) ([]Event, error) {
	v := t.views[w.View]
	switch {
	case v == nil || v.withdrawn || !t.sees(v.statement, t.by.id):
		return nil, ErrNotFound
	case v.by != t.by.id:
		return nil, refused("refused.withdraw")
	}
	return []Event{&ViewWithdrawn{View: v.id}}, nil
}

// ViewWithdrawn is the fact that somebody took their view away.
type ViewWithdrawn struct {
	View ViewID `json:"view"`
}

// Kind is "view.withdrawn".
func (*ViewWithdrawn) Kind() string { return "view.withdrawn" }

func (e *ViewWithdrawn) apply(a *Alliance, _ Fact) reversal {
	return a.withdrawView(e.View, true, &ViewRestored{View: e.View})
}

// ViewRestored is the fact that taking it away was undone.
type ViewRestored struct {
	View ViewID `json:"view"`
}

// Kind is "view.restored".
func (*ViewRestored) Kind() string { return "view.restored" }

func (e *ViewRestored) apply(a *Alliance, _ Fact) reversal {
	return a.withdrawView(e.View, false, &ViewWithdrawn{View: e.View})
}

func (a *Alliance) withdrawView(id ViewID, gone bool, undo Event) reversal {
	r := reversal{subject: string(id), undo: undo}
	if v := a.views[id]; v != nil {
		v.withdrawn = gone
		r.beside = v.statement
	}
	return r
}

// note is a partner's own: nobody else sees it or that it is there.
type note struct {
	id        NoteID
	by        PartnerID
	words     Words
	at        time.Time
	withdrawn bool
}

// WriteNote writes a private note.
type WriteNote struct{ Words Words }

func (w WriteNote) decide(t turn) ([]Event, error) {
	if w.Words.Empty() {
		return nil, invalid("invalid.words_needed")
	}
	mine := 0
	for _, n := range t.notes {
		if n.by == t.by.id && !n.withdrawn {
			mine++
		}
	}
	if mine >= maxNotes {
		return nil, refused("refused.too_many")
	}
	return []Event{&NoteWritten{Note: NoteID(t.cmd.ID), By: t.by.id, Words: w.Words}}, nil
}

// NoteWritten is the fact that somebody wrote a private note.
type NoteWritten struct {
	Note  NoteID    `json:"note"`
	By    PartnerID `json:"by"`
	Words Words     `json:"-"`
}

// Kind is "note.written".
func (*NoteWritten) Kind() string { return "note.written" }

// Holder is who wrote it.
func (e *NoteWritten) Holder() PartnerID { return e.By }

// Sayings are the words.
func (e *NoteWritten) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *NoteWritten) apply(a *Alliance, f Fact) reversal {
	a.notes[e.Note] = &note{id: e.Note, by: e.By, words: e.Words, at: f.At}
	return reversal{subject: string(e.Note), undo: &NoteWithdrawn{Note: e.Note}}
}

// WithdrawNote takes a private note away.
type WithdrawNote struct{ Note NoteID }

func (w WithdrawNote) decide(t turn) ([]Event, error) {
	n := t.notes[w.Note]
	if n == nil || n.withdrawn || n.by != t.by.id {
		return nil, ErrNotFound
	}
	return []Event{&NoteWithdrawn{Note: n.id}}, nil
}

// NoteWithdrawn is the fact that somebody took a note away.
type NoteWithdrawn struct {
	Note NoteID `json:"note"`
}

// Kind is "note.withdrawn".
func (*NoteWithdrawn) Kind() string { return "note.withdrawn" }

func (e *NoteWithdrawn) apply(a *Alliance, _ Fact) reversal {
	if n := a.notes[e.Note]; n != nil {
		n.withdrawn = true
	}
	return reversal{subject: string(e.Note), undo: &NoteRestored{Note: e.Note}}
}

// NoteRestored is the fact that taking it away was undone.
type NoteRestored struct {
	Note NoteID `json:"note"`
}

// Kind is "note.restored".
func (*NoteRestored) Kind() string { return "note.restored" }

func (e *NoteRestored) apply(a *Alliance, _ Fact) reversal {
	if n := a.notes[e.Note]; n != nil {
		n.withdrawn = false
	}
	return reversal{subject: string(e.Note), undo: &NoteWithdrawn{Note: e.Note}}
}
