package retention

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"samenspel"
)

// Format is the name of the form of a certificate.
const Format = "samenspel-destruction/1"

// signed stands before what is signed, so that a signature under a certificate
// is none under anything else.
const signed = "samenspel certificate of destruction\n"

// Certificate says that an alliance was destroyed. It holds ids and dates, and
// no words and no names.
type Certificate struct {
	Format      string               `json:"format"`
	Alliance    samenspel.AllianceID `json:"alliance"`
	Number      int64                `json:"number"`  // in the order in which alliances began here
	Entries     int64                `json:"entries"` // how many facts there were
	Begun       time.Time            `json:"begun"`
	Ended       time.Time            `json:"ended"`
	Regime      string               `json:"regime"`
	Proposed    time.Time            `json:"proposed"`
	ProposedBy  samenspel.PersonID   `json:"proposed_by"`
	Confirmed   time.Time            `json:"confirmed"`
	ConfirmedBy samenspel.PersonID   `json:"confirmed_by"`
	Destroyed   time.Time            `json:"destroyed"`
}

// For makes the certificate of an alliance: how it was kept, its number, how
// many facts there were and when it was destroyed.
func For(k samenspel.Keeping, number, entries int64, at time.Time) Certificate {
	c := Certificate{
		Format: Format, Alliance: k.Alliance, Number: number, Entries: entries,
		Begun: k.Begun, Ended: k.EndedAt, Regime: k.Regime, Destroyed: at,
	}
	if p := k.Plan; p != nil {
		c.Proposed, c.ProposedBy, c.Confirmed, c.ConfirmedBy = p.At, p.Person, p.ConfirmedAt, p.ConfirmedBy
	}
	return c
}

// Document is a certificate with its signature (Ed25519, RFC 8032) and the key
// to check it with.
type Document struct {
	Certificate json.RawMessage `json:"certificate"`
	Key         []byte          `json:"key"`
	Signature   []byte          `json:"signature"`
}

// Signer signs for this installation.
type Signer interface {
	Public() ed25519.PublicKey
	Sign(message []byte) []byte
}

// Sign writes a signed certificate as JSON.
func Sign(c Certificate, s Signer) ([]byte, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("retention: write a certificate: %w", err)
	}
	return json.MarshalIndent(Document{text, s.Public(), s.Sign(append([]byte(signed), text...))}, "", " ")
}

// ErrCertificate says that a text is no certificate, or is not as it was
// signed.
var ErrCertificate = errors.New("retention: no certificate, or not as it was signed")

// Check reads a certificate and holds it against its signature. Whose key it
// is, is for the reader to know.
func Check(r io.Reader) (c Certificate, key ed25519.PublicKey, err error) {
	text, err := io.ReadAll(io.LimitReader(r, mostBytes))
	if err != nil {
		return Certificate{}, nil, fmt.Errorf("retention: read a certificate: %w", err)
	}
	var d Document
	var compact bytes.Buffer
	if json.Unmarshal(text, &d) != nil || json.Compact(&compact, d.Certificate) != nil || len(d.Key) != ed25519.PublicKeySize {
		return Certificate{}, nil, ErrCertificate
	}
	if !ed25519.Verify(d.Key, append([]byte(signed), compact.Bytes()...), d.Signature) {
		return Certificate{}, nil, ErrCertificate
	}
	if json.Unmarshal(compact.Bytes(), &c) != nil || c.Format != Format {
		return Certificate{}, nil, ErrCertificate
	}
	return c, d.Key, nil
}
