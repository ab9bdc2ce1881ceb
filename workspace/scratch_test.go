package workspace_test

import (
	"bytes"
	"testing"
	"time"

	"samenspel"
	"samenspel/journal"
)

// A scratch empties itself after fourteen days, also where nobody comes by: the
// key is destroyed, and nothing of it is left in a file. One that is thrown
// away goes before the answer.
func TestAScratchPadEmptiesItself(t *testing.T) {
	for name, empty := range map[string]func(t *testing.T, r *room){
		"after fourteen days, by a sweep": func(t *testing.T, r *room) { r.sweeps(t, samenspel.ScratchLife) },
		"after fourteen days, when somebody looks": func(t *testing.T, r *room) {
			r.time = r.time.Add(samenspel.ScratchLife)
			_ = see(t, r.Workspace, noor, "a")
		},
		"thrown away": func(t *testing.T, r *room) {
			must(t, r.Workspace, amira, "a", command(31, samenspel.ThrowScratch{Scratch: samenspel.ScratchID(commandID(30))}))
		},
		"at the end": func(t *testing.T, r *room) { must(t, r.Workspace, noor, "a", command(31, samenspel.EndAlliance{})) },
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			begin(t, r.Workspace, "a")
			must(t, r.Workspace, amira, "a", command(30, samenspel.WriteScratch{Words: samenspel.Say("call them?")}))
			must(t, r.Workspace, amira, "a", note(29))
			var sealed [][]byte
			for e, err := range r.db.Entries(t.Context(), "a", 0) {
				if err != nil {
					t.Fatal(err)
				}
				if e.Kind == "scratch.written" {
					sealed = append(sealed, bytes.Clone(e.Words))
				}
			}
			r.sweeps(t, samenspel.ScratchLife-time.Minute)
			if got := see(t, r.Workspace, amira, "a").Scratches; len(got) != 1 || r.left(t, sealed) != 1 {
				t.Fatalf("before: %d are seen, %d of %d in a file", len(got), r.left(t, sealed), len(sealed))
			}
			r.time = r.time.Add(-(samenspel.ScratchLife - time.Minute))
			empty(t, r)
			if r.left(t, sealed) != 0 {
				t.Error("what was sealed is left in a file")
			}
			r.reopen(t, nil)
			seen := see(t, r.Workspace, amira, "a")
			if len(seen.Scratches) != 0 || len(seen.Notes) != 1 {
				t.Errorf("after: %d scratches, %d notes", len(seen.Scratches), len(seen.Notes))
			}
			if pads, err := r.log.Scratches(t.Context()); err != nil || len(pads) != 0 {
				t.Errorf("still to be emptied: %v, %v", pads, err)
			}
			if _, err := r.log.Verify(t.Context(), func(f journal.Finding) { t.Error(f) }); err != nil {
				t.Error(err)
			}
		})
	}
}
