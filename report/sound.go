package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// The most that JSON from outside may hold, before room is made for it: a list
// of a million empty things takes little room in a file and much in memory.
const (
	maxDepth   = 8
	maxObjects = 100_000
	maxValues  = 1_000_000
)

// level is one object or list that was begun.
type level struct {
	keys map[string]bool // nil in a list
	key  bool            // a key comes next
}

// sound reports whether JSON is one value, not deeper or larger than a story
// is, in which no key stands twice or under a second spelling.
func sound(data []byte) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var levels []level
	values, objects := 0, 0
	for {
		token, err := d.Token()
		if err != nil {
			return errors.Is(err, io.EOF) && len(levels) == 0 && values > 0
		}
		end := token == json.Delim('}') || token == json.Delim(']')
		if values++; values > maxValues || len(levels) == 0 && values > 1 {
			return false
		}
		if n := len(levels); n > 0 && !end && !levels[n-1].take(token) {
			return false
		}
		switch {
		case token == json.Delim('{'):
			objects++
			levels = append(levels, level{keys: map[string]bool{}, key: true})
		case token == json.Delim('['):
			levels = append(levels, level{})
		case end:
			levels = levels[:len(levels)-1]
		}
		if len(levels) > maxDepth || objects > maxObjects {
			return false
		}
	}
}

// take takes what stands in an object or a list; a key once.
func (l *level) take(token json.Token) bool {
	if l.keys == nil {
		return true
	}
	l.key = !l.key
	if l.key {
		return true // it was the value
	}
	key, ok := token.(string)
	if !ok || l.keys[key] || strings.ToLower(key) != key {
		return false
	}
	l.keys[key] = true
	return true
}
