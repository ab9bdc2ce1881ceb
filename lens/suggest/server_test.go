package suggest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"samenspel/lens"
	"samenspel/lens/suggest"
)

// server speaks the chat-completions protocol on this machine and keeps what it
// was asked.
type server struct {
	*httptest.Server
	mu    sync.Mutex
	asked []asked
}

// asked is a question as it arrived.
type asked struct {
	header http.Header
	path   string
	raw    string
	body   struct {
		Name        string            `json:"model"`
		Temperature *float64          `json:"temperature"`
		Seed        int               `json:"seed"`
		Form        map[string]string `json:"response_format"`
		Messages    []struct {
			Role    string `json:"role"`
			Content string `json:"content"`
		} `json:"messages"`
	}
}

// lines gives the utterances of a question.
func (a *asked) lines() string { return a.body.Messages[1].Content }

// numbers lists the utterances that are asked for, by what stands before them.
func (a *asked) numbers() []int {
	var list []int
	for line := range strings.Lines(a.lines()) {
		var n int
		if _, err := fmt.Sscanf(line, "> %d", &n); err == nil {
			list = append(list, n)
		}
	}
	return list
}

// serve starts a server that answers as told; times counts the questions from 1.
func serve(t testing.TB, answer func(w http.ResponseWriter, a *asked, times int)) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(s.handler(t, answer))
	t.Cleanup(s.Close)
	return s
}

func (s *server) handler(t testing.TB, answer func(w http.ResponseWriter, a *asked, times int)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return // whoever asked gave up before the question was here
		}
		a := asked{header: r.Header, path: r.URL.Path, raw: string(raw)}
		if err = json.Unmarshal(raw, &a.body); err != nil || len(a.body.Messages) != 2 {
			t.Errorf("a question that is not of the protocol: %v", err)
			return
		}
		s.mu.Lock()
		s.asked = append(s.asked, a)
		times := len(s.asked)
		s.mu.Unlock()
		answer(w, &a, times)
	})
}

// questions gives what was asked until now.
func (s *server) questions() []asked {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// say answers with a text, in the form of the protocol.
func say(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"id": "1", "object": "chat.completion",
		"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]string{"role": "assistant", "content": text}}}})
}

// good is a valid line for an utterance of a partner or a professional.
func good(n int, role lens.Role) string {
	if role.Professional() {
		return fmt.Sprintf(`{"n":%d,"layer":"need","emotion":"named","valence":"unpleasant","question":"none","act":"reflect","will":"","friction":"","response":""}`, n)
	}
	return fmt.Sprintf(`{"n":%d,"layer":"need","emotion":"hinted","valence":"mixed","question":"","act":"","will":"can-","friction":"none","response":"met"}`, n)
}

// all answers each utterance that is asked for with a valid line.
func all(a *asked, coded []lens.Coded) string {
	var list []string
	for _, n := range a.numbers() {
		list = append(list, good(n, coded[n-1].Role))
	}
	return `{"codes":[` + strings.Join(list, ",") + `]}`
}

// talk is an invented conversation of n utterances, coded by the lens.
func talk(n int) []lens.Coded {
	coded := make([]lens.Coded, n)
	for i := range coded {
		u := lens.Utterance{Dialogue: "nl-01", N: i + 1, Turn: i + 1, Speaker: "Noor Bakker", Role: lens.Professional,
			Text: "Hoe gaat het met je?", Codes: lens.Codes{lens.AtBehaviour, lens.None, "", lens.OpenQuestion, lens.Explore}}
		if i%2 == 1 {
			u.Speaker, u.Role, u.Text = "Samira", lens.Vrager, "Ik weet het niet."
			u.Codes = lens.Codes{lens.None, lens.None, "", "", "", lens.None, lens.None}
		}
		coded[i] = lens.Coded{Utterance: u, By: lens.ByLens, Sure: [lens.NumFields]float64{.9, .9}}
	}
	return coded
}

func config(s *server) suggest.Config {
	return suggest.Config{URL: s.URL + "/v1", Key: "sleutel-1234", Name: "een-taalmodel"}
}

func suggester(t testing.TB, c suggest.Config) *suggest.Suggester {
	t.Helper()
	s, err := suggest.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
