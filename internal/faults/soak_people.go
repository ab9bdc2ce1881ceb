package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"time"

	"samenspel"
)

// tell tells things, one after another; what had no answer is sent again.
func (s *soaking) tell(ctx context.Context, v *visitor) error {
	for ctx.Err() == nil {
		id := samenspel.CommandID(newID())
		s.hear(fmt.Sprint("try ", v.alliance(), " ", id))
		if s.liar {
			s.hear(fmt.Sprint("ack ", id))
		}
		for ctx.Err() == nil {
			kept, said, err := v.tell(ctx, id)
			if kept {
				s.hear(fmt.Sprint("ack ", id))
				break
			}
			if err == nil && said.status < http.StatusInternalServerError {
				return fmt.Errorf("a wish was answered with status %d at %s", said.status, said.address)
			}
			aside(ctx, 200*time.Millisecond)
		}
		aside(ctx, 500*time.Millisecond)
	}
	return nil
}

func (s *soaking) hear(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.w.hear(line)
}

// leaf looks at one page after another.
func (s *soaking) leaf(ctx context.Context, v *visitor) error {
	pages := []string{"", "/picture", "/agreements", "/people", "/looked"}
	for n := 0; ctx.Err() == nil; n++ {
		said, err := v.get(ctx, v.home+pages[n%len(pages)])
		if err == nil && said.status >= http.StatusBadRequest && said.status < http.StatusInternalServerError && said.status != http.StatusNotFound {
			return fmt.Errorf("a look was answered with status %d", said.status)
		}
		aside(ctx, 300*time.Millisecond)
	}
	return nil
}

// watch keeps a live page open, and comes back when it was cut.
func (s *soaking) watch(ctx context.Context, v *visitor) error {
	stream := &http.Client{Jar: v.client.Jar, Transport: &http.Transport{}}
	for ctx.Err() == nil {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, v.home+"/live?after=", nil)
		if err != nil {
			return err
		}
		if res, err := stream.Do(r); err == nil {
			for lines := bufio.NewReader(res.Body); err == nil; {
				_, err = lines.ReadString('\n')
			}
			res.Body.Close()
		}
		aside(ctx, time.Second)
	}
	return nil
}
