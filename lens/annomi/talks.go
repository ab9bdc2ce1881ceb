package annomi

import (
	"samenspel/lens"
	"samenspel/lens/learn"
)

// forms are the ways in which each text is read: as it was written down, and
// as speech recognition without punctuation would give it.
var forms = []string{"punctuated", "stripped"}

// conversation is a transcript as one reader coded it: the numbers of its
// rows, in order.
type conversation []int

// conversations finds the transcripts among rows, also where the codes of
// several readers stand between each other.
func conversations(rows []Row) []conversation {
	type key struct{ video, transcript, reader string }
	var all []conversation
	number := map[key]int{}
	for i, r := range rows {
		k := key{r.Video, r.Transcript, r.Reader}
		n, ok := number[k]
		if !ok {
			n = len(all)
			number[k] = n
			all = append(all, nil)
		}
		all[n] = append(all[n], i)
	}
	return all
}

// utterances gives a conversation as the lens reads it.
func (c conversation) utterances(rows []Row, strip bool) []lens.Utterance {
	us := make([]lens.Utterance, len(c))
	for k, i := range c {
		u := lens.Utterance{N: k + 1, Turn: 1, Speaker: "client", Role: lens.Vrager, Text: rows[i].Text}
		if rows[i].Therapist {
			u.Speaker, u.Role = "therapist", lens.Professional
		}
		if strip {
			u.Text = lens.Strip(u.Text)
		}
		if k > 0 {
			u.Turn = us[k-1].Turn
			if us[k-1].Speaker != u.Speaker {
				u.Turn++
			}
		}
		us[k] = u
	}
	return us
}

// atLeast is in how many rows a feature must stand; each row is there in all
// forms.
const atLeast = 3

// look takes the features of all rows, in each form: first all rows of the
// first form.
func look(rows []Row, talks []conversation) *learn.Matrix {
	seen := make([]learn.Row, len(forms)*len(rows))
	sight := lens.NewSight()
	for form := range forms {
		for _, c := range talks {
			sight.Read(c.utterances(rows, form == 1))
			for k, i := range c {
				var f lens.Features
				sight.Text(k, &f)
				seen[form*len(rows)+i] = learn.Row(f)
			}
		}
	}
	return learn.NewMatrix(seen, atLeast)
}
