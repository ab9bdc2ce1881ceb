package accesslog

import (
	"context"

	"samenspel"
)

// Origin is from where somebody has access: what a request knows, and a wish
// brings along to where its facts are written.
type Origin struct {
	Person  samenspel.PersonID
	Role    string // at the table, where there is one
	Staff   string
	Session string
	Device  string
	Point   string
}

// In puts the origin into a line that says nothing of it.
func (o Origin) In(l Line) Line {
	if l.Person == "" {
		l.Person = o.Person
	}
	if l.Role == "" {
		l.Role = o.Role
	}
	if l.Staff == "" && l.Role == "" {
		l.Staff = o.Staff
	}
	l.Session, l.Device, l.Point = o.Session, o.Device, o.Point
	return l
}

type (
	originKey  struct{}
	originsKey struct{}
)

// With gives a context that tells from where somebody has access.
func With(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

// From gives from where somebody has access: nothing for the program itself.
func From(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey{}).(Origin)
	return o
}

// WithEach gives a context for what several wishes wrote together: from where
// each of them came, by its command.
func WithEach(ctx context.Context, each map[samenspel.CommandID]Origin) context.Context {
	return context.WithValue(ctx, originsKey{}, each)
}

// FromCommand gives from where the wish of a command came.
func FromCommand(ctx context.Context, id samenspel.CommandID) Origin {
	each, _ := ctx.Value(originsKey{}).(map[samenspel.CommandID]Origin)
	if o, ok := each[id]; ok {
		return o
	}
	return From(ctx)
}
