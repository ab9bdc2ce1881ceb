package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"samenspel"
)

// The largest parts of an entry, in bytes, before sealing. The longest words
// that are taken (samenspel.MaxWords) fit with every character escaped.
const (
	maxStructure = 64 << 10
	maxWords     = 256 << 10
)

// plain is a fact in its written form, before sealing. The sequence number,
// the command and the time travel beside it.
type plain struct {
	Kind      string
	Version   int
	Structure []byte              // JSON of structure
	Words     []byte              // JSON from a place's name to its text; nil when nothing was said
	Holder    samenspel.PartnerID // of the words
}

// structure is who did it and the event without its words.
type structure struct {
	Person samenspel.PersonID  `json:"person,omitempty"`
	By     samenspel.PartnerID `json:"by,omitempty"`
	Event  json.RawMessage     `json:"event"`
}

// form names one written form of a kind.
type form struct {
	kind    string
	version int
}

// raise turns the written form of a kind into that of the next version.
type raise func(event json.RawMessage, words map[string]string) (json.RawMessage, map[string]string, error)

// codec knows the forms in which events are and were written.
type codec struct {
	versions map[string]int // the present version of a kind, where it is not 1
	raisers  map[form]raise // from each older form
}

// forms is the codec of this program. A kind whose form changes gets its new
// version here, and the way up from the old one.
var forms = codec{}

func (c codec) version(kind string) int { return max(c.versions[kind], 1) }

// encode writes a fact in the present form of its kind.
func (c codec) encode(f samenspel.Fact) (plain, error) {
	p := plain{Kind: f.Event.Kind(), Version: c.version(f.Event.Kind())}
	event, err := json.Marshal(f.Event)
	if err != nil {
		return plain{}, fmt.Errorf("write %s: %w", p.Kind, err)
	}
	if p.Structure, err = json.Marshal(structure{f.Person, f.By, event}); err != nil {
		return plain{}, fmt.Errorf("write %s: %w", p.Kind, err)
	}
	if said := spoken(f.Event); len(said) > 0 {
		p.Holder = f.Event.(samenspel.Spoken).Holder()
		if p.Words, err = json.Marshal(said); err != nil {
			return plain{}, fmt.Errorf("write the words of %s: %w", p.Kind, err)
		}
	}
	if len(p.Structure) > maxStructure || len(p.Words) > maxWords {
		return plain{}, fmt.Errorf("write %s: too large", p.Kind)
	}
	return p, nil
}

// spoken takes the words out of an event, by their place.
func spoken(e samenspel.Event) map[string]string {
	said := map[string]string{}
	if s, ok := e.(samenspel.Spoken); ok {
		for place, words := range s.Sayings() {
			if !words.Empty() {
				said[place] = words.Text()
			}
		}
	}
	return said
}

// decode reads who did it and the event. Without words, as after an erasure,
// the event's words are empty. The rest of the fact is the caller's.
func (c codec) decode(p plain) (samenspel.Fact, error) {
	event := samenspel.NewEvent(p.Kind)
	if event == nil || p.Version < 1 || p.Version > c.version(p.Kind) {
		return samenspel.Fact{}, fmt.Errorf("%w: %q version %d", ErrUnknownKind, p.Kind, p.Version)
	}
	if len(p.Structure) > maxStructure || len(p.Words) > maxWords {
		return samenspel.Fact{}, fmt.Errorf("read %s: too large", p.Kind)
	}
	var s structure
	if err := strictly(p.Structure, &s); err != nil {
		return samenspel.Fact{}, fmt.Errorf("read %s: %w", p.Kind, err)
	}
	var said map[string]string
	if p.Words != nil {
		if err := strictly(p.Words, &said); err != nil {
			return samenspel.Fact{}, fmt.Errorf("read the words of %s: %w", p.Kind, errNotWords)
		}
	}
	if err := c.raise(p, &s, &said); err != nil {
		return samenspel.Fact{}, err
	}
	if err := strictly(s.Event, event); err != nil {
		return samenspel.Fact{}, fmt.Errorf("read %s: %w", p.Kind, err)
	}
	if err := speak(event, said); err != nil {
		return samenspel.Fact{}, fmt.Errorf("read the words of %s: %w", p.Kind, err)
	}
	return samenspel.Fact{Person: s.Person, By: s.By, Event: event}, nil
}

// raise brings what an older version wrote to the present form.
func (c codec) raise(p plain, s *structure, said *map[string]string) error {
	for v := p.Version; v < c.version(p.Kind); v++ {
		up := c.raisers[form{p.Kind, v}]
		if up == nil {
			return fmt.Errorf("%w: no way up from %q version %d", ErrUnknownKind, p.Kind, v)
		}
		var err error
		if s.Event, *said, err = up(s.Event, *said); err != nil {
			return fmt.Errorf("raise %q from version %d: %w", p.Kind, v, err)
		}
	}
	return nil
}

// errNotWords stands for what went wrong in reading words: the reader's own
// error might quote them.
var errNotWords = errors.New("not words by their place")

// speak puts words back in their places.
func speak(e samenspel.Event, said map[string]string) error {
	if len(said) == 0 {
		return nil
	}
	s, ok := e.(samenspel.Spoken)
	if !ok {
		return errNotWords
	}
	places := s.Sayings()
	for place, text := range said {
		words := places[place]
		if words == nil {
			return errNotWords
		}
		*words = samenspel.Say(text)
	}
	return nil
}

// strictly reads one JSON value with no unknown fields and nothing behind it.
func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind the value")
	}
	return nil
}
