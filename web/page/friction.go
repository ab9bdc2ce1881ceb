package page

// frictionPages are the pages of friction.go in package web.
var frictionPages = []Page{}
