package lens

import (
	"cmp"
	"slices"
)

// Spoken is how often each layer was spoken of, in the order of the codebook.
func (m *Measures) Spoken() [5]int {
	var spoken [5]int
	for _, w := range m.Attention.Windows {
		for i, n := range w.Spoken {
			spoken[i] += n
		}
	}
	return spoken
}

// Mostly gives the layers that were spoken of, the most first: those that
// together make up more than half, and the others.
func Mostly(spoken [5]int) (mostly, also []Code) {
	layers := Layer.Codes()
	var order []int
	all, sum := 0, 0
	for i, c := range layers {
		if c != None && spoken[i] > 0 {
			order = append(order, i)
			all += spoken[i]
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(spoken[b], spoken[a]) })
	for _, i := range order {
		if 2*sum <= all {
			mostly = append(mostly, layers[i])
		} else {
			also = append(also, layers[i])
		}
		sum += spoken[i]
	}
	return mostly, also
}

// Along is where utterance n lies along the steps of a road, between two of
// them where it belongs to none.
func Along(steps []Step, n int) float64 {
	for i, s := range steps {
		if n < s.From {
			return float64(i) - .5
		}
		if n <= s.To {
			return float64(i)
		}
	}
	return float64(len(steps) - 1)
}

// Answered gives the feelings that have an answer; of more than so many, some
// from all of the talk.
func (e *Feelings) Answered(most int) []Moment {
	var all, some []Moment
	for _, m := range e.Moments {
		if Response.Has(m.Answer) {
			all = append(all, m)
		}
	}
	each := (len(all) + most - 1) / most
	for i := 0; i < len(all); i += each {
		some = append(some, all[i])
	}
	return some
}

// Minute is a time to be written at a step of the road.
type Minute struct{ Step, Minute int }

// Minutes gives about so many times along the steps, in minutes that are easy
// to count with and no two on top of each other.
func (m *Measures) Minutes(steps []Step, about int) []Minute {
	var list []Minute
	every, next := easy(m.Length.Minute()/about), 0
	for i, s := range steps {
		minute := s.Start.Minute()
		if i > 0 && (minute < next || 10*(i-list[len(list)-1].Step) < len(steps)) {
			continue
		}
		list = append(list, Minute{i, minute})
		next = (minute/every + 1) * every
	}
	return list
}

// easy gives a number of minutes that is easy to count with.
func easy(minutes int) int {
	for _, one := range []int{1, 2, 5, 10, 15, 20, 30, 60} {
		if minutes <= one {
			return one
		}
	}
	return (minutes + 59) / 60 * 60
}
