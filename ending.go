package samenspel

type ending struct{}

func newEnding() ending { return ending{} }

var endingKinds = []func() Event{}

func (a *Alliance) seeEnding(s *Seen, you *partner) {}
