package qda_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel/lens"
	"samenspel/lens/qda"
)

const projectSpace = "urn:QDA-XML:project:1.0"

var made = time.Date(2026, 11, 26, 9, 30, 0, 0, time.FixedZone("", 3600))

// talk is an invented conversation, with signs of more than one place in UTF-8
// and UTF-16.
func talk() []lens.Coded {
	say := func(n, turn int, speaker string, role lens.Role, text string, codes lens.Codes) lens.Coded {
		return lens.Coded{By: lens.ByLens, Utterance: lens.Utterance{Dialogue: "nl-01", N: n, Turn: turn, Speaker: speaker,
			Role: role, Text: text, Start: time.Duration(n) * 1500 * time.Millisecond, Codes: codes}}
	}
	return []lens.Coded{
		say(1, 1, "Noor", lens.Professional, "Hoe gaat het met je?", lens.Codes{lens.AtBehaviour, lens.None, "", lens.OpenQuestion, lens.Explore}),
		say(2, 2, "Zoë 🌿", lens.Vrager, "Ach, 🙂 het café…", lens.Codes{lens.AtNeed, lens.Hinted, lens.Unpleasant, "", "", lens.None, lens.None}),
		say(3, 2, "Zoë 🌿", lens.Vrager, "=SOM(A1) & \"<b>\"\r\nregel twee", lens.Codes{lens.AtMeaning, lens.Named, lens.Mixed, "", "", lens.CanNot, lens.Rubs, lens.Met}),
		say(4, 3, "Noor", lens.Professional, "Dat raakt je.", lens.Codes{lens.AtNeed, lens.Named, lens.Unpleasant, lens.None, lens.Reflect}),
	}
}

func project(readings ...qda.Reading) *qda.Project {
	return &qda.Project{Name: "Proef & co", At: made, Conversations: []qda.Conversation{{Readings: readings}}}
}

func write(t testing.TB, p *qda.Project) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// unpack gives the files of a package.
func unpack(t testing.TB, packed []byte) map[string]string {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range in.File {
		if want := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC); !f.Modified.Equal(want) {
			t.Errorf("%s is of %v: other bytes each time", f.Name, f.Modified)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

// found is what a program finds that reads a package.
type found struct {
	Source, Reader, Words string
	Codes                 string
}

// readBack reads a package as another program would: by the schema, and by the
// rules that stand beside it.
func readBack(t testing.TB, packed []byte) []found {
	t.Helper()
	files := unpack(t, packed)
	root, err := parseXML(files["project.qde"], projectSpace)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range breaks(readSchema(t), root, "Project") {
		t.Error(wrong)
	}
	names, kinds := map[string]string{}, map[string]string{}
	root.all(func(n *node) {
		id, has := n.attrs["guid"]
		if _, double := kinds[id]; has && double {
			t.Errorf("two elements have the GUID %s", id)
		}
		if has {
			names[id], kinds[id] = n.attrs["name"], n.name
		}
	})
	root.all(func(n *node) {
		for attr, kind := range map[string]string{"targetGUID": "Code", "creatingUser": "User", "creatingUserGUID": "User"} {
			if id, has := n.attrs[attr]; has && kinds[id] != kind {
				t.Errorf("%s: %s is a %q, want a %s", n.name, attr, kinds[id], kind)
			}
		}
	})
	var all []found
	texts := 0
	root.all(func(n *node) {
		if n.name != "TextSource" {
			return
		}
		text, there := files["sources/"+strings.TrimPrefix(n.attrs["plainTextPath"], "internal://")]
		if !there || n.attrs["plainTextPath"] != "internal://"+n.attrs["guid"]+".txt" {
			t.Errorf("the text of a source is not at %s", n.attrs["plainTextPath"])
		}
		texts++
		all = append(all, selections(t, n, []rune(text), names)...)
	})
	if len(files) != texts+1 {
		t.Errorf("%d files for %d sources", len(files), texts)
	}
	return all
}

// selections reads the selections of a source.
func selections(t testing.TB, source *node, text []rune, names map[string]string) []found {
	t.Helper()
	var all []found
	for _, s := range source.children {
		if s.name != "PlainTextSelection" {
			continue
		}
		start, _ := strconv.Atoi(s.attrs["startPosition"])
		end, _ := strconv.Atoi(s.attrs["endPosition"])
		if start < 0 || start >= end || end > len(text) {
			t.Errorf("a selection from %d to %d in a text of %d", start, end, len(text))
			continue
		}
		one := found{Source: source.attrs["name"], Reader: names[s.attrs["creatingUser"]], Words: string(text[start:end])}
		for _, coding := range s.children {
			one.Codes += names[coding.children[0].attrs["targetGUID"]] + "; "
		}
		all = append(all, one)
	}
	return all
}

func TestAProjectCanBeReadBack(t *testing.T) {
	other := talk()
	other[3].Codes = lens.Codes{} // left open by this reader
	got := readBack(t, write(t, project(qda.Reading{Coded: talk()}, qda.Reading{Reader: "Lezer A", Coded: other})))
	want := []found{
		{"nl-01", "lens", "Hoe gaat het met je?", "layer: behaviour; emotion: none; question: open; act: explore; "},
		{"nl-01", "lens", "Ach, 🙂 het café…", "layer: need; emotion: hinted; valence: unpleasant; will: none; friction: none; "},
		{"nl-01", "lens", "=SOM(A1) & \"<b>\"  regel twee", "layer: meaning; emotion: named; valence: mixed; will: can-; friction: friction; response: met; "},
		{"nl-01", "lens", "Dat raakt je.", "layer: need; emotion: named; valence: unpleasant; question: none; act: reflect; "},
	}
	for _, one := range want[:3] {
		one.Reader = "Lezer A"
		want = append(want, one)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheTextIsTurnsInLines(t *testing.T) {
	files := unpack(t, write(t, project(qda.Reading{Coded: talk()})))
	want := "Noor: Hoe gaat het met je?\nZoë 🌿: Ach, 🙂 het café… =SOM(A1) & \"<b>\"  regel twee\nNoor: Dat raakt je.\n"
	for name, text := range files {
		if strings.HasPrefix(name, "sources/") && text != want {
			t.Errorf("%q, want %q", text, want)
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	first := write(t, project(qda.Reading{Coded: talk()}))
	if !bytes.Equal(first, write(t, project(qda.Reading{Coded: talk()}))) {
		t.Error("the same project gave other bytes")
	}
	const code = "02fe7cbd-4128-5d54-8521-fe33ebea4cdc"
	if document := unpack(t, first)["project.qde"]; !strings.Contains(document, code) {
		t.Errorf("the GUID of a code has changed: other programs do not know it again\n%s", document[:900])
	}
}

func TestTheSameConversationTwice(t *testing.T) {
	p := project(qda.Reading{Coded: talk()})
	p.Conversations = append(p.Conversations, p.Conversations[0], p.Conversations[0])
	if got := len(readBack(t, write(t, p))); got != 12 {
		t.Errorf("%d selections, want 12", got)
	}
}

func TestAProjectWithoutConversations(t *testing.T) {
	if got := readBack(t, write(t, &qda.Project{At: made})); len(got) != 0 {
		t.Errorf("%d selections of nothing", len(got))
	}
}

func TestACodebookAlone(t *testing.T) {
	var out bytes.Buffer
	if err := qda.WriteCodebook(&out); err != nil {
		t.Fatal(err)
	}
	root, err := parseXML(out.String(), "urn:QDA-XML:codebook:1.0")
	if err != nil {
		t.Fatal(err)
	}
	schema := readSchema(t)
	book := schema["CodeBook"]
	book.attrs = map[string]string{"origin": "string"} // only here, where it is the root
	schema["CodeBook"] = book
	for _, wrong := range breaks(schema, root, "CodeBook") {
		t.Error(wrong)
	}
	names := map[string]bool{}
	root.all(func(n *node) { names[n.attrs["name"]] = true })
	for _, f := range lens.Fields() {
		for _, c := range f.Codes() {
			if name := fmt.Sprintf("%s: %s", f, c); !names[name] {
				t.Errorf("no code %q", name)
			}
		}
	}
}

func TestWhatCannotBeWritten(t *testing.T) {
	short, other, wrong := talk()[:3], talk(), talk()
	other[1].Text = "Geheim"
	wrong[1].Codes[lens.Act] = lens.Explore
	for want, p := range map[string]*qda.Project{
		"in which of the years": {Conversations: []qda.Conversation{{Readings: []qda.Reading{{Coded: talk()}}}}},
		"no utterances":         project(qda.Reading{}),
		"reading 2: 3 utter":    project(qda.Reading{Coded: talk()}, qda.Reading{Coded: short}),
		"utterance 2 is anoth":  project(qda.Reading{Coded: talk()}, qda.Reading{Coded: other}),
		"act does not apply":    project(qda.Reading{Coded: wrong}),
	} {
		err := p.Write(io.Discard)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "Geheim") {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestCSV(t *testing.T) {
	var out bytes.Buffer
	if err := qda.WriteCSV(&out, project(qda.Reading{Coded: talk()}, qda.Reading{Reader: "@lezer", Coded: talk()}).Conversations, true); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked || strings.Count(text, "\r\n") != strings.Count(text, "\n") {
		t.Error("no mark at the beginning, or a line that does not end with CRLF")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 9 || len(rows[0]) != 17 {
		t.Fatalf("%d rows of %d cells, want 9 of 17", len(rows), len(rows[0]))
	}
	want := []string{"nl-01", "'@lezer", "3", "2", "Zoë 🌿", "vrager", "'=SOM(A1) & \"<b>\"\nregel twee", "4.5", "",
		"meaning", "named", "mixed", "", "", "can-", "friction", "met"}
	if diff := cmp.Diff(want, rows[7]); diff != "" {
		t.Error(diff)
	}
}

// FuzzProject: whatever people said, the file is as the schema asks and gives
// back each utterance with its codes; and no cell of the CSV is a formula.
func FuzzProject(f *testing.F) {
	f.Add("Noor", "Hoe gaat het?", "Goed\r\n", uint8(3), true)
	f.Add("\x00", "\xff\xfe", "\ufeff🙂", uint8(0), false)
	f.Add("<&>", "=1+1", " -2", uint8(9), true)
	f.Add("", "]]>", "\u2028\t@x", uint8(200), true)
	f.Fuzz(func(t *testing.T, speaker, first, second string, pick uint8, same bool) {
		coded := talk()[:2]
		coded[0].Text, coded[1].Text = first, second
		coded[0].Speaker = speaker
		if same {
			coded[1] = coded[0]
			coded[1].Text = second
		}
		layers := lens.Layer.Codes()
		coded[0].Codes[lens.Layer] = layers[int(pick)%len(layers)]
		p := project(qda.Reading{Coded: coded}, qda.Reading{Reader: speaker, Coded: coded})
		p.Name, p.Conversations[0].Name = first, second
		var want []string
		for _, u := range coded {
			if cleaned(u.Text) != "" {
				want = append(want, cleaned(u.Text)+" "+codesOf(u.Codes))
			}
		}
		want = append(want, want...)
		var got []string
		for _, one := range readBack(t, write(t, p)) {
			got = append(got, one.Words+" "+one.Codes)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		checkCells(t, p.Conversations)
	})
}

// cleaned is a text as it stands in a line.
func cleaned(text string) string {
	var out strings.Builder
	for _, r := range strings.ToValidUTF8(text, "\ufffd") {
		switch {
		case r == '\ufeff':
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029':
			out.WriteByte(' ')
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

func codesOf(codes lens.Codes) string {
	var out strings.Builder
	for i, c := range codes {
		if c != "" {
			fmt.Fprintf(&out, "%s: %s; ", lens.Field(i), c)
		}
	}
	return out.String()
}

// checkCells reads the CSV of conversations and looks for formulas.
func checkCells(t *testing.T, conversations []qda.Conversation) {
	t.Helper()
	var out bytes.Buffer
	if err := qda.WriteCSV(&out, conversations, false); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") {
				t.Errorf("a cell begins with %q", cell[:1])
			}
		}
	}
}
