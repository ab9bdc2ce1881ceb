package web_test

import (
	"net/http"
	"strings"
	"testing"

	"samenspel"
)

// moreKnown is what the one from whom things are kept does know of: things of
// their own, and things between them and others that have a hidden side. It is
// in both worlds that are compared, before anything is hidden.
var moreKnown = []func(from string, do func(place, name string, wish samenspel.Wish)){knownThings}

// trio are the three of such a story by their ids.
func trio(from string) (you, by, friend samenspel.PartnerID) {
	one, other := accomplices(from)
	return partner("a", from), partner("a", one), partner("a", other)
}

// knownThings are words of the viewer that the two others may see, a dialogue
// of all that is over and one that is on, a sign that the viewer and the friend
// were told of each alone, and a map that the viewer sees. The viewer answered
// the mirror of the one that is over, and not of the other.
func knownThings(from string, do func(place, name string, wish samenspel.Wish)) {
	you, by, friend := trio(from)
	one, _ := accomplices(from)
	do(vrager, "known pace", samenspel.SetPace{Pace: samenspel.Ordinary}) // on pause pages say less
	all := []samenspel.PartnerID{partner("a", vrager), partner("a", bonus), partner("a", professional), partner("a", colleague)}
	do(from, "known words", samenspel.WordStatement{
		Words: word("known"), NewTheme: word("known theme"), Layer: samenspel.Meaning, Emotion: word("sad"),
		SeenBy: []samenspel.PartnerID{by, friend}, Chosen: true,
	})
	for _, name := range []string{"known talk over", "known talk on"} {
		do(one, name, samenspel.PlanDialogue{With: all})
		do(one, name+" begins", samenspel.BeginDialogue{Dialogue: talkOf("a", name)})
		do(from, name+" words", samenspel.LayWords{Dialogue: talkOf("a", name), Statement: statement("a", "known words")})
	}
	do(one, "known talk ends", samenspel.EndDialogue{Dialogue: talkOf("a", "known talk over")})
	do(from, "known mirror", samenspel.AnswerMirror{Dialogue: talkOf("a", "known talk over"), Answers: [5]samenspel.MirrorWord{samenspel.MirrorYes}})
	do(one, "known sign", samenspel.SignalFriction{To: []samenspel.PartnerID{you, friend}, Words: word("known sign")})
	do(one, "known door", samenspel.SetFirstSeen{By: []samenspel.PartnerID{friend}})
}

// hideAgreements goes through all that happens to an agreement, between two.
func hideAgreements(from string, do func(place, name string, wish samenspel.Wish)) {
	by, friend := accomplices(from)
	of := agreement("a", "kept deal")
	yes := samenspel.AgreementAnswer{Want: samenspel.WantYes, Can: samenspel.AbleWithHelp, Know: samenspel.AbleYes, Room: samenspel.AbleNotYet}
	with := []samenspel.PartnerID{partner("a", friend)}
	propose := func(doer string) samenspel.ProposeAgreement {
		return samenspel.ProposeAgreement{Words: word("kept deal"), Doer: partner("a", doer), With: with, When: samenspel.When{Day: "2026-11-25"}}
	}
	do(by, "kept deal", propose(friend))
	do(friend, "kept deal no", samenspel.AnswerAgreement{
		Agreement: of, Answer: samenspel.AgreementAnswer{Want: samenspel.WantOtherwise}, Help: word("kept help"), Option: word("kept option"),
	})
	do(by, "kept deal anew", samenspel.RenewAgreement{Agreement: of, Words: word("kept deal anew"), Doer: partner("a", friend)})
	do(by, "kept option", samenspel.ConsiderOption{Agreement: of, Words: word("second kept option")})
	do(friend, "kept deal yes", samenspel.AnswerAgreement{Agreement: of, Answer: yes})
	do(by, "kept help", samenspel.AnswerAgreement{Agreement: of, Help: word("second kept help")})
	do(by, "kept help there", samenspel.AnswerHelp{Help: samenspel.HelpID(id("command", "a", "kept help")), Answer: samenspel.HelpThere})
	do(by, "kept option gone", samenspel.WithdrawOption{Option: samenspel.OptionID(id("command", "a", "kept option"))})
	do(friend, "kept deal done", samenspel.FulfilAgreement{Agreement: of})
	do(by, "kept asked deal", propose(friend))
	do(by, "kept own deal", samenspel.ProposeAgreement{Words: word("kept own deal")})
	do(by, "kept deal gone", propose(by))
	do(by, "kept deal taken away", samenspel.WithdrawAgreement{Agreement: agreement("a", "kept deal gone")})
	do(by, "kept deal back", samenspel.Undo{Command: samenspel.CommandID(id("command", "a", "kept deal taken away"))})
}

// hideFrictions lets it chafe for nobody else and for one other, with what is
// done about it, and lets the friend answer a sign that the viewer knows of.
func hideFrictions(from string, do func(place, name string, wish samenspel.Wish)) {
	by, friend := accomplices(from)
	sign := friction("a", "kept sign")
	do(by, "kept silent sign", samenspel.SignalFriction{})
	do(by, "kept sign", samenspel.SignalFriction{
		To: []samenspel.PartnerID{partner("a", friend)}, Words: word("kept sign"), Earlier: friction("a", "kept silent sign"),
	})
	do(friend, "kept repair", samenspel.OfferRepair{Friction: sign, Words: word("kept repair")})
	do(by, "kept ground", samenspel.GroundFriction{Friction: sign, Statement: statement("a", "kept words")})
	do(by, "kept mended", samenspel.MendFriction{Friction: sign})
	do(by, "kept open again", samenspel.ReopenFriction{Friction: sign})
	do(friend, "kept repair gone", samenspel.WithdrawRepair{Repair: samenspel.RepairID(id("command", "a", "kept repair"))})
	do(friend, "kept repair between", samenspel.OfferRepair{Friction: friction("a", "known sign"), Words: word("kept repair between")})
	do(by, "kept ground of known", samenspel.GroundFriction{Friction: friction("a", "known sign"), Statement: statement("a", "kept words")})
	do(by, "kept sign gone", samenspel.WithdrawFriction{Friction: friction("a", "kept silent sign")})
}

// hideMaps draws one map for nobody and one for the friend alone. The viewer
// stands on it.
func hideMaps(from string, do func(place, name string, wish samenspel.Wish)) {
	you, _, friend := trio(from)
	by, _ := accomplices(from)
	if from == bonus { // the map of the vrager is kept from all until now
		do(friendOf(from), "kept alone near", samenspel.PutNear{Name: word("kept alone near"), Ring: 1})
	}
	do(by, "kept near", samenspel.PutNear{Name: word("kept near"), As: word("kept as"), Ring: 1, Tie: samenspel.StrainedTie})
	do(by, "kept viewer", samenspel.PutNear{Partner: you, Ring: 3})
	do(by, "kept tie", samenspel.TieNear{From: near("a", "kept near"), To: near("a", "kept viewer"), As: samenspel.StrainedTie})
	do(by, "kept name", samenspel.NameNear{Near: near("a", "kept near"), Name: word("kept near again")})
	do(by, "kept move", samenspel.MoveNear{Near: near("a", "kept viewer"), Ring: 2, Direction: 7})
	do(by, "kept map", samenspel.ShareAround{SeenBy: []samenspel.PartnerID{friend}})
	do(by, "kept map closed", samenspel.ShareAround{})
	do(by, "kept map open", samenspel.ShareAround{SeenBy: []samenspel.PartnerID{friend}})
}

func friendOf(from string) string { _, friend := accomplices(from); return friend }

// hideAtTables is what others keep to themselves in dialogues that the viewer
// is in.
func hideAtTables(from string, do func(place, name string, wish samenspel.Wish)) {
	by, friend := accomplices(from)
	on, over := talkOf("a", "known talk on"), talkOf("a", "known talk over")
	do(by, "kept topic", samenspel.PutTopic{Dialogue: talkOf("a", "prepared dialogue"), Words: word("kept topic"), Alone: true})
	do(by, "kept topic on", samenspel.PutTopic{Dialogue: on, Words: word("kept topic on"), Alone: true})
	do(by, "kept topic settled", samenspel.SettleTopic{Topic: samenspel.TopicID(id("command", "a", "kept topic on")), Settled: true})
	do(by, "kept absence", samenspel.WishPresence{Dialogue: talkOf("a", "prepared dialogue"), Who: partner("a", from), Wish: samenspel.RatherNot})
	do(by, "kept absence on", samenspel.WishPresence{Dialogue: on, Who: partner("a", from), Wish: samenspel.RatherNot})
	do(by, "kept laid", samenspel.LayWords{Dialogue: on, Statement: statement("a", "kept words")})
	do(friend, "kept said", samenspel.WordStatement{
		Words: word("kept said"), SeenBy: []samenspel.PartnerID{partner("a", by)}, Chosen: true, Dialogue: on,
	})
	do(by, "kept mirror", samenspel.AnswerMirror{Dialogue: on, Answers: [5]samenspel.MirrorWord{samenspel.MirrorNotYet}, Line: word("kept line")})
	do(friend, "kept mirror alone", samenspel.AnswerMirror{Dialogue: on, Line: word("kept line alone"), Alone: true})
	do(by, "kept late mirror", samenspel.AnswerMirror{Dialogue: over, Line: word("kept late line"), Alone: true})
	do(by, "kept scale", samenspel.EnterScale{Dialogue: over, Name: word("kept scale"), Answers: word("kept answers"), Alone: true})
}

// hideDialogues holds three dialogues without the viewer: one that is over, one
// that is on, and one that is to come before all others; and one that was
// cancelled. There is none without the vrager. Words of the viewer lie on the
// tables, and something changed because of them.
func hideDialogues(from string, do func(place, name string, wish samenspel.Wish)) {
	if from == vrager {
		return
	}
	by, friend := accomplices(from)
	with := []samenspel.PartnerID{partner("a", by), partner("a", friend)}
	for _, name := range []string{"kept over", "kept on"} {
		k := talkOf("a", name)
		do(by, name, samenspel.PlanDialogue{With: with, At: start, Minutes: 30, Where: word("kept where"), Support: word("kept support")})
		do(friend, name+" plan", samenspel.PlanDialogue{Dialogue: k, With: with, Where: word("kept elsewhere")})
		do(by, name+" topic", samenspel.PutTopic{Dialogue: k, Words: word("kept topic", name)})
		do(by, name+" absence", samenspel.WishPresence{Dialogue: k, Who: partner("a", from), Wish: samenspel.RatherNot})
		do(friend, name+" presence", samenspel.WishPresence{Dialogue: k, Who: partner("a", from), Wish: samenspel.There})
		do(by, name+" begins", samenspel.BeginDialogue{Dialogue: k})
		do(by, name+" turn", samenspel.GiveTurn{Dialogue: k, To: partner("a", friend)})
		do(by, name+" card", samenspel.LayWords{Dialogue: k, Statement: statement("a", "kept words")})
		do(by, name+" known", samenspel.LayWords{Dialogue: k, Statement: statement("a", "known words")})
		do(friend, name+" said", samenspel.WordStatement{Words: word("kept said", name), SeenBy: with[:1], Chosen: true, Dialogue: k})
		do(friend, name+" entered", samenspel.TurnActivity{Dialogue: k, Activity: samenspel.Activities[0], To: samenspel.Entered})
		do(friend, name+" skipped", samenspel.TurnActivity{Dialogue: k, Activity: samenspel.Activities[1], To: samenspel.Skipped, Reason: word("kept reason")})
		do(friend, name+" moved", samenspel.MoveActivity{Dialogue: k, Activity: samenspel.Activities[2], Spot: samenspel.Spot{Moved: true, X: 3, Y: 4}})
		do(by, name+" wind", samenspel.SetWind{Dialogue: k, Wind: samenspel.Wind{People: 2}})
		do(by, name+" mirror", samenspel.AnswerMirror{Dialogue: k, Line: word("kept line", name)})
		do(friend, name+" change", samenspel.TellChange{Dialogue: k, Words: word("kept change"), Because: statement("a", "known words")})
		do(friend, name+" change gone", samenspel.TellChange{Dialogue: k, Words: word("kept change gone")})
		do(friend, name+" change away", samenspel.WithdrawChange{Change: samenspel.ChangeID(id("command", "a", name+" change gone"))})
		do(by, name+" scale", samenspel.EnterScale{Dialogue: k, Name: word("kept scale"), Answers: word("kept answers")})
	}
	do(by, "kept over ends", samenspel.EndDialogue{Dialogue: talkOf("a", "kept over")})
	do(by, "kept planned", samenspel.PlanDialogue{With: with, At: start.AddDate(0, 0, 1)})
	do(by, "kept cancelled", samenspel.PlanDialogue{With: with})
	do(friend, "kept cancel", samenspel.CancelDialogue{Dialogue: talkOf("a", "kept cancelled")})
}

// hideAmbition words what somebody stands for, and shows one of it to the
// friend.
func hideAmbition(from string, do func(place, name string, wish samenspel.Wish)) {
	_, _, friend := trio(from)
	by, _ := accomplices(from)
	do(by, "kept ambition", samenspel.WordAmbition{Words: [4]samenspel.Words{word("kept ambition")}})
	do(by, "kept ambition shown", samenspel.ShareAmbition{
		Statements: []samenspel.StatementID{statement("a", "kept ambition") + ".1"}, With: []samenspel.PartnerID{friend},
	})
}

// lookAtWhatIsHidden asks for all that is kept from somebody, as those who know
// of it: each page, and each form in a way that it comes back. None of these
// looks may leave a line for the one from whom it is kept.
func (w *world) lookAtWhatIsHidden(from string) {
	w.Helper()
	by, friend := accomplices(from)
	pages := []string{
		onAgreement("kept deal", ""), onAgreement("kept deal", "/renew"), onAgreement("kept asked deal", ""), onAgreement("kept asked deal", "/calendar.ics"),
		frictionAt + string(friction("a", "kept sign")),
		table + "/around/" + string(partner("a", by)),
	}
	forms := map[string]string{
		onAgreement("kept asked deal", "/answer"): "want", onAgreement("kept asked deal", "/option"): "words", onAgreement("kept asked deal", "/renew"): "words",
		frictionAt + string(friction("a", "kept sign")) + "/repair": "words",
	}
	if from != vrager {
		for _, name := range []string{"kept over", "kept on"} {
			at := string(talkOf("a", name))
			for _, page := range []string{"", "/plan", "/paper", "/back", "/lens"} {
				pages = append(pages, table+"/dialogue/"+at+page)
			}
			pages = append(pages, table+"/table/"+at, table+"/table/"+at+"/rest")
			for _, form := range []string{"/dialogue/" + at + "/topic", "/dialogue/" + at + "/changed", "/table/" + at + "/say"} {
				forms[table+form] = "words"
			}
			forms[table+"/dialogue/"+at+"/mirror"] = "mirror_heard"
			forms[table+"/dialogue/"+at+"/plan"] = "minutes"
			forms[table+"/table/"+at+"/activity"] = "standing"
		}
		pages = append(pages, table+"/dialogue/"+string(talkOf("a", "kept planned"))+"/cancel")
		for _, page := range []string{"/text", "/who", "/line/2"} {
			pages = append(pages, lensOf("kept over")+page)
		}
		forms[lensOf("kept over")+"/line/2/code"] = "better"
		forms[lensOf("kept on")+"/ask"] = "until"
	}
	for _, viewer := range []string{by, friend} {
		for _, path := range pages {
			if got := w.get(viewer, path); got.Code != http.StatusOK {
				w.Errorf("%s does not see %s: %d", viewer, path, got.Code)
			}
		}
		for path, field := range forms {
			again := w.post(viewer, path, form("wrong "+path, field, strings.Repeat("x", 20_000)))
			if again.Code != http.StatusUnprocessableEntity && again.Code != http.StatusForbidden {
				w.Errorf("%s sends something wrong to %s: %d", viewer, path, again.Code)
			}
		}
	}
	if got := w.get(by, table+"/near/"+string(near("a", "kept viewer"))); got.Code != http.StatusOK {
		w.Errorf("the map of %s: %d", by, got.Code)
	}
}

// TestALookAtWhatIsHiddenLeavesNoLine reads the lines themselves: those who
// look at what is kept from somebody leave none for them, but for their own
// words that lie there, which says no more than that they were looked at.
func TestALookAtWhatIsHiddenLeavesNoLine(t *testing.T) {
	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		w := newWorld(t)
		w.stage()
		w.known(viewer)
		w.keep(viewer)
		w.looks.written = nil
		w.lookAtWhatIsHidden(viewer)
		if len(w.looks.written) == 0 {
			t.Error("nobody looked")
		}
		words := 0
		for _, l := range w.looks.written {
			if l.About != partner("a", viewer) && l.About != "" {
				continue
			}
			if l.What != "words" || l.About == "" {
				t.Errorf("kept from %s, and a line says %+v", viewer, l)
			}
			words++
		}
		if want := 2; viewer != vrager && words != want || viewer == vrager && words != 0 {
			t.Errorf("%d lines tell %s that their words were looked at", words, viewer)
		}
	}
}
