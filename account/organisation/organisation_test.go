package organisation_test

import (
	"errors"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"samenspel/account/organisation"
	"samenspel/internal/provider"
)

func TestMain(m *testing.M) {
	code := m.Run()
	provider.Clean()
	os.Exit(code)
}

const back = "http://samenspel.test/in/organisation/back"

// The levels of these tests.
const (
	substantial = "https://levels.test/substantial"
	high        = "https://levels.test/high"
)

// settings are what would work with an issuer.
func settings(issuer string) organisation.Settings {
	return organisation.Settings{
		Issuer: issuer, Client: "samenspel", Secret: provider.Secret,
		Levels: []string{substantial, high}, Name: "de gemeente",
	}
}

func signIn(t testing.TB, set organisation.Settings) *organisation.SignIn {
	t.Helper()
	s, err := organisation.New(set, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ask(t testing.TB, s *organisation.SignIn) (string, organisation.Question) {
	t.Helper()
	address, q, err := s.Ask(t.Context(), back)
	if err != nil {
		t.Fatal(err)
	}
	return address, q
}

func TestWhatIsAsked(t *testing.T) {
	p := provider.Start(t)
	set := settings(p.Issuer)
	set.MaxAge = 5 * time.Minute
	address, q := ask(t, signIn(t, set))
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	asked := u.Query()
	for name, want := range map[string]string{
		"response_type": "code", "scope": "openid", "client_id": "samenspel", "redirect_uri": back, "state": q.State,
		"nonce": q.Nonce, "code_challenge_method": "S256", "acr_values": substantial + " " + high, "max_age": "300",
	} {
		if got := asked.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if strings.Contains(address, q.Verifier) || strings.Contains(address, provider.Secret) {
		t.Error("the address holds what should stay here")
	}
	_, again := ask(t, signIn(t, set))
	if len(q.State) < 43 || q.State == again.State || q.Nonce == again.Nonce || q.Verifier == again.Verifier || q.State == q.Nonce || q.Nonce == q.Verifier {
		t.Error("what is remembered can be guessed")
	}
}

// TestARealProvider logs in at one that others made.
func TestARealProvider(t *testing.T) {
	p := provider.Start(t)
	for _, tt := range []struct {
		name string
		who  provider.Who
		want error
	}{
		{"at the first level", provider.Who{Subject: "s-1", Email: "a@levels.test", Level: substantial}, nil},
		{"at the second", provider.Who{Subject: "s-2", Email: "a@levels.test", Level: high}, nil},
		{"at a low level", provider.Who{Subject: "s-1", Level: "https://levels.test/low"}, organisation.ErrLevel},
		{"at no level", provider.Who{Subject: "s-1"}, organisation.ErrLevel},
		{"at both levels in one word", provider.Who{Subject: "s-1", Level: substantial + " " + high}, organisation.ErrLevel},
		{"as nobody", provider.Who{Level: high}, organisation.ErrAnswer},
		{"with a subject that is too long", provider.Who{Subject: strings.Repeat("s", 256), Level: high}, organisation.ErrAnswer},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := signIn(t, settings(p.Issuer))
			address, q := ask(t, s)
			got, err := s.Subject(t.Context(), back, q, p.LogIn(t, address, tt.who).Query())
			if !errors.Is(err, tt.want) || tt.want == nil && got != tt.who.Subject || tt.want != nil && got != "" {
				t.Errorf("Subject = %q, %v; want error %v", got, err, tt.want)
			}
			checkSilent(t, err, tt.who.Subject, tt.who.Email, tt.who.Level)
		})
	}
}

// checkSilent holds an error against what it may not tell.
func checkSilent(t testing.TB, err error, hidden ...string) {
	t.Helper()
	for _, h := range hidden {
		if err != nil && h != "" && strings.Contains(err.Error(), h) {
			t.Errorf("the error tells %.40q", h)
		}
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	p := provider.Start(t)
	for _, tt := range []struct {
		name  string
		spoil func(t *testing.T, s *organisation.SignIn, q *organisation.Question, answer url.Values)
		want  error
	}{
		{"another state", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) {
			a.Set("state", "other")
		}, organisation.ErrAnswer},
		{"no state", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) { a.Del("state") }, organisation.ErrAnswer},
		{"no question", func(_ *testing.T, _ *organisation.SignIn, q *organisation.Question, a url.Values) {
			*q = organisation.Question{}
			a.Set("state", "")
		}, organisation.ErrAnswer},
		{"another nonce", func(_ *testing.T, _ *organisation.SignIn, q *organisation.Question, _ url.Values) { q.Nonce = "other" }, organisation.ErrAnswer},
		{"another verifier", func(t *testing.T, s *organisation.SignIn, q *organisation.Question, _ url.Values) {
			_, other := ask(t, s)
			q.Verifier = other.Verifier
		}, organisation.ErrAnswer},
		{"another issuer (RFC 9207)", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) {
			a.Set("iss", "https://attacker.test")
		}, organisation.ErrAnswer},
		{"two issuers", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) {
			a["iss"] = []string{p.Issuer, "https://attacker.test"}
		}, organisation.ErrAnswer},
		{"no code", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) { a.Del("code") }, organisation.ErrAnswer},
		{"two codes", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) { a.Add("code", "x") }, organisation.ErrAnswer},
		{"an endless code", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) {
			a.Set("code", strings.Repeat("x", 1<<20))
		}, organisation.ErrAnswer},
		{"a made-up code", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) { a.Set("code", "x") }, organisation.ErrAnswer},
		{"the code a second time", func(t *testing.T, s *organisation.SignIn, q *organisation.Question, a url.Values) {
			if _, err := s.Subject(t.Context(), back, *q, a); err != nil {
				t.Fatal(err)
			}
		}, organisation.ErrAnswer},
		{"an error that it made up", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) {
			a.Set("error", "<script>")
		}, organisation.ErrAnswer},
		{"the level cannot be reached", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) {
			a.Set("error", "unmet_authentication_requirements")
		}, organisation.ErrLevel},
		{"it is out of order", func(_ *testing.T, _ *organisation.SignIn, _ *organisation.Question, a url.Values) {
			a.Set("error", "temporarily_unavailable")
		}, organisation.ErrAway},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := signIn(t, settings(p.Issuer))
			address, q := ask(t, s)
			answer := p.LogIn(t, address, provider.Who{Subject: "s-1", Level: high}).Query()
			tt.spoil(t, s, &q, answer)
			subject, err := s.Subject(t.Context(), back, q, answer)
			if subject != "" || !errors.Is(err, tt.want) {
				t.Errorf("Subject = %q, %v; want error %v", subject, err, tt.want)
			}
			checkSilent(t, err, "s-1", "<script>", "attacker")
		})
	}
}

func TestDenied(t *testing.T) {
	p := provider.Start(t)
	s := signIn(t, settings(p.Issuer))
	address, q := ask(t, s)
	if _, err := s.Subject(t.Context(), back, q, p.Deny(t, address).Query()); !errors.Is(err, organisation.ErrDenied) {
		t.Errorf("error %v, want %v", err, organisation.ErrDenied)
	}
}

func TestACodeForAnotherClient(t *testing.T) {
	p := provider.Start(t)
	other := settings(p.Issuer)
	other.Client = "another-program"
	address, q := ask(t, signIn(t, other))
	answer := p.LogIn(t, address, provider.Who{Subject: "s-1", Level: high}).Query()
	if _, err := signIn(t, settings(p.Issuer)).Subject(t.Context(), back, q, answer); !errors.Is(err, organisation.ErrAnswer) {
		t.Errorf("error %v, want %v", err, organisation.ErrAnswer)
	}
}

// TestAProviderThatIsAway: one that was never there, and one that comes later.
func TestAProviderThatIsAway(t *testing.T) {
	p := provider.Start(t)
	s, gone := signIn(t, settings(p.Issuer)), signIn(t, settings(p.Issuer))
	address, q := ask(t, s)
	answer := p.LogIn(t, address, provider.Who{Subject: "s-1", Level: high}).Query()
	p.Stop()
	if _, _, err := gone.Ask(t.Context(), back); !errors.Is(err, organisation.ErrAway) {
		t.Errorf("asking: error %v, want %v", err, organisation.ErrAway)
	}
	if _, err := s.Subject(t.Context(), back, q, answer); !errors.Is(err, organisation.ErrAway) {
		t.Errorf("answering: error %v, want %v", err, organisation.ErrAway)
	}
}

func TestSettings(t *testing.T) {
	for name, spoil := range map[string]func(*organisation.Settings){
		"no issuer":           func(s *organisation.Settings) { s.Issuer = "" },
		"http elsewhere":      func(s *organisation.Settings) { s.Issuer = "http://sign-in.test" },
		"http almost here":    func(s *organisation.Settings) { s.Issuer = "http://localhost.test" },
		"an issuer with ?":    func(s *organisation.Settings) { s.Issuer = "https://sign-in.test/?a" },
		"a name in it":        func(s *organisation.Settings) { s.Issuer = "https://a:b@sign-in.test" },
		"no client":           func(s *organisation.Settings) { s.Client = "" },
		"no secret":           func(s *organisation.Settings) { s.Secret = "" },
		"no level":            func(s *organisation.Settings) { s.Levels = nil },
		"an empty level":      func(s *organisation.Settings) { s.Levels = []string{""} },
		"two levels in one":   func(s *organisation.Settings) { s.Levels = []string{"a b"} },
		"no name":             func(s *organisation.Settings) { s.Name = " " },
		"an age below zero":   func(s *organisation.Settings) { s.MaxAge = -1 },
		"an issuer of a file": func(s *organisation.Settings) { s.Issuer = "file:///etc" },
	} {
		set := settings("https://sign-in.test/realm")
		spoil(&set)
		if _, err := organisation.New(set, time.Now); err == nil || strings.Contains(err.Error(), provider.Secret) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	for _, issuer := range []string{"https://sign-in.test", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"} {
		signIn(t, settings(issuer)) // asks the network nothing
	}
}
