package web

import (
	"samenspel"
	"samenspel/web/page"
)

func (v *visit) themes() error { return v.themesAs("", nil) }

func (v *visit) themesAs(typed string, wrong error) error {
	p := page.Themes{Frame: v.inside("/themes", "picture"), Words: typed}
	p.Post = p.Fresh(p.Path)
	if wrong != nil {
		return v.again(p.Frame, p, wrong)
	}
	return v.show(p)
}

func (v *visit) nameTheme() error {
	name, err := v.words("name", samenspel.MaxTheme)
	if err == nil {
		err = v.do(samenspel.NameTheme{Name: name})
	}
	if err != nil {
		return v.themesAs(valid(v.r.PostForm.Get("name")), err)
	}
	return v.back("theme")
}

func (v *visit) themeID() samenspel.ThemeID { return samenspel.ThemeID(v.r.PathValue("theme")) }

func (v *visit) themeFirst() error {
	return v.act(samenspel.PutThemeFirst{Theme: v.themeID()}, "theme_first")
}

func (v *visit) setAside() error {
	return v.act(samenspel.SetLayerAside{Theme: v.themeID(), Layer: samenspel.Layer(v.r.PostForm.Get("layer"))}, "aside")
}

func (v *visit) takeUp() error {
	return v.act(samenspel.TakeLayerUp{Theme: v.themeID(), Layer: samenspel.Layer(v.r.PostForm.Get("layer"))}, "up")
}
