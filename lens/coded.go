package lens

// Coded is an utterance with codes that the lens, or a person, gave it.
type Coded struct {
	Utterance
	// Sure is how sure the lens is of each code, from 0 to 1; 0 where the field
	// does not apply, and where a language model gave the code: it does not say.
	// A person's code is 1.
	Sure [NumFields]float64
	// By says who gave the codes.
	By Reader
}

// Reader says who gave an utterance its codes.
type Reader string

// The readers of a conversation.
const (
	ByLens      Reader = "lens"
	ByPerson    Reader = "person"
	BySuggester Reader = "suggester" // a language model that the organisation chose
)
