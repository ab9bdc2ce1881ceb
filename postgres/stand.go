package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"samenspel"
)

// Stand gives where alliances stand. After another server took over each stands
// nowhere once: what was seen before may be lost, and something else may stand at
// its number. Then whoever has it in memory reads it anew.
func (db *DB) Stand(ctx context.Context, ids []samenspel.AllianceID) (map[samenspel.AllianceID]int64, error) {
	// The first eight signs of the name of a file of the log are the timeline,
	// which another server begins anew (PostgreSQL's manual, 26.3.5).
	r, err := db.read.QueryContext(ctx, `
		SELECT line, alliance, seq
		FROM (SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) AS line) AS now
		LEFT JOIN head ON alliance = ANY($1)`, ids)
	if err != nil {
		return nil, fmt.Errorf("ask where alliances stand: %w", db.fault(err))
	}
	defer r.Close()
	stand := map[samenspel.AllianceID]int64{}
	line := ""
	for r.Next() {
		var id sql.NullString
		var seq sql.NullInt64
		if err := r.Scan(&line, &id, &seq); err != nil {
			return nil, fmt.Errorf("ask where alliances stand: %w", db.fault(err))
		}
		if id.Valid {
			stand[samenspel.AllianceID(id.String)] = seq.Int64
		}
	}
	if err := r.Err(); err != nil {
		return nil, fmt.Errorf("ask where alliances stand: %w", db.fault(err))
	}
	db.line.anew(line, stand)
	return stand, nil
}

// timeline knows which alliances were asked about since another server took over.
type timeline struct {
	mu    sync.Mutex
	name  string
	asked map[samenspel.AllianceID]struct{} // nil where none took over
}

// anew takes the numbers away of those that were not asked about since.
func (l *timeline) anew(name string, stand map[samenspel.AllianceID]int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.name != "" && name != l.name {
		l.asked = map[samenspel.AllianceID]struct{}{}
	}
	if l.name = name; l.asked == nil {
		return
	}
	for id := range stand {
		if _, known := l.asked[id]; !known {
			l.asked[id] = struct{}{}
			delete(stand, id)
		}
	}
}
