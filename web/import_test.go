package web_test

import (
	"archive/zip"
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/journal"
	"samenspel/report"
	"samenspel/workspace"
)

// takes gives the package that a viewer takes along.
func (w *world) takes(viewer, whom string) []byte {
	w.Helper()
	got := w.post(viewer, table+"/story", url.Values{"for": {whom}, "lang": {"nl"}})
	if got.Code != http.StatusOK || got.Header().Get("Content-Type") != "application/zip" ||
		got.Header().Get("Content-Disposition") != `attachment; filename="paginas.zip"` {
		w.Fatalf("taking along: %d, %v", got.Code, got.Header())
	}
	return got.Body.Bytes()
}

// uploads sends a file as a browser does.
func (w *world) uploads(viewer string, file []byte) *httptest.ResponseRecorder {
	w.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "paginas.zip")
	if err == nil {
		_, err = part.Write(file)
	}
	if err != nil || form.Close() != nil {
		w.Fatal(err)
	}
	r := w.request(viewer, http.MethodPost, "/import", nil)
	r.Body = io.NopCloser(&body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return w.ask(r)
}

// hidden is the value of a hidden field on a page.
func hiddenField(page, name string) string {
	found := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)
	if found == nil {
		return ""
	}
	return found[1]
}

// begins takes over what was looked at.
func (w *world) begins(viewer, page string) *httptest.ResponseRecorder {
	w.Helper()
	return w.post(viewer, "/import/begin", url.Values{
		"command": {hiddenField(page, "command")}, "back": {hiddenField(page, "back")}, "package": {hiddenField(page, "package")},
		"title": {typed + " title"}, "name": {typed + " name"},
	})
}

// cells is a picture by the names of its themes and the words in it.
func cells(seen *samenspel.Seen, about samenspel.PartnerID) map[string][]string {
	all := map[string][]string{}
	for _, s := range seen.Insight(about).Sectors {
		for i, c := range s.Cells {
			line := []string{string(rune('0' + c.State))}
			for _, id := range c.Statements {
				line = append(line, seen.Statement(id).Words.Text())
			}
			all[s.Name.Text()+"/"+string(samenspel.Layers[i])] = line
		}
	}
	return all
}

// TestAStoryGoesToAnotherInstallation takes a story along at one installation
// and brings it in at a second: two folders, two keys. What was shared is the
// same picture there, for the professional and for the person, who comes in by
// a link and has the say over all of it; the log of the second is sound.
func TestAStoryGoesToAnotherInstallation(t *testing.T) {
	here, there := newWorld(t), newWorld(t)
	here.stage()
	there.stage()
	there.Signer = signer(1)
	packed := here.takes(vrager, "give")

	page := there.uploads(professional, packed).Body.String()
	mark := string(report.Fingerprint(signer(0).Public()))
	if !strings.Contains(page, mark) || strings.Contains(page, kept+" own") || strings.Contains(page, kept+" vrager") {
		t.Fatalf("the look shows its mark %v, and no words yet", strings.Contains(page, mark))
	}
	if !here.sees(vrager, table+"/story", mark) {
		t.Error("who gives it cannot compare the mark")
	}
	got := there.begins(professional, page)
	id := samenspel.AllianceID(hiddenField(page, "command"))
	if got.Code != 303 || got.Header().Get("Location") != "/a/"+string(id)+"/people?did=brought" {
		t.Fatalf("taking over: %d to %s", got.Code, got.Header().Get("Location"))
	}
	if again := there.begins(professional, page); again.Code != 303 {
		t.Errorf("the same form twice: %d", again.Code)
	}
	host, err := there.Workspace.See(t.Context(), person("a", professional), id, workspace.Look{})
	if err != nil {
		t.Fatal(err)
	}
	guest := host.Story.About
	home, err := here.Workspace.See(t.Context(), person("a", vrager), alliance("a"), workspace.Look{})
	if err != nil {
		t.Fatal(err)
	}
	shared := *home // what the person showed to somebody there
	shared.Statements = nil
	for _, s := range home.Statements {
		if !s.Withheld() {
			shared.Statements = append(shared.Statements, s)
		}
	}
	want := cells(&shared, home.You)
	for name := range want {
		if strings.HasPrefix(name, kept+" hidden theme") {
			delete(want, name)
		}
	}
	if diff := cmp.Diff(want, cells(host, guest)); diff != "" || len(want) == 0 {
		t.Errorf("the picture there: -taken along +brought in\n%s", diff)
	}
	link := there.post(professional, "/a/"+string(id)+"/people/"+string(guest)+"/link", form("link"))
	there.arrives("guest", there.post(nobody, "/enter", showing(there.keyOn(link), "name", typed+" me")))
	picture := "/a/" + string(id) + "/picture/" + string(guest)
	body := there.get("guest", picture).Body.String()
	if !strings.Contains(body, kept+" own") || !strings.Contains(body, "meegenomen van een andere plek") {
		t.Error("the person does not find their words, or not where they come from")
	}
	own := host.Statements[len(host.Statements)-1]
	if got := there.post("guest", "/a/"+string(id)+"/statement/"+string(own.ID)+"/share", form("alone")); got.Code != 303 || there.sees(professional, picture, own.Words.Text()) {
		t.Errorf("unsharing what came along: %d", got.Code)
	}
	sum, err := there.log.Verify(t.Context(), func(f journal.Finding) { t.Errorf("the log: %v", f) })
	if err != nil || sum.Entries == 0 {
		t.Errorf("the log: %d entries, %v", sum.Entries, err)
	}
}

// TestWhatIsNotBroughtIn sends files that are no story: each says what is
// wrong, and nothing changes.
func TestWhatIsNotBroughtIn(t *testing.T) {
	w := newWorld(t)
	w.stage()
	packed := w.takes(vrager, "me")
	tampered := bytes.Clone(packed)
	tampered[bytes.Index(packed, []byte("index.html"))+60] ^= 1
	path := func() []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		if _, err := z.Create("../" + typed); err != nil || z.Close() != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}()
	before, _ := w.Workspace.AlliancesOf(t.Context(), person("a", professional))
	for name, c := range map[string]struct {
		file []byte
		says string
	}{
		"nothing":         {nil, "Kies eerst een bestand."},
		"no ZIP":          {[]byte(typed), "Dit is geen heel ZIP-bestand."},
		"a changed one":   {tampered, "Er is niets veranderd."},
		"a path":          {path, "een naam die hier niet hoort"},
		"one too large":   {make([]byte, report.MaxPacked+1), "Dit bestand is te groot."},
		"far too large":   {make([]byte, report.MaxPacked+1<<20), "Dit bestand is te groot."},
		"half of a story": {packed[:len(packed)/2], "Dit is geen heel ZIP-bestand."},
	} {
		got := w.uploads(professional, c.file)
		if got.Code != 422 || !strings.Contains(got.Body.String(), c.says) || !strings.Contains(got.Body.String(), `type="file"`) {
			t.Errorf("%s: %d, says it: %v", name, got.Code, strings.Contains(got.Body.String(), c.says))
		}
	}
	if after, _ := w.Workspace.AlliancesOf(t.Context(), person("a", professional)); len(after) != len(before) {
		t.Errorf("%d alliances, were %d", len(after), len(before))
	}
	for _, viewer := range []string{nobody, vrager, administrator} {
		if got := w.uploads(viewer, packed); got.Code != 401 && got.Code != 404 {
			t.Errorf("%s may bring in: %d", viewer, got.Code)
		}
	}
	r := w.request(professional, http.MethodPost, "/import", nil)
	r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	r.Body = io.NopCloser(strings.NewReader("--x\r\nbroken"))
	if got := w.ask(r); got.Code != 422 {
		t.Errorf("a broken form: %d", got.Code)
	}
}

// TestTheYesIsToWhatWasLookedAt: another file since, or half an hour, and the
// yes takes nothing over. What was typed is kept when a field was forgotten.
func TestTheYesIsToWhatWasLookedAt(t *testing.T) {
	w := newWorld(t)
	w.stage()
	first := w.uploads(professional, w.takes(vrager, "me")).Body.String()
	second := w.uploads(professional, w.takes(vrager, "give")).Body.String()
	if got := w.begins(professional, first); got.Code != 422 || !strings.Contains(got.Body.String(), "Kies het bestand opnieuw.") {
		t.Errorf("the first of two: %d", got.Code)
	}
	again := w.post(professional, "/import/begin", url.Values{"command": {hiddenField(second, "command")}, "package": {hiddenField(second, "package")}, "as": {typed + " as"}})
	if again.Code != 422 || !strings.Contains(again.Body.String(), typed+" as") {
		t.Errorf("without a title: %d", again.Code)
	}
	w.later.Add(int64(31 * time.Minute))
	w.signIn(professional, accountOf(professional))
	if got := w.begins(professional, second); got.Code != 422 {
		t.Errorf("after half an hour: %d", got.Code)
	}
}

// TestTheEnd: before it stands what stays and stops; after it everybody reads
// that it is over, by whom, and nothing new can be told until it is opened.
func TestTheEnd(t *testing.T) {
	w := newWorld(t)
	w.stage()
	if !w.sees(vrager, table+"/end", "Dit blijft") || !w.sees(vrager, table+"/more", table+"/end") || w.sees(bonus, table+"/more", table+"/end") {
		t.Error("the page before the end")
	}
	if got := w.post(vrager, table+"/end", form("end", "words", typed+" farewell")); got.Code != 303 {
		t.Fatal(got.Code)
	}
	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		page := w.get(viewer, table).Body.String()
		if !strings.Contains(page, "Deze plek is afgesloten op 24 november. Alles blijft leesbaar.") || !strings.Contains(page, typed+" farewell") || strings.Contains(page, table+"/tell") {
			t.Errorf("%s does not see the end", viewer)
		}
		if !w.sees(viewer, table+"/notes", "Deze plek is afgesloten") || w.sees(viewer, table+"/people", table+"/invite") {
			t.Errorf("%s: other pages do not know of the end", viewer)
		}
	}
	if page := w.get(vrager, atTable).Body.String(); strings.Contains(page, `action="`+atTable) || !strings.Contains(page, "Waar we waren") {
		t.Error("the table has its forms still, or not what lay on it")
	}
	told := w.post(vrager, table+"/tell", form("after", "words", typed+" after"))
	if told.Code != 403 || !strings.Contains(told.Body.String(), "Er kan niets nieuws bij.") || !strings.Contains(told.Body.String(), typed+" after") {
		t.Errorf("telling after the end: %d", told.Code)
	}
	for _, path := range []string{table + "/tell", table + "/invite", onStatement("own", "reword"), onStatement("own", "emotion")} {
		if got := w.get(vrager, path); got.Code != 403 || !strings.Contains(got.Body.String(), "Deze plek is afgesloten.") {
			t.Errorf("%s after the end: %d", path, got.Code)
		}
	}
	for _, path := range []string{onStatement("own", "share"), table + "/story", table + "/story/print?for=me"} {
		if got := w.get(vrager, path); got.Code != 200 {
			t.Errorf("%s after the end: %d", path, got.Code)
		}
	}
	if len(w.takes(vrager, "me")) == 0 || !w.sees(vrager, table+"/end", "weer openen") {
		t.Error("nothing can be taken along after the end, or it cannot be opened again")
	}
	if got := w.post(professional, table+"/reopen", form("reopen")); got.Code != 303 || w.sees(bonus, table, "Deze plek is afgesloten") {
		t.Errorf("opening again: %d", got.Code)
	}
}

// TestLeavingSaysWhatStays, and offers the story first.
func TestLeavingSaysWhatStays(t *testing.T) {
	w := newWorld(t)
	w.stage()
	page := w.get(bonus, table+"/people/"+string(partner("a", bonus))+"/out").Body.String()
	for _, words := range []string{"Wat je zei en schreef, blijft van jou.", "Neem eerst je verhaal mee", `href="` + table + `/story"`} {
		if !strings.Contains(page, words) {
			t.Errorf("%q is not on the page", words)
		}
	}
	if w.sees(vrager, table+"/people/"+string(partner("a", bonus))+"/out", "Neem eerst je verhaal mee") {
		t.Error("who sees another out is offered a story")
	}
}

// TestThePrintedStory: the one document has what its choice asks for.
func TestThePrintedStory(t *testing.T) {
	w := newWorld(t)
	w.stage()
	all, some := w.get(vrager, table+"/story/print?for=me").Body.String(), w.get(vrager, table+"/story/print").Body.String()
	for words, both := range map[string]bool{kept + " own": true, kept + " shown": true, kept + " hidden": false, kept + " note": false} {
		if !strings.Contains(all, words) || strings.Contains(some, words) != both {
			t.Errorf("%q stands in all: %v, in what is given: %v", words, strings.Contains(all, words), strings.Contains(some, words))
		}
	}
}
