package main

import (
	"io"
	"log/slog"
	"regexp"

	"samenspel/web"
)

// logging says how the log is written.
type logging struct {
	Format string `enum:"text,json" default:"text" env:"SAMENSPEL_LOG_FORMAT" help:"How the log is written: text or json."`
	Level  string `enum:"debug,info,warn,error" default:"info" env:"SAMENSPEL_LOG_LEVEL" help:"From where on: debug has a line for each request that was refused, error only for faults."`
}

// to gives a log that is written there. No id of a person, a place or anything
// said there comes into it, also not out of the text of an error.
func (l logging) to(w io.Writer) *slog.Logger {
	var level slog.Level // info, where nobody says another
	_ = level.UnmarshalText([]byte(l.Level))
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: web.WithoutIDs}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// peers are addresses on the network with a port, as net/http names who asks.
var peers = regexp.MustCompile(`(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.%]+\]):\d+`)
