package backup

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"samenspel/journal"
)

// Record says that a backup was made, restored and verified. It is signed with
// the master key. Of the log it holds where every alliance stood, so that it
// also shows whether a database was put back to an earlier state.
type Record struct {
	Format  int       `json:"format"`
	Moment  time.Time `json:"moment"` // what was kept before it is in the backup
	Program string    `json:"program"`
	Schema  int64     `json:"schema"`
	Data    Written   `json:"data"`
	Keys    Written   `json:"keys"`

	Tables    map[string]int64 `json:"tables"` // how many rows
	Alliances int64            `json:"alliances"`
	Entries   int64            `json:"entries"`
	Heads     string           `json:"heads"`    // SHA-256 over where the alliances stood
	Standing  []byte           `json:"standing"` // the same, to compare with, sealed
	Verified  time.Time        `json:"verified"`

	Mark string `json:"mark"` // over all the above, under the master key
}

// Written is a file of a backup.
type Written struct {
	File   string `json:"file"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

const (
	recordPurpose   = "backup record"
	standingPurpose = "backup standing"
	maxRecord       = 32 << 20
	chainKept       = 16 // bytes of a chain value in a record: enough to tell one from another
	headKept        = 16 + chainKept
)

// sign puts the mark on a record.
func (r *Record) sign(master *journal.Master) error {
	text, err := r.unmarked()
	if err != nil {
		return err
	}
	mark, err := master.Stamp(recordPurpose, text)
	r.Mark = hex.EncodeToString(mark)
	return err
}

func (r Record) unmarked() ([]byte, error) {
	r.Mark = ""
	return json.Marshal(r)
}

// ReadRecord reads a record and checks its mark. It gives ErrForeign,
// ErrNewer, or ErrDamaged when it is not as it was written under this key.
func ReadRecord(path string, master *journal.Master) (Record, error) {
	r, err := Peek(path)
	if err != nil {
		return r, err
	}
	text, err := r.unmarked()
	if err != nil {
		return r, err
	}
	mark, err := hex.DecodeString(r.Mark)
	if err != nil || !master.Stamped(recordPurpose, text, mark) {
		return r, damaged("the record %s was changed, or is of another master key", filepath.Base(path))
	}
	return r, nil
}

// Peek reads a record without its key: what it says was not checked.
func Peek(path string) (r Record, err error) {
	f, err := os.Open(path)
	if err != nil {
		return r, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxRecord+1))
	switch {
	case err != nil:
		return r, err
	case len(text) > maxRecord || json.Unmarshal(text, &r) != nil || r.Format < 1:
		return r, ErrForeign
	case r.Format > formatNow:
		return r, ErrNewer
	}
	return r, nil
}

// stand puts in the record where the alliances stood.
func (r *Record) stand(master *journal.Master, heads []journal.Head) (err error) {
	r.Heads = digest(heads)
	r.Standing, err = master.Seal(standingPurpose, standing(heads))
	return err
}

// Stood gives where the alliances stood: number, sequence number and the
// beginning of the chain value of each.
func (r Record) Stood(master *journal.Master) ([]journal.Head, error) {
	text, err := master.Open(standingPurpose, r.Standing)
	if err != nil || len(text)%headKept != 0 {
		return nil, damaged("where the alliances stood")
	}
	var heads []journal.Head
	for ; len(text) > 0; text = text[headKept:] {
		heads = append(heads, journal.Head{
			Number: int64(binary.BigEndian.Uint64(text)),
			Seq:    int64(binary.BigEndian.Uint64(text[8:])),
			Chain:  text[16:headKept:headKept],
		})
	}
	return heads, nil
}

func standing(heads []journal.Head) []byte {
	text := []byte{}
	for _, h := range heads {
		text = binary.BigEndian.AppendUint64(text, uint64(h.Number))
		text = binary.BigEndian.AppendUint64(text, uint64(h.Seq))
		var chain [chainKept]byte
		copy(chain[:], h.Chain)
		text = append(text, chain[:]...)
	}
	return text
}

// digest is one value for where all alliances stand.
func digest(heads []journal.Head) string {
	sum := sha256.New()
	for _, h := range heads {
		fmt.Fprintf(sum, "%d %d %x\n", h.Number, h.Seq, h.Chain)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// writeJSON writes a file, whole or not at all.
func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path+unfinished, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path+unfinished))
	}
	if err := os.Rename(path+unfinished, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}
