package web

import "samenspel/web/page"

// organisationRoutes are about coming in by the sign-in of one's organisation.
var organisationRoutes = []Route{}

// organisationIn is what the page to come in offers of it.
func (v *visit) organisationIn() page.OrganisationIn { return page.OrganisationIn{} }

// ownOrganisation is what who asks has of it.
func (v *visit) ownOrganisation() (page.OwnOrganisation, error) { return page.OwnOrganisation{}, nil }
