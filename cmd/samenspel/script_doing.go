package main

import (
	"samenspel"
)

// circle is who Nadia drew around herself.
func (p *play) circle() {
	near := func(name string, who, as samenspel.Words, ring int, partner samenspel.PartnerID, tie samenspel.TieKind) samenspel.NearID {
		p.add(name, nadia, 11, samenspel.PutNear{Name: who, As: as, Ring: ring, Partner: partner, Tie: tie})
		return samenspel.NearID(id(name))
	}
	children := near("near children", p.say("Yusuf en Lina", "Yusuf and Lina"), p.say("mijn kinderen", "my children"), 1, "", samenspel.StrongTie)
	brother := near("near samir", samenspel.Say(samir.name), p.say("mijn broer", "my brother"), 1, samir.partner(), samenspel.StrongTie)
	near("near neighbour", p.say("Mevrouw Bakker", "Mrs Bakker"), p.say("buurvrouw", "neighbour"), 2, "", samenspel.OrdinaryTie)
	near("near els", samenspel.Say(els.name), p.say("wijkteam", "neighbourhood team"), 2, els.partner(), "")
	landlord := near("near landlord", p.say("De verhuurder", "The landlord"), samenspel.Words{}, 3, "", samenspel.StrainedTie)
	p.add("tie children", nadia, 10.9, samenspel.TieNear{From: brother, To: children, As: samenspel.StrongTie})
	p.add("tie landlord", nadia, 10.8, samenspel.TieNear{From: brother, To: landlord, As: samenspel.StrainedTie})
	p.add("share circle", nadia, 10.7, samenspel.ShareAround{SeenBy: []samenspel.PartnerID{els.partner()}})
}

// friction is what chafed: once, then again, and now it is good.
func (p *play) friction() {
	tired := p.nadia(9.2, own{words: p.say("Als er drie mensen tegelijk iets vragen, hoor ik niets meer.", "When three people ask something at once, I no longer hear anything."),
		theme: p.say("thuis", "home"), layer: samenspel.Need, seen: some, feel: p.say("moe", "tired")})
	p.add("friction first", nadia, 9.5, samenspel.SignalFriction{To: []samenspel.PartnerID{els.partner()}})
	first := samenspel.FrictionID(id("friction first"))
	p.add("ground first", nadia, 9.1, samenspel.GroundFriction{Friction: first, Statement: tired})
	p.add("repair first", els, 9, samenspel.OfferRepair{Friction: first, Words: p.say("Ik stel één vraag en dan wacht ik.", "I ask one question, and then I wait.")})
	p.add("mend first", nadia, 8.5, samenspel.MendFriction{Friction: first})
	p.add("friction again", nadia, 3.2, samenspel.SignalFriction{
		To: []samenspel.PartnerID{els.partner()}, Earlier: first, Words: p.say("Er kwam weer een brief met een vraag erbij.", "Another letter came with a question in it."),
	})
}

// agreements are what they do now, and what waits for an answer.
func (p *play) agreements() {
	at := clock(7)
	p.add("agree letters", joost, at(36), samenspel.ProposeAgreement{
		Words: p.say("We openen samen de brieven, de blauwe eerst", "We open the letters together, the blue ones first"),
		With:  []samenspel.PartnerID{nadia.partner()}, When: samenspel.When{Day: p.now.Add(day).Format("2006-01-02"), Time: "10:00"},
	})
	letters := samenspel.AgreementID(id("agree letters"))
	p.add("answer letters", nadia, at(40), samenspel.AnswerAgreement{
		Agreement: letters, Answer: samenspel.AgreementAnswer{Want: samenspel.WantYes, Can: samenspel.AbleWithHelp},
		Help: p.say("Iemand die mijn kinderen dan ophaalt", "Somebody who fetches my children then"),
	})
	p.add("option letters", samir, at(42), samenspel.ProposeAgreement{
		Words: p.say("Ik breng een map voor de post", "I bring a folder for the post"), With: []samenspel.PartnerID{nadia.partner()},
	})
	folder := samenspel.AgreementID(id("option letters"))
	p.add("answer folder", nadia, at(43), samenspel.AnswerAgreement{Agreement: folder, Answer: samenspel.AgreementAnswer{Want: samenspel.WantYes}})
	p.add("done folder", samir, 5.5, samenspel.FulfilAgreement{Agreement: folder})
	p.add("agree garden", els, 1.4, samenspel.ProposeAgreement{
		Words: p.say("Ik vraag of je mag helpen in de buurttuin", "I ask whether you can help in the community garden"),
		With:  []samenspel.PartnerID{nadia.partner()},
	})
}

// mirrors are the answers after both dialogues, and what changed since.
func (p *play) mirrors() {
	const no, some, yes = samenspel.MirrorNotYet, samenspel.MirrorSometimes, samenspel.MirrorYes
	answer := func(name string, by actor, days float64, talk samenspel.DialogueID, line samenspel.Words, words ...samenspel.MirrorWord) {
		w := samenspel.AnswerMirror{Dialogue: talk, Line: line}
		copy(w.Answers[:], words)
		p.add("mirror "+name, by, days, w)
	}
	none := samenspel.Words{}
	answer("nadia 1", nadia, 16.9, firstTalk, none, some, some, no, yes, some)
	answer("els 1", els, 16.85, firstTalk, none, yes, some, some, some, yes)
	answer("samir 1", samir, 16.8, firstTalk, none, yes, yes, some, some, yes)
	answer("nadia 2", nadia, 6.9, secondTalk, p.say("Naar buiten mogen hielp.", "Being free to go outside helped."), yes, some, yes, some, yes)
	answer("els 2", els, 6.85, secondTalk, none, yes, yes, some, yes, yes)
	answer("joost 2", joost, 6.8, secondTalk, none, some, some, yes, yes, yes)
	p.add("change letters", joost, 6.5, samenspel.TellChange{
		Dialogue: secondTalk, Because: p.because, Words: p.say("Ik bel nu eerst, vóór er een brief komt.", "I call first now, before a letter comes."),
	})
}
