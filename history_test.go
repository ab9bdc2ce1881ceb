package samenspel_test

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	. "samenspel"
)

// deed is one command of somebody, and what came of it.
type deed struct {
	person PersonID
	cmd    Command
	facts  []Fact
	err    error
}

// everybody is who may turn up in a history.
var everybody = []PartnerID{noor, amira, samira, joost, wout, bram}

// history grows an alliance of the four by random wishes of random people.
// Each text is said once, so that it can be traced; names of themes recur.
type history struct {
	*world
	deeds []deed
	known map[string][]string // ids so far, by what they name
}

// drawHistory begins at the table and draws what comes after. The callback is
// called around each drawn wish: before it, and with what came of it after.
func drawHistory(t *rapid.T, most int, each func(h *history, next func() deed)) *history {
	h := &history{world: newWorld(), known: map[string][]string{}}
	for i, s := range atTable() {
		d := h.act(personOf(s.by), Command{ID: id(s.label), Arrived: arrival(i), Wish: s.wish})
		if d.err != nil {
			t.Fatalf("%s: %v", s.label, d.err)
		}
	}
	for range rapid.IntRange(0, most).Draw(t, "length") {
		n := len(h.deeds)
		by := h.drawActor(t)
		cmd := Command{ID: id(fmt.Sprint("deed ", n)), Arrived: arrival(n), Wish: h.drawWish(t, by, n)}
		next := func() deed { return h.act(personOf(by), cmd) }
		if each == nil {
			next()
		} else {
			each(h, next)
		}
	}
	return h
}

func arrival(n int) time.Time { return now.Add(time.Duration(n) * time.Minute) }

func (h *history) act(person PersonID, cmd Command) deed {
	before := len(h.facts)
	_, err := h.do(person, cmd)
	d := deed{person: person, cmd: cmd, facts: h.facts[before:], err: err}
	h.deeds = append(h.deeds, d)
	for _, f := range d.facts {
		h.learn(f)
	}
	return d
}

// learn keeps the ids that a fact brings, to be used in later wishes.
func (h *history) learn(f Fact) {
	add := func(what string, id string) {
		if !slices.Contains(h.known[what], id) {
			h.known[what] = append(h.known[what], id)
		}
	}
	add("command", string(f.Command))
	switch e := f.Event.(type) {
	case *PartnerInvited:
		add("partner", string(e.Partner))
	case *PartnerJoined:
		add("partner", string(e.Partner))
	case *ThemeNamed:
		add("theme", string(e.Theme))
	case *StatementWorded:
		add("statement", string(e.Statement))
	case *EmotionNamed:
		add("emotion", string(e.Emotion))
	case *EmotionNoticed:
		add("emotion", string(e.Emotion))
	case *ViewPut:
		add("view", string(e.View))
	case *NoteWritten:
		add("note", string(e.Note))
	}
}

// drawActor is mostly one of the four.
func (h *history) drawActor(t *rapid.T) PartnerID {
	return rapid.SampledFrom([]PartnerID{amira, noor, amira, noor, samira, joost, amira, noor, samira, joost, wout, bram}).Draw(t, "by")
}

// drawID is one that is known, the youngest more often, or now and then one
// that was never made.
func drawID[ID ~string](t *rapid.T, h *history, what string) ID {
	known := h.known[what]
	if len(known) > 4 {
		known = append(slices.Clone(known), known[len(known)-4:]...)
	}
	return ID(rapid.SampledFrom(append(slices.Clone(known), "never made")).Draw(t, what))
}

func drawLayer(t *rapid.T) Layer {
	return rapid.SampledFrom([]Layer{Need, Behaviour, Need, Meaning, ""}).Draw(t, "layer")
}

func (h *history) drawWish(t *rapid.T, by PartnerID, n int) Wish {
	text := func(what string) Words { return Say(fmt.Sprint(what, " ", n)) }
	st := func() StatementID { return drawID[StatementID](t, h, "statement") }
	th := func() ThemeID { return drawID[ThemeID](t, h, "theme") }
	who := func() PartnerID { return drawID[PartnerID](t, h, "partner") }
	draw := []func() Wish{
		func() Wish { return h.drawWording(t, text) },
		func() Wish { return ConfirmStatement{Statement: st()} },
		func() Wish { return RewordStatement{Statement: st(), Words: text("reworded")} },
		func() Wish { return RefuseStatement{Statement: st()} },
		func() Wish { return ShareStatement{Statement: st(), SeenBy: h.drawAudience(t)} },
		func() Wish { return ShareStatement{Statement: st(), SeenBy: h.drawAudience(t)} },
		func() Wish { return PutView{Statement: st(), Words: text("view")} },
		func() Wish { return WithdrawView{drawID[ViewID](t, h, "view")} },
		func() Wish { return NameEmotion{Statement: st(), Word: text("feeling")} },
		func() Wish {
			answer := rapid.SampledFrom([]Feeling{Open, Declined, Met, Noticed, Gone}).Draw(t, "answer")
			return AnswerEmotion{Emotion: drawID[EmotionID](t, h, "emotion"), Answer: answer}
		},
		func() Wish { return Undo{h.lastOf(by)} },
		func() Wish { return Undo{drawID[CommandID](t, h, "command")} },
		func() Wish { return WithdrawStatement{Statement: st()} },
		func() Wish { return PlaceStatement{Statement: st(), Layer: drawLayer(t), Theme: th()} },
		func() Wish { return PlaceStatement{Statement: st(), Layer: drawLayer(t), NewTheme: drawThemeName(t)} },
		func() Wish { return NameTheme{drawThemeName(t)} },
		func() Wish { return PutThemeFirst{th()} },
		func() Wish { return SetLayerAside{Theme: th(), Layer: drawLayer(t)} },
		func() Wish { return TakeLayerUp{Theme: th(), Layer: drawLayer(t)} },
		func() Wish { return WriteNote{text("note")} },
		func() Wish { return WithdrawNote{drawID[NoteID](t, h, "note")} },
		func() Wish { return SetFirstSeen{h.drawAudience(t)} },
		func() Wish { return SetPace{rapid.SampledFrom(Paces[:]).Draw(t, "pace")} },
		func() Wish { return h.drawComing(t, text, who) },
	}
	// Speaking and answering make up most of a dialogue.
	return rapid.SampledFrom(slices.Concat(draw, draw[:10], draw[:6], draw[:1], draw[:1])).Draw(t, "wish")()
}

// drawComing is a wish about who is at the table.
func (h *history) drawComing(t *rapid.T, text func(string) Words, who func() PartnerID) Wish {
	draw := []func() Wish{
		func() Wish {
			return InvitePartner{Role: rapid.SampledFrom(Roles[:]).Draw(t, "role"), Name: text("name"), As: text("as")}
		},
		func() Wish { return JoinAlliance{Partner: who(), Alone: rapid.Bool().Draw(t, "alone")} },
		func() Wish { return LeaveAlliance{who()} },
		func() Wish { return RenewEntry{who()} },
	}
	return rapid.SampledFrom(draw).Draw(t, "coming")()
}

func (h *history) drawWording(t *rapid.T, text func(string) Words) Wish {
	w := WordStatement{Words: text("said"), Layer: drawLayer(t)}
	w.About = rapid.SampledFrom([]PartnerID{"", amira, amira, samira, noor}).Draw(t, "about")
	w.SaidBy = rapid.SampledFrom([]PartnerID{"", "", amira}).Draw(t, "said by")
	w.Kind = rapid.SampledFrom([]Kind{"", "", Guess, Observation}).Draw(t, "kind")
	switch rapid.IntRange(0, 3).Draw(t, "in theme") {
	case 1:
		w.NewTheme = drawThemeName(t)
	case 2:
		w.Theme = drawID[ThemeID](t, h, "theme")
	}
	if rapid.IntRange(0, 3).Draw(t, "with feeling") == 3 {
		w.Emotion = text("feeling")
	}
	if w.Chosen = rapid.Bool().Draw(t, "chosen"); w.Chosen {
		w.SeenBy = h.drawAudience(t)
	}
	return w
}

func drawThemeName(t *rapid.T) Words {
	return Say(rapid.SampledFrom([]string{"money", "Money", "sleep", "work"}).Draw(t, "name"))
}

// drawAudience is some of the four.
func (h *history) drawAudience(t *rapid.T) []PartnerID {
	return rapid.SliceOfNDistinct(rapid.SampledFrom([]PartnerID{noor, amira, samira, joost}), 0, 3, rapid.ID[PartnerID]).Draw(t, "audience")
}

// lastOf is the command by which a partner last changed something.
func (h *history) lastOf(by PartnerID) CommandID {
	for _, f := range slices.Backward(h.facts) {
		if f.Person == personOf(by) {
			return f.Command
		}
	}
	return "never made"
}

// fold makes an alliance from facts alone.
func fold(t interface{ Fatal(...any) }, facts []Fact) *world {
	w := newWorld()
	for _, f := range facts {
		if err := w.Apply(f); err != nil {
			t.Fatal(err)
		}
	}
	w.facts = slices.Clip(facts)
	return w
}
