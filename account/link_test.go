package account_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samenspel"
	"samenspel/account"
)

// amiras is the place that Noor lays for Amira.
var amiras = account.Link{Purpose: account.Partner, Alliance: "alliance", Partner: "amira", MadeBy: "noor"}

func TestLinkByPurpose(t *testing.T) {
	const hour = time.Hour
	tests := []struct {
		link  account.Link
		open  time.Duration
		admin bool
		may   bool
		staff bool
	}{
		{account.Link{Purpose: account.Administrator}, 72 * hour, true, false, true},
		{account.Link{Purpose: account.Professional, MadeBy: "mira"}, 72 * hour, false, true, true},
		{amiras, 7 * 24 * hour, false, false, false},
		{account.Link{Purpose: account.Back, Person: "noor"}, 7 * 24 * hour, false, true, true},
		{account.Link{Purpose: account.Back, Person: "sanne"}, 7 * 24 * hour, false, false, false},
	}
	for _, tt := range tests {
		t.Run(string(tt.link.Purpose)+" "+string(tt.link.Person), func(t *testing.T) {
			e := newEntrance(t)
			e.start(t, account.Person{ID: "noor", MayBegin: true}, true)
			e.start(t, account.Person{ID: "sanne"}, false)
			key, made, err := e.MakeLink(t.Context(), tt.link)
			must(t, err)
			want := tt.link
			want.ID, want.Person, want.Expires, want.Code = made.ID, made.Person, e.now.Add(tt.open), made.Code
			same(t, want, made)
			if coded := tt.link.Purpose != account.Administrator; coded != (key.Code != "") || coded != (made.Code != account.Hash{}) {
				t.Errorf("a code: %t, kept: %t; want %t", key.Code != "", made.Code != account.Hash{}, coded)
			}
			if made.ID == "" || made.Person == "" || (tt.link.Person != "" && made.Person != tt.link.Person) {
				t.Errorf("link %q is for person %q", made.ID, made.Person)
			}
			e.wait(tt.open - time.Millisecond)
			looked, _, err := e.Look(t.Context(), key)
			must(t, err)
			same(t, made, looked)
			token, session, err := e.Enter(t.Context(), key, samenspel.Say("A name"), account.How{})
			must(t, err)
			same(t, account.Session{ID: sessionID(t, token), Person: made.Person, How: account.How{Staff: tt.staff}, Made: e.now, LastUsed: e.now}, session)
			who, err := e.Who(t.Context(), token)
			must(t, err)
			same(t, session, who)
			person, err := e.Person(t.Context(), made.Person)
			must(t, err)
			same(t, account.Person{ID: made.Person, Admin: tt.admin, MayBegin: tt.may, Name: samenspel.Say("A name")}, person)
			_, _, err = e.Look(t.Context(), key)
			checkRefused(t, "a used link", err)

			late := e.makeLink(t, tt.link)
			e.wait(tt.open)
			_, _, err = e.Enter(t.Context(), late, samenspel.Words{}, account.How{})
			checkRefused(t, "an expired link", err)
		})
	}
}

func TestMakeLinkRefuses(t *testing.T) {
	e := newEntrance(t)
	for _, l := range []account.Link{
		{},
		{Purpose: "caretaker"},
		{Purpose: account.Partner},
		{Purpose: account.Partner, Alliance: "alliance"},
		{Purpose: account.Partner, Partner: "amira"},
		{Purpose: account.Administrator, Alliance: "alliance", Partner: "amira"},
		{Purpose: account.Professional, Partner: "amira"},
		{Purpose: account.Back},
		{Purpose: account.Back, Person: "nobody"},
		{Purpose: account.Back, Person: "nobody", Alliance: "alliance"},
	} {
		if key, _, err := e.MakeLink(t.Context(), l); err == nil || key != (account.Key{}) {
			t.Errorf("MakeLink(%+v) made a link", l)
		}
	}
	if e.Withdraw(t.Context(), "", "") == nil {
		t.Error("Withdraw took no place for all places")
	}
}

// backIn is a way back for Sanne that was made in an alliance.
func backIn(alliance samenspel.AllianceID) account.Link {
	return account.Link{Purpose: account.Back, Person: "sanne", Alliance: alliance, Partner: "sanne"}
}

func TestNewLinkReplaces(t *testing.T) {
	e := newEntrance(t)
	e.start(t, account.Person{ID: "sanne"}, false)
	back := account.Link{Purpose: account.Back, Person: "sanne"}
	professional := account.Link{Purpose: account.Professional}
	for _, tt := range []struct {
		name          string
		first, second account.Link
		stays         bool
	}{
		{"the same place", amiras, amiras, false},
		{"the same place in another alliance", amiras,
			account.Link{Purpose: account.Partner, Alliance: "other", Partner: "amira"}, true},
		{"the same person", back, back, false},
		{"the same person, from another alliance", backIn("alliance"), backIn("other"), true},
		{"the same person, from one alliance", backIn("alliance"), backIn("alliance"), false},
		{"two newcomers", professional, professional, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			first, second := e.makeLink(t, tt.first), e.makeLink(t, tt.second)
			e.opens(t, first, tt.stays)
			e.opens(t, second, true)
		})
	}
}

func TestWithdraw(t *testing.T) {
	e := newEntrance(t)
	other := amiras
	other.Partner = "sanne"
	key, others := e.makeLink(t, amiras), e.makeLink(t, other)
	e.start(t, account.Person{ID: "sanne"}, false)
	back, elsewhere := e.makeLink(t, backIn("alliance")), e.makeLink(t, backIn("other"))
	must(t, e.Withdraw(t.Context(), amiras.Alliance, amiras.Partner))
	e.opens(t, key, false)
	e.opens(t, others, true)
	e.opens(t, back, true)
	must(t, e.Withdraw(t.Context(), "alliance", "sanne"))
	e.opens(t, back, false)
	e.opens(t, elsewhere, true)
	_, _, err := e.Enter(t.Context(), key, samenspel.Words{}, account.How{})
	checkEntry(t, "a withdrawn link", err, false)
}

func TestFirstAdministrator(t *testing.T) {
	e := newEntrance(t)
	first := func() string {
		secret, ok, err := e.FirstAdministrator(t.Context())
		must(t, err)
		if !ok {
			t.Fatal("no link, and no administrator")
		}
		return secret
	}
	lost, secret := first(), first()
	_, _, err := e.Look(t.Context(), account.Key{Secret: lost})
	checkRefused(t, "an older link", err)
	e.start(t, account.Person{ID: "noor", MayBegin: true}, true)
	e.enter(t, account.Key{Secret: secret}, "Mira")
	if secret, ok, err := e.FirstAdministrator(t.Context()); secret != "" || ok || err != nil {
		t.Errorf("with an administrator: a link %t, error %v", ok, err)
	}
}

// errFull stands for a disk that is full.
var errFull = errors.New("the disk is full")

// fullStore is a real store on a disk that is full.
type fullStore struct{ account.Store }

func (fullStore) Enter(ctx context.Context, key account.HashedKey, a account.Arrival) error {
	return errFull
}

func (fullStore) Try(ctx context.Context, secret, code account.Hash, at time.Time) (account.Link, bool, error) {
	return account.Link{}, false, errFull
}

func (fullStore) Renew(ctx context.Context, token account.Hash, at time.Time) error { return errFull }

func TestEnterThatFailsLeavesTheLink(t *testing.T) {
	e := newEntrance(t)
	key, link, err := e.MakeLink(t.Context(), amiras)
	must(t, err)
	onDisk := e.Store
	e.Store = fullStore{onDisk}
	if _, _, err := e.Enter(t.Context(), key, samenspel.Say("Amira"), account.How{}); !errors.Is(err, errFull) {
		t.Fatalf("error %v, want %v", err, errFull)
	}
	e.Store = onDisk
	_, session, err := e.Enter(t.Context(), key, samenspel.Say("Amira"), account.How{})
	must(t, err)
	same(t, link.Person, session.Person)
}

func TestEnterTogether(t *testing.T) {
	e := newEntrance(t)
	key, link, err := e.MakeLink(t.Context(), amiras)
	must(t, err)
	var answers [2]error
	var both sync.WaitGroup
	for i := range answers {
		both.Go(func() {
			_, _, answers[i] = e.Enter(t.Context(), key, samenspel.Say("Amira"), account.How{})
		})
	}
	both.Wait()
	if (answers[0] == nil) == (answers[1] == nil) {
		t.Fatalf("answers %v, want one entry", answers)
	}
	checkEntry(t, "the second", errors.Join(answers[:]...), false)
	sessions, err := e.Sessions(t.Context(), link.Person)
	must(t, err)
	if len(sessions) != 1 {
		t.Errorf("%d sessions, want 1", len(sessions))
	}
}

// TestLinksProperty makes, uses, withdraws and outlives links for two places
// in any order, and asks after each step which secrets open.
func TestLinksProperty(t *testing.T) {
	e := newEntrance(t)
	type made struct {
		key     account.Key
		place   int
		expires time.Time
		closed  bool
	}
	alliances := 0
	rapid.Check(t, func(r *rapid.T) {
		alliances++
		alliance := samenspel.AllianceID(fmt.Sprint("alliance ", alliances))
		var links []*made
		closePlace := func(place int) {
			for _, l := range links {
				l.closed = l.closed || l.place == place
			}
		}
		place := rapid.IntRange(1, 2)
		r.Repeat(map[string]func(*rapid.T){
			"make": func(r *rapid.T) {
				p := place.Draw(r, "place")
				closePlace(p)
				l := account.Link{Purpose: account.Partner, Alliance: alliance, Partner: samenspel.PartnerID(fmt.Sprint(p))}
				links = append(links, &made{key: e.makeLink(t, l), place: p, expires: e.now.Add(account.LinkLimit)})
			},
			"withdraw": func(r *rapid.T) {
				p := place.Draw(r, "place")
				closePlace(p)
				must(t, e.Withdraw(t.Context(), alliance, samenspel.PartnerID(fmt.Sprint(p))))
			},
			"enter": func(r *rapid.T) {
				if len(links) == 0 {
					r.Skip("no link yet")
				}
				l := rapid.SampledFrom(links).Draw(r, "link")
				_, _, err := e.Enter(t.Context(), l.key, samenspel.Words{}, account.How{})
				checkEntry(t, "entering", err, !l.closed && e.now.Before(l.expires))
				l.closed = true
			},
			"wait": func(r *rapid.T) {
				e.wait(time.Duration(rapid.IntRange(0, 100).Draw(r, "hours")) * time.Hour)
			},
			"": func(r *rapid.T) {
				for _, l := range links {
					e.opens(t, l.key, !l.closed && e.now.Before(l.expires))
				}
			},
		})
	})
}
