package samenspel

import (
	"slices"
	"time"
)

// This file holds whether a dialogue may be read at all: somebody asks,
// everybody answers for themselves, and it goes when one of them says so or
// when its date has come.

// TranscriptID names one asking, and the transcript that was laid after it.
type TranscriptID string

// The bounds of asking. A transcript is there up to the end of a day where its
// people are: the first such end is that of tomorrow, on a day that may be an
// hour short, and the last one comes a year from now.
const (
	maxAsked = 500 // by one partner
	minKept  = 23 * time.Hour
	maxKept  = 367 * 24 * time.Hour
)

// TranscriptAnswer is what somebody says of reading a dialogue. Empty is no
// answer yet.
type TranscriptAnswer string

// The two answers. One is as ordinary as the other, and nobody asks why.
const (
	TranscriptYes       TranscriptAnswer = "yes"
	TranscriptRatherNot TranscriptAnswer = "rather_not"
)

// TranscriptEnd says why a transcript went. It never says because of whom.
type TranscriptEnd string

// The ends of a transcript.
const (
	NotAllWant TranscriptEnd = "not_all" // somebody took their yes back, left, or came in without one
	DateCame   TranscriptEnd = "date"
)

// consent is what one partner said, and until when.
type consent struct {
	answer TranscriptAnswer
	until  time.Time
}

// transcript is one asking whether a dialogue may be read, and what was read.
type transcript struct {
	id      TranscriptID
	talk    *talk
	by      PartnerID // who asked
	at      time.Time
	until   time.Time // what was asked for; nobody can say later
	answers map[PartnerID]consent
	gone    bool
	read    *reading // nil while nothing was laid
}

// transcripts are those of an alliance.
type transcripts struct {
	order []*transcript // as they were asked
	of    map[TranscriptID]*transcript
}

func newTranscripts() transcripts { return transcripts{of: map[TranscriptID]*transcript{}} }

var transcriptKinds = []func() Event{
	func() Event { return new(TranscriptAsked) },
	func() Event { return new(TranscriptAnswered) },
	func() Event { return new(TranscriptGone) },
	func() Event { return new(TranscriptLaid) },
	func() Event { return new(LinesLaid) },
	func() Event { return new(LineCorrected) },
	func() Event { return new(LineStruck) },
	func() Event { return new(SpeakerNamed) },
	func() Event { return new(SpeakersConfirmed) },
}

// asked is who has to say yes: everybody in the dialogue. Whoever left cannot
// say it any more; an invitation that was taken back was nobody's.
func (a *Alliance) asked(k *talk) []PartnerID {
	return slices.DeleteFunc(slices.Clone(k.with), func(id PartnerID) bool {
		p := a.partners[id]
		return p.left && p.person == ""
	})
}

// agreed reports whether everybody who has to say yes says it now.
func (a *Alliance) agreed(s *transcript) bool {
	return !slices.ContainsFunc(a.asked(s.talk), func(p PartnerID) bool {
		return !a.partners[p].here() || s.answers[p].answer != TranscriptYes
	})
}

// stands is the one answer to whether a transcript is there. An asking is
// there while the one who asked wants it. What was laid is there as long as
// exactly those are in the dialogue who said yes to it, and all of them still
// do: whoever leaves takes their yes along, and whoever comes in has not said
// it.
func (a *Alliance) stands(s *transcript) bool {
	switch {
	case s.gone || s.talk.cancelled:
		return false
	case s.read == nil:
		return s.answers[s.by].answer == TranscriptYes
	}
	return !s.read.lost() && a.agreed(s) && slices.Equal(s.read.with, a.asked(s.talk))
}

// until is when a transcript goes. What others chose counts once all said
// yes; before that it is theirs.
func (a *Alliance) until(s *transcript) time.Time {
	end := s.until
	if s.read != nil || a.agreed(s) {
		for _, c := range s.answers {
			if c.answer == TranscriptYes && c.until.Before(end) {
				end = c.until
			}
		}
	}
	return end
}

// transcript is the one of a dialogue that is there, or nil.
func (a *Alliance) transcript(k *talk) *transcript {
	for _, s := range slices.Backward(a.transcripts.order) {
		if s.talk == k && a.stands(s) {
			return s
		}
	}
	return nil
}

// transcript gives a transcript that is there, of a dialogue that the actor
// is in.
func (t turn) transcript(id TranscriptID) (*transcript, error) {
	s := t.transcripts.of[id]
	if s == nil || !s.talk.isFor(t.by.id) || !t.stands(s) || !t.cmd.Arrived.Before(t.until(s)) {
		return nil, ErrNotFound
	}
	return s, nil
}

// AskTranscript asks everybody in a dialogue whether the lens may read it.
// Whoever asks says yes.
type AskTranscript struct {
	Dialogue DialogueID
	Until    time.Time // the end of the last day on which it is there
}

func (w AskTranscript) decide(t turn) ([]Event, error) {
	k, err := t.begunTalk(w.Dialogue)
	if err != nil {
		return nil, err
	}
	mine := 0
	for _, s := range t.transcripts.order {
		if s.by == t.by.id {
			mine++
		}
	}
	left := func(p PartnerID) bool { return t.partners[p].left }
	kept := w.Until.Sub(t.cmd.Arrived)
	switch before := t.Alliance.transcript(k); {
	case kept < minKept || kept > maxKept:
		return nil, invalid("invalid.transcript_until")
	case before != nil && t.cmd.Arrived.Before(t.until(before)):
		return nil, refused("refused.transcript_asked")
	case slices.ContainsFunc(t.asked(k), left):
		return nil, refused("refused.transcript_left")
	case mine >= maxAsked:
		return nil, refused("refused.too_many")
	}
	return []Event{&TranscriptAsked{Transcript: TranscriptID(t.cmd.ID), Dialogue: k.id, By: t.by.id, Until: w.Until.UTC()}}, nil
}

// TranscriptAsked is the fact that somebody asked whether a dialogue may be
// read.
type TranscriptAsked struct {
	Transcript TranscriptID `json:"transcript"`
	Dialogue   DialogueID   `json:"dialogue"`
	By         PartnerID    `json:"by"`
	Until      time.Time    `json:"until"`
}

// Kind is "transcript.asked".
func (*TranscriptAsked) Kind() string { return "transcript.asked" }

// A no that somebody gave in this dialogue stands: they are not asked again
// until they say otherwise. Whoever asked takes it back by their own no.
func (e *TranscriptAsked) apply(a *Alliance, f Fact) reversal {
	r := reversal{subject: string(e.Transcript)}
	k := a.talks.of[e.Dialogue]
	if k == nil {
		return r
	}
	s := &transcript{id: e.Transcript, talk: k, by: e.By, at: f.At, until: e.Until, answers: map[PartnerID]consent{}}
	for _, before := range a.transcripts.order {
		if before.talk != k {
			continue
		}
		before.end()
		for p, c := range before.answers {
			if delete(s.answers, p); c.answer == TranscriptRatherNot {
				s.answers[p] = c
			}
		}
	}
	s.answers[e.By] = consent{TranscriptYes, e.Until}
	a.transcripts.order = append(a.transcripts.order, s)
	a.transcripts.of[s.id] = s
	return r
}

// AnswerTranscript is the actor's own answer. Nobody answers for another, and
// a yes can be taken back at any time: then it goes at once, for everybody.
type AnswerTranscript struct {
	Transcript TranscriptID
	Yes        bool
	Until      time.Time // zero: as it was asked; earlier if somebody wants
}

func (w AnswerTranscript) decide(t turn) ([]Event, error) {
	s, err := t.transcript(w.Transcript)
	if err != nil {
		return nil, err
	}
	e := &TranscriptAnswered{Transcript: s.id, By: t.by.id, Answer: TranscriptRatherNot}
	if w.Yes {
		e.Answer, e.Until = TranscriptYes, s.until
		if !w.Until.IsZero() {
			e.Until = w.Until.UTC()
		}
		if e.Until.After(s.until) || !e.Until.After(t.cmd.Arrived) {
			return nil, invalid("invalid.transcript_until")
		}
	}
	if c := s.answers[t.by.id]; c.answer == e.Answer && c.until.Equal(e.Until) {
		return nil, nil
	}
	return []Event{e}, nil
}

// TranscriptAnswered is the fact that somebody said for themselves whether a
// dialogue may be read.
type TranscriptAnswered struct {
	Transcript TranscriptID     `json:"transcript"`
	By         PartnerID        `json:"by"`
	Answer     TranscriptAnswer `json:"answer,omitempty"`
	Until      time.Time        `json:"until,omitzero"`
}

// Kind is "transcript.answered".
func (*TranscriptAnswered) Kind() string { return "transcript.answered" }

func (e *TranscriptAnswered) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Transcript) + "/answer/" + string(e.By)}
	s := a.transcripts.of[e.Transcript]
	if s == nil {
		return r
	}
	before := s.answers[e.By]
	s.answers[e.By] = consent{e.Answer, e.Until}
	if e.Answer == "" {
		delete(s.answers, e.By)
	}
	r.in, r.at = s.talk, s
	r.undo = &TranscriptAnswered{Transcript: s.id, By: e.By, Answer: before.answer, Until: before.until}
	return r
}

// TranscriptGone is the fact that a transcript went, or an asking. Nobody
// does it: it follows from a date or from what somebody said. It cannot be
// undone, because the key of its words is destroyed with it.
type TranscriptGone struct {
	Transcript TranscriptID  `json:"transcript"`
	Why        TranscriptEnd `json:"why"`
}

// Kind is "transcript.gone".
func (*TranscriptGone) Kind() string { return "transcript.gone" }

// Of is what went.
func (e *TranscriptGone) Of() string { return string(e.Transcript) }

func (e *TranscriptGone) apply(a *Alliance, _ Fact) reversal {
	if s := a.transcripts.of[e.Transcript]; s != nil {
		s.end()
	}
	return reversal{subject: string(e.Transcript)}
}

// end takes a transcript away, with all that was laid in it.
func (s *transcript) end() {
	s.gone = true
	if s.read != nil {
		s.read = &reading{with: s.read.with, words: s.read.words}
	}
}

// Overdue is what has to be written down as gone by now: whatever no longer
// stands, and whatever has reached its date. Whoever keeps the alliance asks
// for it before and after each change, and writes it in the name of nobody.
func (a *Alliance) Overdue(now time.Time) []Event {
	var events []Event
	for _, s := range a.transcripts.order {
		switch {
		case s.gone:
		case !a.stands(s):
			events = append(events, &TranscriptGone{Transcript: s.id, Why: NotAllWant})
		case !now.Before(a.until(s)):
			events = append(events, &TranscriptGone{Transcript: s.id, Why: DateCame})
		}
	}
	return append(append(events, a.overdueScratches(now)...), a.overdueAuthority(now)...)
}

// Remains are the keys of what is gone and whose words were there when they
// were folded in: whoever keeps the alliance destroys them.
// Words that were destroyed are empty when they are read again, so what was
// left half done is found by reading.
func (a *Alliance) Remains() []PartnerID {
	var keys []PartnerID
	for _, s := range a.transcripts.order {
		if s.gone && s.read != nil && s.read.words {
			keys = append(keys, s.id.holder())
		}
	}
	for _, c := range a.scratches.order {
		if c.gone && c.sealed {
			keys = append(keys, c.id.holder())
		}
	}
	return append(keys, a.erasures.left...)
}

// holder is the name of the key under which a transcript is sealed. It is
// nobody's: what two people said to each other belongs to neither alone.
func (id TranscriptID) holder() PartnerID { return PartnerID("transcript:" + string(id)) }
