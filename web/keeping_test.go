package web_test

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/account"
	"samenspel/retention"
	"samenspel/web"
)

func init() {
	saying["officerActs"], saying["forOrganisation"] = "did.", "did."
	whys := texts(samenspel.HoldWhys[:])
	maps.Copy(made, map[string][]string{
		"retain.hold.%s": whys, "retain.from.%s": texts(samenspel.Counts[:]), "retain.unit.%s": {"years", "months", "weeks"},
		"retain.row_%s": {"none", "unknown", "open"},
	})
	keeps := answers{401, 401, 404, 404, 404, 404, 403, 403, 303, 403} // a professional at the table
	never := answers{401, 401, 404, 404, 404, 404, 404, 404, 404, 404} // nothing of the kind is there
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/keeping":              looks,
		"POST /a/{alliance}/keeping":             keeps,
		"POST /a/{alliance}/keeping/hold":        keeps,
		"POST /a/{alliance}/keeping/lift":        keeps,
		"POST /a/{alliance}/keeping/propose":     {401, 401, 404, 404, 404, 404, 403, 403, 403, 403}, // it is open
		"POST /a/{alliance}/keeping/withdraw":    keeps,
		"POST /a/{alliance}/keeping/confirm":     {401, 401, 404, 404, 404, 404, 403, 403, 404, 403}, // nothing is proposed
		"GET /keeping":                           {401, 401, 404, 404, 404, 404, 404, 404, 200, 404},
		"GET /keeping.csv":                       {401, 401, 404, 404, 404, 404, 404, 404, 200, 404},
		"POST /keeping/{alliance}/confirm":       never, // nothing is proposed
		"GET /officer/keeping":                   {401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
		"GET /officer/keeping.csv":               {401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
		"GET /officer/keeping/{alliance}":        {401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 200},
		"POST /officer/keeping/{alliance}/{act}": {401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 303},
		"GET /gone":                              {401, 401, 200, 200, 200, 200, 200, 200, 200, 200},
		"GET /gone/{gone}":                       never, // nothing is gone
		"GET /gone/{gone}/json":                  never,
		"GET /admin/terms":                       {401, 401, 404, 404, 404, 200, 404, 404, 404, 404},
		"POST /admin/terms":                      {401, 401, 404, 404, 404, 303, 404, 404, 404, 404},
		"POST /admin/terms/drop":                 {401, 401, 404, 404, 404, 303, 404, 404, 404, 404},
	})
	maps.Copy(moreFields, url.Values{
		"regime": {"wmo"}, "why": {"court"}, "proposal": {id("nothing")}, "number": {"5"}, "unit": {"years"}, "count": {"ended"}, "source": {"besluit"}, "term": {"own-" + id("nothing")},
	})
}

// shippedTerms are the terms that come with the program.
func shippedTerms() []samenspel.Regime {
	list, err := retention.Shipped()
	if err != nil {
		panic(err)
	}
	return list
}

// soonTerms are those of the program and one that is over at once.
func soonTerms() []samenspel.Regime {
	return append(shippedTerms(), samenspel.Regime{
		Word: "soon", Names: map[string]string{"nl": "Meteen", "en": "At once"}, Source: "s", Own: true, From: samenspel.FromEnded,
		Terms: []samenspel.Term{{Days: -1}},
	})
}

// keptWorld is a world with a privacy officer and a second professional, and
// names at the door that are not those at the tables.
func keptWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.stage()
	w.Terms = soonTerms()
	w.Workspace.Withdraw = w.Door.WithdrawAll
	for viewer, p := range map[string]account.Person{
		officer:      {ID: person("", officer), Officer: true, Name: samenspel.Say("Olga")},
		"other":      {ID: person("", "other"), MayBegin: true, Name: samenspel.Say("Pim")},
		professional: {ID: person("a", professional), MayBegin: true, Name: samenspel.Say("Noor")},
	} {
		token, _, err := w.Door.Start(t.Context(), p, account.How{By: account.ByPasskey})
		if err != nil {
			t.Fatal(err)
		}
		w.tokens[viewer] = token
	}
	return w
}

// form is a form with the id of its command.
func (w *world) form(pairs ...string) url.Values {
	form := url.Values{"command": {w.NewID()}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// sends posts a form and wants a status.
func (w *world) sends(viewer, path string, want int, pairs ...string) string {
	w.Helper()
	got := w.post(viewer, path, w.form(pairs...))
	if got.Code != want {
		w.Errorf("POST %s as %s: %d, want %d", path, viewer, got.Code, want)
	}
	return got.Body.String()
}

func (w *world) proposal() string {
	w.Helper()
	k, err := w.Workspace.Keeping(w.Context(), alliance("a"))
	if err != nil || k.Plan == nil {
		w.Fatalf("no proposal: %v", err)
	}
	return string(k.Plan.ID)
}

// toOver is alliance a kept under a term that is over.
func (w *world) toOver() {
	w.Helper()
	w.sends(professional, table+"/keeping", 303, "regime", "soon", "words", typed+" basis")
	w.sends(professional, table+"/end", 303)
	w.sends(professional, table+"/keeping/propose", 403) // the vrager waits for an answer
	w.answered()
	w.sends(professional, table+"/keeping/propose", 303)
}

// answered is when nobody waits any more for an answer about erasing.
func (w *world) answered() {
	w.Helper()
	w.sends(vrager, table+"/erasure/"+id("command", "a", "shown erasure")+"/drop", 303)
}

// TestTwoPeopleTakeAPlaceAway plays it all in the pages: one proposes, another
// confirms with more than a link, everybody sees it for a week, and then the
// address answers as one that never was, and a proof is left.
func TestTwoPeopleTakeAPlaceAway(t *testing.T) {
	w := keptWorld(t)
	key, _, err := w.Door.MakeLink(t.Context(), account.Link{Purpose: account.Partner, Alliance: alliance("a"), Partner: partner("a", invited)})
	if err != nil {
		t.Fatal(err)
	}
	w.toOver()
	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		for _, path := range []string{table, table + "/keeping"} {
			if body := w.get(viewer, path).Body.String(); !strings.Contains(body, "Iemand stelt voor: haal deze plek voorgoed weg.") || !strings.Contains(body, table+"/story") {
				t.Errorf("%s as %s does not tell of the proposal", path, viewer)
			}
		}
	}
	w.sends(professional, table+"/keeping/confirm", 403, "proposal", w.proposal())
	w.sends(professional, "/keeping/"+string(alliance("a"))+"/confirm", 403, "proposal", w.proposal())
	w.sends(vrager, table+"/keeping/confirm", 403, "proposal", w.proposal())
	w.sends("other", "/keeping/"+string(alliance("b"))+"/confirm", 404, "proposal", w.proposal())
	weak, _, err := w.Door.Start(t.Context(), account.Person{ID: person("", "other")}, account.How{By: account.ByLink})
	if err != nil {
		t.Fatal(err)
	}
	w.tokens["weak"] = weak
	w.sends("weak", "/keeping/"+string(alliance("a"))+"/confirm", 403, "proposal", w.proposal())
	w.sends("other", "/keeping/"+string(alliance("a"))+"/confirm", 303, "proposal", w.proposal())
	if body := w.get(vrager, table).Body.String(); !strings.Contains(body, "Deze plek gaat voorgoed weg") || !strings.Contains(body, "1 december") {
		t.Error("nobody tells when it goes")
	}
	w.later.Add(int64(samenspel.DestroyWait))
	if err := w.Workspace.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.isGone(t)
	if _, _, err := w.Door.Look(t.Context(), key); !errors.Is(err, account.ErrNoEntry) {
		t.Errorf("the link of who was invited: %v", err)
	}
}

// isGone holds that alliance a answers as one that never was, to everybody, at
// every address, and leaves a proof for who was there.
func (w *world) isGone(t *testing.T) {
	t.Helper()
	fresh := map[string]string{}
	for viewer, p := range map[string]account.Person{vrager: accountOf(vrager), bonus: accountOf(bonus), professional: accountOf(professional),
		colleague: accountOf(colleague), former: accountOf(former), stranger: {ID: person("", stranger)}, officer: {ID: person("", officer)}} {
		token, _, err := w.Door.Start(t.Context(), p, account.How{By: account.ByPasskey})
		if err != nil {
			t.Fatal(err)
		}
		fresh[viewer] = token
	}
	w.tokens = fresh
	for _, route := range w.Routes() {
		if !strings.Contains(route.Path, "{alliance}") {
			continue
		}
		for viewer := range fresh {
			w.ids.Store(5000)
			here := said(w.ask(w.request(viewer, route.Method, at(route.Path, shown("a")), anyForm())))
			w.ids.Store(5000)
			if diff := cmp.Diff(said(w.ask(w.request(viewer, route.Method, at(route.Path, unknown()), anyForm()))), here); diff != "" {
				t.Errorf("%s %s as %s: -unknown +gone\n%s", route.Method, route.Path, viewer, diff)
			}
		}
	}
	for viewer := range fresh {
		want := 200
		if viewer == stranger {
			want = 404
		}
		for _, path := range []string{"/gone/" + string(alliance("a")), "/gone/" + string(alliance("a")) + "/json"} {
			got := w.get(viewer, path)
			if got.Code != want || strings.Contains(got.Body.String(), kept) || strings.Contains(got.Body.String(), typed) {
				t.Errorf("%s as %s: %d, want %d and no words", path, viewer, got.Code, want)
			}
			if strings.HasSuffix(path, "json") && want == 200 {
				c, key, err := retention.Check(got.Body)
				if err != nil || !key.Equal(w.Signer.Public()) || c.Alliance != alliance("a") || c.ProposedBy == c.ConfirmedBy || c.Regime != "soon" {
					t.Errorf("the certificate: %+v, %v", c, err)
				}
			}
		}
		if body := w.get(viewer, "/gone").Body.String(); strings.Contains(body, string(alliance("a"))) != (want == 200) {
			t.Errorf("the list of %s is not right", viewer)
		}
	}
}

// TestAnOfficerSeesNoWords looks at every page of the privacy officer: dates,
// ids and names of staff are there, and nothing that anybody said. A page
// without words is worth nothing if nothing is on it, so the dates are looked
// for too.
func TestAnOfficerSeesNoWords(t *testing.T) {
	w := keptWorld(t)
	w.toOver()
	w.sends("other", "/keeping/"+string(alliance("a"))+"/confirm", 303, "proposal", w.proposal())
	w.wish("b", professional, "goes", samenspel.LeaveAlliance{Partner: partner("b", professional)})
	for _, route := range w.Routes() {
		if route.For != web.Officer && !strings.HasPrefix(route.Path, "/gone") && !strings.HasPrefix(route.Path, "/keeping") {
			continue
		}
		for _, which := range []string{"a", "b"} {
			for _, viewer := range []string{officer, "other"} {
				for _, lang := range []string{"nl", "en"} {
					r := w.request(viewer, route.Method, at(route.Path, shown(which)), anyForm())
					r.Header.Set("Accept-Language", lang)
					body := strings.ReplaceAll(w.ask(r).Body.String(), kept+" name of", "") // of staff, at the door
					if strings.Contains(body, kept) || strings.Contains(body, typed) && route.Method == http.MethodGet {
						t.Errorf("%s %s of %s as %s shows somebody's words", route.Method, route.Path, which, viewer)
					}
				}
			}
		}
	}
	list, csv := w.get(officer, "/officer/keeping").Body.String(), w.get(officer, "/officer/keeping.csv").Body.String()
	for _, want := range []string{string(alliance("a")), string(alliance("b"))} {
		if !strings.Contains(list, want) || !strings.Contains(csv, want) {
			t.Errorf("the list does not have %s", want)
		}
	}
	if !strings.Contains(list, "Hier werkt: Noor.") || !strings.Contains(list, "Hier werkt geen professional meer.") || !strings.Contains(csv, "soon,2026-11-24,court,") {
		t.Errorf("the list does not say who works there, or when:\n%s", csv)
	}
}

// TestAnOfficerActs puts a hold that a professional cannot lift, and where no
// professional is left chooses a term, closes the place and proposes.
func TestAnOfficerActs(t *testing.T) {
	w := keptWorld(t)
	one := "/officer/keeping/" + string(alliance("a"))
	w.sends(officer, one+"/hold", 303, "why", "court")
	w.sends(professional, table+"/keeping/lift", 403, "why", "court")
	if body := w.get(vrager, table+"/keeping").Body.String(); !strings.Contains(body, "Er loopt iets bij de rechter.") {
		t.Error("the vrager is not told of the hold")
	}
	for _, act := range []string{"regime", "end", "propose"} {
		w.sends(officer, one+"/"+act, 403, "regime", "soon")
	}
	w.sends(officer, one+"/nothing", 404)
	w.sends(officer, "/officer/keeping/"+id("nothing")+"/hold", 404, "why", "court")
	w.wish("a", professional, "goes", samenspel.LeaveAlliance{Partner: partner("a", professional)})
	w.sends(officer, one+"/regime", 303, "regime", "soon")
	w.sends(officer, one+"/end", 303)
	w.sends(officer, one+"/propose", 403) // there is a hold
	w.sends(officer, one+"/lift", 303, "why", "court")
	w.sends(officer, one+"/propose", 403) // the vrager waits for an answer
	w.answered()
	w.sends(officer, one+"/propose", 303)
	w.sends(officer, one+"/confirm", 403, "proposal", w.proposal()) // the same person
	w.sends(officer, one+"/withdraw", 303)
	if body := w.get(vrager, table).Body.String(); !strings.Contains(body, "Iemand van de organisatie sloot deze plek af.") {
		t.Error("nobody tells who closed the place")
	}
}

// TestWhatAKeepingFormGivesBack: what was typed is still there when something
// is wrong with it.
func TestWhatAKeepingFormGivesBack(t *testing.T) {
	w := keptWorld(t)
	for _, c := range []struct{ regime, words, adult, says string }{
		{"wmo", "", "", "Schrijf kort waarom"},
		{"old", typed, "", "Kies een reden uit de lijst."},
		{"guardianship", typed, "", "Vul de 18e verjaardag in."},
		{"guardianship", typed, "31-02-2030", "Vul de 18e verjaardag in."},
		{"wmo", strings.Repeat(typed, 100), "", "te lang"},
	} {
		body := w.sends(professional, table+"/keeping", 422, "regime", c.regime, "words", c.words, "adult", c.adult)
		if !strings.Contains(body, c.says) || !strings.Contains(body, c.words) {
			t.Errorf("%+v: %q is not said", c, c.says)
		}
	}
	w.sends(professional, table+"/keeping", 303, "regime", "guardianship", "words", typed, "adult", "1-2-2030")
	if body := w.get(professional, table+"/keeping").Body.String(); !strings.Contains(body, `value="2030-02-01"`) {
		t.Error("the birthday is not on the form")
	}
	for _, c := range []struct {
		status                    int
		name, number, unit, count string
	}{{422, "", "5", "years", "ended"}, {422, typed, "0", "years", "ended"}, {422, typed, "x", "years", "ended"}, {422, typed, "5", "ages", "ended"},
		{422, typed, "5", "years", "moon"}, {303, typed, "5", "years", "ended"}} {
		body := w.sends(administrator, "/admin/terms", c.status, "name", c.name, "number", c.number, "unit", c.unit, "count", c.count)
		if c.status == 422 && c.name != "" && !strings.Contains(body, c.name) {
			t.Errorf("%+v: what was typed is gone", c)
		}
	}
	own, err := w.House.Terms(t.Context())
	if err != nil || len(own) != 1 {
		t.Fatalf("own terms: %v, %v", own, err)
	}
	w.sends(professional, table+"/keeping", 303, "regime", own[0].Word, "words", typed)
	w.sends(administrator, "/admin/terms/drop", 303, "term", "wmo") // not theirs
	w.sends(administrator, "/admin/terms/drop", 303, "term", own[0].Word)
	if body := w.get(vrager, table+"/keeping").Body.String(); !strings.Contains(body, "Deze bewaartijd staat niet meer in de lijst. Er gaat niets weg.") {
		t.Error("a term that is gone is not told")
	}
}
