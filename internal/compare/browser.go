package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/journal"
	"samenspel/sqlite"
	"samenspel/workspace"
)

// note is about as long as what people say: 700 bytes.
var note = strings.Repeat("Ik wil weten hoeveel het is, tot op de euro. ", 16)[:700]

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// browser asks Samenspel for what a browser asks.
type browser struct{}

func (browser) message() string { return "id: " }
func (browser) created() int    { return http.StatusSeeOther }

// page is a request with all that a browser sends along and the program looks
// at.
func (browser) page(method, address string, by person, form url.Values) *http.Request {
	r, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		panic(err) // the addresses are made here
	}
	r.AddCookie(&http.Cookie{Name: "samenspel", Value: by.Token})
	r.Header.Set("Accept-Language", "nl")
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return r
}

// create sends the form in which somebody tells something about themselves, to
// be seen by all the others.
func (b browser) create(base string, at place, by person, id string) *http.Request {
	form := url.Values{"command": {id}, "back": {"/a/" + at.ID}, "words": {note}, "layer": {"need"}, "theme": {"geld"}, "chosen": {"yes"}}
	for _, other := range at.People {
		if other != by {
			form.Add("seen_by", other.ID)
		}
	}
	return b.page(http.MethodPost, base+"/a/"+at.ID+"/tell", by, form)
}

// list asks for the pages of the four layers of the first partner: fifty
// statements in each, with all that can be done with them.
func (b browser) list(base string, at place, by person) []*http.Request {
	var all []*http.Request
	for _, l := range samenspel.Layers {
		all = append(all, b.page(http.MethodGet, base+"/a/"+at.ID+"/picture/"+at.People[0].ID+"/"+string(l), by, nil))
	}
	return all
}

// get asks for the page that has one statement on it, with a form to say who
// sees it, or to put something beside it.
func (b browser) get(base string, at place, by person, note string) *http.Request {
	form := "/view"
	if by == at.People[0] {
		form = "/share"
	}
	return b.page(http.MethodGet, base+"/a/"+at.ID+"/statement/"+note+form, by, nil)
}

// listen keeps the picture of the first partner open.
func (b browser) listen(ctx context.Context, client *http.Client, base string, at place, by person) (*http.Response, error) {
	r := b.page(http.MethodGet, base+"/a/"+at.ID+"/picture/"+at.People[0].ID+"/live?after=", by, nil)
	return client.Do(r.WithContext(ctx))
}

// filling is a data folder that is being filled, by the two doors of the
// program itself.
type filling struct {
	db        *sqlite.DB
	workspace *workspace.Workspace
	door      *account.Door
}

func openFilling(ctx context.Context, dir string) (*filling, error) {
	db, err := sqlite.Open(ctx, dir)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "master.key")
	master, err := journal.MakeMaster(file)
	if err != nil {
		master, err = journal.OpenMaster(file)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if _, err := master.Settle(ctx, db, newID); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	access := accesslog.New(db, master)
	f := &filling{db: db, workspace: workspace.New(journal.New(db, master), access, 0)}
	f.door = &account.Door{
		Store: db.Accounts(), Credentials: db.Accounts(), Sealer: master, Marker: master,
		Stretcher: account.NewArgon(), Now: time.Now, NewID: newID,
	}
	return f, access.Start(ctx, time.Now())
}

// seedOurs fills a folder as the program would have been filled.
func seedOurs(ctx context.Context, c *contestant, p plan) error {
	f, err := openFilling(ctx, c.dir)
	if err != nil {
		return err
	}
	c.world, err = f.fill(ctx, p.cases, p.notes/p.cases, p.people)
	return errors.Join(err, f.db.Close())
}

// fill makes alliances, sixteen at once.
func (f *filling) fill(ctx context.Context, alliances, notes, people int) (world, error) {
	return f.fillWith(ctx, alliances, notes, people, alliances)
}

// fillWith makes alliances, and lets people into so many of them alone.
func (f *filling) fillWith(ctx context.Context, alliances, notes, people, in int) (world, error) {
	w := world{Cases: make([]place, alliances)}
	var all sync.WaitGroup
	var mu sync.Mutex
	var failed error
	next := make(chan int)
	for range 16 {
		all.Go(func() {
			for n := range next {
				at, err := f.alliance(ctx, notes, people, n < in)
				mu.Lock()
				w.Cases[n], failed = at, errors.Join(failed, err)
				mu.Unlock()
			}
		})
	}
	for n := range alliances {
		next <- n
	}
	close(next)
	all.Wait()
	w.Cases = w.Cases[:in]
	return w, failed
}

// alliance begins an alliance: a professional invites, the others come, and a
// vrager says so many things that all may see. The vrager is the first of its
// people.
func (f *filling) alliance(ctx context.Context, notes, people int, in bool) (place, error) {
	at := place{ID: newID()}
	do := func(by, id string, wish samenspel.Wish) error {
		return f.workspace.Do(ctx, samenspel.PersonID(by), samenspel.AllianceID(at.ID), samenspel.Command{ID: samenspel.CommandID(id), Wish: wish})
	}
	professional, opened := newID(), newID()
	persons := []string{professional}
	err := do(professional, opened, samenspel.BeginAlliance{Title: samenspel.Say("Meting"), Name: samenspel.Say("Els")})
	for n := 1; n < people && err == nil; n++ {
		role := samenspel.BonusPartner
		if n == 1 {
			role = samenspel.Vrager
		}
		who, seat := newID(), newID()
		err = do(professional, seat, samenspel.InvitePartner{Role: role, Name: samenspel.Say("Noor")})
		if err == nil {
			err = do(who, newID(), samenspel.JoinAlliance{Partner: samenspel.PartnerID(seat)})
		}
		persons, at.People = append(persons, who), append(at.People, person{ID: seat})
	}
	at.People = append(at.People, person{ID: opened})
	persons = append(persons[1:], professional)
	var others []samenspel.PartnerID
	for _, other := range at.People[1:] {
		others = append(others, samenspel.PartnerID(other.ID))
	}
	for n := 0; n < notes && err == nil; n++ {
		id := newID()
		at.Notes = append(at.Notes, id)
		err = do(persons[0], id, samenspel.WordStatement{
			Words: samenspel.Say(note), Layer: samenspel.Layers[n%4], NewTheme: samenspel.Say([]string{"geld", "slapen", "werk", "thuis"}[n/4%4]), SeenBy: others, Chosen: true,
		})
	}
	for n := range at.People {
		if err == nil && in {
			how := account.How{By: account.ByPasskey, Staff: n == len(at.People)-1}
			at.People[n].Token, _, err = f.door.Start(ctx, account.Person{ID: samenspel.PersonID(persons[n]), MayBegin: how.Staff}, how)
		}
	}
	return at, err
}
