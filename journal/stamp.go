package journal

import "crypto/hmac"

// Stamp signs a message that leaves this installation and comes back to it,
// such as the record of a backup. Only the same master key can tell whether a
// stamp is right, and for the same purpose alone.
func (m *Master) Stamp(purpose string, message []byte) ([]byte, error) {
	key, err := m.derive("stamp " + purpose)
	if err != nil {
		return nil, err
	}
	return mac(key, string(message)), nil
}

// Stamped reports whether a message is as it was when it was stamped.
func (m *Master) Stamped(purpose string, message, stamp []byte) bool {
	should, err := m.Stamp(purpose, message)
	return err == nil && hmac.Equal(should, stamp)
}
