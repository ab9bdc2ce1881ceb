package web

import (
	"cmp"
	"slices"
	"strconv"

	"samenspel"
	"samenspel/web/page"
	"samenspel/workspace"
)

// planRoutes are about preparing a dialogue.
var planRoutes = []Route{
	{get, "/a/{alliance}/dialogues", Partner, (*visit).dialogues, whole("dialogues")},
	{get, "/a/{alliance}/dialogues/live", Partner, (*visit).dialoguesLive, whole("dialogues")},
	{get, "/a/{alliance}/dialogue/plan", Partner, (*visit).planForm, whole("dialogues")},
	{post, "/a/{alliance}/dialogue/plan", Partner, (*visit).plan, whole("dialogues")},
	{get, "/a/{alliance}/dialogue/{dialogue}", Partner, (*visit).dialogue, ofDialogue},
	{get, "/a/{alliance}/dialogue/{dialogue}/live", Partner, (*visit).dialogueLive, ofDialogue},
	{get, "/a/{alliance}/dialogue/{dialogue}/plan", Partner, (*visit).changePlanForm, ofDialogue},
	{post, "/a/{alliance}/dialogue/{dialogue}/plan", Partner, (*visit).changePlan, ofDialogue},
	{get, "/a/{alliance}/dialogue/{dialogue}/cancel", Partner, (*visit).cancelPlanForm, ofDialogue},
	{post, "/a/{alliance}/dialogue/{dialogue}/cancel", Partner, (*visit).cancelPlan, ofDialogue},
	{post, "/a/{alliance}/dialogue/{dialogue}/topic", Partner, (*visit).putTopic, ofDialogue},
	{post, "/a/{alliance}/dialogue/{dialogue}/presence", Partner, (*visit).wishPresence, ofDialogue},
	{get, "/a/{alliance}/dialogue/{dialogue}/calendar.ics", Partner, (*visit).talkCalendar, taken(ofDialogue)},
	{get, "/a/{alliance}/dialogue/{dialogue}/paper", Partner, (*visit).talkPaper, printed(ofDialogue)},
	{post, "/a/{alliance}/topic/{topic}/show", Partner, (*visit).showTopic, own},
	{post, "/a/{alliance}/topic/{topic}/settle", Partner, (*visit).settleTopic, own},
	{post, "/a/{alliance}/topic/{topic}/withdraw", Partner, (*visit).withdrawTopic, own},
}

// ofDialogue is of a page about the dialogue in the address, for those in it.
func ofDialogue(v *visit) workspace.Look {
	return ofThose("dialogue", func(v *visit, seen *samenspel.Seen) []samenspel.PartnerID {
		if d := seen.Dialogue(samenspel.DialogueID(v.r.PathValue("dialogue"))); d != nil {
			return d.With
		}
		return nil
	})(v)
}

// ofTable is of a page with what lies on the table of that dialogue. Those in it
// are told of the dialogue. Whose words lie there and who is not in it is told
// that their words were looked at: it is their world, and of the dialogue they
// may know nothing.
func ofTable(v *visit) workspace.Look {
	look := ofDialogue(v)
	look.Beside = func(seen *samenspel.Seen) []samenspel.PartnerID {
		if d := seen.Dialogue(samenspel.DialogueID(v.r.PathValue("dialogue"))); d != nil {
			return seen.Outside(d)
		}
		return nil
	}
	return look
}

// dialoguesPerPage is how many dialogues a page of the list shows.
const dialoguesPerPage = 20

// dialoguesPage is one page of the list: what is on or comes first, then what
// was, the newest first.
func (v *visit) dialoguesPage() page.Page {
	p := page.Dialogues{Frame: v.inside("/dialogues", "dialogue")}
	var all []*samenspel.SeenDialogue
	for i := range v.seen.Dialogues {
		all = append(all, &v.seen.Dialogues[i])
	}
	slices.SortStableFunc(all, func(x, y *samenspel.SeenDialogue) int {
		return cmp.Or(page.ComesBefore(x, y, p.Now), y.Over.Compare(x.Over))
	})
	asked := v.r.URL.Query().Get("page")
	from, to, number := window(len(all), dialoguesPerPage, asked)
	p.List = all[from:to]
	p.Newer = number - 1
	if to < len(all) {
		p.Older = number + 1
	}
	p.LiveURL = p.Path + "/live?page=" + strconv.Itoa(number) + "&"
	return p
}

func (v *visit) dialogues() error     { return v.show(v.dialoguesPage()) }
func (v *visit) dialoguesLive() error { return v.stream(v.dialoguesPage) }

// talkID and seenTalk are the dialogue in the address.
func (v *visit) talkID() samenspel.DialogueID {
	return samenspel.DialogueID(v.r.PathValue("dialogue"))
}

func (v *visit) seenTalk() (*samenspel.SeenDialogue, error) {
	if d := v.seen.Dialogue(v.talkID()); d != nil {
		return d, nil
	}
	return nil, samenspel.ErrNotFound
}

// ofDialogue is the frame of a page about one dialogue.
func (v *visit) ofDialogue(what string) *page.Frame {
	return v.inside("/dialogue/"+string(v.talkID())+what, "dialogue")
}

// preparation is the page to prepare a dialogue on, of what is seen now. The
// dialogue may be gone while somebody looks at it.
func (v *visit) preparation() page.Dialogue {
	p := page.Dialogue{Frame: v.ofDialogue(""), D: v.seen.Dialogue(v.talkID())}
	p.LiveURL = p.Path + "/live?"
	p.Post = p.Fresh(p.Path)
	return p
}

func (v *visit) dialogue() error {
	if _, err := v.seenTalk(); err != nil {
		return err
	}
	return v.show(v.preparation())
}

func (v *visit) dialogueLive() error {
	if _, err := v.seenTalk(); err != nil {
		return err
	}
	return v.stream(func() page.Page { return v.preparation() })
}

// planForm is the empty form. Those who talked last time are chosen already,
// or else who asks for help.
func (v *visit) planForm() error {
	form := page.PlanForm{With: map[samenspel.PartnerID]bool{}}
	last := v.seen.LastDialogue()
	for _, p := range v.seen.Partners {
		form.With[p.ID] = last == nil && p.Role == samenspel.Vrager || last != nil && slices.Contains(last.With, p.ID)
	}
	return v.show(v.planPage(form))
}

func (v *visit) planPage(form page.PlanForm) page.Plan {
	p := page.Plan{Frame: v.inside("/dialogue/plan", "dialogue"), Form: form}
	p.Action, p.Back = p.Path, p.Base()+"/dialogues"
	p.Post = p.Fresh(p.Back)
	return p
}

// plan prepares a new dialogue, which has the command's own id.
func (v *visit) plan() error {
	wish, err := v.planning()
	if err == nil {
		err = v.do(wish)
	}
	if err != nil {
		p := v.planPage(v.typedPlan())
		return v.again(p.Frame, p, err)
	}
	v.r.PostForm.Set("back", v.home()+"/dialogue/"+v.r.PostForm.Get("command"))
	return v.back("planned")
}

// planning is the wish in the form.
func (v *visit) planning() (w samenspel.PlanDialogue, err error) {
	form := v.r.PostForm
	w.With, w.Turn = v.company(), v.turn()
	if w.At, w.DayOnly, err = parseMoment(form.Get("date"), form.Get("time"), v.zone()); err != nil {
		return w, err
	}
	if w.Minutes, err = parseMinutes(cmp.Or(form.Get("minutes_own"), form.Get("minutes"))); err != nil {
		return w, err
	}
	if w.Where, err = v.words("where", samenspel.MaxDetail); err != nil {
		return w, err
	}
	w.Support, err = v.words("support", samenspel.MaxDetail)
	return w, err
}

// company is who was ticked, of those who still take part.
func (v *visit) company() []samenspel.PartnerID {
	var list []samenspel.PartnerID
	for _, id := range v.r.PostForm["with"] {
		if p := v.seen.Partner(samenspel.PartnerID(id)); p != nil && p.Standing != samenspel.Left {
			list = append(list, p.ID)
		}
	}
	return list
}

// typedPlan is the form as it was sent, to be shown again.
func (v *visit) typedPlan() page.PlanForm {
	form := v.r.PostForm
	return page.PlanForm{
		Date: valid(form.Get("date")), Time: valid(form.Get("time")), Minutes: valid(form.Get("minutes")), Own: valid(form.Get("minutes_own")),
		Where: valid(form.Get("where")), Support: valid(form.Get("support")), With: page.SetOf(v.company()),
	}
}

// changePlanPage is the form over a plan that is there.
func (v *visit) changePlanPage() (page.Plan, error) {
	d, err := v.seenTalk()
	if err != nil {
		return page.Plan{}, err
	}
	p := page.Plan{Frame: v.ofDialogue("/plan"), D: d}
	p.Action, p.Back = p.Path, v.home()+"/dialogue/"+string(d.ID)
	p.Post = p.Fresh(p.Back)
	p.Post.Turn = d.Turn
	p.Form = p.Stands()
	return p, nil
}

func (v *visit) changePlanForm() error {
	p, err := v.changePlanPage()
	if err != nil {
		return err
	}
	return v.show(p)
}

func (v *visit) changePlan() error {
	wish, err := v.planning()
	if err == nil {
		wish.Dialogue = v.talkID()
		err = v.do(wish)
	}
	if err == nil {
		return v.back("plan_changed")
	}
	p, missing := v.changePlanPage()
	if missing != nil {
		return missing
	}
	p.Form, p.Overtaken = v.typedPlan(), v.turn() != 0 && v.turn() != p.D.Turn
	return v.again(p.Frame, p, err)
}

func (v *visit) cancelPlanForm() error {
	d, err := v.seenTalk()
	switch {
	case err != nil:
		return err
	case d.Standing != samenspel.Planned:
		return &samenspel.Refusal{Class: samenspel.Refused, Key: "refused.begun"}
	}
	p := page.CancelPlan{Frame: v.ofDialogue("/cancel"), D: d}
	p.Post = p.Fresh(p.Base() + "/dialogues")
	return v.show(p)
}

func (v *visit) cancelPlan() error {
	return v.act(samenspel.CancelDialogue{Dialogue: v.talkID()}, "cancelled")
}

func (v *visit) putTopic() error {
	words, err := v.words("words", samenspel.MaxTopic)
	if err == nil {
		err = v.do(samenspel.PutTopic{Dialogue: v.talkID(), Words: words, Alone: v.r.PostForm.Get("alone") == "yes"})
	}
	if err == nil {
		return v.back("topic")
	}
	p := v.preparation()
	if p.D == nil {
		return err
	}
	p.Words, p.Alone = valid(v.r.PostForm.Get("words")), v.r.PostForm.Get("alone") == "yes"
	return v.again(p.Frame, p, err)
}

func (v *visit) wishPresence() error {
	form := v.r.PostForm
	return v.act(samenspel.WishPresence{
		Dialogue: v.talkID(), Who: samenspel.PartnerID(form.Get("who")), Wish: samenspel.Presence(form.Get("wish")),
	}, "presence")
}

func (v *visit) topicID() samenspel.TopicID { return samenspel.TopicID(v.r.PathValue("topic")) }

func (v *visit) showTopic() error {
	if v.r.PostForm.Get("alone") == "yes" {
		return v.act(samenspel.ShowTopic{Topic: v.topicID(), Alone: true}, "topic_alone")
	}
	return v.act(samenspel.ShowTopic{Topic: v.topicID()}, "topic_shown")
}

func (v *visit) settleTopic() error {
	if v.r.PostForm.Get("open") == "yes" {
		return v.act(samenspel.SettleTopic{Topic: v.topicID()}, "topic_open")
	}
	return v.act(samenspel.SettleTopic{Topic: v.topicID(), Settled: true}, "topic_settled")
}

func (v *visit) withdrawTopic() error {
	return v.act(samenspel.WithdrawTopic{Topic: v.topicID()}, "withdrawn")
}

// talkPaper is the same on paper.
func (v *visit) talkPaper() error {
	d, err := v.seenTalk()
	if err != nil {
		return err
	}
	return v.show(page.TalkPaper{Frame: v.ofDialogue("/paper"), D: d})
}
