package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"samenspel"
)

// scene is one thing that somebody does in the demo.
type scene struct {
	name string
	by   actor
	ago  time.Duration
	wish samenspel.Wish
}

const day = 24 * time.Hour

// script is what the invented people said to each other in the last weeks.
func script() []scene {
	var play []scene
	add := func(name string, by actor, days float64, wish samenspel.Wish) {
		play = append(play, scene{name, by, time.Duration(days * float64(day)), wish})
	}
	say := samenspel.Say
	els, nadia, samir, joost := cast[0], cast[1], cast[2], cast[3]
	all := []samenspel.PartnerID{els.partner(), samir.partner(), joost.partner()}
	some := []samenspel.PartnerID{els.partner(), samir.partner()}

	add("invite professional", els, 34, samenspel.BeginAlliance{Title: say("Weer lucht"), Name: say(els.name), As: say(els.as)})
	for i, a := range cast[1:] {
		add("invite "+string(a.role), els, 33.9-float64(i)*6, samenspel.InvitePartner{Role: a.role, Name: say(a.name), As: say(a.as)})
		add("join "+string(a.role), a, 33.5-float64(i)*6, samenspel.JoinAlliance{Partner: a.partner(), Name: say(a.name)})
	}
	add("first els", els, 21, samenspel.SetFirstSeen{By: []samenspel.PartnerID{nadia.partner()}})

	n := 0
	tell := func(by actor, days float64, w samenspel.WordStatement) samenspel.StatementID {
		n++
		name := fmt.Sprintf("statement %d", n)
		add(name, by, days, w)
		return samenspel.StatementID(id(name))
	}
	own := func(days float64, words, theme string, l samenspel.Layer, seen []samenspel.PartnerID, feel string) samenspel.StatementID {
		return tell(nadia, days, samenspel.WordStatement{Words: say(words), NewTheme: say(theme), Layer: l, Emotion: say(feel), SeenBy: seen, Chosen: true})
	}

	tell(els, 33, samenspel.WordStatement{Words: say("Ik wil een gesprek waarin niemand zich klein hoeft te maken."), Layer: samenspel.Meaning, NewTheme: say("mijn werk"), SeenBy: []samenspel.PartnerID{nadia.partner()}, Chosen: true})
	own(18, "Ik maak de post niet meer open.", "geld", samenspel.Behaviour, all, "")
	own(18, "Ik wil weten hoeveel het is. Echt, tot op de euro.", "geld", samenspel.Need, all, "bang")
	own(17, "Thuis ben ik de enige die stil is.", "thuis", samenspel.Behaviour, some, "")
	own(17, "Ik hoor bij mijn kinderen. Zij gaan voor.", "thuis", samenspel.Commitment, some, "")
	own(16, "Mijn moeder zei: wie deelt, heeft genoeg. Zo wil ik leven.", "thuis", samenspel.Meaning, some, "trots")
	own(12, "Ik wil weer slapen zonder te rekenen.", "slapen", samenspel.Need, some, "")
	own(12, "Om drie uur ’s nachts loop ik door de gang.", "slapen", samenspel.Behaviour, some, "")
	own(9, "Met mijn handen werken. Dan ben ik iemand.", "werk", samenspel.Meaning, some, "")
	own(8, "Soms wil ik dat niemand mij iets vraagt.", "thuis", samenspel.Need, nil, "")

	brother := tell(samir, 14, samenspel.WordStatement{Words: say("Ze helpt iedereen in de straat, ook nu."), About: nadia.partner(), Kind: samenspel.Observation, Layer: samenspel.Behaviour, NewTheme: say("de straat")})
	add("confirm brother", nadia, 13, samenspel.ConfirmStatement{Statement: brother})
	retold := tell(els, 10, samenspel.WordStatement{Words: say("Je zei dat je weer iets met je handen wilt doen."), About: nadia.partner(), Kind: samenspel.Retelling, Layer: samenspel.Need, NewTheme: say("werk")})
	add("confirm retold", nadia, 10, samenspel.ConfirmStatement{Statement: retold})
	wrong := tell(joost, 7, samenspel.WordStatement{Words: say("Ze wil liever niet met geld bezig zijn."), About: nadia.partner(), Kind: samenspel.Guess, Layer: samenspel.Commitment, NewTheme: say("geld")})
	add("reword wrong", nadia, 6, samenspel.RewordStatement{Statement: wrong, Words: say("Ik wil er wél mee bezig zijn. Maar niet alleen.")})
	add("share reword", nadia, 6, samenspel.ShareStatement{Statement: wrong, SeenBy: all})
	add("view joost", joost, 5, samenspel.PutView{Statement: wrong, Words: say("Dan zet ik de brieven klaar, en openen we ze samen.")})
	add("pace", nadia, 5, samenspel.SetPace{Pace: samenspel.Calm})

	tell(els, 2, samenspel.WordStatement{Words: say("Volgens mij hoort de straat bij wie jij bent."), About: nadia.partner(), Kind: samenspel.Guess, Layer: samenspel.Meaning, NewTheme: say("de straat")})
	noticed := tell(els, 1, samenspel.WordStatement{Words: say("Ik kan nu even niet verder, ik wil naar buiten."), SaidBy: nadia.partner(), Layer: samenspel.Behaviour, NewTheme: say("slapen"), Emotion: say("boos")})
	add("confirm noticed", nadia, 0.9, samenspel.ConfirmStatement{Statement: noticed})
	add("theme", nadia, 4, samenspel.NameTheme{Name: say("mijn vader")})
	add("aside", nadia, 4, samenspel.SetLayerAside{Theme: samenspel.ThemeID(id("theme")), Layer: samenspel.Meaning})
	own(4, "Over vroeger zeg ik alleen: hij werkte hard.", "mijn vader", samenspel.Behaviour, some, "")
	// Told by subject, played in the order of time.
	slices.SortStableFunc(play, func(a, b scene) int { return cmp.Compare(b.ago, a.ago) })
	return play
}
