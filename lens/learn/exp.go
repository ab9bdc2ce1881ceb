package learn

// The functions of package math are written in assembly on some machines and
// then round in other ways; these do the same everywhere.

const (
	ln2     = 0.693147180559945309417232121458176568
	ln2High = 6.93147180369123816490e-01 // its first bits, so that a small multiple is exact
	ln2Low  = 1.90821492927058770002e-10 // and the rest
)

// exp gives e to the power x.
func exp(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 700:
		x = 700
	case x < -700:
		return 0
	}
	k := int(x/ln2 + 0.5)
	if x < 0 {
		k = int(x/ln2 - 0.5)
	}
	r := x - float64(float64(k)*ln2High)
	r -= float64(float64(k) * ln2Low)
	sum := 1.0
	for n := 13; n > 0; n-- {
		sum = 1 + float64(float64(r/float64(n))*sum)
	}
	for ; k > 0; k-- {
		sum *= 2
	}
	for ; k < 0; k++ {
		sum *= 0.5
	}
	return sum
}

// log gives the natural logarithm of x, which is above 0.
func log(x float64) float64 {
	k := 0
	for x > 1.5 {
		x *= 0.5
		k++
	}
	for x < 0.75 {
		x *= 2
		k--
	}
	s := (x - 1) / (x + 1)
	square := float64(s * s)
	sum := 0.0
	for n := 25; n > 0; n -= 2 {
		sum = 1/float64(n) + float64(square*sum)
	}
	return float64(float64(k)*ln2) + float64(2*float64(s*sum))
}

// sigmoid gives the chance that belongs to log odds.
func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + exp(-x))
	}
	e := exp(x)
	return e / (1 + e)
}

// source draws numbers that look like chance and are the same each time
// (SplitMix64).
type source uint64

// next draws a number.
func (s *source) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// shuffle puts numbers in another order.
func (s *source) shuffle(numbers []int) {
	for i := len(numbers) - 1; i > 0; i-- {
		j := int((s.next() >> 11) % uint64(i+1))
		numbers[i], numbers[j] = numbers[j], numbers[i]
	}
}
