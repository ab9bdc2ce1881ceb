package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// put writes to a file, or to out where none is named. A file is there whole or
// as it was before: what is written stands beside it until it is done. It holds
// what people said, so that nobody else can read it.
func put(path string, out io.Writer, write func(io.Writer) error) error {
	if path == "" {
		return write(out)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".samenspel-*")
	if err != nil {
		return fmt.Errorf("cannot write beside %s: %w", filepath.Base(path), errors.Unwrap(err))
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
