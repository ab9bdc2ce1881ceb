package static

import (
	"compress/gzip"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, path, coding string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", coding)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestEveryAssetIsServed(t *testing.T) {
	address := regexp.MustCompile(`^/static/[0-9a-f]{12}/[a-z.0-9-]+$`)
	want := map[string]string{"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "txt": "text/plain", "woff2": "font/woff2"}
	for _, name := range Names() {
		path := Path(name)
		if !address.MatchString(path) {
			t.Errorf("%s has address %q", name, path)
		}
		res := get(t, path, "identity")
		kind := want[name[strings.LastIndex(name, ".")+1:]]
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), kind) {
			t.Errorf("%s: %d, %q", name, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if cc := res.Header.Get("Cache-Control"); cc != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control %q", name, cc)
		}
		if res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be sniffed", name)
		}
		if body(t, res) == "" {
			t.Errorf("%s is empty", name)
		}
	}
}

func TestGzipHoldsTheSameBytes(t *testing.T) {
	total := 0
	for _, name := range Names() {
		plain := body(t, get(t, Path(name), "br, gzip;q=0"))
		res := get(t, Path(name), "gzip, br")
		if strings.HasSuffix(name, ".woff2") {
			if res.Header.Get("Content-Encoding") != "" {
				t.Errorf("%s is compressed twice", name)
			}
			continue
		}
		if res.Header.Get("Content-Encoding") != "gzip" || res.Header.Get("Vary") != "Accept-Encoding" {
			t.Fatalf("%s: %v", name, res.Header)
		}
		z, err := gzip.NewReader(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		if err != nil || string(b) != plain {
			t.Errorf("%s differs when compressed: %v", name, err)
		}
		total += len(byName[name].zipped)
	}
	if total > 40<<10 {
		t.Errorf("compressed assets hold %d bytes of memory", total)
	}
}

func TestUnknownAddresses(t *testing.T) {
	if Path("nothing.css") != "" || Path("") != "" || Icon("nothing") != "" {
		t.Error("an unknown name has an address")
	}
	other := "/static/000000000000/app.css"
	for _, path := range []string{other, "/static/app.css", "/static/", Path("app.css") + "/", Path("app.css") + "x"} {
		if res := get(t, path, ""); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
	w := httptest.NewRecorder()
	HandlerOr(http.RedirectHandler("/", http.StatusSeeOther)).ServeHTTP(w, httptest.NewRequest(http.MethodGet, other, nil))
	if w.Code != http.StatusSeeOther {
		t.Errorf("the given handler was not asked: %d", w.Code)
	}
	w = httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, Path("app.css"), nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
	w = httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest(http.MethodHead, Path("app.css"), nil))
	if w.Code != http.StatusOK || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "0" {
		t.Errorf("HEAD: %d with %d bytes", w.Code, w.Body.Len())
	}
}

func TestStylesNameOnlyWhatIsThere(t *testing.T) {
	comment := regexp.MustCompile(`(?s)/\*.*?\*/`)
	physical := regexp.MustCompile(`(?:^|[\s;{])(?:left|right|top|bottom|(?:margin|padding|border|inset)-(?:left|right|top|bottom)|(?:min-|max-)?(?:width|height)|float)\s*:`)
	media := regexp.MustCompile(`@media[^{]*`)
	used, set := map[string]bool{}, map[string]bool{}
	fonts := 0
	for _, name := range []string{"tokens.css", "app.css"} {
		css := comment.ReplaceAllString(string(byName[name].body), "")
		for _, bad := range []string{"@import", "http:", "https:", "//", "data:", "javascript:", "expression("} {
			if strings.Contains(css, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		for _, m := range regexp.MustCompile(`url\(([^)]*)\)`).FindAllStringSubmatch(css, -1) {
			ref := strings.Trim(m[1], `"`)
			res := get(t, Prefix+strings.TrimPrefix(ref, "../"), "")
			if !strings.HasPrefix(ref, "../") || res.StatusCode != http.StatusOK {
				t.Errorf("%s names %s: %d", name, ref, res.StatusCode)
			}
			fonts++
		}
		if m := physical.FindString(media.ReplaceAllString(css, "")); m != "" {
			t.Errorf("%s has a physical property: %q", name, m)
		}
		if strings.Count(css, "{") != strings.Count(css, "}") {
			t.Errorf("%s has unequal braces", name)
		}
		for _, m := range regexp.MustCompile(`(--[a-z0-9-]+)\s*:`).FindAllStringSubmatch(css, -1) {
			set[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`var\((--[a-z0-9-]+)`).FindAllStringSubmatch(css, -1) {
			used[m[1]] = true
		}
	}
	for name := range used {
		if !set[name] {
			t.Errorf("the styles use %s, which nothing sets", name)
		}
	}
	if fonts != 2 {
		t.Errorf("%d fonts named, want 2", fonts)
	}
}

func TestScriptsAskNothingOutside(t *testing.T) {
	for _, name := range []string{"app.js", "live.js"} {
		js := string(byName[name].body)
		for _, bad := range []string{"sourceMappingURL", "localStorage.setItem", "https://"} {
			if strings.Contains(js, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
	}
}

func TestIcons(t *testing.T) {
	want := strings.Fields(`mark help exit home compass plus handshake more eye lock check pencil x
		footprints sprout heart-handshake list chevron-down quote messages mic users settings undo globe
		sun moon text-size note send door arrow-left arrow-right clock qr-free ring-open ring-met
		ring-noticed ring-left ring-cleared friction eye-off renew turn link speaker ear hand-heart
		calendar download printer key`)
	for _, name := range want {
		if Icon(name) != Path("icons.svg")+"#"+name {
			t.Errorf("icon %s has address %q", name, Icon(name))
		}
	}
	if len(icons) != len(want) {
		t.Errorf("%d icons in the sprite, %d in this list", len(icons), len(want))
	}
	d, seen := xml.NewDecoder(strings.NewReader(string(byName["icons.svg"].body))), map[string]bool{}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		el, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if el.Name.Local == "script" || el.Name.Local == "style" {
			t.Errorf("the sprite holds a %s", el.Name.Local)
		}
		if el.Name.Local == "symbol" {
			if id := el.Attr[0].Value; seen[id] || el.Attr[1].Name.Local != "viewBox" {
				t.Errorf("symbol %s is twice there or has no viewBox", id)
			} else {
				seen[id] = true
			}
		}
	}
}
