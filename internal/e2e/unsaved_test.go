package e2e

import (
	"context"
	"errors"
	"os"
	"testing"

	"samenspel/internal/browser"
	"samenspel/internal/cluster"
)

// server is a PostgreSQL server of the test's own.
func server(t *testing.T) *cluster.Server {
	t.Helper()
	s, err := cluster.Start(t.Context(), cluster.Quick())
	if errors.Is(err, cluster.ErrMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(s.Stop(), s.Remove()); err != nil {
			t.Error(err)
		}
	})
	if err := s.Make(context.WithoutCancel(t.Context()), "samenspel"); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestNotSavedYet takes the database away under somebody who tells something.
// The page says so, everybody can read and use it, the words are still in it,
// and once the database is back one press of a button keeps them, once.
func TestNotSavedYet(t *testing.T) {
	t.Parallel()
	s, b := server(t), browser.Start(t)
	d := demoOn(t, s.URL("samenspel"), t.TempDir(), "127.0.0.1:0")
	for _, look := range []struct {
		browser.Settings
		words, save, title, again, kept string
	}{
		{phone, "Dit mag niet weg.", "Bewaar", "Nog niet bewaard", "Stuur het nog eens", "Het is bewaard."},
		{browser.Settings{Language: "en", Dark: true}, "This may not go.", "Save", "Not saved yet", "Send it again", "It was saved."},
	} {
		nadia, home := seat(t, b, d, "vrager", look.Settings)
		nadia.Go(at(home, "tell"))
		nadia.Fill("#words", look.words)
		if err := s.Stop(); err != nil {
			t.Fatal(err)
		}
		nadia.Submit("main text=" + look.save)
		nadia.See(look.title)
		nadia.Expect("503")
		if kept := browser.Eval[string](nadia, `document.querySelector("main textarea").value`); kept != look.words {
			t.Errorf("the page has kept %q", kept)
		}
		accessible(t, nadia, look.title)
		fits(t, nadia, look.title)
		if err := s.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		nadia.Submit("main text=" + look.again)
		nadia.See(look.kept)
		nadia.Go(at(home, "picture"))
		nadia.See(look.words)
	}
}
