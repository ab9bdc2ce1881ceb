package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"samenspel"
	"samenspel/internal/cluster"
	"samenspel/journal"
	"samenspel/postgres"
)

// BenchmarkAppend stores one small fact at a time, with sealing and chain, on a
// server with its data on a disk. Each writer has an alliance of its own; they
// are spread over programs.
func BenchmarkAppend(b *testing.B) {
	if server == nil {
		b.Skip(cluster.ErrMissing)
	}
	disk, err := cluster.Start(b.Context(), "")
	must(b, err)
	defer func() { must(b, errors.Join(disk.Stop(), disk.Remove())) }()
	for _, programs := range []int{1, 2} {
		for _, writers := range []int{1, 8, 32, 128} {
			b.Run(fmt.Sprintf("programs=%d/writers=%d", programs, writers), func(b *testing.B) {
				appends(b, disk, programs, writers)
			})
		}
	}
}

func appends(b *testing.B, disk *cluster.Server, programs, writers int) {
	name := fmt.Sprintf("bench_%d", databases.Add(1))
	must(b, disk.Make(b.Context(), name))
	master := newMaster(b)
	var logs []*journal.Log
	for range programs {
		db, err := postgres.Open(b.Context(), disk.URL(name), postgres.Options{Connections: 32})
		must(b, err)
		defer db.Close()
		logs = append(logs, journal.New(db, master))
	}
	id := func(w int) samenspel.AllianceID { return samenspel.AllianceID(fmt.Sprint("alliance-", w)) }
	for w := range writers {
		must(b, logs[0].Append(b.Context(), id(w), 0, notes(0, 1)))
	}
	var left atomic.Int64
	left.Store(int64(b.N))
	var all sync.WaitGroup
	b.ResetTimer()
	for w := range writers {
		all.Go(func() {
			for seq := int64(1); left.Add(-1) >= 0; seq++ {
				if err := logs[w%programs].Append(context.Background(), id(w), seq, notes(seq, 1)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
}
