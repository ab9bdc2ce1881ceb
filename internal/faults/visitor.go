package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"samenspel"
)

// visitor is somebody who posts forms to the real program without a browser.
type visitor struct {
	client *http.Client
	home   string // the address that they came in at
}

// visit lets a visitor in by a link of the demo.
func visit(ctx context.Context, link string) (*visitor, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	v := &visitor{client: &http.Client{Jar: jar, Timeout: 20 * time.Second}}
	page, err := v.get(ctx, link)
	if err == nil && page.status != http.StatusOK {
		err = fmt.Errorf("come in: status %d", page.status)
	}
	v.home = page.address
	return v, err
}

// page is what an answer ends at.
type page struct {
	status  int
	address string
	text    string
}

func (v *visitor) get(ctx context.Context, address string) (page, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return page{}, err
	}
	return v.do(r)
}

func (v *visitor) do(r *http.Request) (page, error) {
	res, err := v.client.Do(r)
	if err != nil {
		return page{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return page{res.StatusCode, res.Request.URL.String(), string(text)}, err
}

// tell posts a sentence by a command, as a page of the site does. It was kept
// when it leads to a page that says so.
func (v *visitor) tell(ctx context.Context, id samenspel.CommandID) (kept bool, said page, err error) {
	form := url.Values{"command": {string(id)}, "words": {sentence(id).Text()}, "back": {"/help"}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, v.home+"/tell", strings.NewReader(form.Encode()))
	if err != nil {
		return false, page{}, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", "http://"+r.URL.Host)
	said, err = v.do(r)
	return err == nil && said.status == http.StatusOK && strings.HasSuffix(said.address, "?did=told"), said, err
}

// alliance is the one that they came in at.
func (v *visitor) alliance() samenspel.AllianceID {
	_, rest, _ := strings.Cut(v.home, "/a/")
	id, _, _ := strings.Cut(rest, "/")
	return samenspel.AllianceID(id)
}
