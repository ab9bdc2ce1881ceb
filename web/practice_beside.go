package web

import (
	"errors"
	"io"
	"iter"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"samenspel"
	"samenspel/lens"
	"samenspel/lens/agree"
	"samenspel/web/page"
)

// The readings that one's own may be laid beside, by their names in addresses
// and texts.
const (
	ofProject = "gold"
	ofSecond  = "second"
	ofLens    = "lens"
	ofFile    = "file"
)

// readers are whose readings of a talk the program has.
func (v *visit) readers(t *talk) []string {
	list := []string{ofProject}
	if t.second != nil {
		list = append(list, ofSecond)
	}
	if v.Coder != nil {
		list = append(list, ofLens)
	}
	return list
}

// practiceBeside lays one's own reading beside one that the program has.
func (v *visit) practiceBeside() error {
	t, err := v.talk()
	if err != nil {
		return err
	}
	with := v.r.URL.Query().Get("with")
	if !slices.Contains(v.readers(t), with) {
		return v.show(v.besidePage(t, "", nil))
	}
	other, err := v.readingBy(t, with)
	if err != nil {
		return err
	}
	return v.show(v.besidePage(t, with, other))
}

// practiceBesideFile lays it beside somebody else's, which is a file. Nothing
// of that file is kept.
func (v *visit) practiceBesideFile() error {
	t, err := v.talk()
	if err != nil {
		return err
	}
	other, err := v.readingFile(t)
	if err != nil {
		p := v.besidePage(t, "", nil)
		return v.again(p.Frame, p, err)
	}
	return v.show(v.besidePage(t, ofFile, other))
}

// readingBy gives the reading of one of the readers.
func (v *visit) readingBy(t *talk, reader string) (reading, error) {
	switch reader {
	case ofSecond:
		return t.laid(slices.Values(t.second))
	case ofLens:
		plain := func(yield func(lens.Utterance, error) bool) {
			for _, u := range t.coded(make(reading, len(t.Utterances))) {
				if !yield(u, nil) {
					return
				}
			}
		}
		r := make(reading, len(t.Utterances))
		for c, err := range v.Coder.Code(plain) {
			if err != nil {
				return nil, err
			}
			if c.N >= 1 && c.N <= len(r) {
				r[c.N-1] = c.Codes
			}
		}
		return r, nil
	}
	return readingOf(t.Utterances), nil
}

// laid puts coded utterances at their places in the talk.
func (t *talk) laid(all iter.Seq[lens.Utterance]) (reading, error) {
	r, there := make(reading, len(t.Utterances)), make([]bool, len(t.Utterances))
	line := 0
	for u := range all {
		line++
		at := u.N - 1
		switch {
		case at < 0 || at >= len(r) || u.Text != t.Utterances[at].Text || u.Role != t.Utterances[at].Role:
			return nil, &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.reading_other", Max: line}
		case there[at]:
			return nil, &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.reading_twice", Max: line}
		}
		r[at], there[at] = u.Codes, true
	}
	if line == 0 {
		return nil, &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.reading_none"}
	}
	return r, nil
}

// readingFile takes the reading of this talk out of the form's file.
func (v *visit) readingFile(t *talk) (reading, error) {
	wire := http.NewResponseController(v.w)
	if err := wire.SetReadDeadline(time.Now().Add(uploading)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, err
	}
	file, err := v.filePart()
	if err != nil {
		return nil, err
	}
	return t.readFile(file)
}

// readFile reads a reading of this talk. It never holds more of the file than
// there are utterances in the talk.
func (t *talk) readFile(file io.Reader) (reading, error) {
	var wrong error
	r, err := t.laid(func(yield func(lens.Utterance) bool) {
		for u, err := range lens.ReadLines(file) {
			if wrong = err; err != nil || !yield(u) {
				return
			}
		}
	})
	var line *lens.LineError
	switch {
	case errors.As(wrong, &line):
		return nil, &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.reading_line", Max: line.Line}
	case wrong != nil:
		return nil, &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.reading_large"}
	}
	return r, err
}

// filePart finds the file in the form.
func (v *visit) filePart() (*multipart.Part, error) {
	none := &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.reading_none"}
	parts, err := v.r.MultipartReader()
	if err != nil {
		return nil, none
	}
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, none
		case err != nil:
			return nil, &samenspel.Refusal{Class: samenspel.Invalid, Key: "invalid.form"}
		case part.FormName() == "file":
			return part, nil
		}
	}
}

// besidePage lays the reader's own reading beside another, or asks beside which.
func (v *visit) besidePage(t *talk, with string, other reading) page.PracticeBeside {
	mine := v.ownReading(t)
	p := page.PracticeBeside{
		Frame: v.frame("/practice/"+t.ID+"/beside", "title.practice"), Talk: t.onPage(),
		Readers: v.readers(t), With: with, Started: t.pack(mine) != "",
	}
	if with != "" && with != ofFile {
		p.Frame.Path += "?with=" + with
	}
	if other == nil {
		return p
	}
	for _, f := range lens.Fields() {
		field := v.compare(t, f, mine, other)
		field.Unsure = with == ofLens && v.Coder.LookHere()[f]
		p.Fields = append(p.Fields, field)
	}
	return p
}

// compare holds two readings against each other in one field. What one of them
// left empty is not counted.
func (v *visit) compare(t *talk, f lens.Field, mine, other reading) page.BesideField {
	a, b := make([]lens.Code, len(mine)), make([]lens.Code, len(mine))
	field := page.BesideField{Field: f}
	for i := range mine {
		a[i], b[i] = mine[i][f], other[i][f]
		if a[i] != "" && b[i] != "" && a[i] != b[i] {
			field.Differ = append(field.Differ, page.BesideLine{Utterance: t.Utterances[i], Mine: a[i], Other: b[i], Piece: t.pieceOf(i)})
		}
	}
	table := agree.Tabulate(a, b)
	field.Both, field.Same = table.N(), table.Same()
	if len(table.Codes) > 1 { // with one code there is no chance to agree beyond
		field.Kappa, field.Alpha = v.figure(table.Kappa()), v.figure(agree.Alpha(a, b))
	}
	return field
}

// pieceOf is the number of the piece that an utterance stands in.
func (t *talk) pieceOf(i int) int {
	return 1 + slices.IndexFunc(t.spans(), func(s span) bool { return i < s.to })
}

// figure says a number with two decimals.
func (v *visit) figure(x float64) string {
	s := strings.Replace(strconv.FormatFloat(x, 'f', 2, 64), ".", v.text.Say("practice.point"), 1)
	return strings.Replace(s, "-", "−", 1)
}
