// Package cluster runs PostgreSQL servers of its own for tests and measurements:
// each in a folder, on a port of this machine, with nothing in it. A server ends
// with the process that started it, however that ends.
package cluster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrMissing says that there is no PostgreSQL server on this machine.
var ErrMissing = errors.New("no PostgreSQL server was found: install it (on Debian, as root: apt-get install postgresql)")

// Server is a running server.
type Server struct {
	Dir  string // of its data
	Port int

	bin string
	as  *syscall.Credential // nil for whoever runs this
	cmd *exec.Cmd
	log bytes.Buffer
	// As long as it is open the server may run.
	alive *os.File
}

// Quick is a folder in memory for a server from which nothing has to be kept, or
// "" where there is none.
func Quick() string {
	if probe, err := os.MkdirTemp("/dev/shm", "probe-"); err == nil {
		os.Remove(probe) // empty
		return "/dev/shm"
	}
	return ""
}

// Start makes a cluster in a new folder below dir and starts it. Settings are
// those of postgresql.conf.
func Start(ctx context.Context, dir string, settings ...string) (*Server, error) {
	s, err := newServer(dir)
	if err != nil {
		return nil, err
	}
	// The data has checksums, and text is ordered by its bytes.
	if err := s.tool(ctx, "initdb", "--pgdata", s.Dir, "--username", "samenspel", "--auth", "trust",
		"--data-checksums", "--encoding", "UTF8", "--locale", "C", "--no-instructions"); err != nil {
		return nil, err
	}
	return s, s.configure(ctx, settings)
}

// Standby makes a copy of a running server in a new folder below dir, which
// follows it under a name of its own.
func (s *Server) Standby(ctx context.Context, dir, name string, settings ...string) (*Server, error) {
	to, err := newServer(dir)
	if err == nil {
		to.Port, err = freePort()
	}
	if err == nil {
		err = to.copyOf(ctx, s, name)
	}
	if err != nil {
		return nil, err
	}
	return to, to.configure(ctx, settings)
}

// newServer finds the programs and makes a folder.
func newServer(dir string) (*Server, error) {
	bin, err := Found()
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin}
	if s.Dir, err = os.MkdirTemp(dir, "postgresql-"); err != nil {
		return nil, err
	}
	if os.Getuid() == 0 { // which PostgreSQL refuses
		s.as = &syscall.Credential{Uid: 65534, Gid: 65534, NoSetGroups: true}
		err = os.Chown(s.Dir, int(s.as.Uid), int(s.as.Gid))
	}
	if err == nil {
		s.alive, err = endWithParent(s.Dir)
	}
	return s, err
}

// Found gives the folder of the newest PostgreSQL's programs, or ErrMissing.
func Found() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		path, err = filepath.EvalSymlinks(path) // the others may not be linked
		return filepath.Dir(path), err
	}
	found, err := fs.Glob(os.DirFS("/usr/lib/postgresql"), "*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", ErrMissing
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Join("/usr/lib/postgresql", filepath.Dir(newest)), nil
}

func version(path string) int {
	n, _ := strconv.Atoi(strings.SplitN(path, "/", 2)[0])
	return n
}

// configure sets the server up and starts it.
func (s *Server) configure(ctx context.Context, settings []string) error {
	var err error
	if s.Port == 0 {
		s.Port, err = freePort()
	}
	if err != nil {
		return err
	}
	settings = append([]string{
		"listen_addresses = '127.0.0.1'", fmt.Sprintf("port = %d", s.Port), "unix_socket_directories = ''",
		"max_connections = 200", "dynamic_shared_memory_type = mmap", "shared_buffers = '128MB'", "log_min_messages = warning", "max_wal_senders = 4",
	}, settings...)
	file, err := os.OpenFile(filepath.Join(s.Dir, "postgresql.auto.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString("\n" + strings.Join(settings, "\n") + "\n")
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	return s.Run(ctx)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// Run starts a server that was stopped or killed, and waits until it answers.
func (s *Server) Run(ctx context.Context) error {
	s.cmd = s.command(context.WithoutCancel(ctx), "postgres", "-D", s.Dir)
	s.cmd.Stderr = &s.log
	if err := s.cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func(cmd *exec.Cmd) { ended <- cmd.Wait() }(s.cmd)
	s.cmd.Cancel = nil
	for {
		conn, err := pgx.Connect(ctx, s.URL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case err := <-ended:
			return fmt.Errorf("postgres: %w: %s", err, s.log.String())
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// command is one of PostgreSQL's programs, as somebody who may run it.
func (s *Server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as, Setpgid: true}
	cmd.Dir = s.Dir
	return cmd
}

func (s *Server) tool(ctx context.Context, name string, args ...string) error {
	if out, err := s.command(ctx, name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

// URL is the address of a database of the server.
func (s *Server) URL(database string) string {
	return fmt.Sprintf("postgres://samenspel@127.0.0.1:%d/%s?sslmode=disable", s.Port, database)
}

// Make makes an empty database.
func (s *Server) Make(ctx context.Context, database string) error {
	return s.Exec(ctx, "CREATE DATABASE "+database)
}

// Exec runs a statement as the owner of the server.
func (s *Server) Exec(ctx context.Context, statement string) error {
	conn, err := pgx.Connect(ctx, s.URL("postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// Promote makes a standby the server that takes changes, and waits for it.
func (s *Server) Promote(ctx context.Context) error {
	return s.Exec(ctx, "SELECT pg_promote(true, 60)")
}

// Stop ends the server: connections are cut, what was committed is written.
func (s *Server) Stop() error { return s.signal(syscall.SIGINT) }

// signal ends the server and waits until its folder is free.
func (s *Server) signal(with syscall.Signal) error {
	if err := signal(s.cmd.Process.Pid, with); err != nil {
		return err
	}
	gone(s.cmd.Process.Pid)
	return nil
}

// Remove removes the folder of a server that was stopped.
func (s *Server) Remove() error { return errors.Join(os.RemoveAll(s.Dir), s.alive.Close()) }
