package eachstore

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Found gives all that somebody finds of sealed things who has the place: with
// SQLite every file of it; with PostgreSQL every row, and the files in which
// keys lie. Other files of PostgreSQL keep sealed words for a while that no row
// has any more; their keys are gone.
func Found(t testing.TB, dir string) (all []byte) {
	t.Helper()
	if !Postgres() {
		return every(t, os.DirFS(dir))
	}
	db := raw(t, dir)
	defer func() { must(t, db.Close()) }()
	rows, err := db.QueryContext(t.Context(), `SELECT structure FROM entry UNION ALL SELECT words FROM entry WHERE words IS NOT NULL
		UNION ALL SELECT sealed FROM wrapped_key`)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var one []byte
		must(t, rows.Scan(&one))
		all = append(all, one...)
	}
	must(t, rows.Err())
	return append(all, keyFiles(t, dir)...)
}

// keyFiles reads the files in which the keys of a database lie.
func keyFiles(t testing.TB, dir string) (all []byte) {
	t.Helper()
	db := raw(t, dir)
	defer func() { must(t, db.Close()) }()
	_, err := db.ExecContext(t.Context(), `CHECKPOINT`)
	must(t, err)
	rows, err := db.QueryContext(t.Context(), `SELECT pg_relation_filepath(inhrelid) FROM pg_inherits WHERE inhparent = 'wrapped_key'::regclass`)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var path string
		must(t, rows.Scan(&path))
		content, err := os.ReadFile(filepath.Join(server.Dir, path))
		must(t, err)
		all = append(all, content...)
	}
	must(t, rows.Err())
	return all
}

// every reads all files.
func every(t testing.TB, files fs.FS) []byte {
	t.Helper()
	var all [][]byte
	must(t, fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		all = append(all, content)
		return err
	}))
	return slices.Concat(all...)
}
