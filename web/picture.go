package web

import (
	"bytes"
	"html/template"
	"strconv"

	"samenspel"
	"samenspel/figure"
	"samenspel/web/page"
)

// firstPicture leads to the picture that comes first for the reader.
func (v *visit) firstPicture() error {
	return v.lead("/a/" + string(v.seen.Alliance) + "/picture/" + string(v.pictured()))
}

// partner is the partner in the address.
func (v *visit) partner() (*samenspel.SeenPartner, error) {
	if p := v.seen.Partner(samenspel.PartnerID(v.r.PathValue("partner"))); p != nil {
		return p, nil
	}
	return nil, samenspel.ErrNotFound
}

// pictureOf is the picture of a partner as it is seen now, or as it was at the
// moment that the address asks for.
func (v *visit) pictureOf(about *samenspel.SeenPartner) page.Page {
	path := "/picture/" + string(about.ID)
	p := page.Picture{Frame: v.inside(path, "picture"), About: about.ID, Moments: v.seen.Moments(about.ID)}
	p.LiveURL = p.Path + "/live?"
	p.Moment = len(p.Moments)
	p.Picture = v.seen.Insight(about.ID)
	if at, err := strconv.Atoi(v.r.URL.Query().Get("at")); err == nil && at >= 1 && at < len(p.Moments) {
		p.Moment, p.Past = at, true
		p.Picture = v.seen.InsightAt(about.ID, p.Moments[at-1])
		p.LiveURL += "at=" + strconv.Itoa(at) + "&"
	}
	p.Figure = v.insight("picture", p.Picture, p.Name(about.ID))
	p.Keys = v.keys(about.You, p.Name(about.ID))
	return p
}

// keys explains the five states of a cell.
func (v *visit) keys(own bool, name string) template.HTML {
	var out bytes.Buffer
	out.WriteString(`<ul class="keys">`)
	for _, state := range samenspel.CellStates {
		key := "key." + page.StateKey(state)
		if own {
			key += ".you"
		}
		out.WriteString("<li>")
		out.Write(figure.Sign(state))
		out.WriteString(" <span>")
		template.HTMLEscape(&out, []byte(v.text.Say(key, "Name", name)))
		out.WriteString("</span></li>")
	}
	out.WriteString("</ul>")
	return template.HTML(out.String()) //nolint:gosec // escaped above
}

func (v *visit) picture() error {
	about, err := v.partner()
	if err != nil {
		return err
	}
	return v.show(v.pictureOf(about))
}

func (v *visit) pictureLive() error {
	if _, err := v.partner(); err != nil {
		return err
	}
	return v.streamSeen(func() page.Page {
		about, _ := v.partner() // partners stay in what is seen, also when they left
		return v.pictureOf(about)
	})
}

// perPage is how many statements a page of one layer shows.
const perPage = 50

func (v *visit) layer() error {
	about, err := v.partner()
	if err != nil {
		return err
	}
	key := v.r.PathValue("layer")
	l := samenspel.Layer(key)
	if key == "none" {
		l = ""
	}
	if l != "" && !l.Valid() {
		return samenspel.ErrNotFound
	}
	p := page.Layer{About: about.ID, Layer: l, Key: key}
	p.Frame = v.inside("/picture/"+string(about.ID)+"/"+key, "picture")
	all := page.OfLayer(v.seen, about.ID, l)
	from, to, number := window(len(all), perPage, v.r.URL.Query().Get("page"))
	p.Words = all[from:to]
	if number > 1 {
		p.Newer = number - 1
	}
	if to < len(all) {
		p.Older = number + 1
	}
	return v.show(p)
}

// window gives the bounds of one page of a list, counted from 1. A page that
// is not there is the first.
func window(size, most int, asked string) (from, to, number int) {
	number, err := strconv.Atoi(asked)
	if err != nil || number < 1 || (number-1) > size/most || (number-1)*most >= size {
		number = 1
	}
	from = (number - 1) * most
	return from, min(from+most, size), number
}
