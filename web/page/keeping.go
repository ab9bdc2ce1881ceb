package page

import (
	"time"

	"samenspel"
	"samenspel/retention"
)

// keepingPages are the pages of keeping.go, keeping_list.go and gone.go in
// package web.
var keepingPages = []Page{Keeping{}, KeepingList{}, KeepingOne{}, Gone{}, Proof{}, Terms{}}

// Keeping is how this place is kept, for everybody at its table, with the
// forms for a professional.
type Keeping struct {
	*Frame
	Terms                  samenspel.Terms
	Regime, Because, Adult string // as kept, or as typed
	Mine, Strong           bool   // the proposal is the reader's; they came in with more than a link
}

// K is how it is kept.
func (p Keeping) K() samenspel.SeenKeeping { return p.Seen.Keeping }

// Told is what the page says about the time.
func (p Keeping) Told() Told { return told(p.Frame, p.Terms, p.Seen.Keeping.Keeping) }

// Choices are the regimes to choose from.
func (p Keeping) Choices() []Choice { return choices(p.Frame, p.Terms, p.Regime) }

// Whys are the reasons to hold that do not hold already.
func (p Keeping) Whys() []samenspel.HoldWhy { return whys(p.Seen.Keeping.Holds) }

// Told is how long something is kept, ready to be said.
type Told struct {
	State string // "none", "unknown", "open", "until", "over"
	Law   string // which law and article, or where the rule stands
	Name  string
	Long  string // the term
	Last  time.Time
}

func told(f *Frame, terms samenspel.Terms, k samenspel.Keeping) Told {
	r := terms.Regime(k.Regime)
	switch {
	case k.Regime == "":
		return Told{State: "none"}
	case r == nil || r.At(f.Now) == nil:
		return Told{State: "unknown"}
	}
	t := Told{State: "open", Name: r.Names[f.Text.Tag], Law: lawOf(f, r), Long: f.long(*r.At(f.Now))}
	if due, ok := terms.Due(k, f.Now); ok {
		t.Last = due.AddDate(0, 0, -1)
		if t.State = "until"; !f.Now.Before(due) {
			t.State = "over"
		}
	}
	return t
}

func lawOf(f *Frame, r *samenspel.Regime) string {
	if r.Own {
		return r.Source
	}
	return f.T("retain.law", "Law", r.Law, "Article", r.Article)
}

// long says a term: "15 jaar", "6 weken".
func (f *Frame) long(t samenspel.Term) string {
	var parts []string
	for _, one := range []struct {
		n   int
		key string
	}{{t.Years, "retain.years"}, {t.Months, "retain.months"}, {t.Weeks, "retain.weeks"}, {t.Days, "retain.days"}} {
		if one.n > 0 {
			parts = append(parts, f.T(one.key, "N", one.n))
		}
	}
	return f.Text.List(parts)
}

// Choice is a regime to choose.
type Choice struct {
	Word, Name, Law, Long string
	From                  samenspel.Count
	Own, On               bool
}

func choices(f *Frame, terms samenspel.Terms, chosen string) []Choice {
	var list []Choice
	for i := range terms.Regimes {
		r := &terms.Regimes[i]
		now := r.At(f.Now)
		if now == nil {
			continue // does not hold yet
		}
		list = append(list, Choice{r.Word, r.Names[f.Text.Tag], lawOf(f, r), f.long(*now), r.From, r.Own, r.Word == chosen})
	}
	return list
}

func whys(holds []samenspel.Hold) []samenspel.HoldWhy {
	on := map[samenspel.HoldWhy]bool{}
	for _, h := range holds {
		on[h.Why] = true
	}
	var list []samenspel.HoldWhy
	for _, w := range samenspel.HoldWhys {
		if !on[w] {
			list = append(list, w)
		}
	}
	return list
}

// KeepingRow is one place in a list: dates, ids, and who is at work there.
type KeepingRow struct {
	Keeping samenspel.Keeping
	Due     time.Time
	HasDue  bool
	Staff   []samenspel.Words
	Mine    bool
}

// KeepingList is the yearly list, of the privacy officer or of a professional.
type KeepingList struct {
	*Frame
	Officer           bool
	Strong            bool
	Year              int
	Terms             samenspel.Terms
	Due, Left, Others []KeepingRow
}

// CSV is the address of the same list as a file.
func (p KeepingList) CSV() string {
	if p.Officer {
		return "/officer/keeping.csv"
	}
	return "/keeping.csv"
}

// Before is the year before, After the next.
func (p KeepingList) Before() int { return p.Year - 1 }

// After is the next year.
func (p KeepingList) After() int { return p.Year + 1 }

// Part is a row with the frame that it is shown in.
func (p KeepingList) Part(r KeepingRow) KeepingPart {
	return KeepingPart{p.Frame, r, told(p.Frame, p.Terms, r.Keeping), p.Officer}
}

// KeepingPart is one row of the list.
type KeepingPart struct {
	*Frame
	Row     KeepingRow
	Told    Told
	Officer bool
}

// Names are those at work there.
func (p KeepingPart) Names() string { return p.staff(p.Row.Staff) }

func (f *Frame) staff(list []samenspel.Words) string {
	var names []string
	for _, w := range list {
		names = append(names, f.Said(w))
	}
	return f.Text.List(names)
}

// KeepingOne is one place for the privacy officer. There is nothing on it that
// anybody said.
type KeepingOne struct {
	*Frame
	Terms        samenspel.Terms
	Row          KeepingRow
	Mine, Strong bool
}

// K is how it is kept.
func (p KeepingOne) K() samenspel.Keeping { return p.Row.Keeping }

// Told is what the page says about the time.
func (p KeepingOne) Told() Told { return told(p.Frame, p.Terms, p.Row.Keeping) }

// Names are those at work there.
func (p KeepingOne) Names() string { return p.staff(p.Row.Staff) }

// Alone reports whether nobody at work is left there.
func (p KeepingOne) Alone() bool { return len(p.Row.Keeping.Professionals) == 0 }

// Choices are the regimes to choose from.
func (p KeepingOne) Choices() []Choice { return choices(p.Frame, p.Terms, p.Row.Keeping.Regime) }

// Whys are the reasons to hold that do not hold already.
func (p KeepingOne) Whys() []samenspel.HoldWhy { return whys(p.Row.Keeping.Holds) }

// Do is the address of what the officer does here.
func (p KeepingOne) Do(act string) string {
	return "/officer/keeping/" + string(p.Row.Keeping.Alliance) + "/" + act
}

// Send is for one of the buttons.
func (p KeepingOne) Send() Post { return p.Fresh(p.Path) }

// Gone is the list of the places of a reader that were destroyed.
type Gone struct {
	*Frame
	Places []retention.Certificate
}

// Proof says that a place was destroyed, to read or to print.
type Proof struct {
	*Frame
	C     retention.Certificate
	Terms samenspel.Terms
}

// Why is the regime under which it was kept, or its word where the regime is
// no longer known.
func (p Proof) Why() string {
	if r := p.Terms.Regime(p.C.Regime); r != nil {
		return r.Names[p.Text.Tag]
	}
	return p.C.Regime
}

// Terms is where the administrator sees all terms and adds the organisation's
// own.
type Terms struct {
	*Frame
	Terms                      samenspel.Terms
	Post                       Post
	Name, Source, Number, Unit string
	From                       string
}

// Choices are all terms that hold.
func (p Terms) Choices() []Choice { return choices(p.Frame, p.Terms, "") }

// Units are what a term is told in.
func (p Terms) Units() []string { return []string{"years", "months", "weeks"} }

// Counts are what a term counts from. Of one's own, the end and the birthday:
// the end is never earlier than what was made or changed.
func (p Terms) Counts() []samenspel.Count {
	return []samenspel.Count{samenspel.FromEnded, samenspel.FromAdult}
}
