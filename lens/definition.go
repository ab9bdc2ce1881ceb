package lens

// definitions says in a line what each field asks and what each of its codes
// stands for, for those who code by the codebook without it at hand: another
// program, or a language model. docs/codebook.md is the whole of it.
var definitions = [NumFields]struct {
	field string
	codes map[Code]string
}{
	Layer: {"the deepest layer the utterance speaks of; a deeper layer must stand in the words or in an image", map[Code]string{
		None:         "greeting, procedure, filler, pure acknowledgement",
		AtBehaviour:  "what is done, happens or happened; facts, circumstances, plans of action",
		AtNeed:       "what somebody needs, misses or longs for: rest, safety, respect, being heard, room to decide, belonging",
		AtCommitment: "whom or what somebody feels bound to: ambitions, promises, what one does it for",
		AtMeaning:    "deepest convictions, values, identity, faith; what makes life worth it",
	}},
	Emotion: {"whether a feeling is in it; of a professional: whether it attends to the other's feeling or shows their own", map[Code]string{
		None:   "no feeling",
		Hinted: "felt between the words: irony, sighing words, an image, giving up",
		Named:  "an emotion word, or plain display such as [cries]",
	}},
	Valence: {"which way the feeling goes; empty without a feeling", map[Code]string{
		Unpleasant: "an unpleasant feeling",
		Pleasant:   "a pleasant feeling",
		Mixed:      "both at once",
	}},
	Question: {"the form of what a professional says", map[Code]string{
		None:           "no question",
		OpenQuestion:   "invites a free answer",
		ClosedQuestion: "asks for yes or no, a fact, or a choice out of given options",
	}},
	Act: {"what an utterance of a professional does, its main purpose", map[Code]string{
		Other:   "greeting, procedure, filler, back-channel",
		Inform:  "gives facts, rules or an explanation",
		Self:    "shares own feeling, ambition, doubt or commitment",
		Explore: "asks or invites to tell",
		Reflect: "gives back, names or sums up what the partner said, means or feels",
		Affirm:  "appreciates, or shows trust in the partner",
		Include: "draws another person in, present or not",
		Check:   "asks whether the partner wants, can, knows how, has room, or what help they need",
		Choice:  "puts the choice, the decision or the pace with the partner; asks permission",
		Support: "offers concrete help in word or deed",
		Advise:  "says what the partner should or could do; proposes a solution",
		Push:    "presses, persuades, warns, judges, argues, hurries, decides for the partner",
		Clear:   "puts a feeling out of the way: reassures before hearing, plays down, cheers up, changes to business",
	}},
	Will: {"wanting and being able to do something that is needed, of a partner", map[Code]string{
		None:    "says neither",
		Wants:   "wants to",
		WantNot: "does not want to",
		Can:     "can",
		CanNot:  "cannot, or lacks knowledge, skill, room or means",
	}},
	Friction: {"resistance, complaint, conflict or aggression towards the help, the professional, another partner or the talk", map[Code]string{
		None: "none; sorrow or anger about something else is a feeling, not friction",
		Rubs: "there is friction",
	}},
	Response: {"on the last utterance of a partner's turn that has a feeling in it: how the next turn of a professional answers", map[Code]string{
		Met:     "it shows that the feeling was heard: named, explored, given room",
		Left:    "it goes on about the content, without pushing the feeling away",
		Cleared: "the feeling is reassured away, played down, corrected or solved away",
	}},
}

// Definition says in a line what the field asks.
func (f Field) Definition() string { return definitions[f].field }

// DefinitionOf says in a line what a code of the field stands for; empty for
// what is no code of it.
func (f Field) DefinitionOf(c Code) string { return definitions[f].codes[c] }
