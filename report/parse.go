package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"time"
	"unicode/utf8"

	"samenspel"
)

// strictly reads one JSON value with no unknown fields and nothing behind it.
func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("report: something stands behind the value")
	}
	return nil
}

// known reports what stands in the way when data is not of a format and
// version that this program reads.
func known(data []byte) error {
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if !utf8.Valid(data) {
		return no("invalid.story_utf8")
	}
	if !sound(data) {
		return no("invalid.story_data")
	}
	err := json.Unmarshal(data, &head)
	switch {
	case err != nil:
		return no("invalid.story_data")
	case head.Format != Format:
		return no("invalid.story_foreign")
	case head.Version != Version:
		return no("invalid.story_version")
	}
	return nil
}

// parse makes the story out of the open data: what goes along to a new place.
// All the rest is read and held against what a story may be, and stays in the
// file: agreements, dialogues and the like are between people who are not at
// the new place.
func parse(data []byte, from *Package, now time.Time) (samenspel.Story, error) {
	var none samenspel.Story
	if err := known(data); err != nil {
		return none, err
	}
	var d Data
	if err := strictly(data, &d); err != nil || !d.Made.Equal(from.Made) {
		return none, no("invalid.story_data")
	}
	p := parsing{now: now, places: map[string]int{}}
	s := samenspel.Story{
		Origin: from.Origin, Made: d.Made, Pace: d.Person.Pace, Name: p.words(d.Person.Name, samenspel.MaxName),
	}
	for i, th := range d.Themes {
		p.places[th.ID] = i + 1
		s.Themes = append(s.Themes, samenspel.StoryTheme{Name: p.words(th.Name, samenspel.MaxTheme), Mine: th.Own, Aside: th.NotHere})
	}
	for _, st := range d.Statements {
		if st.Standing == samenspel.RefusedByMe {
			continue // out of the picture there, and here
		}
		s.Said = append(s.Said, p.saying(st))
	}
	if len(p.places) != len(d.Themes) {
		p.fail(no("invalid.story_data"))
	}
	p.rest(&d)
	return s, p.failed
}

// parsing keeps the first thing that is wrong.
type parsing struct {
	now    time.Time
	places map[string]int // of a theme among the themes, from 1
	failed error
}

func (p *parsing) fail(err error) {
	if p.failed == nil {
		p.failed = err
	}
}

// words takes a text as a form would.
func (p *parsing) words(text string, most int) samenspel.Words {
	w, err := samenspel.ParseWords(text, most)
	if err != nil {
		p.fail(no("invalid.story_words"))
	}
	return w
}

func (p *parsing) saying(st Statement) samenspel.StorySaying {
	s := samenspel.StorySaying{
		Words: p.words(st.Words, samenspel.MaxWords), Kind: st.Kind, Layer: st.Layer, Said: st.Said,
		Standing: st.Standing, Alone: st.Alone,
	}
	if st.Standing != samenspel.Own {
		s.Speaker = p.words(st.SaidBy, samenspel.MaxName)
	}
	if st.Standing == samenspel.Reworded {
		s.First = p.words(st.First, samenspel.MaxWords)
	}
	if st.Theme != "" {
		place, there := p.places[st.Theme]
		if !there {
			p.fail(no("invalid.story_data"))
		}
		s.Theme = place
	}
	for _, e := range st.Emotions {
		if e.State == samenspel.Open || e.State == samenspel.Met {
			s.Emotions = append(s.Emotions, samenspel.StoryEmotion{Word: p.words(e.Word, samenspel.MaxFeel), At: e.At, Feeling: e.State})
		}
	}
	return s
}
