package report

import "html/template"

// maxRead is how much one part of a document holds: some forty sheets of
// paper. All of it at once would keep everybody waiting, and no browser prints
// thousands of things well.
const maxRead = 400

// Part is one part of a story as a document: what goes between the header and
// the footer of a page, to be read and printed.
type Part struct {
	Body  template.HTML
	N, Of int // the first is 1
}

// stretch is some of the things of one section.
type stretch struct {
	section
	from, to int
}

// cutUp divides the sections over the parts of a document. A thing is never
// cut in two.
func (t *telling) cutUp() [][]stretch {
	list, room := [][]stretch{nil}, maxRead
	for _, s := range sections {
		for i, much := range s.things(t) {
			last := &list[len(list)-1]
			if much > room && len(*last) > 0 {
				list, room = append(list, nil), maxRead
				last = &list[len(list)-1]
			}
			room -= much
			if n := len(*last); n > 0 && (*last)[n-1].name == s.name {
				(*last)[n-1].to = i + 1
			} else {
				*last = append(*last, stretch{s, i, i + 1})
			}
		}
	}
	return list
}

// Document is a story to be read and printed: all of it, or, where it is long,
// the nth part. Before the first comes the first, after the last the last.
func Document(c Choice, n int) (*Part, error) {
	t := tell(c)
	all := t.cutUp()
	n = min(max(n, 1), len(all))
	var parts []part
	for _, s := range all[n-1] {
		body, err := t.body(s.section, s.from, s.to)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{s.name, t.T("story.section." + s.name), body})
	}
	body, err := t.render("document", sheet{telling: t, Parts: parts, N: n, Of: len(all)})
	if err != nil {
		return nil, err
	}
	return &Part{Body: template.HTML(body), N: n, Of: len(all)}, nil //nolint:gosec // made by the template engine
}
