package journal

import "crypto/hmac"

// Mark signs a message that leaves this installation and comes back to it,
// such as the record of a backup. Only the same master key can tell whether a
// mark is right, and for the same purpose alone.
func (m *Master) Mark(purpose string, message []byte) ([]byte, error) {
	key, err := m.derive("mark " + purpose)
	if err != nil {
		return nil, err
	}
	return mac(key, string(message)), nil
}

// Marked reports whether a message is as it was when it was marked.
func (m *Master) Marked(purpose string, message, mark []byte) bool {
	should, err := m.Mark(purpose, message)
	return err == nil && hmac.Equal(should, mark)
}
