package transcript

import (
	"archive/zip"
	"errors"
	"io"
)

// Bounds of a DOCX. A real one stays far below them.
const (
	maxXML       = 64 << 20 // bytes of the document when it is unpacked
	maxRatio     = 250      // how many times smaller it may be packed
	freeRatio    = 4 << 20  // below this size the ratio says nothing
	maxParts     = 2000     // in the archive
	maxDirectory = 1 << 20  // bytes of the list of parts
	document     = "word/document.xml"
)

const wantsDOCX = "a Word document (.docx)"

// errBudget says that the list of parts of an archive is too long.
var errBudget = errors.New("too much is read")

// budget is a file of which only so much may be read, until it is lifted. It
// keeps what goes wrong with the file itself.
type budget struct {
	io.ReaderAt
	left   int64
	lifted bool
	err    error
}

func (b *budget) ReadAt(p []byte, off int64) (int, error) {
	if !b.lifted {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, errBudget
		}
	}
	if off < 0 {
		return 0, zip.ErrFormat // the archive points before the file
	}
	n, err := b.ReaderAt.ReadAt(p, off)
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}

// fault makes an [Error] of what is said of an archive, unless it is the file
// itself that fails.
func (b *budget) fault(err error) error {
	if b.err != nil {
		return b.err
	}
	if errors.Is(err, errBudget) {
		return fault(BadDOCX, 0, "an archive of very many parts", wantsDOCX)
	}
	return fault(BadDOCX, 0, "a broken archive", wantsDOCX)
}

// prepareDOCX finds the text in a DOCX and learns who speaks in it.
func (r *Recording) prepareDOCX() error {
	b := &budget{ReaderAt: r.source.f, left: maxDirectory}
	archive, err := zip.NewReader(b, r.source.size)
	b.lifted = true
	if err != nil {
		return b.fault(err)
	}
	if len(archive.File) > maxParts {
		return b.fault(errBudget)
	}
	part, err := textOf(archive)
	if err != nil {
		return err
	}
	return r.prepare(func(take func(string, int) error, note func(Key, int)) error {
		in, err := part.Open()
		if err != nil {
			return b.fault(err)
		}
		defer in.Close()
		w := newWordText(&unpacked{in: in, file: b, packed: int64(part.CompressedSize64)}, take, note)
		return w.read()
	})
}

// textOf finds the part with the text; no other part is opened.
func textOf(archive *zip.Reader) (*zip.File, error) {
	var part *zip.File
	for _, f := range archive.File {
		switch {
		case f.Name == "mimetype" || f.Name == "Index/Document.iwa":
			return nil, fault(OldOffice, 0, "a document of another office program", wantsDOCX)
		case f.Name == document && part != nil:
			return nil, fault(BadDOCX, 0, "an archive with two texts", wantsDOCX)
		case f.Name == document:
			part = f
		}
	}
	switch {
	case part == nil:
		return nil, fault(NotDOCX, 0, "an archive (ZIP) without a Word document", wantsDOCX)
	case part.Flags&1 != 0:
		return nil, fault(BadDOCX, 0, "a document that is locked with a password", "one without a password")
	case part.UncompressedSize64 > maxXML:
		return nil, fault(Bomb, 0, "a text of more than 64 MiB when unpacked", "at most 64 MiB")
	}
	return part, nil
}

// unpacked holds what comes out of an archive to its bounds, whatever the
// archive says of its size.
type unpacked struct {
	in     io.Reader
	file   *budget
	packed int64
	size   int64
	left   int  // bytes that may still be read for this piece of XML
	number int  // of the paragraph
	broken bool // the archive is, and not the XML in it
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.in.Read(p)
	u.size += int64(n)
	u.left -= n
	if err != nil && err != io.EOF {
		u.broken = true
	}
	switch {
	case u.size > maxXML:
		return 0, fault(Bomb, u.number, "a text of more than 64 MiB when unpacked", "at most 64 MiB")
	case u.size > freeRatio && u.size > maxRatio*u.packed:
		return 0, fault(Bomb, u.number, "a text that is packed far too small", wantsDOCX)
	case u.left < 0:
		return 0, fault(TooLong, u.number, "a piece of text of more than 1 MiB", "shorter paragraphs")
	}
	return n, err
}
