package account_test

import (
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"samenspel"
	"samenspel/account"
)

// other gives a code that is not this one.
func other(code string) string {
	sign := "C"
	if code[0] == 'C' {
		sign = "F"
	}
	return sign + code[1:]
}

func TestCodesAreRandom(t *testing.T) {
	e := newEntrance(t)
	form, seen := regexp.MustCompile(`^[2-9CFHJKMPRTWXY]{6}$`), map[string]bool{}
	for range 50 {
		code := e.makeLink(t, amiras).Code
		if !form.MatchString(code) {
			t.Fatalf("a code of %d signs, or of others", len(code))
		}
		seen[code] = true
	}
	if len(seen) < 49 {
		t.Errorf("%d different codes of 50", len(seen))
	}
}

// TestCodesForgive: what somebody hears, reads and types is taken kindly.
func TestCodesForgive(t *testing.T) {
	e := newEntrance(t)
	key := e.makeLink(t, amiras)
	lookAlike := strings.NewReplacer("2", "z", "5", "s", "6", "g", "8", "b", "7", "1", "M", "n", "W", "v")
	for _, typed := range []string{
		key.Code, strings.ToLower(key.Code), key.Code[:3] + " " + key.Code[3:], key.Code[:3] + "-" + key.Code[3:],
		" " + strings.Join(strings.Split(key.Code, ""), " - ") + " ", lookAlike.Replace(key.Code),
		key.Code[:3] + "\u00a0" + key.Code[3:],
	} {
		e.opens(t, account.Key{Secret: key.Secret, Code: typed}, true)
	}
	for _, typed := range []string{
		strings.ToUpper(key.Secret), " " + key.Secret + "\u00a0", key.Secret[:13] + " " + key.Secret[13:],
		strings.NewReplacer("0", "O", "1", "l").Replace(key.Secret), strings.ReplaceAll(key.Secret, "1", "I"),
	} {
		e.opens(t, account.Key{Secret: typed, Code: key.Code}, true)
	}
}

// noCodes are texts that are no code.
var noCodes = []string{"", " ", "-", "C", "CCCCC", "CCCCCCC", "CCCCC!", "ÇCCCC", "CCCCCA", "\x00", "\xff", strings.Repeat("C", 1<<20)}

// TestWhatIsNoCode uses up no try and is answered alike for every link, so
// that machines which fetch, fill in and send what they find do no harm.
func TestWhatIsNoCode(t *testing.T) {
	e := newEntrance(t)
	key, gone := e.makeLink(t, amiras), e.makeLink(t, account.Link{Purpose: account.Professional})
	e.enter(t, gone, "Noor")
	for range 100 {
		for _, secret := range []string{key.Secret, gone.Secret, strings.Repeat("0", 26), "", "x"} {
			for _, code := range noCodes {
				k := account.Key{Secret: secret, Code: code}
				if _, closed, err := e.Look(t.Context(), k); !errors.Is(err, account.ErrCode) || closed {
					t.Fatalf("code %.8q: error %v, want ErrCode", code, err)
				}
				if _, _, err := e.Enter(t.Context(), k, samenspel.Words{}, account.How{}); !errors.Is(err, account.ErrCode) {
					t.Fatalf("entering with code %.8q: error %v, want ErrCode", code, err)
				}
			}
		}
	}
	e.enter(t, key, "Amira")
}

func TestFiveWrongCodesClose(t *testing.T) {
	e := newEntrance(t)
	key := e.makeLink(t, amiras)
	bad := account.Key{Secret: key.Secret, Code: other(key.Code)}
	for n := 1; n <= account.MostWrong; n++ {
		e.opens(t, key, true) // a right code makes up for none, and costs none
		var closed bool
		var err error
		if n%2 == 0 { // trying at the next page is no way round
			_, _, err = e.Enter(t.Context(), bad, samenspel.Say("Amira"), account.How{})
		} else {
			_, closed, err = e.Look(t.Context(), bad)
		}
		checkEntry(t, "a wrong code", err, false)
		if closed != (n == account.MostWrong) {
			t.Errorf("wrong code %d closed the link: %t", n, closed)
		}
	}
	e.opens(t, key, false)
	_, closed, err := e.Look(t.Context(), bad)
	checkEntry(t, "a sixth", err, false)
	if closed {
		t.Error("it closed twice")
	}
	_, _, err = e.Enter(t.Context(), key, samenspel.Say("Amira"), account.How{})
	checkEntry(t, "the right code at last", err, false)
	e.wait(24 * time.Hour)
	e.opens(t, key, false)
	links, err := e.Links(t.Context(), amiras.Alliance)
	must(t, err)
	if !links[amiras.Partner].Closed() {
		t.Error("who made it cannot see that it closed")
	}
	e.opens(t, e.makeLink(t, amiras), true)
}

// TestManyTryTogether: however many ask at once, five wrong codes are held
// against the link.
func TestManyTryTogether(t *testing.T) {
	e := newEntrance(t)
	key := e.makeLink(t, amiras)
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			_, _, err := e.Look(t.Context(), account.Key{Secret: key.Secret, Code: other(key.Code)})
			checkEntry(t, "a wrong code", err, false)
		})
	}
	all.Wait()
	e.opens(t, key, false)
	links, err := e.Links(t.Context(), amiras.Alliance)
	must(t, err)
	if wrong := links[amiras.Partner].Wrong; wrong != account.MostWrong {
		t.Errorf("%d wrong codes, want %d", wrong, account.MostWrong)
	}
}

// TestACodeFitsItsOwnLink: a right code at another link is as wrong as a wrong
// code at the right one, and as an unknown link.
func TestACodeFitsItsOwnLink(t *testing.T) {
	e := newEntrance(t)
	sannes := amiras
	sannes.Partner = "sanne"
	one, two := e.makeLink(t, amiras), e.makeLink(t, sannes)
	for _, k := range []account.Key{
		{Secret: one.Secret, Code: two.Code}, {Secret: two.Secret, Code: one.Code},
		{Secret: one.Secret, Code: other(one.Code)}, {Secret: strings.Repeat("0", 26), Code: one.Code},
	} {
		if _, _, err := e.Look(t.Context(), k); !errors.Is(err, account.ErrNoEntry) {
			t.Errorf("error %v, want ErrNoEntry", err)
		}
	}
	e.opens(t, one, true)
	e.opens(t, two, true)
}

// TestTheSameFormAgain: a form that is sent twice, or again because its answer
// got lost, lets in once more; nothing else does.
func TestTheSameFormAgain(t *testing.T) {
	e := newEntrance(t)
	key, link, err := e.MakeLink(t.Context(), amiras)
	must(t, err)
	key.Form = "a form"
	first := e.enter(t, key, "Amira")
	e.wait(5 * time.Minute)
	e.opens(t, key, true)
	e.lives(t, e.enter(t, key, "Amira"), true)
	e.lives(t, first, true)
	for _, k := range []account.Key{
		{Secret: key.Secret, Code: key.Code, Form: "another form"}, {Secret: key.Secret, Code: key.Code},
		{Secret: key.Secret, Code: other(key.Code), Form: key.Form},
	} {
		e.opens(t, k, false)
		_, _, err := e.Enter(t.Context(), k, samenspel.Words{}, account.How{})
		checkEntry(t, "another form", err, false)
	}
	e.wait(6 * time.Minute)
	e.opens(t, key, false)

	used, err := e.UsedBy(t.Context(), key.Secret, link.Person)
	must(t, err)
	same(t, link.ID, used.ID)
	_, err = e.UsedBy(t.Context(), key.Secret, "noor")
	checkEntry(t, "the used link of another", err, false)
	_, err = e.UsedBy(t.Context(), e.makeLink(t, amiras).Secret, link.Person)
	checkEntry(t, "an unused link", err, false)
	_, err = e.UsedBy(t.Context(), "x", link.Person)
	checkEntry(t, "no link", err, false)
}

func TestCodesThatCannotBeCounted(t *testing.T) {
	e := newEntrance(t)
	key := e.makeLink(t, amiras)
	e.Store = fullStore{e.Store}
	if _, _, err := e.Look(t.Context(), account.Key{Secret: key.Secret, Code: other(key.Code)}); !errors.Is(err, errFull) {
		t.Errorf("error %v, want %v", err, errFull)
	}
}
