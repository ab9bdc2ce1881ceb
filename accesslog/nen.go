package accesslog

import (
	"strconv"
	"strings"
	"time"
)

// Fields are the names of NEN 7513 for what Record gives, in its order. The
// last few are of this program.
var Fields = []string{
	"EventID", "EventActionCode", "EventDateTime", "EventOutcomeIndicator", "EventTypeCode",
	"UserID", "AlternateUserID", "UserName", "UserIsRequestor", "RoleIDCode", "PurposeOfUse",
	"NetworkAccessPointTypeCode", "NetworkAccessPointID", "ResponsibleUserID",
	"ParticipantObjectTypeCode", "ParticipantObjectTypeCodeRole", "ParticipantObjectDataLifeCycle",
	"ParticipantObjectIDTypeCode", "ParticipantObjectPermissionPolicySet", "ParticipantObjectSensitivity",
	"ParticipantObjectID", "ParticipantObjectName", "ParticipantObjectDetail",
	"AuditEnterpriseSiteID", "AuditSourceID", "AuditSourceTypeCode",
	"AuthorisationProtocol", "TreatmentRelation", "ConsentProfile", "EmergencyAccess",
	"SessionID", "Device", "Whom", "Chain", "ChainSequence",
}

// Record is a line under the names of the standard, in the order of Fields.
// Source is the installation; name is what somebody of the staff is called, or
// "". What the program does not have, and what would be somebody's words, stays
// empty: the name of an object.
func (l Line) Record(source, name string) []string {
	alternate := string(l.Partner)
	cells := []string{
		strconv.FormatInt(l.N, 10), string(l.Action), l.At.UTC().Format(time.RFC3339Nano), l.Outcome.indicator(), string(l.Kind),
		string(l.Person), alternate, name, strconv.FormatBool(l.Requests()), l.role(), l.Purpose,
		l.pointType(), l.Point, string(l.Person),
		l.objectType(), l.objectRole(), l.LifeCycle(),
		l.objectIDType(), l.Policy, l.Sensitivity(),
		l.ObjectID(), "", strings.TrimSpace(l.What + " " + l.Object),
		source, source, "4", // an application server
		l.Policy, l.Role, "", strconv.FormatBool(l.Kind == Emergency),
		l.Session, l.Device, string(l.Whom), string(l.Chain), strconv.FormatInt(l.Seq, 10),
	}
	for i, cell := range cells {
		cells[i] = plain(cell)
	}
	return cells
}

// plain keeps a program that calculates from taking a cell for a formula.
func plain(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// indicator is the outcome as the standard counts it.
func (o Outcome) indicator() string {
	switch o {
	case Done:
		return "0"
	case Refused:
		return "4"
	}
	return "8"
}

// Requests reports whether somebody asked for it, and not the program itself.
func (l Line) Requests() bool { return l.Person != "" && l.Purpose != ForTheProgram }

func (l Line) role() string {
	if l.Role != "" {
		return l.Role
	}
	return l.Staff
}

func (l Line) pointType() string {
	if l.Point == "" {
		return ""
	}
	return "2" // an address on the network
}

// objectType is a person where it is about somebody's world, else a system.
func (l Line) objectType() string {
	if l.About != "" {
		return "1"
	}
	return "2"
}

// objectRole is whose data it is: the person whose world it is, a report that
// leaves, or a resource.
func (l Line) objectRole() string {
	switch {
	case l.About != "":
		return "1"
	case l.Kind == Export || l.Kind == Print:
		return "3"
	}
	return "4"
}

// LifeCycle is what happens to the object, by the number of the standard.
func (l Line) LifeCycle() string {
	switch {
	case l.Kind == Export || l.Kind == Print:
		return "11" // given out
	case l.Action == Create:
		return "1"
	case l.Action == Update:
		return "3"
	case l.Action == Delete:
		return "14"
	}
	return "6" // access
}

// Sensitivity is how sensitive the object is: what people say at a table, or
// what keeps the program running.
func (l Line) Sensitivity() string {
	if l.Alliance != "" {
		return "personal"
	}
	return "organisation"
}

func (l Line) objectIDType() string {
	switch {
	case l.About != "":
		return "partner"
	case l.Alliance != "":
		return "alliance"
	}
	return "system"
}

// ObjectID is what it was about: whose world in which alliance, the alliance,
// or the program itself.
func (l Line) ObjectID() string {
	switch {
	case l.About != "":
		return string(l.Alliance) + "/" + string(l.About)
	case l.Alliance != "":
		return string(l.Alliance)
	}
	return "samenspel"
}
