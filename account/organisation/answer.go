package organisation

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// The bounds of an answer. A subject has at most 255 characters (OpenID Connect
// Core, section 2).
const (
	mostCode    = 4 << 10
	mostToken   = 64 << 10
	mostSubject = 255
)

// skew is how far the clocks of two machines may be apart.
const skew = time.Minute

// Subject reads an answer: who somebody is at the issuer.
func (s *SignIn) Subject(ctx context.Context, redirect string, q Question, answer url.Values) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if !q.Answers(answer) {
		return "", fmt.Errorf("%w: another state", ErrAnswer)
	}
	k, err := s.learn(ctx)
	if err != nil {
		return "", err
	}
	if from := answer["iss"]; len(from) > 1 || len(from) == 1 && from[0] != s.set.Issuer || len(from) == 0 && k.tells {
		return "", fmt.Errorf("%w: it comes from another issuer", ErrAnswer)
	}
	if answer.Has("error") {
		return "", denial(answer.Get("error"))
	}
	code := answer.Get("code")
	if code == "" || len(code) > mostCode || len(answer["code"]) != 1 {
		return "", fmt.Errorf("%w: no code", ErrAnswer)
	}
	raw, err := s.exchange(ctx, k, redirect, code, q.Verifier)
	if err != nil {
		return "", err
	}
	return s.read(ctx, k, q, raw)
}

// denial tells a no from a sign-in that does not work.
func denial(code string) error {
	switch code {
	case "access_denied", "login_required", "interaction_required", "consent_required", "account_selection_required":
		return ErrDenied
	case "unmet_authentication_requirements":
		return ErrLevel
	case "server_error", "temporarily_unavailable":
		return ErrAway
	}
	return fmt.Errorf("%w: it says that something is wrong with what was asked", ErrAnswer)
}

// exchange gives the token for a code, as it was written.
func (s *SignIn) exchange(ctx context.Context, k *known, redirect, code, verifier string) (string, error) {
	got, err := s.config(k, redirect).Exchange(oidc.ClientContext(ctx, s.client), code, oauth2.VerifierOption(verifier))
	if err != nil {
		var no *oauth2.RetrieveError
		if errors.As(err, &no) && no.Response != nil && no.Response.StatusCode < 500 {
			return "", fmt.Errorf("%w: the code was not taken (status %d)", ErrAnswer, no.Response.StatusCode)
		}
		return "", fmt.Errorf("%w: %s", ErrAway, reason(err))
	}
	raw, _ := got.Extra("id_token").(string)
	if raw == "" || len(raw) > mostToken {
		return "", fmt.Errorf("%w: no token that says who it is", ErrAnswer)
	}
	return raw, nil
}

// number is a moment as a token writes it, in seconds.
type number float64

func (n number) time() time.Time { return time.Unix(int64(n), 0) }

// read holds a token against what was asked. What the library finds wrong
// quotes the token, so nothing of it is passed on.
func (s *SignIn) read(ctx context.Context, k *known, q Question, raw string) (string, error) {
	token, err := k.provider.Verifier(&oidc.Config{ClientID: s.set.Client, Now: s.now}).Verify(ctx, raw)
	if err != nil {
		if late := new(oidc.TokenExpiredError); errors.As(err, &late) {
			return "", fmt.Errorf("%w: the token is too old", ErrAnswer)
		}
		return "", fmt.Errorf("%w: the token is not from there, or not for us, or the keys cannot be read", ErrAnswer)
	}
	var claims struct {
		Level string  `json:"acr"`
		Since *number `json:"auth_time"`
	}
	now := s.now()
	switch {
	case token.Claims(&claims) != nil:
		return "", fmt.Errorf("%w: the token cannot be read", ErrAnswer)
	case token.Issuer != s.set.Issuer:
		return "", fmt.Errorf("%w: the token is of another issuer", ErrAnswer)
	case len(token.Audience) != 1:
		return "", fmt.Errorf("%w: the token is for others too", ErrAnswer)
	case !same(token.Nonce, q.Nonce):
		return "", fmt.Errorf("%w: another nonce", ErrAnswer)
	case token.IssuedAt.Before(q.At.Add(-skew)) || token.IssuedAt.After(now.Add(skew)):
		return "", fmt.Errorf("%w: the token was not made for this answer", ErrAnswer)
	case token.Subject == "" || len(token.Subject) > mostSubject:
		return "", fmt.Errorf("%w: the token says of nobody", ErrAnswer)
	case !slices.Contains(s.set.Levels, claims.Level):
		return "", ErrLevel
	case s.set.MaxAge > 0 && (claims.Since == nil || now.Sub(claims.Since.time()) > s.set.MaxAge+skew || claims.Since.time().After(now.Add(skew))):
		return "", fmt.Errorf("%w: it was too long ago", ErrLevel)
	}
	return token.Subject, nil
}

func same(a, b string) bool { return a != "" && subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// reason says in our own words why an answer did not come.
func reason(err error) string {
	var other *oidc.IssuerMismatchError
	var no *oauth2.RetrieveError
	switch {
	case errors.Is(err, errLarge):
		return "it says too much"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "it took too long"
	case errors.As(err, &other):
		return "it calls itself otherwise than --oidc-issuer; the two have to be the same to the letter"
	case errors.As(err, &no) && no.Response != nil:
		return "status " + strconv.Itoa(no.Response.StatusCode)
	}
	return "it cannot be reached, or what it says cannot be read"
}
