package web_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"samenspel/lens"
)

// outside gives every partner's utterance the deepest layer, and keeps which
// names it was told not to let out.
type outside struct{ names *[]string }

func (o outside) Suggest(_ context.Context, coded []lens.Coded, names ...string) []lens.Coded {
	*o.names = names
	coded = slices.Clone(coded)
	for i := range coded {
		if !coded[i].Role.Professional() {
			coded[i].Codes[lens.Layer], coded[i].By = lens.AtMeaning, lens.BySuggester
		}
	}
	return coded
}

// TestSuggesterInTheWorkspace lets a language model outside read along: it is
// said before anybody says yes, its codes are marked, and it is told the names.
func TestSuggesterInTheWorkspace(t *testing.T) {
	w, at := readyToRead(t)
	const reads = "Een taalmodel leest mee."
	if w.sees(vrager, at, reads) {
		t.Error("something is said of a language model where there is none")
	}
	var heard, names []string
	w.Coder, w.Suggester = fixed{&heard}, outside{&names}
	if !w.sees(vrager, at, reads) {
		t.Error("nobody is told that a language model reads along")
	}
	does := func(viewer, path string, f url.Values) {
		t.Helper()
		if got := w.post(viewer, path, f); got.Code != http.StatusSeeOther {
			t.Fatalf("%s as %s: %d", path, viewer, got.Code)
		}
	}
	does(professional, at+"/ask", form("asks", "until", "2026-12-24"))
	does(vrager, at+"/answer", form("says yes", "reading", "yes"))
	page := w.upload(vrager, at+"/read", "Yara: Ik ben moe.\nMieke: Wat heb je nodig?\nYara: Rust.\nMieke: Rust.\n", form("reads")).Body.String()
	does(vrager, at+"/lay", form("lays", "voice_0", string(partner("a", vrager)), "voice_1", string(partner("a", professional)), "heard", fieldIn(page, "heard")))
	if !w.sees(vrager, at+"/line/1", "<b>zingeving</b>") || !w.sees(professional, at+"/text", "zingeving") {
		t.Error("what the language model gave does not stand there")
	}
	for _, name := range []string{"Yara", "Mieke"} {
		if !slices.Contains(names, name) {
			t.Errorf("it is not told that %s is a name: %q", name, names)
		}
	}
}
