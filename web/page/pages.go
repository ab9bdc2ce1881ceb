package page

import (
	"html/template"
	"slices"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/house"
	"samenspel/web/text"
)

// Trouble is what went wrong, said to the reader. By itself it is a page; on
// a form it stands above the fields, which keep what was typed.
type Trouble struct {
	*Frame
	Head string // key
	Key  string // key of the sentence
	Max  int    // the limit that was passed, or 0
	Line int    // where in a file it is, or 0
	Back string
	// BackKey is of the words for the way there, where it is no way back; else "".
	BackKey string
	// Number is of a fault, by which it can be found in the log; else "".
	Number string
	Kept   string // what was typed, where its form cannot be shown again
	Again  *Resend
}

// Resend is a form to be sent once more as it was.
type Resend struct {
	Action string
	Fields []Field
}

// Field is one field of a form.
type Field struct{ Name, Value string }

// Say is the sentence.
func (t Trouble) Say() string {
	said := t.T(t.Key, "Max", t.Max)
	if t.Line > 0 {
		said += " " + t.T("trouble.line", "Line", t.Line)
	}
	return said
}

// Welcome is the page for who is not known here.
type Welcome struct{ *Frame }

// Help answers what people ask.
type Help struct {
	*Frame
	Topics []string
	House  house.Organisation
}

// Method explains the layers and the two shapes of a conversation.
type Method struct {
	*Frame
	Good, Connecting template.HTML
}

// Settings are the language and the looks, kept on the device.
type Settings struct {
	*Frame
	Back string
}

// Languages are the languages there are.
//
//go:noinline
func (f *Frame) Languages() []*text.Language {
	var list []*text.Language
	for _, tag := range text.Tags {
		list = append(list, text.In(tag))
	}
	return list
}

// Themes are light and dark; "" is as the device has it.
func (s Settings) Themes() []string { return []string{"", "light", "dark"} }

// Start is the list of somebody's alliances.
type Start struct {
	*Frame
	Tables   []TableRow
	MayBegin bool
	Admin    bool
	Officer  bool
}

// TableRow is one alliance in a list.
type TableRow struct {
	Seen *samenspel.Seen
	Who  string
}

// Begin is the form for a new alliance.
type Begin struct {
	*Frame
	Post    Post
	Words   string
	OwnName string
	As      string
}

// Admin is the page of the administrator, who lets professionals in and sees
// nothing of what they say.
type Admin struct {
	*Frame
	Post   Post
	Staff  []Professional
	Alerts []accesslog.Line // that the program saw something, and not of whom
}

// Professional is somebody of the organisation, and what they may.
type Professional struct {
	ID                               samenspel.PersonID
	Name, Letter                     string
	MayBegin, Admin, Officer, Closed bool
}

// May says what somebody may, by the keys of the texts.
func (p Professional) May() (keys []string) {
	if p.Closed {
		return []string{"staff.closed"}
	}
	for key, may := range map[string]bool{"staff.begin": p.MayBegin, "staff.officer": p.Officer, "staff.admin": p.Admin} {
		if may {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// Alliance is the page of today: what is asked, what is open, who is here.
type Alliance struct {
	*Frame
	Pictured samenspel.PartnerID
	Figure   template.HTML
	Looked   *samenspel.Looked // the last look of another at the reader's world; outside what is live
}

// atOnce is how many questions, and how many feelings, the page of today brings
// at once. What waits longest comes first; the next come as these are answered.
const atOnce = 6

// Asks are the questions for the reader, at their pace.
func (p Alliance) Asks() []samenspel.Ask {
	asks := p.Seen.Asks()
	return asks[:min(len(asks), atOnce)]
}

// Open are the reader's own emotions that are open. At calm they come after
// the questions, one at a time; on pause and after the end nothing is asked.
func (p Alliance) Open() []EmotionPart {
	open := p.open(func(s *samenspel.SeenStatement) bool { return s.About == p.Seen.You })
	switch {
	case p.You().Pace == samenspel.Pause, p.Seen.Ending.Ended, p.You().Pace == samenspel.Calm && len(p.Asks()) > 0:
		return nil
	case p.You().Pace == samenspel.Calm && len(open) > 1:
		return open[:1]
	}
	return open[:min(len(open), atOnce)]
}

// OthersOpen are the open emotions of others, as many as fit beside each other.
func (p Alliance) OthersOpen() []EmotionPart {
	open := p.open(func(s *samenspel.SeenStatement) bool { return s.About != p.Seen.You })
	return open[:min(len(open), 2*atOnce)]
}

func (p Alliance) open(of func(*samenspel.SeenStatement) bool) []EmotionPart {
	var list []EmotionPart
	for i := range p.Seen.Statements {
		s := &p.Seen.Statements[i]
		if !of(s) {
			continue
		}
		for _, e := range s.Emotions {
			if e.Feeling == samenspel.Open {
				list = append(list, p.Feeling(s, e))
			}
		}
	}
	return list
}

// MoreWaits reports whether more is asked than the page shows.
func (p Alliance) MoreWaits() bool {
	if p.You().Pace == samenspel.Pause || p.Seen.Ending.Ended {
		return false
	}
	own := p.open(func(s *samenspel.SeenStatement) bool { return s.About == p.Seen.You })
	return len(p.Seen.AsksLater()) > 0 || len(p.Seen.Asks()) > atOnce || len(own) > len(p.Open())
}

// Recent are the last things that were said, the newest first.
func (p Alliance) Recent() []*samenspel.SeenStatement {
	const most = 3
	var list []*samenspel.SeenStatement
	for i := len(p.Seen.Statements) - 1; i >= 0 && len(list) < most; i-- {
		s := &p.Seen.Statements[i]
		asked := s.Standing == samenspel.Asked && s.MayAnswer // stands above, or waits
		if !asked && s.Standing != samenspel.RefusedByMe {
			list = append(list, s)
		}
	}
	return list
}

// Picture is the layered picture of one partner.
type Picture struct {
	*Frame
	About   samenspel.PartnerID
	Picture samenspel.Insight
	Moments []samenspel.Moment
	Moment  int // which of Moments is shown, from 1
	Past    bool
	Figure  template.HTML
	Keys    template.HTML
}

// Mine reports whether it is the reader's own.
func (p Picture) Mine() bool { return p.About == p.Seen.You }

// Empty reports whether there is nothing in the figure yet.
func (p Picture) Empty() bool { return len(p.Picture.Sectors) == 0 }

// Elsewhere are the partners with pictures of their own.
func (p Picture) Elsewhere() []samenspel.SeenPartner {
	return slices.DeleteFunc(p.Present(), func(o samenspel.SeenPartner) bool { return o.ID == p.About })
}

// Row is one theme in the table that says what the figure shows.
type Row struct {
	Theme  string
	States [4]string // as [Frame.Outward]
}

// Rows are the facts of the figure in words, the themes beyond it as well.
func (p Picture) Rows() []Row {
	var rows []Row
	for _, s := range slices.Concat(p.Picture.Sectors, p.Picture.Rest) {
		r := Row{Theme: p.Said(s.Name)}
		if s.Theme == "" {
			r.Theme = p.T("figure.no_theme")
		}
		for i, c := range s.Cells {
			r.States[len(s.Cells)-1-i] = p.T("state." + StateKey(c.State))
		}
		rows = append(rows, r)
	}
	return rows
}

// StateKey is the name of a cell's state among the texts.
func StateKey(s samenspel.CellState) string {
	return [...]string{"not_asked", "assumed", "confirmed", "own", "not_here"}[s]
}

// Group is what was said in one layer.
type Group struct {
	Layer samenspel.Layer
	Key   string
	Words []*samenspel.SeenStatement
	More  int // how many older ones there are
}

// InGroup is how many statements of a layer the picture itself shows.
const InGroup = 12

// Groups are the layers from the core outward, and what has no layer yet.
func (p Picture) Groups() []Group {
	shown := map[samenspel.StatementID]bool{}
	if p.Past { // what had a place in the figure then
		for _, s := range slices.Concat(p.Picture.Sectors, p.Picture.Rest) {
			for _, c := range s.Cells {
				for _, id := range c.Statements {
					shown[id] = true
				}
			}
		}
	}
	var groups []Group
	for _, l := range append(samenspel.Layers[:], "") {
		g := Group{Layer: l, Key: LayerKey(l), Words: OfLayer(p.Seen, p.About, l)}
		if p.Past {
			g.Words = slices.DeleteFunc(g.Words, func(s *samenspel.SeenStatement) bool { return !shown[s.ID] })
		}
		if len(g.Words) > InGroup {
			g.More, g.Words = len(g.Words)-InGroup, g.Words[:InGroup]
		}
		if l != "" || len(g.Words) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// Refused is what the person said no to: for them and for who wrote it.
func (p Picture) Refused() []*samenspel.SeenStatement {
	var list []*samenspel.SeenStatement
	for i := range p.Seen.Statements {
		if s := &p.Seen.Statements[i]; s.About == p.About && s.Standing == samenspel.RefusedByMe {
			list = append(list, s)
		}
	}
	return list
}

// OfLayer gives what was said about somebody in a layer, the newest first.
func OfLayer(seen *samenspel.Seen, about samenspel.PartnerID, l samenspel.Layer) []*samenspel.SeenStatement {
	var list []*samenspel.SeenStatement
	for i := len(seen.Statements) - 1; i >= 0; i-- {
		s := &seen.Statements[i]
		if s.About == about && s.Layer == l && s.Standing != samenspel.RefusedByMe {
			list = append(list, s)
		}
	}
	return list
}

// LayerKey is the name of a layer in texts and addresses.
func LayerKey(l samenspel.Layer) string {
	if l == "" {
		return "none"
	}
	return string(l)
}

// Layer is all that was said in one layer, a page at a time.
type Layer struct {
	*Frame
	About        samenspel.PartnerID
	Layer        samenspel.Layer
	Key          string
	Words        []*samenspel.SeenStatement
	Newer, Older int // numbers of pages, or 0
}

// Notes are the reader's private notes.
type Notes struct {
	*Frame
	Post  Post
	Words string
	Page  []samenspel.SeenNote
	Older int
}

// More leads to what does not have a place in the bar.
type More struct{ *Frame }
