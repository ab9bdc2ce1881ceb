package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// site answers over HTTP.
type site struct {
	store *store

	mu        sync.Mutex
	listeners map[string]map[chan []byte]struct{}
}

func (s *site) handler() http.Handler {
	s.listeners = map[string]map[chan []byte]struct{}{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("POST /notes", s.create)
	mux.HandleFunc("GET /notes", s.list)
	mux.HandleFunc("GET /notes/{id}", s.get)
	mux.HandleFunc("GET /live", s.live)
	return mux
}

func (s *site) create(w http.ResponseWriter, r *http.Request) {
	var n note
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&n); err != nil {
		http.Error(w, "no note", http.StatusBadRequest)
		return
	}
	n.Created = time.Now().UnixNano()
	if err := s.store.add(n); err != nil {
		http.Error(w, "not kept", http.StatusInternalServerError)
		return
	}
	s.tell(n)
	answer(w, http.StatusCreated, n)
}

func (s *site) list(w http.ResponseWriter, r *http.Request) {
	most, err := strconv.Atoi(r.URL.Query().Get("most"))
	if err != nil {
		http.Error(w, "how many?", http.StatusBadRequest)
		return
	}
	rows, err := s.store.newest.QueryContext(r.Context(), r.URL.Query().Get("case"), most)
	if err != nil {
		http.Error(w, "not read", http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	var all []note
	for rows.Next() {
		var n note
		if err := rows.Scan(&n.ID, &n.Case, &n.Text, &n.Created); err != nil {
			http.Error(w, "not read", http.StatusInternalServerError)
			return
		}
		all = append(all, n)
	}
	if rows.Err() != nil {
		http.Error(w, "not read", http.StatusInternalServerError)
		return
	}
	answer(w, http.StatusOK, all)
}

func (s *site) get(w http.ResponseWriter, r *http.Request) {
	var n note
	if err := s.store.one.QueryRowContext(r.Context(), r.PathValue("id")).Scan(&n.ID, &n.Case, &n.Text, &n.Created); err != nil {
		http.Error(w, "not there", http.StatusNotFound)
		return
	}
	answer(w, http.StatusOK, n)
}

func answer(w http.ResponseWriter, status int, what any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(what) // who asked went away
}

// tell writes a message once, for all who listen to a case.
func (s *site) tell(n note) {
	data, err := json.Marshal(n)
	if err != nil {
		return
	}
	message := fmt.Appendf(nil, "id: %s\ndata: %s\n\n", n.ID, data)
	s.mu.Lock()
	defer s.mu.Unlock()
	for listener := range s.listeners[n.Case] {
		select {
		case listener <- message:
		default: // it is 64 behind
		}
	}
}

func (s *site) live(w http.ResponseWriter, r *http.Request) {
	place, own := r.URL.Query().Get("case"), make(chan []byte, 64)
	s.mu.Lock()
	if s.listeners[place] == nil {
		s.listeners[place] = map[chan []byte]struct{}{}
	}
	s.listeners[place][own] = struct{}{}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.listeners[place], own)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	to := http.NewResponseController(w)
	for message := []byte(": here\n\n"); ; {
		if _, err := w.Write(message); err != nil || to.Flush() != nil {
			return
		}
		select {
		case message = <-own:
		case <-r.Context().Done():
			return
		}
	}
}
