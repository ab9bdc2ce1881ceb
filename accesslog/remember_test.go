package accesslog

import (
	"errors"
	"testing"
	"time"

	"samenspel"
)

// plainSealer seals nothing, and counts what it opens.
type plainSealer struct{ opened int }

func (s *plainSealer) Seal(purpose string, plain []byte) ([]byte, error) {
	return append([]byte(purpose+"\x00"), plain...), nil
}

func (s *plainSealer) Open(purpose string, sealed []byte) ([]byte, error) {
	s.opened++
	if len(sealed) < len(purpose)+1 || string(sealed[:len(purpose)]) != purpose {
		return nil, errors.New("another's")
	}
	return sealed[len(purpose)+1:], nil
}

// TestKeysAreRememberedForWhatWasSealed opens the key of a chain once, and
// again when what stands there is something else.
func TestKeysAreRememberedForWhatWasSealed(t *testing.T) {
	s := &plainSealer{}
	c := NewChains(s)
	one := func() []Line { return []Line{{What: "sign-in", Kind: SignIn, At: time.Unix(0, 0).AddDate(1, 0, 0)}} }
	heads := map[samenspel.AllianceID]Head{}
	for _, chain := range []samenspel.AllianceID{"a", "b"} {
		h, _, err := c.Link(chain, Head{}, one())
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if h, _, err = c.Link(chain, h, one()); err != nil {
				t.Fatal(err)
			}
		}
		heads[chain] = h
	}
	if s.opened != 2 {
		t.Errorf("opened %d times, want once for each chain", s.opened)
	}
	swapped := heads["a"]
	swapped.Key = heads["b"].Key
	if _, _, err := c.Link("a", swapped, one()); err == nil {
		t.Error("the key of another chain was taken")
	}
	changed := heads["a"]
	changed.Key = append([]byte(nil), changed.Key...)
	changed.Key[len(changed.Key)-1] ^= 1
	if _, _, err := c.Link("a", changed, one()); !errors.Is(err, ErrChanged) {
		t.Errorf("a changed key: %v", err)
	}
}
