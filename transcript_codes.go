package samenspel

import "slices"

// LineField is one of the eight questions that the lens puts to a line, by its
// name in files.
type LineField string

// NumLineFields is how many there are.
const NumLineFields = 8

// lineFields holds the fields with their codes, in the order of the codebook.
// The lens has its own table; a test holds the two together. It stands here
// because a correction comes from a form: what is not one of these words could
// be anything, and somebody's words may not pass for a code.
var lineFields = [NumLineFields]struct {
	name  LineField
	codes []string
}{
	{"layer", []string{"none", "behaviour", "need", "commitment", "meaning"}},
	{"emotion", []string{"none", "hinted", "named"}},
	{"valence", []string{"unpleasant", "pleasant", "mixed"}},
	{"question", []string{"none", "open", "closed"}},
	{"act", []string{"other", "inform", "self", "explore", "reflect", "affirm", "include", "check", "choice", "support", "advise", "push", "clear"}},
	{"will", []string{"none", "want+", "want-", "can+", "can-"}},
	{"friction", []string{"none", "friction"}},
	{"response", []string{"met", "left", "cleared"}},
}

// LineFields lists the fields in the order of the codebook.
func LineFields() [NumLineFields]LineField {
	var all [NumLineFields]LineField
	for i, f := range lineFields {
		all[i] = f.name
	}
	return all
}

// Codes lists the codes of a field; none for a name that is no field.
func (f LineField) Codes() []string {
	if i := f.index(); i >= 0 {
		return slices.Clone(lineFields[i].codes)
	}
	return nil
}

func (f LineField) index() int {
	for i := range lineFields {
		if lineFields[i].name == f {
			return i
		}
	}
	return -1
}

// known gives the code as it stands in the table, or ok = false. The empty
// one belongs to every field: it does not apply.
func (f LineField) known(code string) (own string, ok bool) {
	i := f.index()
	if i < 0 || code == "" {
		return "", i >= 0
	}
	at := slices.Index(lineFields[i].codes, code)
	if at < 0 {
		return "", false
	}
	return lineFields[i].codes[at], true
}

// LineCode is one code, and how sure its reader is of it, from 0 to 1.
type LineCode struct {
	Code string // empty: the field does not apply
	Sure float64
}

// LineCodes are the codes of a line, in the order of [LineFields].
type LineCodes [NumLineFields]LineCode

// Of gives the code of a field, the zero one where it does not apply.
func (c LineCodes) Of(f LineField) LineCode {
	if i := f.index(); i >= 0 {
		return c[i]
	}
	return LineCode{}
}

// valid reports whether each code belongs to its field.
func (c LineCodes) valid() bool {
	for i, of := range c {
		if _, ok := lineFields[i].name.known(of.Code); !ok || !(of.Sure >= 0 && of.Sure <= 1) {
			return false
		}
	}
	return true
}

// LineReader says who gave a line its codes.
type LineReader string

// The readers. A person's codes stand beside these, as corrections.
const (
	ByLens      LineReader = "lens"
	BySuggester LineReader = "suggester" // a language model that the organisation chose
)
