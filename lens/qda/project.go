package qda

import (
	"errors"
	"fmt"
	"time"

	"samenspel/lens"
)

// Project is what goes into one file.
type Project struct {
	Name          string
	At            time.Time // when it is made; all in it is said to be from then
	Conversations []Conversation
}

// Conversation is one text with the codes that one or more readers gave it.
type Conversation struct {
	Name     string // of the text in the other program; empty: the dialogue's
	Readings []Reading
}

// Reading is how one reader coded a conversation.
type Reading struct {
	Reader string // a name; empty: what each utterance says of who coded it
	Coded  []lens.Coded
}

// reader names who gave an utterance its codes.
func (r *Reading) reader(u *lens.Coded) string {
	switch {
	case r.Reader != "":
		return inLine(r.Reader)
	case u.By != "":
		return inLine(string(u.By))
	}
	return string(lens.ByLens)
}

// name gives the name of the conversation, the number where it has none.
func (c *Conversation) name(number int) string {
	switch {
	case c.Name != "":
		return inLine(c.Name)
	case c.spoken()[0].Dialogue != "":
		return inLine(c.spoken()[0].Dialogue)
	}
	return fmt.Sprintf("%d", number)
}

// spoken lists the utterances; all readings have the same.
func (c *Conversation) spoken() []lens.Coded { return c.Readings[0].Coded }

// errNoTime is for a project that does not say when it was made: programs that
// read it do not take that.
var errNoTime = errors.New("qda: a project says in which of the years 1 to 9999 it was made")

// fault finds what cannot be written. It holds no words of anybody.
func (p *Project) fault() error {
	if year := p.At.UTC().Year(); p.At.IsZero() || year < 1 || year > 9999 {
		return errNoTime
	}
	return faults(p.Conversations)
}

// faults finds conversations without utterances, readings that are not of the
// same text, and codes that the codebook does not have.
func faults(conversations []Conversation) error {
	for i := range conversations {
		c := &conversations[i]
		if len(c.Readings) == 0 || len(c.spoken()) == 0 {
			return fmt.Errorf("qda: conversation %d has no utterances", i+1)
		}
		for j := range c.Readings {
			if err := c.compare(&c.Readings[j]); err != nil {
				return fmt.Errorf("qda: conversation %d, reading %d: %w", i+1, j+1, err)
			}
		}
	}
	return nil
}

// compare holds a reading against the text of its conversation.
func (c *Conversation) compare(r *Reading) error {
	if len(r.Coded) != len(c.spoken()) {
		return fmt.Errorf("%d utterances, the first reading has %d", len(r.Coded), len(c.spoken()))
	}
	for i := range r.Coded {
		u, first := &r.Coded[i], &c.spoken()[i]
		if u.Text != first.Text || u.Speaker != first.Speaker || u.Turn != first.Turn {
			return fmt.Errorf("utterance %d is another than in the first reading", i+1)
		}
		if why := u.Fault(); why != "" {
			return fmt.Errorf("utterance %d: %s", i+1, why)
		}
	}
	return nil
}
