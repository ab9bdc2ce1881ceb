package main

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"samenspel/lens"
	"samenspel/lens/qda"
)

// lensExport writes coded conversations for other programs.
type lensExport struct {
	File   string `arg:"" type:"path" help:"Coded conversations, in the codebook's JSON Lines, as samenspel lens --format jsonl writes them."`
	Format string `enum:"qdpx,csv" default:"qdpx" help:"REFI-QDA (qdpx) or csv."`
	Out    string `short:"o" required:"" type:"path" placeholder:"FILE" help:"Write to this file. It is there whole or not at all."`
}

// Run writes the file.
func (c lensExport) Run(to console) error {
	list, err := readCoded(c.File)
	if err != nil {
		return err
	}
	var all []qda.Conversation
	for _, one := range dialogues(list) {
		reading := qda.Reading{}
		for coded := range lens.Given(slices.Values(one)) {
			reading.Coded = append(reading.Coded, coded)
		}
		all = append(all, qda.Conversation{Readings: []qda.Reading{reading}})
	}
	return put(c.Out, to.out, func(w io.Writer) error {
		if c.Format == "csv" {
			return qda.WriteCSV(w, all, true)
		}
		name := strings.TrimSuffix(filepath.Base(c.File), filepath.Ext(c.File))
		return (&qda.Project{Name: name, At: time.Now(), Conversations: all}).Write(w)
	})
}
