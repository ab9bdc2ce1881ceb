package lens

import (
	"slices"
	"time"
)

// overlap is how long two must speak at once before it counts: the times of a
// transcript are not exact.
const overlap = 300 * time.Millisecond

// pace follows who speaks and how long.
type pace struct {
	p     Pace
	until time.Duration // when what was said so far ended
	words int           // of the turn in hand
	at    int           // where it began
	who   int           // whose it is, by place in the list; -1 beyond the bound
}

// take counts an utterance.
func (p *pace) take(g *gauge, u *Utterance, words int, newTurn bool) {
	if newTurn {
		p.closeTurn()
		p.who, p.at = p.place(u), g.n
		if p.who >= 0 {
			p.p.Speakers[p.who].Turns++
		}
	}
	p.words += words
	if p.who >= 0 {
		s := &p.p.Speakers[p.who]
		s.Words += words
		s.Time += Clock(max(0, u.End-u.Start))
	}
	if u.End > 0 && p.until > 0 {
		switch gap := u.Start - p.until; {
		case gap >= LongPause:
			g.count(&p.p.Pauses)
		case newTurn && gap <= -overlap:
			g.count(&p.p.Interrupts)
		}
	}
	p.until = max(p.until, u.End)
}

// place gives the place of who speaks.
func (p *pace) place(u *Utterance) int {
	i := slices.IndexFunc(p.p.Speakers, func(s Spoken) bool { return s.Speaker == u.Speaker })
	if i < 0 && len(p.p.Speakers) < MaxSpeakers {
		i = len(p.p.Speakers)
		p.p.Speakers = append(p.p.Speakers, Spoken{Speaker: u.Speaker, Role: u.Role})
	}
	return i
}

func (p *pace) closeTurn() {
	if p.words > 0 && p.who >= 0 {
		if s := &p.p.Speakers[p.who]; p.words > s.Longest {
			s.Longest, s.At = p.words, p.at
		}
	}
	p.words = 0
}

// end gives what was counted, and who of those present had no turn.
func (p *pace) end(present []string) *Pace {
	p.closeTurn()
	p.p.NoTurn = []string{}
	for _, name := range present {
		spoke := slices.ContainsFunc(p.p.Speakers, func(s Spoken) bool { return s.Speaker == name })
		if !spoke && len(p.p.Speakers) < MaxSpeakers {
			p.p.NoTurn = append(p.p.NoTurn, name)
		}
	}
	return &p.p
}
