package account_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"samenspel"
	"samenspel/account"
)

func TestSessionLimits(t *testing.T) {
	const (
		minute = time.Minute
		tick   = time.Millisecond
	)
	noor := account.Person{ID: "noor", MayBegin: true}
	amira := account.Person{ID: "amira"}
	tests := []struct {
		name   string
		person account.Person
		staff  bool
		every  time.Duration // between one use and the next
		lives  time.Duration // the last use that is still taken
	}{
		{"idle", amira, false, 30*minute - tick, 30*minute - tick},
		{"idle staff", noor, true, 30*minute - tick, 30*minute - tick},
		{"in use", amira, false, 10 * minute, 24*time.Hour - 10*minute},
		{"staff in use", noor, true, 10 * minute, 12*time.Hour - 10*minute},
		{"rights make staff", noor, false, 10 * minute, 12*time.Hour - 10*minute},
		{"a colleague in use", amira, true, 10 * minute, 12*time.Hour - 10*minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := newEntrance(t)
			token := e.start(t, tt.person, tt.staff)
			begun := e.now
			for e.now.Sub(begun) < tt.lives {
				e.wait(tt.every)
				e.lives(t, token, true)
			}
			if tt.every < account.IdleLimit-tick {
				e.wait(tt.every)
			} else {
				e.wait(account.IdleLimit)
			}
			e.lives(t, token, false)
			live, err := e.Sessions(t.Context(), tt.person.ID)
			must(t, err)
			if len(live) != 0 {
				t.Errorf("%d sessions in the list, want none", len(live))
			}
		})
	}
}

func TestEnds(t *testing.T) {
	made := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		staff, shared bool
		used          time.Duration
		want          time.Duration
	}{
		{false, true, 0, 10 * time.Minute},
		{true, true, time.Hour, time.Hour + 10*time.Minute},
		{false, false, 0, 30 * time.Minute},
		{true, false, 0, 30 * time.Minute},
		{true, false, 11*time.Hour + 30*time.Minute, 12 * time.Hour},
		{true, false, 11*time.Hour + 45*time.Minute, 12 * time.Hour},
		{false, false, 11*time.Hour + 45*time.Minute, 12*time.Hour + 15*time.Minute},
		{false, false, 23*time.Hour + 45*time.Minute, 24 * time.Hour},
	} {
		s := account.Session{How: account.How{Staff: tt.staff, Shared: tt.shared}, Made: made, LastUsed: made.Add(tt.used)}
		if got := s.Ends().Sub(made); got != tt.want {
			t.Errorf("staff %t, used after %v: ends after %v, want %v", tt.staff, tt.used, got, tt.want)
		}
	}
}

func TestWhoRarelyWrites(t *testing.T) {
	e := newEntrance(t)
	token := e.start(t, account.Person{ID: "amira"}, false)
	begun := e.now
	for _, step := range []struct{ wait, kept time.Duration }{
		{59 * time.Second, 0},
		{time.Second, time.Minute},
		{time.Second, time.Minute},
		{-time.Hour, time.Minute}, // the clock was put back
	} {
		e.wait(step.wait)
		e.lives(t, token, true)
		kept, err := e.Store.Sessions(t.Context(), "amira")
		must(t, err)
		same(t, []account.Session{{ID: sessionID(t, token), Person: "amira", Made: begun, LastUsed: begun.Add(step.kept)}}, kept)
	}
}

func TestFullDiskStillReads(t *testing.T) {
	e := newEntrance(t)
	token := e.start(t, account.Person{ID: "amira"}, false)
	e.Store = fullStore{e.Store}
	e.wait(account.IdleLimit - time.Minute)
	e.lives(t, token, true)
	e.wait(time.Minute) // the use was not kept, so it does not count
	e.lives(t, token, false)
}

func TestEnd(t *testing.T) {
	e := newEntrance(t)
	amira := account.Person{ID: "amira"}
	phone, tablet := e.start(t, amira, false), e.start(t, amira, false)
	noor := e.start(t, account.Person{ID: "noor"}, true)
	must(t, e.End(t.Context(), phone))
	e.lives(t, phone, false)
	e.lives(t, tablet, true)
	must(t, e.End(t.Context(), phone))
	must(t, e.End(t.Context(), "no token"))
	must(t, e.EndAll(t.Context(), "amira"))
	e.lives(t, tablet, false)
	e.lives(t, noor, true)
}

func TestOldSessionsAreSwept(t *testing.T) {
	e := newEntrance(t)
	old := e.start(t, account.Person{ID: "amira"}, false)
	e.wait(24*time.Hour + time.Millisecond)
	newer := e.start(t, account.Person{ID: "amira"}, false)
	kept, err := e.Store.Sessions(t.Context(), "amira")
	must(t, err)
	same(t, []account.Session{{ID: sessionID(t, newer), Person: "amira", Made: e.now, LastUsed: e.now}}, kept)
	e.lives(t, old, false)
}

func TestNames(t *testing.T) {
	e := newEntrance(t)
	noor := account.Person{ID: "noor", MayBegin: true, Name: samenspel.Say("Noor")}
	mira := account.Person{ID: "mira", Admin: true, Name: samenspel.Say("Mira")}
	amira := account.Person{ID: "amira", Name: samenspel.Say("Amira")}
	for _, p := range []account.Person{noor, mira, amira} {
		e.start(t, p, false)
		got, err := e.Person(t.Context(), p.ID)
		must(t, err)
		same(t, p, got)
	}
	e.start(t, account.Person{ID: "noor"}, false) // says no name: the old one stays
	list, err := e.Professionals(t.Context())
	must(t, err)
	same(t, []account.Person{noor}, list)
	_, err = e.Person(t.Context(), "nobody")
	checkEntry(t, "an unknown person", err, false)

	t.Run("a name opens for its own person only", func(t *testing.T) {
		stolen, err := e.Store.Person(t.Context(), "mira")
		must(t, err)
		stolen.ID, stolen.MayBegin = "noor", true
		must(t, e.Store.Start(t.Context(), account.Arrival{
			Person: stolen, Session: account.Session{Person: "noor", Made: e.now, LastUsed: e.now},
		}))
		if p, err := e.Person(t.Context(), "noor"); err == nil {
			t.Errorf("the name of somebody else opened: %+v", p)
		}
		if _, err := e.Professionals(t.Context()); err == nil {
			t.Error("the list opened with the name of somebody else")
		}
	})
}

// TestSessionProperty uses, leaves and ends a session at any pace. However it
// goes, the session is over when it was idle or old for too long, and lives on
// while it is used well within its limits.
func TestSessionProperty(t *testing.T) {
	e := newEntrance(t)
	rapid.Check(t, func(r *rapid.T) {
		staff := rapid.Bool().Draw(r, "staff")
		whole := account.OtherLimit
		if staff {
			whole = account.StaffLimit
		}
		token := e.start(t, account.Person{ID: "amira"}, staff)
		made, used := e.now, e.now
		for _, wait := range rapid.SliceOf(rapid.IntRange(0, 40*60)).Draw(r, "seconds between uses") {
			e.wait(time.Duration(wait) * time.Second)
			idle, age := e.now.Sub(used), e.now.Sub(made)
			_, err := e.Who(t.Context(), token)
			if idle >= account.IdleLimit || age >= whole {
				checkEntry(t, "a session past its limits", err, false)
				return
			}
			if idle <= account.IdleLimit-time.Minute {
				checkEntry(t, "a session in use", err, true)
			}
			if err != nil {
				return
			}
			used = e.now
		}
		must(t, e.End(t.Context(), token))
		e.lives(t, token, false)
	})
}

// TestASessionByAClockThatWasWrong: one that began by a clock far ahead ends
// when the clock is right again; one that is put back a day ends nobody's.
func TestASessionByAClockThatWasWrong(t *testing.T) {
	e := newEntrance(t)
	amira := account.Person{ID: "amira"}
	e.wait(10 * 365 * 24 * time.Hour)
	token := e.start(t, amira, false)
	e.lives(t, token, true)
	e.wait(-10 * 365 * 24 * time.Hour)
	e.lives(t, token, false)
	if live, err := e.Sessions(t.Context(), amira.ID); err != nil || len(live) != 0 {
		t.Errorf("%d sessions in the list, %v; want none", len(live), err)
	}
	token = e.start(t, amira, false)
	e.wait(-24 * time.Hour)
	e.lives(t, token, true)
}
