package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Pair is the address of a database on whichever of two servers takes changes.
func Pair(a, b *Server, database string) string {
	return fmt.Sprintf("postgres://samenspel@127.0.0.1:%d,127.0.0.1:%d/%s?sslmode=disable", a.Port, b.Port, database)
}

// copyOf fills the folder with a copy of a running server, to follow it.
func (s *Server) copyOf(ctx context.Context, from *Server, name string) error {
	return s.tool(ctx, "pg_basebackup", "--pgdata", s.Dir, "--write-recovery-conf", "--wal-method", "stream", "--checkpoint", "fast",
		"--dbname", fmt.Sprintf("host=127.0.0.1 port=%d user=samenspel application_name=%s", from.Port, name))
}

// Rejoin brings a server that was killed back as a standby of another, on the
// port that it had. What it held is thrown away: it may hold what the other
// never got.
func (s *Server) Rejoin(ctx context.Context, follows *Server, name string, settings ...string) error {
	held, err := filepath.Glob(filepath.Join(s.Dir, "*"))
	for _, path := range held {
		err = errors.Join(err, os.RemoveAll(path))
	}
	if err == nil {
		err = s.copyOf(ctx, follows, name)
	}
	if err != nil {
		return err
	}
	s.log.Reset()
	return s.configure(ctx, settings)
}

// WaitsFor sets for which standbys a commit waits, as synchronous_standby_names
// does, and comes back when it does so. An empty name is for none.
func (s *Server) WaitsFor(ctx context.Context, standbys string) error {
	if err := s.Exec(ctx, "ALTER SYSTEM SET synchronous_standby_names = '"+standbys+"'"); err != nil {
		return err
	}
	if err := s.Exec(ctx, "SELECT pg_reload_conf()"); err != nil || standbys == "" {
		return err
	}
	return s.Until(ctx, `SELECT current_setting('synchronous_standby_names') <> ''
		AND EXISTS (SELECT FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') AND state = 'streaming')`)
}

// Until asks until the answer to a question is yes.
func (s *Server) Until(ctx context.Context, question string, args ...any) error {
	for {
		yes, err := s.asks(ctx, question, args)
		if err != nil || yes {
			return err
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// asks asks once, on a connection of its own: settings that were loaded again
// are seen by all of those.
func (s *Server) asks(ctx context.Context, question string, args []any) (yes bool, err error) {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return false, err
	}
	err = conn.QueryRow(ctx, question, args...).Scan(&yes)
	return yes, errors.Join(err, conn.Close(ctx))
}

// Pause stops all processes of a server in the middle of what they do, until
// Resume.
func (s *Server) Pause() error { return s.all(syscall.SIGSTOP) }

// Cut stops a standby and ends the connection over which it follows: nothing
// that is written from then on reaches it, also not when it goes on after the
// first server is gone. A standby that was only stopped still finds what waits
// for it in the network.
func (s *Server) Cut(ctx context.Context, standby *Server) error {
	if err := standby.Pause(); err != nil {
		return err
	}
	if err := s.Exec(ctx, `SELECT pg_terminate_backend(pid) FROM pg_stat_replication`); err != nil {
		return err
	}
	return s.Until(ctx, `SELECT NOT EXISTS (SELECT FROM pg_stat_replication)`)
}

// Resume lets them go on.
func (s *Server) Resume() error { return s.all(syscall.SIGCONT) }

// Kill ends the server and all its processes at once, as a power cut does: those
// of a connection are no longer there to finish anything.
func (s *Server) Kill() error {
	if err := signal(s.cmd.Process.Pid, syscall.SIGSTOP); err != nil { // it starts no more
		return err
	}
	each := append(children(s.cmd.Process.Pid), s.cmd.Process.Pid)
	for _, pid := range each {
		if err := signal(pid, syscall.SIGKILL); err != nil {
			return err
		}
	}
	for _, pid := range each {
		gone(pid)
	}
	return os.RemoveAll(filepath.Join(s.Dir, "postmaster.pid"))
}

// all signals every process of the server: each of PostgreSQL's leads a group of
// its own.
func (s *Server) all(with syscall.Signal) error {
	for _, pid := range append(children(s.cmd.Process.Pid), s.cmd.Process.Pid) {
		if err := signal(pid, with); err != nil {
			return err
		}
	}
	return nil
}

// signal signals a process that may be gone.
func signal(pid int, with syscall.Signal) error {
	if err := syscall.Kill(pid, with); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}

// gone waits until a process is.
func gone(pid int) {
	for syscall.Kill(pid, 0) == nil && !dead(pid) {
		<-time.After(time.Millisecond)
	}
}

// children gives the processes that a process started, where /proc tells.
func children(of int) (pids []int) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil
	}
	for _, path := range stats {
		state, parent := stat(path)
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil && parent == of && state != "Z" {
			pids = append(pids, pid)
		}
	}
	return pids
}

// dead reports whether a process ended and nobody took note yet.
func dead(pid int) bool {
	state, _ := stat(fmt.Sprintf("/proc/%d/stat", pid))
	return state == "Z"
}

// stat gives the state and the parent of a process (proc(5)).
func stat(path string) (state string, parent int) {
	text, err := os.ReadFile(path)
	if err != nil { // gone meanwhile
		return "", 0
	}
	_, rest, _ := strings.Cut(string(text), ") ") // behind its name
	words := strings.Fields(rest)
	if len(words) < 2 {
		return "", 0
	}
	parent, _ = strconv.Atoi(words[1])
	return words[0], parent
}
