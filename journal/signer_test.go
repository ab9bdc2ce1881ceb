package journal

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// The signer is the same for the same master key, another for another, and
// does not show its key.
func TestSigner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	made, err := MakeMaster(path)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := OpenMaster(path)
	if err != nil {
		t.Fatal(err)
	}
	other, err := MakeMaster(filepath.Join(t.TempDir(), "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	var keys [][]byte
	for _, m := range []*Master{made, opened, other} {
		s, err := m.Signer()
		if err != nil {
			t.Fatal(err)
		}
		if !ed25519.Verify(s.Public(), []byte("story"), s.Sign([]byte("story"))) {
			t.Error("the signature does not fit the key")
		}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
			if got := fmt.Sprintf(verb, s); got != "‹signing key›" || strings.Contains(got, fmt.Sprintf("%x", s.key)) {
				t.Errorf("%s prints %s", verb, got)
			}
		}
		keys = append(keys, s.Public())
	}
	if !bytes.Equal(keys[0], keys[1]) || bytes.Equal(keys[0], keys[2]) {
		t.Error("the signer does not follow from the master key alone")
	}
}
