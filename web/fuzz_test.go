package web_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"samenspel/web"
)

// FuzzForms sends whatever to whichever form, as whoever: every answer is one
// that the site means to give. ask looks at what protects the reader.
func FuzzForms(f *testing.F) {
	w := newWorld(f)
	w.stage()
	posts := slices.DeleteFunc(w.Routes(), func(r web.Route) bool {
		// Who goes out, or sees another out, is not there for what follows.
		return r.Method != http.MethodPost || strings.HasSuffix(r.Path, "/out")
	})
	odd := "words=%ff%00&layer=%&turn=x&seen_by=&seen_by=x&command=%F0%9F%8E%88&back=//x&secret=" + strings.Repeat("a", 22)
	for route := range posts {
		f.Add(uint8(route), uint8(6), anyForm().Encode())
		f.Add(uint8(route), uint8(8), odd)
	}
	f.Fuzz(func(t *testing.T, route, viewer uint8, body string) {
		w.TB = t
		path, who := at(posts[int(route)%len(posts)].Path, shown("a")), viewers[int(viewer)%len(viewers)]
		r := w.request(who, http.MethodPost, path, nil)
		r.Body = io.NopCloser(strings.NewReader(body))
		got := w.ask(r)
		if !slices.Contains([]int{200, 303, 401, 403, 404, 409, 422}, got.Code) {
			t.Errorf("%s as %s: %d\n%s", path, who, got.Code, w.lines)
		}
	})
}
