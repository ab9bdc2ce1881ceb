package samenspel

type mirrors struct{}

func newMirrors() mirrors { return mirrors{} }

var mirrorKinds = []func() Event{}

func (a *Alliance) seeMirrors(s *Seen, you *partner) {}
