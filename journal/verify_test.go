package journal_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samenspel"
	"samenspel/internal/eachstore"
	"samenspel/journal"
)

// at is a finding in alliance a.
func at(seq int64, d journal.Damage) journal.Finding {
	return journal.Finding{Alliance: "a", Seq: seq, Damage: d}
}

// of is a finding at a partner of alliance a.
func of(partner samenspel.PartnerID, d journal.Damage) journal.Finding {
	return journal.Finding{Alliance: "a", Partner: partner, Damage: d}
}

// damages are changes by somebody who has the database and no key, and all
// that Verify must say of each. Alliance a holds the events of amira; b and c
// hold them too.
var damages = []struct {
	name  string
	sql   string
	found []journal.Finding
}{
	{"a kind changed", `UPDATE entry SET kind = 'emotion.met' WHERE alliance = 'a' AND seq = 7`,
		[]journal.Finding{at(7, journal.EntryChanged)}},
	{"a version changed", `UPDATE entry SET version = 2 WHERE alliance = 'a' AND seq = 7`,
		[]journal.Finding{at(7, journal.EntryChanged)}},
	{"a command changed", `UPDATE entry SET command = 'x' WHERE alliance = 'a' AND seq = 1`,
		[]journal.Finding{at(1, journal.EntryChanged)}},
	{"a time changed", `UPDATE entry SET at = at + 1 WHERE alliance = 'a' AND seq = 9`,
		[]journal.Finding{at(9, journal.EntryChanged)}},
	{"a holder changed", `UPDATE entry SET holder = 'leila' WHERE alliance = 'a' AND seq = 5`,
		[]journal.Finding{at(5, journal.EntryChanged)}},
	{"a structure changed", `UPDATE entry SET structure = zeroblob(60) WHERE alliance = 'a' AND seq = 4`,
		[]journal.Finding{at(4, journal.EntryChanged)}},
	{"a chain value changed", `UPDATE entry SET chain = zeroblob(32) WHERE alliance = 'a' AND seq = 4`,
		[]journal.Finding{at(4, journal.EntryChanged)}},
	{"the last chain value changed", `UPDATE entry SET chain = zeroblob(32) WHERE alliance = 'a' AND seq = 9`,
		[]journal.Finding{at(9, journal.EntryChanged)}},
	{"a hash of words changed", `UPDATE entry SET words_hash = zeroblob(32) WHERE alliance = 'a' AND seq = 5`,
		[]journal.Finding{at(5, journal.EntryChanged)}},
	{"words changed", `UPDATE entry SET words = zeroblob(60) WHERE alliance = 'a' AND seq = 5`,
		[]journal.Finding{at(5, journal.WordsChanged)}},
	{"words put where none were", `UPDATE entry SET words = zeroblob(1) WHERE alliance = 'a' AND seq = 7`,
		[]journal.Finding{at(7, journal.WordsChanged)}},
	{"words removed", `UPDATE entry SET words = NULL WHERE alliance = 'a' AND seq = 5`,
		[]journal.Finding{at(5, journal.WordsMissing)}},
	{"words removed with their hash", `UPDATE entry SET words = NULL, words_hash = NULL WHERE alliance = 'a' AND seq = 5`,
		[]journal.Finding{at(5, journal.EntryChanged)}},
	{"words swapped", `CREATE TEMP TABLE was AS SELECT seq, words FROM entry WHERE alliance = 'a';
		UPDATE entry SET words = (SELECT words FROM was WHERE was.seq = 11 - entry.seq)
		WHERE alliance = 'a' AND seq IN (5, 6)`,
		[]journal.Finding{at(5, journal.WordsChanged), at(6, journal.WordsChanged)}},
	{"words copied from another alliance", `UPDATE entry SET words = (SELECT words FROM entry WHERE alliance = 'b' AND seq = 5)
		WHERE alliance = 'a' AND seq = 5`,
		[]journal.Finding{at(5, journal.WordsChanged)}},

	{"the first entry removed", `DELETE FROM entry WHERE alliance = 'a' AND seq = 1`,
		[]journal.Finding{at(1, journal.EntryMissing)}},
	{"an entry removed", `DELETE FROM entry WHERE alliance = 'a' AND seq = 7`,
		[]journal.Finding{at(7, journal.EntryMissing)}},
	{"the last entry removed", `DELETE FROM entry WHERE alliance = 'a' AND seq = 9`,
		[]journal.Finding{at(9, journal.EntryMissing)}},
	{"all entries removed", `DELETE FROM entry WHERE alliance = 'a'`,
		[]journal.Finding{at(1, journal.EntryMissing)}},
	{"the last entry removed and the head put back", `DELETE FROM entry WHERE alliance = 'a' AND seq = 9;
		UPDATE head SET seq = 8, chain = (SELECT chain FROM entry WHERE alliance = 'a' AND seq = 8) WHERE alliance = 'a'`,
		[]journal.Finding{at(0, journal.HeadChanged)}},
	{"an entry removed and the rest renumbered", `DELETE FROM entry WHERE alliance = 'a' AND seq = 8;
		UPDATE entry SET seq = 8 WHERE alliance = 'a' AND seq = 9`,
		[]journal.Finding{at(8, journal.EntryChanged), at(9, journal.EntryMissing)}},
	{"two entries reordered", `UPDATE entry SET seq = 127 WHERE alliance = 'a' AND seq = 5;
		UPDATE entry SET seq = 5 WHERE alliance = 'a' AND seq = 6;
		UPDATE entry SET seq = 6 WHERE alliance = 'a' AND seq = 127`,
		[]journal.Finding{at(5, journal.EntryChanged), at(6, journal.EntryChanged), at(7, journal.EntryChanged)}},
	{"an entry repeated behind the head", `INSERT INTO entry SELECT alliance, 10, kind, version, command, at, holder, structure, words, words_hash, chain
		FROM entry WHERE alliance = 'a' AND seq = 9`,
		[]journal.Finding{at(10, journal.EntryAdded)}},
	{"an entry copied from another alliance", `DELETE FROM entry WHERE alliance = 'a' AND seq = 9;
		INSERT INTO entry SELECT 'a', seq, kind, version, command, at, holder, structure, words, words_hash, chain
		FROM entry WHERE alliance = 'b' AND seq = 9`,
		[]journal.Finding{at(9, journal.EntryChanged), at(9, journal.EntryChanged)}},

	{"a head's chain value changed", `UPDATE head SET chain = zeroblob(32) WHERE alliance = 'a'`,
		[]journal.Finding{at(0, journal.HeadChanged), at(9, journal.EntryChanged)}},
	{"a head's signature changed", `UPDATE head SET mac = zeroblob(32) WHERE alliance = 'a'`,
		[]journal.Finding{at(0, journal.HeadChanged)}},
	{"a head removed", `DELETE FROM head WHERE alliance = 'a'`,
		[]journal.Finding{at(0, journal.HeadMissing), {Seq: 1, Damage: journal.AllianceMissing}}},
	{"an alliance removed", `DELETE FROM head WHERE alliance = 'a'; DELETE FROM entry WHERE alliance = 'a';
		DELETE FROM wrapped_key WHERE alliance = 'a'; DELETE FROM member WHERE alliance = 'a'`,
		[]journal.Finding{{Seq: 1, Damage: journal.AllianceMissing}}},
	{"the last alliance removed and the register put back", `DELETE FROM head WHERE alliance = 'c'; DELETE FROM entry WHERE alliance = 'c';
		DELETE FROM wrapped_key WHERE alliance = 'c'; DELETE FROM member WHERE alliance = 'c'; UPDATE register SET alliances = 2`,
		[]journal.Finding{{Damage: journal.RegisterChanged}}},
	{"the register removed", `DELETE FROM register`,
		[]journal.Finding{{Damage: journal.RegisterChanged}}},

	{"a key changed", `UPDATE wrapped_key SET sealed = zeroblob(60) WHERE alliance = 'a' AND holder = 'leila'`,
		[]journal.Finding{of("leila", journal.KeyChanged), at(3, journal.KeyMissing), at(4, journal.KeyMissing)}},
	{"a key removed", `DELETE FROM wrapped_key WHERE alliance = 'a' AND holder = 'leila'`,
		[]journal.Finding{at(3, journal.KeyMissing), at(4, journal.KeyMissing)}},
	{"a key removed with its words", `DELETE FROM wrapped_key WHERE alliance = 'a' AND holder = 'leila';
		UPDATE entry SET words = NULL WHERE alliance = 'a' AND holder = 'leila'`,
		[]journal.Finding{at(3, journal.KeyMissing), at(4, journal.KeyMissing)}},
	{"a key marked as destroyed", `UPDATE wrapped_key SET destroyed = 1 WHERE alliance = 'a' AND holder = 'leila';
		UPDATE entry SET words = NULL WHERE alliance = 'a' AND holder = 'leila'`,
		[]journal.Finding{of("leila", journal.KeyChanged), at(3, journal.KeyMissing), at(4, journal.KeyMissing)}},
	{"a key copied from another alliance", `UPDATE wrapped_key SET sealed = (SELECT sealed FROM wrapped_key WHERE alliance = 'b' AND holder = 'leila')
		WHERE alliance = 'a' AND holder = 'leila'`,
		[]journal.Finding{of("leila", journal.KeyChanged), at(3, journal.KeyMissing), at(4, journal.KeyMissing)}},
	{"a key added", `INSERT INTO wrapped_key SELECT alliance, used_for, 'amira', destroyed, sealed
		FROM wrapped_key WHERE alliance = 'a' AND holder = 'leila'`,
		[]journal.Finding{of("amira", journal.KeyChanged)}},
	{"the chain's key removed", `DELETE FROM wrapped_key WHERE alliance = 'a' AND used_for = 'chain'`,
		[]journal.Finding{at(0, journal.KeyMissing)}},
	{"the chain's key changed", `UPDATE wrapped_key SET sealed = zeroblob(60) WHERE alliance = 'a' AND used_for = 'chain'`,
		[]journal.Finding{at(0, journal.KeyChanged)}},

	{"a member put back", `UPDATE member SET here = 1 WHERE alliance = 'a' AND partner = 'leila'`,
		[]journal.Finding{of("leila", journal.MemberChanged)}},
	{"a member put out", `UPDATE member SET here = 0 WHERE alliance = 'a' AND partner = 'noor'`,
		[]journal.Finding{of("noor", journal.MemberChanged)}},
	{"a member made another", `UPDATE member SET person = 'person-leila' WHERE alliance = 'a' AND partner = 'noor'`,
		[]journal.Finding{of("noor", journal.MemberChanged)}},
	{"a member removed", `DELETE FROM member WHERE alliance = 'a' AND partner = 'leila'`,
		[]journal.Finding{of("leila", journal.MemberMissing)}},
	{"a member added", `INSERT INTO member VALUES ('a', 'amira', 'person-amira', 1)`,
		[]journal.Finding{of("amira", journal.MemberAdded)}},
	{"a member of no alliance", `INSERT INTO member VALUES ('z', 'amira', 'person-amira', 1)`,
		[]journal.Finding{{Alliance: "z", Damage: journal.HeadMissing}}},
}

func TestVerifyFindsDamage(t *testing.T) {
	p := newPlace(t)
	for _, id := range []samenspel.AllianceID{"a", "b", "c"} {
		p.append(t, id, 0, amira...)
	}
	if s := p.sound(t); s.Alliances != 3 || s.Entries != 27 {
		t.Fatalf("verified %+v", s)
	}
	want := p.read(t, "a", 0)
	p.close(t)
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			dir := eachstore.Copy(t, p.dir)
			tamper(t, dir, d.sql)
			damaged := openPlace(t, dir, p.master)
			s, found := damaged.verify(t)
			if diff := cmp.Diff(d.found, found, cmpopts.SortSlices(func(a, b journal.Finding) bool { return a.Seq < b.Seq })); diff != "" {
				t.Errorf("-want +found\n%s", diff)
			}
			if s.Findings != int64(len(found)) {
				t.Errorf("the summary says %d findings of %d", s.Findings, len(found))
			}
			// Whoever reads gets the facts as they were or an error. Only an
			// alliance that is gone without a trace is nothing to a reader.
			read, err := collect(damaged.Facts(t.Context(), "a", 0))
			gone := slices.Equal(found, []journal.Finding{{Seq: 1, Damage: journal.AllianceMissing}})
			switch {
			case err != nil && !errors.Is(err, journal.ErrDamaged):
				t.Errorf("Facts: %v, want ErrDamaged", err)
			case err == nil && !gone:
				same(t, want, read)
			}
		})
	}
}

// tamper changes a database from outside.
func tamper(t testing.TB, dir, statements string) {
	t.Helper()
	if eachstore.Change(t, dir, statements) == 0 {
		t.Fatal("nothing was changed")
	}
}
