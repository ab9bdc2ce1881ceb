package e2e

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// way is what somebody gets to come in: a link, and its code another way. The
// link that the program itself prints has none.
type way struct{ link, code string }

// invite makes a way in for somebody of a role, as the form has it, and reads
// it from the page.
func invite(p *browser.Person, home, name, role string) way {
	p.Go(at(home, "people"))
	p.Follow("text=Nodig iemand uit")
	p.Fill("#name", name)
	choose(p, "role", role)
	p.Submit("text=Maak de link")
	return newWay(p)
}

// newWay is the way in that stands on the page.
func newWay(p *browser.Person) way {
	p.See("De link is klaar")
	return way{
		link: browser.Eval[string](p, `document.querySelector("#link").value`),
		code: browser.Eval[string](p, `document.querySelector(".code").textContent.trim()`),
	}
}

// knock opens a link and gives its code.
func knock(p *browser.Person, to way) {
	p.Go(to.link)
	if to.code != "" {
		p.Fill("#code", to.code)
	}
	p.Submit("main form .main")
}

// enter goes through the door as somebody with this name.
func enter(p *browser.Person, to way, name string) {
	knock(p, to)
	if name != "" {
		p.Fill("#name", name)
	}
	p.Submit("text=Kom binnen")
}

// closed sees that a way in opens no more.
func closed(t *testing.T, b *browser.Browser, to way) {
	t.Helper()
	late := b.Person(t, browser.Settings{})
	knock(late, to)
	if to.code == "" {
		late.See("Typ de code die bij de link hoort.")
		late.Expect("422")
		return
	}
	late.See("Dit opent nu niet.")
	late.Expect("403")
}

// TestInvitation follows a link from the page where it is made to whoever
// opens it, until their place at the table ends.
func TestInvitation(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	els, home := seat(t, b, d, "professional", browser.Settings{})
	to := invite(els, home, "Tante Roos", "Familie, vriend of buur")
	address, secret, _ := strings.Cut(to.link, "#")
	fetched(t, address)
	fetched(t, address+"?secret="+secret)

	els.Follow("text=Klaar")
	els.See("Tante Roos")
	els.See("is uitgenodigd")
	still := same(t, els)

	roos := b.Person(t, phone)
	roos.Go(to.link)
	if got := roos.URL(); got != address {
		t.Errorf("the secret stays in the address bar: %s", got)
	}
	roos.SeeNo("Tante Roos")
	roos.Fill("#code", "KKK 444")
	roos.Submit("main form .main")
	roos.See("Dit opent nu niet.")
	roos.Expect("403")
	roos.Fill("#code", strings.ToLower(to.code))
	roos.Submit("main form .main")
	roos.See("Wat jij deelt, zien alleen de mensen die jij kiest.")
	els.See("is uitgenodigd") // looking takes no place
	if got := browser.Eval[string](roos, `document.querySelector("#name").value`); got != "Tante Roos" {
		t.Errorf("the name that the inviter has is not proposed: %q", got)
	}
	roos.Fill("#name", "Roos")
	choose(roos, "alone", "Alleen ik")
	roos.Submit("text=English")
	roos.See("Who sees what?")
	roos.Submit("text=Come in")
	roos.See("Hello Roos")
	els.SeeNo("is uitgenodigd")
	still()
	guest := roos.URL()
	roos.Go(at(guest, "people"))
	roos.See("Who sees it first?")
	if browser.Eval[bool](roos, `document.querySelector("[name=seen_by]:checked") !== null`) {
		t.Error("others see first what is said about who chose: only me")
	}
	closed(t, b, to)

	roos.Go(guest)
	els.Click(last + " text=Meer doen")
	els.Follow(last + " text=Laat stoppen")
	els.See("Doet Roos niet meer mee?")
	els.Submit("text=Ja, laat stoppen")
	els.See("Deze persoon doet niet meer mee.")
	roos.See("This page is not there, or not for you.")
	roos.Expect("404")
	roos.SeeNo("Hello Roos")
}

// last is the newest place at the table.
const last = "#people .rows li:last-child"

// fetched gets an address as a program does that looks at links before their
// reader.
func fetched(t *testing.T, address string) {
	t.Helper()
	r, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(body), `action="/door"`) {
		t.Errorf("the door answers %s, %v", r.Status, err)
	}
}

// TestInvitationTakenBack follows a link whose invitation is taken back, and
// one that a newer link stands in for.
func TestInvitationTakenBack(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	els, home := seat(t, b, d, "professional", browser.Settings{})
	to := invite(els, home, "Tante Roos", "Familie, vriend of buur")
	els.Follow("text=Klaar")
	els.Click(last + " text=Meer doen")
	els.Submit(last + " text=Nieuwe link")
	newer := newWay(els)
	closed(t, b, to)

	waiting := b.Person(t, phone)
	knock(waiting, newer)
	waiting.See("Hoe mogen we je noemen?")
	els.Follow("text=Klaar")
	els.See("Jij maakte een nieuwe link")
	els.Click(last + " text=Meer doen")
	els.Follow(last + " text=Trek uitnodiging in")
	els.Submit("text=Ja, laat stoppen")
	els.SeeNo("Tante Roos")
	closed(t, b, newer)
	waiting.Submit("text=Kom binnen") // who stood at the door already
	waiting.See("Dit opent nu niet.")
	waiting.Expect("403")
}

// TestInvitationByHand comes in without any script, by what stands on paper,
// and sees a link close after too many wrong codes.
func TestInvitationByHand(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	els, home := seat(t, b, d, "professional", browser.Settings{})
	to := invite(els, home, "Tante Roos", "Familie, vriend of buur")
	byHand := browser.Eval[string](els, `document.querySelector(".typed").textContent.trim()`)
	els.Follow("text=Klaar")
	els.See("De link werkt tot")
	address, _, _ := strings.Cut(to.link, "#")

	roos := b.Person(t, browser.Settings{Width: 320, Height: 640, NoScript: true})
	roos.Go(address)
	roos.Fill("#secret", strings.ToUpper(byHand))
	roos.Fill("#code", to.code)
	roos.Submit("main form .main")
	roos.Submit("text=Kom binnen")
	roos.See("Dag Tante Roos")
	els.See("Tante Roos doet mee sinds")

	second := invite(els, home, "Oom Jan", "Familie, vriend of buur")
	els.Follow("text=Klaar")
	stranger := b.Person(t, phone)
	for range 5 {
		knock(stranger, way{second.link, "KKK 444"})
		stranger.See("Dit opent nu niet.")
		stranger.Expect("403")
	}
	els.See("De link is dicht: de code was te vaak fout.")
	closed(t, b, second)
}
