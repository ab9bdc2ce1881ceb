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
	switch you := s.Partner(s.You); {
	case you.Pace == Pause, s.Ending.Ended:
		return nil
	case you.Pace == Calm && len(asks) > 1:
		return asks[:1]
	}
	return asks
}

// AsksLater are the questions that the viewer's pace keeps for later.
func (s *Seen) AsksLater() []Ask { return s.asks()[len(s.Asks()):] }

// asks are all questions for the viewer, the oldest first.
func (s *Seen) asks() []Ask {
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
	slices.SortStableFunc(asks, func(x, y Ask) int { return x.since.Compare(y.since) })
	return asks
}
