package arch

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// module is the name of the project in import paths.
const module = "samenspel"

// unread are the names that the walk leaves out, wherever they are.
var unread = []string{".git", "bin", "node_modules"}

// foreign are the folders of files that others wrote.
var foreign = []string{"internal/browser/axe/", "web/static/fonts/", "web/static/licences/", "web/static/vendor/"}

// tree is the repository as the rules see it.
type tree struct {
	set   *token.FileSet
	files []file // sorted by path
}

// file is one file of the repository.
type file struct {
	path string    // from the root, with slashes
	text string    // "" when it is no text
	code *ast.File // nil when it is not Go, or only data of a test
}

// folder is where the file is; "." is the root package.
func (f file) folder() string { return path.Dir(f.path) }

// foreign reports whether others wrote the file.
func (f file) foreign() bool {
	return slices.ContainsFunc(foreign, func(folder string) bool { return strings.HasPrefix(f.path, folder) })
}

// test reports whether the file is of a test: by its name, or in a package
// that is a suite for tests, such as journaltest.
func (f file) test() bool {
	return strings.HasSuffix(f.path, "_test.go") || strings.HasSuffix(f.folder(), "test")
}

// tool reports whether the file is of a tool, which is not in the program.
func (f file) tool() bool {
	return slices.ContainsFunc(tools, func(folder string) bool { return strings.HasPrefix(f.path, folder) })
}

// imports gives each import of a Go file, by its path.
func (f file) imports() iter.Seq2[string, *ast.ImportSpec] {
	return func(yield func(string, *ast.ImportSpec) bool) {
		for _, spec := range f.code.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err == nil && !yield(name, spec) {
				return
			}
		}
	}
}

// uses gives what a Go file takes from another package, such as Now of time.
func (f file) uses(pkg string) iter.Seq[*ast.SelectorExpr] {
	var local string
	for name, spec := range f.imports() {
		if name == pkg {
			local = path.Base(pkg)
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	return func(yield func(*ast.SelectorExpr) bool) {
		for node := range ast.Preorder(f.code) {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				continue
			}
			if of, ok := selector.X.(*ast.Ident); ok && of.Name == local && !yield(selector) {
				return
			}
		}
	}
}

// source gives the Go files that are no data of a test.
func (t *tree) source() iter.Seq[file] {
	return func(yield func(file) bool) {
		for _, f := range t.files {
			if f.code != nil && !yield(f) {
				return
			}
		}
	}
}

// program gives the Go files that are no test.
func (t *tree) program() iter.Seq[file] {
	return func(yield func(file) bool) {
		for f := range t.source() {
			if !strings.HasSuffix(f.path, "_test.go") && !yield(f) {
				return
			}
		}
	}
}

// at says at which line of which file a node is.
func (t *tree) at(node ast.Node) string {
	p := t.set.Position(node.Pos())
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

// load reads a whole repository.
func load(t *testing.T, root fs.FS) *tree {
	t.Helper()
	repository := &tree{set: token.NewFileSet()}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case slices.Contains(unread, entry.Name()) && entry.IsDir():
			return fs.SkipDir
		case slices.Contains(unread, entry.Name()) || entry.IsDir():
			return nil
		}
		f, err := repository.read(root, name)
		if err != nil {
			return err
		}
		repository.files = append(repository.files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return repository
}

func (t *tree) read(root fs.FS, name string) (file, error) {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return file{}, err
	}
	f := file{path: name}
	if utf8.Valid(text) && !bytes.Contains(text, []byte{0}) {
		f.text = string(text)
	}
	if path.Ext(name) == ".go" && !strings.Contains("/"+name, "/testdata/") {
		f.code, err = parser.ParseFile(t.set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	}
	return f, err
}

// repository reads the repository that this test is part of.
func repository(t *testing.T) *tree {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		_, err := os.Stat(filepath.Join(folder, "go.mod"))
		if err == nil {
			return load(t, os.DirFS(folder))
		}
		if !errors.Is(err, fs.ErrNotExist) || folder == filepath.Dir(folder) {
			t.Fatalf("no go.mod above this test: %v", err)
		}
		folder = filepath.Dir(folder)
	}
}
