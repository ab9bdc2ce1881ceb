package report

import (
	"slices"
	"time"

	"samenspel"
)

// dialogues are the conversations that the person was in, or will be.
var dialogues = section{
	name: "dialogues",
	things: func(t *telling) []int {
		var list []int
		for _, d := range t.Seen.Dialogues {
			list = append(list, 1+len(d.Topics)+len(d.Laid))
		}
		return list
	},
	add: func(t *telling, d *Data) {
		for _, k := range t.talks(t.Seen.Dialogues) {
			d.Dialogues = append(d.Dialogues, k.data())
		}
	},
}

// Dialogue is a conversation that the person was in.
type Dialogue struct {
	ID       string                 `json:"id"`
	At       *time.Time             `json:"at,omitempty"`
	DayOnly  bool                   `json:"day_only,omitempty"`
	Minutes  int                    `json:"minutes,omitempty"`
	Standing samenspel.TalkStanding `json:"standing"`
	Begun    *time.Time             `json:"begun,omitempty"`
	Over     *time.Time             `json:"over,omitempty"`
	With     []string               `json:"with,omitempty"`
	Where    string                 `json:"where,omitempty"`
	Support  string                 `json:"support,omitempty"`
	Topics   []Topic                `json:"topics,omitempty"`
	Laid     []string               `json:"laid,omitempty"`
}

// Topic is what the person wanted to talk about.
type Topic struct {
	Words   string    `json:"words"`
	At      time.Time `json:"at"`
	Settled bool      `json:"settled,omitempty"`
	Alone   bool      `json:"alone,omitempty"`
}

// Dialogues are those of this part of a document.
func (t *telling) Dialogues() []talk { return t.talks(cut(t.Seen.Dialogues, t.from, t.to)) }

func (t *telling) talks(seen []samenspel.SeenDialogue) []talk {
	var list []talk
	for i := range seen {
		list = append(list, talk{t, &seen[i]})
	}
	return list
}

// talk is a dialogue on a page.
type talk struct {
	*telling
	D *samenspel.SeenDialogue
}

func (k talk) data() Dialogue {
	out := Dialogue{
		ID: k.local[k.D.ID], At: moment(k.D.At), DayOnly: k.D.DayOnly, Minutes: k.D.Minutes, Standing: k.D.Standing,
		Begun: moment(k.D.Begun), Over: moment(k.D.Over), Where: said(k.D.Where), Support: said(k.D.Support),
	}
	for _, id := range k.others() {
		if name := k.Name(id); name != "" {
			out.With = append(out.With, name)
		}
	}
	for _, p := range k.Topics() {
		out.Topics = append(out.Topics, Topic{said(p.Words), p.At.UTC(), p.Settled, p.Alone})
	}
	for _, s := range k.Laid() {
		out.Laid = append(out.Laid, k.local[s.S.ID])
	}
	return out
}

// moment is a moment, or nothing where there is none.
func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}

func (k talk) others() []samenspel.PartnerID {
	return slices.DeleteFunc(slices.Clone(k.D.With), func(id samenspel.PartnerID) bool { return id == k.You.ID })
}

// With is who else is there, as in a sentence.
func (k talk) With() string { return k.Names(k.others()) }

// When says when it began, or else when it is to be.
func (k talk) When() string {
	switch {
	case !k.D.Begun.IsZero():
		return k.On(k.D.Begun)
	case k.D.At.IsZero():
		return k.T("dialogue.no_day")
	case k.D.DayOnly:
		return k.On(k.D.At)
	}
	return k.Moment(k.D.At.In(k.Zone))
}

// Topics are the person's own.
func (k talk) Topics() []samenspel.SeenTopic {
	return slices.DeleteFunc(slices.Clone(k.D.Topics), func(p samenspel.SeenTopic) bool { return !p.Mine })
}

// Laid is what was said about the person and lay on the table, each once.
func (k talk) Laid() []saying {
	var list []saying
	once := map[samenspel.StatementID]bool{}
	for _, l := range k.D.Laid {
		if s := k.in[l.Statement]; s != nil && !once[s.ID] {
			once[s.ID] = true
			list = append(list, saying{k.telling, s})
		}
	}
	return list
}
