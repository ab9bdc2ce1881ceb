// Package organisation sends somebody to the sign-in of their own organisation,
// and reads from the answer who they are there and nothing else: OpenID
// Connect, the code flow with PKCE (RFC 7636).
//
// Of what the organisation tells, only this is read: who says it, to whom, of
// whom, until when, in answer to what, at which level and since when. No
// e-mail address and no name. An error of this package holds nothing of what
// came from outside.
package organisation

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Why somebody does not come in.
var (
	// ErrAway says that the organisation's sign-in does not answer, or not as
	// it should before anybody is asked who they are.
	ErrAway = errors.New("organisation: the sign-in does not answer")
	// ErrDenied says that they, or their organisation, said no.
	ErrDenied = errors.New("organisation: the sign-in was denied there")
	// ErrLevel says that they did not show well enough who they are.
	ErrLevel = errors.New("organisation: the sign-in was not at a level that is asked for")
	// ErrAnswer says that what came back is not an answer to what was asked.
	ErrAnswer = errors.New("organisation: the answer does not belong to what was asked")
)

// Settings are what the administrator of a machine agrees with an organisation.
type Settings struct {
	Issuer string // where the sign-in is, as it writes it itself
	Client string // how this program is called there
	Secret string // with which this program shows that it is itself
	// Levels are the levels (acr) at which somebody may come in. One of them
	// has to be said in the answer.
	Levels []string
	// MaxAge is how long ago somebody may have shown who they are; 0 for as
	// long as the organisation finds right.
	MaxAge time.Duration
	Name   string // what people call it
}

// SignIn is the sign-in of one organisation. What it learns of the organisation
// it learns when it is first needed: one that is away stops nothing else.
type SignIn struct {
	set    Settings
	now    func() time.Time
	client *http.Client

	mu    sync.Mutex
	known *known
}

// known is what the organisation tells of its own sign-in.
type known struct {
	provider *oidc.Provider
	tells    bool // its answers say whose they are (RFC 9207)
	style    oauth2.AuthStyle
	since    time.Time
}

// fresh is how long what the organisation told of its sign-in counts. The keys
// are asked for anew whenever there is another one.
const fresh = time.Hour

// New gives the sign-in with these settings, or says what is wrong with them.
// It asks the network nothing.
func New(set Settings, now func() time.Time) (*SignIn, error) {
	switch {
	case !safe(set.Issuer):
		return nil, errors.New("the issuer of the organisation's sign-in has to begin with https:// (http:// on this machine only), without ? and #")
	case set.Client == "":
		return nil, errors.New("the organisation's sign-in needs the name of this client")
	case set.Secret == "":
		return nil, errors.New("the organisation's sign-in needs a secret")
	case len(set.Levels) == 0:
		return nil, errors.New("say which level (acr) the organisation's sign-in has to give: without one it could be any")
	case slices.ContainsFunc(set.Levels, func(l string) bool { return l == "" || strings.ContainsAny(l, " \t\r\n") }):
		return nil, errors.New("a level (acr) is one word, without spaces")
	case strings.TrimSpace(set.Name) == "":
		return nil, errors.New("the organisation's sign-in needs a name that people know")
	case set.MaxAge < 0:
		return nil, errors.New("how long ago somebody signed in cannot be below zero")
	}
	return &SignIn{set: set, now: now, client: bounded()}, nil
}

// Name is what people call it.
func (s *SignIn) Name() string { return s.set.Name }

// Issuer is whose subjects these are.
func (s *SignIn) Issuer() string { return s.set.Issuer }

// safe reports whether an address may be asked: over TLS, or on this machine.
func safe(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || strings.ContainsAny(address, "?#") {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// learn gives what the organisation tells of its sign-in, and asks it when
// nobody knows lately. A failure is forgotten: the next one asks again.
func (s *SignIn) learn(ctx context.Context) (*known, error) {
	s.mu.Lock()
	k := s.known
	s.mu.Unlock()
	if k != nil && s.now().Sub(k.since) < fresh {
		return k, nil
	}
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, s.client), s.set.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", ErrAway, reason(err))
	}
	var told struct {
		Keys    string   `json:"jwks_uri"`
		Tells   bool     `json:"authorization_response_iss_parameter_supported"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := provider.Claims(&told); err != nil {
		return nil, fmt.Errorf("%w: what it tells of itself cannot be read", ErrAway)
	}
	at := provider.Endpoint()
	if !safe(withoutQuery(at.AuthURL)) || !safe(withoutQuery(at.TokenURL)) || !safe(withoutQuery(told.Keys)) {
		return nil, fmt.Errorf("%w: it has an address that is not safe", ErrAway)
	}
	k = &known{provider: provider, tells: told.Tells, style: oauth2.AuthStyleInHeader, since: s.now()}
	if len(told.Methods) > 0 && !slices.Contains(told.Methods, "client_secret_basic") {
		k.style = oauth2.AuthStyleInParams
	}
	s.mu.Lock()
	s.known = k
	s.mu.Unlock()
	return k, nil
}

// withoutQuery is an address of which the query does not matter.
func withoutQuery(address string) string {
	before, _, _ := strings.Cut(address, "?")
	return before
}

func (s *SignIn) config(k *known, redirect string) *oauth2.Config {
	at := k.provider.Endpoint()
	at.AuthStyle = k.style
	return &oauth2.Config{
		ClientID: s.set.Client, ClientSecret: s.set.Secret, Endpoint: at,
		RedirectURL: redirect, Scopes: []string{oidc.ScopeOpenID},
	}
}

// Question is what this program asked, and has to remember until the answer.
// Whoever reads it could answer in the place of the organisation.
type Question struct {
	State, Nonce, Verifier string
	At                     time.Time
}

// Ask gives the address to send somebody to, and what to remember. The answer
// comes to redirect.
func (s *SignIn) Ask(ctx context.Context, redirect string) (address string, q Question, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	k, err := s.learn(ctx)
	if err != nil {
		return "", Question{}, err
	}
	q = Question{State: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier(), At: s.now()}
	more := []oauth2.AuthCodeOption{
		oidc.Nonce(q.Nonce), oauth2.S256ChallengeOption(q.Verifier),
		oauth2.SetAuthURLParam("acr_values", strings.Join(s.set.Levels, " ")),
	}
	if s.set.MaxAge > 0 {
		more = append(more, oauth2.SetAuthURLParam("max_age", strconv.Itoa(int(s.set.MaxAge.Seconds()))))
	}
	return s.config(k, redirect).AuthCodeURL(q.State, more...), q, nil
}

// Answers reports whether this is an answer to the question. Anybody can send a
// browser here with another one: that uses nothing up.
func (q Question) Answers(answer url.Values) bool { return same(answer.Get("state"), q.State) }
