package figure_test

import (
	"fmt"
	"testing"
	"time"

	"samenspel"
)

// The people here are invented: Mieke is a professional, Yara a vrager.

// table is an alliance on which somebody does one thing after another.
type table struct {
	t        *testing.T
	alliance *samenspel.Alliance
	acts     int
}

// does carries out a wish and gives the id of what it made.
func (tb *table) does(person samenspel.PersonID, wish samenspel.Wish) string {
	tb.t.Helper()
	tb.acts++
	id := fmt.Sprintf("00000000-0000-4000-8000-%012d", tb.acts)
	at := time.Date(2026, 3, 2, 9, tb.acts, 0, 0, time.UTC)
	cmd := samenspel.Command{ID: samenspel.CommandID(id), Arrived: at, Wish: wish}
	events, err := tb.alliance.Decide(person, cmd)
	if err != nil {
		tb.t.Fatal(err)
	}
	for _, f := range tb.alliance.Facts(person, cmd, events) {
		if err := tb.alliance.Apply(f); err != nil {
			tb.t.Fatal(err)
		}
	}
	return id
}

const (
	mieke samenspel.PersonID = "Mieke herself"
	yara  samenspel.PersonID = "Yara herself"
)

// word is what fills one cell: who said something of which kind, and whether
// Yara confirmed it.
type word struct {
	layer     samenspel.Layer
	by        samenspel.PersonID
	confirmed bool
	aside     bool
}

// subject is a theme of Yara's with what was said in it.
type subject struct {
	name  string // "" for what has no theme
	words []word
}

// atTable plays the subjects and gives what Yara sees, and which partner she is.
func atTable(t *testing.T, subjects ...subject) (*samenspel.Seen, samenspel.PartnerID) {
	t.Helper()
	tb := &table{t: t, alliance: samenspel.NewAlliance("alliance")}
	tb.does(mieke, samenspel.BeginAlliance{Title: samenspel.Say("Rest at home"), Name: samenspel.Say("Mieke")})
	about := samenspel.PartnerID(tb.does(mieke, samenspel.InvitePartner{Role: samenspel.Vrager, Name: samenspel.Say("Yara")}))
	tb.does(yara, samenspel.JoinAlliance{Partner: about})
	for _, s := range subjects {
		var theme samenspel.ThemeID
		if s.name != "" {
			theme = samenspel.ThemeID(tb.does(yara, samenspel.NameTheme{Name: samenspel.Say(s.name)}))
		}
		for _, w := range s.words {
			tb.fill(about, theme, w)
		}
	}
	seen, err := tb.alliance.See(yara)
	if err != nil {
		t.Fatal(err)
	}
	return seen, about
}

func (tb *table) fill(about samenspel.PartnerID, theme samenspel.ThemeID, w word) {
	tb.t.Helper()
	if w.aside {
		tb.does(yara, samenspel.SetLayerAside{Theme: theme, Layer: w.layer})
		return
	}
	said := samenspel.WordStatement{Words: samenspel.Say("words"), About: about, Layer: w.layer, Theme: theme}
	if w.by == mieke {
		said.Kind = samenspel.Guess
	}
	id := samenspel.StatementID(tb.does(w.by, said))
	if w.confirmed {
		seen, err := tb.alliance.See(yara)
		if err != nil {
			tb.t.Fatal(err)
		}
		tb.does(yara, samenspel.ConfirmStatement{Statement: id, Turn: seen.Statement(id).Turn})
	}
}

// insight is the picture of Yara, as she sees it.
func insight(t *testing.T, subjects ...subject) samenspel.Insight {
	t.Helper()
	seen, about := atTable(t, subjects...)
	return seen.Insight(about)
}

func own(l samenspel.Layer) word       { return word{layer: l, by: yara} }
func guessed(l samenspel.Layer) word   { return word{layer: l, by: mieke} }
func confirmed(l samenspel.Layer) word { return word{layer: l, by: mieke, confirmed: true} }
func aside(l samenspel.Layer) word     { return word{layer: l, aside: true} }

// sixSubjects show all five states. Yara speaks first in each: before that
// Mieke does not see the subject.
var sixSubjects = []subject{
	{"Sami", []word{own(samenspel.Meaning), own(samenspel.Commitment), own(samenspel.Need), own(samenspel.Behaviour)}},
	{"living", []word{own(samenspel.Meaning), confirmed(samenspel.Commitment), own(samenspel.Need), own(samenspel.Behaviour)}},
	{"money", []word{own(samenspel.Behaviour), confirmed(samenspel.Need), guessed(samenspel.Commitment)}},
	{"my sister", []word{own(samenspel.Commitment), confirmed(samenspel.Meaning), guessed(samenspel.Need), confirmed(samenspel.Behaviour)}},
	{"work", []word{own(samenspel.Need), guessed(samenspel.Meaning), guessed(samenspel.Behaviour)}},
	{"sleep", []word{own(samenspel.Behaviour), guessed(samenspel.Commitment), aside(samenspel.Meaning), aside(samenspel.Need)}},
}

// longNames are as unwieldy as names of themes come.
var longNames = []string{
	"the school of my youngest daughter", "Arbeidsongeschiktheidsverzekering", "getting along with the neighbours again",
	"money", "العمل والبيت والأطفال في المدينة", "MMMM WWWW MMMM WWWW MMMM", "👩🏽‍👩🏽‍👧🏽 family 👨‍👩‍👧‍👦", "sleep & <rest>",
}

// named gives so many subjects with one word in each.
func named(names ...string) []subject {
	var list []subject
	for i, name := range names {
		list = append(list, subject{name, []word{own(samenspel.Layers[i%4])}})
	}
	return list
}

// texts says a few of the keys in English and the others by themselves.
func texts(key string, args ...any) string {
	known := map[string]string{
		"layer.meaning": "Meaning", "layer.commitment": "Commitment", "layer.need": "Need", "layer.behaviour": "Behaviour",
		"figure.no_theme": "no theme yet",
	}
	if text, ok := known[key]; ok {
		return text
	}
	return fmt.Sprint(append([]any{key}, args...)...)
}
