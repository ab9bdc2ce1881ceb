package web_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel"
)

// TestEverySecondPathShowsWhatOneReadAllows fills an alliance with statements
// that each have another audience, and compares, for every partner, what they
// may read one by one with what the lists, the live pages, the figure and the
// story show: the same, no more and no less.
func TestEverySecondPathShowsWhatOneReadAllows(t *testing.T) {
	const seeds = 4
	compared := 0
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newWorld(t)
			w.stage()
			names := w.scatter(rand.New(rand.NewPCG(seed, 5)))
			for _, viewer := range []string{vrager, bonus, professional, colleague} {
				single := w.readOne(viewer, names)
				if len(single) == 0 || len(single) == len(names) {
					t.Fatalf("%s may read %d of %d: nothing to compare", viewer, len(single), len(names))
				}
				for path, got := range w.secondPaths(viewer) {
					compared += len(got)
					want := single
					if strings.HasPrefix(path, "the story") { // of one's own world, and what one wrote oneself
						want = slices.DeleteFunc(slices.Clone(single), func(name string) bool {
							return names[name][0] != viewer && names[name][1] != viewer
						})
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s, %s: -one by one +there\n%s", viewer, path, diff)
					}
				}
			}
		})
	}
	if compared < seeds*100 {
		t.Errorf("%d compared: too few", compared)
	}
}

// scatter words statements by everybody about everybody, with audiences of all
// kinds, each in a theme of its own, and changes some audiences afterwards. It
// gives by name who wrote it and about whom it is.
func (w *world) scatter(r *rand.Rand) map[string][2]string {
	names := map[string][2]string{}
	places := []string{vrager, bonus, professional, colleague}
	audience := func(not string) (ids []samenspel.PartnerID) {
		for _, place := range places {
			if place != not && r.IntN(3) == 0 {
				ids = append(ids, partner("a", place))
			}
		}
		return ids
	}
	for n := range 40 {
		by, about := places[r.IntN(4)], places[r.IntN(4)]
		name := fmt.Sprintf("verspreid%02d", n)
		wish := samenspel.WordStatement{
			Words: word(name), NewTheme: word("thema", name), About: partner("a", about),
			Layer: samenspel.Layers[r.IntN(len(samenspel.Layers))], Kind: samenspel.Retelling,
		}
		if by == about {
			wish.Kind, wish.SeenBy, wish.Chosen = samenspel.Quote, audience(by), true
		}
		w.wish("a", by, name, wish)
		names[name] = [2]string{by, about}
		if r.IntN(3) == 0 {
			w.wish("a", about, name+" shared", samenspel.ShareStatement{Statement: statement("a", name), SeenBy: audience(about)})
		}
	}
	return names
}

// readOne asks for each statement by itself.
func (w *world) readOne(viewer string, names map[string][2]string) []string {
	w.Helper()
	var may []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		switch got := w.ask(w.request(viewer, http.MethodGet, table+"/statement/"+string(statement("a", name))+"/emotion", nil)); got.Code {
		case http.StatusOK:
			may = append(may, name)
		case http.StatusNotFound:
		default:
			w.Fatalf("%s reads %s: %d", viewer, name, got.Code)
		}
	}
	return may
}

// secondPaths are the statements that each other way shows, by its name.
func (w *world) secondPaths(viewer string) map[string][]string {
	w.Helper()
	var lists, pictures, live strings.Builder
	for _, about := range []string{vrager, bonus, professional, colleague} {
		path := table + "/picture/" + string(partner("a", about))
		for _, layer := range samenspel.Layers {
			lists.WriteString(w.bodyOf(viewer, path+"/"+string(layer)))
		}
		pictures.WriteString(w.bodyOf(viewer, path))
		live.WriteString(w.bodyOf(viewer, path+"/live"))
	}
	return map[string][]string{
		"the lists of the layers": scattered(lists.String()),
		"the figure":              scattered(pictures.String()),
		"the figure, live":        scattered(live.String()),
		"the story":               scattered(unpacked(w, w.takes(viewer, "me"))),
		"the story on paper":      scattered(w.bodyOf(viewer, table+"/story/print?for=me")),
	}
}

var scatteredName = regexp.MustCompile(`verspreid\d\d`)

func scattered(text string) []string {
	found := map[string]bool{}
	for _, name := range scatteredName.FindAllString(text, -1) {
		found[name] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// unpacked is all that is in a package.
func unpacked(w *world, packed []byte) string {
	w.Helper()
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		w.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		from, err := f.Open()
		if err != nil {
			w.Fatal(err)
		}
		if _, err := io.Copy(&all, from); err != nil {
			w.Fatal(err)
		}
		_ = from.Close()
	}
	return all.String()
}
