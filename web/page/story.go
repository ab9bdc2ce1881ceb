package page

// storyPages are the pages of story.go in package web.
var storyPages = []Page{}
