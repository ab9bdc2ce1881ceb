package page

import "time"

// organisationPages are the pages of organisation.go in package web.
var organisationPages = []Page{NotByOrganisation{}, NotTied{}}

// OrganisationIn is what the page to come in offers of the organisation's own
// sign-in.
type OrganisationIn struct {
	Name string // what people call it; "" when there is none
}

// OwnOrganisation says whether somebody comes in by it.
type OwnOrganisation struct {
	Name     string
	Tied     bool
	Since    time.Time
	MayUntie bool
}

// NotByOrganisation says why somebody did not come in by it.
type NotByOrganisation struct {
	*Frame
	Name string
	Key  string // of the sentence
	Back string
}

// NotTied is for somebody whom their organisation knows and nobody here does.
type NotTied struct{ *Frame }
