package journal

import (
	"crypto/rand"
	"encoding/binary"
	"time"

	"samenspel"
)

// ring holds the opened keys of one alliance: those that are stored, and those
// that are made for what is being appended. Of two who append at once one
// fails, and its new keys with it.
type ring struct {
	chain []byte
	data  *held
	fresh map[samenspel.PartnerID]*dataKey
	ended time.Time // when the alliance was destroyed: then there is no key
}

// place binds a wrapped key to where it stands.
func place(id samenspel.AllianceID, k WrappedKey) []byte {
	state := "key"
	if k.Destroyed {
		state = "destroyed"
	}
	return frame(state, string(k.Use), string(id), string(k.Holder))
}

// open opens the keys of an alliance. It gives a finding for each that is not
// as it was written, and the ring of the others.
func (m *Master) open(id samenspel.AllianceID, keys []WrappedKey) (ring, []Finding) {
	r := ring{data: newHeld()}
	var found []Finding
	for _, k := range keys {
		key, err := m.unwrap(k.Sealed, place(id, k))
		switch {
		case err != nil:
		case k.Use == ForChain && k.Destroyed:
			r.ended, err = endOf(key)
		case k.Use == ForChain:
			r.chain = key
		case k.Destroyed:
			r.data.keys[k.Holder] = &dataKey{}
		default:
			r.data.keys[k.Holder], err = newDataKey(k.Holder, key)
		}
		if err != nil {
			found = append(found, Finding{Alliance: id, Partner: k.Holder, Damage: KeyChanged})
		}
	}
	if r.chain == nil && r.ended.IsZero() && found == nil {
		found = append(found, Finding{Alliance: id, Damage: KeyMissing})
	}
	return r, found
}

// endOf reads the time in the mark of a destroyed alliance.
func endOf(sealed []byte) (time.Time, error) {
	if len(sealed) != 8 {
		return time.Time{}, ErrDamaged
	}
	return time.UnixMilli(int64(binary.BigEndian.Uint64(sealed))).UTC(), nil
}

// newRing makes the two keys with which an alliance begins.
func (m *Master) newRing(id samenspel.AllianceID) (ring, []WrappedKey, error) {
	chain := WrappedKey{Use: ForChain}
	key := make([]byte, keySize)
	rand.Read(key)
	chain.Sealed = m.wrap.Seal(nil, nil, key, place(id, chain))
	r := ring{chain: key, data: newHeld(), fresh: map[samenspel.PartnerID]*dataKey{}}
	data, err := m.add(r, id, "")
	return r, []WrappedKey{chain, data}, err
}

// add makes a key for a holder's words and puts it on the ring.
func (m *Master) add(r ring, id samenspel.AllianceID, holder samenspel.PartnerID) (WrappedKey, error) {
	wrapped := WrappedKey{Use: ForData, Holder: holder}
	key := make([]byte, keySize)
	rand.Read(key)
	opened, err := newDataKey(holder, key)
	if err != nil {
		return WrappedKey{}, err
	}
	r.fresh[holder] = opened
	wrapped.Sealed = m.wrap.Seal(nil, nil, key, place(id, wrapped))
	return wrapped, nil
}

// destroyed makes the mark that stands in the place of a destroyed key. It
// seals nothing; that it opens shows who put it there.
func (m *Master) destroyed(id samenspel.AllianceID, holder samenspel.PartnerID) WrappedKey {
	mark := WrappedKey{Use: ForData, Holder: holder, Destroyed: true}
	mark.Sealed = m.wrap.Seal(nil, nil, nil, place(id, mark))
	return mark
}
