package main

import (
	"errors"
	"io"
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

// errNoBench says that the benchmark is not in this build.
var errNoBench = errors.New("this build has no benchmark in it")

// benchAnnomi runs the benchmark: what it gives is printed as JSON, or prints
// itself. Test is "" for the ten parts.
var benchAnnomi = func(dev, test string) (interface{ Print(io.Writer) error }, error) { return nil, errNoBench }

// Run runs the benchmark.
func (c lensAnnomi) Run(to console) error {
	result, err := benchAnnomi(c.Dev, c.Test)
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(to.out, result)
	}
	return result.Print(to.out)
}
