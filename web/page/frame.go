package page

import (
	"html/template"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"samenspel"
	"samenspel/web/text"
)

// Frame is what every page has around it.
type Frame struct {
	Text    *text.Language
	Now     time.Time // in the zone in which all times are said
	Theme   string    // "light", "dark" or "": as the device has it
	Size    string    // "large", "larger" or "": ordinary
	Key     string    // of the neutral title
	Path    string    // of this page, for the way back to it
	Signed  bool      // somebody is here
	Brand   samenspel.Words
	Seen    *samenspel.Seen // nil outside an alliance
	At      string          // where in the alliance: "home", "picture", "tell", "agreements", "more"
	Done    string          // key of what was just done, or ""
	NewID   func() string
	Live    template.HTML // the live regions, made first
	LiveURL string        // address of the stream up to its last parameter, or ""
	Trouble *Trouble      // what is wrong with the form on this page, or nil
	Demo    bool
	Bare    bool // without the bar: for a page that is all there is to look at

	days map[time.Time]string // said before on this page, by midnight
	bys  map[by]string

	named   string // as Names said it last
	namedOf []samenspel.PartnerID
}

// by is a text about a partner.
type by struct {
	key string
	id  samenspel.PartnerID
}

func (f *Frame) frame() *Frame { return f }

// T says a text.
//
//go:noinline
func (f *Frame) T(key string, args ...any) string { return f.Text.Say(key, args...) }

// NeutralTitle is what stands in the tab and the history of the browser. It is
// asked of the frame itself: some pages have a Key of their own.
//
//go:noinline
func (f *Frame) NeutralTitle() string { return f.T(f.Key) }

// Said gives words to the page. Only here, and by the function words of the
// templates, do they come into the clear.
//
//go:noinline
func (f *Frame) Said(w samenspel.Words) string { return w.Text() }

// AtTable reports whether the reader has a place in the alliance that is shown.
//
//go:noinline
func (f *Frame) AtTable() bool { return f.Seen != nil && f.Seen.You != "" }

// Name is how a partner is called, or who looked in an emergency.
func (f *Frame) Name(id samenspel.PartnerID) string {
	p := f.Seen.Partner(id)
	switch {
	case p != nil && p.Erased:
		return f.T("erase.was_here")
	case p != nil:
		return f.Said(p.Name)
	}
	if e := f.Seen.Emergency(id); e != nil {
		return f.Said(e.Name)
	}
	return ""
}

// By says a text about a partner: its form for the reader themselves, or
// the one with a name.
//
//go:noinline
func (f *Frame) By(key string, id samenspel.PartnerID) string {
	if f.Seen.You == id {
		return f.T(key + ".you")
	}
	said, known := f.bys[by{key, id}]
	if !known {
		if said = f.T(key, "Name", f.Name(id)); f.bys == nil {
			f.bys = map[by]string{}
		}
		f.bys[by{key, id}] = said
	}
	return said
}

// Names joins the names of partners as in a sentence.
//
//go:noinline
func (f *Frame) Names(ids []samenspel.PartnerID) string {
	if f.named == "" || !slices.Equal(ids, f.namedOf) { // most things are for the same people
		var names []string
		for _, id := range ids {
			names = append(names, f.Name(id))
		}
		f.named, f.namedOf = f.Text.List(names), ids
	}
	return f.named
}

// lately is how long today's page offers something after the moment for it: to
// look back, to share what matters to oneself. Then it is quiet: all may stay
// as it is.
const lately = 14 * 24 * time.Hour

// Day says the day of a time.
//
//go:noinline
func (f *Frame) Day(t time.Time) string {
	t = t.In(f.Now.Location())
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	said, known := f.days[day]
	if !known {
		if said = f.Text.Day(t, f.Now); f.days == nil {
			f.days = map[time.Time]string{}
		}
		f.days[day] = said
	}
	return said
}

// Face is the sign of a partner: a letter in a shape of their own.
type Face struct {
	Shape  int
	You    bool
	Letter string
	Large  bool
}

// Face gives the sign of a partner.
//
//go:noinline
func (f *Frame) Face(id samenspel.PartnerID) Face {
	p := f.Seen.Partner(id)
	if p == nil {
		r, _ := utf8.DecodeRuneInString(f.Name(id))
		return Face{Shape: 1, Letter: strings.ToUpper(strings.Trim(string(r), "\uFFFD"))}
	}
	r, _ := utf8.DecodeRuneInString(f.Said(p.Name))
	return Face{Shape: p.Shape, You: p.You, Letter: strings.ToUpper(string(r))}
}

// LargeFace gives the sign of a partner for where it stands by itself.
//
//go:noinline
func (f *Frame) LargeFace(id samenspel.PartnerID) Face {
	face := f.Face(id)
	face.Large = true
	return face
}

// Base is the address of the alliance.
//
//go:noinline
func (f *Frame) Base() string { return "/a/" + string(f.Seen.Alliance) }

// You is the viewer's own place.
//
//go:noinline
func (f *Frame) You() *samenspel.SeenPartner { return f.Seen.Partner(f.Seen.You) }

// Here are the partners who are at the table now.
//
//go:noinline
func (f *Frame) Here() []samenspel.SeenPartner {
	return slices.DeleteFunc(slices.Clone(f.Seen.Partners), func(p samenspel.SeenPartner) bool {
		return p.Standing != samenspel.Here
	})
}

// Others are the partners who are at the table now, without the viewer.
//
//go:noinline
func (f *Frame) Others() []samenspel.SeenPartner {
	return slices.DeleteFunc(f.Here(), func(p samenspel.SeenPartner) bool { return p.You })
}

// Present are the partners who are at the table or may still come.
//
//go:noinline
func (f *Frame) Present() []samenspel.SeenPartner {
	return slices.DeleteFunc(slices.Clone(f.Seen.Partners), func(p samenspel.SeenPartner) bool {
		return p.Standing == samenspel.Left
	})
}

// Outward are the four as somebody meets them: from what can be seen to the core.
//
//go:noinline
func (f *Frame) Outward() []samenspel.Layer {
	list := slices.Clone(samenspel.Layers[:])
	slices.Reverse(list)
	return list
}

// Post is what a form carries besides what is typed: the command's id, which
// makes sending twice the same as once, and the way back.
type Post struct {
	Command string
	Back    string
	Turn    int
	At      string // where on the page to come back to
}

// Fresh is for a form on a page of its own: each page is one wish.
//
//go:noinline
func (f *Frame) Fresh(back string) Post { return Post{Command: f.NewID(), Back: back} }

// Repeatable is for a button whose wish follows from what the page shows. Its
// id follows from it too, so that the same page is the same to the byte.
//
// It follows from the viewer's last act as well: the same wish after another
// one is a new wish.
//
//go:noinline
func (f *Frame) Repeatable(parts ...any) Post {
	return Post{Command: CommandFor(f.Seen, parts...), Back: f.Path}
}

// WordPart is a statement on a page.
type WordPart struct {
	*Frame
	S     *samenspel.SeenStatement
	Quiet bool // asks the reader nothing
}

// Word gives a statement with the frame that it is shown in.
func (f *Frame) Word(s *samenspel.SeenStatement) WordPart { return WordPart{Frame: f, S: s} }

// quietWord is a statement where the page may ask nothing by it: what is
// asked there goes at the reader's pace.
func quietWord(f *Frame, s *samenspel.SeenStatement) WordPart {
	return WordPart{Frame: f, S: s, Quiet: true}
}

// Style is the look of a statement: by whose words it is in.
func (w WordPart) Style() string {
	switch {
	case w.Own():
		return "eigen"
	case w.S.Standing == samenspel.Confirmed:
		return "naverteld" // no longer a guess: its person said so
	case w.S.Kind == samenspel.Observation:
		return "waarneming"
	case w.S.Kind == samenspel.Guess:
		return "vermoeden"
	}
	return "naverteld"
}

// Asking reports whether the reader is asked here whether it is right. On
// pause nothing is asked; who wants to answer anyway finds how below.
func (w WordPart) Asking() bool {
	return w.S.MayAnswer && w.S.Standing == samenspel.Asked && !w.Paused()
}

// Own reports whether these are the words of the person themselves.
func (w WordPart) Own() bool {
	return w.S.Standing == samenspel.Own || w.S.Standing == samenspel.Reworded ||
		w.S.Kind == samenspel.Quote
}

// OnlyYou reports whether nobody but the reader sees it.
func (w WordPart) OnlyYou() bool { return w.S.MayShare && len(w.S.SeenBy) == 0 }

// Speaker is whose face stands at it: who spoke, or the person themselves
// where the words are theirs.
func (w WordPart) Speaker() samenspel.PartnerID {
	if w.Own() {
		return w.S.About
	}
	return w.S.SaidBy
}

// Answer is for a button that answers this statement as it stands here.
func (w WordPart) Answer(what string) Post {
	p := w.Repeatable(what, w.S.ID, w.S.Turn)
	p.Turn, p.At = w.S.Turn, "s-"+string(w.S.ID)
	return p
}

// ThemeName is the name of its theme, or "".
func (w WordPart) ThemeName() string {
	if th := w.Seen.Theme(w.S.Theme); th != nil {
		return w.Said(th.Name)
	}
	return ""
}

// EmotionPart is an emotion at a statement.
type EmotionPart struct {
	*Frame
	S *samenspel.SeenStatement
	E *samenspel.SeenEmotion
}

// Feeling gives an emotion with the frame that it is shown in.
//
//go:noinline
func (f *Frame) Feeling(s *samenspel.SeenStatement, e samenspel.SeenEmotion) EmotionPart {
	return EmotionPart{f, s, &e}
}

// Asking reports whether the reader is asked here whether they feel it.
func (e EmotionPart) Asking() bool { return e.E.MayAnswer && !e.Paused() }

// Ring is the sign of how it stands.
func (e EmotionPart) Ring() string {
	switch e.E.Feeling {
	case samenspel.Met:
		return "met"
	case samenspel.Noticed:
		return "noticed"
	case samenspel.Declined:
		return "left"
	}
	return "open"
}

// Act is for a button that answers this emotion.
func (e EmotionPart) Act(what string) Post {
	p := e.Repeatable(what, e.E.ID)
	p.At = "s-" + string(e.S.ID)
	return p
}
