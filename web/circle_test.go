package web_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/web/text"
)

// The maps: the bonus partner shows theirs to all, the vrager theirs to nobody.
func init() {
	moreToPlay = append(moreToPlay, func(which string, do func(place, name string, wish samenspel.Wish)) {
		do(bonus, "shown near", samenspel.PutNear{Name: word("near shown"), As: word("as near"), Ring: 1, Tie: samenspel.StrongTie})
		do(bonus, "other near", samenspel.PutNear{Partner: partner(which, vrager), Ring: 2})
		do(bonus, "between", samenspel.TieNear{From: near(which, "shown near"), To: near(which, "other near"), As: samenspel.StrainedTie})
		do(bonus, "map shown", samenspel.ShareAround{SeenBy: []samenspel.PartnerID{
			partner(which, vrager), partner(which, professional), partner(which, colleague),
		}})
		do(vrager, "hidden near", samenspel.PutNear{Name: word("hidden near"), Ring: 3})
	})
	moreThings["{near}"] = struct{ shown, hidden func(string) string }{
		func(which string) string { return string(near(which, "shown near")) },
		func(which string) string { return string(near(which, "hidden near")) },
	}
	moreFields.Set("ring", "2")
	moreFields.Set("direction", "5")
	bonusOnly := answers{401, 401, 404, 404, 404, 404, 403, 303, 403, 403}
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/around/{partner}":      looks,
		"GET /a/{alliance}/around/{partner}/live": looks,
		"POST /a/{alliance}/around":               does,
		"POST /a/{alliance}/around/share":         does,
		"GET /a/{alliance}/near/{near}":           {401, 401, 404, 404, 404, 404, 403, 200, 403, 403},
		"POST /a/{alliance}/near/{near}/move":     bonusOnly,
		"POST /a/{alliance}/near/{near}/tie":      bonusOnly,
		"POST /a/{alliance}/near/{near}/name":     bonusOnly,
		"POST /a/{alliance}/near/{near}/link":     bonusOnly,
		"POST /a/{alliance}/near/{near}/invite":   {401, 401, 404, 404, 404, 404, 403, 403, 403, 403}, // who is a guest asks another to invite
		"POST /a/{alliance}/near/{near}/remove":   bonusOnly,
	})
	maps.Copy(made, map[string][]string{
		"around.ring.%s": {"1", "2", "3"},
		"around.ring.%d": {"1", "2", "3"},
		"tie.%s":         texts(samenspel.TieKinds[:]),
		"near.%s":        {"closer", "further", "left", "right"},
	})
}

func near(which, name string) samenspel.NearID {
	return samenspel.NearID(id("command", which, name))
}

var (
	ownMap = table + "/around/" + string(partner("a", vrager))
	onMap  = table + "/near/" + string(near("a", "hidden near"))
)

// TestDrawing goes through all that can be done on one's own map, by forms
// alone.
func TestDrawing(t *testing.T) {
	w := newWorld(t)
	w.stage()
	page := w.get(vrager, ownMap).Body.String()
	if !strings.Contains(page, "Alleen jij ziet dit.") || !strings.Contains(page, kept+" hidden near") {
		t.Fatal("the map is not there, or does not say who sees it")
	}
	rosa := table + "/near/" + id("form", "rosa")
	for _, c := range []struct {
		name   string
		path   string
		fields []string
		said   []string
	}{
		{"rosa", table + "/around", []string{"name", typed + " Rosa", "as", typed + " neighbour", "ring", "2", "tie", "strong"}, []string{typed + " neighbour", "<span>erbij</span>", "<span>Met jou: sterk</span>", "alleen genoemd"}},
		{"step 0", rosa + "/move", []string{"ring", "1", "direction", "7"}, []string{"<span>dichtbij</span>", `name="direction" value="6"`, `name="direction" value="8"`}},
		{"step 1", rosa + "/tie", []string{"tie", "strained"}, []string{"<span>Met jou: het schuurt</span>"}},
		{"step 2", rosa + "/tie", []string{"tie", "ordinary", "from", string(near("a", "hidden near"))}, []string{"Met " + kept + " hidden near:</span> gewoon"}},
		{"step 3", rosa + "/name", []string{"name", typed + " Roos"}, []string{typed + " Roos</h1>"}},
		{"step 4", rosa + "/link", []string{"member", string(partner("a", bonus))}, []string{"<span>doet mee</span>"}},
		{"step 5", rosa + "/link", nil, []string{"alleen genoemd"}},
	} {
		if got := w.post(vrager, c.path, form(c.name, c.fields...)); got.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d", c.name, got.Code)
		}
		body := w.get(vrager, rosa).Body.String()
		for _, said := range c.said {
			if !strings.Contains(body, said) {
				t.Errorf("after %s the page does not say %q", c.name, said)
			}
		}
	}
	if got := w.post(vrager, rosa+"/remove", form("remove", "back", ownMap)); got.Code != http.StatusSeeOther || w.sees(vrager, ownMap, typed+" Roos") {
		t.Errorf("taken off: %d", got.Code)
	}
}

// TestInvitingFromTheMap: the name goes along in the form and in no address;
// what is invited is linked.
func TestInvitingFromTheMap(t *testing.T) {
	w := newWorld(t)
	w.stage()
	asked := w.post(vrager, onMap+"/invite", form("ask"))
	body := asked.Body.String()
	if asked.Code != 200 || !strings.Contains(body, `value="`+kept+` hidden near"`) || !strings.Contains(body, `name="near" value="`+string(near("a", "hidden near"))+`"`) {
		t.Fatalf("the form to invite: %d", asked.Code)
	}
	wrong := w.post(vrager, table+"/invite", form("guest", "name", typed+" guest", "role", "boss", "near", string(near("a", "hidden near"))))
	if !strings.Contains(wrong.Body.String(), `name="near" value="`+string(near("a", "hidden near"))+`"`) {
		t.Error("after a mistake it is no longer known who it is")
	}
	got := w.post(vrager, table+"/invite", form("guest", "name", typed+" guest", "role", "bonus", "near", string(near("a", "hidden near"))))
	if got.Code != 200 || !w.sees(vrager, onMap, "is uitgenodigd") || w.sees(vrager, onMap, "near/"+string(near("a", "hidden near"))+"/invite") {
		t.Errorf("invited: %d", got.Code)
	}
	if got := w.post(professional, table+"/invite", form("theirs", "name", typed+" guest", "role", "bonus", "near", string(near("a", "hidden near")))); got.Code != 404 {
		t.Errorf("from the map of another: %d", got.Code)
	}
}

// TestShowingTheMap: others look, when its owner shows it, and only look.
func TestShowingTheMap(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for _, viewer := range []string{bonus, professional, colleague} {
		if got := w.get(viewer, ownMap); got.Code != 404 {
			t.Errorf("%s: %d", viewer, got.Code)
		}
	}
	if got := w.post(vrager, table+"/around/share", form("show", "seen_by", string(partner("a", professional)), "back", ownMap)); got.Code != 303 {
		t.Fatal(got.Code)
	}
	page := w.get(professional, ownMap).Body.String()
	if !strings.Contains(page, kept+" hidden near") || strings.Contains(page, "<form method=\"post\" action=\""+table+"/near") || strings.Contains(page, "around.js") {
		t.Error("the other does not see it, or can do more than look")
	}
	if !w.sees(professional, table+"/people", ownMap) || w.sees(colleague, table+"/people", ownMap) {
		t.Error("the people page leads there for whom it is not")
	}
	if got := w.post(vrager, table+"/around/share", form("hide", "back", ownMap)); got.Code != 303 || w.get(professional, ownMap).Code != 404 {
		t.Errorf("no longer: %d", got.Code)
	}
}

// TestMapFormsComeBack: what was typed is in the form again.
func TestMapFormsComeBack(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for _, c := range []struct {
		path   string
		fields []string
		status int
		said   string
		back   string
	}{
		{table + "/around", []string{"as", typed + " who", "ring", "1"}, 422, "Schrijf eerst een naam.", typed + " who"},
		{table + "/around", []string{"name", typed + " n", "ring", "9"}, 422, text.In("nl").Say("invalid.ring"), typed + " n"},
		{table + "/around", []string{"name", typed + " n", "ring", "x"}, 422, text.In("nl").Say("invalid.ring"), typed + " n"},
		{table + "/around", []string{"name", typed + " n", "ring", "1", "tie", "blood"}, 422, text.In("nl").Say("invalid.tie"), typed + " n"},
		{onMap + "/name", []string{"as", typed + " who"}, 422, "Schrijf eerst een naam.", typed + " who"},
		{onMap + "/name", []string{"name", strings.Repeat("n", 81), "as", typed + " who"}, 422, "Er passen 80 tekens.", typed + " who"},
		{onMap + "/move", []string{"ring", "0", "direction", "3"}, 422, text.In("nl").Say("invalid.ring"), ""},
	} {
		got := w.post(vrager, c.path, form("x", c.fields...))
		if body := got.Body.String(); got.Code != c.status || !strings.Contains(body, c.said) || c.back != "" && !strings.Contains(body, `value="`+c.back) {
			t.Errorf("%s %v: %d, want %d with %q and what was typed", c.path, c.fields, got.Code, c.status, c.said)
		}
	}
}

// TestAHiddenMapLeavesNoTrace looks at every page of two worlds that are the
// same but for a map that the viewer is not shown.
func TestAHiddenMapLeavesNoTrace(t *testing.T) {
	plain, secret := newWorld(t), newWorld(t)
	for _, w := range []*world{plain, secret} {
		for _, place := range []string{professional, vrager, bonus, colleague, former, invited} {
			w.arrive(place)
		}
		w.wish("a", bonus, "other near", samenspel.PutNear{Name: word("near"), Ring: 1})
		w.wish("a", bonus, "map shown", samenspel.ShareAround{SeenBy: []samenspel.PartnerID{partner("a", professional)}})
		if w == secret {
			w.wish("a", vrager, "secret near", samenspel.PutNear{Name: word("secret near"), Ring: 1, Tie: samenspel.StrainedTie})
			w.wish("a", vrager, "secret link", samenspel.LinkNear{Near: near("a", "secret near"), Partner: partner("a", professional)})
			w.wish("a", vrager, "secret share", samenspel.ShareAround{SeenBy: []samenspel.PartnerID{partner("a", bonus)}})
			w.wish("a", bonus, "secret map shown", samenspel.ShareAround{SeenBy: []samenspel.PartnerID{partner("a", professional), partner("a", colleague)}})
		}
	}
	for _, path := range pagesOf(plain) {
		want, got := plain.get(professional, path), secret.get(professional, path)
		if diff := cmp.Diff(said(want), said(got)); diff != "" {
			t.Errorf("%s: -without +with what is hidden\n%s", path, diff)
		}
	}
}
