package agree

// Figures say how well a second reading follows a first.
type Figures struct {
	N        int     `json:"n"`
	Accuracy float64 `json:"accuracy"`
	MacroF1  float64 `json:"macro_f1"`
	Kappa    float64 `json:"kappa"`
	Classes  []Class `json:"classes"`
}

// Class says how well one code was found.
type Class struct {
	Code      string  `json:"code"`
	N         int     `json:"n"`     // in the first reading
	Found     int     `json:"found"` // in the second
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Measure gives the figures of two readings of the same utterances.
func Measure[C ~string](gold, found []C) Figures { return Tabulate(gold, found).Figures() }

// Figures gives the figures of the table. A code that neither reading gave has
// no line.
func (t *Table[C]) Figures() Figures {
	f := Figures{N: t.N(), Accuracy: t.Accuracy(), MacroF1: t.MacroF1(), Kappa: t.Kappa(), Classes: []Class{}}
	for i, code := range t.Codes {
		gold, found := t.margins(i)
		if gold+found == 0 {
			continue
		}
		both := t.Count[i][i]
		f.Classes = append(f.Classes, Class{
			Code: string(code), N: gold, Found: found,
			Precision: share(both, found), Recall: share(both, gold), F1: share(2*both, gold+found),
		})
	}
	return f
}

// Accuracy is the share of utterances with the same code in both readings.
func (t *Table[C]) Accuracy() float64 { return share(t.Same(), t.N()) }

// MacroF1 is the mean of F1 over the codes that one of the readings gave, each
// code as heavy as another.
func (t *Table[C]) MacroF1() float64 {
	sum, codes := 0.0, 0
	for i := range t.Codes {
		if gold, found := t.margins(i); gold+found > 0 {
			sum += share(2*t.Count[i][i], gold+found)
			codes++
		}
	}
	if codes == 0 {
		return 0
	}
	return sum / float64(codes)
}

// Kappa is Cohen's kappa: the agreement beyond what two readers who each keep
// to their own shares would reach by chance. It is 1 where both gave one and
// the same code throughout, 0 where there is nothing to compare.
func (t *Table[C]) Kappa() float64 {
	n := t.N()
	if n == 0 {
		return 0
	}
	chance := 0 // times n²
	for i := range t.Codes {
		gold, found := t.margins(i)
		chance += gold * found
	}
	if chance == n*n {
		return 1
	}
	return float64(t.Same()*n-chance) / float64(n*n-chance)
}

// Kappa is Cohen's kappa of two readings of the same utterances.
func Kappa[C ~string](a, b []C) float64 { return Tabulate(a, b).Kappa() }

// share is a part of a whole; 0 of nothing.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
