package backup

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Note says which backup of a data folder was the last that was verified, and
// where it went. It is for whoever looks after the machine, and not signed.
type Note struct {
	Moment   time.Time `json:"moment"`
	Verified time.Time `json:"verified"`
	Record   string    `json:"record"`
	Data     string    `json:"data"` // folder
	Keys     string    `json:"keys"` // folder
}

// ReadNote reads a note. The error is fs.ErrNotExist when no backup was ever
// made.
func ReadNote(path string) (n Note, err error) {
	f, err := os.Open(path)
	if err != nil {
		return n, err
	}
	defer f.Close()
	if err := json.NewDecoder(io.LimitReader(f, 64<<10)).Decode(&n); err != nil || n.Moment.IsZero() {
		return Note{}, ErrForeign
	}
	return n, nil
}

// note writes where the record's backup went.
func (r Record) note(path, data, keys string) error {
	data, err := filepath.Abs(data)
	keys, more := filepath.Abs(keys)
	if err := errors.Join(err, more); err != nil {
		return err
	}
	record := filepath.Join(data, r.Data.File[:len(r.Data.File)-len(dataEnding)]+recordEnding)
	return writeJSON(path, Note{r.Moment, r.Verified, record, data, keys})
}
