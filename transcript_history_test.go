package samenspel_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	chapters = append(chapters, func() chapter {
		return &readChapter{talks: map[DialogueID]*ledgerCompany{}, left: map[PartnerID]bool{}, joined: map[PartnerID]bool{}, read: map[TranscriptID]*ledgerReading{}}
	})
	moreLearned = append(moreLearned, learnTranscripts)
	moreLooked = append(moreLooked, lookAtTranscripts)
	moreWishes = append(moreWishes, drawTranscripts)
	about := len(moreWishes) - 1
	moreStarts = append(moreStarts, start{func() []step { return talkBegan(asksTo) }, about},
		start{func() []step { return allSaid() }, about}, start{func() []step { return laidBefore() }, about})
}

// readChapter is the plain rule for transcripts: an asking is for those in the
// dialogue while who asked wants it; what was laid is for those who said yes
// to it, while exactly they are in the dialogue and all of them still say it.
type readChapter struct {
	talks        map[DialogueID]*ledgerCompany
	left, joined map[PartnerID]bool
	order        []TranscriptID
	read         map[TranscriptID]*ledgerReading
}

type ledgerReading struct {
	talk    DialogueID
	by      PartnerID
	answers map[PartnerID]TranscriptAnswer
	gone    bool
	laid    bool
	with    []PartnerID
	voices  []ledgerVoice
	lines   []ledgerLine
	views   map[string]string // by line, field and partner
}

type ledgerVoice struct {
	Label   string
	Partner PartnerID
	Role    Role
}

type ledgerLine struct {
	Speaker int
	Text    string
	struck  bool
}

func (c *readChapter) learn(_ *ledger, f Fact) {
	switch e := f.Event.(type) {
	case *DialoguePlanned:
		if c.talks[e.Dialogue] == nil {
			c.talks[e.Dialogue] = &ledgerCompany{}
		}
		c.talks[e.Dialogue].with = e.With
	case *DialogueCancelled:
		c.talks[e.Dialogue].cancelled = true
	case *DialogueRestored:
		c.talks[e.Dialogue].cancelled = false
	case *PartnerJoined:
		c.joined[e.Partner] = true
	case *PartnerLeft:
		c.left[e.Partner] = true
	case *TranscriptAsked:
		s := &ledgerReading{talk: e.Dialogue, by: e.By, answers: map[PartnerID]TranscriptAnswer{}, views: map[string]string{}}
		for _, before := range c.order {
			if was := c.read[before]; was.talk == e.Dialogue {
				was.gone = true
				for p, said := range was.answers {
					s.answers[p] = map[TranscriptAnswer]TranscriptAnswer{TranscriptRatherNot: said}[said]
				}
			}
		}
		s.answers[e.By] = TranscriptYes
		c.order, c.read[e.Transcript] = append(c.order, e.Transcript), s
	case *TranscriptAnswered:
		c.read[e.Transcript].answers[e.By] = e.Answer
	case *TranscriptGone:
		c.read[e.Transcript].gone = true
	default:
		c.learnReading(f)
	}
}

func (c *readChapter) learnReading(f Fact) {
	switch e := f.Event.(type) {
	case *TranscriptLaid:
		s := c.read[e.Transcript]
		s.laid, s.with = true, e.With
		_ = json.Unmarshal([]byte(e.Speakers.Text()), &s.voices)
	case *LinesLaid:
		var lines []ledgerLine
		_ = json.Unmarshal([]byte(e.Lines.Text()), &lines)
		c.read[e.Transcript].lines = append(c.read[e.Transcript].lines, lines...)
	case *LineCorrected:
		c.read[e.Transcript].views[fmt.Sprint(e.Line, " ", e.Field, " ", e.By)] = e.Code.Text()
	case *LineStruck:
		c.read[e.Transcript].lines[e.Line-1].struck = !e.Back
	case *SpeakerNamed:
		v := &c.read[e.Transcript].voices[e.Speaker]
		v.Partner, v.Role = e.Partner, e.Role
	}
}

// company is who is in a dialogue, without invitations that were taken back.
func (c *readChapter) company(of DialogueID) []PartnerID {
	return slices.DeleteFunc(slices.Clone(c.talks[of].with), func(p PartnerID) bool { return c.left[p] && !c.joined[p] })
}

func (c *readChapter) maySee(s *ledgerReading, viewer PartnerID) bool {
	k := c.talks[s.talk]
	switch {
	case s.gone || k.cancelled || !slices.Contains(k.with, viewer):
		return false
	case !s.laid:
		return s.answers[s.by] == TranscriptYes
	}
	for _, p := range c.company(s.talk) {
		if c.left[p] || s.answers[p] != TranscriptYes {
			return false
		}
	}
	return slices.Equal(c.company(s.talk), s.with)
}

func (c *readChapter) mayBeSeen(viewer PartnerID) (list []string) {
	for of, s := range c.read {
		if !c.maySee(s, viewer) {
			continue
		}
		list = append(list, string(of))
		for i, l := range s.lines {
			list = append(list, fmt.Sprint("line ", of, i+1, l.struck, s.voices[l.Speaker].Partner))
		}
		for at, code := range s.views {
			var n int
			if _, err := fmt.Sscan(at, &n); err == nil && code != "" && !s.lines[n-1].struck {
				list = append(list, fmt.Sprint("view ", of, at, code))
			}
		}
	}
	return list
}

func (*readChapter) isSeen(seen *Seen) (list []string) {
	for _, t := range seen.Transcripts {
		list = append(list, string(t.ID))
		for _, l := range t.Lines {
			list = append(list, fmt.Sprint("line ", t.ID, l.N, l.Struck, l.Partner))
			for _, v := range l.Views {
				list = append(list, fmt.Sprint("view ", t.ID, l.N, " ", v.Field, " ", v.By, v.Code))
			}
		}
	}
	return list
}

func (c *readChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for _, s := range c.read {
		if !c.maySee(s, viewer) {
			continue
		}
		for _, v := range s.voices {
			may[Say(v.Label)] = true
		}
		for _, l := range s.lines {
			may[Say(l.Text)] = may[Say(l.Text)] || !l.struck
		}
	}
}

func (*readChapter) of(f Fact) (string, bool) {
	switch e := f.Event.(type) {
	case *TranscriptAsked:
		return string(e.Transcript), true
	case *TranscriptAnswered:
		return string(e.Transcript), true
	case *TranscriptGone:
		return string(e.Transcript), true
	case *TranscriptLaid:
		return string(e.Transcript), true
	case *LinesLaid:
		return string(e.Transcript), true
	case *LineCorrected:
		return string(e.Transcript), true
	case *LineStruck:
		return string(e.Transcript), true
	case *SpeakerNamed:
		return string(e.Transcript), true
	case *SpeakersConfirmed:
		return string(e.Transcript), true
	}
	return "", false
}

func (*readChapter) purged(e Event, _ PartnerID) Event { return e }

func learnTranscripts(f Fact, add func(what, id string)) {
	if e, ok := f.Event.(*TranscriptAsked); ok {
		add("transcript", string(e.Transcript))
	}
}

func lookAtTranscripts(seen *Seen, add func(what, id string, about PartnerID)) {
	for _, t := range seen.Transcripts {
		add("transcript", string(t.ID), t.AskedBy)
		switch {
		case t.Laid:
			add("laid transcript", string(t.ID), t.LaidBy)
		case t.MayLay:
			add("transcript to lay", string(t.ID), t.AskedBy)
		case t.Yours == "":
			add("transcript to answer", string(t.ID), t.AskedBy)
		}
	}
}

// drawTranscripts is a wish about reading a dialogue, mostly the next one that
// brings it further.
func drawTranscripts(t *rapid.T, h *history, text func(string) Words) Wish {
	answer := func(what string, yes bool) Wish {
		return AnswerTranscript{Transcript: drawID[TranscriptID](t, h, what), Yes: yes}
	}
	further := evenly(t, "further", []bool{true, true, true, false})
	switch {
	case further && len(h.sight["laid transcript"]) > 0:
		return drawReading(t, h)
	case further && len(h.sight["transcript to lay"]) > 0:
		return drawLaying(t, h, text)
	case further && len(h.sight["transcript to answer"]) > 0:
		return answer("transcript to answer", evenly(t, "yes", []bool{true, true, true, true, false}))
	case len(h.known["dialogue"]) == 0:
		return PlanDialogue{With: []PartnerID{noor, amira}}
	}
	talk, first := drawLookedOn(t, h)
	if first != nil {
		return first
	}
	return evenly(t, "about reading", []func() Wish{
		func() Wish { return AskTranscript{Dialogue: talk, Until: inAMonth} },
		func() Wish { return AskTranscript{Dialogue: talk, Until: inAMonth} },
		func() Wish { return answer("transcript", true) },
		func() Wish { return answer("transcript", false) },
		func() Wish { return drawLaying(t, h, text) },
		func() Wish { return drawReading(t, h) },
		func() Wish { return drawLookBackCompany(t, h, text) },
		func() Wish {
			return PlanDialogue{With: evenly(t, "with", [][]PartnerID{{noor, amira}, {amira, samira}})}
		},
	})()
}

func drawLaying(t *rapid.T, h *history, text func(string) Words) Wish {
	w := LayTranscript{
		Transcript: drawID[TranscriptID](t, h, "transcript to lay"), Engine: "lens 1",
		Speakers: []Speaker{{Label: text("voice"), Partner: amira}, {Label: text("voice of another"), Role: BonusPartner}},
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "lines") {
		w.Lines = append(w.Lines, Line{
			Turn: i + 1, Speaker: i % 2, Text: text(fmt.Sprint("line ", i)), Codes: coded("layer", evenly(t, "layer", []string{"", "need"})),
		})
	}
	return w
}

func drawReading(t *rapid.T, h *history) Wish {
	of := drawID[TranscriptID](t, h, "laid transcript")
	n := rapid.IntRange(1, 3).Draw(t, "line")
	return evenly(t, "reading", []Wish{
		CorrectLine{of, n, "layer", evenly(t, "code", []string{"none", "need", "meaning", ""})},
		CorrectLine{of, n, "emotion", "named"}, CorrectLine{of, n, "layer", "meaning"},
		StrikeLine{of, n}, NameSpeaker{of, n % 2, evenly(t, "voice", []PartnerID{amira, noor, samira}), ""},
		NameSpeaker{of, n % 2, "", BonusPartner}, ConfirmSpeakers{of}, AnswerTranscript{Transcript: of},
	})
}

// Whatever went is gone for everybody: once the alliance's keeper has written
// down what is overdue, nobody sees or reads a line of it, ever, and the key
// of its words is among those to be destroyed, until they are.
func TestWhatIsGoneIsSeenByNobody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := map[TranscriptID][]Words{}
		gone, known := map[TranscriptID]bool{}, 0
		drawHistory(t, 40, func(h *history, next func() deed) {
			next()
			for ; known < len(h.deeds); known++ {
				d := h.deeds[known]
				if laid, ok := d.cmd.Wish.(LayTranscript); ok && len(d.facts) > 0 {
					for _, l := range laid.Lines {
						said[laid.Transcript] = append(said[laid.Transcript], l.Text)
					}
				}
			}
			at := arrival(len(h.deeds))
			if evenly(t, "time passes", append(make([]bool, 30), true)) {
				at = inAMonth
			}
			for _, f := range h.Facts("", Command{ID: id(fmt.Sprint("sweep ", len(h.deeds))), Arrived: at}, h.Overdue(at)) {
				if err := h.Apply(f); err != nil {
					t.Fatal(err)
				}
				h.facts = append(h.facts, f)
				if e, ok := f.Event.(*TranscriptGone); ok {
					gone[e.Transcript] = true
				}
			}
			checkGone(t, h, said, gone)
		})
	})
}

// keysOf keeps the keys of transcripts: statements have keys that go as well.
func keysOf(remains []PartnerID) []PartnerID {
	return slices.DeleteFunc(remains, func(k PartnerID) bool { return !strings.HasPrefix(string(k), "transcript:") })
}

func checkGone(t *rapid.T, h *history, said map[TranscriptID][]Words, gone map[TranscriptID]bool) {
	lost := map[Words]bool{}
	var keys []PartnerID
	for of := range gone {
		for _, words := range said[of] {
			lost[words] = true
		}
		if len(said[of]) > 0 {
			keys = append(keys, (&TranscriptLaid{Transcript: of}).Holder())
		}
	}
	for viewer, seen := range lookAround(h.Alliance) {
		for _, words := range readable(reflect.ValueOf(seen)) {
			if lost[words] {
				t.Fatalf("%s reads %q, which is gone", labelOf(viewer), words.Text())
			}
		}
	}
	slices.Sort(keys)
	remains := keysOf(h.Remains())
	if slices.Sort(remains); !slices.Equal(keys, remains) {
		t.Fatalf("to be destroyed: %v, want %v", remains, keys)
	}
	without := fold(t, erased(h.facts, keys))
	if left := keysOf(without.Remains()); len(left) != 0 {
		t.Fatalf("destroyed, and still to be destroyed: %v", left)
	}
	for viewer, seen := range lookAround(without.Alliance) {
		if now, _ := h.See(personOf(viewer)); !reflect.DeepEqual(readLines(now), readLines(seen)) || !reflect.DeepEqual(whetherRead(now), whetherRead(seen)) {
			t.Fatalf("destroying what is gone changed what %s sees", labelOf(viewer))
		}
	}
}

// erased is a log in which some keys were destroyed.
func erased(facts []Fact, keys []PartnerID) []Fact {
	facts = slices.Clone(facts)
	for i, f := range facts {
		s, ok := f.Event.(Spoken)
		if !ok || !slices.Contains(keys, s.Holder()) {
			continue
		}
		empty := reflect.New(reflect.TypeOf(f.Event).Elem())
		empty.Elem().Set(reflect.ValueOf(f.Event).Elem())
		for _, words := range empty.Interface().(Spoken).Sayings() {
			*words = Words{}
		}
		facts[i].Event = empty.Interface().(Event)
	}
	return facts
}

// Whether somebody said rather not or has not answered is the same to all
// others, in what they see and in every answer that they get.
func TestANoIsNotTold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, second := begun(t, talkBegan(asksTo)), begun(t, talkBegan(asksTo))
		no := rapid.IntRange(0, 4).Draw(t, "when somebody says no")
		for i := range rapid.IntRange(1, 8).Draw(t, "length") {
			if i == no {
				if _, err := second.do(personOf(samira), Command{ID: id("no"), Arrived: now, Wish: says(false)}); err != nil && i == 0 {
					t.Fatal(err)
				}
			}
			by := evenly(t, "by", []PartnerID{noor, amira})
			wish := evenly(t, "wish", []Wish{
				saysUntil(inAMonth.AddDate(0, 0, -i)), saysUntil(inAMonth.AddDate(0, 0, -i)), says(true), says(false), lays(), Undo{id(fmt.Sprint("wish ", i-1))},
				AskTranscript{Dialogue: lookedOn("talk"), Until: inAMonth}, EndDialogue{lookedOn("talk")},
			})
			cmd := Command{ID: id(fmt.Sprint("wish ", i)), Arrived: now.Add(time.Duration(i) * time.Minute), Wish: wish}
			_, firstErr := first.do(personOf(by), cmd)
			_, secondErr := second.do(personOf(by), cmd)
			if fmt.Sprint(firstErr) != fmt.Sprint(secondErr) {
				t.Fatalf("%T: %v without an answer, %v with a no", wish, firstErr, secondErr)
			}
			for _, viewer := range []PartnerID{noor, amira} {
				a, _ := first.See(personOf(viewer))
				b, _ := second.See(personOf(viewer))
				if !reflect.DeepEqual(a, b) {
					t.Fatalf("after %T %s sees whether somebody said no", wish, labelOf(viewer))
				}
			}
		}
	})
}

// begun plays what was given, in a property.
func begun(t *rapid.T, steps []step) *world {
	w := newWorld()
	for i, s := range steps {
		if _, err := w.do(personOf(s.by), Command{ID: id(s.label), Arrived: now.Add(time.Duration(i)*time.Minute - time.Hour), Wish: s.wish}); err != nil {
			t.Fatal(s.label, err)
		}
	}
	return w
}
