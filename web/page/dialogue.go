package page

import (
	"slices"

	"samenspel"
)

// Dialogue is the page on which people prepare a dialogue together.
type Dialogue struct {
	*Frame
	D     *samenspel.SeenDialogue
	Post  Post
	Words string
	Alone bool
}

// Return is something that comes back by itself, because it was left open.
type Return struct {
	By      samenspel.PartnerID
	Words   samenspel.Words
	Said    string               // what it is, where it is not told in words of a partner
	Feeling bool                 // the words are for what somebody felt
	Since   string               // says from when it is
	Link    string               // to where it stands, or ""
	Topic   *samenspel.SeenTopic // the reader's own topic, which they may settle, or nil
}

// returns are what comes back, kind by kind. What else comes back gets a line
// here, and a function that finds it in what the reader sees.
var returns = []func(Dialogue) []Return{
	Dialogue.openEmotions,
	Dialogue.openTopics,
	Dialogue.openFrictions,
	Dialogue.openHelp,
}

// inKind is how many of one kind come back at once, the oldest first.
const inKind = 6

// Returns are what comes back when people prepare to talk. Nothing is asked by
// it; to somebody who is on pause nothing comes, and nothing after the end.
func (p Dialogue) Returns() []Return {
	if p.You().Pace == samenspel.Pause || p.Past() || p.Seen.Ending.Ended {
		return nil
	}
	var list []Return
	for _, of := range returns {
		found := slices.DeleteFunc(of(p), func(r Return) bool { return !slices.Contains(p.D.With, r.By) })
		list = append(list, found[:min(inKind, len(found))]...)
	}
	return list
}

func (p Dialogue) openEmotions() []Return {
	var list []Return
	for _, e := range p.Seen.OpenEmotions() {
		list = append(list, Return{
			By: e.Statement.About, Words: e.Emotion.Word, Feeling: true, Since: p.T("returns.since", "Day", p.Day(e.Emotion.At)),
			Link: p.Base() + "/picture/" + string(e.Statement.About),
		})
	}
	return list
}

func (p Dialogue) openTopics() []Return {
	var list []Return
	for _, t := range p.Seen.OpenTopics() {
		r := Return{By: t.By, Words: t.Words, Since: p.T("returns.topic", "Day", p.Day(t.At))}
		if t.Mine {
			r.Topic = &t
		}
		list = append(list, r)
	}
	return list
}

// openFrictions tells that it chafes and at whom; the words stand on its page.
func (p Dialogue) openFrictions() []Return {
	var list []Return
	for _, f := range p.Seen.OpenFrictions() {
		list = append(list, Return{
			By: f.By, Said: p.By("friction.by", f.By), Since: p.T("returns.since", "Day", p.Day(f.Since)),
			Link: p.Base() + "/friction/" + string(f.ID),
		})
	}
	return list
}

func (p Dialogue) openHelp() []Return {
	var list []Return
	for _, h := range p.Seen.OpenHelp() {
		list = append(list, Return{
			By: h.Help.By, Words: h.Help.Words, Since: p.T("returns.help"), Link: p.Deal(h.Agreement).URL(),
		})
	}
	return list
}

// WishRow is somebody at the table, with what the reader wishes about their
// being there and who would see it.
type WishRow struct {
	Who       samenspel.SeenPartner
	Wish      samenspel.Presence
	SeesOther []samenspel.PartnerID // who sees it when the reader says: rather not
}

// Wishing are those about whom the reader may say it, themselves first.
func (p Dialogue) Wishing() []WishRow {
	var list []WishRow
	for _, who := range p.Present() {
		row := WishRow{Who: who}
		for _, w := range p.D.Presence {
			if w.By == p.Seen.You && w.Who == who.ID {
				row.Wish = w.Wish
			}
		}
		if !who.You {
			row.SeesOther = slices.DeleteFunc(slices.Clone(p.D.Confidants), func(id samenspel.PartnerID) bool { return id == who.ID })
		}
		list = append(list, row)
	}
	slices.SortStableFunc(list, func(a, b WishRow) int {
		switch {
		case a.Who.You == b.Who.You:
			return 0
		case a.Who.You:
			return -1
		}
		return 1
	})
	return list
}

// Wish is for a button that says what the reader wishes about somebody.
func (p Dialogue) Wish(who samenspel.PartnerID, wish string) Post {
	post := p.Repeatable("presence", p.D.ID, who, wish)
	post.At = "presence"
	return post
}

// SayWish says a wish as a sentence.
func (p Dialogue) SayWish(w samenspel.SeenPresence) string {
	you := p.Seen.You
	form := "wants"
	switch {
	case w.By == w.Who && w.By == you:
		form = "self_you"
	case w.By == w.Who:
		form = "self"
	case w.By == you:
		form = "you_want"
	case w.Who == you:
		form = "wants_you"
	}
	name, who := p.Name(w.By), p.Name(w.Who)
	if w.Wish == samenspel.There {
		return p.T("presence.there."+form, "Name", name, "Who", who)
	}
	return p.T("presence.not."+form, "Name", name, "Who", who)
}

// Discreet reports whether the one whom a wish is about does not see it.
func (p Dialogue) Discreet(w samenspel.SeenPresence) bool {
	return w.Wish == samenspel.RatherNot && w.By != w.Who
}

// Mine reports whether the reader said it, and may take it back.
func (p Dialogue) Mine(w samenspel.SeenPresence) bool { return w.By == p.Seen.You }

// Past reports whether it is over: nothing is prepared any more.
func (p Dialogue) Past() bool { return p.D != nil && p.D.Standing == samenspel.Over }

// Planned reports whether it has not begun.
func (p Dialogue) Planned() bool { return p.D.Standing == samenspel.Planned }

// LensEntry is what leads to the lens: what it saw, the question whether it may
// read this, for who did not answer, and else no more than that it is there.
func (p Dialogue) LensEntry() string {
	switch t := p.Seen.Transcript(p.D.ID); {
	case t != nil && t.Laid:
		return "lens.entry_seen"
	case t != nil && t.Yours == "" && p.You().Pace != samenspel.Pause && !p.Seen.Ending.Ended:
		return "lens.entry_asked"
	}
	return "lens.entry"
}
