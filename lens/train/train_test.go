package main

import (
	"bytes"
	"testing"

	"samenspel/lens/weights"
)

// TestTheSameBytes trains twice on a few conversations.
func TestTheSameBytes(t *testing.T) {
	talks, err := read()
	if err != nil {
		t.Fatal(err)
	}
	var files [2][]byte
	for i := range files {
		w, err := train(talks, func(n int) bool { return n < 10 })
		if err != nil {
			t.Fatal(err)
		}
		if files[i], err = weights.Encode(w); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Errorf("%d bytes and %d others", len(files[0]), len(files[1]))
	}
}
