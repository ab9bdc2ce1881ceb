package report

import (
	"slices"
	"time"

	"samenspel"
)

// frictions is where it chafed for the person, and what they did about it
// where it chafed for another.
var frictions = section{
	name: "frictions",
	things: func(t *telling) []int {
		var list []int
		for _, f := range t.frictions() {
			list = append(list, 1+len(f.Repairs))
		}
		return list
	},
	add: func(t *telling, d *Data) {
		for _, f := range t.frictions() {
			d.Frictions = append(d.Frictions, f.data())
		}
	},
}

// Friction is that it chafes, as the person let know.
type Friction struct {
	ID        string    `json:"id"`
	Of        string    `json:"of,omitempty"`
	Words     string    `json:"words,omitempty"`
	Since     time.Time `json:"since"`
	Everybody bool      `json:"everybody,omitempty"`
	Told      []string  `json:"told,omitempty"`
	Earlier   string    `json:"earlier,omitempty"`
	Ground    string    `json:"ground,omitempty"`
	Mended    bool      `json:"mended,omitempty"`
	Repairs   []Repair  `json:"repairs,omitempty"`
}

// Repair is what somebody does about it.
type Repair struct {
	Words string    `json:"words"`
	By    string    `json:"by,omitempty"`
	At    time.Time `json:"at"`
}

// chafing is a friction on a page.
type chafing struct {
	*telling
	samenspel.SeenFriction
}

// frictions are the person's own with all that was said about them; of those
// of others, which are not theirs to take along, only what they did about it.
func (t *telling) frictions() []chafing {
	var list []chafing
	for _, f := range t.Seen.Frictions {
		if f.By != t.You.ID {
			f.Words, f.To, f.Earlier, f.Ground, f.Everybody, f.Mended = samenspel.Words{}, nil, "", "", false, false
			f.Repairs = slices.DeleteFunc(slices.Clone(f.Repairs), func(r samenspel.SeenRepair) bool { return r.By != t.You.ID })
			if len(f.Repairs) == 0 {
				continue
			}
		}
		list = append(list, chafing{t, f})
	}
	return list
}

// Frictions are those of this part of a document.
func (t *telling) Frictions() []chafing { return cut(t.frictions(), t.from, t.to) }

func (f chafing) data() Friction {
	out := Friction{
		ID: f.local[f.ID], Of: f.Of(), Words: said(f.Words), Since: f.Since.UTC(), Everybody: f.Everybody,
		Earlier: f.local[f.Earlier], Ground: f.local[f.Ground], Mended: f.Mended,
	}
	if !f.Everybody {
		for _, id := range f.To {
			if name := f.Name(id); name != "" {
				out.Told = append(out.Told, name)
			}
		}
	}
	for _, r := range f.Repairs {
		out.Repairs = append(out.Repairs, Repair{said(r.Words), f.Name(r.By), r.At.UTC()})
	}
	return out
}

// Of is for whom it chafes, or "" for the person.
func (f chafing) Of() string {
	if f.By == f.You.ID {
		return ""
	}
	return f.Name(f.By)
}

// Told is whom the person told, as in a sentence.
func (f chafing) Told() string { return f.Names(f.To) }

// Before is the day of the earlier one, when it came back.
func (f chafing) Before() string {
	if earlier := f.Seen.Friction(f.Earlier); earlier != nil && f.local[f.Earlier] != "" {
		return f.On(earlier.Since)
	}
	return ""
}

// Under is which words lay under it, or nil.
func (f chafing) Under() *saying { return f.word(f.Ground) }
