package web_test

import (
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/journal"
	"samenspel/workspace"
)

func init() {
	officers := answers{401, 401, 404, 404, 404, 404, 404, 404, 404, 404, 200}
	maps.Copy(matrix, map[string]answers{
		"GET /log":            officers,
		"GET /log.csv":        officers,
		"POST /admin/officer": {401, 401, 404, 404, 404, 200, 404, 404, 404, 404},
	})
	maps.Copy(made, map[string][]string{
		"accesslog.kind.%s":    texts(accesslog.Kinds),
		"accesslog.outcome.%s": texts(accesslog.Outcomes),
		"accesslog.staff.%s":   {accesslog.ForAdministrator, accesslog.ForOfficer, accesslog.ForProfessional},
	})
}

const officer = "officer"

// officed is a world in which somebody watches over privacy.
func officed(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	w.stage()
	w.signIn(officer, account.Person{ID: person("", officer), Officer: true})
	return w
}

// access are the lines of a question.
func (w *world) access(q accesslog.Question) []accesslog.Line {
	w.Helper()
	q.Most = 1000
	found, err := w.Access.Find(w.Context(), q)
	if err != nil {
		w.Fatal(err)
	}
	return found
}

// TestEveryReadIsInTheLog walks over all pages as everybody: whatever was shown
// or refused has a line of that session within the minutes that a line stands
// for, with all that the standard asks.
func TestEveryReadIsInTheLog(t *testing.T) {
	w := officed(t)
	draw := rand.New(rand.NewPCG(5, 13))
	viewers := []string{vrager, bonus, professional, colleague, stranger, administrator, officer}
	var paths []string
	for _, path := range pagesOf(w) {
		if path == "/me/organisation" { // leads to a provider, which is not there
			continue
		}
		if got := w.get(nobody, path); got.Code == http.StatusUnauthorized {
			paths = append(paths, path) // not for everybody
		}
	}
	read := 0
	for range 400 {
		w.pass(time.Duration(draw.IntN(60)) * time.Second)
		for _, viewer := range viewers { // the clock has gone on
			w.renewOne(viewer)
		}
		viewer, path := viewers[draw.IntN(len(viewers))], paths[draw.IntN(len(paths))]
		got := w.get(viewer, path)
		lines := w.access(accesslog.Question{Session: account.SessionID(w.tokens[viewer]), From: w.Now().Add(-workspace.SameLook)})
		want := map[bool]accesslog.Outcome{true: accesslog.Done, false: accesslog.Refused}[got.Code < 400]
		if !slices.ContainsFunc(lines, func(l accesslog.Line) bool { return l.Outcome == want && l.Kind != accesslog.SignIn }) {
			t.Fatalf("%s as %s answers %d, and nothing in the log says so: %+v", path, viewer, got.Code, lines)
		}
		read++
	}
	source, err := w.Access.Source(t.Context())
	if err != nil || source == "" {
		t.Fatal(source, err)
	}
	needed := []string{"EventActionCode", "EventDateTime", "EventOutcomeIndicator", "EventTypeCode", "UserID", "UserIsRequestor", "RoleIDCode",
		"PurposeOfUse", "NetworkAccessPointTypeCode", "NetworkAccessPointID", "ParticipantObjectTypeCode", "ParticipantObjectTypeCodeRole",
		"ParticipantObjectDataLifeCycle", "ParticipantObjectIDTypeCode", "ParticipantObjectPermissionPolicySet", "ParticipantObjectSensitivity",
		"ParticipantObjectID", "AuditEnterpriseSiteID", "AuditSourceID", "AuditSourceTypeCode", "AuthorisationProtocol", "SessionID", "ChainSequence"}
	for _, l := range w.access(accesslog.Question{Kind: accesslog.Read}) {
		record := l.Record(source, "")
		for _, field := range needed {
			empty := record[slices.Index(accesslog.Fields, field)] == ""
			if empty && (field != "RoleIDCode" || l.Purpose != accesslog.ForThemselves) { // with their own account nobody has a role
				t.Fatalf("a line without %s: %+v", field, l)
			}
		}
	}
	if read < 400 || len(w.access(accesslog.Question{})) < 100 {
		t.Errorf("%d reads", read)
	}
	w.unbroken()
}

// renewOne keeps the session of a viewer going.
func (w *world) renewOne(viewer string) {
	if _, err := w.Door.Who(w.Context(), w.tokens[viewer]); err != nil {
		p := accountOf(viewer)
		switch viewer {
		case stranger:
			p = account.Person{ID: person("", stranger)}
		case administrator:
			p = account.Person{ID: person("", administrator), Admin: true}
		case officer:
			p = account.Person{ID: person("", officer), Officer: true}
		}
		w.signIn(viewer, p)
	}
}

// unbroken fails the test when the access log is not as it was written.
func (w *world) unbroken() {
	w.Helper()
	if _, err := w.Access.Verify(w.Context(), func(f accesslog.Finding) { w.Error(f) }); err != nil {
		w.Error(err)
	}
}

// TestThePrivacyOfficerSearches asks for what somebody did, and reads no word,
// no title and no name but of the staff.
func TestThePrivacyOfficerSearches(t *testing.T) {
	w := officed(t)
	w.get(professional, ownPicture)
	w.post(vrager, table+"/story", form("take", "for", "me"))
	w.get(stranger, table)
	list := w.get(officer, "/log").Body.String()
	has(t, "the log", list, "gekeken", "meegenomen", "rechten veranderd", "geweigerd", string(alliance("a")), string(person("a", vrager)), kept+" name of professional")
	for _, hidden := range []string{kept + " title", kept + " own", kept + " shown", kept + " vrager", kept + " name of vrager", kept + " professional"} {
		if strings.Contains(list, hidden) {
			t.Errorf("the officer reads %q", hidden)
		}
	}
	// A session is asked for with whose it is: there is an index of people.
	has(t, "the log", list, "/log?session="+account.SessionID(w.tokens[vrager])+"&amp;person="+string(person("a", vrager)))
	for query, want := range map[string][2]string{
		"?person=" + string(person("a", professional)): {"picture", "meegenomen: <"},
		"?kind=export":                                                        {"story", "gekeken: <"},
		"?outcome=refused":                                                    {"geweigerd", "meegenomen: <"},
		"?alliance=" + string(alliance("b")):                                  {"rechten veranderd", "meegenomen: <"},
		"?session=" + account.SessionID(w.tokens[vrager]):                     {"story", "picture"},
		"?view=sum&session=" + account.SessionID(w.tokens[vrager]):            {"1 keer", "picture"},
		"?from=2027-01-01":                                                    {"niets gevonden", "meegenomen: <"},
		"?person=%ff%fe&kind=nothing&from=never&until=%3Cscript%3E&behind=x-": {"niets gevonden", "<script>"},
	} {
		body := w.get(officer, "/log"+query).Body.String()
		if has(t, query, body, want[0]); strings.Contains(body, want[1]) {
			t.Errorf("%s shows %q", query, want[1])
		}
	}
	if n := len(w.access(accesslog.Question{Kind: accesslog.Search, Person: person("", officer)})); n != 8 {
		t.Errorf("%d searches are in the log, want 8", n)
	}
}

// TestTheLogIsReadInWindows goes from page to page and finds each line once.
func TestTheLogIsReadInWindows(t *testing.T) {
	w := officed(t)
	for n := range 450 {
		line := look(partner("a", professional), partner("a", vrager), fmt.Sprint("page-", n, "-"), w.Now().Add(time.Duration(n/20)*time.Second))
		line.Device = "odd"
		if err := w.Access.Add(t.Context(), []accesslog.Line{line}); err != nil {
			t.Fatal(err)
		}
	}
	older := regexp.MustCompile(`href="(/log\?[^"]*behind=[^"]*)"`)
	var all strings.Builder
	pages := 1
	for path := "/log?device=odd"; ; pages++ {
		body := w.get(officer, path).Body.String()
		all.WriteString(body)
		next := older.FindStringSubmatch(body)
		if next == nil {
			break
		}
		path = strings.ReplaceAll(next[1], "&amp;", "&")
	}
	for n := range 450 {
		if got := strings.Count(all.String(), fmt.Sprint("page-", n, "-<")); got != 1 {
			t.Fatalf("line %d is there %d times", n, got)
		}
	}
	if pages != 5 {
		t.Errorf("%d pages", pages)
	}
}

// TestTheLogAsCSV: the names of the standard, every line, and nothing that a
// program which calculates would take for a formula.
func TestTheLogAsCSV(t *testing.T) {
	w := officed(t)
	for n := range 1100 { // more than one reading
		line := look(partner("a", professional), partner("a", vrager), fmt.Sprint("page-", n), w.Now())
		line.Device, line.Object = "odd", "=1+1"
		if n%2 == 1 {
			line.Object, line.Device, line.What = "", "odd", []string{"=cmd", "+1", "-1", "@x"}[n%4]
		}
		if err := w.Access.Add(t.Context(), []accesslog.Line{line}); err != nil {
			t.Fatal(err)
		}
	}
	got := w.get(officer, "/log.csv?device=odd")
	rows, err := csv.NewReader(got.Body).ReadAll()
	if err != nil || len(rows) != 1101 || got.Header().Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Fatalf("%d rows, %v, %v", len(rows), err, got.Header())
	}
	if diff := cmp.Diff(accesslog.Fields, rows[0]); diff != "" {
		t.Error(diff)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@") {
				t.Fatalf("a cell is %q", cell)
			}
		}
	}
	left := w.access(accesslog.Question{Kind: accesslog.Export})
	if len(left) != 1 || left[0].Person != person("", officer) || left[0].What != "log" {
		t.Errorf("that the log was taken along: %+v", left)
	}
}

// TestManyAlliancesWithinAnHour: who opens more than thirty is seen, once, by
// the clock; what somebody saw in a list does not count.
func TestManyAlliancesWithinAnHour(t *testing.T) {
	w := officed(t)
	open := func(n int) {
		line := look(partner("a", professional), "", "home", w.Now())
		line.Person = person("a", professional)
		line.Chain = samenspel.AllianceID(fmt.Sprint("alliance-", n))
		line.Alliance = line.Chain
		if err := w.Access.Add(t.Context(), []accesslog.Line{line}); err != nil {
			t.Fatal(err)
		}
	}
	alerts := func() int { return len(w.access(accesslog.Question{Kind: accesslog.Alert})) }
	for n := range 60 { // thirty an hour, and then thirty more
		open(n)
		w.pass(2*time.Minute + time.Second)
	}
	if alerts() != 0 {
		t.Fatalf("%d alerts for thirty an hour", alerts())
	}
	w.pass(2 * time.Hour)
	for n := range 30 {
		open(n)
		open(n)
	}
	if alerts() != 0 {
		t.Fatalf("%d alerts at thirty", alerts())
	}
	for n := range 10 {
		open(30 + n)
	}
	if alerts() != 1 {
		t.Fatalf("%d alerts above thirty", alerts())
	}
	w.renewOne(officer)
	w.renewOne(administrator)
	has(t, "the log", w.get(officer, "/log").Body.String(), "heel veel plekken", `/log?person=`+string(person("a", professional)))
	admin := w.get(administrator, "/admin").Body.String()
	if has(t, "the administrator", admin, "heel veel plekken"); strings.Contains(admin, "alliance-") || strings.Contains(admin, "/log?") {
		t.Error("the administrator reads who or where")
	}
	w.unbroken()
}

// TestRefusalsDoNotFillTheLog: each of the first is written with the id that was
// asked for, and too many are not.
func TestRefusalsDoNotFillTheLog(t *testing.T) {
	w := officed(t)
	w.get(stranger, table)
	first := w.access(accesslog.Question{Outcome: accesslog.Refused})
	if len(first) != 1 || first[0].Alliance != alliance("a") || first[0].Person != person("", stranger) || first[0].Chain != accesslog.House {
		t.Fatalf("a refusal is %+v", first)
	}
	for n := range 100 {
		w.get(stranger, fmt.Sprint("/a/", n))
		w.post(nobody, "/door", form("try", "secret", strings.Repeat("0", 26), "code", "222222"))
	}
	refused := w.access(accesslog.Question{Outcome: accesslog.Refused})
	if n := len(refused); n != 60 {
		t.Errorf("%d lines of 201 refusals, want 30 of each", n)
	}
	w.pass(time.Hour)
	w.renewOne(stranger)
	w.get(stranger, table)
	if n := len(w.access(accesslog.Question{Outcome: accesslog.Refused})); n != 61 {
		t.Errorf("%d lines in the next hour", n)
	}
}

// TestWhatWasNoKeyIsInTheLog: every way in that did not open leaves a line, and
// no line holds what was tried.
func TestWhatWasNoKeyIsInTheLog(t *testing.T) {
	w := newKeyedWorld(t)
	w.own(professional, signName, signWord)
	w.guess("192.0.2.9:1", signName, "not the word at all")
	w.signs(nobody, signName, signWord, "000000")
	w.shows(nobody, w.asks(nobody, nil), "{}", nil)
	w.post(nobody, "/door", form("try", "secret", strings.Repeat("0", 26), "code", "222222"))
	var tried []string
	for _, l := range w.access(accesslog.Question{Outcome: accesslog.Refused}) {
		if l.Kind == accesslog.SignIn {
			tried = append(tried, l.What)
		}
		if text := fmt.Sprint(l); strings.Contains(text, "not the word") || strings.Contains(text, "000000") || strings.Contains(text, "222222") {
			t.Errorf("a line holds what was tried: %s", text)
		}
	}
	slices.Sort(tried)
	if want := []string{"code", string(account.ByLink), "passkey", "password"}; !slices.Equal(tried, want) {
		t.Errorf("the lines tell of %q, want %q", tried, want)
	}
}

// TestWhatCannotBeNotedIsNotDone: without a line nobody comes in, nothing
// leaves, no link is made, and the officer reads nothing.
func TestWhatCannotBeNotedIsNotDone(t *testing.T) {
	w := officed(t)
	before := w.seqs()
	w.looks.before = journal.ErrStopped
	for _, try := range []struct {
		viewer, method, path string
	}{
		{professional, http.MethodGet, table}, {professional, http.MethodGet, ownPicture},
		{vrager, http.MethodPost, table + "/story"}, {vrager, http.MethodGet, table + "/story/print?for=me"},
		{officer, http.MethodGet, "/log"}, {officer, http.MethodGet, "/log.csv"}, {administrator, http.MethodGet, "/admin"},
		{administrator, http.MethodPost, "/admin/link"}, {administrator, http.MethodPost, "/admin/officer"},
		{administrator, http.MethodPost, "/admin/activities"}, {nobody, http.MethodGet, "/demo/visitor"},
		{professional, http.MethodPost, table + "/people/" + string(partner("a", bonus)) + "/close"},
	} {
		got := w.ask(w.request(try.viewer, try.method, try.path, anyForm()))
		if got.Code != http.StatusServiceUnavailable || strings.Contains(got.Body.String(), kept) || len(got.Result().Cookies()) > 0 {
			t.Errorf("%s %s as %s: %d %v", try.method, try.path, try.viewer, got.Code, got.Result().Cookies())
		}
	}
	if after := w.seqs(); after != before {
		t.Errorf("the logs are %v long, were %v", after, before)
	}
}

// TestNobodyChangesALine tries every route that takes a form, as everybody who
// has rights in the whole program: the lines that were there stay as they were.
func TestNobodyChangesALine(t *testing.T) {
	w := officed(t)
	w.get(professional, ownPicture)
	was := w.access(accesslog.Question{})
	for _, route := range w.Routes() {
		for _, viewer := range []string{administrator, officer, professional} {
			for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
				if method == http.MethodPost && route.Method != http.MethodPost || route.Path == "/out" {
					continue
				}
				w.ask(w.request(viewer, method, at(route.Path, shown("a")), anyForm()))
			}
		}
	}
	now := map[int64]accesslog.Line{}
	for l, err := range w.looks.AccessLines(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		now[l.N] = l
	}
	for _, l := range was {
		if diff := cmp.Diff(l, now[l.N]); diff != "" {
			t.Errorf("a line was changed: %s", diff)
		}
	}
	w.unbroken()
}

// TestRightsAreInTheLog: who gives and takes rights, and from which session.
func TestRightsAreInTheLog(t *testing.T) {
	w := officed(t)
	w.post(vrager, onStatement("own", "share"), form("unshare", "seen_by", string(partner("a", professional))))
	w.post(professional, table+"/invite", form("guest", "name", typed, "role", "bonus"))
	w.post(administrator, "/admin/officer", form("officer"))
	session := func(viewer string) string { return account.SessionID(w.tokens[viewer]) }
	for _, want := range []struct {
		kind    accesslog.Kind
		what    string
		session string
		role    string
	}{
		{accesslog.Rights, "unshared", session(vrager), "vrager"}, {accesslog.Invite, "bonus", session(professional), "professional"},
		{accesslog.Link, "officer", session(administrator), "administrator"}, {accesslog.Rights, "joined", "", "vrager"},
	} {
		if !slices.ContainsFunc(w.access(accesslog.Question{Kind: want.kind}), func(l accesslog.Line) bool {
			return l.What == want.what && l.Session == want.session && l.Purpose == want.role && (want.session == "" || strings.HasSuffix(l.Point, "192.0.0.0/16"))
		}) {
			t.Errorf("no line of %+v", want)
		}
	}
	// What somebody took along in my name, I hear.
	w.post(vrager, table+"/story", form("story", "for", "me"))
	has(t, "who looked", w.lookedAs(vrager, ""), "Jij nam jouw verhaal mee. om 10.00 uur")
}
