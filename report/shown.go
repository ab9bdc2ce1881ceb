package report

import (
	"slices"

	"samenspel"
)

// shown is what somebody showed of their own world: no notes, nothing that
// they kept to themselves or refused, no world of another, and no words that
// others put beside it, which are not theirs to hand over. Who is around them
// stays behind: those people were never asked.
func shown(all *samenspel.Seen) *samenspel.Seen {
	some := *all
	some.Notes, some.Around = nil, nil
	some.Statements = nil
	in := map[samenspel.ThemeID]bool{}
	for _, st := range all.Statements {
		if st.About != all.You || st.Withheld() {
			continue
		}
		st.Views = nil
		st.Emotions = slices.DeleteFunc(slices.Clone(st.Emotions), func(e samenspel.SeenEmotion) bool {
			return e.Feeling != samenspel.Open && e.Feeling != samenspel.Met // a question between two
		})
		some.Statements = append(some.Statements, st)
		in[st.Theme] = true
	}
	some.Themes = slices.DeleteFunc(slices.Clone(all.Themes), func(th samenspel.SeenTheme) bool { return !in[th.ID] })
	some.Agreements = shownAgreements(all)
	some.Dialogues = shownDialogues(all)
	some.Answered = slices.DeleteFunc(slices.Clone(all.Answered), func(m samenspel.SeenMirror) bool {
		return m.By != all.You || m.Alone || len(m.SeenBy) == 0 || some.Dialogue(m.Dialogue) == nil
	})
	some.Scales = slices.DeleteFunc(slices.Clone(all.Scales), func(c samenspel.SeenScale) bool {
		return c.By != all.You || c.Alone || len(c.SeenBy) == 0 || some.Dialogue(c.Dialogue) == nil
	})
	some.Changed = shownChanges(all, &some)
	some.Frictions = shownFrictions(all, &some)
	return &some
}

// shownAgreements are those that the person proposed or said yes to, with
// their own answer, the help that they asked for and what they thought of.
// Whether others said no is not theirs to tell, so one that rests is open.
func shownAgreements(all *samenspel.Seen) []samenspel.SeenAgreement {
	var list []samenspel.SeenAgreement
	for _, g := range all.Agreements {
		mine := slices.IndexFunc(g.Answers, func(n samenspel.SeenAgreementAnswer) bool { return n.Partner == all.You })
		if mine < 0 || len(g.Answers) < 2 || g.By != all.You && g.Answers[mine].Want != samenspel.WantYes {
			continue
		}
		g.Answers = g.Answers[mine : mine+1 : mine+1]
		if g.Standing == samenspel.AgreementResting {
			g.Standing = samenspel.AgreementAsked
		}
		g.Earlier = nil
		g.Helps = slices.DeleteFunc(slices.Clone(g.Helps), func(h samenspel.SeenHelp) bool { return h.By != all.You })
		g.Options = slices.DeleteFunc(slices.Clone(g.Options), func(o samenspel.SeenOption) bool { return o.By != all.You })
		list = append(list, g)
	}
	return list
}

// shownDialogues are those that were held: when, what the person wanted to
// talk about, and which words lay on the table. With whom and where tells of
// others, and may be somebody's home.
func shownDialogues(all *samenspel.Seen) []samenspel.SeenDialogue {
	var list []samenspel.SeenDialogue
	for _, d := range all.Dialogues {
		if d.Standing == samenspel.Planned || len(d.With) < 2 {
			continue
		}
		list = append(list, samenspel.SeenDialogue{
			ID: d.ID, At: d.At, DayOnly: d.DayOnly, Minutes: d.Minutes, Standing: d.Standing, Begun: d.Begun, Over: d.Over, Laid: d.Laid,
			Topics: slices.DeleteFunc(slices.Clone(d.Topics), func(p samenspel.SeenTopic) bool { return !p.Mine || p.Alone }),
		})
	}
	return list
}

// shownChanges are those that the person told, unless they came from words in
// the world of another.
func shownChanges(all, some *samenspel.Seen) []samenspel.SeenChange {
	var list []samenspel.SeenChange
	for _, c := range all.Changed {
		because := all.Statement(c.Because)
		if c.By == all.You && len(c.SeenBy) > 0 && some.Dialogue(c.Dialogue) != nil && (because == nil || because.About == all.You) {
			list = append(list, c)
		}
	}
	return list
}

// shownFrictions are those that the person told to everybody, with their own
// words alone. What somebody tells one other that it chafes is between those
// two, and often about a third: it is no word to carry to another place.
func shownFrictions(all, some *samenspel.Seen) []samenspel.SeenFriction {
	var list []samenspel.SeenFriction
	for _, f := range all.Frictions {
		if f.By != all.You || !f.Everybody || len(f.To) == 0 {
			continue
		}
		f.To = nil
		f.Repairs = slices.DeleteFunc(slices.Clone(f.Repairs), func(r samenspel.SeenRepair) bool { return r.By != all.You })
		if some.Statement(f.Ground) == nil {
			f.Ground = ""
		}
		list = append(list, f)
	}
	return list
}
