package account_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"samenspel/account"
)

// TestWhichPasswords: what somebody may choose. The passwords are invented,
// but for those that many people have.
func TestWhichPasswords(t *testing.T) {
	e := newEntrance(t)
	tests := []struct {
		password string
		want     error
	}{
		{"paard eet graag peer", nil},
		{"vandaag regent het zacht", nil},
		{"een hond, vijf bootjes", nil},
		{"çà et là où il pleut", nil},
		{"我们今天一起在公园里慢慢散步吧", nil},
		{"😀🚲🌧️ naar de markt", nil},
		{"  spaties tellen ook mee  ", nil},
		{strings.Repeat("lang woord ", 24)[:account.MostPassword], nil},
		{"", account.WeakShort},
		{"veertien signs", account.WeakShort},
		{"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", account.WeakShort}, // 8 in one spelling
		{"zon en maan\xff en sterren", account.WeakLong},
		{strings.Repeat("lang woord en ", 20), account.WeakLong},
		{"passwordpassword", account.WeakKnown},
		{"Password12345678!", account.WeakKnown},
		{"..football...2026..", account.WeakKnown},
		{"dragondragondragon", account.WeakKnown},
		{"ｐａｓｓｗｏｒｄ１２３４５６７", account.WeakKnown},
		{"sunshineaaaaaaaaaa", account.WeakKnown},
		{"aaaaaaaaaaaaaaaaaa", account.WeakPlain},
		{"abababababababababab", account.WeakPlain},
		{"123456789012345678", account.WeakPlain},
		{"qwertyuiopasdfghjkl", account.WeakPlain},
		{"zyxwvutsrqponmlkj", account.WeakPlain},
		{"els van de wijk els van de wijk 1", account.WeakName},
		{"Els Van De Wijk123456", account.WeakName},
		{"samenspelsamenspel", account.WeakName},
		{"samenspel.example!!", account.WeakName},
	}
	for _, tt := range tests {
		_, err := e.Propose(t.Context(), "els", "Els van de Wijk", tt.password, "samenspel.example")
		if !errors.Is(err, tt.want) || tt.want == nil && err != nil {
			t.Errorf("%q: %v, want %v", tt.password, err, tt.want)
		}
	}
	for _, name := range []string{"", "ab", "  a  b  "[:3], strings.Repeat("n", 65), "els\x00wijk", "els\xff"} {
		if _, err := e.Propose(t.Context(), "els", name, "paard eet graag peer", "x"); !errors.Is(err, account.WeakSign) {
			t.Errorf("the sign-in name %q: %v, want WeakSign", name, err)
		}
	}
}

// TestAtMostFourAtOnce: the others wait in line, and the line has an end.
func TestAtMostFourAtOnce(t *testing.T) {
	argon, small := account.NewArgon(), account.Cost{Memory: 64, Passes: 1, Lanes: 1}
	same := map[account.Hash]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	busy := 0
	for range 200 {
		all.Go(func() {
			h, err := argon.Stretch(t.Context(), []byte("paard"), []byte("sixteen of these"), small)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case errors.Is(err, account.ErrBusy):
				busy++
			case err != nil:
				t.Error(err)
			default:
				same[h]++
			}
		})
	}
	all.Wait()
	if len(same) != 1 {
		t.Errorf("one password has %d hashes", len(same))
	}
	for _, n := range same {
		if n+busy != 200 {
			t.Errorf("%d were stretched and %d sent away, of 200", n, busy)
		}
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, bad := range []account.Cost{{}, {Memory: 1 << 30, Passes: 1, Lanes: 1}, {Memory: 64, Passes: 1000, Lanes: 1}} {
		if _, err := argon.Stretch(over, nil, nil, bad); err == nil || errors.Is(err, context.Canceled) {
			t.Errorf("a cost of %+v: %v", bad, err)
		}
	}
}

// FuzzSigningIn: whatever is typed, it lets nobody in and stops nothing.
func FuzzSigningIn(f *testing.F) {
	e := newEntrance(f)
	e.Stretcher = &counting{Stretcher: e.Stretcher, cheap: true}
	f.Add("els", "paard eet graag peer", "123456")
	f.Add("", "", "")
	f.Add("els\xff", strings.Repeat("a", 2000), "KKKK-4444-KKKK")
	f.Fuzz(func(t *testing.T, name, password, code string) {
		e.wait(account.TriesKept * 2)
		if step, err := e.FirstStep(t.Context(), name, password); err == nil || step != "" {
			t.Errorf("a first step for nobody: %q, %v", step, err)
		}
		if _, _, err := e.SecondStep(t.Context(), password, code, account.How{}); !errors.Is(err, account.ErrStep) {
			t.Errorf("a second step for nobody: %v", err)
		}
		setup, err := e.Propose(t.Context(), "els", name, password, "place")
		var weak account.Weak
		if err != nil && !errors.As(err, &weak) {
			t.Errorf("proposed: %v", err)
		}
		if err == nil {
			if _, _, _, err := e.SetUp(t.Context(), "els", setup.Step, code, account.How{}); err == nil {
				t.Log("the code was guessed")
			} else if !errors.Is(err, account.ErrNoEntry) {
				t.Errorf("set up: %v", err)
			}
		}
	})
}
