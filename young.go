package samenspel

import (
	"slices"
	"time"
)

// This file holds what is otherwise for somebody who is not grown: from their
// birthday follows who decides, and at sixteen the access of their parents
// stops unless they want it to go on.

// AgeRules are who decides about help, by age.
type AgeRules string

// The four.
const (
	UnderTwelve   AgeRules = "under12" // who has parental authority
	FromTwelve    AgeRules = "from12"  // the young person and who has authority, where they can judge
	FromSixteen   AgeRules = "from16"  // the young person alone
	FromEighteen  AgeRules = "grown"
	oldEnough              = 16 // to decide alone
	beforeSixteen          = 90 * 24 * time.Hour
)

// turns are the birthdays at which things are looked at again.
var turns = [3]int{12, 16, 18}

// turnsOn is the day on which somebody reaches an age. Who was born on the last
// of February reaches it on the first of March in a year without that day.
func turnsOn(birth time.Time, age int) time.Time {
	y, m, d := birth.Date()
	return time.Date(y+age, m, d, 0, 0, 0, 0, time.UTC)
}

// RulesAt are the rules on the day of a moment, as the one who looks has it.
func RulesAt(birth, now time.Time) AgeRules {
	today := day(now, time.UTC)
	switch {
	case today.Before(turnsOn(birth, 12)):
		return UnderTwelve
	case today.Before(turnsOn(birth, 16)):
		return FromTwelve
	case today.Before(turnsOn(birth, 18)):
		return FromSixteen
	}
	return FromEighteen
}

// youth is what is known of one young person.
type youth struct {
	birth   time.Time // zero where nobody said it
	typed   Words
	able    bool
	judged  bool // somebody said whether they can judge
	reason  Words
	parents []*authority
}

// authority is that somebody has parental authority.
type authority struct {
	parent PartnerID
	source Words
	gone   bool // was taken back
	stays  bool // the young person wants their access to go on
}

type young struct{ of map[PartnerID]*youth }

func newYoung() young { return young{map[PartnerID]*youth{}} }

func (y young) at(p PartnerID) *youth {
	if y.of[p] == nil {
		y.of[p] = &youth{}
	}
	return y.of[p]
}

// told is what somebody wrote down of a parent's authority, or none.
func (y *youth) told(parent PartnerID) authority {
	if y != nil {
		for _, a := range y.parents {
			if a.parent == parent {
				return *a
			}
		}
	}
	return authority{parent: parent, gone: true}
}

func (y *youth) with(parent PartnerID) *authority {
	for _, a := range y.parents {
		if a.parent == parent {
			return a
		}
	}
	a := &authority{parent: parent, gone: true}
	y.parents = append(y.parents, a)
	return a
}

var youngKinds = []func() Event{
	func() Event { return new(BirthTold) },
	func() Event { return new(AuthorityTold) },
	func() Event { return new(AbleTold) },
	func() Event { return new(ParentStays) },
	func() Event { return new(AuthorityEnded) },
}

// SeenYoung is what is known of a young person: for them and for the
// professionals here.
type SeenYoung struct {
	Partner PartnerID
	Birth   time.Time // zero where nobody said it
	Judged  bool
	Able    bool
	Reason  Words
	Parents []SeenAuthority
}

// SeenAuthority is who has parental authority over them.
type SeenAuthority struct {
	Parent PartnerID
	Source Words
	Stays  bool
	Here   bool
}

// Review is the birthday that is looked at around a moment: 12, 16 or 18 from a
// month before up to two months after, or 0.
func (y SeenYoung) Review(now time.Time) int {
	for _, age := range turns {
		on := turnsOn(y.Birth, age)
		if today := day(now, time.UTC); !y.Birth.IsZero() && !today.Before(on.AddDate(0, -1, 0)) && today.Before(on.AddDate(0, 2, 0)) {
			return age
		}
	}
	return 0
}

// MayLetStay reports whether they can say now that a parent's access goes on:
// from three months before they are sixteen.
func (y SeenYoung) MayLetStay(now time.Time) bool { return mayLetStay(y.Birth, now) }

func mayLetStay(birth, now time.Time) bool {
	return !birth.IsZero() && !now.Before(turnsOn(birth, oldEnough).Add(-beforeSixteen))
}

func (a *Alliance) seeYoung(s *Seen, you *partner) {
	for _, id := range a.order {
		y := a.young.of[id]
		if y == nil || you.role != Professional && you.id != id {
			continue
		}
		seen := SeenYoung{Partner: id, Birth: y.birth, Judged: y.judged, Able: y.able, Reason: y.reason}
		for _, p := range y.parents {
			if !p.gone {
				seen.Parents = append(seen.Parents, SeenAuthority{p.parent, p.source, p.stays, a.partners[p.parent].here()})
			}
		}
		if !y.birth.IsZero() || y.judged || len(seen.Parents) > 0 {
			s.Young = append(s.Young, seen)
		}
	}
}

// TellBirth says when somebody was born; a zero day takes it away. Who it is
// says it themselves, or a professional does. It is never needed.
type TellBirth struct {
	Partner PartnerID
	Day     time.Time
}

func (w TellBirth) decide(t turn) ([]Event, error) {
	p := t.partners[w.Partner]
	switch {
	case !p.awaited():
		return nil, ErrNotFound
	case !p.mayGive() || p != t.by && t.by.role != Professional:
		return nil, refused("refused.young")
	case w.Day.After(t.cmd.Arrived) || !w.Day.IsZero() && w.Day.Before(t.cmd.Arrived.AddDate(-130, 0, 0)):
		return nil, invalid("invalid.birth")
	}
	e := &BirthTold{Partner: p.id}
	if !w.Day.IsZero() {
		e.Day = Say(w.Day.Format(time.DateOnly))
	}
	if y := t.young.of[p.id]; y != nil && y.typed == e.Day || y == nil && e.Day.Empty() {
		return nil, nil
	}
	return []Event{e}, nil
}

// BirthTold is the fact that somebody said when a partner was born. The day is
// words: sealed under that partner's own key.
type BirthTold struct {
	Partner PartnerID `json:"partner"`
	Day     Words     `json:"-"`
}

// Kind is "birth.told".
func (*BirthTold) Kind() string { return "birth.told" }

// Holder is the one who was born.
func (e *BirthTold) Holder() PartnerID { return e.Partner }

// Sayings is the day.
func (e *BirthTold) Sayings() map[string]*Words { return map[string]*Words{"day": &e.Day} }

func (e *BirthTold) apply(a *Alliance, _ Fact) reversal {
	y := a.young.at(e.Partner)
	back := &BirthTold{Partner: e.Partner, Day: y.typed}
	y.typed = e.Day
	y.birth, _ = time.Parse(time.DateOnly, e.Day.Text()) // zero for none
	return reversal{subject: string(e.Partner) + "/birth", undo: back}
}

// TellAuthority says that somebody here has parental authority over another,
// and from where that is known; without a source it takes that away.
type TellAuthority struct {
	Child, Parent PartnerID
	Source        Words
}

func (w TellAuthority) decide(t turn) ([]Event, error) {
	child, parent := t.partners[w.Child], t.partners[w.Parent]
	switch {
	case !child.awaited() || !parent.awaited() || child == parent:
		return nil, ErrNotFound
	case t.by.role != Professional || !child.mayGive() || !parent.mayGive():
		return nil, refused("refused.young")
	}
	before := t.young.of[child.id].told(parent.id)
	if before.gone == w.Source.Empty() && (before.gone || before.source == w.Source) {
		return nil, nil
	}
	return []Event{&AuthorityTold{Child: child.id, Parent: parent.id, Gone: w.Source.Empty(), Source: w.Source}}, nil
}

// AuthorityTold is the fact that a professional wrote down who has authority.
type AuthorityTold struct {
	Child  PartnerID `json:"child"`
	Parent PartnerID `json:"parent"`
	Gone   bool      `json:"gone,omitempty"`
	Source Words     `json:"-"`
}

// Kind is "authority.told".
func (*AuthorityTold) Kind() string { return "authority.told" }

// Holder is the young person.
func (e *AuthorityTold) Holder() PartnerID { return e.Child }

// Sayings is the source.
func (e *AuthorityTold) Sayings() map[string]*Words { return map[string]*Words{"source": &e.Source} }

func (e *AuthorityTold) apply(a *Alliance, _ Fact) reversal {
	p := a.young.at(e.Child).with(e.Parent)
	back := &AuthorityTold{Child: e.Child, Parent: e.Parent, Gone: p.gone, Source: p.source}
	p.gone, p.source = e.Gone, e.Source
	return reversal{subject: string(e.Child) + "/authority/" + string(e.Parent), undo: back}
}

// TellAble says whether somebody can judge what is good for them, and why a
// professional thinks so.
type TellAble struct {
	Partner PartnerID
	Able    bool
	Reason  Words
}

func (w TellAble) decide(t turn) ([]Event, error) {
	p := t.partners[w.Partner]
	switch {
	case !p.awaited():
		return nil, ErrNotFound
	case t.by.role != Professional || !p.mayGive():
		return nil, refused("refused.young")
	case w.Reason.Empty():
		return nil, invalid("invalid.reason_needed")
	}
	if y := t.young.of[p.id]; y != nil && y.judged && y.able == w.Able && y.reason == w.Reason {
		return nil, nil
	}
	return []Event{&AbleTold{Partner: p.id, Able: w.Able, Told: true, Reason: w.Reason}}, nil
}

// AbleTold is the fact that a professional said whether somebody can judge.
type AbleTold struct {
	Partner PartnerID `json:"partner"`
	Able    bool      `json:"able,omitempty"`
	Told    bool      `json:"told,omitempty"` // not, where it was undone
	Reason  Words     `json:"-"`
}

// Kind is "able.told".
func (*AbleTold) Kind() string { return "able.told" }

// Holder is who it is about.
func (e *AbleTold) Holder() PartnerID { return e.Partner }

// Sayings is the reason.
func (e *AbleTold) Sayings() map[string]*Words { return map[string]*Words{"reason": &e.Reason} }

func (e *AbleTold) apply(a *Alliance, _ Fact) reversal {
	y := a.young.at(e.Partner)
	back := &AbleTold{Partner: e.Partner, Able: y.able, Told: y.judged, Reason: y.reason}
	y.able, y.judged, y.reason = e.Able, e.Told, e.Reason
	return reversal{subject: string(e.Partner) + "/able", undo: back}
}

// LetParentStay says whether a parent's access goes on at sixteen. Only the
// young person says so, and can take it back: then it stops at once.
type LetParentStay struct {
	Parent PartnerID
	Stays  bool
}

func (w LetParentStay) decide(t turn) ([]Event, error) {
	y := t.young.of[t.by.id]
	before := y.told(w.Parent)
	if before.gone {
		return nil, ErrNotFound
	}
	if !mayLetStay(y.birth, t.cmd.Arrived) {
		return nil, refused("refused.young_early")
	}
	if before.stays == w.Stays {
		return nil, nil
	}
	return []Event{&ParentStays{Child: t.by.id, Parent: w.Parent, Stays: w.Stays}}, nil
}

// ParentStays is the fact that a young person said so.
type ParentStays struct {
	Child  PartnerID `json:"child"`
	Parent PartnerID `json:"parent"`
	Stays  bool      `json:"stays,omitempty"`
}

// Kind is "parent.stays".
func (*ParentStays) Kind() string { return "parent.stays" }

func (e *ParentStays) apply(a *Alliance, _ Fact) reversal {
	p := a.young.at(e.Child).with(e.Parent)
	back := &ParentStays{Child: e.Child, Parent: e.Parent, Stays: p.stays}
	p.stays = e.Stays
	return reversal{subject: string(e.Child) + "/stays/" + string(e.Parent), undo: back}
}

// AuthorityEnded is the fact that a parent's access stopped, because their
// child is sixteen and did not say that it goes on. Nobody does it: it follows
// from the birthday. Everybody at the table is told that their place ended.
type AuthorityEnded struct {
	Child  PartnerID `json:"child"`
	Parent PartnerID `json:"parent"`
}

// Kind is "authority.ended".
func (*AuthorityEnded) Kind() string { return "authority.ended" }

// Of is what went.
func (e *AuthorityEnded) Of() string { return string(e.Child) + "/" + string(e.Parent) }

func (e *AuthorityEnded) apply(a *Alliance, f Fact) reversal {
	return (&PartnerLeft{Partner: e.Parent}).apply(a, f)
}

// overdueAuthority are the parents whose access has to stop by now. A parent
// whose own question it is keeps their place.
func (a *Alliance) overdueAuthority(now time.Time) (events []Event) {
	for _, id := range a.order {
		y := a.young.of[id]
		if y == nil || y.birth.IsZero() || now.Before(turnsOn(y.birth, oldEnough)) {
			continue
		}
		for _, p := range y.parents {
			if parent := a.partners[p.parent]; !p.gone && !p.stays && parent.awaited() && parent.role == BonusPartner {
				events = append(events, &AuthorityEnded{Child: id, Parent: p.parent})
			}
		}
	}
	return events
}

// Barred reports whether somebody's access has to have stopped by now, for
// whoever keeps the time: they see nothing, also if nothing could be written
// down yet.
func (a *Alliance) Barred(person PersonID, now time.Time) bool {
	return slices.ContainsFunc(a.overdueAuthority(now), func(e Event) bool {
		return e.(*AuthorityEnded).Parent == a.persons[person]
	})
}
