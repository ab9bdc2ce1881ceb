package samenspel_test

import (
	"fmt"
	"slices"
	"testing"

	. "samenspel"
)

func invites(role Role) InvitePartner {
	w := InvitePartner{Role: role, Name: Say("Wout")}
	if role == Colleague {
		w.Ground = InviteSpoken
	}
	return w
}

func invited(role Role, by PartnerID) *PartnerInvited {
	return &PartnerInvited{Partner: seat("now"), Role: role, By: by, Name: Say("Wout")}
}

func onGround(ground InviteGround) *GroundTold {
	return &GroundTold{Partner: seat("now"), Ground: ground}
}

var invitingRules = []line{
	rule("a professional invites a vrager", given(), when(noor, invites(Vrager)), then(invited(Vrager, noor))),
	rule("a professional invites a bonus partner", given(), when(noor, invites(BonusPartner)), then(invited(BonusPartner, noor))),
	rule("a professional invites a professional", given(), when(noor, invites(Professional)), then(invited(Professional, noor))),
	rule("a professional invites a colleague", given(), when(noor, invites(Colleague)), then(invited(Colleague, noor), onGround(InviteSpoken))),
	rule("a vrager invites a vrager", given(), when(amira, invites(Vrager)), then(invited(Vrager, amira))),
	rule("a vrager invites a bonus partner", given(), when(amira, invites(BonusPartner)), then(invited(BonusPartner, amira))),
	rule("a vrager invites a colleague", given(), when(amira, invites(Colleague)), then(invited(Colleague, amira), onGround(InviteOwn))),
	rule("a vrager does not invite a professional", given(), when(amira, invites(Professional)), thenRefused("refused.invite")),
	rule("a bonus partner is a guest", given(), when(samira, invites(BonusPartner)), thenRefused("refused.invite")),
	rule("a colleague is a guest", given(), when(joost, invites(Colleague)), thenRefused("refused.invite")),
	rule("an invitation is for a known role", given(), when(noor, invites("mayor")), thenRefused("invalid.role")),
	rule("an invitation has a name", given(), when(noor, InvitePartner{Role: Vrager}), thenRefused("invalid.name_needed")),
	rule("a table seats twenty-four",
		given(times(20, func(i int) step { return did(noor, fmt.Sprint("guest ", i), invites(Colleague)) })...),
		when(noor, invites(Colleague)),
		thenRefused("refused.too_many")),
	rule("everybody sees who is invited, by the name of the invitation",
		given(),
		when(noor, InvitePartner{Role: Colleague, Ground: InviteSpoken, Name: Say("Wout"), As: Say("school")}),
		then(&PartnerInvited{Partner: seat("now"), Role: Colleague, By: noor, Name: Say("Wout"), As: Say("school")}, onGround(InviteSpoken)),
		sees(samira, partners, "Noor here", "Amira here", "Samira here", "Joost here", "Wout invited"),
		sees(samira, partner(seat("now"), as), "school"),
		seesNothing(wout)),
}

var joiningRules = []line{
	rule("whoever joins takes the place that was laid, and is seen at once by who invited them",
		given(did(noor, "wout", invites(Colleague))),
		when(wout, JoinAlliance{Partner: wout}),
		then(
			&PartnerJoined{Partner: wout, Person: personOf(wout), Role: Colleague, Name: Say("Wout")},
			&FirstSeenSet{Partner: wout, By: []PartnerID{noor}},
		),
		sees(wout, partners, "Noor here", "Amira here", "Samira here", "Joost here", "Wout here"),
		sees(wout, partner(wout, firstSeen), "noor"),
		sees(wout, partner(amira, firstSeen)),
		sees(wout, undo, "")),
	rule("whoever joins chooses the name that they go by, and stays who they are to the others",
		given(did(noor, "wout", InvitePartner{Role: Colleague, Ground: InviteSpoken, Name: Say("Mr De Wit"), As: Say("school")})),
		when(wout, JoinAlliance{Partner: wout, Name: Say("Wout"), Alone: true}),
		then(&PartnerJoined{Partner: wout, Person: personOf(wout), Role: Colleague, Name: Say("Wout")}),
		sees(noor, partners, "Noor here", "Amira here", "Samira here", "Joost here", "Wout here"),
		sees(noor, partner(wout, as), "school"),
		sees(wout, partner(wout, firstSeen))),
	rule("a vrager sets the pace at the door",
		given(did(noor, "wout", invites(Vrager))),
		when(wout, JoinAlliance{Partner: wout, Pace: Calm, Alone: true}),
		then(
			&PartnerJoined{Partner: wout, Person: personOf(wout), Role: Vrager, Name: Say("Wout")},
			&PaceSet{Partner: wout, Pace: Calm},
		),
		sees(noor, pace, "calm"),
		sees(noor, partner(wout, ownPace), "calm")),
	rule("the pace is the vrager's: others bring none",
		given(did(noor, "wout", invites(Colleague))),
		when(wout, JoinAlliance{Partner: wout, Pace: Pause, Alone: true}),
		then(&PartnerJoined{Partner: wout, Person: personOf(wout), Role: Colleague, Name: Say("Wout")}),
		sees(noor, pace, "ordinary"),
		sees(noor, partner(wout, ownPace), "")),
	rule("there are three paces at the door",
		given(did(noor, "wout", invites(Vrager))),
		when(wout, JoinAlliance{Partner: wout, Pace: "gallop"}),
		thenRefused("invalid.pace")),
	rule("when who invited them has left, nobody sees at once",
		given(did(amira, "wout", invites(BonusPartner)), did(amira, "goes", LeaveAlliance{Partner: amira})),
		when(wout, JoinAlliance{Partner: wout}),
		then(&PartnerJoined{Partner: wout, Person: personOf(wout), Role: BonusPartner, Name: Say("Wout")})),
	rule("somebody has one place",
		given(did(noor, "wout", invites(Colleague))),
		when(joost, JoinAlliance{Partner: wout}),
		thenRefused("refused.already_partner")),
	rule("a taken place is not found",
		given(), when(wout, JoinAlliance{Partner: joost}), thenRefused("error.not_found"), seesNothing(wout)),
	rule("a place that was never laid is not found",
		given(), when(wout, JoinAlliance{Partner: wout}), thenRefused("error.not_found")),
	rule("an invitation that was taken back is not found",
		given(did(noor, "wout", invites(Colleague)), did(noor, "back", LeaveAlliance{Partner: wout})),
		when(wout, JoinAlliance{Partner: wout}),
		thenRefused("error.not_found")),
	rule("who left does not come back to the old place",
		given(did(joost, "goes", LeaveAlliance{Partner: joost})),
		when(joost, JoinAlliance{Partner: joost}),
		thenRefused("error.not_found")),
	rule("who left comes back by a new invitation, to a place without a past",
		given(
			did(joost, "mine", WordStatement{Words: Say("I want less paper")}),
			did(joost, "goes", LeaveAlliance{Partner: joost}),
			did(noor, "again", InvitePartner{Role: Colleague, Ground: InviteSpoken, Name: Say("Joost")}),
		),
		when(joost, JoinAlliance{Partner: seat("again"), Alone: true}),
		then(&PartnerJoined{Partner: seat("again"), Person: personOf(joost), Role: Colleague, Name: Say("Joost")}),
		sees(joost, partners, "Noor here", "Amira here", "Samira here", "Joost left", "Joost here"),
		sees(joost, statements)),
}

var leavingRules = []line{
	rule("everybody may leave",
		given(), when(amira, LeaveAlliance{Partner: amira}), then(&PartnerLeft{Partner: amira}),
		seesNothing(amira),
		sees(noor, partners, "Noor here", "Amira left", "Samira here", "Joost here")),
	rule("a vrager sees out a guest",
		given(), when(amira, LeaveAlliance{Partner: joost}), then(&PartnerLeft{Partner: joost}), seesNothing(joost)),
	rule("a professional sees out a guest",
		given(), when(noor, LeaveAlliance{Partner: samira}), then(&PartnerLeft{Partner: samira}), seesNothing(samira)),
	rule("nobody sees out a vrager",
		given(), when(noor, LeaveAlliance{Partner: amira}), thenRefused("refused.see_out")),
	rule("nobody sees out a professional",
		given(), when(amira, LeaveAlliance{Partner: noor}), thenRefused("refused.see_out")),
	rule("a guest sees nobody out",
		given(), when(samira, LeaveAlliance{Partner: joost}), thenRefused("refused.see_out")),
	rule("a vrager takes back any invitation; who never came is not among those who left",
		given(did(noor, "wout", invites(Professional))),
		when(amira, LeaveAlliance{Partner: wout}),
		then(&PartnerLeft{Partner: wout}),
		sees(noor, partners, "Noor here", "Amira here", "Samira here", "Joost here"),
		seesNothing(wout)),
	rule("who never came still has a name for those who wrote about them",
		given(did(noor, "wout", invites(Vrager)), did(noor, "guess", WordStatement{Words: Say("he is tired"), About: wout, Kind: Guess})),
		when(noor, LeaveAlliance{Partner: wout}),
		then(&PartnerLeft{Partner: wout}),
		sees(noor, partners, "Noor here", "Amira here", "Samira here", "Joost here", "Wout left"),
		sees(amira, partners, "Noor here", "Amira here", "Samira here", "Joost here")),
	rule("a guest takes back no invitation",
		given(did(noor, "wout", invites(Colleague))), when(joost, LeaveAlliance{Partner: wout}), thenRefused("refused.see_out")),
	rule("nobody leaves twice",
		given(did(joost, "goes", LeaveAlliance{Partner: joost})),
		when(noor, LeaveAlliance{Partner: joost}),
		thenRefused("error.not_found")),
	rule("a partner who is not there does not leave",
		given(), when(noor, LeaveAlliance{Partner: bram}), thenRefused("error.not_found")),
	rule("what they said and wrote stays with the others",
		given(
			did(joost, "retold", WordStatement{Words: Say("she is proud of her son"), About: amira}),
			did(amira, "yes", ConfirmStatement{Statement: statement("retold")}),
		),
		when(joost, LeaveAlliance{Partner: joost}),
		then(&PartnerLeft{Partner: joost}),
		sees(amira, at("retold", words), "she is proud of her son"),
		sees(amira, at("retold", seenBy), "noor")),
	rule("a pace leaves with the vrager",
		given(did(amira, "pause", SetPace{Pause})),
		when(amira, LeaveAlliance{Partner: amira}),
		then(&PartnerLeft{Partner: amira}),
		sees(noor, pace, "ordinary")),
	rule("hosts see whom they may see out",
		given(did(noor, "wout", invites(Vrager))),
		when(noor, WriteNote{Words: Say("n")}),
		then(&NoteWritten{Note: note("now"), By: noor, Words: Say("n")}),
		sees(noor, seeOut, "samira", "joost", "wout"),
		sees(amira, seeOut, "samira", "joost", "wout"),
		sees(samira, seeOut),
		sees(joost, seeOut)),
}

func renewed(label string) *EntryRenewed { return &EntryRenewed{Partner: seat(label)} }

var renewingRules = []line{
	rule("a partner makes a new way in for themselves, and all see who made it",
		given(), when(samira, RenewEntry{samira}), then(renewed("samira")),
		sees(joost, partner(samira, renewedBy), "samira"),
		sees(samira, undo, "")),
	rule("a professional makes one for a vrager, and all see who made it",
		given(), when(noor, RenewEntry{amira}), then(renewed("amira")),
		sees(amira, partner(amira, renewedBy), "noor"),
		sees(joost, partner(amira, renewedBy), "noor")),
	rule("a vrager makes one for a guest", given(), when(amira, RenewEntry{joost}), then(renewed("joost"))),
	rule("a vrager makes none for a professional", given(), when(amira, RenewEntry{noor}), thenRefused("refused.renew")),
	rule("a guest makes none for another", given(), when(joost, RenewEntry{amira}), thenRefused("refused.renew")),
	rule("for who did not come yet as well",
		given(did(noor, "wout", invites(Vrager))), when(noor, RenewEntry{wout}), then(renewed("wout"))),
	rule("not for who left",
		given(did(joost, "goes", LeaveAlliance{Partner: joost})), when(noor, RenewEntry{joost}), thenRefused("error.not_found")),
	rule("not for who is not there", given(), when(noor, RenewEntry{bram}), thenRefused("error.not_found")),
	rule("what each may do is seen",
		given(did(amira, "wout", invites(Vrager))),
		when(noor, LeaveAlliance{Partner: joost}),
		then(&PartnerLeft{Partner: joost}),
		sees(noor, renew, "noor", "amira", "samira", "wout"),
		sees(amira, renew, "amira", "samira", "wout"),
		sees(samira, renew, "samira")),
}

// The door lets persons in and asks who sits where.
func TestPersonAt(t *testing.T) {
	w := played(t, given(did(noor, "wout", invites(Vrager))), when(joost, LeaveAlliance{Partner: joost}))
	for _, c := range []struct {
		name string
		at   PartnerID
		want PersonID
	}{
		{"who is here", amira, personOf(amira)},
		{"who is invited", wout, ""},
		{"who left", joost, ""},
		{"a place that is not there", bram, ""},
	} {
		if got := w.PersonAt(c.at); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

var paceRules = []line{
	rule("a vrager sets the pace", given(), when(amira, SetPace{Calm}), then(&PaceSet{Partner: amira, Pace: Calm}),
		sees(joost, pace, "calm"), sees(joost, partner(amira, ownPace), "calm"), sees(amira, undo, "now")),
	rule("nobody else does: a professional", given(), when(noor, SetPace{Calm}), thenRefused("refused.pace")),
	rule("nobody else does: a bonus partner", given(), when(samira, SetPace{Calm}), thenRefused("refused.pace")),
	rule("nobody else does: a colleague", given(), when(joost, SetPace{Calm}), thenRefused("refused.pace")),
	rule("there are three paces", given(), when(amira, SetPace{"gallop"}), thenRefused("invalid.pace")),
	rule("no pace is no pace", given(), when(amira, SetPace{}), thenRefused("invalid.pace")),
	rule("the same pace changes nothing", given(did(amira, "calm", SetPace{Calm})), when(amira, SetPace{Calm}), then()),
	rule("the slowest vrager sets the pace of all",
		given(
			did(noor, "wout", invites(Vrager)),
			did(wout, "wout joins", JoinAlliance{Partner: wout, Pace: Pause}),
		),
		when(amira, SetPace{Calm}),
		then(&PaceSet{Partner: amira, Pace: Calm}),
		sees(noor, pace, "pause"),
		sees(noor, partner(amira, ownPace), "calm")),
	rule("an invited vrager does not slow the others down yet",
		given(did(noor, "wout", invites(Vrager)), did(amira, "calm", SetPace{Calm})),
		when(amira, SetPace{Ordinary}),
		then(&PaceSet{Partner: amira, Pace: Ordinary}),
		sees(noor, pace, "ordinary")),
}

// What a screen offers to invite is what the rules take.
func TestInvites(t *testing.T) {
	w := played(t, given(), when(noor, WriteNote{Say("n")}))
	for by, role := range map[PartnerID]Role{noor: Professional, amira: Vrager, samira: BonusPartner, joost: Colleague} {
		for _, other := range Roles {
			_, err := w.Decide(personOf(by), Command{ID: id("guest"), Arrived: now, Wish: invites(other)})
			if offered := slices.Contains(role.Invites(), other); offered != (err == nil) {
				t.Errorf("%s is offered to a %s: %v; the rules: %v", other, role, offered, err)
			}
		}
	}
}

func TestInvitingRules(t *testing.T) { play(t, invitingRules) }
func TestJoiningRules(t *testing.T)  { play(t, joiningRules) }
func TestLeavingRules(t *testing.T)  { play(t, leavingRules) }
func TestRenewingRules(t *testing.T) { play(t, renewingRules) }
func TestPaceRules(t *testing.T)     { play(t, paceRules) }
