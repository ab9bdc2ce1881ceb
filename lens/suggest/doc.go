// Package suggest asks a language model of the organisation's own choosing to
// code utterances by the codebook, over the chat-completions protocol. Nothing
// is asked until somebody sets an address; a server on the own machine is what
// it is made for.
//
// Before anything is sent, names and numbers are taken out of the text; what
// that cannot find stands at [Suggester.Suggest]. What comes back is taken only
// where it is a whole and valid coding of an utterance that was asked for. For
// all else the codes of the lens stay.
//
// No error and no report holds a word of the text, of an answer, or the key.
package suggest
