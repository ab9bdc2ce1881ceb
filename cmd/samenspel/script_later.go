package main

import (
	"time"

	"samenspel"
)

// between is what was said between the two dialogues, by whoever thought of it.
func (p *play) between() {
	p.nadia(12, own{words: p.say("Ik wil weer slapen zonder te rekenen.", "I want to sleep again without sums in my head."), theme: p.say("slapen", "sleep"), layer: samenspel.Need, seen: some})
	p.nadia(12, own{words: p.say("Om drie uur ’s nachts loop ik door de gang.", "At three in the night I walk up and down the hall."), theme: p.say("slapen", "sleep"), layer: samenspel.Behaviour, seen: some})
	brother := p.tell(samir, 14, samenspel.WordStatement{
		Words: p.say("Ze helpt iedereen in de straat, ook nu.", "She helps everybody in the street, even now."), About: nadia.partner(),
		Kind: samenspel.Observation, Layer: samenspel.Behaviour, NewTheme: p.say("de straat", "the street"),
	})
	p.add("confirm brother", nadia, 13, samenspel.ConfirmStatement{Statement: brother})
	retold := p.tell(els, 10, samenspel.WordStatement{
		Words: p.say("Je zei dat je weer iets met je handen wilt doen.", "You said that you want to do something with your hands again."), About: nadia.partner(),
		Kind: samenspel.Retelling, Layer: samenspel.Need, NewTheme: p.say("werk", "work"),
	})
	p.add("confirm retold", nadia, 10, samenspel.ConfirmStatement{Statement: retold})
	p.nadia(8, own{words: p.say("Soms wil ik dat niemand mij iets vraagt.", "Sometimes I want nobody to ask me anything."), theme: p.say("thuis", "home"), layer: samenspel.Need})
}

func (p *play) secondDialogue() {
	const days = 7
	at := clock(days)
	p.add("second dialogue", nadia, days+2, samenspel.PlanDialogue{
		With: []samenspel.PartnerID{els.partner(), samir.partner(), joost.partner()}, At: p.now.Add(-days * day), Minutes: 60,
		Where: p.say("Buurthuis, kamer 2", "Community centre, room 2"),
	})
	p.add("topic letters", joost, days+1, samenspel.PutTopic{Dialogue: secondTalk, Words: p.say("Welke brieven eerst?", "Which letters first?")})
	p.add("topic night", nadia, days+1, samenspel.PutTopic{Dialogue: secondTalk, Words: p.say("Waarom ik ’s nachts wakker lig", "Why I lie awake at night")})
	p.add("begin second", nadia, days, samenspel.BeginDialogue{Dialogue: secondTalk})
	p.turn(els, at(1), secondTalk, samenspel.Understand, samenspel.Entered, samenspel.Words{})
	wrong := p.tell(joost, at(5), samenspel.WordStatement{
		Words: p.say("Ze wil liever niet met geld bezig zijn.", "She would rather not deal with money."), About: nadia.partner(),
		Kind: samenspel.Guess, Layer: samenspel.Commitment, NewTheme: p.say("geld", "money"), Dialogue: secondTalk,
	})
	p.because = wrong
	p.add("reword wrong", nadia, at(7), samenspel.RewordStatement{Statement: wrong, Words: p.say("Ik wil er wél mee bezig zijn. Maar niet alleen.", "I do want to deal with it. But not alone.")})
	p.add("share reword", nadia, at(8), samenspel.ShareStatement{Statement: wrong, SeenBy: all})
	p.nadia(at(14), own{words: p.say("Met mijn handen werken. Dan ben ik iemand.", "Working with my hands. Then I am somebody."), theme: p.say("werk", "work"), layer: samenspel.Meaning, seen: some, at: secondTalk})
	p.turn(samir, at(20), secondTalk, samenspel.Attune, samenspel.Entered, samenspel.Words{})
	noticed := p.tell(els, at(24), samenspel.WordStatement{
		Words: p.say("Ik kan nu even niet verder, ik wil naar buiten.", "I cannot go on just now, I want to go outside."), SaidBy: nadia.partner(), Layer: samenspel.Behaviour,
		NewTheme: p.say("slapen", "sleep"), Emotion: p.say("boos", "angry"), Dialogue: secondTalk,
	})
	p.add("confirm noticed", nadia, at(30), samenspel.ConfirmStatement{Statement: noticed})
	p.turn(els, at(32), secondTalk, samenspel.Together, samenspel.Entered, samenspel.Words{})
	p.add("end second", els, at(55), samenspel.EndDialogue{Dialogue: secondTalk})
	p.add("topic night done", nadia, at(56), samenspel.SettleTopic{Topic: samenspel.TopicID(id("topic night")), Settled: true})
	p.add("view joost", joost, 5, samenspel.PutView{Statement: wrong, Words: p.say("Dan zet ik de brieven klaar, en openen we ze samen.", "Then I put the letters ready, and we open them together.")})
}

// since is what came after it.
func (p *play) since() {
	p.add("pace", nadia, 5, samenspel.SetPace{Pace: samenspel.Calm})
	p.add("theme", nadia, 4, samenspel.NameTheme{Name: p.say("mijn vader", "my father")})
	p.add("aside", nadia, 4, samenspel.SetLayerAside{Theme: samenspel.ThemeID(id("theme")), Layer: samenspel.Meaning})
	p.nadia(4, own{words: p.say("Over vroeger zeg ik alleen: hij werkte hard.", "Of the old days I only say: he worked hard."), theme: p.say("mijn vader", "my father"), layer: samenspel.Behaviour, seen: some})
	p.tell(els, 2, samenspel.WordStatement{
		Words: p.say("Volgens mij hoort de straat bij wie jij bent.", "I think the street belongs to who you are."), About: nadia.partner(),
		Kind: samenspel.Guess, Layer: samenspel.Meaning, NewTheme: p.say("de straat", "the street"),
	})
}

// next is the dialogue that they prepare now.
func (p *play) next() {
	at := p.now.Add(2 * day)
	p.add("next dialogue", els, 1.5, samenspel.PlanDialogue{
		With: []samenspel.PartnerID{nadia.partner(), samir.partner()}, Minutes: 60, Where: p.say("Bij Nadia thuis", "At Nadia’s home"),
		At: time.Date(at.Year(), at.Month(), at.Day(), 9, 0, 0, 0, time.UTC),
	})
	p.add("topic school", samir, 1.2, samenspel.PutTopic{Dialogue: nextTalk, Words: p.say("Wie haalt de kinderen op van school?", "Who fetches the children from school?")})
	p.add("topic mother", nadia, 1, samenspel.PutTopic{Dialogue: nextTalk, Words: p.say("De tuin van mijn moeder", "My mother’s garden"), Alone: true})
}
