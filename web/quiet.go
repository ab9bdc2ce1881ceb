package web

import (
	"log/slog"
	"regexp"
)

// ids is what every id of the program looks like.
var ids = regexp.MustCompile(`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)

// WithoutIDs takes the ids of people, places and what was said out of a line of
// a log, also out of the text of an error: it is for slog.HandlerOptions. Who
// looks after the machine needs none of them, and a log goes to many places.
func WithoutIDs(_ []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(ids.ReplaceAllString(a.Value.String(), "(id)"))
	case slog.KindAny:
		if err, ok := a.Value.Any().(error); ok {
			a.Value = slog.StringValue(ids.ReplaceAllString(err.Error(), "(id)"))
		}
	}
	return a
}
