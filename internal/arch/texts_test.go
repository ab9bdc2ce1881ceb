package arch

import (
	"fmt"
	"regexp"
	"strings"
)

// strangers are texts that have no place in the repository: it stands on its
// own, on any machine. Each is in pieces here, so that this file is not found.
var strangers = strangersOf(
	// Folders of one machine.
	`(?:^|[^\w.])/`+`(?:home|root|work)/`, `(?:^|[^\w.])/`+`Users/\w`, `\b[A-Z]:\\`+`Users\\`,
	`\bshared/`+`(?:design|source)`,
	// Where packages are fetched from: that is for each machine to say.
	`(?:proxy|sum)\.`+`golang\.org`, `registry\.`+`(?:npmjs\.org|yarnpkg\.com)`,
	`(?:deb|security|snapshot)\.`+`debian\.org`, `(?:archive|security)\.`+`ubuntu\.com`,
	`\bpypi\.`+`org`, `pythonhosted\.`+`org`, `(?:index|static)\.`+`crates\.io`,
	// By whom or what a text was made is no part of it.
	`(?i)\bchat`+`gpt\b`, `(?i)\bopen`+`ai\b`, `(?i)\banth`+`ropic\b`, `(?i)\bcla`+`ude\b`,
	`(?i)\bgithub `+`copilot\b`, `(?i)\bco-authored`+`-by:`,
	`(?i)\b(?:ai|llm|machine)[- ](?:`+`assisted|authored|generated|written)\b`,
	`(?i)\b(?:assisted|generated|made|written) (?:by|with) (?:an? )?`+`(?:ai|llm|language model)\b`,
)

func strangersOf(patterns ...string) []*regexp.Regexp {
	var list []*regexp.Regexp
	for _, pattern := range patterns {
		list = append(list, regexp.MustCompile(pattern))
	}
	return list
}

// texts finds the strangers in every text of the repository that is its own.
func texts(t *tree) []string {
	var complaints []string
	for _, f := range t.files {
		if f.foreign() {
			continue
		}
		for number, line := range strings.Split(f.text, "\n") {
			for _, stranger := range strangers {
				if found := stranger.FindString(line); found != "" {
					complaints = append(complaints, fmt.Sprintf("%s:%d: %q has no place here", f.path, number+1, found))
				}
			}
		}
	}
	return complaints
}
