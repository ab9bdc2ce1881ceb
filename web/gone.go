package web

import (
	"errors"
	"strconv"
	"strings"

	"samenspel"
	"samenspel/account"
	"samenspel/house"
	"samenspel/retention"
	"samenspel/web/page"
	"samenspel/workspace"
)

// mayKnow gives the destroyed places that the one who asks may know of: where
// they were, and for the privacy officer all.
func (v *visit) mayKnow() ([]workspace.Gone, error) {
	whose := v.session.Person
	p, err := v.person()
	if err != nil && !errors.Is(err, account.ErrNoEntry) {
		return nil, err
	}
	if p.Officer {
		whose = ""
	}
	return v.Workspace.Destroyed(v.r.Context(), whose)
}

func (v *visit) gone() error {
	list, err := v.mayKnow()
	if err != nil {
		return err
	}
	return v.show(page.Gone{Frame: v.frame("/gone", "title.gone"), Places: certificates(list)})
}

// goneCertificates makes the certificates of destroyed places.
func certificates(list []workspace.Gone) []retention.Certificate {
	var all []retention.Certificate
	for _, g := range list {
		all = append(all, retention.For(g.Keeping, g.Number, g.Entries, g.At))
	}
	return all
}

// certified gives the certificate in the address.
func (v *visit) certified() (retention.Certificate, error) {
	list, err := v.mayKnow()
	if err != nil {
		return retention.Certificate{}, err
	}
	for _, c := range certificates(list) {
		if string(c.Alliance) == v.r.PathValue("gone") {
			return c, nil
		}
	}
	return retention.Certificate{}, samenspel.ErrNotFound
}

// goneCertificate is a certificate to read or to print.
func (v *visit) goneCertificate() error {
	c, err := v.certified()
	if err != nil {
		return err
	}
	terms, err := v.keepingTerms()
	if err != nil {
		return err
	}
	return v.show(page.GoneCertificate{Frame: v.frame("/gone/"+string(c.Alliance), "title.gone"), C: c, Terms: terms})
}

// goneCertificateJSON is the same as signed data.
func (v *visit) goneCertificateJSON() error {
	c, err := v.certified()
	if err != nil {
		return err
	}
	text, err := retention.Sign(c, v.Signer)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.w.Header().Set("Content-Disposition", `attachment; filename="certificate.json"`)
	_, _ = v.w.Write(text) // the reader went away: nothing to do
	return nil
}

// termsPage is the list of terms, with the form for one more.
func (v *visit) termsPage() (page.Terms, error) {
	terms, err := v.keepingTerms()
	p := page.Terms{Frame: v.frame("/admin/terms", "title.admin"), Terms: terms}
	p.Post = p.Fresh(p.Path)
	return p, err
}

func (v *visit) termsForm() error {
	p, err := v.termsPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

// addTerm keeps a term of the organisation under the id of the form, so that
// sending it twice adds one.
func (v *visit) addTerm() error {
	form := v.r.PostForm
	t, err := house.ParseTerm(form.Get("name"), form.Get("source"))
	if err == nil {
		err = v.keepTerm(t)
	}
	if err == nil {
		return v.back("retain_term")
	}
	p, no := v.termsPage()
	if no != nil {
		return no
	}
	p.Name, p.Source, p.Number, p.Unit, p.From = valid(form.Get("name")), valid(form.Get("source")), valid(form.Get("number")), form.Get("unit"), form.Get("count")
	return v.again(p.Frame, p, err)
}

func (v *visit) keepTerm(t house.Term) error {
	form := v.r.PostForm
	n, _ := strconv.Atoi(strings.TrimSpace(form.Get("number"))) // what is no number makes no term
	switch form.Get("unit") {
	case "years":
		t.Years = n
	case "months":
		t.Months = n
	case "weeks":
		t.Weeks = n
	}
	t.From = samenspel.Count(form.Get("count"))
	id := samenspel.CommandID(form.Get("command"))
	own, err := v.House.Terms(v.r.Context())
	switch {
	case err != nil:
		return err
	case t.Name == "":
		return &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.name_needed"}
	case !id.Valid():
		return &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.command"}
	case !t.From.Valid() || !retention.Fits(t.Years, t.Months, t.Weeks, 0):
		return &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.term"}
	case len(own) >= house.MaxTerms:
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.too_many"}
	}
	t.Word = retention.OwnPrefix + string(id)
	return v.House.AddTerm(v.r.Context(), t)
}

func (v *visit) dropTerm() error {
	word := v.r.PostForm.Get("term")
	if strings.HasPrefix(word, retention.OwnPrefix) && isText(word) {
		if err := v.House.DropTerm(v.r.Context(), word); err != nil {
			return err
		}
	}
	return v.back("retain_term_gone")
}
