package arch

import (
	"fmt"
	"go/ast"
	"maps"
	"slices"
)

// readers says in which packages the words of people may be read in the
// clear, and at how many places at most. It counts calls of a method Text
// without arguments, whatever has it.
var readers = map[string]int{
	".":             8, // two names compared; a transcript measured, packed to be sealed, and unpacked; a day of birth reckoned with
	"journal":       1, // to be sealed
	"account":       1, // to be sealed
	"house":         1, // of the organisation, not of a person
	"figure":        1, // to be drawn
	"report":        1, // to be taken along by the one whose words they are
	"cmd/samenspel": 1, // rand.Text, which is nobody's
	"web/page":      1, // to be shown
}

// words finds packages that read people's words in the clear and are not
// known for it. Tests are free.
func words(t *tree) []string {
	count := map[string]int{}
	for f := range t.program() {
		if !f.test() && !f.tool() {
			count[f.folder()] += readings(f)
		}
	}
	var complaints []string
	for _, folder := range slices.Sorted(maps.Keys(count)) {
		if count[folder] > readers[folder] {
			complaints = append(complaints, fmt.Sprintf("%s: reads words in the clear at %d places, %d are known",
				folder, count[folder], readers[folder]))
		}
	}
	return complaints
}

// readings counts the places where a file reads words in the clear.
func readings(f file) int {
	count := 0
	for node := range ast.Preorder(f.code) {
		if call, ok := node.(*ast.CallExpr); ok && len(call.Args) == 0 {
			if method, ok := call.Fun.(*ast.SelectorExpr); ok && method.Sel.Name == "Text" {
				count++
			}
		}
	}
	return count
}
