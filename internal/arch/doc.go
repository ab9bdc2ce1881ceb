// Package arch holds the rules of this source as tests: what may import what,
// what stays pure, how long a file may be, which names and texts have no place
// here. They are an aid to the reader. A rule that hurts is changed in its
// table, in the open, with a reason.
package arch
