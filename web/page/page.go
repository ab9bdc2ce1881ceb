// Package page makes HTML out of what a viewer may see. A page is a struct and
// the template of its name; nothing in a template reaches further than that.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"sync"

	"samenspel"
	"samenspel/web/static"
	"samenspel/web/text"
)

//go:embed *.html
var files embed.FS

// Page is anything that has a frame; its template has the name of its type in
// lower case.
type Page interface{ frame() *Frame }

// All has one of each page, for the templates and for their check.
var All = slices.Concat([]Page{
	Admin{}, Alliance{}, Begin{}, Door{}, Emotion{}, Enter{}, Help{}, Invite{}, Layer{}, Link{}, Method{}, More{},
	Notes{}, Out{}, People{}, Picture{}, Place{}, Reword{}, Settings{}, Share{}, Start{}, Tell{}, Themes{}, Trouble{}, View{}, Welcome{},
}, doorPages, planPages, holdPages, lookBackPages, lensPages, agreementPages, frictionPages, circlePages, lookPages, storyPages, practicePages, signInPages, emergencyPages, staffPages, passkeyPages, logPages, organisationPages, erasePages, keepingPages, consentPages, youngPages)

// funcs are what the templates may call besides their page.
var funcs = template.FuncMap{
	"asset":   static.Path,
	"icon":    icon,
	"ring":    ring,
	"words":   samenspel.Words.Text,
	"css":     func(l samenspel.Layer) string { return layerStyles[l] },
	"sign":    func(l samenspel.Layer) string { return layerIcons[l] },
	"opening": text.Opening,

	// Parts with the frame of the page around them. As methods of Frame each type
	// of page would carry its own.
	"dealWhole": dealWhole,
	"quietWord": quietWord,
	"urgent":    urgent,

	// Lists of the frame, for the same reason.
	"becauseYou":      becauseYou,
	"becauseSaid":     becauseSaid,
	"reviews":         reviews,
	"openEmergencies": openEmergencies,
	"themeNames":      themeNames,

	// What somebody chooses from, in its order. The size of text that is ""
	// is the ordinary one; layers go from the core outward, rings from close by.
	"layers": func() []samenspel.Layer { return samenspel.Layers[:] },
	"kinds":  func() []samenspel.Kind { return samenspel.StatementKinds[:] },
	"paces":  func() []samenspel.Pace { return samenspel.Paces[:] },
	"wants":  func() []samenspel.Want { return samenspel.Wants[:] },
	"ables":  func() []samenspel.Able { return samenspel.Ables[:] },
	"ties":   func() []samenspel.TieKind { return samenspel.TieKinds[:] },
	"rings":  func() []int { return []int{1, 2, 3} },
	"sizes":  func() []string { return []string{"", "large", "larger"} },
}

// templates are read when their page is first asked for: a program that has just
// started is small, and there at once.
var templates = func() map[string]func() *template.Template {
	shared := template.Must(template.New("").Funcs(funcs).ParseFS(files, "frame.html", "*parts.html"))
	all := map[string]func() *template.Template{}
	for _, p := range All {
		name := nameOf(p)
		all[name] = sync.OnceValue(func() *template.Template {
			return template.Must(template.Must(shared.Clone()).ParseFS(files, name+".html"))
		})
	}
	return all
}()

func nameOf(p Page) string { return strings.ToLower(reflect.TypeOf(p).Name()) }

// Render makes a whole page. A page with live regions says in the address of
// its stream what it shows already. What it gives is for one reader and is used
// for no other page: over HTTP/2 the last of it may still be on its way when
// the write of it has ended.
func Render(p Page) ([]byte, error) {
	f := p.frame()
	if t := templates[nameOf(p)](); t.Lookup("live") != nil {
		html, digest, err := Regions(p)
		if err != nil {
			return nil, err
		}
		f.Live = template.HTML(html) //nolint:gosec // made by the template engine from this very page
		f.LiveURL += "after=" + digest
	}
	out := room.Get().(*bytes.Buffer)
	defer leave(out)
	if err := print(out, p, "frame"); err != nil {
		return nil, err
	}
	return bytes.Clone(out.Bytes()), nil
}

// room is where pages are made: a large one need not be made room for each time.
var room = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// mostRoom is how large a buffer is kept at most, in bytes.
const mostRoom = 1 << 20

func leave(b *bytes.Buffer) {
	if b.Cap() <= mostRoom {
		clear(b.Bytes()) // nobody's words stay in it
		b.Reset()
		room.Put(b)
	}
}

// Regions gives the live regions of a page, and a digest of them: two equal
// digests mean that there is nothing new to see for this viewer.
func Regions(p Page) (html, digest string, err error) {
	out := room.Get().(*bytes.Buffer)
	defer leave(out)
	if err := print(out, p, "live"); err != nil {
		return "", "", err
	}
	sum := sha256.Sum256(out.Bytes())
	return out.String(), base64.RawURLEncoding.EncodeToString(sum[:16]), nil
}

// The names that the stylesheet and the sprite have for the layers.
var (
	layerStyles = map[samenspel.Layer]string{
		samenspel.Behaviour: "gedrag", samenspel.Need: "behoefte",
		samenspel.Commitment: "betrokkenheid", samenspel.Meaning: "zingeving",
	}
	layerIcons = map[samenspel.Layer]string{
		samenspel.Behaviour: "footprints", samenspel.Need: "sprout",
		samenspel.Commitment: "heart-handshake", samenspel.Meaning: "compass",
	}
)

// turned are the signs with a direction, which turn around in a language that
// is written from right to left.
var turned = map[string]bool{
	"exit": true, "arrow-left": true, "arrow-right": true, "list": true,
	"messages": true, "door": true, "send": true, "speaker": true,
}

// icons are the signs that were made: a long page has a thousand, of a few.
var icons struct {
	sync.RWMutex
	made map[string]template.HTML
}

// icon is a sign. Its name comes from the program.
func icon(name string) template.HTML {
	icons.RLock()
	sign, known := icons.made[name]
	icons.RUnlock()
	if known {
		return sign
	}
	class := "icon"
	if turned[name] {
		class = "icon flip"
	}
	sign = use(class, static.Icon(name))
	icons.Lock()
	defer icons.Unlock()
	if icons.made == nil {
		icons.made = map[string]template.HTML{}
	}
	icons.made[name] = sign
	return sign
}

// ring is the sign of how an emotion stands: "open", "met", "noticed", "left".
func ring(name string) template.HTML { return use("ring", static.Icon("ring-"+name)) }

// use makes a reference to the sprite. Both parts come from the program.
func use(class, href string) template.HTML {
	return template.HTML(`<svg class="` + class + `" aria-hidden="true"><use href="` + href + `"></use></svg>`) //nolint:gosec // no outside text
}
