package page

// lookPages are the pages of looked.go in package web.
var lookPages = []Page{}
