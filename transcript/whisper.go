package transcript

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"
)

const (
	wantsSegments = "“segments” with start, end and text (Whisper, WhisperX), or “transcription” with offsets and text (whisper.cpp)"
	wantsJSON     = wantsSegments + ", or an utterance on each line with speaker, turn and text"
)

// segment is what Whisper, WhisperX and whisper.cpp write of one piece.
type segment struct {
	Start   *float64 `json:"start"` // seconds
	End     *float64 `json:"end"`
	Offsets *struct {
		From float64 `json:"from"` // milliseconds
		To   float64 `json:"to"`
	} `json:"offsets"`
	Text    *string `json:"text"`
	Speaker who     `json:"speaker"`
	Words   []struct {
		Speaker who `json:"speaker"`
	} `json:"words"`
}

// who is a speaker; some programs number them.
type who string

func (w *who) UnmarshalJSON(b []byte) error {
	var any any
	if err := json.Unmarshal(b, &any); err != nil {
		return err
	}
	switch v := any.(type) {
	case string:
		if v != "?" { // whisper.cpp does not know
			*w = who(v)
		}
	case float64:
		*w = who(strconv.FormatFloat(v, 'f', -1, 64))
	}
	return nil
}

// speaker gives who said a segment; where only its words say it, the one who
// said most of them.
func (s *segment) speaker() string {
	if s.Speaker != "" || len(s.Words) == 0 {
		return string(s.Speaker)
	}
	count := map[who]int{}
	var order []who
	for _, w := range s.Words {
		if w.Speaker != "" {
			if count[w.Speaker]++; count[w.Speaker] == 1 {
				order = append(order, w.Speaker)
			}
		}
	}
	if len(order) == 0 {
		return ""
	}
	return string(slices.MaxFunc(order, func(a, b who) int { return count[a] - count[b] }))
}

// when gives the times of a segment; false is a time that cannot be.
func (s *segment) when() (span, bool) {
	var start, end bool
	w := span{timed: true}
	switch {
	case s.Start != nil && s.End != nil:
		w.start, start = seconds(*s.Start)
		w.end, end = seconds(*s.End)
	case s.Start != nil:
		w.start, start = seconds(*s.Start)
		w.end, end = w.start, true
	case s.Offsets != nil:
		w.start, start = milliseconds(s.Offsets.From)
		w.end, end = milliseconds(s.Offsets.To)
	default:
		return span{}, true
	}
	return w, start && end
}

// looked is how many segments are looked at to see whether they have speakers.
const looked = 50

// prepareJSON tells the forms of JSON by the first keys that only one has.
func (r *Recording) prepareJSON() error {
	d, t := newJSON(r.source.text())
	if first, err := d.Token(); err != nil {
		return jsonFault(err, t, d.InputOffset())
	} else if first != json.Delim('{') {
		return fault(OtherJSON, 1, "JSON of another program", wantsJSON)
	}
	for {
		t.next(d.InputOffset())
		key, err := d.Token()
		if err != nil {
			return jsonFault(err, t, d.InputOffset())
		}
		switch key {
		case "segments", "transcription":
			r.read = (*Recording).segments
			r.Format = Whisper
			if key == "transcription" {
				return nil // of whisper.cpp, with speakers or without
			}
			return r.findSpeakers(d, t)
		case "dialogue", "turn", "speaker", "role", "n":
			r.Format, r.read = JSONL, (*Recording).utterances
			return nil
		case json.Delim('}'):
			return fault(OtherJSON, 1, "JSON of another program", wantsJSON)
		}
		if err := pass(d, t); err != nil {
			return err
		}
	}
}

// findSpeakers tells WhisperX from Whisper.
func (r *Recording) findSpeakers(d *json.Decoder, t *jsonText) error {
	count := 0
	err := eachSegment(d, t, func(s *segment, _ int) error {
		if s.speaker() != "" {
			r.Format = WhisperX
		}
		if count++; count == looked || r.Format == WhisperX {
			return errEnough
		}
		return nil
	})
	if err == errEnough {
		return nil
	}
	return err
}

// segments makes pieces of the segments.
func (r *Recording) segments(j *joiner) error {
	d, t := newJSON(r.source.text())
	if _, err := d.Token(); err != nil {
		return jsonFault(err, t, d.InputOffset())
	}
	seen := false
	for {
		t.next(d.InputOffset())
		key, err := d.Token()
		if err != nil {
			return jsonFault(err, t, d.InputOffset())
		}
		switch key {
		case json.Delim('}'):
			return atEnd(d, t)
		case "segments", "transcription":
			if seen {
				return fault(OtherJSON, t.lineAt(d.InputOffset()), "segments for a second time", wantsSegments)
			}
			seen = true
			err = eachSegment(d, t, func(s *segment, line int) error { return j.addSegment(s, line) })
		default:
			err = pass(d, t)
		}
		if err != nil {
			return err
		}
	}
}

func (j *joiner) addSegment(s *segment, line int) error {
	if s.Text == nil {
		return fault(OtherJSON, line, "a segment without text", wantsSegments)
	}
	when, ok := s.when()
	if !ok {
		return fault(OtherJSON, line, "a time that cannot be", "seconds from the beginning, or for whisper.cpp milliseconds")
	}
	return j.add(piece{speaker: s.speaker(), text: *s.Text, when: when, line: line})
}

// eachSegment reads an array of segments.
func eachSegment(d *json.Decoder, t *jsonText, take func(*segment, int) error) error {
	open, err := d.Token()
	if err != nil {
		return jsonFault(err, t, d.InputOffset())
	}
	if open != json.Delim('[') {
		return fault(OtherJSON, t.lineAt(d.InputOffset()), "JSON of another program", wantsSegments)
	}
	for d.More() {
		t.next(d.InputOffset())
		var s segment
		from := d.InputOffset()
		if err := d.Decode(&s); err != nil {
			return jsonFault(err, t, from)
		}
		if err := take(&s, t.lineAt(from)); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return jsonFault(err, t, d.InputOffset())
	}
	return nil
}

// pass goes over one value.
func pass(d *json.Decoder, t *jsonText) error {
	depth := 0
	for {
		t.next(d.InputOffset())
		token, err := d.Token()
		if err != nil {
			return jsonFault(err, t, d.InputOffset())
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth <= 0 {
			return nil
		}
	}
}

// atEnd holds that nothing stands behind the JSON.
func atEnd(d *json.Decoder, t *jsonText) error {
	from := d.InputOffset()
	switch _, err := d.Token(); err {
	case io.EOF:
		return nil
	case nil:
		return fault(BadJSON, t.lineAt(from), "more behind the end of the JSON", "one JSON object")
	default:
		return jsonFault(err, t, d.InputOffset())
	}
}
