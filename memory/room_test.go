package memory

import (
	"runtime"
	"testing"
)

func TestRoomForGarbage(t *testing.T) {
	for alive, want := range map[uint64]int{
		0: leastPercent, 1: mostPercent, 8 << 20: 800, 32 << 20: 200, 64 << 20: 100, 128 << 20: leastPercent, 1 << 40: leastPercent,
	} {
		if got := percent(alive); got != want {
			t.Errorf("with %d alive garbage may come to %d%%, want %d", alive, got, want)
		}
	}
}

// TestAfterEachCollection: it is called again and again, or the test does not end.
func TestAfterEachCollection(t *testing.T) {
	called := make(chan struct{})
	afterEach(func() { called <- struct{}{} })
	for range 3 {
		for waits := true; waits; {
			runtime.GC()
			select {
			case <-called:
				waits = false
			default:
				runtime.Gosched()
			}
		}
	}
	if alive() == 0 {
		t.Error("nothing is alive")
	}
	go func() { // and whoever calls it after this test
		for range called {
			continue
		}
	}()
}
