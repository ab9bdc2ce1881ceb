package agree

import "slices"

// Alpha is Krippendorff's alpha for codes without an order, for two readers or
// more. Each reading lists the codes of one reader; an empty code, or a list
// that ends early, means that this reader gave none. An utterance with fewer
// than two codes does not count. It is 1 where nobody differs, 0 where there is
// nothing to compare.
func Alpha[C ~string](readings ...[]C) float64 {
	var given []C // by all readers, to find the codes
	for _, r := range readings {
		given = append(given, r...)
	}
	slices.Sort(given)
	codes := slices.Compact(given)
	totals := make([]float64, len(codes)) // of each code, over all that counts
	n, differ := 0.0, 0.0
	for u := range longest(readings) {
		count, m := countAt(readings, u, codes)
		if m < 2 {
			continue
		}
		n += float64(m)
		for i, c := range count {
			totals[i] += float64(c)
			differ += float64(c*(m-c)) / float64(m-1)
		}
	}
	if n == 0 {
		return 0
	}
	expected := 0.0
	for _, c := range totals {
		expected += float64(c * (n - c))
	}
	if expected == 0 {
		return 1
	}
	return 1 - (n-1)*differ/expected
}

// countAt counts the codes that the readers gave to one utterance.
func countAt[C ~string](readings [][]C, u int, codes []C) (count []int, m int) {
	count = make([]int, len(codes))
	for _, r := range readings {
		if u < len(r) && r[u] != "" {
			i, _ := slices.BinarySearch(codes, r[u])
			count[i]++
			m++
		}
	}
	return count, m
}

// longest is the length of the longest reading.
func longest[C ~string](readings [][]C) int {
	n := 0
	for _, r := range readings {
		n = max(n, len(r))
	}
	return n
}
