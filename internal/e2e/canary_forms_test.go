package e2e

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// inTheClear are the forms whose words are no person's and are kept in the
// clear: what the organisation calls the activities, who answers for the house
// and its own terms are its own texts, for
// everybody to read (docs/privacy.md).
var inTheClear = []string{"/admin/activities", "/admin/organisation", "/admin/terms"}

// leaving are the forms that end what the others need, so they come last.
var leaving = regexp.MustCompile(`/(end|leave|logout|stop|out)(/|$)`)

// aForm is a form on a page, with what a browser would send of it.
type aForm struct {
	page, action, method string
	multipart            bool
	values               url.Values
	texts                []string // the names of the fields that take words
	file                 string   // the name of a field for a file
}

// sign tells forms apart that are not of the same kind: ids in an address do
// not count.
func (f aForm) sign() string {
	u, err := url.Parse(f.action)
	if err != nil {
		return f.action
	}
	return anID.ReplaceAllString(u.Path, "-") + " " + strings.Join(f.texts, ",")
}

var anID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|\d+`)

// maxPages bounds a walk along the pages of one visitor.
const maxPages = 150

// inForms walks along the pages of a visitor, fills in every form there is with
// canaries, and sends it: as the page does, and as a page from elsewhere would.
// It tells how many canaries came back on pages.
func (c *canaries) inForms(t *testing.T, v *visitor, done map[string]bool) (sung int) {
	t.Helper()
	var last []aForm
	seen := map[string]bool{}
	kinds := map[string]int{}
	pages := []string{v.home}
	for n := 0; n < len(pages) && n < maxPages; n++ {
		body, address, err := v.read(v.client.Get(pages[n]))
		if err != nil {
			continue // a page that goes when another form was sent
		}
		sung += strings.Count(body, c.song)
		forms, links := formsAndLinks(address, body)
		for _, link := range links {
			kind := anID.ReplaceAllString(link, "-")
			if !seen[link] && kinds[kind] < 3 && strings.HasPrefix(link, "http://"+addr(v.home)+"/") {
				seen[link] = true
				kinds[kind]++
				pages = append(pages, link)
			}
		}
		for _, f := range forms {
			if leaving.MatchString(f.action) {
				last = append(last, f)
			} else if c.send(t, v, f, done) {
				pages = append(pages, address) // what was told is looked at
			}
		}
	}
	for _, f := range last {
		c.send(t, v, f, done)
	}
	return sung
}

// send fills in a form and sends it, once for each kind. It tells whether it
// was sent.
func (c *canaries) send(t *testing.T, v *visitor, f aForm, done map[string]bool) bool {
	t.Helper()
	if len(f.texts) == 0 && f.file == "" || done[f.sign()] || slices.ContainsFunc(inTheClear, func(clear string) bool { return strings.Contains(f.action, clear) }) {
		return false
	}
	done[f.sign()] = true
	for _, origin := range []string{"http://elsewhere.example", "http://" + addr(f.page)} {
		for _, name := range f.texts {
			f.values.Set(name, c.next())
		}
		body, kind := f.encoded(t, c)
		r, err := http.NewRequest(f.method, f.action, body)
		if err != nil {
			t.Fatal(err)
		}
		if f.method == http.MethodGet {
			r.URL.RawQuery = f.values.Encode()
		}
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Origin", origin)
		answer, err := v.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if answer.Body.Close(); answer.StatusCode >= 500 {
			t.Errorf("%s is answered with %s", f.sign(), answer.Status)
		}
	}
	return true
}

// encoded is the body of a form, with a file of canaries where it asks for one.
func (f aForm) encoded(t *testing.T, c *canaries) (*bytes.Buffer, string) {
	t.Helper()
	if !f.multipart {
		return bytes.NewBufferString(f.values.Encode()), "application/x-www-form-urlencoded"
	}
	body := new(bytes.Buffer)
	w := multipart.NewWriter(body)
	for name, values := range f.values {
		for _, value := range values {
			if err := w.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if f.file != "" {
		file, err := w.CreateFormFile(f.file, "gesprek.txt")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(file, "Els: %s\nNadia: %s\n", c.next(), c.next())
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return body, w.FormDataContentType()
}

// formsAndLinks reads what can be done from a page.
func formsAndLinks(address, body string) (forms []aForm, links []string) {
	page, err := url.Parse(address)
	root, parsed := html.Parse(strings.NewReader(body))
	if err != nil || parsed != nil {
		return nil, nil
	}
	absolute := func(to string) string {
		u, err := page.Parse(to)
		if err != nil {
			return ""
		}
		u.Fragment = ""
		return u.String()
	}
	for n := range root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "a" && has(n, "href"):
			links = append(links, absolute(get(n, "href")))
		case n.Data == "form":
			f := aForm{page: address, action: absolute(get(n, "action")), method: strings.ToUpper(get(n, "method")),
				multipart: get(n, "enctype") == "multipart/form-data", values: url.Values{}}
			if f.method == "" {
				f.method = http.MethodGet
			}
			for field := range n.Descendants() {
				f.add(field)
			}
			forms = append(forms, f)
		}
	}
	return forms, links
}

// add takes what a browser would send of a field; of what must be chosen and
// is not, the first.
func (f *aForm) add(n *html.Node) {
	name, value := get(n, "name"), get(n, "value")
	if n.Type != html.ElementNode || name == "" || has(n, "disabled") {
		return
	}
	if most, err := strconv.Atoi(get(n, "maxlength")); err == nil && most < 24 {
		return // a code or a number
	}
	switch {
	case n.Data == "textarea":
		f.texts = append(f.texts, name)
	case n.Data == "select":
		for option := range n.Descendants() {
			if option.Data == "option" && (f.values.Get(name) == "" || has(option, "selected")) {
				f.values.Set(name, get(option, "value"))
			}
		}
	case n.Data == "button":
		if !f.values.Has(name) && get(n, "formaction") == "" {
			f.values.Set(name, value)
		}
	case n.Data != "input":
	case get(n, "type") == "file":
		f.file = name
	case get(n, "type") == "radio":
		if !f.values.Has(name) || has(n, "checked") {
			f.values.Set(name, value)
		}
	case get(n, "type") == "checkbox":
		if has(n, "checked") || has(n, "required") {
			f.values.Add(name, value)
		}
	case slices.Contains([]string{"", "text", "search", "password"}, get(n, "type")):
		f.texts = append(f.texts, name)
	default:
		f.values.Add(name, value)
	}
}

func get(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// atTheDoor comes in as the first administrator, under a name of canaries, and
// fills in what an administrator can.
func (c *canaries) atTheDoor(t *testing.T, d *program, done map[string]bool) {
	t.Helper()
	link, secret, _ := strings.Cut(d.lines["administrator (works once)"], "#")
	v := visit(t, link)
	body, address, err := v.read(v.client.Get(link))
	for _, values := range []url.Values{{"secret": {secret}}, {}} {
		if err != nil {
			t.Fatal(err)
		}
		forms, _ := formsAndLinks(address, body)
		at := slices.IndexFunc(forms, func(f aForm) bool { return strings.Contains(f.action, "/door") || strings.Contains(f.action, "/enter") })
		if at < 0 {
			t.Fatalf("there is no form at %s", address)
		}
		f := forms[at]
		for _, name := range f.texts {
			f.values.Set(name, c.next())
		}
		f.values.Del("code")
		for name := range values {
			f.values.Set(name, values.Get(name))
		}
		var r *http.Request
		if r, err = http.NewRequest(f.method, f.action, strings.NewReader(f.values.Encode())); err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", "http://"+addr(address))
		body, address, err = v.read(v.client.Do(r))
	}
	if err != nil || !strings.HasSuffix(address, "/me/first") {
		t.Fatalf("the administrator did not come in: %s, %v", address, err)
	}
	v.ownKey(t, d.lines["samenspel"], c.next())
	v.home = d.lines["samenspel"] + "/start"
	c.inForms(t, v, done)
}
