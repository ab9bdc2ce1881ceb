package journal_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"samenspel"
	"samenspel/internal/eachstore"
	"samenspel/journal"
)

// moment is when it was destroyed.
var moment = time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)

// said is an alliance with words of two people, each with a word that is found
// again. The people are invented.
func said(t *testing.T, p *place, id samenspel.AllianceID) int64 {
	t.Helper()
	list := facts(0,
		&samenspel.AllianceBegun{Title: samenspel.Say("kanarie title")},
		&samenspel.PartnerJoined{Partner: "noor", Person: "person-noor", Role: samenspel.Professional, Name: samenspel.Say("kanarie Noor")},
		&samenspel.StatementWorded{Statement: "s", About: "amira", Words: samenspel.Say("kanarie words")},
		&samenspel.NoteWritten{Note: "n", By: "noor", Words: samenspel.Say("kanarie note")},
	)
	if err := p.Append(t.Context(), id, 0, list); err != nil {
		t.Fatal(err)
	}
	return int64(len(list))
}

func readErr(t *testing.T, log *journal.Log, id samenspel.AllianceID) error {
	for _, err := range log.Facts(t.Context(), id, 0) {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestADestroyedAllianceIsNoMore(t *testing.T) {
	p := newPlace(t)
	last := said(t, p, "a")
	said(t, p, "b")
	destroy := func(log *journal.Log) error {
		return log.Destroy(t.Context(), "a", last, moment, []byte(`{"kept":"until then"}`), []samenspel.PersonID{"person-noor"})
	}
	if err := p.Destroy(t.Context(), "a", last-1, moment, nil, nil); !errors.Is(err, journal.ErrConflict) {
		t.Errorf("behind an older fact: %v", err)
	}
	if err := destroy(p.Log); err != nil {
		t.Fatal(err)
	}
	if err := destroy(p.Log); err != nil {
		t.Errorf("again: %v", err)
	}
	p.close(t)
	again := openPlace(t, p.dir, p.master)
	log := again.Log
	if err := readErr(t, log, "a"); !errors.Is(err, journal.ErrDestroyed) {
		t.Errorf("reading it: %v", err)
	}
	for _, after := range []int64{0, last, last + 1} {
		if err := log.Append(t.Context(), "a", after, facts(after, &samenspel.PartnerLeft{Partner: "noor"})); !errors.Is(err, journal.ErrDestroyed) {
			t.Errorf("going on after %d: %v", after, err)
		}
	}
	if err := readErr(t, log, "b"); err != nil {
		t.Errorf("another: %v", err)
	}
	list, err := log.Destroyed(t.Context(), "person-noor")
	if err != nil || len(list) != 1 || string(list[0].Record) != `{"kept":"until then"}` || list[0].Entries != last || list[0].Number != 1 || !list[0].At.Equal(moment) {
		t.Errorf("what is left: %+v, %v", list, err)
	}
	sum, found := (&place{Log: log}).verify(t)
	if len(found) != 0 || sum.Destroyed != 1 || sum.Alliances != 2 {
		t.Errorf("verify: %+v, %v", sum, found)
	}
	if bytes.Contains(eachstore.Found(t, p.dir), []byte(`kept":`)) {
		t.Error("the record lies in a file in plain text")
	}
}

// TestVerifyOfADestroyedOne changes what is left of it.
func TestVerifyOfADestroyedOne(t *testing.T) {
	for _, c := range []struct {
		name, change string
		want         journal.Damage
	}{
		{"its head is gone", `DELETE FROM head WHERE alliance = 'a'`, journal.HeadMissing},
		{"its head is another", `UPDATE head SET seq = 2 WHERE alliance = 'a'`, journal.HeadChanged},
		{"its mark is another", `UPDATE wrapped_key SET sealed = zeroblob(1) WHERE alliance = 'a'`, journal.KeyChanged},
		{"its mark is gone", `DELETE FROM wrapped_key WHERE alliance = 'a'`, journal.KeyMissing},
		{"the mark of it is put on another", `UPDATE wrapped_key SET destroyed = 1, sealed = (SELECT sealed FROM wrapped_key WHERE alliance = 'a') WHERE alliance = 'b' AND used_for = 'chain'`, journal.KeyChanged},
		{"the record is another", `UPDATE destroyed SET record = zeroblob(1)`, journal.RecordChanged},
		{"the record is gone", `DELETE FROM destroyed_person; DELETE FROM destroyed`, journal.RecordMissing},
		{"somebody sits there again", `INSERT INTO member VALUES ('a', 'noor', 'person-noor', 1)`, journal.DestroyedLeft},
		{"an entry is back", `INSERT INTO entry SELECT 'a', seq, kind, version, command, at, holder, structure, words, words_hash, chain FROM entry WHERE alliance = 'b' AND seq = 1`, journal.DestroyedLeft},
		{"a key is back", `INSERT INTO wrapped_key VALUES ('a', 'data', '', 1, (SELECT sealed FROM wrapped_key WHERE alliance = 'a'))`, journal.KeyChanged},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPlace(t)
			last := said(t, p, "a")
			said(t, p, "b")
			if err := p.Destroy(t.Context(), "a", last, moment, []byte("{}"), []samenspel.PersonID{"person-noor"}); err != nil {
				t.Fatal(err)
			}
			p.close(t)
			tamper(t, p.dir, c.change)
			_, found := openPlace(t, p.dir, p.master).verify(t)
			for _, f := range found {
				if f.Damage == c.want {
					return
				}
			}
			t.Errorf("found %v, want %s", found, c.want)
		})
	}
}

// TestAnOldCopyCannotBeReadWithTheNewKeys: of a copy of the database from
// before, nothing is read with the keys of after. That copy still has its own:
// who keeps copies has to let them go.
func TestAnOldCopyCannotBeReadWithTheNewKeys(t *testing.T) {
	p := newPlace(t)
	last := said(t, p, "a")
	p.close(t)
	old := eachstore.Copy(t, p.dir)
	p = openPlace(t, p.dir, p.master)
	before := eachstore.Found(t, p.dir)
	sealed := sealedParts(t, p)
	for _, part := range sealed {
		if !bytes.Contains(before, part) {
			t.Fatal("the search does not search")
		}
	}
	if err := p.Destroy(t.Context(), "a", last, moment, []byte("{}"), nil); err != nil {
		t.Fatal(err)
	}
	for _, part := range sealed {
		if bytes.Contains(eachstore.Found(t, p.dir), part) {
			t.Error("what was sealed is left in a file")
		}
	}
	p.close(t)
	takeKeys(t, old, p.dir)
	again := openPlace(t, old, p.master)
	if err := readErr(t, again.Log, "a"); err == nil {
		t.Error("the old copy is read with the new keys")
	}
	if bytes.Contains(eachstore.Found(t, old), []byte("kanarie")) {
		t.Error("words lie in a file in plain text")
	}
}

// takeKeys puts the keys of another place in the place of those that are there.
func takeKeys(t *testing.T, dir, from string) {
	t.Helper()
	rows, err := eachstore.Raw(t, from).Query(`SELECT alliance, used_for, holder, destroyed, sealed FROM wrapped_key`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	eachstore.Change(t, dir, `DELETE FROM wrapped_key`)
	for rows.Next() {
		var alliance, usedFor, holder string
		var destroyed int
		var sealed []byte
		if err := rows.Scan(&alliance, &usedFor, &holder, &destroyed, &sealed); err != nil {
			t.Fatal(err)
		}
		eachstore.Change(t, dir, `INSERT INTO wrapped_key VALUES (?, ?, ?, ?, ?)`, alliance, usedFor, holder, destroyed, sealed)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// sealedParts are the sealed parts and keys of the alliance as they are stored.
func sealedParts(t *testing.T, p *place) (parts [][]byte) {
	t.Helper()
	for e, err := range p.db.Entries(t.Context(), "a", 0) {
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, e.Structure)
		if e.Words != nil {
			parts = append(parts, e.Words)
		}
	}
	keys, err := p.db.Keys(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		parts = append(parts, k.Sealed)
	}
	return parts
}
