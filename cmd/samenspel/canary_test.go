package main

import (
	"bytes"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"samenspel"
)

// running is the program, started as from a shell, as somebody does.
type running struct {
	cmd       *exec.Cmd
	output    string // the file with all that it prints
	temporary string // the folder for what goes when it stops
}

// run starts the demo and waits until it answers.
func run(t *testing.T, args ...string) *running {
	t.Helper()
	addr, err := freeAddr()
	if err != nil {
		t.Fatal(err)
	}
	r := &running{output: filepath.Join(t.TempDir(), "output"), temporary: t.TempDir()}
	output, err := os.Create(r.output)
	if err != nil {
		t.Fatal(err)
	}
	defer output.Close() // the program has its own
	r.cmd = exec.Command("samenspel", append([]string{"demo", "--addr", addr}, args...)...)
	r.cmd.Env = append(os.Environ(), "TMPDIR="+r.temporary)
	r.cmd.Stdout, r.cmd.Stderr = output, output
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.cmd.Process.Kill() }) // when the test ended early
	if err := ready(addr); err != nil {
		t.Fatal(err)
	}
	return r
}

// interrupt presses Ctrl-C, after which the program has to end calmly.
func (r *running) interrupt(t *testing.T) {
	t.Helper()
	if err := r.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v:\n%s", err, r.printed(t))
	}
}

// printed is all that it printed until now.
func (r *running) printed(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(r.output)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestDemoLeavesNothing(t *testing.T) {
	r := run(t)
	left := func() int {
		entries, err := os.ReadDir(r.temporary)
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	if left() == 0 {
		t.Error("the demo keeps its data somewhere else than where temporary files go")
	}
	r.interrupt(t)
	if n := left(); n != 0 {
		t.Errorf("the demo left %d folders behind", n)
	}
}

// TestNoWordsInPlainText looks for all that the invented people said, in every
// file that the demo keeps and in all that it prints.
func TestNoWordsInPlainText(t *testing.T) {
	dir := t.TempDir()
	r := run(t, "--data", dir)
	said := sayings()
	if len(said) < 30 {
		t.Fatalf("only %d sayings to look for", len(said))
	}
	page := look(t, r)
	if !strings.Contains(page, "Over vroeger zeg ik alleen: hij werkte hard.") {
		t.Fatalf("the words are not even on the page:\n%s", page)
	}
	search(t, dir, said)
	r.interrupt(t)
	search(t, dir, said)
	searchIn(t, "the output", []byte(r.printed(t)), said)
}

// sayings are all words in the script of the demo that are long enough not to
// stand in sealed bytes by chance.
func sayings() []string {
	var said []string
	for _, scene := range script(time.Now(), "nl") {
		wish := reflect.ValueOf(scene.wish)
		for i := range wish.NumField() {
			words, ok := wish.Field(i).Interface().(samenspel.Words)
			if ok && len(words.Text()) >= 6 {
				said = append(said, words.Text())
			}
		}
	}
	return said
}

// look lets the vrager in and gives her first page. A form of hers fails too,
// with words in it.
func look(t *testing.T, r *running) string {
	t.Helper()
	link := regexp.MustCompile(`vrager: (\S+)`).FindStringSubmatch(r.printed(t))
	jar, err := cookiejar.New(nil)
	if err != nil || link == nil {
		t.Fatalf("no link for the vrager, %v:\n%s", err, r.printed(t))
	}
	client := &http.Client{Jar: jar}
	answer, err := client.Get(link[1])
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	forged, err := client.PostForm(answer.Request.URL.String()+"/tell", map[string][]string{"words": sayings()})
	if err != nil {
		t.Fatal(err)
	}
	if forged.Body.Close(); forged.StatusCode != http.StatusForbidden {
		t.Errorf("a form from nowhere is answered with %s", forged.Status)
	}
	return string(page)
}

// search looks for words in every file below a folder.
func search(t *testing.T, dir string, said []string) {
	t.Helper()
	sealed := false
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		// What kind of thing happened is no secret: the right files are read.
		sealed = sealed || bytes.Contains(content, []byte("statement.worded"))
		searchIn(t, d.Name(), content, said)
		return nil
	})
	if err != nil || !sealed {
		t.Errorf("the log was not found in %s: %v", dir, err)
	}
}

func searchIn(t *testing.T, where string, content []byte, said []string) {
	t.Helper()
	for _, words := range said {
		if bytes.Contains(content, []byte(words)) {
			t.Errorf("%q stands in plain text in %s", words, where)
		}
	}
}
