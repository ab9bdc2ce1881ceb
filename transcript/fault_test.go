package transcript

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// utf16Of writes a text in UTF-16.
func utf16Of(s string, order binary.AppendByteOrder, mark bool) string {
	var b []byte
	if mark {
		b = order.AppendUint16(b, 0xfeff)
	}
	for _, unit := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

const (
	twoLines = "Noor: Één vraag.\nSamir: Goed 😀.\n"
	oneCue   = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Noor>Dag.\n"

	anyLine = -1 // where the line depends on how well a file was packed
)

func word(body string) string {
	return `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`
}

// TestFaults holds that each bad file gives its error. The word Geheim stands in
// each that has words, and may stand in no error.
func TestFaults(t *testing.T) {
	docx := func(xml string) string { return string(wordFile(t, []byte(xml))) }
	said := word(`<w:p><w:r><w:t>Noor: Geheim</w:t></w:r></w:p>`)
	good := docx(said)
	at := strings.Index(good, document) + len(document) + 20
	damaged := good[:at] + string(good[at]^0x55) + good[at+1:]
	jsonLines := strings.Repeat(`{"dialogue":"d","n":1,"turn":1,"speaker":"Noor","role":"vrager","text":"Geheim"}`+"\n", 16)
	for _, c := range []struct {
		name, data string
		key        Key
		line       int
	}{
		{"nothing", "", Empty, 0},
		{"space", " \n\t\r\n\u00a0", Empty, 0},
		{"a mark only", "\ufeff", Empty, 0},
		{"space in UTF-16", utf16Of(" \n \n ", binary.LittleEndian, true), Empty, 0},
		{"UTF-32", "\xff\xfe\x00\x00N\x00\x00\x00", BadText, 0},
		{"half a surrogate", utf16Of("Noor: Geheim\n", binary.LittleEndian, true) + "\x00\xd8", BadText, 2},
		{"an odd byte", utf16Of("Noor: Geheim\nSamir: a\n", binary.BigEndian, true) + "\x00", BadText, 3},
		{"broken UTF-8", "Noor: één Geheim\nSamir: \xe9\xe9n\n", BadText, 2},
		{"broken UTF-8 with a mark", "\ufeffNoor: Geheim \xe9\n", BadText, 1},
		{"not Windows-1252 either", "Noor: Geheim\r\nSamir: \xe9\x81\n", BadText, 2},
		{"zeros", "Noor: Geheim\x00\x00\x00", Binary, 0},
		{"control characters", strings.Repeat("\x01\x02\x03 Geheim", 9), Binary, 0},
		{"any bytes", strings.Repeat("\xe9\xe8\xfe a", 99), Binary, 0},
		{"mp3 with a tag", "ID3\x03\x00Geheim", Sound, 0},
		{"mp3", "\xff\xfb\x90\x00", Sound, 0},
		{"m4a", "\x00\x00\x00\x20ftypM4A ", Sound, 0},
		{"wav", "RIFF\x00\x00\x00\x00WAVEfmt ", Sound, 0},
		{"png", "\x89PNG\r\n\x1a\n\x00", Picture, 0},
		{"pdf", "%PDF-1.7\n%\xe2\xe3", PDF, 0},
		{"doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OldOffice, 0},
		{"rtf", "{\\rtf1\\ansi Geheim}", OldOffice, 0},
		{"html", "<!DOCTYPE html><p>Noor: Geheim</p>", Markup, 0},
		{"xml", "<?xml version=\"1.0\"?><tt>Geheim</tt>", Markup, 0},
		{"prose", "Geheim is wat ik hier schrijf.\nIk zei: niemand spreekt.\nOok hier niet.\n", NoSpeaker, 0},
		{"a long line", "Noor: Geheim\nSamir: " + strings.Repeat("a", MaxLine), TooLong, 2},
		{"names and nothing said", "Noor:\nSamir:\nNoor:\n", NoSpeech, 0},

		{"no cue", "WEBVTT\n\nGeheim\n", NoCues, 3},
		{"all cues broken", "WEBVTT\n\n1\n00:aa --> 00:02.000\nGeheim\n", NoCues, 3},
		{"a cue that never ends", oneCue + strings.Repeat(strings.Repeat("Geheim ", 100)+"\n", 1600), TooLong, 1502},
		{"empty cues", "1\n00:00:01,000 --> 00:00:02,000\n\n", NoSpeech, 0},

		{"JSON of something else", `{"name":"Geheim","list":[1,2]}`, OtherJSON, 1},
		{"an array", `[{"text":"Geheim"}]`, OtherJSON, 1},
		{"text alone", `{"text":"Geheim"}`, OtherJSON, 1},
		{"segments of another kind", "{\n\"segments\":{\"a\":1}}", OtherJSON, 2},
		{"a segment of another kind", "{\"segments\":[\n{\"start\":0,\"end\":1,\"text\":\"a\"},\n{\"start\":\"Geheim\"}]}", OtherJSON, 3},
		{"a segment without text", "{\"segments\":[\n{\"start\":0,\"end\":1}]}", OtherJSON, 2},
		{"a time before the beginning", "{\"segments\":[\n\n{\"start\":-1,\"end\":1,\"text\":\"Geheim\"}]}", OtherJSON, 3},
		{"segments twice", `{"segments":[{"text":"Geheim"}],` + "\n" + `"segments":[]}`, OtherJSON, 2},
		{"no segments", `{"segments":[]}`, NoSpeech, 0},
		{"cut off", "{\"segments\":[\n{\"start\":0,\"end\":1,\"text\":\"Geheim\"},\n", BadJSON, 3},
		{"more behind it", `{"segments":[{"text":"Geheim"}]}` + "\n" + `{"segments":[]}`, BadJSON, 2},
		{"broken JSON", "{\"a\":1,\n\"b\":Geheim}", BadJSON, 2},
		{"deep JSON", `{"a":` + strings.Repeat("[", 1000), TooDeep, 1},
		{"a deep segment", `{"segments":[{"text":` + strings.Repeat("[", 1000), TooDeep, 1},
		{"a long value", `{"a":"` + strings.Repeat("Geheim", maxValue/3) + `"}`, TooLong, 1},
		{"much space", `{"segments":[{"text":` + strings.Repeat(" ", 2*maxValue) + "7}]}", OtherJSON, 1},

		{"a broken line 17", jsonLines + `{"dialogue":"d","text":"Geheim`, BadLine, 17},
		{"no text on line 17", jsonLines + `{"dialogue":"d"}`, BadLine, 17},
		{"a number for text on line 17", jsonLines + `{"text":17}`, BadLine, 17},
		{"an array on line 17", jsonLines + `["Geheim"]`, BadLine, 17},
		{"two objects on line 17", jsonLines + `{"text":"Geheim"}{"text":"a"}`, BadLine, 17},
		{"a deep line 17", jsonLines + `{"text":"Geheim","a":` + strings.Repeat("[", 99), TooDeep, 17},
		{"an utterance over several lines", "{\n\"speaker\":\"Geheim\",\n\"text\":\"a\"}", BadLine, 1},

		{"a ZIP of other things", string(archiveOf(t, part{"Geheim.txt", []byte("a")})), NotDOCX, 0},
		{"an empty ZIP", string(archiveOf(t)), NotDOCX, 0},
		{"an ODT", string(archiveOf(t, part{"mimetype", []byte("Geheim")})), OldOffice, 0},
		{"half a ZIP", good[:len(good)-10], BadDOCX, 0},
		{"another text than was packed", damaged, BadDOCX, 0},
		{"two texts", string(archiveOf(t, part{document, []byte(said)}, part{document, []byte(said)})), BadDOCX, 0},
		{"very many parts", string(archiveOf(t, make([]part, maxParts+1)...)), BadDOCX, 0},
		{"a list of parts of more than a MiB", string(archiveOf(t, manyParts(20, 60_000)...)), BadDOCX, 0},
		{"broken XML", docx(word(`<w:p><w:r><w:t>Geheim</w:r></w:p>`)), BadDOCX, 1},
		{"an unknown entity", docx(word(`<w:p/><w:p><w:r><w:t>&geheim;</w:t></w:r></w:p>`)), BadDOCX, 2},
		{"entities of its own", docx(`<!DOCTYPE a [<!ENTITY a "Geheim"><!ENTITY b "&a;&a;">]>` + word(`<w:p><w:r><w:t>&b;</w:t></w:r></w:p>`)), BadDOCX, 0},
		{"another encoding", docx(`<?xml version="1.0" encoding="koi8-r"?>` + said), BadDOCX, 0},
		{"deep XML", docx(word(strings.Repeat("<w:tbl>", 999))), TooDeep, 0},
		{"a bomb", docx(word(strings.Repeat(" ", 20<<20))), TooLong, 0},
		{"a bomb of small pieces", docx(word(strings.Repeat("<w:p/>", 4<<20))), Bomb, anyLine},
		{"a bomb that says so", docx(word(strings.Repeat("<w:p/>", 12<<20))), Bomb, 0},
		{"a long paragraph", docx(word(`<w:p>` + strings.Repeat(`<w:r><w:t>`+strings.Repeat("Geheim ", 1000)+`</w:t></w:r>`, 200) + `</w:p>`)), TooLong, 1},
		{"no words", docx(word(`<w:p/>`)), Empty, 0},
		{"prose in Word", docx(word(`<w:p><w:r><w:t>Geheim is dit.</w:t></w:r></w:p>`)), NoSpeaker, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := all([]byte(c.data))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an *Error with %s", err, c.key)
			}
			if e.Key != c.key || e.Line != c.line && (c.line != anyLine || e.Line == 0) {
				t.Errorf("got %s at line %d (%v), want %s at %d", e.Key, e.Line, err, c.key, c.line)
			}
			if e.File != "talk" || e.Found == "" || e.Wants == "" || strings.Contains(strings.ToLower(err.Error()), "geheim") {
				t.Errorf("the error says %q", err)
			}
		})
	}
}

// manyParts makes empty parts with long names.
func manyParts(count, length int) []part {
	parts := make([]part, count)
	for i := range parts {
		parts[i].name = strings.Repeat(string(rune('a'+i)), length)
	}
	return parts
}

// untouched is a file that nobody may read.
type untouched struct{ t *testing.T }

func (u untouched) ReadAt([]byte, int64) (int, error) {
	u.t.Error("the file is read")
	return 0, io.EOF
}

func TestALargeFileIsNotRead(t *testing.T) {
	_, err := Read(untouched{t}, 1<<30, "talk")
	var e *Error
	if !errors.As(err, &e) || e.Key != TooLarge {
		t.Errorf("got %v", err)
	}
}

// unwell is a file on a disk that fails after some bytes.
type unwell struct {
	data []byte
	good int64
}

var errDisk = errors.New("the disk fails")

func (u unwell) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > u.good {
		return 0, errDisk
	}
	return bytes.NewReader(u.data).ReadAt(p, off)
}

func TestADiskThatFails(t *testing.T) {
	for _, path := range samples(t) {
		data := sample(t, path)
		_, err := Read(unwell{data, 0}, int64(len(data)), "talk")
		if !errors.Is(err, errDisk) {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

func TestEncodings(t *testing.T) {
	latin := "Noor: \xc9\xe9n vraag.\nSamir: Goed \x80.\n"
	want := []Turn{
		{Speaker: "Noor", Parts: []string{"Één vraag."}, Line: 1},
		{Speaker: "Samir", Parts: []string{"Goed 😀."}, Line: 2},
	}
	for _, c := range []struct {
		name, data string
		encoding   Encoding
	}{
		{"UTF-8", twoLines, UTF8},
		{"UTF-8 with a mark", "\ufeff" + twoLines, UTF8},
		{"\\r\\n", strings.ReplaceAll(twoLines, "\n", "\r\n"), UTF8},
		{"\\r", strings.ReplaceAll(twoLines, "\n", "\r"), UTF8},
		{"UTF-16LE", utf16Of(twoLines, binary.LittleEndian, false), UTF16LE},
		{"UTF-16LE with a mark", utf16Of(twoLines, binary.LittleEndian, true), UTF16LE},
		{"UTF-16BE", utf16Of(twoLines, binary.BigEndian, false), UTF16BE},
		{"UTF-16BE with a mark", utf16Of(twoLines, binary.BigEndian, true), UTF16BE},
		{"Windows-1252", latin, Windows1252},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, turns, err := all([]byte(c.data))
			if err != nil {
				t.Fatal(err)
			}
			wanted := want
			if c.encoding == Windows1252 {
				wanted = []Turn{want[0], {Speaker: "Samir", Parts: []string{"Goed €."}, Line: 2}}
			}
			if diff := cmp.Diff(wanted, turns); diff != "" {
				t.Errorf("turns (-want +got):\n%s", diff)
			}
			var skips []Skip
			if c.encoding != UTF8 {
				skips = []Skip{{KeptEncoding, 1, 1, true}}
			}
			if diff := cmp.Diff(skips, r.Skips(), cmpopts.EquateEmpty()); diff != "" || r.Encoding != c.encoding {
				t.Errorf("%s; skips (-want +got):\n%s", r.Encoding, diff)
			}
		})
	}
}
