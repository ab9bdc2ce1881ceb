package web_test

import (
	"strings"
	"testing"

	"rsc.io/qr"

	"samenspel/figure"
	"samenspel/web/text"
)

// TestTheLinkForACamera: what is drawn, on the screen and on paper, is the QR
// code of the whole link. That the drawing is the code is for package figure.
func TestTheLinkForACamera(t *testing.T) {
	w := newWorld(t)
	w.stage()
	got := w.post(vrager, table+"/invite", form("guest", "name", typed, "role", "bonus"))
	code, err := qr.Encode(w.Address+"/door#"+w.keyOn(got).Secret, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"qr", "paper-qr"} {
		if drawn := string(figure.QR(id, code.Size, code.Black, text.In("nl").Say)); !strings.Contains(got.Body.String(), drawn) {
			t.Errorf("%s is another code", id)
		}
	}
}
