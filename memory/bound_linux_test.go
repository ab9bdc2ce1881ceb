package memory

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestWorkIsLetInUpToItsShare(t *testing.T) {
	b := of(1000, func() int64 { return 300 })
	first, ok := b.Take(200, .6)
	if !ok {
		t.Fatal("200 more are 500 of 1000, and not let in")
	}
	if _, ok := b.Take(200, .6); ok {
		t.Error("700 of 1000 are let in where 600 may")
	}
	second, ok := b.Take(200, .8)
	if !ok || b.Share() != .7 {
		t.Errorf("more pressing work: %v, in use %v", ok, b.Share())
	}
	first()
	first() // said twice counts once
	second()
	if b.Share() != .3 {
		t.Errorf("at the end %v is in use", b.Share())
	}
}

// What is garbage by now is found out when somebody is not let in: a program
// that stands still collects none by itself.
func TestWhoeverIsTurnedAwayHasItLookedAtAnew(t *testing.T) {
	b := of(inUse()+64<<20, inUse)
	much := make([]byte, 60<<20)
	runtime.GC()
	if _, ok := b.Take(10<<20, 1); ok {
		t.Fatal("let in where there is no room")
	}
	runtime.KeepAlive(much)
	much = nil
	late := time.After(20 * time.Second)
	for {
		done, ok := b.Take(10<<20, 1)
		if ok {
			done()
			return
		}
		select {
		case <-time.After(10 * time.Millisecond):
		case <-late:
			t.Fatal("it is never let in")
		}
	}
}

func TestWithoutABoundEverythingIsLetIn(t *testing.T) {
	var none *Bound
	for _, b := range []*Bound{none, of(0, func() int64 { return 1 << 40 })} {
		done, ok := b.Take(1<<50, 0)
		if !ok || b.Share() != 0 || b.Limit() != 0 {
			t.Errorf("%+v: %v", b, ok)
			continue
		}
		done()
	}
}

func TestManyTakeAtOnce(t *testing.T) {
	b := of(100, func() int64 { return 0 })
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			for range 200 {
				if done, ok := b.Take(30, 1); ok {
					if s := b.Share(); s > 1 {
						t.Errorf("%v in use", s)
					}
					done()
				}
			}
		})
	}
	all.Wait()
	if b.held != 0 {
		t.Errorf("%d is still held", b.held)
	}
}

// What is alive is in use, and what is not any more is no longer.
func TestInUseIsWhatIsAlive(t *testing.T) {
	if used := inUse(); used < 100<<10 || used > 1<<30 {
		t.Errorf("%d bytes in use", used)
	}
}

// TestTheBoundIsFound starts this test anew under each kind of limit.
func TestTheBoundIsFound(t *testing.T) {
	const asked = "SAMENSPEL_TEST_BOUND"
	if want := os.Getenv(asked); want != "" {
		b, from := Keep()
		if got := string(from); got != want {
			t.Fatalf("the bound is from %s, want %s", got, want)
		}
		limits := map[Source]int64{Environment: 100 << 20, System: 512<<20 - 512<<20/forOthers}
		if limit := limits[from]; limit != 0 && b.Limit() != limit {
			t.Errorf("the bound is %d, want %d", b.Limit(), limit)
		}
		return
	}
	for want, prefix := range map[Source]string{
		Environment: "GOMEMLIMIT=100MiB",
		System:      "ulimit -d 524288;",
	} {
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		c := exec.Command("sh", "-c", prefix+` exec "$0" -test.run '^TestTheBoundIsFound$' -test.v`, self)
		if want == Environment {
			c = exec.Command(self, "-test.run", "^TestTheBoundIsFound$", "-test.v")
			c.Env = []string{prefix}
		}
		c.Env = append(append(os.Environ(), c.Env...), asked+"="+string(want))
		if out, err := c.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS") {
			t.Errorf("%s: %v\n%s", want, err, out)
		}
	}
}

func TestTheSmallestGroupCounts(t *testing.T) {
	root := t.TempDir()
	write := func(path, text string) {
		t.Helper()
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a/b/memory.max", "max\n")
	write("a/memory.max", "268435456\n")
	write("memory.max", "1073741824\n")
	write("memory/c/memory.limit_in_bytes", "134217728\n")
	write("memory/memory.limit_in_bytes", "9223372036854771712\n")
	for groups, want := range map[string]int64{
		"0::/a/b\n":                    256 << 20,
		"0::/\n":                       1 << 30,
		"0::/gone\n":                   1 << 30, // a container sees its own root alone
		"4:memory:/c\n0::/a\n":         128 << 20,
		"4:memory:/\n":                 0,
		"4:cpu,cpuacct:/c\nnonsense\n": 0,
		"":                             0,
	} {
		if got := cgroupLimit([]byte(groups), root); got != want {
			t.Errorf("%q: %d, want %d", groups, got, want)
		}
	}
}
