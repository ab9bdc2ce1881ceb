package main

import (
	"strings"
	"time"

	"samenspel"
)

// heardLine is one sentence of the second talk, as it was written down: who
// says it in which minute, and what a reader by the codebook sees in it. The
// people and their words are invented.
type heardLine struct {
	minute, turn int
	by           int // as [heardVoices]
	nl, en       string
	codes        string
}

// heardVoices are the four in the order in which they are labelled.
var heardVoices = []actor{els, nadia, samir, joost}

var heardLines = []heardLine{
	{0, 1, 0, "Fijn dat jullie er zijn.", "Good that you are all here.", "layer=none emotion=none question=none act=other"},
	{1, 1, 0, "Waar wil jij vandaag over praten, Nadia?", "What do you want to talk about today, Nadia?", "layer=none emotion=none question=open act=choice"},
	{2, 2, 1, "Er liggen weer brieven op de trap.", "There are letters on the stairs again.", "layer=behaviour emotion=none will=none friction=none"},
	{3, 3, 3, "Hoeveel zijn het er?", "How many are there?", "layer=behaviour emotion=none question=closed act=explore"},
	{3, 4, 1, "Een stuk of twintig, en ik word er zo bang van.", "Twenty or so, and they frighten me so much.", "layer=behaviour emotion=named valence=unpleasant will=none friction=none response=cleared"},
	{4, 5, 3, "Dat komt goed, we zetten ze gewoon op een rij.", "That will be fine, we just put them in a row.", "layer=behaviour emotion=none question=none act=clear"},
	{5, 5, 3, "Je moet ze wel elke dag openmaken.", "You do have to open them every day.", "layer=behaviour emotion=none question=none act=push"},
	{7, 6, 1, "Ja, dat zegt iedereen.", "Yes, everybody says that.", "layer=none emotion=hinted valence=unpleasant will=none friction=friction response=left"},
	{8, 7, 3, "Welke brief is de oudste?", "Which letter is the oldest?", "layer=behaviour emotion=none question=closed act=explore"},
	{11, 8, 2, "Ze slaapt er niet meer van.", "She no longer sleeps because of it.", "layer=need emotion=none will=none friction=none"},
	{12, 9, 0, "Hoe zijn de nachten voor jou?", "What are the nights like for you?", "layer=need emotion=none question=open act=explore"},
	{13, 10, 1, "Ik loop door de gang tot het licht wordt.", "I walk up and down the hall until it gets light.", "layer=behaviour emotion=none will=none friction=none"},
	{14, 10, 1, "Ik wil gewoon weer een keer slapen.", "I just want to sleep for once.", "layer=need emotion=hinted valence=unpleasant will=want+ friction=none response=met"},
	{15, 11, 0, "Je verlangt naar rust, en het is ’s nachts zwaar.", "You long for rest, and the nights are heavy.", "layer=need emotion=named valence=unpleasant question=none act=reflect"},
	{17, 12, 1, "Ja. Het is de stilte, dan hoor ik alles.", "Yes. It is the silence, then I hear everything.", "layer=need emotion=hinted valence=unpleasant will=none friction=none response=met"},
	{19, 13, 0, "Blijf daar maar even bij, het hoeft niet snel.", "Stay with that for a while, there is no hurry.", "layer=need emotion=none question=none act=support"},
	{22, 14, 2, "Mag ik iets zeggen?", "May I say something?", "layer=none emotion=none will=none friction=none"},
	{22, 14, 2, "Je helpt de hele straat, en jou helpt niemand.", "You help the whole street, and nobody helps you.", "layer=commitment emotion=hinted valence=unpleasant will=none friction=none response=met"},
	{24, 15, 0, "Samir, wat doet dat met jou?", "Samir, what does that do to you?", "layer=commitment emotion=none question=open act=include"},
	{25, 16, 2, "Ik ben trots op haar, en ik mis haar.", "I am proud of her, and I miss her.", "layer=commitment emotion=named valence=mixed will=none friction=none response=met"},
	{27, 17, 0, "Trots, en ook een gemis. Jullie horen bij elkaar.", "Proud, and missing her too. You belong together.", "layer=commitment emotion=named valence=mixed question=none act=reflect"},
	{29, 18, 1, "Dat wist ik niet.", "I did not know that.", "layer=commitment emotion=none will=none friction=none"},
	{31, 18, 1, "Vroeger maakte ik dingen, met mijn handen.", "I used to make things, with my hands.", "layer=behaviour emotion=none will=none friction=none"},
	{32, 19, 0, "Wat betekende dat voor jou?", "What did that mean to you?", "layer=meaning emotion=none question=open act=explore"},
	{34, 20, 1, "Met mijn handen werken. Dan ben ik iemand.", "Working with my hands. Then I am somebody.", "layer=meaning emotion=named valence=pleasant will=want+ friction=none response=met"},
	{36, 21, 0, "Dan ben jij iemand. Dat raakt je.", "Then you are somebody. That touches you.", "layer=meaning emotion=named valence=pleasant question=none act=reflect"},
	{38, 22, 1, "Ik schaam me dat dat weg is.", "I am ashamed that it is gone.", "layer=meaning emotion=named valence=unpleasant will=none friction=none response=left"},
	{39, 23, 3, "En de brieven, wie opent die dan?", "And the letters, who opens those then?", "layer=behaviour emotion=none question=closed act=explore"},
	{41, 24, 1, "Ik wil er mee bezig zijn, maar niet alleen.", "I want to deal with it, but not alone.", "layer=need emotion=none will=want+ friction=none"},
	{43, 25, 3, "Wil je dat ik er dan naast zit?", "Do you want me to sit beside you then?", "layer=need emotion=none question=closed act=check"},
	{44, 26, 1, "Ja, dat helpt.", "Yes, that helps.", "layer=need emotion=hinted valence=pleasant will=can+ friction=none response=met"},
	{45, 27, 3, "Dan kies jij het moment, en ik ben er.", "Then you choose the moment, and I will be there.", "layer=need emotion=none question=none act=choice"},
	{48, 28, 2, "En ik haal de kinderen die dag.", "And I fetch the children that day.", "layer=commitment emotion=none will=can+ friction=none"},
	{50, 29, 0, "Wat heb jij daar zelf bij nodig, Samir?", "What do you need for that yourself, Samir?", "layer=need emotion=none question=open act=check"},
	{52, 30, 2, "Niets, ik ben blij dat ik iets kan doen.", "Nothing, I am glad that I can do something.", "layer=commitment emotion=named valence=pleasant will=can+ friction=none response=met"},
	{53, 31, 0, "Jij bent blij. En jullie hebben een plan.", "You are glad. And you have a plan.", "layer=commitment emotion=named valence=pleasant question=none act=reflect"},
}

// reading is how the four let the lens read their second talk: all said yes,
// Els brought the text, and Nadia found one thing not right.
func (p *play) reading() {
	of := samenspel.TranscriptID(id("ask lens"))
	last := time.Date(p.now.Year(), p.now.Month(), p.now.Day()+22, 0, 0, 0, 0, time.UTC)
	p.add("ask lens", els, 6.5, samenspel.AskTranscript{Dialogue: secondTalk, Until: last})
	for i, a := range heardVoices[1:] {
		p.add("lens yes "+string(a.role), a, 6.4-.1*float64(i), samenspel.AnswerTranscript{Transcript: of, Yes: true})
	}
	lay := samenspel.LayTranscript{Transcript: of, Engine: "demo"}
	for _, a := range heardVoices {
		lay.Speakers = append(lay.Speakers, samenspel.Speaker{Label: samenspel.Say(a.name), Partner: a.partner()})
	}
	for _, l := range heardLines {
		from := time.Duration(l.minute)*minute + 10*time.Second
		lay.Lines = append(lay.Lines, samenspel.Line{
			Turn: l.turn, Speaker: l.by, Start: from, End: from + 8*time.Second, Text: p.say(l.nl, l.en), Codes: codesOf(l.codes),
		})
	}
	p.add("lay lens", els, 6, lay)
	p.add("correct lens", nadia, 5.5, samenspel.CorrectLine{Transcript: of, Line: 23, Field: "layer", Code: "meaning"})
	p.add("correct lens too", samir, 5.4, samenspel.CorrectLine{Transcript: of, Line: 23, Field: "layer", Code: "commitment"})
}

// codesOf reads "layer=need emotion=named".
func codesOf(text string) (codes samenspel.LineCodes) {
	for i, field := range samenspel.LineFields() {
		for _, pair := range strings.Fields(text) {
			if name, code, _ := strings.Cut(pair, "="); name == string(field) {
				codes[i] = samenspel.LineCode{Code: code, Sure: .8}
			}
		}
	}
	return codes
}
