package qda_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// node is an element as the tests read it.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	text     string
}

// all walks a node and everything in it.
func (n *node) all(visit func(*node)) {
	visit(n)
	for _, child := range n.children {
		child.all(visit)
	}
}

// parseXML reads a document whose elements are all in one namespace.
func parseXML(document, space string) (*node, error) {
	in := xml.NewDecoder(strings.NewReader(document))
	root := &node{}
	open := []*node{root}
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Space != space {
				return nil, fmt.Errorf("%s is in the namespace %q", token.Name.Local, token.Name.Space)
			}
			n := &node{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				if a.Name.Local == "xmlns" {
					continue
				}
				if _, double := n.attrs[a.Name.Local]; double || a.Name.Space != "" {
					return nil, fmt.Errorf("%s: attribute %v", n.name, a.Name)
				}
				n.attrs[a.Name.Local] = a.Value
			}
			top.children = append(top.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
	if len(root.children) != 1 {
		return nil, fmt.Errorf("%d roots", len(root.children))
	}
	return root.children[0], nil
}

// particle is a child that a type may have.
type particle struct {
	name, kind string
	many       string // "", "?", "*" or "+"
	group      int    // of those of which one may be there; 0 for none
}

// rule is a type of the schema.
type rule struct {
	anyOrder bool
	children []particle
	attrs    map[string]string // the type; with ! when it must be there
}

// readSchema reads testdata/schema.txt.
func readSchema(t testing.TB) map[string]rule {
	file, err := os.ReadFile("testdata/schema.txt")
	if err != nil {
		t.Fatal(err)
	}
	schema := map[string]rule{}
	for line := range strings.Lines(string(file)) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		r := rule{anyOrder: words[1] == "~", attrs: map[string]string{}}
		end := slices.Index(words, ";")
		group, groups := 0, 0
		for _, word := range words[2:end] {
			switch word {
			case "(":
				groups++
				group = groups
				continue
			case ")":
				group = 0
				continue
			}
			name, kind, _ := strings.Cut(word, ":")
			bare := strings.TrimRight(kind, "?*+")
			r.children = append(r.children, particle{name, bare, kind[len(bare):], group})
		}
		for _, word := range words[end+1:] {
			name, kind, _ := strings.Cut(word, ":")
			r.attrs[name] = kind
		}
		schema[words[0]] = r
	}
	return schema
}

// forms are the texts that a type of text takes.
var forms = map[string]*regexp.Regexp{
	"string":   regexp.MustCompile(`(?s)^.*$`),
	"token":    regexp.MustCompile(`^\S+$`),
	"boolean":  regexp.MustCompile(`^(?:true|false|0|1)$`),
	"integer":  regexp.MustCompile(`^[+-]?[0-9]+$`),
	"decimal":  regexp.MustCompile(`^[+-]?[0-9]+(?:\.[0-9]+)?$`),
	"date":     regexp.MustCompile(`^\d{4}-\d\d-\d\d$`),
	"dateTime": regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$`),
	"GUID":     regexp.MustCompile(`^(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\{[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\})$`),
	"RGB":      regexp.MustCompile(`^#(?:[A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})$`),
}

// breaks lists where a node is not as its type asks.
func breaks(schema map[string]rule, n *node, kind string) []string {
	if form, text := forms[kind]; text {
		if len(n.children) > 0 || len(n.attrs) > 0 || !form.MatchString(n.text) {
			return []string{n.name + " is not a text of the form " + kind}
		}
		return nil
	}
	r, known := schema[kind]
	if !known {
		return []string{kind + " is a type that the test does not know"}
	}
	var found []string
	if strings.TrimSpace(n.text) != "" {
		found = append(found, n.name+" holds text")
	}
	for name, value := range n.attrs {
		form, may := r.attrs[name]
		if !may || !forms[strings.TrimSuffix(form, "!")].MatchString(value) {
			found = append(found, fmt.Sprintf("%s: %s=%q", n.name, name, value))
		}
	}
	for name, form := range r.attrs {
		if _, there := n.attrs[name]; !there && strings.HasSuffix(form, "!") {
			found = append(found, n.name+" has no "+name)
		}
	}
	return append(found, inOrder(schema, n, r)...)
}

// inOrder holds the children of a node against the order of its type.
func inOrder(schema map[string]rule, n *node, r rule) []string {
	var found []string
	at, count, taken := 0, 0, map[int]bool{}
	for _, child := range n.children {
		if r.anyOrder {
			at, count = 0, 0
		}
		for at < len(r.children) && r.children[at].name != child.name {
			if p := r.children[at]; !r.anyOrder && p.group == 0 && count == 0 && (p.many == "" || p.many == "+") {
				found = append(found, n.name+" lacks "+p.name)
			}
			at, count = at+1, 0
		}
		if at == len(r.children) {
			return append(found, fmt.Sprintf("%s: %s has no place there", n.name, child.name))
		}
		p := r.children[at]
		count++
		if count > 1 && p.many != "*" && p.many != "+" || p.group > 0 && taken[p.group] {
			found = append(found, n.name+" has too many "+p.name)
		}
		taken[p.group] = p.group > 0
		found = append(found, breaks(schema, child, p.kind)...)
	}
	if r.anyOrder && len(n.children) == 0 {
		found = append(found, n.name+" is empty")
	}
	for ; !r.anyOrder && at < len(r.children); at, count = at+1, 0 {
		if p := r.children[at]; p.group == 0 && count == 0 && (p.many == "" || p.many == "+") {
			found = append(found, n.name+" lacks "+p.name)
		}
	}
	return found
}

func TestTheRulesFindWhatIsWrong(t *testing.T) {
	const guid = `guid="9f1e3f62-6d7c-5b0b-8a6e-0a4b5c6d7e8f"`
	const open = `<Project xmlns="urn:QDA-XML:project:1.0" name="p">`
	schema := readSchema(t)
	for document, want := range map[string]string{
		`<Project xmlns="urn:QDA-XML:project:1.0"/>`:                   "Project has no name",
		open + `<Sources/></Project>`:                                  "Sources is empty",
		open + `<Users></Users></Project>`:                             "Users lacks User",
		open + `<CodeBook/></Project>`:                                 "CodeBook lacks Codes",
		open + `<CodeBook/><Users/></Project>`:                         "Users has no place",
		open + `<Users/><Users/></Project>`:                            "too many Users",
		open + `<Users><User guid="1"/></Users></Project>`:             `guid="1"`,
		open + `<Users><User ` + guid + ` age="3"/></Users></Project>`: `age="3"`,
		open + `<Sources><TextSource ` + guid + `><Coding ` + guid + `/></TextSource></Sources></Project>`:                   "Coding lacks CodeRef",
		open + `<Sources><TextSource ` + guid + `><PlainTextSelection ` + guid + `/></TextSource></Sources></Project>`:       "has no startPosition",
		open + `<Sources>words<TextSource ` + guid + `/></Sources></Project>`:                                                "Sources holds text",
		open + `<Description>a<b/></Description></Project>`:                                                                  "not a text",
		open + `<CodeBook><Codes><Code ` + guid + ` name="" isCodable="yes" color="red"/></Codes></CodeBook></Project>`:      `color="red"`,
		open + `<Users><User ` + guid + `/></Users><Description>all is well</Description></Project>`:                         "",
		open + `<Sources><TextSource ` + guid + `/><PDFSource/><TextSource ` + guid + `/></Sources><Description/></Project>`: "PDFSource is a type",
		open + `<Sources><TextSource ` + guid + ` creationDateTime="yesterday"/></Sources></Project>`:                        "yesterday",
		open + `<Notes><Note ` + guid + `><Description/><PlainTextContent>x</PlainTextContent></Note></Notes></Project>`:     "",
		open + `<Notes><Note ` + guid + `><PlainTextContent>x</PlainTextContent><Description/></Note></Notes></Project>`:     "Description has no place",
	} {
		root, err := parseXML(document, "urn:QDA-XML:project:1.0")
		if err != nil {
			t.Fatal(err)
		}
		found := strings.Join(breaks(schema, root, "Project"), "; ")
		if want == "" && found != "" || !strings.Contains(found, want) {
			t.Errorf("%s: found %q, want %q", document, found, want)
		}
	}
}
