// Package paper says on paper what a conversation showed to the lens: as text
// for a terminal, as one page of HTML, as a drawing and as JSON. It points at
// sentences and says nothing about a person.
//
// The same measures give the same bytes. What people said is escaped wherever
// it stands.
package paper
