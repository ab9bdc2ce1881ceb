package page

// circlePages are the pages of circle.go in package web.
var circlePages = []Page{}
