package web

import (
	"strconv"
	"time"

	"samenspel"
	"samenspel/report"
	"samenspel/web/page"
	"samenspel/web/text"
)

// storyRoutes are about taking along, handing over and ending.
var storyRoutes = []Route{
	{get, "/a/{alliance}/story", Partner, (*visit).story, own},
	{post, "/a/{alliance}/story", Partner, (*visit).takeStory, seldom(taken(story))},
	{get, "/a/{alliance}/story/print", Partner, (*visit).storyPrint, printed(story)},
	{get, "/a/{alliance}/end", Partner, (*visit).endForm, own},
	{post, "/a/{alliance}/end", Partner, (*visit).end, own},
	{post, "/a/{alliance}/reopen", Partner, (*visit).reopenPlace, own},
	{get, "/schema/story.json", Everybody, (*visit).storySchema, nil},
	{get, "/import", Beginner, (*visit).importForm, nil},
	{post, "/import", Beginner, (*visit).importLook, nil},
	{post, "/import/begin", Beginner, (*visit).importBegin, nil},
}

// story tells what can be taken along, and asks for whom it is.
func (v *visit) story() error {
	p := page.Story{Frame: v.inside("/story", "more"), Mark: string(report.Fingerprint(v.Signer.Public()))}
	p.Post = p.Fresh(p.Path)
	return v.show(p)
}

// telling is the reader's own story in a language.
func (v *visit) telling(whole bool, in *text.Language) report.Choice {
	return report.Choice{
		Seen: v.seen, Made: v.Now().UTC().Truncate(time.Second), Whole: whole,
		Language: report.Language{
			Tag: in.Tag, Dir: in.Dir, Say: in.Say,
			Day:    func(t time.Time) string { return in.Day(t, time.Time{}) }, // with the year: it will be read later
			Moment: func(t time.Time) string { return in.Moment(t, time.Time{}) },
			Zone:   v.zone(),
		},
	}
}

// forMe is what a form or an address says when the story is for the person
// themselves. Whatever else it says, only what they showed goes along.
const forMe = "me"

// takeStory gives the package. Its name says nothing: a phone may be shared.
func (v *visit) takeStory() error {
	in := text.In(v.r.PostForm.Get("lang"))
	if in == nil {
		in = v.text
	}
	packed, err := report.Pack(v.telling(v.r.PostForm.Get("for") == forMe, in), v.Signer)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/zip")
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+in.Say("story.file")+`"`)
	_, _ = v.w.Write(packed) // the reader went away: nothing to do
	return nil
}

// storyPrint is the story as a document: all of it, or, where it is long, one
// of its parts.
func (v *visit) storyPrint() error {
	asked := v.r.URL.Query()
	n, _ := strconv.Atoi(asked.Get("part")) // what is no number is the first
	whole := asked.Get("for") == forMe
	part, err := report.Document(v.telling(whole, v.text), n)
	if err != nil {
		return err
	}
	return v.show(page.StoryPrint{Frame: v.inside("/story/print", "more"), Whole: whole, Body: part.Body, N: part.N, Of: part.Of})
}

// storySchema says what each field of the open data means: for everybody who
// was given a story, and for whoever writes a program that reads one.
func (v *visit) storySchema() error {
	v.w.Header().Set("Content-Type", "application/schema+json")
	_, _ = v.w.Write(report.Schema()) // the reader went away: nothing to do
	return nil
}

func (v *visit) endPage(typed string) page.End {
	p := page.End{Frame: v.inside("/end", "more"), Words: typed}
	p.Post = p.Fresh("/a/" + string(v.seen.Alliance))
	return p
}

// endForm tells what stays and what stops, before anything does.
func (v *visit) endForm() error {
	if e := v.seen.Ending; !e.MayEnd && !e.MayReopen {
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.end"}
	}
	return v.show(v.endPage(""))
}

func (v *visit) end() error {
	words, err := v.words("words", samenspel.MaxWords)
	if err == nil {
		err = v.do(samenspel.EndAlliance{Words: words})
	}
	if err != nil && v.seen.Ending.Ended {
		return err // somebody was first: the page has no place for what was typed
	}
	if err != nil {
		p := v.endPage(valid(v.r.PostForm.Get("words")))
		return v.again(p.Frame, p, err)
	}
	return v.back("ended")
}

func (v *visit) reopenPlace() error { return v.act(samenspel.ReopenAlliance{}, "place_reopened") }

// goingOn refuses a form for something new where the alliance was ended.
func (v *visit) goingOn() error {
	if v.seen.Ending.Ended {
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.ended"}
	}
	return nil
}
