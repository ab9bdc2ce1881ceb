package postgres_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"samenspel/postgres"
)

// A database with settings that lose what was said to be kept is refused: when
// it is opened, and at each new connection, for it may be another server by
// then.
func TestServersThatLose(t *testing.T) {
	for _, setting := range []string{"synchronous_commit = off"} {
		at := newDatabase(t)
		db := open(t, at)
		name := at[strings.LastIndex(at, "/")+1 : strings.Index(at, "?")]
		if err := server.Exec(t.Context(), fmt.Sprintf("ALTER DATABASE %s SET %s", name, setting)); err != nil {
			t.Fatal(err)
		}
		if _, err := postgres.Open(t.Context(), at, postgres.Options{}); !errors.Is(err, postgres.ErrUnsafe) {
			t.Errorf("%s: opened: %v", setting, err)
		}
		if err := server.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '`+name+`'`); err != nil {
			t.Fatal(err)
		}
		if err := db.Sure(t.Context(), "a", 0); !errors.Is(err, postgres.ErrUnsafe) {
			t.Errorf("%s: a change on a new connection: %v", setting, err)
		}
	}
}

// A commit that waits for nobody is refused where there is somebody to wait for.
func TestServersThatDoNotWait(t *testing.T) {
	t.Parallel()
	p := newTwo(t)
	p.on(t, `ALTER DATABASE two SET synchronous_commit = local`)
	if _, err := postgres.Open(t.Context(), p.at, postgres.Options{}); !errors.Is(err, postgres.ErrUnsafe) {
		t.Errorf("with a standby: %v", err)
	}
	if err := p.first.WaitsFor(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	open(t, p.at)
}

// An address may say which server it wants, as it does for other programs.
func TestAddresses(t *testing.T) {
	at := newDatabase(t)
	for _, wanted := range []string{"any", "primary", "read-write", "prefer-standby"} {
		open(t, at+"&target_session_attrs="+wanted)
	}
}
