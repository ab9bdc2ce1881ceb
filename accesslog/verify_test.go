package accesslog_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/internal/eachstore"
	"samenspel/journal"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// place is a folder with a database and its key.
type place struct {
	dir    string
	master *journal.Master
}

func newPlace(t testing.TB) place {
	t.Helper()
	p := place{dir: eachstore.Folder(t)}
	var err error
	if p.master, err = journal.MakeMaster(filepath.Join(p.dir, "master.key")); err != nil {
		t.Fatal(err)
	}
	return p
}

// with opens the place for as long as something is done in it.
func (p place) with(t testing.TB, do func(*accesslog.Log, eachstore.DB)) {
	t.Helper()
	db, err := eachstore.Open(context.Background(), p.dir)
	if err != nil {
		t.Fatal(err)
	}
	do(accesslog.New(db, p.master), db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// direct changes the database as somebody does who has no key.
func (p place) direct(t testing.TB, query string, args ...any) {
	t.Helper()
	eachstore.Change(t, p.dir, query, args...)
}

// copied is the place as it is now, to be damaged.
func (p place) copied(t testing.TB) place {
	t.Helper()
	return place{eachstore.Copy(t, p.dir), p.master}
}

// found is what Verify says of the place.
func (p place) found(t testing.TB) (list []accesslog.Finding) {
	t.Helper()
	p.with(t, func(log *accesslog.Log, _ eachstore.DB) {
		sum, err := log.Verify(context.Background(), func(f accesslog.Finding) { list = append(list, f) })
		if err != nil || sum.Findings != int64(len(list)) {
			t.Fatal(sum, err)
		}
	})
	return list
}

// full is a place with nine lines in the chain of each of two alliances, some
// of the house, and two from before.
func full(t testing.TB) place {
	t.Helper()
	p := newPlace(t)
	p.with(t, func(*accesslog.Log, eachstore.DB) {})
	for n := range 2 {
		p.direct(t, `INSERT INTO access_line (chain, seq, at, kind, what, action, outcome, person, partner, role, staff, purpose,
			session, device, point, alliance, about, told, object, whom, policy)
			VALUES ('a', 0, ?, 'read', 'picture', 'R', 'done', 'p', 'noor', '', '', 'before', '', '', '', 'a', 'amira', 1, '', '', 'before')`, n)
	}
	p.with(t, func(log *accesslog.Log, _ eachstore.DB) {
		if err := log.Start(context.Background(), noon); err != nil {
			t.Fatal(err)
		}
		for n := range 9 {
			at := noon.Add(time.Duration(n) * time.Minute)
			lines := []accesslog.Line{{Kind: accesslog.SignIn, What: "passkey", Person: "p", At: at}}
			for _, id := range []samenspel.AllianceID{"a", "b"} {
				lines = append(lines, accesslog.Line{Chain: id, Alliance: id, What: "picture", Partner: "noor", Person: "p", Role: "professional",
					About: "amira", Told: true, Session: fmt.Sprint("s", n), Device: "phone", Point: "x 10.0.0.0/16", Object: "o", Whom: "w", At: at})
			}
			if err := log.Add(context.Background(), lines); err != nil {
				t.Fatal(err)
			}
		}
	})
	return p
}

func at(seq int64, d accesslog.Damage) accesslog.Finding {
	return accesslog.Finding{Chain: "a", Seq: seq, Damage: d}
}

// damages are changes by somebody who has the database and no key.
var damages = []struct {
	name, sql string
	found     []accesslog.Finding
}{
	{"a line removed", `DELETE FROM access_line WHERE chain = 'a' AND seq = 5`, []accesslog.Finding{at(5, accesslog.LineMissing)}},
	{"the first line removed", `DELETE FROM access_line WHERE chain = 'a' AND seq = 1`, []accesslog.Finding{at(1, accesslog.LineMissing)}},
	{"the last line removed", `DELETE FROM access_line WHERE chain = 'a' AND seq = 9`, []accesslog.Finding{at(9, accesslog.LineMissing)}},
	{"the last line removed and the head put back", `DELETE FROM access_line WHERE chain = 'a' AND seq = 9;
		UPDATE access_chain SET seq = 8, link = (SELECT link FROM access_line WHERE chain = 'a' AND seq = 8) WHERE chain = 'a'`,
		[]accesslog.Finding{at(0, accesslog.HeadChanged)}},
	{"all lines removed", `DELETE FROM access_line WHERE chain = 'a' AND seq > 0`, []accesslog.Finding{at(1, accesslog.LineMissing)}},
	{"a chain value changed", `UPDATE access_line SET link = zeroblob(32) WHERE chain = 'a' AND seq = 5`, []accesslog.Finding{at(5, accesslog.LineChanged)}},
	{"the last chain value changed", `UPDATE access_line SET link = zeroblob(32) WHERE chain = 'a' AND seq = 9`, []accesslog.Finding{at(9, accesslog.LineChanged)}},
	{"two lines swapped", `UPDATE access_line SET seq = 70 WHERE chain = 'a' AND seq = 5; UPDATE access_line SET seq = 5 WHERE chain = 'a' AND seq = 6;
		UPDATE access_line SET seq = 6 WHERE chain = 'a' AND seq = 70`,
		[]accesslog.Finding{at(5, accesslog.LineMissing), at(5, accesslog.LineChanged), at(7, accesslog.LineChanged)}},
	{"a line added behind the head", `INSERT INTO access_line (chain, seq, link, at, kind, what, action, outcome, person, partner, role, staff, purpose,
		session, device, point, alliance, about, told, object, whom, policy)
		SELECT chain, 10, link, at, kind, what, action, outcome, person, partner, role, staff, purpose,
		session, device, point, alliance, about, told, object, whom, policy FROM access_line WHERE chain = 'a' AND seq = 9`,
		[]accesslog.Finding{at(10, accesslog.LineChanged), at(10, accesslog.LineAdded)}},
	{"a line added as if from before", `INSERT INTO access_line (chain, seq, link, at, kind, what, action, outcome, person, partner, role, staff, purpose,
		session, device, point, alliance, about, told, object, whom, policy)
		SELECT chain, 0, NULL, at, kind, what, action, outcome, person, partner, role, staff, purpose,
		session, device, point, alliance, about, told, object, whom, 'before' FROM access_line WHERE chain = 'a' AND seq = 9`,
		[]accesslog.Finding{{Damage: accesslog.BeforeChanged}}},
	{"a line from before removed", `DELETE FROM access_line WHERE seq = 0 AND at = 1`, []accesslog.Finding{{Damage: accesslog.BeforeChanged}}},
	{"a line from before changed", `UPDATE access_line SET partner = 'x' WHERE seq = 0 AND at = 1`, []accesslog.Finding{{Damage: accesslog.BeforeChanged}}},
	{"a line of another chain", `UPDATE access_line SET chain = 'b', seq = 10 WHERE chain = 'a' AND seq = 9`,
		[]accesslog.Finding{at(9, accesslog.LineMissing), {Chain: "b", Seq: 9, Damage: accesslog.LineMissing},
			{Chain: "b", Seq: 9, Damage: accesslog.LineChanged}, {Chain: "b", Seq: 10, Damage: accesslog.LineAdded}}},
	{"a head removed", `DELETE FROM access_chain WHERE chain = 'a'`, []accesslog.Finding{at(9, accesslog.LineAdded)}},
	{"a key changed", `UPDATE access_chain SET key = zeroblob(90) WHERE chain = 'a'`, []accesslog.Finding{at(0, accesslog.HeadChanged)}},
	{"a key of another chain", `UPDATE access_chain SET key = (SELECT key FROM access_chain WHERE chain = 'b') WHERE chain = 'a'`,
		[]accesslog.Finding{at(0, accesslog.HeadChanged)}},
	{"a chain removed", `DELETE FROM access_chain WHERE chain = 'a'; DELETE FROM access_line WHERE chain = 'a' AND seq > 0`,
		[]accesslog.Finding{at(0, accesslog.ChainMissing)}},
	{"the house's chain removed", `DELETE FROM access_chain WHERE chain = ''; DELETE FROM access_line WHERE chain = '' AND seq > 0`,
		[]accesslog.Finding{{Damage: accesslog.ChainMissing}, {Damage: accesslog.BeforeChanged}}},
}

func TestVerifyFindsDamage(t *testing.T) {
	whole := full(t)
	if found := whole.found(t); len(found) > 0 {
		t.Fatalf("a log that nobody changed: %v", found)
	}
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			p := whole.copied(t)
			p.direct(t, d.sql)
			order := cmpopts.SortSlices(func(x, y accesslog.Finding) bool { return x.Error() < y.Error() })
			if diff := cmp.Diff(d.found, p.found(t), order, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +found\n%s", diff)
			}
		})
	}
}

// TestVerifyFindsAnyChangedField changes each column of any line to anything
// else, and each time that is found, at that line.
func TestVerifyFindsAnyChangedField(t *testing.T) {
	p := full(t)
	texts := []string{"kind", "what", "action", "outcome", "person", "partner", "role", "staff", "purpose", "session", "device", "point", "alliance", "about", "object", "whom", "policy"}
	draw := rand.New(rand.NewPCG(7, 5))
	for n := range 200 {
		seq, column := 1+draw.IntN(9), append(slices.Clone(texts), "at", "told")[n%(len(texts)+2)]
		change := fmt.Sprintf("%s || 'x'", column)
		if column == "at" || column == "told" {
			change = "1 - " + column
		}
		p.direct(t, `CREATE TABLE kept AS SELECT * FROM access_line WHERE chain = 'a' AND seq = ?`, seq)
		p.direct(t, `UPDATE access_line SET `+column+` = `+change+` WHERE chain = 'a' AND seq = ?`, seq)
		if diff := cmp.Diff([]accesslog.Finding{at(int64(seq), accesslog.LineChanged)}, p.found(t)); diff != "" {
			t.Fatalf("%s of line %d: -want +found\n%s", column, seq, diff)
		}
		p.direct(t, `DELETE FROM access_line WHERE chain = 'a' AND seq = ?; INSERT INTO access_line SELECT * FROM kept; DROP TABLE kept`, seq)
	}
	if found := p.found(t); len(found) > 0 {
		t.Errorf("when all was put back: %v", found)
	}
}

// TestNothingGoesBehindAChangedHead: a chain that was changed is not made whole
// by writing on.
func TestNothingGoesBehindAChangedHead(t *testing.T) {
	p := full(t)
	p.direct(t, `UPDATE access_chain SET seq = 8 WHERE chain = 'a'`)
	p.with(t, func(log *accesslog.Log, _ eachstore.DB) {
		err := log.Add(context.Background(), []accesslog.Line{{Chain: "a", Alliance: "a", What: "picture", Partner: "noor", At: noon}})
		if err == nil {
			t.Error("a line was put behind it")
		}
	})
}

// TestNoChangeOfRightsWithoutItsLine: a fact that changes rights and its line
// are there together or not at all.
func TestNoChangeOfRightsWithoutItsLine(t *testing.T) {
	p := newPlace(t)
	joined := func(seq int64) []samenspel.Fact {
		return []samenspel.Fact{{Seq: seq, Command: samenspel.CommandID(fmt.Sprint(seq)), Person: "p", By: "noor", At: noon,
			Event: &samenspel.PartnerLeft{Partner: "noor"}}}
	}
	p.with(t, func(log *accesslog.Log, db eachstore.DB) {
		if err := journal.New(db, p.master).Append(t.Context(), "a", 0, joined(1)); err != nil {
			t.Fatal(err)
		}
		found, err := log.Find(t.Context(), accesslog.Question{Kind: accesslog.Rights, Most: 9})
		if err != nil || len(found) != 1 || found[0].Alliance != "a" || found[0].What != "left" {
			t.Fatalf("%+v, %v", found, err)
		}
	})
	p.direct(t, `UPDATE access_chain SET mac = zeroblob(32) WHERE chain = 'a'`)
	p.with(t, func(log *accesslog.Log, db eachstore.DB) {
		facts := journal.New(db, p.master)
		if err := facts.Append(t.Context(), "a", 1, joined(2)); err == nil {
			t.Error("the change was made")
		}
		for f, err := range facts.Facts(t.Context(), "a", 1) {
			t.Errorf("a fact %+v, %v", f, err)
		}
	})
}
