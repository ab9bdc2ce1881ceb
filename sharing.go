package samenspel

import "slices"

// This file holds the one answer to "who may see and do what with a
// statement". What decides, what shows and what draws all ask here.

// readers are the partners with whom a statement is shared. There are a few, and
// every look asks each statement: a list is found through faster than a map. What
// a list holds never changes: the change of rights that made it keeps it too.
type readers []PartnerID

func (r readers) has(id PartnerID) bool { return slices.Contains(r, id) }

func (r *readers) add(id PartnerID) {
	if !r.has(id) {
		*r = append(slices.Clip(*r), id)
	}
}

func (r *readers) remove(id PartnerID) {
	*r = slices.DeleteFunc(slices.Clone(*r), func(other PartnerID) bool { return other == id })
}

// sees reports whether a partner may see a statement. A withdrawn one is
// nobody's.
func (a *Alliance) sees(s *statement, viewer PartnerID) bool {
	return !s.withdrawn && a.isFor(s, viewer)
}

// isFor says whom a statement is for while it stands: the one whom it is
// about always; whoever wrote it while it waits for an answer; those with
// whom the owner shares it. A refused one is between the owner and whoever
// wrote it. A frozen one is for the owner, and for those of the others who may
// decide about it.
func (a *Alliance) isFor(s *statement, viewer PartnerID) bool {
	switch {
	case viewer == s.about:
		return true
	case s.frozen != nil && !slices.Contains(a.deciders(s.about, s.recordedBy), viewer):
		return false
	case s.now().standing == RefusedByMe:
		return viewer == s.recordedBy
	case s.now().standing == Asked && viewer == s.recordedBy:
		return true
	}
	return s.audience.has(viewer)
}

// shows reports whether a statement may be drawn, counted or laid out for a
// viewer: a frozen one only lies there to be read and decided about.
func (a *Alliance) shows(s *statement, viewer PartnerID) bool {
	return a.sees(s, viewer) && s.frozen == nil
}

// statement gives a statement that the actor may see, and that is not frozen.
func (t turn) statement(id StatementID, turn int) (*statement, error) {
	s, err := t.anyStatement(id, turn)
	if err == nil && s.frozen != nil {
		return nil, refused("refused.frozen")
	}
	return s, err
}

// anyStatement gives a statement that the actor may see, and holds the form
// that they answer against what has changed since.
func (t turn) anyStatement(id StatementID, turn int) (*statement, error) {
	s := t.statements[id]
	if s == nil || !t.sees(s, t.by.id) {
		return nil, ErrNotFound
	}
	if turn != 0 && turn != s.turn {
		return nil, ErrChanged
	}
	return s, nil
}

// mayAnswer: only the one whom it is about confirms or refuses what others
// said. What they said themselves they reword.
func (a *Alliance) mayAnswer(s *statement, p PartnerID) bool {
	return p == s.about && s.recordedBy != s.about
}

func (a *Alliance) mayPlace(s *statement, p PartnerID) bool {
	return p == s.about || (p == s.recordedBy && s.now().standing == Asked)
}

func (a *Alliance) mayWithdraw(s *statement, p PartnerID) bool { return a.mayPlace(s, p) }

// mayAdd: beside somebody's statement the others may put a view and ask
// about a feeling, unless it was refused.
func (a *Alliance) mayAdd(s *statement, p PartnerID) bool {
	return p != s.about && a.shows(s, p) && s.now().standing != RefusedByMe
}

// firstAudience is who sees a new statement besides the owner. Of one's own
// statement one may choose; otherwise the owner's default holds, and whoever
// writes it sees what they wrote.
func (t turn) firstAudience(owner *partner, chosen []PartnerID, mine bool) ([]PartnerID, error) {
	list := owner.firstSeen
	if mine {
		if err := t.atTable(chosen); err != nil {
			return nil, err
		}
		list = chosen
	} else {
		list = append(slices.Clone(list), t.by.id)
	}
	var seen []PartnerID
	for _, id := range t.order {
		if id != owner.id && slices.Contains(list, id) && t.partners[id].here() {
			seen = append(seen, id)
		}
	}
	return seen, nil
}

// atTable refuses an audience with somebody who is not here.
func (t turn) atTable(list []PartnerID) error {
	for _, id := range list {
		if !t.partners[id].here() {
			return ErrNotFound
		}
	}
	return nil
}

// ShareStatement says who sees a statement besides its owner, all of them.
// Whoever is not named sees it no longer, at once and everywhere.
type ShareStatement struct {
	Statement StatementID
	SeenBy    []PartnerID
}

func (w ShareStatement) decide(t turn) ([]Event, error) {
	s, err := t.statement(w.Statement, 0)
	switch {
	case err != nil:
		return nil, err
	case t.by.id != s.about:
		return nil, refused("refused.share")
	}
	if err := t.atTable(w.SeenBy); err != nil {
		return nil, err
	}
	var events []Event
	for _, id := range t.order {
		with := id != s.about && slices.Contains(w.SeenBy, id)
		switch {
		case with && !s.audience.has(id):
			events = append(events, &StatementShared{Statement: s.id, With: id})
		case !with && s.audience.has(id) && t.partners[id].here():
			events = append(events, &StatementUnshared{Statement: s.id, With: id})
		}
	}
	return events, nil
}

// StatementShared is the fact that somebody may see a statement.
type StatementShared struct {
	Statement StatementID `json:"statement"`
	With      PartnerID   `json:"with"`
}

// Kind is "statement.shared".
func (*StatementShared) Kind() string { return "statement.shared" }

func (e *StatementShared) apply(a *Alliance, _ Fact) reversal {
	return a.share(e.Statement, e.With, true, &StatementUnshared{Statement: e.Statement, With: e.With})
}

// StatementUnshared is the fact that somebody may see it no longer.
type StatementUnshared struct {
	Statement StatementID `json:"statement"`
	With      PartnerID   `json:"with"`
}

// Kind is "statement.unshared".
func (*StatementUnshared) Kind() string { return "statement.unshared" }

func (e *StatementUnshared) apply(a *Alliance, _ Fact) reversal {
	return a.share(e.Statement, e.With, false, &StatementShared{Statement: e.Statement, With: e.With})
}

func (a *Alliance) share(id StatementID, with PartnerID, yes bool, undo Event) reversal {
	if s := a.statements[id]; s != nil {
		if yes {
			s.audience.add(with)
		} else {
			s.audience.remove(with)
		}
	}
	return reversal{subject: string(id) + "/seen", undo: undo}
}

// SetFirstSeen says who, from now on, sees at once what is said about the
// actor. What was said before stays as it was shared.
type SetFirstSeen struct{ By []PartnerID }

func (w SetFirstSeen) decide(t turn) ([]Event, error) {
	if err := t.atTable(w.By); err != nil {
		return nil, err
	}
	var list []PartnerID
	for _, id := range t.order {
		if id != t.by.id && slices.Contains(w.By, id) {
			list = append(list, id)
		}
	}
	if slices.Equal(list, t.by.firstSeen) {
		return nil, nil
	}
	return []Event{&FirstSeenSet{Partner: t.by.id, By: list}}, nil
}

// FirstSeenSet is the fact that a partner chose who sees at once what is said
// about them.
type FirstSeenSet struct {
	Partner PartnerID   `json:"partner"`
	By      []PartnerID `json:"by,omitempty"`
}

// Kind is "first_seen.set".
func (*FirstSeenSet) Kind() string { return "first_seen.set" }

func (e *FirstSeenSet) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Partner) + "/first_seen"}
	if p := a.partners[e.Partner]; p != nil {
		r.undo = &FirstSeenSet{Partner: p.id, By: p.firstSeen}
		p.firstSeen = e.By
	}
	return r
}

// audience is who is at the table, and the lists of who sees a statement that
// were made last: most statements of one owner have the same.
type audience struct {
	a              *Alliance
	here           []PartnerID
	shared, seenBy []PartnerID
	with, by       []PartnerID // room to make them in

	about, wrote PartnerID // of the statement before
	deciders     []PartnerID
}

// decides reports whether a partner is one of those who may decide about a
// statement of somebody else.
func (l *audience) decides(s *statement, you PartnerID) bool {
	if s.about != l.about || s.recordedBy != l.wrote {
		l.about, l.wrote = s.about, s.recordedBy
		l.deciders = l.a.deciders(s.about, s.recordedBy)
	}
	return slices.Contains(l.deciders, you)
}

// of gives whom the owner shares a statement with, and who sees it.
func (l *audience) of(s *statement) (shared, seenBy []PartnerID) {
	l.with, l.by = l.with[:0], l.by[:0]
	for _, id := range l.here {
		if s.audience.has(id) {
			l.with = append(l.with, id)
		}
		if id != s.about && l.a.isFor(s, id) {
			l.by = append(l.by, id)
		}
	}
	if !slices.Equal(l.with, l.shared) {
		l.shared = slices.Clone(l.with)
	}
	if !slices.Equal(l.by, l.seenBy) {
		l.seenBy = slices.Clone(l.by)
	}
	return slices.Clip(l.shared), slices.Clip(l.seenBy)
}
