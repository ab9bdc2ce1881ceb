package web

import "samenspel/web/page"

// passkeyRoutes are about coming in by a passkey.
var passkeyRoutes = []Route{}

// passkeyIn is what the page to come in offers of passkeys.
func (v *visit) passkeyIn() page.PasskeyIn { return page.PasskeyIn{} }

// ownPasskeys are the passkeys of who asks.
func (v *visit) ownPasskeys() (page.OwnPasskeys, error) { return page.OwnPasskeys{}, nil }
