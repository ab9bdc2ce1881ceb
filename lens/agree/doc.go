// Package agree measures how far two or more readings of the same utterances
// agree: a person and the lens, or two people. A reading is a list of codes,
// one for each utterance; an empty code means that this reader gave none.
//
// Everything here is a function of what it is given. Chance, where a measure
// needs it, comes from a number that the caller gives.
package agree
