package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel"
)

func friction(which, name string) samenspel.FrictionID {
	return samenspel.FrictionID(id("command", which, name))
}

// What chafes: one that everybody knows of, one that the vrager keeps alone.
func init() {
	moreToPlay = append(moreToPlay, func(which string, do func(place, name string, wish samenspel.Wish)) {
		do(vrager, "hidden friction", samenspel.SignalFriction{Words: word("hidden friction"), Ground: statement(which, "hidden")})
		do(vrager, "hidden repair", samenspel.OfferRepair{Friction: friction(which, "hidden friction"), Words: word("hidden repair")})
		do(vrager, "shown friction", samenspel.SignalFriction{
			Everybody: true, Words: word("friction shown"), Earlier: friction(which, "hidden friction"), Ground: statement(which, "own"),
		})
		do(bonus, "shown repair", samenspel.OfferRepair{Friction: friction(which, "shown friction"), Words: word("repair shown")})
		do(professional, "good friction", samenspel.SignalFriction{To: []samenspel.PartnerID{partner(which, vrager)}})
		do(professional, "good again", samenspel.MendFriction{Friction: friction(which, "good friction")})
	})
	moreThings["{friction}"] = struct{ shown, hidden func(string) string }{
		func(which string) string { return string(friction(which, "shown friction")) },
		func(which string) string { return string(friction(which, "hidden friction")) },
	}
	moreThings["{repair}"] = struct{ shown, hidden func(string) string }{
		func(which string) string { return string(friction(which, "shown repair")) },
		func(which string) string { return string(friction(which, "hidden repair")) },
	}
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/friction":                      looks,
		"GET /a/{alliance}/friction/live":                 looks,
		"POST /a/{alliance}/friction":                     does,
		"GET /a/{alliance}/friction/{friction}":           looks,
		"POST /a/{alliance}/friction/{friction}/repair":   does,
		"POST /a/{alliance}/friction/{friction}/ground":   own,
		"POST /a/{alliance}/friction/{friction}/mended":   own,
		"POST /a/{alliance}/friction/{friction}/open":     own,
		"POST /a/{alliance}/friction/{friction}/withdraw": own,
		"POST /a/{alliance}/repair/{repair}/withdraw":     {401, 401, 404, 404, 404, 404, 403, 303, 403, 403},
	})
}

var frictionAt = table + "/friction/"

// TestASilentSign goes from the page of today to the one who was chosen, who
// reads it without a question; nobody else learns of it.
func TestASilentSign(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.wish("a", vrager, "noor first", samenspel.SetFirstSeen{By: []samenspel.PartnerID{partner("a", professional)}})
	home := w.get(vrager, table).Body.String()
	if !strings.Contains(home, "Een stil teken ziet alleen "+kept+" "+professional+".") {
		t.Error("the box does not say who will see it")
	}
	if strings.Contains(home, frictionAt) {
		t.Error("on pause the page of today brings what chafes")
	}
	before := w.get(colleague, table+"/friction/live").Body.String()
	got := w.post(vrager, table+"/friction", form("sign", "seen_by", string(partner("a", professional)), "back", table))
	if got.Code != http.StatusSeeOther || got.Header().Get("Location") != table+"?did=friction" {
		t.Fatalf("a sign: %d, %s", got.Code, got.Header().Get("Location"))
	}
	at := frictionAt + id("form", "sign")
	if !w.sees(vrager, at, "Jij zei dit tegen "+kept+" "+professional+".") || !w.sees(professional, at, "zei dit tegen jou.") ||
		!w.sees(professional, table, at) {
		t.Error("those two do not see it")
	}
	if w.get(bonus, at).Code != 404 || before != w.get(colleague, table+"/friction/live").Body.String() {
		t.Error("others do")
	}
	if page := w.get(vrager, at).Body.String(); strings.Contains(page, "Is het weer goed?") || !strings.Contains(page, "Het is weer goed</button>") {
		t.Error("on pause the page asks, or cannot be answered")
	}
}

// TestWhatLayUnderIt is shown only to who may see those words.
func TestWhatLayUnderIt(t *testing.T) {
	w := newWorld(t)
	w.stage()
	shown := frictionAt + string(friction("a", "shown friction"))
	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		if !w.sees(viewer, shown, "Dit zat eronder") || !w.sees(viewer, shown, kept+" proud") {
			t.Errorf("%s does not see what lay under it", viewer)
		}
	}
	if !w.sees(vrager, shown, "Het kwam terug.") || w.sees(bonus, shown, "Het kwam terug.") {
		t.Error("that it came back is for who knows of the first")
	}
	got := w.post(vrager, shown+"/ground", form("ground", "ground", string(statement("a", "hidden")), "back", shown))
	if got.Code != http.StatusSeeOther || !w.sees(vrager, shown, kept+" hidden") {
		t.Fatalf("other words under it: %d", got.Code)
	}
	if w.sees(bonus, shown, "Dit zat eronder") || w.sees(bonus, shown, kept+" hidden") {
		t.Error("hidden words show")
	}
	if got := w.post(vrager, shown+"/ground", form("guess", "ground", string(statement("a", "shown")), "back", shown)); got.Code != 403 {
		t.Errorf("a guess under it: %d", got.Code)
	}
}

// TestMending: all who know may say what helps, one says that it is good.
func TestMending(t *testing.T) {
	w := newWorld(t)
	w.stage()
	at := frictionAt + string(friction("a", "shown friction"))
	if got := w.post(colleague, at+"/repair", form("helps", "words", typed+" helps", "back", at)); got.Code != 303 {
		t.Fatal(got.Code)
	}
	if !w.sees(bonus, at, typed+" helps") {
		t.Error("the others do not see what helps")
	}
	for viewer, want := range map[string]int{colleague: 403, vrager: 303} {
		if got := w.post(viewer, at+"/mended", form("good "+viewer, "back", at)); got.Code != want {
			t.Errorf("%s says that it is good: %d", viewer, got.Code)
		}
	}
	if !w.sees(bonus, table+"/friction", "Weer goed") || !w.sees(vrager, at, "/friction?earlier="+string(friction("a", "shown friction"))) {
		t.Error("it is not good again")
	}
	again := w.get(vrager, table+"/friction?earlier="+string(friction("a", "shown friction"))).Body.String()
	if !strings.Contains(again, `name="earlier" value="`+string(friction("a", "shown friction"))+`" checked`) {
		t.Error("the form for what came back does not know the first")
	}
	if got := w.post(vrager, at+"/open", form("open", "back", at)); got.Code != 303 || !w.sees(vrager, at, "Het schuurt bij jou") {
		t.Errorf("opened again: %d", got.Code)
	}
	if got := w.post(vrager, at+"/withdraw", form("gone", "back", table+"/friction")); got.Code != 303 || w.get(bonus, at).Code != 404 {
		t.Errorf("taken away: %d", got.Code)
	}
}

// TestFrictionFormsComeBack: what was typed is in the form again.
func TestFrictionFormsComeBack(t *testing.T) {
	w := newWorld(t)
	w.stage()
	at := frictionAt + string(friction("a", "shown friction"))
	long := typed + strings.Repeat("é", samenspel.MaxWords)
	for _, c := range []struct {
		path   string
		form   url.Values
		status int
		said   string
	}{
		{table + "/friction", form("x", "words", long, "seen_by", string(partner("a", bonus))), 422, "Er passen 10000 tekens."},
		{table + "/friction", form("x", "words", typed+" words", "ground", string(statement("a", "shown"))), 403, "Kies woorden die van jou zijn."},
		{at + "/repair", form("x", "words", long), 422, "Er passen 10000 tekens."},
		{at + "/repair", form("x"), 422, "Schrijf eerst een paar woorden."},
	} {
		got := w.post(vrager, c.path, c.form)
		if body := got.Body.String(); got.Code != c.status || !strings.Contains(body, c.said) || !strings.Contains(body, c.form.Get("words")+"</textarea>") {
			t.Errorf("%s: %d, want %d with %q and what was typed", c.path, got.Code, c.status, c.said)
		}
	}
}

// TestHiddenFrictionLeavesNoTrace looks at every page of two worlds that are
// the same but for what the viewer was not told.
func TestHiddenFrictionLeavesNoTrace(t *testing.T) {
	plain, secret := newWorld(t), newWorld(t)
	for _, w := range []*world{plain, secret} {
		for _, place := range []string{professional, vrager, bonus, colleague, former, invited} {
			w.arrive(place)
		}
		w.wish("a", vrager, "told all", samenspel.SignalFriction{Everybody: true, Words: word("told all")})
		if w == secret {
			w.wish("a", vrager, "secret", samenspel.SignalFriction{To: []samenspel.PartnerID{partner("a", bonus)}, Words: word("secret")})
			w.wish("a", bonus, "secret repair", samenspel.OfferRepair{Friction: friction("a", "secret"), Words: word("secret repair")})
			w.wish("a", vrager, "secret ground", samenspel.WordStatement{Words: word("secret ground"), Chosen: true})
			w.wish("a", vrager, "grounded", samenspel.GroundFriction{Friction: friction("a", "told all"), Statement: statement("a", "secret ground")})
		}
	}
	for _, path := range append(pagesOf(plain), frictionAt+string(friction("a", "told all"))) {
		want, got := plain.get(professional, path), secret.get(professional, path)
		if diff := cmp.Diff(said(want), said(got)); diff != "" {
			t.Errorf("%s: -without +with what is hidden\n%s", path, diff)
		}
	}
}
