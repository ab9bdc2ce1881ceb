package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"samenspel/backup"
)

func TestWhenTheNextBackupIs(t *testing.T) {
	now := time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name, note string
		want       time.Duration
	}{
		{"there never was one", "", 0},
		{"the note is no note", "dear Noor", 0},
		{"just now", `{"moment": "2026-11-26T10:00:00Z"}`, 24 * time.Hour},
		{"an hour ago", `{"moment": "2026-11-26T09:00:00Z"}`, 23 * time.Hour},
		{"last week", `{"moment": "2026-11-19T09:00:00Z"}`, 0},
		{"next week, as the clock was put back", `{"moment": "2026-12-03T09:00:00Z"}`, 0},
	} {
		path := filepath.Join(t.TempDir(), noteName)
		if tt.note != "" {
			if err := os.WriteFile(path, []byte(tt.note), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		p := backup.Plan{Note: path, Now: func() time.Time { return now }}
		if got := (backups{Every: 24 * time.Hour}).wait(p); got != tt.want {
			t.Errorf("%s: in %s, want %s", tt.name, got, tt.want)
		}
	}
}
