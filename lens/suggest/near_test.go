package suggest

import (
	"context"
	"errors"
	"testing"
	"time"

	"samenspel/lens"
)

// TestAFarMachineIsNotAsked: a name of the own network may come to stand for a
// machine elsewhere. 203.0.113.0/24 is for documentation; nothing goes there.
func TestAFarMachineIsNotAsked(t *testing.T) {
	s, err := New(Config{URL: "http://taal.example.org/v1", Name: "taal"})
	if err != nil {
		t.Fatal(err)
	}
	s.ask = "http://203.0.113.9:1/v1/chat/completions"
	coded := []lens.Coded{{Utterance: lens.Utterance{Role: lens.Vrager, Text: "Ja."}}}
	_, _, err = s.Suggest(t.Context(), coded)
	var failure *Failure
	if !errors.As(err, &failure) || failure.Reason != Outside {
		t.Error(err)
	}
}

func TestWhatIsNear(t *testing.T) {
	for at, want := range map[string]bool{
		"127.0.0.1:80": true, "127.9.9.9:80": true, "[::1]:80": true, "10.1.2.3:80": true, "172.16.0.1:80": true,
		"192.168.0.1:80": true, "[fd12::1]:80": true, "[fe80::1%eth0]:80": true, "169.254.1.1:80": true, "[::ffff:10.0.0.1]:80": true,
		"203.0.113.9:80": false, "172.32.0.1:80": false, "0.0.0.0:80": false, "[::]:80": false, "[2001:db8::1]:80": false,
		"[::ffff:203.0.113.9]:80": false, "100.64.0.1:80": false, "224.0.0.1:80": false, "": false,
	} {
		if err := onlyNear("tcp", at, nil); (err == nil) != want {
			t.Errorf("%s: %v", at, err)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"": 0, "3": 3 * time.Second, " 3 ": 3 * time.Second, "-3": 0, "0": 0, "soon": 0, "999999999": 24 * time.Hour,
		"Thu, 26 Nov 2026 12:00:30 GMT": 30 * time.Second, "Thu, 26 Nov 2026 11:00:00 GMT": 0,
	} {
		if got := retryAfter(header, now); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

func TestTheClockStopsWhenTheCallerDoes(t *testing.T) {
	if err := wait(t.Context(), 0); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := wait(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
