package e2e

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"samenspel/internal/browser"
)

// key is what somebody made to come in on their own.
type key struct {
	name, password, secret string
	codes                  []string // for when the app is gone
}

// keyOf is what an invented person chooses.
func keyOf(name string) key {
	return key{name: name + " van hier", password: "paard eet graag peer"}
}

var (
	factorOn = regexp.MustCompile(`id="factor"[^>]*>(.*?)</b>`)
	stepOn   = regexp.MustCompile(`name="step" value="([^"]+)"`)
	codesOn  = regexp.MustCompile(`<li><b dir="ltr">(.*?)</b></li>`)
	between  = regexp.MustCompile(`<[^>]*>|\s`)
)

// reads keeps what a page shows of a key.
func (k *key) reads(page string) {
	if found := factorOn.FindStringSubmatch(page); found != nil {
		k.secret = between.ReplaceAllString(found[1], "")
	}
	for _, found := range codesOn.FindAllStringSubmatch(page, -1) {
		k.codes = append(k.codes, between.ReplaceAllString(found[1], ""))
	}
}

// code is what the app shows at a moment.
func (k *key) code(t *testing.T, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(k.secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// ownKey has somebody at work who has just come in by a link make a password
// and a second factor, as they must, and go on to the start.
func ownKey(t *testing.T, p *browser.Person, name string) key {
	t.Helper()
	k := keyOf(name)
	p.See("Maak eerst je eigen sleutel")
	p.Follow("a[href='/me/password']")
	p.Fill("#name", k.name)
	p.Fill("#password", k.password)
	p.Fill("#again", k.password)
	p.Submit("main form .main")
	p.See("Koppel een app met codes")
	k.reads(p.HTML())
	accessible(t, p, "factor")
	fits(t, p, "factor")
	p.Fill("#code", k.code(t, time.Now()))
	p.Submit("main form .main")
	p.See("Je codes voor als het misgaat")
	k.reads(p.HTML())
	accessible(t, p, "codes")
	fits(t, p, "codes")
	p.Follow("text=Klaar")
	return k
}

// ownKey does the same without a browser.
func (v *visitor) ownKey(t *testing.T, site, name string) {
	t.Helper()
	k := keyOf(name)
	page, _, err := v.answer(site+"/me/password", url.Values{"name": {k.name}, "password": {k.password}, "again": {k.password}})
	if err != nil {
		t.Fatal(err)
	}
	k.reads(page)
	step := stepOn.FindStringSubmatch(page)
	if step == nil {
		t.Fatal("there is no second factor on the page")
	}
	if _, err := v.post(site+"/me/password/code", url.Values{"step": {html.UnescapeString(step[1])}, "code": {k.code(t, time.Now())}}); err != nil {
		t.Fatal(err)
	}
}

// signIn takes the first step with a key.
func (k *key) signIn(p *browser.Person, site string) {
	p.Go(site + "/in")
	p.Fill("#name", strings.ToUpper(k.name))
	p.Fill("#password", k.password)
	p.Submit("form[action='/in/password'] .main")
	p.See("Nog één stap")
}

// TestSignIn: an administrator makes a way in of their own at the first visit,
// goes, and comes in again by it; then by a code from the list, on a device of
// others, without script.
func TestSignIn(t *testing.T) {
	d, b := serve(t, t.TempDir(), "127.0.0.1:0"), browser.Start(t)
	site := d.lines["samenspel"]
	admin := b.Person(t, phone)
	enter(admin, way{link: d.lines["administrator (works once)"]}, "Ineke")
	accessible(t, admin, "first")
	fits(t, admin, "first")
	admin.Go(site + "/admin")
	k := ownKey(t, admin, "Ineke")
	if len(k.codes) != 10 {
		t.Fatalf("%d codes for when the app is gone", len(k.codes))
	}
	admin.Go(site + "/admin")
	admin.See("Er is nog niemand.")
	admin.Go(site + "/me")
	admin.See("Je hebt een wachtwoord sinds")
	accessible(t, admin, "me")
	fits(t, admin, "me")
	admin.Submit("text=Uitloggen")
	admin.Go(site + "/admin")
	admin.Expect("401")

	admin.Go(site + "/in")
	accessible(t, admin, "in")
	fits(t, admin, "in")
	admin.Fill("#name", k.name)
	admin.Fill("#password", "een ander wachtwoord")
	admin.Submit("form[action='/in/password'] .main")
	admin.See("Je naam of je wachtwoord klopt niet.")
	admin.Expect("403")
	k.signIn(admin, site)
	accessible(t, admin, "code")
	admin.Fill("#code", k.code(t, time.Now().Add(30*time.Second))) // the one of now was used
	admin.Submit("main form .main")
	admin.Go(site + "/admin")
	admin.See("Er is nog niemand.")

	other := b.Person(t, browser.Settings{Width: 320, Height: 640, NoScript: true})
	other.Go(site + "/in")
	other.Fill("#name", k.name)
	other.Fill("#password", k.password)
	other.Click("label:has([name=shared])")
	other.Submit("form[action='/in/password'] .main")
	other.See("Nog één stap")
	other.Fill("#code", strings.ToLower(k.codes[4]))
	other.Submit("main form .main")
	other.Go(site + "/me")
	other.See("Er zijn nog 9 codes")
	other.See("Anderen gebruiken dit apparaat ook.")
	other.Submit("text=Stop daar")
	other.See("Je bent daar nu uit.")
	admin.Go(site + "/admin")
	admin.Expect("401")
	if cookies := browser.Eval[string](admin, "document.cookie + localStorage.length + sessionStorage.length"); cookies != "00" {
		t.Errorf("a page can read what keeps somebody in: %q", cookies)
	}
}
