package e2e

import (
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

var shots = flag.String("shots", "", "write pictures of the pages into this folder")

// pages are what a partner looks at, below the address of the alliance; those
// with a slash in front stand by themselves.
var pages = []string{"", "picture", "tell", "people", "more", "themes", "notes", "invite", "/help", "/method", "/settings", "/start"}

// name is a page in the name of a file.
func name(page string) string {
	if page == "" {
		return "home"
	}
	return strings.Trim(page, "/")
}

// at is the address of a page for somebody who stands at their alliance.
func at(home, page string) string {
	if strings.HasPrefix(page, "/") {
		return home[:strings.Index(home, "/a/")] + page
	}
	return strings.TrimSuffix(home+"/"+page, "/")
}

// TestLook makes pictures of all pages, for people to look at.
func TestLook(t *testing.T) {
	if *shots == "" {
		t.Skip("no folder for pictures was given")
	}
	d, b := demo(t), browser.Start(t)
	for _, who := range []string{"vrager", "professional"} {
		for _, look := range []browser.Settings{{Width: 390, Height: 844}, {Width: 1280}, {Width: 390, Height: 844, Dark: true, Language: "en"}, {Width: 1280, Dark: true}} {
			p := b.Person(t, look)
			home := arrive(p, d.lines[who])
			for _, page := range pages {
				p.Go(at(home, page))
				p.Shot(filepath.Join(*shots, fmt.Sprintf("%s-%s-%d%s.png", name(page), who, look.Width, map[bool]string{true: "-dark"}[look.Dark])))
			}
		}
	}
}
