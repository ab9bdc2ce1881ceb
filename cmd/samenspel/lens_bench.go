package main

import (
	"context"
	"os"
	"path/filepath"

	"samenspel/lens/annomi"
)

// lensBench are the benchmarks.
type lensBench struct {
	Annomi lensAnnomi `cmd:"" help:"AnnoMI: transcribed demonstrations with the codes of experts. Nothing of it is part of Samenspel."`
}

// lensAnnomi trains and tests on AnnoMI.
type lensAnnomi struct {
	Dev  string `arg:"" type:"existingfile" help:"A file in the columns of AnnoMI: trained and tested in ten parts, by video."`
	Test string `type:"existingfile" placeholder:"OTHER.csv" help:"Train on the first file and test on this one."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// Run runs the benchmark.
func (c lensAnnomi) Run(ctx context.Context, to console) error {
	rows, err := readAnnomi(c.Dev)
	if err != nil {
		return err
	}
	var test []annomi.Row
	if c.Test != "" {
		if test, err = readAnnomi(c.Test); err != nil {
			return err
		}
	}
	result, err := annomi.Bench(ctx, rows, test)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(to.out, result)
	}
	return result.Print(to.out)
}

func readAnnomi(path string) ([]annomi.Row, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return annomi.Read(f, filepath.Base(path))
}
