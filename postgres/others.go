package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"samenspel"
	"samenspel/journal"
)

// channel is where programs tell each other of alliances.
const channel = "samenspel_moved"

// newName is how a program knows its own messages.
func newName() string { return uuid.NewString() }

// teller collects what is to be told: many changes of a moment are one message.
type teller struct {
	mu    sync.Mutex
	about map[samenspel.AllianceID]struct{}
	some  chan struct{}
}

// most is how many ids go in one message: PostgreSQL takes 8000 bytes.
const most = 100

// Tell lets the other programs know that something about alliances changed. It
// goes after the commit and apart from it: PostgreSQL makes commits that carry
// a message wait for each other. It may be lost.
func (db *DB) Tell(_ context.Context, ids ...samenspel.AllianceID) error {
	db.tell.mu.Lock()
	defer db.tell.mu.Unlock()
	if db.tell.about == nil {
		db.tell.about = map[samenspel.AllianceID]struct{}{}
	}
	for _, id := range ids {
		db.tell.about[id] = struct{}{}
	}
	select {
	case db.tell.some <- struct{}{}:
	default:
	}
	return nil
}

// telling sends what is to be told, until ctx ends.
func (db *DB) telling(ctx context.Context) {
	for {
		select {
		case <-db.tell.some:
		case <-ctx.Done():
			return
		}
		db.tell.mu.Lock()
		ids := slices.Collect(maps.Keys(db.tell.about))
		clear(db.tell.about)
		db.tell.mu.Unlock()
		for some := range slices.Chunk(ids, most) {
			var message strings.Builder
			message.WriteString(db.name)
			for _, id := range some {
				message.WriteString(" " + string(id))
			}
			// What is not told is found by those who ask.
			db.writer.ExecContext(ctx, `SELECT pg_notify($1, $2)`, channel, message.String())
		}
	}
}

// Sure makes sure that commands of an alliance are kept, by the standby too
// where there is one: it looks for them and commits something behind them, on
// one connection. It gives journal.ErrConflict and journal.ErrAway.
func (db *DB) Sure(ctx context.Context, id samenspel.AllianceID, seq int64, commands ...samenspel.CommandID) error {
	err := engine{db}.Append(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var there bool
		err := tx.QueryRowContext(ctx, `
			SELECT EXISTS (SELECT FROM head WHERE alliance = $1 AND seq >= $2)
				AND (SELECT count(DISTINCT command) FROM entry WHERE alliance = $1 AND command = ANY($3)) = $4`,
			id, seq, commands, len(commands)).Scan(&there)
		switch {
		case err != nil:
			return err
		case !there:
			return journal.ErrConflict
		}
		return mark(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("make sure of what is kept: %w", err)
	}
	return nil
}

// quiet is how long nothing may be heard before it is made sure that the
// connection is still there.
const quiet = 3 * time.Second

// Hear calls heard with what the other programs tell. It ends with an error when
// the connection breaks.
func (db *DB) Hear(ctx context.Context, heard func(ids ...samenspel.AllianceID)) error {
	conn, err := pgx.ConnectConfig(ctx, db.config)
	if err != nil {
		return db.fault(err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) // gone or not
	if _, err := conn.Exec(ctx, `LISTEN `+channel); err != nil {
		return db.fault(err)
	}
	heard()
	for {
		message, err := next(ctx, conn)
		switch {
		case err != nil:
			return errors.Join(db.fault(err), ctx.Err())
		case message == nil:
			if err := conn.Ping(ctx); err != nil {
				return db.fault(err)
			}
		default:
			db.pass(message.Payload, heard)
		}
	}
}

// next gives the next message, or nil after a silence.
func next(ctx context.Context, conn *pgx.Conn) (*pgconn.Notification, error) {
	waiting, cancel := context.WithTimeout(ctx, quiet)
	defer cancel()
	message, err := conn.WaitForNotification(waiting)
	if err != nil && waiting.Err() != nil && ctx.Err() == nil {
		return nil, nil
	}
	return message, err
}

// pass calls heard with the ids of a message of another program.
func (db *DB) pass(payload string, heard func(ids ...samenspel.AllianceID)) {
	words := strings.Fields(payload)
	if len(words) < 2 || words[0] == db.name {
		return
	}
	ids := make([]samenspel.AllianceID, len(words)-1)
	for i, word := range words[1:] {
		ids[i] = samenspel.AllianceID(word)
	}
	heard(ids...)
}
