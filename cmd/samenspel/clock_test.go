package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// clocked is a database of which only the times are asked.
type clocked struct {
	database
	last, server time.Time
	fails        error
}

func (c clocked) LastFact(context.Context) (time.Time, error) { return c.last, c.fails }
func (c clocked) Clock(context.Context) (time.Time, error)    { return c.server, nil }

// alone is one that has no clock of its own.
type alone struct{ database }

// TestNothingGoesByAWrongClock: what speaks against the clock of the machine is
// said, and then nothing goes that has reached its date.
func TestNothingGoesByAWrongClock(t *testing.T) {
	now := time.Date(2026, 11, 27, 10, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		db    database
		right bool
		says  string
	}{
		"as it should be":      {alone{clocked{last: now.Add(-time.Hour)}}, true, ""},
		"nothing was said yet": {alone{clocked{}}, true, ""},
		"a little behind":      {alone{clocked{last: now.Add(30 * time.Second)}}, true, ""},
		"a day behind":         {alone{clocked{last: now.Add(24 * time.Hour)}}, false, "before what was written last"},
		"not to be seen":       {alone{clocked{fails: errors.New("away")}}, false, "cannot be seen"},
		"as the server's":      {clocked{last: now, server: now.Add(30 * time.Second)}, true, ""},
		"ahead of the server":  {clocked{last: now, server: now.Add(-time.Hour)}, false, "differ=1h0m0s"},
		"behind the server":    {clocked{last: now, server: now.Add(2 * time.Minute)}, false, "differ=2m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			var said bytes.Buffer
			c := timepiece{test.db, slog.New(slog.NewTextHandler(&said, nil))}
			if got := c.right(t.Context(), now); got != test.right {
				t.Errorf("right: %v", got)
			}
			if !strings.Contains(said.String(), test.says) || test.right && said.Len() > 0 {
				t.Errorf("it says %q, want %q", said.String(), test.says)
			}
		})
	}
}
