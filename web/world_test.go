package web_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/internal/eachstore"
	"samenspel/journal"
	"samenspel/meter"
	"samenspel/web"
	"samenspel/workspace"
)

// The marks by which the tests find people's words again where they should
// not be. Everybody here is invented.
const (
	kept  = "kanarie"     // stands in all words that are in the alliances
	typed = "getypttekst" // stands in all words that a form brings
)

// world is a site over a real store with two alliances of the same shape.
type world struct {
	testing.TB
	*web.Site
	dir     string
	db      eachstore.DB
	handler http.Handler
	log     *gate
	looks   *lookGate
	lines   *lines
	tokens  map[string]string // the session of each viewer
	later   atomic.Int64      // how far the clock was put forward, a time.Duration
	ids     atomic.Int64
}

// gate is a real log with a place where a test may stand before each write,
// and one before each reading.
type gate struct {
	*journal.Log
	before  func() error
	reading error
}

func (g *gate) Facts(ctx context.Context, id samenspel.AllianceID, after int64) iter.Seq2[samenspel.Fact, error] {
	if g.reading != nil {
		return func(yield func(samenspel.Fact, error) bool) { yield(samenspel.Fact{}, g.reading) }
	}
	return g.Log.Facts(ctx, id, after)
}

func (g *gate) Append(ctx context.Context, id samenspel.AllianceID, after int64, facts []samenspel.Fact, destroy ...samenspel.PartnerID) error {
	if g.before != nil {
		if err := g.before(); err != nil {
			return err
		}
	}
	return g.Log.Append(ctx, id, after, facts, destroy...)
}

// lines is what the site logged.
type lines struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.String()
}

// start is when every world begins.
var start = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// newWorld opens a site over an empty place.
func newWorld(t testing.TB) *world {
	t.Helper()
	return newWorldIn(t, eachstore.Folder(t))
}

func newWorldIn(t testing.TB, dir string) *world {
	t.Helper()
	undoubted(t)
	if _, err := journal.MakeMaster(filepath.Join(dir, "master.key")); err != nil {
		t.Fatal(err)
	}
	return openWorld(t, dir)
}

func openWorld(t testing.TB, dir string) *world {
	t.Helper()
	master, err := journal.OpenMaster(filepath.Join(dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	db := eachstore.Opened(t, dir)
	w := &world{TB: t, dir: dir, db: db, log: &gate{Log: journal.New(db, master)}, looks: &lookGate{Store: db}, lines: &lines{}, tokens: map[string]string{}}
	now := func() time.Time { return start.Add(time.Duration(w.later.Load())) }
	newID := func() string { return fmt.Sprintf("01890a5d-0000-774b-bcce-%012d", w.ids.Add(1)) }
	closing := make(chan struct{})
	close(closing) // a stream says what there is and ends
	access := accesslog.New(w.looks, master)
	if err := access.Start(t.Context(), start); err != nil {
		t.Fatal(err)
	}
	w.Site = &web.Site{
		Door: &account.Door{
			Store: db.Accounts(), Credentials: db.Accounts(), Sealer: master, Marker: master,
			Stretcher: account.NewArgon(), Now: now, NewID: newID,
		},
		Workspace: workspace.New(w.log, access, 0),
		House:     db.House(),
		Access:    access,
		Now:       now,
		NewID:     newID,
		Signer:    signer(0), // the same in all worlds
		Terms:     shippedTerms(),
		Log:       slog.New(slog.NewJSONHandler(w.lines, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: web.WithoutIDs})),
		Meter:     meter.New(),
		Address:   "http://samenspel.test",
		Demo:      map[string]samenspel.PersonID{"visitor": person("a", vrager)},
		Closing:   closing,
	}
	w.Workspace.Now = now
	w.organisation("http://127.0.0.1:1") // nobody is there
	w.Contact = "mailto:veilig@voorbeeld.test"
	w.handler = w.Handler()
	t.Cleanup(func() {
		w.tellsNobody("the log", w.lines.String())
		var counts strings.Builder
		w.Meter.Write(&counts)
		w.tellsNobody("the metrics", counts.String())
	})
	return w
}

// everyID is what every id looks like.
var everyID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// tellsNobody fails the test when words or ids stand where whoever looks after
// the machine reads along. Every world asks it at its end, of all that was asked
// in it.
func (w *world) tellsNobody(where, text string) {
	w.Helper()
	for _, mark := range []string{kept, typed} {
		if strings.Contains(text, mark) {
			w.Errorf("somebody's words are in %s:\n%s", where, text)
		}
	}
	if found := everyID.FindString(text); found != "" {
		w.Errorf("the id %s is in %s:\n%s", found, where, text)
	}
}

// closed is a world as it was when it was closed.
type closed struct {
	dir    string
	tokens map[string]string
}

// staged plays both alliances in a world and closes it.
func staged(t *testing.T) closed {
	t.Helper()
	c := closed{dir: eachstore.Folder(t)}
	t.Run("stage", func(t *testing.T) {
		w := newWorldIn(t, c.dir)
		w.stage()
		c.tokens = w.tokens
	})
	return c
}

// open opens a copy of the world.
func (c closed) open(t testing.TB) *world {
	t.Helper()
	w := openWorld(t, eachstore.Copy(t, c.dir))
	w.tokens = c.tokens
	return w
}

// end closes a world and removes it, in a test that opens many.
func (w *world) end() {
	w.Helper()
	if err := w.db.Close(); err != nil {
		w.Fatal(err)
	}
	eachstore.Remove(w.TB, w.dir)
}

// The places at the table of each alliance, and the viewers without one.
const (
	vrager       = "vrager"
	bonus        = "bonus"
	professional = "professional"
	colleague    = "colleague"
	former       = "former"  // a bonus partner who left
	invited      = "invited" // a bonus partner who did not come yet

	nobody        = "nobody"
	stranger      = "stranger"  // somebody with a session and no place
	elsewhere     = "elsewhere" // the vrager of the other alliance
	administrator = "administrator"
)

// id gives the same id for the same name.
func id(parts ...string) string {
	return uuid.NewSHA1(uuid.NameSpaceOID, []byte(strings.Join(parts, " "))).String()
}

func alliance(which string) samenspel.AllianceID { return samenspel.AllianceID(id("alliance", which)) }

func person(which, place string) samenspel.PersonID {
	return samenspel.PersonID(id("person", which, place))
}

// partner is a place; the professional's comes with the alliance.
func partner(which, place string) samenspel.PartnerID {
	return samenspel.PartnerID(id("command", which, "invite "+place))
}

// word is something that was said.
func word(parts ...string) samenspel.Words {
	return samenspel.Say(kept + " " + strings.Join(parts, " "))
}

// wish lets somebody of an alliance do something under a named command.
func (w *world) wish(which, place, name string, wish samenspel.Wish) {
	w.Helper()
	cmd := samenspel.Command{ID: samenspel.CommandID(id("command", which, name)), Arrived: w.Now(), Wish: wish}
	if err := w.Workspace.Do(w.Context(), person(which, place), alliance(which), cmd); err != nil {
		w.Fatalf("%s: %v", name, err)
	}
}

// stage makes the people known and plays both alliances up to now.
func (w *world) stage() {
	w.Helper()
	for _, which := range []string{"a", "b"} {
		w.play(which)
	}
	for _, place := range []string{vrager, bonus, professional, colleague, former} {
		w.signIn(place, accountOf(place))
	}
	w.signIn(elsewhere, account.Person{ID: person("b", vrager)})
	w.signIn(stranger, account.Person{ID: person("", stranger)})
	w.signIn(administrator, account.Person{ID: person("", administrator), Admin: true})
	w.signIn(officer, account.Person{ID: person("", officer), Officer: true})
	w.signIn(night, account.Person{ID: person("a", night), MayBegin: true})
}

// accountOf is somebody with a place in the first alliance.
func accountOf(place string) account.Person {
	return account.Person{ID: person("a", place), MayBegin: place == professional}
}

func (w *world) signIn(viewer string, p account.Person) {
	w.Helper()
	p.Name = word("name of", viewer)
	token, _, err := w.Door.Start(w.Context(), p, account.How{By: account.ByPasskey})
	if err != nil {
		w.Fatal(err)
	}
	w.tokens[viewer] = token
}

// moreToPlay fills an alliance further: each file of tests that has things of
// its own adds how they come there.
var moreToPlay []func(which string, do func(place, name string, wish samenspel.Wish))

// play fills one alliance with one of each thing: shown to all, and hidden by
// the vrager from everybody else.
func (w *world) play(which string) {
	w.Helper()
	do := func(place, name string, wish samenspel.Wish) { w.Helper(); w.wish(which, place, name, wish) }
	do(professional, "invite "+professional, samenspel.BeginAlliance{Title: word("title"), Name: word(professional), As: word("team")})
	for _, guest := range []struct {
		place string
		role  samenspel.Role
	}{
		{vrager, samenspel.Vrager}, {bonus, samenspel.BonusPartner}, {colleague, samenspel.Colleague},
		{former, samenspel.BonusPartner}, {invited, samenspel.BonusPartner},
	} {
		do(professional, "invite "+guest.place, samenspel.InvitePartner{Role: guest.role, Ground: samenspel.InviteSpoken, Name: word(guest.place), As: word("as", guest.place)})
		if guest.place != invited {
			do(guest.place, "join "+guest.place, samenspel.JoinAlliance{Partner: partner(which, guest.place)})
		}
	}
	others := []samenspel.PartnerID{partner(which, bonus), partner(which, professional), partner(which, colleague)}
	do(vrager, "first", samenspel.SetFirstSeen{By: others})
	do(former, "left", samenspel.LeaveAlliance{Partner: partner(which, former)})
	do(vrager, "shown theme", samenspel.NameTheme{Name: word("shown theme")})
	do(professional, "shown", samenspel.WordStatement{
		Words: word("shown"), About: partner(which, vrager), Kind: samenspel.Guess, Layer: samenspel.Need,
	})
	do(bonus, "shown view", samenspel.PutView{Statement: statement(which, "shown"), Words: word("shown view")})
	do(professional, "shown emotion", samenspel.NameEmotion{Statement: statement(which, "shown"), Word: word("sad")})
	do(vrager, "own", samenspel.WordStatement{
		Words: word("own"), NewTheme: word("shown theme"), Layer: samenspel.Meaning, Emotion: word("proud"), SeenBy: others, Chosen: true,
	})
	do(vrager, "hidden", samenspel.WordStatement{
		Words: word("hidden"), NewTheme: word("hidden theme"), Layer: samenspel.Meaning, Emotion: word("afraid"), Chosen: true,
	})
	do(vrager, "hidden note", samenspel.WriteNote{Words: word("note")})
	for _, one := range moreToPlay {
		one(which, do)
	}
	do(vrager, "last", samenspel.SetPace{Pace: samenspel.Pause})
}

func statement(which, name string) samenspel.StatementID {
	return samenspel.StatementID(id("command", which, name))
}

// seqs is how long the log of each alliance is.
func (w *world) seqs() [2]int64 {
	w.Helper()
	var seqs [2]int64
	for i, which := range []string{"a", "b"} {
		for f, err := range w.log.Facts(w.Context(), alliance(which), 0) {
			if err != nil {
				w.Fatal(err)
			}
			seqs[i] = f.Seq
		}
	}
	return seqs
}

// request is a request of one of the viewers, as a browser makes it.
func (w *world) request(viewer, method, path string, form url.Values) *http.Request {
	w.Helper()
	r := httptest.NewRequestWithContext(w.Context(), method, w.Address+path, strings.NewReader(form.Encode()))
	r.Header.Set("Accept-Language", "nl")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", w.Address)
	}
	if token := w.tokens[viewer]; token != "" {
		name := "samenspel"
		if strings.HasPrefix(w.Address, "https:") {
			name = "__Host-samenspel"
		}
		r.AddCookie(&http.Cookie{Name: name, Value: token})
	}
	return r
}

// ask sends a request and holds the answer against what every answer keeps to.
func (w *world) ask(r *http.Request) *httptest.ResponseRecorder {
	w.Helper()
	got := httptest.NewRecorder()
	w.handler.ServeHTTP(got, r)
	w.guarded(r, got)
	w.discreet(r, got)
	return got
}

func (w *world) get(viewer, path string) *httptest.ResponseRecorder {
	w.Helper()
	return w.ask(w.request(viewer, http.MethodGet, path, nil))
}

func (w *world) post(viewer, path string, form url.Values) *httptest.ResponseRecorder {
	w.Helper()
	return w.ask(w.request(viewer, http.MethodPost, path, form))
}
