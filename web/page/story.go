package page

import (
	"fmt"
	"html/template"
	"time"
)

// storyPages are the pages of story.go in package web.
var storyPages = []Page{Story{}, StoryPrint{}, End{}, Import{}, Preview{}}

// Story is where somebody takes their own story along.
type Story struct {
	*Frame
	Post Post
	Mark string // the fingerprint of this installation, in made-up words
}

// StoryPrint is the story as a document, or a part of it where it is long.
type StoryPrint struct {
	*Frame
	Whole bool
	Body  template.HTML
	N, Of int // which part it is
}

// Part is the address of a part.
func (p StoryPrint) Part(n int) string {
	at := fmt.Sprintf("%s/story/print?part=%d", p.Base(), n)
	if p.Whole {
		at += "&for=me"
	}
	return at
}

// Before is the part before this one, or 0.
func (p StoryPrint) Before() int { return p.N - 1 }

// After is the next part, or 0.
func (p StoryPrint) After() int {
	if p.N == p.Of {
		return 0
	}
	return p.N + 1
}

// End asks whether the alliance is to end, or to go on after it did.
type End struct {
	*Frame
	Post  Post
	Words string
}

// Import is where a professional brings in a story from elsewhere.
type Import struct{ *Frame }

// Preview says what a story is before it is taken over.
type Preview struct {
	*Frame
	Post         Post
	Package      string // which one it is about
	Mark         string
	Made         time.Time
	Said, Themes int
	Words        string // the title, as typed
	OwnName, As  string
}
