package report

import (
	"html/template"
	"slices"

	"samenspel"
	"samenspel/figure"
)

// picture is the person's own picture, broad and deep, with the table that
// says the same.
var picture = section{
	name:   "picture",
	things: func(*telling) []int { return ones(1) }, // an empty one invites
}

// Figure is the picture. What comes out of package figure is escaped there.
func (t *telling) Figure() template.HTML {
	return template.HTML(figure.Insight("picture", t.insight(), t.Me(), t.Say)) //nolint:gosec // figure escapes
}

func (t *telling) insight() samenspel.Insight { return t.Seen.Insight(t.You.ID) }

// Keys are the signs in the figure.
func (t *telling) Keys() []key {
	var list []key
	for _, state := range samenspel.CellStates {
		sign := template.HTML(figure.Sign(state)) //nolint:gosec // a fixed drawing
		list = append(list, key{sign, t.T("key."+stateKey(state), "Name", t.Me())})
	}
	return list
}

// key is one sign with what it means.
type key struct {
	Sign template.HTML
	Text string
}

// row is one theme in the table.
type row struct {
	Theme  string
	States [4]string // from what can be seen to the core
}

// Rows are the facts of the figure in words.
func (t *telling) Rows() []row {
	in := t.insight()
	var rows []row
	for _, s := range slices.Concat(in.Sectors, in.Rest) {
		r := row{Theme: said(s.Name)}
		if s.Theme == "" {
			r.Theme = t.T("figure.no_theme")
		}
		for i, c := range s.Cells {
			r.States[len(s.Cells)-1-i] = t.T("state." + stateKey(c.State))
		}
		rows = append(rows, r)
	}
	return rows
}

// Outward are the layers from what can be seen to the core.
func (t *telling) Outward() []samenspel.Layer {
	list := slices.Clone(samenspel.Layers[:])
	slices.Reverse(list)
	return list
}

// stateKey is the name of a cell's state among the texts.
func stateKey(s samenspel.CellState) string {
	return [...]string{"not_asked", "assumed", "confirmed", "own", "not_here"}[s]
}
