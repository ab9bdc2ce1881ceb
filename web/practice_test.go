package web_test

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samenspel/lens"
	"samenspel/lens/agree"
	"samenspel/lens/gold"
	"samenspel/web/text"
)

// practiceTalks are the conversations of the list, as this test knows them.
var practiceTalks = []string{"nl-004", "nl-012", "nl-013", "nl-017", "nl-042", "en-001", "en-009", "en-012"}

func init() {
	known := answers{401, 401, 200, 200, 200, 200, 200, 200, 200, 200}
	leads := answers{401, 401, 303, 303, 303, 303, 303, 303, 303, 303}
	noFile := answers{401, 401, 422, 422, 422, 422, 422, 422, 422, 422}
	for line, want := range map[string]answers{
		"GET /practice": known, "GET /practice/{talk}": known, "POST /practice/{talk}": leads,
		"POST /practice/{talk}/away": leads, "GET /practice/{talk}/file": known, "POST /practice/{talk}/file": noFile,
		"GET /practice/{talk}/beside": known, "POST /practice/{talk}/beside": noFile,
	} {
		matrix[line] = want
	}
	var fields, codes []string
	for _, f := range lens.Fields() {
		fields = append(fields, f.String())
		for _, c := range f.Codes() {
			codes = append(codes, f.String()+"."+string(c))
		}
	}
	readers := []string{"gold", "second", "lens", "file"}
	for key, values := range map[string][]string{
		"practice.field.%s": fields, "practice.field.%s.about": fields, "practice.code.%s": codes, "practice.code.%s.about": codes,
		"practice.talk.%s": practiceTalks, "practice.reader.%s": readers, "practice.other.%s": readers, "practice.by.%s": readers,
	} {
		made[key] = values
	}
}

// practising is somebody with a browser that keeps its cookies.
type practising struct {
	*world
	viewer string
	device map[string]*http.Cookie
}

func (w *world) practises(viewer string) *practising {
	return &practising{w, viewer, map[string]*http.Cookie{}}
}

// goes sends a request with the cookies for its address, and keeps what comes.
func (p *practising) goes(r *http.Request) *httptest.ResponseRecorder {
	p.Helper()
	for _, c := range p.device {
		if strings.HasPrefix(r.URL.Path+"/", c.Path+"/") {
			r.AddCookie(c)
		}
	}
	got := p.ask(r)
	for _, c := range got.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(p.device, c.Path)
			continue
		}
		p.device[c.Path] = c
	}
	return got
}

func (p *practising) looks(path string) string {
	p.Helper()
	got := p.goes(p.request(p.viewer, http.MethodGet, path, nil))
	if got.Code != http.StatusOK {
		p.Fatalf("%s: %d", path, got.Code)
	}
	return got.Body.String()
}

func (p *practising) sends(path string, fields ...string) *httptest.ResponseRecorder {
	p.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return p.goes(p.request(p.viewer, http.MethodPost, path, form))
}

// brings uploads a file.
func (p *practising) brings(path string, file []byte) *httptest.ResponseRecorder {
	p.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "reading.jsonl")
	if err == nil {
		_, err = part.Write(file)
	}
	if err != nil || form.Close() != nil {
		p.Fatal(err)
	}
	r := p.request(p.viewer, http.MethodPost, path, nil)
	r.Body = io.NopCloser(&body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return p.goes(r)
}

// takes reads the own reading from its file.
func (p *practising) takes(talk string) []lens.Utterance {
	p.Helper()
	return linesOf(p.TB, p.looks("/practice/"+talk+"/file"))
}

func linesOf(t testing.TB, file string) []lens.Utterance {
	t.Helper()
	var all []lens.Utterance
	for u, err := range lens.ReadLines(strings.NewReader(file)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, u)
	}
	return all
}

func fileOf(t testing.TB, all []lens.Utterance) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := lens.WriteLines(&out, slices.Values(all)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// goldOf is a conversation as the project coded it.
func goldOf(t testing.TB, id string) []lens.Utterance {
	t.Helper()
	all, err := gold.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.ID == id {
			return c.Utterances
		}
	}
	t.Fatalf("%s is not in the open part", id)
	return nil
}

func plain(all []lens.Utterance) []lens.Utterance {
	all = slices.Clone(all)
	for i := range all {
		all[i].Codes = lens.Codes{}
	}
	return all
}

// TestEveryPracticeTalkIsThere: each stands in the list, with a title, and can
// be read from its first utterance to its last.
func TestEveryPracticeTalkIsThere(t *testing.T) {
	w := newWorld(t)
	w.stage()
	p := w.practises(professional)
	list := p.looks("/practice")
	if n := strings.Count(list, `href="/practice/`); n != len(practiceTalks) {
		t.Errorf("%d conversations in the list, want %d", n, len(practiceTalks))
	}
	if !strings.Contains(list, "verzonnen") {
		t.Error("the list does not say that they are invented")
	}
	for _, id := range practiceTalks {
		if !strings.Contains(list, `href="/practice/`+id+`"`) {
			t.Errorf("%s is not in the list", id)
		}
		all, seen := goldOf(t, id), 0
		for at := 1; seen < len(all); at++ {
			body := p.looks(fmt.Sprintf("/practice/%s?at=%d", id, at))
			here := strings.Count(body, `<fieldset class="word">`)
			for _, u := range all[seen : seen+here] {
				if !strings.Contains(body, ">"+htmlText(u.Text)+"</q>") {
					t.Errorf("%s: sentence %d is not on page %d", id, u.N, at)
				}
			}
			if here == 0 || here > 8 {
				t.Fatalf("%s: %d sentences on page %d", id, here, at)
			}
			if strings.Contains(body, " selected") || strings.Contains(body, " checked") {
				t.Errorf("%s, page %d: something is chosen beforehand", id, at)
			}
			seen += here
		}
	}
	if got := w.get(professional, "/practice/nl-005"); got.Code != http.StatusNotFound {
		t.Errorf("a conversation of the locked part: %d", got.Code)
	}
	if got := w.get(professional, "/practice/nl-001"); got.Code != http.StatusNotFound {
		t.Errorf("one that is not to practise on: %d", got.Code)
	}
}

// htmlText is how a text stands between tags.
func htmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "+", "&#43;").Replace(s)
}

// TestEachUtteranceIsAskedWhatItsRoleIs holds the form against the codebook.
func TestEachUtteranceIsAskedWhatItsRoleIs(t *testing.T) {
	w := newWorld(t)
	w.stage()
	p := w.practises(vrager)
	for _, id := range practiceTalks {
		all := goldOf(t, id)
		asked := map[string]bool{}
		for at := range len(all) {
			for _, m := range regexp.MustCompile(`<select id="f-[^"]*" name="([^"]*)"`).FindAllStringSubmatch(p.looks(fmt.Sprintf("/practice/%s?at=%d", id, at+1)), -1) {
				asked[m[1]] = true
			}
		}
		for i, u := range all {
			for _, f := range lens.Fields() {
				is := asked[fmt.Sprintf("%d.%s", i+1, f)]
				if f == lens.Response {
					if u.Codes[f] != "" && !is {
						t.Errorf("%s, sentence %d: an answer to a feeling cannot be chosen", id, u.N)
					}
					if is && i+1 < len(all) && all[i+1].Turn == u.Turn {
						t.Errorf("%s, sentence %d: an answer in the middle of a turn", id, u.N)
					}
					continue
				}
				if is != u.Role.Asks(f) {
					t.Errorf("%s, sentence %d of a %s: %s is asked: %v", id, u.N, u.Role, f, is)
				}
			}
		}
	}
}

// TestAReadingIsKeptAndTakenAlong chooses the codes of the project one page
// after the other, takes them along, wipes them and brings them back.
func TestAReadingIsKeptAndTakenAlong(t *testing.T) {
	w := newWorld(t)
	w.stage()
	before := w.seqs()
	for _, id := range practiceTalks {
		p, all := w.practises(professional), goldOf(t, id)
		for from := 0; from < len(all); from += 5 {
			var fields []string
			for _, u := range all[from:min(from+5, len(all))] {
				for _, f := range lens.Fields() {
					fields = append(fields, fmt.Sprintf("%d.%s", u.N, f), string(u.Codes[f]))
				}
			}
			if got := p.sends("/practice/"+id, append(fields, "to", "2")...); got.Code != 303 || got.Header().Get("Location") != "/practice/"+id+"?at=2" {
				t.Fatalf("%s: %d to %s", id, got.Code, got.Header().Get("Location"))
			}
		}
		if got := fileOf(t, p.takes(id)); !bytes.Equal(got, fileOf(t, all)) {
			t.Errorf("%s: what was chosen is not what comes along:\n%s", id, got)
		}
		if size := len(p.device["/practice/"+id].Value); size > 400 {
			t.Errorf("%s: the device keeps %d bytes", id, size)
		}
		file := fileOf(t, all)
		if got := p.sends("/practice/"+id+"/away", "back", "/practice"); got.Header().Get("Location") != "/practice?did=reading_gone" || len(p.device) != 0 {
			t.Errorf("%s: wiped, and the device keeps %v", id, p.device)
		}
		if got := fileOf(t, p.takes(id)); !bytes.Equal(got, fileOf(t, plain(all))) {
			t.Errorf("%s: after wiping there is %s", id, got)
		}
		if got := p.brings("/practice/"+id+"/file", file); got.Code != 303 {
			t.Fatalf("%s: brought back: %d", id, got.Code)
		}
		if got := fileOf(t, p.takes(id)); !bytes.Equal(got, file) {
			t.Errorf("%s: what came back is not what went", id)
		}
	}
	if after := w.seqs(); after != before {
		t.Errorf("the logs are %v long, were %v", after, before)
	}
}

// TestAReadingIsOfOnePerson: another on the same device does not get it.
func TestAReadingIsOfOnePerson(t *testing.T) {
	w := newWorld(t)
	w.stage()
	p := w.practises(professional)
	p.sends("/practice/nl-013", "1.layer", "need")
	if got := p.takes("nl-013")[0].Codes[lens.Layer]; got != lens.AtNeed {
		t.Fatalf("kept %q", got)
	}
	other := &practising{w, vrager, p.device}
	if got := other.takes("nl-013")[0].Codes[lens.Layer]; got != "" {
		t.Errorf("another gets %q", got)
	}
}

// TestWhatNoReadingIs sends what the page would not.
func TestWhatNoReadingIs(t *testing.T) {
	w := newWorld(t)
	w.stage()
	p := w.practises(professional)
	if got := p.sends("/practice/nl-004", "1.layer", "soul"); got.Code != 422 {
		t.Errorf("an unknown code: %d", got.Code)
	}
	p.sends("/practice/nl-004", "1.valence", "pleasant", "2.will", "can+", "3.layer", "need", "999.layer", "need")
	for _, u := range p.takes("nl-004") {
		want := lens.Codes{}
		if u.N == 3 {
			want[lens.Layer] = lens.AtNeed
		}
		if u.Codes != want {
			t.Errorf("sentence %d has %v", u.N, u.Codes)
		}
	}
	all, other := goldOf(t, "nl-004"), goldOf(t, "nl-012")
	changed := slices.Clone(all)
	changed[1].Text = typed
	role := slices.Clone(all)
	role[2] = other[2]
	role[2].Text, role[2].N = all[2].Text, 3
	for name, c := range map[string]struct {
		file []byte
		said string
	}{
		"nothing":          {nil, "Kies eerst een bestand"},
		"empty lines":      {[]byte("\n\n\n"), "Kies eerst een bestand"},
		"no JSON":          {[]byte("WEBVTT\n"), "regel 1"},
		"not UTF-8":        {append(fileOf(t, all[:1]), 0xff, 0xfe), "regel 2"},
		"a fault":          {bytes.Replace(fileOf(t, all), []byte(`"layer":"none"`), []byte(`"layer":"soul"`), 1), "regel 1"},
		"another talk":     {fileOf(t, other), "Zin 1"},
		"other words":      {fileOf(t, changed), "Zin 2"},
		"another role":     {fileOf(t, role), "Zin 3"},
		"a sentence twice": {append(fileOf(t, all), fileOf(t, all[3:4])...), fmt.Sprintf("Zin %d", len(all)+1)},
		"a number too far": {bytes.Replace(fileOf(t, all), []byte(`"n":1,`), []byte(`"n":1000000000,`), 1), "Zin 1"},
		"far too much":     {bytes.Repeat([]byte("\n"), 1<<20), "te groot"},
	} {
		for _, path := range []string{"/practice/nl-004/file", "/practice/nl-004/beside"} {
			got := p.brings(path, c.file)
			if body := got.Body.String(); got.Code != 422 || !strings.Contains(body, c.said) || strings.Contains(body, typed) {
				t.Errorf("%s to %s: %d, want 422 with %q", name, path, got.Code, c.said)
			}
		}
	}
	if got := p.takes("nl-004")[2].Codes[lens.Layer]; got != lens.AtNeed {
		t.Errorf("what was chosen before is now %q", got)
	}
}

// shallow is a reader who finds the same everywhere.
type shallow struct{ heard []lens.Codes }

func (s *shallow) Version() string { return "1" }

func (s *shallow) LookHere() [lens.NumFields]bool { return [lens.NumFields]bool{lens.Emotion: true} }

func (s *shallow) Code(all iter.Seq2[lens.Utterance, error]) iter.Seq2[lens.Coded, error] {
	return func(yield func(lens.Coded, error) bool) {
		for u, err := range all {
			s.heard = append(s.heard, u.Codes)
			u.Codes = lens.Codes{lens.Layer: lens.AtBehaviour, lens.Emotion: lens.None}
			if !yield(lens.Coded{Utterance: u, By: lens.ByLens}, err) {
				return
			}
		}
	}
}

var cellsIn = regexp.MustCompile(`<th scope="row">([^<]*)</th><td>(\d+) van (\d+) zin(?:nen)?</td><td>([^<]*)</td><td>([^<]*)</td>`)

// TestTwoReaders lays a reading beside each other reader, and holds the page
// against package agree.
func TestTwoReaders(t *testing.T) {
	w := newWorld(t)
	w.stage()
	p := w.practises(professional)
	beside := "/practice/nl-004/beside"
	if body := p.looks(beside); strings.Contains(body, "with=lens") || !strings.Contains(body, "with=second") {
		t.Error("offered are not the readers that there are")
	}
	if body := p.looks(beside + "?with=lens"); strings.Contains(body, "<table") {
		t.Error("beside a lens that is not there")
	}
	mine := goldOf(t, "nl-004")
	for i := range mine {
		switch {
		case i%3 == 0:
			mine[i].Codes[lens.Layer] = lens.AtMeaning
		case i%7 == 0:
			mine[i].Codes[lens.Layer] = ""
		}
	}
	lensReads := &shallow{}
	w.Coder = lensReads
	p.brings("/practice/nl-004/file", fileOf(t, mine))
	flat := plain(mine)
	for i := range flat {
		flat[i].Codes = lens.Codes{lens.Layer: lens.AtBehaviour, lens.Emotion: lens.None}
	}
	for name, c := range map[string]struct {
		body  string
		other []lens.Utterance
	}{
		"gold":   {p.looks(beside + "?with=gold"), goldOf(t, "nl-004")},
		"second": {p.looks(beside + "?with=second"), secondOf(t, "nl-004")},
		"lens":   {p.looks(beside + "?with=lens"), flat},
		"file":   {p.brings(beside, fileOf(t, flat)).Body.String(), flat},
	} {
		rows := map[string][]string{}
		for _, m := range cellsIn.FindAllStringSubmatch(c.body, -1) {
			rows[m[1]] = m[2:]
		}
		differ := 0
		for _, f := range lens.Fields() {
			a, b := codesOf(mine, f), codesOf(c.other, f)
			table := agree.Tabulate(a, b)
			differ += table.N() - table.Same()
			row, there := rows[text.In("nl").Say("practice.field."+f.String())]
			if there != (table.N() > 0) {
				t.Errorf("%s, %s: a row %v, for %d utterances", name, f, there, table.N())
			}
			if !there {
				continue
			}
			want := []string{fmt.Sprint(table.Same()), fmt.Sprint(table.N()), "–", "–"}
			if len(table.Codes) > 1 {
				want[2], want[3] = comma(table.Kappa()), comma(agree.Alpha(a, b))
			}
			if !slices.Equal(row, want) {
				t.Errorf("%s, %s: %v, want %v", name, f, row, want)
			}
		}
		if n := strings.Count(c.body, `<dl class="both">`); n != differ || differ == 0 {
			t.Errorf("%s: %d utterances beside each other, want %d", name, n, differ)
		}
	}
	const unsure = "Hier is de lens niet zeker genoeg: Gevoel."
	if !strings.Contains(p.looks(beside+"?with=lens"), unsure) || strings.Contains(p.looks(beside+"?with=gold"), unsure) {
		t.Error("it is not said of the lens, or of another, that it is not sure")
	}
	if len(lensReads.heard) != 2*len(mine) || slices.ContainsFunc(lensReads.heard, func(c lens.Codes) bool { return c != lens.Codes{} }) {
		t.Error("the lens was shown codes of another")
	}
	if got := p.takes("nl-004"); !bytes.Equal(fileOf(t, got), fileOf(t, mine)) {
		t.Error("the file of another changed one's own reading")
	}
}

func secondOf(t *testing.T, id string) []lens.Utterance {
	all, err := gold.Second()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(c gold.Conversation) bool { return c.ID == id })
	return all[at].Utterances
}

func codesOf(all []lens.Utterance, f lens.Field) []lens.Code {
	var codes []lens.Code
	for _, u := range all {
		codes = append(codes, u.Codes[f])
	}
	return codes
}

func comma(x float64) string {
	return strings.NewReplacer(".", ",", "-", "−").Replace(fmt.Sprintf("%.2f", x))
}
