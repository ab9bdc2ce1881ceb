package web

import (
	"bytes"
	"slices"
	"strconv"

	"samenspel"
	"samenspel/lens"
	"samenspel/web/page"
)

// practiceRoutes are about practising to read, on invented conversations. They
// are for everybody who is in: what a professional may learn to see in a talk,
// whoever asks for help may too.
var practiceRoutes = []Route{
	{get, "/practice", Known, (*visit).practice, nil},
	{get, "/practice/{talk}", Known, (*visit).practiceRead, nil},
	{post, "/practice/{talk}", Known, (*visit).practiceKeep, nil},
	{post, "/practice/{talk}/away", Known, (*visit).practiceAway, nil},
	{get, "/practice/{talk}/file", Known, (*visit).practiceFile, nil},
	{post, "/practice/{talk}/file", Known, (*visit).practiceTakeUp, nil},
	{get, "/practice/{talk}/beside", Known, (*visit).practiceBeside, nil},
	{post, "/practice/{talk}/beside", Known, (*visit).practiceBesideFile, nil},
}

// practice is the list of conversations.
func (v *visit) practice() error {
	list, err := talks()
	if err != nil {
		return err
	}
	p := page.Practice{Frame: v.frame("/practice", "title.practice")}
	for _, t := range list {
		p.Talks = append(p.Talks, t.onPage())
	}
	return v.show(p)
}

// onPage is what pages show of a talk.
func (t *talk) onPage() page.PracticeTalk {
	on := page.PracticeTalk{ID: t.ID, Language: t.Language}
	for _, u := range t.Utterances {
		if !slices.Contains(on.Speakers, u.Speaker) {
			on.Speakers = append(on.Speakers, u.Speaker)
		}
	}
	return on
}

// span is some utterances of a talk: from the first up to the one before to.
type span struct{ from, to int }

// enough is how many utterances are about right for one page: a few turns.
const enough = 3

// spans cuts a talk between turns into pieces that are read on one page.
func (t *talk) spans() []span {
	all, from := []span{}, 0
	for i, u := range t.Utterances {
		last := i+1 == len(t.Utterances)
		if last || i+1-from >= enough && t.Utterances[i+1].Turn != u.Turn {
			all = append(all, span{from, i + 1})
			from = i + 1
		}
	}
	return all
}

// practiceRead shows some utterances, with what may be chosen at each.
func (v *visit) practiceRead() error {
	t, err := v.talk()
	if err != nil {
		return err
	}
	return v.show(v.practicePage(t, v.r.URL.Query().Get("at")))
}

// practicePage is the piece with a number, from 1; what is no number is the
// first.
func (v *visit) practicePage(t *talk, asked string) page.PracticeReading {
	spans, mine := t.spans(), v.ownReading(t)
	at, err := strconv.Atoi(asked)
	if err != nil || at < 1 || at > len(spans) {
		at = 1
	}
	path := "/practice/" + t.ID
	if at > 1 {
		path += "?at=" + strconv.Itoa(at)
	}
	here := spans[at-1]
	p := page.PracticeReading{
		Frame: v.frame(path, "title.practice"), Talk: t.onPage(), At: at, Started: t.pack(mine) != "",
		Before: t.Utterances[t.turnBefore(here.from):here.from], After: t.Utterances[here.to:t.answered(here.to)],
	}
	for i := here.from; i < here.to; i++ {
		line := page.PracticeLine{Utterance: t.Utterances[i]}
		for _, f := range t.asks(i) {
			line.Asked = append(line.Asked, page.PracticeField{Field: f, N: i + 1, Chosen: mine[i][f]})
		}
		p.Lines = append(p.Lines, line)
	}
	for i, s := range spans {
		p.Pieces = append(p.Pieces, page.PracticePiece{N: i + 1, First: s.from + 1, Last: s.to})
	}
	return p
}

// turnBefore is where the turn before an utterance begins.
func (t *talk) turnBefore(i int) int {
	from := max(i-1, 0)
	for from > 0 && t.Utterances[from-1].Turn == t.Utterances[from].Turn {
		from--
	}
	return from
}

// answered is where the next turn of a professional ends, when what comes
// before it ends with a partner: a reader has to see the answer to code it.
func (t *talk) answered(i int) int {
	if i == len(t.Utterances) || t.Utterances[i-1].Role.Professional() {
		return i
	}
	to := t.answer(i - 1)
	if to == 0 {
		return i
	}
	for turn := t.Utterances[to].Turn; to < len(t.Utterances) && t.Utterances[to].Turn == turn; to++ {
	}
	return to
}

// practiceKeep keeps what was chosen on the page, and leads to where its button
// says: a number of a piece, or beside another reading.
func (v *visit) practiceKeep() error {
	t, err := v.talk()
	if err != nil {
		return err
	}
	mine := v.ownReading(t)
	for i := range t.Utterances {
		for _, f := range t.asks(i) {
			name := page.PracticeField{Field: f, N: i + 1}.Name()
			if !v.r.PostForm.Has(name) {
				continue
			}
			c := lens.Code(v.r.PostForm.Get(name))
			if c != "" && !f.Has(c) {
				return &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.line_code"}
			}
			mine[i][f] = c
		}
		settle(&mine[i])
	}
	v.keepReading(t, mine)
	to := v.r.PostForm.Get("to")
	if at, err := strconv.Atoi(to); err == nil {
		return v.lead("/practice/" + t.ID + "?at=" + strconv.Itoa(at))
	}
	if to == "beside" {
		return v.lead("/practice/" + t.ID + "/beside")
	}
	return v.lead("/practice/" + t.ID)
}

// practiceAway takes the reader's own reading from the device.
func (v *visit) practiceAway() error {
	t, err := v.talk()
	if err != nil {
		return err
	}
	v.keepReading(t, make(reading, len(t.Utterances)))
	return v.back("reading_gone")
}

// practiceFile gives the reader's own reading as JSON Lines, as the codebook
// has them.
func (v *visit) practiceFile() error {
	t, err := v.talk()
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := lens.WriteLines(&out, slices.Values(t.coded(v.ownReading(t)))); err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+v.text.Say("practice.file_name")+"-"+t.ID+`.jsonl"`)
	_, _ = out.WriteTo(v.w) // the reader went away: nothing to do
	return nil
}

// practiceTakeUp goes on with a reading that its reader has as a file.
func (v *visit) practiceTakeUp() error {
	t, err := v.talk()
	if err != nil {
		return err
	}
	r, err := v.readingFile(t)
	if err != nil {
		p := v.practicePage(t, "")
		return v.again(p.Frame, p, err)
	}
	v.keepReading(t, r)
	return v.lead("/practice/" + t.ID)
}
