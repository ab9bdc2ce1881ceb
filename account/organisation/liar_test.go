package organisation_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"samenspel/account/organisation"
)

// liar is a sign-in that tells whatever a test wants: what no real one can be
// made to say. Its address, its keys and its signatures are real.
type liar struct {
	*httptest.Server
	key     *ecdsa.PrivateKey
	about   map[string]any // what it tells of itself
	head    map[string]any // of the token
	claims  map[string]any
	sign    func(input string) []byte
	instead map[string]http.HandlerFunc // of a path
}

func newLiar(t *testing.T) *liar {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	l := &liar{key: key, instead: map[string]http.HandlerFunc{}}
	l.Server = httptest.NewServer(l)
	t.Cleanup(l.Close)
	l.about = map[string]any{
		"issuer": l.URL, "authorization_endpoint": l.URL + "/auth", "token_endpoint": l.URL + "/token", "jwks_uri": l.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"ES256", "HS256", "none"},
	}
	l.head = map[string]any{"alg": "ES256", "kid": "one"}
	l.sign = l.byKey
	return l
}

// tells is what it says of somebody, in answer to a question.
func (l *liar) tells(q organisation.Question) map[string]any {
	return map[string]any{
		"iss": l.URL, "sub": "s-1", "aud": "samenspel", "nonce": q.Nonce, "acr": high, "email": "a@levels.test",
		"iat": q.At.Unix(), "exp": q.At.Add(time.Minute).Unix(), "auth_time": q.At.Unix(),
	}
}

func (l *liar) byKey(input string) []byte {
	sum := sha256.Sum256([]byte(input))
	r, s, err := ecdsa.Sign(rand.Reader, l.key, sum[:])
	if err != nil {
		panic(err)
	}
	return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
}

func (l *liar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if other := l.instead[r.URL.Path]; other != nil {
		other(w, r)
		return
	}
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		write(w, l.about)
	case "/keys":
		public := l.key.PublicKey
		point, err := public.Bytes()
		if err != nil {
			panic(err)
		}
		write(w, map[string]any{"keys": []any{map[string]any{
			"kty": "EC", "crv": "P-256", "kid": "one", "x": encoded(point[1:33]), "y": encoded(point[33:]),
		}}})
	case "/token":
		write(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": l.token()})
	}
}

func write(w http.ResponseWriter, what any) {
	if err := json.NewEncoder(w).Encode(what); err != nil {
		panic(err)
	}
}

func encoded(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (l *liar) token() string {
	head, _ := json.Marshal(l.head)
	claims, _ := json.Marshal(l.claims)
	input := encoded(head) + "." + encoded(claims)
	return input + "." + encoded(l.sign(input))
}

// endless says more than anybody can read.
func endless(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(`{"issuer":"`))
	for part := []byte(strings.Repeat("x", 64<<10)); r.Context().Err() == nil; {
		if _, err := w.Write(part); err != nil {
			return
		}
	}
}

// silent says nothing until nobody waits any more.
func silent(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // who has not read all does not see that the other left
	<-r.Context().Done()
}

// elsewhere leads to another place, where the secret should not go.
func elsewhere(t *testing.T) http.HandlerFunc {
	trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("somebody was led elsewhere") }))
	t.Cleanup(trap.Close)
	return func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, trap.URL, http.StatusTemporaryRedirect)
	}
}

// TestALiarThatIsRight: with nothing spoiled it lets in, so that what the next
// tests refuse is refused for what they spoil.
func TestALiarThatIsRight(t *testing.T) {
	for name, adapt := range map[string]func(l *liar, set *organisation.Settings, answer url.Values){
		"as it is":      func(*liar, *organisation.Settings, url.Values) {},
		"telling who":   func(l *liar, _ *organisation.Settings, a url.Values) { a.Set("iss", l.URL) },
		"one in a list": func(l *liar, _ *organisation.Settings, _ url.Values) { l.claims["aud"] = []string{"samenspel"} },
		"in time":       func(_ *liar, set *organisation.Settings, _ url.Values) { set.MaxAge = time.Minute },
		"since a decimal": func(l *liar, set *organisation.Settings, _ url.Values) {
			l.claims["auth_time"] = float64(time.Now().Unix()) + 0.5
		},
	} {
		if subject, err := newLiar(t).lets(t, adapt); subject != "s-1" || err != nil {
			t.Errorf("%s: %q, %v", name, subject, err)
		}
	}
}

// lets asks and answers at a liar that a test has adapted.
func (l *liar) lets(t *testing.T, adapt func(l *liar, set *organisation.Settings, answer url.Values)) (string, error) {
	t.Helper()
	set := settings(l.URL)
	answer := url.Values{"code": {"a code"}}
	l.claims = map[string]any{}
	adapt(l, &set, answer)
	s := signIn(t, set)
	_, q, err := s.Ask(t.Context(), back)
	if err != nil {
		return "", err
	}
	answer.Set("state", q.State)
	claims := l.tells(q)
	for name, value := range l.claims {
		if claims[name] = value; value == nil {
			delete(claims, name)
		}
	}
	l.claims = maps.Clone(claims)
	return s.Subject(t.Context(), back, q, answer)
}

func TestLies(t *testing.T) {
	claim := func(name string, value any) func(*liar, *organisation.Settings, url.Values) {
		return func(l *liar, _ *organisation.Settings, _ url.Values) { l.claims[name] = value }
	}
	about := func(name string, value any) func(*liar, *organisation.Settings, url.Values) {
		return func(l *liar, _ *organisation.Settings, _ url.Values) { l.about[name] = value }
	}
	instead := func(path string, other http.HandlerFunc) func(*liar, *organisation.Settings, url.Values) {
		return func(l *liar, _ *organisation.Settings, _ url.Values) { l.instead[path] = other }
	}
	since := func(value any) func(*liar, *organisation.Settings, url.Values) {
		return func(l *liar, set *organisation.Settings, _ url.Values) {
			set.MaxAge, l.claims["auth_time"] = time.Minute, value
		}
	}
	const discovery = "/.well-known/openid-configuration"
	now := time.Now()
	for name, tt := range map[string]struct {
		adapt func(*liar, *organisation.Settings, url.Values)
		want  error
	}{
		"another issuer":             {claim("iss", "https://attacker.test"), organisation.ErrAnswer},
		"for another":                {claim("aud", "another-program"), organisation.ErrAnswer},
		"for another too":            {claim("aud", []string{"samenspel", "another-program"}), organisation.ErrAnswer},
		"for nobody":                 {claim("aud", nil), organisation.ErrAnswer},
		"expired":                    {claim("exp", now.Add(-time.Hour).Unix()), organisation.ErrAnswer},
		"never expires":              {claim("exp", nil), organisation.ErrAnswer},
		"made before":                {claim("iat", now.Add(-time.Hour).Unix()), organisation.ErrAnswer},
		"made later":                 {claim("iat", now.Add(time.Hour).Unix()), organisation.ErrAnswer},
		"made never":                 {claim("iat", nil), organisation.ErrAnswer},
		"another nonce":              {claim("nonce", "other"), organisation.ErrAnswer},
		"no nonce":                   {claim("nonce", nil), organisation.ErrAnswer},
		"no subject":                 {claim("sub", nil), organisation.ErrAnswer},
		"an e-mail instead":          {claim("sub", ""), organisation.ErrAnswer},
		"a low level":                {claim("acr", "low"), organisation.ErrLevel},
		"no level":                   {claim("acr", nil), organisation.ErrLevel},
		"a list of levels":           {claim("acr", []string{high}), organisation.ErrAnswer},
		"too long ago":               {since(now.Add(-time.Hour).Unix()), organisation.ErrLevel},
		"not said since when":        {since(nil), organisation.ErrLevel},
		"since later":                {since(now.Add(time.Hour).Unix()), organisation.ErrLevel},
		"since a word":               {since("now"), organisation.ErrAnswer},
		"calls itself another":       {about("issuer", "https://attacker.test"), organisation.ErrAway},
		"asks over http":             {about("authorization_endpoint", "http://sign-in.test/auth"), organisation.ErrAway},
		"takes the secret over http": {about("token_endpoint", "http://sign-in.test/token"), organisation.ErrAway},
		"has keys over http":         {about("jwks_uri", "http://sign-in.test/keys"), organisation.ErrAway},
		"has no keys":                {about("jwks_uri", nil), organisation.ErrAway},
		"does not tell whose answer": {about("authorization_response_iss_parameter_supported", true), organisation.ErrAnswer},
		"endless about itself":       {instead(discovery, endless), organisation.ErrAway},
		"endless token":              {instead("/token", endless), organisation.ErrAway},
		"endless keys":               {instead("/keys", endless), organisation.ErrAnswer},
		"leads away":                 {instead(discovery, elsewhere(t)), organisation.ErrAway},
		"leads the secret away":      {instead("/token", elsewhere(t)), organisation.ErrAnswer},
		"leads to other keys":        {instead("/keys", elsewhere(t)), organisation.ErrAnswer},
		"is broken":                  {instead("/token", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }), organisation.ErrAway},
		"says no":                    {instead("/token", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(400) }), organisation.ErrAnswer},
		"is no JSON":                 {instead("/token", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }), organisation.ErrAway},
		"says nothing of who": {instead("/token", func(w http.ResponseWriter, _ *http.Request) {
			write(w, map[string]any{"access_token": "a", "token_type": "Bearer"})
		}), organisation.ErrAnswer},
		"signs by nothing": {func(l *liar, _ *organisation.Settings, _ url.Values) {
			l.head, l.sign = map[string]any{"alg": "none"}, func(string) []byte { return nil }
		}, organisation.ErrAnswer},
		"signs by our secret": {func(l *liar, set *organisation.Settings, _ url.Values) {
			l.head, l.sign = map[string]any{"alg": "HS256"}, func(input string) []byte {
				h := hmac.New(sha256.New, []byte(set.Secret))
				h.Write([]byte(input))
				return h.Sum(nil)
			}
		}, organisation.ErrAnswer},
		"signs by a key of its own": {func(l *liar, _ *organisation.Settings, _ url.Values) {
			l.sign = newLiar(t).byKey
		}, organisation.ErrAnswer},
		"brings its own key": {func(l *liar, _ *organisation.Settings, _ url.Values) {
			other := newLiar(t)
			l.sign, l.head = other.byKey, map[string]any{"alg": "ES256", "kid": "two", "jku": other.URL + "/keys"}
		}, organisation.ErrAnswer},
		"too long a token": {claim("padding", strings.Repeat("x", 70<<10)), organisation.ErrAnswer},
	} {
		t.Run(name, func(t *testing.T) {
			subject, err := newLiar(t).lets(t, tt.adapt)
			if subject != "" || !errors.Is(err, tt.want) {
				t.Errorf("%q, %v; want error %v", subject, err, tt.want)
			}
			checkSilent(t, err, "s-1", "a@levels.test", "attacker", "another-program", "sign-in.test")
		})
	}
}

// TestASilentProvider: nobody waits for ever, at each of the three moments.
func TestASilentProvider(t *testing.T) {
	var all sync.WaitGroup
	for path, want := range map[string]error{
		"/.well-known/openid-configuration": organisation.ErrAway, "/token": organisation.ErrAway, "/keys": organisation.ErrAnswer,
	} {
		l := newLiar(t)
		l.instead[path] = silent
		all.Go(func() {
			if subject, err := l.lets(t, func(*liar, *organisation.Settings, url.Values) {}); subject != "" || !errors.Is(err, want) {
				t.Errorf("%s: %q, %v; want error %v", path, subject, err, want)
			}
		})
	}
	all.Wait()
}

// TestItComesBack: what it tells of itself wrongly, and where it is away, is
// not remembered.
func TestItComesBack(t *testing.T) {
	l := newLiar(t)
	s := signIn(t, settings(l.URL))
	l.instead["/.well-known/openid-configuration"] = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }
	if _, _, err := s.Ask(t.Context(), back); !errors.Is(err, organisation.ErrAway) {
		t.Fatalf("error %v, want %v", err, organisation.ErrAway)
	}
	delete(l.instead, "/.well-known/openid-configuration")
	ask(t, s)
}

func FuzzAnswer(f *testing.F) {
	s := signIn(f, settings("http://127.0.0.1:1"))
	f.Add("state=a&code=b")
	f.Add("error=access_denied&state=a&iss=x")
	f.Fuzz(func(t *testing.T, raw string) {
		answer, _ := url.ParseQuery(raw)
		if subject, err := s.Subject(t.Context(), back, organisation.Question{State: "a", Nonce: "b", Verifier: "c"}, answer); subject != "" || err == nil {
			t.Errorf("an answer of nobody lets in %q", subject)
		}
	})
}
