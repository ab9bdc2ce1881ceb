package paper_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"samenspel/lens"
	"samenspel/lens/paper"
)

var update = flag.Bool("update", false, "write the golden files anew")

// told reads one of the conversations in testdata. The people in them are
// invented.
func told(t testing.TB, name string, timed bool) []lens.Utterance {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var list []lens.Utterance
	at := time.Duration(0)
	for u, err := range lens.ReadLines(bytes.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		if timed {
			u.Start = at
			at += 20*time.Second + time.Duration(len(u.Text))*time.Second/2
			u.End = at - 2*time.Second
		}
		list = append(list, u)
	}
	return list
}

// report makes a report of a conversation.
func report(t testing.TB, list []lens.Utterance, language string, o lens.Options) *paper.Report {
	t.Helper()
	r := &paper.Report{Language: language, Version: "test"}
	for c, err := range lens.Given(slices.Values(list)) {
		if err != nil {
			t.Fatal(err)
		}
		if _, known := r.Cast.Role(c.Speaker); !known {
			r.Cast = append(r.Cast, lens.Place{Name: c.Speaker, Role: c.Role})
		}
		r.Conversation = append(r.Conversation, c)
	}
	var err error
	if r.Measures, err = lens.Measure(lens.Given(slices.Values(list)), o); err != nil {
		t.Fatal(err)
	}
	return r
}

// reports are the reports of the golden files.
func reports(t testing.TB) map[string]*paper.Report {
	checked := lens.Options{SpeakersChecked: true, Present: []string{"Mieke", "Joris"}}
	look := lens.Options{}
	for _, f := range []lens.Field{lens.Response, lens.Friction, lens.Act} {
		look.LookHere[f] = true
	}
	long := report(t, many(t), "nl", lens.Options{})
	long.Conversation = nil
	skips := report(t, told(t, "en", false), "en", look)
	skips.Skips = []paper.Skip{{Key: "transcript.skip_cue", Count: 2, Line: 7}, {Key: "transcript.kept_overlap", Count: 3}}
	return map[string]*paper.Report{
		"timed":   report(t, told(t, "nl", true), "nl", checked),
		"untimed": report(t, told(t, "nl", false), "nl", lens.Options{}),
		"english": skips,
		"long":    long,
		"nothing": report(t, nil, "nl", checked),
	}
}

// many is a long conversation: the same one over and over.
func many(t testing.TB) []lens.Utterance {
	var list []lens.Utterance
	for range 30 {
		for _, u := range told(t, "nl", false) {
			u.N = len(list) + 1
			u.Turn += len(list)
			list = append(list, u)
		}
	}
	return list
}

var forms = map[string]func(*paper.Report, io.Writer) error{
	"txt": (*paper.Report).Text, "html": (*paper.Report).HTML, "svg": (*paper.Report).SVG,
}

func written(t testing.TB, r *paper.Report, form string) string {
	t.Helper()
	var b bytes.Buffer
	if err := forms[form](r, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	for name, r := range reports(t) {
		for form := range forms {
			if form != "txt" && (name == "long" || name == "nothing") {
				continue
			}
			t.Run(name+"."+form, func(t *testing.T) { golden(t, name+"."+form, written(t, r, form)) })
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run with -update to write it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the report has changed (-golden +written):\n%s", diff)
	}
}

// Every text that is asked for is there.
func TestNoTextIsMissing(t *testing.T) {
	for name, r := range reports(t) {
		for _, language := range paper.Languages {
			r.Language = language
			for form := range forms {
				said := written(t, r, form)
				for _, sign := range []string{"[", "{{", "NaN", "ZgotmplZ"} {
					if at := strings.Index(said, sign); at >= 0 && !strings.HasPrefix(said[at:], "[data-") && !strings.HasPrefix(said[at:], "[open]") {
						t.Errorf("%s in %s as %s: %.60q", name, language, form, said[at:])
					}
				}
			}
		}
	}
}

func TestTextFits(t *testing.T) {
	list := told(t, "nl", true)
	list[4].Text = strings.Repeat("onafzienbaar", 40) + " \x1b[31m\u202e " + strings.Repeat("lang ", 80)
	list[4].Speaker = strings.Repeat("naam", 60)
	for name, r := range map[string]*paper.Report{"timed": reports(t)["timed"], "long words": report(t, list, "nl", lens.Options{SpeakersChecked: true})} {
		said := written(t, r, "txt")
		for line := range strings.Lines(said) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 {
				t.Errorf("%s: a line of %d columns: %s", name, n, line)
			}
		}
		if strings.ContainsAny(said, "\x1b\u202e") {
			t.Errorf("%s: what somebody said steers the terminal", name)
		}
	}
}

// What people said stays words, wherever it stands.
func TestWordsAreEscaped(t *testing.T) {
	const bad = `</style></title><script>alert("x")</script><img src=x onerror=alert(1)> & "Jan"`
	list := told(t, "nl", true)
	for i := range list {
		list[i].Text = bad
		if list[i].Speaker == "Yara" {
			list[i].Speaker = bad
		}
	}
	r := report(t, list, "nl", lens.Options{SpeakersChecked: true, Present: []string{bad + "2"}})
	r.Version = bad
	page := html.NewTokenizer(strings.NewReader(written(t, r, "html")))
	for {
		kind := page.Next()
		if kind == html.ErrorToken {
			break
		}
		if token := page.Token(); kind == html.StartTagToken && (token.Data == "script" || token.Data == "img") {
			t.Fatalf("<%s> in the page", token.Data)
		}
	}
	if !strings.Contains(written(t, r, "html"), "&lt;script&gt;alert(") {
		t.Error("the words are not in the page")
	}
	checkXML(t, written(t, r, "svg"))
}

func checkXML(t *testing.T, svg string) {
	t.Helper()
	for read := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := read.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "script" {
			t.Fatal("a script in the drawing")
		}
	}
}

// The page asks for nothing outside itself, and each link leads to a sentence.
func TestThePageStandsAlone(t *testing.T) {
	ids, links := map[string]int{}, []string{}
	page := html.NewTokenizer(strings.NewReader(written(t, reports(t)["timed"], "html")))
	for page.Next() != html.ErrorToken {
		for _, a := range page.Token().Attr {
			switch a.Key {
			case "id":
				ids[a.Val]++
			case "href":
				links = append(links, strings.TrimPrefix(a.Val, "#"))
			case "src", "srcset", "action", "style", "onclick":
				t.Errorf("attribute %s=%q", a.Key, a.Val)
			}
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %s stands there %d times", id, n)
		}
	}
	if len(links) < 40 {
		t.Errorf("%d links to sentences", len(links))
	}
	for _, l := range links {
		if ids[l] == 0 {
			t.Errorf("a link to %q leads nowhere", l)
		}
	}
}

// A field in which the lens is not sure has sentences and no number.
func TestLookHereIsNoCount(t *testing.T) {
	o := lens.Options{}
	o.LookHere[lens.Friction] = true
	sure, look := written(t, report(t, told(t, "nl", false), "nl", lens.Options{}), "txt"), written(t, report(t, told(t, "nl", false), "nl", o), "txt")
	for line := range strings.Lines(sure) {
		if strings.Contains(line, "Het schuurde") && (!strings.Contains(line, "   1   zin 48") || strings.Contains(look, line)) {
			t.Errorf("sure: %s", line)
		}
	}
	if !strings.Contains(look, "kijk hier   zin 48") {
		t.Errorf("not sure:\n%s", look)
	}
}

func TestJSON(t *testing.T) {
	list := told(t, "nl", true)
	r := report(t, list, "nl", lens.Options{})
	var b bytes.Buffer
	j := paper.NewJSON(&b, r)
	m, err := lens.Measure(j.Through(lens.Given(slices.Values(list))), lens.Options{SpeakersChecked: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.End(m); err != nil {
		t.Fatal(err)
	}
	golden(t, "timed.json", b.String())
	var got struct {
		Format     string
		Utterances []struct {
			N     int
			Codes map[string]struct{ Code string }
		}
		Measures struct {
			Utterances int
			Emotion    struct{ Answers []struct{ N int } }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Format != paper.Format || len(got.Utterances) != len(list) || got.Measures.Utterances != len(list) ||
		got.Utterances[4].Codes["emotion"].Code != "named" || got.Measures.Emotion.Answers[0].N != 3 {
		t.Errorf("read back: %+v", got)
	}
}

// errFull is that of a disk that is full.
var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWritingFails(t *testing.T) {
	r := reports(t)["timed"]
	for form, write := range forms {
		if err := write(r, full{}); !errors.Is(err, errFull) {
			t.Errorf("%s: error %v", form, err)
		}
	}
	j := paper.NewJSON(full{}, r)
	if err := j.End(r.Measures); !errors.Is(err, errFull) {
		t.Errorf("JSON: error %v", err)
	}
}

// The languages say the same: every key is in each, with the same places, and
// whatever is there is used.
func TestTextsSayTheSame(t *testing.T) {
	all := map[string]map[string]string{}
	for _, tag := range paper.Languages {
		b, err := os.ReadFile(tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]string{}
		if err := json.Unmarshal(b, &said); err != nil {
			t.Fatal(err)
		}
		all[tag] = said
	}
	var source strings.Builder
	for _, pattern := range []string{"*.go", "*.html", "../../figure/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(b)
		}
	}
	place := regexp.MustCompile(`\{\{\.\w+\}\}`)
	places := func(said string) []string { return slices.Sorted(slices.Values(place.FindAllString(said, -1))) }
	if len(all["nl"]) != len(all["en"]) {
		t.Errorf("%d texts in Dutch, %d in English", len(all["nl"]), len(all["en"]))
	}
	for key, said := range all["nl"] {
		if !slices.Equal(places(said), places(all["en"][key])) {
			t.Errorf("%s: %q in Dutch, %q in English", key, said, all["en"][key])
		}
		whole := strings.TrimSuffix(key, ".one")
		group := whole[:strings.LastIndexByte(whole, '.')+1]
		made := group != "" && strings.Contains(source.String(), `"`+group+`"`) || strings.HasSuffix(whole, ".about") && strings.HasPrefix(whole, "layer.") || group == "transcript."
		if !strings.Contains(source.String(), `"`+whole+`"`) && !made {
			if keys := regexp.MustCompile(`\.(title|desc)$`); !keys.MatchString(whole) {
				t.Errorf("%s is never said", key)
			}
		}
	}
}
