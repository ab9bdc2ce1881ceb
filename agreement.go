package samenspel

type agreements struct{}

func newAgreements() agreements { return agreements{} }

var agreementKinds = []func() Event{}

func (a *Alliance) seeAgreements(s *Seen, you *partner) {}
