package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samenspel/internal/browser"
	"samenspel/internal/provider"
)

// level is what the organisation of this journey has to give.
const level = "https://levels.test/substantial"

// logIn is what somebody invented does at the sign-in of their organisation.
func logIn(p *browser.Person, who provider.Who) {
	p.See("Invented sign-in")
	p.Fill("#subject", who.Subject)
	p.Fill("#email", who.Email)
	p.Fill("#acr", who.Level)
	p.Submit("text=Log in")
}

// TestByTheOrganisation comes in by a link, ties the sign-in of an organisation,
// goes out, and comes in by it: at a real provider, in a real browser.
func TestByTheOrganisation(t *testing.T) {
	t.Parallel()
	idp, b := provider.Start(t), browser.Start(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte(provider.Secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := start(t, "samenspel", "serve", "--data", t.TempDir(), "--addr", "127.0.0.1:0",
		"--oidc-issuer", idp.Issuer, "--oidc-client", "samenspel", "--oidc-secret-file", secret,
		"--oidc-acr", level, "--oidc-acr", "https://levels.test/high", "--oidc-name", "gemeente Voorbeeld")
	site := d.lines["samenspel"]
	ineke := provider.Who{Subject: "ineke", Email: "ineke@voorbeeld.test", Level: level}

	// Who is not known here does not become known by it.
	p := b.Person(t, browser.Settings{})
	p.Go(site + "/in")
	accessible(t, p, "coming in by the organisation")
	p.Follow("text=Ga naar gemeente Voorbeeld")
	logIn(p, ineke)
	p.See("Kom eerst binnen met je link.")
	p.Expect("403")
	accessible(t, p, "nobody knows them yet")

	enter(p, way{link: d.lines["administrator (works once)"]}, "Ineke")
	p.Go(site + "/me")
	accessible(t, p, "what somebody comes in with")
	p.Follow("text=Koppel gemeente Voorbeeld")
	logIn(p, ineke)
	p.See("Je komt binnen via gemeente Voorbeeld")
	accessible(t, p, "tied")
	p.Submit("text=Uitloggen")

	p.Go(site + "/in?back=/admin")
	p.Follow("text=Ga naar gemeente Voorbeeld")
	logIn(p, ineke)
	p.See("Beheer")
	if !strings.HasSuffix(p.URL(), "/admin") {
		t.Errorf("came back at %s", p.URL())
	}
	p.Submit("text=Uitloggen")

	for _, other := range []struct {
		who provider.Who
		say string
	}{
		{provider.Who{Subject: "ineke", Email: "ineke@voorbeeld.test", Level: "https://levels.test/low"}, "Je moet bij gemeente Voorbeeld sterker inloggen."},
		{provider.Who{Subject: "somebody else", Email: "ineke@voorbeeld.test", Level: level}, "Wij kennen je nog niet"},
	} {
		p.Go(site + "/in")
		p.Follow("text=Ga naar gemeente Voorbeeld")
		logIn(p, other.who)
		p.See(other.say)
		p.Expect("403")
		accessible(t, p, "refused")
		p.Go(site + "/start")
		p.See("Kom eerst binnen")
		p.Expect("401")
	}
}
