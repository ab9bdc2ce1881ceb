package samenspel_test

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	. "samenspel"
)

func init() {
	chapters = append(chapters, func() chapter { return newLookBackChapter() })
	moreLearned = append(moreLearned, learnLookBack)
	moreLooked = append(moreLooked, lookBack)
	moreWishes = append(moreWishes, drawLookBack)
}

// drawLookBack is a wish in looking back, or what makes that there is
// something to look back on.
func drawLookBack(t *rapid.T, h *history, text func(string) Words) Wish {
	return evenly(t, "look back", []func(*rapid.T, *history, func(string) Words) Wish{
		drawMirror, drawMirror, drawMirror, drawMirror, drawScale, drawChange, drawChange, drawLookBackWithdrawal, drawLookBackCompany,
	})(t, h, text)
}

// lookBackChapter is the plain rule for mirrors, scales and changes.
type lookBackChapter struct {
	m       *ledger
	talks   map[DialogueID]*ledgerCompany
	mirrors map[string]*MirrorAnswered // by dialogue and partner
	scales  map[ScaleID]*ScaleEntered
	changes map[ChangeID]*ChangeTold
	gone    map[string]bool // scales and changes that were withdrawn
}

// ledgerCompany is who is in a dialogue.
type ledgerCompany struct {
	with      []PartnerID
	cancelled bool
}

func newLookBackChapter() *lookBackChapter {
	return &lookBackChapter{talks: map[DialogueID]*ledgerCompany{}, mirrors: map[string]*MirrorAnswered{},
		scales: map[ScaleID]*ScaleEntered{}, changes: map[ChangeID]*ChangeTold{}, gone: map[string]bool{}}
}

func mirrorOf(d DialogueID, by PartnerID) string { return fmt.Sprint("mirror ", d, " ", by) }

func (c *lookBackChapter) learn(m *ledger, f Fact) {
	c.m = m
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
	case *MirrorAnswered:
		c.mirrors[mirrorOf(e.Dialogue, e.By)] = e
	case *MirrorTakenBack:
		delete(c.mirrors, mirrorOf(e.Dialogue, e.By))
	case *ScaleEntered:
		c.scales[e.Scale] = e
	case *ChangeTold:
		c.changes[e.Change] = e
	case *ScaleWithdrawn:
		c.gone[string(e.Scale)] = true
	case *ScaleRestored:
		c.gone[string(e.Scale)] = false
	case *ChangeWithdrawn:
		c.gone[string(e.Change)] = true
	case *ChangeRestored:
		c.gone[string(e.Change)] = false
	}
}

// there reports whether a viewer is in a dialogue.
func (c *lookBackChapter) there(d DialogueID, viewer PartnerID) bool {
	return !c.talks[d].cancelled && slices.Contains(c.talks[d].with, viewer)
}

func (c *lookBackChapter) mayMirror(e *MirrorAnswered, viewer PartnerID) bool {
	ready := c.mirrors[mirrorOf(e.Dialogue, viewer)] != nil
	return c.there(e.Dialogue, viewer) && ready && (viewer == e.By || slices.Contains(e.SeenBy, viewer))
}

func (c *lookBackChapter) mayScale(e *ScaleEntered, viewer PartnerID) bool {
	return !c.gone[string(e.Scale)] && c.there(e.Dialogue, viewer) && (viewer == e.By || slices.Contains(e.SeenBy, viewer))
}

func (c *lookBackChapter) mayChange(e *ChangeTold, viewer PartnerID) bool {
	return !c.gone[string(e.Change)] && c.there(e.Dialogue, viewer) && (viewer == e.By || slices.Contains(e.SeenBy, viewer))
}

// mayBecause reports whether the words that a change came from are shown.
func (c *lookBackChapter) mayBecause(e *ChangeTold, viewer PartnerID) bool {
	s := c.m.statements[e.Because]
	return s != nil && s.answers[len(s.answers)-1] != RefusedByMe && c.m.mayLie(e.Because, viewer)
}

func (c *lookBackChapter) mayBeSeen(viewer PartnerID) (list []string) {
	for of, e := range c.mirrors {
		if c.mayMirror(e, viewer) {
			list = append(list, of)
		}
	}
	for of, e := range c.scales {
		if c.mayScale(e, viewer) {
			list = append(list, "scale "+string(of))
		}
	}
	for of, e := range c.changes {
		if c.mayChange(e, viewer) {
			list = append(list, "change "+string(of))
			if c.mayBecause(e, viewer) {
				list = append(list, fmt.Sprint("change ", of, " because ", e.Because))
			}
		}
	}
	return list
}

func (c *lookBackChapter) isSeen(seen *Seen) (list []string) {
	for _, m := range seen.Answered {
		list = append(list, mirrorOf(m.Dialogue, m.By))
	}
	for _, s := range seen.Scales {
		list = append(list, "scale "+string(s.ID))
	}
	for _, e := range seen.Changed {
		list = append(list, "change "+string(e.ID))
		if e.Because != "" {
			list = append(list, fmt.Sprint("change ", e.ID, " because ", e.Because))
		}
	}
	return list
}

func (c *lookBackChapter) mayRead(viewer PartnerID, may map[Words]bool) {
	for _, e := range c.mirrors {
		may[e.Line] = may[e.Line] || c.mayMirror(e, viewer)
	}
	for _, e := range c.scales {
		may[e.Name] = may[e.Name] || c.mayScale(e, viewer)
		may[e.Answers] = may[e.Answers] || c.mayScale(e, viewer)
	}
	for _, e := range c.changes {
		may[e.Words] = may[e.Words] || c.mayChange(e, viewer)
	}
}

func (c *lookBackChapter) of(f Fact) (thing string, ok bool) {
	switch e := f.Event.(type) {
	case *MirrorAnswered:
		return mirrorOf(e.Dialogue, e.By), true
	case *MirrorTakenBack:
		return mirrorOf(e.Dialogue, e.By), true
	case *ScaleEntered:
		return "scale " + string(e.Scale), true
	case *ScaleWithdrawn:
		return "scale " + string(e.Scale), true
	case *ScaleRestored:
		return "scale " + string(e.Scale), true
	case *ChangeTold:
		return "change " + string(e.Change), true
	case *ChangeWithdrawn:
		return "change " + string(e.Change), true
	case *ChangeRestored:
		return "change " + string(e.Change), true
	}
	return "", false
}

// purged takes out whom else something was told.
func (c *lookBackChapter) purged(e Event, viewer PartnerID) Event {
	only := func(list []PartnerID) []PartnerID {
		return slices.DeleteFunc(slices.Clone(list), func(p PartnerID) bool { return p != viewer })
	}
	switch e := e.(type) {
	case *MirrorAnswered:
		if e.By != viewer {
			rest := *e
			rest.SeenBy = only(e.SeenBy)
			return &rest
		}
	case *ScaleEntered:
		if e.By != viewer {
			rest := *e
			rest.SeenBy = only(e.SeenBy)
			return &rest
		}
	case *ChangeTold:
		if e.By != viewer {
			rest := *e
			rest.SeenBy = only(e.SeenBy)
			return &rest
		}
	}
	return e
}

func learnLookBack(f Fact, add func(what, id string)) {
	switch e := f.Event.(type) {
	case *DialoguePlanned:
		add("dialogue", string(e.Dialogue))
	case *DialogueBegun:
		add("begun dialogue", string(e.Dialogue))
	case *ScaleEntered:
		add("scale", string(e.Scale))
	case *ChangeTold:
		add("change", string(e.Change))
	}
}

func lookBack(seen *Seen, add func(what, id string, about PartnerID)) {
	for _, d := range seen.Dialogues {
		if d.Standing != Planned {
			add("begun dialogue", string(d.ID), d.By)
		}
	}
	for _, c := range seen.Scales {
		add("scale", string(c.ID), c.By)
	}
	for _, c := range seen.Changed {
		add("change", string(c.ID), c.By)
	}
}

// drawLookedOn is a dialogue that began, or the wish that brings there first.
func drawLookedOn(t *rapid.T, h *history) (DialogueID, Wish) {
	known, begun := h.known["dialogue"], h.known["begun dialogue"]
	if len(known) == 0 {
		return "", PlanDialogue{With: []PartnerID{noor, amira, samira}}
	}
	if last := known[len(known)-1]; !slices.Contains(begun, last) {
		return "", BeginDialogue{DialogueID(last)}
	}
	return drawID[DialogueID](t, h, "begun dialogue"), nil
}

func drawMirror(t *rapid.T, h *history, text func(string) Words) Wish {
	talk, first := drawLookedOn(t, h)
	if first != nil {
		return first
	}
	w := AnswerMirror{Dialogue: talk, Alone: evenly(t, "mirror alone", []bool{false, false, true})}
	for i := range w.Answers {
		w.Answers[i] = evenly(t, "mirror", []MirrorWord{"", MirrorNotYet, MirrorSometimes, MirrorYes, MirrorRatherNot})
	}
	if evenly(t, "with a line", []bool{false, true}) {
		w.Line = text("line")
	}
	return w
}

func drawScale(t *rapid.T, h *history, text func(string) Words) Wish {
	talk, first := drawLookedOn(t, h)
	if first != nil {
		return first
	}
	return EnterScale{Dialogue: talk, Name: text("scale"), Answers: text("answers"), Alone: evenly(t, "scale alone", []bool{false, true})}
}

func drawChange(t *rapid.T, h *history, text func(string) Words) Wish {
	talk, first := drawLookedOn(t, h)
	if first != nil {
		return first
	}
	w := TellChange{Dialogue: talk, Words: text("change")}
	if evenly(t, "with because", []bool{false, true}) {
		w.Because = drawID[StatementID](t, h, "statement")
	}
	return w
}

func drawLookBackWithdrawal(t *rapid.T, h *history, _ func(string) Words) Wish {
	return evenly(t, "withdrawn", []Wish{
		WithdrawScale{drawID[ScaleID](t, h, "scale")},
		WithdrawChange{drawID[ChangeID](t, h, "change")},
	})
}

// drawLookBackCompany changes who is in a dialogue, or adds another.
func drawLookBackCompany(t *rapid.T, h *history, _ func(string) Words) Wish {
	return PlanDialogue{
		Dialogue: evenly(t, "which", []DialogueID{"", drawID[DialogueID](t, h, "begun dialogue")}),
		With:     append(drawAudience(t), amira),
	}
}
