package web

import (
	"strconv"

	"samenspel"
	"samenspel/web/page"
)

// tellForm is the empty form, with what its address says already.
func (v *visit) tellForm() error {
	if err := v.goingOn(); err != nil {
		return err
	}
	query := v.r.URL.Query()
	form := page.TellForm{SaidBy: v.seen.You, SeenBy: page.SetOf(v.seen.Partner(v.seen.You).FirstSeen)}
	if l := samenspel.Layer(query.Get("layer")); l.Valid() {
		form.Layer = l
	}
	if about := v.seen.Partner(samenspel.PartnerID(query.Get("about"))); about != nil && !about.You {
		form.About = about.ID
	}
	return v.show(v.tellPage(form))
}

func (v *visit) tellPage(form page.TellForm) page.Tell {
	p := page.Tell{Frame: v.inside("/tell", "tell"), Form: form}
	p.Post = p.Fresh("/a/" + string(v.seen.Alliance))
	return p
}

func (v *visit) tell() error {
	wish, err := v.wording()
	if err == nil {
		err = v.do(wish)
	}
	if err != nil {
		if no := v.see(); no != nil {
			return no
		}
		p := v.tellPage(v.typedForm())
		return v.again(p.Frame, p, err)
	}
	return v.back("told")
}

// typedForm is the form as it was sent, to be shown again.
func (v *visit) typedForm() page.TellForm {
	form := v.r.PostForm
	return page.TellForm{
		Words: valid(form.Get("words")), Theme: valid(form.Get("theme")), ThemeNew: valid(form.Get("theme_new")),
		Emotion: valid(form.Get("emotion")), EmotionOwn: valid(form.Get("emotion_own")),
		SaidBy: samenspel.PartnerID(form.Get("said_by")), About: samenspel.PartnerID(form.Get("about")),
		Kind: samenspel.Kind(form.Get("kind")), Layer: samenspel.Layer(form.Get("layer")),
		SeenBy: page.SetOf(v.seenBy()),
	}
}

// wording is the wish in the form.
func (v *visit) wording() (w samenspel.WordStatement, err error) {
	form := v.r.PostForm
	w.About, w.SaidBy = samenspel.PartnerID(form.Get("about")), samenspel.PartnerID(form.Get("said_by"))
	w.Kind, w.Layer = samenspel.Kind(form.Get("kind")), samenspel.Layer(form.Get("layer"))
	w.SeenBy, w.Chosen = v.seenBy(), form.Get("chosen") == "yes"
	if w.Words, err = v.words("words", samenspel.MaxWords); err != nil {
		return w, err
	}
	if w.NewTheme, err = v.either("theme_new", "theme", samenspel.MaxTheme); err != nil {
		return w, err
	}
	w.Emotion, err = v.either("emotion_own", "emotion", samenspel.MaxFeel)
	return w, err
}

// either takes what was typed, or else what was chosen.
func (v *visit) either(typed, chosen string, most int) (samenspel.Words, error) {
	w, err := v.words(typed, most)
	if err != nil || !w.Empty() {
		return w, err
	}
	return v.words(chosen, most)
}

// seenBy is who was ticked.
func (v *visit) seenBy() []samenspel.PartnerID {
	var list []samenspel.PartnerID
	for _, id := range v.r.PostForm["seen_by"] {
		list = append(list, samenspel.PartnerID(id))
	}
	return list
}

// statementID and turn say which statement a form is about, as it stood.
func (v *visit) statementID() samenspel.StatementID {
	return samenspel.StatementID(v.r.PathValue("statement"))
}

func (v *visit) turn() int {
	n, err := strconv.Atoi(v.r.PostForm.Get("turn"))
	if err != nil {
		return 0
	}
	return n
}

func (v *visit) confirm() error {
	return v.act(samenspel.ConfirmStatement{Statement: v.statementID(), Turn: v.turn()}, "confirmed")
}

func (v *visit) refuse() error {
	return v.act(samenspel.RefuseStatement{Statement: v.statementID(), Turn: v.turn()}, "refused")
}

func (v *visit) withdraw() error {
	return v.act(samenspel.WithdrawStatement{Statement: v.statementID(), Turn: v.turn()}, "withdrawn")
}

// over is what the forms over one statement share.
type over struct {
	frame *page.Frame
	post  page.Post
	s     *samenspel.SeenStatement
	back  string
}

// over makes ready a form over the statement in the address, if what it does
// may be done.
func (v *visit) over(what string, may func(*samenspel.SeenStatement) bool) (over, error) {
	s := v.seen.Statement(v.statementID())
	if s == nil {
		return over{}, samenspel.ErrNotFound
	}
	if what != "share" {
		if err := v.goingOn(); err != nil {
			return over{}, err
		}
	}
	if !may(s) {
		return over{}, &samenspel.Refusal{Class: samenspel.Refused, Key: "refused." + what}
	}
	back := v.r.URL.Query().Get("back")
	if v.r.PostForm != nil && v.r.PostForm.Get("back") != "" {
		back = v.r.PostForm.Get("back")
	}
	o := over{s: s, back: local(back, v.home())}
	o.frame = v.inside("/statement/"+string(s.ID)+"/"+what, "picture")
	o.post = o.frame.Fresh(o.back)
	o.post.Turn = s.Turn
	return o, nil
}

// settled leads back when a wish was taken, and else shows its form again.
func (v *visit) settled(err error, did string, form func(typed string) (*page.Frame, page.Page, error)) error {
	if err == nil {
		return v.back(did)
	}
	f, p, missing := form(valid(v.r.PostForm.Get("words")))
	if missing != nil {
		return err
	}
	return v.again(f, p, err)
}

// form shows a form for the first time.
func (v *visit) form(form func(typed string) (*page.Frame, page.Page, error)) error {
	_, p, err := form("")
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) rewordPage(typed string) (*page.Frame, page.Page, error) {
	o, err := v.over("reword", func(s *samenspel.SeenStatement) bool { return s.MayReword })
	if err != nil {
		return nil, nil, err
	}
	if typed == "" {
		typed = o.frame.Said(o.s.Words)
	}
	return o.frame, page.Reword{Frame: o.frame, Post: o.post, S: o.s, Back: o.back, Words: typed}, nil
}

func (v *visit) rewordForm() error { return v.form(v.rewordPage) }

func (v *visit) reword() error {
	words, err := v.words("words", samenspel.MaxWords)
	if err == nil {
		err = v.do(samenspel.RewordStatement{Statement: v.statementID(), Words: words, Turn: v.turn()})
	}
	return v.settled(err, "reworded", v.rewordPage)
}

func (v *visit) sharePage(string) (*page.Frame, page.Page, error) {
	o, err := v.over("share", func(s *samenspel.SeenStatement) bool { return s.MayShare })
	if err != nil {
		return nil, nil, err
	}
	return o.frame, page.Share{Frame: o.frame, Post: o.post, S: o.s, Back: o.back, SeenBy: page.SetOf(o.s.Shared)}, nil
}

func (v *visit) shareForm() error { return v.form(v.sharePage) }

func (v *visit) share() error {
	err := v.do(samenspel.ShareStatement{Statement: v.statementID(), SeenBy: v.seenBy()})
	return v.settled(err, "shared", v.sharePage)
}

func (v *visit) placePage(string) (*page.Frame, page.Page, error) {
	o, err := v.over("place", func(s *samenspel.SeenStatement) bool { return s.MayPlace })
	if err != nil {
		return nil, nil, err
	}
	form := page.TellForm{Layer: o.s.Layer}
	if th := v.seen.Theme(o.s.Theme); th != nil {
		form.Theme = o.frame.Said(th.Name)
	}
	if v.r.PostForm != nil {
		form = v.typedForm()
	}
	return o.frame, page.Place{Frame: o.frame, Post: o.post, S: o.s, Back: o.back, Form: form}, nil
}

func (v *visit) placeForm() error { return v.form(v.placePage) }

func (v *visit) place() error {
	w := samenspel.PlaceStatement{
		Statement: v.statementID(), Layer: samenspel.Layer(v.r.PostForm.Get("layer")), Turn: v.turn(),
	}
	theme, err := v.either("theme_new", "theme", samenspel.MaxTheme)
	if err == nil {
		w.NewTheme = theme
		err = v.do(w)
	}
	return v.settled(err, "placed", v.placePage)
}

func (v *visit) viewPage(typed string) (*page.Frame, page.Page, error) {
	o, err := v.over("view", func(s *samenspel.SeenStatement) bool { return s.MayAdd })
	if err != nil {
		return nil, nil, err
	}
	return o.frame, page.View{Frame: o.frame, Post: o.post, S: o.s, Back: o.back, Words: typed}, nil
}

func (v *visit) viewForm() error { return v.form(v.viewPage) }

func (v *visit) view() error {
	words, err := v.words("words", samenspel.MaxWords)
	if err == nil {
		err = v.do(samenspel.PutView{Statement: v.statementID(), Words: words})
	}
	return v.settled(err, "view", v.viewPage)
}

func (v *visit) withdrawView() error {
	return v.act(samenspel.WithdrawView{View: samenspel.ViewID(v.r.PathValue("view"))}, "withdrawn")
}

func (v *visit) emotionPage(string) (*page.Frame, page.Page, error) {
	o, err := v.over("emotion", func(s *samenspel.SeenStatement) bool { return s.MayReword || s.MayAdd })
	if err != nil {
		return nil, nil, err
	}
	p := page.Emotion{Frame: o.frame, Post: o.post, S: o.s, Back: o.back}
	if v.r.PostForm != nil {
		p.Words = valid(v.r.PostForm.Get("emotion_own"))
	}
	return o.frame, p, nil
}

func (v *visit) emotionForm() error { return v.form(v.emotionPage) }

func (v *visit) emotion() error {
	word, err := v.either("emotion_own", "emotion", samenspel.MaxFeel)
	if err == nil {
		err = v.do(samenspel.NameEmotion{Statement: v.statementID(), Word: word})
	}
	return v.settled(err, "emotion", v.emotionPage)
}

func (v *visit) answerEmotion() error {
	answer := samenspel.Feeling(v.r.PathValue("answer"))
	id := samenspel.EmotionID(v.r.PathValue("emotion"))
	did := map[samenspel.Feeling]string{
		samenspel.Open: "open", samenspel.Met: "met", samenspel.Declined: "declined",
	}[answer]
	return v.act(samenspel.AnswerEmotion{Emotion: id, Answer: answer}, did)
}
