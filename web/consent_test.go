package web_test

import (
	"maps"
	"net/url"
	"strings"
	"testing"

	"samenspel"
)

func init() {
	saying["consented"] = "did."
	maps.Copy(made, map[string][]string{
		"consent.basis.%s": texts(samenspel.BasisGrounds[:]), "consent.ground.%s": texts(samenspel.InviteGrounds[:]),
		"consent.why.%s": append(texts(samenspel.InviteGrounds[:]), "own"),
	})
	gives := answers{401, 401, 404, 404, 404, 404, 303, 303, 403, 403} // who asks for help, and who is close
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/consents":           looks,
		"POST /a/{alliance}/consents/basis":    {401, 401, 404, 404, 404, 404, 403, 403, 303, 403}, // a professional
		"POST /a/{alliance}/consents/release":  gives,
		"POST /a/{alliance}/consents/care":     gives,
		"POST /a/{alliance}/consents/withdraw": alone,
		"GET /a/{alliance}/scratch":            looks,
		"POST /a/{alliance}/scratch":           does,
		"POST /a/{alliance}/scratch/lay":       alone,
		"POST /a/{alliance}/scratch/throw":     alone,
	})
	maps.Copy(moreFields, url.Values{"reason": {"task"}, "to": {typed + " to"}, "consent": {id("command", "a", "release")}, "scratch": {id("command", "a", "scratch")}})
	moreToPlay = append(moreToPlay, func(_ string, do func(place, name string, wish samenspel.Wish)) {
		do(vrager, "release", samenspel.GiveRelease{To: word("doctor"), What: word("sleep")})
		do(vrager, "scratch", samenspel.WriteScratch{Words: word("scratch")})
	})
	moreHidden = append(moreHidden, func(from string, do func(place, name string, wish samenspel.Wish)) {
		by, _ := accomplices(from)
		do(by, "kept scratch", samenspel.WriteScratch{Words: word("scratch")})
		do(by, "kept scratch gone", samenspel.ThrowScratch{Scratch: samenspel.ScratchID(id("command", "a", "kept scratch"))})
		do(by, "kept scratch too", samenspel.WriteScratch{Words: word("scratch")})
		if from == professional {
			return // who sees what is given
		}
		if by == professional {
			by = bonus
		}
		do(by, "kept release", samenspel.GiveRelease{To: word("kept to"), What: word("kept")})
		do(by, "kept care", samenspel.AgreeToCare{What: word("kept")})
		do(by, "kept care no more", samenspel.WithdrawCare{Care: samenspel.ConsentID(id("command", "a", "kept care"))})
		do(professional, "kept birth", samenspel.TellBirth{Partner: partner("a", by), Day: start.AddDate(-15, 0, 0)})
		do(professional, "kept able", samenspel.TellAble{Partner: partner("a", by), Able: true, Reason: word("kept")})
	})
}

// TestSayingYes: each kind stands by itself, and is taken back by one button.
func TestSayingYes(t *testing.T) {
	w := newWorld(t)
	w.stage()
	at := table + "/consents"
	w.sends(vrager, at+"/release", 303, "to", typed+" doctor", "words", typed+" sleep", "until", "2026-12-31")
	w.sends(vrager, at+"/care", 303, "words", typed+" talks")
	w.sends(professional, at+"/basis", 303, "reason", "task", "words", typed+" money")
	for viewer, want := range map[string][4]bool{vrager: {true, true, true, true}, professional: {true, true, true, true}, bonus: {true}, colleague: {true}} {
		body := w.get(viewer, at).Body.String()
		for i, text := range []string{" money", " doctor", " sleep", " talks"} {
			if strings.Contains(body, typed+text) != want[i] {
				t.Errorf("%s sees%s: %v", viewer, text, !want[i])
			}
		}
		if strings.Contains(body, "31 december") != want[1] {
			t.Errorf("%s: until when", viewer)
		}
		if strings.Contains(body, `action="`+at+`/withdraw"`) != (viewer == vrager) {
			t.Errorf("%s: the button to take back", viewer)
		}
	}
	seen := w.get(vrager, at).Body.String()
	consent := between(seen, `name="consent" value="`, `"`)
	w.sends(vrager, at+"/withdraw", 303, "kind", "release", "consent", consent)
	if now := w.get(professional, at).Body.String(); strings.Count(now, typed+" sleep")+strings.Count(now, kept+" sleep") != 1 {
		t.Error("what was taken back is still there")
	}
	for _, c := range []struct{ to, words, until, says string }{
		{"", typed, "", "Schrijf met wie het mag."}, {typed, "", "", "Schrijf waar het over gaat."},
		{typed, typed, "2026-11-23", "Kies een dag die nog komt."}, {typed, typed, "ooit", ""},
	} {
		body := w.sends(vrager, at+"/release", 422, "to", c.to, "words", c.words, "until", c.until)
		if !strings.Contains(body, c.says) || !strings.Contains(body, c.to) || !strings.Contains(body, c.until) {
			t.Errorf("%+v: what was typed, or what is wrong, is not there", c)
		}
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

// TestAGroundForAColleague: a professional says on what ground a colleague of
// another organisation comes in, and everybody sees it.
func TestAGroundForAColleague(t *testing.T) {
	w := newWorld(t)
	w.stage()
	body := w.sends(professional, table+"/invite", 422, "role", "colleague", "name", typed)
	if !strings.Contains(body, "Waarom mag deze collega erbij?") {
		t.Error("the ground is not asked")
	}
	w.sends(professional, table+"/invite", 200, "role", "bonus", "name", typed)
	w.sends(vrager, table+"/invite", 200, "role", "colleague", "name", typed)
	w.sends(professional, table+"/invite", 200, "role", "colleague", "name", typed, "reason", "law")
	people := w.get(bonus, table+"/people").Body.String()
	for _, want := range []string{"Een wet zegt dat deze collega mee mag doen.", "Wie hulp vraagt, vroeg deze collega zelf."} {
		if !strings.Contains(people, want) {
			t.Errorf("the people do not say: %s", want)
		}
	}
}

// TestTheScratchPad: its writer sees it and how long it stands; it becomes
// words of theirs, or goes; it is in no story and in no list of others.
func TestTheScratchPad(t *testing.T) {
	w := newWorld(t)
	w.stage()
	pad := table + "/scratch"
	w.sends(bonus, pad, 303, "words", typed+" jotted")
	body := w.get(bonus, pad).Body.String()
	if !strings.Contains(body, typed+" jotted") || !strings.Contains(body, "Nog 14 dagen, dan is het leeg.") || !strings.Contains(body, "Een rechter kan er toch om vragen.") {
		t.Error("its writer is not told")
	}
	for _, path := range pagesOf(w) {
		for _, viewer := range []string{vrager, professional, colleague, bonus} {
			if viewer == bonus && path == pad {
				continue
			}
			if strings.Contains(w.get(viewer, path).Body.String(), typed+" jotted") {
				t.Errorf("%s as %s shows it", path, viewer)
			}
		}
	}
	w.later.Add(int64(samenspel.ScratchLife) - int64(3600e9))
	w.signIn(bonus, accountOf(bonus))
	if body := w.get(bonus, pad).Body.String(); !strings.Contains(body, "Nog 1 dag, dan is het leeg.") {
		t.Error("it does not count down")
	}
	w.sends(bonus, pad+"/lay", 303, "scratch", between(body, `name="scratch" value="`, `"`))
	if body := w.get(bonus, pad).Body.String(); strings.Contains(body, typed+" jotted") {
		t.Error("it is still on the pad")
	}
	seen := w.get(bonus, table+"/picture/"+string(partner("a", bonus))).Body.String()
	if !strings.Contains(seen, typed+" jotted") {
		t.Error("it is not among their words")
	}
	if strings.Contains(w.get(vrager, table+"/picture/"+string(partner("a", bonus))).Body.String(), typed+" jotted") {
		t.Error("others see it")
	}
	if body := w.sends(bonus, pad, 422, "words", ""); !strings.Contains(body, "class=\"notice\"") {
		t.Error("an empty one is not refused plainly")
	}
}
