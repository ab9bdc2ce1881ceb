package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"samenspel/lens"
)

// TestEveryTable looks whether the tables of the model card come out, with a
// line for each field and figures that can be.
func TestEveryTable(t *testing.T) {
	var out bytes.Buffer
	if err := run(&out, os.DirFS("../gold"), ""); err != nil {
		t.Fatal(err)
	}
	for _, f := range lens.Fields() {
		if n := strings.Count(out.String(), fmt.Sprintf("\n| %s | ", f)); n < 4 {
			t.Errorf("%s has %d lines", f, n)
		}
	}
	for _, part := range []string{"as written", "stripped", "Two readers, the locked part", "AUC", "feelings met"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("no table %q", part)
		}
	}
	if strings.Contains(out.String(), "NaN") {
		t.Error("a figure is no number")
	}
}

func TestOtherWeights(t *testing.T) {
	if _, err := engine("main.go"); err == nil {
		t.Error("a file that holds no weights is taken")
	}
	if _, err := engine("../weights/lens.weights"); err != nil {
		t.Error(err)
	}
}
