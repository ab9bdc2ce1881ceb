package samenspel

type talks struct{}

func newTalks() talks { return talks{} }

var dialogueKinds = []func() Event{}

func (a *Alliance) seeTalks(s *Seen, you *partner) {}
