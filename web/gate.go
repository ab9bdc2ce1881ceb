package web

import (
	"errors"
	"net/http"
	"strings"

	"samenspel/account"
	"samenspel/web/page"
)

// errFirst answers staff who came in by a link that somebody else made: they
// make a way in of their own before anything else.
var errFirst = errors.New("web: first a way in of one's own")

// firstPage is where they make one.
const firstPage = "/me/first"

// gate keeps staff who came in by a link from all but what everybody may see
// and where they make a way in of their own. Who made the link could use it.
func (v *visit) gate(route Route) error {
	mine := route.Path == "/me" || strings.HasPrefix(route.Path, "/me/")
	if v.session.By.Strong() || route.For == Everybody || mine {
		return nil
	}
	p, err := v.person()
	if err == nil && p.Staff() {
		err = errFirst
	}
	return err
}

// ledFirst leads a reader who only looks to where they make a way in of their
// own; who sends a form is told instead, so that nothing seems done.
func (v *visit) ledFirst(err error) bool {
	look := v.r.Method == http.MethodGet || v.r.Method == http.MethodHead
	return errors.Is(err, errFirst) && look && v.lead(firstPage) == nil
}

// first is the page that asks staff for a way in of their own.
func (v *visit) first() error {
	if v.session.By.Strong() {
		return v.lead("/")
	}
	p, err := v.mePage(firstPage)
	if err != nil {
		return err
	}
	return v.show(page.First{Me: p})
}

// how is how somebody comes in by the form that they sent.
func (v *visit) how(by account.Way) account.How {
	return account.How{By: by, Shared: v.r.PostForm.Get("shared") == "yes", Device: deviceOf(v.r.UserAgent())}
}

// stillHow is how somebody who is in stays in by a way of their own.
func (v *visit) stillHow(by account.Way) account.How {
	how := v.session.How
	how.By = by
	return how
}

// deviceOf tells in one stable word what somebody looks with, or "". Nothing
// else of what a browser says about itself is kept.
func deviceOf(agent string) string {
	says := func(parts ...string) bool {
		for _, part := range parts {
			if strings.Contains(agent, part) {
				return true
			}
		}
		return false
	}
	switch {
	case says("iPad", "Tablet"), says("Android") && !says("Mobile"):
		return "tablet"
	case says("iPhone", "Mobile"):
		return "phone"
	case says("Windows", "Macintosh", "X11", "CrOS"):
		return "computer"
	}
	return ""
}
