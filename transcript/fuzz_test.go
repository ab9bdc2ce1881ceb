package transcript

import (
	"encoding/binary"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// checkAny reads any bytes and holds that what comes out is sound: an *Error,
// or turns with words in them, and the same ones each time.
func checkAny(t *testing.T, data []byte) {
	t.Helper()
	r, turns, err := all(data)
	if err != nil {
		var e *Error
		if !errors.As(err, &e) || e.Key == "" || e.Found == "" || e.Wants == "" || e.Line < 0 {
			t.Fatalf("%#v is no good error", err)
		}
	}
	for _, turn := range turns {
		if len(turn.Parts) == 0 || len(turn.Parts) > MaxTurnParts || turn.Line < 1 || turn.End < turn.Start || turn.Start < 0 {
			t.Fatalf("a turn of %d parts at line %d from %v to %v", len(turn.Parts), turn.Line, turn.Start, turn.End)
		}
		for _, s := range append(slices.Clone(turn.Parts), turn.Speaker) {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\n\r\t\x00") || s != strings.TrimSpace(s) {
				t.Fatalf("a text is not clean: %q", s)
			}
		}
		if slices.Contains(turn.Parts, "") || len(turn.Speaker) > MaxName {
			t.Fatalf("an empty part, or a name of %d bytes", len(turn.Speaker))
		}
	}
	if r == nil || err != nil {
		return
	}
	if len(turns) == 0 {
		t.Fatal("neither turns nor an error")
	}
	_, again, _ := all(data)
	if diff := cmp.Diff(turns, again); diff != "" {
		t.Fatalf("read again (-first +second):\n%s", diff)
	}
}

// addSamples gives the fuzzer the samples with some end of their names, but
// for the front that the target puts before each.
func addSamples(f *testing.F, end, front string) {
	for _, path := range samples(f) {
		if strings.HasSuffix(path, end) {
			data, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add([]byte(strings.TrimPrefix(string(data), front)))
		}
	}
}

// FuzzRead reads any bytes whatever.
func FuzzRead(f *testing.F) {
	for _, path := range samples(f) {
		f.Add(sample(f, path))
	}
	f.Add([]byte(utf16Of(twoLines, binary.BigEndian, true)))
	f.Add([]byte(utf16Of(twoLines, binary.LittleEndian, false)))
	f.Fuzz(checkAny)
}

// FuzzWebVTT reads what begins as WebVTT.
func FuzzWebVTT(f *testing.F) {
	addSamples(f, ".vtt", "WEBVTT")
	f.Fuzz(func(t *testing.T, data []byte) { checkAny(t, append([]byte("WEBVTT"), data...)) })
}

// FuzzSRT reads what begins as SRT.
func FuzzSRT(f *testing.F) {
	addSamples(f, ".srt", "")
	f.Fuzz(func(t *testing.T, data []byte) {
		checkAny(t, append([]byte("1\n00:00:00,000 --> 00:00:01,000\n"), data...))
	})
}

// FuzzWhisper reads what begins as the JSON of Whisper.
func FuzzWhisper(f *testing.F) {
	for _, s := range []string{
		`{"start":0,"end":1,"text":"Dag","speaker":"A"}]}`, `{"start":NaN,"end":-Infinity,"text":"Dag"},{"text":"a\ud800","words":[{"speaker":1}]}],"a":[[1]]}`,
		"\n{\"offsets\":{\"from\":1,\"to\":2.5},\"text\":\"a\"}\n, {\"start\":1e9,\"text\":null}]}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkAny(t, append([]byte(`{"segments":[`), data...)) })
}

// FuzzJSONLines reads what begins as the codebook's JSON Lines.
func FuzzJSONLines(f *testing.F) {
	addSamples(f, ".jsonl", "")
	f.Fuzz(func(t *testing.T, data []byte) {
		checkAny(t, append([]byte(`{"speaker":"Noor","text":"Dag"}`+"\n"), data...))
	})
}

// FuzzText reads typed text: two speakers and then anything.
func FuzzText(f *testing.F) {
	addSamples(f, ".txt", "")
	f.Fuzz(func(t *testing.T, data []byte) {
		checkAny(t, append([]byte("Noor: Dag.\nSamir: Dag.\nNoor: Ja.\n"), data...))
	})
}

// FuzzWord reads any XML as the text of a Word document.
func FuzzWord(f *testing.F) {
	addSamples(f, ".docx.xml", "")
	f.Fuzz(func(t *testing.T, data []byte) { checkAny(t, wordFile(t, data)) })
}

// FuzzArchive changes bytes of a Word file.
func FuzzArchive(f *testing.F) {
	f.Add(sample(f, "testdata/teams.docx.xml"))
	f.Fuzz(func(t *testing.T, data []byte) { checkAny(t, append([]byte("PK\x03\x04"), data...)) })
}
