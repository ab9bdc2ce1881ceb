package journal

import (
	"context"
	"errors"
	"fmt"

	"samenspel"
)

// Summary says how much was looked at.
type Summary struct {
	Alliances int64
	Destroyed int64 // of these
	Entries   int64
	Findings  int64
}

// Verify reads the whole log and reports everything in it that is not as it
// was written. It may run while others append. An error means that it could
// not go on; damage is no error.
func (l *Log) Verify(ctx context.Context, report func(Finding)) (Summary, error) {
	v := verification{log: l, report: report, numbers: map[int64]bool{}}
	err := v.all(ctx)
	if errors.Is(err, ErrDamaged) {
		v.found(Finding{Damage: StoreDamaged})
	} else if err != nil {
		return v.Summary, fmt.Errorf("verify the log: %w", err)
	}
	return v.Summary, nil
}

type verification struct {
	Summary
	log     *Log
	report  func(Finding)
	numbers map[int64]bool // of the alliances that are there
}

func (v *verification) found(f Finding) {
	v.Findings++
	v.report(f)
}

func (v *verification) all(ctx context.Context) error {
	switch err := v.log.store.Check(ctx); {
	case errors.Is(err, ErrDamaged):
		v.found(Finding{Damage: StoreDamaged})
	case err != nil:
		return err
	}
	// The register is read first: alliances that begin meanwhile are extra.
	register, err := v.log.store.Register(ctx)
	if err != nil {
		return err
	}
	ids, err := v.log.store.Alliances(ctx)
	if err != nil {
		return err
	}
	records, err := v.records(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		v.Alliances++
		switch err := v.alliance(ctx, id, records); {
		case errors.Is(err, ErrDamaged):
			v.found(Finding{Alliance: id, Damage: StoreDamaged})
		case err != nil:
			return err
		}
	}
	if !v.log.master.registered(register) {
		v.found(Finding{Damage: RegisterChanged})
		return nil
	}
	for n := int64(1); n <= register.Alliances; n++ {
		if !v.numbers[n] {
			v.found(Finding{Seq: n, Damage: AllianceMissing})
		}
	}
	return v.registered(ctx)
}

// registered looks whether an alliance is there that the register, read
// again, does not know: an older register was put in its place.
func (v *verification) registered(ctx context.Context) error {
	register, err := v.log.store.Register(ctx)
	if err != nil {
		return err
	}
	for n := range v.numbers {
		if n > register.Alliances {
			v.found(Finding{Damage: RegisterChanged})
			break
		}
	}
	return nil
}

func (v *verification) alliance(ctx context.Context, id samenspel.AllianceID, records map[samenspel.AllianceID]Destroyed) error {
	head, err := v.head(ctx, id)
	if err != nil || head.Seq == 0 {
		return err
	}
	v.numbers[head.Number] = true
	keys, err := v.log.store.Keys(ctx, id)
	if err != nil {
		return err
	}
	ring, findings := v.log.master.open(id, keys)
	for _, f := range findings {
		v.found(f)
	}
	switch {
	case !ring.ended.IsZero():
		return v.remains(ctx, id, len(keys), records)
	case ring.chain == nil:
		return nil
	}
	return v.entries(ctx, head, reader{log: v.log, id: id, ring: ring, links: [][]byte{nil}})
}

// head reads and checks the head of an alliance. Without one, what is stored
// of the alliance cannot be judged.
func (v *verification) head(ctx context.Context, id samenspel.AllianceID) (Head, error) {
	head, err := v.log.store.Head(ctx, id)
	switch {
	case err != nil:
		return Head{}, err
	case head.Seq == 0:
		v.found(Finding{Alliance: id, Damage: HeadMissing})
	case !v.log.master.signed(head):
		v.found(Finding{Alliance: id, Damage: HeadChanged})
	}
	return head, nil
}

// entries goes through the entries up to the head, and on as long as the head
// moves on, so that in the end entries, members and head are of one moment.
func (v *verification) entries(ctx context.Context, head Head, r reader) error {
	members := map[samenspel.PartnerID]Member{}
	before := v.Findings
	for {
		for f, err := range r.to(ctx, head) {
			if finding, ok := errors.AsType[Finding](err); ok {
				v.found(finding)
				continue
			}
			if err != nil {
				return err
			}
			v.Entries++
			sit(members, r.id, f.Event)
		}
		added, err := v.added(ctx, head)
		if err != nil {
			return err
		}
		stored, err := v.log.store.Members(ctx, r.id)
		if err != nil {
			return err
		}
		again, err := v.log.store.Head(ctx, r.id)
		if err != nil {
			return err
		}
		if again.Seq > head.Seq && v.log.master.signed(again) {
			head, r.known = again, r.seq
			continue
		}
		if added {
			v.found(Finding{Alliance: r.id, Seq: head.Seq + 1, Damage: EntryAdded})
		}
		if v.Findings == before { // else who sits at the table is not known
			v.members(r.id, members, stored)
		}
		return nil
	}
}

// added reports whether there is an entry behind the head.
func (v *verification) added(ctx context.Context, head Head) (bool, error) {
	for _, err := range v.log.store.Entries(ctx, head.Alliance, head.Seq) {
		return err == nil, err
	}
	return false, nil
}

// sit does to the members what a store does with a batch.
func sit(members map[samenspel.PartnerID]Member, id samenspel.AllianceID, e samenspel.Event) {
	m, ok := memberOf(id, e)
	if !ok {
		return
	}
	if !m.Here {
		before, known := members[m.Partner]
		if !known {
			return
		}
		m.Person = before.Person
	}
	members[m.Partner] = m
}

// members compares who should sit at the table with who is stored.
func (v *verification) members(id samenspel.AllianceID, should map[samenspel.PartnerID]Member, stored []Member) {
	is := map[samenspel.PartnerID]Member{}
	for _, m := range stored {
		is[m.Partner] = m
		if _, ok := should[m.Partner]; !ok {
			v.found(Finding{Alliance: id, Partner: m.Partner, Damage: MemberAdded})
		}
	}
	for partner, m := range should {
		stored, ok := is[partner]
		switch {
		case !ok:
			v.found(Finding{Alliance: id, Partner: partner, Damage: MemberMissing})
		case stored != m:
			v.found(Finding{Alliance: id, Partner: partner, Damage: MemberChanged})
		}
	}
}
