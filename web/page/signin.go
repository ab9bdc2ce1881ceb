package page

// signInPages are the pages of signin.go in package web.
var signInPages = []Page{SignIn{}, Me{}}

// SignIn is where somebody comes in who was here before. Each way in is a part
// of its own: passkey_parts.html, password_parts.html, organisation_parts.html.
type SignIn struct {
	*Frame
	Back         string // where to go afterwards
	Passkey      PasskeyIn
	Password     PasswordIn
	Organisation OrganisationIn
}

// PasswordIn is what it offers of passwords.
type PasswordIn struct{}

// Me is what somebody comes in with, and where they are in.
type Me struct {
	*Frame
	Passkeys     OwnPasskeys
	Password     OwnPassword
	Organisation OwnOrganisation
	Sessions     OwnSessions
}

// OwnPassword says whether there is a password, and its second factor.
type OwnPassword struct{}

// OwnSessions are the devices on which somebody is in.
type OwnSessions struct{}
