package transcript

import "io"

// readLines gives the lines of a text with their numbers, blank ones too, to a
// function, until that gives an error. It notes what it leaves out.
type readLines func(take func(line string, number int) error, note func(Key, int)) error

// typed gives the lines of a text file.
func (r *Recording) typed(take func(string, int) error, _ func(Key, int)) error {
	l := r.source.lines()
	for {
		line, err := l.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = take(line, l.number)
		}
		if err != nil {
			return err
		}
	}
}

// page goes through the lines of a text: it puts a time that stands on a line
// of its own before the line below.
type page struct {
	alone span
	blank bool // the line before was, or there is none
}

// open takes a line apart; false is a line without words.
func (p *page) open(line string) (l label, start, ok bool) {
	line = clean(line)
	if line == "" {
		p.blank = true
		return label{}, false, false
	}
	l = takeApart(line)
	if l.body == "" && l.when.timed {
		p.alone = l.when
		return label{}, false, false
	}
	if p.alone.timed && !l.when.timed {
		l.when, l.bare = p.alone, false
		if l.form == unlabelled {
			l.head()
		}
	}
	p.alone = span{}
	start, p.blank = p.blank, false
	return l, start, true
}

// prepare learns from all lines who speaks.
func (r *Recording) prepare(read readLines) error {
	var c census
	p := page{blank: true}
	err := read(func(line string, number int) error {
		if l, start, ok := p.open(line); ok {
			c.add(&l, start)
		}
		return nil
	}, func(Key, int) {})
	if err != nil {
		return err
	}
	if c.lines == 0 {
		return fault(Empty, 0, "a file with nothing in it", "a transcript")
	}
	r.cast = c.cast()
	if len(r.cast.names) == 0 && !r.cast.timed {
		return fault(NoSpeaker, 0, "text in which nobody speaks", "lines such as “Noor: …”, with the name of who speaks")
	}
	r.read = func(r *Recording, j *joiner) error { return r.spoken(read, j) }
	return nil
}

// spoken makes pieces of lines. A line without a name goes on with what the one
// before said.
func (r *Recording) spoken(read readLines, j *joiner) error {
	var speaker string
	var when span
	head := 0 // line of a name that has its text below
	begun := len(r.cast.names) == 0
	p := page{blank: true}
	return read(func(line string, number int) error {
		l, _, ok := p.open(line)
		if !ok {
			return nil
		}
		text := l.body
		said := r.cast.says(&l)
		switch {
		case said:
			speaker, text, begun = l.name, l.rest, true
			if at := l.at(); at.timed {
				when = at
			}
		case l.bare && !r.cast.bare:
			text = l.line
		case l.when.timed:
			when = l.when
		}
		if !begun {
			j.tally.note(SkipPreamble, number)
			return nil
		}
		if text == "" && said {
			head = number
			return nil
		}
		if head > 0 {
			number = head
		}
		now := when
		when, head = span{}, 0
		return j.add(piece{speaker: speaker, another: l.dash && len(r.cast.names) == 0, text: text, when: now, line: number})
	}, j.tally.note)
}
