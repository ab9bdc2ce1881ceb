package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"math"
	"slices"
)

//go:embed *.html
var pages embed.FS

//go:embed style.css
var style []byte

//go:embed story.schema.json
var schema []byte

// section is one part of a story: a page of its own in the package, a part of
// the one document, and its part of the open data.
//
// To add one:
//   - a file with its name: a section, and a template of that name in
//     name.html, which is given the telling;
//   - its place in sections;
//   - how much there is to read in each thing that it shows, so that a long
//     document can be cut between two of them: the template draws from what
//     [cut] leaves of its list;
//   - a field of Data and its schema in story.schema.json, where it is data
//     too; the reader of another installation takes what it knows and leaves
//     the rest;
//   - the text story.section.name in both languages.
//
// A section draws from telling.Seen alone: that is what the choice left in.
type section struct {
	name   string
	things func(*telling) []int  // how much there is in each, in their order; without any it stays out
	add    func(*telling, *Data) // nil where it has no data of its own
}

// sections are in the order of the pages.
var sections = []section{picture, words, agreements, dialogues, lookback, frictions, around, written, notes, people}

// present are the sections that have something to show.
func (t *telling) present() []section {
	var list []section
	for _, s := range sections {
		if len(s.things(t)) > 0 {
			list = append(list, s)
		}
	}
	return list
}

var templates = template.Must(template.New("").ParseFS(pages, "*.html"))

// ones are so many things with as much to read in each.
func ones(n int) []int { return slices.Repeat([]int{1}, n) }

// cut leaves the things of a list from one to another. Beyond its ends there
// is nothing.
func cut[T any](list []T, from, to int) []T {
	from, to = max(0, min(from, len(list))), max(0, min(to, len(list)))
	return list[from:max(from, to)]
}

// First reports whether this is where the section begins.
func (t *telling) First() bool { return t.from == 0 }

// body is the template of one section, filled with some of its things.
func (t *telling) body(s section, from, to int) (template.HTML, error) {
	t.from, t.to = from, to
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, s.name, t); err != nil {
		return "", fmt.Errorf("report: %s: %w", s.name, err)
	}
	return template.HTML(out.String()), nil //nolint:gosec // made by the template engine
}

// sheet is one page, or one part of the document.
type sheet struct {
	*telling
	Name  string // "" for the first page
	Body  template.HTML
	Parts []part
	N, Of int // which part of a document it is
}

// part is one section with its title.
type part struct {
	Name, Title string
	Body        template.HTML
}

func (t *telling) parts() ([]part, error) {
	var list []part
	for _, s := range t.present() {
		body, err := t.body(s, 0, math.MaxInt)
		if err != nil {
			return nil, err
		}
		list = append(list, part{s.name, t.T("story.section." + s.name), body})
	}
	return list, nil
}

func (t *telling) render(name string, with sheet) ([]byte, error) {
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, name, with); err != nil {
		return nil, fmt.Errorf("report: %s: %w", name, err)
	}
	return out.Bytes(), nil
}

// File is one file of a package.
type File struct {
	Name string
	Data []byte
}

// Files are the readable pages and the open data of a story.
func Files(c Choice) ([]File, error) {
	t := tell(c)
	parts, err := t.parts()
	if err != nil {
		return nil, err
	}
	first, err := t.render("page", sheet{telling: t, Parts: parts})
	if err != nil {
		return nil, err
	}
	files := []File{{"index.html", first}}
	for _, p := range parts {
		one, err := t.render("page", sheet{telling: t, Name: p.Name, Body: p.Body, Parts: parts})
		if err != nil {
			return nil, err
		}
		files = append(files, File{p.Name + ".html", one})
	}
	data, err := t.data()
	if err != nil {
		return nil, err
	}
	return append(files, File{"style.css", style}, File{storyFile, data}, File{"schema.json", schema}), nil
}

// Schema describes the open data of a story.
func Schema() []byte { return bytes.Clone(schema) }
