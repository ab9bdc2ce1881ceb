package house

import (
	"samenspel"
)

// MaxTerms is how many terms an organisation adds at most.
const MaxTerms = 50

// Term is how long the organisation keeps an alliance by a rule of its own.
type Term struct {
	Word   string // stable, in the log; begins with "own-"
	Name   string
	Source string // where the rule stands
	From   samenspel.Count
	Years  int
	Months int
	Weeks  int
}

// ParseTerm takes the organisation's texts for a term from outside, by the
// rules of [samenspel.ParseWords].
func ParseTerm(name, source string) (t Term, err error) {
	w, err := ParseWording(name, source, "")
	return Term{Name: w.Name, Source: w.About}, err
}

// Regime is the term as one of the regimes. It holds from the beginning: it is
// the organisation's own.
func (t Term) Regime() samenspel.Regime {
	return samenspel.Regime{
		Word: t.Word, Names: map[string]string{"nl": t.Name, "en": t.Name}, Source: t.Source, From: t.From, Own: true,
		Terms: []samenspel.Term{{Years: t.Years, Months: t.Months, Weeks: t.Weeks}},
	}
}
