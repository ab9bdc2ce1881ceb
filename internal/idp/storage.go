package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"sync"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// secret is what every client shows: this provider is for tests only.
const secret = "an invented secret"

// storage keeps what the provider knows, while it runs.
type storage struct {
	key *ecdsa.PrivateKey

	mu      sync.Mutex
	logins  map[string]*login
	byCode  map[string]string
	subject map[string]string // e-mail of each subject
}

func newStorage() (*storage, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return &storage{key: key, logins: map[string]*login{}, byCode: map[string]string{}, subject: map[string]string{}}, err
}

var errUnknown = errors.New("this is not known here")

// login is one request to log in, and what came of it.
type login struct {
	*oidc.AuthRequest
	id, subject, acr string
	at               time.Time
	done             bool
}

func (l *login) GetID() string          { return l.id }
func (l *login) GetACR() string         { return l.acr }
func (l *login) GetAMR() []string       { return nil }
func (l *login) GetAudience() []string  { return []string{l.ClientID} }
func (l *login) GetAuthTime() time.Time { return l.at }
func (l *login) GetClientID() string    { return l.ClientID }
func (l *login) GetNonce() string       { return l.Nonce }
func (l *login) GetRedirectURI() string { return l.RedirectURI }
func (l *login) GetSubject() string     { return l.subject }
func (l *login) GetScopes() []string    { return l.Scopes }
func (l *login) GetState() string       { return l.State }
func (l *login) Done() bool             { return l.done }

func (l *login) GetResponseType() oidc.ResponseType { return l.ResponseType }
func (l *login) GetResponseMode() oidc.ResponseMode { return l.ResponseMode }

func (l *login) GetCodeChallenge() *oidc.CodeChallenge {
	if l.CodeChallenge == "" {
		return nil
	}
	return &oidc.CodeChallenge{Challenge: l.CodeChallenge, Method: l.CodeChallengeMethod}
}

func (s *storage) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := &login{AuthRequest: asked, id: rand.Text()}
	s.logins[l.id] = l
	return l, nil
}

// find gives a login, or errUnknown.
func (s *storage) find(id string) (*login, error) {
	if l := s.logins[id]; l != nil {
		return l, nil
	}
	return nil, errUnknown
}

func (s *storage) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.find(id)
}

func (s *storage) AuthRequestByCode(_ context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.find(s.byCode[code])
}

func (s *storage) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byCode[code] = id
	return nil
}

func (s *storage) DeleteAuthRequest(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.logins, id)
	return nil
}

func (s *storage) CreateAccessToken(context.Context, op.TokenRequest) (string, time.Time, error) {
	return rand.Text(), time.Now().Add(time.Minute), nil
}

func (s *storage) SetUserinfoFromScopes(_ context.Context, info *oidc.UserInfo, subject, _ string, _ []string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	// It tells more than it was asked, as many do.
	info.Subject, info.Email, info.EmailVerified, info.Name = subject, s.subject[subject], true, "Invented "+subject
	return nil
}

func (s *storage) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	return client(id), nil
}

func (s *storage) AuthorizeClientIDSecret(_ context.Context, _, shown string) error {
	if subtle.ConstantTimeCompare([]byte(shown), []byte(secret)) != 1 {
		return errUnknown
	}
	return nil
}

func (s *storage) SigningKey(context.Context) (op.SigningKey, error) { return signing{s.key}, nil }

func (s *storage) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.ES256}, nil
}

func (s *storage) KeySet(context.Context) ([]op.Key, error) { return []op.Key{public{s.key}}, nil }

func (s *storage) Health(context.Context) error { return nil }

// signing and public are the two sides of the one key.
type signing struct{ key *ecdsa.PrivateKey }

func (k signing) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.ES256 }
func (k signing) Key() any                                    { return k.key }
func (k signing) ID() string                                  { return "one" }

type public struct{ key *ecdsa.PrivateKey }

func (k public) ID() string                         { return "one" }
func (k public) Algorithm() jose.SignatureAlgorithm { return jose.ES256 }
func (k public) Use() string                        { return "sig" }
func (k public) Key() any                           { return k.key.Public() }

// client is whoever asks: any name, from any port of this machine.
type client string

func (c client) GetID() string          { return string(c) }
func (c client) RedirectURIs() []string { return nil }
func (c client) RedirectURIGlobs() []string {
	return []string{"http://localhost:*/in/organisation/back", "http://127.0.0.1:*/in/organisation/back", "http://samenspel.test/in/organisation/back"}
}
func (c client) PostLogoutRedirectURIs() []string     { return nil }
func (c client) PostLogoutRedirectURIGlobs() []string { return nil }
func (c client) ApplicationType() op.ApplicationType  { return op.ApplicationTypeWeb }
func (c client) AuthMethod() oidc.AuthMethod          { return oidc.AuthMethodBasic }
func (c client) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}
func (c client) GrantTypes() []oidc.GrantType         { return []oidc.GrantType{oidc.GrantTypeCode} }
func (c client) LoginURL(id string) string            { return "/login?id=" + id }
func (c client) AccessTokenType() op.AccessTokenType  { return op.AccessTokenTypeBearer }
func (c client) IDTokenLifetime() time.Duration       { return time.Hour }
func (c client) DevMode() bool                        { return true }
func (c client) IsScopeAllowed(string) bool           { return false }
func (c client) IDTokenUserinfoClaimsAssertion() bool { return true }
func (c client) ClockSkew() time.Duration             { return 0 }

func (c client) RestrictAdditionalIdTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}

func (c client) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return func(scopes []string) []string { return scopes }
}
