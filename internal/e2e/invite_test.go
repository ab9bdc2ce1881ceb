package e2e

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

// invite makes a link for somebody of a role, as the form has it, and reads
// it from the page.
func invite(p *browser.Person, home, name, role string) (link string) {
	p.Go(at(home, "people"))
	p.Follow("text=Nodig iemand uit")
	p.Fill("#name", name)
	choose(p, "role", role)
	p.Submit("text=Maak de link")
	return newLink(p)
}

// newLink is the link that stands on the page.
func newLink(p *browser.Person) string {
	p.See("De link is klaar")
	return browser.Eval[string](p, `document.querySelector("#link").value`)
}

// enter goes through the door as somebody with this name.
func enter(p *browser.Person, link, name string) {
	p.Go(link)
	p.Submit("text=Verder")
	if name != "" {
		p.Fill("#name", name)
	}
	p.Submit("text=Kom binnen")
}

// closed sees that a link opens no more.
func closed(t *testing.T, b *browser.Browser, link string) {
	t.Helper()
	late := b.Person(t, browser.Settings{})
	late.Go(link)
	late.Submit("text=Verder")
	late.See("Deze link is al gebruikt, of te oud, of niet heel.")
	late.Expect("403")
}

// TestInvitation follows a link from the page where it is made to whoever
// opens it, until their place at the table ends.
func TestInvitation(t *testing.T) {
	t.Parallel()
	d, b := demo(t), browser.Start(t)
	els, home := seat(t, b, d, "professional", browser.Settings{})
	link := invite(els, home, "Tante Roos", "Familie, vriend of buur")
	address, secret, _ := strings.Cut(link, "#")
	fetched(t, address)
	fetched(t, address+"?secret="+secret)

	els.Follow("text=Klaar")
	els.See("Tante Roos")
	els.See("is uitgenodigd")
	still := same(t, els)

	roos := b.Person(t, phone)
	roos.Go(link)
	if got := roos.URL(); got != address {
		t.Errorf("the secret stays in the address bar: %s", got)
	}
	roos.Submit("text=Verder")
	roos.See("Wat jij deelt, zien alleen de mensen die jij kiest.")
	els.See("is uitgenodigd") // looking takes no place
	choose(roos, "lang", "English")
	roos.Fill("#name", "Roos")
	choose(roos, "alone", "Alleen ik")
	roos.Submit("text=Kom binnen")
	roos.See("Hello Roos")
	els.SeeNo("is uitgenodigd")
	still()
	guest := roos.URL()
	roos.Go(at(guest, "people"))
	roos.See("Who sees it first?")
	if browser.Eval[bool](roos, `document.querySelector("[name=seen_by]:checked") !== null`) {
		t.Error("others see first what is said about who chose: only me")
	}
	closed(t, b, link)

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
	link := invite(els, home, "Tante Roos", "Familie, vriend of buur")
	els.Follow("text=Klaar")
	els.Click(last + " text=Meer doen")
	els.Submit(last + " text=Nieuwe link")
	newer := newLink(els)
	closed(t, b, link)

	waiting := b.Person(t, phone)
	waiting.Go(newer)
	waiting.Submit("text=Verder")
	els.Follow("text=Klaar")
	els.See("Jij maakte een nieuwe link")
	els.Click(last + " text=Meer doen")
	els.Follow(last + " text=Trek uitnodiging in")
	els.Submit("text=Ja, laat stoppen")
	els.SeeNo("Tante Roos")
	closed(t, b, newer)
	waiting.Submit("text=Kom binnen") // who stood at the door already
	waiting.See("Deze link is al gebruikt, of te oud, of niet heel.")
	waiting.Expect("403")
}
