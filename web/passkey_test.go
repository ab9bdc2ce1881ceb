package web_test

import (
	"context"
	"errors"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel/account"
	"samenspel/internal/device"
	"samenspel/internal/eachstore"
)

func init() {
	// At the address of the other tests browsers have no passkeys.
	none, asked := answers{404, 404, 404, 404, 404, 404, 404, 404, 404, 404}, answers{401, 401, 404, 404, 404, 404, 404, 404, 404, 404}
	maps.Copy(matrix, map[string]answers{
		"POST /in/passkey": none, "POST /me/passkey": asked,
		"GET /me/passkey/{passkey}": asked, "POST /me/passkey/{passkey}": asked,
		"GET /me/passkey/{passkey}/away": asked, "POST /me/passkey/{passkey}/away": asked,
	})
}

const keyed = "https://samenspel.test" // where browsers have passkeys

// newKeyedWorld is a world at an address where browsers have passkeys.
func newKeyedWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.stage()
	w.at(keyed)
	return w
}

// at moves the site to another address.
func (w *world) at(address string) {
	w.Address = address
	w.handler = w.Handler()
}

var onOptions = regexp.MustCompile(`data-options="([^"]+)"`)

// asked is what a page asks of a device.
func (w *world) asked(got *httptest.ResponseRecorder) string {
	w.Helper()
	found := onOptions.FindStringSubmatch(got.Body.String())
	if got.Code != http.StatusOK || found == nil {
		w.Fatalf("no question to a device: %d\n%s", got.Code, got.Body)
	}
	return html.UnescapeString(found[1])
}

// makes has somebody make a passkey with a new device.
func (w *world) makes(viewer, name string) *device.Device {
	w.Helper()
	d := device.New(keyed, "samenspel.test")
	got := w.post(viewer, "/me/passkey", url.Values{"name": {name}, "answer": {d.Make(w.TB, w.asked(w.post(viewer, "/me/passkey", nil)))}})
	if to := got.Header().Get("Location"); to != "/me?did=passkey_made" {
		w.Fatalf("making a passkey leads to %q: %d\n%s", to, got.Code, got.Body)
	}
	w.arrived(viewer, got)
	return d
}

// arrived keeps the session that an answer may bring.
func (w *world) arrived(viewer string, got *httptest.ResponseRecorder) {
	for _, c := range got.Result().Cookies() {
		if c.Name == "__Host-samenspel" {
			w.tokens[viewer] = c.Value
		}
	}
}

// question is a page that asks for a passkey, in one browser.
type question struct {
	options string
	cookie  *http.Cookie
}

// asks asks a browser, in which a viewer may be known, for a passkey.
func (w *world) asks(viewer string, fields url.Values) question {
	w.Helper()
	got := w.post(viewer, "/in/passkey", fields)
	for _, c := range got.Result().Cookies() {
		if c.Name == "__Host-passkey" {
			return question{w.asked(got), c}
		}
	}
	w.Fatal("nothing is kept in the browser that is asked")
	return question{}
}

// shows answers a question in the browser that was asked.
func (w *world) shows(viewer string, q question, answer string, fields url.Values) *httptest.ResponseRecorder {
	w.Helper()
	form := url.Values{"answer": {answer}}
	maps.Copy(form, fields)
	r := w.request(viewer, http.MethodPost, "/in/passkey", form)
	if q.cookie != nil {
		r.AddCookie(&http.Cookie{Name: q.cookie.Name, Value: q.cookie.Value})
	}
	return w.ask(r)
}

// session is the session of a viewer, or nil.
func (w *world) session(token string) *account.Session {
	w.Helper()
	s, err := w.Door.Who(w.Context(), token)
	if errors.Is(err, account.ErrNoEntry) {
		return nil
	}
	if err != nil {
		w.Fatal(err)
	}
	return &s
}

func TestAPasskeyLetsIn(t *testing.T) {
	for _, viewer := range []string{vrager, professional, administrator} {
		t.Run(viewer, func(t *testing.T) {
			w := newKeyedWorld(t)
			d := w.makes(viewer, typed+" telefoon")
			list := w.get(viewer, "/me").Body.String()
			if !strings.Contains(list, typed+" telefoon") || !strings.Contains(list, "Nog niet gebruikt.") {
				t.Error("the new passkey is not on the list")
			}
			older := w.tokens[bonus] // whoever was in, in this browser
			q := w.asks(bonus, url.Values{"shared": {"yes"}, "back": {"/settings"}})
			got := w.shows(bonus, q, d.Show(t, q.options), url.Values{"shared": {"yes"}, "back": {"/settings"}})
			if to := got.Header().Get("Location"); got.Code != http.StatusSeeOther || to != "/settings" {
				t.Fatalf("coming in: %d, to %q", got.Code, to)
			}
			if w.session(older) != nil {
				t.Error("the session that was in this browser goes on")
			}
			w.arrived("in", got)
			s := w.session(w.tokens["in"])
			if s == nil || s.Person != w.session(w.tokens[viewer]).Person || s.By != account.ByPasskey || !s.Shared ||
				s.Staff != (viewer != vrager) {
				t.Errorf("the session is %+v", s)
			}
			if list := w.get("in", "/me").Body.String(); !strings.Contains(list, "Het laatst gebruikt op 24 november.") {
				t.Error("its use is not on the list")
			}
		})
	}
}

// TestAPasskeyMakesAWeakSessionStrong: who came in by a link goes on in a new
// session, and the old one is over.
func TestAPasskeyMakesAWeakSessionStrong(t *testing.T) {
	w := newKeyedWorld(t)
	token, weak, err := w.Door.Start(t.Context(), account.Person{ID: person("a", colleague)}, account.How{By: account.ByLink, Staff: true, Shared: true, Device: "phone"})
	if err != nil {
		t.Fatal(err)
	}
	w.tokens["late"] = token
	w.makes("late", "")
	strong := w.session(w.tokens["late"])
	if w.tokens["late"] == token || w.session(token) != nil {
		t.Error("the session of the link goes on")
	}
	want := weak
	want.By = account.ByPasskey
	if want.ID = strong.ID; weak.ID == strong.ID {
		t.Error("the new session has the old one's id")
	}
	if diff := cmp.Diff(&want, strong); diff != "" {
		t.Errorf("the new session: -want +got\n%s", diff)
	}
	before := w.tokens["late"]
	w.makes("late", "")
	if w.tokens["late"] != before {
		t.Error("a strong session was made again")
	}
}

func TestWhatAPasskeyDoesNotOpen(t *testing.T) {
	w := newKeyedWorld(t)
	pages := map[string]bool{}
	tries := map[string]func(d *device.Device, q question) (question, string){
		"of another origin": func(d *device.Device, q question) (question, string) {
			d.Origin = "https://elsewhere.test"
			return q, d.Show(w.TB, q.options)
		},
		"of another site": func(d *device.Device, q question) (question, string) {
			d.Party = "elsewhere.test"
			return q, d.Show(w.TB, q.options)
		},
		"without looking who it is": func(d *device.Device, q question) (question, string) {
			d.Flags &^= device.Verified
			return q, d.Show(w.TB, q.options)
		},
		"of another owner": func(d *device.Device, q question) (question, string) {
			d.User = []byte("somebody else")
			return q, d.Show(w.TB, q.options)
		},
		"with a signature that was changed": func(d *device.Device, q question) (question, string) {
			answer, signature, _ := strings.Cut(d.Show(w.TB, q.options), `"signature":"`)
			swap := map[byte]string{'A': "B"}[signature[20]]
			if swap == "" {
				swap = "A"
			}
			return q, answer + `"signature":"` + signature[:20] + swap + signature[21:]
		},
		"that nobody knows": func(_ *device.Device, q question) (question, string) {
			d := device.New(keyed, "samenspel.test")
			d.Make(w.TB, w.asked(w.post(bonus, "/me/passkey", nil)))
			return q, d.Show(w.TB, q.options)
		},
		"shown a second time": func(d *device.Device, q question) (question, string) {
			answer := d.Show(w.TB, q.options)
			if got := w.shows(nobody, q, answer, nil); got.Code != http.StatusSeeOther {
				w.Errorf("the first time: %d", got.Code)
			}
			return q, answer
		},
		"asked of another browser": func(d *device.Device, q question) (question, string) {
			other := w.asks(nobody, nil)
			return question{q.options, other.cookie}, d.Show(w.TB, q.options)
		},
		"in a browser that was asked nothing": func(d *device.Device, q question) (question, string) {
			return question{q.options, nil}, d.Show(w.TB, q.options)
		},
		"asked for another purpose": func(d *device.Device, q question) (question, string) {
			return q, d.Show(w.TB, w.asked(w.post(vrager, "/me/passkey", nil)))
		},
		"too late": func(d *device.Device, q question) (question, string) {
			answer := d.Show(w.TB, q.options)
			w.later.Add(int64(account.ChallengeLimit))
			return q, answer
		},
		"with a count that stands still": func(d *device.Device, q question) (question, string) {
			d.Count--
			return q, d.Show(w.TB, q.options)
		},
		"that was taken away": func(d *device.Device, q question) (question, string) {
			answer := d.Show(w.TB, q.options)
			list, err := w.Door.Passkeys(w.Context(), person("a", vrager))
			if err != nil || w.post(vrager, "/me/passkey/"+string(list[len(list)-1].ID)+"/away", nil).Code != http.StatusSeeOther {
				w.Errorf("the passkey stays: %v", err)
			}
			return q, answer
		},
		"that is none": func(_ *device.Device, q question) (question, string) { return q, "" },
		"that is text": func(_ *device.Device, q question) (question, string) { return q, typed + "\x00\xff" },
		"that is large": func(_ *device.Device, q question) (question, string) {
			return q, strings.Repeat("[", 1<<15)
		},
	}
	for what, try := range tries {
		t.Run(what, func(t *testing.T) {
			d := w.makes(vrager, "")
			q, answer := try(d, w.asks(nobody, nil))
			got := w.shows(nobody, q, answer, nil)
			for _, c := range got.Result().Cookies() {
				if c.Name == "__Host-samenspel" {
					t.Error("it lets in")
				}
			}
			pages[said(got)] = true
			if got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "Deze sleutel past hier niet") {
				t.Errorf("%d\n%s", got.Code, got.Body)
			}
			w.empty(vrager)
		})
	}
	if len(pages) != 1 {
		t.Errorf("%d different answers, want one", len(pages))
	}
}

// empty takes all passkeys of somebody away.
func (w *world) empty(viewer string) {
	w.Helper()
	list, err := w.Door.Passkeys(w.Context(), person("a", viewer))
	for _, k := range list {
		err = errors.Join(err, w.Door.RemovePasskey(w.Context(), k.Person, k.ID))
	}
	if err != nil {
		w.Fatal(err)
	}
}

// TestACopyIsTold: a count that goes back closes the passkey for good, also
// for the device with the higher count, and its owner reads it.
func TestACopyIsTold(t *testing.T) {
	w := newKeyedWorld(t)
	d := w.makes(vrager, "")
	stale := *d
	comes := func(d *device.Device) int {
		q := w.asks(nobody, nil)
		return w.shows(nobody, q, d.Show(t, q.options), nil).Code
	}
	const warning = "Misschien is er een kopie van."
	for i, step := range []struct {
		d    *device.Device
		want int
	}{{d, 303}, {d, 303}, {&stale, 403}, {d, 403}} {
		if got := comes(step.d); got != step.want {
			t.Errorf("step %d: %d, want %d", i, got, step.want)
		}
		told := strings.Contains(w.get(vrager, "/me").Body.String(), warning)
		if told != (i >= 2) {
			t.Errorf("step %d: told %t", i, told)
		}
	}
	uncounted := device.New(keyed, "samenspel.test")
	uncounted.Count = 0
	w.post(bonus, "/me/passkey", url.Values{"answer": {uncounted.Make(t, w.asked(w.post(bonus, "/me/passkey", nil)))}})
	for range 2 {
		if got := comes(uncounted); got != http.StatusSeeOther {
			t.Errorf("a device that does not count: %d", got)
		}
	}
}

func TestWhatMakesNoPasskeyOfSomebody(t *testing.T) {
	w := newKeyedWorld(t)
	first := w.makes(vrager, "")
	ask := func() string { return w.asked(w.post(vrager, "/me/passkey", nil)) }
	for what, try := range map[string]func(d *device.Device) string{
		"asked of somebody else": func(d *device.Device) string { return d.Make(t, w.asked(w.post(bonus, "/me/passkey", nil))) },
		"asked in another session": func(d *device.Device) string {
			token := w.tokens[vrager]
			defer func() { w.tokens[vrager] = token }()
			w.signIn(vrager, accountOf(vrager))
			return d.Make(t, ask())
		},
		"made a second time": func(d *device.Device) string {
			answer := d.Make(t, ask())
			w.post(vrager, "/me/passkey", url.Values{"answer": {answer}})
			return answer
		},
		"too late": func(d *device.Device) string {
			answer := d.Make(t, ask())
			w.later.Add(int64(account.ChallengeLimit))
			return answer
		},
		"without looking who it is": func(d *device.Device) string { d.Flags &^= device.Verified; return d.Make(t, ask()) },
		"of another site":           func(d *device.Device) string { d.Party = "elsewhere.test"; return d.Make(t, ask()) },
		"that is shown":             func(*device.Device) string { return first.Show(t, ask()) },
		"that is none":              func(*device.Device) string { return typed },
	} {
		t.Run(what, func(t *testing.T) {
			got := w.post(vrager, "/me/passkey", url.Values{"answer": {try(device.New(keyed, "samenspel.test"))}})
			if got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "Deze sleutel past hier niet") {
				t.Errorf("%d\n%s", got.Code, got.Body)
			}
		})
	}
	list, err := w.Door.Passkeys(t.Context(), person("a", vrager))
	if err != nil || len(list) != 2 { // the first, and the one that was sent twice
		t.Errorf("%d passkeys, %v", len(list), err)
	}
}

func TestNamesAndNumberOfPasskeys(t *testing.T) {
	w := newKeyedWorld(t)
	long := strings.Repeat("a", 81)
	got := w.post(vrager, "/me/passkey", url.Values{"name": {long}, "answer": {"{}"}})
	if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), `value="`+long+`"`) {
		t.Errorf("a long name: %d", got.Code)
	}
	w.makes(vrager, "")
	list, err := w.Door.Passkeys(t.Context(), person("a", vrager))
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	at := "/me/passkey/" + string(list[0].ID)
	for _, c := range []struct {
		name, shown string
		want        int
	}{{typed + " laptop", typed + " laptop", 303}, {long, long, 422}, {" ", "Sleutel van 24 november", 303}} {
		if got := w.post(vrager, at, url.Values{"name": {c.name}}); got.Code != c.want {
			t.Errorf("called %.20q: %d, want %d", c.name, got.Code, c.want)
		} else if page := w.get(vrager, "/me").Body.String() + got.Body.String(); !strings.Contains(page, c.shown) {
			t.Errorf("called %.20q: it is shown otherwise", c.name)
		}
	}
	for range account.MostPasskeys - 1 {
		w.makes(vrager, "")
	}
	if got := w.post(vrager, "/me/passkey", nil); got.Header().Get("Location") != "/me" {
		t.Errorf("one more is asked for: %d", got.Code)
	}
	if page := w.get(vrager, "/me").Body.String(); !strings.Contains(page, "Je hebt tien sleutels.") || strings.Contains(page, "Maak een sleutel") {
		t.Error("the page offers one more")
	}
}

// TestPasskeysOfOthersAreUnknown: byte for byte as those that are not there.
func TestPasskeysOfOthersAreUnknown(t *testing.T) {
	w := newKeyedWorld(t)
	w.makes(vrager, typed)
	list, err := w.Door.Passkeys(t.Context(), person("a", vrager))
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	for _, route := range []struct{ method, after string }{{"GET", ""}, {"POST", ""}, {"GET", "/away"}, {"POST", "/away"}} {
		for viewer, want := range map[string]int{vrager: 0, bonus: 404, professional: 404, administrator: 404, nobody: 401} {
			ask := func(id string) *httptest.ResponseRecorder {
				return w.ask(w.request(viewer, route.method, "/me/passkey/"+id+route.after, url.Values{"name": {"x"}}))
			}
			if viewer == vrager {
				if route.method == "GET" && ask(string(list[0].ID)).Code != http.StatusOK {
					t.Errorf("%v: not for its owner", route)
				}
				continue
			}
			here, there := ask(string(list[0].ID)), ask(id("nothing"))
			if diff := cmp.Diff(said(there), said(here)); diff != "" || here.Code != want {
				t.Errorf("%v as %s: %d, -unknown +this\n%s", route, viewer, here.Code, diff)
			}
		}
	}
	after, err := w.Door.Passkeys(t.Context(), person("a", vrager))
	if err != nil || len(after) != 1 || after[0].Name != list[0].Name {
		t.Error("somebody changed it")
	}
}

func TestWithoutPasskeysNothingIsSaidOfThem(t *testing.T) {
	w := newKeyedWorld(t)
	for address, want := range map[string]bool{keyed: true, "http://localhost:8080": true, "http://127.0.0.1:8080": false, "http://samenspel.test": false} {
		w.at(address)
		in, me := w.get(nobody, "/in").Body.String(), w.get(vrager, "/me").Body.String()
		if strings.Contains(in, "passkey") != want || strings.Contains(me, "passkey") != want {
			t.Errorf("%s: the pages speak of passkeys: %t, %t", address, strings.Contains(in, "passkey"), strings.Contains(me, "passkey"))
		}
	}
}

// stuck is a real store that cannot use up, or keep, what is about passkeys.
type stuck struct {
	account.Store
	take, use bool
}

var errStuck = errors.New("the disk is full")

func (s stuck) TakeChallenge(ctx context.Context, asked account.Hash) (account.Challenge, error) {
	if s.take {
		return account.Challenge{}, errStuck
	}
	return s.Store.TakeChallenge(ctx, asked)
}

func (s stuck) UsePasskey(ctx context.Context, id account.PasskeyID, u account.Use) (bool, error) {
	if s.use {
		return true, errStuck
	}
	return s.Store.UsePasskey(ctx, id, u)
}

func TestAFaultLetsNobodyIn(t *testing.T) {
	w := newKeyedWorld(t)
	d, store := w.makes(vrager, ""), w.Door.Store
	for _, fault := range []stuck{{store, true, false}, {store, false, true}} {
		q := w.asks(nobody, nil)
		w.Door.Store = fault
		got := w.shows(nobody, q, d.Show(t, q.options), nil)
		w.Door.Store = store
		if got.Code != http.StatusInternalServerError || len(got.Result().Cookies()) > 0 && got.Result().Cookies()[0].Name == "__Host-samenspel" {
			t.Errorf("%+v: %d", fault, got.Code)
		}
	}
}

// TestPasskeysOnTheDisk: neither the name of a passkey, nor what the browser
// holds, nor what was asked lies there in clear.
func TestPasskeysOnTheDisk(t *testing.T) {
	eachstore.SQLiteOnly(t, "it reads the files; the rows are the same in PostgreSQL")
	dir := t.TempDir()
	w := newWorldIn(t, dir)
	w.stage()
	w.at(keyed)
	w.makes(vrager, typed+" naam")
	q := w.asks(nobody, nil)
	files, err := filepath.Glob(filepath.Join(dir, "*.db*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{typed, q.cookie.Value} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s holds it", filepath.Base(name))
			}
		}
	}
	if age := q.cookie.MaxAge; time.Duration(age)*time.Second != account.ChallengeLimit {
		t.Errorf("the browser holds its part for %d s", age)
	}
}
