package sqlite_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"samenspel"
)

// BenchmarkAppend stores one small fact at a time, with sealing and chain,
// durably. Each writer has an alliance of its own.
func BenchmarkAppend(b *testing.B) {
	for _, writers := range []int{1, 8, 32} {
		b.Run(fmt.Sprint("writers=", writers), func(b *testing.B) {
			db, log, err := place(b.Context(), b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			for w := range writers {
				if err := log.Append(b.Context(), alliance(w), 0, facts(0, "words")); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
			b.ResetTimer()
			share(b, writers, func(w, n int) error {
				return log.Append(b.Context(), alliance(w), int64(n)+1, facts(int64(n)+1, "words"))
			})
		})
	}
}

// BenchmarkBareInsert is what to compare with: SQLite with the same
// durability and nothing around it, one insert in each transaction.
func BenchmarkBareInsert(b *testing.B) {
	const writers = 8
	path := (&url.URL{Scheme: "file", Path: filepath.Join(b.TempDir(), "bare.db"), RawQuery: url.Values{
		"_pragma": {"journal_mode(WAL)", "synchronous(FULL)"},
	}.Encode()}).String()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE note (id INTEGER PRIMARY KEY, text BLOB)`); err != nil {
		b.Fatal(err)
	}
	insert, err := db.Prepare(`INSERT INTO note (text) VALUES (?)`)
	if err != nil {
		b.Fatal(err)
	}
	text := make([]byte, 300) // about what one small sealed fact takes
	var turn sync.Mutex
	b.ReportAllocs()
	b.ResetTimer()
	share(b, writers, func(int, int) error {
		turn.Lock()
		defer turn.Unlock()
		_, err := insert.Exec(text)
		return err
	})
}

// BenchmarkFacts opens and checks an alliance of a thousand facts.
func BenchmarkFacts(b *testing.B) {
	db, log, err := place(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	for seq := range int64(1000) {
		if err := log.Append(b.Context(), "a", seq, facts(seq, "words")); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if n, err := last(b.Context(), log, "a"); err != nil || n != 1000 {
			b.Fatal(n, err)
		}
	}
}

// share divides the benchmark's work among writers: each does its own first,
// second, third … time.
func share(b *testing.B, writers int, do func(writer, n int) error) {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(b.N))
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for n := 0; left.Add(-1) >= 0; n++ {
				if err := do(w, n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// BenchmarkStatement stores statements, each under a key of its own, beside
// the same words under the key of a partner, as it was before: the ratio is
// what a key for each statement costs.
func BenchmarkStatement(b *testing.B) {
	for _, c := range []struct {
		name  string
		event func(n int64) samenspel.Event
	}{
		{"partner", func(n int64) samenspel.Event {
			return &samenspel.NoteWritten{Note: samenspel.NoteID(fmt.Sprint(n)), By: "noor", Words: samenspel.Say("words")}
		}},
		{"own", func(n int64) samenspel.Event {
			return &samenspel.StatementWorded{Statement: samenspel.StatementID(fmt.Sprint(n)), About: "noor", SaidBy: "noor", How: samenspel.Quote, Words: samenspel.Say("words")}
		}},
	} {
		b.Run("key="+c.name, func(b *testing.B) {
			db, log, err := place(b.Context(), b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			defer db.Close()
			if err := log.Append(b.Context(), "a", 0, facts(0, "words")); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for n := int64(1); b.Loop(); n++ {
				f := facts(n, "words")
				f[0].Event = c.event(n)
				if err := log.Append(b.Context(), "a", n, f[:1]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
