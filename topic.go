package samenspel

import (
	"slices"
	"time"
)

// TopicID names something that a partner wants to talk about.
type TopicID string

const (
	maxTopics = 60  // of one partner in one dialogue
	MaxTopic  = 300 // characters: what somebody wants to talk about
)

// topic is what one partner wants to talk about. Whoever put it says when it
// is talked through; until then it comes back the next time.
type topic struct {
	id        TopicID
	talk      *talk
	by        PartnerID
	words     Words
	at        time.Time
	alone     bool // only for who put it
	settled   bool
	withdrawn bool
}

// isFor reports whether somebody may see a topic.
func (p *topic) isFor(viewer PartnerID) bool {
	return !p.withdrawn && p.talk.isFor(viewer) && (viewer == p.by || !p.alone)
}

// presence is who somebody wants to be there, or rather not.
type presence struct {
	by     PartnerID
	who    PartnerID
	wish   Presence
	seenBy []PartnerID // of a "rather not", besides who wishes it
}

// Presence is a wish about somebody's being there. The empty one takes an
// earlier wish back.
type Presence string

// The two wishes.
const (
	There     Presence = "there"
	RatherNot Presence = "rather_not"
)

// PutTopic says: this I want to talk about.
type PutTopic struct {
	Dialogue DialogueID
	Words    Words
	Alone    bool // for now only I see it
}

func (w PutTopic) decide(t turn) ([]Event, error) {
	k, err := t.talk(w.Dialogue)
	if err != nil {
		return nil, err
	}
	mine := 0
	for _, id := range k.topics {
		if p := t.talks.topics[id]; p.by == t.by.id && !p.withdrawn {
			mine++
		}
	}
	switch {
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	case mine >= maxTopics:
		return nil, refused("refused.too_many")
	}
	return []Event{&TopicPut{Topic: TopicID(t.cmd.ID), Dialogue: k.id, By: t.by.id, Alone: w.Alone, Words: w.Words}}, nil
}

// TopicPut is the fact that somebody said what they want to talk about.
type TopicPut struct {
	Topic    TopicID    `json:"topic"`
	Dialogue DialogueID `json:"dialogue"`
	By       PartnerID  `json:"by"`
	Alone    bool       `json:"alone,omitempty"`
	Words    Words      `json:"-"`
}

// Kind is "topic.put".
func (*TopicPut) Kind() string { return "topic.put" }

// Holder is who put it.
func (e *TopicPut) Holder() PartnerID { return e.By }

// Sayings are the words.
func (e *TopicPut) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *TopicPut) apply(a *Alliance, f Fact) reversal {
	r := reversal{subject: string(e.Topic), undo: &TopicWithdrawn{Topic: e.Topic}}
	if k := a.talks.of[e.Dialogue]; k != nil {
		r.in = k
		a.talks.topics[e.Topic] = &topic{id: e.Topic, talk: k, by: e.By, words: e.Words, at: f.At, alone: e.Alone}
		k.topics = append(k.topics, e.Topic)
	}
	return r
}

// ownTopic is a topic that the actor put and may see.
func (t turn) ownTopic(id TopicID) (*topic, error) {
	p := t.talks.topics[id]
	switch {
	case p == nil || !p.isFor(t.by.id):
		return nil, ErrNotFound
	case p.by != t.by.id:
		return nil, refused("refused.topic")
	}
	return p, nil
}

// ShowTopic shows a topic to the others in the dialogue, or hides it again.
type ShowTopic struct {
	Topic TopicID
	Alone bool
}

func (w ShowTopic) decide(t turn) ([]Event, error) {
	p, err := t.ownTopic(w.Topic)
	if err != nil || p.alone == w.Alone {
		return nil, err
	}
	return []Event{&TopicShown{Topic: p.id, Alone: w.Alone}}, nil
}

// TopicShown is the fact that a topic is for all in the dialogue, or for who
// put it alone.
type TopicShown struct {
	Topic TopicID `json:"topic"`
	Alone bool    `json:"alone,omitempty"`
}

// Kind is "topic.shown".
func (*TopicShown) Kind() string { return "topic.shown" }

func (e *TopicShown) apply(a *Alliance, _ Fact) reversal {
	return a.turnTopic(e.Topic, &TopicShown{Topic: e.Topic, Alone: !e.Alone}, func(p *topic) { p.alone = e.Alone })
}

// SettleTopic says that a topic was talked through, or that it is not yet.
type SettleTopic struct {
	Topic   TopicID
	Settled bool
}

func (w SettleTopic) decide(t turn) ([]Event, error) {
	p, err := t.ownTopic(w.Topic)
	if err != nil || p.settled == w.Settled {
		return nil, err
	}
	return []Event{&TopicSettled{Topic: p.id, Settled: w.Settled}}, nil
}

// TopicSettled is the fact that whoever put a topic said that it is talked
// through, or not.
type TopicSettled struct {
	Topic   TopicID `json:"topic"`
	Settled bool    `json:"settled,omitempty"`
}

// Kind is "topic.settled".
func (*TopicSettled) Kind() string { return "topic.settled" }

func (e *TopicSettled) apply(a *Alliance, _ Fact) reversal {
	return a.turnTopic(e.Topic, &TopicSettled{Topic: e.Topic, Settled: !e.Settled}, func(p *topic) { p.settled = e.Settled })
}

// WithdrawTopic takes one's own topic away.
type WithdrawTopic struct{ Topic TopicID }

func (w WithdrawTopic) decide(t turn) ([]Event, error) {
	p, err := t.ownTopic(w.Topic)
	if err != nil {
		return nil, err
	}
	return []Event{&TopicWithdrawn{Topic: p.id}}, nil
}

// TopicWithdrawn is the fact that a topic was taken away.
type TopicWithdrawn struct {
	Topic TopicID `json:"topic"`
}

// Kind is "topic.withdrawn".
func (*TopicWithdrawn) Kind() string { return "topic.withdrawn" }

func (e *TopicWithdrawn) apply(a *Alliance, _ Fact) reversal {
	return a.turnTopic(e.Topic, &TopicRestored{Topic: e.Topic}, func(p *topic) { p.withdrawn = true })
}

// TopicRestored is the fact that taking it away was undone.
type TopicRestored struct {
	Topic TopicID `json:"topic"`
}

// Kind is "topic.restored".
func (*TopicRestored) Kind() string { return "topic.restored" }

func (e *TopicRestored) apply(a *Alliance, _ Fact) reversal {
	return a.turnTopic(e.Topic, &TopicWithdrawn{Topic: e.Topic}, func(p *topic) { p.withdrawn = false })
}

func (a *Alliance) turnTopic(id TopicID, undo Event, change func(*topic)) reversal {
	r := reversal{subject: string(id), undo: undo}
	if p := a.talks.topics[id]; p != nil {
		r.in = p.talk
		change(p)
	}
	return r
}

// WishPresence says who should be there, or rather not. That somebody should
// is for all in the dialogue. That another should not is for those in it who
// see first what is said about the one who wishes it, and never for the one it
// is about. About oneself it is an answer to being asked, and all in the
// dialogue see it.
type WishPresence struct {
	Dialogue DialogueID
	Who      PartnerID
	Wish     Presence
}

func (w WishPresence) decide(t turn) ([]Event, error) {
	k, err := t.talk(w.Dialogue)
	who := t.partners[w.Who]
	switch {
	case err != nil:
		return nil, err
	case !who.awaited():
		return nil, ErrNotFound
	case w.Wish != "" && w.Wish != There && w.Wish != RatherNot:
		return nil, invalid("invalid.presence")
	case k.wishOf(t.by.id, w.Who).wish == w.Wish:
		return nil, nil
	}
	e := &PresenceWished{Dialogue: k.id, By: t.by.id, Who: w.Who, Wish: w.Wish}
	switch {
	case w.Wish != RatherNot:
	case who == t.by:
		e.SeenBy = slices.DeleteFunc(slices.Clone(k.with), func(p PartnerID) bool { return p == t.by.id })
	default:
		e.SeenBy = slices.DeleteFunc(t.confidants(k, t.by), func(p PartnerID) bool { return p == w.Who })
	}
	return []Event{e}, nil
}

// confidants are those in a dialogue who see at once what is said about
// somebody.
func (a *Alliance) confidants(k *talk, of *partner) []PartnerID {
	return slices.DeleteFunc(slices.Clone(of.firstSeen), func(p PartnerID) bool {
		return p == of.id || !k.isFor(p) || !a.partners[p].here()
	})
}

// wishOf is what somebody wishes about another's being there.
func (k *talk) wishOf(by, who PartnerID) presence {
	for _, p := range k.wishes {
		if p.by == by && p.who == who {
			return p
		}
	}
	return presence{by: by, who: who}
}

// PresenceWished is the fact that somebody said who should be there, or
// rather not, or took that back.
type PresenceWished struct {
	Dialogue DialogueID  `json:"dialogue"`
	By       PartnerID   `json:"by"`
	Who      PartnerID   `json:"who"`
	Wish     Presence    `json:"wish,omitempty"`
	SeenBy   []PartnerID `json:"seen_by,omitempty"`
}

// Kind is "presence.wished".
func (*PresenceWished) Kind() string { return "presence.wished" }

func (e *PresenceWished) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Dialogue) + "/presence/" + string(e.By) + "/" + string(e.Who)}
	k := a.talks.of[e.Dialogue]
	if k == nil {
		return r
	}
	r.in = k
	before := k.wishOf(e.By, e.Who)
	r.undo = &PresenceWished{Dialogue: k.id, By: e.By, Who: e.Who, Wish: before.wish, SeenBy: before.seenBy}
	k.wishes = slices.DeleteFunc(k.wishes, func(p presence) bool { return p.by == e.By && p.who == e.Who })
	if e.Wish != "" {
		k.wishes = append(k.wishes, presence{by: e.By, who: e.Who, wish: e.Wish, seenBy: e.SeenBy})
	}
	return r
}

// isFor reports whether somebody may see a wish about who is there.
func (p presence) isFor(viewer PartnerID) bool {
	return viewer == p.by || p.wish == There || viewer != p.who && slices.Contains(p.seenBy, viewer)
}
