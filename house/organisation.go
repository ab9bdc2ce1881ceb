package house

import (
	"context"
	"time"

	"samenspel"
)

// The longest of each text of an organisation, in characters.
const (
	MaxOrganisation = 120
	MaxContact      = 300
)

// Organisation is who answers for what is kept here, in its own words for
// everybody to read. What is empty was not said.
type Organisation struct {
	Name     string
	Contact  string // where somebody asks
	Officer  string // how to reach who watches over privacy
	Complain string // where somebody complains
}

// ParseOrganisation takes the texts from outside, by the rules of
// [samenspel.ParseWords].
func ParseOrganisation(name, contact, officer, complain string) (o Organisation, err error) {
	for _, part := range []struct {
		to    *string
		typed string
		most  int
	}{{&o.Name, name, MaxOrganisation}, {&o.Contact, contact, MaxContact}, {&o.Officer, officer, MaxContact}, {&o.Complain, complain, MaxContact}} {
		if *part.to, err = plain(part.typed, part.most); err != nil {
			return Organisation{}, err
		}
	}
	return o, nil
}

// Emergency is where somebody looks in an emergency, and until when.
type Emergency struct {
	Person   samenspel.PersonID
	Alliance samenspel.AllianceID
	Until    time.Time // in whole milliseconds
}

// Organisations keeps who answers for this house, and where people look in an
// emergency.
type Organisations interface {
	// Organisation gives the empty one where nothing was said.
	Organisation(ctx context.Context) (Organisation, error)
	// Keep keeps the organisation in the place of the one that was there.
	Keep(ctx context.Context, o Organisation) error
	// Emergencies gives where somebody looks whose time is not over at a
	// moment, the one that ends first at the front.
	Emergencies(ctx context.Context, person samenspel.PersonID, at time.Time) ([]Emergency, error)
	// Open keeps one, in the place of an earlier one there, and clears away
	// those that were over a day before it ends.
	Open(ctx context.Context, e Emergency) error
}
