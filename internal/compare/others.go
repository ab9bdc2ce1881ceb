package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// pocketbase asks PocketBase what its own client asks.
type pocketbase struct{}

func (pocketbase) message() string { return "event:notes/" }
func (pocketbase) created() int    { return http.StatusOK }

func (pocketbase) record(method, address string, by person, body any) *http.Request {
	r := asJSON(method, address, body)
	r.Header.Set("Authorization", by.Token)
	return r
}

func (p pocketbase) create(base string, at place, by person, _ string) *http.Request {
	return p.record(http.MethodPost, base+"/api/collections/notes/records", by, map[string]string{"case": at.ID, "author": by.ID, "text": note})
}

// list asks for 200 notes at once, without counting the rest.
func (p pocketbase) list(base string, at place, by person) []*http.Request {
	query := url.Values{"perPage": {"200"}, "skipTotal": {"1"}, "sort": {"-created"}, "filter": {fmt.Sprintf("case = '%s'", at.ID)}}
	return []*http.Request{p.record(http.MethodGet, base+"/api/collections/notes/records?"+query.Encode(), by, nil)}
}

func (p pocketbase) get(base string, _ place, by person, note string) *http.Request {
	return p.record(http.MethodGet, base+"/api/collections/notes/records/"+note, by, nil)
}

// listen opens the stream, and then says in the name of the person what it is
// to bring.
func (p pocketbase) listen(ctx context.Context, client *http.Client, base string, at place, by person) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/api/realtime", nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewReader(res.Body)
	var hello struct {
		ClientID string `json:"clientId"`
	}
	for hello.ClientID == "" {
		line, err := lines.ReadString('\n')
		if err != nil {
			return nil, err
		}
		if data, ok := strings.CutPrefix(line, "data:"); ok {
			if err := json.Unmarshal([]byte(data), &hello); err != nil {
				return nil, err
			}
		}
	}
	options, err := json.Marshal(map[string]any{"query": map[string]string{"filter": fmt.Sprintf("case = '%s'", at.ID)}})
	if err != nil {
		return nil, err
	}
	topic := "notes/*?options=" + url.QueryEscape(string(options))
	said, err := client.Do(p.record(http.MethodPost, base+"/api/realtime", by, map[string]any{"clientId": hello.ClientID, "subscriptions": []string{topic}}))
	if err != nil {
		return nil, err
	}
	defer said.Body.Close()
	if said.StatusCode != http.StatusNoContent {
		return nil, errors.New("pocketbase did not take the subscription: " + said.Status)
	}
	res.Body = struct {
		io.Reader
		io.Closer
	}{lines, res.Body}
	return res, nil
}

// floor asks the bare server.
type floor struct{}

func (floor) message() string { return "id: " }
func (floor) created() int    { return http.StatusCreated }

func (floor) create(base string, at place, _ person, id string) *http.Request {
	return asJSON(http.MethodPost, base+"/notes", map[string]string{"id": id, "case": at.ID, "text": note})
}

func (floor) list(base string, at place, _ person) []*http.Request {
	return []*http.Request{asJSON(http.MethodGet, base+"/notes?most=200&case="+at.ID, nil)}
}

func (floor) get(base string, _ place, _ person, note string) *http.Request {
	return asJSON(http.MethodGet, base+"/notes/"+note, nil)
}

func (floor) listen(ctx context.Context, client *http.Client, base string, at place, _ person) (*http.Response, error) {
	return client.Do(asJSON(http.MethodGet, base+"/live?case="+at.ID, nil).WithContext(ctx))
}

// asJSON is a request with a body in JSON, or with none.
func asJSON(method, address string, body any) *http.Request {
	var in io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			panic(err) // maps of texts
		}
		in = strings.NewReader(string(text))
	}
	r, err := http.NewRequest(method, address, in)
	if err != nil {
		panic(err) // the addresses are made here
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}
