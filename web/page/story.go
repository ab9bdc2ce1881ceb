package page

import (
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

// StoryPrint is the story as one document.
type StoryPrint struct {
	*Frame
	Whole bool
	Body  template.HTML
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
