package web

import (
	"context"
	"iter"
	"strconv"
	"strings"
	"time"

	"samenspel"
	"samenspel/lens"
	"samenspel/web/page"
)

// lensPath is the address of a dialogue as the lens reads it.
const lensPath = "/a/{alliance}/dialogue/{dialogue}/lens"

// lensRoutes are about reading a dialogue with the lens. All of it is for those
// in that dialogue, and for all of them the same.
var lensRoutes = []Route{
	{get, lensPath, Partner, (*visit).lens, ofDialogue},
	{post, lensPath + "/ask", Partner, (*visit).lensAsk, ofDialogue},
	{post, lensPath + "/answer", Partner, (*visit).lensAnswer, ofDialogue},
	{post, lensPath + "/read", Partner, (*visit).lensRead, ofDialogue},
	{post, lensPath + "/lay", Partner, (*visit).lensLay, ofDialogue},
	{get, lensPath + "/who", Partner, (*visit).lensWho, ofDialogue},
	{post, lensPath + "/who", Partner, (*visit).lensName, ofDialogue},
	{post, lensPath + "/right", Partner, (*visit).lensRight, ofDialogue},
	{get, lensPath + "/text", Partner, (*visit).lensText, ofDialogue},
	{get, lensPath + "/line/{line}", Partner, (*visit).lensLine, ofDialogue},
	{post, lensPath + "/line/{line}/code", Partner, (*visit).lensCorrect, ofDialogue},
	{post, lensPath + "/line/{line}/strike", Partner, (*visit).lensStrike, ofDialogue},
	{post, lensPath + "/line/{line}/tell", Partner, (*visit).lensTell, ofDialogue},
	{post, lensPath + "/line/{line}/table", Partner, (*visit).lensTable, ofTable},
}

// Coder is the lens itself: it gives utterances their codes. It knows nobody:
// speakers come to it by number.
type Coder interface {
	// Version says which lens it is. It is kept with what it read.
	Version() string
	// LookHere are the fields in which it is not sure enough to count.
	LookHere() [lens.NumFields]bool
	Code(iter.Seq2[lens.Utterance, error]) iter.Seq2[lens.Coded, error]
}

// Suggester may give other codes than the lens did: a language model outside,
// that the organisation chose. What it fails at keeps the codes of the lens.
type Suggester interface {
	Suggest(ctx context.Context, coded []lens.Coded, names ...string) []lens.Coded
}

// usualDays is how long a transcript stays unless somebody chooses otherwise.
const usualDays = 30

// reading is the dialogue in the address with what was laid of it.
func (v *visit) reading() (*samenspel.SeenDialogue, *samenspel.SeenTranscript, error) {
	d, err := v.seenTalk()
	if err != nil {
		return nil, nil, err
	}
	t := v.seen.Transcript(d.ID)
	if t == nil || !t.Laid {
		return nil, nil, samenspel.ErrNotFound
	}
	return d, t, nil
}

// transcriptID is the one that a form is about: as the form says, because the
// same form may come twice, and the transcript be gone in between.
func (v *visit) transcriptID() samenspel.TranscriptID {
	if id := v.r.PostForm.Get("transcript"); id != "" {
		return samenspel.TranscriptID(id)
	}
	if t := v.seen.Transcript(v.talkID()); t != nil {
		return t.ID
	}
	return ""
}

// lensBack leads to the page of the lens of this dialogue, or below it.
func (v *visit) lensBack(err error, below, did string) error {
	if err != nil {
		return err
	}
	v.r.PostForm.Set("back", v.home()+"/dialogue/"+string(v.talkID())+"/lens"+below)
	return v.back(did)
}

// lens is the one address for all that there is to see: the question, the
// place for a file, or what the lens saw.
func (v *visit) lens() error {
	d, err := v.seenTalk()
	if err != nil {
		return err
	}
	if t := v.seen.Transcript(d.ID); t != nil && t.Laid {
		p, err := page.NewLens(v.ofDialogue("/lens"), d, t, v.lookHere())
		if err != nil {
			return err
		}
		return v.show(p)
	}
	return v.show(v.lensAskPage(d))
}

// lookHere are the fields in which the lens is not sure enough to count.
func (v *visit) lookHere() (look [lens.NumFields]bool) {
	if v.Coder != nil {
		look = v.Coder.LookHere()
	}
	return look
}

// lensAskPage is the page before anything was laid.
func (v *visit) lensAskPage(d *samenspel.SeenDialogue) page.LensAsk {
	p := page.LensAsk{Frame: v.ofDialogue("/lens"), D: d, R: v.seen.Transcript(d.ID), Lens: v.Coder != nil, Outside: v.Suggester != nil}
	p.Post = p.Fresh(p.Path)
	last := v.here(v.Now()).AddDate(0, 0, usualDays)
	if p.R != nil {
		last = v.here(p.R.Asked).Add(-time.Second)
	}
	p.Date = last.Format(time.DateOnly)
	return p
}

// askedAgain shows that page again with what is wrong.
func (v *visit) askedAgain(err error) error {
	d, missing := v.seenTalk()
	if missing != nil {
		return err
	}
	if t := v.seen.Transcript(d.ID); t != nil && t.Laid {
		return err // there is no form any more
	}
	p := v.lensAskPage(d)
	if date, sent := v.r.PostForm["until"]; sent {
		p.Date = valid(date[0])
	}
	p.File = strings.HasSuffix(v.r.URL.Path, "/lens/read") || strings.HasSuffix(v.r.URL.Path, "/lens/lay")
	p.Words = valid(v.r.PostForm.Get("words"))
	return v.again(p.Frame, p, err)
}

// lastDay is the end of the day in the form; zero where none was chosen.
func (v *visit) lastDay() (time.Time, error) {
	day := v.r.PostForm.Get("until")
	at, _, err := parseMoment(day, "", v.zone())
	if err != nil {
		return time.Time{}, invalidForm("invalid.transcript_until")
	}
	if at.IsZero() {
		return at, nil
	}
	return time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, v.zone()), nil
}

func (v *visit) lensAsk() error {
	until, err := v.lastDay()
	if err == nil {
		err = v.do(samenspel.AskTranscript{Dialogue: v.talkID(), Until: until})
	}
	if err != nil {
		return v.askedAgain(err)
	}
	return v.lensBack(nil, "", "lens_asked")
}

// lensAnswer is a yes or a no, before and after something was laid. Neither is
// taken from a form that says nothing.
func (v *visit) lensAnswer() error {
	t := v.seen.Transcript(v.talkID())
	w := samenspel.AnswerTranscript{Transcript: v.transcriptID()}
	var err error
	switch samenspel.TranscriptAnswer(v.r.PostForm.Get("reading")) {
	case samenspel.TranscriptYes:
		w.Yes = true
		w.Until, err = v.lastDay()
	case samenspel.TranscriptRatherNot:
	default:
		err = invalidForm("invalid.lens_answer")
	}
	if err == nil {
		err = v.do(w)
	}
	switch {
	case err != nil:
		return v.askedAgain(err)
	case w.Yes:
		return v.lensBack(nil, "", "lens_yes")
	case t != nil && t.Laid:
		return v.lensBack(nil, "", "lens_gone")
	}
	return v.lensBack(nil, "", "lens_no")
}

// lensWho is the page on which somebody looks whether it is right who spoke.
func (v *visit) lensWho() error {
	d, t, err := v.reading()
	if err != nil {
		return err
	}
	return v.show(page.LensCheck{Frame: v.ofDialogue("/lens/who"), D: d, R: t})
}

// lensName says whose voice a speaker is.
func (v *visit) lensName() error {
	w := samenspel.NameSpeaker{Transcript: v.transcriptID(), Speaker: v.count("speaker")}
	w.Partner, w.Role = v.voice("voice")
	return v.lensBack(v.do(w), "/who#v-"+strconv.Itoa(w.Speaker), "lens_named")
}

func (v *visit) lensRight() error {
	return v.lensBack(v.do(samenspel.ConfirmSpeakers{Transcript: v.transcriptID()}), "", "lens_right")
}

// linesPerPage is how many lines a page of the text shows.
const linesPerPage = page.LinesPerPage

func (v *visit) lensText() error {
	d, t, err := v.reading()
	if err != nil {
		return err
	}
	p := page.LensText{Frame: v.ofDialogue("/lens/text"), D: d, R: t, Look: v.lookHere()}
	from, to, number := window(len(t.Lines), linesPerPage, v.r.URL.Query().Get("page"))
	p.Lines, p.Page, p.Before = t.Lines[from:to], number, number-1
	if to < len(t.Lines) {
		p.After = number + 1
	}
	return v.show(p)
}

// line is the line in the address.
func (v *visit) line(t *samenspel.SeenTranscript) (*samenspel.SeenLine, error) {
	n, err := strconv.Atoi(v.r.PathValue("line"))
	if err != nil || n < 1 || n > len(t.Lines) {
		return nil, samenspel.ErrNotFound
	}
	return t.Lines[n-1], nil
}

func (v *visit) lensLine() error {
	d, t, err := v.reading()
	if err != nil {
		return err
	}
	l, err := v.line(t)
	if err != nil {
		return err
	}
	return v.show(page.LensLine{Frame: v.ofDialogue("/lens/line/" + strconv.Itoa(l.N)), D: d, R: t, L: l, Look: v.lookHere()})
}

// lineNumber is the line in the address, 0 for none.
func (v *visit) lineNumber() int {
	n, err := strconv.Atoi(v.r.PathValue("line"))
	if err != nil {
		return 0
	}
	return n
}

func (v *visit) lensCorrect() error {
	field := v.r.PostForm.Get("field")
	err := v.do(samenspel.CorrectLine{
		Transcript: v.transcriptID(), Line: v.lineNumber(), Field: samenspel.LineField(field), Code: v.r.PostForm.Get("better"),
	})
	return v.lensBack(err, "/line/"+strconv.Itoa(v.lineNumber())+"#f-"+field, "lens_code")
}

// lensStrike strikes one's own words, and leads to where they stood.
func (v *visit) lensStrike() error {
	n := v.lineNumber()
	return v.lensBack(v.do(samenspel.StrikeLine{Transcript: v.transcriptID(), Line: n}), page.LineAt(n), "lens_struck")
}

// quotable is the line in the address, of which a statement can be worded.
func (v *visit) quotable() (*samenspel.SeenLine, error) {
	_, t, err := v.reading()
	if err != nil {
		return nil, err
	}
	l, err := v.line(t)
	switch {
	case err != nil:
		return nil, err
	case l.Struck:
		return nil, &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.line_struck"}
	case !l.Quotable():
		return nil, &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.lens_quote"}
	}
	return l, v.goingOn()
}

// lensTell opens the page to write down what was said, with a line on it as a
// quote. Nothing is kept before somebody keeps it there, and its owner is
// asked as for any other quote. The words come by a form, and not by an
// address.
func (v *visit) lensTell() error {
	l, err := v.quotable()
	if err != nil {
		return err
	}
	p := v.tellPage(page.TellForm{
		SaidBy: l.Partner, Kind: samenspel.Quote, SeenBy: page.SetOf(v.seen.Partner(v.seen.You).FirstSeen),
	})
	p.Form.Words = p.Said(l.Text)
	p.Post.Back = v.home() + "/dialogue/" + string(v.talkID()) + "/lens" + page.LineAt(l.N)
	return v.show(p)
}

// lensTable opens the table while they talk, with a line ready to be laid on it.
func (v *visit) lensTable() error {
	l, err := v.quotable()
	if err != nil {
		return err
	}
	p, err := v.tableForm()
	if err != nil {
		return err
	}
	p.Form.Words, p.Form.SaidBy = p.Said(l.Text), l.Partner
	return v.show(*p)
}
