package page

import (
	"slices"
	"strconv"
	"strings"

	"samenspel"
	"samenspel/lens"
)

// SomebodyElse stands before the role of a speaker who is no partner, in a form.
const SomebodyElse = "role:"

// LensAsk is the page before anything was laid: what the lens is, the question
// to everybody, and, once all said yes, the place for what was written down.
type LensAsk struct {
	*Frame
	D    *samenspel.SeenDialogue
	R    *samenspel.SeenTranscript // nil while nobody asked
	Lens bool                      // there is one
	// Outside says that a language model reads along, to which the words go.
	Outside bool
	Post    Post
	Date    string
	Words   string
	File    bool // the trouble is about what was brought
}

// Begun reports whether there is a talk that could be read.
func (p LensAsk) Begun() bool { return p.D.Standing == samenspel.On || p.D.Standing == samenspel.Over }

// Asks reports whether the page may ask the reader something.
func (p LensAsk) Asks() bool {
	return p.You().Pace != samenspel.Pause && !p.Seen.Ending.Ended
}

// Paused reports whether the reader is asked nothing now.
func (p LensAsk) Paused() bool { return p.You().Pace == samenspel.Pause }

// Was reports whether there was a transcript that the reader said yes to.
func (p LensAsk) Was() bool { return slices.Contains(p.Seen.ReadBefore, p.D.ID) }

// Said reports what the reader answered.
func (p LensAsk) SaidYes() bool { return p.R != nil && p.R.Yours == samenspel.TranscriptYes }

// SaidNo reports whether the reader said that they would rather not.
func (p LensAsk) SaidNo() bool { return p.R != nil && p.R.Yours == samenspel.TranscriptRatherNot }

// Others are those who are asked besides the reader.
func (p LensAsk) OthersAsked() []samenspel.PartnerID { return without(p.D.With, p.Seen.You) }

func without(list []samenspel.PartnerID, one samenspel.PartnerID) []samenspel.PartnerID {
	return slices.DeleteFunc(slices.Clone(list), func(id samenspel.PartnerID) bool { return id == one })
}

// BackPart is the button that takes the reader's yes back.
type BackPart struct {
	*Frame
	D *samenspel.SeenDialogue
	R *samenspel.SeenTranscript
}

// TakeBack gives that button.
func (p LensAsk) TakeBack() BackPart { return BackPart{p.Frame, p.D, p.R} }

// TakeBack gives that button on the page of what the lens saw.
func (p Lens) TakeBack() BackPart { return BackPart{p.Frame, p.D, p.R} }

// Post is for that button.
func (b BackPart) Post() Post { return b.Repeatable("lens-back", b.R.ID) }

// VoiceRow is a speaker for whom somebody says who it is.
type VoiceRow struct {
	Field  string
	Label  string
	Said   []string // a few sentences, to know them by
	Chosen string
}

// LensWho asks who is who, before the lens reads anything. What was read is in
// the form itself.
type LensWho struct {
	*Frame
	D          *samenspel.SeenDialogue
	Transcript samenspel.TranscriptID
	Post       Post
	Heard      string
	Voices     []VoiceRow
	Skips      []string
	Lens       bool
}

// VoiceChoice is one answer to who somebody is.
type VoiceChoice struct{ Value, Label string }

// voiceChoices are those in the dialogue, and somebody else by role.
func (f *Frame) voiceChoices(d *samenspel.SeenDialogue) (partners, others []VoiceChoice) {
	for _, id := range d.With {
		partners = append(partners, VoiceChoice{string(id), f.Name(id)})
	}
	for _, r := range samenspel.Roles {
		others = append(others, VoiceChoice{SomebodyElse + string(r), f.T("role." + string(r))})
	}
	return partners, others
}

// VoicePart is the choice of who a speaker is.
type VoicePart struct {
	*Frame
	Row              VoiceRow
	Partners, Others []VoiceChoice
}

// Choose gives that choice.
func (p LensWho) Choose(row VoiceRow) VoicePart {
	partners, others := p.voiceChoices(p.D)
	return VoicePart{p.Frame, row, partners, others}
}

// LensCheck is the page on which somebody looks, after the lens read it, whether
// it is right who spoke when.
type LensCheck struct {
	*Frame
	D *samenspel.SeenDialogue
	R *samenspel.SeenTranscript
}

// CheckRow is a speaker with some of what stands under their name.
type CheckRow struct {
	VoicePart
	N     int
	Lines []LinePart
}

// linesToCheck is how many sentences of each speaker are shown, from all over
// the talk.
const linesToCheck = 4

// Rows are the speakers.
func (p LensCheck) Rows() []CheckRow {
	partners, others := p.voiceChoices(p.D)
	said := make([][]*samenspel.SeenLine, len(p.R.Speakers))
	for _, l := range p.R.Lines {
		if !l.Struck {
			said[l.Speaker] = append(said[l.Speaker], l)
		}
	}
	var rows []CheckRow
	for i, s := range p.R.Speakers {
		chosen := string(s.Partner)
		if s.Partner == "" {
			chosen = SomebodyElse + string(s.Role)
		}
		row := CheckRow{VoicePart{p.Frame, VoiceRow{Field: "voice", Label: p.Said(s.Label), Chosen: chosen}, partners, others}, i, nil}
		each := max(1, len(said[i])/linesToCheck)
		for at := 0; at < len(said[i]) && len(row.Lines) < linesToCheck; at += each {
			row.Lines = append(row.Lines, LinePart{Frame: p.Frame, D: p.D, R: p.R, L: said[i][at]})
		}
		rows = append(rows, row)
	}
	return rows
}

// LensText is what was said, a page at a time.
type LensText struct {
	*Frame
	D             *samenspel.SeenDialogue
	R             *samenspel.SeenTranscript
	Look          [lens.NumFields]bool // fields in which the lens is not sure enough
	Lines         []*samenspel.SeenLine
	Page          int
	Before, After int // numbers of pages, or 0
}

// Parts are the lines of the page.
func (p LensText) Parts() []LinePart {
	var list []LinePart
	for i, l := range p.Lines {
		first := i == 0 || l.Turn != p.Lines[i-1].Turn || l.Speaker != p.Lines[i-1].Speaker
		list = append(list, LinePart{p.Frame, p.D, p.R, l, first, p.Look})
	}
	return list
}

// LinePart is a line on a page.
type LinePart struct {
	*Frame
	D     *samenspel.SeenDialogue
	R     *samenspel.SeenTranscript
	L     *samenspel.SeenLine
	First bool // of a turn
	Look  [lens.NumFields]bool
}

// Who is how the speaker is called.
func (p LinePart) Who() string { return p.VoiceName(p.R.Speakers[p.L.Speaker]) }

// URL is the page of the line.
func (p LinePart) URL() string { return p.lensAt("/line/" + strconv.Itoa(p.L.N)) }

// InText is where the line stands in the text.
func (p LinePart) InText() string { return p.lensAt(LineAt(p.L.N)) }

func (p LinePart) lensAt(below string) string {
	return p.Base() + "/dialogue/" + string(p.D.ID) + "/lens" + below
}

// When is the minute in which it was said, or "".
func (p LinePart) When() string {
	if p.L.End == 0 {
		return ""
	}
	return p.T("lens.minute", "Minute", int(p.L.Start.Minutes()))
}

// Layer is the layer of a line, as it counts, or "".
func (p LinePart) Layer() samenspel.Layer {
	if l := samenspel.Layer(Settled(p.L, "layer")); l.Valid() {
		return l
	}
	return ""
}

// Views are what partners say of the codes, in small words: both stay.
func (p LinePart) Views() []ViewRow {
	var list []ViewRow
	for _, v := range p.L.Views {
		list = append(list, ViewRow{v.By, p.code(v.Field, v.Code)})
	}
	return list
}

// Small are the codes of the line in small words, those that say something.
func (p LinePart) Small() []string {
	var list []string
	for i, f := range samenspel.LineFields() {
		code := p.L.Codes.Of(f).Code
		if code == "" || code == "none" || code == "other" {
			continue
		}
		said := p.code(f, code)
		if p.Look[i] {
			said = p.T("lens.maybe", "What", said)
		}
		list = append(list, said)
	}
	return list
}

// code says a code in words. Signs are no part of a key.
func (f *Frame) code(field samenspel.LineField, code string) string {
	return f.T("lens.code." + string(field) + "." + strings.NewReplacer("+", "_yes", "-", "_no").Replace(code))
}

// LensLine is one line, with what the lens sees in it and what everybody says
// of that, side by side.
type LensLine struct {
	*Frame
	D    *samenspel.SeenDialogue
	R    *samenspel.SeenTranscript
	L    *samenspel.SeenLine
	Look [lens.NumFields]bool
}

// Line is the line itself.
func (p LensLine) Line() LinePart { return LinePart{p.Frame, p.D, p.R, p.L, true, p.Look} }

// On reports whether they talk now: then a sentence can be laid on the table.
func (p LensLine) On() bool { return p.D.Standing == samenspel.On }

// Suggested reports whether a language model gave the codes.
func (p LensLine) Suggested() bool { return p.L.By == samenspel.BySuggester }

// MayStrike reports whether the words are the reader's own.
func (p LensLine) MayStrike() bool { return p.Seen.MayStrike(p.L) }

// Act is for a button on this page.
func (p LensLine) Act(what string) Post { return p.Repeatable(what, p.R.ID, p.L.N) }

// FieldRow is one question that the lens puts to the line.
type FieldRow struct {
	Field samenspel.LineField
	Lens  string // what it says, or ""
	Yours string // the code that the reader says, or ""
	Views []ViewRow
	Codes []CodeChoice
	Post  Post
}

// ViewRow is what somebody says of a code.
type ViewRow struct {
	By   samenspel.PartnerID
	Code string
}

// CodeChoice is a code to choose.
type CodeChoice struct {
	Code, Label string
	Chosen      bool
}

// applies reports whether a field is put to what this speaker says.
func (p LensLine) applies(f samenspel.LineField) bool {
	s := p.R.Speakers[p.L.Speaker]
	work := RoleOf(p.Seen, s.Partner, s.Role).Professional()
	switch f {
	case "question", "act":
		return work
	case "will", "friction", "response":
		return !work
	}
	return true
}

// Fields are the questions that fit the line, and those that were answered.
func (p LensLine) Fields() []FieldRow {
	var rows []FieldRow
	for i, f := range samenspel.LineFields() {
		code := p.L.Codes.Of(f).Code
		row := FieldRow{Field: f, Yours: p.L.View(p.Seen.You, f), Post: p.Fresh("")}
		if code != "" {
			if row.Lens = p.code(f, code); p.Look[i] {
				row.Lens = p.T("lens.maybe", "What", row.Lens)
			}
		}
		for _, v := range p.L.Views {
			if v.Field == f {
				row.Views = append(row.Views, ViewRow{v.By, p.code(f, v.Code)})
			}
		}
		for _, c := range f.Codes() {
			row.Codes = append(row.Codes, CodeChoice{c, p.code(f, c), c == row.Yours})
		}
		if p.applies(f) || row.Lens != "" || len(row.Views) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
}

// FieldPart is one question with the frame that it is shown in.
type FieldPart struct {
	LensLine
	Row FieldRow
}

// Of gives a question of this line.
func (p LensLine) Of(row FieldRow) FieldPart { return FieldPart{p, row} }
