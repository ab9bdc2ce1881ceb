package transcript

import (
	"io"
	"strings"
)

// cue is what a player shows at one time.
type cue struct {
	when span
	text []string // its lines
	line int
}

// blocks reads the cues of WebVTT and SRT, which stand in blocks with blank
// lines between. A line with times begins a cue even where the blank line
// before it is missing.
type blocks struct {
	l    *lines
	back *string // a line that was read too far
	note func(Key, int)
}

func (b *blocks) next() (string, error) {
	if b.back != nil {
		line := *b.back
		b.back = nil
		return line, nil
	}
	line, err := b.l.next()
	return strings.TrimSpace(line), err
}

// number is that of the line given last.
func (b *blocks) number() int { return b.l.number }

// header passes over what stands above the first cue of WebVTT.
func (b *blocks) header() error {
	for {
		line, err := b.next()
		switch {
		case err == io.EOF || err == nil && line == "":
			return nil
		case err != nil:
			return err
		case hasTimes(line):
			b.back = &line
			return nil
		}
	}
}

// each gives the cues one by one.
func (b *blocks) each(take func(cue) error) error {
	for {
		c, ok, err := b.cue()
		if err == nil && ok {
			err = take(c)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// cue reads one block; false is one that is no cue.
func (b *blocks) cue() (c cue, ok bool, err error) {
	first, err := b.next()
	if err != nil || first == "" {
		return cue{}, false, err
	}
	c.line = b.number()
	times := first
	if !hasTimes(first) {
		if times, err = b.next(); err != nil && err != io.EOF {
			return cue{}, false, err
		}
		if !hasTimes(times) {
			b.noteOther(first, c.line)
			if times == "" {
				return cue{}, false, nil
			}
			_, err = b.body(false)
			return cue{}, false, err
		}
	}
	when, ok := timing(times)
	if !ok {
		b.note(SkipCue, c.line)
	}
	c.when = when
	c.text, err = b.body(ok)
	return c, ok, err
}

// noteOther counts a block without times.
func (b *blocks) noteOther(first string, line int) {
	word, _, _ := strings.Cut(strings.ReplaceAll(first, "\t", " "), " ")
	switch word {
	case "NOTE", "STYLE", "REGION":
		b.note(SkipComment, line)
	default:
		b.note(SkipCue, line)
	}
}

// body reads to the end of a block.
func (b *blocks) body(keep bool) ([]string, error) {
	var text []string
	size := 0
	for {
		line, err := b.next()
		if err == io.EOF || err == nil && line == "" {
			return text, nil
		}
		if err != nil {
			return nil, err
		}
		if hasTimes(line) {
			b.back = &line
			if n := len(text); n > 0 && isNumber(text[n-1]) {
				text = text[:n-1] // that of the next cue
			}
			return text, nil
		}
		if !keep {
			continue
		}
		if size += len(line) + 1; size > MaxLine {
			return nil, fault(TooLong, b.number(), "a cue of more than 1 MiB", "a blank line between cues")
		}
		text = append(text, line)
	}
}

// hasTimes reports whether a line is meant to be the times of a cue.
func hasTimes(line string) bool {
	return line != "" && line[0] >= '0' && line[0] <= '9' && strings.Contains(line, "-->")
}

func isNumber(s string) bool {
	_, width := digits(s)
	return width > 0 && width == len(s)
}

// cues gives the cues of a file, with a note of each block that is none.
func (r *Recording) cues(note func(Key, int), take func(cue) error) error {
	b := &blocks{l: r.source.lines(), note: note}
	if r.Format == WebVTT {
		if err := b.header(); err != nil {
			return err
		}
	}
	return b.each(take)
}

// prepareCues learns from all cues who speaks, and that there are cues.
func (r *Recording) prepareCues() error {
	var c census
	count, broken := 0, 0
	note := func(key Key, line int) {
		if key == SkipCue && broken == 0 {
			broken = line
		}
	}
	err := r.cues(note, func(one cue) error {
		if count++; count > MaxCues {
			return fault(TooMany, one.line, "more cues than are read", "at most 1,000,000")
		}
		for _, v := range voices(one.text) {
			if v.name != "" {
				continue
			}
			for i, line := range v.lines {
				if l := takeCue(clean(line)); l.body != "" {
					c.add(&l, i == 0 || l.dash)
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if count == 0 {
		return fault(NoCues, broken, "not one cue with times that can be read", "lines such as 00:00:01.000 --> 00:00:04.000")
	}
	r.cast = c.cast()
	r.read = (*Recording).spokenCues
	return nil
}

// spokenCues makes pieces of cues.
func (r *Recording) spokenCues(j *joiner) error {
	speaker := ""
	return r.cues(j.tally.note, func(one cue) error {
		said := false
		for _, v := range voices(one.text) {
			for _, p := range r.pieces(v, &speaker) {
				p.when, p.line, said = one.when, one.line, true
				if err := j.add(p); err != nil {
					return err
				}
			}
		}
		if !said {
			j.tally.note(SkipEmpty, one.line)
		}
		return nil
	})
}

// pieces cuts what stands in one voice of a cue by the names and dashes in it.
// In a file with names, lines without one are of the speaker before.
func (r *Recording) pieces(v voice, speaker *string) []piece {
	if v.name != "" {
		return []piece{{speaker: v.name, text: strings.Join(v.lines, " ")}}
	}
	var all []piece
	var texts [][]string // of each piece; a cue may have very many lines
	for _, line := range v.lines {
		l := takeCue(clean(line))
		if l.line == "" {
			continue
		}
		said := r.cast.says(&l)
		switch {
		case said:
			*speaker = l.name
			all, texts = append(all, piece{speaker: l.name}), append(texts, []string{l.rest})
		case l.dash:
			*speaker = ""
			all, texts = append(all, piece{another: true}), append(texts, []string{l.body})
		case len(all) == 0:
			all, texts = append(all, piece{speaker: *speaker}), append(texts, []string{l.body})
		default:
			texts[len(texts)-1] = append(texts[len(texts)-1], l.body)
		}
	}
	for i := range all {
		all[i].text = strings.Join(texts[i], " ")
	}
	return all
}
