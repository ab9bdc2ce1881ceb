package arch

import (
	"fmt"
	"go/ast"
	"strings"
)

// The limits, in lines and files.
const (
	maxRootFiles = 49 // the four layers, the whole dialogue and its transcript, how words go, keeping, consent, who is young and the scratch pad: a file or two for each word of the method
	maxFile      = 400
	maxTestFile  = 600
	maxFunction  = 60
)

// larger holds what may be larger than the limits, with the reason: a file by
// its path, a function by path:name.
var larger = map[string]string{}

// sizes finds files and functions that are too long to read in one go, a root
// package of too many files, and exceptions that nothing needs any more.
func sizes(t *tree) []string {
	var complaints []string
	needed := map[string]bool{}
	measure := func(what string, size, limit int) {
		if size > limit && larger[what] == "" {
			complaints = append(complaints, fmt.Sprintf("%s: %d lines, at most %d", what, size, limit))
		}
		needed[what] = size > limit
	}
	rootFiles := 0
	for f := range t.source() {
		if f.test() {
			measure(f.path, strings.Count(f.text, "\n"), maxTestFile)
			continue
		}
		measure(f.path, strings.Count(f.text, "\n"), maxFile)
		if f.folder() == "." {
			rootFiles++
		}
		for _, declared := range f.code.Decls {
			if function, ok := declared.(*ast.FuncDecl); ok {
				measure(f.path+":"+function.Name.Name, t.lines(function), maxFunction)
			}
		}
	}
	if rootFiles > maxRootFiles {
		complaints = append(complaints, fmt.Sprintf("the root package has %d files, at most %d", rootFiles, maxRootFiles))
	}
	for what := range larger {
		if !needed[what] {
			complaints = append(complaints, what+": needs no exception for its size")
		}
	}
	return complaints
}

// lines counts the lines of a node, its first and last included.
func (t *tree) lines(node ast.Node) int {
	return t.set.Position(node.End()).Line - t.set.Position(node.Pos()).Line + 1
}
