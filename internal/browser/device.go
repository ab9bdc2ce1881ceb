package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// Device is what a person shows who they are with: their telephone, which
// keeps passkeys and looks whether it is them.
type Device struct {
	p  *Person
	id webauthn.AuthenticatorID
}

// Device gives the person a device of their own for this page. One that looks
// asks for a finger, and that is right each time; another has no way to.
func (p *Person) Device(looks bool) *Device {
	p.t.Helper()
	d := &Device{p: p}
	p.do("take a device", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		got, err := cdp.Call(ctx, t, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
			Options: &webauthn.VirtualAuthenticatorOptions{
				Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
				HasResidentKey: true, HasUserVerification: looks, IsUserVerified: looks, AutomaticPresenceSimulation: true,
			},
		})
		if err == nil {
			d.id = got.AuthenticatorID
		}
		return err
	}))
	return d
}

// Blind makes the device say from now on that it did not look who it is.
func (d *Device) Blind() {
	d.p.t.Helper()
	yes := true
	d.p.do("blind the device", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, webauthn.SetResponseOverrideBits, webauthn.SetResponseOverrideBitsParams{
			AuthenticatorID: d.id, IsBadUV: &yes})
		return err
	}))
}

// Rewind takes the counts of its passkeys back to the start, as in a copy that
// was made long ago.
func (d *Device) Rewind() {
	d.p.t.Helper()
	d.p.do("rewind the device", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		has, err := cdp.Call(ctx, t, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: d.id})
		if err != nil {
			return err
		}
		for _, c := range has.Credentials {
			if _, err := cdp.Call(ctx, t, webauthn.RemoveCredential, webauthn.RemoveCredentialParams{
				AuthenticatorID: d.id, CredentialID: c.CredentialID}); err != nil {
				return err
			}
			if _, err := cdp.Call(ctx, t, putBack, putBackParams{d.id, rewound{
				CredentialID: c.CredentialID, RpID: c.RpID, PrivateKey: c.PrivateKey, UserHandle: c.UserHandle,
				IsResidentCredential: true, BackupEligibility: c.BackupEligibility, BackupState: c.BackupState,
			}}); err != nil {
				return err
			}
		}
		return nil
	}))
}

// putBack is webauthn.AddCredential with nothing of extensions that the device
// does not have: it refuses to hear of them.
var putBack = cdp.Command[putBackParams, cdp.Empty]{Method: webauthn.CommandAddCredential}

type putBackParams struct {
	AuthenticatorID webauthn.AuthenticatorID `json:"authenticatorId"`
	Credential      rewound                  `json:"credential"`
}

type rewound struct {
	CredentialID         []byte `json:"credentialId"`
	RpID                 string `json:"rpId"`
	PrivateKey           []byte `json:"privateKey"`
	UserHandle           []byte `json:"userHandle"`
	SignCount            int    `json:"signCount"`
	IsResidentCredential bool   `json:"isResidentCredential"`
	BackupEligibility    bool   `json:"backupEligibility"`
	BackupState          bool   `json:"backupState"`
}

// Names are how its passkeys are called in its own settings.
func (d *Device) Names() []string {
	d.p.t.Helper()
	var names []string
	d.p.do("read the names on the device", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		has, err := cdp.Call(ctx, t, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: d.id})
		if err != nil {
			return err
		}
		for _, c := range has.Credentials {
			names = append(names, c.UserDisplayName)
		}
		return nil
	}))
	return names
}
