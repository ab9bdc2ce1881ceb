package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"testing"

	"samenspel/account"
)

func init() {
	admin := answers{401, 401, 404, 404, 404, 200, 404, 404, 404, 404}
	maps.Copy(matrix, map[string]answers{
		"GET /admin/person/{person}":  admin,
		"POST /admin/person/{person}": {401, 401, 404, 404, 404, 303, 404, 404, 404, 404},
		"GET /admin/organisation":     admin,
		"POST /admin/organisation":    {401, 401, 404, 404, 404, 303, 404, 404, 404, 404},
	})
	maps.Copy(made, map[string][]string{"staff.%s": {"begin", "admin", "officer", "closed"}})
}

// staffOf is the page of somebody who works here.
func staffOf(place string) string { return "/admin/person/" + string(person("a", place)) }

// TestWhoStoppedIsOut: from the moment that the administrator says so, no
// session, no open page, no link, no new session.
func TestWhoStoppedIsOut(t *testing.T) {
	w := newWorld(t)
	w.stage()
	back := w.post(administrator, "/admin/link/"+string(person("a", professional)), url.Values{})
	key := w.keyOn(back)
	mustSay(t, w.bodyOf(administrator, "/admin"), true, kept+" name of professional", "Mag een plek beginnen", "Beheert het programma")

	if got := w.post(administrator, staffOf(professional), url.Values{"closed": {"yes"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("closing: %d", got.Code)
	}
	if got := w.get(professional, table); got.Code != http.StatusUnauthorized {
		t.Errorf("the session from before: %d", got.Code)
	}
	if got := w.post(nobody, "/enter", showing(key)); got.Code != http.StatusForbidden {
		t.Errorf("a link from before: %d", got.Code)
	}
	if _, _, err := w.Door.Start(t.Context(), accountOf(professional), account.How{By: account.ByPasskey}); err == nil {
		t.Error("a new session begins")
	}
	if got := w.post(administrator, "/admin/link/"+string(person("a", professional)), url.Values{}); got.Code != http.StatusNotFound {
		t.Errorf("a new link for somebody who stopped: %d", got.Code)
	}
	mustSay(t, w.bodyOf(administrator, "/admin"), true, "Werkt hier niet meer")

	w.post(administrator, staffOf(professional), url.Values{"begin": {"yes"}})
	w.signIn(professional, accountOf(professional))
	mustSay(t, w.bodyOf(professional, table), true, kept+" title")
}

// TestNobodyShutsThemselvesOut: the administrator stays one.
func TestNobodyShutsThemselvesOut(t *testing.T) {
	w := newWorld(t)
	w.stage()
	own := "/admin/person/" + string(person("", administrator))
	for _, form := range []url.Values{{}, {"admin": {"yes"}, "closed": {"yes"}}} {
		if got := w.post(administrator, own, form); got.Code != http.StatusForbidden {
			t.Errorf("%v: %d", form, got.Code)
		}
	}
	mustSay(t, w.bodyOf(administrator, own), true, kept+" name of administrator")
	for _, who := range []string{"vrager", "nobody"} {
		if got := w.get(administrator, staffOf(who)); got.Code != http.StatusNotFound {
			t.Errorf("the page of %s, who does not work here: %d", who, got.Code)
		}
	}
}

// TestWhoAnswersForThisHouse: what the organisation says of itself stands
// under help, for everybody.
func TestWhoAnswersForThisHouse(t *testing.T) {
	w := newWorld(t)
	w.stage()
	mustSay(t, w.bodyOf(nobody, "/help"), false, "Van wie is deze plek?")
	w.post(administrator, "/admin/organisation", url.Values{"name": {"Team <Oost>"}, "officer": {"Kim, bel 0800"}})
	mustSay(t, w.bodyOf(nobody, "/help"), true, "Van wie is deze plek?", "Team &lt;Oost&gt;", "Wie let op privacy?", "Kim, bel 0800")
	mustSay(t, w.bodyOf(nobody, "/help"), false, "Niet tevreden?")
	got := w.post(administrator, "/admin/organisation", url.Values{"name": {"a\x00b"}})
	if got.Code != http.StatusUnprocessableEntity {
		t.Errorf("a name with a control character: %d", got.Code)
	}
}
