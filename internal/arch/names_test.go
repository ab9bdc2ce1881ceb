package arch

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"
)

// empty are the words that say nothing of what a thing is for, in the
// singular.
var empty = []string{"common", "helper", "manager", "misc", "mock", "model", "service", "util"}

// part is one word in a name: HTTPStoreOf_notes has Store, Of and notes.
var part = regexp.MustCompile(`[A-Z]?[a-z]+`)

// names finds empty words in the names of files, folders and packages, and in
// what packages export.
func names(t *tree) []string {
	var complaints []string
	complain := func(where, name string) {
		if word, found := emptyWord(name); found {
			complaints = append(complaints, fmt.Sprintf("%s: the name %s holds the empty word %q", where, name, word))
		}
	}
	for _, f := range t.files {
		if !f.foreign() {
			complain(f.path, strings.TrimSuffix(f.path, ".service")) // which systemd wants behind a name
		}
	}
	for f := range t.source() {
		complain(t.at(f.code.Name), f.code.Name.Name)
		for node := range ast.Preorder(f.code) {
			for _, declared := range declares(node) {
				if declared.IsExported() {
					complain(t.at(declared), declared.Name)
				}
			}
		}
	}
	return complaints
}

// declares gives the names that a node itself declares.
func declares(node ast.Node) []*ast.Ident {
	switch n := node.(type) {
	case *ast.FuncDecl:
		return []*ast.Ident{n.Name}
	case *ast.TypeSpec:
		return []*ast.Ident{n.Name}
	case *ast.ValueSpec:
		return n.Names
	case *ast.Field:
		return n.Names
	}
	return nil
}

// emptyWord gives the first empty word in a name, in the singular.
func emptyWord(name string) (word string, found bool) {
	for _, word := range part.FindAllString(name, -1) {
		word = strings.TrimSuffix(strings.ToLower(word), "s")
		if slices.Contains(empty, word) {
			return word, true
		}
	}
	return "", false
}

// comments finds packages without a comment that says their reason.
func comments(t *tree) []string {
	said, first := map[string]bool{}, map[string]string{}
	var order []string
	for f := range t.source() {
		name := strings.TrimSuffix(f.code.Name.Name, "_test")
		if first[f.folder()] == "" {
			first[f.folder()] = name
			order = append(order, f.folder())
		}
		opening := "Package " + name + " "
		if name == "main" {
			opening = "Command " + f.folder()[strings.LastIndex(f.folder(), "/")+1:] + " "
		}
		if strings.HasPrefix(strings.Join(strings.Fields(f.code.Doc.Text()), " "), opening) {
			said[f.folder()] = true
		}
	}
	var complaints []string
	for _, folder := range order {
		if !said[folder] {
			complaints = append(complaints, fmt.Sprintf("%s: package %s has no comment that says its reason", folder, first[folder]))
		}
	}
	return complaints
}
