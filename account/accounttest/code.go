package accounttest

import (
	"sync"
	"testing"
	"time"

	"samenspel/account"
)

// wrong is the hash of a code that is none.
var wrong = account.Hash{9: 9}

func linksListed(t *testing.T, s account.Store) {
	ctx := t.Context()
	early, late, used := coded("late", "a", "p1"), coded("early", "a", "p1"), coded("used", "a", "p2")
	early.Expires, late.Expires = noon.Add(time.Hour), noon.Add(2*time.Hour)
	used.Used = noon
	back := account.Link{ID: "back", Purpose: account.Back, Person: "sanne", Alliance: "a", Partner: "p3", Expires: noon.Add(-time.Hour), Wrong: 5}
	for i, l := range []account.Link{late, early, used, back, coded("elsewhere", "b", "p1"), {ID: "none", Purpose: account.Administrator, Person: "mira", Expires: noon}} {
		must(t, s.AddLink(ctx, key(byte(i)), l, nobody))
	}
	list, err := s.Links(ctx, "a")
	must(t, err)
	same(t, "the links", []account.Link{back, early, late}, list)
	list, err = s.Links(ctx, "c")
	must(t, err)
	same(t, "the links of no alliance", 0, len(list))
}

func codeTried(t *testing.T, s account.Store) {
	ctx := t.Context()
	want := coded("one", "a", "p1")
	must(t, s.AddLink(ctx, key(1), want, nobody))
	for n := range account.MostWrong + 2 {
		l, right, err := s.Try(ctx, key(1), code, noon)
		must(t, err)
		if open := n < account.MostWrong; right != open {
			t.Errorf("after %d wrong codes the right one opens: %t", n, right)
		}
		same(t, "the link after a right code", want, l)
		l, right, err = s.Try(ctx, key(1), wrong, noon)
		must(t, err)
		if right {
			t.Error("a wrong code opens")
		}
		want.Wrong = min(n+1, account.MostWrong)
		same(t, "the link after a wrong code", want, l)
		l, err = s.Link(ctx, key(1))
		must(t, err)
		same(t, "the link as it is kept", want, l)
	}
	_, _, err := s.Try(ctx, key(2), code, noon)
	wantNoEntry(t, "a code for no link", err)
}

func codeTriedClosed(t *testing.T, s account.Store) {
	ctx := t.Context()
	used := coded("used", "a", "p2")
	used.Used = noon
	must(t, s.AddLink(ctx, key(1), coded("one", "a", "p1"), nobody))
	must(t, s.AddLink(ctx, key(2), used, nobody))
	for secret, at := range map[account.Hash]time.Time{key(1): noon.Add(time.Hour), key(2): noon} {
		for _, c := range []account.Hash{code, wrong} {
			l, right, err := s.Try(ctx, secret, c, at)
			must(t, err)
			if right || l.Wrong != 0 {
				t.Errorf("at a link that is not open: right %t, %d wrong", right, l.Wrong)
			}
		}
	}
}

func codesTogether(t *testing.T, s account.Store) {
	const many = 16
	must(t, s.AddLink(t.Context(), key(1), coded("one", "a", "p1"), nobody))
	answers := make([]account.Link, many)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			l, right, err := s.Try(t.Context(), key(1), wrong, noon)
			if right || err != nil {
				t.Errorf("right %t, error %v", right, err)
			}
			answers[i] = l
		})
	}
	all.Wait()
	counted := map[int]int{}
	for _, l := range answers {
		counted[l.Wrong]++
	}
	same(t, "how often each count was the answer", map[int]int{1: 1, 2: 1, 3: 1, 4: 1, 5: many - 4}, counted)
	if _, right, err := s.Try(t.Context(), key(1), code, noon); right || err != nil {
		t.Errorf("the right code after it: %t, error %v", right, err)
	}
}

func enterCoded(t *testing.T, s account.Store) {
	ctx := t.Context()
	must(t, s.AddLink(ctx, key(1), coded("one", "a", "p1"), nobody))
	closed := coded("two", "a", "p2")
	closed.Wrong = account.MostWrong
	must(t, s.AddLink(ctx, key(2), closed, nobody))
	for name, k := range map[string]account.HashedKey{
		"without a code":    {Secret: key(1)},
		"with a wrong code": {Secret: key(1), Code: wrong},
		"by a closed link":  {Secret: key(2), Code: code},
	} {
		wantNoEntry(t, "entering "+name, s.Enter(ctx, k, arrival("amira", key(3), noon)))
	}
	_, err := s.Person(ctx, "amira")
	wantNoEntry(t, "the person", err)
	l, err := s.Link(ctx, key(1))
	must(t, err)
	same(t, "the link that nobody entered by", coded("one", "a", "p1"), l)
	must(t, s.Enter(ctx, account.HashedKey{Secret: key(1), Code: code}, arrival("amira", key(4), noon)))
}

func enterAgain(t *testing.T, s account.Store) {
	ctx := t.Context()
	link, form := coded("one", "a", "p1"), account.Hash{3: 3}
	must(t, s.AddLink(ctx, key(1), link, nobody))
	k := account.HashedKey{Secret: key(1), Code: code, Form: form}
	must(t, s.Enter(ctx, k, arrival(link.Person, key(2), noon)))
	must(t, s.Enter(ctx, k, arrival(link.Person, key(3), noon.Add(time.Minute))))
	link.Used, link.UsedBy = noon, form
	l, err := s.Link(ctx, key(1))
	must(t, err)
	same(t, "the link", link, l)

	k.Code = wrong
	wantNoEntry(t, "the same form with another code", s.Enter(ctx, k, arrival(link.Person, key(4), noon)))
	k.Code, k.Form = code, account.Hash{4: 4}
	wantNoEntry(t, "another form", s.Enter(ctx, k, arrival(link.Person, key(5), noon)))
	k.Form = account.Hash{}
	wantNoEntry(t, "no form", s.Enter(ctx, k, arrival(link.Person, key(6), noon)))
	k.Form = form
	wantNoEntry(t, "the same form much later", s.Enter(ctx, k, arrival(link.Person, key(7), noon.Add(time.Hour))))
	sessions, err := s.Sessions(ctx, link.Person)
	must(t, err)
	same(t, "the sessions", 2, len(sessions))
}
