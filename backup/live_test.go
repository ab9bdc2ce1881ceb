package backup_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"samenspel"
	"samenspel/backup"
)

// TestBackupWhileEightWrite makes backups while eight people write, each in an
// alliance of their own. What was said to be stored before the moment of a
// backup has to be in it, and nothing that the log does not have.
func TestBackupWhileEightWrite(t *testing.T) {
	const writers, backups = 8, 4
	k := begin(t)
	type stored struct {
		seq int64
		at  time.Time
	}
	var (
		all  sync.WaitGroup
		over atomic.Bool
		told [writers][]stored
		id   = func(w int) samenspel.AllianceID { return samenspel.AllianceID(fmt.Sprint("alliance-", w)) }
		busy = make(chan struct{}, writers)
	)
	for w := range writers {
		all.Go(func() {
			for seq := int64(0); !over.Load(); seq++ {
				if err := k.log.Append(t.Context(), id(w), seq, note(seq, "noor", fmt.Sprint(w, " says ", seq))); err != nil {
					t.Error(err)
					return
				}
				told[w] = append(told[w], stored{seq + 1, time.Now()})
				if seq == 0 {
					busy <- struct{}{}
				}
			}
		})
	}
	for range writers {
		<-busy
	}
	p := k.plan()
	p.Now = time.Now
	var records []recordOf
	for range backups {
		r, err := p.Make(t.Context())
		if err != nil {
			t.Error(err)
			break
		}
		records = append(records, recordOf{r.Moment, k.back(t, r)})
	}
	over.Store(true)
	all.Wait()
	if len(records) == 0 {
		t.Fatal("no backup at all")
	}
	for _, r := range records {
		log := restored(t, r.back)
		sound(t, log)
		for w := range writers {
			want := int64(0)
			for _, s := range told[w] {
				if s.at.Before(r.moment) {
					want = s.seq
				}
			}
			got, truth := words(t, log, id(w)), words(t, k.log, id(w))
			if int64(len(got)) < want {
				t.Errorf("writer %d: %d came back, %d were stored before the moment", w, len(got), want)
			}
			if len(got) > len(truth) || !slices.Equal(got, truth[:len(got)]) {
				t.Errorf("writer %d: what came back is not what was said", w)
			}
		}
	}
	sound(t, k.log)
}

// recordOf is what a test needs of a backup later on.
type recordOf struct {
	moment time.Time
	back   backup.Restoration
}
