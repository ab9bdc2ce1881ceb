package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/account"
	"samenspel/journal"
)

func init() {
	maps.Copy(matrix, map[string]answers{
		"GET /door/not": open,
		"POST /a/{alliance}/people/{partner}/close": {401, 401, 404, 404, 404, 404, 303, 303, 303, 403},
		"GET /a/{alliance}/ambition":                looks,
		"POST /a/{alliance}/ambition":               does,
		"POST /a/{alliance}/ambition/share":         does,
	})
	maps.Copy(made, map[string][]string{
		"enter.sees_1.%s": made["role.%s"], "enter.sees_2.%s": made["role.%s"], "enter.sees_3.%s": made["role.%s"],
		"ambition.ask.%s": made["layer.%s.ask"],
		"people.way.%s":   {"open", "expired", "closed", "none"},
	})
	for _, l := range []string{"behaviour", "need", "commitment", "meaning"} {
		moreFields.Set("words_"+l, typed+" "+l)
	}
}

var (
	onLink = regexp.MustCompile(`/door#([0-9a-z]{26})</textarea>`)
	onCode = regexp.MustCompile(`<p class="code" dir="ltr"><span>(\w{3})</span> <span>(\w{3})</span>`)
)

// keyOn reads the key from the page that shows it.
func (w *world) keyOn(got *httptest.ResponseRecorder) account.Key {
	w.Helper()
	body := got.Body.String()
	secret, code := onLink.FindStringSubmatch(body), onCode.FindStringSubmatch(body)
	if got.Code != http.StatusOK || secret == nil || code == nil {
		w.Fatalf("no link on the page: %d", got.Code)
	}
	key := account.Key{Secret: secret[1], Code: code[1] + code[2]}
	w.Cleanup(func() {
		if log := w.lines.String(); strings.Contains(log, key.Secret) || strings.Contains(log, key.Code) {
			w.Error("what opens a link is in the log")
		}
	})
	return key
}

// invite has the vrager invite a guest under a named command.
func (w *world) invite(name, role string) account.Key {
	w.Helper()
	return w.keyOn(w.post(vrager, table+"/invite", form(name, "name", typed+" "+name, "role", role)))
}

// showing is the form with which somebody shows a key.
func showing(key account.Key, fields ...string) url.Values {
	f := url.Values{"secret": {key.Secret}, "code": {key.Code}}
	if key.Form != "" {
		f.Set("command", key.Form)
	}
	for i := 0; i < len(fields); i += 2 {
		f.Add(fields[i], fields[i+1])
	}
	return f
}

// arrives keeps the session that an answer brings, as a browser does.
func (w *world) arrives(viewer string, got *httptest.ResponseRecorder) {
	w.Helper()
	for _, c := range got.Result().Cookies() {
		if c.Name == "samenspel" {
			w.tokens[viewer] = c.Value
		}
	}
}

// wait puts the clock forward, and lets who was here come in again.
func (w *world) wait(d time.Duration, viewers ...string) {
	w.Helper()
	w.later.Add(int64(d))
	for _, viewer := range viewers {
		w.signIn(viewer, accountOf(viewer))
	}
}

func other(code string) string {
	if code[0] == 'C' {
		return "F" + code[1:]
	}
	return "C" + code[1:]
}

// TestEntering follows one link from its making to its end.
func TestEntering(t *testing.T) {
	w := newWorld(t)
	w.stage()
	key := w.invite("guest", "vrager")
	before := w.seqs()
	ask := w.post(nobody, "/door", url.Values{"secret": {w.Address + "/door#" + key.Secret}, "code": {strings.ToLower(key.Code)}})
	body := ask.Body.String()
	for _, part := range []string{`name="name" maxlength="80" autocomplete="nickname" dir="auto" value="` + typed + ` guest"`, "Hoe snel wil je gaan?", "Schrijft iemand iets over jou?"} {
		if !strings.Contains(body, part) {
			t.Errorf("the door does not say %s", part)
		}
	}
	if strings.Contains(body, kept) {
		t.Error("the door names somebody else, or what they say")
	}
	key.Form = regexp.MustCompile(`name="command" value="([^"]+)"`).FindStringSubmatch(body)[1]
	// Of the place only the link decides: no field makes it another.
	fields := []string{"name", typed + " Jo", "alone", "yes", "pace", "calm", "size", "larger", "role", "professional", "partner", string(partner("a", invited)), "alliance", string(alliance("b"))}

	// Another language keeps what was typed, and where the form counts.
	english := w.post(nobody, "/door", showing(key, append(fields, "lang", "en")...)).Body.String()
	for _, part := range []string{`<html lang="en" dir="ltr" data-text="larger"`, `value="` + typed + ` Jo"`, `value="yes" checked`, `value="calm" checked`, `value="larger" checked`, `value="` + key.Form + `"`} {
		if !strings.Contains(english, part) {
			t.Errorf("in the other language there is no %s", part)
		}
	}
	long := w.post(nobody, "/enter", showing(key, "name", typed+strings.Repeat("n", 81), "alone", "yes"))
	if body := long.Body.String(); long.Code != 422 || !strings.Contains(body, typed+strings.Repeat("n", 81)) || !strings.Contains(body, `value="yes" checked`) {
		t.Errorf("a name that is too long: %d, or what was typed is lost", long.Code)
	}
	if w.seqs() != before {
		t.Error("something was done at the door")
	}
	w.log.before = func() error { return journal.ErrFull }
	full := w.post(nobody, "/enter", showing(key, fields...))
	if body := full.Body.String(); full.Code != http.StatusInsufficientStorage || !strings.Contains(body, typed+" Jo") || !strings.Contains(body, key.Secret) {
		t.Errorf("without room: %d, or what was typed is lost", full.Code)
	}
	w.log.before = nil
	got := w.post(nobody, "/enter", showing(key, fields...))
	if got.Code != 303 || got.Header().Get("Location") != table {
		t.Fatalf("coming in: %d to %s", got.Code, got.Header().Get("Location"))
	}
	w.arrives("guest", got)
	after := w.seqs()
	if !w.sees("guest", table, typed+" Jo") || !w.sees("guest", table+"/people", "Alleen jij, en wie het opschrijft.") {
		t.Error("the guest is not called as they said, or is not alone at first")
	}
	if !w.sees("guest", table, `value="calm" checked`) {
		t.Error("the guest does not go at their own pace")
	}

	// Sent twice, or again since the answer got lost: in once.
	again := w.post(nobody, "/enter", showing(key, fields...))
	if again.Code != 303 || w.seqs() != after {
		t.Errorf("the same form again: %d", again.Code)
	}
	w.arrives("the guest's other tab", again)
	if !w.sees("the guest's other tab", table, typed+" Jo") {
		t.Error("the same form again lets nobody in")
	}
	// Who goes back to the door is in, by this link; nobody else is.
	other := key
	other.Form = ""
	for _, path := range []string{"/door", "/enter"} {
		if got := w.post("guest", path, showing(other)); got.Code != 303 || got.Header().Get("Location") != table {
			t.Errorf("going back to %s: %d", path, got.Code)
		}
		if got := w.post(bonus, path, showing(other)); got.Code != 403 {
			t.Errorf("another at %s: %d", path, got.Code)
		}
	}
	w.seenOut()
}

// seenOut: whoever is seen out is out at once, and their open links close.
func (w *world) seenOut() {
	w.Helper()
	people := table + "/people/" + id("form", "guest")
	w.invite("second", "bonus")
	back := w.keyOn(w.post(vrager, people+"/link", form("back")))
	if got := w.post(nobody, "/door", showing(back)); got.Code != 200 || !strings.Contains(got.Body.String(), "Welkom terug.") {
		w.Errorf("a way back: %d", got.Code)
	}
	if got := w.post(vrager, people+"/out", form("out")); got.Code != 403 {
		w.Errorf("seeing out a vrager: %d", got.Code)
	}
	if out := w.post("guest", people+"/out", form("out")); out.Code != 303 {
		w.Fatalf("leaving: %d", out.Code)
	}
	if page := w.get("guest", table); page.Code != 404 {
		w.Errorf("after leaving: %d", page.Code)
	}
	if got := w.post(nobody, "/door", showing(back)); got.Code != 403 {
		w.Errorf("the way back after it: %d", got.Code)
	}
}

// TestTheDoorAnswersAlike brings whatever does not open, and compares with a
// site that knows of no link at all: the same to the byte.
func TestTheDoorAnswersAlike(t *testing.T) {
	w, none := newWorld(t), newWorld(t)
	w.stage()
	expired := w.invite("expired", "bonus")
	w.wait(account.LinkLimit, vrager)
	used, withdrawn, replaced, closed, taken := w.invite("used", "bonus"), w.invite("withdrawn", "bonus"), w.invite("replaced", "bonus"), w.invite("closed", "bonus"), w.invite("taken", "bonus")
	opens, another := w.invite("open", "bonus"), w.invite("another", "bonus")
	if got := w.post(nobody, "/enter", showing(used)); got.Code != 303 {
		t.Fatal(got.Code)
	}
	for _, done := range []*httptest.ResponseRecorder{
		w.post(vrager, table+"/people/"+id("form", "withdrawn")+"/close", form("close")),
		w.post(vrager, table+"/people/"+id("form", "taken")+"/out", form("out")),
	} {
		if done.Code != 303 {
			t.Fatal(done.Code)
		}
	}
	w.keyOn(w.post(vrager, table+"/people/"+id("form", "replaced")+"/link", form("newer")))
	for range account.MostWrong {
		w.post(nobody, "/door", showing(account.Key{Secret: closed.Secret, Code: other(closed.Code)}))
	}
	for name, key := range map[string]account.Key{
		"expired": expired, "used": used, "withdrawn": withdrawn, "replaced": replaced, "closed": closed, "taken back": taken,
		"unknown":                  {Secret: strings.Repeat("0", 26), Code: opens.Code},
		"no secret":                {Secret: "een-link-die-er-niet-is", Code: opens.Code},
		"empty":                    {Code: opens.Code},
		"a wrong code":             {Secret: opens.Secret, Code: other(opens.Code)},
		"the code of another link": {Secret: opens.Secret, Code: another.Code},
		"the link of another code": {Secret: another.Secret, Code: opens.Code},
		"no code":                  {Secret: opens.Secret},
		"no code, and used":        {Secret: used.Secret},
		"half a code":              {Secret: opens.Secret, Code: opens.Code[:3]},
	} {
		for _, path := range []string{"/door", "/enter"} {
			form := showing(key, "name", typed+" Jo")
			want, got := none.post(nobody, path, form), w.post(nobody, path, form)
			if diff := cmp.Diff(said(want), said(got)); diff != "" {
				t.Errorf("%s at %s: -no link at all +this\n%s", name, path, diff)
			}
			if got.Code != 403 && got.Code != 422 || len(got.Result().Cookies()) > 0 {
				t.Errorf("%s at %s: %d", name, path, got.Code)
			}
		}
	}
	if got := w.post(nobody, "/enter", showing(opens)); got.Code != 303 {
		t.Errorf("the open one: %d", got.Code)
	}
}

// TestMachinesAtTheDoor: whatever fetches an address, or sends the form that it
// finds there, uses nothing up and learns of nobody.
func TestMachinesAtTheDoor(t *testing.T) {
	w := newWorld(t)
	w.stage()
	key := w.invite("guest", "vrager")
	door := w.get(nobody, "/door").Body.String()
	for range 100 {
		for _, got := range []*httptest.ResponseRecorder{
			w.get(nobody, "/door"), w.ask(w.request(nobody, http.MethodHead, "/door", nil)),
			w.get(nobody, "/door?secret="+key.Secret+"&code="+key.Code),
			w.post(nobody, "/door", url.Values{"secret": {key.Secret}}),
			w.post(nobody, "/door", url.Values{"secret": {key.Secret}, "code": {""}, "lang": {"nl"}}),
			w.post(nobody, "/enter", url.Values{"secret": {key.Secret}, "code": {"test"}}),
		} {
			body := got.Body.String()
			if got.Code == http.StatusSeeOther || strings.Contains(body, typed) || strings.Contains(body, kept) || strings.Contains(body, "Wie ziet wat?") {
				t.Fatalf("%d: the door opens, or tells of somebody", got.Code)
			}
		}
	}
	if got := w.get(nobody, "/door?secret="+key.Secret).Body.String(); got != door {
		t.Error("the address of the door says something of a link")
	}
	if got := w.post(nobody, "/enter", showing(key)); got.Code != 303 {
		t.Errorf("coming in after it: %d", got.Code)
	}
}

// TestWhatTheInviterSees follows how a link stands on the page with the people.
func TestWhatTheInviterSees(t *testing.T) {
	w := newWorld(t)
	w.stage()
	people, place := table+"/people", table+"/people/"+id("form", "guest")
	stands := func(when, text string) {
		t.Helper()
		for viewer, want := range map[string]bool{vrager: true, professional: true, colleague: false} {
			if got := w.sees(viewer, people, text); got != want {
				t.Errorf("%s: a %s sees %q: %t", when, viewer, text, got)
			}
		}
	}
	key := w.invite("guest", "bonus")
	stands("at first", "De link werkt tot 1 december.")
	for range account.MostWrong {
		w.post(nobody, "/door", showing(account.Key{Secret: key.Secret, Code: other(key.Code)}))
	}
	stands("after five wrong codes", "De link is dicht: de code was te vaak fout.")
	w.keyOn(w.post(vrager, place+"/link", form("newer")))
	stands("with a new one", "De link werkt tot 1 december.")
	if got := w.post(professional, place+"/close", form("close")); got.Code != 303 {
		t.Fatal(got.Code)
	}
	w.keyOn(w.post(professional, place+"/link", form("third")))
	w.wait(account.LinkLimit, vrager, professional, colleague)
	stands("after a week", "De link werkte tot 1 december.")
	w.wait(48*time.Hour, vrager, professional, colleague)
	w.keyOn(w.post(vrager, table+"/invite", form("sweeps", "name", typed, "role", "bonus")))
	stands("much later", "Er is geen open link.")
	if !w.sees(colleague, people, kept+" "+vrager+" doet mee sinds 24 november, en ziet alleen wat mensen met "+kept+" "+vrager+" delen.") {
		t.Error("nobody can see since when the vrager is here, and what she sees")
	}
	if !w.sees(colleague, people, "Uitgenodigd door "+kept+" "+vrager+".") {
		t.Error("nobody can see who invited the guest")
	}
}

// TestALinkIsShownOnce: the page with a new link has all that is to be given,
// and nothing else has what opens it.
func TestALinkIsShownOnce(t *testing.T) {
	w := newWorld(t)
	w.stage()
	got := w.post(vrager, table+"/invite", form("guest", "name", typed+" guest", "role", "vrager"))
	key, body := w.keyOn(got), got.Body.String()
	_, sheet, ok := strings.Cut(body, `<section class="paper"`)
	if !ok {
		t.Fatal("there is no sheet to print")
	}
	for _, part := range []string{`<svg class="qr"`, "samenspel.test/door</b>", key.Secret[:4] + "</span> <span>" + key.Secret[4:8], key.Code[:3] + "</span>", "Hier wil ik over praten:", "Zo snel wil ik gaan:", "Dit werkt tot 1 december"} {
		if !strings.Contains(sheet, part) {
			t.Errorf("the sheet has no %s", part)
		}
	}
	if strings.Contains(sheet, typed) || strings.Contains(sheet, kept) {
		t.Error("the sheet names somebody")
	}
	for _, path := range pagesOf(w) {
		for _, viewer := range []string{vrager, professional} {
			if page := said(w.get(viewer, path)); strings.Contains(page, key.Secret) || strings.Contains(page, key.Code) {
				t.Errorf("%s shows what opens the link", path)
			}
		}
	}
	colleagues := w.post(vrager, table+"/invite", form("colleague", "name", typed, "role", "colleague"))
	if body := colleagues.Body.String(); !strings.Contains(body, `<section class="paper"`) || strings.Contains(body, "Zo snel wil ik gaan:") {
		t.Error("the sheet of a colleague asks for a pace, or is not there")
	}
	back := w.post(vrager, table+"/people/"+string(partner("a", bonus))+"/link", form("back"))
	if w.keyOn(back); strings.Contains(back.Body.String(), `<section class="paper"`) {
		t.Error("a way back comes with a sheet")
	}
	staff := w.post(administrator, "/admin/link", nil)
	if key := w.keyOn(staff); w.post(nobody, "/door", showing(account.Key{Secret: key.Secret})).Code != 422 {
		t.Error("a link for a professional opens without its code")
	}
}

// TestAmbition: the professional says first what matters to themselves, for
// themselves alone, and shares it when the vrager came.
func TestAmbition(t *testing.T) {
	w := newWorld(t)
	w.signIn(professional, accountOf(professional))
	w.signIn(vrager, account.Person{ID: person("a", vrager)})
	begun := w.post(professional, "/begin", form("begin", "title", typed+" title", "name", typed+" Noor"))
	home := "/a/" + id("form", "begin")
	if to := begun.Header().Get("Location"); to != home+"/ambition" {
		t.Fatalf("beginning leads to %s", to)
	}
	page := home + "/ambition"
	long := w.post(professional, page, form("ambition", "words_meaning", typed+" meaning", "words_need", strings.Repeat("é", samenspel.MaxWords+1)))
	if long.Code != 422 || !strings.Contains(long.Body.String(), typed+" meaning</textarea>") {
		t.Errorf("too long: %d, or what was typed is lost", long.Code)
	}
	said := form("ambition", "words_meaning", typed+" meaning", "words_behaviour", typed+" behaviour", "back", home+"/invite")
	for range 2 {
		if got := w.post(professional, page, said); got.Code != 303 || got.Header().Get("Location") != home+"/invite?did=ambition" {
			t.Fatalf("%d to %s", got.Code, got.Header().Get("Location"))
		}
	}
	if got := w.post(professional, page, form("nothing", "back", home+"/invite")); got.Header().Get("Location") != home+"/invite" {
		t.Errorf("nothing leads to %s", got.Header().Get("Location"))
	}
	if w.sees(professional, home, "Deel wat jij belangrijk vindt") {
		t.Error("it is offered to share with nobody")
	}
	w.later.Add(int64(time.Minute))
	key := w.keyOn(w.post(professional, home+"/invite", form("invite", "name", typed+" Amira", "role", "vrager")))
	w.arrives(vrager, w.post(nobody, "/enter", showing(key)))
	if !w.sees(professional, home, "Deel wat jij belangrijk vindt") || w.sees(vrager, home, "Deel wat jij belangrijk vindt") {
		t.Error("it is not offered, or to another")
	}
	statements := []string{id("form", "ambition") + ".1", id("form", "ambition") + ".4"}
	share := form("share", "statement", statements[0], "seen_by", id("form", "invite"), "back", page)
	for _, s := range statements {
		if !w.sees(professional, page, `name="statement" value="`+s+`" checked`) {
			t.Errorf("%s is not there to share", s)
		}
	}
	if w.sees(vrager, home, typed+" meaning") {
		t.Error("the vrager sees it before it is shared")
	}
	if got := w.post(professional, page+"/share", share); got.Code != 303 {
		t.Fatal(got.Code)
	}
	if !w.sees(vrager, home, typed+" meaning") || w.sees(vrager, home, typed+" behaviour") {
		t.Error("the vrager does not see what was shared, and that alone")
	}
	if got := w.post(vrager, page+"/share", form("theirs", "statement", statements[0])); got.Code != 403 {
		t.Errorf("sharing what is another's: %d", got.Code)
	}
	w.signIn(professional, accountOf(professional))
	w.wait(15 * 24 * time.Hour)
	w.signIn(professional, accountOf(professional))
	if w.sees(professional, home, "Deel wat jij belangrijk vindt") {
		t.Error("the offer stays")
	}
}
