package samenspel_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	chapters = append(chapters, func() chapter {
		return &talkChapter{talks: map[DialogueID]*ledgerTalk{}, topics: map[TopicID]*ledgerTopic{}, known: map[CommandID]ledgerLaid{}}
	})
	moreLearned = append(moreLearned, learnTalks)
	moreLooked = append(moreLooked, lookAtTalks)
	moreWishes = append(moreWishes, drawTalks)
}

// talkChapter is the plain rule for dialogues: they are for those they are
// with. Topics that their owner keeps, wishes that somebody is rather not
// there, and words on the table that somebody may not see are hidden inside.
type talkChapter struct {
	ledger *ledger
	talks  map[DialogueID]*ledgerTalk
	topics map[TopicID]*ledgerTopic
	known  map[CommandID]ledgerLaid // all that was ever laid
}

type ledgerTalk struct {
	with           []PartnerID
	gone           bool
	where, support Words
	wishes         map[string]PresenceWished // by who wishes what about whom
	laid           []ledgerLaid
	reasons        [5]Words
}

type ledgerLaid struct {
	statement StatementID
	command   CommandID
	at        time.Time
}

type ledgerTopic struct {
	talk        DialogueID
	by          PartnerID
	words       Words
	alone, gone bool
}

func (c *talkChapter) learn(m *ledger, f Fact) {
	c.ledger = m
	switch e := f.Event.(type) {
	case *DialoguePlanned:
		k := c.talks[e.Dialogue]
		if k == nil {
			k = &ledgerTalk{wishes: map[string]PresenceWished{}}
			c.talks[e.Dialogue] = k
		}
		k.with, k.where, k.support = e.With, e.Where, e.Support
	case *DialogueCancelled:
		c.talks[e.Dialogue].gone = true
	case *DialogueRestored:
		c.talks[e.Dialogue].gone = false
	case *TopicPut:
		c.topics[e.Topic] = &ledgerTopic{talk: e.Dialogue, by: e.By, words: e.Words, alone: e.Alone}
	case *TopicShown:
		c.topics[e.Topic].alone = e.Alone
	case *TopicWithdrawn:
		c.topics[e.Topic].gone = true
	case *TopicRestored:
		c.topics[e.Topic].gone = false
	case *PresenceWished:
		c.talks[e.Dialogue].wishes[wishThing(e)] = *e
	case *ActivityTurned:
		c.talks[e.Dialogue].reasons[slices.Index(Activities[:], e.Activity)] = e.Reason
	default:
		c.learnLaid(f)
	}
}

func (c *talkChapter) learnLaid(f Fact) {
	switch e := f.Event.(type) {
	case *WordsLaid:
		k := c.talks[e.Dialogue]
		c.known[f.Command] = ledgerLaid{e.Statement, f.Command, f.At}
		k.laid = append(k.laid, c.known[f.Command])
	case *WordsTakenBack:
		k := c.talks[e.Dialogue]
		if e.Back {
			k.laid = append(k.laid, ledgerLaid{e.Statement, e.Laid, e.At})
			return
		}
		k.laid = slices.DeleteFunc(k.laid, func(l ledgerLaid) bool { return l.command == e.Laid })
	}
}

func wishThing(e *PresenceWished) string {
	return fmt.Sprint("presence ", e.Dialogue, e.By, e.Who)
}

func laidThing(of DialogueID, statement StatementID, at time.Time) string {
	return fmt.Sprint("laid ", of, statement, at.UnixNano())
}

func (k *ledgerTalk) isWith(viewer PartnerID) bool {
	return k != nil && !k.gone && slices.Contains(k.with, viewer)
}

func (c *talkChapter) maySeeTopic(p *ledgerTopic, viewer PartnerID) bool {
	return !p.gone && c.talks[p.talk].isWith(viewer) && (p.by == viewer || !p.alone)
}

func maySeeWish(e PresenceWished, viewer PartnerID) bool {
	if e.Wish == "" {
		return false
	}
	return e.Wish == There || viewer == e.By || (viewer != e.Who && slices.Contains(e.SeenBy, viewer))
}

func (c *talkChapter) maySeeLaid(of DialogueID, l ledgerLaid, viewer PartnerID) bool {
	s := c.ledger.statements[l.statement]
	return c.talks[of].isWith(viewer) && c.ledger.mayLie(l.statement, viewer) && s.answers[len(s.answers)-1] != RefusedByMe
}

func (c *talkChapter) mayBeSeen(viewer PartnerID) (list []string) {
	for of, k := range c.talks {
		if !k.isWith(viewer) {
			continue
		}
		list = append(list, "dialogue "+string(of))
		for thing, e := range k.wishes {
			if maySeeWish(e, viewer) {
				list = append(list, thing)
			}
		}
		for _, l := range k.laid {
			if c.maySeeLaid(of, l, viewer) {
				list = append(list, laidThing(of, l.statement, l.at))
			}
		}
	}
	for of, p := range c.topics {
		if c.maySeeTopic(p, viewer) {
			list = append(list, "topic "+string(of))
		}
	}
	return list
}

func (c *talkChapter) isSeen(seen *Seen) (list []string) {
	for _, d := range seen.Dialogues {
		list = append(list, "dialogue "+string(d.ID))
		for _, p := range d.Topics {
			list = append(list, "topic "+string(p.ID))
		}
		for _, w := range d.Presence {
			list = append(list, wishThing(&PresenceWished{Dialogue: d.ID, By: w.By, Who: w.Who}))
		}
		for _, l := range d.Laid {
			list = append(list, laidThing(d.ID, l.Statement, l.At))
		}
	}
	return list
}

func (c *talkChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for _, k := range c.talks {
		if k.isWith(viewer) {
			may[k.where], may[k.support] = true, true
			for _, reason := range k.reasons {
				may[reason] = true
			}
		}
	}
	for _, p := range c.topics {
		may[p.words] = may[p.words] || c.maySeeTopic(p, viewer)
	}
}

func (c *talkChapter) of(f Fact) (string, bool) {
	in := func(of DialogueID) (string, bool) { return "dialogue " + string(of), true }
	switch e := f.Event.(type) {
	case *DialoguePlanned:
		return in(e.Dialogue)
	case *DialogueCancelled:
		return in(e.Dialogue)
	case *DialogueRestored:
		return in(e.Dialogue)
	case *DialogueBegun:
		return in(e.Dialogue)
	case *DialogueEnded:
		return in(e.Dialogue)
	case *DialogueReset:
		return in(e.Dialogue)
	case *TurnGiven:
		return in(e.Dialogue)
	case *ActivityTurned:
		return in(e.Dialogue)
	case *ActivityMoved:
		return in(e.Dialogue)
	case *WindSet:
		return in(e.Dialogue)
	case *PresenceWished:
		return wishThing(e), true
	case *WordsLaid:
		return laidThing(e.Dialogue, e.Statement, f.At), true
	case *WordsTakenBack:
		l := c.known[e.Laid]
		return laidThing(e.Dialogue, l.statement, l.at), true
	}
	return c.topicOf(f)
}

func (c *talkChapter) topicOf(f Fact) (string, bool) {
	switch e := f.Event.(type) {
	case *TopicPut:
		return "topic " + string(e.Topic), true
	case *TopicShown:
		return "topic " + string(e.Topic), true
	case *TopicSettled:
		return "topic " + string(e.Topic), true
	case *TopicWithdrawn:
		return "topic " + string(e.Topic), true
	case *TopicRestored:
		return "topic " + string(e.Topic), true
	}
	return "", false
}

func (c *talkChapter) purged(event Event, viewer PartnerID) Event {
	e, ok := event.(*PresenceWished)
	if !ok || e.By == viewer {
		return event
	}
	wished := *e
	wished.SeenBy = slices.DeleteFunc(slices.Clone(e.SeenBy), func(p PartnerID) bool { return p != viewer })
	return &wished
}

func learnTalks(f Fact, add func(what, id string)) {
	switch e := f.Event.(type) {
	case *DialoguePlanned:
		add("dialogue", string(e.Dialogue))
	case *TopicPut:
		add("topic", string(e.Topic))
	}
}

func lookAtTalks(seen *Seen, add func(what, id string, about PartnerID)) {
	for _, d := range seen.Dialogues {
		add("dialogue", string(d.ID), d.By)
		if d.Standing == On {
			add("dialogue on", string(d.ID), d.By)
		}
		for _, p := range d.Topics {
			add("topic", string(p.ID), p.By)
		}
	}
}

// drawTalk is mostly a dialogue that is on, now and then another.
func drawTalk(t *rapid.T, h *history) DialogueID {
	if evenly(t, "one that is on", []bool{true, true, true, false}) {
		return drawID[DialogueID](t, h, "dialogue on")
	}
	return drawID[DialogueID](t, h, "dialogue")
}

func drawTalks(t *rapid.T, h *history, text func(string) Words) Wish {
	if len(h.sight["dialogue on"]) == 0 {
		return drawPlanning(t, h, text)
	}
	return evenly(t, "at a dialogue", []func(*rapid.T, *history, func(string) Words) Wish{
		drawPlanning, drawAtTable, drawAtTable, drawAtTable, drawTopic, drawTopic, drawBalloon,
	})(t, h, text)
}

func drawPlanning(t *rapid.T, h *history, text func(string) Words) Wish {
	draw := []func() Wish{
		func() Wish {
			return PlanDialogue{With: drawAudience(t), Where: text("where"), Minutes: evenly(t, "minutes", []int{0, 60, 90})}
		},
		func() Wish {
			return PlanDialogue{Dialogue: drawTalk(t, h), With: drawAudience(t), Where: text("where"), Support: text("support")}
		},
		func() Wish { return CancelDialogue{drawID[DialogueID](t, h, "dialogue")} },
		func() Wish { return BeginDialogue{drawID[DialogueID](t, h, "dialogue")} },
		func() Wish { return BeginDialogue{drawID[DialogueID](t, h, "dialogue")} },
		func() Wish { return EndDialogue{drawTalk(t, h)} },
		func() Wish {
			wish := evenly(t, "presence", []Presence{There, RatherNot, RatherNot, ""})
			return WishPresence{Dialogue: drawTalk(t, h), Who: evenly(t, "who", everybody), Wish: wish}
		},
	}
	return evenly(t, "planning", draw)()
}

func drawAtTable(t *rapid.T, h *history, text func(string) Words) Wish {
	draw := []func() Wish{
		func() Wish {
			w := h.drawWording(t, text).(WordStatement)
			w.Dialogue = drawTalk(t, h)
			return w
		},
		func() Wish { return LayWords{drawTalk(t, h), drawID[StatementID](t, h, "statement")} },
		func() Wish { return GiveTurn{drawTalk(t, h), evenly(t, "to", everybody)} },
	}
	return evenly(t, "at the table", draw)()
}

func drawTopic(t *rapid.T, h *history, text func(string) Words) Wish {
	own := func() TopicID { return drawID[TopicID](t, h, "topic", "own") }
	draw := []func() Wish{
		func() Wish { return PutTopic{drawTalk(t, h), text("topic"), rapid.Bool().Draw(t, "alone")} },
		func() Wish { return PutTopic{drawTalk(t, h), text("topic"), rapid.Bool().Draw(t, "alone")} },
		func() Wish { return ShowTopic{own(), rapid.Bool().Draw(t, "alone")} },
		func() Wish { return SettleTopic{own(), rapid.Bool().Draw(t, "settled")} },
		func() Wish { return WithdrawTopic{drawID[TopicID](t, h, "topic")} },
	}
	return evenly(t, "topic wish", draw)()
}

func drawBalloon(t *rapid.T, h *history, text func(string) Words) Wish {
	activity := evenly(t, "activity", Activities[:])
	draw := []func() Wish{
		func() Wish {
			to := evenly(t, "to", []BalloonStanding{Entered, Been, Skipped, NotYet})
			return TurnActivity{drawTalk(t, h), activity, to, text("reason")}
		},
		func() Wish { return MoveActivity{drawTalk(t, h), activity, Spot{Moved: true, X: 10, Y: 20}} },
		func() Wish { return SetWind{drawTalk(t, h), Wind{People: 1}} },
	}
	return evenly(t, "balloon", draw)()
}
