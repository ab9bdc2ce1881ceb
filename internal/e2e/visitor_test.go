package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// visitor is somebody who posts forms without a browser.
type visitor struct {
	client *http.Client
	home   string // the address that they came in at
}

// visit lets a visitor in by a link of the demo, or to any other page.
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

// post sends a form as a page of the site does, and gives the address that it
// leads to.
func (v *visitor) post(address string, form url.Values) (to string, err error) {
	_, to, err = v.answer(address, form)
	return to, err
}

// answer is the same with the page that it leads to.
func (v *visitor) answer(address string, form url.Values) (page, to string, err error) {
	r, err := http.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://"+addr(address))
	return v.read(v.client.Do(r))
}

// tell posts words about oneself. It gives no error once the program said
// that they are kept.
func (v *visitor) tell(words string) error {
	to, err := v.post(v.home+"/tell", url.Values{"command": {uuid.NewString()}, "words": {words}, "back": {"/help"}})
	if err == nil && !strings.HasSuffix(to, "?did=told") {
		err = fmt.Errorf("told, and led to %s", to)
	}
	return err
}
