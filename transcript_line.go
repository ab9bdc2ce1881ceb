package samenspel

import (
	"slices"
	"strconv"
)

// This file holds what people do with the lines of a transcript: they say
// that a code is not right, strike their own words, and say who spoke.

// LineView is what one partner says of one code, beside what the reader said.
type LineView struct {
	By    PartnerID
	Field LineField
	Code  string
}

// reading gives what was laid of a transcript that is there.
func (t turn) reading(id TranscriptID) (*transcript, *reading, error) {
	s, err := t.transcript(id)
	if err != nil || s.read == nil {
		return nil, nil, ErrNotFound
	}
	return s, s.read, nil
}

// line gives a line that can still be read.
func (t turn) line(id TranscriptID, n int) (*transcript, *SeenLine, error) {
	s, r, err := t.reading(id)
	switch {
	case err != nil:
		return nil, nil, err
	case n < 1 || n > len(r.lines):
		return nil, nil, ErrNotFound
	case r.struck[n]:
		return nil, nil, refused("refused.line_struck")
	}
	return s, r.lines[n-1], nil
}

// redraw makes a line anew as it stands. The list is a new one: somebody may
// be looking at the old.
func (r *reading) redraw(n int) {
	if n < 1 || n > len(r.laid) {
		return
	}
	r.lines = slices.Clone(r.lines)
	l := *r.laid[n-1]
	l.Partner = r.speakers[l.Speaker].Partner
	l.Views = slices.Clip(r.views[n])
	if r.struck[n] {
		l = SeenLine{N: l.N, Turn: l.Turn, Speaker: l.Speaker, Partner: l.Partner, Start: l.Start, End: l.End, Struck: true}
	}
	r.lines[n-1] = &l
}

// CorrectLine says that a code is not right, and which one is. The reader's
// code stays beside it, and so does what everybody else said.
type CorrectLine struct {
	Transcript TranscriptID
	Line       int // its number, from 1
	Field      LineField
	Code       string // empty takes back what the actor said
}

func (w CorrectLine) decide(t turn) ([]Event, error) {
	s, l, err := t.line(w.Transcript, w.Line)
	if err != nil {
		return nil, err
	}
	code, ok := w.Field.known(w.Code)
	switch {
	case !ok:
		return nil, invalid("invalid.line_code")
	case code == l.View(t.by.id, w.Field):
		return nil, nil
	}
	return []Event{&LineCorrected{Transcript: s.id, Line: w.Line, By: t.by.id, Field: w.Field, Code: Say(code)}}, nil
}

// LineCorrected is the fact that somebody said of a code what it should be.
// The code is sealed with the transcript and goes with it.
type LineCorrected struct {
	Transcript TranscriptID `json:"transcript"`
	Line       int          `json:"line"`
	By         PartnerID    `json:"by"`
	Field      LineField    `json:"field"`
	Code       Words        `json:"-"`
}

// Kind is "line.corrected".
func (*LineCorrected) Kind() string { return "line.corrected" }

// Holder is the transcript itself.
func (e *LineCorrected) Holder() PartnerID { return e.Transcript.holder() }

// Sayings is the code.
func (e *LineCorrected) Sayings() map[string]*Words { return map[string]*Words{"code": &e.Code} }

func (e *LineCorrected) apply(a *Alliance, _ Fact) reversal {
	r, read := a.onLine(e.Transcript, e.Line, "/"+string(e.Field)+"/"+string(e.By))
	if read == nil {
		return r
	}
	before, views := "", []LineView(nil)
	for _, v := range read.views[e.Line] {
		if v.By == e.By && v.Field == e.Field {
			before = v.Code
		} else {
			views = append(views, v)
		}
	}
	if code, ok := e.Field.known(e.Code.Text()); ok && code != "" {
		views = append(views, LineView{e.By, e.Field, code})
	}
	slices.SortStableFunc(views, func(x, y LineView) int {
		return a.place(x.By)*NumLineFields + x.Field.index() - a.place(y.By)*NumLineFields - y.Field.index()
	})
	read.views[e.Line] = views
	read.redraw(e.Line)
	r.undo = &LineCorrected{Transcript: e.Transcript, Line: e.Line, By: e.By, Field: e.Field, Code: Say(before)}
	return r
}

// place is where somebody sits.
func (a *Alliance) place(p PartnerID) int { return slices.Index(a.order, p) }

// onLine gives what an event on a line touches.
func (a *Alliance) onLine(id TranscriptID, n int, what string) (reversal, *reading) {
	r := reversal{subject: string(id) + "/line/" + strconv.Itoa(n) + what}
	s := a.transcripts.of[id]
	if s == nil || s.gone || s.read == nil {
		return r, nil
	}
	r.in, r.at = s.talk, s
	return r, s.read
}

// StrikeLine strikes the actor's own words: nobody sees them any more, nor
// what was said of them. Only its undoing brings them back.
type StrikeLine struct {
	Transcript TranscriptID
	Line       int
}

func (w StrikeLine) decide(t turn) ([]Event, error) {
	s, l, err := t.line(w.Transcript, w.Line)
	switch {
	case err != nil:
		return nil, err
	case l.Partner != t.by.id:
		return nil, refused("refused.line_not_yours")
	}
	return []Event{&LineStruck{Transcript: s.id, Line: w.Line}}, nil
}

// LineStruck is the fact that somebody struck their own words, or, when Back
// is set, that this was undone.
type LineStruck struct {
	Transcript TranscriptID `json:"transcript"`
	Line       int          `json:"line"`
	Back       bool         `json:"back,omitempty"`
}

// Kind is "line.struck".
func (*LineStruck) Kind() string { return "line.struck" }

func (e *LineStruck) apply(a *Alliance, _ Fact) reversal {
	r, read := a.onLine(e.Transcript, e.Line, "")
	if read == nil {
		return r
	}
	if delete(read.struck, e.Line); !e.Back {
		read.struck[e.Line] = true
	}
	read.redraw(e.Line)
	r.undo = &LineStruck{Transcript: e.Transcript, Line: e.Line, Back: !e.Back}
	return r
}

// NameSpeaker says whose voice a speaker is: a partner in the dialogue, or
// somebody else with a role.
type NameSpeaker struct {
	Transcript TranscriptID
	Speaker    int // in the list of speakers
	Partner    PartnerID
	Role       Role
}

func (w NameSpeaker) decide(t turn) ([]Event, error) {
	s, r, err := t.reading(w.Transcript)
	switch {
	case err != nil:
		return nil, err
	case w.Speaker < 0 || w.Speaker >= len(r.speakers):
		return nil, ErrNotFound
	case !t.voice(s.talk, w.Partner, w.Role):
		return nil, invalid("invalid.speaker")
	}
	if is := r.speakers[w.Speaker]; is.Partner == w.Partner && is.Role == w.Role {
		return nil, nil
	}
	return []Event{&SpeakerNamed{Transcript: s.id, Speaker: w.Speaker, Partner: w.Partner, Role: w.Role}}, nil
}

// SpeakerNamed is the fact that somebody said whose voice a speaker is. That
// all are right has to be said again after it, unless it undoes another.
type SpeakerNamed struct {
	Transcript TranscriptID `json:"transcript"`
	Speaker    int          `json:"speaker"`
	Partner    PartnerID    `json:"partner,omitempty"`
	Role       Role         `json:"role,omitempty"`
	Right      PartnerID    `json:"right,omitempty"` // who had said so, when it undoes another
}

// Kind is "speaker.named".
func (*SpeakerNamed) Kind() string { return "speaker.named" }

func (e *SpeakerNamed) apply(a *Alliance, _ Fact) reversal {
	r, read := a.onSpeakers(e.Transcript)
	if read == nil || e.Speaker < 0 || e.Speaker >= len(read.speakers) {
		return r
	}
	was := read.speakers[e.Speaker]
	r.undo = &SpeakerNamed{Transcript: e.Transcript, Speaker: e.Speaker, Partner: was.Partner, Role: was.Role, Right: read.confirmed}
	read.speakers, read.confirmed = slices.Clone(read.speakers), e.Right
	read.speakers[e.Speaker].Partner, read.speakers[e.Speaker].Role = e.Partner, e.Role
	read.lines = slices.Clone(read.lines)
	for i, l := range read.lines {
		if l.Speaker == e.Speaker {
			named := *l
			named.Partner = e.Partner
			read.lines[i] = &named
		}
	}
	return r
}

func (a *Alliance) onSpeakers(id TranscriptID) (reversal, *reading) {
	r := reversal{subject: string(id) + "/speakers"}
	s := a.transcripts.of[id]
	if s == nil || s.gone || s.read == nil {
		return r, nil
	}
	r.in, r.at = s.talk, s
	return r, s.read
}

// ConfirmSpeakers says that it is right who spoke when. Before somebody did,
// nothing is counted per speaker.
type ConfirmSpeakers struct{ Transcript TranscriptID }

func (w ConfirmSpeakers) decide(t turn) ([]Event, error) {
	s, r, err := t.reading(w.Transcript)
	if err != nil || r.confirmed != "" {
		return nil, err
	}
	return []Event{&SpeakersConfirmed{Transcript: s.id, By: t.by.id}}, nil
}

// SpeakersConfirmed is the fact that somebody said that it is right who spoke
// when; or, by nobody, that this was undone.
type SpeakersConfirmed struct {
	Transcript TranscriptID `json:"transcript"`
	By         PartnerID    `json:"by,omitempty"`
}

// Kind is "speakers.confirmed".
func (*SpeakersConfirmed) Kind() string { return "speakers.confirmed" }

func (e *SpeakersConfirmed) apply(a *Alliance, _ Fact) reversal {
	r, read := a.onSpeakers(e.Transcript)
	if read != nil {
		r.undo = &SpeakersConfirmed{Transcript: e.Transcript, By: read.confirmed}
		read.confirmed = e.By
	}
	return r
}
