package journal

// Mark gives a keyed mark by which text can be found again without being kept
// in the clear: the same text for the same purpose has the same mark, and who
// has the database and not the key cannot try texts against it. A change of
// the master key does not change it. Before [Master.Settle] marks follow from
// the master key itself.
func (m *Master) Mark(purpose string, plain []byte) [32]byte {
	key, err := m.secretFor(markSecret)
	if err != nil { // a key of 32 bytes is always derived
		panic(err)
	}
	return [32]byte(mac(key, "mark", purpose, string(plain)))
}
