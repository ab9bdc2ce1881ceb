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
		Door:      &account.Door{Store: p.db.Accounts(), Sealer: p.master, Now: time.Now, NewID: newID},
		Workspace: p.workspace, Now: time.Now, NewID: newID, Log: slog.New(slog.DiscardHandler), Address: "http://load.invalid",
	}
}

// reading measures one look and one page of a large alliance.
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
	_, fold, err := rate(1, long, func(int) error {
		// A fresh workspace has nothing in memory: it reads, opens and folds.
		_, err := workspace.New(p.log(), 0).See(ctx, person, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	var log []samenspel.Fact
	for f, err := range p.log().Facts(ctx, id, 0) {
		if err != nil {
			return nil, err
		}
		log = append(log, f)
	}
	_, folded, err := rate(1, long, func(int) error {
		a := samenspel.NewAlliance(id)
		for _, f := range log {
			if err := a.Apply(f); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	_, see, err := rate(1, long, func(int) error {
		_, err := p.workspace.See(ctx, person, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	site := p.site()
	token, _, err := site.Door.Start(ctx, account.Person{ID: person}, true)
	if err != nil {
		return nil, err
	}
	seen, err := p.workspace.See(ctx, person, id)
	if err != nil {
		return nil, err
	}
	handler := site.Handler()
	_, page, err := rate(1, long, func(int) error {
		r := httptest.NewRequest(http.MethodGet, "/a/"+string(id)+"/picture/"+string(seen.You), nil)
		r.AddCookie(&http.Cookie{Name: "samenspel", Value: token})
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
			return fmt.Errorf("the page answered %d", w.Code)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	line := func(what, bar string, times []time.Duration) row {
		median, p99 := spread(times)
		return row{what, fmt.Sprintf("median %s, p99 %s", short(median), short(p99)), bar}
	}
	return []row{
		line(fmt.Sprintf("fold of an alliance of %d facts", len(log)), "under 5 ms", folded),
		line("first look at an alliance of 1,000 facts (read, open, chain, fold twice)", "—", fold),
		line("See of it, in memory", "—", see),
		line("its picture page, whole request", "under 30 ms", page),
	}, nil
}
