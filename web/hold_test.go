package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/house"
	"samenspel/web/page"
	"samenspel/web/text"
	"samenspel/workspace"
)

func init() {
	keeper := answers{401, 401, 404, 404, 404, 200, 404, 404, 404, 404}
	keeps := answers{401, 401, 404, 404, 404, 303, 404, 404, 404, 404}
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/table/{dialogue}":           looks,
		"GET /a/{alliance}/table/{dialogue}/live":      looks,
		"GET /a/{alliance}/table/{dialogue}/rest":      looks,
		"POST /a/{alliance}/table/{dialogue}/begin":    does,
		"POST /a/{alliance}/table/{dialogue}/end":      does,
		"POST /a/{alliance}/table/{dialogue}/turn":     does,
		"POST /a/{alliance}/table/{dialogue}/say":      does,
		"POST /a/{alliance}/table/{dialogue}/lay":      does,
		"POST /a/{alliance}/table/{dialogue}/activity": does,
		"POST /a/{alliance}/table/{dialogue}/move":     does,
		"POST /a/{alliance}/table/{dialogue}/wind":     does,
		"GET /admin/activities":                        keeper,
		"POST /admin/activities":                       keeps,
	})
	maps.Copy(moreFields, url.Values{
		"partner": {string(partner("a", bonus))}, "activity": {"position"}, "standing": {"entered"}, "step": {"up"},
		"again": {string(statement("a", "shown"))}, "wind_people": {"1"}, "wind_complexity": {"0"}, "wind_emotion": {"2"},
	})
	maps.Copy(made, map[string][]string{
		"activity.%s":        texts(samenspel.Activities[:]),
		"activity.%s.about":  texts(samenspel.Activities[:]),
		"balloon.step.%s":    {"left", "right", "up", "down"},
		"origin.both_%s":     {"house", "samenspel"},
		"origin.word_%s":     {"method", "samenspel", "house"},
		"origin.line_%s":     {"samenspel", "house"},
		"wind.%s":            winds,
		"wind.people.%d":     {"0", "1", "2"},
		"wind.complexity.%d": {"0", "1", "2"},
		"wind.emotion.%d":    {"0", "1", "2"},
	})
	saying["atTable"] = "did."
	moreToPlay = append(moreToPlay, func(which string, do func(place, name string, wish samenspel.Wish)) {
		do(professional, "shown dialogue begins", samenspel.BeginDialogue{Dialogue: talkIn(which)})
		do(professional, "shown laid", samenspel.LayWords{Dialogue: talkIn(which), Statement: statement(which, "own")})
	})
}

var winds = []string{"people", "complexity", "emotion"}

// talkIn is the dialogue with all partners.
func talkIn(which string) samenspel.DialogueID {
	return samenspel.DialogueID(id("command", which, "shown dialogue"))
}

// atTable is the address of it in the first alliance.
var atTable = table + "/table/" + string(talkIn("a"))

// laid words something at that table.
func (w *world) laid(place, name string, wish samenspel.WordStatement) {
	w.Helper()
	wish.Words, wish.Dialogue = word(name), talkIn("a")
	w.wish("a", place, name, wish)
}

// onCard is what lies on the table for a viewer.
func (w *world) onCard(viewer string) string {
	w.Helper()
	_, rest, _ := strings.Cut(w.get(viewer, atTable).Body.String(), `<blockquote class="huge`)
	card, _, _ := strings.Cut(rest, "</blockquote>")
	return card
}

// TestWordsAtTheTable: new words lie there at once, for who may see them; the
// others see the last that is for them.
func TestWordsAtTheTable(t *testing.T) {
	w := newWorld(t)
	w.stage()
	if got := w.post(vrager, atTable+"/say", form("first", "words", typed+" for all")); got.Header().Get("Location") != atTable+"?did=laid" {
		t.Fatalf("%d to %s", got.Code, got.Header().Get("Location"))
	}
	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		if !strings.Contains(w.onCard(viewer), typed+" for all") {
			t.Errorf("%s does not see it on the card: %.200s", viewer, w.onCard(viewer))
		}
	}
	w.laid(vrager, "for one", samenspel.WordStatement{Chosen: true, SeenBy: []samenspel.PartnerID{partner("a", bonus)}})
	if !strings.Contains(w.onCard(bonus), "for one") || !strings.Contains(w.onCard(professional), typed+" for all") {
		t.Error("not everybody sees the last words that are for them")
	}
	page := w.get(vrager, atTable).Body.String()
	for _, part := range []string{kept + " shown theme", "Zingeving", kept + " own</q>", "Leg weer neer", "Dit zien "} {
		if !strings.Contains(page, part) {
			t.Errorf("the vrager's table does not hold %q", part)
		}
	}
	again := w.post(bonus, atTable+"/lay", form("again", "again", string(statement("a", "own"))))
	if again.Code != http.StatusSeeOther || !strings.Contains(w.onCard(colleague), kept+" own") {
		t.Errorf("laying down again: %d, %.200s", again.Code, w.onCard(colleague))
	}
}

// TestWhoSpeaks: whoever has the word, else who writes; the form may say
// another.
func TestWhoSpeaks(t *testing.T) {
	w := newWorld(t)
	w.stage()
	speaks := func(name string, fields ...string) samenspel.PartnerID {
		t.Helper()
		if got := w.post(professional, atTable+"/say", form(name, append(fields, "words", typed+" "+name)...)); got.Code != 303 {
			t.Fatalf("%s: %d", name, got.Code)
		}
		seen, err := w.Workspace.See(t.Context(), person("a", professional), alliance("a"), workspace.Look{})
		if err != nil {
			t.Fatal(err)
		}
		s := seen.Statement(samenspel.StatementID(id("form", name)))
		if s == nil || s.SaidBy != s.About || seen.Dialogue(talkIn("a")).Card != s.ID {
			t.Fatalf("%s: %+v", name, s)
		}
		return s.SaidBy
	}
	if by := speaks("none has the word"); by != partner("a", professional) {
		t.Error("whoever writes did not speak")
	}
	turn := w.post(bonus, atTable+"/turn", form("turn", "partner", string(partner("a", vrager))))
	if turn.Header().Get("Location") != atTable+"?did=turn" {
		t.Errorf("turn: %d", turn.Code)
	}
	if !w.sees(colleague, atTable, "<b id=\"has\" dir=\"auto\">"+kept+" vrager heeft het woord.") || !w.sees(vrager, atTable, "Jij hebt het woord.") {
		t.Error("not everybody sees who has the word")
	}
	checked := regexp.MustCompile(`name="said_by" value="` + string(partner("a", vrager)) + `" checked`)
	if !checked.MatchString(w.get(professional, atTable).Body.String()) {
		t.Error("the form does not follow the word")
	}
	if by := speaks("the vrager has it"); by != partner("a", vrager) {
		t.Error("whoever has the word did not speak")
	}
	if by := speaks("the form says", "said_by", string(partner("a", bonus))); by != partner("a", bonus) {
		t.Error("whom the form says did not speak")
	}
}

// TestBalloonsOnThePage: each is pressed, skipped with a reason, moved and let
// go; all who are there see it.
func TestBalloonsOnThePage(t *testing.T) {
	w := newWorld(t)
	w.stage()
	n := 0
	does := func(what string, fields ...string) {
		t.Helper()
		n++
		got := w.post(bonus, atTable+"/"+what, form(strings.Repeat("x", n), fields...))
		if got.Code != http.StatusSeeOther {
			t.Fatalf("%s %v: %d", what, fields, got.Code)
		}
	}
	shows := func(want string) {
		t.Helper()
		if page := w.get(professional, atTable).Body.String(); !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	does("activity", "activity", "draw_in", "standing", "entered")
	shows(`<button data-now="in" aria-pressed="true">`)
	shows("hier zijn we<")
	does("activity", "activity", "understand", "standing", "entered")
	shows("hier zijn we ook<")
	does("activity", "activity", "draw_in", "standing", "been")
	shows("daar waren we<")
	does("activity", "activity", "attune", "standing", "skipped", "words", typed+" <tired>")
	shows("nu niet: " + typed + " &lt;tired&gt;")
	shows("Toch niet overslaan")
	does("activity", "activity", "attune", "standing", "not_yet")
	if w.sees(professional, atTable, typed+" &lt;tired&gt;") {
		t.Error("the reason is still there")
	}
	shows(`<li id="b-position" data-up="0" data-side="0" data-x="10" data-y="50">`)
	does("move", "activity", "position", "step", "right")
	shows(`<li id="b-position" data-up="0" data-side="2" data-x="40" data-y="50">`)
	does("move", "activity", "position", "step", "up")
	shows(`data-up="1" data-side="2" data-x="40" data-y="62">`)
	does("move", "activity", "position", "x", "95", "y", "0")
	shows(`<li id="b-position" data-up="-4" data-side="1" data-x="95" data-y="0">`)
	does("move", "activity", "position", "step", "home")
	shows(`<li id="b-position" data-up="0" data-side="0" data-x="10" data-y="50">`)
	does("wind", "wind_people", "2", "wind_complexity", "1", "wind_emotion", "2")
	shows(`name="wind_people" value="2" checked>`)
	shows(`<li id="b-position" data-up="-2" data-side="1" data-x="73" data-y="26">`)
	if got := w.post(bonus, atTable+"/wind", form("gale", "wind_people", "3", "wind_complexity", "0", "wind_emotion", "x")); got.Code != 422 {
		t.Errorf("a gale: %d", got.Code)
	}
	if got := w.post(bonus, atTable+"/move", form("off", "activity", "position", "x", "101", "y", "-4")); got.Code != 422 {
		t.Errorf("off the page: %d", got.Code)
	}
}

// TestThePageFollowsTheDay: before, on, over; at rest; on pause.
func TestThePageFollowsTheDay(t *testing.T) {
	w := newWorld(t)
	w.stage()
	hidden := table + "/table/" + id("command", "a", "hidden dialogue")
	early := w.post(vrager, hidden+"/say", form("early", "words", typed+" early"))
	if early.Code != 403 || !strings.Contains(early.Body.String(), typed+" early") || !strings.Contains(early.Body.String(), "nog niet begonnen") {
		t.Errorf("words before it began: %d", early.Code)
	}
	if page := w.get(vrager, hidden).Body.String(); !strings.Contains(page, "Zullen we beginnen?") || strings.Contains(page, "data-say") {
		t.Error("before it began the table is there already")
	}
	if got := w.post(vrager, hidden+"/begin", form("begin")); got.Header().Get("Location") != hidden+"?did=begun" {
		t.Errorf("begin: %d to %s", got.Code, got.Header().Get("Location"))
	}
	if page := w.get(vrager, hidden).Body.String(); !strings.Contains(page, "Er ligt nog niets op tafel.") || !strings.Contains(page, "data-say") {
		t.Error("after it began the table is not there")
	}
	end := w.post(vrager, hidden+"/end", form("end"))
	if to := end.Header().Get("Location"); to != table+"/dialogue/"+id("command", "a", "hidden dialogue")+"/back" {
		t.Errorf("the end leads to %s", to)
	}
	if page := w.get(vrager, hidden).Body.String(); !strings.Contains(page, "Jullie zijn klaar voor nu.") || !strings.Contains(page, "data-say") {
		t.Error("after the end words cannot be laid down")
	}
	rest := w.get(vrager, atTable+"/rest").Body.String()
	if strings.Contains(rest, kept) || !strings.Contains(rest, `href="`+atTable+`"`) {
		t.Error("the screen at rest shows somebody's words, or no way back")
	}
	// The vrager paused, as the last thing in the play.
	for _, viewer := range []string{vrager, professional} {
		page := w.get(viewer, atTable).Body.String()
		said := map[string]string{vrager: "Pauze: we vragen je nu niets.", professional: "Het is pauze. Er wordt nu niets gevraagd."}[viewer]
		if !strings.Contains(page, said) || strings.Contains(page, "Nu jij") || strings.Contains(page, "Wat doen we nu?") || !strings.Contains(page, kept+" own") {
			t.Errorf("%s: on pause the page does not say so, asks something or hides words", viewer)
		}
	}
	w.wish("a", vrager, "calm", samenspel.SetPace{Pace: samenspel.Calm})
	if page := w.get(professional, atTable).Body.String(); !strings.Contains(page, "Nu jij, "+kept) || !strings.Contains(page, "Wat doen we nu?") {
		t.Error("after the pause nobody gets the word")
	}
	for query, turned := range map[string]bool{"": false, "?turned=1": true} {
		if page := w.get(vrager, atTable+query).Body.String(); turned != strings.Contains(page, `tabindex="-1" data-turned>`) {
			t.Errorf("with %q the card stands the wrong way", query)
		}
	}
}

// TestTheTableIsLive: others see at once what is for them; what is hidden is
// no news; and who is taken out of the dialogue is no longer at its table.
func TestTheTableIsLive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		page := w.get(bonus, atTable).Body.String()
		_, rest, _ := strings.Cut(page, `data-live="`)
		address, _, _ := strings.Cut(rest, `"`)
		s := w.listen(bonus, strings.ReplaceAll(address, "&amp;", "&"), "")
		if got := s.come(); got != hello {
			t.Fatalf("a page that is up to date hears %.200q", got)
		}
		w.laid(vrager, "hidden from all", samenspel.WordStatement{Chosen: true})
		w.laid(vrager, "for the colleague", samenspel.WordStatement{Chosen: true, SeenBy: []samenspel.PartnerID{partner("a", colleague)}})
		if got := s.come(); got != "" {
			t.Errorf("what is hidden is heard as %.200q", got)
		}
		w.laid(vrager, "for all", samenspel.WordStatement{})
		if got := s.come(); !strings.Contains(got, kept+" for all") || strings.Count(got, "id: ") != 1 || strings.Contains(got, "data-say") {
			t.Errorf("new words are heard as %.200q", got)
		}
		w.wish("a", colleague, "now you", samenspel.GiveTurn{Dialogue: talkIn("a"), To: partner("a", bonus)})
		if got := s.come(); !strings.Contains(got, "Jij hebt het woord.") {
			t.Errorf("the word is heard as %.200q", got)
		}
		waits := w.listen(vrager, table+"/table/"+id("command", "a", "hidden dialogue")+"/live?begun=no&after=", "")
		waits.come()
		w.wish("a", vrager, "begins", samenspel.BeginDialogue{Dialogue: samenspel.DialogueID(id("command", "a", "hidden dialogue"))})
		if got := waits.come(); got != "event: gone\ndata:\n\n" {
			t.Errorf("who waits for the beginning hears %.200q", got)
		}
		w.wish("a", professional, "smaller", samenspel.PlanDialogue{Dialogue: talkIn("a"), With: []samenspel.PartnerID{partner("a", vrager)}})
		if got := s.come(); got != "event: gone\ndata:\n\n" || !s.over() {
			t.Errorf("whoever is taken out hears %.200q", got)
		}
	})
}

// TestWhatIsHiddenAtTheTableLeavesNoTrace holds the table of two worlds against
// each other that differ in what somebody laid there for others alone.
func TestWhatIsHiddenAtTheTableLeavesNoTrace(t *testing.T) {
	plain, secret := newWorld(t), newWorld(t)
	for _, w := range []*world{plain, secret} {
		w.stage()
		w.laid(vrager, "before", samenspel.WordStatement{})
		if w == secret {
			some := []samenspel.PartnerID{partner("a", colleague)}
			w.laid(vrager, "secret", samenspel.WordStatement{Layer: samenspel.Need, Emotion: word("afraid"), Chosen: true, SeenBy: some})
			w.laid(vrager, "secret too", samenspel.WordStatement{Chosen: true})
			w.wish("a", vrager, "again", samenspel.LayWords{Dialogue: talkIn("a"), Statement: statement("a", "secret")})
		}
		w.laid(vrager, "after", samenspel.WordStatement{})
	}
	for _, path := range []string{"", "?turned=1", "/live", "/rest"} {
		for _, viewer := range []string{bonus, professional} {
			want, got := said(plain.get(viewer, atTable+path)), said(secret.get(viewer, atTable+path))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s of %s: -without +with what is hidden\n%s", path, viewer, diff)
			}
		}
	}
	if !secret.sees(colleague, atTable, kept+" secret") {
		t.Error("whom it is for does not see it")
	}
}

// TestWhatCannotBeLaid: what was typed at the table comes back.
func TestWhatCannotBeLaid(t *testing.T) {
	w := newWorld(t)
	w.stage()
	long := form("long", "words", typed+" words", "theme_new", strings.Repeat("t", 61), "layer", "need", "said_by", string(partner("a", bonus)))
	page := w.post(vrager, atTable+"/say", long)
	body := page.Body.String()
	if page.Code != 422 || !strings.Contains(body, typed+" words</textarea>") || !strings.Contains(body, "Er passen 60 tekens.") ||
		!strings.Contains(body, `value="`+string(partner("a", bonus))+`" checked`) || !strings.Contains(body, `value="need" checked`) {
		t.Errorf("%d: what was typed did not come back", page.Code)
	}
	if got := w.post(vrager, atTable+"/say", form("none")); got.Code != 422 {
		t.Errorf("no words: %d", got.Code)
	}
	why := w.post(vrager, atTable+"/activity", form("why", "activity", "attune", "standing", "skipped", "words", typed+strings.Repeat("y", 200)))
	if why.Code != 422 || !strings.Contains(why.Body.String(), typed) {
		t.Errorf("a long reason: %d", why.Code)
	}
}

// TestTheWordsOfTheHouse: the administrator words the activities, in each
// language; all read them, escaped, with whose they are.
func TestTheWordsOfTheHouse(t *testing.T) {
	w := newWorld(t)
	w.stage()
	shows := func(want ...string) {
		t.Helper()
		page := w.get(bonus, atTable).Body.String()
		for _, one := range want {
			if !strings.Contains(page, one) {
				t.Errorf("the table does not hold %q", one)
			}
		}
	}
	shows("Positioneren: Woord van de methode (Jos van der Horst). De zin is van Samenspel.",
		"Erbij halen en openen · Begrijpen · Afstemmen · Samen doen: Eigen woorden van Samenspel. Vervang ze door jullie eigen.")
	names := form("names", "in", "nl", "back", "/admin/activities?in=nl", "name_position", typed+" <kom>", "about_attune", typed+" zin", "name_together", "Doen", "about_together", "Doe iets.", "origin_understand", typed+" bron")
	if got := w.post(administrator, "/admin/activities", names); got.Header().Get("Location") != "/admin/activities?did=worded&in=nl" {
		t.Fatalf("%d to %s", got.Code, got.Header().Get("Location"))
	}
	shows(typed+" &lt;kom&gt;: De naam is van deze organisatie. De zin is van Samenspel.", typed+" zin",
		"Afstemmen: De naam is van Samenspel. De zin is van deze organisatie.", "Doen: Eigen woorden van deze organisatie.", "Begrijpen: "+typed+" bron")
	r := w.request(bonus, http.MethodGet, atTable, nil)
	r.Header.Set("Accept-Language", "en")
	if page := w.ask(r).Body.String(); strings.Contains(page, typed) || !strings.Contains(page, "Positioning") {
		t.Error("the words of one language stand in another")
	}
	if page := w.get(administrator, "/admin/activities?in=nl").Body.String(); !strings.Contains(page, `value="`+typed+` &lt;kom&gt;"`) {
		t.Error("the form does not hold what was chosen")
	}
	bad := w.post(administrator, "/admin/activities", form("bad", "in", "en", "name_position", typed+strings.Repeat("y", house.MaxName), "about_attune", typed+" line"))
	if body := bad.Body.String(); bad.Code != 422 || !strings.Contains(body, typed+" line") || !strings.Contains(body, "yyy") {
		t.Errorf("a name that is too long: %d", bad.Code)
	}
	if got := w.post(administrator, "/admin/activities", form("empty", "in", "nl")); got.Code != 303 {
		t.Errorf("emptied: %d", got.Code)
	}
	shows("Positioneren: Woord van de methode (Jos van der Horst).")
}

// TestWhereBalloonsHang: every wind and every step keeps all five in the
// picture, and none is first or last for good.
func TestWhereBalloonsHang(t *testing.T) {
	nl := text.In("nl")
	for n := range 27 {
		d := &samenspel.SeenDialogue{Wind: samenspel.Wind{People: n % 3, Complexity: n / 3 % 3, Emotion: n / 9}}
		for i, act := range samenspel.Activities {
			d.Balloons[i].Activity = act
		}
		p := page.Table{Frame: &page.Frame{Text: nl}, D: d}
		for i, b := range p.Balloons() {
			if b.X < 0 || b.X > 100 || b.Y < 0 || b.Y > 100 || b.Side < -2 || b.Side > 2 || b.Up < -4 || b.Up > 4 {
				t.Errorf("in %+v balloon %d hangs at %+v", d.Wind, i, b.Hang)
			}
			if n == 0 && (b.Activity != samenspel.Activities[i] || b.Up != 0 || b.Side != 0) {
				t.Errorf("in still air balloon %d hangs at %+v", i, b.Hang)
			}
		}
		for _, step := range []string{"left", "right"} {
			for range 4 {
				if spot, moves := page.Moved(d, samenspel.Understand, step); moves {
					d.Balloons[2].Spot = spot
				}
			}
			order := p.Balloons()
			if at := map[string]int{"left": 0, "right": 4}[step]; order[at].Activity != samenspel.Understand {
				t.Errorf("in %+v four steps %s do not reach the end", d.Wind, step)
			}
			if _, moves := page.Moved(d, samenspel.Understand, step); moves {
				t.Errorf("in %+v it moves %s of the end", d.Wind, step)
			}
		}
	}
	if _, moves := page.Moved(&samenspel.SeenDialogue{}, "planning", "left"); moves {
		t.Error("what is no activity moves")
	}
}
