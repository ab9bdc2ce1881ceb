package annomi

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Row is one utterance of a transcript, with what the experts said of it. Of
// the codes, those that are not for this speaker are empty.
type Row struct {
	Video      string // of which it is a part; videos are never split over training and test
	Transcript string
	Reader     string // who gave the codes
	Therapist  bool
	Text       string
	Behaviour  string // question, reflection, therapist_input, other
	Talk       string // change, neutral, sustain
	Question   string // yes, no
	Kind       string // open, closed; empty where it is no question
	Reflection string // yes, no
}

// What a file may hold at most.
const (
	maxRows  = 100_000
	maxBytes = 64 << 20
	maxText  = 20_000 // of an utterance, in bytes
)

// column is a column that is read, with what may stand in it; empty is all.
type column struct {
	name string
	may  []string
	set  func(r *Row, value string)
}

const absent = "n/a"

// columns are those that are read; a file may have more.
var columns = []column{
	{"transcript_id", nil, func(r *Row, v string) { r.Transcript = v }},
	{"video_url", nil, func(r *Row, v string) { r.Video = v }},
	{"interlocutor", []string{"therapist", "client"}, func(r *Row, v string) { r.Therapist = v == "therapist" }},
	{"utterance_text", nil, func(r *Row, v string) { r.Text = v }},
	{"annotator_id", nil, func(r *Row, v string) { r.Reader = v }},
	{"main_therapist_behaviour", []string{absent, "question", "reflection", "therapist_input", "other"}, func(r *Row, v string) { r.Behaviour = v }},
	{"client_talk_type", []string{absent, "change", "neutral", "sustain"}, func(r *Row, v string) { r.Talk = v }},
	{"question_exists", []string{absent, "True", "False"}, func(r *Row, v string) { r.Question = yes(v) }},
	{"question_subtype", []string{absent, "open", "closed"}, func(r *Row, v string) { r.Kind = v }},
	{"reflection_exists", []string{absent, "True", "False"}, func(r *Row, v string) { r.Reflection = yes(v) }},
}

// yes turns the words for true and false of the file into an answer.
func yes(v string) string {
	switch v {
	case "True":
		return "yes"
	case "False":
		return "no"
	}
	return v
}

// Read reads a file in the columns of AnnoMI. Errors give its name, the line
// and the column, and never the text of an utterance.
func Read(from io.Reader, name string) ([]Row, error) {
	limited := &io.LimitedReader{R: from, N: maxBytes + 1}
	r := csv.NewReader(limited)
	r.ReuseRecord = true
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: empty, want the columns of AnnoMI", name)
	}
	if err != nil {
		return nil, fault(name, err)
	}
	places, err := find(head)
	if err != nil {
		return nil, fmt.Errorf("%s:1: %w", name, err)
	}
	var rows []Row
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) && limited.N > 0 {
			break
		}
		if limited.N <= 0 {
			return nil, fmt.Errorf("%s: more than %d MiB", name, maxBytes>>20)
		}
		if err != nil {
			return nil, fault(name, err)
		}
		if len(rows) == maxRows {
			return nil, fmt.Errorf("%s: more than %d rows", name, maxRows)
		}
		row, bad, err := take(record, places)
		if err != nil {
			line, _ := r.FieldPos(bad)
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: columns and no rows", name)
	}
	return rows, nil
}

// fault gives an error of the CSV with its line, without what stood there.
func fault(name string, err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return fmt.Errorf("%s:%d: column %d: %w", name, parse.Line, parse.Column, parse.Err)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// find gives for each column that is read its place in the file.
func find(head []string) ([]int, error) {
	places := make([]int, len(columns))
	for i, c := range columns {
		places[i] = slices.IndexFunc(head, func(h string) bool {
			return strings.TrimPrefix(h, "\ufeff") == c.name
		})
		if places[i] < 0 {
			return nil, fmt.Errorf("no column %s", c.name)
		}
	}
	return places, nil
}

// take makes a row of a record; where it is not as it should be, it says in
// which place.
func take(record []string, places []int) (row Row, bad int, err error) {
	for i, c := range columns {
		v := record[places[i]]
		if len(v) > maxText {
			return row, places[i], fmt.Errorf("column %s: more than %d bytes", c.name, maxText)
		}
		if c.may != nil && !slices.Contains(c.may, v) {
			return row, places[i], fmt.Errorf("column %s: want one of %s", c.name, strings.Join(c.may, ", "))
		}
		if v == absent {
			v = ""
		}
		c.set(&row, strings.Clone(v))
	}
	if row.Video == "" {
		return row, places[1], errors.New("column video_url: empty")
	}
	return row, 0, nil
}
