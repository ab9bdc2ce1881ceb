package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"samenspel"
	"samenspel/journal"
	"samenspel/web/text"
)

// table is the address of the first alliance.
var table = "/a/" + string(alliance("a"))

// onStatement is the address of what is done with a statement.
func onStatement(name, what string) string {
	return table + "/statement/" + string(statement("a", name)) + "/" + what
}

// form is a form under a named command.
func form(name string, fields ...string) url.Values {
	f := url.Values{"command": {id("form", name)}}
	for i := 0; i < len(fields); i += 2 {
		f.Add(fields[i], fields[i+1])
	}
	return f
}

// sees reports whether words stand on a page that a viewer looks at.
func (w *world) sees(viewer, path, words string) bool {
	w.Helper()
	return strings.Contains(w.get(viewer, path).Body.String(), words)
}

// ownPicture is the address of the vrager's picture.
var ownPicture = table + "/picture/" + string(partner("a", vrager))

// TestWhatCannotBeTaken sends what no form of the site would. It is said in
// the reader's language, what was typed comes back, and nothing is kept.
func TestWhatCannotBeTaken(t *testing.T) {
	w := newWorld(t)
	w.stage()
	before := w.seqs()
	const words = typed + " <b>\"&"
	tell := table + "/tell"
	for _, c := range []struct {
		name   string
		viewer string
		path   string
		form   url.Values
		status int
		nl, en string
		back   string // what is in a field again
	}{
		{"no words", vrager, tell, form("x", "theme_new", words), 422,
			"Schrijf eerst een paar woorden.", "Write a few words first.", words},
		{"words that are too long", vrager, tell, form("x", "words", words+strings.Repeat("é", samenspel.MaxWords)), 422,
			"Er passen 10000 tekens.", "There is room for 10000 signs.", words},
		{"a body that is too large", vrager, tell, form("x", "words", strings.Repeat("€", 1<<20)), 422,
			"Er passen 10000 tekens.", "There is room for 10000 signs.", ""},
		{"a form that cannot be read", vrager, tell, url.Values{"words": {"%"}}, 422, "We konden dit niet lezen.", "", ""},
		{"no UTF-8", vrager, tell, form("x", "words", typed+"\xff"), 422, "Deze tekst kunnen we niet lezen.", "", ""},
		{"a control character", vrager, tell, form("x", "words", words+"\x00"), 422, "Er staat een teken in", "", ""},
		{"an unknown layer", vrager, tell, form("x", "words", words, "layer", "soul"), 422, "Deze laag is er niet.", "", words},
		{"an unknown kind", vrager, tell, form("x", "words", words, "kind", "rumour"), 422, "Kies hoe je dit weet.", "", words},
		{"a theme that is too long", vrager, tell, form("x", "words", words, "theme_new", strings.Repeat("t", 61)), 422,
			"Er passen 60 tekens.", "", words},
		{"a quote of another", vrager, tell,
			form("x", "words", words, "kind", "quote", "said_by", string(partner("a", bonus)), "about", string(partner("a", vrager))), 422,
			"Eigen woorden zijn van de persoon zelf.", "", words},
		{"without a command", vrager, tell, url.Values{"words": {words}}, 422, "Deze pagina is niet heel.", "", words},
		{"about nobody here", vrager, tell, form("x", "words", words, "about", string(partner("b", vrager))), 404, "Hier is niets", "", words},
		{"a theme that is not there", vrager, table + "/theme/" + id("nothing") + "/first", form("x"), 404, "Hier is niets", "", ""},
		{"an unknown pace", vrager, table + "/pace", form("x", "pace", "gallop"), 422, "Kies rustig, gewoon of pauze.", "", ""},
		{"an unknown role", vrager, table + "/invite", form("x", "role", "boss", "name", words), 422, "Kies wie het is.", "", words},
		{"a role that is not theirs to bring", vrager, table + "/invite", form("x", "role", "professional", "name", words), 403,
			"Vraag iemand anders om uit te nodigen.", "", words},
		{"an empty note", vrager, table + "/notes", form("x", "words", " \n "), 422, "Schrijf eerst een paar woorden.", "", ""},
		{"an empty theme", vrager, table + "/theme", form("x"), 422, "Schrijf eerst een thema.", "", ""},
		{"no feeling", vrager, onStatement("own", "emotion"), form("x"), 422, "Kies of schrijf eerst een woord.", "", ""},
		{"an answer to a feeling that is none", vrager, table + "/emotion/" + shown("a").emotion + "/gone", form("x"), 422,
			"Dit antwoord past hier niet.", "", ""},
		{"a stale answer", vrager, onStatement("shown", "confirm"), form("x", "turn", "77"), 409, "Iemand was je voor.", "Somebody", ""},
		{"a stale rewording", vrager, onStatement("shown", "reword"), form("x", "turn", "77", "words", words), 409,
			"Iemand was je voor.", "Somebody", words},
		{"a stale place", vrager, onStatement("own", "place"), form("x", "turn", "77", "theme_new", words), 409, "Iemand was je voor.", "", words},
		{"a view beside one's own", vrager, onStatement("own", "view"), form("x", "words", words), 403,
			"Hier kun je geen eigen woorden naast zetten.", "", words},
		{"an alliance without a name", professional, "/begin", form("x", "name", words), 422, "Geef deze plek eerst een naam.", "", words},
		{"without a session", nobody, tell, form("x", "words", words), 401, "We weten niet wie je bent.", "", words},
		{"a feeling without a session", nobody, onStatement("own", "emotion"), form("x", "emotion_own", words), 401,
			"We weten niet wie je bent.", "", words},
	} {
		t.Run(c.name, func(t *testing.T) {
			for lang, said := range map[string]string{"nl": c.nl, "en": c.en} {
				r := w.request(c.viewer, http.MethodPost, c.path, c.form)
				if c.form.Get("words") == "%" {
					r = w.request(c.viewer, http.MethodPost, c.path, nil)
					r.Body = http.NoBody
					r.URL.RawQuery = "%zz"
				}
				r.Header.Set("Accept-Language", lang)
				got := w.ask(r)
				body := got.Body.String()
				if got.Code != c.status || !strings.Contains(body, said) {
					t.Errorf("in %s: %d, want %d with %q", lang, got.Code, c.status, said)
				}
				if back := htmlOf(c.back); !strings.Contains(body, back) {
					t.Errorf("in %s: what was typed did not come back", lang)
				}
			}
		})
	}
	if after := w.seqs(); after != before {
		t.Errorf("the logs are %v long, were %v", after, before)
	}
}

// htmlOf is how words stand in a page.
func htmlOf(words string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;").Replace(words)
}

func TestAFormSentTwiceCountsOnce(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for _, c := range []struct {
		path   string
		form   url.Values
		status int
		page   string
		shows  string
	}{
		{table + "/tell", form("told", "words", typed+" told"), 303, ownPicture, typed + " told"},
		{table + "/notes", form("note", "words", typed+" note"), 303, table + "/notes", typed + " note"},
		{table + "/invite", form("invite", "name", typed+" guest", "role", "bonus"), 200, table + "/people", "<b dir=\"auto\">" + typed + " guest"},
	} {
		for range 3 {
			if got := w.post(vrager, c.path, c.form); got.Code != c.status {
				t.Fatalf("%s: %d", c.path, got.Code)
			}
		}
		if n := strings.Count(w.get(vrager, c.page).Body.String(), c.shows); n != 1 {
			t.Errorf("%s: %d times on the page, want once", c.path, n)
		}
	}
}

// TestWhatCannotBeKept: nothing is half done, what was typed comes back, and
// when there is room again it goes on.
func TestWhatCannotBeKept(t *testing.T) {
	for name, c := range map[string]struct {
		fault  error
		status int
		nl, en string
	}{
		"full": {journal.ErrFull, http.StatusInsufficientStorage, "Er is nu geen ruimte om te bewaren.", "There is no room to save now."},
		"stopped": {journal.ErrStopped, http.StatusServiceUnavailable,
			"We kunnen nu niets bewaren.", "We can save nothing now."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.stage()
			before := w.seqs()
			page := w.get(vrager, ownPicture).Body.String()
			w.log.before = func() error { return c.fault }
			told := form("told", "words", typed+" told", "back", ownPicture)
			for lang, said := range map[string]string{"nl": c.nl, "en": c.en} {
				r := w.request(vrager, http.MethodPost, table+"/tell", told)
				r.Header.Set("Accept-Language", lang)
				got := w.ask(r)
				if body := got.Body.String(); got.Code != c.status || !strings.Contains(body, said) || !strings.Contains(body, typed+" told</textarea>") {
					t.Errorf("in %s: %d, want %d with %q and what was typed", lang, got.Code, c.status, said)
				}
			}
			if after := w.seqs(); after != before {
				t.Errorf("the logs are %v long, were %v", after, before)
			}
			if w.get(vrager, ownPicture).Body.String() != page {
				t.Error("reading is not as it was")
			}
			if log := w.lines.String(); !strings.Contains(log, "/a/{alliance}/tell") || strings.Contains(log, string(alliance("a"))) {
				t.Errorf("the log says where, and not whose:\n%s", log)
			}
			w.log.before = nil
			if got := w.post(vrager, table+"/tell", told); got.Code != http.StatusSeeOther {
				t.Errorf("with room again: %d", got.Code)
			}
			if !w.sees(vrager, ownPicture, typed+" told") {
				t.Error("with room again it is not there")
			}
		})
	}
}

// TestWhatCannotBeRead: the page says that it is not the reader's fault and
// nothing of why, which is for the log of the machine.
func TestWhatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		fault error
		said  string
	}{
		"damaged": {fmt.Errorf("entry 3: %w", journal.ErrDamaged), text.In("nl").Say("error.damaged")},
		"else":    {errors.New("the disk is on fire"), text.In("nl").Say("error.fault")},
	} {
		t.Run(name, func(t *testing.T) {
			w := staged(t).open(t)
			w.log.reading = c.fault
			for _, got := range []*httptest.ResponseRecorder{w.get(vrager, table), w.get(vrager, table+"/live"), w.post(vrager, table+"/pace", form("x", "pace", "calm"))} {
				if body := got.Body.String(); got.Code != http.StatusInternalServerError || !strings.Contains(body, c.said) || strings.Contains(body, c.fault.Error()) {
					t.Errorf("%d, want 500 with %q", got.Code, c.said)
				}
			}
			if !strings.Contains(w.lines.String(), c.fault.Error()) {
				t.Errorf("the log does not say why:\n%s", w.lines)
			}
			w.log.reading = nil
			if got := w.get(vrager, table); got.Code != http.StatusOK {
				t.Errorf("when it can be read again: %d", got.Code)
			}
		})
	}
}

// TestUndo takes the last act back from the line that says what was done.
func TestUndo(t *testing.T) {
	w := newWorld(t)
	w.stage()
	got := w.post(vrager, table+"/tell", form("told", "words", typed+" told", "back", ownPicture+"?at=2#s-1"))
	to := got.Header().Get("Location")
	if got.Code != 303 || to != ownPicture+"?at=2&did=told#s-1" {
		t.Fatalf("told: %d, %s", got.Code, to)
	}
	page := w.get(vrager, ownPicture+"?did=told").Body.String()
	act := `<input type="hidden" name="act" value="` + id("form", "told") + `">`
	if !strings.Contains(page, "Het is bewaard.") || !strings.Contains(page, act) {
		t.Fatal("the page does not say what was done, with the way back")
	}
	undo := form("undo", "act", id("form", "told"), "back", ownPicture)
	if got := w.post(bonus, table+"/undo", undo); got.Code != 403 {
		t.Errorf("by another: %d", got.Code)
	}
	if got := w.post(vrager, table+"/undo", undo); got.Code != 303 {
		t.Errorf("undo: %d", got.Code)
	}
	if w.sees(vrager, ownPicture, typed+" told") {
		t.Error("it is still there")
	}
	if got := w.post(vrager, table+"/undo", form("again", "act", id("form", "told"))); got.Code != 403 {
		t.Errorf("a second time: %d", got.Code)
	}
	if got := w.post(vrager, table+"/undo", form("redo", "act", id("form", "undo"))); got.Code != 303 {
		t.Errorf("bringing it back: %d", got.Code)
	}
	if !w.sees(vrager, ownPicture, typed+" told") {
		t.Error("it did not come back")
	}
}

// TestTheWayBackStaysHere: no form and no address leads to another site.
func TestTheWayBackStaysHere(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for _, back := range []string{
		"http://elsewhere.test/", "//elsewhere.test/", "///elsewhere.test", `/\elsewhere.test`, `\\elsewhere.test`, "/\t/elsewhere.test",
		"javascript:alert(1)", "data:text/html,x", "elsewhere.test", "http:elsewhere.test", "/\r\nSet-Cookie: a=b", "//a@elsewhere.test",
		"?back=x", "", "#x", "/" + strings.Repeat("a", 2000), "/%zz", " //elsewhere.test", "/%2Felsewhere.test/ x",
	} {
		if got := w.post(nobody, "/settings", url.Values{"back": {back}}); got.Header().Get("Location") != "/" {
			t.Errorf("settings with %q lead to %q", back, got.Header().Get("Location"))
		}
		got := w.post(vrager, table+"/pace", form("pace "+back, "pace", "calm", "back", back))
		if to := got.Header().Get("Location"); to != table+"?did=pace" {
			t.Errorf("a button with %q leads to %q", back, to)
		}
		page := w.get(vrager, onStatement("own", "reword")+"?back="+url.QueryEscape(back)).Body.String()
		if !strings.Contains(page, `<a class="btn bare" href="`+table+`">`) {
			t.Errorf("a form with %q has another way back", back)
		}
		wrong := w.post(vrager, table+"/pace", form("wrong", "pace", "", "back", back)).Body.String()
		if !strings.Contains(wrong, `<a class="btn main" href="/">`) {
			t.Errorf("the page that says what is wrong with %q has another way back", back)
		}
	}
	if got := w.post(nobody, "/settings", url.Values{"back": {"/help?x=1#y"}}); got.Header().Get("Location") != "/help?x=1#y" {
		t.Errorf("the way back is lost: %q", got.Header().Get("Location"))
	}
}
