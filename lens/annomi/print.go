package annomi

import (
	"bufio"
	"fmt"
	"io"
)

// Print writes the result as a table.
func (r *Result) Print(to io.Writer) error {
	w := bufio.NewWriter(to)
	fmt.Fprintf(w, "AnnoMI: %d rows of %d videos read, %d parts, %d rows learnt from", r.Tested, r.Videos, r.Parts, r.Trained)
	if r.LeftOut > 0 {
		fmt.Fprintf(w, ", %d left out because their video is tested", r.LeftOut)
	}
	fmt.Fprintf(w, "\n\n%-24s %-11s %5s  %-20s %-20s\n", "task", "text", "n", "macro-F1", "kappa")
	for _, t := range r.Tasks {
		fmt.Fprintf(w, "%-24s %-11s %5d  %.3f [%.3f, %.3f] %.3f [%.3f, %.3f]\n", t.Name, t.Form, t.N,
			t.MacroF1, t.Interval.Low, t.Interval.High, t.Kappa, t.KappaInterval.Low, t.KappaInterval.High)
		for _, c := range t.Classes {
			fmt.Fprintf(w, "    %-20s %16d  %.3f\n", c.Code, c.N, c.F1)
		}
	}
	return w.Flush()
}
