package journal

import (
	"crypto/cipher"
	"crypto/rand"
	"maps"

	"samenspel"
)

// ring holds the opened keys of one alliance. It does not change: a new key
// makes a new ring, so that whoever reads with the old one is not disturbed.
type ring struct {
	chain []byte
	data  map[samenspel.PartnerID]cipher.AEAD // nil for a key that was destroyed
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
	r := ring{data: map[samenspel.PartnerID]cipher.AEAD{}}
	var found []Finding
	for _, k := range keys {
		key, err := m.unwrap(k.Sealed, place(id, k))
		switch {
		case err != nil:
		case k.Use == ForChain:
			r.chain = key
		case k.Destroyed:
			r.data[k.Holder] = nil
		default:
			r.data[k.Holder], err = newSealer(key)
		}
		if err != nil {
			found = append(found, Finding{Alliance: id, Partner: k.Holder, Damage: KeyChanged})
		}
	}
	if r.chain == nil && found == nil {
		found = append(found, Finding{Alliance: id, Damage: KeyMissing})
	}
	return r, found
}

// newRing makes the two keys with which an alliance begins.
func (m *Master) newRing(id samenspel.AllianceID) (ring, []WrappedKey, error) {
	chain := WrappedKey{Use: ForChain}
	key := make([]byte, keySize)
	rand.Read(key)
	chain.Sealed = m.wrap.Seal(nil, nil, key, place(id, chain))
	r, data, err := m.with(ring{chain: key}, id, "")
	return r, []WrappedKey{chain, data}, err
}

// with makes a key for a holder's words and gives the ring that has it.
func (m *Master) with(r ring, id samenspel.AllianceID, holder samenspel.PartnerID) (ring, WrappedKey, error) {
	wrapped := WrappedKey{Use: ForData, Holder: holder}
	key := make([]byte, keySize)
	rand.Read(key)
	sealer, err := newSealer(key)
	if err != nil {
		return ring{}, WrappedKey{}, err
	}
	wrapped.Sealed = m.wrap.Seal(nil, nil, key, place(id, wrapped))
	data := map[samenspel.PartnerID]cipher.AEAD{holder: sealer}
	maps.Copy(data, r.data)
	return ring{chain: r.chain, data: data}, wrapped, nil
}

// destroyed makes the mark that stands in the place of a destroyed key. It
// seals nothing; that it opens shows who put it there.
func (m *Master) destroyed(id samenspel.AllianceID, holder samenspel.PartnerID) WrappedKey {
	mark := WrappedKey{Use: ForData, Holder: holder, Destroyed: true}
	mark.Sealed = m.wrap.Seal(nil, nil, nil, place(id, mark))
	return mark
}
