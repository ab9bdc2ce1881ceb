package web

import (
	"errors"
	"html/template"
	"strconv"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/figure"
	"samenspel/house"
	"samenspel/web/page"
	"samenspel/web/text"
)

// holdRoutes are about a dialogue while it is held, and the words for what
// people do there.
var holdRoutes = []Route{
	{get, "/a/{alliance}/table/{dialogue}", Partner, (*visit).table, ofTable},
	{get, "/a/{alliance}/table/{dialogue}/live", Partner, (*visit).tableLive, ofTable},
	{get, "/a/{alliance}/table/{dialogue}/rest", Partner, (*visit).rest, own},
	{post, "/a/{alliance}/table/{dialogue}/begin", Partner, (*visit).beginTalk, ofTable},
	{post, "/a/{alliance}/table/{dialogue}/end", Partner, (*visit).endTalk, ofTable},
	{post, "/a/{alliance}/table/{dialogue}/turn", Partner, (*visit).giveTurn, ofTable},
	{post, "/a/{alliance}/table/{dialogue}/say", Partner, (*visit).layNew, ofTable},
	{post, "/a/{alliance}/table/{dialogue}/lay", Partner, (*visit).layAgain, ofTable},
	{post, "/a/{alliance}/table/{dialogue}/activity", Partner, (*visit).turnActivity, ofTable},
	{post, "/a/{alliance}/table/{dialogue}/move", Partner, (*visit).moveActivity, ofTable},
	{post, "/a/{alliance}/table/{dialogue}/wind", Partner, (*visit).setWind, ofTable},
	{get, "/admin/activities", Administrator, (*visit).activitiesForm, nil},
	{post, "/admin/activities", Administrator, (*visit).wordActivities, nil},
}

func (v *visit) dialogueID() samenspel.DialogueID {
	return samenspel.DialogueID(v.r.PathValue("dialogue"))
}

// wordings are the organisation's words for the activities, in the reader's
// language. A page of an alliance shows the program's own where they cannot
// be read.
func (v *visit) wordings() house.Wordings {
	words, err := v.House.Wordings(v.r.Context(), v.text.Tag)
	if err != nil && v.r.Context().Err() == nil {
		v.numbered().Error("words for the activities could not be read", "error", err)
	}
	return words
}

// tablePage is the table of a dialogue as it is seen now, or nil when the
// reader knows of no such dialogue.
func (v *visit) tablePage(words house.Wordings) *page.Table {
	d := v.seen.Dialogue(v.dialogueID())
	if d == nil {
		return nil
	}
	p := &page.Table{Frame: v.inside("/table/"+string(d.ID), "table"), D: d, Words: words}
	p.Bare, p.Turned = true, v.r.URL.Query().Get("turned") != ""
	p.LiveURL = p.Path + "/live?"
	if !p.Begun() {
		p.LiveURL += "begun=no&"
	}
	var beads []figure.Bead
	p.Beads, beads = v.beads(d)
	p.Road = template.HTML(figure.Road("road", beads, v.text.Say)) //nolint:gosec // figure escapes
	return p
}

// beads are the words that were laid on a table, for the road and its words.
// Of a long talk the first do not stand in the list, as they are not drawn.
func (v *visit) beads(d *samenspel.SeenDialogue) (rows []page.BeadRow, beads []figure.Bead) {
	laid := map[samenspel.StatementID]*samenspel.SeenStatement{}
	for _, l := range d.Laid {
		laid[l.Statement] = nil
	}
	for i := range v.seen.Statements {
		if s := &v.seen.Statements[i]; len(laid) > 0 {
			if _, on := laid[s.ID]; on {
				laid[s.ID] = s
			}
		}
	}
	for _, l := range d.Laid {
		s := laid[l.Statement]
		if s == nil {
			continue
		}
		row := page.BeadRow{Who: page.WordPart{S: s}.Speaker(), Layer: s.Layer}
		who := v.seen.Partner(row.Who)
		rows = append(rows, row)
		beads = append(beads, figure.Bead{Layer: row.Layer, Open: who != nil && page.AtWork(who.Role)})
	}
	return rows[figure.Drawn(len(rows)):], beads
}

// tableForm is the table with an empty form for new words.
func (v *visit) tableForm() (*page.Table, error) {
	p := v.tablePage(v.wordings())
	if p == nil {
		return nil, samenspel.ErrNotFound
	}
	p.Post = p.Fresh(p.Path)
	p.Form.SaidBy = p.Speaker()
	return p, nil
}

func (v *visit) table() error {
	p, err := v.tableForm()
	if err != nil {
		return err
	}
	return v.show(*p)
}

// tableLive follows the table. Who waits for the talk to begin gets the whole
// page then: it has more to it.
func (v *visit) tableLive() error {
	words, waits := v.wordings(), v.r.URL.Query().Get("begun") == "no"
	if v.seen.Dialogue(v.dialogueID()) == nil {
		return samenspel.ErrNotFound
	}
	return v.stream(func() page.Page {
		p := v.tablePage(words)
		if p == nil || waits && p.Begun() {
			return nil
		}
		return *p
	})
}

// rest is the screen when the talk needs none. Not even the name of the place
// stands on it.
func (v *visit) rest() error {
	p := v.tablePage(nil)
	if p == nil {
		return samenspel.ErrNotFound
	}
	rest := page.Rest{Frame: v.inside("/table/"+string(p.D.ID)+"/rest", "table"), Back: p.Path}
	rest.Bare, rest.Brand = true, samenspel.Words{}
	return v.show(rest)
}

// beginTalk begins, or goes on, and leads to the table from wherever it was
// asked.
func (v *visit) beginTalk() error {
	v.r.PostForm.Set("back", "")
	return v.atTable(samenspel.BeginDialogue{Dialogue: v.dialogueID()}, "begun")
}

// endTalk leads to looking back together.
func (v *visit) endTalk() error {
	if err := v.do(samenspel.EndDialogue{Dialogue: v.dialogueID()}); err != nil {
		return err
	}
	return v.lead(v.home() + "/dialogue/" + string(v.dialogueID()) + "/back")
}

// atTable takes a wish and leads to the table.
func (v *visit) atTable(wish samenspel.Wish, did string) error {
	if v.r.PostForm.Get("back") == "" {
		v.r.PostForm.Set("back", v.home()+"/table/"+string(v.dialogueID()))
	}
	return v.act(wish, did)
}

func (v *visit) giveTurn() error {
	to := samenspel.PartnerID(v.r.PostForm.Get("partner"))
	return v.atTable(samenspel.GiveTurn{Dialogue: v.dialogueID(), To: to}, "turn")
}

// layNew words something at the table. Whoever has the word said it, unless
// the form says otherwise.
func (v *visit) layNew() error {
	p, err := v.tableForm()
	if err != nil {
		return err
	}
	wish, err := v.wording()
	if err == nil {
		if wish.SaidBy == "" {
			wish.SaidBy = p.Speaker()
		}
		wish.Dialogue, wish.Chosen = v.dialogueID(), false
		if err = v.atTable(wish, "laid"); err == nil {
			return nil
		}
	}
	if !p.Begun() { // no place for the words on this page
		return err
	}
	p.Form = v.typedForm()
	if v.seen.Partner(p.Form.SaidBy) == nil {
		p.Form.SaidBy = p.Speaker()
	}
	return v.again(p.Frame, *p, err)
}

func (v *visit) layAgain() error {
	statement := samenspel.StatementID(v.r.PostForm.Get("again"))
	return v.atTable(samenspel.LayWords{Dialogue: v.dialogueID(), Statement: statement}, "laid")
}

func (v *visit) turnActivity() error {
	reason, err := v.words("words", samenspel.MaxReason)
	if err != nil {
		return err
	}
	form := v.r.PostForm
	return v.atTable(samenspel.TurnActivity{
		Dialogue: v.dialogueID(), Activity: samenspel.Activity(form.Get("activity")),
		To: samenspel.BalloonStanding(form.Get("standing")), Reason: reason,
	}, "balloon")
}

// moveActivity hangs a balloon one step on, or where it was dragged to.
func (v *visit) moveActivity() error {
	form := v.r.PostForm
	wish := samenspel.MoveActivity{Dialogue: v.dialogueID(), Activity: samenspel.Activity(form.Get("activity"))}
	d := v.seen.Dialogue(wish.Dialogue)
	if d == nil {
		return samenspel.ErrNotFound
	}
	switch step := form.Get("step"); step {
	case "home":
	case "":
		wish.Spot = samenspel.Spot{Moved: true, X: v.count("x"), Y: v.count("y")}
	default:
		wish.Spot, _ = page.Moved(d, wish.Activity, step)
	}
	return v.atTable(wish, "balloon")
}

// count is a whole number from the form, or -1.
func (v *visit) count(field string) int {
	n, err := strconv.Atoi(v.r.PostForm.Get(field))
	if err != nil {
		return -1
	}
	return n
}

func (v *visit) setWind() error {
	wind := samenspel.Wind{
		People: v.count("wind_people"), Complexity: v.count("wind_complexity"), Emotion: v.count("wind_emotion"),
	}
	return v.atTable(samenspel.SetWind{Dialogue: v.dialogueID(), Wind: wind}, "wind")
}

// wordedIn is the language that the administrator words the activities in.
func (v *visit) wordedIn() string {
	in := v.r.FormValue("in")
	if text.In(in) == nil {
		return v.text.Tag
	}
	return in
}

// activitiesPage is the form over the words that stand now.
func (v *visit) activitiesPage(now, typed house.Wordings) page.Activities {
	p := page.Activities{Frame: v.frame("/admin/activities", "title.admin"), In: v.wordedIn(), Typed: typed, Was: now.Mark()}
	p.Path += "?in=" + p.In
	p.Post = p.Fresh(p.Path)
	return p
}

func (v *visit) activitiesForm() error {
	words, err := v.House.Wordings(v.r.Context(), v.wordedIn())
	if err != nil {
		return err
	}
	return v.show(v.activitiesPage(words, words))
}

// wordActivities keeps the organisation's words, or shows the form again with
// what was typed.
func (v *visit) wordActivities() error {
	words, typed := house.Wordings{}, house.Wordings{}
	var wrong error
	for _, act := range samenspel.Activities {
		field := func(what string) string { return v.r.PostForm.Get(what + "_" + string(act)) }
		name, about, origin := field("name"), field("about"), field("origin")
		w, err := house.ParseWording(name, about, origin)
		if err != nil {
			wrong = err
		}
		words[act], typed[act] = w, house.Wording{Name: valid(name), About: valid(about), Origin: valid(origin)}
	}
	if wrong == nil {
		wrong = v.keepWordings(words)
	}
	if wrong == nil {
		return v.back("worded")
	}
	now, err := v.House.Wordings(v.r.Context(), v.wordedIn())
	if err != nil {
		return err
	}
	p := v.activitiesPage(now, typed)
	if errors.Is(wrong, samenspel.ErrChanged) {
		p.Now = now
	}
	return v.again(p.Frame, p, wrong)
}

// keepWordings keeps words unless others were kept since the form was made. What
// is not kept leaves no line in the access log, unless both come at one moment.
func (v *visit) keepWordings(words house.Wordings) error {
	now, err := v.House.Wordings(v.r.Context(), v.wordedIn())
	if err != nil {
		return err
	}
	was := v.r.PostForm.Get("was")
	if now.Changed(was, words) {
		return samenspel.ErrChanged
	}
	if err := v.note(accesslog.Line{Kind: accesslog.Settings, What: "activities", Object: v.wordedIn()}); err != nil {
		return err
	}
	return v.House.Word(v.r.Context(), v.wordedIn(), was, words)
}
