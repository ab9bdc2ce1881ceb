package web

import (
	"samenspel"
	"samenspel/web/page"
)

// ambitionPage asks what somebody stands for, with what they typed, and shows
// what they may share of it by now.
func (v *visit) ambitionPage() page.Ambition {
	p := page.Ambition{Frame: v.inside("/ambition", "home"), Typed: map[samenspel.Layer]string{}}
	p.Next = p.Base()
	if len(p.You().Role.Invites()) > 0 {
		p.Next = p.Base() + "/invite"
	}
	p.Post = p.Fresh(p.Next)
	for _, l := range samenspel.Layers {
		p.Typed[l] = valid(v.r.PostForm.Get("words_" + string(l)))
	}
	return p
}

func (v *visit) ambitionForm() error { return v.show(v.ambitionPage()) }

// wordAmbition keeps what was filled in. Nothing filled in is an answer too.
func (v *visit) wordAmbition() error {
	var w samenspel.WordAmbition
	var err error
	for i, l := range samenspel.Layers {
		if w.Words[i], err = v.words("words_"+string(l), samenspel.MaxWords); err != nil {
			break
		}
	}
	if err == nil {
		err = v.do(w)
	}
	switch {
	case err != nil:
		p := v.ambitionPage()
		return v.again(p.Frame, p, err)
	case w == samenspel.WordAmbition{}:
		return v.back("")
	}
	return v.back("ambition")
}

// shareAmbition shares what was ticked with whom the page names.
func (v *visit) shareAmbition() error {
	w := samenspel.ShareAmbition{With: v.seenBy()}
	for _, id := range v.r.PostForm["statement"] {
		w.Statements = append(w.Statements, samenspel.StatementID(id))
	}
	if len(w.Statements) == 0 { // nothing was ticked: all stays as it is
		return v.back("")
	}
	return v.act(w, "shared")
}
