package report

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"time"

	"samenspel"
)

// Certificate says that words were erased: what kind, how much and when, and
// where the log stood, so that it can be held against a copy of it. It has no
// words and no names.
type Certificate struct {
	Format      string              `json:"format"`
	Version     int                 `json:"version"`
	ID          samenspel.ErasureID `json:"id"`
	Kind        string              `json:"kind"` // "all", "own" or "asked"
	Statements  int                 `json:"statements"`
	Entries     int                 `json:"entries"`
	Asked       time.Time           `json:"asked"`
	Done        time.Time           `json:"done"`
	By          samenspel.Role      `json:"by"`
	Before      string              `json:"chain_before"` // hexadecimal
	After       string              `json:"chain_after"`
	CopiesUntil time.Time           `json:"copies_of_keys_until"`
}

// SignedCertificate is a certificate with what shows where it comes from.
type SignedCertificate struct {
	Certificate json.RawMessage `json:"certificate"`
	Key         string          `json:"key"`       // Ed25519, base64: of the installation
	Signature   string          `json:"signature"` // base64
}

// certificateFormat is what a certificate calls itself.
const certificateFormat = "samenspel-erasure"

// certified is what is signed: a name for its purpose goes before it.
func certified(certificate []byte) []byte {
	return append([]byte("samenspel erasure certificate\n"), certificate...)
}

// Certify signs a certificate.
func Certify(c Certificate, by Signer) (*SignedCertificate, error) {
	c.Format, c.Version = certificateFormat, 1
	text, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("report: certify: %w", err)
	}
	return &SignedCertificate{
		Certificate: text,
		Key:         base64.StdEncoding.EncodeToString(by.Public()),
		Signature:   base64.StdEncoding.EncodeToString(by.Sign(certified(text))),
	}, nil
}

// JSON is the certificate as a file.
func (s *SignedCertificate) JSON() ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("report: write a certificate: %w", err)
	}
	return append(text, '\n'), nil
}
