package samenspel

import (
	"slices"
	"time"
)

// SeenErasure is a request that is the viewer's own or that they may answer,
// or an erasing of the viewer's own words.
type SeenErasure struct {
	ID        ErasureID
	By        PartnerID   // who asked
	About     PartnerID   // whose words they are
	All       bool        // all words about somebody
	Own       bool        // the viewer's own words, gone at once
	Statement StatementID // where the viewer sees it, or had it erased, or ""
	Wrote     PartnerID   // who wrote it down, or ""
	Words     Words       // why
	At        time.Time
	Due       time.Time // by when an answer has to be there
	Standing  ErasureStanding
	Answered  PartnerID
	Done      time.Time // of the answer
	Ground    ErasureGround
	Reason    Words
	Gone      int // how many statements went, for whom it is about
	Deciders  []PartnerID

	MayAnswer bool
	MayDrop   bool
}

// Erasure gives a request by id, or nil.
func (s *Seen) Erasure(id ErasureID) *SeenErasure {
	for i := range s.Erasures {
		if s.Erasures[i].ID == id {
			return &s.Erasures[i]
		}
	}
	return nil
}

func (a *Alliance) seeErasures(s *Seen, you PartnerID) {
	for _, x := range a.erasures.order {
		if !a.seesErasure(x, you) {
			continue
		}
		seen := a.seenErasure(x, you)
		if you == x.about || s.Statement(x.statement) != nil || s.OnIce(x.statement) != nil {
			seen.Statement = x.statement
		}
		s.Erasures = append(s.Erasures, seen)
	}
	for _, st := range a.said {
		if st.about == you && st.withdrawn && !st.erased && st.ownWords() {
			s.TakenAway++
		}
	}
}

func (a *Alliance) seenErasure(x *erasure, you PartnerID) SeenErasure {
	open := x.standing == RequestOpen
	seen := SeenErasure{
		ID: x.id, By: x.by, About: x.about, All: x.statement == "" && !x.own, Own: x.own, Wrote: x.wrote, Words: x.words,
		At: x.at, Due: x.at.AddDate(0, answerMonths, 0), Standing: x.standing, Answered: x.answered, Done: x.done,
		Ground: x.ground, Reason: x.reason, MayDrop: open && (you == x.about || you == x.by),
	}
	if open {
		seen.Deciders = a.deciders(x.about, x.wrote)
		seen.MayAnswer = slices.Contains(seen.Deciders, you)
	}
	if you == x.about {
		seen.Gone = x.gone
	}
	return seen
}

// forget takes out of what somebody sees whatever was said by those whose
// words are all gone.
func (a *Alliance) forget(s *Seen) {
	gone := a.erasures.erased
	if len(gone) == 0 {
		return
	}
	for i := range s.Partners {
		s.Partners[i].Erased = gone[s.Partners[i].ID]
	}
	s.Agreements = slices.DeleteFunc(s.Agreements, func(g SeenAgreement) bool { return gone[g.Doer] })
	s.Frictions = slices.DeleteFunc(s.Frictions, func(f SeenFriction) bool { return gone[f.By] })
	s.Around = slices.DeleteFunc(s.Around, func(m SeenAround) bool { return gone[m.Owner] })
	s.Answered = slices.DeleteFunc(s.Answered, func(m SeenMirror) bool { return gone[m.By] })
	s.Scales = slices.DeleteFunc(s.Scales, func(c SeenScale) bool { return gone[c.By] })
	s.Changed = slices.DeleteFunc(s.Changed, func(c SeenChange) bool { return gone[c.By] || c.Words.Empty() })
	for i := range s.Dialogues {
		d := &s.Dialogues[i]
		d.Topics = slices.DeleteFunc(d.Topics, func(p SeenTopic) bool { return gone[p.By] })
		if gone[d.By] {
			d.Where, d.Support = Words{}, Words{}
		}
	}
	if gone[s.Ending.By] {
		s.Ending.Words = Words{}
	}
}

// Erased is an erasure that was done, for the one whose words they were: what
// a certificate says, and where in the log it can be seen.
type Erased struct {
	ID    ErasureID
	All   bool // all words about them
	Own   bool // their own words, by themselves
	Gone  int  // statements
	Asked time.Time
	Done  time.Time
	By    Role        // of who answered
	First int64       // the first of the facts by which it went
	Last  int64       // the last of them
	Keys  []PartnerID // that were destroyed
}

// ErasedOf are the erasures that were done of what was about a person, also
// where they left, as they were done.
func (a *Alliance) ErasedOf(person PersonID) []Erased {
	var list []Erased
	for _, x := range a.erasures.order {
		p := a.partners[x.about]
		if p == nil || person == "" || p.person != person || len(x.seqs) == 0 {
			continue
		}
		done := Erased{
			ID: x.id, All: x.statement == "" && !x.own, Own: x.own, Gone: x.gone, Asked: x.at, Done: x.done,
			First: slices.Min(x.seqs), Last: slices.Max(x.seqs),
		}
		if by := a.partners[x.answered]; by != nil {
			done.By = by.role
		}
		for key, by := range a.erasures.keys {
			if by == x.id {
				done.Keys = append(done.Keys, key)
			}
		}
		slices.Sort(done.Keys)
		list = append(list, done)
	}
	return list
}

// RequestsOf are the requests that somebody who left made, or that were made
// in their name: for them, who see nothing else any more.
func (a *Alliance) RequestsOf(person PersonID) []SeenErasure {
	var list []SeenErasure
	for _, x := range a.erasures.order {
		if p := a.partners[x.about]; p != nil && p.left && p.person == person && person != "" {
			list = append(list, a.seenErasure(x, p.id))
		}
	}
	return list
}

// Deciders are who may answer for words about somebody, as far as everybody at
// the table can know it: see who is here, and as what.
func (s *Seen) Deciders(about, wrote PartnerID) []PartnerID {
	here := func(fits func(*SeenPartner) bool) (list []PartnerID) {
		for i := range s.Partners {
			if p := &s.Partners[i]; p.ID != about && p.Standing == Here && fits(p) {
				list = append(list, p.ID)
			}
		}
		return list
	}
	list := here(func(p *SeenPartner) bool { return p.Role == Professional })
	if len(list) == 0 {
		list = here(func(p *SeenPartner) bool { return p.ID == wrote })
	}
	if len(list) == 0 {
		list = here(func(p *SeenPartner) bool { return p.Role == Vrager })
	}
	return list
}

// Recipient is somebody who could read words of the viewer.
type Recipient struct {
	Partner PartnerID
	From    time.Time
	Until   time.Time // zero while they still can
}

// Recipients are who could read a statement of the viewer's, in the order in
// which they came to it: whoever wrote it down, and whom it was shown to.
func (s *Seen) Recipients(of StatementID) []Recipient {
	var list []Recipient
	still := func(p PartnerID) int {
		return slices.IndexFunc(list, func(r Recipient) bool { return r.Partner == p && r.Until.IsZero() })
	}
	add := func(p PartnerID, at time.Time) {
		if p != s.You && s.Partner(p) != nil && still(p) < 0 {
			list = append(list, Recipient{Partner: p, From: at})
		}
	}
	for _, r := range s.Rights {
		if r.Statement != of {
			continue
		}
		switch r.Kind {
		case RightWritten:
			add(r.By, r.At)
			for _, p := range r.Who {
				add(p, r.At)
			}
		case RightShared:
			for _, p := range r.Who {
				add(p, r.At)
			}
		case RightUnshared:
			for _, p := range r.Who {
				if i := still(p); i >= 0 {
					list[i].Until = r.At
				}
			}
		}
	}
	return list
}
