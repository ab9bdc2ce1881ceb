package samenspel

import (
	"slices"
	"time"
)

// Ask is a question that waits for the viewer: a statement to answer, an
// emotion that somebody noticed, or an agreement that was proposed.
type Ask struct {
	Statement *SeenStatement
	Emotion   *SeenEmotion   // nil when the statement itself is asked about
	Agreement *SeenAgreement // then the others are nil
	since     time.Time
}

// Asks are the questions for the viewer, the oldest first, at their pace: at
// calm one at a time, on pause and after the end none.
func (s *Seen) Asks() []Ask {
	asks := s.asks()
	return asks[:s.atOnce(len(asks))]
}

// atOnce is how many of so many questions the viewer's pace lets come now.
func (s *Seen) atOnce(all int) int {
	switch you := s.Partner(s.You); {
	case you.Pace == Pause, s.Ending.Ended:
		return 0
	case you.Pace == Calm:
		return min(1, all)
	}
	return all
}

// AsksLater are the questions that the viewer's pace keeps for later.
func (s *Seen) AsksLater() []Ask { return s.asks()[len(s.Asks()):] }

// Waits reports whether the viewer is asked about one of the agreements now, at their
// pace, or whether that keeps the question for later. It is what Asks and
// AsksLater say, without a list of all.
func (s *Seen) Waits(g *SeenAgreement) (now, later bool) {
	if !g.Asks(s.You) {
		return false, false
	}
	switch s.atOnce(2) {
	case 0:
		return false, true
	case 1:
		all := s.unsorted()
		now = len(all) > 0 && slices.MinFunc(all, older).isOf(g)
		return now, !now
	}
	return true, false
}

func (a Ask) isOf(g *SeenAgreement) bool { return a.Agreement != nil && a.Agreement.ID == g.ID }

// asks are all questions for the viewer, the oldest first.
func (s *Seen) asks() []Ask {
	asks := s.unsorted()
	slices.SortStableFunc(asks, older)
	return asks
}

func older(x, y Ask) int { return x.since.Compare(y.since) }

func (s *Seen) unsorted() []Ask {
	var asks []Ask
	for i := range s.Statements {
		st := &s.Statements[i]
		if st.About != s.You {
			continue
		}
		if st.Standing == Asked {
			asks = append(asks, Ask{Statement: st, since: st.history[0].at})
		}
		for j := range st.Emotions {
			if e := &st.Emotions[j]; e.Feeling == Noticed {
				asks = append(asks, Ask{Statement: st, Emotion: e, since: st.history[0].at})
			}
		}
	}
	for i := range s.Agreements {
		if g := &s.Agreements[i]; g.Asks(s.You) {
			asks = append(asks, Ask{Agreement: g, since: g.At})
		}
	}
	return asks
}
