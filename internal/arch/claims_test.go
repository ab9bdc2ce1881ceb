package arch

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"strings"
)

// claimed is a test, a benchmark or a fuzz target that a document names.
var claimed = regexp.MustCompile("`((?:Test|Benchmark|Fuzz)[A-Z]\\w*)`")

// claims finds documents that rest on a test that is not there.
func claims(t *tree) []string {
	there := map[string]bool{}
	for f := range t.source() {
		if !strings.HasSuffix(f.path, "_test.go") && !f.test() {
			continue
		}
		for _, d := range f.code.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
				there[fn.Name.Name] = true
			}
		}
	}
	var complaints []string
	for _, f := range t.files {
		if path.Ext(f.path) != ".md" {
			continue
		}
		for number, line := range strings.Split(f.text, "\n") {
			for _, found := range claimed.FindAllStringSubmatch(line, -1) {
				if !there[found[1]] {
					complaints = append(complaints, fmt.Sprintf("%s:%d: there is no %s", f.path, number+1, found[1]))
				}
			}
		}
	}
	return complaints
}
