package disk

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
)

// calls are the system calls that are recorded.
const calls = "open,openat,creat,close,dup,dup2,dup3,lseek,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate," +
	"fsync,fdatasync,sync_file_range,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,mkdir,mkdirat," +
	"copy_file_range,sendfile"

// Strace is the command under which a process is recorded into a file. More
// are arguments of strace, such as faults to inject.
func Strace(trace string, more ...string) []string {
	args := []string{"strace", "-f", "-xx", "-s", "16777216", "-e", "signal=none", "-e", "trace=" + calls, "-o", trace}
	return append(args, more...)
}

// Event is one thing that the process did.
type Event struct {
	N    int
	Call string
	Said string // to its standard output
	Path string // below the root, of a sync
	// Failed says that it came to nothing: the system gave an error.
	Failed bool
}

// replay is a trace on its way.
type replay struct {
	d          *Disk
	at         func(Event) error
	n          int
	open       map[string]*handle   // by number
	unfinished map[string]*underway // by process
}

// handle is an open file.
type handle struct {
	f      *file // nil for what is not below the root, and for the root
	path   string
	offset int
	adds   bool
}

// underway is a call that has begun.
type underway struct {
	text  string
	clock int
	on    *handle
}

// Replay does to the disk what a process did, and calls at after each event.
// What was said counts from the moment at which it begins to be written; a
// write counts when it has ended, and a sync covers what had ended when it
// began.
func (d *Disk) Replay(trace io.Reader, at func(Event) error) error {
	r := replay{d: d, at: at, open: map[string]*handle{}, unfinished: map[string]*underway{}}
	lines := bufio.NewReaderSize(trace, 1<<20)
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.line(strings.TrimRight(line, "\n")); err != nil {
			return err
		}
	}
}

func (r *replay) line(line string) error {
	process, text, ok := strings.Cut(line, " ")
	if text = strings.TrimLeft(text, " "); !ok || strings.HasPrefix(text, "+++") || strings.HasPrefix(text, "---") {
		return nil
	}
	if begun, ok := strings.CutSuffix(text, " <unfinished ...>"); ok {
		u, err := r.begin(begun)
		r.unfinished[process] = u
		return err
	}
	u := r.unfinished[process]
	if strings.HasPrefix(text, "<... ") {
		_, rest, _ := strings.Cut(text, " resumed>")
		delete(r.unfinished, process)
		if u == nil {
			return fmt.Errorf("a call ended that had not begun: %.80s", line)
		}
		return r.end(u, u.text+rest)
	}
	u, err := r.begin(text)
	if err != nil {
		return err
	}
	return r.end(u, text)
}

// begin takes note of a call that begins.
func (r *replay) begin(text string) (*underway, error) {
	u := &underway{text: text, clock: r.d.clock}
	name, args := parse(text)
	if len(args) > 0 {
		u.on = r.open[args[0]]
	}
	switch {
	case name == "write" && args[0] == "1":
		said, err := unquote(args[1])
		if err != nil {
			return nil, err
		}
		return u, r.tell(Event{Call: name, Said: said})
	case name == "close":
		delete(r.open, args[0])
	}
	return u, nil
}

func (r *replay) tell(e Event) error {
	e.N = r.n
	r.n++
	return r.at(e)
}

// end does what a call did.
func (r *replay) end(u *underway, text string) error {
	name, args := parse(text)
	_, result, found := cutLast(text, " = ")
	if !found || strings.HasPrefix(result, "?") {
		return nil // it never came back
	}
	value, _, _ := strings.Cut(result, " ")
	n, err := strconv.ParseInt(value, 0, 64)
	if err != nil {
		return fmt.Errorf("what a call gave: %.80s", result)
	}
	if n < 0 {
		return r.failed(u, name)
	}
	return r.done(u, name, args, int(n))
}

func (r *replay) failed(u *underway, name string) error {
	if (name == "fsync" || name == "fdatasync") && u.on != nil {
		if u.on.f != nil && !u.on.f.folder {
			r.d.forget(u.on.f, u.clock)
		}
		return r.tell(Event{Call: name, Path: u.on.path, Failed: true})
	}
	return nil
}

// done does what a call did that went well.
func (r *replay) done(u *underway, name string, args []string, n int) error {
	switch name {
	case "open", "openat", "creat":
		return r.opened(name, args, n)
	case "dup", "dup2", "dup3":
		if u.on != nil {
			r.open[strconv.Itoa(n)] = u.on
		}
		return nil
	case "close":
		return nil
	case "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat":
		return r.named(name, args)
	}
	if u.on == nil || u.on.f == nil && name != "fsync" {
		return nil
	}
	if err := r.onFile(u, name, args, n); err != nil {
		return err
	}
	if name == "lseek" {
		return nil
	}
	return r.tell(Event{Call: name, Path: u.on.path})
}

func (r *replay) onFile(u *underway, name string, args []string, n int) error {
	h := u.on
	switch name {
	case "lseek":
		h.offset = n
	case "write", "pwrite64":
		text, err := unquote(args[1])
		if err != nil || len(text) < n {
			return fmt.Errorf("a write of %d bytes of which %d were recorded", n, len(text))
		}
		at := h.offset
		if name == "pwrite64" {
			if at, err = strconv.Atoi(args[3]); err != nil {
				return err
			}
		} else {
			if h.adds {
				at = len(h.f.now)
			}
			h.offset = at + n
		}
		r.d.write(h.f, at, []byte(text[:n]))
	case "ftruncate":
		size, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		r.d.resize(h.f, size)
	case "fsync", "fdatasync":
		r.d.sync(h.f, h.path, u.clock)
	default:
		return fmt.Errorf("the replay does not know %s", name)
	}
	return nil
}

func (r *replay) opened(name string, args []string, n int) error {
	path, flags := "", ""
	var err error
	switch name {
	case "open":
		path, err = r.resolve("AT_FDCWD", args[0])
		flags = args[1]
	case "openat":
		path, err = r.resolve(args[0], args[1])
		flags = args[2]
	case "creat":
		path, err = r.resolve("AT_FDCWD", args[0])
		flags = "O_CREAT|O_TRUNC"
	}
	if err != nil {
		return err
	}
	h := &handle{path: r.d.short(path), adds: strings.Contains(flags, "O_APPEND")}
	r.open[strconv.Itoa(n)] = h
	if path == r.d.root {
		h.path = "."
		return nil
	}
	if h.path == "" {
		return nil
	}
	if h.f = r.d.names[h.path]; h.f == nil {
		if !strings.Contains(flags, "O_CREAT") {
			return fmt.Errorf("%s was opened, and the replay does not have it", h.path)
		}
		h.f = r.d.create(h.path, false)
	} else if strings.Contains(flags, "O_TRUNC") {
		r.d.resize(h.f, 0)
	}
	return r.tell(Event{Call: name, Path: h.path})
}

// named changes names.
func (r *replay) named(name string, args []string) error {
	if !strings.Contains(name, "at") { // the old calls take paths alone
		for i := len(args) - 1; i >= 0; i-- {
			if strings.HasPrefix(args[i], `"`) {
				args = append(args[:i], append([]string{"AT_FDCWD"}, args[i:]...)...)
			}
		}
	}
	one, err := r.resolve(args[0], args[1])
	if err != nil {
		return err
	}
	from, to := r.d.short(one), ""
	if strings.HasPrefix(name, "rename") || strings.HasPrefix(name, "link") {
		other, err := r.resolve(args[2], args[3])
		if err != nil {
			return err
		}
		to = r.d.short(other)
	}
	if from == "" {
		return nil
	}
	switch {
	case strings.HasPrefix(name, "mkdir"):
		r.d.create(from, true)
	case strings.HasPrefix(name, "rename"):
		r.d.name(naming{in: filepath.Dir(to), set: to, to: r.d.names[from], gone: from})
	case strings.HasPrefix(name, "link"):
		r.d.name(naming{in: filepath.Dir(to), set: to, to: r.d.names[from]})
	default:
		r.d.name(naming{in: filepath.Dir(from), gone: from})
	}
	return r.tell(Event{Call: name, Path: from})
}

// resolve gives a path as the process means it.
func (r *replay) resolve(folder, quoted string) (string, error) {
	path, err := unquote(quoted)
	if err != nil {
		return "", err
	}
	if h := r.open[folder]; h != nil && !filepath.IsAbs(path) && h.path != "" {
		return filepath.Join(r.d.root, h.path, path), nil
	}
	return path, nil
}

// parse gives the name of a call and its arguments.
func parse(text string) (name string, args []string) {
	name, rest, _ := strings.Cut(text, "(")
	if inside, _, found := cutLast(rest, " = "); found {
		rest = strings.TrimSuffix(strings.TrimRight(inside, " "), ")")
	}
	return name, strings.Split(rest, ", ")
}

func cutLast(s, sep string) (before, after string, found bool) {
	if at := strings.LastIndex(s, sep); at >= 0 {
		return s[:at], s[at+len(sep):], true
	}
	return s, "", false
}

// unquote reads a string of which every byte is written as \xNN.
func unquote(s string) (string, error) {
	s = strings.Trim(s, `"`)
	text, err := hex.DecodeString(strings.ReplaceAll(s, `\x`, ""))
	if err != nil {
		return "", fmt.Errorf("a string of the trace: %w", err)
	}
	return string(text), nil
}
