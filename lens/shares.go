package lens

// Shares are the few figures in which conversations of different kinds were
// found to differ, for the evaluation of the lens alone: they say nothing
// about a conversation by itself, and no page shows them. Each is 0 where
// there is nothing to divide.
type Shares struct {
	Below   float64 `json:"below"`   // of the utterances, those below behaviour
	Met     float64 `json:"met"`     // of the feelings with an answer, those met
	Cleared float64 `json:"cleared"` // and those cleared away
	Room    float64 `json:"room"`    // room given, of all given and taken
}

// Shares gives the shares of a conversation.
func (m *Measures) Shares() Shares {
	deep := 0
	for _, side := range m.Depth[:2] {
		deep += side.Layers.All(AtNeed, AtCommitment, AtMeaning).N
	}
	answers := m.Emotion.Answers
	answered := answers.All(Met, Left, Cleared).N
	return Shares{
		Below:   part(deep, m.Utterances),
		Met:     part(answers.Of(Met).N, answered),
		Cleared: part(answers.Of(Cleared).N, answered),
		Room:    part(m.Room.Given.N, m.Room.Given.N+m.Room.Taken.N),
	}
}

func part(of, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(of) / float64(whole)
}
