package arch

import (
	"fmt"
	"slices"
	"strings"
)

// may says which packages of the project each package may import; "." is the
// root. Arrows point one way. The tools under internal are for tests and
// measurements: they may import anything, and nothing but a test imports them.
// So may what Samenspel is compared with, under bench, in modules of its own.
var may = map[string][]string{
	".":                       {},
	"figure":                  {"."},
	"transcript":              {},
	"lens":                    {"transcript", "lens/learn"},
	"lens/learn":              {},
	"lens/agree":              {"lens"},
	"lens/gold":               {"lens"},
	"lens/weights":            {"lens", "lens/learn"},
	"lens/train":              {"lens", "lens/learn", "lens/agree", "lens/gold", "lens/weights"},
	"lens/evaluate":           {"lens", "lens/agree", "lens/gold", "lens/weights"},
	"lens/annomi":             {"lens", "lens/learn", "lens/agree"},
	"lens/suggest":            {"lens"},
	"lens/paper":              {"lens", "figure"},
	"lens/qda":                {"lens"},
	"report":                  {".", "figure"},
	"journal":                 {".", "accesslog"},
	"journal/journaltest":     {".", "journal"},
	"journal/safetest":        {".", "journal"},
	"accesslog":               {"."},
	"accesslog/accesslogtest": {".", "accesslog"},
	"account":                 {"."},
	"account/accounttest":     {".", "account"},
	"account/passkey":         {".", "account"},
	"house":                   {"."},
	"house/housetest":         {".", "house"},
	"workspace":               {".", "journal", "accesslog"},
	"backup":                  {".", "journal"},
	"backup/backuptest":       {".", "account", "backup", "journal"},
	"relational":              {".", "journal", "account", "house", "backup", "accesslog"},
	"sqlite":                  {".", "journal", "backup", "relational"},
	"postgres":                {".", "journal", "backup", "relational"},
	"meter":                   {},
	"memory":                  {},
	"web":                     {".", "meter", "account", "account/passkey", "house", "workspace", "figure", "report", "web/page", "web/static", "web/text", "transcript", "lens", "lens/agree", "lens/gold", "lens/qda", "lens/suggest", "lens/weights", "accesslog", "account/organisation", "retention"},
	"web/page":                {".", "house", "figure", "web/press", "web/static", "web/text", "lens", "lens/agree", "accesslog", "retention"},
	"web/press":               {},
	"web/static":              {},
	"web/text":                {"."},
	"account/organisation":    {},
	"retention":               {"."},
	"cmd/samenspel": {".", "meter", "memory", "figure", "journal", "account", "backup", "workspace", "sqlite", "postgres", "relational", "accesslog", "account/organisation", "retention",
		"web", "web/page", "web/static", "web/text",
		"transcript", "lens", "lens/agree", "lens/annomi", "lens/paper", "lens/qda", "lens/suggest", "lens/weights"},
}

// tools are the folders of the packages that are not in the program.
var tools = []string{"internal/", "bench/"}

// confined says which packages may import something from outside, for what is
// not for all; a path stands for everything below it as well.
var confined = map[string][]string{
	"database/sql":                    {"relational", "sqlite", "postgres"},
	"modernc.org":                     {"sqlite"},
	"github.com/pressly/goose/v3":     {"sqlite", "postgres"},
	"github.com/jackc/pgx":            {"postgres"},
	"github.com/go-webauthn/webauthn": {"account/passkey"},
	"github.com/coreos/go-oidc":       {"account/organisation"},
	"github.com/VictoriaMetrics":      {"meter"},
	"golang.org/x/oauth2":             {"account/organisation"},
	"github.com/chromedp":             {},
	"pgregory.net/rapid":              {},
}

// imports finds imports that the tables do not allow. Tests are free.
func imports(t *tree) []string {
	var complaints []string
	known := map[string]bool{}
	for f := range t.program() {
		from := f.folder()
		if f.tool() {
			continue
		}
		allowed, listed := may[from]
		if !listed && !known[from] {
			known[from] = true
			complaints = append(complaints, from+": this package is not in the table of imports")
		}
		for name, spec := range f.imports() {
			own, ours := ownPackage(name)
			if ours && listed && !slices.Contains(allowed, own) || !ours && !mayReach(from, name) {
				complaints = append(complaints, fmt.Sprintf("%s: %s may not import %s", t.at(spec), from, name))
			}
		}
	}
	return complaints
}

// ownPackage gives the folder of a package of the project.
func ownPackage(name string) (folder string, ok bool) {
	if name == module {
		return ".", true
	}
	return strings.CutPrefix(name, module+"/")
}

// mayReach reports whether a package may import something from outside.
func mayReach(from, name string) bool {
	for outside, packages := range confined {
		if within(outside, name) && !slices.Contains(packages, from) {
			return false
		}
	}
	return true
}

// within reports whether an import path is another one or below it.
func within(above, name string) bool {
	return name == above || strings.HasPrefix(name, above+"/")
}
