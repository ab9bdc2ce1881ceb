package arch

import (
	"fmt"
	"regexp"
	"strings"
)

// reasons is the file that says of each dependency why it is there.
const reasons = "docs/decisions/dependencies.md"

// direct is a line of go.mod that asks for a module because the project itself
// imports it.
var direct = regexp.MustCompile(`(?m)^(?:require)?\s+(\S+\.\S+) v\S+$`)

// dependencies finds modules that go.mod asks for and that do not have one
// line that says why.
func dependencies(t *tree) []string {
	var asked, why string
	for _, f := range t.files {
		switch f.path {
		case "go.mod":
			asked = f.text
		case reasons:
			why = f.text
		}
	}
	if why == "" {
		return []string{reasons + ": is not there"}
	}
	var complaints []string
	for _, found := range direct.FindAllStringSubmatch(asked, -1) {
		name := regexp.MustCompile(`(?:^|[^\w/-])` + regexp.QuoteMeta(found[1]) + `(?:[^\w/-]|$)`)
		count := 0
		for line := range strings.Lines(why) {
			if name.MatchString(line) {
				count++
			}
		}
		if count != 1 {
			complaints = append(complaints, fmt.Sprintf("%s: %s has %d lines, wants one", reasons, found[1], count))
		}
	}
	return complaints
}
