package figure_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samenspel/figure"
)

// modules reads a drawn QR code back: which modules are black.
func modules(t *testing.T, svg string) map[[2]int]bool {
	t.Helper()
	_, path, ok := strings.Cut(svg, `shape-rendering="crispEdges" d="`)
	if !ok {
		t.Fatal("nothing is drawn")
	}
	path, _, _ = strings.Cut(path, `"`)
	black, run := map[[2]int]bool{}, regexp.MustCompile(`^M(\d+) (\d+)h(\d+)v1h-(\d+)z`)
	for path != "" {
		found := run.FindStringSubmatch(path)
		if found == nil || found[3] != found[4] {
			t.Fatalf("a run is no box: %.20q", path)
		}
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(found[i+1])
		}
		for x := n[0]; x < n[0]+n[2]; x++ {
			if black[[2]int{x, n[1]}] {
				t.Fatalf("%d %d is drawn twice", x, n[1])
			}
			black[[2]int{x, n[1]}] = true
		}
		path = path[len(found[0]):]
	}
	return black
}

// TestQR: each module is drawn where it belongs, with white around it, black
// on white and with its text.
func TestQR(t *testing.T) {
	const size = 29
	odd := func(x, y int) bool { return (x*7+y*13+x*y)%5 < 2 || x == size-1 }
	svg := string(figure.QR("link", size, odd, func(key string, _ ...any) string { return "<" + key + ">" }))
	drawn := modules(t, svg)
	for y := range size {
		for x := range size {
			if drawn[[2]int{x, y}] != odd(x, y) {
				t.Fatalf("%d %d is drawn: %t", x, y, drawn[[2]int{x, y}])
			}
			delete(drawn, [2]int{x, y})
		}
	}
	if len(drawn) != 0 {
		t.Errorf("%d modules outside", len(drawn))
	}
	for _, part := range []string{
		`<svg class="qr" viewBox="-4 -4 37 37" role="img" aria-labelledby="link-t link-d">`,
		`<title id="link-t">&lt;qr.title&gt;</title><desc id="link-d">&lt;qr.desc&gt;</desc>`,
		fmt.Sprintf(`<path fill="#fff" d="M-4-4h%dv%dh-%dz"/>`, size+8, size+8, size+8), `<path fill="#000"`,
	} {
		if !strings.Contains(svg, part) {
			t.Errorf("the drawing has no %s", part)
		}
	}
}
