// Package housetest holds the tests that every [house.Store] passes.
package housetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samenspel"
	"samenspel/house"
)

// Opened is a store of its own, empty, and the way to open it a second time.
type Opened struct {
	house.Store
	Reopen func() house.Store
}

// Run tests a store. Open also closes it when the test is over.
func Run(t *testing.T, open func(t *testing.T) Opened) {
	for _, tt := range []struct {
		name string
		test func(t *testing.T, s Opened)
	}{
		{"nothing is there that was not chosen", nothingThere},
		{"words are read as they were kept", wordsKept},
		{"each language has its own", languagesApart},
		{"new words take the place of all the old", wordsReplaced},
		{"words are there after reopening", wordsStay},
		{"of many who change the same words one is first", oneIsFirst},
		{"the organisation is read as it was kept", organisationKept},
		{"who looks in an emergency finds it back until it is over", emergenciesKept},
		{"a context that is over changes nothing", contextOver},
		{"terms are kept by their word", termsKept},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}

var (
	some = house.Wordings{
		samenspel.Position: {Name: "Kennismaken", About: "Zeg wie je bent.", Origin: "Wijkteam \"Oost\" <ons>"},
		samenspel.Together: {About: "Doe één ding samen."},
	}
	other = house.Wordings{samenspel.Attune: {Name: "Afspreken"}}
)

func wants(t *testing.T, s house.Store, language string, want house.Wordings) {
	t.Helper()
	got, err := s.Wordings(t.Context(), language)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("in %s (-want +got):\n%s", language, diff)
	}
}

func keeps(t *testing.T, s house.Store, language string, words house.Wordings) {
	t.Helper()
	if err := s.Word(t.Context(), language, "", words); err != nil {
		t.Fatal(err)
	}
}

func nothingThere(t *testing.T, s Opened) { wants(t, s, "nl", nil) }

func wordsKept(t *testing.T, s Opened) {
	keeps(t, s, "nl", some)
	wants(t, s, "nl", some)
}

func languagesApart(t *testing.T, s Opened) {
	keeps(t, s, "nl", some)
	keeps(t, s, "en", other)
	wants(t, s, "nl", some)
	wants(t, s, "en", other)
	wants(t, s, "ar", nil)
}

func wordsReplaced(t *testing.T, s Opened) {
	keeps(t, s, "nl", some)
	keeps(t, s, "nl", house.Wordings{samenspel.Position: {}, samenspel.Attune: {Name: "Afspreken"}})
	wants(t, s, "nl", other)
	keeps(t, s, "nl", nil)
	wants(t, s, "nl", nil)
}

func wordsStay(t *testing.T, s Opened) {
	keeps(t, s, "nl", some)
	wants(t, s.Reopen(), "nl", some)
}

// Of many who change the same words at once one is first. The others hear it, but
// for whoever wanted the same.
func oneIsFirst(t *testing.T, s Opened) {
	keeps(t, s, "nl", some)
	var all sync.WaitGroup
	var kept, changed atomic.Int32
	for n := range 8 {
		all.Go(func() {
			mine := house.Wordings{samenspel.Attune: {Name: fmt.Sprint("Afspreken ", n)}}
			switch err := s.Word(t.Context(), "nl", some.Mark(), mine); {
			case err == nil:
				kept.Add(1)
			case errors.Is(err, samenspel.ErrChanged):
				changed.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if kept.Load() != 1 || changed.Load() != 7 {
		t.Errorf("%d were first, %d heard of it", kept.Load(), changed.Load())
	}
	now, err := s.Wordings(t.Context(), "nl")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Word(t.Context(), "nl", some.Mark(), now); err != nil {
		t.Errorf("the same once more: %v", err)
	}
}

func contextOver(t *testing.T, s Opened) {
	keeps(t, s, "nl", some)
	over, end := context.WithCancel(t.Context())
	end()
	if err := s.Word(over, "nl", "", other); err == nil {
		t.Error("it was kept")
	}
	wants(t, s, "nl", some)
}
