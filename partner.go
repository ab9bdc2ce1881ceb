package samenspel

import (
	"slices"
	"time"
)

// Role is what brings a partner to the table. Roles differ in what starts
// and ends an alliance, never in what counts.
type Role string

// The four roles.
const (
	Professional Role = "professional"
	Vrager       Role = "vrager"    // the one whose question it is
	BonusPartner Role = "bonus"     // somebody whom the vrager brings
	Colleague    Role = "colleague" // from another organisation
)

// Roles are the four, in the order of the screen.
var Roles = [4]Role{Vrager, BonusPartner, Professional, Colleague}

// Valid reports whether r is one of the four.
func (r Role) Valid() bool { return slices.Contains(Roles[:], r) }

// Invites are the roles that a role may bring in.
func (r Role) Invites() []Role {
	return slices.DeleteFunc(slices.Clone(Roles[:]), func(other Role) bool { return !r.mayInvite(other) })
}

// mayInvite says whom a role brings in. A bonus partner or a colleague is a
// guest of the alliance and asks one of the others.
func (r Role) mayInvite(other Role) bool {
	switch r {
	case Professional:
		return true
	case Vrager:
		return other != Professional
	}
	return false
}

// Pace is how fast a vrager wants to go. Nobody runs ahead of it.
type Pace string

// The three paces. Calm asks one thing at a time; on pause nothing is asked.
const (
	Calm     Pace = "calm"
	Ordinary Pace = "ordinary"
	Pause    Pace = "pause"
)

// Paces are the three, in the order of the screen.
var Paces = [3]Pace{Calm, Ordinary, Pause}

// Valid reports whether p is one of the three.
func (p Pace) Valid() bool { return slices.Contains(Paces[:], p) }

// partner is a place at the table. It begins with an invitation; somebody
// takes it by joining; it stays, with its authorship, when they leave.
type partner struct {
	id        PartnerID
	person    PersonID // empty until joined
	role      Role
	name      Words
	as        Words // who they are to the others: "sister", "neighbourhood team"
	invitedBy PartnerID
	ground    InviteGround
	joined    time.Time
	left      bool
	renewed   renewal
	pace      Pace
	firstSeen []PartnerID // who sees at once what is said about this partner
	themes    []ThemeID   // as this partner puts them
	wrote     int         // statements, also those taken back
	aside     map[place][]turning
}

// here reports whether the partner is at the table now.
func (p *partner) here() bool { return p != nil && p.person != "" && !p.left }

// awaited reports whether the partner is at the table or may still come.
func (p *partner) awaited() bool { return p != nil && !p.left }

// InvitePartner asks somebody to the table. The name is what the inviter
// calls them; joining, they choose their own.
type InvitePartner struct {
	Role Role
	Name Words
	As   Words
	Near NearID // who this is on the actor's own map, or ""
	// Ground is why a colleague of another organisation may come in. It says
	// nothing of the others, and is not asked of a vrager.
	Ground InviteGround
}

func (w InvitePartner) decide(t turn) ([]Event, error) {
	switch {
	case !w.Role.Valid():
		return nil, invalid("invalid.role")
	case w.Name.Empty():
		return nil, invalid("invalid.name_needed")
	case !t.by.role.mayInvite(w.Role):
		return nil, refused("refused.invite")
	case len(t.partners) >= maxPartners:
		return nil, refused("refused.too_many")
	}
	ground, err := t.inviteGround(w)
	if err != nil {
		return nil, err
	}
	events := []Event{&PartnerInvited{Partner: PartnerID(t.cmd.ID), Role: w.Role, Name: w.Name, As: w.As, By: t.by.id}}
	if ground != "" {
		events = append(events, &GroundTold{Partner: PartnerID(t.cmd.ID), Ground: ground})
	}
	if w.Near != "" {
		if _, err := t.near(w.Near); err != nil {
			return nil, err
		}
		events = append(events, &NearLinked{Near: w.Near, Partner: PartnerID(t.cmd.ID)})
	}
	return events, nil
}

// PartnerInvited is the fact that a place was laid at the table.
type PartnerInvited struct {
	Partner PartnerID `json:"partner"`
	Role    Role      `json:"role"`
	By      PartnerID `json:"by"`
	Name    Words     `json:"-"`
	As      Words     `json:"-"`
}

// Kind is "partner.invited".
func (*PartnerInvited) Kind() string { return "partner.invited" }

// Holder is the one who was invited.
func (e *PartnerInvited) Holder() PartnerID { return e.Partner }

// Sayings are the name and who they are.
func (e *PartnerInvited) Sayings() map[string]*Words {
	return map[string]*Words{"name": &e.Name, "as": &e.As}
}

func (e *PartnerInvited) apply(a *Alliance, _ Fact) reversal {
	a.seat(&partner{id: e.Partner, role: e.Role, name: e.Name, as: e.As, invitedBy: e.By, pace: Ordinary})
	return reversal{subject: string(e.Partner), undo: &PartnerLeft{Partner: e.Partner}}
}

// JoinAlliance takes the place that an invitation laid. Whether this person
// holds the invitation is proved at the door, before.
type JoinAlliance struct {
	Partner PartnerID
	Name    Words // empty: the name of the invitation stays
	Alone   bool  // only I see at first what is said about me
	Pace    Pace  // empty: ordinary
}

func (w JoinAlliance) decide(t turn) ([]Event, error) {
	p := t.partners[w.Partner]
	switch {
	case t.by != nil:
		return nil, refused("refused.already_partner")
	case p == nil || p.left || p.person != "":
		return nil, ErrNotFound
	case w.Pace != "" && !w.Pace.Valid():
		return nil, invalid("invalid.pace")
	}
	name := w.Name
	if name.Empty() {
		name = p.name
	}
	events := []Event{&PartnerJoined{Partner: p.id, Person: t.person, Role: p.role, Name: name}}
	if w.Pace != "" && p.role == Vrager {
		events = append(events, &PaceSet{Partner: p.id, Pace: w.Pace})
	}
	if inviter := t.partners[p.invitedBy]; !w.Alone && inviter.here() {
		events = append(events, &FirstSeenSet{Partner: p.id, By: []PartnerID{inviter.id}})
	}
	return events, nil
}

// PartnerJoined is the fact that somebody took their place.
type PartnerJoined struct {
	Partner PartnerID `json:"partner"`
	Person  PersonID  `json:"person"`
	Role    Role      `json:"role"`
	Name    Words     `json:"-"`
	As      Words     `json:"-"`
}

// Kind is "partner.joined".
func (*PartnerJoined) Kind() string { return "partner.joined" }

// Holder is the one who joined.
func (e *PartnerJoined) Holder() PartnerID { return e.Partner }

// Sayings are the name and who they are.
func (e *PartnerJoined) Sayings() map[string]*Words {
	return map[string]*Words{"name": &e.Name, "as": &e.As}
}

func (e *PartnerJoined) apply(a *Alliance, f Fact) reversal {
	p := a.partners[e.Partner]
	if p == nil {
		p = &partner{id: e.Partner, role: e.Role, pace: Ordinary}
		a.seat(p)
	}
	p.person, p.name, p.joined = e.Person, e.Name, f.At
	if !e.As.Empty() {
		p.as = e.As
	}
	a.persons[e.Person] = p.id
	return reversal{subject: string(e.Partner)}
}

// LeaveAlliance takes somebody from the table. Everybody may leave; a vrager
// and a professional may also see out a guest, or take back an invitation.
type LeaveAlliance struct{ Partner PartnerID }

func (w LeaveAlliance) decide(t turn) ([]Event, error) {
	p := t.partners[w.Partner]
	if !p.awaited() {
		return nil, ErrNotFound
	}
	if p != t.by && !maySeeOut(t.by, p) {
		return nil, refused("refused.see_out")
	}
	return []Event{&PartnerLeft{Partner: p.id}}, nil
}

// maySeeOut says who may end whose place, besides one's own.
func maySeeOut(host, guest *partner) bool {
	hosts := host.role == Professional || host.role == Vrager
	guests := guest.role == BonusPartner || guest.role == Colleague || guest.person == ""
	return host != guest && hosts && guests && !guest.left
}

// PartnerLeft is the fact that a place was left. What they said stays theirs.
type PartnerLeft struct {
	Partner PartnerID `json:"partner"`
}

// Kind is "partner.left".
func (*PartnerLeft) Kind() string { return "partner.left" }

func (e *PartnerLeft) apply(a *Alliance, _ Fact) reversal {
	if p := a.partners[e.Partner]; p != nil {
		p.left = true
		delete(a.persons, p.person)
	}
	return reversal{subject: string(e.Partner)}
}

// renewal is the last time that a partner's entry was renewed.
type renewal struct {
	by PartnerID
	at time.Time
}

// RenewEntry lets a partner in again who lost the way in, on a new phone or
// after a while. Everybody sees that it was done and by whom, since who makes
// a way in could use it themselves.
type RenewEntry struct{ Partner PartnerID }

func (w RenewEntry) decide(t turn) ([]Event, error) {
	p := t.partners[w.Partner]
	switch {
	case !p.awaited():
		return nil, ErrNotFound
	case p != t.by && !t.by.role.mayInvite(p.role):
		return nil, refused("refused.renew")
	}
	return []Event{&EntryRenewed{Partner: p.id}}, nil
}

// EntryRenewed is the fact that a partner got a new way in.
type EntryRenewed struct {
	Partner PartnerID `json:"partner"`
}

// Kind is "partner.entry_renewed".
func (*EntryRenewed) Kind() string { return "partner.entry_renewed" }

func (e *EntryRenewed) apply(a *Alliance, f Fact) reversal {
	if p := a.partners[e.Partner]; p != nil {
		p.renewed = renewal{by: f.By, at: f.At}
	}
	return reversal{subject: string(e.Partner)}
}

// PersonAt says who sits at a place, or "" while nobody does: for the door,
// which lets persons in and knows nothing of partners.
func (a *Alliance) PersonAt(id PartnerID) PersonID {
	if p := a.partners[id]; p.here() {
		return p.person
	}
	return ""
}

// RoleOf says as what a person sits at the table, or "" when they do not: for
// the access log.
func (a *Alliance) RoleOf(id PersonID) Role {
	if p := a.partners[a.persons[id]]; p.here() {
		return p.role
	}
	return ""
}

// Seat is what an invitation says of the place that it is for.
type Seat struct {
	Role Role
	Name Words // what the inviter calls them
}

// SeatAt gives the place that an invitation laid, while nobody has taken it:
// for the door, which asks who comes in by what name.
func (a *Alliance) SeatAt(id PartnerID) (s Seat, ok bool) {
	p := a.partners[id]
	if !p.awaited() || p.here() {
		return Seat{}, false
	}
	return Seat{Role: p.role, Name: p.name}, true
}

// SetPace lets a vrager say how fast to go.
type SetPace struct{ Pace Pace }

func (w SetPace) decide(t turn) ([]Event, error) {
	switch {
	case !w.Pace.Valid():
		return nil, invalid("invalid.pace")
	case t.by.role != Vrager:
		return nil, refused("refused.pace")
	case t.by.pace == w.Pace:
		return nil, nil
	}
	return []Event{&PaceSet{Partner: t.by.id, Pace: w.Pace}}, nil
}

// PaceSet is the fact that a vrager chose a pace.
type PaceSet struct {
	Partner PartnerID `json:"partner"`
	Pace    Pace      `json:"pace"`
}

// Kind is "pace.set".
func (*PaceSet) Kind() string { return "pace.set" }

func (e *PaceSet) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Partner)}
	if p := a.partners[e.Partner]; p != nil {
		r.undo = &PaceSet{Partner: p.id, Pace: p.pace}
		p.pace = e.Pace
	}
	return r
}
