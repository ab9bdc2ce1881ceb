package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"samenspel"
	"samenspel/lens"
	"samenspel/lens/gold"
)

// practised are the conversations to practise on, from the open part of the
// gold: of each kind some, with two people and with more, in both languages.
// The titles of their own are among the texts.
var practised = []string{"nl-004", "nl-012", "nl-013", "nl-017", "nl-042", "en-001", "en-009", "en-012"}

// talk is a conversation to practise on, coded by the project.
type talk struct {
	gold.Conversation
	second []lens.Utterance // as a second reader of the project coded it, or nil
	print  []byte           // of what was said in it
}

// talks are read when somebody first asks for one, and stay.
var talks = sync.OnceValues(func() ([]*talk, error) {
	all, seconds, err := gold.Practice()
	if err != nil {
		return nil, err
	}
	var list []*talk
	for _, id := range practised {
		is := func(c gold.Conversation) bool { return c.ID == id }
		at := slices.IndexFunc(all, is)
		if at < 0 {
			continue // TestEveryPracticeTalkIsThere
		}
		t := &talk{Conversation: all[at]}
		if at := slices.IndexFunc(seconds, is); at >= 0 {
			t.second = seconds[at].Utterances
		}
		sum := sha256.New()
		for _, u := range t.Utterances {
			sum.Write([]byte(string(u.Role) + "\x00" + u.Text + "\x00"))
		}
		t.print = sum.Sum(nil)
		list = append(list, t)
	}
	return list, nil
})

// talk is the one in the address.
func (v *visit) talk() (*talk, error) {
	list, err := talks()
	if err != nil {
		return nil, err
	}
	for _, t := range list {
		if t.ID == v.r.PathValue("talk") {
			return t, nil
		}
	}
	return nil, samenspel.ErrNotFound
}

// asks are the fields that the codebook may put to an utterance. An answer to a
// feeling belongs to the last utterance of a partner's turn.
func (t *talk) asks(i int) []lens.Field {
	u := t.Utterances[i]
	last := i+1 == len(t.Utterances) || t.Utterances[i+1].Turn != u.Turn
	return slices.DeleteFunc(lens.Fields(), func(f lens.Field) bool {
		return !u.Role.Asks(f) || f == lens.Response && (!last || t.answer(i) == 0)
	})
}

// answer is where the next turn of a professional after an utterance begins,
// or 0.
func (t *talk) answer(i int) int {
	for n := i + 1; n < len(t.Utterances); n++ {
		if t.Utterances[n].Role.Professional() {
			return n
		}
	}
	return 0
}

// reading is what one reader chose: a code for each field of each utterance.
type reading []lens.Codes

// readingOf takes the codes out of coded utterances.
func readingOf(all []lens.Utterance) reading {
	r := make(reading, len(all))
	for i, u := range all {
		r[i] = u.Codes
	}
	return r
}

// settle empties what cannot be without another code.
func settle(c *lens.Codes) {
	if c[lens.Emotion] == "" || c[lens.Emotion] == lens.None {
		c[lens.Valence] = ""
	}
}

// coded gives the utterances with the codes of a reading.
func (t *talk) coded(r reading) []lens.Utterance {
	all := slices.Clone(t.Utterances)
	for i := range all {
		all[i].Codes = r[i]
	}
	return all
}

// signs stand for the codes of a field in their order; a dot is a field that
// was left empty.
const signs = "0123456789abcdef"

// pack writes a reading as short as a cookie must be: one sign for each field
// that an utterance is asked.
func (t *talk) pack(r reading) string {
	var out strings.Builder
	for i := range t.Utterances {
		for _, f := range t.asks(i) {
			if at := slices.Index(f.Codes(), r[i][f]); at >= 0 {
				out.WriteByte(signs[at])
				continue
			}
			out.WriteByte('.')
		}
	}
	return strings.TrimRight(out.String(), ".")
}

// unpack reads what pack wrote. What is not understood was left empty.
func (t *talk) unpack(packed string) reading {
	r := make(reading, len(t.Utterances))
	for i := range t.Utterances {
		for _, f := range t.asks(i) {
			if packed == "" {
				break
			}
			if at := strings.IndexByte(signs, packed[0]); at >= 0 && at < len(f.Codes()) {
				r[i][f] = f.Codes()[at]
			}
			packed = packed[1:]
		}
		settle(&r[i])
	}
	return r
}

// readingCookie holds somebody's own reading of the talk in the address that it
// is kept for. It is on their device and nowhere else: see
// docs/decisions/0024-practice-readings.md.
const readingCookie = "reading"

// readingKept is how long the device keeps it after the last choice.
const readingKept = 90 * 24 * time.Hour

// mark tells whose reading of which words it is. Another person on the same
// device does not get it, and no code comes to stand at another sentence when a
// new version has other words.
func (v *visit) mark(t *talk) string {
	sum := sha256.Sum256(append([]byte(v.session.Person), t.print...))
	return hex.EncodeToString(sum[:8])
}

// ownReading is the reader's own so far.
func (v *visit) ownReading(t *talk) reading {
	mark, packed, _ := strings.Cut(v.cookie(readingCookie), "-")
	if mark != v.mark(t) {
		packed = ""
	}
	return t.unpack(packed)
}

// keepReading keeps it on the device; one without a code goes.
func (v *visit) keepReading(t *talk, r reading) {
	c := &http.Cookie{
		Name: readingCookie, Path: "/practice/" + t.ID, MaxAge: -1,
		HttpOnly: true, Secure: v.secure(), SameSite: http.SameSiteLaxMode,
	}
	if packed := t.pack(r); packed != "" {
		c.Value, c.MaxAge = v.mark(t)+"-"+packed, int(readingKept.Seconds())
	}
	http.SetCookie(v.w, c)
}
