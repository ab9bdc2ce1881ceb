package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"samenspel"
)

// emergencyPages are the pages of emergency.go in package web.
var emergencyPages = []Page{Emergency{}, EmergencyLook{}}

// Emergency asks whom somebody looks for in an emergency.
type Emergency struct {
	*Frame
	Post       Post
	Colleagues []Professional
	Open       []samenspel.AllianceID // where the reader looks already

	Of                     samenspel.PersonID // as typed, as the next
	For, Beside, As, Words string
	Reason                 samenspel.EmergencyReason
}

// Reasons are the reasons to choose from.
func (p Emergency) Reasons() []samenspel.EmergencyReason { return samenspel.EmergencyReasons[:] }

// ProfessionalOf is somebody of the organisation as a page shows them.
func ProfessionalOf(f *Frame, id samenspel.PersonID, name samenspel.Words) Professional {
	said := f.Said(name)
	first, _ := utf8.DecodeRuneInString(said)
	return Professional{ID: id, Name: said, Letter: strings.ToUpper(string(first))}
}

// EmergencyLook is what somebody sees in an emergency.
type EmergencyLook struct {
	*Frame
	Emergency samenspel.SeenEmergency
	Post      Post
}

// EmergencyWorld is what is seen of one partner's world, the newest first.
type EmergencyWorld struct {
	Of    samenspel.PartnerID
	Words []*samenspel.SeenStatement
}

// Worlds are those of whom anything is seen, in the order of the table.
func (p EmergencyLook) Worlds() []EmergencyWorld {
	var list []EmergencyWorld
	for _, of := range p.Seen.Partners {
		w := EmergencyWorld{Of: of.ID}
		for i := range slices.Backward(p.Seen.Statements) {
			if p.Seen.Statements[i].About == of.ID {
				w.Words = append(w.Words, &p.Seen.Statements[i])
			}
		}
		if len(w.Words) > 0 {
			list = append(list, w)
		}
	}
	return list
}

// openEmergencies are those that still let somebody look.
func openEmergencies(f *Frame) []samenspel.SeenEmergency {
	return slices.DeleteFunc(slices.Clone(f.Seen.Emergencies), func(e samenspel.SeenEmergency) bool { return e.Over(f.Now) })
}

// UrgentPart is an emergency access with the frame that it is shown in.
type UrgentPart struct {
	*Frame
	E samenspel.SeenEmergency
}

// urgent gives an emergency access with its frame.
func urgent(f *Frame, e samenspel.SeenEmergency) UrgentPart { return UrgentPart{f, e} }
