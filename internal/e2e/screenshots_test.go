package e2e

import (
	"fmt"
	"path/filepath"
	"testing"

	"samenspel/internal/browser"
)

// picture is one picture in the documentation: what somebody sees first of a
// page. Where no address leads to it, links say which to follow there.
type picture struct {
	name, who, page string
	links           []string
	wide            bool
	height          int
}

const (
	next   = "article:nth-of-type(1) h2 a"
	second = "article:nth-of-type(2) h2 a"
	first  = "article:nth-of-type(3) h2 a"
	tabled = "main a[href*='/table/']"
	back   = "main a[href$='/back']"
	lens   = "main a[href$='/lens']"
)

var pictures = []picture{
	{name: "home", who: "vrager", height: 1400},
	{name: "picture", who: "vrager", page: "picture", height: 1200},
	{name: "prepare", who: "vrager", page: "dialogues", links: []string{next}, height: 1500},
	{name: "table", who: "vrager", page: "dialogues", links: []string{first, tabled}, height: 1300},
	{name: "lookback", who: "vrager", page: "dialogues", links: []string{second, back}, height: 1900},
	{name: "lens", who: "vrager", page: "dialogues", links: []string{second, lens}, height: 2600},
	{name: "agreements", who: "vrager", page: "agreements", height: 1300},
	{name: "around", who: "vrager", page: "people", links: []string{"main a[href*='/around/']"}, height: 1100},
	{name: "home", who: "professional", wide: true, height: 1400},
	{name: "picture", who: "professional", page: "picture", wide: true, height: 1200},
	{name: "table", who: "professional", page: "dialogues", links: []string{first, tabled}, wide: true, height: 1000},
	{name: "lookback", who: "professional", page: "dialogues", links: []string{second, back}, wide: true, height: 1500},
	{name: "lens", who: "professional", page: "dialogues", links: []string{second, lens}, wide: true, height: 2000},
}

// TestScreenshots makes the pictures in the documentation, in both languages:
// home-390-nl.png, table-1280-en.png.
func TestScreenshots(t *testing.T) {
	folder(t)
	b := browser.Start(t)
	for _, lang := range []string{"nl", "en"} {
		d := start(t, "colleague", "demo", "--lang", lang, "--addr", "127.0.0.1:0")
		for _, one := range pictures {
			s := browser.Settings{Width: 390, Height: one.height, Language: lang}
			if one.wide {
				s.Width = 1280
			}
			p, home := seat(t, b, d, one.who, s)
			p.Go(at(home, one.page))
			for _, link := range one.links {
				p.Follow(link)
			}
			path := filepath.Join(*shots, fmt.Sprintf("%s-%d-%s.png", one.name, s.Width, lang))
			p.Shot(path)
			crop(t, path, one.height)
		}
	}
}
