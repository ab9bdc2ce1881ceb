package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/journal"
)

// witness keeps what was said to be stored, outside the process that said it.
type witness struct {
	open  map[samenspel.CommandID]samenspel.AllianceID // tried, not heard of since
	acked map[samenspel.AllianceID]map[samenspel.CommandID]bool
	count int // acknowledged
}

func newWitness() *witness {
	return &witness{open: map[samenspel.CommandID]samenspel.AllianceID{}, acked: map[samenspel.AllianceID]map[samenspel.CommandID]bool{}}
}

// hear takes one line of a child. It reports whether it was an acknowledgement.
func (w *witness) hear(line string) bool {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "try":
		alliance, command, _ := strings.Cut(rest, " ")
		w.open[samenspel.CommandID(command)] = samenspel.AllianceID(alliance)
	case "ack":
		id := samenspel.CommandID(rest)
		alliance, tried := w.open[id]
		if !tried {
			return false // told twice
		}
		delete(w.open, id)
		if w.acked[alliance] == nil {
			w.acked[alliance] = map[samenspel.CommandID]bool{}
		}
		w.acked[alliance][id] = true
		w.count++
		return true
	}
	return false
}

// listen hears all that a child says until it ends, or until do says no after
// a line.
func (w *witness) listen(lines *bufio.Scanner, do func(line string, acked bool) bool) {
	for lines.Scan() {
		if !do(lines.Text(), w.hear(lines.Text())) {
			return
		}
	}
}

// unsettled gives the wishes of which it is not known what became.
func (w *witness) unsettled() []sent {
	var list []sent
	for _, id := range slices.Sorted(maps.Keys(w.open)) {
		list = append(list, sent{w.open[id], id})
	}
	return list
}

// copied gives a witness of this moment that can be kept.
func (w *witness) copied() *witness {
	c := newWitness()
	c.open, c.count = maps.Clone(w.open), w.count
	for id, all := range w.acked {
		c.acked[id] = maps.Clone(all)
	}
	return c
}

// examine opens a folder afresh, verifies all of it, and looks for each thing
// that was said to be stored, once and with its words.
func (w *witness) examine(ctx context.Context, dir string) (result, error) {
	p, err := openPlace(ctx, dir, time.Now())
	if err != nil {
		return result{}, err
	}
	res, err := w.look(ctx, p)
	return res, errors.Join(err, p.close())
}

// look examines a place that is open.
func (w *witness) look(ctx context.Context, p *place) (result, error) {
	res := result{}
	var first error
	found := func(err error) {
		if res.broken++; first == nil {
			first = err
		}
	}
	if _, err := p.log.Verify(ctx, func(f journal.Finding) { found(f) }); err != nil {
		return res, err
	}
	if _, err := p.access.Verify(ctx, func(f accesslog.Finding) { found(f) }); err != nil {
		return res, err
	}
	for id, acked := range w.acked {
		there, err := said(ctx, p.log, id)
		if err != nil && !errors.Is(err, journal.ErrDamaged) {
			return res, err
		}
		res.of += len(acked)
		for command := range acked {
			if there[command] == 0 {
				res.lost++
			}
		}
		for _, times := range there {
			if times > 1 {
				res.doubled++
			}
		}
	}
	if first != nil {
		res.more = fmt.Sprintf("the first: %v", first)
	}
	return res, nil
}

// said counts in an alliance how often each command said its own sentence.
func said(ctx context.Context, log *journal.Log, id samenspel.AllianceID) (map[samenspel.CommandID]int, error) {
	there := map[samenspel.CommandID]int{}
	for f, err := range log.Facts(ctx, id, 0) {
		if err != nil {
			return there, err
		}
		if e, ok := f.Event.(*samenspel.StatementWorded); ok && e.Words == sentence(f.Command) {
			there[f.Command]++
		}
	}
	return there, nil
}
