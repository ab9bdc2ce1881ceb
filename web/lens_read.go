package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"samenspel"
	"samenspel/transcript"
	"samenspel/web/page"
)

// This file reads what somebody brings of a talk, and asks who is who. That has
// to be known before the lens reads it: what it looks for in a sentence depends
// on who says it. In between, what was read goes back and forth in the form
// itself, so that nothing of it stays here before somebody confirmed it: not on
// the disk, and not in the memory of a program that may stop.

// Bounds of what is brought.
const (
	mostFile       = 8 << 20
	mostTranscript = mostFile + 64<<10 // with what a browser puts around it
	mostVoices     = 24
	mostParts      = 100
)

// badFile says at which line a file cannot be read.
type badFile struct {
	no   *samenspel.Refusal
	line int
}

func (e *badFile) Error() string { return e.no.Error() }
func (e *badFile) Unwrap() error { return e.no }

// lineOf is the line that an error is about, or 0.
func lineOf(err error) int {
	var bad *badFile
	if errors.As(err, &bad) {
		return bad.line
	}
	return 0
}

func invalidForm(key string) error {
	return &samenspel.Refusal{Class: samenspel.Invalid, Key: key}
}

// parts takes a form with a file in it apart. The fields go to where those of
// other forms are; the file stays in memory and comes on no disk.
func (v *visit) parts() (file []byte, err error) {
	parts, err := v.r.MultipartReader()
	if err != nil {
		return nil, nil // an ordinary form, which was read already
	}
	wire := http.NewResponseController(v.w)
	if err := wire.SetReadDeadline(time.Now().Add(uploading)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, err
	}
	for range mostParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return file, nil
		}
		if err != nil {
			return nil, tooLarge(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return nil, tooLarge(err)
		}
		if name := part.FormName(); name == "file" {
			file = text
		} else if name != "" {
			v.r.PostForm.Add(name, string(text))
		}
	}
	return nil, invalidForm("invalid.form")
}

// tooLarge is what is wrong when a file cannot be taken to its end.
func tooLarge(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return invalidForm("invalid.lens_large")
	}
	return invalidForm("invalid.form")
}

// lensRead reads a file, or text that was pasted, and asks who is who in it.
func (v *visit) lensRead() error {
	file, err := v.parts()
	if err == nil {
		err = v.mayLay()
	}
	if err != nil {
		return v.askedAgain(err)
	}
	if len(file) == 0 {
		file = []byte(v.r.PostForm.Get("words"))
	}
	if len(bytes.TrimSpace(file)) == 0 {
		return v.askedAgain(invalidForm("invalid.lens_nothing"))
	}
	h, err := hear(file)
	if err != nil {
		return v.askedAgain(err)
	}
	p, err := v.lensWhoPage(h, v.guesses(h))
	if err != nil {
		return err
	}
	return v.show(p)
}

// mayLay says whether a transcript can be laid in this dialogue now.
func (v *visit) mayLay() error {
	if _, err := v.seenTalk(); err != nil {
		return err
	}
	switch t := v.seen.Transcript(v.talkID()); {
	case t == nil:
		return samenspel.ErrNotFound
	case t.Laid:
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.transcript_laid"}
	case !t.MayLay:
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.transcript_not_all"}
	}
	return nil
}

// heard is what was read of a file, as it goes through the form.
type heard struct {
	Voices []heardVoice `json:"voices"`
	Turns  []heardTurn  `json:"turns"`
	Cut    bool         `json:"cut,omitempty"` // the file says where each sentence ends
	Skips  []heardSkip  `json:"skips,omitempty"`
}

// heardVoice is one speaker, by the name in the file.
type heardVoice struct {
	Label string `json:"label"`
	Role  string `json:"role,omitempty"` // as the file says, or as it sounds
}

// heardTurn is what one of them said.
type heardTurn struct {
	Voice int      `json:"v"`
	Parts []string `json:"p"`
	Timed bool     `json:"t,omitempty"`
	Start int64    `json:"s,omitempty"` // milliseconds
	End   int64    `json:"e,omitempty"`
}

// heardSkip is what was left out of the file, counted.
type heardSkip struct {
	Key   string `json:"k"`
	Count int    `json:"n"`
	Line  int    `json:"l,omitempty"`
}

// hear reads a file. Its name is not asked for: it may hold a person's.
func hear(file []byte) (*heard, error) {
	recording, err := transcript.Read(bytes.NewReader(file), int64(len(file)), "")
	if err != nil {
		return nil, unheard(err)
	}
	h := &heard{Cut: recording.Format == transcript.JSONL}
	at := map[string]int{}
	for t, err := range recording.Turns() {
		if err != nil {
			return nil, unheard(err)
		}
		key := strings.ToLower(strings.TrimSpace(t.Speaker))
		voice, known := at[key]
		if !known {
			voice = len(h.Voices)
			at[key] = voice
			h.Voices = append(h.Voices, heardVoice{Label: shortened(strings.TrimSpace(t.Speaker)), Role: t.Role})
		}
		if len(h.Voices) > mostVoices || len(h.Turns) > samenspel.MaxLines {
			return nil, invalidForm("invalid.transcript_long")
		}
		h.Turns = append(h.Turns, heardTurn{voice, t.Parts, t.Timed, t.Start.Milliseconds(), t.End.Milliseconds()})
	}
	for _, s := range recording.Skips() {
		h.Skips = append(h.Skips, heardSkip{string(s.Key), s.Count, s.Line})
	}
	if h.sentences() > samenspel.MaxLines {
		return nil, invalidForm("invalid.transcript_long")
	}
	h.sound()
	return h, nil
}

// unheard says why a file cannot be read. What the file holds is not in it.
func unheard(err error) error {
	var bad *transcript.Error
	if errors.As(err, &bad) {
		return &badFile{&samenspel.Refusal{Class: samenspel.Invalid, Key: transcriptKey(string(bad.Key))}, bad.Line}
	}
	return err
}

// transcriptKey is the key of a text about a file.
func transcriptKey(key string) string {
	return "transcript." + strings.TrimPrefix(key, "transcript.")
}

func shortened(label string) string {
	if letters := []rune(label); len(letters) > samenspel.MaxName {
		return string(letters[:samenspel.MaxName])
	}
	return label
}

// heardIn takes what was read out of the form. A browser can send anything: it
// is held to the same bounds, and the rest is for the domain.
func heardIn(form string) (*heard, error) {
	h := &heard{}
	if json.Unmarshal([]byte(form), h) != nil || len(h.Turns) == 0 || len(h.Voices) > mostVoices || len(h.Turns) > samenspel.MaxLines+1 {
		return nil, invalidForm("invalid.lens_again")
	}
	for _, t := range h.Turns {
		if t.Voice < 0 || t.Voice >= len(h.Voices) {
			return nil, invalidForm("invalid.lens_again")
		}
	}
	h.Skips = slices.DeleteFunc(h.Skips, func(s heardSkip) bool { return !knownSkips[s.Key] })
	return h, nil
}

// knownSkips are the keys of what can be left out of a file.
var knownSkips = func() map[string]bool {
	all := map[string]bool{}
	for _, key := range []transcript.Key{
		transcript.SkipCue, transcript.SkipEmpty, transcript.SkipComment, transcript.SkipPreamble, transcript.SkipHeading,
		transcript.SkipDeleted, transcript.SkipBox, transcript.KeptEncoding, transcript.KeptBackwards, transcript.KeptOverlap,
		transcript.KeptUnnamed, transcript.KeptNobody, transcript.KeptOne,
	} {
		all[string(key)] = true
	}
	return all
}()

// samplesShown is how many sentences of somebody help to know them.
const samplesShown = 2

// lensWhoPage is the page that asks who is who, with what was read in it.
func (v *visit) lensWhoPage(h *heard, chosen []string) (page.LensWho, error) {
	d, err := v.seenTalk()
	if err != nil {
		return page.LensWho{}, err
	}
	carried, err := json.Marshal(h)
	if err != nil {
		return page.LensWho{}, err
	}
	p := page.LensWho{Frame: v.ofDialogue("/lens"), D: d, Heard: string(carried), Lens: v.Coder != nil}
	if t := v.seen.Transcript(d.ID); t != nil {
		p.Transcript = t.ID
	}
	p.Post = p.Fresh(p.Path)
	for i, voice := range h.Voices {
		row := page.VoiceRow{Field: "voice_" + strconv.Itoa(i), Label: voice.Label, Chosen: chosen[i]}
		for _, t := range h.Turns {
			for _, said := range t.Parts {
				if t.Voice == i && len(row.Said) < samplesShown {
					row.Said = append(row.Said, excerpt(said))
				}
			}
		}
		p.Voices = append(p.Voices, row)
	}
	for _, s := range h.Skips {
		p.Skips = append(p.Skips, v.text.Say(transcriptKey(s.Key), "N", s.Count, "Line", s.Line))
	}
	return p, nil
}

// excerpt is the beginning of a sentence.
func excerpt(said string) string {
	const most = 120
	if letters := []rune(said); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return said
}

// voice reads whose voice somebody chose: a partner, or a role of somebody else.
func (v *visit) voice(field string) (samenspel.PartnerID, samenspel.Role) {
	chosen := v.r.PostForm.Get(field)
	if role, other := strings.CutPrefix(chosen, page.SomebodyElse); other {
		return "", samenspel.Role(role)
	}
	return samenspel.PartnerID(chosen), ""
}
