package main

import (
	"bufio"
	"errors"
	"io"
	"iter"

	"samenspel/lens"
	"samenspel/lens/paper"
)

// lensRead reads a transcript and shows where its attention went.
type lensRead struct {
	File            string        `arg:"" type:"path" help:"The transcript: WebVTT, SRT, JSON of Whisper or WhisperX, DOCX, text as \"Name: …\", or the codebook's JSON Lines."`
	Roles           string        `placeholder:"NAME=ROLE,…" help:"Who is what: professional, colleague, vrager, bonus. A ? is whoever has no name."`
	Dialogue        string        `placeholder:"NAME" help:"Which conversation, when the file holds several."`
	Lang            string        `enum:",nl,en" default:"" placeholder:"nl|en" help:"Language of the report; by default that of the conversation."`
	Format          string        `enum:"text,json,jsonl,html,svg" default:"text" help:"Form of the report: ${enum}."`
	Out             string        `short:"o" type:"path" placeholder:"FILE" help:"Write to this file. It is there whole or not at all."`
	SpeakersChecked bool          `help:"Somebody looked whether each sentence stands under who said it: pace and equality are shown too."`
	Coded           bool          `help:"Show the codes that stand in the file, and give none. For the codebook's JSON Lines."`
	Suggester       lensSuggester `embed:"" prefix:"llm-" group:"A language model of your own, off unless it has an address:"`
}

// errLanguage says that a conversation is in a language that the lens cannot
// read.
var errLanguage = errors.New("this conversation seems to be in neither Dutch nor English, and the lens reads no other language. If it is, say so with --lang nl or --lang en")

// Run reads, codes, measures and writes.
func (c lensRead) Run(to console) error {
	t, err := openTalk(c.File, c.Dialogue)
	if err != nil {
		return err
	}
	return errors.Join(c.report(t, to), t.close())
}

func (c lensRead) report(t *talk, to console) error {
	language := c.Lang
	if language == "" {
		language = t.language
	}
	if language == "" {
		return errLanguage
	}
	cast, err := t.cast(c.Roles, to)
	if err != nil {
		return err
	}
	o := lens.Options{SpeakersChecked: c.SpeakersChecked, Present: cast.Names()}
	coded, err := c.code(t, cast, &o)
	if err != nil {
		return err
	}
	r := &paper.Report{Language: language, Version: version, Cast: cast}
	if !c.Coded && c.Suggester.config().On() {
		if coded, r.Suggested, err = c.Suggester.suggest(coded, cast, to); err != nil {
			return err
		}
	}
	return put(c.Out, to.out, func(w io.Writer) error { return c.write(w, r, t, coded, o) })
}

// code gives the utterances with their codes: those of the file, or new ones.
func (c lensRead) code(t *talk, cast lens.Cast, o *lens.Options) (iter.Seq2[lens.Coded, error], error) {
	if c.Coded {
		return t.given(cast)
	}
	e, look, err := engine()
	if err != nil {
		return nil, err
	}
	o.LookHere = look
	return e.Code(lens.Utterances(t.turns(), cast)), nil
}

// write writes the report in the form that is asked for.
func (c lensRead) write(w io.Writer, r *paper.Report, t *talk, coded iter.Seq2[lens.Coded, error], o lens.Options) error {
	switch c.Format {
	case "jsonl":
		return writeLines(w, coded)
	case "json":
		j := paper.NewJSON(w, r)
		m, err := lens.Measure(j.Through(coded), o)
		if err != nil {
			return err
		}
		return j.End(m)
	}
	whole := func(yield func(lens.Coded, error) bool) {
		for u, err := range coded {
			if err == nil && len(r.Conversation) <= paper.MaxWhole {
				r.Conversation = append(r.Conversation, u)
			}
			if !yield(u, err) {
				return
			}
		}
	}
	var err error
	if r.Measures, err = lens.Measure(whole, o); err != nil {
		return err
	}
	if len(r.Conversation) > paper.MaxWhole {
		r.Conversation = nil
	}
	r.Skips = t.skips()
	switch c.Format {
	case "html":
		return r.HTML(w)
	case "svg":
		return r.SVG(w)
	}
	return r.Text(w)
}

// writeLines writes coded utterances as the codebook's JSON Lines.
func writeLines(w io.Writer, coded iter.Seq2[lens.Coded, error]) error {
	var broken error
	b := bufio.NewWriter(w)
	err := lens.WriteLines(b, func(yield func(lens.Utterance) bool) {
		for c, err := range coded {
			if err != nil {
				broken = err
				return
			}
			if !yield(c.Utterance) {
				return
			}
		}
	})
	return errors.Join(broken, err, b.Flush())
}
