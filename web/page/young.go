package page

import (
	"time"

	"samenspel"
)

// youngPages are the pages of young.go in package web.
var youngPages = []Page{Young{}}

// Young is what is otherwise for who is not grown.
type Young struct {
	*Frame
	Wrong samenspel.PartnerID // whom the trouble is about
	Typed string
}

// People are those of whom something may be said here: for a professional who
// asks for help and who is close, for others themselves.
func (p Young) People() []YoungPart {
	var list []YoungPart
	for _, one := range p.Present() {
		family := one.Role == samenspel.Vrager || one.Role == samenspel.BonusPartner
		if family && (one.You || p.AtWork()) {
			list = append(list, p.part(one.ID))
		}
	}
	return list
}

// AtWork reports whether the reader is a professional here.
func (p Young) AtWork() bool { return p.You().Role == samenspel.Professional }

func (p Young) part(id samenspel.PartnerID) YoungPart {
	part := YoungPart{Young: p, ID: id}
	for _, y := range p.Seen.Young {
		if y.Partner == id {
			part.Y = y
		}
	}
	for _, other := range p.Present() {
		family := other.Role == samenspel.Vrager || other.Role == samenspel.BonusPartner
		if family && other.ID != id {
			part.Others = append(part.Others, other.ID)
		}
	}
	return part
}

// YoungPart is one of them.
type YoungPart struct {
	Young
	ID     samenspel.PartnerID
	Y      samenspel.SeenYoung
	Others []samenspel.PartnerID // who may have authority
}

// Mine reports whether it is the reader.
func (y YoungPart) Mine() bool { return y.ID == y.Seen.You }

// Born reports whether the day of birth is known.
func (y YoungPart) Born() bool { return !y.Y.Birth.IsZero() }

// BirthDay is the day of birth, as a form has it.
func (y YoungPart) BirthDay() string {
	if !y.Born() {
		return ""
	}
	return y.Y.Birth.Format(time.DateOnly)
}

// Rules are who decides now.
func (y YoungPart) Rules() samenspel.AgeRules { return samenspel.RulesAt(y.Y.Birth, y.Now) }

// MayLetStay reports whether the reader chooses now whether parents stay.
func (y YoungPart) MayLetStay() bool { return y.Mine() && y.Y.MayLetStay(y.Now) }

// Trouble is what is wrong with a form about this one.
func (y YoungPart) Here() *Trouble {
	if y.Wrong != y.ID {
		return nil
	}
	return y.Frame.Trouble
}

// Review is a birthday that is looked at now.
type Review struct {
	Partner samenspel.PartnerID
	Age     int
}

// reviews are the birthdays that today's page has a line for.
func reviews(f *Frame) []Review {
	var list []Review
	for _, y := range f.Seen.Young {
		if age := y.Review(f.Now); age > 0 {
			list = append(list, Review{y.Partner, age})
		}
	}
	return list
}
