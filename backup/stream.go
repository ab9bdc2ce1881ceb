package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"math"
	"unicode/utf8"
)

// What stands in a file, once it is opened, is a row of things: a header, then
// tables with the rows of each behind it, then the end. Each begins with a sign.
const (
	signHeader = 'H'
	signTable  = 'T'
	signRow    = 'R'
	signEnd    = 'E'

	valueNull  = 0
	valueInt   = 1
	valueFloat = 2
	valueText  = 3
	valueBytes = 4
)

// What is read is bounded, also when it was sealed with the right key.
const (
	maxJSON    = 1 << 20
	maxName    = 128
	maxColumns = 256
	maxTables  = 512
	maxValue   = 64 << 20
)

// writer writes the things of a file.
type writer struct {
	to    io.Writer
	end   End
	table string // that rows are written of
	count Count
	hash  hash.Hash
	thing []byte
}

func newWriter(to io.Writer, h Header) (*writer, error) {
	w := &writer{to: to, hash: sha256.New(), end: End{Tables: map[string]Count{}}}
	return w, w.json(signHeader, h)
}

func (w *writer) json(sign byte, v any) error {
	text, err := json.Marshal(v)
	if err == nil && len(text) > maxJSON {
		err = fmt.Errorf("%c is %d bytes long", sign, len(text))
	}
	if err != nil {
		return fmt.Errorf("write a backup: %w", err)
	}
	w.thing = appendBytes(append(w.thing[:0], sign), text)
	return w.write()
}

func (w *writer) write() error {
	_, err := w.to.Write(w.thing)
	return err
}

func appendBytes[T string | []byte](to []byte, b T) []byte {
	return append(binary.AppendUvarint(to, uint64(len(b))), b...)
}

// begin begins a table.
func (w *writer) begin(t Table) error {
	w.close()
	if len(t.Name) > maxName || len(t.Columns) > maxColumns || len(w.end.Tables) >= maxTables {
		return fmt.Errorf("write a backup: the table %q is too large for it", t.Name)
	}
	w.table, w.count = t.Name, Count{}
	w.hash.Reset()
	w.thing = appendBytes(append(w.thing[:0], signTable), t.Name)
	w.thing = binary.AppendUvarint(w.thing, uint64(len(t.Columns)))
	for _, c := range t.Columns {
		if len(c) > maxName {
			return fmt.Errorf("write a backup: the column %q has too long a name", c)
		}
		w.thing = appendBytes(w.thing, c)
	}
	w.hash.Write(w.thing)
	return w.write()
}

// row writes a row of the table that was begun.
func (w *writer) row(values []any) (err error) {
	if w.thing, err = appendRow(append(w.thing[:0], signRow), values); err != nil {
		return fmt.Errorf("write a backup: table %s: %w", w.table, err)
	}
	w.count.Rows++
	w.hash.Write(w.thing)
	return w.write()
}

func appendRow(to []byte, values []any) ([]byte, error) {
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			to = append(to, valueNull)
		case int64:
			to = binary.AppendVarint(append(to, valueInt), v)
		case float64:
			to = binary.BigEndian.AppendUint64(append(to, valueFloat), math.Float64bits(v))
		case string:
			to = appendBytes(append(to, valueText), v)
		case []byte:
			to = appendBytes(append(to, valueBytes), v)
		default:
			return nil, fmt.Errorf("a value of type %T", v)
		}
		if len(to) > maxValue {
			return nil, fmt.Errorf("a row of more than %d bytes", maxValue)
		}
	}
	return to, nil
}

// close ends the table that was begun.
func (w *writer) close() {
	if w.table != "" {
		w.count.SHA256 = hex.EncodeToString(w.hash.Sum(nil))
		w.end.Tables[w.table] = w.count
	}
	w.table = ""
}

// finish writes the end and gives it.
func (w *writer) finish(heads string) (End, error) {
	w.close()
	w.end.Heads = heads
	return w.end, w.json(signEnd, w.end)
}

// reader reads the things of a file.
type reader struct {
	from   *bufio.Reader
	header Header
	end    End
	seen   map[string]Count
}

// errShape says that the things of a file are not as a writer writes them.
var errShape = damaged("what stands in it")

func newReader(from io.Reader, part Part) (*reader, error) {
	r := &reader{from: bufio.NewReaderSize(from, chunkSize), seen: map[string]Count{}}
	sign, err := r.from.ReadByte()
	if err != nil {
		return nil, cutOr(err, errShape)
	}
	if sign != signHeader {
		return nil, errShape
	}
	if err := r.json(&r.header); err != nil {
		return nil, err
	}
	if r.header.Part != part || r.header.Schema < 1 || r.header.Moment.IsZero() {
		return nil, errShape
	}
	return r, nil
}

// take is what a reader gives its rows to.
type take func(t Table, add func(row func([]any) error) error) error

// tables gives each table to take, which has to ask for all its rows, and ends
// behind the end. Only then the file is known to be whole.
func (r *reader) tables(take take) error {
	for {
		sign, err := r.from.ReadByte()
		switch {
		case err != nil:
			return cutOr(err, errShape)
		case sign == signEnd:
			return r.finish()
		case sign != signTable:
			return errShape
		}
		if err := r.table(take); err != nil {
			return err
		}
	}
}

func (r *reader) table(take take) error {
	t, err := r.begin()
	if err != nil {
		return err
	}
	if _, twice := r.seen[t.Name]; twice || len(r.seen) >= maxTables {
		return errShape
	}
	again, err := newWriter(io.Discard, r.header)
	if err == nil {
		err = again.begin(t)
	}
	if err != nil {
		return err
	}
	asked := false
	err = take(t, func(row func([]any) error) error {
		asked = true
		return r.rows(len(t.Columns), func(values []any) error {
			if err := again.row(values); err != nil {
				return err
			}
			return row(values)
		})
	})
	if err == nil && !asked {
		err = fmt.Errorf("read a backup: nobody asked for the rows of %s", t.Name)
	}
	again.close()
	r.seen[t.Name] = again.end.Tables[t.Name]
	return err
}

func (r *reader) begin() (t Table, err error) {
	if t.Name, err = r.name(); err != nil {
		return t, err
	}
	n, err := r.number(maxColumns)
	if err != nil || n == 0 {
		return t, errors.Join(errShape, err)
	}
	for range n {
		c, err := r.name()
		if err != nil {
			return t, err
		}
		t.Columns = append(t.Columns, c)
	}
	return t, nil
}

// rows gives the rows up to the next thing that is none.
func (r *reader) rows(columns int, row func([]any) error) error {
	values := make([]any, columns)
	for {
		next, err := r.from.Peek(1)
		if err != nil {
			return cutOr(err, errShape)
		}
		if next[0] != signRow {
			return nil
		}
		if _, err := r.from.Discard(1); err != nil {
			return err
		}
		for i := range values {
			if values[i], err = r.value(); err != nil {
				return err
			}
		}
		if err := row(values); err != nil {
			return err
		}
	}
}

func (r *reader) value() (any, error) {
	kind, err := r.from.ReadByte()
	if err != nil {
		return nil, cutOr(err, errShape)
	}
	switch kind {
	case valueNull:
		return nil, nil
	case valueInt:
		n, err := binary.ReadVarint(r.from)
		if err != nil {
			return nil, errShape
		}
		return n, nil
	case valueFloat:
		var b [8]byte
		if _, err := io.ReadFull(r.from, b[:]); err != nil {
			return nil, cutOr(err, errShape)
		}
		return math.Float64frombits(binary.BigEndian.Uint64(b[:])), nil
	case valueText:
		b, err := r.bytes(maxValue)
		return string(b), err
	case valueBytes:
		return r.bytes(maxValue)
	}
	return nil, errShape
}

func (r *reader) number(most uint64) (uint64, error) {
	n, err := binary.ReadUvarint(r.from)
	if err != nil || n > most {
		return 0, errShape
	}
	return n, nil
}

// bytes reads bytes with their number before them. What is not there takes no
// memory.
func (r *reader) bytes(most uint64) ([]byte, error) {
	n, err := r.number(most)
	if err != nil {
		return nil, err
	}
	if n <= chunkSize {
		b := make([]byte, n)
		_, err := io.ReadFull(r.from, b)
		return b, cutOr(err, errShape)
	}
	var b bytes.Buffer
	_, err = io.CopyN(&b, r.from, int64(n))
	return b.Bytes(), cutOr(err, errShape)
}

func (r *reader) name() (string, error) {
	b, err := r.bytes(maxName)
	if err == nil && (len(b) == 0 || !utf8.Valid(b)) {
		err = errShape
	}
	return string(b), err
}

func (r *reader) json(into any) error {
	text, err := r.bytes(maxJSON)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return errShape
	}
	return nil
}

// finish reads the end and holds it against what came before it.
func (r *reader) finish() error {
	if err := r.json(&r.end); err != nil {
		return err
	}
	if _, err := r.from.ReadByte(); !errors.Is(err, io.EOF) {
		return errors.Join(errShape, err)
	}
	if !maps.Equal(r.end.Tables, r.seen) {
		return damaged("it does not hold what its end says")
	}
	return nil
}
