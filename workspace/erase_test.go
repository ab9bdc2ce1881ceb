package workspace_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samenspel"
	"samenspel/internal/eachstore"
	"samenspel/journal"
)

// canary is a text that is found wherever it turns up.
func canary(n int) samenspel.Words { return samenspel.Say(fmt.Sprintf("canary-%d-sings", n)) }

// Whatever was erased is nowhere any more: nobody sees it, the log verifies and
// reads without it, and a copy of the database from before gives no word of it
// with the keys of today.
func TestErasedWordsAreNowhere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := newRoom(t)
		begin(t, r.Workspace, "a")
		n := rapid.IntRange(2, 8).Draw(rt, "statements")
		said := map[int]samenspel.StatementID{}
		for i := range n {
			said[i] = samenspel.StatementID(commandID(100 + i))
			must(t, r.Workspace, noor, "a", command(100+i, samenspel.WordStatement{Words: canary(i), Layer: samenspel.Need, NewTheme: canary(1000 + i), Emotion: canary(2000 + i)}))
			if rapid.Bool().Draw(rt, "reworded") {
				must(t, r.Workspace, noor, "a", command(200+i, samenspel.RewordStatement{Statement: said[i], Words: canary(3000 + i)}))
			}
		}
		before := r.copied(t)
		defer func() { // each round has places of its own
			if err := errors.Join(before.Close(), r.db.Close()); err != nil {
				t.Error(err)
			}
		}()
		gone := map[int]bool{}
		for i := range n {
			if i == 0 || rapid.Bool().Draw(rt, "erased") {
				gone[i] = true
				must(t, r.Workspace, noor, "a", command(300+i, samenspel.EraseStatement{Statement: said[i]}))
			}
		}
		for _, again := range []func(){func() {}, func() { r.reopen(t, nil) }} {
			again()
			r.sound(t, "a")
			readable := everyWord(reflect.ValueOf(see(t, r.Workspace, noor, "a")))
			r.check(t, "in what is seen", readable, n, gone)
			r.check(t, "in the log", r.said(t, r.db), n, gone)
		}
		r.check(t, "in an older copy with the keys of today", r.said(t, today{before.DB, r.db}), n, gone)
		places, err := r.PlacesOf(t.Context(), noor)
		if err != nil || len(places) != 1 || len(places[0].Erased) != len(gone) {
			t.Fatalf("%d places, %v", len(places), err)
		}
		for _, c := range places[0].Erased {
			if c.Entries < 3 || c.Left != 0 || len(c.Before) == 0 || bytes.Equal(c.Before, c.After) || !c.CopiesUntil.Equal(c.Done.Add(35*24*time.Hour)) {
				t.Errorf("the certificate: %+v", c)
			}
		}
	})
}

// check holds which of the canaries are in a text against which were erased.
func (r *room) check(t *testing.T, where, text string, n int, gone map[int]bool) {
	t.Helper()
	for i := range n {
		for _, kind := range []int{0, 1000, 2000, 3000} {
			found := strings.Contains(text, canary(kind+i).Text())
			if found && gone[i] {
				t.Errorf("%s: %s", where, canary(kind+i).Text())
			}
			if kind == 1000 && !found && !gone[i] {
				t.Errorf("%s: %s is gone as well", where, canary(kind+i).Text())
			}
		}
	}
}

// everyWord finds all words in a value, wherever they hang.
func everyWord(v reflect.Value) (text string) {
	if words, ok := v.Interface().(samenspel.Words); ok {
		return words.Text() + "\n"
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return everyWord(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			text += everyWord(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				text += everyWord(v.Field(i))
			}
		}
	}
	return text
}

// older is a copy of a data folder.
type older struct {
	eachstore.DB
	dir string
}

func (r *room) copied(t *testing.T) *older {
	t.Helper()
	if err := r.db.Close(); err != nil {
		t.Fatal(err)
	}
	r.db = nil
	o := &older{dir: eachstore.Copy(t, r.dir)}
	r.reopen(t, nil)
	var err error
	if o.DB, err = eachstore.Open(t.Context(), o.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.DB.Close() })
	return o
}

// today is an older copy whose keys are those of today: they are kept apart.
type today struct {
	eachstore.DB
	keys eachstore.DB
}

func (c today) Keys(ctx context.Context, id samenspel.AllianceID) ([]journal.WrappedKey, error) {
	return c.keys.Keys(ctx, id)
}

// said is every word that can be read from a store with the master key.
func (r *room) said(t *testing.T, store journal.Store) (text string) {
	t.Helper()
	master, err := journal.OpenMaster(filepath.Join(r.dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	for f, err := range journal.New(store, master).Facts(t.Context(), "a", 0) {
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := f.Event.(samenspel.Spoken); ok {
			for _, words := range e.Sayings() {
				text += words.Text() + "\n"
			}
		}
	}
	return text
}

// All words about somebody go, their name too; what others said of themselves
// stays. They get their certificate afterwards, when they are no longer there.
func TestAPersonIsErased(t *testing.T) {
	r := newRoom(t)
	begin(t, r.Workspace, "a")
	leaving := samenspel.PartnerID(commandID(2))
	must(t, r.Workspace, amira, "a", command(100, samenspel.WordStatement{Words: canary(0), NewTheme: canary(1000), Layer: samenspel.Need}))
	must(t, r.Workspace, noor, "a", command(101, samenspel.WordStatement{Words: canary(1), About: leaving, NewTheme: canary(1001)}))
	must(t, r.Workspace, noor, "a", command(102, samenspel.WordStatement{Words: canary(2), NewTheme: canary(1002)}))
	must(t, r.Workspace, amira, "a", command(103, samenspel.WriteNote{Words: canary(3)}))
	must(t, r.Workspace, amira, "a", command(104, samenspel.AskErasure{Words: canary(4)}))
	if places, err := r.PlacesOf(t.Context(), amira); err != nil || len(places) != 1 || len(places[0].Erased) != 0 {
		t.Fatalf("before the answer: %v, %v", places, err)
	}
	before := r.copied(t)
	must(t, r.Workspace, noor, "a", command(105, samenspel.AnswerErasure{Erasure: samenspel.ErasureID(commandID(104)), Yes: true}))
	gone := map[int]bool{0: true, 1: true}
	for _, again := range []func(){func() {}, func() { r.reopen(t, nil) }} {
		again()
		if sum, err := r.log.Verify(t.Context(), func(f journal.Finding) { t.Error(f) }); err != nil || sum.Findings != 0 {
			t.Errorf("verify: %+v, %v", sum, err)
		}
		for where, text := range map[string]string{
			"in what is seen": everyWord(reflect.ValueOf(see(t, r.Workspace, noor, "a"))),
			"in the log":      r.said(t, r.db), "in an older copy": r.said(t, today{before.DB, r.db}),
		} {
			text = strings.ReplaceAll(text, "Around Amira", "") // the title is of the alliance
			r.check(t, where, text, 3, gone)
			if strings.Contains(text, canary(3).Text()) || strings.Contains(text, canary(4).Text()) || strings.Contains(text, "Amira") {
				t.Errorf("%s: a note, a reason or the name", where)
			}
		}
	}
	if p := see(t, r.Workspace, noor, "a").Partner(leaving); p == nil || !p.Erased || !p.Name.Empty() {
		t.Errorf("the place: %+v", p)
	}
	places, err := r.PlacesOf(t.Context(), amira)
	if err != nil || len(places) != 1 || places[0].Here || len(places[0].Erased) != 1 || len(places[0].Requests) != 1 {
		t.Fatalf("afterwards: %+v, %v", places, err)
	}
	if c := places[0].Erased[0]; !c.All || c.By != samenspel.Professional || c.Entries < 6 || c.Left != 0 {
		t.Errorf("the certificate: %+v", c)
	}
}
