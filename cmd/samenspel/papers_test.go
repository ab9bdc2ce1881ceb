package main

import (
	"database/sql"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"samenspel"
	"samenspel/sqlite"
)

// papers is where the papers for an organisation are.
const papers = "../../docs/papers"

// TestThePapersAreOfThisProgram holds the register of processing against what
// the program keeps: every table, every kind of event, every cookie, and
// nothing that is not there. All papers say to which version they belong.
func TestThePapersAreOfThisProgram(t *testing.T) {
	register := text(t, filepath.Join(papers, "verwerkingen.md"))
	for _, part := range []struct {
		heading string
		there   []string
	}{
		{"Tabellen", tables(t)},
		{"Gebeurtenissen", firstWords()},
		{"Cookies", cookies(t)},
	} {
		named := named(t, register, part.heading)
		for _, name := range part.there {
			if !slices.Contains(named, name) {
				t.Errorf("%s: %s is not in the register", part.heading, name)
			}
		}
		for _, name := range named {
			if !slices.Contains(part.there, name) {
				t.Errorf("%s: %s is in the register and not in the program", part.heading, name)
			}
		}
	}
	version := regexp.MustCompile(`(?m)^## \[([^\]]+)\]`).FindStringSubmatch(text(t, "../../CHANGELOG.md"))
	if version == nil {
		t.Fatal("CHANGELOG.md has no version")
	}
	list, err := filepath.Glob(filepath.Join(papers, "*.md"))
	if err != nil || len(list) < 2 {
		t.Fatalf("%d papers, error %v", len(list), err)
	}
	for _, paper := range list {
		if filepath.Base(paper) != "README.md" && !strings.Contains(text(t, paper), "\nHoort bij: "+version[1]+". ") {
			t.Errorf("%s is not of %s, the newest version in CHANGELOG.md", filepath.Base(paper), version[1])
		}
	}
}

func text(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// named gives what stands in backticks in the first column under a heading.
func named(t *testing.T, paper, heading string) []string {
	t.Helper()
	_, below, found := strings.Cut(paper, "\n## "+heading+"\n")
	if !found {
		t.Fatalf("the register has no heading %q", heading)
	}
	below, _, _ = strings.Cut(below, "\n## ")
	var names []string
	for line := range strings.Lines(below) {
		if cells := strings.Split(line, "|"); len(cells) > 2 {
			for _, quoted := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[1], -1) {
				names = append(names, strings.TrimSuffix(quoted[1], ".…"))
			}
		}
	}
	return names
}

// tables are those of a new database, but SQLite's own.
func tables(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	db, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	behind, err := sql.Open("sqlite", filepath.Join(dir, "samenspel.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer behind.Close()
	rows, err := behind.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return names
}

// firstWords are what the kinds of events begin with.
func firstWords() []string {
	words := map[string]bool{}
	for _, kind := range samenspel.Kinds() {
		word, _, _ := strings.Cut(kind, ".")
		words[word] = true
	}
	return slices.Sorted(maps.Keys(words))
}

// cookies are the names of all cookies that the source of package web sets. A
// name that cannot be read there fails the test.
func cookies(t *testing.T) []string {
	t.Helper()
	w := source{t: t, set: token.NewFileSet(), consts: map[string]ast.Expr{}, methods: map[string]*ast.FuncDecl{}}
	err := filepath.WalkDir("../../web", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "../../web":
			return fs.SkipDir
		case filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		return w.read(path)
	})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, fn := range w.functions {
		ast.Inspect(fn, func(node ast.Node) bool {
			if set := cookieName(fn, node); set != nil {
				for _, name := range w.texts(fn, set) {
					names[name] = true
				}
			}
			return true
		})
	}
	return slices.Sorted(maps.Keys(names))
}

// cookieName is what a node calls the cookie that it sets, or nil.
func cookieName(fn *ast.FuncDecl, node ast.Node) ast.Expr {
	switch n := node.(type) {
	case *ast.CallExpr:
		if call, ok := n.Fun.(*ast.SelectorExpr); ok && call.Sel.Name == "keep" && len(n.Args) == 3 {
			return n.Args[0]
		}
	case *ast.CompositeLit:
		if of, ok := n.Type.(*ast.SelectorExpr); !ok || of.Sel.Name != "Cookie" || fn.Name.Name == "keep" {
			return nil
		}
		for _, part := range n.Elts {
			if field, ok := part.(*ast.KeyValueExpr); ok && field.Key.(*ast.Ident).Name == "Name" {
				return field.Value
			}
		}
	}
	return nil
}

// source is the source of a package, as far as it says what cookies are called.
type source struct {
	t         *testing.T
	set       *token.FileSet
	functions []*ast.FuncDecl
	methods   map[string]*ast.FuncDecl
	consts    map[string]ast.Expr
}

func (s *source) read(path string) error {
	file, err := parser.ParseFile(s.set, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			s.functions = append(s.functions, d)
			s.methods[d.Name.Name] = d
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.CONST && len(v.Values) == len(v.Names) {
					for i, name := range v.Names {
						s.consts[name.Name] = v.Values[i]
					}
				}
			}
		}
	}
	return nil
}

// texts are all that an expression in a function can be.
func (s *source) texts(fn *ast.FuncDecl, e ast.Expr) (list []string) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if value, err := strconv.Unquote(e.Value); err == nil {
			return []string{value}
		}
	case *ast.BinaryExpr:
		for _, a := range s.texts(fn, e.X) {
			for _, b := range s.texts(fn, e.Y) {
				list = append(list, a+b)
			}
		}
	case *ast.CallExpr:
		if call, ok := e.Fun.(*ast.SelectorExpr); ok && s.methods[call.Sel.Name] != nil {
			list = s.returned(s.methods[call.Sel.Name])
		}
	case *ast.Ident:
		if value, ok := s.consts[e.Name]; ok {
			return s.texts(fn, value)
		}
		list = s.ranged(fn, e.Name)
	}
	if len(list) == 0 {
		s.t.Errorf("%s: nobody can read here what the cookie is called", s.set.Position(e.Pos()))
	}
	return list
}

// returned are all texts that a method returns.
func (s *source) returned(method *ast.FuncDecl) (list []string) {
	ast.Inspect(method, func(node ast.Node) bool {
		if r, ok := node.(*ast.ReturnStmt); ok && len(r.Results) == 1 {
			list = append(list, s.texts(method, r.Results[0])...)
		}
		return true
	})
	return list
}

// ranged are the keys that a variable goes along.
func (s *source) ranged(fn *ast.FuncDecl, variable string) (list []string) {
	ast.Inspect(fn, func(node ast.Node) bool {
		r, ok := node.(*ast.RangeStmt)
		if !ok {
			return true
		}
		key, isName := r.Key.(*ast.Ident)
		along, isList := r.X.(*ast.CompositeLit)
		if !isName || !isList || key.Name != variable {
			return true
		}
		for _, part := range along.Elts {
			if pair, ok := part.(*ast.KeyValueExpr); ok {
				list = append(list, s.texts(fn, pair.Key)...)
			}
		}
		return true
	})
	return list
}
