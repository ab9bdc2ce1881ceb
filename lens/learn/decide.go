package learn

// Chances turns log odds into chances that add up to 1, in place. Heat makes
// them bolder above 1 and more careful under it.
func Chances(margins []float64, heat float64) []float64 {
	most := margins[0]
	for _, m := range margins {
		most = max(most, m)
	}
	sum := 0.0
	for i, m := range margins {
		margins[i] = exp(heat * (m - most))
		sum += margins[i]
	}
	for i := range margins {
		margins[i] /= sum
	}
	return margins
}

// Best gives the class with the largest margin, each with its shift; nil is
// none.
func Best(margins, shift []float64) int {
	best, most := 0, 0.0
	for c, m := range margins {
		if shift != nil {
			m += shift[c]
		}
		if c == 0 || m > most {
			best, most = c, m
		}
	}
	return best
}

// Heat finds the heat with which chances come out as often as they say, given
// margins of rows that were not learnt from and their classes. Rows of class
// Skip are left out.
func Heat(margins [][]float64, class []int) float64 {
	low, high := log(0.05), log(20)
	const golden = 0.6180339887498949
	a, b := high-float64(golden*(high-low)), low+float64(golden*(high-low))
	atA, atB := surprise(margins, class, exp(a)), surprise(margins, class, exp(b))
	for range 40 {
		if atA <= atB {
			high, b, atB = b, a, atA
			a = high - float64(golden*(high-low))
			atA = surprise(margins, class, exp(a))
		} else {
			low, a, atA = a, b, atB
			b = low + float64(golden*(high-low))
			atB = surprise(margins, class, exp(b))
		}
	}
	return exp((low + high) / 2)
}

// surprise adds up how unlikely the classes were held to be.
func surprise(margins [][]float64, class []int, heat float64) float64 {
	sum := 0.0
	var p []float64
	for i, c := range class {
		if c == Skip {
			continue
		}
		p = Chances(append(p[:0], margins[i]...), heat)
		sum -= log(max(p[c], 1e-12))
	}
	return sum
}

// Shift finds what to add to the margin of each class so that macro-F1 is
// highest, given margins of rows that were not learnt from. Steps are coarse
// and small gains are not taken, so that it does not learn these rows by heart.
func Shift(margins [][]float64, class []int, classes int) []float64 {
	shift := make([]float64, classes)
	best := macroF1(margins, class, shift)
	for range 3 {
		moved := false
		for c := range shift {
			from, keep := shift[c], shift[c]
			for step := -8; step <= 8; step++ {
				shift[c] = float64(step) * 0.125
				if f := macroF1(margins, class, shift); f > best+0.0005 {
					best, keep = f, shift[c]
				}
			}
			shift[c] = keep
			moved = moved || keep != from
		}
		if !moved {
			break
		}
	}
	return shift
}

// macroF1 is the mean F1 over the classes that occur.
func macroF1(margins [][]float64, class []int, shift []float64) float64 {
	hits, gold, found := make([]int, len(shift)), make([]int, len(shift)), make([]int, len(shift))
	for i, c := range class {
		if c == Skip {
			continue
		}
		b := Best(margins[i], shift)
		gold[c]++
		found[b]++
		if b == c {
			hits[c]++
		}
	}
	sum, n := 0.0, 0
	for c := range shift {
		if gold[c] > 0 {
			sum += 2 * float64(hits[c]) / float64(gold[c]+found[c])
			n++
		}
	}
	return sum / float64(max(n, 1))
}
