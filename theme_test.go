package samenspel_test

import (
	"fmt"
	"testing"

	. "samenspel"
)

// named gives Amira a theme of her own, which nobody else knows of yet.
var named = did(amira, "money", NameTheme{Say("money")})

// noorsMoney is a guess of Noor about Amira under a theme that Noor names.
var noorsMoney = did(noor, "noors money", WordStatement{
	Words: Say("she owes much"), About: amira, Kind: Guess, Layer: Need, NewTheme: Say("money")})

func inTheme(words, under string, l Layer) WordStatement {
	return WordStatement{Words: Say(words), Theme: theme(under), Layer: l}
}

var namingThemeRules = []line{
	rule("a partner names a subject in their own world, for nobody else yet",
		given(),
		when(amira, NameTheme{Say("money")}),
		then(&ThemeNamed{Theme: theme("now"), About: amira, Name: Say("money")}),
		sees(amira, themes(amira), "money"),
		sees(amira, sectors(amira), "money"),
		sees(noor, themes(amira)),
		sees(noor, sectors(amira))),
	rule("a theme has a name", given(), when(amira, NameTheme{}), thenRefused("invalid.theme_needed")),
	rule("the same name is the same theme, whatever its case",
		given(named), when(amira, NameTheme{Say("Money ")}), then()),
	rule("what is said in it to others shows it to them",
		given(named),
		when(amira, inTheme("I am behind with the rent", "money", Behaviour)),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Layer: Behaviour,
			Theme: theme("money"), Said: now, SeenBy: []PartnerID{noor}, Words: Say("I am behind with the rent")}),
		sees(noor, themes(amira), "money"),
		sees(noor, sectors(amira), "money"),
		sees(joost, themes(amira))),
	rule("by name one finds the theme that is there",
		given(named),
		when(amira, WordStatement{Words: Say("w"), NewTheme: Say("MONEY")}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Theme: theme("money"),
			Said: now, SeenBy: []PartnerID{noor}, Words: Say("w")})),
	rule("by name one names a new one",
		given(),
		when(amira, WordStatement{Words: Say("w"), NewTheme: Say("money")}),
		then(
			&ThemeNamed{Theme: theme("now"), About: amira, Name: Say("money")},
			&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Theme: theme("now"),
				Said: now, SeenBy: []PartnerID{noor}, Words: Say("w")},
		)),
	rule("by name one does not find what is hidden: who else uses the name is not felt",
		given(named),
		when(noor, WordStatement{Words: Say("she owes much"), About: amira, NewTheme: Say("money")}),
		then(
			&ThemeNamed{Theme: theme("now"), About: amira, Name: Say("money")},
			&StatementWorded{Statement: statement("now"), About: amira, SaidBy: noor, How: Retelling, Theme: theme("now"),
				Said: now, SeenBy: []PartnerID{noor}, Words: Say("she owes much")},
		)),
	rule("by name the owner finds their own before that of another",
		given(noorsMoney, named),
		when(amira, WordStatement{Words: Say("w"), NewTheme: Say("money")}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Theme: theme("money"),
			Said: now, SeenBy: []PartnerID{noor}, Words: Say("w")})),
	rule("one partner names a hundred and twenty themes in one world",
		given(times(120, func(i int) step { return did(amira, fmt.Sprint("theme ", i), NameTheme{Say(fmt.Sprint(i))}) })...),
		when(amira, NameTheme{Say("money")}),
		thenRefused("refused.too_many")),
	rule("what another named there does not count: it may be hidden",
		given(times(120, func(i int) step { return did(amira, fmt.Sprint("theme ", i), NameTheme{Say(fmt.Sprint(i))}) })...),
		when(noor, WordStatement{Words: Say("w"), About: amira, NewTheme: Say("money")}),
		then(
			&ThemeNamed{Theme: theme("now"), About: amira, Name: Say("money")},
			&StatementWorded{Statement: statement("now"), About: amira, SaidBy: noor, How: Retelling, Theme: theme("now"),
				Said: now, SeenBy: []PartnerID{noor}, Words: Say("w")},
		)),
	rule("what another named becomes a part of the picture only through the owner",
		given(),
		when(noor, noorsMoney.wish),
		then(
			&ThemeNamed{Theme: theme("now"), About: amira, Name: Say("money")},
			&StatementWorded{Statement: statement("now"), About: amira, SaidBy: noor, How: Guess, Layer: Need,
				Theme: theme("now"), Said: now, SeenBy: []PartnerID{noor}, Words: Say("she owes much")},
		),
		sees(amira, themes(amira), "money"),
		sees(noor, sectors(amira), ""),
		sees(amira, sectors(amira), ""),
		sees(noor, cell(amira, "", Need), "assumed", "now")),
	rule("the owner confirms in it: it is a part of the picture",
		given(noorsMoney),
		when(amira, ConfirmStatement{Statement: statement("noors money")}),
		then(confirmed("noors money")),
		sees(noor, sectors(amira), "money"),
		sees(noor, cell(amira, "money", Need), "confirmed", "noors money")),
	rule("the owner words something in it: it is a part of the picture, to who sees that",
		given(noorsMoney, did(amira, "shared", shares("noors money", noor, samira))),
		when(amira, inTheme("I am behind with the rent", "noors money", Behaviour)),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Layer: Behaviour,
			Theme: theme("noors money"), Said: now, SeenBy: []PartnerID{noor}, Words: Say("I am behind with the rent")}),
		sees(noor, sectors(amira), "money"),
		sees(samira, sectors(amira), "")),
	rule("the owner names it themselves: it is their own, beside that of the other",
		given(noorsMoney),
		when(amira, NameTheme{Say("money")}),
		then(&ThemeNamed{Theme: theme("now"), About: amira, Name: Say("money")}),
		sees(amira, sectors(amira), "money", ""),
		sees(noor, sectors(amira), "")),
	rule("what they spoke in is theirs already: naming it again changes nothing",
		given(noorsMoney, confirms("noors money")),
		when(amira, NameTheme{Say("money")}),
		then()),
	rule("confirming puts it under the owner's theme of the same name",
		given(named, noorsMoney),
		when(amira, ConfirmStatement{Statement: statement("noors money")}),
		then(
			confirmed("noors money"),
			&StatementPlaced{Statement: statement("noors money"), Layer: Need, Theme: theme("money")},
		),
		sees(amira, sectors(amira), "money"),
		sees(noor, cell(amira, "money", Need), "confirmed", "noors money")),
	rule("so does saying it in their own words",
		given(named, noorsMoney),
		when(amira, RewordStatement{Statement: statement("noors money"), Words: Say("I want to owe nothing")}),
		then(
			reworded("noors money", "I want to owe nothing"),
			&StatementPlaced{Statement: statement("noors money"), Layer: Need, Theme: theme("money")},
		),
		sees(amira, sectors(amira), "money")),
	rule("refusing leaves it where it is",
		given(named, noorsMoney),
		when(amira, RefuseStatement{Statement: statement("noors money")}),
		then(&StatementRefused{Statement: statement("noors money")})),
}

var orderingThemesRules = []line{
	rule("a partner puts one of their themes first",
		given(named, did(amira, "sleep", NameTheme{Say("sleep")}), did(amira, "son", NameTheme{Say("my son")})),
		when(amira, PutThemeFirst{theme("son")}),
		then(&ThemesOrdered{About: amira, Order: []ThemeID{theme("son"), theme("money"), theme("sleep")}}),
		sees(amira, sectors(amira), "my son", "money", "sleep"),
		sees(amira, undo, "now")),
	rule("what is first stays first", given(named), when(amira, PutThemeFirst{theme("money")}), then()),
	rule("a theme of another is not found",
		given(did(noor, "work", NameTheme{Say("work")})), when(amira, PutThemeFirst{theme("work")}), thenRefused("error.not_found")),
	rule("a hidden theme about somebody is not found",
		given(named), when(noor, PutThemeFirst{theme("money")}), thenRefused("error.not_found")),
	rule("the order of somebody's themes is theirs",
		given(did(amira, "rent", WordStatement{Words: Say("w"), NewTheme: Say("rent")})),
		when(noor, PutThemeFirst{theme("rent")}),
		thenRefused("error.not_found")),
}

func aside(under string, l Layer) SetLayerAside { return SetLayerAside{Theme: theme(under), Layer: l} }

func takenUp(under string, l Layer) *LayerTakenUp {
	return &LayerTakenUp{About: amira, Theme: theme(under), Layer: l}
}

// rent is said by Amira to Noor, and its needs are not talked about here.
var (
	rent     = did(amira, "rent", WordStatement{Words: Say("I am behind with the rent"), Layer: Behaviour, NewTheme: Say("rent")})
	rentDown = did(amira, "rent down", aside("rent", Need))
)

var asideRules = []line{
	rule("a partner sets a layer of a theme aside: not here",
		given(rent),
		when(amira, aside("rent", Need)),
		then(&LayerSetAside{About: amira, Theme: theme("rent"), Layer: Need}),
		sees(amira, cell(amira, "rent", Need), "not here"),
		sees(noor, cell(amira, "rent", Need), "not here"),
		sees(noor, setAside("rent"), "need"),
		sees(noor, cell(amira, "rent", Behaviour), "own words", "rent"),
		sees(joost, sectors(amira))),
	rule("aside is aside", given(rent, rentDown), when(amira, aside("rent", Need)), then()),
	rule("a layer is set aside, not everything", given(rent), when(amira, aside("rent", "")), thenRefused("invalid.layer")),
	rule("of a theme of theirs", given(), when(amira, aside("rent", Need)), thenRefused("error.not_found")),
	rule("nobody sets aside for another", given(rent), when(noor, aside("rent", Need)), thenRefused("error.not_found")),
	rule("nobody guesses there",
		given(rent, rentDown),
		when(noor, WordStatement{Words: Say("she is ashamed"), About: amira, Kind: Guess, Theme: theme("rent"), Layer: Need}),
		thenRefused("refused.set_aside")),
	rule("nobody moves a guess there",
		given(rent, rentDown, quote),
		when(noor, PlaceStatement{Statement: statement("quote"), Theme: theme("rent"), Layer: Need}),
		thenRefused("refused.set_aside")),
	rule("about another layer one may speak",
		given(rent, rentDown),
		when(noor, WordStatement{Words: Say("w"), About: amira, Theme: theme("rent"), Layer: Meaning}),
		then(&StatementWorded{Statement: statement("now"), About: amira, SaidBy: noor, How: Retelling, Layer: Meaning,
			Theme: theme("rent"), Said: now, SeenBy: []PartnerID{noor}, Words: Say("w")})),
	rule("the owner takes it up again",
		given(rent, rentDown),
		when(amira, TakeLayerUp{Theme: theme("rent"), Layer: Need}),
		then(takenUp("rent", Need)),
		sees(noor, setAside("rent")),
		sees(noor, cell(amira, "rent", Need), "not asked")),
	rule("what was not set aside is not taken up", given(rent), when(amira, TakeLayerUp{Theme: theme("rent"), Layer: Need}), then()),
	rule("a layer is taken up, not everything", given(rent), when(amira, TakeLayerUp{Theme: theme("rent")}), thenRefused("invalid.layer")),
	rule("nobody takes up for another",
		given(rent, rentDown), when(noor, TakeLayerUp{Theme: theme("rent"), Layer: Need}), thenRefused("error.not_found")),
	rule("the owner speaks there: their last word counts",
		given(rent, rentDown),
		when(amira, inTheme("I need time", "rent", Need)),
		then(
			takenUp("rent", Need),
			&StatementWorded{Statement: statement("now"), About: amira, SaidBy: amira, How: Quote, Layer: Need,
				Theme: theme("rent"), Said: now, SeenBy: []PartnerID{noor}, Words: Say("I need time")},
		),
		sees(noor, cell(amira, "rent", Need), "own words", "now")),
	rule("the owner moves their words there",
		given(rent, rentDown, own),
		when(amira, PlaceStatement{Statement: statement("own"), Theme: theme("rent"), Layer: Need}),
		then(takenUp("rent", Need), &StatementPlaced{Statement: statement("own"), Theme: theme("rent"), Layer: Need})),
	rule("the owner confirms what was said there before",
		given(noorsMoney, did(amira, "down", aside("noors money", Need))),
		when(amira, ConfirmStatement{Statement: statement("noors money")}),
		then(confirmed("noors money"), takenUp("noors money", Need)),
		sees(noor, cell(amira, "money", Need), "confirmed", "noors money")),
	rule("the owner says it in their own words there",
		given(noorsMoney, did(amira, "down", aside("noors money", Need))),
		when(amira, RewordStatement{Statement: statement("noors money"), Words: Say("I want to owe nothing")}),
		then(reworded("noors money", "I want to owe nothing"), takenUp("noors money", Need))),
	rule("what comes under the owner's own theme is taken up there",
		given(named, noorsMoney, did(amira, "down", aside("money", Need))),
		when(amira, ConfirmStatement{Statement: statement("noors money")}),
		then(
			confirmed("noors money"),
			&StatementPlaced{Statement: statement("noors money"), Layer: Need, Theme: theme("money")},
			takenUp("money", Need),
		),
		sees(noor, cell(amira, "money", Need), "confirmed", "noors money")),
	rule("what was said there before stays set aside while it is not answered",
		given(noorsMoney, confirms("noors money"),
			did(noor, "more", WordStatement{Words: Say("w"), About: amira, Theme: theme("noors money"), Layer: Meaning})),
		when(amira, aside("noors money", Meaning)),
		then(&LayerSetAside{About: amira, Theme: theme("noors money"), Layer: Meaning}),
		sees(noor, cell(amira, "money", Meaning), "not here", "more")),
}

func TestNamingThemeRules(t *testing.T)    { play(t, namingThemeRules) }
func TestOrderingThemesRules(t *testing.T) { play(t, orderingThemesRules) }
func TestAsideRules(t *testing.T)          { play(t, asideRules) }
