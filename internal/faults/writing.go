package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"samenspel"
	"samenspel/workspace"
)

// writing says to a child what to write. It prints "ready" once it has opened
// the folder as the program does, "try ALLIANCE COMMAND" before each wish, and
// "ack COMMAND" once the one door said that it is stored.
type writing struct {
	Dir       string
	Alliances []samenspel.AllianceID // one writer each
	Again     []sent                 // wishes of which it is not known what became
	Most      int                    // wishes in all; 0 is until it is killed
	Liar      bool                   // says that it is stored before it is
	Stubborn  bool                   // goes on after an error, and prints "no COMMAND"
	Backups   string                 // folder for backups that are made meanwhile, or ""
}

// sent is one wish and where it went.
type sent struct {
	Alliance samenspel.AllianceID
	Command  samenspel.CommandID
}

// person is who writes in an alliance. She is invented.
func person(id samenspel.AllianceID) samenspel.PersonID { return samenspel.PersonID("noor of " + id) }

// begins is the command that begins an alliance: always the same.
func begins(id samenspel.AllianceID) samenspel.CommandID {
	return samenspel.CommandID(uuid.NewSHA1(uuid.NameSpaceURL, []byte("begin "+id)).String())
}

// sentence is what somebody says by a command, about as long as what people
// say.
func sentence(id samenspel.CommandID) samenspel.Words {
	return samenspel.Say("Ik wil weten waar ik aan toe ben, en van wie ik het hoor. " + string(id))
}

func writeAsTold(ctx context.Context, told io.Reader) error {
	w, err := asTold[writing](told)
	if err != nil {
		return err
	}
	p, err := openPlace(ctx, w.Dir, time.Now())
	if err != nil {
		return err
	}
	fmt.Println("ready")
	if err := w.all(ctx, p); err != nil {
		return errors.Join(err, p.close())
	}
	return p.close()
}

// all writes, and makes backups beside it when it is told to.
func (w writing) all(ctx context.Context, p *place) error {
	door := p.workspace()
	for _, s := range w.Again {
		if err := w.send(ctx, door, s); err != nil {
			return err
		}
	}
	var writers, backups sync.WaitGroup
	var left atomic.Int64
	left.Store(int64(w.Most))
	failed := make([]error, len(w.Alliances)+1)
	over, stop := context.WithCancel(ctx)
	for i, id := range w.Alliances {
		writers.Go(func() { failed[i] = w.one(ctx, door, id, &left) })
	}
	if w.Backups != "" {
		backups.Go(func() { failed[len(w.Alliances)] = w.backUp(over, p) })
	}
	writers.Wait()
	stop()
	backups.Wait()
	return errors.Join(failed...)
}

// one opens an alliance, or goes on in it.
func (w writing) one(ctx context.Context, door *workspace.Workspace, id samenspel.AllianceID, left *atomic.Int64) error {
	begin := samenspel.Command{ID: begins(id),
		Wish: samenspel.BeginAlliance{Title: samenspel.Say("Samen verder"), Name: samenspel.Say("Noor")}}
	err := door.Do(ctx, person(id), id, begin)
	if w.Stubborn {
		err = nil
	}
	for err == nil && (w.Most == 0 || left.Add(-1) >= 0) {
		err = w.send(ctx, door, sent{id, samenspel.CommandID(newID())})
	}
	return err
}

func (w writing) send(ctx context.Context, door *workspace.Workspace, s sent) error {
	fmt.Println("try", s.Alliance, s.Command)
	if w.Liar {
		fmt.Println("ack", s.Command)
	}
	err := door.Do(ctx, person(s.Alliance), s.Alliance,
		samenspel.Command{ID: s.Command, Wish: samenspel.WordStatement{Words: sentence(s.Command)}})
	switch {
	case err == nil:
		fmt.Println("ack", s.Command)
	case w.Stubborn:
		fmt.Println("no", s.Command)
		return nil
	}
	return err
}

// backUp makes backups until the writers are done, and prints "backup FILE" for
// each that counts.
func (w writing) backUp(over context.Context, p *place) error {
	for {
		r, err := plan(w.Dir, w.Backups, p.master).Make(context.WithoutCancel(over))
		if err != nil {
			return err
		}
		fmt.Println("backup", r.Data.File)
		if over.Err() != nil {
			return nil
		}
	}
}
