package arch

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// pure are the packages that only think: the same input, the same output.
var pure = []string{".", "figure", "lens", "lens/agree", "lens/learn"}

// impure reaches the world outside, or time that passes.
var impure = []string{"C", "crypto/rand", "database", "embed", "io/fs", "io/ioutil", "log", "math/rand", "net",
	"os", "path/filepath", "plugin", "runtime", "sync", "syscall", "unsafe"}

// clock is what the standard package time has to tell or wait for the time.
var clock = []string{"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until"}

// purity finds in the pure packages, beside their tests, whatever reaches the
// world outside: other people's packages, the clock, chance and goroutines.
func purity(t *tree) []string {
	var complaints []string
	for f := range t.program() {
		if !slices.Contains(pure, f.folder()) {
			continue
		}
		for name, spec := range f.imports() {
			_, ours := ownPackage(name)
			first, _, _ := strings.Cut(name, "/")
			reaches := slices.ContainsFunc(impure, func(bad string) bool { return within(bad, name) })
			if reaches || !ours && strings.Contains(first, ".") {
				complaints = append(complaints, fmt.Sprintf("%s: a pure package may not import %s", t.at(spec), name))
			}
		}
		for use := range f.uses("time") {
			if slices.Contains(clock, use.Sel.Name) {
				complaints = append(complaints, fmt.Sprintf("%s: a pure package may not use time.%s", t.at(use), use.Sel.Name))
			}
		}
		for node := range ast.Preorder(f.code) {
			if _, ok := node.(*ast.GoStmt); ok {
				complaints = append(complaints, t.at(node)+": a pure package starts no goroutine")
			}
		}
	}
	return complaints
}

// sleeps finds waiting by the clock, in tests too: what waits has a context
// or an event to wait for.
func sleeps(t *tree) []string {
	var complaints []string
	for f := range t.source() {
		for use := range f.uses("time") {
			if use.Sel.Name == "Sleep" {
				complaints = append(complaints, t.at(use)+": nothing here sleeps")
			}
		}
	}
	return complaints
}
