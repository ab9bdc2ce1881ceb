package e2e

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// said gives all that the visitor's own picture says without a layer.
func (v *visitor) said(t *testing.T) string {
	t.Helper()
	_, picture, err := v.read(v.client.Get(v.home + "/picture"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for page := 1; ; page++ {
		next := fmt.Sprintf("?page=%d", page+1)
		body, _, err := v.read(v.client.Get(fmt.Sprintf("%s/none?page=%d", picture, page)))
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(body)
		if !strings.Contains(body, next) {
			return all.String()
		}
	}
}

// TestKilled kills the program while people tell things, and looks whether
// all that was said to be kept is there when it starts again.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	d := demoIn(t, dir, "127.0.0.1:0")
	samir := visit(t, d.lines["bonus"])
	kept := map[string]bool{}
	for life := range 3 {
		for _, words := range tellUntilKilled(t, d, samir, life) {
			kept[words] = true
		}
		d = demoIn(t, dir, addr(samir.home))
		said := samir.said(t)
		for words := range kept {
			if !strings.Contains(said, words) {
				t.Errorf("%q was said to be kept and is gone", words)
			}
		}
	}
	d.stop()
	out, err := command(t, "verify", "--data", dir).CombinedOutput()
	if err != nil || !strings.Contains(string(out), " 0 findings") {
		t.Errorf("verify: %v\n%s", err, out)
	}
	t.Logf("%d statements were kept over 3 kills", len(kept))
}

// tellUntilKilled has a few writers tell things until the program is killed
// and answers no more. It gives the words that were said to be kept.
func tellUntilKilled(t *testing.T, d *program, v *visitor, life int) []string {
	t.Helper()
	const enough = 30
	var writers sync.WaitGroup
	told := make(chan string)
	for w := range 4 {
		writers.Go(func() {
			for n := 0; ; n++ {
				words := fmt.Sprintf("Zin %d van schrijver %d in leven %d.", n, w, life)
				if v.tell(words) != nil {
					return // the program is no more
				}
				told <- words
			}
		})
	}
	go func() {
		writers.Wait()
		close(told)
	}()
	var kept []string
	for words := range told {
		if kept = append(kept, words); len(kept) == enough {
			d.kill()
		}
	}
	if len(kept) < enough {
		t.Fatalf("the program took only %d statements", len(kept))
	}
	return kept
}
