package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// program is the real program, built from this source.
type program struct{ path string }

// built is the program, built once for all faults.
var built = sync.OnceValues(func() (*program, error) {
	dir, err := os.MkdirTemp("", "samenspel-faults-")
	if err != nil {
		return nil, err
	}
	p := &program{filepath.Join(dir, "samenspel")}
	out, err := exec.Command("go", "build", "-o", p.path, "samenspel/cmd/samenspel").CombinedOutput()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("build the program: %w\n%s", err, out), os.RemoveAll(dir))
	}
	used = true
	return p, nil
})

// used says that there is something to remove.
var used bool

func buildProgram(ctx context.Context) (*program, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return built()
}

// removeProgram removes what was built.
func removeProgram() {
	if !used {
		return
	}
	if p, err := built(); err == nil {
		os.RemoveAll(filepath.Dir(p.path))
	}
}
