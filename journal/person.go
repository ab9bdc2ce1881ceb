package journal

import (
	"bytes"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/base32"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// Person is the secret half of the keys of a person of trust: 32 bytes, which
// fit on paper. The public half is a [Trust]. It prints as a mark.
type Person struct{ key hpke.PrivateKey }

// Trust is the public half: what the master key is sealed for.
type Trust struct{ key hpke.PublicKey }

// kem is ML-KEM-768 with X25519: the sealed key lies in a safe for years, and
// stays closed as long as one of the two holds.
func kem() hpke.KEM { return hpke.MLKEM768X25519() }

// MakePerson makes the keys of a person of trust.
func MakePerson() (*Person, error) {
	key, err := kem().GenerateKey()
	if err != nil {
		return nil, fmt.Errorf("make the keys of a person of trust: %w", err)
	}
	return &Person{key}, nil
}

// Trust gives the public half.
func (p *Person) Trust() *Trust { return &Trust{p.key.PublicKey()} }

// Format prints a mark in place of the key.
func (p *Person) Format(f fmt.State, _ rune) { fmt.Fprint(f, "‹key of a person of trust›") }

// Fingerprint names the person's keys. It tells nothing about the secret half.
func (t *Trust) Fingerprint() Fingerprint {
	hash := sha256.Sum256(frame("person of trust", string(t.key.Bytes())))
	return Fingerprint(hash[:16])
}

// trustBlock is what a file with a public half begins with.
const trustBlock = "SAMENSPEL PERSON OF TRUST"

// File is the public half as a file.
func (t *Trust) File() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: trustBlock, Bytes: t.key.Bytes()})
}

// ParseTrust reads a public half.
func ParseTrust(file []byte) (*Trust, error) {
	block, _ := pem.Decode(file)
	if block == nil || block.Type != trustBlock {
		return nil, errors.New("this is not the public key of a person of trust")
	}
	key, err := kem().NewPublicKey(block.Bytes)
	if err != nil {
		return nil, errors.New("the public key of the person of trust is damaged")
	}
	return &Trust{key}, nil
}

// On paper the secret is four rows of four groups of four signs. A row is
// eight bytes of the secret and a check of two, which holds its number too: a
// mistake in typing, or two rows that changed places, are found in their row.
const (
	paperRows = 4
	rowBytes  = keySize / paperRows
	rowCheck  = 2
)

// signs are those of a code at the door: none looks like another.
var signs = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// Paper is the secret half as it is printed or written down.
func (p *Person) Paper() (string, error) {
	secret, err := p.key.Bytes()
	if err != nil {
		return "", fmt.Errorf("write down the key of a person of trust: %w", err)
	}
	var b strings.Builder
	for n := range paperRows {
		part := secret[n*rowBytes : (n+1)*rowBytes]
		row := strings.ToUpper(signs.EncodeToString(append(bytes.Clone(part), check(n, part)...)))
		fmt.Fprintf(&b, "%d:  %s %s %s %s\n", n+1, row[:4], row[4:8], row[8:12], row[12:])
	}
	return b.String(), nil
}

func check(row int, part []byte) []byte {
	hash := sha256.Sum256(frame("row of a person of trust", number(int64(row)), string(part)))
	return hash[:rowCheck]
}

// PaperError says in which row of the paper there is a mistake.
type PaperError struct{ Row int }

func (e *PaperError) Error() string {
	if e.Row == 0 {
		return fmt.Sprintf("the key of a person of trust has %d rows that begin with their number and a colon; not all are here, or one stands here twice", paperRows)
	}
	return fmt.Sprintf("row %d of the key of a person of trust is not as it was printed: look again at each sign in it", e.Row)
}

// ParsePaper reads the secret half back, from its file or as somebody typed it
// from paper: capitals or not, with or without spaces, o for 0, i and l for 1.
// Other lines than the rows say nothing.
func ParsePaper(text string) (*Person, error) {
	secret := make([]byte, keySize)
	var seen [paperRows]bool
	for line := range strings.Lines(text) {
		first, row, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || len(first) != 1 || first[0] < '1' || first[0] > '0'+paperRows {
			continue
		}
		n := int(first[0] - '1')
		typed := plainly.Replace(strings.ToLower(row))
		part, err := signs.DecodeString(typed)
		if err != nil || len(typed) != signs.EncodedLen(rowBytes+rowCheck) || !bytes.Equal(check(n, part[:rowBytes]), part[rowBytes:]) {
			return nil, &PaperError{n + 1}
		}
		if seen[n] {
			return nil, &PaperError{}
		}
		seen[n] = true
		copy(secret[n*rowBytes:], part[:rowBytes])
	}
	if seen != [paperRows]bool{true, true, true, true} {
		return nil, &PaperError{}
	}
	key, err := kem().NewPrivateKey(secret)
	if err != nil {
		return nil, fmt.Errorf("read the key of a person of trust: %w", err)
	}
	return &Person{key}, nil
}

// plainly takes out what people put between signs and reads what looks alike.
var plainly = strings.NewReplacer(" ", "", "\t", "", "-", "", "\r", "", "o", "0", "i", "1", "l", "1")

// OpenPerson reads the secret half from a file that is for its owner alone.
func OpenPerson(path string) (*Person, error) {
	text, err := readSecret(path)
	if err != nil {
		return nil, fmt.Errorf("open the key of a person of trust: %w", err)
	}
	return ParsePaper(string(text))
}
