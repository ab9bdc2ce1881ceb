package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// childVariable names what a copy of this program is to do in place of the
// faults. What it is told stands on its standard input, as JSON.
const childVariable = "SAMENSPEL_FAULTS_CHILD"

// children are what a copy of this program can be.
var children = map[string]func(ctx context.Context, told io.Reader) error{
	"write":  writeAsTold,
	"open":   openAsTold,
	"answer": answerAsTold,
}

// beChild does what a child is to do, where this is one.
func beChild() bool {
	do := children[os.Getenv(childVariable)]
	if do == nil {
		return false
	}
	if err := do(context.Background(), os.Stdin); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return true
}

// asTold reads what a child is told.
func asTold[T any](from io.Reader) (told T, err error) {
	err = json.NewDecoder(from).Decode(&told)
	return told, err
}

// child is a process that is to be harmed.
type child struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner // of its standard output
	said  *strings.Builder
}

// startChild starts a copy of this program. Before it stands what it is to run
// under, if anything, such as strace.
func startChild(ctx context.Context, what string, told any, under ...string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(told)
	if err != nil {
		return nil, err
	}
	args := append(under, self)
	c := &child{cmd: exec.CommandContext(ctx, args[0], args[1:]...), said: &strings.Builder{}}
	c.cmd.Env = append(os.Environ(), childVariable+"="+what)
	c.cmd.Stdin = strings.NewReader(string(text))
	c.cmd.Stderr = c.said
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.lines = bufio.NewScanner(out)
	return c, c.cmd.Start()
}

// killed waits for a child that was killed, and gives an error when it ended
// by itself with a fault.
func (c *child) killed() error {
	err := c.cmd.Wait()
	if c.cmd.ProcessState.ExitCode() == -1 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("it was not killed: %w\n%s", err, c.said)
	}
	return nil
}

// ended waits for a child that ends by itself.
func (c *child) ended() error {
	if err := c.cmd.Wait(); err != nil {
		return fmt.Errorf("%w\n%s", err, c.said)
	}
	return nil
}
