package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
)

var update = flag.Bool("update", false, "write the golden files that are missing")

// golden is an event as a file shows it: in the form that is sealed.
type golden struct {
	Structure json.RawMessage `json:"structure"`
	Words     json.RawMessage `json:"words,omitempty"`
}

func goldenPath(kind string) string {
	return filepath.Join("testdata", "events", kind+".v1.json")
}

// sampleFact puts a sample in its place, as the log gives it.
func sampleFact(e samenspel.Event) samenspel.Fact {
	return samenspel.Fact{
		Seq: 7, At: time.Date(2026, 11, 24, 10, 0, 0, 42, time.UTC),
		Command: "0193593c-0000-7000-8000-000000000001", Person: "person-noor", By: "noor", Event: e,
	}
}

func TestEveryKindHasAFullSample(t *testing.T) {
	sampled := map[string]bool{}
	for _, e := range samples {
		if sampled[e.Kind()] {
			t.Errorf("%s has two samples", e.Kind())
		}
		sampled[e.Kind()] = true
		v := reflect.ValueOf(e).Elem()
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("the sample of %s says nothing in %s", e.Kind(), v.Type().Field(i).Name)
			}
		}
	}
	for _, kind := range samenspel.Kinds() {
		if !sampled[kind] {
			t.Errorf("%s has no sample", kind)
		}
	}
}

// TestGolden holds the written form of each kind to its file. A file never
// changes: a new form is a new version, with a way up from the old one.
func TestGolden(t *testing.T) {
	for _, e := range samples {
		t.Run(e.Kind(), func(t *testing.T) {
			path := goldenPath(e.Kind())
			if _, err := os.Stat(path); *update && errors.Is(err, fs.ErrNotExist) {
				writeGolden(t, path, e)
			}
			file, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v; run with -update to write it", err)
			}
			var g golden
			if err := strictly(file, &g); err != nil {
				t.Fatal(err)
			}
			want := plain{Kind: e.Kind(), Version: 1, Structure: compact(t, g.Structure)}
			if s, ok := e.(samenspel.Spoken); ok {
				want.Words, want.Holder = compact(t, g.Words), s.Holder()
			}
			f, err := forms.decode(want)
			if err != nil {
				t.Fatal(err)
			}
			got, err := forms.encode(f)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the form has changed: -golden +written\n%s", diff)
			}
			if !sameFact(t, sampleFact(e), f) {
				t.Errorf("the file does not hold the sample")
			}
			if bytes.Contains(got.Structure, []byte(samenspel.Words{}.String())) {
				t.Error("words stand in the structure")
			}
		})
	}
}

func writeGolden(t *testing.T, path string, e samenspel.Event) {
	t.Helper()
	p, err := forms.encode(sampleFact(e))
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(golden{p.Structure, p.Words}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func compact(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sameFact compares who did what, with the words.
func sameFact(t *testing.T, a, b samenspel.Fact) bool {
	t.Helper()
	pa, errA := forms.encode(a)
	pb, errB := forms.encode(b)
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	return cmp.Equal(pa, pb)
}

func TestGoldenFilesAreOfKnownKinds(t *testing.T) {
	files, err := os.ReadDir(filepath.Join("testdata", "events"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		kind, version, ok := strings.Cut(strings.TrimSuffix(f.Name(), ".json"), ".v")
		if !ok || version != "1" || samenspel.NewEvent(kind) == nil {
			t.Errorf("%s is of no kind that is known: what was written must stay readable", f.Name())
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good := plain{Kind: "note.written", Version: 1, Structure: []byte(`{"event":{"note":"n","by":"p"}}`), Words: []byte(`{"words":"w"}`)}
	if _, err := forms.decode(good); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		spoil   func(*plain)
		unknown bool
	}{
		"an unknown kind":             {func(p *plain) { p.Kind = "note.sung" }, true},
		"a later version":             {func(p *plain) { p.Version = 2 }, true},
		"no version":                  {func(p *plain) { p.Version = 0 }, true},
		"no structure":                {func(p *plain) { p.Structure = nil }, false},
		"an unknown field":            {func(p *plain) { p.Structure = []byte(`{"event":{"note":"n","tone":"c"}}`) }, false},
		"an unknown field around":     {func(p *plain) { p.Structure = []byte(`{"event":{},"tone":"c"}`) }, false},
		"no event":                    {func(p *plain) { p.Structure = []byte(`{"by":"p"}`) }, false},
		"something behind":            {func(p *plain) { p.Structure = append(p.Structure, '1') }, false},
		"an unknown place":            {func(p *plain) { p.Words = []byte(`{"song":"w"}`) }, false},
		"words that are not text":     {func(p *plain) { p.Words = []byte(`{"words":1}`) }, false},
		"words where none are spoken": {func(p *plain) { p.Kind, p.Structure = "note.restored", []byte(`{"event":{"note":"n"}}`) }, false},
		"a structure too large":       {func(p *plain) { p.Structure = bytes.Repeat([]byte(" "), maxStructure+1) }, false},
		"words too large":             {func(p *plain) { p.Words = bytes.Repeat([]byte(" "), maxWords+1) }, false},
	} {
		p := good
		test.spoil(&p)
		if _, err := forms.decode(p); err == nil || errors.Is(err, ErrUnknownKind) != test.unknown {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestErrorsDoNotQuoteWords(t *testing.T) {
	for _, words := range []string{`{"words":"canary`, `{"words":["canary"]}`, `{"canary":"w"}`, `canary`} {
		_, err := forms.decode(plain{Kind: "note.written", Version: 1, Structure: []byte(`{"event":{"note":"n","by":"p"}}`), Words: []byte(words)})
		if err == nil || strings.Contains(err.Error(), "can") {
			t.Errorf("words %s: %v", words, err)
		}
	}
}

// TestLongestWordsFit takes the longest words in characters that grow most
// when written.
func TestLongestWordsFit(t *testing.T) {
	for _, c := range []string{"<", "\u2028", "😀", "\t"} {
		e := &samenspel.NoteWritten{Note: "n", By: "p", Words: samenspel.Say(strings.Repeat(c, samenspel.MaxWords))}
		if _, err := forms.encode(sampleFact(e)); err != nil {
			t.Errorf("%q: %v", c, err)
		}
	}
}

func TestOldFormsAreRaised(t *testing.T) {
	later := codec{
		versions: map[string]int{"note.written": 3},
		raisers: map[form]raise{
			{"note.written", 1}: func(event json.RawMessage, words map[string]string) (json.RawMessage, map[string]string, error) {
				return bytes.Replace(event, []byte(`"id"`), []byte(`"note"`), 1), words, nil
			},
			{"note.written", 2}: func(event json.RawMessage, words map[string]string) (json.RawMessage, map[string]string, error) {
				return event, map[string]string{"words": words["text"]}, nil
			},
		},
	}
	want := sampleFact(&samenspel.NoteWritten{Note: "n", By: "p", Words: samenspel.Say("w")})
	want.Person, want.By = "", ""
	for version, structure := range map[int]string{
		1: `{"event":{"id":"n","by":"p"}}`,
		2: `{"event":{"note":"n","by":"p"}}`,
	} {
		got, err := later.decode(plain{Kind: "note.written", Version: version, Structure: []byte(structure), Words: []byte(`{"text":"w"}`)})
		if err != nil || !sameFact(t, want, got) {
			t.Errorf("version %d: %v", version, err)
		}
	}
	if p, err := later.encode(want); err != nil || p.Version != 3 {
		t.Errorf("written as version %d, %v; want 3", p.Version, err)
	}
	delete(later.raisers, form{"note.written", 2})
	if _, err := later.decode(plain{Kind: "note.written", Version: 1, Structure: []byte(`{"event":{"note":"n"}}`)}); !errors.Is(err, ErrUnknownKind) {
		t.Errorf("without a way up: %v", err)
	}
}

// FuzzDecode looks for input that makes the codec panic, or that it reads and
// then writes as something else.
func FuzzDecode(f *testing.F) {
	for _, e := range samples {
		p, err := forms.encode(sampleFact(e))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(p.Kind, p.Version, p.Structure, p.Words)
	}
	f.Fuzz(func(t *testing.T, kind string, version int, structure, words []byte) {
		read, err := forms.decode(plain{Kind: kind, Version: version, Structure: structure, Words: words})
		if err != nil {
			return
		}
		p, err := forms.encode(read)
		if err != nil {
			t.Skip("it grew beyond what is written")
		}
		again, err := forms.decode(p)
		if err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
		if !sameFact(t, read, again) {
			t.Error("what was written is read as something else")
		}
	})
}
