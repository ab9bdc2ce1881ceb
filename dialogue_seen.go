package samenspel

import (
	"slices"
	"time"
)

// SeenDialogue is a dialogue that the viewer is in.
type SeenDialogue struct {
	ID       DialogueID
	By       PartnerID // who planned it first
	With     []PartnerID
	At       time.Time // zero while no time was chosen
	DayOnly  bool      // the day was chosen, and no hour yet
	Minutes  int       // 0 while nobody said how long
	Where    Words
	Support  Words
	Standing TalkStanding
	Begun    time.Time
	Over     time.Time
	Has      PartnerID   // who has the word, or ""
	Laid     []SeenLaid  // words on the table, as they were laid
	Card     StatementID // the last of them, or ""
	Topics   []SeenTopic // as they were put
	Presence []SeenPresence
	// Confidants see it when the viewer says of another: rather not. The one
	// whom it is about never does, also when they stand here.
	Confidants []PartnerID
	Balloons   [5]SeenBalloon // as [Activities]
	Wind       Wind
	Turn       int // goes into the form that changes the plan
}

// SeenLaid is words that were laid on the table: a bead in the road of the
// conversation.
type SeenLaid struct {
	Statement StatementID
	By        PartnerID
	At        time.Time
}

// SeenTopic is something that a partner wants to talk about.
type SeenTopic struct {
	ID      TopicID
	By      PartnerID
	Words   Words
	At      time.Time
	Alone   bool // nobody but the viewer sees it
	Settled bool
	Mine    bool // the viewer put it, and may settle, show and withdraw it
}

// SeenPresence is who somebody wants to be there, or rather not.
type SeenPresence struct {
	By     PartnerID
	Who    PartnerID
	Wish   Presence
	SeenBy []PartnerID // for who wishes it: who sees it besides them
}

func (a *Alliance) seeTalks(s *Seen, you *partner) {
	for _, id := range a.talks.order {
		if k := a.talks.of[id]; k.isFor(you.id) {
			s.Dialogues = append(s.Dialogues, a.seenDialogue(k, you))
		}
	}
}

func (a *Alliance) seenDialogue(k *talk, viewer *partner) SeenDialogue {
	you := viewer.id
	seen := SeenDialogue{
		ID: k.id, By: k.by, At: k.at, DayOnly: k.dayOnly, Minutes: k.minutes, Where: k.where, Support: k.support,
		Standing: k.standing(), Begun: k.begun, Over: k.over, Card: a.card(k, you), Turn: k.turn, Confidants: a.confidants(k, viewer),
	}
	for _, id := range k.with {
		if p := a.partners[id]; !p.left || p.person != "" { // no invitation that was taken back
			seen.With = append(seen.With, id)
		}
	}
	if k.isFor(k.has) && a.partners[k.has].awaited() {
		seen.Has = k.has
	}
	for _, l := range k.laid {
		if s := a.statements[l.statement]; a.shows(s, you) && s.now().standing != RefusedByMe {
			seen.Laid = append(seen.Laid, SeenLaid{Statement: s.id, By: l.by, At: l.at})
		}
	}
	for _, id := range k.topics {
		if p := a.talks.topics[id]; p.isFor(you) {
			seen.Topics = append(seen.Topics, SeenTopic{ID: p.id, By: p.by, Words: p.words, At: p.at, Alone: p.alone, Settled: p.settled, Mine: p.by == you})
		}
	}
	for _, w := range k.wishes {
		if !w.isFor(you) {
			continue
		}
		p := SeenPresence{By: w.by, Who: w.who, Wish: w.wish}
		if w.by == you {
			p.SeenBy = slices.Clone(w.seenBy)
		}
		seen.Presence = append(seen.Presence, p)
	}
	seen.Balloons, seen.Wind = a.seenBalloons(k, you)
	return seen
}

// Dialogue gives a dialogue by id, or nil.
func (s *Seen) Dialogue(id DialogueID) *SeenDialogue {
	for i := range s.Dialogues {
		if s.Dialogues[i].ID == id {
			return &s.Dialogues[i]
		}
	}
	return nil
}

// Outside are those who are not in a dialogue and whose words lie on its table,
// or are what something there changed for.
func (s *Seen) Outside(d *SeenDialogue) []PartnerID {
	there := map[StatementID]bool{}
	for _, l := range d.Laid {
		there[l.Statement] = true
	}
	for _, c := range s.Changed {
		if c.Dialogue == d.ID {
			there[c.Because] = true
		}
	}
	var list []PartnerID
	for i := 0; i < len(s.Statements) && len(there) > 0; i++ {
		st := &s.Statements[i]
		if there[st.ID] && !slices.Contains(d.With, st.About) && !slices.Contains(list, st.About) {
			list = append(list, st.About)
		}
	}
	return list
}

// NextDialogue is the dialogue that is on or comes next, or nil: one that is
// on first, then by its time; those without a time come last.
func (s *Seen) NextDialogue() *SeenDialogue {
	var next *SeenDialogue
	for i := range s.Dialogues {
		d := &s.Dialogues[i]
		if d.Standing != Over && (next == nil || d.before(next)) {
			next = d
		}
	}
	return next
}

func (d *SeenDialogue) before(other *SeenDialogue) bool {
	switch {
	case (d.Standing == On) != (other.Standing == On):
		return d.Standing == On
	case d.At.IsZero() || other.At.IsZero():
		return !d.At.IsZero()
	}
	return d.At.Before(other.At)
}

// LastDialogue is the dialogue that was over last, or nil.
func (s *Seen) LastDialogue() *SeenDialogue {
	var last *SeenDialogue
	for i := range s.Dialogues {
		if d := &s.Dialogues[i]; d.Standing == Over && (last == nil || d.Over.After(last.Over)) {
			last = d
		}
	}
	return last
}

// OpenTopics are what people wanted to talk about in dialogues that are over
// and did not say is talked through, the oldest first: they come back by
// themselves.
func (s *Seen) OpenTopics() []SeenTopic {
	var open []SeenTopic
	for _, d := range s.Dialogues {
		if d.Standing != Over {
			continue
		}
		for _, t := range d.Topics {
			if !t.Settled {
				open = append(open, t)
			}
		}
	}
	slices.SortStableFunc(open, func(x, y SeenTopic) int { return x.At.Compare(y.At) })
	return open
}

// OpenEmotion is an emotion that its owner has not called met.
type OpenEmotion struct {
	Statement *SeenStatement
	Emotion   *SeenEmotion
}

// OpenEmotions are the emotions that are open, the oldest first: they come
// back until their owner says that they were met.
func (s *Seen) OpenEmotions() []OpenEmotion {
	var open []OpenEmotion
	for i := range s.Statements {
		st := &s.Statements[i]
		for j := range st.Emotions {
			if st.Emotions[j].Feeling == Open && st.Standing != RefusedByMe {
				open = append(open, OpenEmotion{st, &st.Emotions[j]})
			}
		}
	}
	slices.SortStableFunc(open, func(x, y OpenEmotion) int { return x.Emotion.At.Compare(y.Emotion.At) })
	return open
}
