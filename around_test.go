package samenspel_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	. "samenspel"
)

func near(label string) NearID { return NearID(id(label)) }

// Rosa is Amira's neighbour, Karim her son: invented, and on her map only.
var (
	rosa    = did(amira, "rosa", PutNear{Name: Say("Rosa"), As: Say("neighbour"), Ring: 2})
	karim   = did(amira, "karim", PutNear{Name: Say("Karim"), Ring: 1, Tie: StrongTie})
	mapSeen = did(amira, "map shown", ShareAround{[]PartnerID{noor}})
)

// mapOf shows a map: who is where, then the ties.
func mapOf(owner PartnerID) func(*Seen) []string {
	return func(s *Seen) []string {
		m := s.AroundOf(owner)
		if m == nil {
			return []string{"no map"}
		}
		list := listOf(m.People, func(n SeenNear) string {
			return strings.TrimSpace(fmt.Sprint(n.Name.Text(), " ", n.Ring, ".", n.Direction, " ", n.As.Text(), labelOf(n.Partner)))
		})
		return append(list, listOf(m.Ties, func(tie SeenTie) string {
			return strings.TrimSpace(fmt.Sprint(labelOf(tie.From), " ", labelOf(tie.To), " ", tie.As))
		})...)
	}
}

func mapSeenBy(s *Seen) []string { return listOf(s.AroundOf(s.You).SeenBy, labelOf) }

func nearPut(ring, direction int, name string) *NearPut {
	return &NearPut{Near: near("now"), Owner: amira, Ring: ring, Direction: direction, Name: Say(name)}
}

// ringed fills a ring of Amira's map.
func ringed(ring, n int) []step {
	return times(n, func(i int) step {
		return did(amira, fmt.Sprint("ring ", ring, " ", i), PutNear{Name: Say(fmt.Sprint("somebody ", i)), Ring: ring})
	})
}

var puttingNearRules = []line{
	rule("somebody is put on one's own map, and nobody else sees it",
		given(),
		when(amira, PutNear{Name: Say("Rosa"), As: Say("neighbour"), Ring: 2}),
		then(&NearPut{Near: near("now"), Owner: amira, Ring: 2, Name: Say("Rosa"), As: Say("neighbour")}),
		sees(amira, mapOf(amira), "Rosa 2.0 neighbour"),
		sees(noor, mapOf(amira), "no map")),
	rule("the next comes where there is most air",
		given(rosa), when(amira, PutNear{Name: Say("Karim"), Ring: 2}), then(nearPut(2, 12, "Karim"))),
	rule("another ring looks for air as well",
		given(rosa), when(amira, PutNear{Name: Say("Karim"), Ring: 1}), then(nearPut(1, 12, "Karim"))),
	rule("how it is between the two may be said at once",
		given(),
		when(amira, PutNear{Name: Say("Karim"), Ring: 1, Tie: StrongTie}),
		then(nearPut(1, 0, "Karim"), &NearTied{Owner: amira, To: near("now"), As: StrongTie}),
		sees(amira, mapOf(amira), "Karim 1.0", "now strong")),
	rule("a partner has a name already",
		given(),
		when(amira, PutNear{Partner: samira, Ring: 1}),
		then(&NearPut{Near: near("now"), Owner: amira, Ring: 1, Partner: samira, Name: Say("Samira")}),
		sees(amira, mapOf(amira), "Samira 1.0 samira")),
	rule("nobody puts themselves there: they are in the middle",
		given(), when(amira, PutNear{Partner: amira, Ring: 1}), thenRefused("error.not_found")),
	rule("who is no partner is not found", given(), when(amira, PutNear{Partner: wout, Ring: 1}), thenRefused("error.not_found")),
	rule("somebody has a name", given(), when(amira, PutNear{Ring: 1}), thenRefused("invalid.name_needed")),
	rule("there are three rings", given(), when(amira, PutNear{Name: Say("Rosa"), Ring: 4}), thenRefused("invalid.ring")),
	rule("there are three ties", given(), when(amira, PutNear{Name: Say("Rosa"), Ring: 1, Tie: "blood"}), thenRefused("invalid.tie")),
	rule("a ring holds twenty-four", given(ringed(1, 24)...), when(amira, PutNear{Name: Say("Rosa"), Ring: 1}), thenRefused("refused.around_full")),
	rule("a map holds forty",
		given(append(ringed(1, 20), ringed(2, 20)...)...), when(amira, PutNear{Name: Say("Rosa"), Ring: 3}), thenRefused("refused.too_many")),
	rule("how many others have is not felt",
		given(append(ringed(1, 20), ringed(2, 20)...)...), when(noor, PutNear{Name: Say("Ank"), Ring: 1}),
		then(&NearPut{Near: near("now"), Owner: noor, Ring: 1, Name: Say("Ank")})),
	rule("it can be undone", given(rosa), when(amira, Undo{id("rosa")}), then(&NearRemoved{Near: near("rosa")}), sees(amira, mapOf(amira))),
	rule("somebody is taken off with their ties",
		given(rosa, karim, did(amira, "tied", TieNear{From: near("rosa"), To: near("karim"), As: StrainedTie})),
		when(amira, RemoveNear{near("karim")}),
		then(&NearRemoved{Near: near("karim")}),
		sees(amira, mapOf(amira), "Rosa 2.0 neighbour")),
	rule("who is off it is not found",
		given(rosa, did(amira, "off", RemoveNear{near("rosa")})), when(amira, RemoveNear{near("rosa")}), thenRefused("error.not_found")),
	rule("another name",
		given(rosa),
		when(amira, NameNear{near("rosa"), Say("Rosa B."), Words{}}),
		then(&NearNamed{Near: near("rosa"), Owner: amira, Name: Say("Rosa B.")}),
		sees(amira, mapOf(amira), "Rosa B. 2.0")),
	rule("it can be undone as well",
		given(rosa, did(amira, "named", NameNear{near("rosa"), Say("Rosa B."), Words{}})),
		when(amira, Undo{id("named")}),
		then(&NearNamed{Near: near("rosa"), Owner: amira, Name: Say("Rosa"), As: Say("neighbour")})),
	rule("the same name changes nothing", given(rosa), when(amira, NameNear{near("rosa"), Say("Rosa"), Say("neighbour")}), then()),
	rule("no name is no name", given(rosa), when(amira, NameNear{near("rosa"), Words{}, Words{}}), thenRefused("invalid.name_needed")),
	rule("a hidden map is not found", given(rosa), when(noor, NameNear{near("rosa"), Say("R."), Words{}}), thenRefused("error.not_found")),
	rule("who sees it only looks", given(rosa, mapSeen), when(noor, NameNear{near("rosa"), Say("R."), Words{}}), thenRefused("refused.around")),
}

var movingNearRules = []line{
	rule("somebody comes closer",
		given(rosa),
		when(amira, MoveNear{near("rosa"), 1, 0}),
		then(&NearMoved{Near: near("rosa"), Ring: 1}),
		sees(amira, mapOf(amira), "Rosa 1.0 neighbour")),
	rule("a place holds one: the next one is free",
		given(rosa, karim, did(amira, "beside", MoveNear{near("karim"), 2, 1})),
		when(amira, MoveNear{near("karim"), 2, 0}), then()),
	rule("round the top, against the clock",
		given(append([]step{rosa, karim}, did(amira, "beside", MoveNear{near("karim"), 2, 1}), did(amira, "third", PutNear{Name: Say("Ank"), Ring: 1}))...),
		when(amira, MoveNear{near("third"), 2, 0}), then(&NearMoved{Near: near("third"), Ring: 2, Direction: 23})),
	rule("where they are already, nothing changes", given(rosa), when(amira, MoveNear{near("rosa"), 2, 0}), then()),
	rule("off the rings there is no place", given(rosa), when(amira, MoveNear{near("rosa"), 0, 0}), thenRefused("invalid.ring")),
	rule("nor in a direction that is none", given(rosa), when(amira, MoveNear{near("rosa"), 1, 24}), thenRefused("invalid.ring")),
	rule("in a full ring there is none either",
		given(append(ringed(1, 24), rosa)...), when(amira, MoveNear{near("rosa"), 1, 0}), thenRefused("refused.around_full")),
	rule("it can be undone",
		given(rosa, did(amira, "moved", MoveNear{near("rosa"), 1, 5})), when(amira, Undo{id("moved")}), then(&NearMoved{Near: near("rosa"), Ring: 2})),
	rule("a hidden map is not found", given(rosa), when(noor, MoveNear{near("rosa"), 1, 0}), thenRefused("error.not_found")),
	rule("who sees it only looks", given(rosa, mapSeen), when(noor, MoveNear{near("rosa"), 1, 0}), thenRefused("refused.around")),
}

var tyingRules = []line{
	rule("between two on the map",
		given(rosa, karim),
		when(amira, TieNear{From: near("rosa"), To: near("karim"), As: StrainedTie}),
		then(tied("rosa", "karim", StrainedTie)),
		sees(amira, mapOf(amira), "Rosa 2.0 neighbour", "Karim 1.12", "karim strong", "rosa karim strained")),
	rule("the other way round it is the same tie",
		given(rosa, karim, did(amira, "tied", TieNear{From: near("rosa"), To: near("karim"), As: StrainedTie})),
		when(amira, TieNear{From: near("karim"), To: near("rosa"), As: StrainedTie}), then()),
	rule("it may change, and undone it is as it was",
		given(karim, did(amira, "changed", TieNear{To: near("karim"), As: OrdinaryTie})),
		when(amira, Undo{id("changed")}), then(&NearTied{Owner: amira, To: near("karim"), As: StrongTie})),
	rule("it may be said no longer",
		given(karim), when(amira, TieNear{To: near("karim")}), then(&NearUntied{Owner: amira, To: near("karim")}), sees(amira, mapOf(amira), "Karim 1.0")),
	rule("nobody is tied to themselves",
		given(rosa), when(amira, TieNear{From: near("rosa"), To: near("rosa"), As: StrongTie}), thenRefused("invalid.tie")),
	rule("there are three kinds", given(rosa), when(amira, TieNear{To: near("rosa"), As: "blood"}), thenRefused("invalid.tie")),
	rule("to who is not there", given(rosa), when(amira, TieNear{From: near("nobody"), To: near("rosa"), As: StrongTie}), thenRefused("error.not_found")),
	rule("who sees it only looks", given(rosa, mapSeen), when(noor, TieNear{To: near("rosa"), As: StrongTie}), thenRefused("refused.around")),
}

func tied(one, other string, as TieKind) *NearTied {
	from, to := near(one), near(other)
	if from > to {
		from, to = to, from
	}
	return &NearTied{Owner: amira, From: from, To: to, As: as}
}

var sharingMapRules = []line{
	rule("the owner shows it, whole",
		given(rosa, karim),
		when(amira, ShareAround{[]PartnerID{noor}}),
		then(&AroundShared{Owner: amira, With: noor}),
		sees(noor, mapOf(amira), "Rosa 2.0 neighbour", "Karim 1.12", "karim strong"),
		sees(samira, mapOf(amira), "no map"),
		sees(amira, mapSeenBy, "noor")),
	rule("and no longer",
		given(rosa, mapSeen),
		when(amira, ShareAround{[]PartnerID{samira}}),
		then(&AroundUnshared{Owner: amira, With: noor}, &AroundShared{Owner: amira, With: samira}),
		sees(noor, mapOf(amira), "no map")),
	rule("as it is, nothing changes", given(mapSeen), when(amira, ShareAround{[]PartnerID{noor, amira}}), then()),
	rule("with who is not here it is not", given(), when(amira, ShareAround{[]PartnerID{wout}}), thenRefused("error.not_found")),
	rule("it can be undone", given(mapSeen), when(amira, Undo{id("map shown")}), then(&AroundUnshared{Owner: amira, With: noor})),
}

var linkingRules = []line{
	rule("somebody on the map is invited from there",
		given(rosa),
		when(amira, InvitePartner{Role: BonusPartner, Name: Say("Rosa"), Near: near("rosa")}),
		then(&PartnerInvited{Partner: seat("now"), Role: BonusPartner, By: amira, Name: Say("Rosa")}, &NearLinked{Near: near("rosa"), Partner: seat("now")}),
		sees(amira, mapOf(amira), "Rosa 2.0 neighbour"+"now")),
	rule("an invitation that is taken back leaves them only named",
		given(rosa, did(amira, "invited", InvitePartner{Role: BonusPartner, Name: Say("Rosa"), Near: near("rosa")})),
		when(amira, LeaveAlliance{seat("invited")}),
		then(&PartnerLeft{Partner: seat("invited")}),
		sees(amira, mapOf(amira), "Rosa 2.0 neighbour")),
	rule("from the map of another nobody invites",
		given(rosa), when(noor, InvitePartner{Role: BonusPartner, Name: Say("Rosa"), Near: near("rosa")}), thenRefused("error.not_found")),
	rule("who is at the table already is linked",
		given(rosa), when(amira, LinkNear{near("rosa"), samira}), then(&NearLinked{Near: near("rosa"), Partner: samira}),
		sees(amira, mapOf(amira), "Rosa 2.0 neighbour"+"samira")),
	rule("the same again changes nothing", given(rosa, did(amira, "linked", LinkNear{near("rosa"), samira})), when(amira, LinkNear{near("rosa"), samira}), then()),
	rule("it can be undone", given(rosa, did(amira, "linked", LinkNear{near("rosa"), samira})), when(amira, Undo{id("linked")}), then(&NearLinked{Near: near("rosa")})),
	rule("to nobody here", given(rosa), when(amira, LinkNear{near("rosa"), wout}), thenRefused("error.not_found")),
	rule("who sees it only looks", given(rosa, mapSeen), when(noor, LinkNear{near("rosa"), samira}), thenRefused("refused.around")),
}

func init() {
	tables = append(tables, puttingNearRules, movingNearRules, tyingRules, sharingMapRules, linkingRules)
}

func TestPuttingNearRules(t *testing.T) { play(t, puttingNearRules) }
func TestMovingNearRules(t *testing.T)  { play(t, movingNearRules) }
func TestTyingRules(t *testing.T)       { play(t, tyingRules) }
func TestSharingMapRules(t *testing.T)  { play(t, sharingMapRules) }
func TestLinkingNearRules(t *testing.T) { play(t, linkingRules) }

// A place on a map holds one, whatever is done.
func TestAPlaceHoldsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t, 60, nil)
		for _, seen := range lookAround(h.Alliance) {
			for _, m := range seen.Around {
				taken := map[[2]int]bool{}
				for _, n := range m.People {
					at := [2]int{n.Ring, n.Direction}
					if taken[at] || n.Ring < 1 || n.Ring > MapRings || n.Direction < 0 || n.Direction >= MapDirections {
						t.Fatalf("two at %v, or a place that is none", at)
					}
					taken[at] = true
				}
			}
		}
	})
}
