// Package qda writes coded conversations for the programs in which researchers
// code texts by hand: as a REFI-QDA project or codebook, and as CSV. It is a
// door out only; what those programs write, Samenspel does not read.
//
// What goes out holds the words and the names of people, all of them. Whoever
// calls this has asked those people.
package qda
