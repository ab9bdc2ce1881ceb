package page

// OrganisationIn is what the page to come in offers of the organisation's own
// sign-in.
type OrganisationIn struct{}

// OwnOrganisation says whether somebody comes in by it.
type OwnOrganisation struct{}
