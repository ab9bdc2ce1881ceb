package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// person makes the keys of a person of trust.
func person(t testing.TB) *Person {
	t.Helper()
	p, err := MakePerson()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// paper writes a person's key down.
func paper(t testing.TB, p *Person) string {
	t.Helper()
	text, err := p.Paper()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func entrust(t testing.TB, m *Master, to *Trust) Entrusted {
	t.Helper()
	e, err := m.Entrust(to, "installation", time.Date(2026, 11, 26, 12, 0, 0, 7, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEntrustedKeyComesBack(t *testing.T) {
	m, p := testMaster(t), person(t)
	public, err := ParseTrust(p.Trust().File())
	if err != nil {
		t.Fatal(err)
	}
	file := entrust(t, m, public).File()
	if bytes.Contains(file, m.secret) {
		t.Error("the key stands in its file")
	}
	read, err := ParseEntrusted(file)
	if err != nil {
		t.Fatal(err)
	}
	typed, err := ParsePaper(paper(t, p))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "master.key")
	if err := read.Recover(typed, path); err != nil {
		t.Fatal(err)
	}
	again, err := OpenMaster(path)
	if err != nil || !bytes.Equal(again.secret, m.secret) {
		t.Errorf("another key came back, %v", err)
	}
	if err := read.Recover(typed, path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
}

func TestEntrustedKeyOpensForNobodyElse(t *testing.T) {
	m, p := testMaster(t), person(t)
	for name, try := range map[string]struct {
		change func(e *Entrusted)
		with   *Person
		want   error
	}{
		"another person":            {func(*Entrusted) {}, person(t), ErrOtherPerson},
		"another who says they are": {func(e *Entrusted) { e.For = person(t).Trust().Fingerprint() }, p, ErrOtherPerson},
		"another installation":      {func(e *Entrusted) { e.Installation = "another" }, p, ErrEntrustedChanged},
		"another date":              {func(e *Entrusted) { e.At = e.At.Add(time.Second) }, p, ErrEntrustedChanged},
		"another key's name":        {func(e *Entrusted) { e.Key[3]++ }, p, ErrEntrustedChanged},
		"a changed byte":            {func(e *Entrusted) { e.sealed[len(e.sealed)/2]++ }, p, ErrEntrustedChanged},
		"a changed last byte":       {func(e *Entrusted) { e.sealed[len(e.sealed)-1]++ }, p, ErrEntrustedChanged},
		"cut":                       {func(e *Entrusted) { e.sealed = e.sealed[:40] }, p, ErrEntrustedChanged},
		"nothing":                   {func(e *Entrusted) { e.sealed = nil }, p, ErrEntrustedChanged},
	} {
		t.Run(name, func(t *testing.T) {
			e := entrust(t, m, p.Trust())
			try.change(&e)
			path := filepath.Join(t.TempDir(), "master.key")
			if err := e.Recover(try.with, path); !errors.Is(err, try.want) {
				t.Errorf("%v, want %v", err, try.want)
			}
			if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a file was made all the same: %v", err)
			}
		})
	}
}

func TestPaperIsTypedBack(t *testing.T) {
	p := person(t)
	text := paper(t, p)
	rows := strings.SplitAfter(text, "\n")
	for name, typed := range map[string]string{
		"as printed":           text,
		"small":                strings.ToLower(text),
		"without spaces":       strings.ReplaceAll(text, " ", ""),
		"with stripes":         strings.ReplaceAll(text, " ", "-"),
		"letters for digits":   rows[0][:2] + strings.NewReplacer("0", "O", "1", "l").Replace(rows[0][2:]) + strings.Join(rows[1:], ""),
		"in another order":     rows[3] + rows[1] + rows[0] + rows[2],
		"with a text about it": "Key of: a person\n9: nothing\n\n" + strings.ReplaceAll(text, "\n", "\r\n\n"),
	} {
		got, err := ParsePaper(typed)
		if err != nil || got.Trust().Fingerprint() != p.Trust().Fingerprint() {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, typed := range map[string]struct {
		text string
		row  int
	}{
		"nothing":         {"", 0},
		"a row missing":   {rows[0] + rows[1] + rows[3], 0},
		"a row twice":     {text + rows[2], 0},
		"a row for two":   {rows[0] + "2" + rows[0][1:] + rows[2] + rows[3], 2},
		"a sign too few":  {rows[0] + rows[1] + strings.TrimSpace(rows[2])[:20] + "\n" + rows[3], 3},
		"a sign too many": {rows[0] + rows[1] + rows[2] + strings.TrimSpace(rows[3]) + "0\n", 4},
		"no such sign":    {"1: UUUU UUUU UUUU UUUU\n" + rows[1] + rows[2] + rows[3], 1},
	} {
		_, err := ParsePaper(typed.text)
		if found, ok := errors.AsType[*PaperError](err); !ok || found.Row != typed.row {
			t.Errorf("%s: %v, want row %d", name, err, typed.row)
		}
	}
}

// TestEveryWrongSignIsFound changes each sign on the paper to each other sign.
// A check of sixteen bits lets one in 65,536 through; here it may be one.
func TestEveryWrongSignIsFound(t *testing.T) {
	text := paper(t, person(t))
	missed, tried := 0, 0
	for at, is := range text {
		for _, other := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
			if is == ' ' || is == '\n' || is == ':' || is == other || at > 0 && text[at-1] == '\n' || at == 0 {
				continue
			}
			tried++
			if _, err := ParsePaper(text[:at] + string(other) + text[at+1:]); err == nil {
				missed++
			}
		}
	}
	if tried != 64*31 || missed > 1 {
		t.Errorf("%d of %d mistakes were not found", missed, tried)
	}
}

func TestPersonPrintsAsAMark(t *testing.T) {
	p := person(t)
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		if got := fmt.Sprintf(format, p); got != "‹key of a person of trust›" {
			t.Errorf("%s prints %s", format, got)
		}
	}
}

func FuzzParsePaper(f *testing.F) {
	f.Add(paper(f, person(f)))
	f.Add("1: 0000 0000 0000 0000\n1:\n4::\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePaper(text)
		if err != nil {
			return
		}
		again, err := ParsePaper(paper(t, p))
		if err != nil || again.Trust().Fingerprint() != p.Trust().Fingerprint() {
			t.Errorf("what was read is not what is written: %v", err)
		}
	})
}

func FuzzParseEntrusted(f *testing.F) {
	p := person(f)
	f.Add(entrust(f, testMaster(f), p.Trust()).File())
	f.Add(p.Trust().File())
	f.Fuzz(func(t *testing.T, file []byte) {
		if trust, err := ParseTrust(file); err == nil && !bytes.Contains(trust.File(), []byte(trustBlock)) {
			t.Error("a public key that cannot be written")
		}
		e, err := ParseEntrusted(file)
		if err != nil {
			return
		}
		again, err := ParseEntrusted(e.File())
		if err != nil || again.Installation != e.Installation || !again.At.Equal(e.At) || again.For != e.For || again.Key != e.Key {
			t.Errorf("%+v was read back as %+v, %v", e, again, err)
		}
	})
}
