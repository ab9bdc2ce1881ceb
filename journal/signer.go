package journal

import (
	"crypto/ed25519"
	"fmt"
	"io"
)

// Signer signs what leaves this installation, so that whoever receives it can
// see that it is whole and from where it comes. Its key is a secret of the
// house, which a change of the master key does not change; it prints as a mark.
type Signer struct{ key ed25519.PrivateKey }

// Signer gives the signer of this installation. Before [Master.Settle] it
// follows from the master key.
func (m *Master) Signer() (*Signer, error) {
	seed, err := m.secretFor(storySecret)
	if err != nil {
		return nil, err
	}
	return &Signer{ed25519.NewKeyFromSeed(seed)}, nil
}

// Public is the key by which others check a signature.
func (s *Signer) Public() ed25519.PublicKey { return s.key.Public().(ed25519.PublicKey) }

// Sign signs a message (RFC 8032).
func (s *Signer) Sign(message []byte) []byte { return ed25519.Sign(s.key, message) }

// Format prints a mark in place of the key.
func (s *Signer) Format(f fmt.State, _ rune) { io.WriteString(f, "‹signing key›") }
