package page

import (
	"html/template"
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"samenspel/web/static"
)

// TestTemplatesFitTheirPages checks each template against its struct: every
// field and method that it names is there, and takes what it is given.
func TestTemplatesFitTheirPages(t *testing.T) {
	for _, p := range All {
		for _, name := range []string{"frame", "live"} {
			found := templates[nameOf(p)]().Lookup(name)
			if found == nil {
				if name == "frame" {
					t.Errorf("%s has no frame", nameOf(p))
				}
				continue
			}
			if err := templatecheck.CheckHTML(found, p); err != nil {
				t.Errorf("%s, %s: %v", nameOf(p), name, err)
			}
		}
	}
}

// TestEveryFileIsAPage: no template is forgotten in [All], and none is left
// that nothing shows.
func TestEveryFileIsAPage(t *testing.T) {
	known := map[string]bool{"frame": true, "parts": true, "agreement_parts": true, "dialogue_parts": true, "lookback_parts": true}
	for _, p := range All {
		if known[nameOf(p)] {
			t.Errorf("%s stands in All twice", nameOf(p))
		}
		known[nameOf(p)] = true
		if kind := reflect.TypeOf(p); kind.Kind() != reflect.Struct {
			t.Errorf("%s is no struct", kind)
		}
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_parts.html") { // of several pages
			known[strings.TrimSuffix(name, ".html")] = true
		}
		if !known[strings.TrimSuffix(name, ".html")] {
			t.Errorf("nothing shows %s", name)
		}
	}
	if len(names) != len(known) {
		t.Errorf("%d files for %d pages", len(names), len(known))
	}
}

// TestSigns: every sign that is named is in the sprite.
func TestSigns(t *testing.T) {
	for name := range turned {
		if static.Icon(name) == "" {
			t.Errorf("%s turns around and is not in the sprite", name)
		}
	}
	for layer, name := range layerIcons {
		if static.Icon(name) == "" || layerStyles[layer] == "" {
			t.Errorf("%s has no sign or style", layer)
		}
	}
	if got, want := icon("no such sign"), template.HTML(`<svg class="icon" aria-hidden="true"><use href=""></use></svg>`); got != want {
		t.Errorf("a sign that is not there is %s", got)
	}
}
