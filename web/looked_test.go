package web_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"samenspel"
	"samenspel/journal"
	"samenspel/web"
	"samenspel/web/text"
	"samenspel/workspace"
)

func init() {
	maps.Copy(matrix, map[string]answers{"GET /a/{alliance}/looked": looks})
	maps.Copy(made, map[string][]string{
		"looked.%s":      {"picture", "words", "shared", "around", "list", "need", "at.again", "about.again"},
		"looked.last.%s": {"picture", "words", "shared"},
		"looked.right.%s": {
			"first.you", "first.alone.you", "invited", "invited.me", "invited.you", "joined.self", "joined.self.you",
			"left", "left.self", "left.you", "renewed", "renewed.me", "renewed.you", "renewed.self", "renewed.self.you",
			"shared.you", "unshared.you", "written", "written.alone",
		},
	})
}

// lookGate is a real store of looks that a test can stand before, and that
// tells what was written.
type lookGate struct {
	journal.Looks
	before  error
	mu      sync.Mutex
	written []samenspel.Looked
}

func (g *lookGate) AddLooks(ctx context.Context, id samenspel.AllianceID, lines []samenspel.Looked) error {
	if g.before != nil {
		return g.before
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.written = append(g.written, lines...)
	return g.Looks.AddLooks(ctx, id, lines)
}

// pass puts the clock forward.
func (w *world) pass(d time.Duration) { w.later.Add(int64(d)) }

// renew starts new sessions, where the clock has gone on.
func (w *world) renew() {
	for _, place := range []string{vrager, bonus, professional, colleague} {
		w.signIn(place, accountOf(place))
	}
}

// TestEveryRouteSaysWhatItShows: a route for partners that nobody thought
// about shows nothing, and fails here first.
func TestEveryRouteSaysWhatItShows(t *testing.T) {
	for _, r := range newWorld(t).Routes() {
		if (r.For == web.Partner) != (r.Shows != nil) {
			t.Errorf("%s %s is for %s; does it say what it shows: %v", r.Method, r.Path, r.For, r.Shows != nil)
		}
	}
}

// worlds are all words in the first alliance that somebody sees, by whose
// world they are in.
func (w *world) worlds() map[string]samenspel.PartnerID {
	w.Helper()
	of := map[string]samenspel.PartnerID{}
	for _, place := range []string{vrager, bonus, professional, colleague} {
		seen, err := w.Workspace.See(w.Context(), person("a", place), alliance("a"), workspace.Look{})
		if err != nil {
			w.Fatal(err)
		}
		for _, s := range seen.Statements {
			of[s.Words.Text()] = s.About
			for _, v := range s.Views {
				of[v.Words.Text()] = s.About
			}
			for _, e := range s.Emotions {
				of[e.Word.Text()] = s.About
			}
		}
		for _, th := range seen.Themes {
			of[th.Name.Text()] = th.About
		}
		for _, n := range seen.Notes {
			of[n.Words.Text()] = seen.You
		}
	}
	return of
}

// TestEveryLookIsTold walks through the site at random, as each partner, and
// reads the pages as a stranger would: when there are words of another's world
// on one, that other is told of it within the minutes that a line stands for.
// What the words are it finds out from the page itself, so that a route that
// says too little of what it shows is caught.
func TestEveryLookIsTold(t *testing.T) {
	w := newWorld(t)
	w.stage()
	for _, place := range []string{bonus, professional} {
		w.wish("a", place, "world of "+place, samenspel.WordStatement{
			Words: word("life of", place), NewTheme: word("subject of", place), Layer: samenspel.Need,
			SeenBy: []samenspel.PartnerID{partner("a", vrager), partner("a", bonus), partner("a", professional)}, Chosen: true,
		})
	}
	between := talkOf("a", "between two") // words of the bonus partner lie on a table without them
	w.wish("a", professional, "between two", samenspel.PlanDialogue{With: []samenspel.PartnerID{partner("a", vrager)}})
	w.wish("a", professional, "they begin", samenspel.BeginDialogue{Dialogue: between})
	w.wish("a", professional, "they lay", samenspel.LayWords{Dialogue: between, Statement: statement("a", "world of bonus")})
	w.wish("a", vrager, "they tell", samenspel.TellChange{Dialogue: between, Words: word("it changed"), Because: statement("a", "world of bonus")})
	owners := w.worlds()
	texts := slices.SortedFunc(maps.Keys(owners), func(x, y string) int { return len(y) - len(x) }) // the longest first
	draw := rand.New(rand.NewPCG(3, 10))
	viewers := []string{vrager, bonus, professional, colleague}
	paths := pagesOf(w)
	paths = append(paths, onStatement("world of bonus", "view"), onStatement("world of professional", "emotion"))
	for range len(paths) / 10 { // not to be passed by
		paths = append(paths, table+"/table/"+string(between), table+"/dialogue/"+string(between), table+"/dialogue/"+string(between)+"/back")
	}
	told := 0
	for range 600 {
		w.pass(time.Duration(draw.IntN(100)) * time.Second)
		w.renew()
		viewer, path := viewers[draw.IntN(len(viewers))], paths[draw.IntN(len(paths))]
		you := partner("a", viewer)
		got := w.get(viewer, path)
		body := got.Body.String()
		if got.Code != http.StatusOK {
			continue
		}
		for _, said := range texts {
			if !strings.Contains(body, said) {
				continue
			}
			body = strings.ReplaceAll(body, said, "")
			owner := owners[said]
			if owner == you {
				continue
			}
			told++
			if !slices.ContainsFunc(w.looks.written, func(l samenspel.Looked) bool {
				return l.By == you && (l.About == owner || l.About == "") && w.Now().Sub(l.At) < workspace.SameLook
			}) {
				t.Fatalf("%s as %s shows %q, and its owner is not told", path, viewer, said)
			}
		}
	}
	if told < 200 {
		t.Errorf("the walk came by %d words of others", told)
	}
	for _, l := range w.looks.written {
		if l.By == l.About || l.By == "" || l.What == "" || l.At.IsZero() {
			t.Errorf("a line says %+v", l)
		}
	}
}

// TestALookThatCannotBeNotedShowsNothing: what is somebody's own stays there
// for them, and of others nothing is shown.
func TestALookThatCannotBeNotedShowsNothing(t *testing.T) {
	for fault, status := range map[error]int{journal.ErrFull: http.StatusInsufficientStorage, journal.ErrStopped: http.StatusServiceUnavailable} {
		w := newWorld(t)
		w.stage()
		w.looks.before = fault
		for _, path := range []string{table, table + "/live", table + "/people", table + "/tell", ownPicture, ownPicture + "/live", ownPicture + "/need", onStatement("shown", "view"), "/start"} {
			got := w.get(bonus, path)
			body := got.Body.String()
			if got.Code != status || strings.Contains(body, kept) || !strings.Contains(body, text.In("nl").Say("error.look")) {
				t.Errorf("%s without a line: %d", path, got.Code)
			}
		}
		for _, path := range []string{table + "/notes", table + "/themes", table + "/looked", table + "/more", table + "/picture/" + string(partner("a", bonus))} {
			if got := w.get(bonus, path); got.Code != http.StatusOK {
				t.Errorf("%s, which is their own: %d", path, got.Code)
			}
		}
		again := w.post(bonus, onStatement("shown", "view"), form("view", "words", ""))
		if again.Code != status || strings.Contains(again.Body.String(), kept) {
			t.Errorf("a form shown again: %d", again.Code)
		}
		w.looks.before = nil
		if got := w.get(bonus, table); got.Code != http.StatusOK {
			t.Errorf("when there is room again: %d", got.Code)
		}
	}
}

// lookedAs reads the page of who looked, without its marks.
func (w *world) lookedAs(viewer, query string) string {
	w.Helper()
	body := w.get(viewer, table+"/looked"+query).Body.String()
	_, body, _ = strings.Cut(body, "<main")
	body, _, _ = strings.Cut(body, "</main>")
	plain := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " ")
	return strings.Join(strings.Fields(plain), " ")
}

func has(t *testing.T, where string, page string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(page, want) {
			t.Errorf("%s does not say %q:\n%s", where, want, page)
		}
	}
}

// TestThePageOfWhoLooked reads it as the vrager does.
func TestThePageOfWhoLooked(t *testing.T) {
	w := newWorld(t)
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	w.Zone = zone
	w.stage()
	yesterday := w.lookedAs(vrager, "")
	has(t, "the beginning", yesterday, "Vandaag", "Jij deelde woorden met "+kept+" professional, "+kept+" bonus en "+kept+" colleague.", kept+" professional nodigde jou uit.",
		kept+" professional schreef iets over jou.", "Welke woorden", "om 11.00 uur")
	if strings.Contains(yesterday, "keek naar") || strings.Contains(yesterday, "keek hier") {
		t.Errorf("nobody looked yet:\n%s", yesterday)
	}
	w.get(professional, ownPicture)
	w.pass(20 * time.Minute)
	w.get(professional, ownPicture+"/need")
	w.get(professional, onStatement("shown", "view"))
	w.get(bonus, table)
	w.get(colleague, "/start")
	w.pass(24 * time.Hour)
	w.renew()
	w.get(professional, ownPicture)
	w.get(vrager, table+"/looked") // one's own looks are no news
	page := w.lookedAs(vrager, "")
	has(t, "the next day", page,
		"Vandaag K "+kept+" professional keek naar jouw beeld. rond 11.20 uur Gisteren",
		kept+" professional keek naar jouw beeld. rond 11.00 uur en later", kept+" professional keek naar iets over jou. rond 11.20 uur",
		kept+" bonus keek hier rond. rond 11.20 uur", kept+" colleague zag deze plek in een lijst.")
	alone := w.lookedAs(vrager, "?by="+string(partner("a", bonus)))
	has(t, "of one", alone, kept+" bonus keek hier rond.", "Jij deelde woorden met "+kept+" professional, "+kept+" bonus")
	if strings.Contains(alone, "keek naar jouw beeld") {
		t.Errorf("of one it tells of others:\n%s", alone)
	}
	if unknown := w.lookedAs(vrager, "?by=nobody"); unknown != page {
		t.Error("of somebody who is not there it is another page")
	}
	has(t, "the page of today", w.get(vrager, table).Body.String(),
		kept+" professional keek vandaag rond 11.20 uur naar jouw beeld.", `<a href="`+table+`/looked">Alles wat bekeken is</a>`)
	// Of others' worlds a colleague hears nothing.
	if other := w.lookedAs(colleague, ""); strings.Contains(other, "naar jouw beeld") || strings.Contains(other, "deelde") {
		t.Errorf("the colleague reads:\n%s", other)
	}
}

// TestTheListOfLooksIsReadInWindows goes through a long list from one page to
// the next, and finds each line once.
func TestTheListOfLooksIsReadInWindows(t *testing.T) {
	w := newWorld(t)
	w.stage()
	you, by := partner("a", vrager), partner("a", professional)
	const days = 350
	for n := range days {
		at := start.Add(time.Duration(n+1) * 24 * time.Hour)
		lines := []samenspel.Looked{{By: by, About: you, What: "picture", At: at}}
		if n%50 == 0 { // several at one moment
			for i := range 30 {
				lines = append(lines, samenspel.Looked{By: by, What: strings.Repeat("x", i+1), At: at})
			}
		}
		if err := w.looks.AddLooks(t.Context(), alliance("a"), lines); err != nil {
			t.Fatal(err)
		}
	}
	w.pass(days * 24 * time.Hour)
	w.renew()
	older := regexp.MustCompile(`href="[^"?]*(\?by=[^"]*before=[^"]*)"`)
	found, pages := 0, 0
	for query := ""; ; pages++ {
		body := w.get(vrager, table+"/looked"+query).Body.String()
		found += strings.Count(body, "professional keek naar jouw beeld.")
		next := older.FindStringSubmatch(body)
		if next == nil {
			if !strings.Contains(body, "nodigde jou uit") {
				t.Error("the last page has no beginning")
			}
			break
		}
		query = strings.ReplaceAll(next[1], "&amp;", "&")
	}
	if found != days || pages < 4 {
		t.Errorf("%d lines on %d pages, want %d", found, pages+1, days)
	}
	first := w.lookedAs(vrager, "")
	for _, odd := range []string{"?before=", "?before=x", "?before=-5-0", "?before=5--1", "?before=5-100000", "?before=99999999999999999999-0", "?before=0-0"} {
		if w.lookedAs(vrager, odd) != first {
			t.Errorf("%s is another page", odd)
		}
	}
}

// TestAnOpenPageLooksOn: a page that stays open is a look when it begins, and
// again when it shows something new after the minutes that a line stands for.
// That nothing changes for its reader is no look.
func TestAnOpenPageLooksOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		written := func() int {
			synctest.Wait()
			w.looks.mu.Lock()
			defer w.looks.mu.Unlock()
			return len(w.looks.written)
		}
		page := w.get(bonus, ownPicture).Body.String()
		if written() != 1 {
			t.Fatalf("%d lines for a page", written())
		}
		s := w.listen(bonus, ownPicture+"/live", "")
		mine := w.listen(vrager, ownPicture+"/live", "")
		if s.come() == "" || mine.come() == "" || written() != 1 {
			t.Errorf("%d lines when the page begins to follow", written())
		}
		w.say("soon after", bonus)
		if s.come() == "" || written() != 1 {
			t.Errorf("%d lines for what comes within a moment", written())
		}
		w.pass(10 * time.Minute)
		w.say("hidden from all")
		if s.come() != "" || written() != 1 {
			t.Errorf("%d lines for what is hidden", written())
		}
		w.say("later", bonus)
		if s.come() == "" || mine.come() == "" || written() != 2 {
			t.Errorf("%d lines for what comes later", written())
		}
		// When it cannot be noted, nothing new is shown and the stream ends.
		w.pass(10 * time.Minute)
		w.looks.before = journal.ErrFull
		w.say("without a line", bonus)
		if heard := s.come(); strings.Contains(heard, kept) || !s.over() {
			t.Errorf("without a line: over %v, %.200q", s.over(), heard)
		}
		if !strings.Contains(mine.come(), "without a line") {
			t.Error("one's own world is still there")
		}
		if !strings.Contains(page, "data-live") {
			t.Error("the page does not follow")
		}
	})
}
