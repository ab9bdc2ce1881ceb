package samenspel

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"time"
	"unicode/utf8"
)

// This file holds how a transcript is laid: its lines go into the log in
// pieces, sealed as words under a key of their own, the codes as well. What
// the lens said of somebody's words goes where the words go.

// The bounds of one transcript.
const (
	MaxLines      = 5_000
	MaxLineText   = 2_000 // characters of one line
	maxText       = 1_000_000
	maxSpeakers   = 24
	maxEngine     = 80        // characters of its version
	maxPiece      = 200 << 10 // bytes of lines in one event, as the log writes them
	maxTranscribe = 24 * time.Hour
)

// Line is one utterance to be laid.
type Line struct {
	Turn    int // 1, 2, 3 …: a run of lines of one speaker
	Speaker int // in the list of speakers
	Start   time.Duration
	End     time.Duration // 0 where the recording has no times
	Text    Words
	Codes   LineCodes
	By      LineReader // who gave the codes; empty: [ByLens]
}

// Speaker is one voice in a transcript: a partner who is in the dialogue, or
// somebody else with a role.
type Speaker struct {
	Label   Words // as the file has it
	Partner PartnerID
	Role    Role // of somebody who is no partner here; else empty
}

// reading is what was laid of a transcript. What it shows is never changed in
// place: whoever sees it may keep it.
type reading struct {
	with      []PartnerID // who said yes to it
	by        PartnerID
	at        time.Time
	engine    string
	words     bool // its words were there when it was folded in
	speakers  []SeenSpeaker
	confirmed PartnerID   // who said that the speakers are right, or ""
	laid      []*SeenLine // as they were laid
	lines     []*SeenLine // as they stand
	views     map[int][]LineView
	struck    map[int]bool
}

// lost reports whether its words were destroyed.
func (r *reading) lost() bool { return !r.words }

// LayTranscript lays what was said in a dialogue, with the codes that a
// reader gave it. Everybody in the dialogue has said yes.
type LayTranscript struct {
	Transcript TranscriptID
	Engine     string // which version of the lens read it
	Speakers   []Speaker
	Lines      []Line
}

func (w LayTranscript) decide(t turn) ([]Event, error) {
	s, err := t.transcript(w.Transcript)
	switch {
	case err != nil:
		return nil, err
	case !t.agreed(s):
		return nil, refused("refused.transcript_not_all")
	case s.read != nil:
		return nil, refused("refused.transcript_laid")
	}
	if err := w.check(t.Alliance, s.talk); err != nil {
		return nil, err
	}
	speakers, err := json.Marshal(writtenSpeakers(w.Speakers))
	if err != nil {
		return nil, err
	}
	laid := &TranscriptLaid{Transcript: s.id, By: t.by.id, With: t.asked(s.talk), Engine: w.Engine, Speakers: Say(string(speakers))}
	events := []Event{laid}
	for from, text := range pieces(w.Lines) {
		events = append(events, &LinesLaid{Transcript: s.id, From: from, Lines: Say(text)})
	}
	return events, nil
}

// check holds a transcript against its bounds, and against who is there.
func (w LayTranscript) check(a *Alliance, k *talk) error {
	if len(w.Lines) > MaxLines || len(w.Speakers) > maxSpeakers {
		return invalid("invalid.transcript_long")
	}
	good := len(w.Lines) > 0 && w.Engine != "" && len(w.Engine) <= maxEngine && utf8.ValidString(w.Engine)
	for _, p := range w.Speakers {
		good = good && a.voice(k, p.Partner, p.Role) && p.Label.length() <= MaxName
	}
	text, before := 0, 1
	for i := range w.Lines {
		l := &w.Lines[i]
		size := l.Text.length()
		text += size
		good = good && size > 0 && size <= MaxLineText && l.fits(before, len(w.Speakers))
		before = l.Turn
	}
	switch {
	case text > maxText:
		return invalid("invalid.transcript_long")
	case !good:
		return invalid("invalid.transcript")
	}
	return nil
}

// voice reports whether a speaker can be this partner, or this somebody else.
func (a *Alliance) voice(k *talk, p PartnerID, role Role) bool {
	if p == "" {
		return role.Valid()
	}
	return role == "" && slices.Contains(a.asked(k), p)
}

// fits reports whether a line can stand behind the one before.
func (l *Line) fits(turn, speakers int) bool {
	timed := l.Start >= 0 && l.Start <= maxTranscribe && (l.End == 0 || l.End >= l.Start && l.End <= maxTranscribe)
	read := l.By == "" || l.By == ByLens || l.By == BySuggester
	return timed && read && l.Turn >= turn && l.Turn <= MaxLines && l.Speaker >= 0 && l.Speaker < speakers && l.Codes.valid()
}

// writtenLine and writtenSpeaker are how the log has them, inside of what is
// sealed. The names never change.
type (
	writtenLine struct {
		Turn    int                   `json:"turn"`
		Speaker int                   `json:"speaker"`
		Start   int64                 `json:"start,omitempty"` // milliseconds
		End     int64                 `json:"end,omitempty"`
		Text    string                `json:"text"`
		Codes   map[LineField]string  `json:"codes,omitempty"`
		Sure    map[LineField]float64 `json:"sure,omitempty"`
		By      LineReader            `json:"by"`
	}
	writtenSpeaker struct {
		Label   string    `json:"label"`
		Partner PartnerID `json:"partner,omitempty"`
		Role    Role      `json:"role,omitempty"`
	}
)

// unpacked reads a list back: none where its key was destroyed.
func unpacked[T any](packed Words) (list []T) {
	if json.Unmarshal([]byte(packed.Text()), &list) != nil {
		return nil
	}
	return list
}

func writtenSpeakers(list []Speaker) []writtenSpeaker {
	written := make([]writtenSpeaker, len(list))
	for i, s := range list {
		written[i] = writtenSpeaker{s.Label.Text(), s.Partner, s.Role}
	}
	return written
}

func (l *Line) written() writtenLine {
	w := writtenLine{
		Turn: l.Turn, Speaker: l.Speaker, Start: l.Start.Milliseconds(), End: l.End.Milliseconds(), Text: l.Text.Text(), By: l.By,
		Codes: map[LineField]string{}, Sure: map[LineField]float64{},
	}
	if w.By == "" {
		w.By = ByLens
	}
	for i, c := range l.Codes {
		if c.Code != "" {
			w.Codes[lineFields[i].name], w.Sure[lineFields[i].name] = c.Code, math.Round(c.Sure*100)/100
		}
	}
	return w
}

// pieces gives lines in pieces that fit into an event, by the index of the
// first of each.
func pieces(lines []Line) func(yield func(int, string) bool) {
	return func(yield func(int, string) bool) {
		var piece bytes.Buffer
		from, size := 0, 0
		for i := range lines {
			var one bytes.Buffer
			e := json.NewEncoder(&one)
			e.SetEscapeHTML(false)
			_ = e.Encode(lines[i].written())         // a struct of plain values
			written, _ := json.Marshal(one.String()) // as large as the log makes it
			if size > 0 && size+len(written) > maxPiece {
				if !yield(from, "["+piece.String()+"]") {
					return
				}
				from, size = i, 0
				piece.Reset()
			}
			if size > 0 {
				piece.WriteByte(',')
			}
			piece.Write(bytes.TrimSpace(one.Bytes()))
			size += len(written)
		}
		if size > 0 {
			yield(from, "["+piece.String()+"]")
		}
	}
}

// TranscriptLaid is the fact that a transcript was laid. Its lines follow.
type TranscriptLaid struct {
	Transcript TranscriptID `json:"transcript"`
	By         PartnerID    `json:"by"`
	With       []PartnerID  `json:"with"` // who said yes
	Engine     string       `json:"engine"`
	Speakers   Words        `json:"-"` // a list of labels, each with whose voice it is
}

// Kind is "transcript.laid".
func (*TranscriptLaid) Kind() string { return "transcript.laid" }

// Holder is the transcript itself.
func (e *TranscriptLaid) Holder() PartnerID { return e.Transcript.holder() }

// Sayings are the speakers.
func (e *TranscriptLaid) Sayings() map[string]*Words {
	return map[string]*Words{"speakers": &e.Speakers}
}

// What was laid is not undone: its way back is that somebody takes their yes
// back, which everybody sees.
func (e *TranscriptLaid) apply(a *Alliance, f Fact) reversal {
	r := reversal{subject: string(e.Transcript) + "/laid"}
	s := a.transcripts.of[e.Transcript]
	if s == nil || s.gone {
		return r
	}
	s.read = &reading{
		with: e.With, by: e.By, at: f.At, engine: e.Engine, words: !e.Speakers.Empty(),
		views: map[int][]LineView{}, struck: map[int]bool{},
	}
	for _, w := range unpacked[writtenSpeaker](e.Speakers) {
		s.read.speakers = append(s.read.speakers, SeenSpeaker{Label: Say(w.Label), Partner: w.Partner, Role: w.Role})
	}
	return r
}

// LinesLaid is the fact that some lines of a transcript were laid, in the
// order in which they were said.
type LinesLaid struct {
	Transcript TranscriptID `json:"transcript"`
	From       int          `json:"from"` // the index of the first
	Lines      Words        `json:"-"`    // a list of lines with their codes
}

// Kind is "lines.laid".
func (*LinesLaid) Kind() string { return "lines.laid" }

// Holder is the transcript itself.
func (e *LinesLaid) Holder() PartnerID { return e.Transcript.holder() }

// Sayings are the lines.
func (e *LinesLaid) Sayings() map[string]*Words { return map[string]*Words{"lines": &e.Lines} }

func (e *LinesLaid) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Transcript) + "/laid"}
	s := a.transcripts.of[e.Transcript]
	if s == nil || s.gone || s.read == nil || e.From != len(s.read.laid) {
		return r
	}
	written := unpacked[writtenLine](e.Lines)
	for _, w := range written {
		if w.Speaker >= 0 && w.Speaker < len(s.read.speakers) {
			s.read.add(w)
		}
	}
	s.read.words = s.read.words || len(written) > 0
	return r
}

// add puts a line behind the others, as it was laid and as it stands.
func (r *reading) add(w writtenLine) {
	l := &SeenLine{
		N: len(r.laid) + 1, Turn: w.Turn, Speaker: w.Speaker, Partner: r.speakers[w.Speaker].Partner, Text: Say(w.Text), By: w.By,
		Start: time.Duration(w.Start) * time.Millisecond, End: time.Duration(w.End) * time.Millisecond,
	}
	for i, f := range lineFields {
		l.Codes[i].Code, _ = f.name.known(w.Codes[f.name])
		l.Codes[i].Sure = w.Sure[f.name]
	}
	r.laid = append(r.laid, l)
	r.lines = append(r.lines, l)
}
