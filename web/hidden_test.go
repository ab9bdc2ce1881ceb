package web_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/web/text"
)

// moreHidden keeps things from one of the partners, in every way that there
// is: from the vrager, a bonus partner, the professional or the colleague, each
// in an alliance of their own. A file of tests that has a kind of thing adds
// how somebody at the table of the first alliance makes one, changes it, and
// shows it to a third, without the one from whom it is kept being told. What
// nobody can keep from that partner is left out for them.
//
// The tests below then ask for every page and stream of that partner, with it
// and without it, and take no difference.
var moreHidden []func(from string, do func(place, name string, wish samenspel.Wish))

func init() {
	moreHidden = append(moreHidden, func(from string, do func(place, name string, wish samenspel.Wish)) {
		by, friend := accomplices(from)
		kept := statement("a", "kept words")
		do(by, "kept words", samenspel.WordStatement{
			Words: word("kept"), NewTheme: word("kept theme"), Layer: samenspel.Need, Emotion: word("afraid"),
			SeenBy: []samenspel.PartnerID{partner("a", friend)}, Chosen: true,
		})
		do(friend, "kept view", samenspel.PutView{Statement: kept, Words: word("kept view")})
		do(friend, "kept question", samenspel.NameEmotion{Statement: kept, Word: word("angry")})
		do(by, "kept answer", samenspel.AnswerEmotion{
			Emotion: samenspel.EmotionID(id("command", "a", "kept question") + ".1"), Answer: samenspel.Declined,
		})
		do(by, "kept place", samenspel.PlaceStatement{Statement: kept, Layer: samenspel.Meaning, NewTheme: word("second kept theme")})
		do(by, "kept aside", samenspel.SetLayerAside{Theme: samenspel.ThemeID(id("command", "a", "kept place")), Layer: samenspel.Behaviour})
		do(by, "kept in own words", samenspel.RewordStatement{Statement: kept, Words: word("kept again")})
		do(by, "kept to oneself", samenspel.ShareStatement{Statement: kept})
		do(by, "kept shown again", samenspel.ShareStatement{Statement: kept, SeenBy: []samenspel.PartnerID{partner("a", friend)}})
		do(by, "kept note", samenspel.WriteNote{Words: word("kept note")})
		do(by, "kept door", samenspel.SetFirstSeen{By: []samenspel.PartnerID{partner("a", friend)}})
	}, hideAgreements, hideFrictions, hideMaps, hideAtTables, hideDialogues, hideAmbition, hideErasing)
}

// accomplices are two of the table who can keep something from a third.
func accomplices(from string) (by, friend string) {
	switch from {
	case vrager:
		return professional, colleague
	case professional:
		return vrager, colleague
	}
	return vrager, professional
}

// keep plays all that is kept from somebody.
func (w *world) keep(from string) {
	w.Helper()
	for _, one := range moreHidden {
		one(from, func(place, name string, wish samenspel.Wish) { w.Helper(); w.wish("a", place, name, wish) })
	}
}

// hide plays all that is kept from somebody, and lets the others look at it.
func (w *world) hide(from string) {
	w.Helper()
	w.keep(from)
	by, friend := accomplices(from)
	for _, what := range []string{"view", "emotion"} {
		if got := w.get(friend, onStatement("kept words", what)); got.Code != 200 {
			w.Errorf("%s does not see what %s keeps from %s: %d", friend, by, from, got.Code)
		}
	}
	w.get(friend, table+"/picture/"+string(partner("a", by)))
	w.lookAtWhatIsHidden(from)
}

// known plays what somebody knows of, around which the hidden things stand.
func (w *world) known(from string) {
	w.Helper()
	for _, one := range moreKnown {
		one(from, func(place, name string, wish samenspel.Wish) { w.Helper(); w.wish("a", place, name, wish) })
	}
}

// TestTwoMembersOneHiddenEntry looks at every page that is there for partners,
// as each of them, in two worlds: one with all that the others keep from them
// (see moreHidden), one without. The answers are equal byte for byte, with
// nothing left out and nothing evened out.
func TestTwoMembersOneHiddenEntry(t *testing.T) {
	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		t.Run(viewer, func(t *testing.T) {
			plain, secret := newWorld(t), newWorld(t)
			by, friend := accomplices(viewer)
			for _, w := range []*world{plain, secret} {
				w.stage()
				w.known(viewer)
				w.get(by, table+"/picture/"+string(partner("a", viewer))) // looks that they are told of
				w.get(by, onStatement("known words", "view"))
				w.get(friend, onStatement("known words", "view"))
				w.pass(time.Minute)
				if w == secret {
					w.hide(viewer)
				}
				w.pass(time.Minute)
				w.wish("a", by, "later", samenspel.WordStatement{
					Words: word("later"), NewTheme: word("later theme"), Layer: samenspel.Commitment,
					SeenBy: []samenspel.PartnerID{partner("a", viewer)}, Chosen: true,
				})
				guest := samenspel.InvitePartner{Role: samenspel.BonusPartner, Name: word("guest")}
				w.wish("a", professional, "later guest", guest)
				if w == secret {
					guest.Near = near("a", "kept near") // from a map that the viewer does not see
				}
				w.wish("a", by, "guest from a map", guest)
				w.wish("a", viewer, "later note", samenspel.WriteNote{Words: word("later note")})
			}
			plain.ids.Store(1000)
			secret.ids.Store(1000) // as by chance: the next form gets the next id
			pages := 0
			for _, path := range pagesOf(plain, moments...) {
				if !strings.HasPrefix(path, "/a/") {
					continue
				}
				want, got := plain.get(viewer, path), secret.get(viewer, path)
				if diff := cmp.Diff(said(want), said(got)); diff != "" {
					t.Errorf("%s: -without +with what is hidden\n%s", path, diff)
				}
				pages++
			}
			if pages < 50 {
				t.Errorf("%d pages: routes are missing", pages)
			}
		})
	}
}

// TestAStreamDoesNotHearWhatIsHidden: while others are busy with what is kept
// from somebody, none of their open pages gets a message.
func TestAStreamDoesNotHearWhatIsHidden(t *testing.T) {
	for _, viewer := range []string{vrager, bonus, professional, colleague} {
		t.Run(viewer, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := liveWorld(t)
				w.known(viewer)
				open := map[string]*stream{}
				for _, path := range pagesOf(w) {
					if strings.HasPrefix(path, "/a/") && strings.HasSuffix(path, "/live") {
						open[path] = w.listen(viewer, path, "")
						if open[path].come() == "" {
							t.Errorf("%s did not begin", path)
						}
					}
				}
				w.hide(viewer)
				for path, s := range open {
					if heard := s.come(); heard != "" {
						t.Errorf("%s hears %.200q", path, heard)
					}
				}
			})
		})
	}
}

// TestTitlesTellNothing: whoever looks over a shoulder reads a title in a row
// of tabs and in the history. That a page has no other title than these is
// held for each answer in discreet.
func TestTitlesTellNothing(t *testing.T) {
	telling := regexp.MustCompile(`(?i)samenspel|hulp|help|zorg|care|dialo|gesprek|gevoel|feel|emoti|schuur|frict|ruzie|geweld|veilig|safe|` +
		`gekeken|looked|schuld|debt|wijkteam|jeugd|probleem|problem|geheim|secret|privé|private|klacht|cliënt|client`)
	for _, tag := range text.Tags {
		for _, title := range titlesIn(tag) {
			if found := telling.FindString(title); found != "" || len([]rune(title)) > 20 {
				t.Errorf("%s: the title %q tells something: %q", tag, title, found)
			}
		}
	}
}

// titlesIn are the titles of pages in a language. Every answer is held against
// them, so they are read once.
func titlesIn(tag string) []string { return allTitles()[tag] }

var allTitles = sync.OnceValue(func() map[string][]string {
	titles := map[string][]string{}
	for _, tag := range text.Tags {
		titles[tag] = readTitles(tag)
	}
	return titles
})

func readTitles(tag string) []string {
	keys, err := text.Keys(tag)
	if err != nil {
		panic(err)
	}
	var titles []string
	for _, key := range keys {
		if strings.HasPrefix(key, "title.") {
			titles = append(titles, text.In(tag).Say(key))
		}
	}
	return titles
}
