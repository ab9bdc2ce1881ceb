package web_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/google/go-cmp/cmp"

	"samenspel"
	"samenspel/web/page"
	"samenspel/web/text"
)

// made are the keys that are put together while the program runs: what stands
// in their place, by how they are written.
var made = map[string][]string{
	"layer.%s":           append(texts(samenspel.Layers[:]), "none"),
	"layer.%s.about":     append(texts(samenspel.Layers[:]), "none"),
	"layer.%s.ask":       texts(samenspel.Layers[:]),
	"kind.%s":            texts(samenspel.StatementKinds[:]),
	"from.%s":            {"retelling", "observation", "guess"}, // a quote is in one's own words
	"pace.%s":            texts(samenspel.Paces[:]),
	"pace.%s.about":      texts(samenspel.Paces[:]),
	"pace.others.%s":     {"calm", "pause"}, // the ordinary one is not said
	"role.%s":            texts(samenspel.Roles[:]),
	"invite.role.%s":     texts(samenspel.Roles[:]),
	"people.standing.%s": texts([]samenspel.PartnerStanding{samenspel.Invited, samenspel.Here, samenspel.Left}),
	"feeling.%s":         {"open", "met", "declined"}, // a noticed one is asked about
	"enter.%s":           {"administrator", "officer", "professional", "partner", "back"},
	"settings.size.%s":   {"ordinary", "large", "larger"},
	"settings.theme.%s":  {"device", "light", "dark"},
	"help.%s":            topics,
	"help.%s.about":      topics,
	"state.%s":           states(""),
	"key.%s":             append(states(""), states(".you")...),
	"date.month_%d":      {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
	"did.%s":             {"open", "met", "declined"}, // and what the calls say
	"demo.try.%s":        {"picture", "tell", "dialogues", "agreements", "around", "looked", "story"},
	"title.%s":           nil,
	"refused.%s":         nil,
	"%s.title":           {"good", "connecting"},
	"%s.desc":            {"good", "connecting"},
}

var topics = []string{"seen", "words", "layers", "pace", "undo", "exit", "back"}

func texts[T ~string](list []T) []string {
	var all []string
	for _, one := range list {
		all = append(all, string(one))
	}
	return all
}

func states(after string) []string {
	var all []string
	for _, s := range samenspel.CellStates {
		all = append(all, page.StateKey(s)+after)
	}
	return all
}

// saying are the functions whose last word is a part of a key.
var saying = map[string]string{"act": "did.", "back": "did.", "settled": "did.", "inside": "title.", "over": "refused."}

// usage is which keys the program asks for, and where.
type usage struct {
	t    *testing.T
	keys map[string]string
}

// use notes a key, or all keys that can be made of it, each with an end.
func (u usage) use(where, key, end string) {
	if !strings.Contains(key, "%") {
		u.keys[key+end] = where
		return
	}
	values, known := made[key]
	if !known {
		u.t.Errorf("%s: nobody said what %s can be", where, key)
	}
	for _, value := range values {
		u.keys[strings.NewReplacer("%s", value, "%d", value).Replace(key)+end] = where
	}
}

// TestEveryTextIsThereAndUsed holds the keys in the code and the templates
// against the files.
func TestEveryTextIsThereAndUsed(t *testing.T) {
	u := usage{t, map[string]string{}}
	u.templates()
	u.code()
	for _, tag := range text.Tags {
		keys, err := text.Keys(tag)
		if err != nil {
			t.Fatal(err)
		}
		there := map[string]bool{}
		for _, key := range keys {
			there[key] = true
			if u.keys[key] == "" {
				t.Errorf("%s: nothing says %s", tag, key)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(u.keys)) {
			if !there[key] {
				t.Errorf("%s: %s is not there (%s)", tag, key, u.keys[key])
			}
		}
	}
}

// templates finds the keys in the templates: what T, By and Say are given.
func (u usage) templates() {
	names, err := filepath.Glob("page/*.html")
	if err != nil || len(names) == 0 {
		u.t.Fatal("no templates", err)
	}
	told, err := filepath.Glob("../report/*.html")
	if err != nil || len(told) == 0 {
		u.t.Fatal("no templates of stories", err)
	}
	names = append(names, told...)
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			u.t.Fatal(err)
		}
		tree := parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		trees := map[string]*parse.Tree{}
		if _, err := tree.Parse(string(source), "", "", trees); err != nil {
			u.t.Fatal(err)
		}
		for _, one := range trees {
			u.node(name, one.Root)
		}
	}
}

func (u usage) node(where string, n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, one := range n.Nodes {
				u.node(where, one)
			}
		}
	case *parse.ActionNode:
		u.node(where, n.Pipe)
	case *parse.TemplateNode:
		u.node(where, n.Pipe)
	case *parse.IfNode:
		u.branch(where, n.BranchNode)
	case *parse.RangeNode:
		u.branch(where, n.BranchNode)
	case *parse.WithNode:
		u.branch(where, n.BranchNode)
	case *parse.PipeNode:
		if n != nil {
			for _, cmd := range n.Cmds {
				u.call(where, cmd)
			}
		}
	}
}

func (u usage) branch(where string, n parse.BranchNode) {
	u.node(where, n.Pipe)
	u.node(where, n.List)
	u.node(where, n.ElseList)
}

var says = regexp.MustCompile(`\.(T|By|Say)$`)

func (u usage) call(where string, cmd *parse.CommandNode) {
	for _, arg := range cmd.Args {
		u.node(where, arg)
	}
	function := says.FindStringSubmatch(cmd.Args[0].String())
	if function == nil || len(cmd.Args) < 2 {
		return
	}
	var key string
	switch arg := cmd.Args[1].(type) {
	case *parse.StringNode:
		key = arg.Text
	case *parse.PipeNode: // printf with a format
		key = arg.Cmds[0].Args[1].(*parse.StringNode).Text
	default: // a key that the code has
		return
	}
	u.use(where, key, "")
	if function[1] == "By" { // the reader themselves are spoken to
		u.use(where, key, ".you")
	}
}

// code finds the keys in the program: whatever has their form.
func (u usage) code() {
	groups := map[string]bool{}
	keys, err := text.Keys("nl")
	if err != nil {
		u.t.Fatal(err)
	}
	for _, key := range keys {
		group, _, _ := strings.Cut(key, ".")
		groups[group] = true
	}
	for _, pattern := range []string{"../*.go", "*.go", "page/*.go", "text/*.go", "../figure/*.go", "../report/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			u.t.Fatal(pattern, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				u.t.Fatal(err)
			}
			// The names of events look like keys; of the domain only its no counts.
			domain := pattern == "../*.go"
			for node := range ast.Preorder(file) {
				u.literal(name, node, func(key string) bool {
					group, _, _ := strings.Cut(key, ".")
					no := group == "invalid" || group == "refused" || group == "conflict" || group == "error"
					return groups[group] && (!domain || no)
				})
			}
		}
	}
}

var (
	keyForm = regexp.MustCompile(`^[a-z]+(\.[a-z_0-9%]+)+$`)
	begins  = regexp.MustCompile(`^[a-z]+(\.[a-z_]+)*\.$`)
	ends    = regexp.MustCompile(`^\.[a-z]+$`)
)

func (u usage) literal(where string, node ast.Node, isKey func(string) bool) {
	switch n := node.(type) {
	case *ast.BasicLit:
		key, err := strconv.Unquote(n.Value)
		if err == nil && n.Kind == token.STRING && keyForm.MatchString(key) && isKey(key) && path.Ext(key) != ".html" && path.Ext(key) != ".json" {
			u.use(where, key, "")
		}
	case *ast.BinaryExpr:
		for _, side := range []ast.Expr{n.X, n.Y} {
			lit, ok := side.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				continue
			}
			part, err := strconv.Unquote(lit.Value)
			switch {
			case err != nil:
			case side == n.X && begins.MatchString(part) && isKey(part):
				u.use(where, part+"%s", "")
			case side == n.Y && ends.MatchString(part) && made["%s"+part] != nil:
				u.use(where, "%s"+part, "")
			}
		}
	case *ast.CallExpr:
		called, ok := n.Fun.(*ast.SelectorExpr)
		if !ok || saying[called.Sel.Name] == "" {
			return
		}
		for _, arg := range n.Args {
			if lit, ok := arg.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if part, err := strconv.Unquote(lit.Value); err == nil && part != "" && !strings.HasPrefix(part, "/") {
					u.use(where, saying[called.Sel.Name]+part, "")
				}
			}
		}
	}
}

// TestLanguagesSayTheSame: every language has the same keys, with the same
// places in them and the same forms.
func TestLanguagesSayTheSame(t *testing.T) {
	forms := map[string]map[string]string{}
	for _, tag := range text.Tags {
		forms[tag] = placesIn(t, tag)
	}
	for _, tag := range text.Tags[1:] {
		if diff := cmp.Diff(forms[text.Tags[0]], forms[tag]); diff != "" {
			t.Errorf("-%s +%s\n%s", text.Tags[0], tag, diff)
		}
	}
}

var place = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// placesIn gives for each text of a language, by its key and plural form, the
// places in it.
func placesIn(t *testing.T, tag string) map[string]string {
	t.Helper()
	all, err := text.Messages(tag)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]string{}
	note := func(key, said string) {
		var names []string
		for _, found := range place.FindAllStringSubmatch(said, -1) {
			names = append(names, found[1])
		}
		slices.Sort(names)
		places[key] = fmt.Sprint(slices.Compact(names))
		if rest := place.ReplaceAllString(said, ""); strings.ContainsAny(rest, "{}") || strings.TrimSpace(said) != said || said == "" {
			t.Errorf("%s: %s is %q", tag, key, said)
		}
	}
	for key, value := range all {
		switch value := value.(type) {
		case string:
			note(key, value)
		case map[string]any:
			for form, said := range value {
				note(key+" "+form, said.(string))
			}
		default:
			t.Errorf("%s: %s is a %T", tag, key, value)
		}
	}
	return places
}
