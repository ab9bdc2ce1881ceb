package transcript

import (
	"bytes"
	"errors"
	"io"
	"unicode"
	"unicode/utf8"
)

// errBroken says that bytes are no character of the encoding.
var errBroken = errors.New("no character")

// marks are the byte order marks. That of UTF-32 begins as that of UTF-16 and
// stands before it.
var marks = []struct {
	bytes    string
	encoding Encoding
}{
	{"\xff\xfe\x00\x00", ""}, {"\x00\x00\xfe\xff", ""},
	{"\xef\xbb\xbf", UTF8}, {"\xff\xfe", UTF16LE}, {"\xfe\xff", UTF16BE},
}

const wantsText = "text in UTF-8, UTF-16 or Windows-1252"

// survey finds the encoding of a text from all of it, so that nothing is
// decoded in a wrong way half way.
func (s *source) survey(head []byte) error {
	for _, m := range marks {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			if m.encoding == "" {
				return fault(BadText, 0, "text in UTF-32", wantsText)
			}
			s.encoding, s.mark = m.encoding, int64(len(m.bytes))
			break
		}
	}
	if s.encoding == "" {
		s.encoding = sixteen(head)
	}
	if s.encoding == UTF16LE || s.encoding == UTF16BE {
		return s.check()
	}
	return s.eight(s.encoding == UTF8)
}

// sixteen knows UTF-16 without a mark by the zeros in every other byte.
func sixteen(head []byte) Encoding {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	half := len(head) / 2
	switch {
	case half > 0 && zeros[1]*10 > half*3 && zeros[0]*20 <= half:
		return UTF16LE
	case half > 0 && zeros[0]*10 > half*3 && zeros[1]*20 <= half:
		return UTF16BE
	}
	return ""
}

// glance is what a look at all of a text gives.
type glance struct {
	whole   int64 // characters of more than one byte in UTF-8
	broken  int64 // bytes that are no UTF-8
	at      int64 // where the first of those is
	nowhere int64 // of those, how many are nothing in Windows-1252 either
	control int64 // characters that no text has
	visible bool
	zero    bool
}

// eight tells UTF-8 from Windows-1252. A file that has whole characters of
// UTF-8 and broken ones as well is damaged: to read that as Windows-1252 would
// make nonsense of the whole ones.
func (s *source) eight(marked bool) error {
	g, err := s.look(s.raw())
	if err != nil {
		return err
	}
	s.encoding = UTF8
	switch {
	case g.zero, g.control*50 > s.size, g.broken*3 > s.size:
		return fault(Binary, 0, "a file that is no text", "a transcript")
	case !g.visible:
		return fault(Empty, 0, "a file with nothing in it", "a transcript")
	case g.broken == 0:
		return nil
	case marked || g.whole > 0 || g.nowhere > 0:
		return s.broken(g.at)
	}
	s.encoding = Windows1252
	return nil
}

// check reads all of a text in UTF-16.
func (s *source) check() error {
	g, err := s.look(s.text())
	switch {
	case err == errBroken:
		return s.broken(g.at)
	case err != nil:
		return err
	case g.zero, g.control*50 > s.size:
		return fault(Binary, 0, "a file that is no text", "a transcript")
	case !g.visible:
		return fault(Empty, 0, "a file with nothing in it", "a transcript")
	}
	return nil
}

// broken says at which line a text is damaged.
func (s *source) broken(at int64) error {
	line, before := 1, byte(0)
	b := make([]byte, chunk)
	r := io.LimitReader(s.text(), at)
	for {
		n, err := r.Read(b)
		for _, c := range b[:n] {
			if c == '\n' && before != '\r' || c == '\r' {
				line++
			}
			before = c
		}
		if err != nil {
			return fault(BadText, line, "bytes that are no characters", wantsText)
		}
	}
}

// look reads a text to its end. Where a decoder stops at broken bytes, at says
// how much came before.
func (s *source) look(r io.Reader) (glance, error) {
	var g glance
	b := make([]byte, chunk)
	kept, offset := 0, int64(0)
	for {
		n, err := r.Read(b[kept:])
		have := b[:kept+n]
		used := g.take(have, offset, err != nil)
		offset += int64(used)
		kept = copy(b, have[used:])
		if err == errBroken {
			g.at = offset
		}
		if err == io.EOF {
			return g, nil
		}
		if err != nil {
			return g, err
		}
	}
}

// take looks at some bytes and gives how many it has used: all but the
// beginning of a character at their end.
func (g *glance) take(b []byte, offset int64, last bool) int {
	i := 0
	for i < len(b) {
		if c := b[i]; c < utf8.RuneSelf {
			switch {
			case c > ' ' && c != 0x7f:
				g.visible = true
			case c == 0:
				g.zero = true
			case c < ' ' && (c < '\t' || c > '\r') && c != 0x1b:
				g.control++
			}
			i++
			continue
		}
		if !last && !utf8.FullRune(b[i:]) {
			break
		}
		r, width := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && width == 1 {
			if g.broken++; g.broken == 1 {
				g.at = offset + int64(i)
			}
			if c := b[i]; c < 0xa0 && high1252[c-0x80] == 0 {
				g.nowhere++
			}
			g.visible = true
		} else {
			g.whole++
			g.visible = g.visible || !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r)
		}
		i += width
	}
	return i
}
