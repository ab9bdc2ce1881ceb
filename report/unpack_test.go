package report_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"strings"
	"testing"

	"samenspel"
	"samenspel/report"
)

// entry is one file of a ZIP that a test makes.
type entry struct {
	name string
	data []byte
	mode fs.FileMode
	raw  bool // not packed
}

// good are the files of a story that is whole.
func good(t testing.TB) []entry {
	t.Helper()
	packed, err := report.Pack(choice(told(t).see(amira), true, "nl"), installation(1))
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	var list []entry
	for _, f := range z.File {
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, entry{name: f.Name, data: data})
	}
	return list
}

func zipOf(t testing.TB, entries []entry) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.raw {
			h.Method = zip.Store
		}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write(e.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// with gives the files with one of them changed.
func with(entries []entry, name string, change func(string) string) []entry {
	list := append([]entry(nil), entries...)
	for i := range list {
		if list[i].name == name {
			list[i].data = []byte(change(string(list[i].data)))
		}
	}
	return list
}

// without gives the files but one.
func without(entries []entry, name string) []entry {
	var list []entry
	for _, e := range entries {
		if e.name != name {
			list = append(list, e)
		}
	}
	return list
}

// signed makes a manifest and a signature for files, as a foreign program with
// a key of its own can.
func signed(t testing.TB, entries []entry, change func(*report.Manifest)) []entry {
	t.Helper()
	list := without(without(entries, "manifest.json"), "manifest.sig")
	m := report.Manifest{Format: report.Format, Version: report.Version, Made: now, Language: "nl",
		Key: base64.StdEncoding.EncodeToString(installation(2).Public())}
	for _, e := range list {
		sum := sha256.Sum256(e.data)
		m.Files = append(m.Files, report.Listed{Name: e.name, Size: int64(len(e.data)), SHA256: hex.EncodeToString(sum[:])})
	}
	if change != nil {
		change(&m)
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	mark := installation(2).Sign(append([]byte("samenspel story manifest\n"), text...))
	return append(list, entry{name: "manifest.json", data: text},
		entry{name: "manifest.sig", data: []byte(base64.StdEncoding.EncodeToString(mark))})
}

// restory changes the open data and signs anew.
func restory(t testing.TB, change func(string) string) []entry {
	t.Helper()
	return signed(t, with(good(t), "story.json", change), nil)
}

func replace(old, by string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, by, 1) }
}

// refusal is a package that is not taken, with what is said.
type refusal struct {
	data []byte
	key  string
}

// bombs are packages that would fill a machine.
func bombs(t testing.TB) map[string]refusal {
	t.Helper()
	whole, zeros := good(t), make([]byte, 60<<20)
	many := append([]entry(nil), whole...)
	for i := range 1001 {
		many = append(many, entry{name: "a" + strings.Repeat("b", i%50) + strings.Repeat("c", i/50) + ".html", raw: true})
	}
	return map[string]refusal{
		"too large":            {make([]byte, report.MaxPacked+1), "large"},
		"too many files":       {zipOf(t, many), "much"},
		"a bomb":               {zipOf(t, signed(t, append(without(whole, "style.css"), entry{name: "big.html", data: zeros}, entry{name: "big2.html", data: zeros}), nil)), "much"},
		"a bomb of data":       {zipOf(t, signed(t, with(whole, "story.json", func(s string) string { return s + string(zeros[:40<<20]) }), nil)), "much"},
		"a bomb of a manifest": {zipOf(t, with(whole, "manifest.json", func(string) string { return string(zeros[:2<<20]) })), "much"},
		"very deep":            {zipOf(t, restory(t, replace(`"themes": [`, `"themes": [`+strings.Repeat("[", 100_000)))), "data"},
		"a million nothings":   {zipOf(t, restory(t, replace(`"statements": [`, `"statements": [`+strings.Repeat("{},", 500_000)))), "data"},
	}
}

// bad are packages that are damaged, foreign or changed.
func bad(t testing.TB) map[string]refusal {
	t.Helper()
	whole := good(t)
	packed := zipOf(t, whole)
	extra := func(e entry) []byte { return zipOf(t, append(append([]entry(nil), whole...), e)) }
	lying := bytes.Clone(packed) // the directory says that there is less than comes out
	for at := bytes.Index(lying, []byte("PK\x01\x02")); at >= 0; {
		copy(lying[at+24:at+28], []byte{1, 0, 0, 0})
		next := bytes.Index(lying[at+4:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		at += 4 + next
	}
	return map[string]refusal{
		"nothing":                  {nil, "damaged"},
		"no ZIP":                   {[]byte("no ZIP at all"), "damaged"},
		"cut off":                  {packed[:len(packed)/2], "damaged"},
		"a lying directory":        {lying, "damaged"},
		"a ZIP of something else":  {zipOf(t, []entry{{name: "letter.txt", data: []byte("hello")}}), "foreign"},
		"without its data":         {zipOf(t, without(whole, "story.json")), "foreign"},
		"without a signature":      {zipOf(t, without(whole, "manifest.sig")), "foreign"},
		"another format":           {zipOf(t, signed(t, whole, func(m *report.Manifest) { m.Format = "other" })), "foreign"},
		"a later version":          {zipOf(t, signed(t, whole, func(m *report.Manifest) { m.Version = 2 })), "version"},
		"later data":               {zipOf(t, restory(t, replace(`"version": 1`, `"version": 9`))), "version"},
		"a changed manifest":       {zipOf(t, with(whole, "manifest.json", replace(`"nl"`, `"en"`))), "signature"},
		"a changed signature":      {zipOf(t, with(whole, "manifest.sig", func(s string) string { return "AAAA" + s[4:] })), "signature"},
		"a signature that is none": {zipOf(t, with(whole, "manifest.sig", func(string) string { return "!" })), "signature"},
		"a key that is none":       {zipOf(t, signed(t, whole, func(m *report.Manifest) { m.Key = "AAAA" })), "signature"},
		"the key of another": {zipOf(t, signed(t, whole, func(m *report.Manifest) {
			m.Key = base64.StdEncoding.EncodeToString(installation(1).Public())
		})), "signature"},
		"a changed page":        {zipOf(t, with(whole, "index.html", func(s string) string { return s + " " })), "changed"},
		"changed data":          {zipOf(t, with(whole, "story.json", replace("rent", "debt"))), "changed"},
		"a page that is gone":   {zipOf(t, without(whole, "words.html")), "changed"},
		"a page too many":       {extra(entry{name: "more.html"}), "changed"},
		"a file listed twice":   {zipOf(t, signed(t, whole, func(m *report.Manifest) { m.Files[0] = m.Files[1] })), "changed"},
		"a wrong size":          {zipOf(t, signed(t, whole, func(m *report.Manifest) { m.Files[0].Size = 3 })), "changed"},
		"a way up":              {extra(entry{name: "../evil.html"}), "path"},
		"an absolute path":      {extra(entry{name: "/etc/passwd"}), "path"},
		"a drive":               {extra(entry{name: `c:\evil.html`}), "path"},
		"a backslash":           {extra(entry{name: `a\evil.html`}), "path"},
		"a folder":              {extra(entry{name: "folder/"}), "path"},
		"in a folder":           {extra(entry{name: "folder/index.html"}), "path"},
		"a name with a NUL":     {extra(entry{name: "a\x00.html"}), "path"},
		"a name in capitals":    {extra(entry{name: "INDEX.html"}), "path"},
		"a link":                {extra(entry{name: "link.html", data: []byte("/etc/passwd"), mode: fs.ModeSymlink | 0o777}), "path"},
		"a device":              {extra(entry{name: "dev.html", mode: fs.ModeDevice | 0o666}), "path"},
		"a name that is no UTF": {extra(entry{name: "a\xff.html"}), "utf8"},
		"a name twice":          {extra(entry{name: "index.html"}), "twice"},
		"data that is no UTF":   {zipOf(t, restory(t, replace("rent", "\xff"))), "utf8"},
		"data that is no JSON":  {zipOf(t, restory(t, func(s string) string { return s[:len(s)-4] })), "data"},
		"something behind":      {zipOf(t, restory(t, func(s string) string { return s + "{}" })), "data"},
		"an unknown field":      {zipOf(t, restory(t, replace(`"themes"`, `"themas"`))), "data"},
		"a field twice":         {zipOf(t, restory(t, replace(`"whole": true`, `"whole": true, "whole": false`))), "data"},
		"a field in capitals":   {zipOf(t, restory(t, replace(`"whole"`, `"Whole"`))), "data"},
		"an unknown layer":      {zipOf(t, restory(t, replace(`"layer": "need"`, `"layer": "soul"`))), "data"},
		"an unknown theme":      {zipOf(t, restory(t, replace(`"theme": "t1"`, `"theme": "t77"`))), "data"},
		"a theme twice":         {zipOf(t, restory(t, replace(`"id": "t2"`, `"id": "t1"`))), "data"},
		"another time":          {zipOf(t, signed(t, whole, func(m *report.Manifest) { m.Made = now.Add(1) })), "data"},
		"words too long":        {zipOf(t, restory(t, replace("I want", strings.Repeat("w", samenspel.MaxWords)))), "words"},
		"a control character":   {zipOf(t, restory(t, replace("I want", `\u0007`))), "words"},
		"no name":               {zipOf(t, restory(t, replace(`"name": "Amira <b>"`, `"name": ""`))), "data"},
	}
}

// What is damaged, foreign or meant to do harm is not read, and it is said why.
func TestWhatIsNotRead(t *testing.T) {
	all := bad(t)
	maps.Copy(all, bombs(t))
	maps.Copy(all, badRest(t))
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			got, err := report.Open(bytes.NewReader(c.data), int64(len(c.data)), now)
			var no *samenspel.Refusal
			if !errors.As(err, &no) || no.Class != samenspel.Invalid || no.Key != "invalid.story_"+c.key || got != nil {
				t.Errorf("got %v, %v; want invalid.story_%s", got != nil, err, c.key)
			}
		})
	}
}

// A story signed by a foreign program that keeps to the format is read.
func TestAForeignProgramMayMakeOne(t *testing.T) {
	data := zipOf(t, signed(t, good(t), nil))
	got, err := report.Open(bytes.NewReader(data), int64(len(data)), now)
	if err != nil || got.Origin != report.Fingerprint(installation(2).Public()) {
		t.Errorf("%v, %v", got, err)
	}
}

// A change of any byte, wherever, is found: what is read is what was signed.
func TestAnyChangeIsFound(t *testing.T) {
	packed, err := report.Pack(choice(told(t).see(amira), false, "nl"), installation(1))
	if err != nil {
		t.Fatal(err)
	}
	want, err := report.Open(bytes.NewReader(packed), int64(len(packed)), now)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(packed); at += 7 {
		changed := bytes.Clone(packed)
		changed[at] ^= 1 << (at % 8)
		got, err := report.Open(bytes.NewReader(changed), int64(len(changed)), now)
		if err == nil && (got.Origin != want.Origin || len(got.Story.Said) != len(want.Story.Said) || got.Story.Said[0].Words != want.Story.Said[0].Words) {
			t.Fatalf("a change at byte %d is not found", at)
		}
	}
}

// What a bomb makes a machine hold is bounded by what may be read, and not by
// what it would unpack to.
func TestABombIsNotHeld(t *testing.T) {
	held := func(most int) uint64 {
		zeros := make([]byte, most)
		data := zipOf(t, signed(t, append(good(t), entry{name: "big.html", data: zeros}), nil))
		zeros = nil
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, _ = report.Open(bytes.NewReader(data), int64(len(data)), now)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	small, large := held(1<<20), held(300<<20)
	if large > small+4<<20 {
		t.Errorf("a bomb of 1 MiB takes %d bytes, one of 300 MiB takes %d", small, large)
	}
	for name, c := range bombs(t) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _ = report.Open(bytes.NewReader(c.data), int64(len(c.data)), now)
		runtime.ReadMemStats(&after)
		// All that was ever asked for, also what was given back on the way.
		if took := after.TotalAlloc - before.TotalAlloc; took > 256<<20 {
			t.Errorf("%s takes %d MiB", name, took>>20)
		}
	}
}

// FuzzOpen reads whatever: it gives a story that holds together, or says what
// is wrong.
func FuzzOpen(f *testing.F) {
	f.Add(zipOf(f, good(f)))
	for _, all := range []map[string]refusal{bad(f), badRest(f)} {
		for _, c := range all {
			f.Add(c.data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := report.Open(bytes.NewReader(data), int64(len(data)), now)
		var no *samenspel.Refusal
		switch {
		case err == nil && !got.Story.Whole(now):
			t.Error("a story that does not hold together")
		case err != nil && (got != nil || !errors.As(err, &no) || !strings.HasPrefix(no.Key, "invalid.story_")):
			t.Errorf("%v, %v", got, err)
		}
	})
}

// FuzzData signs whatever as the open data of a story.
func FuzzData(f *testing.F) {
	whole := good(f)
	for _, e := range whole {
		if e.name == "story.json" {
			f.Add(e.data)
		}
	}
	f.Add([]byte(`{"format":"samenspel-story","version":1,"dialogues":[{}],"agreements":[{"answers":[{}]}],"around":{"people":[{}],"ties":[{}]}}`))
	f.Add([]byte(`{"format":"samenspel-story","version":1,"person":{},"themes":[{"id":""}],"statements":[{"theme":"","emotions":[{}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		packed := zipOf(t, signed(t, with(whole, "story.json", func(string) string { return string(data) }), nil))
		got, err := report.Open(bytes.NewReader(packed), int64(len(packed)), now)
		var no *samenspel.Refusal
		if err == nil && !got.Story.Whole(now) || err != nil && !errors.As(err, &no) {
			t.Errorf("%v, %v", got, err)
		}
	})
}
