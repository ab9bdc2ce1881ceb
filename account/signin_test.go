package account_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"samenspel"
	"samenspel/account"
)

// What Els chose. She is invented, as is the password.
const (
	elsName     = "Els van de Wijk"
	elsPassword = "paard eet graag peer"
)

// counting counts how often a password is looked at, and can make that cheap.
type counting struct {
	account.Stretcher
	ran   int
	cheap bool
}

func (c *counting) Stretch(ctx context.Context, secret, salt []byte, cost account.Cost) (account.Hash, error) {
	c.ran++
	if c.cheap {
		cost = account.Cost{Memory: 8, Passes: 1, Lanes: 1}
	}
	return c.Stretcher.Stretch(ctx, secret, salt, cost)
}

// app is an app that makes codes.
type app struct {
	e      *entrance
	secret string
}

func (a app) code(t testing.TB) string {
	t.Helper()
	code, err := totp.GenerateCode(a.secret, a.e.now)
	must(t, err)
	return code
}

// setUp lets somebody set up a password, and gives their app, the recovery
// codes and the token.
func (e *entrance) setUp(t testing.TB, person samenspel.PersonID, name, password string) (app, []string, string) {
	t.Helper()
	setup, err := e.Propose(t.Context(), person, name, password, "samenspel.example")
	must(t, err)
	a := app{e, setup.Secret}
	codes, token, s, err := e.SetUp(t.Context(), person, setup.Step, a.code(t), account.How{})
	must(t, err)
	if s.By != account.ByPassword || !s.By.Strong() {
		t.Errorf("after setting up the session is by %s", s.By)
	}
	e.wait(time.Minute)
	return a, codes, token
}

// els is an administrator with a password.
func (e *entrance) els(t testing.TB) (app, []string) {
	t.Helper()
	e.start(t, account.Person{ID: "els", Admin: true}, true)
	a, codes, _ := e.setUp(t, "els", elsName, elsPassword)
	return a, codes
}

// first takes the first step and checks what it gives.
func (e *entrance) first(t testing.TB, name, password string, want error) string {
	t.Helper()
	step, err := e.FirstStep(t.Context(), name, password)
	if !errors.Is(err, want) || (step != "") != (want == nil) {
		t.Errorf("the first step: %v, want %v", err, want)
	}
	return step
}

// second takes the second step and checks what it gives.
func (e *entrance) second(t testing.TB, step, code string, want error) string {
	t.Helper()
	token, s, err := e.SecondStep(t.Context(), step, code, account.How{Device: "phone"})
	if !errors.Is(err, want) || (token != "") != (want == nil) {
		t.Errorf("the second step: %v, want %v", err, want)
	}
	if want == nil && (s.By != account.ByPassword || s.Device != "phone") {
		t.Errorf("came in by %s on %q", s.By, s.Device)
	}
	return token
}

func TestSigningIn(t *testing.T) {
	e := newEntrance(t)
	a, codes := e.els(t)
	for _, spelling := range []string{elsName, " els  VAN de wijk ", "ｅｌｓ van de wijk"} {
		token := e.second(t, e.first(t, spelling, elsPassword, nil), a.code(t), nil)
		s, err := e.Who(t.Context(), token)
		must(t, err)
		if s.Person != "els" || !s.Staff {
			t.Errorf("in as %q, staff %v", s.Person, s.Staff)
		}
		e.wait(time.Minute)
	}
	if since, left, err := e.Password(t.Context(), "els"); err != nil || since.IsZero() || left != len(codes) || left != account.RecoveryCodes {
		t.Errorf("since %v with %d codes left, %v", since, left, err)
	}
}

// TestASecondFactorIsNeeded: a password alone is no session, and nothing that
// the first step gives is one.
func TestASecondFactorIsNeeded(t *testing.T) {
	e := newEntrance(t)
	a, _ := e.els(t)
	step := e.first(t, elsName, elsPassword, nil)
	e.lives(t, step, false)
	for _, wrong := range []string{"", "000000", "12345", "1234567", "KKKK4444KKKK", elsPassword} {
		if wrong != a.code(t) {
			e.second(t, step, wrong, account.ErrNoEntry)
		}
		e.wait(account.MostTries * time.Second)
		if wrong == "1234567" {
			break
		}
	}
	e.second(t, step, a.code(t), nil)
	e.wait(time.Minute)
	e.second(t, step, a.code(t), account.ErrNoEntry) // works once
	for _, none := range []string{"", "a", step + "a", step[:len(step)-1], string(make([]byte, 5000))} {
		e.second(t, none, a.code(t), account.ErrStep)
	}
	late := e.first(t, elsName, elsPassword, nil)
	e.wait(10 * time.Minute)
	e.second(t, late, a.code(t), account.ErrStep)
}

// TestAStepIsForOnePurpose: what is set up does not sign in, and the other way
// around; nor for another person.
func TestAStepIsForOnePurpose(t *testing.T) {
	e := newEntrance(t)
	a, _ := e.els(t)
	setup, err := e.Propose(t.Context(), "els", elsName, elsPassword, "place")
	must(t, err)
	e.second(t, setup.Step, a.code(t), account.ErrStep)
	newer := app{e, setup.Secret}
	for person, step := range map[samenspel.PersonID]string{"noor": setup.Step, "els": e.first(t, elsName, elsPassword, nil)} {
		if _, _, _, err := e.SetUp(t.Context(), person, step, newer.code(t), account.How{}); !errors.Is(err, account.ErrStep) {
			t.Errorf("set up for %s: %v", person, err)
		}
		if _, err := e.Proposed(person, step, "place"); !errors.Is(err, account.ErrStep) {
			t.Errorf("shown to %s: %v", person, err)
		}
	}
	if _, _, _, err := e.SetUp(t.Context(), "els", setup.Step, otherCode(newer.code(t)), account.How{}); !errors.Is(err, account.ErrNoEntry) {
		t.Errorf("a wrong code: %v", err)
	}
	again, err := e.Proposed("els", setup.Step, "place")
	must(t, err)
	same(t, setup, again)
	_, _, _, err = e.SetUp(t.Context(), "els", setup.Step, newer.code(t), account.How{})
	must(t, err)
	e.wait(time.Minute)
	if _, _, _, err = e.SetUp(t.Context(), "els", setup.Step, newer.code(t), account.How{}); !errors.Is(err, account.ErrStep) {
		t.Errorf("set up twice: %v", err)
	}
}

// otherCode is another code of the same form.
func otherCode(code string) string {
	if code[0] == '1' {
		return "2" + code[1:]
	}
	return "1" + code[1:]
}

// TestAReplayedCode: each step of the second factor works once, also when
// clocks differ.
func TestAReplayedCode(t *testing.T) {
	e := newEntrance(t)
	a, _ := e.els(t)
	code := a.code(t)
	e.wait(30 * time.Second) // the code of the step before
	e.second(t, e.first(t, elsName, elsPassword, nil), code, nil)
	e.second(t, e.first(t, elsName, elsPassword, nil), code, account.ErrNoEntry)
	now := a.code(t)
	e.wait(-30 * time.Second) // a clock that is behind
	e.second(t, e.first(t, elsName, elsPassword, nil), now, nil)
	e.second(t, e.first(t, elsName, elsPassword, nil), code, account.ErrNoEntry)
	e.wait(10 * time.Minute)
	old := a.code(t)
	e.wait(time.Minute) // two steps late
	e.second(t, e.first(t, elsName, elsPassword, nil), old, account.ErrNoEntry)
	e.wait(-2 * time.Minute) // two steps early
	e.second(t, e.first(t, elsName, elsPassword, nil), old, account.ErrNoEntry)
}

func TestRecoveryCodes(t *testing.T) {
	e := newEntrance(t)
	_, codes := e.els(t)
	e.second(t, e.first(t, elsName, elsPassword, nil), codes[3][:4]+"-"+codes[3][4:8]+" "+codes[3][8:], nil)
	e.second(t, e.first(t, elsName, elsPassword, nil), codes[3], account.ErrNoEntry)
	newer, err := e.NewRecovery(t.Context(), "els")
	must(t, err)
	e.second(t, e.first(t, elsName, elsPassword, nil), codes[4], account.ErrNoEntry)
	e.second(t, e.first(t, elsName, elsPassword, nil), newer[0], nil)
	e.setUp(t, "noor", "noor noor", "de maan is vandaag rond")
	e.second(t, e.first(t, "noor noor", "de maan is vandaag rond", nil), newer[1], account.ErrNoEntry) // somebody else's
	if _, err := e.NewRecovery(t.Context(), "nobody"); !errors.Is(err, account.ErrNoEntry) {
		t.Errorf("codes without a password: %v", err)
	}
	seen := map[string]bool{}
	for _, code := range append(codes, newer...) {
		if seen[code] || len(code) != 12 {
			t.Errorf("the code %q is given twice, or is short", code)
		}
		seen[code] = true
	}
}

// TestNobodyLearnsWhoSignsIn: a name that nobody has takes the same work as
// one with a wrong password, gives the same answer, and closes in the same way.
func TestNobodyLearnsWhoSignsIn(t *testing.T) {
	e := newEntrance(t)
	e.els(t)
	for round := range 2 {
		for _, name := range []string{elsName, "nobody at all", "x"} { // the last can be no name
			count := &counting{Stretcher: account.NewArgon()}
			e.Stretcher = count
			for range account.MostTries {
				e.first(t, name, "wrong wrong wrong wrong", account.ErrNoEntry)
			}
			if count.ran != account.MostTries {
				t.Errorf("%q: looked at %d passwords, want %d", name, count.ran, account.MostTries)
			}
			_, err := e.FirstStep(t.Context(), name, elsPassword)
			var soon *account.TooSoonError
			wait := 15 * time.Minute << round
			if !errors.As(err, &soon) || !soon.Until.Equal(e.now.Add(wait)) || count.ran != account.MostTries {
				t.Errorf("%q after that: %v with %d passwords looked at, want to wait %v", name, err, count.ran, wait)
			}
		}
		e.wait(15 * time.Minute << round)
	}
}

// TestGuessing: the limits hold for the second factor as well, over a restart,
// and a right password does not open them.
func TestGuessing(t *testing.T) {
	e := newEntrance(t)
	a, codes := e.els(t)
	step := e.first(t, elsName, elsPassword, nil)
	for range account.MostTries {
		e.second(t, step, otherCode(a.code(t)), account.ErrNoEntry)
	}
	restarted := *e.Door
	restarted.Stretcher = account.NewArgon()
	var soon *account.TooSoonError
	if _, _, err := restarted.SecondStep(t.Context(), step, a.code(t), account.How{}); !errors.As(err, &soon) {
		t.Errorf("the sixth code: %v", err)
	}
	if _, _, err := restarted.SecondStep(t.Context(), step, codes[0], account.How{}); !errors.As(err, &soon) {
		t.Errorf("a recovery code after that: %v", err)
	}
	if _, err := restarted.FirstStep(t.Context(), elsName, elsPassword); !errors.As(err, &soon) {
		t.Errorf("the right password after that: %v", err)
	}
	e.wait(15 * time.Minute)
	for range account.MostTries - 1 { // right passwords are no wrong tries, and forget none
		e.second(t, e.first(t, elsName, elsPassword, nil), otherCode(a.code(t)), account.ErrNoEntry)
	}
	e.second(t, e.first(t, elsName, elsPassword, nil), a.code(t), nil)
	e.wait(time.Minute)
	for range account.MostTries { // coming in forgets them
		e.first(t, elsName, "wrong wrong wrong wrong", account.ErrNoEntry)
	}
}

func TestANameIsOfOnePerson(t *testing.T) {
	e := newEntrance(t)
	e.els(t)
	if _, err := e.Propose(t.Context(), "noor", "ELS van de wijk", "de maan is vandaag rond", "x"); !errors.Is(err, account.ErrTaken) {
		t.Errorf("a name that another has: %v", err)
	}
	_, err := e.Propose(t.Context(), "els", "ELS van de wijk", "de maan is vandaag rond", "x")
	must(t, err)
}
