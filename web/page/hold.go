package page

import (
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"samenspel"
	"samenspel/house"
	"samenspel/web/text"
)

// holdPages are the pages of hold.go in package web.
var holdPages = []Page{Table{}, Rest{}, Activities{}}

// Table is the one calm screen between people who talk.
type Table struct {
	*Frame
	D      *samenspel.SeenDialogue
	Post   Post
	Form   TellForm
	Turned bool // the card stands for who sits opposite
	Road   template.HTML
	Beads  []BeadRow // of the road, as they were laid
	Words  house.Wordings
}

// Address is that of the table.
func (p Table) Address() string { return p.Base() + "/table/" + string(p.D.ID) }

// Begun reports whether there is talk at this table, or was.
func (p Table) Begun() bool { return p.D.Standing != samenspel.Planned }

// Paused reports whether nothing may be asked now.
func (p Table) Paused() bool { return p.Seen.Pace == samenspel.Pause }

// Card is what lies on the table for the reader, or nil.
func (p Table) Card() *CardPart {
	s := p.Seen.Statement(p.D.Card)
	if s == nil {
		return nil
	}
	return &CardPart{p.Word(s)}
}

// CardPart is the big card.
type CardPart struct{ WordPart }

// Long reports whether the words need smaller letters to stay one card.
func (c CardPart) Long() bool { return utf8.RuneCountInString(c.Said(c.S.Words)) > 180 }

// Seats are who takes part and did not leave.
func (p Table) Seats() []samenspel.SeenPartner {
	var list []samenspel.SeenPartner
	for _, id := range p.D.With {
		if one := p.Seen.Partner(id); one != nil && one.Standing != samenspel.Left {
			list = append(list, *one)
		}
	}
	return list
}

// Speaker is whose words come next: who has the word, else the reader.
func (p Table) Speaker() samenspel.PartnerID {
	if p.D.Has != "" {
		return p.D.Has
	}
	return p.Seen.You
}

// Next are those to whom the word may go.
func (p Table) Next() []samenspel.SeenPartner {
	var list []samenspel.SeenPartner
	for _, one := range p.Seats() {
		if one.ID != p.D.Has {
			list = append(list, one)
		}
	}
	return list
}

// FirstSeen is who sees at once what the reader says, besides the reader.
func (p Table) FirstSeen() []samenspel.PartnerID {
	seen := SetOf(p.You().FirstSeen)
	var list []samenspel.PartnerID
	for _, one := range p.Others() {
		if seen[one.ID] {
			list = append(list, one.ID)
		}
	}
	return list
}

// BeadRow is one bead of the road in words.
type BeadRow struct {
	Who   samenspel.PartnerID
	Layer samenspel.Layer
}

// Voices are those in the dialogue whose beads are full, or open.
func (p Table) Voices(open bool) []samenspel.PartnerID {
	var list []samenspel.PartnerID
	for _, one := range p.Seats() {
		if AtWork(one.Role) == open {
			list = append(list, one.ID)
		}
	}
	return list
}

// AtWork reports whether somebody sits at the table for their work.
func AtWork(r samenspel.Role) bool { return r == samenspel.Professional || r == samenspel.Colleague }

// earlierShown is how many earlier words the table offers again.
const earlierShown = 20

// Earlier are the words that lay on the table before, the newest first.
func (p Table) Earlier() []WordPart {
	var list []WordPart
	listed := map[samenspel.StatementID]bool{p.D.Card: true}
	for i := len(p.D.Laid) - 1; i >= 0 && len(list) < earlierShown; i-- {
		id := p.D.Laid[i].Statement
		if listed[id] {
			continue
		}
		listed[id] = true
		if s := p.Seen.Statement(id); s != nil {
			list = append(list, p.Word(s))
		}
	}
	return list
}

// Act is for a button at this table.
func (p Table) Act(parts ...any) Post {
	post := p.Repeatable(append([]any{"table", p.D.ID}, parts...)...)
	post.Back = p.Address()
	return post
}

// Rest is the screen when the talk needs none: no words of anybody.
type Rest struct {
	*Frame
	Back string
}

// Activities is where the administrator words the five activities.
type Activities struct {
	*Frame
	Post  Post
	In    string // the language, by its tag
	Typed house.Wordings
	Was   string         // marks the words over which the form was made
	Now   house.Wordings // what stands, where somebody was first; else nil
}

// ActivityRow is one activity in that form.
type ActivityRow struct {
	ID          samenspel.Activity
	Name, About string // as the program has them, in the language that is worded
	Typed       house.Wording
	Stands      []string // what somebody else wrote meanwhile, where it is not what was typed
}

// Rows are the five.
func (p Activities) Rows() []ActivityRow {
	var rows []ActivityRow
	for _, act := range samenspel.Activities {
		in := wordingOf(text.In(p.In), act, house.Wording{})
		row := ActivityRow{ID: act, Name: in.Name, About: in.About, Typed: p.Typed[act]}
		typed, now := row.Typed, p.Now[act]
		for _, pair := range [][2]string{{typed.Name, now.Name}, {typed.About, now.About}, {typed.Origin, now.Origin}} {
			if pair[1] != "" && pair[0] != pair[1] {
				row.Stands = append(row.Stands, pair[1])
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// Most are the longest of each, in characters.
func (p Activities) Most() map[string]int {
	return map[string]int{"name": house.MaxName, "about": house.MaxAbout, "origin": house.MaxOrigin}
}

// Open reports whether more than the words was filled in already.
func (p Table) Open() bool {
	f := p.Form
	return f.Layer != "" || f.Theme != "" || f.ThemeNew != "" || f.Emotion != "" || f.EmotionOwn != ""
}

// ThemeNames are the themes of those in this dialogue, each name once: the
// worlds of others are not laid open here.
func (p Table) ThemeNames() []string {
	var names []string
	for _, th := range p.Seen.Themes {
		if !slices.Contains(p.D.With, th.About) {
			continue
		}
		name := p.Said(th.Name)
		if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			names = append(names, name)
		}
	}
	return names
}
