package samenspel

import (
	"slices"
	"time"
)

// SeenTranscript is a transcript of a dialogue that the viewer is in, or the
// asking for one. Everybody in the dialogue sees the same, but for their own
// answer. Of others nobody sees an answer: only whether all said yes.
//
// It is of all of them together, so no line of it goes into anybody's own
// story or export.
type SeenTranscript struct {
	ID       TranscriptID
	Dialogue DialogueID
	AskedBy  PartnerID
	AskedAt  time.Time
	Asked    time.Time        // the end of the last day, as it was asked
	Yours    TranscriptAnswer // what the viewer said
	YourEnd  time.Time        // until when they said yes
	Agreed   bool             // all said yes
	Until    time.Time        // when it goes: as it was asked, or earlier once all said yes

	Laid      bool
	LaidBy    PartnerID
	LaidAt    time.Time
	Engine    string
	Speakers  []SeenSpeaker
	Confirmed PartnerID   // who said that the speakers are right: "" until somebody did, and no figure per speaker before
	Lines     []*SeenLine // as they were said; not to be changed by whoever reads them

	MayAnswer bool // with a yes too; a yes that was given can always be taken back
	MayLay    bool
}

// SeenSpeaker is one voice.
type SeenSpeaker struct {
	Label   Words
	Partner PartnerID // or "" for somebody who is no partner here
	Role    Role      // of such a one
}

// SeenLine is one line of a transcript. A struck one says that there was one,
// and no more.
type SeenLine struct {
	N       int // 1, 2, 3 …
	Turn    int
	Speaker int       // in the list of speakers
	Partner PartnerID // whose voice that is, or ""
	Start   time.Duration
	End     time.Duration // 0 where the recording has no times
	Text    Words
	Codes   LineCodes
	By      LineReader // who gave the codes
	Views   []LineView // what partners said of codes, in the order of the table
	Struck  bool
}

// View is what a partner said of the code of a field, or "".
func (l *SeenLine) View(p PartnerID, f LineField) string {
	for _, v := range l.Views {
		if v.By == p && v.Field == f {
			return v.Code
		}
	}
	return ""
}

// Quotable reports whether a statement can be worded from a line: it is about
// the partner who said it.
func (l *SeenLine) Quotable() bool { return !l.Struck && l.Partner != "" }

// MayStrike reports whether the viewer may strike a line: it is theirs.
func (s *Seen) MayStrike(l *SeenLine) bool { return !l.Struck && l.Partner == s.You }

// Transcript gives the one of a dialogue, or nil.
func (s *Seen) Transcript(id DialogueID) *SeenTranscript {
	for i := range s.Transcripts {
		if s.Transcripts[i].Dialogue == id {
			return &s.Transcripts[i]
		}
	}
	return nil
}

// LeaveOut takes out what has reached its date, for whoever keeps the time:
// nobody sees a line after it, also if nothing could be written down yet.
func (s *Seen) LeaveOut(now time.Time) {
	s.Transcripts = slices.DeleteFunc(s.Transcripts, func(t SeenTranscript) bool { return !now.Before(t.Until) })
	s.Scratches = slices.DeleteFunc(s.Scratches, func(c SeenScratch) bool { return s.Ending.Ended || !now.Before(c.Until) })
}

func (a *Alliance) seeTranscripts(s *Seen, you *partner) {
	for _, t := range a.transcripts.order {
		if t.talk.isFor(you.id) && a.stands(t) {
			s.Transcripts = append(s.Transcripts, a.seenTranscript(t, you.id))
		}
		if k := t.talk; t.gone && t.read != nil && slices.Contains(t.read.with, you.id) && k.isFor(you.id) && !slices.Contains(s.ReadBefore, k.id) {
			s.ReadBefore = append(s.ReadBefore, k.id)
		}
	}
}

func (a *Alliance) seenTranscript(t *transcript, you PartnerID) SeenTranscript {
	own := t.answers[you]
	seen := SeenTranscript{
		ID: t.id, Dialogue: t.talk.id, AskedBy: t.by, AskedAt: t.at, Asked: t.until, Yours: own.answer, YourEnd: own.until,
		Agreed: a.agreed(t), Until: a.until(t), MayAnswer: !a.ending.ended,
	}
	seen.MayLay = seen.Agreed && t.read == nil && !a.ending.ended
	if r := t.read; r != nil {
		seen.Laid, seen.LaidBy, seen.LaidAt, seen.Engine = true, r.by, r.at, r.engine
		seen.Speakers, seen.Confirmed, seen.Lines = slices.Clip(r.speakers), r.confirmed, slices.Clip(r.lines)
	}
	return seen
}
