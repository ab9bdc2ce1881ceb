package transcript

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

const wantsUtterance = `an utterance as in {"dialogue":"…","n":1,"turn":1,"speaker":"…","role":"…","text":"…"}`

// utterance is a line of the codebook's JSON Lines. Its codes are not read
// here.
type utterance struct {
	Dialogue string  `json:"dialogue"`
	Turn     int     `json:"turn"`
	Speaker  string  `json:"speaker"`
	Role     string  `json:"role"`
	Text     *string `json:"text"`
}

// utterances makes pieces of the lines. A line that is no utterance is an error
// and not left out: with codes beside them, the others would be counted wrong.
func (r *Recording) utterances(j *joiner) error {
	l := r.source.lines()
	for {
		line, err := l.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		u, err := parseUtterance(line, l.number)
		if err != nil {
			return err
		}
		err = j.add(piece{dialogue: cut(clean(u.Dialogue), MaxName), speaker: u.Speaker, role: cut(clean(u.Role), MaxName),
			turn: u.Turn, text: *u.Text, line: l.number})
		if err != nil {
			return err
		}
	}
}

func parseUtterance(line string, number int) (utterance, error) {
	var u utterance
	if nesting(line) > MaxDepth {
		return u, fault(TooDeep, number, "JSON that nests too deep", wantsUtterance)
	}
	err := json.Unmarshal([]byte(line), &u)
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		return u, fault(BadLine, number, "a line with another kind of value", wantsUtterance)
	case err != nil:
		return u, fault(BadLine, number, "a line that is no JSON", wantsUtterance)
	case u.Text == nil:
		return u, fault(BadLine, number, "a line without text", wantsUtterance)
	}
	return u, nil
}

// nesting gives how deep a line of JSON nests.
func nesting(line string) int {
	depth, deepest := 0, 0
	quoted, escape := false, false
	for i := range len(line) {
		switch c := line[i]; {
		case escape:
			escape = false
		case quoted && c == '\\':
			escape = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}
