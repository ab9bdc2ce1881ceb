package main

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestDevicesInAnyOrder lets rapid look for the shortest run in which a wish is
// lost or done twice, or a device sees something else. What it finds it keeps
// in testdata, to be tried again.
func TestDevicesInAnyOrder(t *testing.T) {
	p, err := openPlace(t.Context(), t.TempDir(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	rapid.Check(t, func(rt *rapid.T) {
		n := newNetwork(p, func(many int, what string) int { return rapid.IntRange(0, many-1).Draw(rt, what) })
		if err := n.begin(t.Context()); err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(1, 60).Draw(rt, "operations") {
			if err := n.step(t.Context()); err != nil {
				rt.Fatal(err)
			}
		}
		if err := n.settle(t.Context()); err != nil {
			rt.Fatal(err)
		}
		if res, err := n.count(t.Context()); err != nil || res.bad() {
			rt.Fatal(res, err)
		}
	})
}
