package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"samenspel/backup"
	"samenspel/journal"
)

// scene is something during which the power is cut.
type scene struct {
	name string
	// do does it in the folder of a recording, and records it.
	do func(ctx context.Context, r *recording, chance *rand.Rand) (before *witness, err error)
	// look looks at what is left, beside what the witness does. It may finish
	// what was cut off.
	look func(ctx context.Context, folder string, heard []string) (result, error)
}

func scenes(p *program) []scene {
	return []scene{
		{"while eight write", recordWriting(""), nil},
		{"during backups", recordWriting("backups"), lookAtBackups},
		{"while the master key is changed", p.recordRotation, p.finishRotation},
		{"while old data is brought up", recordUpgrade, lookAtUpgrade},
	}
}

// power cuts the power during whatever the program does with its files: each
// is recorded once, and then the disk is made as it may be at many moments of
// it. See package disk for what may be lost.
func power(ctx context.Context, r *round) (result, error) {
	chance := rand.New(rand.NewPCG(r.seed, 2))
	p, err := buildProgram(ctx, r.dir)
	if err != nil {
		return result{}, err
	}
	var all result
	var told []string
	list := scenes(p)
	for _, s := range list {
		in := filepath.Join(r.dir, strings.ReplaceAll(s.name, " ", "-"))
		res, err := s.play(ctx, in, max(1, r.rounds/len(list)), chance, r.liar)
		if err != nil {
			return all, fmt.Errorf("%s: %w", s.name, err)
		}
		all.add(res)
		if res.bad() {
			all.more = s.name + ": " + res.more
			return all, nil
		}
		r.tell("power: %s: %s", s.name, res)
		told = append(told, fmt.Sprintf("%s %s", s.name, res.more))
		if err := os.RemoveAll(in); err != nil {
			return all, err
		}
	}
	all.more = "power cuts " + strings.Join(told, ", ")
	return all, nil
}

// play records a scene and cuts the power in it.
func (s scene) play(ctx context.Context, in string, cuts int, chance *rand.Rand, lies bool) (result, error) {
	rec, err := newRecording(in)
	if err != nil {
		return result{}, err
	}
	before, err := s.do(ctx, rec, chance)
	if err != nil {
		return result{}, err
	}
	var all result
	err = rec.cuts(cuts, chance, in, lies, func(folder string, w *witness, heard []string) error {
		w.adopt(before)
		var res result
		if s.look != nil {
			if res, err = s.look(ctx, folder, heard); err != nil {
				return gone(&all, fmt.Errorf("%w, with %s", err, listed(folder)), lies)
			}
		}
		left := listed(folder)
		seen, err := w.examine(ctx, filepath.Join(folder, "data"))
		if err != nil {
			return gone(&all, fmt.Errorf("%w, with %s", err, left), lies)
		}
		if seen.add(res); seen.bad() && !all.bad() {
			all.more = strings.TrimPrefix(fmt.Sprintf("%s, with %s", seen.more, left), ", ")
		}
		all.add(seen)
		return nil
	})
	if !all.bad() {
		all.more = thousands(cuts)
	}
	return all, err
}

// listed says which files there are, and how long they are.
func listed(folder string) string {
	var list []string
	filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil {
			list = append(list, fmt.Sprint(strings.TrimPrefix(path, folder+"/"), " ", info.Size()))
		}
		return err
	}) // it is only told
	return strings.Join(list, ", ")
}

// gone counts a folder that cannot be opened as something that is broken, where
// that is what was asked for.
func gone(all *result, err error, lies bool) error {
	if !lies {
		return err
	}
	all.broken++
	all.more = err.Error()
	return nil
}

// adopt takes over what another witness knows.
func (w *witness) adopt(before *witness) {
	if before == nil {
		return
	}
	for id, acked := range before.acked {
		w.acked[id] = acked
	}
}

// recordWriting lets eight write, and with a name of a folder backups be made
// meanwhile.
func recordWriting(backups string) func(context.Context, *recording, *rand.Rand) (*witness, error) {
	return func(ctx context.Context, r *recording, _ *rand.Rand) (*witness, error) {
		do := writing{Dir: filepath.Join(r.root, "data"), Alliances: newAlliances(eight), Most: 700}
		if backups != "" {
			do.Backups, do.Most = filepath.Join(r.root, backups), 250
		}
		return nil, r.record(ctx, "write", do)
	}
}

// lookAtBackups restores each backup that counts, and looks for each that was
// said to be made.
func lookAtBackups(ctx context.Context, folder string, heard []string) (res result, err error) {
	data, keys := filepath.Join(folder, "backups", "data"), filepath.Join(folder, "backups", "keys")
	records, err := filepath.Glob(filepath.Join(data, "*.json"))
	if err != nil {
		return res, err
	}
	whole := map[string]bool{}
	for _, path := range records {
		file := strings.TrimSuffix(path, ".json") + ".backup"
		master, err := journal.OpenMaster(keyIn(filepath.Join(folder, "data")))
		if err != nil {
			return res, err
		}
		r := backup.Restoration{From: file, Keys: keys, Master: master, Place: placeOf("")}
		if _, err := r.Verify(ctx, folder); err != nil {
			return res, fmt.Errorf("a backup with a record: %w", err)
		}
		whole[filepath.Base(file)] = true
	}
	for _, line := range heard {
		if file, ok := strings.CutPrefix(line, "backup "); ok {
			if res.of++; !whole[file] {
				res.lost++
				res.more = file + " was said to be made"
			}
		}
	}
	return res, nil
}

// oldest is the version of the data that is brought up while the power is cut.
const oldest = 2

func recordUpgrade(ctx context.Context, r *recording, _ *rand.Rand) (*witness, error) {
	dir := filepath.Join(r.root, "data")
	if _, err := oldFolder(ctx, dir, oldest); err != nil {
		return nil, err
	}
	return nil, r.record(ctx, "open", opening{dir})
}

// lookAtUpgrade looks for what stood in the old database.
func lookAtUpgrade(ctx context.Context, folder string, _ []string) (result, error) {
	again := filepath.Join(folder, "as-it-was")
	o, err := oldFolder(ctx, again, oldest)
	if err != nil {
		return result{}, err
	}
	return o.examine(ctx, filepath.Join(folder, "data"))
}

// recordRotation changes the master key of a folder with the real program.
func (p *program) recordRotation(ctx context.Context, r *recording, _ *rand.Rand) (*witness, error) {
	before, err := fill(ctx, filepath.Join(r.root, "data"), 300)
	if err != nil {
		return nil, err
	}
	return before, r.record(ctx, "rotate", []string{p.path, "key", "rotate", "--data", filepath.Join(r.root, "data")})
}

// finishRotation goes on with a change that was cut off, as somebody does who
// starts the command again. What is said with a fault is said by the program.
func (p *program) finishRotation(ctx context.Context, folder string, _ []string) (result, error) {
	data := filepath.Join(folder, "data")
	if _, err := os.Lstat(keyIn(data) + ".new"); errors.Is(err, fs.ErrNotExist) {
		return result{}, nil // it had not begun, or is done
	}
	out, err := exec.CommandContext(ctx, p.path, "key", "rotate", "--data", data).CombinedOutput()
	if err != nil {
		return result{}, fmt.Errorf("going on: %w\n%s", err, out)
	}
	return result{}, nil
}

// fill writes so many things into a new folder by a child, and gives the
// witness of it.
func fill(ctx context.Context, dir string, many int) (*witness, error) {
	w := newWitness()
	c, err := startChild(ctx, "write", writing{Dir: dir, Alliances: newAlliances(eight), Most: many})
	if err != nil {
		return nil, err
	}
	w.listen(c.lines, func(string, bool) bool { return true })
	return w, c.ended()
}
