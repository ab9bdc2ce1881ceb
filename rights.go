package samenspel

import (
	"slices"
	"time"
)

// Looked is one line of who has looked. It holds ids, a stable word for what
// was shown and a moment; never anybody's words.
type Looked struct {
	By    PartnerID
	About PartnerID // whose world was shown, or "" for the place as a whole
	What  string
	Act   string    // "" for a look; "export" and "print" for what was taken along, "emergency"
	At    time.Time // in whole milliseconds: of the first, where a line stands for several looks
}

// RightKind says what a change of rights was.
type RightKind string

// The kinds of change. Each is told to the ones whom it concerns.
const (
	RightWritten  RightKind = "written"  // somebody else wrote about me; Who sees it at once
	RightShared   RightKind = "shared"   // my words were shown to Who
	RightUnshared RightKind = "unshared" // and no longer
	RightFirst    RightKind = "first"    // Who sees at once what is said about me
	RightInvited  RightKind = "invited"  // a place was laid for Who
	RightJoined   RightKind = "joined"   // Who took their place
	RightLeft     RightKind = "left"     // the place of Who ended
	RightRenewed  RightKind = "renewed"  // Who got a new way in
)

// Right is one change of who may see, or may come in.
type Right struct {
	Kind      RightKind
	By        PartnerID
	Who       []PartnerID // whom it gives or takes from, without the one whom it is told to where that is clear
	Statement StatementID // which words, or ""
	At        time.Time
}

// rights are the changes of rights so far, in the order of the facts. Both
// lists only grow, so that what somebody saw may keep a part of them.
type rights struct {
	worlds map[PartnerID][]Right // who sees what is said about somebody: told to them alone
	table  []Right               // who is at the table: told to all who are there
	since  map[PartnerID]time.Time
}

func newRights() rights {
	return rights{worlds: map[PartnerID][]Right{}, since: map[PartnerID]time.Time{}}
}

// learnRights notes what a fact changes in rights. It comes after the fact
// was folded in.
func (a *Alliance) learnRights(f Fact) {
	switch e := f.Event.(type) {
	case *StatementWorded:
		if e.About != f.By {
			a.worldRight(e.About, f, RightWritten, e.Statement, a.keptIDs(without(e.SeenBy, f.By))...)
		} else if s := a.statements[e.Statement]; len(e.SeenBy) > 0 {
			a.worldRight(s.about, f, RightShared, s.id, s.audience...)
		}
	case *StatementShared:
		if s := a.statements[e.Statement]; s != nil {
			a.worldRight(s.about, f, RightShared, s.id, e.With)
		}
	case *StatementUnshared:
		if s := a.statements[e.Statement]; s != nil {
			a.worldRight(s.about, f, RightUnshared, s.id, e.With)
		}
	case *FirstSeenSet:
		a.worldRight(e.Partner, f, RightFirst, "", e.By...)
	case *PartnerInvited:
		a.tableRight(f, RightInvited, e.Partner)
	case *PartnerJoined:
		a.rights.since[e.Partner] = f.At
		a.tableRight(f, RightJoined, e.Partner)
	case *PartnerLeft:
		a.tableRight(f, RightLeft, e.Partner)
	case *AuthorityEnded: // nobody did it, and why is not for all to know
		f.By = e.Parent
		a.tableRight(f, RightLeft, e.Parent)
	case *EntryRenewed:
		a.tableRight(f, RightRenewed, e.Partner)
	}
}

// worldRight notes a change that is told to the one whose world it is about,
// and to nobody else.
func (a *Alliance) worldRight(owner PartnerID, f Fact, kind RightKind, of StatementID, who ...PartnerID) {
	a.rights.worlds[owner] = append(a.rights.worlds[owner], Right{Kind: kind, By: f.By, Who: who, Statement: of, At: f.At})
}

func (a *Alliance) tableRight(f Fact, kind RightKind, who PartnerID) {
	a.rights.table = append(a.rights.table, Right{Kind: kind, By: f.By, Who: []PartnerID{who}, At: f.At})
}

func without(list []PartnerID, one PartnerID) []PartnerID {
	return slices.DeleteFunc(slices.Clone(list), func(id PartnerID) bool { return id == one })
}

// seeRights gives a viewer the changes that concern them: those of their own
// world, and of the table since they came to it. A place that the viewer does
// not see leaves no trace here either.
func (a *Alliance) seeRights(s *Seen, you *partner) {
	s.Since = a.rights.since[you.id]
	s.Rights = slices.Clip(a.rights.worlds[you.id])
	for _, r := range a.rights.table {
		who := r.Who[0]
		if s.Partner(who) != nil && (who == you.id || !r.At.Before(s.Since)) {
			s.Comings = append(s.Comings, r)
		}
	}
}
