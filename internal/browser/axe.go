package browser

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// axe is axe-core 4.14.1, under the Mozilla Public License 2.0 (axe/LICENSE).
//
//go:embed axe/axe.min.js
var axe string

// Violation is one rule of accessibility that a page breaks.
type Violation struct {
	ID     string   // the rule in axe-core, such as "image-alt"
	Impact string   // minor, moderate, serious or critical
	Help   string   // what the rule asks
	Nodes  []string // selectors of the elements, as axe-core writes them
}

// String says it in one line.
func (v Violation) String() string {
	return fmt.Sprintf("%s (%s): %s: %s", v.ID, v.Impact, v.Help, strings.Join(v.Nodes, ", "))
}

// audit runs the rules of WCAG 2.0 to 2.2, A and AA, and the best practices.
const audit = `() => axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	resultTypes: ["violations"],
}).then((result) => result.violations.map((v) => ({
	ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.map((n) => n.target.join(" ")),
})))`

// Axe has axe-core look at the page as it stands now. A machine sees a part of
// what bars people; an empty answer is a beginning. It needs scripts.
func (p *Person) Axe() []Violation {
	p.t.Helper()
	// The debugger may run this where the page's own policy allows no script.
	p.do("load axe-core", chromedp.Evaluate[chromedp.Void](axe))
	return Eval[[]Violation](p, "("+audit+")()")
}
