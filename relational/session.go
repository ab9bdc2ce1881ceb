package relational

import (
	"context"
	"database/sql"
	"sync"

	"samenspel/account"
)

// mostRemembered is how many sessions are remembered, at about 300 bytes each.
const mostRemembered = 4096

// remembered are sessions as they were read since the last change that may
// have touched one. It is for a database that no other program writes: there a
// session that was ended is forgotten before anybody hears that it ended.
type remembered struct {
	mu       sync.RWMutex
	turn     uint64 // one further with each change
	sessions map[account.Hash]account.Session
}

// get gives a session that is remembered, and the turn in which it is not.
func (r *remembered) get(token account.Hash) (s account.Session, known bool, turn uint64) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	s, known = r.sessions[token]
	return s, known, r.turn
}

// put remembers a session that was read in a turn, unless that is over.
func (r *remembered) put(token account.Hash, s account.Session, turn uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if turn != r.turn {
		return
	}
	if r.sessions == nil || len(r.sessions) >= mostRemembered {
		r.sessions = map[account.Hash]account.Session{}
	}
	r.sessions[token] = s
}

func (r *remembered) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn++
	r.sessions = nil
}

// forgetting is an engine on which sessions are forgotten after each change
// that may be one of the accounts, also one of which nobody knows whether it
// was kept.
type forgetting struct {
	Engine
	remembered *remembered
}

func (f forgetting) Write(ctx context.Context, do func(ctx context.Context, tx *sql.Tx) error) error {
	defer f.remembered.forget()
	return f.Engine.Write(ctx, do)
}

// Session gives a session, expired ones too.
func (a Accounts) Session(ctx context.Context, token account.Hash) (account.Session, error) {
	s, known, turn := a.t.remembered.get(token)
	if known {
		return s, nil
	}
	s, err := session(a.t.session.QueryRowContext(ctx, token[:]))
	if err == nil && a.t.dialect.Sole {
		a.t.remembered.put(token, s, turn)
	}
	return s, a.found(err)
}
