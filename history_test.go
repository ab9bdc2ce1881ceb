package samenspel_test

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
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

// String tells the deed, for whoever reads why a property does not hold.
func (d deed) String() string {
	outcome := fmt.Sprint(d.err)
	if d.err == nil {
		outcome = fmt.Sprintf("%d facts", len(d.facts))
	}
	return legible(fmt.Sprintf("%s: %s, %T%+v: %s", d.cmd.ID, d.person, d.cmd.Wish, d.cmd.Wish, outcome))
}

// everybody is who may turn up in a history.
var everybody = []PartnerID{noor, amira, samira, joost, wout, bram}

// history grows an alliance of the four by random wishes of random people.
// Each text is said once, so that it can be traced; names of themes recur.
type history struct {
	*world
	deeds []deed
	known map[string][]string // ids so far, by what they name
	sight map[string][]string // those that the next actor sees
	focus int                 // which of the further wishes this history is mostly about, or -1
}

// start is where a history begins, and what it is mostly about: for what
// people seldom come to by chance.
type start struct {
	steps func() []step
	focus int
}

// moreStarts are those besides the table. Each file of tests that needs one
// adds it.
var moreStarts []start

// drawHistory begins at the table, or further on, and draws what comes after:
// at least half of most. Where each is given, it is called for every wish
// after the beginning and does it by next.
func drawHistory(t *rapid.T, most int, each func(h *history, next func() deed)) *history {
	h := &history{world: newWorld(), known: map[string][]string{}}
	begin := start{steps: atTable, focus: rapid.IntRange(-1, len(moreWishes)-1).Draw(t, "focus")}
	if evenly(t, "further on", []bool{false, false, false, true}) {
		begin = evenly(t, "start", moreStarts)
	}
	h.focus = begin.focus
	for i, s := range begin.steps() {
		d := h.act(personOf(s.by), Command{ID: id(s.label), Arrived: arrival(i), Wish: s.wish})
		if d.err != nil {
			t.Fatalf("%s: %v", s.label, d.err)
		}
	}
	for range rapid.IntRange(most/2, most).Draw(t, "length") {
		n := len(h.deeds)
		by := drawActor(t)
		h.look(by)
		cmd := Command{ID: id(fmt.Sprint("deed ", n)), Arrived: arrival(n), Wish: h.drawWish(t, by, n)}
		next := func() deed {
			d := h.act(personOf(by), cmd)
			t.Log(d)
			return d
		}
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
	for _, learn := range moreLearned {
		learn(f, add)
	}
}

// What histories have of further kinds of things. Each file of tests that has
// a kind adds which ids a fact brings, which of them somebody sees, and the
// wishes about them: drawn as seldom as those at the end of drawWish, but half
// of the time in a history that is about them.
var (
	moreLearned []func(f Fact, add func(what, id string))
	moreLooked  []func(seen *Seen, add func(what, id string, about PartnerID))
	moreWishes  []func(t *rapid.T, h *history, text func(what string) Words) Wish
)

// drawActor is mostly one of the four.
func drawActor(t *rapid.T) PartnerID {
	four := []PartnerID{amira, noor, samira, joost}
	return evenly(t, "by", slices.Concat(four, four, four, four[:2], four[:2], []PartnerID{amira, wout, bram}))
}

// drawID is mostly one of those that the actor sees, now and then any other
// that is known, or one that was never made.
func drawID[ID ~string](t *rapid.T, h *history, what string, of ...string) ID {
	from := h.sight[strings.Join(append(slices.Clone(of), what), " ")]
	if len(from) == 0 || evenly(t, "anywhere", []bool{false, false, false, false, true}) {
		from = append(slices.Clone(h.known[what]), "never made")
	}
	return ID(evenly(t, what, from))
}

// look keeps the ids that the actor of the next wish sees, and which are
// their own.
func (h *history) look(by PartnerID) {
	h.sight = map[string][]string{}
	seen, err := h.See(personOf(by))
	if err != nil {
		return
	}
	add := func(what string, id string, about PartnerID) {
		whose := map[bool]string{true: "own ", false: "other "}[about == seen.You]
		h.sight[what] = append(h.sight[what], id)
		h.sight[whose+what] = append(h.sight[whose+what], id)
	}
	for _, st := range slices.Concat(seen.Statements, seen.Frozen) {
		add("statement", string(st.ID), st.About)
		for _, e := range st.Emotions {
			add("emotion", string(e.ID), st.About)
		}
		for _, v := range st.Views {
			add("view", string(v.ID), v.By)
		}
	}
	for _, th := range seen.Themes {
		add("theme", string(th.ID), th.About)
	}
	for _, n := range seen.Notes {
		add("note", string(n.ID), seen.You)
	}
	for _, look := range moreLooked {
		look(seen, add)
	}
}

func drawLayer(t *rapid.T) Layer {
	return evenly(t, "layer", []Layer{Need, Behaviour, Need, Meaning, ""})
}

func (h *history) drawWish(t *rapid.T, by PartnerID, n int) Wish {
	text := func(what string) Words { return Say(fmt.Sprint(what, " ", n)) }
	if len(h.known["statement"]) == 0 {
		return h.drawWording(t, text)
	}
	if h.focus >= 0 && rapid.Bool().Draw(t, "in focus") {
		return moreWishes[h.focus](t, h, text)
	}
	anyone := func() StatementID { return drawID[StatementID](t, h, "statement") }
	own := func() StatementID { return drawID[StatementID](t, h, "statement", "own") }
	other := func() StatementID { return drawID[StatementID](t, h, "statement", "other") }
	ownTheme := func() ThemeID { return drawID[ThemeID](t, h, "theme", "own") }
	often := []func() Wish{
		func() Wish { return h.drawWording(t, text) },
		func() Wish { return h.drawWording(t, text) },
		func() Wish { return ConfirmStatement{Statement: own()} },
		func() Wish { return RewordStatement{Statement: own(), Words: text("reworded")} },
		func() Wish { return ShareStatement{Statement: own(), SeenBy: drawAudience(t)} },
		func() Wish { return ShareStatement{Statement: own(), SeenBy: drawAudience(t)} },
		func() Wish { return PutView{Statement: other(), Words: text("view")} },
		func() Wish { return NameEmotion{Statement: other(), Word: text("feeling")} },
		func() Wish {
			answer := evenly(t, "answer", []Feeling{Open, Open, Declined, Met, Noticed, Gone})
			return AnswerEmotion{Emotion: drawID[EmotionID](t, h, "emotion", "own"), Answer: answer}
		},
		func() Wish { return Undo{h.lastOf(by)} },
	}
	seldom := []func() Wish{
		func() Wish { return RefuseStatement{Statement: own()} },
		func() Wish { return NameEmotion{Statement: own(), Word: text("feeling")} },
		func() Wish { return WithdrawView{drawID[ViewID](t, h, "view", "own")} },
		func() Wish { return Undo{drawID[CommandID](t, h, "command")} },
		func() Wish { return WithdrawStatement{Statement: anyone()} },
		func() Wish {
			return PlaceStatement{Statement: anyone(), Layer: drawLayer(t), Theme: drawID[ThemeID](t, h, "theme")}
		},
		func() Wish {
			return PlaceStatement{Statement: anyone(), Layer: drawLayer(t), NewTheme: drawThemeName(t)}
		},
		func() Wish { return NameTheme{drawThemeName(t)} },
		func() Wish { return PutThemeFirst{ownTheme()} },
		func() Wish { return SetLayerAside{Theme: ownTheme(), Layer: drawLayer(t)} },
		func() Wish { return TakeLayerUp{Theme: ownTheme(), Layer: drawLayer(t)} },
		func() Wish { return WriteNote{text("note")} },
		func() Wish { return WithdrawNote{drawID[NoteID](t, h, "note")} },
		func() Wish { return SetFirstSeen{drawAudience(t)} },
		func() Wish { return SetPace{evenly(t, "pace", Paces[:])} },
		func() Wish { return h.drawComing(t, text) },
	}
	for _, draw := range moreWishes {
		seldom = append(seldom, func() Wish { return draw(t, h, text) })
	}
	return evenly(t, "wish", slices.Concat(often, often, often, seldom))()
}

// drawComing is a wish about who is at the table.
func (h *history) drawComing(t *rapid.T, text func(string) Words) Wish {
	who := func() PartnerID { return drawID[PartnerID](t, h, "partner") }
	draw := []func() Wish{
		func() Wish {
			return InvitePartner{Role: evenly(t, "role", Roles[:]), Name: text("name"), As: text("as")}
		},
		func() Wish { return JoinAlliance{Partner: who(), Alone: rapid.Bool().Draw(t, "alone")} },
		func() Wish { return LeaveAlliance{who()} },
		func() Wish { return RenewEntry{who()} },
	}
	return evenly(t, "coming", draw)()
}

func (h *history) drawWording(t *rapid.T, text func(string) Words) Wish {
	w := WordStatement{Words: text("said"), Layer: drawLayer(t)}
	w.About = evenly(t, "about", []PartnerID{"", amira, amira, samira, noor})
	w.SaidBy = evenly(t, "said by", []PartnerID{"", "", amira})
	w.Kind = evenly(t, "kind", []Kind{"", "", Guess, Observation})
	switch evenly(t, "theme", []string{"", "", "new", "known"}) {
	case "new":
		w.NewTheme = drawThemeName(t)
	case "known":
		w.Theme = drawID[ThemeID](t, h, "theme")
	}
	if evenly(t, "with feeling", []bool{false, false, false, true}) {
		w.Emotion = text("feeling")
	}
	if w.Chosen = rapid.Bool().Draw(t, "chosen"); w.Chosen {
		w.SeenBy = drawAudience(t)
	}
	return w
}

func drawThemeName(t *rapid.T) Words {
	return Say(evenly(t, "name", []string{"money", "Money", "sleep", "work"}))
}

// drawAudience is some of the four.
func drawAudience(t *rapid.T) (some []PartnerID) {
	for _, p := range []PartnerID{noor, amira, samira, joost} {
		if rapid.Bool().Draw(t, "in the audience") {
			some = append(some, p)
		}
	}
	return some
}

// evenly draws one of a list; rapid's own choice has a liking for the first.
func evenly[T any](t *rapid.T, label string, list []T) T {
	which := rapid.Custom(func(t *rapid.T) (n int) {
		for range bits.Len(uint(len(list))) + 2 {
			n *= 2
			if rapid.Bool().Draw(t, label) {
				n++
			}
		}
		return n % len(list)
	})
	return list[which.Draw(t, label)]
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
