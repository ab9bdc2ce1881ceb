package accesslog

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"samenspel"
)

// House is the chain of what is outside all alliances.
const House samenspel.AllianceID = ""

// ErrChanged says that the head of a chain is not as it was written. Nothing
// is put behind it: what follows would make the change look right.
var ErrChanged = errors.New("accesslog: the head of a chain was changed")

// Head is where a chain stands. The zero Head is that of one that has not begun.
type Head struct {
	Chain samenspel.AllianceID
	Seq   int64  // of the last line
	Link  []byte // of the last line
	Key   []byte // what links the lines and signs this head; sealed by the master
	MAC   []byte // over the rest but the key
}

// Sealer seals and opens with the master key. *journal.Master is one.
type Sealer interface {
	Seal(purpose string, plain []byte) ([]byte, error)
	Open(purpose string, sealed []byte) ([]byte, error)
}

// KeyOf is the purpose under which the key of a chain is sealed. It holds the
// chain, so that the key opens in no other's place.
func KeyOf(chain samenspel.AllianceID) string { return "access log of " + string(chain) }

// keySize is the length of each of the two keys of a chain, in bytes.
const keySize = 32

// keys are those of one chain: one for the lines and one for the head. Both
// are random and opened only by the master: who has the database alone can
// make neither a line nor a head. A new master seals the same keys again.
type keys struct{ lines, head []byte }

// Chains links lines, under keys that a master sealed. A store calls it back
// while it writes. What it opened it remembers by how it was sealed: a key that
// was sealed anew, or that is another's, is opened again. Such a key signs, and
// opens nothing. Make one with [NewChains].
type Chains struct {
	Sealer Sealer

	mu     sync.Mutex
	opened map[sealedKey]keys
}

// sealedKey is the key of a chain as it is kept.
type sealedKey struct {
	chain  samenspel.AllianceID
	sealed string
}

// mostOpened is how many keys are remembered; a little over 200 bytes each.
const mostOpened = 4096

// NewChains makes what links lines under the keys of a master.
func NewChains(s Sealer) *Chains { return &Chains{Sealer: s, opened: map[sealedKey]keys{}} }

// Link puts lines behind a head, numbers them, and gives the head behind them.
// With the zero Head the chain begins.
func (c *Chains) Link(chain samenspel.AllianceID, h Head, lines []Line) (Head, []Line, error) {
	k, h, err := c.open(chain, h)
	if err != nil {
		return Head{}, nil, err
	}
	linked := make([]Line, len(lines))
	for i, l := range lines {
		l = l.Ready()
		l.Chain, l.Seq = chain, h.Seq+1
		if err := l.check(); err != nil {
			return Head{}, nil, err
		}
		l.Link = k.link(h.Link, l)
		h.Seq, h.Link = l.Seq, l.Link
		linked[i] = l
	}
	h.MAC = k.sign(h)
	return h, linked, nil
}

// open opens the keys of a chain and checks its head, or makes keys for one
// that begins.
func (c *Chains) open(chain samenspel.AllianceID, h Head) (keys, Head, error) {
	if h.Seq == 0 {
		fresh := make([]byte, 2*keySize)
		rand.Read(fresh)
		sealed, err := c.Sealer.Seal(KeyOf(chain), fresh)
		return split(fresh), Head{Chain: chain, Key: sealed}, err
	}
	k, err := c.keysOf(chain, h.Key)
	if err != nil {
		return keys{}, Head{}, err
	}
	if h.Chain != chain || !hmac.Equal(h.MAC, k.sign(h)) {
		return keys{}, Head{}, ErrChanged
	}
	return k, h, nil
}

// keysOf opens the keys of a chain.
func (c *Chains) keysOf(chain samenspel.AllianceID, sealed []byte) (keys, error) {
	key := sealedKey{chain, string(sealed)}
	c.mu.Lock()
	k, known := c.opened[key]
	c.mu.Unlock()
	if known {
		return k, nil
	}
	plain, err := c.Sealer.Open(KeyOf(chain), sealed)
	if err != nil {
		return keys{}, fmt.Errorf("open the key of a chain: %w", err)
	}
	if len(plain) != 2*keySize {
		return keys{}, ErrChanged
	}
	k = split(plain)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.opened) >= mostOpened {
		clear(c.opened)
	}
	c.opened[key] = k
	return k, nil
}

func split(plain []byte) keys { return keys{plain[:keySize], plain[keySize:]} }

// sign gives the signature of a head.
func (k keys) sign(h Head) []byte {
	return mac(k.head, "head", string(h.Chain), number(h.Seq), string(h.Link))
}

// link gives the chain value of a line behind the one before it.
func (k keys) link(before []byte, l Line) []byte {
	return mac(k.lines, append([]string{"line", string(before)}, l.parts()...)...)
}

// parts are all that a line says.
func (l Line) parts() []string {
	return []string{string(l.Chain), number(l.Seq), number(l.At.UnixMilli()),
		string(l.Kind), l.What, string(l.Action), string(l.Outcome),
		string(l.Person), string(l.Partner), l.Role, l.Staff, l.Purpose, l.Session, l.Device, l.Point,
		string(l.Alliance), string(l.About), strconv.FormatBool(l.Told), l.Object, string(l.Whom), l.Policy}
}

// mac signs parts. Each comes with its length before it, so that no two lists
// of parts give the same bytes.
func mac(key []byte, parts ...string) []byte {
	var b []byte
	for _, p := range parts {
		b = binary.AppendUvarint(b, uint64(len(p)))
		b = append(b, p...)
	}
	h := hmac.New(sha256.New, key)
	h.Write(b)
	return h.Sum(nil)
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// Group is what goes behind one chain in one write.
type Group struct {
	Chain samenspel.AllianceID
	Lines []Line
}

// Groups sorts lines by their chain, the house's at the end: a chain that
// begins leaves a line there.
func Groups(lines []Line) []Group {
	house := Group{Chain: House}
	var groups []Group
	at := map[samenspel.AllianceID]int{}
	for _, l := range lines {
		if l.Chain == House {
			house.Lines = append(house.Lines, l)
			continue
		}
		n, known := at[l.Chain]
		if !known {
			n = len(groups)
			at[l.Chain] = n
			groups = append(groups, Group{Chain: l.Chain})
		}
		groups[n].Lines = append(groups[n].Lines, l)
	}
	return append(groups, house)
}

// Beginning is the line in the house's chain that another one began. So it
// shows when a whole chain is gone.
func Beginning(g Group) Line {
	return Line{Kind: Begun, What: "chain", Alliance: g.Chain, At: g.Lines[0].At}
}
