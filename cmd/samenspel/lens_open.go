package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"samenspel/lens"
	"samenspel/lens/paper"
	"samenspel/transcript"
)

// talk is an open transcript, listened to once to know who speaks.
type talk struct {
	file      *os.File
	name      string
	recording *transcript.Recording
	voices    lens.Voices
	roles     lens.Cast // as far as the file itself says
	language  string    // "" for one that the lens does not read
	dialogues []string
	only      string // the dialogue that is asked for, where the file has several
}

// fileError says what is the matter with a file that was asked for.
type fileError struct{ name, why string }

func (e *fileError) Error() string { return e.name + ": " + e.why }

// opened opens a file that somebody named.
func opened(path string) (*os.File, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &fileError{filepath.Base(path), "is not there"}
	}
	return f, err
}

// openTalk opens a transcript and hears who speaks. What is open is closed by
// close.
func openTalk(path, only string) (*talk, error) {
	f, err := opened(path)
	if err != nil {
		return nil, err
	}
	t := &talk{file: f, name: filepath.Base(path), only: only}
	if err := t.hear(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return t, nil
}

func (t *talk) close() error { return t.file.Close() }

func (t *talk) hear() error {
	about, err := t.file.Stat()
	if err != nil {
		return err
	}
	if about.IsDir() {
		return &fileError{t.name, "is a folder; expected a transcript"}
	}
	if t.recording, err = transcript.Read(t.file, about.Size(), t.name); err != nil {
		return err
	}
	var tongue lens.Tongue
	for turn, err := range t.recording.Turns() {
		if err != nil {
			return err
		}
		if n := len(t.dialogues); n == 0 || t.dialogues[n-1] != turn.Dialogue {
			t.dialogues = append(t.dialogues, turn.Dialogue)
		}
		if t.only != "" && turn.Dialogue != t.only {
			continue
		}
		said := strings.Join(turn.Parts, " ")
		t.voices.Hear(turn.Speaker, said)
		tongue.Hear(said)
		if _, known := t.roles.Role(turn.Speaker); !known && turn.Role != "" {
			t.roles = append(t.roles, lens.Place{Name: turn.Speaker, Role: lens.Role(turn.Role)})
		}
	}
	t.language = tongue.Language()
	return t.oneTalk()
}

// oneTalk reports what stands in the way when a file is not one conversation.
func (t *talk) oneTalk() error {
	switch {
	case t.only != "" && len(t.voices) == 0:
		return &fileError{t.name, fmt.Sprintf("holds no conversation %q", t.only)}
	case t.only == "" && len(t.dialogues) > 1:
		return &fileError{t.name, fmt.Sprintf("holds %d conversations; choose one, as: --dialogue %s", len(t.dialogues), t.dialogues[0])}
	case len(t.voices) == 0:
		return &fileError{t.name, "nobody says anything in it"}
	case len(t.voices) == 1 && t.voices[0].Name == "":
		return &fileError{t.name, `does not say who speaks; expected names, as "Name: what they say"`}
	case len(t.voices) == 1:
		return &fileError{t.name, "has one speaker; expected a professional and at least one other"}
	}
	return nil
}

// turns are those of the conversation that is asked for.
func (t *talk) turns() iter.Seq2[transcript.Turn, error] {
	return func(yield func(transcript.Turn, error) bool) {
		for turn, err := range t.recording.Turns() {
			if err == nil && t.only != "" && turn.Dialogue != t.only {
				continue
			}
			if !yield(turn, err) {
				return
			}
		}
	}
}

// given are the utterances with the codes that stand in the file, which must be
// the codebook's JSON Lines.
func (t *talk) given(cast lens.Cast) (iter.Seq2[lens.Coded, error], error) {
	if t.recording.Format != transcript.JSONL {
		return nil, &fileError{t.name, "has no codes in it: --coded is for the codebook's JSON Lines"}
	}
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return func(yield func(lens.Coded, error) bool) {
		for u, err := range lens.ReadLines(t.file) {
			switch {
			case err != nil:
				yield(lens.Coded{}, inFile(t.name, err))
				return
			case t.only != "" && u.Dialogue != t.only:
				continue
			}
			if role, ok := cast.Role(u.Speaker); ok && role.Professional() == u.Role.Professional() {
				u.Role = role
			}
			for c := range lens.Given(func(one func(lens.Utterance) bool) { one(u) }) {
				if !yield(c, nil) {
					return
				}
			}
		}
	}, nil
}

// inFile puts the name of the file before the line that an error names.
func inFile(name string, err error) error {
	var line *lens.LineError
	if errors.As(err, &line) {
		return fmt.Errorf("%s:%d: %s", name, line.Line, line.Why)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// skips are what was left out, for the report.
func (t *talk) skips() []paper.Skip {
	var list []paper.Skip
	for _, s := range t.recording.Skips() {
		list = append(list, paper.Skip{Key: string(s.Key), Count: s.Count, Line: s.Line})
	}
	return list
}
