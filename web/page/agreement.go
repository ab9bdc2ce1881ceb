package page

// agreementPages are the pages of agreement.go in package web.
var agreementPages = []Page{}
