package paper

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"math"

	"samenspel/lens"
)

// Format and FormatVersion are what a report as JSON says it is.
const (
	Format        = "samenspel-lens"
	FormatVersion = 1
)

// JSON writes a report as JSON: who is what, every utterance with its codes,
// and the measures. The utterances go by one at a time, so that a long
// conversation needs no more memory than a short one.
type JSON struct {
	w     *bufio.Writer
	err   error
	count int
}

// NewJSON begins a report. Of the report, what is known before the utterances
// is read: all but the measures.
func NewJSON(w io.Writer, r *Report) *JSON {
	j := &JSON{w: bufio.NewWriter(w)}
	type place struct {
		Name string    `json:"name"`
		Role lens.Role `json:"role"`
	}
	cast := []place{}
	for _, p := range r.Cast {
		cast = append(cast, place{p.Name, p.Role})
	}
	j.put("{\"format\":%s,\"version\":%d,\"lens\":%s,\"language\":%s,\"about\":%s,\n\"cast\":%s,\n\"utterances\":[",
		Format, FormatVersion, r.Version, r.Language, speak(r.Language).Say("points"), cast)
	return j
}

// put writes values as JSON in the places of a format.
func (j *JSON) put(format string, values ...any) {
	var written []any
	for _, v := range values {
		b, err := json.Marshal(v)
		if n, ok := v.(int); ok {
			written = append(written, n)
		} else {
			written = append(written, b)
		}
		j.note(err)
	}
	_, err := fmt.Fprintf(j.w, format, written...)
	j.note(err)
}

func (j *JSON) note(err error) {
	if j.err == nil {
		j.err = err
	}
}

// given is one field of an utterance: the code, and how sure its reader is.
type given struct {
	Code lens.Code `json:"code"`
	Sure float64   `json:"sure"`
}

// said is one utterance with its codes.
type said struct {
	N       int              `json:"n"`
	Turn    int              `json:"turn"`
	Speaker string           `json:"speaker"`
	Role    lens.Role        `json:"role"`
	Text    string           `json:"text"`
	Start   lens.Clock       `json:"start_s"`
	End     lens.Clock       `json:"end_s"`
	By      lens.Reader      `json:"by"`
	Codes   map[string]given `json:"codes"`
}

// Through writes the utterances that go by.
func (j *JSON) Through(all iter.Seq2[lens.Coded, error]) iter.Seq2[lens.Coded, error] {
	return func(yield func(lens.Coded, error) bool) {
		for c, err := range all {
			if err == nil {
				j.utterance(&c)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func (j *JSON) utterance(c *lens.Coded) {
	u := said{c.N, c.Turn, c.Speaker, c.Role, c.Text, lens.Clock(c.Start), lens.Clock(c.End), c.By, map[string]given{}}
	for f, code := range c.Codes {
		if code != "" {
			u.Codes[lens.Field(f).String()] = given{code, math.Round(c.Sure[f]*1000) / 1000}
		}
	}
	between := ",\n"
	if j.count == 0 {
		between = "\n"
	}
	j.count++
	b, err := json.Marshal(u)
	j.note(err)
	_, err = j.w.WriteString(between + string(b))
	j.note(err)
}

// End writes the measures and ends the report.
func (j *JSON) End(m *lens.Measures) error {
	j.put("],\n\"measures\":%s}\n", m)
	j.note(j.w.Flush())
	return j.err
}
