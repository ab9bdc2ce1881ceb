package samenspel

import (
	"cmp"
	"slices"
	"time"
)

// Seen is what one viewer may see of an alliance, and all that pages,
// figures, exports and answers are made of. What is hidden from the viewer
// leaves no trace in it: not in an order, a number or a name.
type Seen struct {
	Alliance   AllianceID
	Title      Words
	You        PartnerID
	Pace       Pace // the slowest of the vragers
	Partners   []SeenPartner
	Statements []SeenStatement // as they arrived
	Themes     []SeenTheme     // per partner, as that partner puts them
	Notes      []SeenNote      // the viewer's own
	Dialogues  []SeenDialogue  // that the viewer is in, as they were planned
	Agreements []SeenAgreement // those that concern the viewer, as they arrived
	Frictions  []SeenFriction  // as they were signalled
	Around     []SeenAround    // the maps that the viewer may see, their own first
	Answered   []SeenMirror    // by dialogue, once the viewer answered after it
	Scales     []SeenScale     // as they were entered
	Changed    []SeenChange    // as they were told
	Last       CommandID       // the viewer's last act
	Undo       CommandID       // the same while it can be undone, else ""
	Since      time.Time       // when the viewer came to the table
	Rights     []Right         // changes of who sees the viewer's own world, the oldest first
	Comings    []Right         // changes of who is at the table since then
	Ending     SeenEnding
	// Emergencies are the times that somebody without a place looked, the oldest first.
	Emergencies []SeenEmergency
	Story       *SeenStory // with which it began, or nil
	Keeping     SeenKeeping
	Consents    SeenConsents
	Scratches   []SeenScratch // the viewer's own, the newest first
	Young       []SeenYoung   // the viewer themselves; for a professional all

	Transcripts []SeenTranscript // of the dialogues that the viewer is in, as they were asked
	ReadBefore  []DialogueID     // of which there was one that the viewer said yes to, and that went
	Frozen      []SeenStatement  // those on ice that the viewer still reads: in no list, figure or export
	Erasures    []SeenErasure    // requests that are the viewer's own or that they may answer, as they were asked
	TakenAway   int              // own words of the viewer that they took away, and that are still in the log
}

// SeenPartner is a place at the table.
type SeenPartner struct {
	ID        PartnerID
	Name      Words
	As        Words
	Role      Role
	You       bool
	Standing  PartnerStanding
	Shape     int         // 1 to 4: the shape by which a viewer tells partners apart
	Pace      Pace        // of a vrager, else ""
	FirstSeen []PartnerID // who sees at once what is said about the viewer; of others nil
	RenewedBy PartnerID   // who last made a new way in for them, or ""
	RenewedAt time.Time
	InvitedBy PartnerID    // "" for who began
	Ground    InviteGround // why a colleague may be here, where that was asked
	JoinedAt  time.Time    // zero before they join
	MaySeeOut bool
	Erased    bool // all words about them are gone, their name too
	MayRenew  bool
}

// PartnerStanding is whether a place at the table is taken.
type PartnerStanding string

// The three standings of a partner.
const (
	Invited PartnerStanding = "invited"
	Here    PartnerStanding = "here"
	Left    PartnerStanding = "left"
)

// SeenStatement is something said about one partner's world.
type SeenStatement struct {
	ID         StatementID
	About      PartnerID
	SaidBy     PartnerID
	RecordedBy PartnerID
	Kind       Kind
	Layer      Layer // "" while nobody said which
	Theme      ThemeID
	Said       time.Time
	Origin     Origin // where it came along from, or ""
	Speaker    Words  // who said it there; none for its owner
	Words      Words  // as they stand now
	First      Words  // as somebody else worded it first, when it was reworded since; of one's own words for oneself
	Standing   Standing
	SeenBy     []PartnerID // for its owner: who sees it besides them
	Shared     []PartnerID // for its owner: whom they share it with; who wrote it may see it without
	Views      []SeenView
	Emotions   []SeenEmotion
	Turn       int       // for who may change it: goes into the form that does
	FrozenBy   PartnerID // of one on ice, else ""
	FrozenAt   time.Time

	MayAnswer   bool // confirm and refuse
	MayReword   bool
	MayShare    bool
	MayPlace    bool
	MayWithdraw bool
	MayAdd      bool // a view beside it, a feeling as a question
	MayErase    bool // at once: one's own words
	MayAsk      bool // to have it erased
	MayFreeze   bool
	MayUnfreeze bool

	history []moment
}

// SeenView is a view beside a statement.
type SeenView struct {
	ID          ViewID
	By          PartnerID
	Words       Words
	At          time.Time
	MayWithdraw bool
}

// SeenEmotion is an emotion at a statement.
type SeenEmotion struct {
	ID        EmotionID
	Word      Words
	By        PartnerID
	At        time.Time
	Feeling   Feeling
	Kept      int
	MayAnswer bool
}

// SeenTheme is a subject in one partner's world.
type SeenTheme struct {
	ID    ThemeID
	About PartnerID
	Name  Words
	named *moment // when the partner themselves named it: for them alone, else nil
	aside [4][]turning
}

// Aside reports whether the person does not want to talk about a layer of
// this theme here.
func (t SeenTheme) Aside(l Layer) bool {
	return l.Valid() && asideAt(t.aside[l.index()], Moment{seq: -1})
}

// SeenNote is a private note of the viewer.
type SeenNote struct {
	ID    NoteID
	Words Words
	At    time.Time
}

// See gives what one person may see. It is [ErrNotFound] for somebody who is
// not at the table, as for an alliance that does not exist.
func (a *Alliance) See(person PersonID) (*Seen, error) {
	you := a.partners[a.persons[person]]
	if you == nil {
		return nil, ErrNotFound
	}
	return a.seeAs(you), nil
}

// Sits gives who somebody is at the table, and nothing else of what they see:
// for whoever does something there and is shown nothing yet.
func (a *Alliance) Sits(person PersonID) (*Seen, error) {
	you := a.partners[a.persons[person]]
	if you == nil {
		return nil, ErrNotFound
	}
	return &Seen{Alliance: a.id, You: you.id, Partners: []SeenPartner{{ID: you.id, Role: you.role, You: true}}}, nil
}

// seeAs gives what one partner sees.
func (a *Alliance) seeAs(you *partner) *Seen {
	s := &Seen{Alliance: a.id, Title: a.title, You: you.id, Pace: a.pace()}
	s.Statements = a.seenStatements(you.id)
	a.seeFrozen(s, you.id)
	for i, id := range a.order {
		p := a.partners[id]
		if p.left && p.person == "" && !s.spokenOf(id) { // an invitation that was taken back
			continue
		}
		s.Partners = append(s.Partners, a.seenPartner(p, you, i))
		for _, th := range p.themes {
			if t := a.themes[th]; a.seesTheme(t, you.id) {
				s.Themes = append(s.Themes, a.seenTheme(t, you.id))
			}
		}
	}
	for _, n := range a.notes {
		if n.by == you.id && !n.withdrawn {
			s.Notes = append(s.Notes, SeenNote{ID: n.id, Words: n.words, At: n.at})
		}
	}
	slices.SortFunc(s.Notes, func(x, y SeenNote) int {
		return cmp.Or(y.At.Compare(x.At), cmp.Compare(y.ID, x.ID))
	})
	a.seeTalks(s, you)
	a.seeMirrors(s, you)
	a.seeAgreements(s, you)
	a.seeFrictions(s, you)
	a.seeAround(s, you)
	a.seeTranscripts(s, you)
	a.seeEnding(s, you)
	a.seeErasures(s, you.id)
	a.seeRights(s, you)
	a.seeEmergencies(s, you)
	a.seeKeeping(s, you)
	a.seeConsents(s, you)
	a.seeScratches(s, you)
	a.seeYoung(s, you)
	a.forget(s)
	if last := a.acts[you.id]; last != nil {
		s.Last = last.command
	}
	if last := a.undoable(you.id); last != nil {
		s.Undo = last.command
	}
	return s
}

// pace is the slowest pace of the vragers at the table.
func (a *Alliance) pace() Pace {
	slowest := Ordinary
	for _, id := range a.order {
		switch p := a.partners[id]; {
		case p.role != Vrager || !p.here():
		case p.pace == Pause:
			return Pause
		case p.pace == Calm:
			slowest = Calm
		}
	}
	return slowest
}

func (a *Alliance) seenPartner(p, you *partner, place int) SeenPartner {
	seen := SeenPartner{
		ID: p.id, Name: p.name, As: p.as, Role: p.role, You: p == you,
		Standing: Invited, Shape: place%4 + 1, MaySeeOut: maySeeOut(you, p),
		RenewedBy: p.renewed.by, RenewedAt: p.renewed.at, InvitedBy: p.invitedBy, Ground: p.ground, JoinedAt: p.joined,
		MayRenew: p.awaited() && (p == you || you.role.mayInvite(p.role)),
	}
	switch {
	case p.left:
		seen.Standing = Left
	case p.here():
		seen.Standing = Here
	}
	if p.role == Vrager {
		seen.Pace = p.pace
	}
	if p == you {
		seen.FirstSeen = slices.Clone(p.firstSeen)
	}
	return seen
}

// spokenOf reports whether something that the viewer sees is about a partner,
// or was said by them.
func (s *Seen) spokenOf(id PartnerID) bool {
	return slices.ContainsFunc(s.Statements, func(st SeenStatement) bool { return st.About == id || st.SaidBy == id })
}

// seenStatements are the statements that a partner sees, as they arrived. An
// alliance may hold many thousands, so they are counted first and made in the
// place where they stay.
func (a *Alliance) seenStatements(you PartnerID) []SeenStatement {
	count := 0
	for _, st := range a.said {
		if a.shows(st, you) {
			count++
		}
	}
	if count == 0 {
		return nil
	}
	list := make([]SeenStatement, 0, count)
	table := audience{a: a, here: slices.DeleteFunc(slices.Clone(a.order), func(id PartnerID) bool { return !a.partners[id].here() })}
	for _, st := range a.said {
		if a.shows(st, you) {
			list = append(list, SeenStatement{})
			a.show(&list[len(list)-1], st, you, &table)
		}
	}
	return list
}

// show fills in what a partner sees of a statement.
func (a *Alliance) show(seen *SeenStatement, s *statement, you PartnerID, table *audience) {
	*seen = SeenStatement{
		ID: s.id, About: s.about, SaidBy: s.saidBy, RecordedBy: s.recordedBy, Kind: s.kind,
		Layer: s.layer, Theme: s.theme, Said: s.said, Words: s.now().words, Standing: s.now().standing, Speaker: s.speaker,
		MayAnswer: a.mayAnswer(s, you), MayReword: you == s.about, MayShare: you == s.about,
		MayPlace: a.mayPlace(s, you), MayWithdraw: a.mayWithdraw(s, you), MayAdd: a.mayAdd(s, you),
		history: slices.Clip(s.history),
	}
	if first := s.answers[0].words; first != seen.Words && (you == s.about || s.recordedBy != s.about) {
		seen.First = first
	}
	if seen.MayPlace {
		seen.Turn = s.turn
	}
	seen.MayErase, seen.MayAsk = you == s.about && s.ownWords(), you == s.about && !s.ownWords()
	a.showFrozen(seen, s, you, table)
	if you == s.about {
		seen.Shared, seen.SeenBy = table.of(s)
	}
	for _, id := range s.beside().views {
		if v := a.views[id]; !v.withdrawn {
			seen.Views = append(seen.Views, SeenView{ID: v.id, By: v.by, Words: v.words, At: v.at, MayWithdraw: v.by == you})
		}
	}
	for _, id := range s.beside().emotions {
		if em := a.emotions[id]; em.feeling != Gone && a.seesEmotion(em, you) {
			seen.Emotions = append(seen.Emotions, SeenEmotion{
				ID: em.id, Word: em.word, By: em.by, At: em.at, Feeling: em.feeling, Kept: em.kept, MayAnswer: you == s.about,
			})
		}
	}
}

func (a *Alliance) seenTheme(t *theme, you PartnerID) SeenTheme {
	seen := SeenTheme{ID: t.id, About: t.about, Name: t.name}
	if t.about == you && t.namedBy == you && !t.withdrawn {
		since := t.since
		seen.named = &since
	}
	for i, l := range Layers {
		seen.aside[i] = slices.Clip(a.partners[t.about].aside[place{t.id, l}])
	}
	return seen
}

// Partner gives a partner by id, or nil.
func (s *Seen) Partner(id PartnerID) *SeenPartner {
	for i := range s.Partners {
		if s.Partners[i].ID == id {
			return &s.Partners[i]
		}
	}
	return nil
}

// Statement gives a statement by id, or nil. One that is on ice is none: see
// [Seen.OnIce].
func (s *Seen) Statement(id StatementID) *SeenStatement {
	for i := range s.Statements {
		if s.Statements[i].ID == id {
			return &s.Statements[i]
		}
	}
	return nil
}

// Theme gives a theme by id, or nil.
func (s *Seen) Theme(id ThemeID) *SeenTheme {
	for i := range s.Themes {
		if s.Themes[i].ID == id {
			return &s.Themes[i]
		}
	}
	return nil
}
