package lens

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"
)

// maxLine bounds a line of JSON Lines, in bytes.
const maxLine = 1 << 20

// record is a line of the codebook's JSON Lines.
type record struct {
	Dialogue string `json:"dialogue"`
	N        int    `json:"n"`
	Turn     int    `json:"turn"`
	Speaker  string `json:"speaker"`
	Role     Role   `json:"role"`
	Text     string `json:"text"`
	Layer    Code   `json:"layer"`
	Emotion  Code   `json:"emotion"`
	Valence  Code   `json:"valence"`
	Question Code   `json:"question"`
	Act      Code   `json:"act"`
	Will     Code   `json:"will"`
	Friction Code   `json:"friction"`
	Response Code   `json:"response"`
}

// LineError says which line of a file of JSON Lines is not as the codebook has
// it. It holds no words of anybody.
type LineError struct {
	Line int // from 1
	Why  string
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Why) }

// ReadLines reads coded utterances, one in a line. It ends at the first line
// that is not as the codebook has it, with a [LineError]. Empty lines are left
// out.
func ReadLines(r io.Reader) iter.Seq2[Utterance, error] {
	return func(yield func(Utterance, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(make([]byte, 0, 64<<10), maxLine)
		n := 0
		for lines.Scan() {
			n++
			line := bytes.TrimSpace(lines.Bytes())
			if n == 1 {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			if len(line) == 0 {
				continue
			}
			u, why := readLine(line)
			if why != "" {
				yield(Utterance{}, &LineError{n, why})
				return
			}
			if !yield(u, nil) {
				return
			}
		}
		switch err := lines.Err(); {
		case errors.Is(err, bufio.ErrTooLong):
			yield(Utterance{}, &LineError{n + 1, fmt.Sprintf("is longer than %d bytes", maxLine)})
		case err != nil:
			yield(Utterance{}, err)
		}
	}
}

// readLine reads one line, or says why it cannot.
func readLine(line []byte) (Utterance, string) {
	if !utf8.Valid(line) {
		return Utterance{}, "is not UTF-8"
	}
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		return Utterance{}, "is not a line of the codebook's JSON Lines"
	}
	u := Utterance{Dialogue: r.Dialogue, N: r.N, Turn: r.Turn, Speaker: r.Speaker, Role: r.Role, Text: r.Text,
		Codes: Codes{r.Layer, r.Emotion, r.Valence, r.Question, r.Act, r.Will, r.Friction, r.Response}}
	return u, u.Fault()
}

// WriteLines writes utterances as JSON Lines, one in a line.
func WriteLines(w io.Writer, all iter.Seq[Utterance]) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for u := range all {
		c := u.Codes
		if err := out.Encode(record{u.Dialogue, u.N, u.Turn, u.Speaker, u.Role, u.Text,
			c[Layer], c[Emotion], c[Valence], c[Question], c[Act], c[Will], c[Friction], c[Response]}); err != nil {
			return fmt.Errorf("write JSON Lines: %w", err)
		}
	}
	return nil
}
