package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
)

// short is how often each fault is done in a test, and how often when it is made
// to lose something. By hand it is far more: see docs/faults.md.
var short = map[string]struct{ honest, liar int }{
	"kill": {20, 6}, "power": {16, 4}, "eio": {6, 5}, "full": {2, 1}, "rot": {120, 40}, "devices": {1500, 1500},
	"clock": {100, 5}, "live": {8, 1}, "backups": {2, 2}, "upgrade": {1, 1},
	"soak": {12, 7}, "failover": {2, 1}, "order": {100, 300}, "network": {5, 10},
}

// here are the faults on one machine; those on PostgreSQL have tests of their own.
func here() (list []fault) {
	for _, f := range faults {
		if short[f.name].honest > 0 {
			list = append(list, f)
		}
	}
	return list
}

// needs skips a test for which something is not here, or fails it where all
// has to be.
func needs(t *testing.T, err error) {
	t.Helper()
	if !lacks(err) {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatal(err)
	}
	t.Skip(err)
}

func (f fault) try(t *testing.T, rounds int, liar bool) (result, error) {
	t.Helper()
	res, err := f.run(t.Context(), &round{seed: 20261126, rounds: rounds, dir: t.TempDir(), liar: liar, say: io.Discard})
	needs(t, err)
	return res, err
}

func TestNothingIsLost(t *testing.T) {
	for _, f := range here() {
		t.Run(f.name, func(t *testing.T) {
			res, err := f.try(t, short[f.name].honest, false)
			if err != nil || res.bad() || res.of == 0 {
				t.Errorf("%v, %v", res, err)
			}
			t.Log(res)
		})
	}
}

// TestTheWitnessTells makes each fault lose something, or say that it was
// stored when it was not: then it has to be told.
func TestTheWitnessTells(t *testing.T) {
	for _, f := range here() {
		t.Run(f.name, func(t *testing.T) {
			res, err := f.try(t, short[f.name].liar, true)
			if err == nil && !res.bad() {
				t.Errorf("nobody told: %v", res)
			}
			t.Log(res, err)
		})
	}
}

// TestCommand runs the command as somebody does.
func TestCommand(t *testing.T) {
	for _, c := range []struct {
		args string
		bad  bool
		said string
	}{
		{"kill -rounds 2 -seed 7", false, "kill: lost 0 of "},
		{"-rounds 6 kill -liar", true, "kill: lost "},
		{"nothing", true, ""},
		{"-h", false, ""},
	} {
		var out bytes.Buffer
		err := command(t.Context(), strings.Fields(c.args), &out, io.Discard)
		if (err != nil) != c.bad || !strings.Contains(out.String(), c.said) {
			t.Errorf("%s: %v, said %q", c.args, err, out.String())
		}
	}
}
