package page

// planPages are the pages of plan.go in package web.
var planPages = []Page{}
