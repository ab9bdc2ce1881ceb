package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"time"

	"samenspel"
	"samenspel/account"
	"samenspel/web"
	"samenspel/workspace"
)

const facts = 1000 // in the alliance that is read

// large opens an alliance of a thousand facts.
func (p *place) large(ctx context.Context) (samenspel.AllianceID, samenspel.PersonID, error) {
	id, person, err := p.begin(ctx)
	layers := samenspel.Layers
	for i := 0; i < facts-2 && err == nil; i++ {
		wish := samenspel.WordStatement{Words: note, Layer: layers[i%4], NewTheme: samenspel.Say(fmt.Sprintf("thema %d", i%6))}
		err = p.workspace.Do(ctx, person, id, samenspel.Command{ID: samenspel.CommandID(newID()), Wish: wish})
	}
	return id, person, err
}

// site serves the pages of a place.
func (p *place) site() *web.Site {
	return &web.Site{
		Door: &account.Door{
			Store: p.db.Accounts(), Credentials: p.db.Accounts(), Sealer: p.master, Marker: p.master,
			Stretcher: account.NewArgon(), Now: time.Now, NewID: newID,
		},
		Workspace: p.workspace, House: p.db.House(), Now: time.Now, NewID: newID, Log: slog.New(slog.DiscardHandler), Address: "http://load.invalid",
	}
}

// reading measures looks at a large alliance, and one page of it.
func reading(ctx context.Context, long time.Duration, _ int) ([]row, error) {
	p, err := newPlace(ctx)
	if err != nil {
		return nil, err
	}
	defer p.close()
	id, person, err := p.large(ctx)
	if err != nil {
		return nil, err
	}
	fold, err := p.fold(ctx, id)
	if err != nil {
		return nil, err
	}
	page, err := p.page(ctx, id, person)
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, m := range []struct {
		what, bar string
		do        func() error
	}{
		{fmt.Sprintf("fold of an alliance of %d facts", facts), "under 5 ms", fold},
		{"first look at it (read, open, check the chain, fold twice)", "—", func() error {
			_, err := workspace.New(p.log(), p.db, 0).See(ctx, person, id, workspace.Look{What: "measure"})
			return err
		}},
		{"See of it, in memory", "—", func() error {
			_, err := p.workspace.See(ctx, person, id, workspace.Look{What: "measure"})
			return err
		}},
		{"its picture page, whole request", "under 30 ms", page},
	} {
		_, times, err := rate(1, long, func(int) error { return m.do() })
		if err != nil {
			return nil, err
		}
		median, p99 := spread(times)
		rows = append(rows, row{m.what, fmt.Sprintf("median %s, p99 %s", short(median), short(p99)), m.bar})
	}
	return rows, nil
}

// fold reads the log of an alliance and gives what folds it.
func (p *place) fold(ctx context.Context, id samenspel.AllianceID) (func() error, error) {
	var log []samenspel.Fact
	for f, err := range p.log().Facts(ctx, id, 0) {
		if err != nil {
			return nil, err
		}
		log = append(log, f)
	}
	return func() error {
		a := samenspel.NewAlliance(id)
		for _, f := range log {
			if err := a.Apply(f); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// page gives what asks for somebody's picture page, as a browser would.
func (p *place) page(ctx context.Context, id samenspel.AllianceID, person samenspel.PersonID) (func() error, error) {
	site := p.site()
	token, _, err := site.Door.Start(ctx, account.Person{ID: person}, account.How{By: account.ByPasskey, Staff: true})
	if err != nil {
		return nil, err
	}
	seen, err := p.workspace.See(ctx, person, id, workspace.Look{})
	if err != nil {
		return nil, err
	}
	handler := site.Handler()
	return func() error {
		r := httptest.NewRequest(http.MethodGet, "/a/"+string(id)+"/picture/"+string(seen.You), nil)
		r.AddCookie(&http.Cookie{Name: "samenspel", Value: token})
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
			return fmt.Errorf("the page answered %d", w.Code)
		}
		return nil
	}, nil
}
