package relational

import (
	"slices"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/journal"
)

// Shelf is a column whose values hang on the master key. A change of the key
// goes along all shelves; a test holds them against the schema.
type Shelf struct {
	Table, Column string
	Key           []string // the columns of the primary key, in its order

	also  []string // further columns that the value is bound to
	bound func(row []any) journal.Bound
}

// Shelves gives all of them, in the order in which a change of key goes along.
func Shelves() []Shelf { return slices.Clone(shelves) }

// name is how the shelf is told from others.
func (s Shelf) name() string { return s.Table + "." + s.Column }

var shelves = []Shelf{
	{"wrapped_key", "sealed", []string{"alliance", "used_for", "holder"}, []string{"destroyed"}, func(row []any) journal.Bound {
		return journal.KeyOf{Alliance: samenspel.AllianceID(text(row[0])), WrappedKey: journal.WrappedKey{
			Use: journal.Use(text(row[1])), Holder: samenspel.PartnerID(text(row[2])), Destroyed: number(row[3]) != 0}}
	}},
	{"head", "mac", []string{"alliance"}, []string{"number", "seq", "chain"}, func(row []any) journal.Bound {
		chain, _ := row[3].([]byte)
		return journal.Head{Alliance: samenspel.AllianceID(text(row[0])), Number: number(row[1]), Seq: number(row[2]), Chain: chain}
	}},
	{"register", "mac", []string{"one"}, []string{"alliances"}, func(row []any) journal.Bound {
		return journal.Register{Alliances: number(row[1])}
	}},
	{"person", "name", []string{"id"}, nil, func(row []any) journal.Bound {
		return journal.Purpose(account.SealOfName(samenspel.PersonID(text(row[0]))))
	}},
	{"passkey", "name", []string{"id"}, nil, func(row []any) journal.Bound {
		return journal.Purpose(account.SealOfPasskey(account.PasskeyID(text(row[0]))))
	}},
	{"credential", "factor", []string{"person"}, nil, func(row []any) journal.Bound {
		return journal.Purpose(account.SealOfFactor(samenspel.PersonID(text(row[0]))))
	}},
	{"access_chain", "key", []string{"chain"}, nil, func(row []any) journal.Bound {
		return journal.Purpose(accesslog.KeyOf(samenspel.AllianceID(text(row[0]))))
	}},
	{"destroyed", "record", []string{"alliance"}, nil, func(row []any) journal.Bound {
		return journal.Purpose(journal.SealOfRecord(samenspel.AllianceID(text(row[0]))))
	}},
	{"house_secret", "sealed", []string{"name"}, nil, func(row []any) journal.Bound {
		return journal.SealOfSecret(text(row[0]))
	}},
}

// text and number read a column of a strict table; another type was never
// written, and then the value does not open.
func text(v any) string {
	s, _ := v.(string)
	return s
}

func number(v any) int64 {
	n, _ := v.(int64)
	return n
}
