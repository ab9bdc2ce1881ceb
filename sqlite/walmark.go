package sqlite

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"

	"samenspel/journal"
)

// SQLite takes a WAL in which a byte was changed, or of which the end is gone,
// for one that ends there: that is how it gets rid of what a power cut left
// half written. What comes behind is gone, and nobody is told. So after each
// commit the writer notes beside the database how far the WAL went, and Open
// holds the WAL against it.
//
// The note is not synced, so it costs next to nothing, and after a power cut it
// may be an earlier one. It never says more than what was synced before it, and
// it is emptied, and that is synced, before the WAL is.

const markEnding = "-mark"

// mark is the header of SQLite's index of the WAL (WalIndexHdr), as it stands
// at the beginning of -shm after a commit, in the order of this machine.
type mark [48]byte

func (m *mark) frames() int  { return int(binary.NativeEndian.Uint32(m[16:])) }
func (m *mark) salt() []byte { return m[32:40] } // as it stands in the WAL

// valid reports whether a mark says anything.
func (m *mark) valid() bool {
	var sum walSum
	sum.add(binary.NativeEndian, m[:40])
	return m[12] == 1 && sum[0] == binary.NativeEndian.Uint32(m[40:]) && sum[1] == binary.NativeEndian.Uint32(m[44:])
}

// walMarks notes how far the WAL went.
type walMarks struct {
	note, index *os.File

	mu sync.Mutex // nobody empties the WAL between a look at it and the note
}

// openMarks begins with an empty note, which is on the disk when it returns.
func openMarks(path string) (*walMarks, error) {
	note, err := os.OpenFile(path+markEnding, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	m := &walMarks{note: note}
	if err := m.empty(); err != nil {
		return nil, errors.Join(err, note.Close())
	}
	if m.index, err = os.Open(path + "-shm"); err != nil {
		return nil, errors.Join(err, note.Close())
	}
	return m, nil
}

// empty says that nothing in the WAL is needed any more, or not for long.
func (m *walMarks) empty() error {
	if m == nil {
		return nil
	}
	_, err := m.note.WriteAt(make([]byte, len(mark{})), 0)
	return errors.Join(err, m.note.Sync())
}

// end empties the note before SQLite takes the WAL away. Where the disk fails it
// takes away the note itself: none says nothing, too.
func (m *walMarks) end() error {
	err := m.empty()
	if err != nil {
		err = errors.Join(err, os.Remove(m.note.Name()))
	}
	return err
}

// put notes where the WAL stands. One that cannot be written says less, and
// nothing that is wrong.
func (m *walMarks) put() {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var one, two mark
	if _, err := m.index.ReadAt(one[:], 0); err != nil {
		return
	}
	if _, err := m.index.ReadAt(two[:], int64(len(one))); err != nil || one != two || !one.valid() {
		return // not at rest, which cannot be after a commit of the only writer
	}
	_, _ = m.note.WriteAt(one[:], 0)
}

// emptyWAL moves all that stands in the WAL to the database and empties it. It
// reports whether somebody who still reads was in the way. Nothing else may
// empty the WAL while the database is open.
func (db *DB) emptyWAL(ctx context.Context) (busy bool, err error) {
	if db.marks != nil {
		db.marks.mu.Lock()
		defer db.marks.mu.Unlock()
	}
	if err := db.marks.empty(); err != nil {
		return false, fmt.Errorf("empty the WAL: %w", err)
	}
	var pages, copied int
	err = db.writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &copied)
	if err != nil {
		return false, fmt.Errorf("empty the WAL: %w", db.failed(err))
	}
	return busy, nil
}

func (m *walMarks) close() error {
	if m == nil {
		return nil
	}
	return errors.Join(m.note.Close(), m.index.Close())
}

// wholeWAL gives journal.ErrDamaged when the WAL of a database does not go as
// far as was noted, or is not as it was written up to there.
func wholeWAL(path string) error {
	var m mark
	note, err := os.ReadFile(path + markEnding)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if len(note) != len(m) {
		return nil
	}
	if m = mark(note); !m.valid() || m.frames() == 0 {
		return nil
	}
	wal, err := os.Open(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: the WAL is gone", journal.ErrDamaged)
	}
	if err != nil {
		return err
	}
	defer wal.Close() // it was only read
	return m.holds(wal)
}

// walSum is the checksum of a WAL up to some place.
type walSum [2]uint32

func (s *walSum) add(order binary.ByteOrder, text []byte) {
	for ; len(text) >= 8; text = text[8:] {
		s[0] += order.Uint32(text) + s[1]
		s[1] += order.Uint32(text[4:]) + s[0]
	}
}

// stands reports whether the sum is the one that is written somewhere.
func (s *walSum) stands(text []byte) bool {
	return s[0] == binary.BigEndian.Uint32(text) && s[1] == binary.BigEndian.Uint32(text[4:])
}

// The layout of a WAL: https://www.sqlite.org/fileformat2.html#walformat
const (
	walHeader   = 32
	frameHeader = 24
)

// holds goes through a WAL as far as the mark says.
func (m *mark) holds(wal io.Reader) error {
	var head [walHeader]byte
	if _, err := io.ReadFull(wal, head[:]); err != nil {
		return cutOff(err)
	}
	var order binary.ByteOrder = binary.LittleEndian
	if head[3]&1 == 1 {
		order = binary.BigEndian
	}
	var sum walSum
	sum.add(order, head[:24])
	if !sum.stands(head[24:]) {
		return fmt.Errorf("%w: the beginning of the WAL", journal.ErrDamaged)
	}
	if salt := head[16:24]; !bytes.Equal(salt, m.salt()) {
		// The WAL was begun anew since: each time the first salt is one higher.
		if int32(binary.BigEndian.Uint32(salt)-binary.BigEndian.Uint32(m.salt())) > 0 {
			return nil
		}
		return fmt.Errorf("%w: the WAL is an earlier one", journal.ErrDamaged)
	}
	frame := make([]byte, frameHeader+int(binary.BigEndian.Uint32(head[8:])))
	for n := range m.frames() {
		if _, err := io.ReadFull(wal, frame); err != nil {
			return cutOff(err)
		}
		sum.add(order, frame[:8])
		sum.add(order, frame[frameHeader:])
		if !bytes.Equal(frame[8:16], m.salt()) || !sum.stands(frame[16:]) {
			return fmt.Errorf("%w: frame %d of the WAL", journal.ErrDamaged, n+1)
		}
	}
	return nil
}

func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: the WAL was cut short", journal.ErrDamaged)
	}
	return err
}
