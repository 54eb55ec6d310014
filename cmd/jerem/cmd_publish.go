package main

import (
	"errors"
	"fmt"
	"time"
)

type publishCommand struct {
	From string `help:"First moment: RFC 3339 or a date. Without it the first day." placeholder:"TIME"`
	To   string `help:"Last moment, included. Without it the last complete reading." placeholder:"TIME"`
	Sink string `help:"Only this sink." placeholder:"NAME"`
}

// Run posts a range and tells how much; it moves no cursor.
func (x publishCommand) Run(e *environ) error {
	from, errFrom := moment("--from", x.From, time.Time{})
	to, errTo := moment("--to", x.To, time.Time{})
	if err := errors.Join(errFrom, errTo); err != nil {
		return err
	}
	o, err := e.open(e.ctx)
	if err != nil {
		return err
	}
	defer o.store.Close()
	if len(o.bot.Sinks) == 0 {
		return ConfigErrors{{File: e.flags.Config, Key: "metrics.url", Message: "is not set: there is nowhere to post to", Hint: "set metrics.url and metrics.token"}}
	}
	posted := false
	for _, sink := range o.bot.Sinks {
		if x.Sink != "" && x.Sink != sink.Name() {
			continue
		}
		posted = true
		lines, points := 0, 0
		for _, team := range o.teams {
			h, err := o.store.History(e.ctx, team)
			if err != nil {
				return err
			}
			end := to
			if end.IsZero() {
				end = h.Until
			}
			s, n, err := o.bot.PublishRange(e.ctx, sink, h, from, end)
			lines, points = lines+s, points+n
			if err != nil {
				return fmt.Errorf("team %s: %w", team.Name, err)
			}
		}
		fmt.Fprintf(e.stdout, "%s: %d series, %d points\n", sink.Name(), lines, points)
	}
	if !posted {
		return usageError{fmt.Errorf("--sink %q: there is no such sink; known is %s", x.Sink, o.bot.Sinks[0].Name())}
	}
	return nil
}
