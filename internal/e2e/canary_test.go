package e2e

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	_ "modernc.org/sqlite" // looks into a copy from outside

	"samenspel"
	"samenspel/journal"
	"samenspel/sqlite"
)

// canaries makes strings that nobody ever wrote, each another. All begin with
// one song of this run: so one look through a file finds any of them.
type canaries struct {
	song string
	made int
}

func newCanaries() *canaries { return &canaries{song: letters(10)} }

// letters are random small letters.
func letters(n int) string { return strings.ToLower(rand.Text())[:n] }

func (c *canaries) next() string {
	c.made++
	return fmt.Sprintf("%s%06d%s", c.song, c.made, letters(6))
}

// forms are the ways in which the song may have come to stand in a file.
func (c *canaries) forms() map[string][]byte {
	forms := map[string][]byte{
		"UTF-8":         []byte(c.song),
		"capitals":      []byte(strings.ToUpper(c.song)),
		"hexadecimal":   []byte(hex.EncodeToString([]byte(c.song))),
		"HEXADECIMAL":   []byte(strings.ToUpper(hex.EncodeToString([]byte(c.song)))),
		"UTF-16 little": utf16Bytes(c.song, 0),
		"UTF-16 big":    utf16Bytes(c.song, 8),
	}
	var percent strings.Builder
	for _, b := range []byte(c.song) {
		fmt.Fprintf(&percent, "%%%02X", b)
	}
	forms["percent-encoded"] = []byte(percent.String())
	// In base64 the same bytes look different at each of three places; only the
	// signs in which nothing stands but the song are sure.
	for shift, first := range []int{0, 2, 3} {
		encoded := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), c.song...))
		forms[fmt.Sprint("base64 at ", shift)] = []byte(encoded[first : 8*(shift+len(c.song))/6])
	}
	return forms
}

// utf16Bytes writes the units of UTF-16, each byte first that is shifted so far.
func utf16Bytes(s string, first int) (b []byte) {
	for _, unit := range utf16.Encode([]rune(s)) {
		b = append(b, byte(unit>>first), byte(unit>>(8-first)))
	}
	return b
}

// found gives where a canary stands in the files below a folder. It fails the
// test when there is nothing to look through.
func (c *canaries) found(t *testing.T, dir string) []string {
	t.Helper()
	var where []string
	forms, size := c.forms(), 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		size += len(content)
		for form, song := range forms {
			if bytes.Contains(content, song) {
				where = append(where, d.Name()+" in "+form)
			}
		}
		return err
	})
	if err != nil || size == 0 {
		t.Fatalf("%s: %d bytes were looked through, %v", dir, size, err)
	}
	return where
}

// silent fails the test for each canary in the files below folders.
func (c *canaries) silent(t *testing.T, when string, dirs ...string) {
	t.Helper()
	for _, dir := range dirs {
		for _, where := range c.found(t, dir) {
			t.Errorf("%s: a canary stands in %s", when, where)
		}
	}
}

// fill puts a canary in every field of words, at any depth, and something in
// all other fields. It gives how many canaries went in.
func (c *canaries) fill(v reflect.Value) (planted int) {
	switch {
	case v.Type() == reflect.TypeFor[samenspel.Words]():
		v.Set(reflect.ValueOf(samenspel.Say(c.next())))
		return 1
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)))
		return 0
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				planted += c.fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		planted = c.fill(v.Index(0)) + c.fill(v.Index(1))
	case reflect.String:
		v.SetString("x")
	case reflect.Int, reflect.Int8, reflect.Int64:
		v.SetInt(1)
	}
	return planted
}

// inTheLog plants canaries in every field of words of every kind of event,
// until there are enough: a new kind, or a new field, joins by itself. Words that
// people give come to the disk by no other way than this.
func (c *canaries) inTheLog(t *testing.T, dir string, enough int) {
	t.Helper()
	master, err := journal.OpenMaster(filepath.Join(dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	log := journal.New(db, master)
	for n := 0; n == 0 || c.made < enough; n++ {
		var facts []samenspel.Fact
		for i, kind := range samenspel.Kinds() {
			event := samenspel.NewEvent(kind)
			planted := c.fill(reflect.ValueOf(event).Elem())
			said := 0
			if spoken, ok := event.(samenspel.Spoken); ok {
				said = len(spoken.Sayings())
			}
			if said != planted {
				t.Errorf("%s has %d fields of words and says %d", kind, planted, said)
			}
			facts = append(facts, samenspel.Fact{Seq: int64(i + 1), At: time.Now(), Command: "c", Person: "p", By: "b", Event: event})
		}
		if err := log.Append(t.Context(), samenspel.AllianceID(fmt.Sprint("canary ", n)), 0, facts); err != nil {
			t.Fatal(err)
		}
	}
}

// aviary is the program over one folder, with all that it prints in a file.
type aviary struct{ data, temporary, printed string }

func newAviary(t *testing.T) aviary {
	t.Helper()
	a := aviary{t.TempDir(), t.TempDir(), t.TempDir()}
	// Where temporary files go there may be none; then there is this one.
	if err := os.WriteFile(filepath.Join(a.temporary, "perch"), []byte("empty"), 0o600); err != nil {
		t.Fatal(err)
	}
	return a
}

// start runs the program until it has said that it serves.
func (a aviary) start(t *testing.T, last string, args ...string) *program {
	t.Helper()
	p := &program{t: t, cmd: command(t, args...), lines: map[string]string{}}
	p.cmd.Env = append(os.Environ(), "TMPDIR="+a.temporary)
	printed, err := os.CreateTemp(a.printed, "output-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { printed.Close() })
	p.cmd.Stderr = printed
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.stop)
	for s := bufio.NewScanner(io.TeeReader(out, printed)); s.Scan(); {
		if who, link, ok := strings.Cut(s.Text(), ": "); ok {
			p.lines[who] = link
			if who == last {
				return p
			}
		}
	}
	t.Fatalf("the program ended before it printed %q", last)
	return nil
}

// TestNoCanarySings plants a thousand strings in all fields that people can
// fill, and looks for them in every file that the program has: while it runs,
// after a kill and after a calm end.
func TestNoCanarySings(t *testing.T) {
	a, c := newAviary(t), newCanaries()
	d := a.start(t, "colleague", "demo", "--data", a.data, "--addr", "127.0.0.1:0")
	crawled := map[string]bool{}
	for _, who := range []string{"vrager", "professional"} {
		if sung := c.inForms(t, visit(t, d.lines[who]), crawled); sung < 20 {
			t.Errorf("%d canaries came back on the pages of the %s: too little was kept", sung, who)
		}
	}
	c.silent(t, "while the demo runs", a.data, a.temporary, a.printed)
	d.kill()
	c.silent(t, "after a kill", a.data, a.printed)

	c.inTheLog(t, a.data, 1000)
	c.silent(t, "after the log was filled", a.data)
	c.inBackups(t, a)
	d = a.start(t, "samenspel", "serve", "--data", a.data, "--addr", "127.0.0.1:0")
	c.atTheDoor(t, d, crawled)
	c.silent(t, "while it serves", a.data, a.printed)
	if err := d.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	d.ended = true
	if err := d.cmd.Wait(); err != nil {
		t.Errorf("the program did not end calmly: %v", err)
	}
	c.silent(t, "after a calm end", a.data, a.printed)
	if c.made < 1000 || len(crawled) < 25 {
		t.Errorf("only %d canaries, in %d forms", c.made, len(crawled))
	}
	t.Logf("%d canaries; filled in: %s", c.made, strings.Join(slices.Sorted(maps.Keys(crawled)), "; "))
	c.singsWhenFreed(t, a.data)
}

// inBackups looks through a backup of the folder, and what making it left.
func (c *canaries) inBackups(t *testing.T, a aviary) {
	t.Helper()
	if command(t, "backup", "--help").Run() != nil {
		t.Log("this program makes no backups")
		return
	}
	data, keys, scratch := t.TempDir(), t.TempDir(), a.temporary
	out, err := command(t, "backup", "--data", a.data, "--to", data, "--keys-to", keys, "--scratch", scratch).CombinedOutput()
	if err != nil {
		t.Fatalf("backup: %v\n%s", err, out)
	}
	c.silent(t, "in a backup", data, keys, scratch)
}

// singsWhenFreed sees that the search finds what is there: one canary in the
// clear, in each form, in a copy of the folder.
func (c *canaries) singsWhenFreed(t *testing.T, dir string) {
	t.Helper()
	for form, song := range c.forms() {
		free := t.TempDir()
		if err := os.CopyFS(free, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", filepath.Join(free, sqlite.FileName))
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Exec(`INSERT INTO activity_wording (language, activity, name, about, origin) VALUES ('nl', 'canary', CAST(? AS TEXT), '', '')`, song)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if where := c.found(t, free); len(where) == 0 {
			t.Errorf("a canary that is there is not found, in %s", form)
		}
	}
	// And as a whole string somewhere in base64, whatever stands before it.
	for shift := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte("abc"[:shift] + c.next()))
		free := t.TempDir()
		if err := os.WriteFile(filepath.Join(free, "log"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if len(c.found(t, free)) == 0 {
			t.Errorf("a canary in base64 behind %d bytes is not found", shift)
		}
	}
}
