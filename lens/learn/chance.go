package learn

// Chance gives the chance that belongs to log odds, with the same bits on
// every machine.
func Chance(odds float64) float64 { return sigmoid(odds) }

// Hash gives the hash of a feature by its number, as the rows had it.
func (m *Matrix) Hash(number int) uint32 { return m.hash[number] }
