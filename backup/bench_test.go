package backup_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samenspel"
	"samenspel/backup"
	"samenspel/sqlite"
)

// large is a data folder of about 100 MB in 20 alliances.
func large(b *testing.B) (k *kept, size int64) {
	b.Helper()
	k = begin(b)
	k.now = time.Now()
	const alliances, batches, each = 20, 17, 50
	text := strings.Repeat("words of somebody who does not exist ", 160)
	for a := range alliances {
		for n := range batches {
			var facts []samenspel.Fact
			for i := range each {
				facts = append(facts, note(int64(n*each+i), "noor", text)...)
			}
			must(b, k.log.Append(b.Context(), samenspel.AllianceID(fmt.Sprint("alliance-", a)), int64(n*each), facts))
		}
	}
	for _, name := range []string{sqlite.FileName, sqlite.FileName + "-wal"} {
		info, err := os.Stat(filepath.Join(k.data, name))
		must(b, err)
		size = max(size, info.Size())
	}
	return k, size
}

// BenchmarkBackup makes a whole backup: written, restored and verified.
func BenchmarkBackup(b *testing.B) {
	k, size := large(b)
	b.SetBytes(size)
	for b.Loop() {
		k.backup(b)
	}
}

// BenchmarkRestore puts it back, with the verifying that belongs to it.
func BenchmarkRestore(b *testing.B) {
	k, size := large(b)
	r := k.backup(b)
	b.SetBytes(size)
	for b.Loop() {
		_, err := k.back(b, r).Restore(b.Context())
		must(b, err)
	}
}

// BenchmarkSnapshot reads all tables, which is how long a backup keeps the
// moment, and an erasure waiting.
func BenchmarkSnapshot(b *testing.B) {
	k, size := large(b)
	b.SetBytes(size)
	for b.Loop() {
		s, err := place(k.data).Snapshot(b.Context())
		must(b, err)
		for _, part := range []backup.Part{backup.Data, backup.Keys} {
			tables, err := s.Tables(b.Context(), part)
			must(b, err)
			for _, t := range tables {
				for _, err := range s.Rows(b.Context(), t) {
					must(b, err)
				}
			}
		}
		must(b, s.Close())
	}
}
