package backup_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"samenspel/backup"
)

type rows = iter.Seq2[[]any, error]

// chunk is the size of a sealed chunk of a file.
const chunk = 64<<10 + 16

// found reports whether a file that was tampered with is refused.
func found(t *testing.T, k *kept, r backup.Record, part backup.Part, text []byte) bool {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tampered")
	must(t, os.WriteFile(path, text, 0o600))
	back := k.back(t, r)
	if part == backup.Data {
		back.From = path
	} else {
		back.Keys = path
	}
	_, err := back.Restore(t.Context())
	switch {
	case err == nil:
		return false
	case errors.Is(err, backup.ErrDamaged), errors.Is(err, backup.ErrSealed), errors.Is(err, backup.ErrForeign), errors.Is(err, backup.ErrNewer):
	default:
		t.Errorf("refused with %v", err)
	}
	if _, gone := os.Stat(filepath.Join(back.Into, "samenspel.db")); !errors.Is(gone, os.ErrNotExist) {
		t.Errorf("a database is left: %v", gone)
	}
	return true
}

// files reads both files of a backup.
func files(t *testing.T, k *kept, r backup.Record) map[backup.Part][]byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(k.to, r.Data.File))
	must(t, err)
	keys, err := os.ReadFile(filepath.Join(k.keys, r.Keys.File))
	must(t, err)
	return map[backup.Part][]byte{backup.Data: data, backup.Keys: keys}
}

func TestEveryFlippedByteIsFound(t *testing.T) {
	k := begin(t)
	k.say(t, "a", 0, 60)
	r := k.backup(t)
	const seed, flips = 20261126, 150
	random := rand.New(rand.NewPCG(seed, seed))
	for part, whole := range files(t, k, r) {
		for n := range flips {
			at := random.IntN(len(whole))
			if n < 24 {
				at = n // every byte of its beginning
			}
			text := bytes.Clone(whole)
			text[at] ^= byte(1 + random.IntN(255))
			if !found(t, k, r, part, text) {
				t.Errorf("the %s: byte %d of %d was changed, and nobody saw it", part, at, len(whole))
			}
		}
	}
}

// TestChunksKeepTheirPlace cuts, swaps, repeats and leaves out whole chunks,
// each of which is sound in itself.
func TestChunksKeepTheirPlace(t *testing.T) {
	k := begin(t)
	for seq := range int64(300) {
		must(t, k.log.Append(t.Context(), "a", seq, note(seq, "noor", string(bytes.Repeat([]byte(canary), 80)))))
	}
	r := k.backup(t)
	other := files(t, k, k.backup(t))[backup.Data]
	whole := files(t, k, r)[backup.Data]
	clear := len("samenspel backup") + 4
	head := clear + int(binary.BigEndian.Uint16(whole[clear-2:])) // behind the sealed key of the file
	if len(whole) < head+4*chunk {
		t.Fatalf("only %d bytes", len(whole))
	}
	at := func(n int) int { return head + n*chunk }
	join := func(pieces ...[]byte) []byte { return bytes.Join(pieces, nil) }
	for name, text := range map[string][]byte{
		"cut at a chunk":      whole[:at(3)],
		"cut in a chunk":      whole[:at(3)+100],
		"cut to its head":     whole[:at(0)],
		"cut in its head":     whole[:30],
		"nothing":             nil,
		"the last byte gone":  whole[:len(whole)-1],
		"something behind":    join(whole, []byte{0}),
		"twice":               join(whole, whole),
		"two swapped":         join(whole[:at(1)], whole[at(2):at(3)], whole[at(1):at(2)], whole[at(3):]),
		"one repeated":        join(whole[:at(2)], whole[at(1):]),
		"one left out":        join(whole[:at(1)], whole[at(2):]),
		"one of another file": join(whole[:at(1)], other[at(1):at(2)], whole[at(2):]),
		"the end of another":  join(whole[:at(2)], other[at(2):]),
		"the head of another": join(other[:at(0)], whole[at(0):]),
	} {
		if !found(t, k, r, backup.Data, text) {
			t.Errorf("%s: nobody saw it", name)
		}
	}
	if found(t, k, r, backup.Data, whole) {
		t.Error("the whole file is refused")
	}
}
