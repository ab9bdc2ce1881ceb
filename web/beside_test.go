package web_test

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"samenspel"
	"samenspel/accesslog"
	"samenspel/account"
	"samenspel/internal/eachstore"
	"samenspel/journal"
	"samenspel/web"
	"samenspel/workspace"
)

// neighbour is what one of two programs on a store knows of the other.
type neighbour struct {
	db    eachstore.DB
	deaf  *atomic.Bool // what is told is lost
	tells chan<- samenspel.AllianceID
	hears <-chan samenspel.AllianceID
}

func (n neighbour) Tell(_ context.Context, ids ...samenspel.AllianceID) error {
	for _, id := range ids {
		if !n.deaf.Load() {
			n.tells <- id
		}
	}
	return nil
}

func (n neighbour) Stand(ctx context.Context, ids []samenspel.AllianceID) (map[samenspel.AllianceID]int64, error) {
	all := map[samenspel.AllianceID]int64{}
	for _, id := range ids {
		head, err := n.db.Head(ctx, id)
		if err != nil {
			return nil, err
		}
		all[id] = head.Seq
	}
	return all, nil
}

// Sure has nothing to do: on this store what can be read is kept.
func (n neighbour) Sure(context.Context, samenspel.AllianceID, int64, ...samenspel.CommandID) error {
	return nil
}

func (n neighbour) Hear(ctx context.Context, heard func(...samenspel.AllianceID)) error {
	heard()
	for {
		select {
		case id := <-n.hears:
			heard(id)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// beside is a second program on the store of a world, with the same people and
// sessions. Both follow each other.
func (w *world) beside() (other *world, deaf *atomic.Bool) {
	w.Helper()
	master, err := journal.OpenMaster(filepath.Join(w.dir, "master.key"))
	if err != nil {
		w.Fatal(err)
	}
	db := w.looks.Store.(eachstore.DB)
	access := accesslog.New(db, master)
	other = &world{TB: w.TB, dir: w.dir, log: &gate{Log: journal.New(db, master)}, looks: w.looks, lines: w.lines, tokens: w.tokens}
	other.Site = &web.Site{
		Door: &account.Door{
			Store: db.Accounts(), Credentials: db.Accounts(), Sealer: master, Marker: master,
			Stretcher: account.NewArgon(), Now: w.Now, NewID: w.NewID,
		},
		Workspace: workspace.New(other.log, access, 0),
		House:     db.House(), Access: access, Now: w.Now, NewID: w.NewID, Signer: w.Signer, Terms: w.Terms,
		Log: w.Site.Log, Address: w.Address, Contact: w.Contact, Organisation: w.Organisation, Closing: w.Closing,
	}
	other.Workspace.Now = w.Now
	other.handler = other.Handler()

	deaf = &atomic.Bool{}
	here, there := make(chan samenspel.AllianceID, 100), make(chan samenspel.AllianceID, 100)
	w.Workspace.Others = neighbour{db, deaf, there, here}
	other.Workspace.Others = neighbour{db, deaf, here, there}
	ctx, stop := context.WithCancel(w.Context())
	var both sync.WaitGroup
	for _, one := range []*world{w, other} {
		both.Go(func() { one.Workspace.Follow(ctx, func(err error) { w.Error(err) }) })
	}
	w.Cleanup(func() { stop(); both.Wait() })
	return other, deaf
}

// A page at one program shows what was said at the other, at once; and when
// nothing can be told, within a second.
func TestAPageIsLiveAcrossPrograms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := liveWorld(t)
		other, deaf := w.beside()
		theirs, hidden := other.listen(bonus, ownPicture+"/live", ""), other.listen(colleague, ownPicture+"/live", "")
		theirs.come()
		hidden.come()
		<-time.After(2 * time.Second)
		theirs.come()

		w.say("said at the first", bonus)
		if got := theirs.come(); strings.Count(got, "id: ") != 1 || !strings.Contains(got, kept+" said at the first") {
			t.Errorf("it is heard as %.200q", got)
		}
		deaf.Store(true)
		w.say("said while deaf", bonus)
		<-time.After(time.Second)
		if got := theirs.come(); !strings.Contains(got, kept+" said while deaf") {
			t.Errorf("within a second is heard %.200q", got)
		}
		if got := hidden.come(); got != "" {
			t.Errorf("whom it is not for hears %.200q", got)
		}
		w.say("and looked at", bonus)
		if got := other.get(bonus, ownPicture).Body.String(); !strings.Contains(got, kept+" and looked at") {
			t.Error("a page does not show what was kept before it was asked for")
		}
	})
}

// Sessions that end at one program end the streams at the other at once.
func TestSessionsEndAcrossPrograms(t *testing.T) {
	for name, end := range map[string]func(*world){
		"logged out": func(w *world) { w.post(vrager, "/out", nil) },
		"everywhere": func(w *world) {
			token, _, err := w.Door.Start(w.Context(), account.Person{ID: person("a", vrager)}, account.How{By: account.ByLink})
			if err != nil {
				w.Fatal(err)
			}
			w.tokens["other device"] = token
			w.post("other device", "/out", url.Values{"everywhere": {"yes"}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := liveWorld(t)
				other, _ := w.beside()
				s := other.listen(vrager, table+"/live", "")
				s.come()
				end(w)
				if got := s.come(); got != "event: gone\ndata:\n\n" || !s.over() {
					t.Errorf("over %v, the last that was heard is %.200q", s.over(), got)
				}
			})
		})
	}
}
