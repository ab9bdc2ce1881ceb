package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the zones, also where the machine has none

	"github.com/google/uuid"

	"samenspel"
	"samenspel/account"
	"samenspel/retention"
	"samenspel/web"
	"samenspel/workspace"
)

// serve is the real start.
type serve struct {
	Data string `required:"" type:"path" placeholder:"DIR" env:"SAMENSPEL_DATA" help:"Folder for all that is kept."`
	elsewhere
	Addr         string             `default:"127.0.0.1:8080" placeholder:"HOST:PORT" env:"SAMENSPEL_ADDR" help:"Where to listen."`
	URL          string             `placeholder:"https://…" env:"SAMENSPEL_URL" help:"Where people reach it, when something stands in between. With https, cookies go over that alone."`
	Zone         string             `default:"Europe/Amsterdam" placeholder:"NAME" env:"SAMENSPEL_ZONE" help:"In which time zone times are said."`
	Key          string             `type:"path" placeholder:"FILE" env:"SAMENSPEL_KEY" help:"The master key, if it does not lie in the data folder."`
	OldKey       string             `type:"path" placeholder:"FILE" env:"SAMENSPEL_OLD_KEY" help:"The master key from before, while it is changed to the one in --key."`
	Backup       backups            `embed:"" prefix:"backup-" group:"Backups while it serves:"`
	Proxy        bool               `name:"behind-proxy" env:"SAMENSPEL_BEHIND_PROXY" help:"A proxy of yours stands before it, and adds where a request comes from to X-Forwarded-For."`
	Transport    transport          `embed:"" group:"TLS, when nothing in front of the program speaks it:"`
	Organisation organisationSignIn `embed:"" prefix:"oidc-" group:"The organisation's own sign-in (OpenID Connect), off unless it has an issuer:"`
	Watch        watching           `embed:"" prefix:"" group:"For whoever looks after the machine:"`
	Contact      string             `name:"security-contact" env:"SAMENSPEL_SECURITY_CONTACT" placeholder:"mailto:…" help:"Where people report a weakness, for /.well-known/security.txt: a mailto: or https: address."`
	Suggester    lensSuggester      `embed:"" prefix:"llm-" group:"A language model of your own, off unless it has an address:"`
	Terms        string             `type:"path" placeholder:"FILE" env:"SAMENSPEL_TERMS" help:"How long places are kept, if not by the list that comes with the program."`
	// Somebody who can start the program can let an administrator in: the way
	// back for one who lost theirs.
	AdminLink bool `help:"Print a new one-time link for an administrator, also when there is one."`
}

// Run serves until the context ends.
func (c serve) Run(ctx context.Context, to console) error {
	if err := c.Backup.check(); err != nil {
		return err
	}
	s, err := openWith(ctx, c.in(c.Data), c.Key, c.OldKey)
	if err != nil {
		return err
	}
	log := c.Watch.Log.to(to.err)
	defer c.Backup.begin(ctx, c.in(c.Data), s, log)()
	changing, stop := context.WithCancel(ctx)
	var changed sync.WaitGroup
	at := entrance{addr: c.Addr, url: c.URL, by: c.Transport, watch: c.Watch, log: log}
	err = listen(ctx, at, s, func(site *web.Site) (err error) {
		if site.Zone, err = time.LoadLocation(c.Zone); err != nil {
			return fmt.Errorf("the time zone: %w", err)
		}
		site.Proxy = c.Proxy
		if site.Terms, err = retention.Read(c.Terms); err != nil {
			return err
		}
		if err = c.Suggester.choose(site); err != nil {
			return err
		}
		if err = c.Organisation.choose(site); err != nil {
			return err
		}
		if site.Contact, err = web.ContactAt(c.Contact); err != nil {
			return err
		}
		done, err := turn(ctx, s.db)
		if err != nil {
			return err
		}
		defer done()
		secret, print, err := site.Door.FirstAdministrator(ctx)
		if err == nil && !print && c.AdminLink {
			var key account.Key
			key, _, err = site.Door.MakeLink(ctx, account.Link{Purpose: account.Administrator})
			secret, print = key.Secret, true
		}
		if err != nil {
			return err
		}
		if print {
			fmt.Fprintf(to.out, "administrator (works once): %s/door#%s\n", site.Address, secret)
		}
		fmt.Fprintf(to.out, "samenspel: %s\n", site.Address)
		changed.Go(func() { s.changeBeside(changing, to) })
		return nil
	})
	stop()
	changed.Wait()
	return errors.Join(err, s.close())
}

// entrance is where people come in, and what is said of it to others.
type entrance struct {
	addr, url string
	by        transport
	watch     watching
	log       *slog.Logger
}

// listen serves a site over an open data folder. Ready is called when the
// address is known and taken, before the first request is answered.
func listen(ctx context.Context, at entrance, s *stored, ready func(*web.Site) error) error {
	secure, err := at.by.config(at.log)
	if err != nil {
		return err
	}
	l, err := listenAt(at.addr)
	if err != nil {
		return err
	}
	url := at.url
	if url == "" {
		url = scheme(secure) + reached(l.Addr())
	}
	closing := make(chan struct{})
	able := &readiness{look: s.look}
	bound := keepWithin(at.log)
	site, err := s.site(url, at.log, factsWithin(bound))
	if err != nil {
		return errors.Join(err, l.Close())
	}
	site.Closing, site.Ready, site.Memory = closing, able.ok, bound
	if err := ready(site); err != nil {
		return errors.Join(err, l.Close())
	}
	s.gauges(site, able, bound)
	unwatched, err := at.watch.begin(s.meter, able)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer unwatched()
	sweeping, stop := context.WithCancel(ctx)
	var swept sync.WaitGroup
	swept.Go(func() { sweep(sweeping, site, timepiece{s.db, at.log}) })
	swept.Go(func() {
		site.Workspace.Follow(sweeping, func(err error) {
			site.Log.Warn("other programs are not heard; what they do is seen a second later", "error", err)
		})
	})
	defer swept.Wait()
	defer stop()
	server := &http.Server{
		Handler:           site.Handler(),
		TLSConfig:         secure,
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(withoutPeers{site.Log.Handler()}, slog.LevelWarn),
	}
	server.RegisterOnShutdown(func() { close(closing) })
	return answer(at.watch.wait(ctx, able), server, l)
}

// site is the pages over what is stored, as people reach them at an address. So
// many facts stay in memory.
func (s *stored) site(url string, log *slog.Logger, facts int64) (*web.Site, error) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return nil, err
	}
	signer, err := s.master.Signer()
	if err != nil {
		return nil, err
	}
	terms, err := retention.Shipped()
	if err != nil {
		return nil, err
	}
	site := &web.Site{
		Door:      s.door(),
		Workspace: workspace.New(s.log, s.access, facts),
		House:     s.db.House(),
		Access:    s.access,
		Now:       time.Now,
		NewID:     newID,
		Signer:    signer,
		Terms:     terms,
		Coder:     inside{},
		Log:       log,
		Address:   strings.TrimRight(url, "/"),
		Demo:      map[string]samenspel.PersonID{},
		Zone:      zone,
		Meter:     s.meter,
	}
	site.Workspace.Withdraw = site.Door.WithdrawAll
	if others, several := s.db.(workspace.Others); several {
		site.Workspace.Others = others
	}
	return site, nil
}

// answer answers until the context ends. What has begun is finished; the open
// pages are told to come back.
func answer(ctx context.Context, server *http.Server, l net.Listener) error {
	ended, fresh := make(chan error, 1), &newcomers{}
	server.ConnState = fresh.seen
	go func() {
		if server.TLSConfig != nil {
			ended <- server.ServeTLS(l, "", "")
			return
		}
		ended <- server.Serve(l)
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	// Who has connected is answered, and asked to connect anew for what comes
	// next; the rest is for the program that comes after this one.
	server.SetKeepAlivesEnabled(false)
	if err := l.Close(); err != nil {
		return err
	}
	<-ended
	fresh.wait(time.Second)
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return server.Shutdown(last)
}

// reached is the address of this machine for people on it. By the name
// localhost browsers allow what they keep for https elsewhere, such as
// passkeys; by its number they do not.
func reached(at net.Addr) string {
	if tcp, ok := at.(*net.TCPAddr); ok && tcp.IP.Equal(net.IPv4(127, 0, 0, 1)) {
		return net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
	}
	return at.String()
}

// door lets people in to what is stored.
func (s *stored) door() *account.Door {
	return &account.Door{
		Store: calmAccounts{s.db.Accounts()}, Credentials: s.db.Accounts(), Sealer: s.master, Marker: s.master,
		Stretcher: account.NewArgon(), Now: time.Now, NewID: newID,
	}
}

// sweep lets go what has reached its date: at the start, and then just after
// each full hour, because that is when days end.
func sweep(ctx context.Context, site *web.Site, by timepiece) {
	for {
		now := site.Now()
		if by.right(ctx, now) {
			if err := site.Workspace.Sweep(ctx); err != nil && ctx.Err() == nil {
				site.Log.Error("not everything could be let go that has reached its date", "error", err)
			}
		}
		next := time.NewTimer(now.Truncate(time.Hour).Add(time.Hour + time.Second).Sub(now))
		select {
		case <-next.C:
		case <-ctx.Done():
			next.Stop()
			return
		}
	}
}

// newID makes an id that sorts by time (RFC 9562, version 7).
func newID() string { return uuid.Must(uuid.NewV7()).String() }
