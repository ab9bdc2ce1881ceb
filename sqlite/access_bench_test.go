package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/journal"
	"samenspel/sqlite"
)

// million is how many lines the questions go over.
const million = 1_000_000

// year is a year of access: 2,000 alliances, 400 people, of whom one has a fifth
// of all lines and one alliance a tenth.
func year(b *testing.B) (*sqlite.DB, *accesslog.Log) {
	b.Helper()
	dir := b.TempDir()
	master, err := journal.MakeMaster(filepath.Join(dir, "master.key"))
	if err != nil {
		b.Fatal(err)
	}
	db := open(b, dir)
	link := accesslog.NewChains(master)
	draw := rand.New(rand.NewPCG(1, 6))
	for n := 0; n < million; {
		var lines []accesslog.Line
		for range 10_000 {
			lines = append(lines, drawn(draw, n))
			n++
		}
		if err := db.AddAccess(b.Context(), link, lines); err != nil {
			b.Fatal(err)
		}
	}
	return db, accesslog.New(db, master)
}

// drawn is one line of the year.
func drawn(draw *rand.Rand, n int) accesslog.Line {
	id, person := draw.IntN(2000), draw.IntN(400)
	if draw.IntN(10) == 0 {
		id = 7
	}
	if draw.IntN(5) == 0 {
		person = 7
	}
	l := accesslog.Line{
		Chain: samenspel.AllianceID(fmt.Sprintf("01890a5d-0000-774b-bcce-%012d", id)), Kind: accesslog.Read,
		What: []string{"picture", "home", "layer", "words"}[n%4], Outcome: accesslog.Done,
		Person: samenspel.PersonID(fmt.Sprintf("01890a5d-0000-774b-bccf-%012d", person)), Partner: samenspel.PartnerID(fmt.Sprintf("01890a5d-0000-774b-bcd0-%012d", person)),
		Role: "professional", Session: fmt.Sprintf("%016x", n/500*400+person), Device: []string{"phone", "laptop", "tablet"}[n%3],
		Point: "0a1b2c3d4e5f 192.0.0.0/16", About: samenspel.PartnerID(fmt.Sprintf("01890a5d-0000-774b-bcd1-%012d", id)), Told: true,
		At: accessBegins.Add(time.Duration(n) * 31 * time.Second),
	}
	l.Alliance = l.Chain
	switch {
	case n%1000 == 0:
		l.Kind = accesslog.Export
	case n%1500 == 1:
		l.Outcome = accesslog.Refused
	case n%100_000 == 2:
		l.Device = "watch"
	}
	return l
}

var accessBegins = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// BenchmarkAccessQuestions asks what a privacy officer and a person at a table
// ask, over a million lines.
func BenchmarkAccessQuestions(b *testing.B) {
	db, log := year(b)
	var (
		busy  = samenspel.PersonID("01890a5d-0000-774b-bccf-000000000007")
		large = samenspel.AllianceID("01890a5d-0000-774b-bcce-000000000007")
		month = accessBegins.AddDate(0, 6, 0)
		late  = accessBegins.Add((million - 3000) * 31 * time.Second)
	)
	for _, q := range []struct {
		name string
		sum  bool
		accesslog.Question
	}{
		{"the newest", false, accesslog.Question{}},
		{"a month long ago", false, accesslog.Question{From: accessBegins, Until: accessBegins.AddDate(0, 1, 0)}},
		{"somebody", false, accesslog.Question{Person: busy}},
		{"somebody, before a month", false, accesslog.Question{Person: busy, Until: month}},
		{"an alliance", false, accesslog.Question{Alliance: large}},
		{"somebody in an alliance", false, accesslog.Question{Person: busy, Alliance: large}},
		{"a session", false, accesslog.Question{Session: fmt.Sprintf("%016x", 900*400+7)}},
		{"a device that many have", false, accesslog.Question{Device: "phone"}},
		{"a device that hardly anybody has", false, accesslog.Question{Device: "watch"}},
		{"what left", false, accesslog.Question{Kind: accesslog.Export}},
		{"what was refused", false, accesslog.Question{Outcome: accesslog.Refused}},
		{"what left by somebody", false, accesslog.Question{Person: busy, Kind: accesslog.Export}},
		{"nobody", false, accesslog.Question{Person: "nobody"}},
		{"who saw what: a session", true, accesslog.Question{Session: fmt.Sprintf("%016x", 900*400+7)}},
		{"who saw what: a device, since a day", true, accesslog.Question{Device: "phone", From: late}},
		{"who saw what: somebody, since a day", true, accesslog.Question{Person: busy, From: late}},
		{"who saw what: somebody, all year", true, accesslog.Question{Person: busy}},
		{"who saw what: an alliance, all year", true, accesslog.Question{Alliance: large}},
	} {
		b.Run(q.name, func(b *testing.B) {
			q.Most = 101
			for b.Loop() {
				var err error
				if q.sum {
					_, err = log.Sum(b.Context(), q.Question)
				} else {
					_, err = log.Find(b.Context(), q.Question)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("who looked at me", func(b *testing.B) {
		for b.Loop() {
			which := accesslog.Which{At: "01890a5d-0000-774b-bcd1-000000000007", Since: accessBegins, Most: 101}
			if got, err := log.Told(b.Context(), large, which); err != nil || len(got) != 101 {
				b.Fatal(len(got), err)
			}
		}
	})
	b.Run("how many did somebody open in the last hour", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.Opened(b.Context(), busy, accessBegins.Add((million-120)*31*time.Second)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkAccessAdd writes one line at a time, each durable.
func BenchmarkAccessAdd(b *testing.B) {
	for _, writers := range []int{1, 8, 32} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			dir := b.TempDir()
			master, err := journal.MakeMaster(filepath.Join(dir, "master.key"))
			if err != nil {
				b.Fatal(err)
			}
			log := accesslog.New(open(b, dir), master)
			b.ResetTimer()
			share(b, writers, func(w, n int) error {
				l := drawn(rand.New(rand.NewPCG(uint64(w), uint64(n))), n)
				l.Chain = alliance(w)
				return log.Add(b.Context(), []accesslog.Line{l})
			})
		})
	}
}
