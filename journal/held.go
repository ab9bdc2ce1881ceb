package journal

import (
	"crypto/cipher"
	"maps"
	"strings"
	"sync"

	"samenspel"
)

// dataKey is one opened key for text.
type dataKey struct {
	key    *[keySize]byte // nil for a key that was destroyed
	sealer cipher.AEAD    // made once for a key that is used all the time, else nil
}

// newDataKey keeps a sealer for the alliance and its partners. A statement has
// a key of its own, there are many of them, and each is used a few times: only
// its 32 bytes are kept. It gives ErrDamaged for another length.
func newDataKey(holder samenspel.PartnerID, key []byte) (k *dataKey, err error) {
	if len(key) != keySize {
		return nil, ErrDamaged
	}
	k = &dataKey{key: (*[keySize]byte)(key)}
	if !strings.Contains(string(holder), ":") {
		k.sealer, err = newSealer(key)
	}
	return k, err
}

func (k *dataKey) open() (cipher.AEAD, error) {
	if k.sealer != nil {
		return k.sealer, nil
	}
	return newSealer(k.key[:])
}

// held are the data keys of an alliance as they are stored. A key is only
// added, so whoever reads meanwhile is not disturbed; after one was destroyed
// all are read anew.
type held struct {
	mu   sync.RWMutex
	keys map[samenspel.PartnerID]*dataKey
}

func newHeld() *held { return &held{keys: map[samenspel.PartnerID]*dataKey{}} }

func (h *held) get(holder samenspel.PartnerID) *dataKey {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.keys[holder]
}

func (h *held) add(keys map[samenspel.PartnerID]*dataKey) {
	h.mu.Lock()
	defer h.mu.Unlock()
	maps.Copy(h.keys, keys)
}

// key gives the key of a holder, or nil where there never was one.
func (r ring) key(holder samenspel.PartnerID) *dataKey {
	if k := r.fresh[holder]; k != nil {
		return k
	}
	return r.data.get(holder)
}

// gone reports whether the key of a holder was destroyed.
func (r ring) gone(holder samenspel.PartnerID) bool {
	k := r.key(holder)
	return k != nil && k.key == nil
}
