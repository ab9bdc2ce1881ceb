package web_test

import (
	"bytes"
	"crypto/ed25519"
	"maps"
	"net/url"
	"strings"
	"testing"

	"samenspel/report"
)

// signer signs for an installation of the tests.
type signer byte

func (s signer) key() ed25519.PrivateKey {
	seed := make([]byte, ed25519.SeedSize)
	seed[0] = byte(s)
	return ed25519.NewKeyFromSeed(seed)
}

func (s signer) Public() ed25519.PublicKey  { return s.key().Public().(ed25519.PublicKey) }
func (s signer) Sign(message []byte) []byte { return ed25519.Sign(s.key(), message) }

func init() {
	ends := answers{401, 401, 404, 404, 404, 404, 303, 403, 303, 403} // the vrager and a professional
	maps.Copy(matrix, map[string]answers{
		"GET /a/{alliance}/story":       looks,
		"POST /a/{alliance}/story":      looks, // a file
		"GET /a/{alliance}/story/print": looks,
		"GET /a/{alliance}/end":         {401, 401, 404, 404, 404, 404, 200, 403, 200, 403},
		"POST /a/{alliance}/end":        ends,
		"POST /a/{alliance}/reopen":     ends,
		"GET /schema/story.json":        open,
		"GET /import":                   {401, 401, 404, 404, 404, 404, 404, 404, 200, 404},
		"POST /import":                  {401, 401, 404, 404, 404, 404, 404, 404, 422, 404}, // no file
		"POST /import/begin":            {401, 401, 404, 404, 404, 404, 404, 404, 422, 404}, // nothing was looked at
	})
	maps.Copy(moreFields, url.Values{"package": {"00"}})
	maps.Copy(made, map[string][]string{
		"story.section.%s": {"picture", "words", "agreements", "dialogues", "lookback", "frictions", "around", "written", "notes", "people"},
	})
}

// TestTheSchemaIsServed to whoever asks, without a door: whoever was given a
// story can read what is in it.
func TestTheSchemaIsServed(t *testing.T) {
	w := newWorld(t)
	got := w.get(nobody, "/schema/story.json")
	if got.Code != 200 || !bytes.Equal(got.Body.Bytes(), report.Schema()) || !strings.HasPrefix(got.Header().Get("Content-Type"), "application/schema+json") {
		t.Errorf("%d, %s", got.Code, got.Header())
	}
}
