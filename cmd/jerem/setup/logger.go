package setup

import (
	"log/slog"
	"time"

	"github.com/lmittmann/tint"

	"jerem/cmd/jerem/terminal"
	"jerem/config"
)

// NewLogger writes to standard error, in colour only on a terminal.
func (e *Environment) NewLogger(c *config.Config) *slog.Logger {
	if c.Log.Format == "json" {
		return slog.New(
			slog.NewJSONHandler(e.Stderr, &slog.HandlerOptions{Level: c.Log.Level, ReplaceAttr: printableAttr}),
		)
	}
	return slog.New(tint.NewTextHandler(e.Stderr, &tint.Options{
		Level: c.Log.Level, TimeFormat: time.DateTime, NoColor: !e.wantsColour(), ReplaceAttr: printableAttr,
	}))
}

// printableAttr bounds and cleans what a log line tells: it may hold names and answers of other servers.
func printableAttr(_ []string, a slog.Attr) slog.Attr {
	switch value := a.Value.Any().(type) {
	case string:
		return slog.String(a.Key, terminal.Printable(value))
	case error:
		return slog.String(a.Key, terminal.Printable(value.Error()))
	}
	return a
}

func (e *Environment) wantsColour() bool {
	return e.Getenv("NO_COLOR") == "" && terminal.IsTerminal(e.Stderr)
}
