package passkey_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samenspel/account"
	"samenspel/account/passkey"
	"samenspel/internal/device"
)

const (
	address = "https://samenspel.example"
	name    = "samenspel.example"
)

var (
	first  = []byte("0123456789abcdef0123456789abcdef")
	second = []byte("fedcba9876543210fedcba9876543210")
	handle = []byte("a handle that tells nothing")
)

func TestWhereThereArePasskeys(t *testing.T) {
	for address, want := range map[string]bool{
		"https://samenspel.example": true, "https://samenspel.example:8443": true, "http://localhost:8080": true, "http://localhost": true,
		"https://SAMENSPEL.example": true, "http://samenspel.example": false, "http://127.0.0.1:8080": false, "https://192.0.2.1": false,
		"https://[2001:db8::1]:8443": false, "http://localhost.example": false, "": false, "https://": false, "samenspel.example": false,
		"ftp://localhost": false, "https://%zz": false, "https://sam enspel": false,
	} {
		if got := passkey.At(address) != nil; got != want {
			t.Errorf("%q: %t, want %t", address, got, want)
		}
	}
}

// party is the site of these tests.
func party(t testing.TB) *passkey.Party {
	t.Helper()
	p := passkey.At(address)
	if p == nil {
		t.Fatal("no passkeys at " + address)
	}
	return p
}

// makeAt has a device make a passkey, and gives it as it is kept.
func makeAt(t testing.TB, p *passkey.Party, d *device.Device) account.Passkey {
	t.Helper()
	options, err := p.ToMake(passkey.Owner{Handle: handle, Label: "Sleutel"}, first)
	must(t, err)
	m, err := passkey.ParseMade(d.Make(t, options))
	must(t, err)
	same(t, first, m.Challenge)
	c, err := p.Check(m, handle)
	must(t, err)
	return account.Passkey{PublicHalf: c}
}

func TestWhatIsAsked(t *testing.T) {
	p := party(t)
	own := account.Passkey{PublicHalf: account.PublicHalf{CredentialID: []byte{1, 2, 3}, Transports: []string{"internal"}}}
	made, err := p.ToMake(passkey.Owner{Handle: handle, Label: "Sleutel", Own: []account.Passkey{own}}, first)
	must(t, err)
	shown, err := p.ToShow(second)
	must(t, err)
	for text, want := range map[string]string{
		made: `{"rp":{"id":"samenspel.example","name":"Samenspel"},
			"user":{"id":"YSBoYW5kbGUgdGhhdCB0ZWxscyBub3RoaW5n","name":"Sleutel","displayName":"Sleutel"},
			"challenge":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY","timeout":300000,"attestation":"none",
			"pubKeyCredParams":[{"type":"public-key","alg":-7},{"type":"public-key","alg":-8},{"type":"public-key","alg":-257}],
			"excludeCredentials":[{"type":"public-key","id":"AQID","transports":["internal"]}],
			"authenticatorSelection":{"requireResidentKey":true,"residentKey":"required","userVerification":"required"}}`,
		shown: `{"challenge":"ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA","timeout":300000,"rpId":"samenspel.example","userVerification":"required"}`,
	} {
		var a, b any
		must(t, json.Unmarshal([]byte(text), &a))
		must(t, json.Unmarshal([]byte(want), &b))
		same(t, b, a)
	}
}

func TestAPasskeyOpensWhereItWasMade(t *testing.T) {
	p, d := party(t), device.New(address, name)
	k := makeAt(t, p, d)
	same(t, account.PublicHalf{
		CredentialID: k.CredentialID, PublicKey: k.PublicKey, Count: 1, Flags: 0x5d, Transports: []string{"hybrid", "internal"},
	}, k.PublicHalf)
	d.Flags &^= device.BackedUp // it is no longer kept elsewhere
	s := show(t, p, d)
	same(t, second, s.Challenge)
	same(t, k.CredentialID, s.CredentialID)
	use, err := p.CheckShown(s, k, handle)
	must(t, err)
	same(t, account.Use{Count: 2, Flags: 0x0d}, use)
}

// show has a device show its passkey.
func show(t testing.TB, p *passkey.Party, d *device.Device) *passkey.Shown {
	t.Helper()
	options, err := p.ToShow(second)
	must(t, err)
	s, err := passkey.ParseShown(d.Show(t, options))
	must(t, err)
	return s
}

// wrongs are what a device or its page may do wrong, in both ceremonies.
var wrongs = map[string]func(*device.Device){
	"on a page of another site": func(d *device.Device) { d.Origin = "https://elsewhere.example" },
	"on a page of a site below": func(d *device.Device) { d.Origin = "https://x.samenspel.example" },
	"without TLS":               func(d *device.Device) { d.Origin = "http://samenspel.example" },
	"at another port":           func(d *device.Device) { d.Origin += ":8443" },
	"for another site":          func(d *device.Device) { d.Party = "elsewhere.example" },
	"without looking who it is": func(d *device.Device) { d.Flags &^= device.Verified },
	"without anybody there":     func(d *device.Device) { d.Flags &^= device.Present },
	"in another ceremony":       func(d *device.Device) { d.Type = "payment.get" },
	"backed up and not to be":   func(d *device.Device) { d.Flags = d.Flags&^device.Eligible | device.BackedUp },
}

func TestWhatMakesNoPasskey(t *testing.T) {
	for what, wrong := range wrongs {
		t.Run(what, func(t *testing.T) {
			p, d := party(t), device.New(address, name)
			wrong(d)
			options, err := p.ToMake(passkey.Owner{Handle: handle, Label: "x"}, first)
			must(t, err)
			m, err := passkey.ParseMade(d.Make(t, options))
			must(t, err)
			_, err = p.Check(m, handle)
			wantNoEntry(t, err)
		})
	}
}

func TestWhatOpensNothing(t *testing.T) {
	p := party(t)
	for what, wrong := range wrongs {
		t.Run(what, func(t *testing.T) {
			d := device.New(address, name)
			k := makeAt(t, p, d)
			wrong(d)
			_, err := p.CheckShown(show(t, p, d), k, handle)
			wantNoEntry(t, err)
		})
	}
	d, other := device.New(address, name), device.New(address, name)
	k, theirs := makeAt(t, p, d), makeAt(t, p, other)
	t.Run("signed by another key", func(t *testing.T) {
		k := k
		k.PublicKey = theirs.PublicKey
		_, err := p.CheckShown(show(t, p, d), k, handle)
		wantNoEntry(t, err)
	})
	t.Run("of another owner", func(t *testing.T) {
		_, err := p.CheckShown(show(t, p, d), k, []byte("another handle"))
		wantNoEntry(t, err)
	})
	t.Run("another passkey", func(t *testing.T) {
		_, err := p.CheckShown(show(t, p, d), theirs, handle)
		wantNoEntry(t, err)
	})
	t.Run("backed up in another way than when it was made", func(t *testing.T) {
		d := *d
		d.Flags &^= device.Eligible | device.BackedUp
		_, err := p.CheckShown(show(t, p, &d), k, handle)
		wantNoEntry(t, err)
	})
	t.Run("for another challenge", func(t *testing.T) {
		s := show(t, p, d)
		s.Challenge = first
		_, err := p.CheckShown(s, k, handle)
		wantNoEntry(t, err)
	})
	t.Run("what was made is not shown", func(t *testing.T) {
		options, err := p.ToShow(second)
		must(t, err)
		d := *d
		d.Type = "webauthn.create"
		s, err := passkey.ParseShown(d.Show(t, options))
		must(t, err)
		_, err = p.CheckShown(s, k, handle)
		wantNoEntry(t, err)
	})
}

// TestEachByteCounts changes every sign of an answer, one at a time.
func TestEachByteCounts(t *testing.T) {
	p, d := party(t), device.New(address, name)
	k := makeAt(t, p, d)
	options, err := p.ToShow(second)
	must(t, err)
	answer := d.Show(t, options)
	for i := range answer {
		changed := []byte(answer)
		changed[i] ^= 1
		if strings.EqualFold(string(changed), answer) {
			continue
		}
		s, err := passkey.ParseShown(string(changed))
		if err == nil {
			_, err = p.CheckShown(s, k, handle)
		}
		if !errors.Is(err, account.ErrNoEntry) {
			t.Fatalf("with sign %d changed: %v", i, err)
		}
	}
}

// noAnswers are texts that are no answer of a browser.
func noAnswers(answer string) []string {
	return []string{
		"", " ", "null", "[]", "{}", "{", `"x"`, answer + answer, answer + "x", answer[:len(answer)-1], strings.Repeat("[", 10000),
		strings.Replace(answer, `"id"`, `"more":1,"id"`, 1),
		strings.Replace(answer, `"client":"`, `"client":"\n`, 1), strings.Replace(answer, `"client":"`, `"client":"=`, 1),
		strings.Replace(answer, `}`, strings.Repeat(" ", passkey.MostAnswer)+`}`, 1), "\xff" + answer,
		`{"id":"AQID","client":"e30","object":"oA","transports":[]}`, `{"id":"AQID","client":"e30","data":"AA","signature":"AA","user":"AA"}`,
	}
}

func TestWhatIsNoAnswer(t *testing.T) {
	p, d := party(t), device.New(address, name)
	options, err := p.ToMake(passkey.Owner{Handle: handle, Label: "x"}, first)
	must(t, err)
	made := d.Make(t, options)
	options, err = p.ToShow(second)
	must(t, err)
	shown := d.Show(t, options)
	for _, text := range append(append(noAnswers(made), noAnswers(shown)...), made) {
		_, err := passkey.ParseShown(text)
		wantNoEntry(t, err)
	}
	for _, text := range append(append(noAnswers(made), noAnswers(shown)...), shown) {
		_, err := passkey.ParseMade(text)
		wantNoEntry(t, err)
	}
}

// FuzzAnswer: whatever a form brings is read or refused, and what is read opens
// nothing that the device did not sign.
func FuzzAnswer(f *testing.F) {
	p, d := party(f), device.New(address, name)
	k := makeAt(f, p, d)
	options, err := p.ToMake(passkey.Owner{Handle: handle, Label: "x"}, second)
	must(f, err)
	f.Add(device.New(address, name).Make(f, options))
	options, err = p.ToShow(second)
	must(f, err)
	f.Add(d.Show(f, options))
	for _, text := range noAnswers(d.Show(f, options)) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := passkey.ParseMade(text); err == nil {
			c, err := p.Check(m, handle)
			if err == nil && (len(c.CredentialID) == 0 || len(c.PublicKey) == 0) {
				t.Error("a passkey without a key")
			}
		}
		s, err := passkey.ParseShown(text)
		if err != nil {
			wantNoEntry(t, err)
			return
		}
		other := k
		other.PublicKey = k.PublicKey[:len(k.PublicKey)-1]
		if _, err := p.CheckShown(s, other, handle); err == nil {
			t.Error("half a key opens")
		}
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantNoEntry(t testing.TB, err error) {
	t.Helper()
	if !errors.Is(err, account.ErrNoEntry) {
		t.Errorf("error %v, want ErrNoEntry", err)
	}
}

func same(t testing.TB, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("differs (-want +got):\n%s", d)
	}
}
