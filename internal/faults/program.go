package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
)

// program is the real program, built from this source.
type program struct{ path string }

func buildProgram(ctx context.Context, dir string) (*program, error) {
	p := &program{filepath.Join(dir, "samenspel")}
	out, err := exec.CommandContext(ctx, "go", "build", "-o", p.path, "samenspel/cmd/samenspel").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return p, nil
}
