package web

import (
	"samenspel"
	"samenspel/web/page"
)

// lookBackRoutes are about looking back together.
var lookBackRoutes = []Route{
	{get, "/a/{alliance}/dialogue/{dialogue}/back", Partner, (*visit).lookBack, ofTable},
	{get, "/a/{alliance}/dialogue/{dialogue}/back/live", Partner, (*visit).lookBackLive, ofTable},
	{post, "/a/{alliance}/dialogue/{dialogue}/mirror", Partner, (*visit).answerMirror, ofTable},
	{post, "/a/{alliance}/dialogue/{dialogue}/changed", Partner, (*visit).tellChange, ofTable},
	{post, "/a/{alliance}/dialogue/{dialogue}/scale", Partner, (*visit).enterScale, ofTable},
	{post, "/a/{alliance}/change/{change}/withdraw", Partner, (*visit).withdrawChange, own},
	{post, "/a/{alliance}/scale/{scale}/withdraw", Partner, (*visit).withdrawScale, own},
}

// lookedOn is the dialogue in the address, to look back on.
func (v *visit) lookedOn() samenspel.DialogueID {
	return samenspel.DialogueID(v.r.PathValue("dialogue"))
}

// lookBackPage is the page as it is seen now. While it follows live, the
// reader may be taken out of the dialogue: then there is nothing on it.
func (v *visit) lookBackPage() page.LookBack {
	id := v.lookedOn()
	p := page.LookBack{Frame: v.inside("/dialogue/"+string(id)+"/back", "home"), D: v.seen.Dialogue(id)}
	p.Key = "title.back"
	if p.D == nil {
		p.D = &samenspel.SeenDialogue{ID: id}
	}
	p.LiveURL = p.Path + "/live?"
	p.Mirror.Answers = map[samenspel.MirrorQuestion]samenspel.MirrorWord{}
	if kept := v.seen.Mirror(id); kept != nil {
		p.Mirror.Words, p.Mirror.Alone = p.Said(kept.Line), kept.Alone
		for i, q := range samenspel.MirrorQuestions {
			p.Mirror.Answers[q] = kept.Answers[i]
		}
	}
	return p
}

func (v *visit) lookBack() error {
	if v.seen.Dialogue(v.lookedOn()) == nil {
		return samenspel.ErrNotFound
	}
	return v.show(v.lookBackPage())
}

func (v *visit) lookBackLive() error {
	if v.seen.Dialogue(v.lookedOn()) == nil {
		return samenspel.ErrNotFound
	}
	return v.stream(func() page.Page { return v.lookBackPage() })
}

// lookedBack leads back when a wish was taken, and else shows the page again
// with what was typed in one of its forms.
func (v *visit) lookedBack(err error, did string, typed func(*page.LookBack)) error {
	if err == nil {
		return v.back(did)
	}
	if v.seen.Dialogue(v.lookedOn()) == nil {
		return err
	}
	p := v.lookBackPage()
	if !p.Asks() { // without its form
		return err
	}
	typed(&p)
	return v.again(p.Frame, p, err)
}

func (v *visit) alone() bool { return v.r.PostForm.Get("alone") == "yes" }

func (v *visit) answerMirror() error {
	w := samenspel.AnswerMirror{Dialogue: v.lookedOn(), Alone: v.alone()}
	for i, q := range samenspel.MirrorQuestions {
		w.Answers[i] = samenspel.MirrorWord(v.r.PostForm.Get("mirror_" + string(q)))
	}
	var err error
	if w.Line, err = v.words("words", samenspel.MaxLine); err == nil {
		err = v.do(w)
	}
	return v.lookedBack(err, "mirror", func(p *page.LookBack) {
		p.Wrong = "mirror"
		p.Mirror.Words, p.Mirror.Alone = valid(v.r.PostForm.Get("words")), w.Alone
		for i, q := range samenspel.MirrorQuestions {
			p.Mirror.Answers[q] = w.Answers[i]
		}
	})
}

func (v *visit) tellChange() error {
	w := samenspel.TellChange{Dialogue: v.lookedOn(), Because: samenspel.StatementID(v.r.PostForm.Get("because"))}
	var err error
	if w.Words, err = v.words("words", samenspel.MaxChange); err == nil {
		err = v.do(w)
	}
	return v.lookedBack(err, "changed", func(p *page.LookBack) {
		p.Wrong, p.Change = "changed", page.ChangeForm{Words: valid(v.r.PostForm.Get("words")), Because: w.Because}
	})
}

func (v *visit) enterScale() error {
	w := samenspel.EnterScale{Dialogue: v.lookedOn(), Alone: v.alone()}
	var err error
	if w.Name, err = v.words("name", samenspel.MaxName); err == nil {
		if w.Answers, err = v.words("words", samenspel.MaxAnswers); err == nil {
			err = v.do(w)
		}
	}
	return v.lookedBack(err, "scale", func(p *page.LookBack) {
		p.Wrong = "scale"
		p.Scale = page.ScaleForm{Name: valid(v.r.PostForm.Get("name")), Words: valid(v.r.PostForm.Get("words")), Alone: w.Alone}
	})
}

func (v *visit) withdrawChange() error {
	return v.act(samenspel.WithdrawChange{Change: samenspel.ChangeID(v.r.PathValue("change"))}, "withdrawn")
}

func (v *visit) withdrawScale() error {
	return v.act(samenspel.WithdrawScale{Scale: samenspel.ScaleID(v.r.PathValue("scale"))}, "withdrawn")
}
