package transcript

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// long is a file that is made while it is read: a beginning, the same piece
// very often, and an end.
type long struct {
	begin, piece, end string
	times             int64
}

func (l long) size() int64 {
	return int64(len(l.begin)) + l.times*int64(len(l.piece)) + int64(len(l.end))
}

func (l long) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) && off < l.size() {
		var have string
		switch at := off - int64(len(l.begin)); {
		case at < 0:
			have = l.begin[off:]
		case at < l.times*int64(len(l.piece)):
			have = l.piece[at%int64(len(l.piece)):]
		default:
			have = l.end[at-l.times*int64(len(l.piece)):]
		}
		copied := copy(p[n:], have)
		n += copied
		off += int64(copied)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// longFiles are large files of about so many bytes.
func longFiles(bytes int64) map[string]long {
	files := map[string]long{
		"webvtt": {begin: "WEBVTT\n\n", piece: "00:00:01.000 --> 00:00:02.000\n<v Noor>Hoe is het met je?\n\n" +
			"00:00:02.000 --> 00:00:03.000\n<v Samir>Het gaat wel, denk ik.\n\n"},
		"srt": {piece: "1\n00:00:01,000 --> 00:00:02,000\nNoor: Hoe is het met je?\n\n" +
			"2\n00:00:02,000 --> 00:00:03,000\nSamir: Het gaat wel, denk ik.\n\n"},
		"text":  {piece: "Noor: Hoe is het met je?\nSamir: Het gaat wel, denk ik.\nEn nu: verder met wat we vorige keer zeiden.\n\n"},
		"jsonl": {piece: `{"speaker":"Noor","text":"Hoe is het met je vandaag?"}` + "\n" + `{"speaker":"Samir","text":"Het gaat wel, denk ik."}` + "\n"},
		"whisperx": {begin: `{"segments":[`, end: `{"text":"Ja."}]}`,
			piece: "\n{\"start\": 1.0, \"end\": 2.0, \"text\": \" Hoe is het?\", \"speaker\": \"A\", \"words\": [{\"word\": \"Hoe\", \"score\": 0.9, \"speaker\": \"A\"}]}," +
				"\n{\"start\": 2.0, \"end\": 3.0, \"text\": \" Het gaat.\", \"speaker\": \"B\", \"words\": [{\"word\": \"Het\", \"score\": NaN}]},"},
	}
	for name, l := range files {
		l.times = bytes / int64(len(l.piece))
		files[name] = l
	}
	return files
}

// held gives the most that is held on the heap while a file is read, over what
// was there before.
func held(t *testing.T, l long) int64 {
	t.Helper()
	live := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := live()
	r, err := Read(l, l.size(), "talk")
	if err != nil {
		t.Fatal(err)
	}
	most, turns, every := live(), int64(0), max(l.times/10, 1)
	for _, err := range r.Turns() {
		if err != nil {
			t.Fatal(err)
		}
		if turns++; turns%every == 0 {
			most = max(most, live())
		}
	}
	if turns < l.times {
		t.Fatalf("%d turns, want %d at least", turns, l.times)
	}
	return most - before
}

// TestMemoryIsFlat reads WebVTT of 5 and of 50 MB, and the other forms of 2 and
// 20, and holds that the larger one needs no more.
func TestMemoryIsFlat(t *testing.T) {
	for name := range longFiles(1) {
		t.Run(name, func(t *testing.T) {
			size := int64(2 << 20)
			if name == "webvtt" {
				size = 5 << 20
			}
			few, many := held(t, longFiles(size)[name]), held(t, longFiles(10 * size)[name])
			t.Logf("held at most %d bytes of %d, %d of ten times as much", few, size, many)
			if many > 2<<20 || many > few+1<<20 {
				t.Errorf("a file of %d bytes holds %d, one of ten times as much %d", size, few, many)
			}
		})
	}
}

func TestMoreCuesThanAreRead(t *testing.T) {
	l := long{begin: "WEBVTT\n\n", piece: "00:01.000 --> 00:02.000\na\n\n", times: MaxCues + 1}
	_, err := Read(l, l.size(), "talk")
	if e, ok := err.(*Error); !ok || e.Key != TooMany || e.Line != 3*MaxCues+3 {
		t.Errorf("got %v", err)
	}
	l = long{piece: "{\"speaker\":\"a\",\"text\":\"b\"}\n", times: MaxCues + 1}
	r, err := Read(l, l.size(), "talk")
	if err != nil {
		t.Fatal(err)
	}
	var last error
	for _, err := range r.Turns() {
		last = err
	}
	if e, ok := last.(*Error); !ok || e.Key != TooMany || e.Line != MaxCues+1 {
		t.Errorf("got %v", last)
	}
}

// TestEnough holds that reading stops when nobody takes more.
func TestEnough(t *testing.T) {
	for name, l := range longFiles(1 << 20) {
		r, err := Read(l, l.size(), "talk")
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for range r.Turns() {
			if count++; count == 2 {
				break
			}
		}
		if count != 2 {
			t.Errorf("%s: %d turns", name, count)
		}
	}
}

// BenchmarkRead reads an hour of talk in each form: 1,200 cues.
func BenchmarkRead(b *testing.B) {
	for name, l := range longFiles(1) {
		l.times = 600
		b.Run(name, func(b *testing.B) { benchmark(b, l, l.size()) })
	}
	var body strings.Builder
	for i := range 600 {
		fmt.Fprintf(&body, "<w:p><w:r><w:t>Noor: Hoe is het met je?</w:t></w:r></w:p><w:p><w:r><w:t>Samir: Het gaat wel, denk ik %d.</w:t></w:r></w:p>", i)
	}
	data := wordFile(b, []byte(word(body.String())))
	b.Run("docx", func(b *testing.B) { benchmark(b, bytes.NewReader(data), int64(body.Len())) })
}

// BenchmarkLong reads WebVTT of 50 MB.
func BenchmarkLong(b *testing.B) {
	l := longFiles(50 << 20)["webvtt"]
	benchmark(b, l, l.size())
}

func benchmark(b *testing.B, f io.ReaderAt, size int64) {
	b.ReportAllocs()
	b.SetBytes(size)
	length := size
	if r, ok := f.(*bytes.Reader); ok {
		length = r.Size()
	}
	for b.Loop() {
		r, err := Read(f, length, "talk")
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range r.Turns() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
