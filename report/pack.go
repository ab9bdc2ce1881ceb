package report

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"time"

	"samenspel"
)

// The two files that say what a package is and that it is whole.
const (
	manifestFile  = "manifest.json"
	signatureFile = "manifest.sig"
)

// Manifest says what a package is and what is in it. Its signature stands
// beside it, over its very bytes.
type Manifest struct {
	Format   string    `json:"format"`
	Version  int       `json:"version"`
	Made     time.Time `json:"made"`
	Language string    `json:"language"`
	Key      string    `json:"key"` // Ed25519, base64: of the installation that made it
	Files    []Listed  `json:"files"`
}

// Listed is one file in a manifest.
type Listed struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // hexadecimal
}

// signed is what is signed: a name for its purpose goes before it, so that the
// signature stands for nothing else.
func signed(manifest []byte) []byte { return append([]byte("samenspel story manifest\n"), manifest...) }

// Pack makes the package of a story: a ZIP with its files, a manifest and a
// signature. The same story at the same time gives the same bytes.
func Pack(c Choice, by Signer) ([]byte, error) {
	files, err := Files(c)
	if err != nil {
		return nil, err
	}
	m := Manifest{
		Format: Format, Version: Version, Made: c.Made.UTC(), Language: c.Tag,
		Key: base64.StdEncoding.EncodeToString(by.Public()),
	}
	for _, f := range files {
		sum := sha256.Sum256(f.Data)
		m.Files = append(m.Files, Listed{f.Name, int64(len(f.Data)), hex.EncodeToString(sum[:])})
	}
	manifest, err := indented(m)
	if err != nil {
		return nil, err
	}
	signature := base64.StdEncoding.EncodeToString(by.Sign(signed(manifest)))
	files = append(files, File{manifestFile, manifest}, File{signatureFile, []byte(signature + "\n")})
	return zipped(files, c.Made.UTC())
}

func zipped(files []File, at time.Time) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: at})
		if err == nil {
			_, err = w.Write(f.Data)
		}
		if err != nil {
			return nil, fmt.Errorf("report: pack: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("report: pack: %w", err)
	}
	return out.Bytes(), nil
}

// The letters of a fingerprint: a consonant for four bits and a vowel for two
// can be read aloud in most languages.
const (
	consonants = "bdfghjklmnprstvz"
	vowels     = "aiou"
)

// Fingerprint says a public key in five made-up words, 80 bits of its SHA-256,
// for two people to hold against each other.
func Fingerprint(key ed25519.PublicKey) samenspel.Origin {
	sum := sha256.Sum256(key)
	var out []byte
	for i := 0; i < 10; i += 2 {
		if i > 0 {
			out = append(out, '-')
		}
		n := uint(sum[i])<<8 | uint(sum[i+1])
		out = append(out, consonants[n>>12], vowels[n>>10&3], consonants[n>>6&15], vowels[n>>4&3], consonants[n&15])
	}
	return samenspel.Origin(out)
}
