package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"samenspel"
	"samenspel/workspace"
)

const (
	people     = 5
	perPerson  = 4    // devices
	perTable   = 4000 // operations on one alliance, before the next begins
	mostFlying = 60   // messages on their way
)

// devices lets twenty devices of five people send wishes over a network that
// drops, doubles, delays and swaps them, and now and then the program starts
// anew. Beside it stands a model. Whatever arrives, each wish is done once, and
// in the end every device sees the same: what the model holds. A round is an
// operation.
func devices(ctx context.Context, r *round) (result, error) {
	chance := rand.New(rand.NewPCG(r.seed, 7))
	dir, err := os.MkdirTemp("/dev/shm", "samenspel-fault-") // nothing here is about the disk
	if err != nil {
		dir = filepath.Join(r.dir, "data")
	}
	defer os.RemoveAll(dir) // scratch
	p, err := openPlace(ctx, dir, time.Now())
	if err != nil {
		return result{}, err
	}
	defer p.close() // scratch, too
	var all result
	sent := 0
	for done := 0; done < r.rounds; {
		n := newNetwork(p, func(many int, _ string) int { return chance.IntN(many) })
		n.liar = r.liar
		if err := n.begin(ctx); err != nil {
			return all, err
		}
		for range min(perTable, r.rounds-done) {
			if err := n.step(ctx); err != nil {
				return all, fmt.Errorf("operation %d: %w", done, err)
			}
			done++
		}
		if err := n.settle(ctx); err != nil {
			return all, fmt.Errorf("after operation %d: %w", done, err)
		}
		res, err := n.count(ctx)
		if err != nil {
			return all, err
		}
		sent += n.arrived
		if all.add(res); all.bad() {
			return all, nil
		}
		if done%100000 < perTable {
			r.tell("devices: %s operations, %s", thousands(done), all)
		}
	}
	all.more = fmt.Sprintf("%s operations by %d devices, %s arrivals, all devices see the same", thousands(r.rounds), people*perPerson, thousands(sent))
	return all, nil
}

// message is a wish on its way.
type message struct {
	person samenspel.PersonID
	cmd    samenspel.Command
}

// device is one of a person's. It sends again what has no answer.
type device struct {
	person samenspel.PersonID
	outbox map[samenspel.CommandID]message
	sees   []samenspel.SeenStatement
}

// network is all devices, what is between them and the program, and the model.
type network struct {
	place   *place
	door    *workspace.Workspace
	choose  func(many int, what string) int
	liar    bool
	id      samenspel.AllianceID
	places  []samenspel.PartnerID
	devices []*device
	flying  []message
	arrived int

	said  map[samenspel.StatementID]samenspel.Words // the model: what stands
	taken map[samenspel.StatementID]bool            // what was taken back
	done  map[samenspel.CommandID]bool
}

func newNetwork(p *place, choose func(many int, what string) int) *network {
	return &network{place: p, door: p.workspace(), choose: choose, id: newAlliances(1)[0],
		said: map[samenspel.StatementID]samenspel.Words{}, taken: map[samenspel.StatementID]bool{}, done: map[samenspel.CommandID]bool{}}
}

// begin seats five people, each with four devices.
func (n *network) begin(ctx context.Context) error {
	host := person(n.id)
	err := n.door.Do(ctx, host, n.id, samenspel.Command{ID: begins(n.id),
		Wish: samenspel.BeginAlliance{Title: samenspel.Say("Samen verder"), Name: samenspel.Say("Els")}})
	everybody := []samenspel.PersonID{host}
	for i := 1; err == nil && i < people; i++ {
		place := samenspel.PartnerID(newID())
		guest := samenspel.PersonID(fmt.Sprint("guest ", i, " of ", n.id))
		role := []samenspel.Role{samenspel.Vrager, samenspel.BonusPartner, samenspel.Colleague}[i%3]
		err = n.door.Do(ctx, host, n.id, samenspel.Command{ID: samenspel.CommandID(place),
			Wish: samenspel.InvitePartner{Role: role, Name: samenspel.Say("Gast"), Ground: ground(role)}})
		if err == nil {
			err = n.door.Do(ctx, guest, n.id, samenspel.Command{ID: samenspel.CommandID(newID()), Wish: samenspel.JoinAlliance{Partner: place}})
		}
		everybody = append(everybody, guest)
	}
	for _, who := range everybody {
		seen, no := n.door.See(ctx, who, n.id, workspace.Look{})
		if err = errors.Join(err, no); err != nil {
			return err
		}
		n.places = append(n.places, seen.You)
		for range perPerson {
			n.devices = append(n.devices, &device{person: who, outbox: map[samenspel.CommandID]message{}})
		}
	}
	return err
}

// ground is why somebody may come in, where that has to be said.
func ground(role samenspel.Role) samenspel.InviteGround {
	if role == samenspel.Colleague {
		return samenspel.InviteSpoken
	}
	return ""
}

// step does one thing at random.
func (n *network) step(ctx context.Context) error {
	d := n.devices[n.choose(len(n.devices), "device")]
	switch n.choose(10, "what happens") {
	case 0, 1, 2:
		n.wish(d, samenspel.WordStatement{Words: sentence(samenspel.CommandID(newID())), SeenBy: n.places, Chosen: true})
		return nil
	case 3:
		return n.takeBack(ctx, d)
	case 4:
		return n.look(ctx, d)
	case 5: // nobody answered: again, with the same id
		for _, id := range slices.Sorted(maps.Keys(d.outbox)) {
			n.flying = append(n.flying, d.outbox[id])
		}
		return nil
	}
	if n.choose(400, "start anew") == 0 {
		n.door = n.place.workspace()
	}
	return n.deliver(ctx)
}

// wish makes a wish on a device, and sends it.
func (n *network) wish(d *device, w samenspel.Wish) {
	m := message{d.person, samenspel.Command{ID: samenspel.CommandID(newID()), Wish: w}}
	d.outbox[m.cmd.ID] = m
	n.flying = append(n.flying, m)
}

// takeBack takes back something that the device has seen of its own.
func (n *network) takeBack(ctx context.Context, d *device) error {
	for _, s := range d.sees {
		if s.MayWithdraw && n.choose(3, "take back") == 0 {
			n.wish(d, samenspel.WithdrawStatement{Statement: s.ID, Turn: s.Turn})
			return nil
		}
	}
	return n.look(ctx, d)
}

// deliver brings any message that is on its way, or loses it, or brings it and
// keeps it for another time.
func (n *network) deliver(ctx context.Context) error {
	if len(n.flying) == 0 {
		return nil
	}
	at := n.choose(len(n.flying), "message")
	m, fate := n.flying[at], n.choose(10, "fate")
	if len(n.flying) > mostFlying || fate != 0 { // else it comes again
		n.flying = slices.Delete(n.flying, at, at+1)
	}
	if fate == 1 {
		return nil // lost
	}
	return n.arrive(ctx, m, fate != 2)
}

// arrive gives a wish to the program and holds the answer against the model.
// The answer may be lost.
func (n *network) arrive(ctx context.Context, m message, answered bool) error {
	n.arrived++
	given := m.cmd
	if n.liar && n.choose(50, "a new id for the same wish") == 0 {
		given.ID = samenspel.CommandID(newID())
	}
	err := n.door.Do(ctx, m.person, n.id, given)
	var no *samenspel.Refusal
	if err != nil && !errors.As(err, &no) {
		return err
	}
	if want := n.model(m.cmd); want != (err == nil) {
		return fmt.Errorf("%T %s: %w; the model says %v", m.cmd.Wish, m.cmd.ID, err, want)
	}
	if answered {
		for _, d := range n.devices {
			if d.person == m.person {
				delete(d.outbox, m.cmd.ID)
			}
		}
	}
	return nil
}

// model does a wish in the model, and says whether the answer is yes.
func (n *network) model(cmd samenspel.Command) bool {
	if n.done[cmd.ID] {
		return true
	}
	switch w := cmd.Wish.(type) {
	case samenspel.WordStatement:
		n.said[samenspel.StatementID(cmd.ID)] = w.Words
	case samenspel.WithdrawStatement:
		if n.taken[w.Statement] {
			return false
		}
		n.taken[w.Statement] = true
		delete(n.said, w.Statement)
	}
	n.done[cmd.ID] = true
	return true
}

// look lets a device see, which has to be what the model holds.
func (n *network) look(ctx context.Context, d *device) error {
	seen, err := n.door.See(ctx, d.person, n.id, workspace.Look{})
	if err != nil {
		return err
	}
	d.sees = seen.Statements
	if len(d.sees) != len(n.said) {
		return fmt.Errorf("a device of %q sees %d statements; the model has %d", d.person, len(d.sees), len(n.said))
	}
	for _, s := range d.sees {
		if n.said[s.ID] != s.Words {
			return fmt.Errorf("a device of %q sees statement %s, and the model has other words for it or none", d.person, s.ID)
		}
	}
	return nil
}

// settle ends the faults: all that has no answer is sent until it has one, and
// every device looks.
func (n *network) settle(ctx context.Context) error {
	for _, d := range n.devices {
		for _, id := range slices.Sorted(maps.Keys(d.outbox)) {
			n.flying = append(n.flying, d.outbox[id])
		}
	}
	for _, m := range n.flying {
		if err := n.arrive(ctx, m, true); err != nil {
			return err
		}
	}
	n.flying, n.door = nil, n.place.workspace() // as after a start
	for _, d := range n.devices {
		if err := n.look(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// count counts in the log how often each wish was done.
func (n *network) count(ctx context.Context) (result, error) {
	res, times := result{of: len(n.done)}, map[samenspel.CommandID]int{}
	for f, err := range n.place.log.Facts(ctx, n.id, 0) {
		if err != nil {
			return res, err
		}
		switch f.Event.(type) {
		case *samenspel.StatementWorded, *samenspel.StatementWithdrawn:
			times[f.Command]++
		}
	}
	for id := range n.done {
		if times[id] == 0 {
			res.lost++
		}
	}
	for id, often := range times {
		if often > 1 || !n.done[id] {
			res.doubled++
		}
	}
	return res, nil
}
