package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
)

func init() {
	begun := answers{401, 401, 404, 404, 404, 404, 403, 403, 403, 403} // one that has begun goes ahead
	wrote := answers{401, 401, 404, 404, 404, 404, 403, 303, 403, 403} // the bonus partner put it
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/dialogues":                     looks,
		"GET /a/{alliance}/dialogues/live":                looks,
		"GET /a/{alliance}/dialogue/plan":                 looks,
		"POST /a/{alliance}/dialogue/plan":                does,
		"GET /a/{alliance}/dialogue/{dialogue}":           looks,
		"GET /a/{alliance}/dialogue/{dialogue}/live":      looks,
		"GET /a/{alliance}/dialogue/{dialogue}/plan":      looks,
		"POST /a/{alliance}/dialogue/{dialogue}/plan":     does,
		"GET /a/{alliance}/dialogue/{dialogue}/cancel":    begun,
		"POST /a/{alliance}/dialogue/{dialogue}/cancel":   begun,
		"POST /a/{alliance}/dialogue/{dialogue}/topic":    does,
		"POST /a/{alliance}/dialogue/{dialogue}/presence": does,
		"GET /a/{alliance}/dialogue/{dialogue}/paper":     looks,
		"POST /a/{alliance}/topic/{topic}/show":           wrote,
		"POST /a/{alliance}/topic/{topic}/settle":         wrote,
		"POST /a/{alliance}/topic/{topic}/withdraw":       wrote,
	})
	moreThings["{topic}"] = struct{ shown, hidden func(string) string }{
		func(which string) string { return id("command", which, "shown topic") },
		func(which string) string { return id("command", which, "hidden topic") },
	}
	maps.Copy(moreFields, url.Values{
		"with": {string(partner("a", vrager))}, "who": {string(partner("a", bonus))}, "wish": {"there"},
		"date": {"2026-12-03"}, "time": {"10:00"}, "minutes": {"60"}, "where": {typed + " where"}, "support": {typed + " support"},
	})
	maps.Copy(made, map[string][]string{
		"date.weekday_%d":    {"0", "1", "2", "3", "4", "5", "6"},
		"minutes.%d":         {"30", "60", "90"},
		"talkpaper.layer.%s": texts(samenspel.Layers[:]),
		"pace.%s":            texts(samenspel.Paces[:]),
		"presence.there.%s":  {"you_want", "wants", "wants_you", "self", "self_you"},
		"presence.not.%s":    {"you_want", "wants", "wants_you", "self", "self_you"},
	})
	moreToPlay = append(moreToPlay, playDialogues)
}

// playDialogues begins the dialogue of all, and prepares another of them, with
// something in it that only the vrager sees.
func playDialogues(which string, do func(place, name string, wish samenspel.Wish)) {
	all := []samenspel.PartnerID{partner(which, vrager), partner(which, bonus), partner(which, colleague)}
	do(professional, "shown dialogue begins", samenspel.BeginDialogue{Dialogue: samenspel.DialogueID(id("command", which, "shown dialogue"))})
	shown := samenspel.DialogueID(id("command", which, "prepared dialogue"))
	do(professional, "prepared dialogue", samenspel.PlanDialogue{
		With: all, At: start.AddDate(0, 0, 9), Minutes: 60, Where: word("where"), Support: word("interpreter"),
	})
	do(bonus, "shown topic", samenspel.PutTopic{Dialogue: shown, Words: word("topic")})
	do(bonus, "shown presence", samenspel.WishPresence{Dialogue: shown, Who: partner(which, colleague), Wish: samenspel.There})
	do(vrager, "hidden topic", samenspel.PutTopic{Dialogue: shown, Words: word("hidden topic"), Alone: true})
}

// prepared is the address of the dialogue that is prepared.
var prepared = table + "/dialogue/" + id("command", "a", "prepared dialogue")

// endShown ends the dialogue that is on.
func (w *world) endShown() {
	w.Helper()
	w.wish("a", professional, "shown dialogue ends", samenspel.EndDialogue{Dialogue: samenspel.DialogueID(id("command", "a", "shown dialogue"))})
}

// bodyOf gives a page that is there.
func (w *world) bodyOf(viewer, path string) string {
	w.Helper()
	got := w.get(viewer, path)
	if got.Code != http.StatusOK {
		w.Fatalf("%s as %s: %d", path, viewer, got.Code)
	}
	return got.Body.String()
}

// mustSay wants texts on a page, or not.
func mustSay(t *testing.T, body string, say bool, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(body, text) != say {
			t.Errorf("%q on the page: %v, want %v", text, !say, say)
		}
	}
}

// TestPreparing follows one dialogue from its plan to its beginning.
func TestPreparing(t *testing.T) {
	w := newWorld(t)
	w.stage()
	plan := form("plan", "with", string(partner("a", vrager)), "with", string(partner("a", bonus)), "date", "4-12-2026", "time", "9.30",
		"minutes", "60", "minutes_own", "45", "where", typed+" kitchen", "support", typed+" aunt")
	for range 2 { // sent twice is one
		got := w.post(professional, table+"/dialogue/plan", plan)
		if want := table + "/dialogue/" + id("form", "plan") + "?did=planned"; got.Code != 303 || got.Header().Get("Location") != want {
			t.Fatalf("planned: %d, %s", got.Code, got.Header().Get("Location"))
		}
	}
	talk := table + "/dialogue/" + id("form", "plan")
	page := w.bodyOf(bonus, talk)
	mustSay(t, page, true, "Vrijdag 4 december om 9.30 uur", "Ongeveer 45 minuten.", typed+" kitchen", typed+" aunt", "Begin het gesprek", "Hier staat nog niets.")
	if got := w.get(colleague, talk); got.Code != 404 {
		t.Errorf("for who is not in it: %d", got.Code)
	}
	if n := strings.Count(w.bodyOf(bonus, table+"/dialogues"), talk); n != 1 {
		t.Errorf("%d times in the list", n)
	}

	if got := w.post(bonus, talk+"/topic", form("topic", "words", typed+" school", "alone", "yes", "back", talk)); got.Code != 303 || got.Header().Get("Location") != talk+"?did=topic" {
		t.Fatalf("topic: %d, %s", got.Code, got.Header().Get("Location"))
	}
	topic := table + "/topic/" + id("form", "topic")
	mustSay(t, w.bodyOf(bonus, talk), true, typed+" school", "Alleen jij ziet dit.")
	mustSay(t, w.bodyOf(vrager, talk), false, typed+" school")
	mustSay(t, w.bodyOf(bonus, talk+"/paper"), false, typed+" school") // paper lies on the table
	for _, step := range []struct{ what, field, value, did string }{
		{"show", "alone", "", "topic_shown"}, {"settle", "open", "", "topic_settled"}, {"settle", "open", "yes", "topic_open"},
	} {
		if got := w.post(bonus, topic+"/"+step.what, form(step.did, step.field, step.value, "back", talk)); got.Header().Get("Location") != talk+"?did="+step.did {
			t.Errorf("%s: %d, %s", step.did, got.Code, got.Header().Get("Location"))
		}
	}
	mustSay(t, w.bodyOf(vrager, talk), true, typed+" school")
	mustSay(t, w.bodyOf(vrager, talk+"/paper"), true, typed+" school", "Ons gesprek", "Waar sta je voor?")

	w.endShown()
	if got := w.post(vrager, table+"/table/"+id("form", "plan")+"/begin", form("begin")); got.Header().Get("Location") != table+"/table/"+id("form", "plan")+"?did=begun" {
		t.Errorf("begun: %d, %s", got.Code, got.Header().Get("Location"))
	}
	mustSay(t, w.bodyOf(bonus, talk), true, "Jullie zijn nu in gesprek", table+"/table/"+id("form", "plan"))
	mustSay(t, w.bodyOf(bonus, table), true, "Jullie zijn nu in gesprek", table+"/table/"+id("form", "plan"))
	if got := w.get(bonus, talk+"/cancel"); got.Code != 403 {
		t.Errorf("cancelling what is on: %d", got.Code)
	}
	mustSay(t, w.bodyOf(bonus, talk), false, talk+"/cancel")
	w.later.Store(int64(10 * time.Minute))
	w.wish("a", vrager, "end", samenspel.EndDialogue{Dialogue: samenspel.DialogueID(id("form", "plan"))})
	mustSay(t, w.bodyOf(bonus, talk), true, talk+"/back", "Gesprek van 24 november")
	mustSay(t, w.bodyOf(bonus, table), true, talk+"/back", "Terugkijken op 24 november")
	w.later.Store(int64(15 * 24 * time.Hour))
	w.signIn(bonus, accountOf(bonus))
	mustSay(t, w.bodyOf(bonus, table), false, talk+"/back")
	mustSay(t, w.bodyOf(bonus, prepared), true, typed+" school", "nog niet uitgepraat") // it came back
}

// TestThePageOfToday has the dialogue that comes, or a quiet way to prepare one.
func TestThePageOfToday(t *testing.T) {
	w := newWorld(t)
	w.stage()
	mustSay(t, w.bodyOf(bonus, table), true, "Jullie zijn nu in gesprek")
	w.endShown()
	page := w.bodyOf(bonus, table)
	mustSay(t, page, false, "Jullie zijn nu in gesprek")
	mustSay(t, page, true, "Terugkijken op 24 november")
	mustSay(t, page, true, "Donderdag 3 december om 10 uur", "Hier wil ik over praten", kept+" topic", "Zet er iets bij", prepared+"#add")
	mustSay(t, page, false, "Bereid een gesprek voor", kept+" hidden topic")
	mustSay(t, w.bodyOf(vrager, table), true, kept+" hidden topic")
	w.later.Store(int64(5 * 24 * time.Hour))
	w.signIn(bonus, accountOf(bonus))
	mustSay(t, w.bodyOf(bonus, table), true, "Donderdag om 10 uur")
	got := w.post(bonus, prepared+"/cancel", form("not", "back", table+"/dialogues"))
	if got.Header().Get("Location") != table+"/dialogues?did=cancelled" {
		t.Fatalf("cancelled: %d, %s", got.Code, got.Header().Get("Location"))
	}
	mustSay(t, w.bodyOf(bonus, table+"/dialogues?did=cancelled"), true, "Dit gesprek gaat niet door.", "Ongedaan maken")
	mustSay(t, w.bodyOf(bonus, table), true, "Bereid een gesprek voor")
	mustSay(t, w.bodyOf(bonus, table), false, "Donderdag om 10 uur")
}

// TestRatherNot: it stands beside the button who will see it, and that is who
// sees it.
func TestRatherNot(t *testing.T) {
	w := newWorld(t)
	w.stage()
	w.wish("a", vrager, "first again", samenspel.SetFirstSeen{By: []samenspel.PartnerID{partner("a", bonus), partner("a", professional)}})
	page := w.bodyOf(vrager, prepared)
	mustSay(t, page, true,
		"Liever niet: alleen jij en "+kept+" professional en "+kept+" bonus zien het. "+kept+" colleague ziet het nooit.",
		"Liever niet: alleen jij en "+kept+" professional zien het. "+kept+" bonus ziet het nooit.",
		"Liever niet: alleen jij en "+kept+" bonus zien het. "+kept+" professional ziet het nooit.")
	before := map[string]string{bonus: w.bodyOf(bonus, prepared), professional: w.bodyOf(professional, prepared), colleague: w.bodyOf(colleague, prepared)}
	wish := form("wish", "who", string(partner("a", bonus)), "wish", "rather_not", "back", prepared)
	if got := w.post(vrager, prepared+"/presence", wish); got.Header().Get("Location") != prepared+"?did=presence" {
		t.Fatalf("wished: %d, %s", got.Code, got.Header().Get("Location"))
	}
	mustSay(t, w.bodyOf(vrager, prepared), true, "Jij hebt "+kept+" bonus er liever niet bij.", kept+" professional ziet dit. "+kept+" bonus ziet het nooit.")
	said := kept + " vrager heeft " + kept + " bonus er liever niet bij."
	mustSay(t, w.bodyOf(professional, prepared), true, said, kept+" bonus ziet het nooit.")
	fresh := regexp.MustCompile(`01890a5d-0000-774b-bcce-\d{12}`) // the id of the one form that is new each time
	for _, viewer := range []string{bonus, colleague} {
		if fresh.ReplaceAllString(w.bodyOf(viewer, prepared), "") != fresh.ReplaceAllString(before[viewer], "") {
			t.Errorf("the page of the %s is not what it was", viewer)
		}
	}
	if got := w.post(vrager, prepared+"/presence", form("back", "who", string(partner("a", bonus)))); got.Code != 303 {
		t.Errorf("taking back: %d", got.Code)
	}
	mustSay(t, w.bodyOf(professional, prepared), false, said)
	if got := w.post(bonus, prepared+"/presence", form("self", "who", string(partner("a", bonus)), "wish", "rather_not")); got.Code != 303 {
		t.Errorf("about oneself: %d", got.Code)
	}
	mustSay(t, w.bodyOf(colleague, prepared), true, kept+" bonus is er liever niet bij.")
}

// TestHiddenDialoguesLeaveNoTrace looks at every page of two worlds that are
// the same but for what somebody keeps from the viewer in and around dialogues.
func TestHiddenDialoguesLeaveNoTrace(t *testing.T) {
	shown := samenspel.DialogueID(id("command", "a", "shown dialogue"))
	plain, secret := newWorld(t), newWorld(t)
	for _, w := range []*world{plain, secret} {
		for _, place := range []string{professional, vrager, bonus, colleague, former, invited} {
			w.arrive(place)
		}
		w.wish("a", professional, "shown dialogue", samenspel.PlanDialogue{With: []samenspel.PartnerID{partner("a", vrager), partner("a", bonus)}, At: start.AddDate(0, 0, 9)})
		w.wish("a", bonus, "shown topic", samenspel.PutTopic{Dialogue: shown, Words: word("topic")})
		if w == secret {
			own := samenspel.DialogueID(id("command", "a", "secret dialogue"))
			w.wish("a", vrager, "secret dialogue", samenspel.PlanDialogue{With: []samenspel.PartnerID{partner("a", professional)}, At: start.AddDate(0, 0, 1)})
			w.wish("a", professional, "secret topic", samenspel.PutTopic{Dialogue: own, Words: word("secret topic")})
			w.wish("a", vrager, "secret begin", samenspel.BeginDialogue{Dialogue: own})
			w.wish("a", vrager, "secret end", samenspel.EndDialogue{Dialogue: own})
			w.wish("a", vrager, "secret topic here", samenspel.PutTopic{Dialogue: shown, Words: word("secret here"), Alone: true})
			w.wish("a", vrager, "secret presence", samenspel.WishPresence{Dialogue: shown, Who: partner("a", bonus), Wish: samenspel.RatherNot})
		}
		w.wish("a", vrager, "later", samenspel.PutTopic{Dialogue: shown, Words: word("later")})
	}
	for _, viewer := range []string{bonus, colleague} {
		for _, path := range pagesOf(plain, "?did=told") {
			want, got := plain.get(viewer, path), secret.get(viewer, path)
			if diff := cmp.Diff(said(want), said(got)); diff != "" {
				t.Errorf("%s as %s: -without +with what is hidden\n%s", path, viewer, diff)
			}
			if strings.Contains(got.Body.String(), kept+" secret") {
				t.Errorf("%s shows it to %s", path, viewer)
			}
		}
	}
}

// TestWhatIsTypedInAPlanStays sends what cannot be taken: it is said, and what
// was typed stands in the form again.
func TestWhatIsTypedInAPlanStays(t *testing.T) {
	w := newWorld(t)
	w.stage()
	before := w.seqs()
	const words = typed + " <b>\"&"
	vragerToo := string(partner("a", vrager))
	for _, c := range []struct {
		name, viewer, path string
		form               url.Values
		status             int
		said               string
		back               []string
	}{
		{"a day that is none", vrager, "/dialogue/plan", form("x", "where", words, "date", "31-11-2026", "time", "10:00"), 422,
			"We kunnen deze dag of tijd niet lezen.", []string{words, `value="31-11-2026"`, `value="10:00"`}},
		{"a time without a day", vrager, "/dialogue/plan", form("x", "where", words, "time", "10.20"), 422, "We kunnen deze dag of tijd niet lezen.", []string{words, `value="10.20"`}},
		{"a year of long ago", vrager, "/dialogue/plan", form("x", "where", words, "date", "1999-12-31"), 422, "We kunnen deze dag of tijd niet lezen.", []string{words, `value="1999-12-31"`}},
		{"a year that is far", vrager, "/dialogue/plan", form("x", "where", words, "date", "9999-12-31", "time", "23:59"), 422, "We kunnen deze dag of tijd niet lezen.", []string{words}},
		{"minutes that are none", vrager, "/dialogue/plan", form("x", "where", words, "minutes_own", "een uur"), 422, "Schrijf alleen minuten.", []string{words, `value="een uur"`}},
		{"minutes without end", vrager, "/dialogue/plan", form("x", "where", words, "minutes_own", "481"), 422, "Schrijf alleen minuten.", []string{words, `value="481"`}},
		{"a place that is too long", vrager, "/dialogue/plan", form("x", "where", words+strings.Repeat("é", samenspel.MaxDetail)), 422, "Er passen 500 tekens.", []string{words}},
		{"help that is too long", vrager, "/dialogue/plan", form("x", "where", words, "support", strings.Repeat("é", 501)), 422, "Er passen 500 tekens.", []string{words}},
		{"without a vrager", professional, "/dialogue/plan", form("x", "where", words, "minutes", "90", "with", string(partner("a", bonus))), 403,
			"Kies er ook iemand bij die om hulp vraagt.", []string{words, `value="90" checked`, `value="` + string(partner("a", bonus)) + `" checked`}},
		{"a change without a vrager", professional, strings.TrimPrefix(prepared, table) + "/plan", form("x", "where", words), 403, "Kies er ook iemand bij die om hulp vraagt.", []string{words}},
		{"a change of what is not there", professional, "/dialogue/" + id("nothing") + "/plan", form("x", "where", words, "with", vragerToo), 404, "Hier is niets", []string{words}},
		{"without a session", nobody, "/dialogue/plan", form("x", "where", words, "support", typed+" aunt"), 401, "We weten niet wie je bent.", []string{words, typed + " aunt"}},
		{"a topic without words", vrager, strings.TrimPrefix(prepared, table) + "/topic", form("x", "alone", "yes"), 422, "Schrijf eerst een paar woorden.", []string{`name="alone" value="yes" checked`}},
		{"a topic that is too long", vrager, strings.TrimPrefix(prepared, table) + "/topic", form("x", "words", words+strings.Repeat("é", 300)), 422, "Er passen 300 tekens.", []string{words}},
		{"a topic of what is not there", vrager, "/dialogue/" + id("nothing") + "/topic", form("x", "words", words), 404, "Hier is niets", []string{words}},
		{"a wish that is none", vrager, strings.TrimPrefix(prepared, table) + "/presence", form("x", "who", string(partner("a", bonus)), "wish", "never"), 422, "Kies: graag erbij, of liever niet.", nil},
		{"a wish about nobody here", vrager, strings.TrimPrefix(prepared, table) + "/presence", form("x", "who", string(partner("b", bonus)), "wish", "there"), 404, "Hier is niets", nil},
		{"a topic of another", vrager, "/topic/" + id("command", "a", "shown topic") + "/withdraw", form("x"), 403, "Alleen wie dit erbij zette, kan dat.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.post(c.viewer, table+c.path, c.form)
			body := got.Body.String()
			if got.Code != c.status || !strings.Contains(body, c.said) {
				t.Errorf("%d, want %d with %q", got.Code, c.status, c.said)
			}
			for _, back := range c.back {
				if !strings.Contains(body, back) && !strings.Contains(body, htmlOf(back)) {
					t.Errorf("%q did not come back", back)
				}
			}
		})
	}
	if after := w.seqs(); after != before {
		t.Errorf("the logs are %v long, were %v", after, before)
	}
}

// TestTwoChangeThePlan: who comes second sees how it stands and keeps their
// words; what they save then counts.
func TestTwoChangeThePlan(t *testing.T) {
	w := newWorld(t)
	w.stage()
	everybody := []string{"with", string(partner("a", vrager)), "with", string(partner("a", bonus)), "with", string(partner("a", colleague))}
	page := w.bodyOf(bonus, prepared+"/plan")
	mustSay(t, page, true, `name="turn" value="1"`, `value="2026-12-03"`, `value="10:00"`, `value="60" checked`, kept+" where", kept+" interpreter")
	change := func(name, where, turn string) url.Values {
		return form(name, append([]string{"date", "2026-12-03", "time", "10:00", "where", typed + where, "turn", turn, "back", prepared}, everybody...)...)
	}
	if got := w.post(vrager, prepared+"/plan", change("one", " garden", "1")); got.Header().Get("Location") != prepared+"?did=plan_changed" {
		t.Fatalf("the first: %d, %s", got.Code, got.Header().Get("Location"))
	}
	got := w.post(bonus, prepared+"/plan", change("other", " kitchen", "1"))
	if got.Code != http.StatusConflict {
		t.Fatalf("the second: %d", got.Code)
	}
	mustSay(t, got.Body.String(), true, "Iemand was je voor.", "Zo staat het er nu", typed+" garden", `value="`+typed+` kitchen"`, `name="turn" value="2"`)
	if got := w.post(bonus, prepared+"/plan", change("again", " kitchen", "2")); got.Code != 303 {
		t.Errorf("the second, having seen it: %d", got.Code)
	}
	mustSay(t, w.bodyOf(vrager, prepared), true, typed+" kitchen")
}

// TestPreparingIsSaidInBothLanguages looks at what has not begun: whole pages,
// with every text in its place.
func TestPreparingIsSaidInBothLanguages(t *testing.T) {
	w := newWorld(t)
	w.stage()
	missing := regexp.MustCompile(`\[[a-z_]+(\.[a-z_0-9]+)+\]|<no value>|ZgotmplZ|‹words›|<use href=""`)
	for lang, says := range map[string][2]string{"nl": {"Begin het gesprek", "Gaat dit gesprek niet door?"}, "en": {"Begin the conversation", "Does this conversation not go ahead?"}} {
		for _, viewer := range []string{vrager, bonus, professional, colleague} {
			said := ""
			for _, path := range []string{"", "/plan", "/cancel", "/paper", "?did=planned"} {
				r := w.request(viewer, http.MethodGet, prepared+path, nil)
				r.Header.Set("Accept-Language", lang)
				body := w.ask(r).Body.String()
				if found := missing.FindString(body); found != "" || !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
					t.Errorf("%s in %s as %s: %s", path, lang, viewer, found)
				}
				said += body
			}
			mustSay(t, said, true, says[:]...)
		}
	}
}

// TestPreparingOnPauseAsksNothing: on the pages around a dialogue no sentence asks
// the vrager anything, and nothing comes back to them.
func TestPreparingOnPauseAsksNothing(t *testing.T) {
	w := newWorld(t)
	w.stage() // ends with the vrager on pause
	tags := regexp.MustCompile(`<[^>]*>`)
	for _, path := range []string{table, table + "/dialogues", prepared} {
		_, main, _ := strings.Cut(w.bodyOf(vrager, path), "<main")
		main, _, _ = strings.Cut(main, "</main>")
		if said := tags.ReplaceAllString(main, " "); strings.Contains(said, "?") {
			t.Errorf("%s asks something: %s", path, regexp.MustCompile(`[^\n]*\?`).FindString(said))
		}
		mustSay(t, main, false, "Dit komt terug")
	}
	mustSay(t, w.bodyOf(bonus, prepared), true, "Het is pauze. Er wordt nu niets gevraagd.", "Dit komt terug", kept+" proud")
	w.wish("a", vrager, "ordinary", samenspel.SetPace{Pace: samenspel.Ordinary})
	mustSay(t, w.bodyOf(vrager, prepared), true, "Dit komt terug", kept+" proud", "Jouw tempo is gewoon.")
}

// TestPreparingTogether: the open page follows what the others do, and nothing
// of what they keep.
func TestPreparingTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		talk := samenspel.DialogueID(id("command", "a", "prepared dialogue"))
		var open []*stream
		for _, path := range []string{prepared, table + "/dialogues"} {
			_, rest, _ := strings.Cut(w.bodyOf(bonus, path), `data-live="`)
			address, _, _ := strings.Cut(rest, `"`)
			s := w.listen(bonus, strings.ReplaceAll(address, "&amp;", "&"), "")
			if got := s.come(); got != hello {
				t.Errorf("%s hears %.200q", path, got)
			}
			open = append(open, s)
		}
		w.wish("a", vrager, "kept", samenspel.PutTopic{Dialogue: talk, Words: word("kept"), Alone: true})
		w.wish("a", vrager, "rather", samenspel.WishPresence{Dialogue: talk, Who: partner("a", bonus), Wish: samenspel.RatherNot})
		w.wish("a", vrager, "apart", samenspel.PlanDialogue{With: []samenspel.PartnerID{partner("a", professional)}})
		for _, s := range open {
			if got := s.come(); got != "" {
				t.Errorf("of what is kept from them they hear %.200q", got)
			}
		}
		w.wish("a", vrager, "said", samenspel.PutTopic{Dialogue: talk, Words: word("said")})
		mustSay(t, open[0].come(), true, kept+" said")
		w.wish("a", vrager, "not", samenspel.CancelDialogue{Dialogue: talk})
		if got := open[0].come(); got != "event: gone\ndata:\n\n" {
			t.Errorf("of a dialogue that is cancelled they hear %.200q", got)
		}
		mustSay(t, open[1].come(), true, `id="dialogues"`)
	})
}

// TestALongListOfDialogues comes in pages, each with a stream of its own.
func TestALongListOfDialogues(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for i := range 25 {
		w.wish("a", vrager, fmt.Sprint("talk ", i), samenspel.PlanDialogue{At: start.AddDate(0, 0, 20+i)})
	}
	first, second := w.bodyOf(vrager, table+"/dialogues"), w.bodyOf(vrager, table+"/dialogues?page=2")
	if a, b := strings.Count(first, `id="d-`), strings.Count(second, `id="d-`); a != 20 || b < 8 {
		t.Errorf("%d and %d on the pages", a, b)
	}
	mustSay(t, first, true, "?page=2", "Donderdag 3 december om 10 uur")
	mustSay(t, second, true, "?page=1", "/dialogues/live?page=2&amp;after=", "Nog geen dag gekozen")
	mustSay(t, w.bodyOf(vrager, table+"/dialogues?page=99"), true, "Donderdag 3 december om 10 uur")
}
