package page

// holdPages are the pages of hold.go in package web.
var holdPages = []Page{}
