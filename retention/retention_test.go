package retention_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/retention"
)

// TestShippedTerms: what each regime that comes with the program makes of one
// end, on two days.
func TestShippedTerms(t *testing.T) {
	list, err := retention.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	terms := samenspel.Terms{Regimes: list}
	ended := time.Date(2018, 6, 1, 12, 0, 0, 0, time.UTC)
	grown := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
	then := map[string]string{}
	for _, r := range list {
		for _, now := range []time.Time{time.Date(2019, 12, 31, 12, 0, 0, 0, time.UTC), time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)} {
			due, ok := terms.Due(samenspel.Keeping{Regime: r.Word, EndedAt: ended, Adult: grown}, now)
			then[r.Word+now.Format(" 2006")] = due.Format(time.DateOnly)
			if !ok {
				then[r.Word+now.Format(" 2006")] = "none"
			}
		}
	}
	want := map[string]string{
		"wmo 2019": "2033-06-02", "wmo 2026": "2033-06-02", "youth 2019": "2033-06-02", "youth 2026": "2038-06-02",
		"withdrawn 2019": "none", "withdrawn 2026": "2018-07-14", "guardianship 2019": "2055-06-02", "guardianship 2026": "2055-06-02",
	}
	if diff := cmp.Diff(want, then); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

const good = `{"about": "a", "regimes": [{"word": "a", "names": {"nl": "n", "en": "e"}, "law": "l", "article": "1", "from": "ended",
	"terms": [{"since": "2020-01-01", "years": 1}, {"since": "2021-01-01", "weeks": 2}], "source": "s"}]}`

func TestAFileThatIsNotRightIsRefused(t *testing.T) {
	if list, err := retention.Parse(strings.NewReader(good)); err != nil || len(list) != 1 || len(list[0].Terms) != 2 {
		t.Fatalf("a good one: %+v, %v", list, err)
	}
	for _, c := range []struct{ old, new, says string }{
		{good, "", "cannot be read"},
		{good, "[]", "cannot be read"},
		{good, `{"regimes": []}`, "0 regimes"},
		{good, good + "{}", "behind its end"},
		{good, strings.Repeat(" ", 300<<10), "larger"},
		{`"about"`, `"abuot"`, "unknown field"},
		{`"from": "ended"`, `"form": "ended"`, "unknown field"},
		{`"word": "a"`, `"word": "A b"`, "small letters"},
		{`"word": "a"`, `"word": ""`, "small letters"},
		{`"word": "a"`, `"word": "own-a"`, "own-"},
		{`"en": "e"`, `"de": "e"`, "name in nl and in en"},
		{`"law": "l"`, `"law": ""`, "source"},
		{`"source": "s"`, `"source": ""`, "source"},
		{`"source": "s"`, `"source": "` + strings.Repeat("s", 500) + `"`, "too long"},
		{`"ended"`, `"the moon"`, `"the moon"`},
		{`"2020-01-01"`, `"2020-02-30"`, "no day"},
		{`"2020-01-01"`, `"2022-01-01"`, "order"},
		{`"2021-01-01"`, `"2020-01-01"`, "order"},
		{`"years": 1`, `"years": 0`, "no length"},
		{`"years": 1`, `"years": -1`, "no length"},
		{`"years": 1`, `"years": 100000`, "no length"},
		{`"years": 1`, `"years": 1.5`, "cannot be read"},
		{`"years": 1`, `"jaren": 1`, "unknown field"},
		{`[{"since": "2020-01-01", "years": 1}, {"since": "2021-01-01", "weeks": 2}]`, `[]`, "0 terms"},
	} {
		_, err := retention.Parse(strings.NewReader(strings.Replace(good, c.old, c.new, 1)))
		var wrong *retention.FileError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.40s: %v, want %q", c.new, err, c.says)
		}
	}
	twice := strings.Replace(good, `"source": "s"}`, `"source": "s"}, `+good[strings.Index(good, `{"word"`):len(good)-2], 1)
	if _, err := retention.Parse(strings.NewReader(twice)); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("two of one word: %v", err)
	}
}

func TestReadFromAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "terms.json")
	if _, err := retention.Read(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := os.WriteFile(path, []byte(good), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		want int
	}{{path, 1}, {"", 4}} {
		if list, err := retention.Read(c.path); err != nil || len(list) != c.want {
			t.Errorf("%q: %d regimes, %v", c.path, len(list), err)
		}
	}
}

// signer signs for an installation of the tests.
type signer struct{ ed25519.PrivateKey }

func (s signer) Public() ed25519.PublicKey  { return s.PrivateKey.Public().(ed25519.PublicKey) }
func (s signer) Sign(message []byte) []byte { return ed25519.Sign(s.PrivateKey, message) }

func TestACertificateIsAsItWasSigned(t *testing.T) {
	at := time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)
	k := samenspel.Keeping{Alliance: "a", Begun: at.AddDate(-20, 0, 0), EndedAt: at.AddDate(-16, 0, 0), Regime: "wmo",
		People: []samenspel.PersonID{"somebody"}, Plan: &samenspel.Destruction{Person: "one", ConfirmedBy: "two", At: at.AddDate(0, 0, -8), ConfirmedAt: at.AddDate(0, 0, -7)}}
	made := retention.For(k, 3, 120, at)
	key := signer{ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))}
	text, err := retention.Sign(made, key)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(text, []byte("somebody")) {
		t.Error("it tells who was there")
	}
	got, public, err := retention.Check(bytes.NewReader(text))
	if err != nil || got != made || !public.Equal(key.Public()) {
		t.Errorf("%+v, %v", got, err)
	}
	for i := range text {
		changed := bytes.Clone(text)
		changed[i] ^= 1
		got, _, err := retention.Check(bytes.NewReader(changed))
		if err == nil && got != made {
			t.Fatalf("byte %d changed: %+v", i, got)
		}
	}
	if !errors.Is(func() error { _, _, err := retention.Check(strings.NewReader("{}")); return err }(), retention.ErrCertificate) {
		t.Error("nothing is a certificate")
	}
}

// FuzzParse: whatever a file holds, it is refused or every term in it has a
// date.
func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Fuzz(func(t *testing.T, text []byte) {
		list, err := retention.Parse(bytes.NewReader(text))
		var wrong *retention.FileError
		if err != nil && !errors.As(err, &wrong) {
			t.Fatal(err)
		}
		now := time.Date(2500, 1, 1, 0, 0, 0, 0, time.UTC)
		for _, r := range list {
			k := samenspel.Keeping{Regime: r.Word, EndedAt: now, Adult: now}
			if due, ok := (samenspel.Terms{Regimes: list}).Due(k, now); ok && !due.After(now) {
				t.Fatalf("%s is due at %v", r.Word, due)
			}
		}
	})
}
