package web_test

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
)

// night is a professional of the organisation without a place in the first
// alliance, who looked there in an emergency.
const night = "night"

func init() {
	maps.Copy(matrix, map[string]answers{
		"GET /emergency":                                 {401, 401, 404, 404, 404, 404, 404, 404, 200, 404},
		"POST /emergency":                                {401, 401, 404, 404, 404, 404, 404, 404, 422, 404},
		"GET /emergency/{alliance}":                      {401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 200},
		"POST /emergency/{alliance}/close":               {401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 404, 303},
		"POST /a/{alliance}/emergency/{emergency}/close": {401, 401, 404, 404, 404, 404, 403, 403, 303, 403},
	})
	maps.Copy(made, map[string][]string{
		"emergency.reason.%s":      {"danger", "away", "other"},
		"emergency.reason.%s.told": {"danger", "away", "other"},
	})
	moreThings["{emergency}"] = struct{ shown, hidden func(which string) string }{
		func(which string) string { return id("command", which, "shown emergency") },
		func(string) string { return id("nothing") }, // everybody at the table knows of each
	}
	moreToPlay = append(moreToPlay, func(which string, do func(place, name string, wish samenspel.Wish)) {
		do(night, "shown emergency", samenspel.OpenInEmergency{
			For: word(vrager), Name: word(night), As: word("night team"), Reason: samenspel.EmergencyAway, Words: word("she called"),
		})
	})
}

// calls lets somebody of the night team in, who has no place anywhere.
func (w *world) calls() {
	w.Helper()
	w.signIn("call", account.Person{ID: person("", "call"), MayBegin: true})
}

// emergencyFor is the form by which somebody looks.
func emergencyFor(name string) url.Values {
	return url.Values{
		"of": {string(person("a", professional))}, "for": {name}, "reason": {"danger"}, "as": {word("call team").Text()},
		"words": {word("the matter").Text()}, "command": {id("command", "emergency form")},
	}
}

// emergencyOf is one with another colleague.
func emergencyOf(colleague string) url.Values {
	form := emergencyFor(kept + " vrager")
	form.Set("of", colleague)
	return form
}

func TestLookingInAnEmergency(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.calls()
	at := "/emergency/" + string(alliance("a"))
	if got := w.get("call", at); got.Code != http.StatusNotFound {
		t.Fatalf("before: %d", got.Code)
	}
	if got := w.post("call", "/emergency", emergencyFor(kept+" vrager")); got.Code != http.StatusSeeOther || got.Header().Get("Location") != at {
		t.Fatalf("opened: %d %v", got.Code, got.Header())
	}
	page := w.bodyOf("call", at)
	mustSay(t, page, true, kept+" shown", kept+" title", kept+" bonus", "Je kunt hier alleen lezen.")
	mustSay(t, page, false, kept+" hidden", kept+" note", `action="/a/`, `href="/a/`)

	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		today := w.bodyOf(viewer, table)
		mustSay(t, today, true, kept+" name of call kijkt hier mee in nood ("+kept+" call team). Het gaat om iemands veiligheid.")
		mustSay(t, today, viewer == professional, kept+" the matter", "Sluit dit nu")
		mustSay(t, w.bodyOf(viewer, table+"/looked"), true, kept+" name of call keek hier in nood.")
	}
	if got := w.post("call", at+"/close", url.Values{"command": {id("command", "done")}}); got.Code != http.StatusSeeOther {
		t.Errorf("closed: %d", got.Code)
	}
	if got := w.get("call", at); got.Code != http.StatusNotFound {
		t.Errorf("after it was closed: %d", got.Code)
	}
	mustSay(t, w.bodyOf(vrager, table), false, "name of call kijkt hier mee")
	mustSay(t, w.bodyOf(vrager, table+"/looked"), true, "gesloten")
}

func TestAnEmergencyEndsByItself(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.calls()
	w.post("call", "/emergency", emergencyFor(kept+" vrager"))
	at := "/emergency/" + string(alliance("a"))
	mustSay(t, w.bodyOf("call", "/emergency"), true, at)
	w.pass(samenspel.EmergencyTime)
	w.renew()
	w.calls()
	if got := w.get("call", at); got.Code != http.StatusNotFound {
		t.Errorf("a day later: %d", got.Code)
	}
	mustSay(t, w.bodyOf("call", "/emergency"), false, at)
	mustSay(t, w.bodyOf(vrager, table), false, "kijkt hier mee in nood")
}

// TestNobodyIsFoundByTrying: a wrong name, a wrong colleague, somebody who is
// no colleague, a guest: the answer is one and the same.
func TestNobodyIsFoundByTrying(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.calls()
	before := w.seqs()
	var first string
	for i, form := range []url.Values{
		emergencyFor("Nadia"), emergencyFor(kept + " bonus"), emergencyFor(""),
		emergencyOf(string(person("a", vrager))), emergencyOf("nobody"),
	} {
		got := w.post("call", "/emergency", form)
		if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "Zo vinden we niemand.") {
			t.Errorf("form %d: %d", i, got.Code)
		}
		said := got.Body.String()
		_, said, _ = strings.Cut(said, `role="alert"`)
		said, _, _ = strings.Cut(said, "</section>")
		if first == "" {
			first = said
		}
		if said != first {
			t.Errorf("form %d: another answer: %s", i, said)
		}
	}
	if after := w.seqs(); after != before {
		t.Errorf("trying wrote: %v, was %v", after, before)
	}
}

// TestNothingIsShownInAnEmergencyThatCannotBeNoted: the line comes first.
func TestNothingIsShownInAnEmergencyThatCannotBeNoted(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.calls()
	w.post("call", "/emergency", emergencyFor(kept+" vrager"))
	w.pass(time.Hour)
	w.calls()
	w.looks.before = errors.New("no room")
	got := w.get("call", "/emergency/"+string(alliance("a")))
	if got.Code != http.StatusServiceUnavailable || strings.Contains(got.Body.String(), kept) {
		t.Errorf("%d: %s", got.Code, got.Body)
	}
}
