package samenspel_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	. "samenspel"
)

// told says a change of rights in one line.
func told(r Right) string {
	line := fmt.Sprint(r.Kind, " by ", labelOf(r.By))
	for _, who := range r.Who {
		line += " " + labelOf(who)
	}
	if r.Statement != "" {
		line += " of " + labelOf(r.Statement)
	}
	return line
}

func toldAll(lists ...[]Right) []string {
	var all []string
	for _, r := range slices.Concat(lists...) {
		all = append(all, told(r))
	}
	return all
}

// Changes of rights are told to the one whom they concern.
func TestRights(t *testing.T) {
	w := newWorld()
	do := func(by PartnerID, label string, wish Wish) {
		t.Helper()
		if _, err := w.do(personOf(by), Command{ID: id(label), Arrived: arrival(len(w.facts)), Wish: wish}); err != nil {
			t.Fatalf("%s: %v", label, err)
		}
	}
	for _, s := range atTable() {
		do(s.by, s.label, s.wish)
	}
	before, err := w.See(personOf(amira))
	if err != nil {
		t.Fatal(err)
	}
	seen := len(before.Rights)
	do(noor, "written", WordStatement{Words: Say("written"), About: amira})
	do(amira, "first", SetFirstSeen{By: []PartnerID{noor, samira}})
	do(joost, "read by more", WordStatement{Words: Say("read by more"), About: amira})
	do(amira, "own", WordStatement{Words: Say("own"), SeenBy: []PartnerID{joost}, Chosen: true})
	do(amira, "alone", WordStatement{Words: Say("alone"), Chosen: true})
	do(amira, "to others", ShareStatement{Statement: statement("own"), SeenBy: []PartnerID{noor, samira}})
	do(amira, "back", Undo{id("to others")})
	do(amira, "of two", WordStatement{Words: Say("of two"), SeenBy: []PartnerID{joost, noor}, Chosen: true})
	do(amira, "to one", ShareStatement{Statement: statement("of two"), SeenBy: []PartnerID{noor}})
	do(noor, "renew", RenewEntry{samira})
	do(noor, "guest", InvitePartner{Role: BonusPartner, Name: Say("guest")})
	do(noor, "taken back", LeaveAlliance{PartnerID(id("guest"))})
	do(samira, "leaves", LeaveAlliance{samira})
	after, err := w.See(personOf(amira))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"written by noor of written",
		"first by amira noor samira",
		"written by joost noor samira of read by more",
		"shared by amira joost of own",
		"shared by amira noor of own", "shared by amira samira of own", "unshared by amira joost of own",
		"shared by amira joost of own", "unshared by amira samira of own", "unshared by amira noor of own",
		"shared by amira noor joost of of two", "unshared by amira joost of of two",
	}
	slices.Sort(want) // how one act has its parts in a row is the business of sharing
	got := toldAll(after.Rights[seen:])
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Amira -want +got\n%s", diff)
	}
	for _, other := range []PartnerID{noor, joost} {
		of, err := w.See(personOf(other))
		if err != nil {
			t.Fatal(err)
		}
		all := toldAll(of.Comings)
		if got := all[len(all)-2:]; !slices.Equal(got, []string{"renewed by noor samira", "left by samira samira"}) {
			t.Errorf("%s is told %q; the invitation that was taken back leaves no trace", labelOf(other), got)
		}
		if slices.ContainsFunc(of.Rights, func(r Right) bool { return r.By == amira }) {
			t.Errorf("%s is told of Amira's world: %q", labelOf(other), toldAll(of.Rights))
		}
	}
	if len(before.Rights) != seen || before.Since.IsZero() {
		t.Error("what somebody saw before has changed")
	}
}

// In any history everybody is told each change in who sees their world, and
// nothing of another's; and of the table only what they see and were there for.
func TestRightsAreToldToWhomTheyConcern(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t, 40, nil)
		about := map[StatementID]PartnerID{}
		want := map[PartnerID][]string{}
		tell := func(owner PartnerID, f Fact, kind RightKind, of StatementID, who ...PartnerID) {
			want[owner] = append(want[owner], told(Right{Kind: kind, By: f.By, Who: who, Statement: of}))
		}
		for _, f := range h.facts {
			switch e := f.Event.(type) {
			case *StatementWorded:
				about[e.Statement] = e.About
				others := slices.DeleteFunc(slices.Clone(e.SeenBy), func(p PartnerID) bool { return p == f.By })
				if f.By != e.About {
					tell(e.About, f, RightWritten, e.Statement, others...)
				} else if len(others) > 0 {
					tell(e.About, f, RightShared, e.Statement, others...)
				}
			case *StatementShared:
				tell(about[e.Statement], f, RightShared, e.Statement, e.With)
			case *StatementUnshared:
				tell(about[e.Statement], f, RightUnshared, e.Statement, e.With)
			case *FirstSeenSet:
				tell(e.Partner, f, RightFirst, "", e.By...)
			}
		}
		for viewer, seen := range lookAround(h.Alliance) {
			if diff := cmp.Diff(want[seen.You], toldAll(seen.Rights), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s -by the rule +in fact\n%s", labelOf(viewer), diff)
			}
			for _, r := range seen.Comings {
				if seen.Partner(r.Who[0]) == nil || r.Who[0] != seen.You && r.At.Before(seen.Since) {
					t.Fatalf("%s is told %q", labelOf(viewer), told(r))
				}
			}
		}
	})
}
