package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"

	"github.com/google/uuid"

	"samenspel"
	"samenspel/account"
	"samenspel/web"
)

// demo shows the program with people who do not exist.
type demo struct {
	Data string `type:"path" placeholder:"DIR" help:"Folder to keep the demo in. Without it everything goes when it stops."`
	elsewhere
	Lang  string   `enum:"nl,en" default:"nl" help:"The language in which the invented people speak: nl or en."`
	Addr  string   `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen."`
	Watch watching `embed:""`
}

// Run serves the demo until the context ends.
func (c demo) Run(ctx context.Context, to console) (err error) {
	dir := c.Data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "samenspel-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	s, err := open(ctx, c.in(dir), "")
	if err != nil {
		return err
	}
	err = listen(ctx, entrance{addr: c.Addr, watch: c.Watch, log: c.Watch.Log.to(to.err)}, s, func(site *web.Site) error {
		if err := stage(ctx, site, c.Lang); err != nil {
			return fmt.Errorf("set up the demo: %w", err)
		}
		for _, p := range cast {
			name := rand.Text()
			site.Demo[name] = p.person()
			fmt.Fprintf(to.out, "%s: %s/demo/%s\n", p.role, site.Address, name)
		}
		return nil
	})
	return errors.Join(err, s.close())
}

// actor is one of the invented people.
type actor struct {
	role samenspel.Role
	name string
	as   [2]string // in Dutch and in English
}

// about is who somebody is to the others.
func (a actor) about(lang string) samenspel.Words {
	if lang == "en" {
		return samenspel.Say(a.as[1])
	}
	return samenspel.Say(a.as[0])
}

// cast is everybody in the demo. They are invented.
var cast = []actor{
	{samenspel.Professional, "Els", [2]string{"wijkteam", "neighbourhood team"}},
	{samenspel.Vrager, "Nadia", [2]string{}},
	{samenspel.BonusPartner, "Samir", [2]string{"broer van Nadia", "Nadia’s brother"}},
	{samenspel.Colleague, "Joost", [2]string{"hulp bij geld", "help with money"}},
}

// space keeps the ids of the demo apart. They are always the same, so that
// setting up a demo that is there already changes nothing.
var space = uuid.NewSHA1(uuid.NameSpaceURL, []byte("samenspel:demo"))

func id(name string) string { return uuid.NewSHA1(space, []byte(name)).String() }

func (a actor) person() samenspel.PersonID { return samenspel.PersonID(id("person " + string(a.role))) }

// partner is the place at the table: the professional's comes with the
// alliance, the others' with their invitation.
func (a actor) partner() samenspel.PartnerID {
	return samenspel.PartnerID(id("invite " + string(a.role)))
}

// stage makes the people known and plays the demo up to today.
func stage(ctx context.Context, site *web.Site, lang string) error {
	for _, a := range cast {
		p := account.Person{ID: a.person(), MayBegin: a.role == samenspel.Professional, Name: samenspel.Say(a.name)}
		token, _, err := site.Door.Start(ctx, p, account.How{By: account.ByDemo})
		if err != nil {
			return err
		}
		if err := site.Door.End(ctx, token); err != nil {
			return err
		}
	}
	alliance := samenspel.AllianceID(id("alliance"))
	now := site.Now().UTC()
	for _, scene := range script(now, lang) {
		cmd := samenspel.Command{ID: samenspel.CommandID(id(scene.name)), Arrived: now.Add(-scene.ago), Wish: scene.wish}
		if err := site.Workspace.Do(ctx, scene.by.person(), alliance, cmd); err != nil {
			return fmt.Errorf("%s: %w", scene.name, err)
		}
	}
	return nil
}
