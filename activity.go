package samenspel

import "slices"

// Activity is one of the five things that people do together in a connecting
// dialogue. They recur in no fixed order, interact, and may be skipped for a
// good reason (Van der Horst 2023, where the image is five balloons). Of the
// author's names only the first is known here, "Positioneren"; the others have
// the project's own names, which an organisation may replace.
type Activity string

// The five activities.
const (
	Position   Activity = "position"
	DrawIn     Activity = "draw_in"    // own wording: drawing in and opening up
	Understand Activity = "understand" // own wording: understanding through the layers
	Attune     Activity = "attune"     // own wording: attuning on can, want and pace
	Together   Activity = "together"   // own wording: doing it together
)

// Activities are the five, as they hang in still air.
var Activities = [5]Activity{Position, DrawIn, Understand, Attune, Together}

// Valid reports whether a is one of the five.
func (a Activity) Valid() bool { return a.index() >= 0 }

func (a Activity) index() int { return slices.Index(Activities[:], a) }

// BalloonStanding is where the talk stands with an activity. There is no
// order in it and no end.
type BalloonStanding string

// The four standings of a balloon. Several may be entered at once.
const (
	NotYet  BalloonStanding = "not_yet"
	Entered BalloonStanding = "entered"
	Been    BalloonStanding = "been"
	Skipped BalloonStanding = "skipped"
)

// Spot is where somebody moved a balloon to: from 0 to 100 along the line and
// up. The zero Spot is where the wind hangs it.
type Spot struct {
	Moved bool `json:"moved,omitempty"`
	X     int  `json:"x,omitempty"`
	Y     int  `json:"y,omitempty"`
}

// balloon is an activity in one dialogue.
type balloon struct {
	standing BalloonStanding
	reason   Words
	by       PartnerID // who skipped it
	spot     Spot
}

// Wind is what blows through the balloons: how many people, how complex, how
// much emotion, each 0 (still), 1 or 2. Set by hand; it only changes how the
// balloons hang.
type Wind struct {
	People     int `json:"people,omitempty"`
	Complexity int `json:"complexity,omitempty"`
	Emotion    int `json:"emotion,omitempty"`
}

// MaxWind is the strongest of each.
const MaxWind = 2

// Strength is 0 to 6.
func (w Wind) Strength() int { return w.People + w.Complexity + w.Emotion }

func (w Wind) valid() bool {
	for _, n := range [...]int{w.People, w.Complexity, w.Emotion} {
		if n < 0 || n > MaxWind {
			return false
		}
	}
	return true
}

// MaxReason is the longest reason to skip an activity, in characters.
const MaxReason = 200

// float is the balloons of one dialogue.
type float struct {
	balloons [5]balloon
	wind     Wind
}

// balloons are those of all dialogues.
type balloons map[DialogueID]*float

func newBalloons() balloons { return balloons{} }

var activityKinds = []func() Event{
	func() Event { return new(ActivityTurned) },
	func() Event { return new(ActivityMoved) },
	func() Event { return new(WindSet) },
}

// at gives the balloons of a dialogue.
func (b balloons) at(id DialogueID) *float {
	f := b[id]
	if f == nil {
		f = &float{}
		for i := range f.balloons {
			f.balloons[i].standing = NotYet
		}
		b[id] = f
	}
	return f
}

// TurnActivity enters an activity, leaves it, skips it or takes the skipping
// back. Any of them at any time: jumping and returning are the method itself.
type TurnActivity struct {
	Dialogue DialogueID
	Activity Activity
	To       BalloonStanding
	Reason   Words // of skipping; may stay empty
}

func (w TurnActivity) decide(t turn) ([]Event, error) {
	k, err := t.begunTalk(w.Dialogue)
	switch {
	case err != nil:
		return nil, err
	case !w.Activity.Valid():
		return nil, invalid("invalid.activity")
	case w.To != NotYet && w.To != Entered && w.To != Been && w.To != Skipped:
		return nil, invalid("invalid.activity")
	}
	if w.To != Skipped {
		w.Reason = Words{}
	}
	now := t.standingOf(k.id, w.Activity)
	switch {
	case now.standing == w.To && now.reason == w.Reason:
		return nil, nil
	case w.To == Skipped && now.standing == Skipped && now.by != t.by.id && !w.Reason.Empty() && !now.reason.Empty():
		return nil, ErrChanged // two say why at the same time: nobody's words take the place of another's
	}
	return []Event{&ActivityTurned{Dialogue: k.id, Activity: w.Activity, By: t.by.id, To: w.To, Reason: w.Reason}}, nil
}

// standingOf reads a balloon without making one: deciding changes nothing.
func (a *Alliance) standingOf(id DialogueID, act Activity) balloon {
	if f := a.balloons[id]; f != nil {
		return f.balloons[act.index()]
	}
	return balloon{standing: NotYet}
}

// ActivityTurned is the fact that an activity was entered, left, skipped or
// opened again.
type ActivityTurned struct {
	Dialogue DialogueID      `json:"dialogue"`
	Activity Activity        `json:"activity"`
	By       PartnerID       `json:"by"`
	To       BalloonStanding `json:"to"`
	Reason   Words           `json:"-"`
}

// Kind is "activity.turned".
func (*ActivityTurned) Kind() string { return "activity.turned" }

// Holder is who did it.
func (e *ActivityTurned) Holder() PartnerID { return e.By }

// Sayings is the reason.
func (e *ActivityTurned) Sayings() map[string]*Words { return map[string]*Words{"reason": &e.Reason} }

func (e *ActivityTurned) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Dialogue) + "/activity/" + string(e.Activity), in: a.talks.of[e.Dialogue]}
	if e.Activity.Valid() {
		b := &a.balloons.at(e.Dialogue).balloons[e.Activity.index()]
		r.undo = &ActivityTurned{Dialogue: e.Dialogue, Activity: e.Activity, By: b.by, To: b.standing, Reason: b.reason}
		b.standing, b.reason, b.by = e.To, e.Reason, e.By
	}
	return r
}

// MoveActivity hangs a balloon somewhere else, or lets it go again.
type MoveActivity struct {
	Dialogue DialogueID
	Activity Activity
	Spot     Spot
}

func (w MoveActivity) decide(t turn) ([]Event, error) {
	k, err := t.begunTalk(w.Dialogue)
	switch {
	case err != nil:
		return nil, err
	case !w.Activity.Valid() || w.Spot.X < 0 || w.Spot.X > 100 || w.Spot.Y < 0 || w.Spot.Y > 100:
		return nil, invalid("invalid.activity")
	}
	if !w.Spot.Moved {
		w.Spot = Spot{}
	}
	if t.standingOf(k.id, w.Activity).spot == w.Spot {
		return nil, nil
	}
	return []Event{&ActivityMoved{Dialogue: k.id, Activity: w.Activity, Spot: w.Spot}}, nil
}

// ActivityMoved is the fact that a balloon hangs somewhere else.
type ActivityMoved struct {
	Dialogue DialogueID `json:"dialogue"`
	Activity Activity   `json:"activity"`
	Spot     Spot       `json:"spot"`
}

// Kind is "activity.moved".
func (*ActivityMoved) Kind() string { return "activity.moved" }

func (e *ActivityMoved) apply(a *Alliance, _ Fact) reversal {
	r := reversal{subject: string(e.Dialogue) + "/spot/" + string(e.Activity), in: a.talks.of[e.Dialogue]}
	if e.Activity.Valid() {
		b := &a.balloons.at(e.Dialogue).balloons[e.Activity.index()]
		r.undo = &ActivityMoved{Dialogue: e.Dialogue, Activity: e.Activity, Spot: b.spot}
		b.spot = e.Spot
	}
	return r
}

// SetWind says how the wind blows in a dialogue.
type SetWind struct {
	Dialogue DialogueID
	Wind     Wind
}

func (w SetWind) decide(t turn) ([]Event, error) {
	k, err := t.begunTalk(w.Dialogue)
	switch {
	case err != nil:
		return nil, err
	case !w.Wind.valid():
		return nil, invalid("invalid.wind")
	}
	var now Wind
	if f := t.balloons[k.id]; f != nil {
		now = f.wind
	}
	if now == w.Wind {
		return nil, nil
	}
	return []Event{&WindSet{Dialogue: k.id, Wind: w.Wind}}, nil
}

// WindSet is the fact that somebody said how the wind blows.
type WindSet struct {
	Dialogue DialogueID `json:"dialogue"`
	Wind     Wind       `json:"wind"`
}

// Kind is "wind.set".
func (*WindSet) Kind() string { return "wind.set" }

func (e *WindSet) apply(a *Alliance, _ Fact) reversal {
	f := a.balloons.at(e.Dialogue)
	r := reversal{subject: string(e.Dialogue) + "/wind", in: a.talks.of[e.Dialogue], undo: &WindSet{Dialogue: e.Dialogue, Wind: f.wind}}
	f.wind = e.Wind
	return r
}

// SeenBalloon is an activity in a dialogue.
type SeenBalloon struct {
	Activity Activity
	Standing BalloonStanding
	Reason   Words // of skipping
	By       PartnerID
	Spot     Spot
}

// seenBalloons gives the balloons of a dialogue: all who are in it see them.
func (a *Alliance) seenBalloons(k *talk, _ PartnerID) (seen [5]SeenBalloon, wind Wind) {
	for i, act := range Activities {
		b := a.standingOf(k.id, act)
		seen[i] = SeenBalloon{Activity: act, Standing: b.standing, Spot: b.spot}
		if b.standing == Skipped {
			seen[i].Reason, seen[i].By = b.reason, b.by
		}
	}
	if f := a.balloons[k.id]; f != nil {
		wind = f.wind
	}
	return seen, wind
}
