package web_test

import "samenspel"

// A dialogue in the address: one with all partners, and one of the vrager
// alone.
func init() {
	dialogue := func(name string) func(which string) string {
		return func(which string) string { return id("command", which, name) }
	}
	moreThings["{dialogue}"] = struct{ shown, hidden func(which string) string }{dialogue("shown dialogue"), dialogue("hidden dialogue")}
	moreToPlay = append(moreToPlay, func(which string, do func(place, name string, wish samenspel.Wish)) {
		do(professional, "shown dialogue", samenspel.PlanDialogue{With: []samenspel.PartnerID{
			partner(which, vrager), partner(which, bonus), partner(which, colleague),
		}})
		do(vrager, "hidden dialogue", samenspel.PlanDialogue{})
	})
}
