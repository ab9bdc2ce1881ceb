package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"samenspel/internal/cluster"
)

// Each fault on PostgreSQL in a few rounds: nothing is lost. As liars they lose
// something, and say so.
func TestFaultsOnPostgreSQL(t *testing.T) {
	if _, err := cluster.Found(); errors.Is(err, cluster.ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	for _, test := range []struct {
		name   string
		run    func(context.Context, *round) (result, error)
		rounds int
		seed   uint64
	}{
		{"failover", failover, 3, 1},
		{"order", order, 200, 1},
		{"wire", wire, 8, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			var said strings.Builder
			res, err := test.run(t.Context(), &round{seed: test.seed, rounds: test.rounds, dir: t.TempDir(), say: &said})
			if err != nil || res.bad() || res.of == 0 {
				t.Errorf("%v, %v\n%s", res, err, &said)
			}
			t.Log(res)
		})
	}
}

// A standby that nobody waits for loses what it did not have, and programs that
// do not ask where an alliance stands show what is old: both are seen.
func TestLiarsOnPostgreSQL(t *testing.T) {
	if _, err := cluster.Found(); errors.Is(err, cluster.ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	res, err := failover(t.Context(), &round{seed: 3, rounds: 3, dir: t.TempDir(), liar: true, say: &strings.Builder{}})
	if err != nil || res.lost == 0 {
		t.Errorf("without waiting: %v, %v", res, err)
	}
	res, err = order(t.Context(), &round{seed: 3, rounds: 300, dir: t.TempDir(), liar: true, say: &strings.Builder{}})
	if err != nil || res.broken == 0 {
		t.Errorf("without asking: %v, %v", res, err)
	}
}
