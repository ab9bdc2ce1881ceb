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

const (
	day    = 24 * time.Hour
	minute = time.Minute
)

// play is the script while it is written.
type play struct {
	now    time.Time
	lang   string
	scenes []scene
	told   int
	// because is the words of Nadia after which something changed.
	because samenspel.StatementID
}

// script is what the invented people did with each other in the last weeks,
// in one language ("nl" or "en"): they came together, talked twice, and will
// talk again in two days.
func script(now time.Time, lang string) []scene {
	p := &play{now: now, lang: lang}
	p.comeTogether()
	p.tellBefore()
	p.firstDialogue()
	p.between()
	p.circle()
	p.friction()
	p.secondDialogue()
	p.agreements()
	p.mirrors()
	p.reading()
	p.since()
	p.next()
	// Told by subject, played in the order of time.
	slices.SortStableFunc(p.scenes, func(a, b scene) int { return cmp.Compare(b.ago, a.ago) })
	return p.scenes
}

// say is words in the language of the demo.
func (p *play) say(nl, en string) samenspel.Words {
	if p.lang == "en" {
		return samenspel.Say(en)
	}
	return samenspel.Say(nl)
}

// add puts a scene in its place, some days ago.
func (p *play) add(name string, by actor, days float64, wish samenspel.Wish) {
	p.scenes = append(p.scenes, scene{name, by, time.Duration(days * float64(day)), wish})
}

// tell lets somebody say something.
func (p *play) tell(by actor, days float64, w samenspel.WordStatement) samenspel.StatementID {
	p.told++
	name := fmt.Sprintf("statement %d", p.told)
	p.add(name, by, days, w)
	return samenspel.StatementID(id(name))
}

// own is something that Nadia says about herself.
type own struct {
	words, theme, feel samenspel.Words
	layer              samenspel.Layer
	seen               []samenspel.PartnerID
	at                 samenspel.DialogueID
}

func (p *play) nadia(days float64, o own) samenspel.StatementID {
	return p.tell(nadia, days, samenspel.WordStatement{
		Words: o.words, NewTheme: o.theme, Layer: o.layer, Emotion: o.feel, SeenBy: o.seen, Chosen: true, Dialogue: o.at,
	})
}

// The four, and who of them sees what Nadia says.
var (
	els, nadia, samir, joost = cast[0], cast[1], cast[2], cast[3]

	all  = []samenspel.PartnerID{els.partner(), samir.partner(), joost.partner()}
	some = []samenspel.PartnerID{els.partner(), samir.partner()}
)

func (p *play) comeTogether() {
	p.add("invite professional", els, 34, samenspel.BeginAlliance{
		Title: p.say("Weer lucht", "Room to breathe"), Name: samenspel.Say(els.name), As: els.about(p.lang)})
	for i, a := range cast[1:] {
		days := 33.9 - float64(i)*6
		p.add("invite "+string(a.role), els, days, samenspel.InvitePartner{Role: a.role, Ground: samenspel.InviteSpoken, Name: samenspel.Say(a.name), As: a.about(p.lang)})
		p.add("join "+string(a.role), a, days-.4, samenspel.JoinAlliance{Partner: a.partner(), Name: samenspel.Say(a.name)})
	}
	p.add("first els", els, 20.5, samenspel.SetFirstSeen{By: []samenspel.PartnerID{nadia.partner()}})
	p.tell(els, 33, samenspel.WordStatement{
		Words: p.say("Ik wil een gesprek waarin niemand zich klein hoeft te maken.", "I want a talk in which nobody has to make themselves small."),
		Layer: samenspel.Meaning, NewTheme: p.say("mijn werk", "my work"), SeenBy: []samenspel.PartnerID{nadia.partner()}, Chosen: true,
	})
}

func (p *play) tellBefore() {
	money := p.say("geld", "money")
	p.nadia(18, own{words: p.say("Ik maak de post niet meer open.", "I no longer open the post."), theme: money, layer: samenspel.Behaviour, seen: all})
	p.nadia(18, own{words: p.say("Ik wil weten hoeveel het is. Echt, tot op de euro.", "I want to know how much it is. Really, to the euro."),
		theme: money, layer: samenspel.Need, seen: all, feel: p.say("bang", "afraid")})
}

// The two dialogues that were held, and the one to come.
var (
	firstTalk  = samenspel.DialogueID(id("first dialogue"))
	secondTalk = samenspel.DialogueID(id("second dialogue"))
	nextTalk   = samenspel.DialogueID(id("next dialogue"))
)

// clock gives points of time in a dialogue that began some days ago.
func clock(days float64) func(minutes float64) float64 {
	return func(minutes float64) float64 { return days - minutes/(24*60) }
}

// turn moves a balloon at the table.
func (p *play) turn(by actor, days float64, talk samenspel.DialogueID, a samenspel.Activity, to samenspel.BalloonStanding, reason samenspel.Words) {
	name := fmt.Sprint("turn ", talk, " ", a, " ", to)
	p.add(name, by, days, samenspel.TurnActivity{Dialogue: talk, Activity: a, To: to, Reason: reason})
}

func (p *play) firstDialogue() {
	const days = 17
	at := clock(days)
	home := p.say("thuis", "home")
	p.add("first dialogue", els, days+2, samenspel.PlanDialogue{
		With: []samenspel.PartnerID{nadia.partner(), samir.partner()}, At: p.now.Add(-days * day), Minutes: 60,
		Where: p.say("Bij Nadia thuis", "At Nadia’s home"),
	})
	p.add("topic post", nadia, days+1, samenspel.PutTopic{Dialogue: firstTalk, Words: p.say("De stapel post", "The pile of post")})
	p.add("begin first", els, days, samenspel.BeginDialogue{Dialogue: firstTalk})
	p.turn(els, at(1), firstTalk, samenspel.Position, samenspel.Entered, samenspel.Words{})
	p.tell(els, at(3), samenspel.WordStatement{
		Words: p.say("Ik zit hier niet om je iets op te leggen.", "I am not here to impose anything on you."),
		Layer: samenspel.Behaviour, SeenBy: []samenspel.PartnerID{nadia.partner(), samir.partner()}, Chosen: true, Dialogue: firstTalk,
	})
	p.nadia(at(8), own{words: p.say("Thuis ben ik de enige die stil is.", "At home I am the only one who is quiet."), theme: home, layer: samenspel.Behaviour, seen: some, at: firstTalk})
	p.turn(nadia, at(9), firstTalk, samenspel.DrawIn, samenspel.Entered, samenspel.Words{})
	p.turn(els, at(15), firstTalk, samenspel.Position, samenspel.Been, samenspel.Words{})
	p.nadia(at(16), own{words: p.say("Ik hoor bij mijn kinderen. Zij gaan voor.", "I belong with my children. They come first."), theme: home, layer: samenspel.Commitment, seen: some, at: firstTalk})
	p.turn(samir, at(20), firstTalk, samenspel.Understand, samenspel.Entered, samenspel.Words{})
	p.nadia(at(27), own{words: p.say("Mijn moeder zei: wie deelt, heeft genoeg. Zo wil ik leven.", "My mother said: who shares has enough. That is how I want to live."),
		theme: home, layer: samenspel.Meaning, seen: some, feel: p.say("trots", "proud"), at: firstTalk})
	p.nadia(at(40), own{words: p.say("Ik wil dat de post niet meer van mij alleen is.", "I want the post to be no longer mine alone."), theme: p.say("geld", "money"), layer: samenspel.Need, seen: some, at: firstTalk})
	p.around(at)
	p.turn(nadia, at(41), firstTalk, samenspel.Together, samenspel.Skipped, p.say("nu eerst praten", "first we talk"))
	p.add("end first", els, at(58), samenspel.EndDialogue{Dialogue: firstTalk})
	p.add("topic post done", nadia, at(59), samenspel.SettleTopic{Topic: samenspel.TopicID(id("topic post")), Settled: true})
}

// around is what the others said of themselves in the first dialogue, and what
// Nadia said to that.
func (p *play) around(at func(minutes float64) float64) {
	speak := func(by actor, minutes float64, l samenspel.Layer, words samenspel.Words) {
		seen := slices.DeleteFunc([]samenspel.PartnerID{els.partner(), nadia.partner(), samir.partner()}, func(id samenspel.PartnerID) bool { return id == by.partner() })
		p.tell(by, at(minutes), samenspel.WordStatement{Words: words, Layer: l, SeenBy: seen, Chosen: true, Dialogue: firstTalk})
	}
	speak(samir, 11, samenspel.Need, p.say("Ik wil helpen zonder te duwen.", "I want to help without pushing."))
	speak(els, 19, samenspel.Need, p.say("Ik wil snappen wat jij nodig hebt. Niet wat mijn formulier vraagt.", "I want to understand what you need. Not what my form asks."))
	speak(nadia, 31, samenspel.Commitment, p.say("Ik was altijd degene die hielp.", "I was always the one who helped."))
	speak(samir, 34, samenspel.Commitment, p.say("Wij laten elkaar niet vallen.", "We do not let each other down."))
	speak(nadia, 37, samenspel.Meaning, p.say("Ik wil weer iemand zijn op wie je kunt rekenen.", "I want to be somebody again whom you can count on."))
	speak(nadia, 45, samenspel.Behaviour, p.say("Eén brief maken we nu open. Samen.", "One letter we open now. Together."))
	speak(els, 47, samenspel.Behaviour, p.say("Ik zit ernaast en ik zeg even niets.", "I sit beside you, and I say nothing for a while."))
}
