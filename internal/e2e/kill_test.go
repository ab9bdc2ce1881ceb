package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
)

// visitor is somebody who posts forms without a browser.
type visitor struct {
	client *http.Client
	home   string // the address of their alliance
}

// visit lets a visitor in by a link of the demo.
func visit(t *testing.T, link string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{client: &http.Client{Jar: jar}}
	_, v.home, err = v.read(v.client.Get(link))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// read gives the text of the page that an answer ends at, and its address.
func (v *visitor) read(r *http.Response, err error) (body, address string, _ error) {
	if err != nil {
		return "", "", err
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err == nil && r.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", r.Request.URL, r.Status)
	}
	return string(text), r.Request.URL.String(), err
}

// tell posts words about oneself and gives no error once the page said that
// they are kept.
func (v *visitor) tell(words string) error {
	form := url.Values{"command": {uuid.NewString()}, "words": {words}, "back": {"/help"}}
	r, err := http.NewRequest(http.MethodPost, v.home+"/tell", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://"+addr(v.home))
	_, address, err := v.read(v.client.Do(r))
	if err == nil && !strings.HasSuffix(address, "?did=told") {
		err = fmt.Errorf("told, and led to %s", address)
	}
	return err
}

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
