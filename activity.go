package samenspel

type balloons struct{}

func newBalloons() balloons { return balloons{} }

var activityKinds = []func() Event{}

func (a *Alliance) seeBalloons(s *Seen, you *partner) {}
