package web

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"samenspel"
	"samenspel/lens"
)

// FuzzHeard: whatever stands in the form that says who is who, it is taken
// within the bounds or refused, and what is taken can be written there again.
func FuzzHeard(f *testing.F) {
	f.Add(`{"voices":[{"label":"Yara"}],"turns":[{"v":0,"p":["Ja. Nee."]}],"skips":[{"k":"transcript.skip_cue","n":2}]}`)
	f.Add(`{"voices":[],"turns":[{"v":0}]}`)
	f.Add(`{"voices":[{}],"turns":[{"v":-1,"p":[""]}]}`)
	f.Add(`{"voices":[{}],"turns":[{"v":0,"p":["x"],"t":true,"s":9223372036854775807,"e":-9223372036854775808}],"cut":true,"skips":[{"k":"other"}]}`)
	f.Add(`[`)
	f.Fuzz(func(t *testing.T, form string) {
		h, err := heardIn(form)
		var no *samenspel.Refusal
		if err != nil {
			if !errors.As(err, &no) || strings.Contains(err.Error(), form) && len(form) > 3 {
				t.Errorf("refused with %v", err)
			}
			return
		}
		w := samenspel.LayTranscript{}
		roles := make([]lens.Role, len(h.Voices))
		for i := range roles {
			roles[i] = lens.Vrager
		}
		site := &visit{Site: &Site{}}
		if err := site.read(&w, h, roles); err != nil && !errors.As(err, &no) {
			t.Errorf("read: %v", err)
		}
		if len(w.Lines) > samenspel.MaxLines || len(h.Voices) > mostVoices {
			t.Errorf("%d lines of %d voices", len(w.Lines), len(h.Voices))
		}
		for _, s := range h.Skips {
			if !knownSkips[s.Key] {
				t.Errorf("%q would be said", s.Key)
			}
		}
		again, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := heardIn(string(again)); err != nil {
			t.Errorf("what was taken once is refused: %v", err)
		}
	})
}

// TestSameName: a guess who somebody in a file is.
func TestSameName(t *testing.T) {
	for _, c := range []struct {
		label, name string
		same        bool
	}{
		{"Yara", "Yara", true}, {"yara ", "Yara", true}, {"Yara de Wit", "Yara", true}, {"Yara", "Yara de Wit", true},
		{"SPEAKER_00", "Yara", false}, {"", "", false}, {"Yar", "Yara", false}, {"Mieke", "Yara", false},
	} {
		if got := sameName(c.label, c.name); got != c.same {
			t.Errorf("%q is %q: %v", c.label, c.name, got)
		}
	}
}
