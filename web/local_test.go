package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// FuzzLocal: whatever stands in a form, the way back is on this site, as a
// browser reads it: it takes \ for /, and does not see tabs and line ends.
func FuzzLocal(f *testing.F) {
	for _, address := range []string{
		"", "/", "//", "/a/b?at=2#s-1", "//elsewhere.test", `/\elsewhere.test`, "/\t/elsewhere.test", "http://elsewhere.test",
		"/%2f%2felsewhere.test", "/%2felsewhere.test/ ", "/.//elsewhere.test", "javascript:alert(1)", "/\x00", "/é?ü=ö", "/a b", "?x", "#y", "/%zz",
	} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		const otherwise = "/otherwise"
		got := local(address, otherwise)
		if got != otherwise && got != address {
			t.Errorf("%q became %q", address, got)
		}
		u, err := url.Parse(got)
		if err != nil {
			t.Fatal(err)
		}
		u.RawQuery = u.Query().Encode() // as back does
		sent := httptest.NewRecorder()
		http.Redirect(sent, httptest.NewRequest(http.MethodPost, "/a/b", nil), u.String(), http.StatusSeeOther)
		for _, to := range []string{got, sent.Header().Get("Location")} {
			read := strings.NewReplacer("\t", "", "\r", "", "\n", "", `\`, "/").Replace(to)
			if !strings.HasPrefix(read, "/") || strings.HasPrefix(read, "//") {
				t.Errorf("%q leads to %q", address, to)
			}
		}
	})
}

func TestWindow(t *testing.T) {
	type bounds struct{ from, to, number int }
	for _, c := range []struct {
		size  int
		asked string
		want  bounds
	}{
		{0, "", bounds{0, 0, 1}},
		{7, "", bounds{0, 3, 1}},
		{7, "1", bounds{0, 3, 1}},
		{7, "2", bounds{3, 6, 2}},
		{7, "3", bounds{6, 7, 3}},
		{6, "3", bounds{0, 3, 1}},
		{7, "0", bounds{0, 3, 1}},
		{7, "-1", bounds{0, 3, 1}},
		{7, "x", bounds{0, 3, 1}},
		{7, "4611686018427387904", bounds{0, 3, 1}},
		{7, "9999999999999999999999", bounds{0, 3, 1}},
	} {
		from, to, number := window(c.size, 3, c.asked)
		if got := (bounds{from, to, number}); got != c.want {
			t.Errorf("page %q of %d: %v, want %v", c.asked, c.size, got, c.want)
		}
	}
}
