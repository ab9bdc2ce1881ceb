// Package passkey speaks WebAuthn with the browsers of a site: what it asks of
// a device, and whether what comes back was signed by it, here, just now and
// after it looked whether this is its owner. It keeps nothing; package account
// does.
package passkey

import (
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
	"github.com/go-webauthn/webauthn/webauthn"

	"samenspel/account"
)

// Party is a site as devices know it: a passkey works at the one where it was
// made, and at no other.
type Party struct{ site *webauthn.WebAuthn }

// At gives the party at the address of a site, or nil where browsers have no
// passkeys: they ask for https and a name, or for this very machine.
func At(address string) *Party {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || net.ParseIP(u.Hostname()) != nil {
		return nil
	}
	name := strings.ToLower(u.Hostname())
	if u.Scheme != "https" && (u.Scheme != "http" || name != "localhost") {
		return nil
	}
	site, err := webauthn.New(&webauthn.Config{
		RPID: name, RPDisplayName: "Samenspel", RPOrigins: []string{u.Scheme + "://" + strings.ToLower(u.Host)},
		AttestationPreference:  protocol.PreferNoAttestation,
		AuthenticatorSelection: selection,
	})
	if err != nil {
		return nil
	}
	return &Party{site}
}

// selection asks for passkeys that are found without a name, on devices that
// look whether this is their owner.
var selection = protocol.AuthenticatorSelection{
	ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
	UserVerification: protocol.VerificationRequired,
}

// kinds are the kinds of keys that are taken, the best first. All devices have
// one of them.
var kinds = []protocol.CredentialParameter{
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgES256},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgEdDSA},
	{Type: protocol.PublicKeyCredentialType, Algorithm: webauthncose.AlgRS256},
}

// Owner is whose passkeys it is about.
type Owner struct {
	Handle []byte
	Label  string // what their device calls the passkey if nobody says otherwise
	Own    []account.Passkey
}

// WebAuthnID is what their devices call them by.
func (o Owner) WebAuthnID() []byte { return o.Handle }

// WebAuthnName is neutral: it stands in the settings of a device.
func (o Owner) WebAuthnName() string { return o.Label }

// WebAuthnDisplayName is as WebAuthnName.
func (o Owner) WebAuthnDisplayName() string { return o.Label }

// WebAuthnCredentials are their passkeys as the library has them.
func (o Owner) WebAuthnCredentials() []webauthn.Credential {
	var list []webauthn.Credential
	for _, k := range o.Own {
		list = append(list, webauthn.Credential{
			ID: k.CredentialID, PublicKey: k.PublicKey, Flags: webauthn.NewCredentialFlags(protocol.AuthenticatorFlags(k.Flags)),
			Authenticator: webauthn.Authenticator{SignCount: k.Count},
		})
	}
	return list
}

// ToMake is what a browser is asked for a new passkey, as JSON. A device that
// has one of them already is asked for no second.
func (p *Party) ToMake(o Owner, challenge []byte) (string, error) {
	var known []protocol.CredentialDescriptor
	for _, k := range o.Own {
		d := protocol.CredentialDescriptor{Type: protocol.PublicKeyCredentialType, CredentialID: k.CredentialID}
		for _, way := range k.Transports {
			d.Transport = append(d.Transport, protocol.AuthenticatorTransport(way))
		}
		known = append(known, d)
	}
	creation, _, err := p.site.BeginRegistration(o, webauthn.WithCredentialParameters(kinds), webauthn.WithExclusions(known),
		func(c *protocol.PublicKeyCredentialCreationOptions) error {
			c.Challenge = challenge
			return nil
		})
	if err != nil {
		return "", fmt.Errorf("passkey: ask for a new one: %w", err)
	}
	return written(creation.Response)
}

// ToShow is what a browser is asked for a passkey that there is, as JSON. It
// names none: the device knows which it has.
func (p *Party) ToShow(challenge []byte) (string, error) {
	assertion, _, err := p.site.BeginDiscoverableLogin(webauthn.WithChallenge(challenge))
	if err != nil {
		return "", fmt.Errorf("passkey: ask for one: %w", err)
	}
	return written(assertion.Response)
}

func written(options any) (string, error) {
	text, err := json.Marshal(options)
	if err != nil {
		return "", fmt.Errorf("passkey: write what is asked: %w", err)
	}
	return string(text), nil
}

// session is what the library remembers between a question and its answer.
func (p *Party) session(challenge, handle []byte) webauthn.SessionData {
	return webauthn.SessionData{
		Challenge: protocol.URLEncodedBase64(challenge).String(), RelyingPartyID: p.site.Config.RPID, UserID: handle,
		UserVerification: protocol.VerificationRequired, CredParams: kinds,
	}
}

// Check gives what is to be kept of a new passkey, or [account.ErrNoEntry]
// when it was not made here and for this owner. Which device made it nobody is
// told: of an attestation only the kinds that name no maker are read.
func (p *Party) Check(m *Made, handle []byte) (account.PublicHalf, error) {
	said := m.said.Response.AttestationObject
	_, named := said.AttStatement["x5c"]
	if named || said.Format != string(protocol.AttestationFormatNone) && said.Format != string(protocol.AttestationFormatPacked) {
		return account.PublicHalf{}, account.ErrNoEntry
	}
	made, err := p.site.CreateCredential(Owner{Handle: handle}, p.session(m.Challenge, handle), m.said)
	if err != nil {
		return account.PublicHalf{}, account.ErrNoEntry
	}
	return account.PublicHalf{
		CredentialID: made.ID, PublicKey: made.PublicKey, Count: made.Authenticator.SignCount,
		Flags: made.Flags.MsgpByte(), Transports: m.transports,
	}, nil
}

// CheckShown gives what a device said with its signature, or
// [account.ErrNoEntry] when it does not open the passkey. Whether its count
// grew is for the store, where two of them meet.
func (p *Party) CheckShown(s *Shown, k account.Passkey, handle []byte) (account.Use, error) {
	owner := Owner{Handle: handle, Own: []account.Passkey{k}}
	_, used, err := p.site.ValidatePasskeyLogin(func(_, _ []byte) (webauthn.User, error) { return owner, nil },
		p.session(s.Challenge, nil), s.said)
	if err != nil {
		return account.Use{}, account.ErrNoEntry
	}
	return account.Use{Count: s.said.Response.AuthenticatorData.Counter, Flags: used.Flags.MsgpByte()}, nil
}

// ways are how a device may be reached; others are not kept.
var ways = []string{"ble", "hybrid", "internal", "nfc", "smart-card", "usb"}

func knownWays(said []string) []string {
	var list []string
	for _, way := range ways {
		if slices.Contains(said, way) {
			list = append(list, way)
		}
	}
	return list
}
