package lens

import (
	"strconv"
	"time"
)

// Bounds of what the measures keep of a conversation, however long it is.
const (
	MaxPointed  = 40  // utterances that a count points at; the rest is only counted
	MaxMoments  = 120 // feelings with their answers, from all over it; the rest is only counted
	MaxSpeakers = 24  // speakers with a profile of their own
	maxSentence = 400 // bytes of a sentence; the rest of it is cut off
)

// Options say how a conversation is measured.
type Options struct {
	// SpeakersChecked says that a person looked whether each sentence stands
	// under who said it. Before that nothing is counted per speaker but depth.
	SpeakersChecked bool
	// LookHere are the fields in which the lens is not sure enough to count:
	// their sentences are shown, and no number.
	LookHere [NumFields]bool
	// Present are those who were there, by name, also when they said nothing.
	Present []string
}

// Measures are what a conversation shows: how often, and in which sentences.
// They are about the talk. Nothing in them is about a person.
type Measures struct {
	Utterances int   `json:"utterances"`
	Turns      int   `json:"turns"`
	Words      int   `json:"words"`
	Timed      bool  `json:"timed"`
	Length     Clock `json:"length_s"`

	Depth     []Profile `json:"depth"` // the professionals' side, the partners', then each partner
	Attention Attention `json:"attention"`
	Emotion   Feelings  `json:"emotion"`
	Room      Room      `json:"room"`
	Questions Questions `json:"questions"`
	Acts      Tallies   `json:"acts"`
	Will      Tallies   `json:"will"`
	Friction  Count     `json:"friction"`
	Steps     []Step    `json:"steps"`
	Pace      *Pace     `json:"pace"` // nil before the speakers were checked

	LookHere  [NumFields]bool `json:"-"`
	Look      []string        `json:"look_here"` // the same, by name
	Sentences []Sentence      `json:"sentences"` // all that the counts point at, in order
}

// Clock is a time from the beginning of the recording.
type Clock time.Duration

// Minute is the minute that the time falls in, the first being 0.
func (c Clock) Minute() int { return int(time.Duration(c) / time.Minute) }

// MarshalJSON writes the time in seconds.
func (c Clock) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, time.Duration(c).Round(time.Millisecond).Seconds(), 'f', -1, 64), nil
}

// Count is how often something was found, and in which utterances: the first
// [MaxPointed] by number.
type Count struct {
	N  int   `json:"n"`
	At []int `json:"at,omitempty"`
}

// Tally is the count of one code.
type Tally struct {
	Code Code `json:"code"`
	Count
}

// Tallies are the counts of the codes of a field, in the order of the codebook.
type Tallies []Tally

// Of gives the count of a code; empty when there is none.
func (t Tallies) Of(c Code) Count {
	for i := range t {
		if t[i].Code == c {
			return t[i].Count
		}
	}
	return Count{}
}

// All adds the counts of several codes, their sentences in order.
func (t Tallies) All(codes ...Code) Count {
	var sum Count
	for _, c := range codes {
		sum = sum.with(t.Of(c))
	}
	return sum
}

// tallies are empty counts of the codes of a field.
func tallies(f Field) Tallies {
	t := make(Tallies, len(f.Codes()))
	for i, c := range f.Codes() {
		t[i].Code = c
	}
	return t
}

// Side is one of the two sides of a conversation.
type Side string

// The sides.
const (
	ProfessionalSide Side = "professional"
	PartnerSide      Side = "partner"
)

// Side is the side on which somebody with this role speaks.
func (r Role) Side() Side {
	if r.Professional() {
		return ProfessionalSide
	}
	return PartnerSide
}

// Profile is how deep was spoken: the utterances by layer, of a side or of one
// partner.
type Profile struct {
	Side    Side    `json:"side"`
	Speaker string  `json:"speaker,omitempty"` // "" for the whole side
	Layers  Tallies `json:"layers"`
}

// Attention is where the attention of the professionals went: what they
// explored, gave back and checked, by layer.
type Attention struct {
	Layers  Tallies  `json:"layers"`
	Windows []Window `json:"windows"`
	Without Stretch  `json:"longest_without"` // the longest without attention to anything below behaviour
	First   Clock    `json:"first_below_s"`   // when there first was, where FirstAt is not 0
	FirstAt int      `json:"first_below_at"`
	Acts    [3]Tally `json:"acts"` // explore, reflect, check
	Below   Count    `json:"below"`
}

// Window is a part of the conversation.
type Window struct {
	From   int    `json:"from"` // the first utterance in it, and the last
	To     int    `json:"to"`
	Start  Clock  `json:"start_s"`
	End    Clock  `json:"end_s"`
	Spoken [5]int `json:"spoken"`    // utterances of everybody, by layer
	Paid   [5]int `json:"attention"` // of these, attention of the professionals
	Met    int    `json:"met"`
	Left   int    `json:"left"`
	Clears int    `json:"cleared"`
}

// Stretch is a run of utterances.
type Stretch struct {
	N     int   `json:"n"`
	From  int   `json:"from"`
	To    int   `json:"to"`
	Start Clock `json:"start_s"`
	End   Clock `json:"end_s"`
}

// Feelings are the feelings of partners and how they were answered.
type Feelings struct {
	Named    Count    `json:"named"`
	Hinted   Count    `json:"hinted"`
	Valence  Tallies  `json:"valence"`
	Attended Count    `json:"attended"` // utterances of professionals in which a feeling is
	Answers  Tallies  `json:"answers"`
	Without  Count    `json:"without_answer"` // no professional spoke after it
	Moments  []Moment `json:"moments"`
}

// Moment is a turn of a partner with a feeling in it, and the answer.
type Moment struct {
	At     int   `json:"at"`     // the sentence with the feeling
	End    int   `json:"end"`    // the last of the turn
	Answer Code  `json:"answer"` // "" where no professional spoke after it
	Reply  []int `json:"reply"`  // the first sentences of the answer
	Start  Clock `json:"start_s"`
}

// Room is how much room was given.
type Room struct {
	Given  Count `json:"given"` // choice, check and support
	Choice Count `json:"choice"`
	Check  Count `json:"check"`
	Help   Count `json:"support"`
	Taken  Count `json:"taken"` // advise and push
	Advise Count `json:"advise"`
	Push   Count `json:"push"`
	Early  Count `json:"before_need"` // of those taken, before a need was explored
}

// Questions are the questions of the professionals, and what they gave back.
type Questions struct {
	Open    Count `json:"open"`
	Closed  Count `json:"closed"`
	Reflect Count `json:"reflect"`
}

// Pace is how the talk was divided. It says who spoke, so that it is there
// only after a person checked that. Who brings in a new subject is not in it:
// words alone do not tell a new subject soundly enough.
type Pace struct {
	Speakers   []Spoken `json:"speakers"`
	NoTurn     []string `json:"no_turn"`    // present, and said nothing
	Pauses     Count    `json:"pauses"`     // silences of at least [LongPause], by what was said after them
	Interrupts Count    `json:"interrupts"` // turns that begin while another speaks
}

// LongPause is a silence that is counted.
const LongPause = 3 * time.Second

// Spoken is how much somebody spoke.
type Spoken struct {
	Speaker string `json:"speaker"`
	Role    Role   `json:"role"`
	Turns   int    `json:"turns"`
	Words   int    `json:"words"`
	Longest int    `json:"longest_turn_words"`
	At      int    `json:"longest_turn_at"` // its first utterance
	Time    Clock  `json:"time_s"`
}

// Sentence is an utterance that a count points at.
type Sentence struct {
	N       int    `json:"n"`
	Turn    int    `json:"turn"`
	Speaker string `json:"speaker"`
	Role    Role   `json:"role"`
	Text    string `json:"text"`
	Start   Clock  `json:"start_s"`
}

// Sentence gives the utterance of a number, or nil when nothing points at it.
func (m *Measures) Sentence(n int) *Sentence {
	low, high := 0, len(m.Sentences)
	for low < high {
		mid := (low + high) / 2
		if m.Sentences[mid].N < n {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(m.Sentences) && m.Sentences[low].N == n {
		return &m.Sentences[low]
	}
	return nil
}
