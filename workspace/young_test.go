package workspace_test

import (
	"errors"
	"testing"
	"time"

	"samenspel"
	"samenspel/workspace"
)

// On the sixteenth birthday of her daughter a mother's access stops: by a sweep
// where nobody comes by, when she looks or wishes, and also if nothing can be
// written down.
func TestAParentsAccessStops(t *testing.T) {
	const mother samenspel.PersonID = "person-mother"
	place := samenspel.PartnerID(commandID(40))
	for name, stop := range map[string]func(t *testing.T, r *room) bool{
		"by a sweep": func(t *testing.T, r *room) bool { r.sweeps(t, 0); return true },
		"when she looks": func(t *testing.T, r *room) bool {
			_, err := r.See(t.Context(), mother, "a", workspace.Look{})
			return errors.Is(err, samenspel.ErrNotFound)
		},
		"when she wishes": func(t *testing.T, r *room) bool {
			return errors.Is(r.Do(t.Context(), mother, "a", note(50)), samenspel.ErrNotFound)
		},
		"when nothing can be written": func(t *testing.T, r *room) bool {
			r.log.append = errElse
			_, err := r.See(t.Context(), mother, "a", workspace.Look{})
			r.log.append = nil
			return errors.Is(err, samenspel.ErrNotFound)
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t)
			begin(t, r.Workspace, "a")
			must(t, r.Workspace, noor, "a", command(40, samenspel.InvitePartner{Role: samenspel.BonusPartner, Name: samenspel.Say("Mother")}))
			must(t, r.Workspace, mother, "a", command(41, samenspel.JoinAlliance{Partner: place}))
			daughter := samenspel.PartnerID(commandID(2))
			must(t, r.Workspace, amira, "a", command(42, samenspel.TellBirth{Partner: daughter, Day: time.Date(2010, 11, 26, 0, 0, 0, 0, time.UTC)}))
			must(t, r.Workspace, noor, "a", command(43, samenspel.TellAuthority{Child: daughter, Parent: place, Source: samenspel.Say("the register")}))
			r.time = time.Date(2026, 11, 25, 23, 59, 59, 0, time.UTC)
			r.sweeps(t, 0)
			if _, err := r.See(t.Context(), mother, "a", workspace.Look{}); err != nil {
				t.Fatalf("the day before: %v", err)
			}
			r.time = r.time.Add(time.Second)
			if !stop(t, r) {
				t.Error("it did not stop")
			}
			r.sweeps(t, time.Minute)
			if ids, err := r.AlliancesOf(t.Context(), mother); err != nil || len(ids) != 0 {
				t.Errorf("she has places %v, %v", ids, err)
			}
			r.reopen(t, nil)
			if _, err := r.See(t.Context(), mother, "a", workspace.Look{}); !errors.Is(err, samenspel.ErrNotFound) {
				t.Errorf("after a restart: %v", err)
			}
			seen := see(t, r.Workspace, amira, "a")
			if last := seen.Comings[len(seen.Comings)-1]; last.Kind != samenspel.RightLeft || last.Who[0] != place {
				t.Errorf("her daughter is told %+v", last)
			}
			r.sound(t, "a")
		})
	}
}
