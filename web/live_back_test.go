package web

import (
	"fmt"
	"testing"
)

// TestStreamsDoNotAllComeBackAtOnce: with ten thousand of them, each of which
// shows something of its own, they are spread over ten seconds.
func TestStreamsDoNotAllComeBackAtOnce(t *testing.T) {
	for _, c := range []struct{ streams, within, most int }{{1, 2500, 40}, {10_000, 12_500, 130}} {
		slots := map[int64]int{}
		for i := range c.streams {
			ms := backAfter(fmt.Sprintf("digest %d", i), int64(c.streams))
			if ms < 500 || ms > int64(c.within) {
				t.Fatalf("with %d streams one comes back after %d ms", c.streams, ms)
			}
			slots[ms/100]++
		}
		for slot, many := range slots {
			if many > c.most {
				t.Errorf("with %d streams %d come back in the tenth of a second from %d", c.streams, many, slot)
			}
		}
	}
	if backAfter("the same", 3) != backAfter("the same", 700) {
		t.Error("it tells how many others look")
	}
}
