package web_test

import (
	"bytes"
	"fmt"
	"regexp"
	"testing"

	"samenspel/web/page"
)

// freshID is an id that a form gets each time that it is made.
var freshID = regexp.MustCompile(`01890a5d-0000-774b-bcce-\d{12}`)

// Whatever a test shows is printed by html/template as well, and has to come out
// the same, to the byte.
func init() {
	page.Doubt = func(name, part string, is, wanted []byte) {
		is, wanted = freshID.ReplaceAll(is, nil), freshID.ReplaceAll(wanted, nil)
		if bytes.Equal(is, wanted) {
			return
		}
		at := 0
		for at < min(len(is), len(wanted)) && is[at] == wanted[at] {
			at++
		}
		panic(fmt.Sprintf("%s, %s: from byte %d it is\n%.200q\nand not\n%.200q", name, part, at, is[at:], wanted[at:]))
	}
}

// undoubted lets a benchmark print each page once.
func undoubted(t testing.TB) {
	if _, measures := t.(*testing.B); measures {
		page.Doubt = nil
	}
}
