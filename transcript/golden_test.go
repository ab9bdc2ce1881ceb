package transcript

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// wordFile puts the XML of a text in a Word file.
func wordFile(t testing.TB, text []byte) []byte {
	t.Helper()
	return archiveOf(t, part{"[Content_Types].xml", []byte("<Types/>")}, part{document, text})
}

type part struct {
	name string
	data []byte
}

func archiveOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(p.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sample reads a file of testdata, a Word text in its archive.
func sample(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(path, ".docx.xml") {
		return wordFile(t, data)
	}
	return data
}

func samples(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.*")
	if err != nil || len(paths) < 10 {
		t.Fatal("no samples", err)
	}
	var kept []string
	for _, path := range paths {
		if filepath.Ext(path) != ".md" {
			kept = append(kept, path)
		}
	}
	return kept
}

// all reads a file to its end.
func all(data []byte) (*Recording, []Turn, error) {
	r, err := Read(bytes.NewReader(data), int64(len(data)), "talk")
	if err != nil {
		return nil, nil, err
	}
	var turns []Turn
	for turn, err := range r.Turns() {
		if err != nil {
			return r, turns, err
		}
		turns = append(turns, turn)
	}
	return r, turns, nil
}

// show writes a recording as a golden file has it.
func show(r *Recording, turns []Turn) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", r.Format, r.Encoding)
	for _, t := range turns {
		fmt.Fprintf(&b, "%d", t.Line)
		if t.Timed {
			fmt.Fprintf(&b, " %v-%v", t.Start, t.End)
		}
		for _, s := range []string{t.Dialogue, t.Speaker, t.Role} {
			fmt.Fprintf(&b, " %q", s)
		}
		b.WriteByte('\n')
		for _, p := range t.Parts {
			fmt.Fprintf(&b, "\t%s\n", p)
		}
	}
	for _, s := range r.Skips() {
		fmt.Fprintf(&b, "%s %d from line %d, kept %t\n", s.Key, s.Count, s.Line, s.Kept)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	for _, path := range samples(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			r, turns, err := all(sample(t, path))
			if err != nil {
				t.Fatal(err)
			}
			got := show(r, turns)
			golden := filepath.Join("testdata", "golden", filepath.Base(path)+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v; run with -update to write it", err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
