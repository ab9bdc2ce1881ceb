package web_test

import (
	"testing"

	"samenspel"
)

// TestLookingBackKeepsToThoseInIt: where people look back together, nothing is
// laid open of what the reader has with somebody else.
func TestLookingBackKeepsToThoseInIt(t *testing.T) {
	w := newWorld(t)
	w.stage()
	talk := func(name string, with ...string) string {
		plan := samenspel.PlanDialogue{}
		for _, place := range with {
			plan.With = append(plan.With, partner("a", place))
		}
		w.wish("a", professional, name, plan)
		w.wish("a", professional, name+" begins", samenspel.BeginDialogue{Dialogue: talkOf("a", name)})
		return table + "/dialogue/" + string(talkOf("a", name)) + "/back"
	}
	two, three := talk("of two", vrager), talk("of three", vrager, bonus)
	for name, place := range map[string]string{"deal inside": vrager, "deal outside": bonus} {
		w.wish("a", professional, name, samenspel.ProposeAgreement{Words: word(name), With: []samenspel.PartnerID{partner("a", place)}})
		w.wish("a", place, "help "+name, samenspel.AnswerAgreement{
			Agreement: samenspel.AgreementID(id("command", "a", name)), Help: word("help for", name),
		})
	}
	w.wish("a", vrager, "chafes", samenspel.SignalFriction{To: []samenspel.PartnerID{partner("a", professional)}})
	chafes := string(friction("a", "chafes"))

	page := w.bodyOf(professional, two)
	mustSay(t, page, true, kept+" deal inside", kept+" help for deal inside", chafes)
	mustSay(t, page, false, kept+" deal outside", kept+" help for deal outside")
	page = w.bodyOf(professional, three)
	mustSay(t, page, true, kept+" deal inside", kept+" deal outside", kept+" help for deal outside")
	mustSay(t, page, false, chafes) // told to the reader alone
}
