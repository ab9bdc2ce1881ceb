package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/workspace"
)

// seenBy is all that somebody sees of the first alliance, printed: every id is
// in it, and no words.
func (w *world) seenBy(viewer string) string {
	w.Helper()
	seen, err := w.Workspace.See(w.Context(), person("a", viewer), alliance("a"), workspace.Look{})
	if err != nil {
		w.Fatal(err)
	}
	return fmt.Sprintf("%+v", *seen)
}

// TestEveryThingInAnAddressHasAHiddenOne: TestWhatIsForeignIsUnknown asks for
// what is hidden under every address. Here it is held that what it takes for
// shown is seen by all, and what it takes for hidden by the vrager alone.
func TestEveryThingInAnAddressHasAHiddenOne(t *testing.T) {
	w := newWorld(t)
	w.stage()
	sees := map[string]string{}
	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		sees[viewer] = w.seenBy(viewer)
	}
	base := map[string][2]string{
		"{statement}": {shown("a").statement, hidden("a").statement}, "{emotion}": {shown("a").emotion, hidden("a").emotion},
		"{theme}": {shown("a").theme, hidden("a").theme}, "{note}": {"", hidden("a").note},
	}
	for name := range moreThings {
		if name == "{emergency}" { // everybody at the table knows of each
			continue
		}
		base[name] = [2]string{shown("a").more[name], hidden("a").more[name]}
	}
	same := map[string]bool{ // no ids, or of what nobody can hide
		"{$}": true, "{alliance}": true, "{partner}": true, "{person}": true, "{name}": true, "{layer}": true, "{answer}": true, "{view}": true, "{line}": true, "{talk}": true, "{emergency}": true, "{act}": true, "{gone}": true,
		"{passkey}": true, // of the door; passkey_test.go asks for those of others
	}
	for _, route := range w.Routes() {
		for _, name := range regexp.MustCompile(`\{[^}]+\}`).FindAllString(route.Path, -1) {
			if _, known := base[name]; !known && !same[name] {
				t.Errorf("%s: nobody said which %s is hidden", route.Path, name)
			}
		}
	}
	for name, of := range base {
		for viewer, printed := range sees {
			between := (name == "{emotion}" || name == "{erasure}") && (viewer == bonus || viewer == colleague) // a question between two
			if !between && !strings.Contains(printed, of[0]) {
				t.Errorf("%s does not see the %s that is shown to all", viewer, name)
			}
			if strings.Contains(printed, of[1]) != (viewer == vrager) {
				t.Errorf("the hidden %s is seen by %s: %v", name, viewer, viewer != vrager)
			}
		}
	}
}

// TestAHiddenIDInAFormIsUnknown: an id may stand in a form, or behind an
// address, as well. Of what is hidden it gets the same answer as one of
// nothing, but for the id itself where the form shows it again.
func TestAHiddenIDInAFormIsUnknown(t *testing.T) {
	w := newWorld(t)
	w.stage()
	before := w.seqs()
	of, none := hidden("a"), id("nothing")
	talk, sign := "/dialogue/"+string(talkOf("a", "shown dialogue")), "/friction/"+string(friction("a", "shown friction"))
	thing := func(name string) string { return of.more[name] }
	for _, c := range []struct{ method, path, field, id string }{
		{"POST", "/undo", "act", id("command", "a", "hidden note")},
		{"POST", "/undo", "act", id("command", "a", "hidden agreement")},
		{"POST", "/friction", "earlier", thing("{friction}")},
		{"POST", "/friction", "ground", of.statement},
		{"POST", sign + "/ground", "ground", of.statement},
		{"POST", "/table/" + string(talkOf("a", "shown dialogue")) + "/lay", "again", of.statement},
		{"POST", talk + "/changed", "because", of.statement},
		{"POST", "/near/" + string(near("a", "shown near")) + "/tie", "from", thing("{near}")},
		{"POST", "/invite", "near", thing("{near}")},
		{"POST", "/ambition/share", "statement", of.statement},
		{"GET", "/agreement", "from", thing("{agreement}")},
		{"GET", "/friction", "earlier", thing("{friction}")},
		{"GET", "/tell", "theme", of.theme},
	} {
		for _, viewer := range []string{bonus, professional, colleague} {
			ask := func(id string) string {
				form := anyForm()
				form.Del("theme_new")
				form.Set(c.field, id)
				path := table + c.path
				if c.method == http.MethodGet {
					path += "?" + url.Values{c.field: {id}}.Encode()
				}
				w.ids.Store(1000)
				return strings.ReplaceAll(said(w.ask(w.request(viewer, c.method, path, form))), id, "(id)")
			}
			if diff := cmp.Diff(ask(none), ask(c.id)); diff != "" {
				t.Errorf("%s %s with a hidden %s as %s: -unknown +hidden\n%s", c.method, c.path, c.field, viewer, diff)
			}
		}
	}
	for _, viewer := range []string{bonus, professional, colleague} {
		for _, live := range []string{"", "/live"} {
			unknown, kept := w.get(viewer, table+"/around/"+none+live), w.get(viewer, ownMap+live)
			if diff := cmp.Diff(said(unknown), said(kept)); diff != "" {
				t.Errorf("the map of the vrager as %s: -unknown +hidden\n%s", viewer, diff)
			}
		}
	}
	if after := w.seqs(); after != before {
		t.Errorf("the logs are %v long, were %v: something was taken", after, before)
	}
	for _, l := range w.looks.written {
		if l.What == "around" && l.About == partner("a", vrager) {
			t.Errorf("a look at a map that was not shown says %+v", l)
		}
	}
}
