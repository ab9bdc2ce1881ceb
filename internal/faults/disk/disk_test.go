package disk

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// quoted writes a string as strace does with -xx.
func quoted(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&b, `\x%02x`, c)
	}
	return `"` + b.String() + `"`
}

// trace is what strace would have written of these lines, in which %q is a
// path or a text.
func trace(lines ...string) string {
	var b strings.Builder
	for _, line := range lines {
		parts := strings.Split(line, "'")
		for i := 1; i < len(parts); i += 2 {
			parts[i] = quoted(strings.ReplaceAll(parts[i], "/r", "/root"))
		}
		b.WriteString(strings.Join(parts, "") + "\n")
	}
	return b.String()
}

// holds gives all that the file may hold when the power is cut at the end.
func holds(t *testing.T, name string, lines ...string) map[string]int {
	t.Helper()
	found := map[string]int{}
	chance := rand.New(rand.NewPCG(1, 2))
	for range 80 {
		d, err := Load(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		d.root = "/root"
		if err := d.Replay(strings.NewReader(trace(lines...)), func(Event) error { return nil }); err != nil {
			t.Fatal(err)
		}
		into := t.TempDir()
		if err := d.Cut(into, chance); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(into, name))
		if os.IsNotExist(err) {
			text = []byte("none")
		} else if err != nil {
			t.Fatal(err)
		}
		found[strings.ReplaceAll(string(bytes.TrimRight(text, "\x00")), " ", "+")]++
	}
	return found
}

const (
	made   = `1 openat(AT_FDCWD, '/r/a', O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 3`
	folder = `1 open('/r', O_RDONLY|O_CLOEXEC) = 4`
)

func TestWhatMayBeLeft(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string // all that must be possible, and nothing else
	}{
		"nothing is synced": {[]string{made, `1 write(3, 'one', 3) = 3`}, " none one"},
		"the folder is not": {[]string{made, `1 write(3, 'one', 3) = 3`, `1 fsync(3) = 0`}, "none one"},
		"all is":            {[]string{made, folder, `1 write(3, 'one', 3) = 3`, `1 fsync(3) = 0`, `1 fsync(4) = 0`}, "one"},
		"one is, two is not": {[]string{made, folder, `1 fsync(4) = 0`, `1 write(3, 'one', 3) = 3`, `1 fdatasync(3) = 0`,
			`1 pwrite64(3, 'two', 3, 0) = 3`}, "one two"},
		"a write that ended too late": {[]string{made, folder, `1 fsync(4) = 0`, `1 write(3, 'one', 3 <unfinished ...>`, `2 fsync(3 <unfinished ...>`,
			`1 <... write resumed>) = 3`, `2 <... fsync resumed>) = 0`}, " one"},
		"a write that ended in time": {[]string{made, folder, `1 fsync(4) = 0`, `1 write(3, 'one', 3 <unfinished ...>`,
			`1 <... write resumed>)      = 3`, `2 fsync(3 <unfinished ...>`, `2 <... fsync resumed>) = 0`}, "one"},
		"cut and written again": {[]string{made, folder, `1 write(3, 'one and more', 12) = 12`, `1 fsync(3) = 0`, `1 fsync(4) = 0`,
			`1 ftruncate(3, 0) = 0`, `1 pwrite64(3, 'two', 3, 0) = 3`, `1 fsync(3) = 0`}, "two"},
		"cut short": {[]string{made, folder, `1 write(3, 'one and more', 12) = 12`, `1 fsync(3) = 0`, `1 fsync(4) = 0`,
			`1 ftruncate(3, 3) = 0`}, "one one+and+more"},
		"a sync that failed": {[]string{made, folder, `1 fsync(4) = 0`, `1 write(3, 'one', 3) = 3`,
			`1 fsync(3) = -1 EIO (Input/output error) (INJECTED)`, `1 fsync(3) = 0`}, ""},
		"renamed": {[]string{made, folder, `1 write(3, 'one', 3) = 3`, `1 fsync(3) = 0`, `1 fsync(4) = 0`,
			`1 openat(AT_FDCWD, '/r/b', O_RDWR|O_CREAT|O_CLOEXEC, 0600) = 5`, `1 write(5, 'two', 3) = 3`, `1 fsync(5) = 0`,
			`1 rename('/r/b', '/r/a') = 0`}, "one two"},
		"removed": {[]string{made, folder, `1 write(3, 'one', 3) = 3`, `1 fsync(3) = 0`, `1 fsync(4) = 0`,
			`1 unlinkat(AT_FDCWD, '/r/a', 0) = 0`, `1 fsync(4) = 0`}, "none"},
	} {
		found := holds(t, "a", c.lines...)
		for _, want := range strings.Split(c.want, " ") {
			if found[want] == 0 {
				t.Errorf("%s: never %q, but %v", name, want, found)
			}
			delete(found, want)
		}
		if len(found) > 0 {
			t.Errorf("%s: also %v", name, found)
		}
	}
}

// TestPagesAreTorn writes a page over another and finds both in it, cut at a
// sector.
func TestPagesAreTorn(t *testing.T) {
	one, two := strings.Repeat("1", pageSize), strings.Repeat("2", pageSize)
	found := holds(t, "a", made, folder, `1 write(3, '`+one+`', 4096) = 4096`, `1 fsync(3) = 0`, `1 fsync(4) = 0`,
		`1 pwrite64(3, '`+two+`', 4096, 0) = 4096`)
	torn := 0
	for text, n := range found {
		for at := 0; at < pageSize; at += sectorSize {
			if sector := text[at : at+sectorSize]; strings.Count(sector, sector[:1]) != sectorSize {
				t.Errorf("a sector is torn: %q", sector)
			}
		}
		if text != one && text != two {
			torn += n
		}
	}
	if found[one] == 0 || found[two] == 0 || torn == 0 {
		t.Errorf("%d whole and old, %d whole and new, %d torn", found[one], found[two], torn)
	}
}

func TestWhatIsNotKnownIsSaid(t *testing.T) {
	d, err := Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d.root = "/root"
	err = d.Replay(strings.NewReader(trace(made, `1 fallocate(3, 0, 0, 4096) = 0`)), func(Event) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "fallocate") {
		t.Errorf("a call that changes a file and is not replayed: %v", err)
	}
}
