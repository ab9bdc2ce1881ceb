package web

import (
	"runtime"
	"strings"
	"sync"
	"time"
	"weak"

	"samenspel"
)

// sheets are messages that were made of what somebody sees. Whoever looks at
// the same page through the same eyes in the same minute gets the same one. They
// last as long as what is seen is in memory, and keep nothing in memory
// themselves.
type sheets struct {
	mu sync.Mutex
	by map[weak.Pointer[samenspel.Seen]]map[string]*sheet
}

// sheet is one message, made by the first who needs it.
type sheet struct {
	once         sync.Once
	text, digest string
	err          error
}

// of gives the sheet of a page, by all that the page is made of besides what is
// seen. What is seen is taken as the very thing, not by what it says of itself.
func (s *sheets) of(seen *samenspel.Seen, rest string) *sheet {
	key := weak.Make(seen)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by[key] == nil {
		if s.by == nil {
			s.by = map[weak.Pointer[samenspel.Seen]]map[string]*sheet{}
		}
		s.by[key] = map[string]*sheet{}
		runtime.AddCleanup(seen, s.drop, key)
	}
	if s.by[key][rest] == nil {
		s.by[key][rest] = &sheet{}
	}
	return s.by[key][rest]
}

func (s *sheets) drop(key weak.Pointer[samenspel.Seen]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.by, key)
}

// sheet names all that a live page is made of besides what is seen: its
// address, the language, how it looks, and the minute.
func (v *visit) sheet() string {
	query := v.r.URL.Query()
	query.Del("after")
	return strings.Join([]string{
		v.r.URL.Path, query.Encode(), v.text.Tag, v.cookie("theme"), v.cookie("size"),
		v.here(v.Now()).Truncate(time.Minute).Format(time.RFC3339),
	}, "\n")
}
