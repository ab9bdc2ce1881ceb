// Package static holds everything a page loads besides its own HTML: style,
// scripts, fonts and icons. The files are in the program, so that it is one
// file to install and asks nothing of another server.
//
// Each asset has one address that holds a hash of its content:
//
//	/static/<first 12 hex digits of the SHA-256>/<name>
//
// A changed asset therefore has a new address, and a browser may keep the old
// one for ever.
//
// # Live pages
//
// live.js renews parts of a page while somebody looks at it. The page names
// its stream once, and marks what the stream may renew:
//
//	<div data-live="/here/live?after=41" hidden></div>
//	<section id="words" data-region>…</section>
//
// The stream answers a GET with 200 and Content-Type text/event-stream, and
// stays open. It sends messages as server-sent events, each ended by an empty
// line. A message with regions has no event name:
//
//	id: 42
//	data: <section id="words" data-region>
//	data: …
//	data: </section>
//
// Its data is one or more whole regions, written as the page writes them; each
// line of HTML gets a "data: " of its own. A region takes the place of the
// region with its id by changing only what differs: focus, typed text and open
// details stay. A region that the page does not have is left out. Regions hold
// no script, style, link, meta, base, iframe, object or embed; a message with
// one is refused whole. Everything outside the regions stays as it is.
//
//	event: gone
//	data:
//
// loads the page again: this reader may no longer see what is here.
//
//	event: here
//	data:
//
// is the first that a stream sends. A page that hears nothing, while the server
// answers when it is asked for the same address with once=yes behind it, takes it
// that something in between keeps the stream to itself: it asks like that now and
// then, as often as "retry:" says in the answer, which ends by itself.
//
//	: still here
//
// is a comment. It keeps a quiet connection open, and is best sent each 15 s.
//
// The id is the place in the log up to which the page is right. After a cut,
// or when a hidden tab is looked at again, live.js asks the same address with
// the header Last-Event-ID. The first time there is none: then the address
// itself has to say which place the page was made at, as "after" does above.
// While there is no connection <html> has data-cut, and .cut is shown. An
// answer of 401, 403, 404 or 410 after a connection loads the page again;
// any other fault is tried again, after 1 s at first and 30 s at last.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// Prefix is where Handler expects to be mounted.
const Prefix = "/static/"

// CSP is the one Content-Security-Policy of every page. The assets are made to
// work under exactly this, and the tests of this package hold them to it.
// Icons by an external <use> fall under img-src.
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; " +
	"img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; " +
	"frame-ancestors 'none'; require-trusted-types-for 'script'"

//go:embed assets vendor fonts licences
var files embed.FS

// asset is one served file. zipped is nil when gzip would gain too little.
type asset struct {
	path   string
	kind   string
	body   []byte
	zipped []byte
}

// parts says of which embedded files each asset is made, in order. Two rules
// need the order: a stylesheet comes after the fonts whose addresses it holds,
// and live.js is one file because browsers may run timers between two deferred
// scripts: htmx would then start before its extension is there.
var parts = []struct {
	name string
	from []string
}{
	{"atkinson-next-latin.woff2", []string{"fonts/atkinson-next-latin.woff2"}},
	{"atkinson-next-latin-ext.woff2", []string{"fonts/atkinson-next-latin-ext.woff2"}},
	{"tokens.css", []string{"assets/tokens.css"}},
	{"app.css", []string{"assets/app.css"}},
	{"app.js", []string{"assets/app.js"}},
	{"around.js", []string{"assets/around.js"}},
	{"live.js", []string{"assets/live-before.js", "vendor/htmx-4.0.1.min.js", "vendor/hx-sse-4.0.1.min.js", "assets/live-after.js"}},
	{"passkey.js", []string{"assets/passkey.js"}},
	{"table.js", []string{"assets/table.js"}},
	{"icons.svg", []string{"assets/icons.svg"}},
	{"favicon.svg", []string{"assets/favicon.svg"}},
	{"licences.txt", []string{"licences/htmx.txt", "licences/lucide.txt", "fonts/OFL.txt"}},
}

var (
	byName = map[string]*asset{}
	byPath = map[string]*asset{}
	icons  = map[string]string{}
)

func init() {
	for _, p := range parts {
		a := newAsset(p.name, join(p.from))
		byName[p.name], byPath[a.path] = a, a
	}
	sprite := byName["icons.svg"]
	for _, m := range symbol.FindAllSubmatch(sprite.body, -1) {
		icons[string(m[1])] = sprite.path + "#" + string(m[1])
	}
}

var (
	symbol = regexp.MustCompile(`<symbol id="([^"]+)"`)
	url    = regexp.MustCompile(`url\("([^"]+)"\)`)
)

// join reads the named files and puts them one after the other. Scripts that
// were made to be files of their own may end without a semicolon.
func join(names []string) []byte {
	var out bytes.Buffer
	for i, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			panic("static: " + err.Error()) // a mistake in parts: the tests see it
		}
		if i > 0 && path.Ext(name) == ".js" {
			out.WriteString("\n;")
		}
		if i > 0 {
			out.WriteByte('\n')
		}
		out.Write(b)
	}
	return out.Bytes()
}

func newAsset(name string, body []byte) *asset {
	a := &asset{kind: kinds[path.Ext(name)]}
	if strings.HasSuffix(name, ".css") {
		body = withFonts(body)
	}
	sum := sha256.Sum256(body)
	a.body = body
	a.path = Prefix + hex.EncodeToString(sum[:])[:12] + "/" + name
	if path.Ext(name) != ".woff2" { // woff2 is compressed already
		a.zipped = zip(body)
	}
	return a
}

var kinds = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// withFonts writes the hashed address of each asset that a stylesheet names
// into it, relative to the stylesheet's own hashed address. The hash of the
// stylesheet is taken afterwards, so it changes when a font does.
func withFonts(css []byte) []byte {
	return url.ReplaceAllFunc(css, func(m []byte) []byte {
		name := path.Base(string(url.FindSubmatch(m)[1]))
		a := byName[name]
		if a == nil {
			panic("static: a stylesheet names " + name + ", which is not there")
		}
		return fmt.Appendf(nil, `url("../%s")`, strings.TrimPrefix(a.path, Prefix))
	})
}

// zip compresses once, at start: the text assets together stay below 30 KB.
func zip(body []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err = w.Write(body); err != nil || w.Close() != nil || out.Len() >= len(body) {
		return nil
	}
	return bytes.Clone(out.Bytes())
}

// Names returns the names that Path knows, in a fixed order.
func Names() []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.name
	}
	return names
}

// Path returns the address of the asset with that name, and "" when there is
// none: a page without one style is better than no page.
func Path(name string) string {
	if a := byName[name]; a != nil {
		return a.path
	}
	return ""
}

// Icon returns the address of one sign in the sprite, for the href of <use>,
// and "" when there is none of that name.
//
//	<svg class="icon" aria-hidden="true"><use href="{{icon "home"}}"></use></svg>
func Icon(name string) string { return icons[name] }

// Handler serves every asset. It is to be mounted at Prefix without stripping.
func Handler() http.Handler { return HandlerOr(http.NotFoundHandler()) }

// HandlerOr is Handler with another answer for addresses that are not there,
// so that the program's own page can say it.
func HandlerOr(missing http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := byPath[r.URL.Path]
		if a == nil {
			missing.ServeHTTP(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		a.serve(w, r)
	})
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h, body := w.Header(), a.body
	h.Set("Content-Type", a.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	if a.zipped != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body = a.zipped
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the reader went away: nothing to do
	}
}

// acceptsGzip reads an Accept-Encoding header. Every browser says gzip plainly;
// anything that gives it a weight of zero gets the plain bytes.
func acceptsGzip(header string) bool {
	for _, one := range strings.Split(header, ",") {
		coding, weight, _ := strings.Cut(one, ";")
		if strings.TrimSpace(coding) == "gzip" {
			w := strings.TrimSpace(weight)
			return w != "q=0" && w != "q=0.0" && w != "q=0.00" && w != "q=0.000"
		}
	}
	return false
}
