package page

import (
	"time"

	"samenspel"
)

// passkeyPages are the pages of passkey.go in package web.
var passkeyPages = []Page{PasskeyShow{}, PasskeyMake{}, PasskeyName{}, PasskeyAway{}, PasskeyNo{}}

// PasskeyIn is what the page to come in offers of passkeys.
type PasskeyIn struct{ There bool }

// OwnPasskeys are somebody's passkeys.
type OwnPasskeys struct {
	There bool // at an address where browsers have them
	List  []Passkey
	Full  bool   // there may be no more
	Done  string // key of what was just done, or ""
}

// Passkey is one of them.
type Passkey struct {
	ID         string
	Name       samenspel.Words // or empty
	Made, Used time.Time       // Used is zero while it was not
	Trusted    bool
}

// Called is how a passkey is called: by its name, or by the day of its making.
//
//go:noinline
func (f *Frame) Called(k Passkey) string {
	if !k.Name.Empty() {
		return f.Said(k.Name)
	}
	return f.T("passkey.of", "Day", f.Day(k.Made))
}

// PasskeyShow asks the device for a passkey. Its script answers with it.
type PasskeyShow struct {
	*Frame
	Options string // what is asked, as JSON
	Back    string
	Shared  bool
}

// PasskeyMake asks the device to make one.
type PasskeyMake struct {
	*Frame
	Options string
	Name    string // as typed
}

// PasskeyName is the form to call one otherwise.
type PasskeyName struct {
	*Frame
	Key   Passkey
	Typed string
}

// PasskeyAway asks whether one is to be taken away.
type PasskeyAway struct {
	*Frame
	Key Passkey
}

// PasskeyNo says that a passkey opens nothing.
type PasskeyNo struct {
	*Frame
	To string // where to try again
}
