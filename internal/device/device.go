// Package device is somebody's device in software, for tests: it makes
// passkeys and signs with them as WebAuthn asks, and it can be made to do wrong
// what a real one would not.
package device

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
	"github.com/go-webauthn/webauthn/protocol/webauthncose"
)

// The flags of what a device signs.
const (
	Present  = 0x01
	Verified = 0x04
	Eligible = 0x08 // may be backed up
	BackedUp = 0x10
	attested = 0x40
)

// Device holds one passkey. Its fields may be changed between two answers.
type Device struct {
	Origin string // of the page that it says it is on
	Party  string // the name of the site that it signs for
	Flags  byte
	Count  uint32 // grows by one with each signature, unless it is 0
	User   []byte // what it calls its owner
	Type   string // of the ceremony that it says it is in; "" is the right one

	id  []byte
	key *ecdsa.PrivateKey
}

// New gives a device without a passkey, before a page of this origin.
func New(origin, party string) *Device {
	return &Device{Origin: origin, Party: party, Flags: Present | Verified | Eligible | BackedUp, Count: 1}
}

// ID is how its passkey is called, in base64url.
func (d *Device) ID() string { return written(d.id) }

// Make makes a passkey as the options of a page ask, and gives the answer of
// the browser.
func (d *Device) Make(t testing.TB, options string) string {
	t.Helper()
	var asked struct {
		Challenge string
		User      struct{ ID string }
	}
	read(t, options, &asked)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	d.key, d.id, d.User = key, make([]byte, 32), bytesOf(t, asked.User.ID)
	rand.Read(d.id)
	point, err := key.PublicKey.Bytes() // 4, x, y
	must(t, err)
	public, err := webauthncbor.Marshal(webauthncose.EC2PublicKeyData{
		PublicKeyData: webauthncose.PublicKeyData{KeyType: int64(webauthncose.EllipticKey), Algorithm: int64(webauthncose.AlgES256)},
		Curve:         int64(webauthncose.P256), XCoord: point[1:33], YCoord: point[33:],
	})
	must(t, err)
	data := append(d.data(attested), make([]byte, 16)...) // no maker
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.id)))
	data = append(append(data, d.id...), public...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	must(t, err)
	return answer(t, map[string]any{
		"id": d.ID(), "client": written(d.client(t, "webauthn.create", asked.Challenge)), "object": written(object),
		"transports": []string{"internal", "hybrid", "nothing"},
	})
}

// Show shows its passkey as the options of a page ask, and gives the answer of
// the browser.
func (d *Device) Show(t testing.TB, options string) string {
	t.Helper()
	var asked struct{ Challenge string }
	read(t, options, &asked)
	if d.Count > 0 {
		d.Count++
	}
	data, client := d.data(0), d.client(t, "webauthn.get", asked.Challenge)
	sum := sha256.Sum256(client)
	digest := sha256.Sum256(append(data, sum[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	must(t, err)
	return answer(t, map[string]any{
		"id": d.ID(), "client": written(client), "data": written(data), "signature": written(signature), "user": written(d.User),
	})
}

// data is what a device says of itself.
func (d *Device) data(more byte) []byte {
	party := sha256.Sum256([]byte(d.Party))
	return binary.BigEndian.AppendUint32(append(party[:], d.Flags|more), d.Count)
}

// client is what a browser says of the page.
func (d *Device) client(t testing.TB, ceremony, challenge string) []byte {
	t.Helper()
	if d.Type != "" {
		ceremony = d.Type
	}
	said, err := json.Marshal(map[string]any{"type": ceremony, "challenge": challenge, "origin": d.Origin, "crossOrigin": false})
	must(t, err)
	return said
}

func answer(t testing.TB, fields map[string]any) string {
	t.Helper()
	text, err := json.Marshal(fields)
	must(t, err)
	return string(text)
}

func read(t testing.TB, options string, into any) {
	t.Helper()
	must(t, json.Unmarshal([]byte(options), into))
}

func written(bytes []byte) string { return base64.RawURLEncoding.EncodeToString(bytes) }

func bytesOf(t testing.TB, text string) []byte {
	t.Helper()
	bytes, err := base64.RawURLEncoding.DecodeString(text)
	must(t, err)
	return bytes
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
