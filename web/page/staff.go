package page

import "samenspel/house"

// staffPages are the pages of staff.go in package web.
var staffPages = []Page{Staff{}, Organisation{}}

// Staff is what somebody may in the whole program.
type Staff struct {
	*Frame
	Post                             Post
	Of                               Professional
	You                              bool
	MayBegin, Admin, Officer, Closed bool
}

// Organisation is who answers for what is kept here.
type Organisation struct {
	*Frame
	Post Post
	house.Organisation
}
