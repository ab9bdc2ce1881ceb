package backup

import (
	"bytes"
	"errors"
	"io"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samenspel/journal"
)

var header = Header{Part: Data, Schema: 18, Program: "test", Moment: time.Date(2026, 11, 26, 10, 0, 0, 5, time.UTC)}

// sample is a table with a value of each kind.
var sample = []struct {
	Table
	rows [][]any
}{
	{Table{"empty", []string{"one"}}, nil},
	{Table{"values", []string{"a", "b"}}, [][]any{
		{nil, int64(0)},
		{int64(math.MinInt64), int64(math.MaxInt64)},
		{math.Inf(-1), 0.1},
		{"", "words é 漢"},
		{[]byte{}, []byte{0, 1, 255}},
	}},
	{Table{"large", []string{"a", "b"}}, [][]any{{strings.Repeat("long ", 50_000), bytes.Repeat([]byte{7}, 70_000)}}},
}

// written is tables of the sample as a stream.
func written(t testing.TB, to io.Writer, tables int) End {
	t.Helper()
	w, err := newWriter(to, header)
	for _, s := range sample[:tables] {
		err = errors.Join(err, w.begin(s.Table))
		for _, row := range s.rows {
			err = errors.Join(err, w.row(row))
		}
	}
	end, more := w.finish("heads")
	if err := errors.Join(err, more); err != nil {
		t.Fatal(err)
	}
	return end
}

// read gives all that is in a stream, or an error.
func read(from io.Reader) (all map[string][][]any, r *reader, err error) {
	all = map[string][][]any{}
	if r, err = newReader(from, Data); err != nil {
		return nil, nil, err
	}
	err = r.tables(func(t Table, add func(row func([]any) error) error) error {
		return add(func(row []any) error {
			all[t.Name] = append(all[t.Name], slices.Clone(row))
			return nil
		})
	})
	return all, r, err
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	var b bytes.Buffer
	end := written(t, &b, 3)
	all, r, err := read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]any{header, end, sample[1].rows, sample[2].rows}, []any{r.header, r.end, all["values"], all["large"]}); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
	if end.Tables["values"].Rows != 5 || end.Tables["empty"].Rows != 0 || len(end.Tables) != 3 {
		t.Errorf("the end says %v", end.Tables)
	}
}

func TestWhatAFileCannotHold(t *testing.T) {
	w, err := newWriter(io.Discard, header)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.begin(Table{"t", []string{"a"}}); err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string]any{"a time": time.Now(), "a whole number of another size": 7, "too much": make([]byte, maxValue+1)} {
		if err := w.row([]any{v}); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	if err := w.begin(Table{strings.Repeat("n", maxName+1), nil}); err == nil {
		t.Error("a name that is too long was written")
	}
}

func TestNobodyMayLeaveRowsUnread(t *testing.T) {
	var b bytes.Buffer
	written(t, &b, 3)
	r, err := newReader(&b, Data)
	if err != nil {
		t.Fatal(err)
	}
	err = r.tables(func(Table, func(row func([]any) error) error) error { return nil })
	if err == nil {
		t.Error("nobody asked for the rows, and that was fine")
	}
}

// FuzzRead reads any bytes as what stands in a file. What is taken holds what
// its end says.
func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	written(f, &b, 2)
	whole := b.Bytes()
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("H\x02{}"))
	f.Add(slices.Concat(whole[:120], []byte("R\x04\xff\xff\xff\xff\x0f"))) // says that 4 GB follow
	f.Fuzz(func(t *testing.T, text []byte) {
		all, r, err := read(bytes.NewReader(text))
		if err != nil {
			return
		}
		rows := int64(0)
		for _, table := range all {
			rows += int64(len(table))
		}
		for _, count := range r.end.Tables {
			rows -= count.Rows
		}
		if rows != 0 {
			t.Errorf("%d rows more than the end says", rows)
		}
	})
}

// FuzzOpen opens any bytes as a file.
func FuzzOpen(f *testing.F) {
	master, err := journal.MakeMaster(filepath.Join(f.TempDir(), "master.key"))
	if err != nil {
		f.Fatal(err)
	}
	var b bytes.Buffer
	s, err := newSealer(&b, master, Data)
	if err != nil {
		f.Fatal(err)
	}
	written(f, s, 2)
	if err := s.finish(); err != nil {
		f.Fatal(err)
	}
	whole := bytes.Clone(b.Bytes())
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add([]byte(magic + "\x01\x01\x00\x3c"))
	f.Add([]byte(magic + "\x63\x01\x00\x3c"))
	f.Fuzz(func(t *testing.T, text []byte) {
		o, err := newOpener(bytes.NewReader(text), master, Data)
		if err == nil {
			_, _, err = read(o)
		}
		if err == nil && !bytes.Equal(text, whole) {
			t.Error("something else than was written is taken for it")
		}
	})
}
