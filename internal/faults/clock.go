package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"time"

	"samenspel"
	"samenspel/account"
	"samenspel/journal"
	"samenspel/workspace"
)

// jumps are what a clock may do between two wishes.
var jumps = []time.Duration{0, 0, 0, time.Second, -time.Second, time.Hour, -time.Hour, -24 * time.Hour, 24 * time.Hour, 3652 * 24 * time.Hour}

// clock lets clocks jump: a day back, ten years ahead, an hour as when summer
// ends, a second twice; and two programs write to one alliance of which one is
// an hour ahead. Everything has to keep its place by its number, and nothing
// may be said later than it arrived. A round is a wish.
func clock(ctx context.Context, r *round) (result, error) {
	c := clocks{chance: rand.New(rand.NewPCG(r.seed, 8)), now: time.Date(2026, 10, 25, 0, 59, 0, 0, time.UTC), w: newWitness(), liar: r.liar}
	dir := filepath.Join(r.dir, "data")
	p, err := openPlace(ctx, dir, c.now)
	if err != nil {
		return result{}, err
	}
	for _, part := range []func(context.Context, *place, int) error{c.wishes, c.sessions, c.goes} {
		if err := part(ctx, p, r.rounds); err != nil {
			return result{}, errors.Join(err, p.close())
		}
	}
	res, err := c.w.look(ctx, p)
	res.broken += c.wrong
	res.more = c.told + prefixed(res.more)
	return res, errors.Join(err, p.close())
}

// clocks are those of two programs.
type clocks struct {
	chance *rand.Rand
	now    time.Time
	w      *witness
	liar   bool
	wrong  int
	told   string
}

// wishes lets two programs write in turn, by clocks that jump.
func (c *clocks) wishes(ctx context.Context, p *place, many int) error {
	id, shift := newAlliances(1)[0], time.Duration(0)
	doors := []*workspace.Workspace{p.workspace(), workspace.New(journal.New(p.db, p.master), p.access, 0)}
	doors[0].Now = func() time.Time { return c.now.Add(shift) }
	doors[1].Now = func() time.Time { return c.now.Add(shift + time.Hour) }
	err := doors[0].Do(ctx, person(id), id, samenspel.Command{ID: begins(id),
		Wish: samenspel.BeginAlliance{Title: samenspel.Say("Samen verder"), Name: samenspel.Say("Noor")}})
	for n := 0; err == nil && n < many; n++ {
		c.now, shift = c.now.Add(time.Minute), jumps[c.chance.IntN(len(jumps))]
		command := samenspel.CommandID(newID())
		c.w.hear(fmt.Sprint("try ", id, " ", command))
		door := doors[c.chance.IntN(2)]
		cmd := samenspel.Command{ID: command, Wish: samenspel.WordStatement{Words: sentence(command)}}
		if c.chance.IntN(2) == 0 {
			cmd.Made = c.now.Add(jumps[c.chance.IntN(len(jumps))]) // by the device
		}
		if err = door.Do(ctx, person(id), id, cmd); err == nil {
			c.w.hear(fmt.Sprint("ack ", command))
		}
		if err == nil && n%50 == 0 {
			_, err = door.See(ctx, person(id), id, workspace.Look{})
		}
	}
	if err != nil {
		return err
	}
	return c.order(ctx, p, id)
}

// order goes through the log: numbers without a gap, and nothing said later
// than it came.
func (c *clocks) order(ctx context.Context, p *place, id samenspel.AllianceID) error {
	var seq int64
	var last time.Time
	back := 0
	for f, err := range p.log.Facts(ctx, id, 0) {
		if err != nil {
			return err
		}
		if seq++; f.Seq != seq || c.liar {
			c.wrong++
		}
		if f.At.Before(last) {
			back++
		}
		last = f.At
		if e, ok := f.Event.(*samenspel.StatementWorded); ok && e.Said.After(f.At) {
			c.wrong++
		}
	}
	c.told = fmt.Sprintf("in the order of their numbers, though the clock went back %s times", thousands(back))
	return nil
}

// sessions lets somebody come in, and the clock jump.
func (c *clocks) sessions(ctx context.Context, p *place, _ int) error {
	now := c.now
	door := &account.Door{Store: p.db.Accounts(), Credentials: p.db.Accounts(), Sealer: p.master, Marker: p.master,
		Stretcher: account.NewArgon(), Now: func() time.Time { return now }, NewID: newID}
	start := func() (string, error) {
		token, _, err := door.Start(ctx, account.Person{ID: "noor", Name: samenspel.Say("Noor")}, account.How{By: account.ByLink})
		return token, err
	}
	token, err := start()
	if err != nil {
		return err
	}
	ahead := ""
	for _, try := range []struct {
		what  string
		at    time.Time
		token string
		in    bool
	}{
		{"a day back", c.now.AddDate(0, 0, -1), token, true},
		{"ten minutes ahead", c.now.Add(10 * time.Minute), token, true},
		{"an hour ahead, which is longer than it may lie still", c.now.Add(time.Hour), token, false},
		{"ten years ahead", c.now.AddDate(10, 0, 0), token, false},
		{"one that began ten years ahead, now that the clock is right again", c.now, "", false},
	} {
		if try.token == "" {
			try.token = ahead
		}
		now = try.at
		if _, err := door.Still(ctx, try.token); (err == nil) != try.in {
			c.wrong++
			c.told += fmt.Sprintf("; a session, %s: %v", try.what, err)
		}
		if try.at.After(c.now.AddDate(9, 0, 0)) {
			if ahead, err = start(); err != nil {
				return err
			}
		}
	}
	c.told += "; sessions end as they should"
	return nil
}

// goes lets an alliance be destroyed that two people decided on, which is a
// week later by the clock of the program.
func (c *clocks) goes(ctx context.Context, p *place, _ int) error {
	id, door, now := newAlliances(1)[0], p.workspace(), c.now
	door.Now = func() time.Time { return now }
	soon := samenspel.Terms{Regimes: []samenspel.Regime{{Word: "soon", From: samenspel.FromEnded, Terms: []samenspel.Term{{Days: -1}}}}}
	proposal := samenspel.CommandID(newID())
	for _, one := range []struct {
		by   samenspel.PersonID
		id   samenspel.CommandID
		wish samenspel.Wish
	}{
		{person(id), begins(id), samenspel.BeginAlliance{Title: samenspel.Say("Samen verder"), Name: samenspel.Say("Els")}},
		{person(id), "", samenspel.SetRetention{Regime: "soon", Because: samenspel.Say("So it was agreed."), Terms: soon}},
		{person(id), "", samenspel.EndAlliance{}},
		{person(id), proposal, samenspel.ProposeDestruction{Terms: soon}},
		{"officer", "", samenspel.ForOrganisation{As: samenspel.PrivacyOfficer, Wish: samenspel.ConfirmDestruction{Proposal: proposal, Terms: soon}}},
	} {
		if one.id == "" {
			one.id = samenspel.CommandID(newID())
		}
		if err := door.Do(ctx, one.by, id, samenspel.Command{ID: one.id, Wish: one.wish}); err != nil {
			return fmt.Errorf("%T: %w", one.wish, err)
		}
	}
	there := func(at time.Time) (bool, error) {
		now = at
		if err := door.Sweep(ctx); err != nil {
			return false, err
		}
		_, err := door.Keeping(ctx, id)
		if errors.Is(err, samenspel.ErrNotFound) {
			return false, nil
		}
		return err == nil, err
	}
	still, err := there(c.now.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	if !still {
		c.wrong++
	}
	if still, err = there(c.now.AddDate(10, 0, 0)); err != nil {
		return err
	}
	if !still {
		c.told += "; what two people decided to destroy in a week goes at once when the clock jumps past that week"
	}
	return nil
}
