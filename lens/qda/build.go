package qda

import (
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"samenspel/lens"
)

// space is the namespace of all that is named here: the same thing has the same
// GUID in each file, so that programs know a code again.
var space = uuid.NewSHA1(uuid.NameSpaceURL, []byte("samenspel/lens/qda"))

// guid gives the GUID of what is named by the parts, which hold no NUL.
func guid(parts ...string) string {
	return uuid.NewSHA1(space, []byte(strings.Join(parts, "\x00"))).String()
}

// colours of the fields: quiet ones that can be told apart, none of them an
// alarm.
var colours = [lens.NumFields]string{
	lens.Layer: "#2F6F73", lens.Emotion: "#A8763E", lens.Valence: "#C29B62", lens.Question: "#5B7DB1",
	lens.Act: "#3F5F8A", lens.Will: "#6E7F3F", lens.Friction: "#7A6A8F", lens.Response: "#4F8A6B",
}

// codeGUID names a code.
func codeGUID(f lens.Field, c lens.Code) string { return guid("code", f.String(), string(c)) }

// codebook gives the fields with their codes below them. A code carries the
// name of its field, because several fields have a code "none" and not every
// program takes a name twice.
func codebook() []codeElement {
	var all []codeElement
	for _, f := range lens.Fields() {
		field := codeElement{GUID: guid("field", f.String()), Name: f.String(), Colour: colours[f], Description: f.Definition()}
		for _, c := range f.Codes() {
			field.Codes = append(field.Codes, codeElement{GUID: codeGUID(f, c), Name: f.String() + ": " + string(c),
				Codable: true, Colour: colours[f], Description: f.DefinitionOf(c)})
		}
		all = append(all, field)
	}
	return all
}

// builder puts a project together.
type builder struct {
	at    string
	users []userElement
	known map[string]string // the GUID of a reader
	named map[string]int    // how often a source was named so
}

// build gives the project as elements, and the texts of its sources in order.
func (p *Project) build() (*projectElement, []string) {
	b := builder{at: p.At.UTC().Format(time.RFC3339), known: map[string]string{}, named: map[string]int{}}
	lensUser := b.user(string(lens.ByLens))
	root := &projectElement{Name: p.Name, Origin: origin, By: lensUser, At: b.at, Codes: codebook()}
	texts := make([]string, len(p.Conversations))
	for i := range p.Conversations {
		source, text := b.source(&p.Conversations[i], i+1)
		source.By = lensUser
		if root.Sources == nil {
			root.Sources = &sources{}
		}
		root.Sources.Text = append(root.Sources.Text, source)
		texts[i] = text
	}
	root.Users = b.users
	return root, texts
}

// user gives the GUID of a reader, who is a user of the project from then on.
func (b *builder) user(name string) string {
	id, known := b.known[name]
	if !known {
		id = guid("user", name)
		b.known[name] = id
		b.users = append(b.users, userElement{GUID: id, Name: name})
	}
	return id
}

// source makes a source of a conversation and gives its text. What is the same
// in name and text is told apart by how often it came.
func (b *builder) source(c *Conversation, number int) (sourceElement, string) {
	text, spans := c.layOut()
	name := c.name(number)
	id := guid("source", name, text)
	b.named[id]++
	if times := b.named[id]; times > 1 {
		id = guid("source", name, text, strconv.Itoa(times))
	}
	s := sourceElement{GUID: id, Name: name, Path: "internal://" + id + ".txt", At: b.at, Description: c.speakers()}
	for i := range c.Readings {
		s.Selections = append(s.Selections, b.selections(id, &c.Readings[i], i, spans)...)
	}
	return s, text
}

// selections makes one selection of each utterance that a reader gave codes. An
// utterance without text is nowhere in the text, and has none.
func (b *builder) selections(source string, r *Reading, reading int, spans []span) []selectionElement {
	var all []selectionElement
	for i := range r.Coded {
		u, where := &r.Coded[i], spans[i]
		if where.start == where.end || u.Codes == (lens.Codes{}) {
			continue
		}
		by := b.user(r.reader(u))
		s := selectionElement{GUID: guid("selection", source, strconv.Itoa(reading), strconv.Itoa(i)), Name: strconv.Itoa(i + 1),
			Start: where.start, End: where.end, By: by, At: b.at}
		for _, f := range lens.Fields() {
			if c := u.Codes[f]; c != "" {
				s.Codings = append(s.Codings, codingElement{guid("coding", s.GUID, f.String()), by, b.at, refElement{codeGUID(f, c)}})
			}
		}
		all = append(all, s)
	}
	return all
}
