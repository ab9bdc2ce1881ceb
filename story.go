package samenspel

import (
	"fmt"
	"time"
)

// Origin is the mark of the installation that made a story: what its keeper
// and its receiver can hold against each other. It names nobody.
type Origin string

// maxOrigin is how long an origin may be, in bytes.
const maxOrigin = 64

// Story is what somebody brings from elsewhere: their own world, as they had
// it there. No line of a transcript is in it, not even their own: what was said
// between people is of all of them.
type Story struct {
	Origin Origin
	Made   time.Time // when it was taken along
	Name   Words     // how the person is called
	Pace   Pace      // empty: ordinary
	Themes []StoryTheme
	Said   []StorySaying
}

// StoryTheme is a theme of the person.
type StoryTheme struct {
	Name  Words
	Mine  bool    // they named it themselves
	Aside []Layer // what they do not want to talk about
}

// StorySaying is a statement about the person.
type StorySaying struct {
	Words    Words
	First    Words // before it was reworded, else none
	Kind     Kind
	Layer    Layer
	Theme    int // 1, 2, 3 … among the themes; 0 for none
	Said     time.Time
	Standing Standing
	Speaker  Words // who said it, by name; none for the person themselves
	Alone    bool  // nobody else saw it, and nobody else does here
	Emotions []StoryEmotion
}

// StoryEmotion is an emotion at a statement: open or met.
type StoryEmotion struct {
	Word    Words
	At      time.Time
	Feeling Feeling
}

// brought is a story as it came in.
type brought struct {
	about  PartnerID
	origin Origin
	made   time.Time
}

// SeenStory is the story with which an alliance began.
type SeenStory struct {
	About  PartnerID
	Origin Origin
	Made   time.Time
}

// seeStory marks what came along from elsewhere, for whoever sees it.
func (a *Alliance) seeStory(s *Seen) {
	if b := a.ending.story; b != nil {
		s.Story = &SeenStory{About: b.about, Origin: b.origin, Made: b.made}
	}
	for i := range s.Statements {
		s.Statements[i].Origin = a.ending.origins[s.Statements[i].ID]
	}
}

// BeginWithStory opens an alliance around a story that somebody brought from
// elsewhere. The professional sits; the person has an invitation; what came
// along is seen by those two, but for what the person kept to themselves there.
// All of it begins at once, or nothing does.
type BeginWithStory struct {
	Title Words
	Name  Words // of the professional
	As    Words
	Story Story
}

func (w BeginWithStory) decide(t turn) ([]Event, error) {
	events, err := BeginAlliance{Title: w.Title, Name: w.Name, As: w.As}.decide(t)
	if err != nil {
		return nil, err
	}
	if !w.Story.Whole(t.cmd.Arrived) {
		return nil, invalid("invalid.story")
	}
	host, guest := PartnerID(t.cmd.ID), PartnerID(t.cmd.ID+".p")
	events = append(events,
		&PartnerInvited{Partner: guest, Role: Vrager, By: host, Name: w.Story.Name},
		&StoryBrought{About: guest, Origin: w.Story.Origin, Made: w.Story.Made})
	if w.Story.Pace != "" {
		events = append(events, &PaceSet{Partner: guest, Pace: w.Story.Pace})
	}
	var themes []ThemeID
	for i, th := range w.Story.Themes {
		id := ThemeID(fmt.Sprintf("%s.t%d", t.cmd.ID, i+1))
		themes = append(themes, id)
		events = append(events, &ThemeBrought{Theme: id, About: guest, Mine: th.Mine, Name: th.Name})
		for _, l := range th.Aside {
			events = append(events, &LayerSetAside{About: guest, Theme: id, Layer: l})
		}
	}
	for i, s := range w.Story.Said {
		id := StatementID(fmt.Sprintf("%s.s%d", t.cmd.ID, i+1))
		e := &StatementBrought{
			Statement: id, About: guest, How: s.Kind, Layer: s.Layer, Said: s.Said, Standing: s.Standing,
			Origin: w.Story.Origin, SeenBy: []PartnerID{host}, Words: s.Words, First: s.First, Speaker: s.Speaker,
		}
		if s.Theme > 0 {
			e.Theme = themes[s.Theme-1]
		}
		if s.Alone {
			e.SeenBy = nil
		}
		events = append(events, e)
		for j, em := range s.Emotions {
			events = append(events, &EmotionBrought{
				Emotion: EmotionID(fmt.Sprintf("%s.%d", id, j+1)), Statement: id, About: guest,
				At: em.At, Feeling: em.Feeling, Word: em.Word,
			})
		}
	}
	return events, nil
}

// Whole reports whether a story holds together, whoever read it.
func (s *Story) Whole(now time.Time) bool {
	good := s.Origin != "" && len(s.Origin) <= maxOrigin && past(s.Made, now) && !s.Name.Empty() &&
		(s.Pace == "" || s.Pace.Valid()) && len(s.Themes) <= maxThemes && len(s.Said) <= maxStatements
	for _, th := range s.Themes {
		good = good && !th.Name.Empty() && len(th.Aside) <= len(Layers)
		for _, l := range th.Aside {
			good = good && l.Valid()
		}
	}
	for i := range s.Said {
		good = good && s.Said[i].whole(now, len(s.Themes))
	}
	return good
}

func (s *StorySaying) whole(now time.Time, themes int) bool {
	good := !s.Words.Empty() && s.Kind.Valid() && (s.Layer == "" || s.Layer.Valid()) &&
		s.Theme >= 0 && s.Theme <= themes && past(s.Said, now) && len(s.Emotions) <= maxAtOne
	switch s.Standing {
	case Own:
		good = good && s.Speaker.Empty()
	case Reworded:
		good = good && !s.First.Empty()
	case Asked, Confirmed:
	default: // what they refused stays behind
		return false
	}
	for _, em := range s.Emotions {
		good = good && !em.Word.Empty() && past(em.At, now) && (em.Feeling == Open || em.Feeling == Met)
	}
	return good
}

// skew is how far the clock of another installation may run ahead.
const skew = 24 * time.Hour

func past(at, now time.Time) bool { return !at.IsZero() && !at.After(now.Add(skew)) }

// StoryBrought is the fact that an alliance began with a story from elsewhere.
type StoryBrought struct {
	About  PartnerID `json:"about"`
	Origin Origin    `json:"origin"`
	Made   time.Time `json:"made"`
}

// Kind is "story.brought".
func (*StoryBrought) Kind() string { return "story.brought" }

func (e *StoryBrought) apply(a *Alliance, _ Fact) reversal {
	a.ending.story = &brought{about: e.About, origin: e.Origin, made: e.Made}
	return reversal{subject: string(e.About)}
}

// ThemeBrought is the fact that a theme came along.
type ThemeBrought struct {
	Theme ThemeID   `json:"theme"`
	About PartnerID `json:"about"`
	Mine  bool      `json:"mine,omitempty"` // the person named it themselves
	Name  Words     `json:"-"`
}

// Kind is "theme.brought".
func (*ThemeBrought) Kind() string { return "theme.brought" }

// Holder is the theme itself.
func (e *ThemeBrought) Holder() PartnerID { return e.Theme.holder() }

// Sayings is the name.
func (e *ThemeBrought) Sayings() map[string]*Words { return map[string]*Words{"name": &e.Name} }

func (e *ThemeBrought) apply(a *Alliance, f Fact) reversal {
	th := &theme{id: e.Theme, about: e.About, name: e.Name, since: moment{seq: f.Seq, at: f.At}, by: f.Command}
	if e.Mine {
		th.namedBy = e.About
	}
	a.themes[e.Theme] = th
	if p := a.partners[e.About]; p != nil {
		p.themes = append(p.themes, e.Theme)
	}
	return reversal{subject: string(e.Theme)}
}

// StatementBrought is the fact that a statement came along, as it stood with
// its owner. Who spoke has no place here; their name stays with the words.
type StatementBrought struct {
	Statement StatementID `json:"statement"`
	About     PartnerID   `json:"about"`
	How       Kind        `json:"how"`
	Layer     Layer       `json:"layer,omitempty"`
	Theme     ThemeID     `json:"theme,omitempty"`
	Said      time.Time   `json:"said"`
	Standing  Standing    `json:"standing"`
	Origin    Origin      `json:"origin"`
	SeenBy    []PartnerID `json:"seen_by,omitempty"` // besides the owner
	Words     Words       `json:"-"`
	First     Words       `json:"-"`
	Speaker   Words       `json:"-"`
}

// Kind is "statement.brought".
func (*StatementBrought) Kind() string { return "statement.brought" }

// Holder is the statement itself.
func (e *StatementBrought) Holder() PartnerID { return e.Statement.holder() }

// Sayings are the words, those before them, and who spoke.
func (e *StatementBrought) Sayings() map[string]*Words {
	return map[string]*Words{"words": &e.Words, "first": &e.First, "speaker": &e.Speaker}
}

func (e *StatementBrought) apply(a *Alliance, f Fact) reversal {
	s := &statement{
		id: e.Statement, about: a.keptID(e.About), kind: e.How.kept(), speaker: e.Speaker,
		layer: e.Layer.kept(), said: e.Said,
		audience: a.keptIDs(e.SeenBy),
	}
	first := answer{standing: Asked, words: e.Words}
	switch e.Standing {
	case Own:
		s.saidBy, s.recordedBy = s.about, s.about
		first.standing = Own
	case Reworded:
		first.words = e.First
	}
	s.answers = []answer{first}
	if e.Standing == Confirmed || e.Standing == Reworded {
		s.answers = append(s.answers, answer{standing: e.Standing, words: e.Words})
	}
	s.sealed = !e.Words.Empty()
	a.moveAlong(s, e.Theme, f)
	s.turned(f)
	a.statements[s.id] = s
	a.said = append(a.said, s)
	a.ending.origins[s.id] = e.Origin
	return reversal{subject: string(s.id)}
}

// EmotionBrought is the fact that an emotion came along with a statement.
type EmotionBrought struct {
	Emotion   EmotionID   `json:"emotion"`
	Statement StatementID `json:"statement"`
	About     PartnerID   `json:"about"`
	At        time.Time   `json:"at"`
	Feeling   Feeling     `json:"feeling"`
	Word      Words       `json:"-"`
}

// Kind is "emotion.brought".
func (*EmotionBrought) Kind() string { return "emotion.brought" }

// Holder is the statement at which it was felt.
func (e *EmotionBrought) Holder() PartnerID { return e.Statement.holder() }

// Sayings is the word for it.
func (e *EmotionBrought) Sayings() map[string]*Words { return map[string]*Words{"word": &e.Word} }

func (e *EmotionBrought) apply(a *Alliance, f Fact) reversal {
	r := a.feel(&emotion{id: e.Emotion, word: e.Word, by: e.About, at: e.At, feeling: e.Feeling}, e.Statement, f)
	r.undo = nil
	return r
}
