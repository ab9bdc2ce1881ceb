package transcript

import (
	"bufio"
	"bytes"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Encoding is how a file writes its characters.
type Encoding string

// The encodings that are read. What they hold comes out as UTF-8.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252" // Latin-1 with it
)

// chunk is how much of a file is read at a time.
const chunk = 64 << 10

// source is a file of text.
type source struct {
	f        io.ReaderAt
	size     int64
	encoding Encoding
	mark     int64 // bytes of the byte order mark
}

// raw gives the bytes of the file behind its byte order mark.
func (s source) raw() io.Reader { return io.NewSectionReader(s.f, s.mark, s.size-s.mark) }

// text gives the text of the file as UTF-8, from the beginning.
func (s source) text() io.Reader {
	switch s.encoding {
	case UTF16LE, UTF16BE:
		return &decoder{r: bufio.NewReaderSize(s.raw(), chunk), decode: s.utf16}
	case Windows1252:
		return &decoder{r: bufio.NewReaderSize(s.raw(), chunk), decode: decode1252}
	}
	return s.raw()
}

// decoder turns another encoding into UTF-8.
type decoder struct {
	r      *bufio.Reader
	decode func(*bufio.Reader) (rune, error)
	rest   []byte // of a character that did not fit
}

func (d *decoder) Read(p []byte) (int, error) {
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	for n < len(p) {
		r, err := d.decode(d.r)
		if err != nil {
			return n, err
		}
		var one [utf8.UTFMax]byte
		whole := one[:utf8.EncodeRune(one[:], r)]
		fits := copy(p[n:], whole)
		n += fits
		if fits < len(whole) {
			d.rest = append(d.rest[:0], whole[fits:]...)
		}
	}
	return n, nil
}

func (s source) utf16(r *bufio.Reader) (rune, error) {
	first, err := s.unit(r)
	if err != nil || !utf16.IsSurrogate(first) {
		return first, err
	}
	second, err := s.unit(r)
	if err != nil && err != io.EOF {
		return 0, err
	}
	both := utf16.DecodeRune(first, second)
	if err == io.EOF || both == unicode.ReplacementChar {
		return 0, errBroken
	}
	return both, nil
}

func (s source) unit(r *bufio.Reader) (rune, error) {
	a, err := r.ReadByte()
	if err != nil {
		return 0, err
	}
	b, err := r.ReadByte()
	if err == io.EOF {
		return 0, errBroken
	}
	if s.encoding == UTF16LE {
		a, b = b, a
	}
	return rune(a)<<8 | rune(b), err
}

// high1252 holds what Windows-1252 has at 0x80 to 0x9F, where Latin-1 has
// nothing; 0 is nowhere.
var high1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

func decode1252(r *bufio.Reader) (rune, error) {
	b, err := r.ReadByte()
	if err != nil {
		return 0, err
	}
	if b < 0x80 || b > 0x9f {
		return rune(b), nil
	}
	if c := high1252[b-0x80]; c != 0 {
		return c, nil
	}
	return 0, errBroken
}

// lines reads a text line by line; a line ends at \n, \r\n or \r.
type lines struct {
	r      *bufio.Reader
	number int // of the line that was given last, from 1
	long   []byte
}

func (s source) lines() *lines { return &lines{r: bufio.NewReaderSize(s.text(), chunk)} }

// next gives the next line without its end; io.EOF after the last.
func (l *lines) next() (string, error) {
	l.long = l.long[:0]
	for {
		if l.r.Buffered() == 0 {
			if _, err := l.r.Peek(1); err != nil {
				if err == io.EOF && len(l.long) > 0 {
					l.number++
					return string(l.long), nil
				}
				return "", err
			}
		}
		have, _ := l.r.Peek(l.r.Buffered())
		at := lineEnd(have)
		if len(l.long)+max(at, 0) > MaxLine || at < 0 && len(l.long)+len(have) > MaxLine {
			return "", fault(TooLong, l.number+1, "a line of more than 1 MiB", "shorter lines")
		}
		if at < 0 {
			l.long = append(l.long, have...)
			l.r.Discard(len(have))
			continue
		}
		return l.upTo(have, at), nil
	}
}

// upTo takes the line that ends at a place in what is buffered.
func (l *lines) upTo(have []byte, at int) string {
	end := have[at]
	var line string
	if len(l.long) == 0 {
		line = string(have[:at])
	} else {
		line = string(append(l.long, have[:at]...))
	}
	l.r.Discard(at + 1)
	if end == '\r' {
		if b, err := l.r.Peek(1); err == nil && b[0] == '\n' {
			l.r.Discard(1)
		}
	}
	l.number++
	return line
}

// lineEnd gives the place of the first \n or \r, or -1.
func lineEnd(b []byte) int {
	at := bytes.IndexByte(b, '\n')
	if at >= 0 {
		b = b[:at]
	}
	if cr := bytes.IndexByte(b, '\r'); cr >= 0 {
		return cr
	}
	return at
}
