// Command sbom holds a list of what is in the program (CycloneDX, as JSON)
// against what Go says is in it: each module once, and nothing else.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: sbom FILE")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	list, err := listed(text)
	if err != nil {
		return err
	}
	// Not read from the program, as the list was: from its source.
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}@{{.Version}}{{end}}", "./cmd/samenspel").Output()
	if err != nil {
		return fmt.Errorf("go list: %w", err)
	}
	version, err := exec.Command("go", "env", "GOVERSION").Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	built := append(strings.Fields(string(out)), "std@"+strings.TrimSpace(string(version)))
	if wrong := differences(list, built); len(wrong) > 0 {
		return fmt.Errorf("%s is not what is in the program:\n%s", args[0], strings.Join(wrong, "\n"))
	}
	fmt.Printf("%s: %d modules, as in the program\n", args[0], len(list))
	return nil
}

// listed are the modules in a list, each as path@version.
func listed(text []byte) ([]string, error) {
	var list struct {
		Format     string `json:"bomFormat"`
		Components []struct{ Name, Version string }
	}
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, err
	}
	if list.Format != "CycloneDX" {
		return nil, errors.New("this is no CycloneDX list")
	}
	var modules []string
	for _, c := range list.Components {
		modules = append(modules, c.Name+"@"+c.Version)
	}
	return modules, nil
}

// differences says what is in one and not in the other, and what is listed
// twice. The program itself is no part of what is in it.
func differences(list, built []string) []string {
	count := map[string]int{}
	for _, m := range list {
		count[m]++
	}
	want := map[string]bool{}
	for _, m := range built {
		want[m] = m != "samenspel@"
	}
	var wrong []string
	for _, m := range slices.Sorted(maps.Keys(want)) {
		if want[m] && count[m] != 1 {
			wrong = append(wrong, fmt.Sprintf("%s is listed %d times", m, count[m]))
		}
	}
	for _, m := range slices.Sorted(maps.Keys(count)) {
		if !want[m] {
			wrong = append(wrong, m+" is listed and is not in the program")
		}
	}
	return wrong
}
