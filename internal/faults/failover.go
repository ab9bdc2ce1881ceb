package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"samenspel"
	"samenspel/internal/cluster"
)

// failover kills the server that takes changes, under sixteen people who write
// through two programs, and makes its standby take them. The programs find it
// by themselves. What was killed comes back as the standby.
//
// Before the kill the standby may be stopped for a moment, and waiting commits
// cancelled: then there is something on the first server that the second does
// not have. As a liar the first does not wait for its standby, and loses it.
func failover(ctx context.Context, r *round) (res result, err error) {
	f := &failing{round: r, w: newWitness(), chance: rand.New(rand.NewPCG(r.seed, 2))}
	defer func() { err = errors.Join(err, f.close()) }()
	if err := f.open(ctx); err != nil {
		return res, err
	}
	for n := range r.rounds {
		if err := f.once(ctx); err != nil {
			return res, fmt.Errorf("fail-over %d: %w", n+1, err)
		}
		if res, err = f.w.lookAt(ctx, f.address, f.key); err != nil || res.bad() && !r.liar {
			break
		}
		if (n+1)%10 == 0 {
			r.tell("failover: %d rounds, %s acknowledged", n+1, thousands(f.w.count))
		}
	}
	slices.Sort(f.still)
	slices.Sort(f.woken)
	if len(f.still) > 0 && len(f.woken) > 0 {
		res.more = fmt.Sprintf("%s rounds, median time without writes %.1f s (max %.1f), woken through the other program in %.1f s (max %.1f), %s times it was said that the database is away",
			thousands(len(f.still)), f.still[len(f.still)/2].Seconds(), f.still[len(f.still)-1].Seconds(),
			f.woken[len(f.woken)/2].Seconds(), f.woken[len(f.woken)-1].Seconds(), thousands(int(f.crowd.away.Load()))) + prefixed(res.more)
	}
	return res, err
}

// failing are two servers and who use them.
type failing struct {
	*round
	w       *witness
	chance  *rand.Rand
	key     string
	address string // of whichever takes changes
	first   *cluster.Server
	second  *cluster.Server // the standby
	crowd   *crowd
	watched samenspel.AllianceID // somebody watches it all the time

	still, woken []time.Duration
}

// alone is a server that waits for no standby: as it is when it takes over.
const alone = "synchronous_standby_names = ''"

func (f *failing) open(ctx context.Context) (err error) {
	if f.first, f.key, err = newServer(ctx, f.dir); err != nil {
		return err
	}
	if f.second, err = f.first.Standby(ctx, cluster.Quick(), "standby", alone); err != nil {
		return err
	}
	f.address = cluster.Pair(f.first, f.second, database)
	if err := f.together(ctx); err != nil {
		return err
	}
	f.crowd, err = gather(ctx, f.w, f.dir, f.key, f.address, cluster.Pair(f.second, f.first, database))
	if err != nil {
		return err
	}
	f.watched = newAlliances(1)[0]
	if err := f.crowd.insist(0, call{Do: "begin", Alliance: f.watched}); err != nil {
		return err
	}
	if a := f.crowd.doors[0].ask(call{Do: "watch", Alliance: f.watched}); a.Wrong != "" {
		return errors.New(a.Wrong)
	}
	return nil
}

func (f *failing) close() error {
	var err error
	if f.crowd != nil {
		f.crowd.over.Store(true)
		err = f.crowd.close()
	}
	return errors.Join(err, remove(f.first, f.second))
}

// together lets the first server wait for the second, unless it lies.
func (f *failing) together(ctx context.Context) error {
	if f.liar {
		return f.first.Until(ctx, `SELECT EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming')`)
	}
	return f.first.WaitsFor(ctx, "*")
}

// once is one fail-over.
func (f *failing) once(ctx context.Context) error {
	f.crowd.begin()
	err := f.crowd.until(ctx, 50+f.chance.IntN(100))
	if err == nil {
		err = f.harm(ctx)
	}
	if err == nil {
		err = f.second.Promote(ctx)
	}
	if err == nil {
		err = f.crowd.until(ctx, 50)
	}
	if err != nil {
		return errors.Join(err, f.crowd.end())
	}
	f.still = append(f.still, f.crowd.still)
	woken, err := f.crowd.wakesAt(ctx, f.watched)
	f.woken = append(f.woken, woken)
	f.first, f.second = f.second, f.first
	if err == nil {
		err = f.second.Rejoin(ctx, f.first, "standby", alone)
	}
	if err == nil {
		err = f.together(ctx)
	}
	return errors.Join(err, f.crowd.end())
}

// harm kills the first server. By chance its standby does not hear of the last
// moments.
func (f *failing) harm(ctx context.Context) error {
	switch f.chance.IntN(4) {
	case 0:
		return f.first.Kill()
	case 1:
		return errors.Join(f.first.Cut(ctx, f.second), f.moment(), f.first.Kill(), f.second.Resume())
	case 2:
		return errors.Join(f.first.Cut(ctx, f.second), f.moment(), f.shake(ctx, "pg_cancel_backend"), f.moment(), f.first.Kill(), f.second.Resume())
	}
	return errors.Join(f.first.Cut(ctx, f.second), f.moment(), f.shake(ctx, "pg_terminate_backend"), f.moment(), f.first.Kill(), f.second.Resume())
}

// moment waits for a moment.
func (f *failing) moment() error {
	<-time.After(time.Duration(f.chance.IntN(200)) * time.Millisecond)
	return nil
}

// shake cuts short what waits for the standby.
func (f *failing) shake(ctx context.Context, with string) error {
	return f.first.Exec(ctx, `SELECT `+with+`(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`)
}
