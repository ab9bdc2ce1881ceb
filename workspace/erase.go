package workspace

import (
	"context"
	"errors"
	"time"

	"samenspel"
	"samenspel/journal"
)

// KeysKept is how long a copy of the keys may be kept apart: until then an
// older copy of everything can still be read by who holds both.
const KeysKept = 35 * 24 * time.Hour

// Certificate says that words were erased, without any of them.
type Certificate struct {
	samenspel.Erased
	Alliance samenspel.AllianceID
	journal.Trace
	CopiesUntil time.Time
}

// Place is where somebody sits, or sat.
type Place struct {
	Alliance samenspel.AllianceID
	Partner  samenspel.PartnerID
	Here     bool
	Requests []samenspel.SeenErasure // of who left; who sits there sees them at the table
	Erased   []Certificate
}

// PlacesOf gives the places that a person has or had, and what of theirs was
// erased there. An erasure whose words are not all gone yet has no certificate.
func (w *Workspace) PlacesOf(ctx context.Context, person samenspel.PersonID) ([]Place, error) {
	members, err := w.log.PlacesOf(ctx, person)
	if err != nil {
		return nil, err
	}
	var places []Place
	for _, m := range members {
		p := Place{Alliance: m.Alliance, Partner: m.Partner, Here: m.Here}
		t, err := w.take(ctx, m.Alliance)
		if errors.Is(err, samenspel.ErrNotFound) {
			continue // destroyed in this very moment
		}
		if err != nil {
			return nil, err
		}
		t.looking.RLock()
		done := t.stored.ErasedOf(person)
		if !m.Here {
			p.Requests = t.stored.RequestsOf(person)
		}
		t.looking.RUnlock()
		w.giveBack(t)
		for _, e := range done {
			trace, err := w.log.Trace(ctx, m.Alliance, e.Keys, e.First, e.Last)
			if err != nil {
				return nil, err
			}
			if trace.Left == 0 {
				p.Erased = append(p.Erased, Certificate{e, m.Alliance, trace, e.Done.Add(KeysKept)})
			}
		}
		places = append(places, p)
	}
	return places, nil
}
