package web_test

import (
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"samenspel"
)

func init() {
	saying["told"] = "did."
	maps.Copy(made, map[string][]string{
		"young.rules.%s":  {string(samenspel.UnderTwelve), string(samenspel.FromTwelve), string(samenspel.FromSixteen), string(samenspel.FromEighteen)},
		"young.review.%d": {"12", "16", "18"},
	})
	works := answers{401, 401, 404, 404, 404, 404, 403, 403, 303, 403} // a professional
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/young":            looks,
		"POST /a/{alliance}/young/birth":     {401, 401, 404, 404, 404, 404, 403, 303, 303, 403}, // the bonus partner's own
		"POST /a/{alliance}/young/authority": works,
		"POST /a/{alliance}/young/able":      works,
		"POST /a/{alliance}/young/stay":      {401, 401, 404, 404, 404, 404, 404, 404, 404, 404}, // nobody has a parent here
	})
	maps.Copy(moreFields, url.Values{"who": {string(partner("a", bonus))}, "parent": {string(partner("a", vrager))}, "birth": {"2011-05-01"}, "able": {"yes"}, "stays": {"yes"}})
}

// TestAYoungPerson follows a vrager of fifteen to her sixteenth birthday: she
// and the professional know of it, she lets one parent stay, and the place of
// the other ends by itself.
func TestAYoungPerson(t *testing.T) {
	w := newWorld(t)
	w.stage()
	at, child := table+"/young", string(partner("a", vrager))
	turns := start.AddDate(0, 1, 0)
	w.sends(vrager, at+"/birth", 303, "who", child, "birth", turns.AddDate(-16, 0, 0).Format(time.DateOnly))
	w.sends(professional, at+"/able", 303, "who", child, "able", "yes", "words", typed+" able")
	w.sends(professional, at+"/authority", 303, "who", child, "parent", string(partner("a", bonus)), "words", typed+" register")
	for viewer, want := range map[string]bool{vrager: true, professional: true, bonus: false, colleague: false} {
		body := w.get(viewer, at).Body.String()
		if strings.Contains(body, typed+" register") != want || strings.Contains(body, typed+" able") != want {
			t.Errorf("%s sees it: %v", viewer, !want)
		}
		if strings.Contains(w.get(viewer, table).Body.String(), "wordt of werd 16.") != want {
			t.Errorf("%s has a line about it today: %v", viewer, !want)
		}
	}
	if body := w.get(vrager, at).Body.String(); !strings.Contains(body, "Stopt hier als je 16 wordt.") {
		t.Error("she is not told what happens")
	}
	w.sends(vrager, at+"/stay", 303, "parent", string(partner("a", bonus)), "stays", "yes")
	w.later.Add(int64(turns.Sub(start)) + int64(time.Hour))
	for _, place := range []string{vrager, bonus, professional} {
		w.signIn(place, accountOf(place))
	}
	if got := w.get(bonus, table); got.Code != 200 {
		t.Errorf("a parent who may stay: %d", got.Code)
	}
	w.sends(vrager, at+"/stay", 303, "parent", string(partner("a", bonus)), "stays", "no")
	if got := w.get(bonus, table); got.Code != 404 {
		t.Errorf("a parent who may not: %d", got.Code)
	}
	if body := w.get(professional, table+"/looked").Body.String(); !strings.Contains(body, "stopte.") {
		t.Error("the others are not told that a place ended")
	}
	for _, c := range []struct{ path, who, words, birth, says string }{
		{"/able", child, "", "", "Schrijf kort waarom"}, {"/birth", child, "", "2030-01-01", "Die dag kan niet."}, {"/birth", child, "", "ooit", ""},
	} {
		if body := w.sends(professional, at+c.path, 422, "who", c.who, "words", c.words, "birth", c.birth, "able", "no"); !strings.Contains(body, c.says) {
			t.Errorf("%+v: what is wrong is not said", c)
		}
	}
}
