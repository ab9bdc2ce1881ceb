package e2e

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"samenspel/internal/browser"
)

var shots = flag.String("shots", "", "write pictures of the pages into this folder")

// name is a page in the name of a file.
func name(page string) string { return strings.Trim(page, "/") }

// at is the address of a page for somebody who stands at their alliance. Those
// with a slash in front stand by themselves.
func at(home, page string) string {
	if strings.HasPrefix(page, "/") {
		return home[:strings.Index(home, "/a/")] + page
	}
	return strings.TrimSuffix(home+"/"+page, "/")
}

// TestLook makes pictures of all pages, for people to look at.
func TestLook(t *testing.T) {
	folder(t)
	b := browser.Start(t)
	w := newWorld(t, b)
	for _, s := range []browser.Settings{
		{Width: 390, Height: 844}, {Width: 1280},
		{Width: 390, Height: 844, Dark: true, Language: "en"}, {Width: 1280, Dark: true},
	} {
		w.tour(t, b, s, everybody, func(_ *testing.T, p *browser.Person, page string) {
			p.Shot(filepath.Join(*shots, fmt.Sprintf("%s-%d%s.png", page, s.Width, map[bool]string{true: "-dark"}[s.Dark])))
		})
	}
}

// crop leaves of a picture only what is above this height.
func crop(t *testing.T, path string, height int) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := png.Decode(file)
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
	top := image.NewNRGBA(image.Rect(0, 0, whole.Bounds().Dx(), min(height, whole.Bounds().Dy())))
	draw.Draw(top, top.Bounds(), whole, image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := png.Encode(&out, top); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// folder makes the folder for the pictures, if one was given.
func folder(t *testing.T) {
	t.Helper()
	if *shots == "" {
		t.Skip("no folder for pictures was given")
	}
	if err := os.MkdirAll(*shots, 0o755); err != nil {
		t.Fatal(err)
	}
}
