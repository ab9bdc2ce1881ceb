package transcript

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// maxXMLDepth is how deep the XML of a document may nest: tables in tables make
// it deep.
const maxXMLDepth = 256

// tokenRoom is how much may be read for one piece of XML. The decoder reads
// somewhat ahead.
const tokenRoom = MaxLine + chunk

// wordText reads the XML of a Word document as lines of text.
type wordText struct {
	in   *unpacked
	xml  *xml.Decoder
	take func(string, int) error
	note func(Key, int)

	number int // of the paragraph
	depth  int
	out    int  // how deep the element stands that is left out with all in it; 0 is none
	gone   bool // that element is something deleted, not counted yet
	inText bool
	text   strings.Builder // of the paragraph

	tables int // that are open
	row    []string
	cell   strings.Builder
	held   int // bytes in row
	first  int // paragraph of the row
}

func newWordText(in *unpacked, take func(string, int) error, note func(Key, int)) *wordText {
	return &wordText{in: in, xml: xml.NewDecoder(in), take: take, note: note}
}

// read goes through all of the document.
func (w *wordText) read() error {
	for {
		w.in.left, w.in.number = tokenRoom, w.number
		token, err := w.xml.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return w.fault(err)
		}
		switch t := token.(type) {
		case xml.Directive:
			err = fault(BadDOCX, w.number, "a document that brings its own entities", wantsDOCX)
		case xml.StartElement:
			err = w.start(t.Name.Local)
		case xml.EndElement:
			err = w.end(t.Name.Local)
		case xml.CharData:
			if w.inText && w.out == 0 {
				err = w.write(string(t))
			}
		}
		if err != nil {
			return err
		}
	}
}

// fault makes an [Error] of what the decoder says, which may quote the file.
func (w *wordText) fault(err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	if w.in.broken {
		return w.in.file.fault(err)
	}
	return fault(BadDOCX, w.number, "broken XML", wantsDOCX)
}

func (w *wordText) write(s string) error {
	if w.text.Len()+w.cell.Len()+w.held+len(s) > MaxLine {
		return fault(TooLong, w.number, "a paragraph of more than 1 MiB", "shorter paragraphs")
	}
	w.text.WriteString(s)
	return nil
}

func (w *wordText) start(name string) error {
	if w.depth++; w.depth > maxXMLDepth {
		return fault(TooDeep, w.number, "XML that nests too deep", wantsDOCX)
	}
	if w.out > 0 {
		if w.gone && (name == "delText" || name == "t") {
			w.note(SkipDeleted, w.number)
			w.gone = false
		}
		return nil
	}
	switch name {
	case "pPr", "rPr", "tblPr", "sectPr", "Fallback": // how it looks; and the same text once more
		w.out = w.depth
	case "del", "moveFrom":
		w.out, w.gone = w.depth, true
	case "txbxContent":
		w.out = w.depth
		w.note(SkipBox, w.number)
	case "p":
		w.number++
	case "t":
		w.inText = true
	case "tab":
		return w.write("\t")
	case "br", "cr":
		return w.write("\n")
	case "noBreakHyphen":
		return w.write("-")
	case "tbl":
		w.tables++
	case "tr":
		if w.tables == 1 {
			w.row, w.held, w.first = w.row[:0], 0, w.number+1
		}
	}
	return nil
}

func (w *wordText) end(name string) error {
	w.depth--
	if w.out > 0 {
		if w.depth < w.out {
			w.out, w.gone = 0, false
		}
		return nil
	}
	switch name {
	case "t":
		w.inText = false
	case "p":
		return w.paragraph()
	case "tbl":
		w.tables--
	case "tc":
		if w.tables == 1 {
			w.row = append(w.row, strings.TrimSpace(w.cell.String()))
			w.held += w.cell.Len()
			w.cell.Reset()
		}
	case "tr":
		if w.tables == 1 {
			w.held = 0
			if isHeading(w.row) {
				w.note(SkipHeading, w.first)
				return nil
			}
			return w.give(rowText(w.row), w.first)
		}
	}
	return nil
}

// paragraph gives the text of a paragraph, or puts it in its cell.
func (w *wordText) paragraph() error {
	text := w.text.String()
	w.text.Reset()
	if w.tables > 0 {
		w.cell.WriteString(text)
		w.cell.WriteByte('\n')
		return nil
	}
	return w.give(text, w.number)
}

func (w *wordText) give(text string, number int) error {
	for line := range strings.SplitSeq(text, "\n") {
		if err := w.take(line, number); err != nil {
			return err
		}
	}
	return nil
}

// columns are what people call the columns of a transcript.
var columns = wordsOf("tijd tijdstip time timestamp start begin einde end duur duration nr nr. no no. # regel line " +
	"spreker speaker naam name wie who tekst text uitspraak utterance inhoud content opmerking opmerkingen note notes")

// isHeading reports whether a row only names the columns.
func isHeading(cells []string) bool {
	for _, cell := range cells {
		if cell != "" && !columns[strings.ToLower(cell)] {
			return false
		}
	}
	return len(cells) > 1 && strings.Join(cells, "") != ""
}

// rowText makes text of a row: a table with columns for the time, who speaks
// and what they say reads as "[time] name: text".
func rowText(cells []string) string {
	var full []string
	for _, cell := range cells {
		if cell != "" {
			full = append(full, cell)
		}
	}
	front := ""
	for i := range min(2, len(full)-1) {
		if _, ok := times(full[i]); ok {
			front = "[" + full[i] + "] "
			full = append(full[:i], full[i+1:]...)
			break
		}
	}
	if len(full) == 2 && isName(full[0]) {
		return front + full[0] + ": " + full[1]
	}
	return front + strings.Join(full, "\n")
}
