package samenspel

import (
	"fmt"
	"slices"
	"time"
)

// The most that one alliance holds. Far above what people say to each other;
// they keep one alliance from filling the memory of a machine. Each counts what
// one partner did: what others did may be hidden, and a no may not tell of it.
const (
	maxPartners   = 24
	maxThemes     = 120    // named by one partner about one partner
	maxStatements = 20_000 // written by one partner
	maxAtOne      = 24     // emotions by one partner at one statement
	maxNotes      = 2_000  // of one partner
)

// Alliance is the state of one alliance: the fold of its facts. It is not
// safe for use by several goroutines at once.
type Alliance struct {
	id         AllianceID
	title      Words
	seq        int64
	order      []PartnerID
	partners   map[PartnerID]*partner
	persons    map[PersonID]PartnerID // who sits where now
	themes     map[ThemeID]*theme
	said       []*statement // in order of arrival
	statements map[StatementID]*statement
	emotions   map[EmotionID]*emotion
	views      map[ViewID]*view
	notes      map[NoteID]*note
	talks      talks
	balloons   balloons
	mirrors    mirrors
	agreements agreements
	frictions  frictions
	around     around
	ending     ending
	rights     rights
	keeping    keeping
	consents   consents
	scratches  scratches
	young      young

	transcripts transcripts
	erasures    erasures
	emergencies []*emergency

	done    map[CommandID]PersonID // what was taken, and from whom
	acts    map[PartnerID]*act
	touched map[string]CommandID // by which command a thing was last changed, see touchedBy
}

// NewAlliance gives the state before the first fact.
func NewAlliance(id AllianceID) *Alliance {
	return &Alliance{
		id:         id,
		partners:   map[PartnerID]*partner{},
		persons:    map[PersonID]PartnerID{},
		themes:     map[ThemeID]*theme{},
		statements: map[StatementID]*statement{},
		emotions:   map[EmotionID]*emotion{},
		views:      map[ViewID]*view{},
		notes:      map[NoteID]*note{},
		talks:      newTalks(),
		balloons:   newBalloons(),
		mirrors:    newMirrors(),
		agreements: newAgreements(),
		frictions:  newFrictions(),
		around:     newAround(),
		ending:     newEnding(),
		rights:     newRights(),
		scratches:  newScratches(),
		young:      newYoung(),

		transcripts: newTranscripts(),
		erasures:    newErasures(),

		done:    map[CommandID]PersonID{},
		acts:    map[PartnerID]*act{},
		touched: map[string]CommandID{},
	}
}

// Seq is the number of the last fact that was folded in; 0 before the first.
func (a *Alliance) Seq() int64 { return a.seq }

// Decide holds a wish of one person against the rules. It changes nothing.
// No events and no error mean that there is nothing to change, as for a
// command that was taken before. Otherwise the error is a [Refusal].
func (a *Alliance) Decide(person PersonID, cmd Command) ([]Event, error) {
	if !cmd.ID.Valid() {
		return nil, invalid("invalid.command")
	}
	if who, taken := a.done[cmd.ID]; taken {
		if who != person {
			return nil, ErrNotFound
		}
		return nil, nil
	}
	t := turn{Alliance: a, cmd: cmd, person: person, by: a.partners[a.persons[person]]}
	if t.by == nil {
		switch w := cmd.Wish.(type) {
		case BeginAlliance, BeginWithStory, JoinAlliance, OpenInEmergency, CloseEmergency, ForOrganisation:
		default:
			if t.by = a.leftBy(person, w); t.by == nil {
				return nil, ErrNotFound
			}
		}
	}
	if t.by != nil && a.ending.ended && !lasting(cmd.Wish) {
		return nil, refused("refused.ended")
	}
	events, err := cmd.Wish.decide(t)
	if err == nil && slices.ContainsFunc(events, a.erasures.closed) {
		return nil, refused("refused.erased")
	}
	return events, err
}

// Took reports whether a command was taken and is folded in.
func (a *Alliance) Took(id CommandID) bool {
	_, taken := a.done[id]
	return taken
}

// Facts puts decided events in their places after what is folded already.
func (a *Alliance) Facts(person PersonID, cmd Command, events []Event) []Fact {
	by := a.persons[person]
	if left := a.leftBy(person, cmd.Wish); by == "" && left != nil {
		by = left.id
	}
	facts := make([]Fact, len(events))
	for i, e := range events {
		// Who joins has no place before, and did this from the new one.
		if joined, ok := e.(*PartnerJoined); ok && by == "" {
			by = joined.Partner
			for j := range i {
				facts[j].By = by
			}
		}
		facts[i] = Fact{Seq: a.seq + int64(i) + 1, At: cmd.Arrived, Command: cmd.ID, Person: person, By: by, Event: e}
	}
	return facts
}

// Apply folds the next fact into the state. It refuses one that does not
// follow the last, so that a hole in the log cannot pass for history.
func (a *Alliance) Apply(f Fact) error {
	if f.Seq != a.seq+1 {
		return fmt.Errorf("samenspel: fact %d cannot follow fact %d", f.Seq, a.seq)
	}
	f = a.kept(f)
	r := f.Event.apply(a, f)
	a.learnRights(f)
	a.learnKeeping(f)
	a.seq = f.Seq
	a.done[f.Command] = f.Person
	a.touch(r.subject, f)
	last := a.acts[f.By]
	if last == nil {
		last = &act{}
		a.acts[f.By] = last
	}
	if last.command != f.Command {
		*last = act{command: f.Command, back: last.back[:0]}
	}
	last.add(r)
	return nil
}

// kept gives a fact with who did it as they are kept at the table. A fact that
// was read brings ids of its own each time, and facts are many where people are
// few: what is said often is kept in one copy.
func (a *Alliance) kept(f Fact) Fact {
	if p := a.partners[f.By]; p != nil {
		f.By = p.id
		if p.person == f.Person {
			f.Person = p.person
		}
	}
	return f
}

// keptID gives a partner's id as it is kept at the table.
func (a *Alliance) keptID(id PartnerID) PartnerID {
	if p := a.partners[id]; p != nil {
		return p.id
	}
	return id
}

// keptIDs gives a list anew, each id as it is kept at the table.
func (a *Alliance) keptIDs(ids []PartnerID) []PartnerID {
	if len(ids) == 0 {
		return nil
	}
	list := make([]PartnerID, len(ids))
	for i, id := range ids {
		list[i] = a.keptID(id)
	}
	return list
}

// touch remembers that a command changed a thing: an older act on the same
// thing can no longer be undone.
func (a *Alliance) touch(subject string, f Fact) {
	if _, later := a.touched[subject]; subject != "" && (later || subject != string(f.Command)) {
		a.touched[subject] = f.Command
	}
}

// touchedBy gives the command that last changed a thing. What only the command
// has changed whose id it bears is not noted: most of what is said.
func (a *Alliance) touchedBy(subject string) CommandID {
	if by, later := a.touched[subject]; later {
		return by
	}
	return CommandID(subject)
}

// seat lays a place at the table.
func (a *Alliance) seat(p *partner) {
	p.aside = map[place][]turning{}
	a.partners[p.id] = p
	a.order = append(a.order, p.id)
}

// BeginAlliance opens an alliance and seats the professional who opens it.
type BeginAlliance struct {
	Title Words
	Name  Words
	As    Words
}

func (w BeginAlliance) decide(t turn) ([]Event, error) {
	switch {
	case t.seq > 0:
		return nil, ErrNotFound
	case w.Title.Empty():
		return nil, invalid("invalid.title_needed")
	case w.Name.Empty():
		return nil, invalid("invalid.name_needed")
	}
	return []Event{
		&AllianceBegun{Title: w.Title},
		&PartnerJoined{Partner: PartnerID(t.cmd.ID), Person: t.person, Role: Professional, Name: w.Name, As: w.As},
	}, nil
}

// AllianceBegun is the first fact of every alliance.
type AllianceBegun struct {
	Title Words `json:"-"`
}

// Kind is "alliance.begun".
func (*AllianceBegun) Kind() string { return "alliance.begun" }

// Holder is the alliance itself.
func (*AllianceBegun) Holder() PartnerID { return "" }

// Sayings is the title.
func (e *AllianceBegun) Sayings() map[string]*Words { return map[string]*Words{"title": &e.Title} }

func (e *AllianceBegun) apply(a *Alliance, _ Fact) reversal {
	a.title = e.Title
	return reversal{subject: string(a.id)}
}

// moment is one point in the history of a statement.
type moment struct {
	seq      int64
	at       time.Time
	standing Standing
	layer    Layer
	theme    ThemeID
}
