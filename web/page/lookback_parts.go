package page

import (
	"slices"

	"samenspel"
)

// ChangePart is something that changed, with the words that it came from.
type ChangePart struct {
	*Frame
	C samenspel.SeenChange
	S *samenspel.SeenStatement // nil without words, or where they are not for the reader
}

// Words are the statement that it came from.
func (c ChangePart) Words() WordPart { return c.Word(c.S) }

// You reports whether it came from words of the reader.
func (c ChangePart) You() bool { return c.S != nil && c.Words().Speaker() == c.Seen.You }

// changes are those of the dialogues that of allows, the newest first.
func (f *Frame) changes(most int, of func(ChangePart) bool) []ChangePart {
	told := f.Seen.Changes()
	if len(told) == 0 {
		return nil
	}
	because := map[samenspel.StatementID]*samenspel.SeenStatement{}
	for _, c := range told {
		because[c.Because] = nil
	}
	for i := range f.Seen.Statements {
		if _, named := because[f.Seen.Statements[i].ID]; named {
			because[f.Seen.Statements[i].ID] = &f.Seen.Statements[i]
		}
	}
	var list []ChangePart
	for _, c := range told {
		part := ChangePart{Frame: f, C: c, S: because[c.Because]}
		if len(list) < most && of(part) {
			list = append(list, part)
		}
	}
	return list
}

// Changed is what changed because it was said in this dialogue.
func (p LookBack) Changed() []ChangePart {
	return p.changes(mostChanged, func(c ChangePart) bool { return c.C.Dialogue == p.D.ID })
}

// becauseYou is what changed last because the reader said something.
func becauseYou(f *Frame) []ChangePart {
	return f.changes(2, func(c ChangePart) bool { return c.You() })
}

// becauseSaid is what changed last besides.
func becauseSaid(f *Frame) []ChangePart {
	return f.changes(2, func(c ChangePart) bool { return !c.You() })
}

// Causes are the statements of this dialogue that something may have changed
// for, the newest first.
func (p LookBack) Causes() []WordPart {
	list := p.laid()
	slices.Reverse(list)
	var parts []WordPart
	for _, s := range list[:min(len(list), mostBecause)] {
		parts = append(parts, p.Word(s))
	}
	return parts
}

// Excerpt is the beginning of a statement, for where there is one line.
func (w WordPart) Excerpt() string {
	const most = 70
	letters := []rune(w.Said(w.S.Words))
	if len(letters) <= most {
		return string(letters)
	}
	return string(letters[:most]) + "…"
}

// ForWhomPart is the choice of who sees what the reader writes here.
type ForWhomPart struct {
	Page  LookBack
	Alone bool
	Later bool // the others see it once they are ready themselves
}

// ForWhom gives that choice.
func (p LookBack) ForWhom(alone, later bool) ForWhomPart { return ForWhomPart{p, alone, later} }

// StandPart is who stands on one word.
type StandPart struct {
	*Frame
	On []samenspel.PartnerID
}

// Stand gives them with the frame that they are shown in.
func (p LookBack) Stand(on []samenspel.PartnerID) StandPart { return StandPart{p.Frame, on} }

// Words are the three on which faces stand.
func (p LookBack) Words() []samenspel.MirrorWord { return samenspel.MirrorWords[:] }

// ScalePart is a questionnaire with the frame that it is shown in.
type ScalePart struct {
	*Frame
	C samenspel.SeenScale
}

// ScaleOf gives a questionnaire of this dialogue.
func (p LookBack) ScaleOf(c samenspel.SeenScale) ScalePart { return ScalePart{p.Frame, c} }

// Away is for the button that takes it away.
func (s ScalePart) Away() Post {
	p := s.Repeatable("withdraw-scale", s.C.ID)
	p.At = "scale"
	return p
}
