package page

// lookBackPages are the pages of lookback.go in package web.
var lookBackPages = []Page{}
