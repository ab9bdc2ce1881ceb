package transcript

import (
	"bytes"
	"io"
	"strings"
)

// headSize is how much of a file is looked at to find its form.
const headSize = 64 << 10

// open finds the form of a file.
func (r *Recording) open(f io.ReaderAt, size int64) error {
	switch {
	case size > MaxSize:
		return fault(TooLarge, 0, "a file of more than 256 MiB", "at most 256 MiB")
	case size <= 0:
		return fault(Empty, 0, "a file with nothing in it", "a transcript")
	}
	r.noted = tally{}
	head, err := headOf(io.NewSectionReader(f, 0, size))
	if err != nil {
		return err
	}
	if err := signature(head); err != nil {
		return err
	}
	r.source = source{f: f, size: size}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		r.Format, r.Encoding, r.source.encoding = DOCX, UTF8, UTF8
		return r.prepareDOCX()
	}
	if err := r.source.survey(head); err != nil {
		return err
	}
	if r.Encoding = r.source.encoding; r.Encoding != UTF8 {
		r.noted.note(KeptEncoding, 1)
	}
	if head, err = headOf(r.source.text()); err != nil {
		return err
	}
	return r.sniff(string(head))
}

func headOf(r io.Reader) ([]byte, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:n], err
}

// sniff finds the form of a text by how it begins.
func (r *Recording) sniff(head string) error {
	begin := strings.TrimSpace(head)
	switch {
	case begin == "": // much space first: nothing but typed text does that
	case isWebVTT(begin):
		r.Format = WebVTT
		return r.prepareCues()
	case isSRT(begin):
		r.Format = SRT
		return r.prepareCues()
	case begin[0] == '{' || begin[0] == '[' && isArray(begin):
		return r.prepareJSON()
	case isMarkup(begin):
		return fault(Markup, 0, "a web page or XML", "a transcript as text, WebVTT, SRT, JSON or DOCX")
	}
	r.Format = Text
	return r.prepare(r.typed)
}

func isWebVTT(begin string) bool {
	rest, found := strings.CutPrefix(begin, "WEBVTT")
	return found && (rest == "" || strings.ContainsRune(" \t\r\n", rune(rest[0])))
}

// isSRT looks for the times of a cue on one of the first lines.
func isSRT(begin string) bool {
	before, count := "", 0
	for line := range strings.Lines(strings.ReplaceAll(begin, "\r", "\n")) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if count++; count > 10 {
			break
		}
		if hasTimes(line) && (before == "" || isNumber(before)) {
			return true
		}
		before = line
	}
	return false
}

// isArray tells an array of JSON from a line such as "[00:01] Noor: …".
func isArray(begin string) bool {
	rest := strings.TrimSpace(begin[1:])
	return rest == "" || rest[0] == '{' || rest[0] == '[' || rest[0] == ']' || rest[0] == '"'
}

func isMarkup(begin string) bool {
	begin = strings.ToLower(begin[:min(len(begin), 15)])
	for _, opening := range []string{"<?xml", "<!doctype", "<html", "<tt ", "<head", "<body", "<svg"} {
		if strings.HasPrefix(begin, opening) {
			return true
		}
	}
	return false
}

// known are the beginnings of files that are no transcript, as people may well
// choose them by mistake.
var known = []struct {
	at    int
	begin string
	key   Key
	found string
}{
	{0, "%PDF-", PDF, "a PDF"},
	{0, "\x89PNG", Picture, "a picture"}, {0, "\xff\xd8\xff", Picture, "a picture"}, {0, "GIF8", Picture, "a picture"},
	{8, "WEBP", Picture, "a picture"}, {4, "ftyphei", Picture, "a picture"}, {4, "ftypavif", Picture, "a picture"},
	{0, "ID3\x02", Sound, "sound"}, {0, "ID3\x03", Sound, "sound"}, {0, "ID3\x04", Sound, "sound"},
	{0, "\xff\xfb", Sound, "sound"}, {0, "\xff\xf3", Sound, "sound"}, {0, "\xff\xf2", Sound, "sound"}, {0, "\xff\xfa", Sound, "sound"},
	{0, "\xff\xf1", Sound, "sound"}, {0, "\xff\xf9", Sound, "sound"},
	{8, "WAVE", Sound, "sound"}, {8, "AVI ", Sound, "video"}, {0, "OggS", Sound, "sound"}, {0, "fLaC", Sound, "sound"},
	{0, "#!AMR", Sound, "sound"}, {4, "ftyp", Sound, "sound or video"}, {0, "\x1a\x45\xdf\xa3", Sound, "sound or video"},
	{0, "\xd0\xcf\x11\xe0", OldOffice, "an old or locked office document"}, {0, "{\\rtf", OldOffice, "rich text (RTF)"},
	{0, "\x1f\x8b", Binary, "a packed file"}, {0, "7z\xbc\xaf", Binary, "a packed file"}, {0, "Rar!\x1a", Binary, "a packed file"},
}

// signature knows files that are no transcript by their first bytes.
func signature(head []byte) error {
	for _, k := range known {
		if len(head) >= k.at && bytes.HasPrefix(head[k.at:], []byte(k.begin)) {
			if k.at == 8 && !bytes.HasPrefix(head, []byte("RIFF")) {
				continue
			}
			return fault(k.key, 0, k.found, "a transcript: the words as text")
		}
	}
	return nil
}
