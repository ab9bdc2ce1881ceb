package transcript

import (
	"encoding/json"
	"errors"
	"io"
)

// maxValue is how much of JSON may belong to one segment or one value that is
// passed over: the text of a whole day, which Whisper writes once more in one
// piece, is less.
const maxValue = 2 << 20

// jsonText stands between a file and the decoder of JSON: it keeps how deep
// the values nest and how long one may be, knows the lines, leaves out needless
// space, and reads the NaN and Infinity that some programs write for a number
// as 0.
type jsonText struct {
	r     io.Reader
	in    [chunk]byte
	have  []byte // of in, not given yet
	err   error
	left  int   // bytes that may still be read for this value
	given int64 // bytes

	depth          int
	quoted, escape bool
	word           bool // in the letters of NaN or Infinity
	last           byte // given last, outside strings
	cr             bool // the byte before was \r
	line           int
	places         []place // in what was given, from the last one asked for on
	head           int     // the first of them that counts
}

// place says in which line a byte is, and whether it opens an object that may
// be a segment.
type place struct {
	at   int64
	line int
	open bool
}

func newJSON(r io.Reader) (*json.Decoder, *jsonText) {
	t := &jsonText{r: r, left: maxValue, line: 1, places: []place{{line: 1}}}
	return json.NewDecoder(t), t
}

func (t *jsonText) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if len(t.have) == 0 {
			if n > 0 || t.err != nil {
				break
			}
			var got int
			got, t.err = t.r.Read(t.in[:])
			t.have = t.in[:got]
			continue
		}
		b := t.have[0]
		t.have = t.have[1:]
		out, keep := t.take(b)
		if !keep {
			continue
		}
		if t.left--; t.left < 0 {
			t.err = fault(TooLong, t.line, "a value of more than 2 MiB", "shorter values")
			return n, t.err
		}
		if t.depth > MaxDepth {
			t.err = fault(TooDeep, t.line, "JSON that nests too deep", "at most 64 levels")
			return n, t.err
		}
		p[n] = out
		n++
		t.given++
	}
	if n == 0 {
		return 0, t.err
	}
	return n, nil
}

// take looks at one byte and says what to give for it.
func (t *jsonText) take(b byte) (out byte, keep bool) {
	if b == '\r' || b == '\n' && !t.cr {
		t.line++
	}
	t.cr = b == '\r'
	if t.quoted {
		switch {
		case t.escape:
			t.escape = false
		case b == '\\':
			t.escape = true
		case b == '"':
			t.quoted = false
		}
		return b, true
	}
	letter := b|0x20 >= 'a' && b|0x20 <= 'z'
	if t.word && letter {
		return 0, false
	}
	t.word = false
	switch b {
	case ' ', '\t', '\r', '\n':
		keep = t.last != ' '
		t.last = ' '
		return ' ', keep
	case '"':
		t.quoted = true
	case '{', '[':
		t.depth++
	case '}', ']':
		t.depth--
	case 'N', 'I':
		if t.last == ' ' || t.last == ':' || t.last == ',' || t.last == '[' || t.last == '-' {
			t.word, b = true, '0'
		}
	}
	t.last = b
	open := b == '{' && t.depth <= 3 // a segment, or what is around it
	if open || t.places[len(t.places)-1].line != t.line {
		t.places = append(t.places, place{t.given, t.line, open})
	}
	return b, true
}

// next says that a value ends at a byte: the next one may be as long.
func (t *jsonText) next(at int64) {
	t.left = maxValue
	for t.head+1 < len(t.places) && t.places[t.head+1].at <= at {
		t.head++
	}
	if t.head > 1000 && t.head*2 > len(t.places) {
		t.places = append(t.places[:0], t.places[t.head:]...)
		t.head = 0
	}
}

// lineAt gives the line of the first object that opens at a byte or behind it;
// where none does, of that byte.
func (t *jsonText) lineAt(at int64) int {
	line := t.places[t.head].line
	for _, p := range t.places[t.head:] {
		switch {
		case p.at <= at && !p.open:
			line = p.line
		case p.at >= at && p.open:
			return p.line
		}
	}
	return line
}

// jsonFault makes an [Error] of what the decoder says, which quotes the file.
func jsonFault(err error, t *jsonText, at int64) error {
	var own *Error
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &own):
		return own
	case err == io.EOF, err == io.ErrUnexpectedEOF:
		return fault(BadJSON, t.line, "the end of the file in the middle of JSON", "the whole file")
	case errors.As(err, &syntax):
		return fault(BadJSON, t.lineAt(at), "broken JSON", "JSON as the program wrote it")
	case errors.As(err, &kind):
		return fault(OtherJSON, t.lineAt(at), "a segment of another form", wantsSegments)
	}
	return err
}
