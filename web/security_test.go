package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"samenspel/web"
)

func init() { matrix["GET /.well-known/security.txt"] = open }

func TestSecurityContact(t *testing.T) {
	w := newWorld(t)
	got := w.get(nobody, "/.well-known/security.txt")
	if got.Code != http.StatusOK || got.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Fatalf("%d, %s", got.Code, got.Header().Get("Content-Type"))
	}
	fields := map[string]string{}
	for line := range strings.Lines(got.Body.String()) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if _, twice := fields[name]; !ok || twice {
			t.Errorf("the line %q", line)
		}
		fields[name] = value
	}
	if fields["Contact"] != string(w.Contact) || fields["Canonical"] != w.Address+"/.well-known/security.txt" {
		t.Errorf("the fields are %v", fields)
	}
	expires, err := time.Parse(time.RFC3339, fields["Expires"])
	if err != nil || !expires.After(w.Now().AddDate(0, 3, 0)) || !expires.Before(w.Now().AddDate(1, 0, 0)) {
		t.Errorf("it expires at %v, %v", expires, err)
	}
	w.Contact = ""
	if got := w.get(nobody, "/.well-known/security.txt"); got.Code != http.StatusNotFound {
		t.Errorf("without a contact: %d", got.Code)
	}
}

func TestContactAt(t *testing.T) {
	for _, good := range []string{"", "mailto:veilig@voorbeeld.test", "https://voorbeeld.test/melden"} {
		if got, err := web.ContactAt(good); err != nil || string(got) != good {
			t.Errorf("%q: %q, %v", good, got, err)
		}
	}
	for _, bad := range []string{"veilig@voorbeeld.test", "http://voorbeeld.test", "https:", "mailto:", "javascript:x", "mailto:a@b.test\nContact: c", "mailto:a@b.test x", "%"} {
		if got, err := web.ContactAt(bad); err == nil || got != "" {
			t.Errorf("%q: %q, %v", bad, got, err)
		}
	}
}
