package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samenspel/internal/browser"
)

// onServer makes a database on a PostgreSQL server of the test's own.
func onServer(t *testing.T) (address string) {
	t.Helper()
	return server(t).URL("samenspel")
}

// demoOn runs the demo over a database, with the key in a folder.
func demoOn(t *testing.T, database, dir, addr string) *program {
	t.Helper()
	return start(t, "colleague", "demo", "--database", database, "--data", dir, "--addr", addr)
}

// copyOfKey is a new folder with the key that is in another one.
func copyOfKey(t *testing.T, from string) string {
	t.Helper()
	dir := t.TempDir()
	key, err := os.ReadFile(filepath.Join(from, "master.key"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "master.key"), key, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// at is a page of one program at the address of another.
func (p *program) at(page string) string {
	_, path, _ := strings.Cut(strings.TrimPrefix(page, "http://"), "/")
	return "http://" + addr(p.lines["colleague"]) + "/" + path
}

// TestSeveralPrograms has two programs on one database, and people at both: they
// are at one table. Whoever looks through the one sees what is done through the
// other by itself; who has to go, goes at both at once; one of the programs may
// stop and come back.
func TestSeveralPrograms(t *testing.T) {
	database, dir, b := onServer(t), t.TempDir(), browser.Start(t)
	one := demoOn(t, database, dir, "127.0.0.1:0")
	two := demoOn(t, database, copyOfKey(t, dir), "127.0.0.1:0")
	nadia, home := seat(t, b, one, "vrager", phone)
	els, there := seat(t, b, two, "professional", browser.Settings{})
	if addr(home) == addr(there) {
		t.Fatal("they are at one program")
	}
	still := same(t, nadia)
	tell(els, there, told{words: "Ik zit op het bankje."})
	nadia.See("Ik zit op het bankje.")
	still()

	els.Go(at(there, "tell")) // a page without a stream
	nadia.Allow("net::ERR")
	nadia.Allow("Failed to fetch")
	one.stop()
	nadia.See("Geen verbinding. Wat al bewaard is, blijft bewaard.")
	els.Fill("#words", "Ik ben er nog.")
	els.Submit("main text=Bewaar")
	els.See("Het is bewaard.")
	one = demoOn(t, database, dir, addr(home))
	nadia.See("Ik ben er nog.")
	nadia.SeeNo("Geen verbinding.")
	still()

	inviting, _ := seat(t, b, one, "professional", browser.Settings{})
	to := invite(inviting, home, "Tante Roos", "Familie, vriend of buur")
	inviting.Follow("text=Klaar")
	inviting.See("is uitgenodigd")
	roos := b.Person(t, phone)
	to.link = two.at(to.link)
	knock(roos, to)
	roos.Fill("#name", "Roos")
	choose(roos, "alone", "Alleen ik")
	roos.Submit("text=Kom binnen")
	roos.See("Dag Roos")
	inviting.SeeNo("is uitgenodigd")

	elsewhere, _ := seat(t, b, two, "vrager", browser.Settings{})
	elsewhere.Go(at(there, "/settings"))
	nadia.Front()
	ended := time.Now()
	elsewhere.Submit("text=Log overal uit")
	nadia.See("Kom eerst binnen")
	t.Logf("a session that was ended through one program ended the page at the other %v later", time.Since(ended).Round(time.Millisecond))
	elsewhere.See("Je komt binnen met een link")
	nadia.Expect("401")
	nadia.Allow("401") // its stream may be refused as well
}
