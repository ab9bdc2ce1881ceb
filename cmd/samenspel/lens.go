package main

// lensCommand is what can be done with the lens at the command line.
type lensCommand struct {
	Read    lensRead    `cmd:"" default:"withargs" help:"Read a transcript and show where its attention went. The default."`
	Eval    lensEval    `cmd:"" help:"Code a conversation that was coded by hand afresh, and say how well the two agree."`
	Compare lensCompare `cmd:"" help:"Say how well two codings of the same conversation agree, and where they differ."`
	Export  lensExport  `cmd:"" help:"Write a coded conversation for NVivo, ATLAS.ti, MAXQDA or QualCoder, or as CSV."`
	Bench   lensBench   `cmd:"" help:"Train and test what the lens is made of on a benchmark."`
}
