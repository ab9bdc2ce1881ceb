package agree

import "slices"

// AUC is how well a figure tells two groups apart: the chance that one of the
// second group has the higher figure, where equal figures count half. It is
// one half where the figure says nothing or where a group is empty.
func AUC(lower, higher []float64) float64 {
	if len(lower) == 0 || len(higher) == 0 {
		return 0.5
	}
	low := slices.Sorted(slices.Values(lower))
	wins := 0.0 // times two
	for _, h := range higher {
		under, _ := slices.BinarySearch(low, h)
		upTo := under
		for upTo < len(low) && low[upTo] == h {
			upTo++
		}
		wins += float64(under + upTo)
	}
	return wins / float64(2*len(lower)*len(higher))
}
