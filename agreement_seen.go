package samenspel

import (
	"slices"
	"time"
)

// AgreementStanding is how an agreement stands between those whom it concerns.
type AgreementStanding string

// The four standings. None of them is wrong.
const (
	AgreementAsked   AgreementStanding = "asked"   // not everybody said yes
	AgreementResting AgreementStanding = "resting" // everybody answered, and somebody said: not now
	AgreementAgreed  AgreementStanding = "agreed"  // everybody said yes
	AgreementDone    AgreementStanding = "done"
)

// SeenAgreement is what partners will do, or propose to each other.
type SeenAgreement struct {
	ID       AgreementID
	By       PartnerID // who proposed it as it stands now
	At       time.Time // when
	Words    Words
	Doer     PartnerID
	When     When
	Standing AgreementStanding
	Answers  []SeenAgreementAnswer // of each whom it concerns, in the order of the table
	Earlier  []SeenTerms           // what stood here before, the oldest first
	Options  []SeenOption
	Helps    []SeenHelp
	Turn     int

	MayAnswer   bool // renewing and options are for everybody who sees it
	MayFulfil   bool // say that it was done, or after all not
	MayWithdraw bool
}

// SeenAgreementAnswer is what one partner says of it; empty while they do not.
type SeenAgreementAnswer struct {
	Partner PartnerID
	Here    bool // still at the table: others' answers no longer decide
	AgreementAnswer
}

// SeenTerms is what was proposed before.
type SeenTerms struct {
	By    PartnerID
	At    time.Time
	Words Words
	Doer  PartnerID
	When  When
}

// SeenOption is an option that was considered.
type SeenOption struct {
	ID          OptionID
	By          PartnerID
	At          time.Time
	Words       Words
	MayWithdraw bool
}

// SeenHelp is help that a partner asked for.
type SeenHelp struct {
	ID        HelpID
	By        PartnerID
	At        time.Time
	Words     Words
	Standing  HelpStanding // open or there
	MayAnswer bool
}

// seeAgreements shows the agreements that concern the viewer.
func (a *Alliance) seeAgreements(s *Seen, you *partner) {
	for _, g := range a.agreements.list {
		if g.seenBy(you.id) {
			s.Agreements = append(s.Agreements, a.seenAgreement(g, you.id))
		}
	}
}

func (a *Alliance) seenAgreement(g *agreement, you PartnerID) SeenAgreement {
	now, standing := g.now(), a.standing(g)
	seen := SeenAgreement{
		ID: g.id, By: now.by, At: now.at, Words: now.words, Doer: now.doer, When: now.when, Standing: standing, Turn: g.turn,
		MayAnswer:   !now.done,
		MayFulfil:   (standing == AgreementAgreed || now.done) && a.mayFulfil(g, you),
		MayWithdraw: g.by == you && !g.touchedByOthers(),
	}
	for _, id := range g.concerned {
		seen.Answers = append(seen.Answers, SeenAgreementAnswer{id, a.partners[id].here(), now.answers[id]})
	}
	for _, tm := range g.terms[:len(g.terms)-1] {
		seen.Earlier = append(seen.Earlier, SeenTerms{tm.by, tm.at, tm.words, tm.doer, tm.when})
	}
	for _, o := range g.options {
		if !o.withdrawn {
			seen.Options = append(seen.Options, SeenOption{o.id, o.by, o.at, o.words, o.by == you})
		}
	}
	for _, h := range g.helps {
		if h.standing != HelpGone {
			seen.Helps = append(seen.Helps, SeenHelp{h.id, h.by, h.at, h.words, h.standing, h.by == you})
		}
	}
	return seen
}

// Agreement gives an agreement by id, or nil.
func (s *Seen) Agreement(id AgreementID) *SeenAgreement {
	for i := range s.Agreements {
		if s.Agreements[i].ID == id {
			return &s.Agreements[i]
		}
	}
	return nil
}

// OpenAgreements are those that are not done and do not rest, the newest
// first: what a dialogue comes back to.
func (s *Seen) OpenAgreements() []*SeenAgreement {
	var open []*SeenAgreement
	for i := len(s.Agreements) - 1; i >= 0; i-- {
		if g := &s.Agreements[i]; g.Standing == AgreementAsked || g.Standing == AgreementAgreed {
			open = append(open, g)
		}
	}
	return open
}

// OpenHelp is help that was asked for and not given yet, with the agreement
// that it is for.
type OpenHelp struct {
	Agreement *SeenAgreement
	Help      *SeenHelp
}

// OpenHelp lists what help was asked for and not given, the oldest agreement
// first. It stays in sight, also when the agreement rests or was done.
func (s *Seen) OpenHelp() []OpenHelp {
	var open []OpenHelp
	for i := range s.Agreements {
		g := &s.Agreements[i]
		for j := range g.Helps {
			if g.Helps[j].Standing == HelpOpen {
				open = append(open, OpenHelp{g, &g.Helps[j]})
			}
		}
	}
	return open
}

// Answer is what a partner says of it.
func (g *SeenAgreement) Answer(p PartnerID) AgreementAnswer {
	for _, answer := range g.Answers {
		if answer.Partner == p {
			return answer.AgreementAnswer
		}
	}
	return AgreementAnswer{}
}

// Awaited are those at the table who did not say yes.
func (g *SeenAgreement) Awaited() []PartnerID {
	var list []PartnerID
	for _, answer := range g.Answers {
		if answer.Here && answer.Want != WantYes {
			list = append(list, answer.Partner)
		}
	}
	return list
}

// Asks reports whether it waits for the answer of a partner.
func (g *SeenAgreement) Asks(p PartnerID) bool {
	waits := func(answer SeenAgreementAnswer) bool { return answer.Partner == p && answer.Here && answer.Want == "" }
	return g.Standing == AgreementAsked && slices.ContainsFunc(g.Answers, waits)
}

// AheadOf are the vragers whose pace is calm or pause and for whom something
// waits that the viewer asked. It says nothing of what others ask, nor of how
// much waits.
func (s *Seen) AheadOf() []PartnerID {
	var list []PartnerID
	for _, p := range s.Partners {
		slow := p.Standing == Here && (p.Pace == Calm || p.Pace == Pause)
		if slow && !p.You && s.waitsFor(p.ID) {
			list = append(list, p.ID)
		}
	}
	return list
}

// waitsFor reports whether something that the viewer asked waits for a partner.
func (s *Seen) waitsFor(p PartnerID) bool {
	for i := range s.Statements {
		st := &s.Statements[i]
		if st.About != p {
			continue
		}
		mine := func(e SeenEmotion) bool { return e.By == s.You && e.Feeling == Noticed }
		if st.RecordedBy == s.You && st.Standing == Asked || slices.ContainsFunc(st.Emotions, mine) {
			return true
		}
	}
	return slices.ContainsFunc(s.Agreements, func(g SeenAgreement) bool { return g.By == s.You && g.Asks(p) })
}

// HelpStanding is how it stands with help that somebody asked for.
type HelpStanding string

// The three standings. Needed help stays in sight until who asked for it says
// that it was given.
const (
	HelpOpen  HelpStanding = "open"
	HelpThere HelpStanding = "there"
	HelpGone  HelpStanding = "gone" // who asked for it took it back
)

// help is what a partner asks for to be able to do it.
type help struct {
	id        HelpID
	agreement *agreement
	by        PartnerID
	at        time.Time
	words     Words
	standing  HelpStanding
}

// AnswerHelp is the word of who asked for help: it was given, it is still
// needed, or it need not be any more.
type AnswerHelp struct {
	Help   HelpID
	Answer HelpStanding
}

func (w AnswerHelp) decide(t turn) ([]Event, error) {
	h := t.agreements.helps[w.Help]
	switch {
	case h == nil || h.standing == HelpGone || !h.agreement.seenBy(t.by.id):
		return nil, ErrNotFound
	case h.by != t.by.id:
		return nil, refused("refused.help")
	case w.Answer == h.standing:
		return nil, nil
	}
	if e := helpEvent(h.id, w.Answer); e != nil {
		return []Event{e}, nil
	}
	return nil, invalid("invalid.help_answer")
}

// helpEvent is the event by which help comes to stand like this.
func helpEvent(id HelpID, to HelpStanding) Event {
	switch to {
	case HelpOpen:
		return &HelpNeeded{Help: id}
	case HelpThere:
		return &HelpGiven{Help: id}
	case HelpGone:
		return &HelpWithdrawn{Help: id}
	}
	return nil
}

// HelpAsked is the fact that a partner asked for help.
type HelpAsked struct {
	Help      HelpID      `json:"help"`
	Agreement AgreementID `json:"agreement"`
	By        PartnerID   `json:"by"`
	Words     Words       `json:"-"`
}

// Kind is "help.asked".
func (*HelpAsked) Kind() string { return "help.asked" }

// Holder is who asked.
func (e *HelpAsked) Holder() PartnerID { return e.By }

// Sayings are the words.
func (e *HelpAsked) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *HelpAsked) apply(a *Alliance, f Fact) reversal {
	if g := a.agreements.of[e.Agreement]; g != nil {
		h := &help{id: e.Help, agreement: g, by: e.By, at: f.At, words: e.Words, standing: HelpOpen}
		g.helps = append(g.helps, h)
		a.agreements.helps[h.id] = h
		a.touch(string(g.id), f)
	}
	return reversal{subject: string(e.Help), undo: &HelpWithdrawn{Help: e.Help}}
}

// HelpGiven is the fact that who asked said: it was given.
type HelpGiven struct {
	Help HelpID `json:"help"`
}

// Kind is "help.given".
func (*HelpGiven) Kind() string { return "help.given" }

func (e *HelpGiven) apply(a *Alliance, _ Fact) reversal { return a.helpStands(e.Help, HelpThere) }

// HelpNeeded is the fact that it is needed after all.
type HelpNeeded struct {
	Help HelpID `json:"help"`
}

// Kind is "help.needed".
func (*HelpNeeded) Kind() string { return "help.needed" }

func (e *HelpNeeded) apply(a *Alliance, _ Fact) reversal { return a.helpStands(e.Help, HelpOpen) }

// HelpWithdrawn is the fact that who asked took it back.
type HelpWithdrawn struct {
	Help HelpID `json:"help"`
}

// Kind is "help.withdrawn".
func (*HelpWithdrawn) Kind() string { return "help.withdrawn" }

func (e *HelpWithdrawn) apply(a *Alliance, _ Fact) reversal { return a.helpStands(e.Help, HelpGone) }

func (a *Alliance) helpStands(id HelpID, to HelpStanding) reversal {
	r := reversal{subject: string(id)}
	if h := a.agreements.helps[id]; h != nil {
		r.undo = helpEvent(id, h.standing)
		h.standing = to
	}
	return r
}
