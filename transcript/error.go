package transcript

import (
	"fmt"
	"maps"
	"strings"
)

// Key says what is wrong with a file, or what was left out of it, as the key
// of a text for a screen. Each has the arguments File, Line, Found and Wants.
type Key string

// Why a file is not read: the keys of an [Error].
const (
	Empty     Key = "transcript.empty"      // nothing in it, or only space
	TooLarge  Key = "transcript.too_large"  // more than MaxSize
	TooLong   Key = "transcript.too_long"   // a line or cue of more than MaxLine
	TooMany   Key = "transcript.too_many"   // more than MaxCues
	TooDeep   Key = "transcript.too_deep"   // JSON or XML that nests too deep
	BadText   Key = "transcript.bad_text"   // an encoding that is not known, or broken
	Binary    Key = "transcript.binary"     // no text at all
	Sound     Key = "transcript.sound"      // the recording itself: sound or video
	Picture   Key = "transcript.picture"    // a picture
	PDF       Key = "transcript.pdf"        // a PDF
	OldOffice Key = "transcript.old_office" // .doc, .rtf, .odt: to be saved as DOCX
	Markup    Key = "transcript.markup"     // a web page or XML
	NotDOCX   Key = "transcript.not_docx"   // a ZIP without a Word document
	BadDOCX   Key = "transcript.bad_docx"   // a DOCX that is broken or locked
	Bomb      Key = "transcript.bomb"       // a DOCX that is unpacked far too large
	OtherJSON Key = "transcript.other_json" // JSON of something else
	BadJSON   Key = "transcript.bad_json"   // broken JSON
	BadLine   Key = "transcript.bad_line"   // a line of JSON Lines that is no utterance
	NoCues    Key = "transcript.no_cues"    // not one good cue
	NoSpeaker Key = "transcript.no_speaker" // text in which nobody speaks
	NoSpeech  Key = "transcript.no_speech"  // all is well, but nothing is said
)

// What is left out of a file: keys of a [Skip].
const (
	SkipCue      Key = "transcript.skip_cue"      // a cue without times that can be read
	SkipEmpty    Key = "transcript.skip_empty"    // a cue or line in which nothing is said
	SkipComment  Key = "transcript.skip_comment"  // notes and style for the player
	SkipPreamble Key = "transcript.skip_preamble" // what stands before the first speaker
	SkipHeading  Key = "transcript.skip_heading"  // the first row of a table in Word, with the names of its columns
	SkipDeleted  Key = "transcript.skip_deleted"  // deleted in Word, with tracked changes
	SkipBox      Key = "transcript.skip_box"      // a text box in Word
)

// What is odd and was kept: keys of a [Skip].
const (
	KeptEncoding  Key = "transcript.kept_encoding"    // not UTF-8, but one that is known
	KeptBackwards Key = "transcript.kept_backwards"   // times that run backwards; the order of the file stays
	KeptOverlap   Key = "transcript.kept_overlap"     // two at the same time
	KeptUnnamed   Key = "transcript.kept_unnamed"     // some of it without a speaker
	KeptNobody    Key = "transcript.kept_nobody"      // nothing in it has a speaker
	KeptOne       Key = "transcript.kept_one_speaker" // all of it is of one speaker
)

// Error says why a file cannot be read. It holds nothing of what was said.
type Error struct {
	File  string
	Line  int // 0 where it is about the whole file; of a DOCX the paragraph
	Key   Key
	Found string // of what kind it was
	Wants string // what was expected
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	fmt.Fprintf(&b, ": %s; expected %s", e.Found, e.Wants)
	return b.String()
}

// fault makes an [Error]; the name of the file comes later.
func fault(key Key, line int, found, wants string) *Error {
	return &Error{Key: key, Line: line, Found: found, Wants: wants}
}

// Skip is something that was left out of a file, or kept though it is odd.
type Skip struct {
	Key   Key
	Count int
	Line  int  // where it was first
	Kept  bool // true where nothing was left out
}

// skips are the keys of a [Skip] in their order, and whether what they are
// about was kept.
var skips = []struct {
	key  Key
	kept bool
}{
	{SkipCue, false}, {SkipEmpty, false}, {SkipComment, false}, {SkipPreamble, false}, {SkipHeading, false},
	{SkipDeleted, false}, {SkipBox, false},
	{KeptEncoding, true}, {KeptBackwards, true}, {KeptOverlap, true}, {KeptUnnamed, true}, {KeptNobody, true}, {KeptOne, true},
}

// tally counts what is left out, by key.
type tally map[Key]Skip

func (t tally) note(key Key, line int) {
	s := t[key]
	if s.Count == 0 {
		s.Line = line
	}
	s.Count++
	t[key] = s
}

func (t tally) copy() tally {
	c := make(tally, len(t))
	maps.Copy(c, t)
	return c
}

func (t tally) list() []Skip {
	var list []Skip
	for _, s := range skips {
		if found := t[s.key]; found.Count > 0 {
			list = append(list, Skip{s.key, found.Count, found.Line, s.kept})
		}
	}
	return list
}
