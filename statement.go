package samenspel

import "time"

// Standing is how a statement stands with the person whom it is about.
type Standing string

// The five standings.
const (
	Own         Standing = "own"       // they worded it themselves
	Asked       Standing = "asked"     // somebody else did; they have not answered
	Confirmed   Standing = "confirmed" // "that is right"
	Reworded    Standing = "reworded"  // "I would say it like this"
	RefusedByMe Standing = "refused"   // "that is not right": out of the picture
)

// answer is what the owner last made of a statement.
type answer struct {
	standing Standing
	words    Words
}

// statement is something said about one partner's world. That partner owns it.
type statement struct {
	id         StatementID
	about      PartnerID // the owner
	saidBy     PartnerID
	recordedBy PartnerID
	kind       Kind
	layer      Layer
	theme      ThemeID
	said       time.Time
	speaker    Words    // by name, when it came along from elsewhere
	answers    []answer // as it was worded first, then each answer; never empty
	withdrawn  bool
	erased     bool // for good
	sealed     bool // its words were there when it was folded in
	frozen     *frozen
	turn       int // counts what changed it, so that a stale form is seen
	audience   readers
	history    []moment
	stands     *beside // what beside returns; nil for most
}

// beside is what stands beside a statement. Most have nothing there, and there are
// many of them in memory: so it is apart.
type beside struct {
	undone   []answer // taken back, for whoever undoes the undo
	emotions []EmotionID
	views    []ViewID
}

// beside is what stands beside a statement, to look at.
func (s *statement) beside() beside {
	if s.stands == nil {
		return beside{}
	}
	return *s.stands
}

// putBeside is the same, to put something there.
func (s *statement) putBeside() *beside {
	if s.stands == nil {
		s.stands = new(beside)
	}
	return s.stands
}

func (s *statement) now() answer { return s.answers[len(s.answers)-1] }

// state is the cell that this statement by itself would show.
func (s Standing) state(k Kind) CellState {
	switch {
	case s == Own, s == Reworded, s == Confirmed && k == Quote:
		return OwnWords
	case s == Confirmed:
		return ConfirmedWords
	case s == Asked:
		return Assumed
	}
	return NotAsked
}

// turned notes a change: in the history, and for forms that were made before.
func (s *statement) turned(f Fact) {
	s.turn++
	s.history = append(s.history, moment{seq: f.Seq, at: f.At, standing: s.now().standing, layer: s.layer, theme: s.theme})
}

// WordStatement says something about somebody's world. Only the words are
// needed; what is left out is taken as it usually is.
type WordStatement struct {
	Words    Words
	About    PartnerID // empty: whoever spoke
	SaidBy   PartnerID // empty: the actor
	Kind     Kind      // empty: a quote of the person themselves, else a retelling
	Layer    Layer
	Theme    ThemeID
	NewTheme Words // a theme by name, when it has no id yet
	Emotion  Words
	SeenBy   []PartnerID // of one's own statement; with Chosen false the owner's default holds
	Chosen   bool
	Dialogue DialogueID // at whose table it was said, or ""
}

func (w WordStatement) decide(t turn) ([]Event, error) {
	about, err := w.settle(t)
	if err != nil {
		return nil, err
	}
	th, named, err := t.themeFor(about, w.Theme, w.NewTheme)
	if err != nil {
		return nil, err
	}
	own := about == t.by
	var events []Event
	if named != nil {
		events = append(events, named)
	}
	if at := (place{th, w.Layer}); about.setAside(at) {
		if !own {
			return nil, refused("refused.set_aside")
		}
		events = append(events, &LayerTakenUp{About: about.id, Theme: th, Layer: w.Layer})
	}
	seenBy, err := t.firstAudience(about, w.SeenBy, w.Chosen && own)
	if err != nil {
		return nil, err
	}
	id := StatementID(t.cmd.ID)
	events = append(events, &StatementWorded{
		Statement: id, About: about.id, SaidBy: w.SaidBy, How: w.Kind, Layer: w.Layer, Theme: th,
		Said: t.madeAt(), SeenBy: seenBy, Words: w.Words,
	})
	if !w.Emotion.Empty() {
		events = append(events, feeling(EmotionID(t.cmd.ID+".1"), id, about.id, w.Emotion, own))
	}
	if w.Dialogue != "" {
		laid, err := t.lay(w.Dialogue, id)
		if err != nil {
			return nil, err
		}
		events = append(events, laid)
	}
	return events, nil
}

// settle checks the wish and fills in what was left out.
func (w *WordStatement) settle(t turn) (*partner, error) {
	if w.SaidBy == "" {
		w.SaidBy = t.by.id
	}
	if w.About == "" {
		w.About = w.SaidBy
	}
	about, speaker := t.partners[w.About], t.partners[w.SaidBy]
	switch {
	case w.Words.Empty():
		return nil, invalid("invalid.words_needed")
	case !about.awaited() || speaker == nil:
		return nil, ErrNotFound
	case w.Kind != "" && !w.Kind.Valid():
		return nil, invalid("invalid.kind")
	case w.Layer != "" && !w.Layer.Valid():
		return nil, invalid("invalid.layer")
	case t.by.wrote >= maxStatements:
		return nil, refused("refused.too_many")
	case w.Kind == Quote && speaker != about:
		return nil, invalid("invalid.quote_of_other")
	}
	if w.Kind == "" {
		w.Kind = Retelling
		if speaker == about {
			w.Kind = Quote
		}
	}
	// Nobody observes or guesses themselves: that is the one who writes.
	if (w.Kind == Observation || w.Kind == Guess) && speaker == about {
		w.SaidBy = t.by.id
	}
	return about, nil
}

// themeFor finds the theme of a wish, by id or by name, or names a new one.
func (t turn) themeFor(about *partner, id ThemeID, name Words) (ThemeID, *ThemeNamed, error) {
	if id != "" {
		if t.theme(id, about.id) == nil {
			return "", nil, ErrNotFound
		}
		return id, nil, nil
	}
	if name.Empty() {
		return "", nil, nil
	}
	if th := t.named(name, about.id, t.by.id); th != nil {
		return th.id, nil, nil
	}
	e, err := t.nameTheme(about, name)
	if err != nil {
		return "", nil, err
	}
	return e.Theme, e, nil
}

// StatementWorded is the fact that something was said about somebody's world.
type StatementWorded struct {
	Statement StatementID `json:"statement"`
	About     PartnerID   `json:"about"`
	SaidBy    PartnerID   `json:"said_by"`
	How       Kind        `json:"how"`
	Layer     Layer       `json:"layer,omitempty"`
	Theme     ThemeID     `json:"theme,omitempty"`
	Said      time.Time   `json:"said"`
	SeenBy    []PartnerID `json:"seen_by,omitempty"` // besides the owner
	Words     Words       `json:"-"`
}

// Kind is "statement.worded".
func (*StatementWorded) Kind() string { return "statement.worded" }

// Holder is the statement itself, so that it can be erased by itself.
func (e *StatementWorded) Holder() PartnerID { return e.Statement.holder() }

// Sayings are the words.
func (e *StatementWorded) Sayings() map[string]*Words { return map[string]*Words{"words": &e.Words} }

func (e *StatementWorded) apply(a *Alliance, f Fact) reversal {
	s := &statement{
		id: e.Statement, about: a.keptID(e.About), saidBy: a.keptID(e.SaidBy), recordedBy: f.By, kind: e.How.kept(),
		layer: e.Layer.kept(), said: e.Said,
		answers:  []answer{{standing: Asked, words: e.Words}},
		audience: a.keptIDs(e.SeenBy),
	}
	if f.By == e.About {
		s.answers[0].standing = Own
	}
	s.sealed = !e.Words.Empty()
	a.moveAlong(s, e.Theme, f)
	s.turned(f)
	a.statements[s.id] = s
	a.said = append(a.said, s)
	if by := a.partners[f.By]; by != nil {
		by.wrote++
	}
	return reversal{subject: string(s.id), undo: &StatementWithdrawn{Statement: s.id}}
}

// PlaceStatement says, later, in which layer and theme a statement belongs.
// Both empty is a place as well: nobody has said.
type PlaceStatement struct {
	Statement StatementID
	Layer     Layer
	Theme     ThemeID
	NewTheme  Words
	Turn      int // from [SeenStatement]; 0 to skip the check
}

func (w PlaceStatement) decide(t turn) ([]Event, error) {
	s, err := t.statement(w.Statement, w.Turn)
	switch {
	case err != nil:
		return nil, err
	case w.Layer != "" && !w.Layer.Valid():
		return nil, invalid("invalid.layer")
	case !t.mayPlace(s, t.by.id):
		return nil, refused("refused.place")
	}
	th, named, err := t.themeFor(t.partners[s.about], w.Theme, w.NewTheme)
	if err != nil || (th == s.theme && w.Layer == s.layer) {
		return nil, err
	}
	var events []Event
	if named != nil {
		events = append(events, named)
	}
	if owner := t.partners[s.about]; owner.setAside(place{th, w.Layer}) {
		if owner != t.by {
			return nil, refused("refused.set_aside")
		}
		events = append(events, &LayerTakenUp{About: owner.id, Theme: th, Layer: w.Layer})
	}
	return append(events, &StatementPlaced{Statement: s.id, Layer: w.Layer, Theme: th}), nil
}

// StatementPlaced is the fact that a statement got its layer and theme.
type StatementPlaced struct {
	Statement StatementID `json:"statement"`
	Layer     Layer       `json:"layer,omitempty"`
	Theme     ThemeID     `json:"theme,omitempty"`
}

// Kind is "statement.placed".
func (*StatementPlaced) Kind() string { return "statement.placed" }

func (e *StatementPlaced) apply(a *Alliance, f Fact) reversal {
	r := reversal{subject: string(e.Statement)}
	if s := a.statements[e.Statement]; s != nil {
		r.undo = &StatementPlaced{Statement: s.id, Layer: s.layer, Theme: s.theme}
		s.layer = e.Layer
		a.moveAlong(s, e.Theme, f)
		s.turned(f)
	}
	return r
}

// WithdrawStatement takes a statement back: whoever wrote it until it was
// answered, the one whom it is about always.
type WithdrawStatement struct {
	Statement StatementID
	Turn      int
}

func (w WithdrawStatement) decide(t turn) ([]Event, error) {
	s, err := t.statement(w.Statement, w.Turn)
	if err != nil {
		return nil, err
	}
	if !t.mayWithdraw(s, t.by.id) {
		return nil, refused("refused.withdraw")
	}
	return []Event{&StatementWithdrawn{Statement: s.id}}, nil
}

// StatementWithdrawn is the fact that a statement was taken back.
type StatementWithdrawn struct {
	Statement StatementID `json:"statement"`
}

// Kind is "statement.withdrawn".
func (*StatementWithdrawn) Kind() string { return "statement.withdrawn" }

func (e *StatementWithdrawn) apply(a *Alliance, _ Fact) reversal {
	return a.withdraw(e.Statement, true, &StatementRestored{Statement: e.Statement})
}

// StatementRestored is the fact that taking back was undone.
type StatementRestored struct {
	Statement StatementID `json:"statement"`
}

// Kind is "statement.restored".
func (*StatementRestored) Kind() string { return "statement.restored" }

func (e *StatementRestored) apply(a *Alliance, _ Fact) reversal {
	return a.withdraw(e.Statement, false, &StatementWithdrawn{Statement: e.Statement})
}

func (a *Alliance) withdraw(id StatementID, gone bool, undo Event) reversal {
	if s := a.statements[id]; s != nil && !s.erased {
		s.withdrawn = gone
		s.turn++
	}
	return reversal{subject: string(id), undo: undo}
}
