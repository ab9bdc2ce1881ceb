// Command pocketbase is the other side of `make compare`: PocketBase as somebody
// would use it for the same notes, with accounts and rules, and with every commit
// waiting for fsync. It is a module of its own, so that Samenspel does not depend
// on it.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations"
	_ "modernc.org/sqlite"
)

const usage = "pocketbase seed DIR CASES NOTES PEOPLE | pocketbase serve DIR HOST:PORT"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pocketbase:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 3 {
		return errors.New(usage)
	}
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: args[1], DBConnect: full})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	switch {
	case args[0] == "serve":
		return apis.Serve(app, apis.ServeConfig{HttpAddr: args[2]})
	case args[0] == "seed" && len(args) == 5:
		var counts [3]int
		for i, text := range args[2:] {
			n, err := strconv.Atoi(text)
			if err != nil {
				return err
			}
			counts[i] = n
		}
		return seed(app, counts[0], counts[1], counts[2])
	}
	return errors.New(usage)
}

// full is PocketBase's own way to open a database, but for one word: its
// synchronous is NORMAL, which loses what was acknowledged when the power goes.
func full(path string) (*dbx.DB, error) {
	return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)"+
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)")
}

// seeded is what the load driver needs to know.
type seeded struct {
	Cases []seededCase `json:"cases"`
}

type seededCase struct {
	ID     string         `json:"id"`
	People []seededPerson `json:"people"`
	Notes  []string       `json:"notes"`
}

type seededPerson struct {
	ID    string `json:"id"`
	Token string `json:"token"`
}

// seed fills a new folder, and prints who may come in and what there is.
func seed(app core.App, cases, notes, people int) error {
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	if err := collections(app); err != nil {
		return err
	}
	var all seeded
	err := app.RunInTransaction(func(tx core.App) error {
		for n := range cases {
			one, err := fill(tx, n, notes/cases, people)
			if err != nil {
				return err
			}
			all.Cases = append(all.Cases, one)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(all)
}
