// Command faults breaks what Samenspel stands on, and counts what is lost.
//
// Each fault is a program: it lets the real packages, or the real program,
// work in a process of its own, notes outside that process what was said to be
// stored, does harm, opens the data afresh and looks. Its last line says how
// many of what was acknowledged are lost; it ends with a fault when any is.
// docs/faults.md says what each does and what it found.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"samenspel/internal/cluster"
)

// fault is one kind of harm.
type fault struct {
	name   string
	what   string
	rounds int // unless somebody says another number
	run    func(ctx context.Context, r *round) (result, error)
}

// faults are all of them, in the order in which they run.
var faults = []fault{
	{"kill", "kill -9 under eight writers", 1000, kill},
	{"power", "power cuts, also during backups and a change of key", 900, power},
	{"eio", "calls that fail with EIO", 300, eio},
	{"full", "a full disk under the real program", 25, full},
	{"rot", "bytes that change, vanish or come from elsewhere", 10000, rot},
	{"devices", "wishes of 20 devices that are lost, doubled, late or swapped; a round is an operation", 1000000, devices},
	{"clock", "clocks that jump, and two programs an hour apart; a round is a wish", 5000, clock},
	{"live", "slow and dead clients beside those who look; a round is a change", 600, live},
	{"backups", "backups while eight write, each restored; a round is a hundred wishes", 200, backups},
	{"upgrade", "data of every version, also with the start killed; a round is a kill of each", 10, upgrade},
	{"soak", "an hour of people, with some harm in each minute; a round is a minute", 60, soak},
	{"failover", "fail-over of PostgreSQL to a synchronous standby under two programs", 50, failover},
	{"order", "order of writing and looking through three programs, while connections end", 100000, order},
	{"network", "a network that cuts, stalls, delays and loses answers to commits", 200, wire},
}

// round is one run of a fault.
type round struct {
	seed   uint64
	rounds int
	dir    string // scratch, empty at the beginning
	liar   bool   // what is tried is made to lose something, to see that it shows
	say    io.Writer
}

// tell says how far it is.
func (r *round) tell(format string, args ...any) { fmt.Fprintf(r.say, format+"\n", args...) }

// result is what the witness saw.
type result struct {
	of      int // acknowledged
	lost    int
	doubled int
	broken  int    // findings in what was opened afresh, and whatever else should not be
	more    string // said behind the counts
}

func (r result) String() string {
	whole := "chains whole"
	if r.broken > 0 {
		whole = fmt.Sprintf("%d NOT WHOLE", r.broken)
	}
	s := fmt.Sprintf("lost %s of %s acknowledged, %s doubled, %s", thousands(r.lost), thousands(r.of), thousands(r.doubled), whole)
	if r.more != "" {
		s += ", " + r.more
	}
	return s
}

// bad reports whether anything is not as it should be.
func (r result) bad() bool { return r.lost+r.doubled+r.broken > 0 }

func (r *result) add(more result) {
	r.of, r.lost = r.of+more.of, r.lost+more.lost
	r.doubled, r.broken = r.doubled+more.doubled, r.broken+more.broken
}

// thousands writes a number with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// errBad ends the command with a fault.
var errBad = errors.New("something is not as it should be")

func main() {
	if beChild() {
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := command(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	removeProgram()
	if err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

// command runs the faults that are named, or all.
func command(ctx context.Context, args []string, out, say io.Writer) error {
	set := flag.NewFlagSet("faults", flag.ContinueOnError)
	seed := set.Uint64("seed", uint64(time.Now().UnixNano()), "where chance begins")
	rounds := set.Int("rounds", 0, "how often; 0 is what each fault takes for a full run")
	liar := set.Bool("liar", false, "make what is tried lose something, to see that the witness tells it")
	set.Usage = func() {
		fmt.Fprintf(set.Output(), "faults [flags] [name …]\n\n")
		for _, f := range faults {
			fmt.Fprintf(set.Output(), "  %-8s %s, %s rounds\n", f.name, f.what, thousands(f.rounds))
		}
		fmt.Fprintln(set.Output())
		set.PrintDefaults()
	}
	var names []string
	for { // flags may stand behind names
		if err := set.Parse(args); errors.Is(err, flag.ErrHelp) {
			return nil
		} else if err != nil {
			return err
		}
		if set.NArg() == 0 {
			break
		}
		names, args = append(names, set.Arg(0)), set.Args()[1:]
	}
	chosen, err := choose(names)
	if err != nil {
		return err
	}
	var wrong []string
	for _, f := range chosen {
		r := round{seed: *seed, rounds: *rounds, liar: *liar, say: say}
		if err := f.once(ctx, r, out); err != nil {
			wrong = append(wrong, f.name)
			fmt.Fprintf(say, "%s: %v (seed %d)\n", f.name, err, *seed)
		}
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%w: %s", errBad, strings.Join(wrong, ", "))
	}
	return nil
}

func choose(names []string) ([]fault, error) {
	if len(names) == 0 {
		return faults, nil
	}
	var chosen []fault
	for _, name := range names {
		at := slices.IndexFunc(faults, func(f fault) bool { return f.name == name })
		if at < 0 {
			return nil, fmt.Errorf("there is no fault %q; faults -h lists them", name)
		}
		chosen = append(chosen, faults[at])
	}
	return chosen, nil
}

// lacks reports whether a fault could not be tried, because something is not on
// this machine.
func lacks(err error) bool {
	return errors.Is(err, errNoStrace) || errors.Is(err, errNoMount) || errors.Is(err, cluster.ErrMissing)
}

// once runs a fault in a folder of its own and prints its last line. When it
// found something, or could not go on, the folder is kept for who wants to know
// why.
func (f fault) once(ctx context.Context, r round, out io.Writer) (err error) {
	if r.rounds == 0 {
		r.rounds = f.rounds
	}
	if r.dir, err = os.MkdirTemp("", "samenspel-fault-"); err != nil {
		return err
	}
	defer func() {
		if err != nil && !r.liar && ctx.Err() == nil && !lacks(err) {
			r.tell("%s: what it left is kept in %s", f.name, r.dir)
			return
		}
		err = errors.Join(err, os.RemoveAll(r.dir))
	}()
	begun := time.Now()
	res, err := f.run(ctx, &r)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %s (%s, seed %d)\n", f.name, res, time.Since(begun).Round(time.Second), r.seed)
	if res.bad() {
		return errBad
	}
	return nil
}
