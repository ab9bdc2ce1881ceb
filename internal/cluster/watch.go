package cluster

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// watch stops a server whose parent is gone, however that ended: it reads from
// a pipe that only the parent holds open. Nobody needs what such a server held.
const watch = `read -r nothing
pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid" 2>/dev/null
while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
rm -rf "$1"`

// endWithParent removes the server in the folder, and the folder, when this
// process ends before it did so itself. It gives the end of the pipe that has to
// stay open until then.
func endWithParent(dir string) (*os.File, error) {
	theirs, ours, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("sh", "-c", watch, "sh", dir)
	cmd.Stdin, cmd.Dir = theirs, "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // it outlives a Ctrl-C
	if err := errors.Join(cmd.Start(), theirs.Close()); err != nil {
		return nil, errors.Join(err, ours.Close())
	}
	go cmd.Wait() // it ends when the pipe does; how is of no matter
	return ours, nil
}
