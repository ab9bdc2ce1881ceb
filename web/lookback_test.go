package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"samenspel"
)

func init() {
	wrote := answers{401, 401, 404, 404, 404, 404, 403, 403, 303, 403} // the professional
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/dialogue/{dialogue}/back":      looks,
		"GET /a/{alliance}/dialogue/{dialogue}/back/live": looks,
		"POST /a/{alliance}/dialogue/{dialogue}/mirror":   does,
		"POST /a/{alliance}/dialogue/{dialogue}/changed":  does,
		"POST /a/{alliance}/dialogue/{dialogue}/scale":    does,
		"POST /a/{alliance}/change/{change}/withdraw":     wrote,
		"POST /a/{alliance}/scale/{scale}/withdraw":       wrote,
	})
	maps.Copy(made, map[string][]string{
		"mirror.ask.%s":  texts(samenspel.MirrorQuestions[:]),
		"mirror.word.%s": append(texts(samenspel.MirrorWords[:]), string(samenspel.MirrorRatherNot)),
	})
	saying["lookedBack"] = "did."
	maps.Copy(moreFields, url.Values{"mirror_heard": {"yes"}})
	for name, thing := range map[string]string{"{change}": "change", "{scale}": "scale"} {
		moreThings[name] = struct{ shown, hidden func(which string) string }{
			func(which string) string { return id("command", which, "shown "+thing) },
			func(which string) string { return id("command", which, "hidden "+thing) },
		}
	}
	moreToPlay = append(moreToPlay, playLookBack)
}

func talkOf(which, name string) samenspel.DialogueID {
	return samenspel.DialogueID(id("command", which, name))
}

// playLookBack lets the dialogue of all begin, and one of the vrager alone, and
// adds what was told in both.
func playLookBack(which string, do func(place, name string, wish samenspel.Wish)) {
	shown, hidden := talkOf(which, "shown dialogue"), talkOf(which, "hidden talk")
	do(professional, "look back begins", samenspel.BeginDialogue{Dialogue: shown})
	do(vrager, "hidden talk", samenspel.PlanDialogue{})
	do(vrager, "look back begins alone", samenspel.BeginDialogue{Dialogue: hidden})
	do(vrager, "look back ends alone", samenspel.EndDialogue{Dialogue: hidden})
	do(professional, "look back lays", samenspel.LayWords{Dialogue: shown, Statement: statement(which, "shown")})
	do(vrager, "look back lays own", samenspel.LayWords{Dialogue: shown, Statement: statement(which, "own")})
	do(vrager, "look back topic", samenspel.PutTopic{Dialogue: shown, Words: word("topic")})
	do(professional, "shown change", samenspel.TellChange{Dialogue: shown, Words: word("change"), Because: statement(which, "own")})
	do(vrager, "hidden change", samenspel.TellChange{Dialogue: hidden, Words: word("hidden change")})
	do(professional, "shown scale", samenspel.EnterScale{Dialogue: shown, Name: word("scale"), Answers: word("answers")})
	do(vrager, "hidden scale", samenspel.EnterScale{Dialogue: shown, Name: word("hidden scale"), Answers: word("answers"), Alone: true})
}

// back is the page to look back on the dialogue of all.
var back = table + "/dialogue/" + string(talkOf("a", "shown dialogue"))

// mirrorForm answers the mirror with one word to all five.
func mirrorForm(name, answer string, fields ...string) url.Values {
	f := form(name, fields...)
	for _, q := range samenspel.MirrorQuestions {
		f.Set("mirror_"+string(q), answer)
	}
	return f
}

// TestNobodyIsSteeredInTheMirror: until a reader is ready, a page is the same
// to the byte whether others answered or not; and it never tells that somebody
// answered alone.
func TestNobodyIsSteeredInTheMirror(t *testing.T) {
	worlds := map[string]*world{}
	for _, name := range []string{"nobody answered", "the bonus partner did", "and the colleague alone"} {
		w := newWorld(t)
		w.stage()
		worlds[name] = w
	}
	answer := func(w *world, place string, alone bool) {
		w.wish("a", place, "mirror of "+place, samenspel.AnswerMirror{
			Dialogue: talkOf("a", "shown dialogue"), Answers: [5]samenspel.MirrorWord{samenspel.MirrorNotYet}, Line: word("line of", place), Alone: alone,
		})
	}
	answer(worlds["the bonus partner did"], bonus, false)
	answer(worlds["and the colleague alone"], bonus, false)
	answer(worlds["and the colleague alone"], colleague, true)
	page := func(world, viewer, path string) string { return said(worlds[world].get(viewer, path)) }
	same := func(viewer, path string, of ...string) {
		t.Helper()
		for _, other := range of[1:] {
			if diff := cmp.Diff(page(of[0], viewer, path), page(other, viewer, path)); diff != "" {
				t.Errorf("%s as %s: -%s +%s\n%s", path, viewer, of[0], other, diff)
			}
		}
	}
	for _, path := range []string{back + "/back", back + "/back/live", table} {
		same(professional, path, slices.Sorted(maps.Keys(worlds))...)
	}
	for _, w := range worlds {
		w.post(professional, back+"/mirror", mirrorForm("ready", ""))
	}
	same(professional, back+"/back", "the bonus partner did", "and the colleague alone")
	if w := worlds["the bonus partner did"]; !w.sees(professional, back+"/back", kept+" line of "+bonus) {
		t.Error("who is ready does not see what others answered")
	}
	if w := worlds["nobody answered"]; !w.sees(professional, back+"/back", "Hier komen de antwoorden van anderen.") {
		t.Error("who is the first does not hear that it may take a while")
	}
}

func TestLookBackForms(t *testing.T) {
	w := newWorld(t)
	w.stage()
	const words = typed + " <b>\"&"
	for _, c := range []struct {
		name, path string
		form       url.Values
		status     int
		said       string
		back       []string
	}{
		{"a word that there is not", "/mirror", mirrorForm("x", "often", "words", words), 422, "Kies een van de woorden", []string{words}},
		{"a line that is too long", "/mirror", mirrorForm("x", "yes", "words", words+strings.Repeat("é", 300), "alone", "yes"), 422,
			"Er passen 300 tekens.", []string{words, `name="mirror_heard" value="yes" checked`, `name="alone" value="yes" checked`}},
		{"nothing that changed", "/changed", form("x", "because", string(statement("a", "own"))), 422, "Schrijf eerst een paar woorden.",
			[]string{`value="` + string(statement("a", "own")) + `" selected`}},
		{"because of what is hidden", "/changed", form("x", "words", words, "because", id("nothing")), 404, "Hier is niets", []string{words}},
		{"a list without a name", "/scale", form("x", "words", words, "alone", "yes"), 422, "Schrijf eerst hoe de lijst heet.", []string{words}},
		{"a list without answers", "/scale", form("x", "name", words), 422, "Schrijf eerst een paar woorden.", []string{words}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.post(professional, back+c.path, c.form)
			if body := got.Body.String(); got.Code != c.status || !strings.Contains(body, c.said) {
				t.Errorf("%d, want %d with %q", got.Code, c.status, c.said)
			} else {
				for _, typed := range c.back {
					if !strings.Contains(body, typed) && !strings.Contains(body, htmlOf(typed)) {
						t.Errorf("%q did not come back", typed)
					}
				}
			}
		})
	}
	kept := mirrorForm("kept", "sometimes", "words", typed+" line", "back", back+"/back#side")
	if got := w.post(bonus, back+"/mirror", kept); got.Code != http.StatusSeeOther || got.Header().Get("Location") != back+"/back?did=mirror#side" {
		t.Errorf("a mirror leads to %s with %d", got.Header().Get("Location"), got.Code)
	}
	for _, part := range []string{`name="mirror_trusted" value="sometimes" checked`, typed + " line", "Naast elkaar"} {
		if !w.sees(bonus, back+"/back", part) {
			t.Errorf("%q is not on the page of who answered", part)
		}
	}
	w.post(bonus, back+"/changed", form("changed", "words", typed+" changed", "because", string(statement("a", "own"))))
	if !w.sees(vrager, back+"/back", typed+" changed") || !w.sees(vrager, table, typed+" changed") {
		t.Error("what changed is not told to who said it")
	}
}

// TestOnPauseNothingIsAsked: the page stays readable, without a question or a
// form but what takes one's own words away.
func TestOnPauseNothingIsAsked(t *testing.T) {
	w := newWorld(t)
	w.stage() // the vrager is on pause
	page := w.get(vrager, back+"/back").Body.String()
	for _, shown := range []string{"Pauze. Er wordt niets gevraagd.", kept + " shown", kept + " change", kept + " topic"} {
		if !strings.Contains(page, shown) {
			t.Errorf("%q cannot be read", shown)
		}
	}
	for _, asking := range []string{"/confirm", "/mirror\"", "/met\"", "/changed\"", "/scale\"", "Kreeg dit genoeg aandacht?"} {
		if strings.Contains(page, asking) {
			t.Errorf("%q asks something", asking)
		}
	}
	if got := w.post(vrager, back+"/mirror", form("x", "words", typed+strings.Repeat("é", 300))); got.Code != 422 || !strings.Contains(got.Body.String(), typed) {
		t.Errorf("what was typed before the pause is lost: %d", got.Code)
	}
	w.wish("a", vrager, "calm", samenspel.SetPace{Pace: samenspel.Calm})
	page = w.get(vrager, back+"/back").Body.String()
	if n := strings.Count(page, "/confirm\"") + strings.Count(page, "/met\"") + strings.Count(page, "/declined\""); n != 1 {
		t.Errorf("at calm %d questions at once", n)
	}
}

// TestBeforeADialogueThereIsNothingToLookBackOn: and what was typed comes back.
func TestBeforeADialogueThereIsNothingToLookBackOn(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.wish("a", professional, "next", samenspel.PlanDialogue{With: []samenspel.PartnerID{partner("a", vrager)}})
	next := table + "/dialogue/" + string(talkOf("a", "next"))
	if !w.sees(professional, next+"/back", "Dit gesprek moet nog beginnen.") {
		t.Error("it is not said")
	}
	if got := w.post(professional, next+"/mirror", form("x", "words", typed)); got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), typed) {
		t.Errorf("answered before it began: %d", got.Code)
	}
}

// TestTheMirrorIsNoRegion: what is ticked there stays when others do something.
func TestTheMirrorIsNoRegion(t *testing.T) {
	w := newWorld(t)
	w.stage()
	regions, forms := 0, 0
	for _, region := range regionsOf(t, w.get(professional, back+"/back").Body.String()) {
		regions++
		forms += strings.Count(region, "<input type=\"radio\"") + strings.Count(region, "<textarea") + strings.Count(region, "<select")
	}
	if regions != 4 || forms != 0 {
		t.Errorf("%d regions with %d fields in them", regions, forms)
	}
}

func TestLookingBackFollowsLive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		page := w.get(bonus, back+"/back").Body.String()
		_, rest, _ := strings.Cut(page, `data-live="`)
		address, _, _ := strings.Cut(rest, `"`)
		s := w.listen(bonus, strings.ReplaceAll(address, "&amp;", "&"), "")
		if got := s.come(); got != hello {
			t.Errorf("a page that is up to date hears %.200q", got)
		}
		w.wish("a", colleague, "unseen", samenspel.AnswerMirror{Dialogue: talkOf("a", "shown dialogue")})
		if got := s.come(); got != "" {
			t.Errorf("an answer that is not for this reader yet is heard: %.200q", got)
		}
		w.wish("a", colleague, "told", samenspel.TellChange{Dialogue: talkOf("a", "shown dialogue"), Words: word("news")})
		if got := s.come(); !strings.Contains(got, kept+" news") {
			t.Errorf("what changed is not heard: %.200q", got)
		}
	})
}

// regionsOf gives each live region of a page, as written.
func regionsOf(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var regions []string
	for n := range root.Descendants() {
		if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "data-region" }) {
			var b strings.Builder
			if err := html.Render(&b, n); err != nil {
				t.Fatal(err)
			}
			regions = append(regions, b.String())
		}
	}
	return regions
}

// asking is a button of the page that answers something, with its form.
var asking = regexp.MustCompile(`(?s)<form method="post" action="([^"]+/(?:confirm|met))">(.*?)</form>`)

// TestLookingBackIsThirtyTaps counts what a typical dialogue costs one
// partner: three statements about them, two feelings, an agreement and the
// mirror. It presses what the page offers until it offers no more.
func TestLookingBackIsThirtyTaps(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for i, place := range []string{vrager, bonus, colleague, professional} {
		by := []string{bonus, professional}[i%2]
		if place == by {
			by = vrager
		}
		w.typicalTalk(place, by)
	}
	const (
		agreement = 6 // want, can, know how, room, help, and one to keep them
		most      = 30
	)
	w.wish("a", vrager, "ordinary", samenspel.SetPace{Pace: samenspel.Ordinary})
	for _, place := range []string{vrager, bonus, colleague, professional} {
		path := table + "/dialogue/" + string(talkOf("a", "typical for "+place)) + "/back"
		taps := 1 + agreement // the first opens the page
		for {
			page := w.get(place, path).Body.String()
			// Of what a page offers in the dialogue; older feelings may stay.
			form := asking.FindStringSubmatch(page)
			if form == nil {
				break
			}
			w.press(place, form[1], form[2])
			if taps++; taps > most {
				t.Fatalf("%s is not ready after %d taps", place, taps)
			}
		}
		page := w.get(place, path).Body.String()
		for _, q := range samenspel.MirrorQuestions {
			if strings.Contains(page, `name="mirror_`+string(q)+`"`) {
				taps++
			}
		}
		if taps++; !strings.Contains(page, "Klaar voor nu") { // to be ready
			t.Errorf("%s finds no mirror", place)
		}
		t.Logf("%s: %d taps", place, taps)
		if taps < 1+3+2+agreement+6 || taps > most {
			t.Errorf("%s: %d taps, at most %d", place, taps, most)
		}
	}
}

// typicalTalk is a dialogue with three statements about somebody that wait,
// and two feelings of theirs.
func (w *world) typicalTalk(about, by string) {
	w.Helper()
	name := "typical for " + about
	w.wish("a", about, "door for "+about, samenspel.SetFirstSeen{By: []samenspel.PartnerID{partner("a", by)}})
	w.wish("a", by, name, samenspel.PlanDialogue{With: []samenspel.PartnerID{partner("a", about), partner("a", vrager)}})
	w.wish("a", by, "begin "+name, samenspel.BeginDialogue{Dialogue: talkOf("a", name)})
	for _, n := range []string{"one", "two", "three"} {
		w.wish("a", by, n+" "+name, samenspel.WordStatement{
			Words: word(n), About: partner("a", about), Kind: samenspel.Observation, Dialogue: talkOf("a", name),
		})
	}
	for _, n := range []string{"one", "two"} {
		w.wish("a", about, "feels "+n+" "+name, samenspel.NameEmotion{Statement: statement("a", n+" "+name), Word: word("sad")})
	}
}

var hiddenInput = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// press sends a form with the hidden fields that it has.
func (w *world) press(place, action, fields string) {
	w.Helper()
	sent := url.Values{}
	for _, field := range hiddenInput.FindAllStringSubmatch(fields, -1) {
		sent.Set(field[1], html.UnescapeString(field[2]))
	}
	got := w.post(place, action, sent)
	if to := got.Header().Get("Location"); got.Code != http.StatusSeeOther || !strings.Contains(to, "/back?did=") || !strings.Contains(to, "#") {
		w.Fatalf("%s: %d, leads to %s", action, got.Code, to)
	}
}
