package transcript

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"time"
)

// Bounds of what is read. A file beyond one of them gives an [Error].
const (
	MaxSize  = 256 << 20 // bytes of a file; a larger one is not opened
	MaxLine  = 1 << 20   // bytes of one line, paragraph or cue
	MaxCues  = 1_000_000 // cues, segments or lines with speech
	MaxDepth = 64        // how deep JSON may nest

	MaxTurnParts = 200      // a longer turn goes on in a next one of the same speaker
	MaxTurnBytes = 32 << 10 // likewise; one part may be longer
	MaxName      = 200      // bytes of a speaker's name; the rest of it is cut off
)

// Format is the form of a file.
type Format string

// The forms that can be read.
const (
	WebVTT   Format = "webvtt"
	SRT      Format = "srt"
	Whisper  Format = "whisper"  // also of whisper.cpp
	WhisperX Format = "whisperx" // Whisper's, with who spoke
	DOCX     Format = "docx"
	Text     Format = "text"
	JSONL    Format = "jsonl" // the codebook's
)

// Turn is what one speaker said until another spoke. It holds people's words:
// they go to nobody but the people of that conversation.
type Turn struct {
	Dialogue string   // which conversation; only the codebook's JSON Lines say
	Speaker  string   // "" where the file does not say
	Role     string   // as the file says; only the codebook's JSON Lines do
	Parts    []string // as the file cut it: cues, segments, lines, utterances

	Timed bool          // whether the file says when
	Start time.Duration // from the beginning of the recording
	End   time.Duration // the same as Start where only that is known

	Line int // where it begins in the file, from 1; of a DOCX the paragraph
}

// Recording is a file whose form is known.
type Recording struct {
	Format   Format
	Encoding Encoding // of the text; of a DOCX always UTF-8

	name   string
	source source
	cast   cast  // who can be meant by "Name:", in files that write so
	noted  tally // by looking through
	tally  tally // by the last reading
	read   func(*Recording, *joiner) error
}

// Read finds the form of a file and looks it through as far as that asks. The
// name is for errors alone. The file is read again by [Recording.Turns], so it
// has to stay open and the same.
func Read(f io.ReaderAt, size int64, name string) (*Recording, error) {
	r := &Recording{name: name}
	if err := r.open(f, size); err != nil {
		return nil, r.named(err)
	}
	return r, nil
}

// Turns gives the turns in the order of the file, and holds one of them at a
// time. An error is an [*Error] or that of the file itself; it comes last, and
// what came before it is then not the whole conversation. Each call reads the
// file anew.
func (r *Recording) Turns() iter.Seq2[Turn, error] {
	return func(yield func(Turn, error) bool) {
		r.tally = r.noted.copy()
		j := &joiner{yield: yield, tally: r.tally}
		err := r.read(r, j)
		if err == nil {
			err = j.end()
		}
		if err != nil && err != errEnough {
			yield(Turn{}, r.named(err))
		}
	}
}

// Skips says what was left out, and what is odd about the file, in a fixed
// order. It is complete after the last turn.
func (r *Recording) Skips() []Skip { return r.tally.list() }

// named puts the name of the file in an error.
func (r *Recording) named(err error) error {
	var e *Error
	if errors.As(err, &e) {
		e.File = r.name
		return e
	}
	return fmt.Errorf("%s: %w", r.name, err)
}
