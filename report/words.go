package report

import (
	"cmp"
	"slices"

	"samenspel"
)

// words is all that was said about the person, by layer, and their themes.
var words = section{
	name: "words",
	things: func(t *telling) []int {
		if len(t.world()) == 0 && len(t.themes()) == 0 {
			return nil
		}
		list := []int{1} // the themes
		for _, s := range t.sayings() {
			list = append(list, 1+len(s.Emotions)+len(s.Views))
		}
		return list
	},
	add: func(t *telling, d *Data) {
		places := map[samenspel.ThemeID]string{}
		for i, th := range t.themes() {
			id := localID("t", i)
			places[th.ID] = id
			d.Themes = append(d.Themes, Theme{ID: id, Name: said(th.Name), Own: th.Mine(), NotHere: th.SetAside()})
		}
		for i, s := range t.world() {
			d.Statements = append(d.Statements, t.statement(localID("s", i), places[s.Theme], s))
		}
	},
}

func (t *telling) statement(id, theme string, s *samenspel.SeenStatement) Statement {
	out := Statement{
		ID: id, Words: said(s.Words), First: said(s.First), Kind: s.Kind, Layer: s.Layer, Theme: theme,
		Standing: s.Standing, Said: s.Said.UTC(), SaidBy: t.speaker(s), Alone: len(s.SeenBy) == 0,
	}
	if s.RecordedBy != s.SaidBy {
		out.WrittenBy = t.Name(s.RecordedBy)
	}
	for _, e := range s.Emotions {
		out.Emotions = append(out.Emotions, Emotion{Word: said(e.Word), State: e.Feeling, At: e.At.UTC(), By: t.Name(e.By)})
	}
	for _, v := range s.Views {
		out.Views = append(out.Views, View{Words: said(v.Words), By: t.Name(v.By), At: v.At.UTC()})
	}
	return out
}

// styles are the names that the stylesheets have for the layers.
var styles = map[samenspel.Layer]string{
	samenspel.Behaviour: "gedrag", samenspel.Need: "behoefte",
	samenspel.Commitment: "betrokkenheid", samenspel.Meaning: "zingeving",
}

// group is what was said in one layer.
type group struct {
	Style string
	Key   string
	Said  []saying
}

// saying is a statement on a page.
type saying struct {
	*telling
	S *samenspel.SeenStatement
}

// sayings are all that was said, as the pages tell it: by layer from the core
// outward, then what has none, then what the person said no to.
func (t *telling) sayings() []*samenspel.SeenStatement {
	list := t.world()
	slices.SortStableFunc(list, func(a, b *samenspel.SeenStatement) int { return place(a) - place(b) })
	return list
}

func place(s *samenspel.SeenStatement) int {
	if s.Standing == samenspel.RefusedByMe {
		return len(samenspel.Layers) + 1
	}
	if i := slices.Index(samenspel.Layers[:], s.Layer); i >= 0 {
		return i
	}
	return len(samenspel.Layers)
}

// shownSayings are those of this part of a document, in which the themes came
// first.
func (t *telling) shownSayings() []*samenspel.SeenStatement {
	return cut(t.sayings(), t.from-1, t.to-1)
}

// Groups are the layers from the core outward, and what has none; only those
// in which something was said.
func (t *telling) Groups() []group {
	var list []group
	for _, s := range t.shownSayings() {
		if s.Standing == samenspel.RefusedByMe {
			continue
		}
		key := string(cmp.Or(s.Layer, "none"))
		if n := len(list); n == 0 || list[n-1].Key != key {
			list = append(list, group{Style: styles[s.Layer], Key: key})
		}
		last := &list[len(list)-1]
		last.Said = append(last.Said, saying{t, s})
	}
	return list
}

// Refused is what the person said no to.
func (t *telling) Refused() []saying {
	var list []saying
	for _, s := range t.shownSayings() {
		if s.Standing == samenspel.RefusedByMe {
			list = append(list, saying{t, s})
		}
	}
	return list
}

// ThemeNames are the person's themes, once.
func (t *telling) ThemeNames() []string {
	var names []string
	if !t.First() {
		return nil
	}
	for _, th := range t.themes() {
		names = append(names, said(th.Name))
	}
	return names
}

// Own reports whether these are the person's own words.
func (s saying) Own() bool { return own(s.S) }

// Speaker is who said it, by name.
func (s saying) Speaker() string {
	if name := s.speaker(s.S); name != "" && !s.Own() {
		return name
	}
	return s.Me()
}

// FirstBy is who worded it first, or "" for the person themselves.
func (s saying) FirstBy() string { return s.speaker(s.S) }

// Theme is the name of its theme, or "".
func (s saying) Theme() string {
	if th := s.Seen.Theme(s.S.Theme); th != nil {
		return said(th.Name)
	}
	return ""
}

// Alone reports whether nobody else sees it.
func (s saying) Alone() bool { return len(s.S.SeenBy) == 0 }
