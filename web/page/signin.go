package page

import (
	"html/template"
	"time"

	"samenspel"
)

// signInPages are the pages of signin.go and password.go in package web.
var signInPages = []Page{SignIn{}, SignInCode{}, Wait{}, Me{}, First{}, Password{}, Factor{}, Codes{}}

// SignIn is where somebody comes in who was here before. Each way in is a part
// of its own: passkey_parts.html, password_parts.html, organisation_parts.html.
type SignIn struct {
	*Frame
	Back         string // where to go afterwards
	Passkey      PasskeyIn
	Password     PasswordIn
	Organisation OrganisationIn
}

// PasswordIn is what it offers of passwords, with what was typed.
type PasswordIn struct {
	Name   string
	Shared bool
}

// SignInCode asks for the second factor.
type SignInCode struct {
	*Frame
	Step   string // of which this is the second
	Back   string
	Shared bool
}

// Wait says when somebody may try again to come in.
type Wait struct {
	*Frame
	Until time.Time
}

// When says it as people do.
func (p Wait) When() string { return p.Text.NearMoment(p.Until, p.Now) }

// Me is what somebody comes in with, and where they are in.
type Me struct {
	*Frame
	Passkeys     OwnPasskeys
	Password     OwnPassword
	Organisation OwnOrganisation
	Sessions     OwnSessions
	Told         []BackIn
}

// First is the same for somebody at work who has no way in of their own yet:
// nothing else is on it.
type First struct{ Me }

// BackIn is a time that somebody came in by another's link.
type BackIn struct {
	Name samenspel.Words // of who made the link; empty when the door does not know
	At   time.Time
}

// Until is up to where all is told, for the button that says so.
func (p Me) Until() string {
	if len(p.Told) == 0 {
		return ""
	}
	return p.Told[len(p.Told)-1].At.UTC().Format(time.RFC3339Nano)
}

// OwnPassword says whether there is a password, and its second factor.
type OwnPassword struct {
	There  bool
	Since  time.Time
	Left   int  // recovery codes
	Strong bool // came in by a way of their own
	AnyWay bool // has one
	Only   bool // takes no links of others
}

// OwnSessions are the devices on which somebody is in.
type OwnSessions struct{ List []SessionRow }

// SessionRow is one of them.
type SessionRow struct {
	ID     string // of no use but to end it
	Device string
	By     string
	Made   time.Time
	Used   time.Time
	This   bool
	Shared bool
}

// DeviceKey is what the device is called.
func (r SessionRow) DeviceKey() string {
	switch r.Device {
	case "phone", "tablet", "computer":
		return "signin.device." + r.Device
	}
	return "signin.device.other"
}

// Moment says a day and a time close by.
func (p Me) Moment(t time.Time) string { return p.Text.NearMoment(t.In(p.Now.Location()), p.Now) }

// Password is where somebody chooses a sign-in name and a password.
type Password struct {
	*Frame
	Name  string // as typed
	Least int    // signs in a password
	Asks  bool   // for the present one
}

// Factor shows a second factor, for an app.
type Factor struct {
	*Frame
	Step   string
	Secret string
	QR     template.HTML
}

// SecretGroups is the secret as somebody types it over.
func (p Factor) SecretGroups() []string { return Groups(p.Secret, 4) }

// Codes shows recovery codes, once.
type Codes struct {
	*Frame
	Codes []string
}

// In is a code as it stands on paper.
func (p Codes) In(code string) []string { return Groups(code, 4) }
