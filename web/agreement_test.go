package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	ical "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"

	"samenspel"
)

func agreement(which, name string) samenspel.AgreementID {
	return samenspel.AgreementID(id("command", which, name))
}

// onAgreement is the address of what is done with an agreement.
func onAgreement(name, what string) string {
	return table + "/agreement/" + string(agreement("a", name)) + what
}

func init() {
	moreToPlay = append(moreToPlay, playAgreements)
	for name, thing := range map[string]string{"{agreement}": "agreement", "{option}": "option", "{help}": "help"} {
		moreThings[name] = struct{ shown, hidden func(which string) string }{
			func(which string) string { return id("command", which, "shown "+thing) },
			func(which string) string { return id("command", which, "hidden "+thing) },
		}
	}
	maps.Copy(moreFields, url.Values{"want": {"yes"}, "can": {"with_help"}, "help": {typed + " help"}, "option": {typed + " option"}, "day": {"2026-12-01"}})
	maps.Copy(made, map[string][]string{
		"agreement.ahead.%s":   {"calm", "pause"},
		"agreement.ask_%s":     {"can", "know", "room"},
		"agreement.able.%s":    saidOf("can", "know", "room"),
		"agreement.says.%s":    append(saidOf("can", "know", "room"), "want_yes", "want_not_now", "want_otherwise"),
		"agreement.want.%s":    texts(samenspel.Wants[:]),
		"agreement.weekday_%d": {"0", "1", "2", "3", "4", "5", "6"},
	})
	ofAll := answers{401, 401, 404, 404, 404, 404, 403, 403, 403, 403} // whatever it is, others have a word in it
	doer := answers{401, 401, 404, 404, 404, 404, 403, 403, 303, 403}
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/agreements":                         looks,
		"GET /a/{alliance}/agreements/live":                    looks,
		"GET /a/{alliance}/agreement":                          looks,
		"POST /a/{alliance}/agreement":                         does,
		"GET /a/{alliance}/agreement/{agreement}":              looks,
		"POST /a/{alliance}/agreement/{agreement}/answer":      does,
		"GET /a/{alliance}/agreement/{agreement}/renew":        looks,
		"POST /a/{alliance}/agreement/{agreement}/renew":       does,
		"POST /a/{alliance}/agreement/{agreement}/option":      does,
		"POST /a/{alliance}/agreement/{agreement}/done":        doer,
		"POST /a/{alliance}/agreement/{agreement}/reopen":      doer,
		"POST /a/{alliance}/agreement/{agreement}/withdraw":    ofAll,
		"GET /a/{alliance}/agreement/{agreement}/calendar.ics": looks,
		"POST /a/{alliance}/option/{option}/withdraw":          {401, 401, 404, 404, 404, 404, 403, 303, 403, 403}, // the bonus partner's
		"POST /a/{alliance}/help/{help}/given":                 own,
		"POST /a/{alliance}/help/{help}/needed":                own,
		"POST /a/{alliance}/help/{help}/withdraw":              own,
	})
}

func saidOf(questions ...string) (all []string) {
	for _, question := range questions {
		for _, able := range samenspel.Ables {
			all = append(all, question+"_"+string(able))
		}
	}
	return all
}

// playAgreements makes one that all agreed on, with help and an option, one
// that is asked, and one of the vrager alone.
func playAgreements(which string, do func(place, name string, wish samenspel.Wish)) {
	all := []samenspel.PartnerID{partner(which, vrager), partner(which, bonus), partner(which, professional), partner(which, colleague)}
	when := samenspel.When{Day: "2026-12-01", Time: "09:30"}
	shown := agreement(which, "shown agreement")
	yes := samenspel.AgreementAnswer{Want: samenspel.WantYes, Can: samenspel.AbleWithHelp, Know: samenspel.AbleYes, Room: samenspel.AbleNotYet}
	do(professional, "shown agreement", samenspel.ProposeAgreement{Words: word("first deal"), With: all, When: when})
	do(professional, "shown renewal", samenspel.RenewAgreement{Agreement: shown, Words: word("deal"), When: when})
	do(vrager, "shown help", samenspel.AnswerAgreement{Agreement: shown, Answer: yes, Help: word("help")})
	do(bonus, "shown option", samenspel.ConsiderOption{Agreement: shown, Words: word("option")})
	do(bonus, "bonus yes", samenspel.AnswerAgreement{Agreement: shown, Answer: yes})
	do(colleague, "colleague yes", samenspel.AnswerAgreement{Agreement: shown, Answer: yes})
	do(bonus, "asked agreement", samenspel.ProposeAgreement{Words: word("asked deal"), Doer: partner(which, vrager), With: all})
	do(vrager, "hidden agreement", samenspel.ProposeAgreement{Words: word("hidden deal"), When: when})
	do(vrager, "hidden help", samenspel.AnswerAgreement{Agreement: agreement(which, "hidden agreement"), Help: word("hidden help")})
	do(vrager, "hidden option", samenspel.ConsiderOption{Agreement: agreement(which, "hidden agreement"), Words: word("hidden option")})
}

// TestAnAgreementIsHiddenFromOthers looks at every page of two worlds that are
// the same but for an agreement between others.
func TestAnAgreementIsHiddenFromOthers(t *testing.T) {
	plain, secret := newWorld(t), newWorld(t)
	for _, w := range []*world{plain, secret} {
		w.stage()
		if w == secret {
			with := []samenspel.PartnerID{partner("a", professional)}
			w.wish("a", bonus, "secret", samenspel.ProposeAgreement{Words: word("secret deal"), Doer: partner("a", vrager), With: with})
			of := agreement("a", "secret")
			w.wish("a", vrager, "secret answer", samenspel.AnswerAgreement{Agreement: of, Help: word("secret help"), Option: word("secret option")})
			w.wish("a", professional, "secret renewal", samenspel.RenewAgreement{Agreement: of, Words: word("secret renewal")})
		}
	}
	for _, path := range pagesOf(plain) {
		want, got := said(plain.get(colleague, path)), said(secret.get(colleague, path))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -without +with what is hidden\n%s", path, diff)
		}
	}
}

// TestFromProposalToDone follows one agreement over the pages of both sides.
func TestFromProposalToDone(t *testing.T) {
	w := newWorld(t)
	w.stage()
	with := string(partner("a", vrager))
	post := func(viewer, path string, f url.Values) {
		t.Helper()
		if got := w.post(viewer, path, f); got.Code != http.StatusSeeOther {
			t.Fatalf("%s by %s: %d\n%s", path, viewer, got.Code, got.Body)
		}
	}
	post(vrager, table+"/pace", form("ordinary", "pace", "ordinary"))
	post(professional, table+"/agreement", form("deal", "words", typed+" we bellen", "with", with, "day", "1-12-2026", "time", "9.30"))
	own := table + "/agreement/" + id("form", "deal")
	for _, page := range []string{table, table + "/agreements", own} {
		if !w.sees(vrager, page, typed+" we bellen") || w.sees(colleague, page, typed+" we bellen") {
			t.Errorf("%s: only those whom it concerns see it", page)
		}
	}
	if !w.sees(vrager, table, "Wil je dit?") || !w.sees(vrager, own, "dinsdag 1 december om 09:30 uur") {
		t.Error("it is not asked, or not when it is to be")
	}
	if !w.sees(vrager, own, "Dat wordt het pas als jij ja zegt.") || !w.sees(professional, own, "pas als "+kept+" vrager ja zegt.") {
		t.Error("it does not say for whom it waits")
	}
	post(vrager, own+"/answer", form("yes", "want", "yes", "can", "with_help", "help", typed+" iemand die meeleest", "option", typed+" we schrijven", "turn", "1"))
	if !w.sees(professional, table, "kan dit met hulp") || !w.sees(professional, table, typed+" iemand die meeleest") ||
		!w.sees(professional, table, "Nog niet gevonden.") || !w.sees(professional, own, typed+" we schrijven") {
		t.Error("the answer is not there, or the help is not in sight")
	}
	help := table + "/help/" + id("form", "yes")
	if got := w.post(professional, help+"/given", form("not yours")); got.Code != 403 || !strings.Contains(got.Body.String(), "Alleen wie hulp vroeg, zegt dit.") {
		t.Errorf("help of another: %d", got.Code)
	}
	post(vrager, help+"/given", form("given"))
	if w.sees(professional, table, typed+" iemand die meeleest") || !w.sees(professional, own, "Gekregen.") {
		t.Error("help that was given is still in sight")
	}
	post(professional, own+"/done", form("done"))
	if !w.sees(vrager, own, "Gedaan.") || w.sees(vrager, table, typed+" we bellen") {
		t.Error("it is not done")
	}
	post(vrager, own+"/renew", form("anew", "words", typed+" we schrijven", "doer", string(partner("a", vrager))))
	if !w.sees(professional, own, "Wat er eerst stond") || !w.sees(professional, own, typed+" we bellen") || !w.sees(professional, table, "Wil je dit?") {
		t.Error("it was not proposed anew, or what stood there is gone")
	}
}

// TestTypedTermsComeBack sends what cannot be taken. It is said in the
// reader's language, what was typed comes back, and nothing is kept.
func TestTypedTermsComeBack(t *testing.T) {
	w := newWorld(t)
	w.stage()
	before := w.seqs()
	const words = typed + " <b>\"&"
	propose, shown := table+"/agreement", "shown agreement"
	for _, c := range []struct {
		name, viewer, path string
		form               url.Values
		status             int
		nl, en             string
		back               []string
	}{
		{"no words", vrager, propose, form("x", "day", "2026-12-01", "with", string(partner("a", bonus))), 422,
			"Schrijf eerst een paar woorden.", "Write a few words first.",
			[]string{`name="day" value="2026-12-01"`, `value="` + string(partner("a", bonus)) + `" checked`}},
		{"no day", vrager, propose, form("x", "words", words, "day", "morgen"), 422,
			"We kunnen deze dag niet lezen.", "We cannot read this day.", []string{htmlOf(words), `value="morgen"`}},
		{"no time", vrager, propose, form("x", "words", words, "day", "2026-12-01", "time", "straks"), 422,
			"We kunnen deze tijd niet lezen.", "We cannot read this time.", []string{htmlOf(words), `value="straks"`}},
		{"a time alone", vrager, propose, form("x", "words", words, "time", "09:30"), 422,
			"Kies ook een dag bij deze tijd.", "Choose a day", []string{htmlOf(words), `name="time" value="09:30"`}},
		{"with somebody who left", vrager, propose, form("x", "words", words, "with", string(partner("a", former))), 404, "", "", []string{htmlOf(words)}},
		{"a stale answer", bonus, onAgreement(shown, "/answer"), form("x", "turn", "1", "want", "not_now", "help", words, "option", words+"2"), 409,
			"Iemand was je voor.", "Somebody", []string{`value="` + htmlOf(words) + `"`, htmlOf(words + "2"), kept + " deal", `value="not_now" checked`}},
		{"no such answer", bonus, onAgreement(shown, "/answer"), form("x", "want", "perhaps", "help", words), 422,
			"Dit antwoord past hier niet.", "This answer does not fit here.", []string{htmlOf(words)}},
		{"a stale renewal", bonus, onAgreement(shown, "/renew"), form("x", "turn", "1", "words", words), 409,
			"Iemand was je voor.", "Somebody", []string{">" + htmlOf(words) + "</textarea>", kept + " deal"}},
		{"a doer elsewhere", bonus, onAgreement(shown, "/renew"), form("x", "words", words, "doer", string(partner("a", invited))), 404, "", "", []string{htmlOf(words)}},
		{"help that is too long", bonus, onAgreement(shown, "/answer"), form("x", "help", words+strings.Repeat("h", samenspel.MaxWords)), 422,
			"Er passen 10000 tekens.", "There is room for 10000 signs.", []string{htmlOf(words)}},
		{"an empty option", bonus, onAgreement(shown, "/option"), form("x", "words", " "), 422, "Schrijf eerst een paar woorden.", "Write a few words first.", nil},
		{"what others have a word in", professional, onAgreement(shown, "/withdraw"), form("x"), 403,
			"Iemand anders zei hier al iets over.", "Somebody else said something", nil},
		{"what another proposed", bonus, onAgreement(shown, "/withdraw"), form("x"), 403, "Alleen wie dit voorstelde, haalt het weg.", "Only who proposed", nil},
		{"done by another", vrager, onAgreement(shown, "/done"), form("x"), 403, "Alleen wie het doet, zegt dat het gedaan is.", "Only who does it", nil},
		{"done and not agreed", vrager, onAgreement("asked agreement", "/done"), form("x"), 403, "Dit is nog geen afspraak.", "This is no agreement yet.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for lang, said := range map[string]string{"nl": c.nl, "en": c.en} {
				r := w.request(c.viewer, http.MethodPost, c.path, c.form)
				r.Header.Set("Accept-Language", lang)
				got := w.ask(r)
				body := got.Body.String()
				if got.Code != c.status || !strings.Contains(body, said) {
					t.Errorf("in %s: %d, want %d with %q", lang, got.Code, c.status, said)
				}
				for _, back := range c.back {
					if !strings.Contains(body, back) {
						t.Errorf("in %s: %s did not come back", lang, back)
					}
				}
			}
		})
	}
	if after := w.seqs(); after != before {
		t.Errorf("the logs are %v long, were %v", after, before)
	}
}

// TestPaceOnPages: on pause no page asks, and who asked sees that it waits.
func TestPaceOnPages(t *testing.T) {
	w := newWorld(t)
	w.stage() // the vrager is on pause, the bonus partner asked something
	for _, path := range []string{table, table + "/agreements", ownPicture} {
		for _, question := range []string{"Wil je dit?", `name="want" value="yes"`, "Klopt dit?", "Voelde je dit?"} {
			if w.sees(vrager, path, question) {
				t.Errorf("%s asks on pause: %s", path, question)
			}
		}
	}
	if !w.sees(vrager, table+"/agreements", "Pauze. Er wordt niets gevraagd.") || !w.sees(vrager, table, "Pauze: we vragen je nu niets.") {
		t.Error("no page says that it is pause")
	}
	if w.sees(vrager, table, kept+" asked deal") || w.sees(vrager, table+"/agreements", "als jij ja zegt") {
		t.Error("what waits presses")
	}
	if !w.sees(vrager, onAgreement("asked agreement", ""), "Toch antwoorden") {
		t.Error("who wants to answer cannot")
	}
	waits := "Wat jij vroeg, wacht. " + kept + " vrager heeft pauze."
	for _, path := range []string{table, table + "/tell", table + "/agreement", table + "/agreements"} {
		if !w.sees(bonus, path, waits) || w.sees(colleague, path, waits) || w.sees(vrager, path, "wacht. ") {
			t.Errorf("%s: who asked sees that it waits, and nobody else", path)
		}
	}
	if got := w.post(vrager, table+"/pace", form("calm", "pace", "calm")); got.Code != 303 {
		t.Fatal(got.Code)
	}
	if !w.sees(bonus, table, kept+" vrager gaat rustig.") || !w.sees(vrager, table, "Er wacht nog iets.") {
		t.Error("at calm one thing is asked, and the rest waits")
	}
}

func diaryOf(t *testing.T, got *httptest.ResponseRecorder) (*ical.VEvent, string) {
	t.Helper()
	text := got.Body.String()
	if got.Code != 200 || got.Header().Get("Content-Type") != "text/calendar; charset=utf-8" ||
		got.Header().Get("Content-Disposition") != `attachment; filename="calendar.ics"` {
		t.Fatalf("%d, %v", got.Code, got.Header())
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.Contains(line, "\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	cal, err := ical.ParseCalendar(strings.NewReader(text))
	if err != nil || len(cal.Events()) != 1 {
		t.Fatalf("%v, %s", err, text)
	}
	return cal.Events()[0], text
}

// TestCalendar: a file that parses back, with a neutral word, and with the
// words only for who asks them so.
func TestCalendar(t *testing.T) {
	w := newWorld(t)
	w.stage()
	path := onAgreement("shown agreement", "/calendar.ics")
	event, text := diaryOf(t, w.get(vrager, path))
	if strings.Contains(text, kept) || strings.Contains(strings.ToLower(text), "samenspel") {
		t.Errorf("a neutral file says more:\n%s", text)
	}
	for property, want := range map[ical.ComponentProperty]string{
		ical.ComponentPropertyUniqueId: string(agreement("a", "shown agreement")), ical.ComponentPropertySummary: "Afspraak",
		ical.ComponentPropertyDtStart: "20261201T093000", ical.ComponentPropertySequence: "1", ical.ComponentPropertyStatus: "CONFIRMED",
		ical.ComponentPropertyClass: "PRIVATE", ical.ComponentPropertyDtstamp: "20261124T100000Z",
	} {
		if got := event.GetProperty(property); got == nil || got.Value != want {
			t.Errorf("%s is %v, want %s", property, got, want)
		}
	}
	if again, _ := diaryOf(t, w.get(professional, path)); again.Id() != event.Id() {
		t.Error("the same agreement has two ids")
	}
	said := word("two; lines, and \\ more\n" + strings.Repeat("é", 200))
	w.wish("a", bonus, "day", samenspel.ProposeAgreement{Words: said, When: samenspel.When{Day: "2027-01-31"}})
	event, text = diaryOf(t, w.get(bonus, onAgreement("day", "/calendar.ics")+"?words=1"))
	if got := event.GetProperty(ical.ComponentPropertySummary).Value; got != said.Text() {
		t.Errorf("the words came back as %q", got)
	}
	if !strings.Contains(text, "DTSTART;VALUE=DATE:20270131\r\n") {
		t.Errorf("a whole day:\n%s", text)
	}
	if got := w.get(bonus, onAgreement("asked agreement", "/calendar.ics")); got.Code != 404 {
		t.Errorf("without a day: %d", got.Code)
	}
}
