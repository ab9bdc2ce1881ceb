package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"samenspel/accesslog"
	"samenspel/journal"
	"samenspel/sqlite"
)

//go:embed testdata/*.tar.gz
var olds embed.FS

// upgrade opens a database of every version of the schema that there was, with
// the program of now: as it is, and after its start was killed so many times.
// Those that a program of then left are in testdata; the versions in between
// are made out of them by the migrations.
func upgrade(ctx context.Context, r *round) (result, error) {
	chance := rand.New(rand.NewPCG(r.seed, 5))
	var all result
	versions, err := allVersions()
	if err != nil {
		return all, err
	}
	kills := 0
	for _, version := range versions {
		dir := filepath.Join(r.dir, fmt.Sprint(version))
		o, err := oldFolder(ctx, dir, version)
		if err != nil {
			return all, fmt.Errorf("version %d: %w", version, err)
		}
		if r.liar {
			o.entries["an entry that was never there"] = true
		}
		for range r.rounds {
			if err := killedStart(ctx, dir, chance); err != nil {
				return all, fmt.Errorf("version %d, killed: %w", version, err)
			}
			kills++
		}
		res, err := o.examine(ctx, dir)
		if err != nil {
			return all, fmt.Errorf("version %d: %w", version, err)
		}
		all.add(res)
		if res.bad() {
			all.more = fmt.Sprintf("version %d: %s", version, res.more)
			return all, nil
		}
	}
	all.more = fmt.Sprintf("%d versions of the data, %s starts killed", len(versions), thousands(kills))
	return all, nil
}

// killedStart opens a folder in a child that is killed at some moment.
func killedStart(ctx context.Context, dir string, chance *rand.Rand) error {
	c, err := startChild(ctx, "open", opening{dir})
	if err != nil {
		return err
	}
	time.AfterFunc(time.Duration(chance.IntN(80))*time.Millisecond, func() { c.cmd.Process.Kill() })
	for c.lines.Scan() {
		continue
	}
	return c.killed()
}

// opening says to a child which folder to open and close.
type opening struct{ Dir string }

func openAsTold(ctx context.Context, told io.Reader) error {
	o, err := asTold[opening](told)
	if err != nil {
		return err
	}
	p, err := openPlace(ctx, o.Dir, time.Now())
	if err != nil {
		return err
	}
	return p.close()
}

// old is what a folder held before it was brought up.
type old struct{ entries map[string]bool }

// oldFolder makes a folder of a version.
func oldFolder(ctx context.Context, dir string, version int64) (*old, error) {
	name, is, err := olderThan(version)
	if err != nil {
		return nil, err
	}
	if err := unpack(name, dir); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
	if err != nil {
		return nil, err
	}
	if is < version {
		var p *goose.Provider
		if p, err = provider(db); err == nil {
			_, err = p.UpTo(ctx, version)
		}
	}
	o := &old{}
	if err == nil {
		o.entries, err = entriesOf(ctx, db)
	}
	return o, errors.Join(err, db.Close())
}

// examine opens the folder with the program of now, and looks for each entry
// with its place in the chain.
func (o *old) examine(ctx context.Context, dir string) (result, error) {
	res := result{of: len(o.entries)}
	p, err := openPlace(ctx, dir, time.Now())
	if err != nil {
		return res, err
	}
	_, err = p.log.Verify(ctx, func(f journal.Finding) { res.broken++; res.more = f.Error() })
	if err == nil {
		_, err = p.access.Verify(ctx, func(f accesslog.Finding) { res.broken++; res.more = f.Error() })
	}
	if err = errors.Join(err, p.close()); err != nil {
		return res, err
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
	if err != nil {
		return res, err
	}
	now, err := entriesOf(ctx, db)
	for entry := range o.entries {
		if !now[entry] {
			res.lost++
			res.more = "an entry is gone"
		}
	}
	return res, errors.Join(err, db.Close())
}

// entriesOf names each entry of the log with its place in the chain.
func entriesOf(ctx context.Context, db *sql.DB) (map[string]bool, error) {
	rows, err := db.QueryContext(ctx, `SELECT alliance, seq, kind, command, hex(structure), hex(words), hex(chain) FROM entry`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	entries := map[string]bool{}
	for rows.Next() {
		var parts [7]sql.NullString
		if err := rows.Scan(&parts[0], &parts[1], &parts[2], &parts[3], &parts[4], &parts[5], &parts[6]); err != nil {
			return nil, err
		}
		entries[fmt.Sprint(parts)] = true
	}
	return entries, rows.Err()
}

// olderThan gives the newest folder of testdata that is not newer than a
// version.
func olderThan(version int64) (name string, is int64, err error) {
	names, err := fs.Glob(olds, "testdata/*.tar.gz")
	for _, n := range names { // sorted
		var v int64
		if _, err := fmt.Sscanf(filepath.Base(n), "data-%d.tar.gz", &v); err == nil && v <= version {
			name, is = n, v
		}
	}
	if err == nil && name == "" {
		err = fmt.Errorf("no old folder of version %d or before", version)
	}
	return name, is, err
}

func unpack(name, dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	text, err := olds.ReadFile(name)
	if err != nil {
		return err
	}
	plain, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return err
	}
	for files := tar.NewReader(plain); ; {
		h, err := files.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var file bytes.Buffer
		if _, err = io.Copy(&file, files); err == nil {
			err = os.WriteFile(filepath.Join(dir, filepath.Base(h.Name)), file.Bytes(), 0o600)
		}
		if err != nil {
			return err
		}
	}
}

// migrations are those of this source: the command runs inside it.
func migrations() (string, error) {
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "samenspel/sqlite").Output()
	return filepath.Join(strings.TrimSpace(string(out)), "migrations"), err
}

func provider(db *sql.DB) (*goose.Provider, error) {
	dir, err := migrations()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectSQLite3, db, os.DirFS(dir), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
}

// allVersions gives the versions of the schema from the first that anything was
// kept of.
func allVersions() (versions []int64, err error) {
	dir, err := migrations()
	if err != nil {
		return nil, err
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	for _, name := range names {
		var v int64
		if _, err := fmt.Sscanf(filepath.Base(name), "%d_", &v); err == nil && v >= 2 {
			versions = append(versions, v)
		}
	}
	if err == nil && len(versions) == 0 {
		err = errors.New("no migrations; run this inside the source")
	}
	return versions, err
}
