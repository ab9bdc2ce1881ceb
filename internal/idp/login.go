package main

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// asking is the page on which somebody says who they are. It shows which levels
// were asked for, so that a test can see it.
var asking = template.Must(template.New("asking").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Invented sign-in</title>
<main><h1>Invented sign-in</h1><p id="asked">{{.Levels}}</p>
<form method="post" action="/login"><input type="hidden" name="id" value="{{.ID}}">
<label>Subject <input name="subject" id="subject"></label>
<label>E-mail <input name="email" id="email"></label>
<label>Level <input name="acr" id="acr" value="{{.Levels}}"></label>
<button name="do" value="login">Log in</button> <button name="do" value="deny">No</button></form></main></html>
`))

func (s *storage) ask(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	l, err := s.find(r.URL.Query().Get("id"))
	s.mu.Unlock()
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	_ = asking.Execute(w, map[string]string{"ID": l.id, "Levels": strings.Join(l.ACRValues, " ")})
}

// answer keeps what somebody said, and leads on to whoever asked.
func (s *storage) answer(onward func(context.Context, string) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		l, err := s.find(r.PostFormValue("id"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		if r.PostFormValue("do") == "deny" {
			no := url.Values{"error": {"access_denied"}, "state": {l.State}}
			http.Redirect(w, r, l.RedirectURI+"?"+no.Encode(), http.StatusFound)
			return
		}
		l.subject, l.acr, l.at, l.done = r.PostFormValue("subject"), r.PostFormValue("acr"), time.Now(), true
		s.subject[l.subject] = r.PostFormValue("email")
		http.Redirect(w, r, onward(r.Context(), l.id), http.StatusFound)
	}
}
