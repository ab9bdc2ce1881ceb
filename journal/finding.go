package journal

import (
	"fmt"

	"samenspel"
)

// Damage names what is wrong. The names are stable.
type Damage string

// What can be wrong with a stored log.
const (
	EntryChanged    Damage = "entry.changed"    // the entry, or its place in the chain
	EntryMissing    Damage = "entry.missing"    // this one and perhaps more behind it
	EntryAdded      Damage = "entry.added"      // behind the head
	EntryUnreadable Damage = "entry.unreadable" // as it was written, but not to be read
	EntryUnknown    Damage = "entry.unknown"    // of a kind that a newer program wrote
	WordsChanged    Damage = "words.changed"    // the words of the entry
	WordsMissing    Damage = "words.missing"    // gone while their key was not destroyed
	KeyChanged      Damage = "key.changed"
	KeyMissing      Damage = "key.missing"
	MemberChanged   Damage = "member.changed"
	MemberMissing   Damage = "member.missing"
	MemberAdded     Damage = "member.added"
	HeadChanged     Damage = "head.changed"
	HeadMissing     Damage = "head.missing"
	HeadEarlier     Damage = "head.earlier"     // before a head that was kept elsewhere
	HeadOther       Damage = "head.other"       // not the chain of a head that was kept elsewhere
	AllianceMissing Damage = "alliance.missing" // Seq is its number in the order of beginning
	RegisterChanged Damage = "register.changed"
	StoreDamaged    Damage = "store.damaged" // the store's own look at its files
)

// Finding is one damage and where it is. It never holds words. As an error it
// is ErrDamaged, or ErrUnknownKind for an entry that is merely too new.
type Finding struct {
	Alliance samenspel.AllianceID // empty when the damage is not in one
	Seq      int64                // of the entry, 0 when it is not in one
	Partner  samenspel.PartnerID  // whose key or place it is, where it is that
	Damage   Damage
}

func (f Finding) Error() string {
	return fmt.Sprintf("%s: alliance %q, entry %d, partner %q", f.Damage, f.Alliance, f.Seq, f.Partner)
}

// Unwrap gives the class of error.
func (f Finding) Unwrap() error {
	if f.Damage == EntryUnknown {
		return ErrUnknownKind
	}
	return ErrDamaged
}
