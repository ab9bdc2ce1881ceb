package samenspel

type around struct{}

func newAround() around { return around{} }

var aroundKinds = []func() Event{}

func (a *Alliance) seeAround(s *Seen, you *partner) {}
