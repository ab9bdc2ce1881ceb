package web

import (
	"html/template"

	"samenspel"
	"samenspel/figure"
	"samenspel/web/page"
)

// insight draws the picture of a partner. What comes out of package figure is
// escaped there.
func (v *visit) insight(id string, in samenspel.Insight, name string) template.HTML {
	return template.HTML(figure.Insight(id, in, name, v.text.Say)) //nolint:gosec // figure escapes
}

// todayPage is the page of today, of what is seen now.
func (v *visit) todayPage() page.Page { return v.alliancePage() }

func (v *visit) alliancePage() page.Alliance {
	p := page.Alliance{Frame: v.inside("", "home"), Pictured: v.pictured()}
	p.LiveURL = p.Path + "/live?"
	p.Figure = v.insight("today", v.seen.Insight(p.Pictured), p.Name(p.Pictured))
	return p
}

// pictured is whose picture comes first: one's own, or at work the vrager's.
func (v *visit) pictured() samenspel.PartnerID {
	you := v.seen.Partner(v.seen.You)
	if you.Role == samenspel.Professional || you.Role == samenspel.Colleague {
		for _, p := range v.seen.Partners {
			if p.Role == samenspel.Vrager && p.Standing != samenspel.Left {
				return p.ID
			}
		}
	}
	return you.ID
}

func (v *visit) today() error {
	p := v.alliancePage()
	var err error
	if p.Looked, err = v.Workspace.LastLooked(v.r.Context(), v.seen); err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) todayLive() error { return v.streamSeen(v.todayPage) }

func (v *visit) undo() error {
	return v.act(samenspel.Undo{Command: samenspel.CommandID(v.r.PostForm.Get("act"))}, "undone")
}

func (v *visit) pace() error {
	return v.act(samenspel.SetPace{Pace: samenspel.Pace(v.r.PostForm.Get("pace"))}, "pace")
}

func (v *visit) more() error { return v.show(page.More{Frame: v.inside("/more", "more")}) }

func (v *visit) method() error {
	p := page.Method{Frame: v.frame("/method", "title.method")}
	p.Good = template.HTML(figure.GoodConversation("good", v.text.Say))            //nolint:gosec // fixed drawing
	p.Connecting = template.HTML(figure.ConnectingDialogue("connect", v.text.Say)) //nolint:gosec // fixed drawing
	return v.show(p)
}

func (v *visit) notes() error { return v.notesAs("", nil) }

// notesPerPage is how many notes a page shows.
const notesPerPage = 20

func (v *visit) notesAs(typed string, wrong error) error {
	p := page.Notes{Frame: v.inside("/notes", "more"), Words: typed}
	p.Post = p.Fresh(p.Path)
	from, to, number := window(len(v.seen.Notes), notesPerPage, v.r.URL.Query().Get("page"))
	p.Page = v.seen.Notes[from:to]
	if to < len(v.seen.Notes) {
		p.Older = number + 1
	}
	if wrong != nil {
		return v.again(p.Frame, p, wrong)
	}
	return v.show(p)
}

func (v *visit) writeNote() error {
	words, err := v.words("words", samenspel.MaxWords)
	if err == nil {
		err = v.do(samenspel.WriteNote{Words: words})
	}
	if err != nil {
		return v.notesAs(valid(v.r.PostForm.Get("words")), err)
	}
	return v.back("note")
}

func (v *visit) withdrawNote() error {
	return v.act(samenspel.WithdrawNote{Note: samenspel.NoteID(v.r.PathValue("note"))}, "withdrawn")
}
