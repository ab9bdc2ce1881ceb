package page

import (
	"slices"
	"strings"

	"samenspel"
)

// TellForm is what was filled in on the page to tell something, as typed.
type TellForm struct {
	Words, Theme, ThemeNew, Emotion, EmotionOwn string
	SaidBy, About                               samenspel.PartnerID
	Kind                                        samenspel.Kind
	Layer                                       samenspel.Layer
	SeenBy                                      map[samenspel.PartnerID]bool
}

// Tell is the page to write down what was said.
type Tell struct {
	*Frame
	Post Post
	Form TellForm
}

// Speakers are who may have said it, the reader first.
func (p Tell) Speakers() []samenspel.SeenPartner {
	list := p.Present()
	slices.SortStableFunc(list, func(a, b samenspel.SeenPartner) int {
		switch {
		case a.You == b.You:
			return 0
		case a.You:
			return -1
		}
		return 1
	})
	return list
}

// Open reports whether more than the words was filled in already.
func (p Tell) Open() bool {
	f := p.Form
	return f.Layer != "" || f.Theme != "" || f.ThemeNew != "" || f.Kind != "" || f.About != "" || f.Emotion != "" || f.EmotionOwn != ""
}

// KindIcons are the signs of the kinds.
func (p Tell) KindIcons() map[samenspel.Kind]string {
	return map[samenspel.Kind]string{
		samenspel.Quote: "quote", samenspel.Retelling: "messages", samenspel.Observation: "eye", samenspel.Guess: "help",
	}
}

// themeNames are the themes that the reader knows of, each name once. Whose
// theme it is follows from whom the words are about.
func themeNames(f *Frame) []string {
	return f.namesOfThemes(func(samenspel.SeenTheme) bool { return true })
}

func (f *Frame) namesOfThemes(of func(samenspel.SeenTheme) bool) []string {
	var names []string
	for _, th := range f.Seen.Themes {
		name := f.Said(th.Name)
		if of(th) && !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			names = append(names, name)
		}
	}
	return names
}

// ThemeNames are those of the person whom the words are about: a statement has
// its place in no other world.
func (p Place) ThemeNames() []string {
	return p.namesOfThemes(func(th samenspel.SeenTheme) bool { return th.About == p.S.About })
}

// Feelings are words for what people feel, to choose from. One's own word is
// always as good.
//
//go:noinline
func (f *Frame) Feelings() []string {
	return strings.Split(f.T("tell.feelings"), " ")
}

// Reword is the form to say it in one's own words.
type Reword struct {
	*Frame
	Post  Post
	S     *samenspel.SeenStatement
	Back  string
	Words string
}

// View is the form to put one's own view beside a statement.
type View struct {
	*Frame
	Post  Post
	S     *samenspel.SeenStatement
	Back  string
	Words string
}

// Emotion is the form to name or notice a feeling.
type Emotion struct {
	*Frame
	Post  Post
	S     *samenspel.SeenStatement
	Back  string
	Words string
}

// Share is the form that says who sees a statement.
type Share struct {
	*Frame
	Post   Post
	S      *samenspel.SeenStatement
	Back   string
	SeenBy map[samenspel.PartnerID]bool
}

// Place is the form that gives a statement its layer and theme.
type Place struct {
	*Frame
	Post Post
	S    *samenspel.SeenStatement
	Back string
	Form TellForm
}

// Themes is the page with the reader's own themes.
type Themes struct {
	*Frame
	Post  Post
	Words string
}

// ThemeRow is one theme with what is set aside in it.
type ThemeRow struct {
	Theme samenspel.SeenTheme
	Cells []ThemeCell
}

// Aside reports whether something in the theme is set aside.
func (r ThemeRow) Aside() bool {
	return slices.ContainsFunc(r.Cells, func(c ThemeCell) bool { return c.Aside })
}

// ThemeCell is one layer of a theme.
type ThemeCell struct {
	Layer samenspel.Layer
	Aside bool
}

// Rows are the reader's themes in their order.
func (p Themes) Rows() []ThemeRow {
	var rows []ThemeRow
	for _, th := range p.Seen.Themes {
		if th.About != p.Seen.You {
			continue
		}
		row := ThemeRow{Theme: th}
		for _, l := range p.Outward() {
			row.Cells = append(row.Cells, ThemeCell{Layer: l, Aside: th.Aside(l)})
		}
		rows = append(rows, row)
	}
	return rows
}

// People is who is at the table.
type People struct {
	*Frame
	Ways map[samenspel.PartnerID]Way // to places that the reader may make a link to
}

// MayInvite reports whether the reader brings in others.
func (p People) MayInvite() bool { return len(p.You().Role.Invites()) > 0 && !p.Seen.Ending.Ended }

// FirstSeen is who sees at once what is said about the reader.
func (p People) FirstSeen() map[samenspel.PartnerID]bool { return SetOf(p.You().FirstSeen) }

// SetOf makes a set of a list.
func SetOf(ids []samenspel.PartnerID) map[samenspel.PartnerID]bool {
	set := map[samenspel.PartnerID]bool{}
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// Invite is the form to invite somebody.
type Invite struct {
	*Frame
	Post   Post
	Words  string
	As     string
	Role   samenspel.Role
	Near   samenspel.NearID // who it is on the reader's map, or ""
	Ground samenspel.InviteGround
}

// Roles are whom the reader may invite.
func (p Invite) Roles() []samenspel.Role { return p.You().Role.Invites() }

// Out asks whether a place at the table is to end.
type Out struct {
	*Frame
	Post    Post
	Partner samenspel.PartnerID
}
