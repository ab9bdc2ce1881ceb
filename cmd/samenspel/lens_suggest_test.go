package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"samenspel/lens"
)

// TestSuggester lets a small server on this machine answer in the place of a
// language model: well, and not at all.
func TestSuggester(t *testing.T) {
	for name, one := range map[string]struct {
		status int
		answer string
		layer  lens.Code
		taken  int
		said   string
	}{
		"a good answer": {http.StatusOK, `{\"n\":2,\"layer\":\"meaning\",\"emotion\":\"none\",\"will\":\"none\",\"friction\":\"none\"}`,
			lens.AtMeaning, 1, "1 of 2 utterances keep the codes of the lens"},
		"nonsense":     {http.StatusOK, `who knows`, lens.AtNeed, 0, "the language model stopped"},
		"a broken one": {http.StatusForbidden, ``, lens.AtNeed, 0, "the language model stopped"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(one.status)
				fmt.Fprintf(w, `{"choices":[{"message":{"role":"assistant","content":"%s"}}]}`, one.answer)
			}))
			defer server.Close()
			var said bytes.Buffer
			list := gold()[:2]
			for i := range list {
				list[i].Codes = lens.Codes{}
			}
			c := lensSuggester{URL: server.URL + "/v1", Name: "small", Key: "secret"}
			coded, taken, err := c.suggest(byRule{}.Code(bare(list, false)), nil, console{err: &said})
			if err != nil {
				t.Fatal(err)
			}
			var layer lens.Code
			for u := range coded {
				layer = u.Codes[lens.Layer]
			}
			if layer != one.layer || taken != one.taken || !strings.Contains(said.String(), one.said) {
				t.Errorf("layer %s, %d taken, said %q", layer, taken, said.String())
			}
			if strings.Contains(said.String(), "secret") || strings.Contains(said.String(), "rust") {
				t.Errorf("it said too much: %q", said.String())
			}
		})
	}
}
