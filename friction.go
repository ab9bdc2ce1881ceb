package samenspel

type frictions struct{}

func newFrictions() frictions { return frictions{} }

var frictionKinds = []func() Event{}

func (a *Alliance) seeFrictions(s *Seen, you *partner) {}
