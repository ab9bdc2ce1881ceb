// Package lens reads a conversation and shows where its attention went. It
// codes each utterance by the codebook of the project (docs/codebook.md): what
// it does and what it is about, never what a person is.
//
// Everything here is a function of the text it is given: the same text gives
// the same codes. Nothing is kept and nothing is asked from outside.
package lens
