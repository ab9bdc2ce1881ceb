package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"

	"samenspel"
)

// frame joins parts so that no two lists of parts give the same bytes: each
// comes with its length before it.
func frame(parts ...string) []byte {
	var b []byte
	for _, p := range parts {
		b = binary.AppendUvarint(b, uint64(len(p)))
		b = append(b, p...)
	}
	return b
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// link gives the chain value of an entry behind the one before it.
func link(key, before []byte, id samenspel.AllianceID, e Entry) []byte {
	structure := sha256.Sum256(e.Structure)
	return mac(key, "entry", string(before),
		string(id), number(e.Seq), e.Kind, number(int64(e.Version)),
		string(e.Command), number(e.At.UnixNano()), string(e.Holder),
		string(structure[:]), string(e.WordsHash))
}

// signHead puts the master's signature on a head.
func (m *Master) signHead(h Head) Head {
	h.MAC = m.headMAC(h)
	return h
}

// signed reports whether a head is as it was signed.
func (m *Master) signed(h Head) bool {
	_, err := h.anew(m, h.MAC)
	return err == nil
}

func (m *Master) headMAC(h Head) []byte {
	return m.mac("head", string(h.Alliance), number(h.Number), number(h.Seq), string(h.Chain))
}

// register gives the signed register for a number of alliances.
func (m *Master) register(alliances int64) Register {
	return Register{Alliances: alliances, MAC: m.mac("register", number(alliances))}
}

// registered reports whether a register is as it was signed.
func (m *Master) registered(r Register) bool {
	if r.Alliances == 0 && r.MAC == nil {
		return true
	}
	_, err := r.anew(m, r.MAC)
	return err == nil
}
