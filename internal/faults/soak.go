package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// What goes on all the time in a soak, and how long the time is between two
// faults: a minute by hand, less when there are few rounds.
const (
	tellers  = 3
	leafers  = 3
	watchers = 12
	minute   = time.Minute
	hasty    = 8 * time.Second // with fewer than tenScore rounds
	tenScore = 20              // rounds
)

// soak lets people tell, look and watch for as many minutes as there are rounds,
// and does some harm in each: kill -9, a stop and a start, a program that stands
// still for a while, dead connections, noise, a backup. Between two starts it
// measures, when all is calm, how many descriptors, goroutines and bytes the
// program holds: they may not grow.
func soak(ctx context.Context, r *round) (result, error) {
	p, err := buildProgram(ctx)
	if err != nil {
		return result{}, err
	}
	s := &soaking{round: r, p: p, dir: filepath.Join(r.dir, "data"), w: newWitness(), chance: rand.New(rand.NewPCG(r.seed, 14)), pause: minute}
	if r.rounds < tenScore {
		s.pause = hasty
	}
	err = s.all(ctx)
	if s.now != nil {
		err = errors.Join(err, s.now.stop())
	}
	if err != nil {
		return result{}, err
	}
	res, err := s.w.examine(ctx, s.dir)
	res.broken += s.grown
	res.more = s.told() + prefixed(res.more)
	return res, err
}

// soaking is a soak that goes on.
type soaking struct {
	*round
	p       *program
	dir     string
	chance  *rand.Rand
	pause   time.Duration
	addr    string
	metrics string

	mu  sync.Mutex // over w
	w   *witness
	now *serving

	lives [][]holding // of each start, one sample a minute
	grown int
	done  map[string]int
}

// holding is what the program holds at a calm moment.
type holding struct{ files, goroutines, resident int }

func (s *soaking) all(ctx context.Context) (err error) {
	if s.addr, err = freeAddress(); err == nil {
		s.metrics, err = freeAddress()
	}
	if err == nil {
		err = s.start(ctx)
	}
	if err != nil {
		return err
	}
	over, stop := context.WithCancel(ctx)
	var people sync.WaitGroup
	failed := make(chan error, tellers+leafers+watchers)
	for n, do := range s.people() {
		v, err := visit(ctx, s.now.links[[]string{"vrager", "bonus"}[n%2]])
		if err != nil {
			stop()
			return err
		}
		people.Go(func() {
			if err := do(over, v); err != nil {
				failed <- err
			}
		})
	}
	s.done = map[string]int{}
	for n := 0; n < s.rounds && err == nil; n++ {
		err = s.minute(ctx, n)
	}
	stop()
	people.Wait()
	select {
	case first := <-failed:
		err = errors.Join(err, first)
	default:
	}
	s.judge()
	return err
}

// people are what each of them does.
func (s *soaking) people() (all []func(context.Context, *visitor) error) {
	for range tellers {
		all = append(all, s.tell)
	}
	for range leafers {
		all = append(all, s.leaf)
	}
	for range watchers {
		all = append(all, s.watch)
	}
	return all
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func (s *soaking) start(ctx context.Context) (err error) {
	s.now, err = s.p.serve(ctx, "colleague", "demo", "--data", s.dir, "--addr", s.addr, "--metrics-addr", s.metrics)
	s.lives = append(s.lives, nil)
	return err
}

// minute measures, and does harm. The first two of a life are left in peace, so
// that there is something to compare with.
func (s *soaking) minute(ctx context.Context, n int) error {
	if !aside(ctx, s.pause) {
		return ctx.Err()
	}
	h, err := s.hold(ctx)
	if err != nil {
		return err
	}
	last := len(s.lives) - 1
	s.lives[last] = append(s.lives[last], h)
	if n%10 == 9 {
		s.tellHow(n + 1)
	}
	harms := []struct {
		name string
		do   func(context.Context) error
	}{
		{"stands still", s.standStill}, {"dead connections", s.dead}, {"noise", s.noise}, {"backup", s.backUp},
		{"restart", s.restart}, {"kill", s.kill},
	}
	if len(s.lives[last]) < 6 { // long enough to see growth
		harms = harms[:4]
	}
	harm := harms[s.chance.IntN(len(harms))]
	s.done[harm.name]++
	return harm.do(ctx)
}

// aside waits, and gives false when ctx ended meanwhile.
func aside(ctx context.Context, long time.Duration) bool {
	t := time.NewTimer(long)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *soaking) tellHow(minutes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.round.tell("soak: %d faults, %s acknowledged, %v", minutes, thousands(s.w.count), s.lives[len(s.lives)-1])
}

// hold reads what the program holds.
func (s *soaking) hold(ctx context.Context) (h holding, err error) {
	files, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.now.cmd.Process.Pid))
	if err != nil {
		return h, err
	}
	h.files = len(files)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.metrics+"/metrics", nil)
	if err != nil {
		return h, err
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return h, err
	}
	defer res.Body.Close()
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		var n float64
		if _, no := fmt.Sscanf(lines.Text(), "go_goroutines %g", &n); no == nil {
			h.goroutines = int(n)
		}
		if _, no := fmt.Sscanf(lines.Text(), "process_resident_memory_bytes %g", &n); no == nil {
			h.resident = int(n) >> 20
		}
	}
	if h.goroutines == 0 || h.resident == 0 {
		err = errors.New("the program does not say what it holds")
	}
	return h, err
}

// judge counts the lives in which something grew without end: the median of the
// last third is held against that of the first, once it has warmed up.
func (s *soaking) judge() {
	for _, life := range s.lives {
		if len(life) < 6 {
			continue
		}
		life = life[1:]
		third := len(life) / 3
		first, last := median(life[:third]), median(life[len(life)-third:])
		if s.liar {
			last.goroutines += 1000
		}
		if last.files > first.files+first.files/2+20 || last.goroutines > first.goroutines+first.goroutines/2+20 ||
			last.resident > 2*first.resident+64 {
			s.grown++
			s.round.tell("soak: something grows: %v", life)
		}
	}
}

func median(some []holding) (h holding) {
	for _, of := range []struct {
		to   *int
		from func(holding) int
	}{
		{&h.files, func(h holding) int { return h.files }},
		{&h.goroutines, func(h holding) int { return h.goroutines }},
		{&h.resident, func(h holding) int { return h.resident }},
	} {
		var all []int
		for _, one := range some {
			all = append(all, of.from(one))
		}
		slices.Sort(all)
		*of.to = all[len(all)/2]
	}
	return h
}

// told says what was done and held.
func (s *soaking) told() string {
	var harms []string
	for name, times := range s.done {
		harms = append(harms, fmt.Sprintf("%d × %s", times, name))
	}
	slices.Sort(harms)
	longest := slices.MaxFunc(s.lives, func(a, b []holding) int { return len(a) - len(b) })
	text := strings.Join(harms, ", ")
	if len(longest) > 0 {
		a, b := longest[min(1, len(longest)-1)], longest[len(longest)-1]
		text += fmt.Sprintf("; in the longest life of %d samples: descriptors %d → %d, goroutines %d → %d, memory %d → %d MiB",
			len(longest), a.files, b.files, a.goroutines, b.goroutines, a.resident, b.resident)
	}
	return text
}

func (s *soaking) standStill(ctx context.Context) error {
	if err := s.now.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		return err
	}
	aside(ctx, time.Duration(1+s.chance.IntN(3))*time.Second)
	return s.now.cmd.Process.Signal(syscall.SIGCONT)
}

// dead opens connections that say nothing, and forgets them after a while.
func (s *soaking) dead(ctx context.Context) error {
	for range 50 {
		c, err := net.Dial("tcp", s.addr)
		if err != nil {
			return err
		}
		time.AfterFunc(s.pause/2, func() { c.Close() })
	}
	return nil
}

// noise sends what is no request.
func (s *soaking) noise(context.Context) error {
	for range 20 {
		c, err := net.Dial("tcp", s.addr)
		if err != nil {
			return err
		}
		some := make([]byte, 1+s.chance.IntN(4096))
		for i := range some {
			some[i] = byte(s.chance.IntN(256))
		}
		_, _ = c.Write(some) // it may be cut in the middle
		c.Close()
	}
	return nil
}

// backUp makes a backup, which is restored and verified, while people go on.
func (s *soaking) backUp(ctx context.Context) error {
	to := filepath.Join(s.round.dir, "backups")
	out, err := exec.CommandContext(ctx, s.p.path, "backup", "--data", s.dir, "--to", to+"/data", "--keys-to", to+"/keys", "--keep", "2").CombinedOutput()
	if err != nil {
		return fmt.Errorf("a backup beside people: %w\n%s", err, out)
	}
	return nil
}

func (s *soaking) restart(ctx context.Context) error {
	if err := s.now.stop(); err != nil {
		return fmt.Errorf("%w\n%s", err, s.now.said)
	}
	return s.start(ctx)
}

func (s *soaking) kill(ctx context.Context) error {
	if err := s.now.cmd.Process.Kill(); err != nil {
		return err
	}
	_ = s.now.cmd.Wait() // which says that it was killed
	return s.start(ctx)
}
