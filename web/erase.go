package web

import (
	"samenspel"
	"samenspel/web/page"
	"samenspel/workspace"
)

// eraseRoutes are about words that go for good, and words on ice.
var eraseRoutes = []Route{
	{get, "/a/{alliance}/rights", Partner, (*visit).rights, own},
	{get, "/a/{alliance}/rights/own", Partner, (*visit).eraseOwnForm, own},
	{post, "/a/{alliance}/rights/own", Partner, (*visit).eraseOwn, own},
	{get, "/a/{alliance}/rights/all", Partner, (*visit).eraseAllForm, own},
	{post, "/a/{alliance}/rights/all", Partner, (*visit).eraseAll, own},
	{get, "/a/{alliance}/statement/{statement}/erase", Partner, (*visit).eraseForm, ofAnyStatement},
	{post, "/a/{alliance}/statement/{statement}/erase", Partner, (*visit).erase, ofAnyStatement},
	{post, "/a/{alliance}/statement/{statement}/freeze", Partner, (*visit).freeze, own},
	{post, "/a/{alliance}/statement/{statement}/unfreeze", Partner, (*visit).unfreeze, own},
	{get, "/a/{alliance}/erasure/{erasure}", Partner, (*visit).erasureForm, ofErasure},
	{post, "/a/{alliance}/erasure/{erasure}", Partner, (*visit).answerErasure, ofErasure},
	{post, "/a/{alliance}/erasure/{erasure}/drop", Partner, (*visit).dropErasure, own},
	{get, "/mine", Known, (*visit).mine, nil},
	{post, "/mine", Known, (*visit).takeMine, nil},
	{post, "/mine/ask/{alliance}", Known, (*visit).askFromOutside, nil},
	{get, "/mine/erased/{alliance}/{erasure}", Known, (*visit).certificate, nil},
	{get, "/mine/erased/{alliance}/{erasure}/signed", Known, (*visit).signedCertificate, nil},
}

// anyStatement is the statement in the address, also where it is on ice.
func (v *visit) anyStatement(seen *samenspel.Seen) *samenspel.SeenStatement {
	if s := seen.Statement(v.statementID()); s != nil {
		return s
	}
	return seen.OnIce(v.statementID())
}

// ofAnyStatement is of a page over the statement in the address, also where it
// is on ice.
func ofAnyStatement(v *visit) workspace.Look {
	return ofThose(workspace.Words, func(v *visit, seen *samenspel.Seen) []samenspel.PartnerID {
		if s := v.anyStatement(seen); s != nil {
			return []samenspel.PartnerID{s.About}
		}
		return nil
	})(v)
}

// ofErasure is of a request: it shows what somebody asks about their words.
func ofErasure(v *visit) workspace.Look {
	return ofThose(workspace.Words, func(v *visit, seen *samenspel.Seen) []samenspel.PartnerID {
		if e := seen.Erasure(v.erasureID()); e != nil {
			return []samenspel.PartnerID{e.About}
		}
		return nil
	})(v)
}

func (v *visit) erasureID() samenspel.ErasureID {
	return samenspel.ErasureID(v.r.PathValue("erasure"))
}

// rights is what somebody may ask about their words, and what became of it.
func (v *visit) rights() error {
	p := page.Rights{Frame: v.inside("/rights", "rights")}
	places, err := v.Workspace.PlacesOf(v.r.Context(), v.session.Person)
	if err != nil {
		return err
	}
	for _, at := range places {
		if at.Alliance == v.seen.Alliance {
			p.Gone = append(p.Gone, certified(at.Erased)...)
		}
	}
	return v.show(p)
}

func (v *visit) eraseOwnForm() error {
	p := page.EraseOwn{Frame: v.inside("/rights/own", "rights"), Taken: v.r.URL.Query().Get("which") == "taken"}
	p.Post = p.Fresh(p.Base() + "/rights")
	return v.show(p)
}

func (v *visit) eraseOwn() error {
	return v.act(samenspel.EraseOwnWords{Withdrawn: v.r.PostForm.Get("which") == "taken"}, "erased")
}

// eraseAllPage asks for all words about the reader, or about somebody who left.
func (v *visit) eraseAllPage(typed string) (*page.Frame, page.Page, error) {
	p := page.EraseAll{Frame: v.inside("/rights/all", "rights"), About: v.seen.You, Words: typed}
	about := v.r.FormValue("about")
	if other := v.seen.Partner(samenspel.PartnerID(about)); other != nil && other.Standing == samenspel.Left {
		p.About = other.ID
	}
	p.Post = p.Fresh(p.Base() + "/rights")
	return p.Frame, p, nil
}

func (v *visit) eraseAllForm() error { return v.form(v.eraseAllPage) }

func (v *visit) eraseAll() error {
	words, err := v.words("words", samenspel.MaxErasureWords)
	if err == nil {
		err = v.do(samenspel.AskErasure{About: samenspel.PartnerID(v.r.PostForm.Get("about")), Words: words})
	}
	return v.settled(err, "erasure_asked", v.eraseAllPage)
}

// erasePage is what may be done to make one statement go, or rest.
func (v *visit) erasePage(typed string) (*page.Frame, page.Page, error) {
	s := v.anyStatement(v.seen)
	switch {
	case s == nil:
		return nil, nil, samenspel.ErrNotFound
	case !s.MayErase && !s.MayAsk && !s.MayFreeze && !s.MayUnfreeze:
		return nil, nil, &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.erase"}
	}
	p := page.Erasing{Frame: v.inside("/statement/"+string(s.ID)+"/erase", "rights"), S: s, Words: typed}
	p.Back = local(v.r.FormValue("back"), p.Base()+"/rights")
	p.Post, p.Freezing = p.Fresh(p.Base()+"/rights"), p.Fresh(p.Base()+"/rights")
	p.Post.Turn = s.Turn
	if p.Mine() {
		var err error
		if p.Had, err = v.had(s.ID); err != nil {
			return nil, nil, err
		}
	}
	return p.Frame, p, nil
}

func (v *visit) eraseForm() error { return v.form(v.erasePage) }

// erase destroys one's own words, or asks it for those of others.
func (v *visit) erase() error {
	s := v.anyStatement(v.seen)
	if s != nil && s.MayErase {
		return v.settled(v.do(samenspel.EraseStatement{Statement: s.ID, Turn: v.turn()}), "erased", v.erasePage)
	}
	words, err := v.words("words", samenspel.MaxErasureWords)
	if err == nil {
		err = v.do(samenspel.AskErasure{Statement: v.statementID(), Words: words})
	}
	return v.settled(err, "erasure_asked", v.erasePage)
}

func (v *visit) freeze() error {
	return v.act(samenspel.FreezeStatement{Statement: v.statementID()}, "frozen")
}

func (v *visit) unfreeze() error {
	return v.act(samenspel.UnfreezeStatement{Statement: v.statementID()}, "unfrozen")
}

// had is who could read a statement of the reader's, and when they last looked
// at the reader's world while they could.
func (v *visit) had(of samenspel.StatementID) ([]page.Had, error) {
	var list []page.Had
	for _, r := range v.seen.Recipients(of) {
		one := page.Had{Recipient: r}
		lines, err := v.Workspace.Looked(v.r.Context(), v.seen, r.Partner, r.Until, 1)
		if err != nil {
			return nil, err
		}
		if len(lines) > 0 && !lines[0].At.Before(r.From) {
			one.Looked = lines[0].At
		}
		list = append(list, one)
	}
	return list, nil
}

// erasurePage is one request, with its answer or the form for it.
func (v *visit) erasurePage(typed string) (*page.Frame, page.Page, error) {
	e := v.seen.Erasure(v.erasureID())
	if e == nil {
		return nil, nil, samenspel.ErrNotFound
	}
	p := page.ErasureAnswer{Frame: v.inside("/erasure/"+string(e.ID), "rights"), E: e, Words: typed, Ground: samenspel.ErasureGround(v.r.FormValue("refusing"))}
	p.Post, p.Dropping = p.Fresh(p.Base()+"/rights"), p.Fresh(p.Base()+"/rights")
	if p.S = v.seen.Statement(e.Statement); p.S == nil {
		p.S = v.seen.OnIce(e.Statement)
	}
	if e.About == v.seen.You && e.Statement != "" {
		var err error
		if p.Had, err = v.had(e.Statement); err != nil {
			return nil, nil, err
		}
	}
	return p.Frame, p, nil
}

func (v *visit) erasureForm() error { return v.form(v.erasurePage) }

func (v *visit) answerErasure() error {
	words, err := v.words("words", samenspel.MaxErasureWords)
	yes := v.r.PostForm.Get("yes") == "yes"
	if err == nil {
		err = v.do(samenspel.AnswerErasure{
			Erasure: v.erasureID(), Yes: yes, Ground: samenspel.ErasureGround(v.r.PostForm.Get("refusing")), Words: words,
		})
	}
	if yes {
		return v.settled(err, "erased", v.erasurePage)
	}
	return v.settled(err, "erasure_refused", v.erasurePage)
}

func (v *visit) dropErasure() error {
	return v.act(samenspel.DropErasure{Erasure: v.erasureID()}, "erasure_dropped")
}
