package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"samenspel"
	"samenspel/journal"
)

// notKept is what the program says to somebody when there is no room.
const notKept = "Er is nu geen ruimte om te bewaren."

// full takes away the room on a small disk, of 8 MiB and what is kept in these
// rounds, under the real program, in steps, at
// a random place: until somebody is told that nothing can be kept. Then it
// looks whether reading goes on, tries a backup, which may not count, gives the
// room back, and looks whether writing goes on without a restart.
func full(ctx context.Context, r *round) (res result, err error) {
	disk := filepath.Join(r.dir, "small")
	if err := os.Mkdir(disk, 0o700); err != nil {
		return res, err
	}
	if out, err := exec.CommandContext(ctx, "mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", 8+r.rounds), "tmpfs", disk).CombinedOutput(); err != nil {
		return res, fmt.Errorf("%w: %s", errNoMount, out)
	}
	defer func() { err = errors.Join(err, exec.Command("umount", disk).Run()) }()
	p, err := buildProgram(ctx)
	if err != nil {
		return res, err
	}
	s, err := p.demo(ctx, filepath.Join(disk, "data"))
	if err != nil {
		return res, err
	}
	f := filling{round: r, chance: rand.New(rand.NewPCG(r.seed, 6)), disk: disk, w: newWitness()}
	if f.nadia, err = visit(ctx, s.links["vrager"]); err == nil {
		err = f.all(ctx)
	}
	if err = errors.Join(err, s.stop()); err != nil {
		return res, fmt.Errorf("%w\n%s", err, s.said)
	}
	// The small disk may be full of what was kept by now, and opening takes room.
	copied := filepath.Join(r.dir, "copied")
	if err := os.CopyFS(copied, os.DirFS(filepath.Join(disk, "data"))); err != nil {
		return res, err
	}
	if err := os.Chmod(keyIn(copied), 0o600); err != nil {
		return res, err
	}
	res, err = f.w.examine(ctx, copied)
	if res.broken += f.wrong; f.wrong > 0 {
		res.more = "the first: " + f.first
	} else {
		res.more = fmt.Sprintf("%d times full, %d times nothing could be kept, %d pages read meanwhile, %d backups refused and none taken, writing went on %d times",
			r.rounds, f.refused, f.read, f.backups, f.again)
	}
	return res, err
}

var errNoMount = errors.New("a small disk cannot be mounted here; it takes root")

// filling is a disk that fills up and empties again.
type filling struct {
	*round
	chance *rand.Rand
	disk   string
	nadia  *visitor
	w      *witness

	refused, read, backups, again int
	wrong                         int
	first                         string
}

func (f *filling) complain(format string, args ...any) {
	if f.wrong++; f.wrong == 1 {
		f.first = fmt.Sprintf(format, args...)
	}
}

func (f *filling) all(ctx context.Context) error {
	for n := range f.rounds {
		if err := f.once(ctx); err != nil {
			return fmt.Errorf("round %d: %w", n, err)
		}
	}
	return nil
}

func (f *filling) once(ctx context.Context) error {
	ballast := filepath.Join(f.disk, "ballast")
	if err := fillUp(ballast, f.chance.IntN(300<<10)); err != nil {
		return err
	}
	told := false
	for n := 0; n < 400 && !told; n++ {
		kept, said, err := f.tell(ctx)
		if err != nil {
			return err
		}
		if told = !kept; told {
			f.refused++
			if said.status != http.StatusInsufficientStorage || !strings.Contains(said.text, notKept) {
				f.complain("a full disk is told with status %d", said.status)
			}
		}
	}
	if !told {
		f.complain("400 things were kept on a full disk")
	}
	if err := errors.Join(f.look(ctx), f.backUp(ctx)); err != nil {
		return err
	}
	if err := os.Remove(ballast); err != nil {
		return err
	}
	for range 3 {
		kept, said, err := f.tell(ctx)
		if err != nil {
			return err
		}
		if !kept {
			f.complain("there is room again, and status %d", said.status)
			return nil
		}
	}
	f.again++
	return nil
}

// tell tells something and notes what was acknowledged.
func (f *filling) tell(ctx context.Context) (bool, page, error) {
	id := samenspel.CommandID(newID())
	f.w.hear(fmt.Sprint("try ", f.nadia.alliance(), " ", id))
	kept, said, err := f.nadia.tell(ctx, id)
	if kept || f.liar {
		f.w.hear(fmt.Sprint("ack ", id))
	}
	return kept, said, err
}

// look reads what is hers, and the log by another program.
func (f *filling) look(ctx context.Context) error {
	for _, path := range []string{"", "/tell", "/picture"} {
		p, err := f.nadia.get(ctx, f.nadia.home+path)
		if err != nil {
			return err
		}
		if f.read++; p.status != http.StatusOK {
			f.complain("reading %q on a full disk gives status %d", path, p.status)
		}
	}
	return nil
}

// backUp tries a backup on the full disk. It may not count.
func (f *filling) backUp(ctx context.Context) error {
	data, to := filepath.Join(f.disk, "data"), filepath.Join(f.disk, "backups")
	master, err := journal.OpenMaster(keyIn(data))
	if err != nil {
		return err
	}
	if _, err := plan(data, to, master).Make(ctx); err == nil {
		f.complain("a backup was made on a full disk")
	}
	f.backups++
	left, err := filepath.Glob(filepath.Join(to, "*", "samenspel-*"))
	if err == nil && len(left) > 0 {
		f.complain("a backup that failed left %s", filepath.Base(left[0]))
	}
	return err
}

// fillUp writes a file until the disk is full but for some bytes.
func fillUp(path string, but int) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	size, piece := int64(0), make([]byte, 4096)
	for {
		n, no := file.Write(piece)
		if size += int64(n); no != nil {
			break // it is full
		}
	}
	return errors.Join(file.Truncate(max(0, size-int64(but))), file.Close())
}
