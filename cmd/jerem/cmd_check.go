package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jerem/bot"
	"jerem/publish"
	"jerem/series"
)

type checkCommand struct {
	JSON bool `help:"Write one JSON array instead of lines." name:"json"`
}

// errCheck says that something is not as it should be; what it is stands in the output.
var errCheck = errors.New("something is not as it should be: see the lines above")

// Run checks configuration and connection, a line for each thing: what, ok or not, what was found,
// and what to do about it. It writes nothing into the store.
func (c checkCommand) Run(e *environ) error {
	conf, err := e.load()
	if err != nil {
		return err
	}
	log := e.logger(conf)
	teams, err := conf.teams()
	if err != nil {
		return err
	}
	client, err := conf.client(log, 1) // who checks wants to know now
	if err != nil {
		return err
	}
	findings := []bot.Finding{{What: "configuration", OK: true, Found: fmt.Sprintf("%d teams", len(teams))}}
	findings = append(findings, bot.Check(e.ctx, client, teams)...)
	findings = append(findings, conf.checkMetrics(e.ctx)...)
	findings = append(findings, next(findings))
	fine := true
	for _, f := range findings {
		fine = fine && f.OK
	}
	if err := c.write(e, findings); err != nil {
		return err
	}
	if !fine {
		return errCheck
	}
	return nil
}

// checkMetrics tries the platform with one point that does not stay.
func (c *Config) checkMetrics(ctx context.Context) []bot.Finding {
	if c.Metrics.URL == "" {
		return []bot.Finding{{What: "metrics", OK: true, Found: "nothing is posted", Hint: "set metrics.url and metrics.token to post series to Warp 10"}}
	}
	w := c.warp10()
	found := w.Try(ctx, c.Metrics.ReadToken.Reveal(), series.Point{Tick: time.Now().UnixMicro(), Value: series.Long(1)})
	if found.Write != nil {
		return []bot.Finding{tried("metrics: write", "", found.Write)}
	}
	out := []bot.Finding{tried("metrics: write", "the token can write: one point, deleted at once", nil)}
	if c.Metrics.ReadToken.Reveal() == "" {
		out = append(out, bot.Finding{What: "metrics: read", OK: true, Found: "was not tried", Hint: "set metrics.read_token to see here that what is written can be read"})
	} else {
		out = append(out, tried("metrics: read", "the point was read back", found.Read))
	}
	out = append(out, tried("metrics: delete", "the token can delete: points that a correction takes away will go", found.Delete))
	return append(out, timeUnit(found.Unit, c.Metrics.TimeUnit))
}

// timeUnit compares the platform's time unit with the one that is written: a wrong one would be taken
// silently, with all points in 1970.
func timeUnit(ticks int64, configured string) bot.Finding {
	f := bot.Finding{What: "metrics: time unit", OK: true, Found: "the platform does not tell its own; ticks are written in " + configured}
	for name, n := range ticksPerSecond {
		switch {
		case ticks == n && name == configured:
			f.Found = "the platform counts in " + name + ", and so do we"
		case ticks == n:
			f.OK, f.Found, f.Hint = false, "the platform counts in "+name+", the configuration says "+configured, "set metrics.time_unit: "+name
		}
	}
	return f
}

func tried(what, found string, err error) bot.Finding {
	var e *publish.Error
	switch {
	case err == nil:
		return bot.Finding{What: what, OK: true, Found: found}
	case errors.As(err, &e):
		return bot.Finding{What: what, Found: e.Message, Hint: e.Hint}
	}
	return bot.Finding{What: what, Found: err.Error()}
}

// next says what to do now.
func next(findings []bot.Finding) bot.Finding {
	failed := 0
	for _, f := range findings {
		if !f.OK {
			failed++
		}
	}
	if failed > 0 {
		return bot.Finding{What: "next", OK: true, Found: fmt.Sprintf("mend what failed (%d), then run jerem check again", failed)}
	}
	return bot.Finding{What: "next", OK: true, Found: "run jerem collect once to see it read, then jerem serve, and open the pages"}
}

func (c checkCommand) write(e *environ, findings []bot.Finding) error {
	if c.JSON {
		enc := json.NewEncoder(e.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(findings)
	}
	for _, f := range findings {
		word := "ok  "
		if !f.OK {
			word = "FAIL"
		}
		fmt.Fprintf(e.stdout, "%s  %s: %s", word, f.What, f.Found)
		if f.Hint != "" {
			fmt.Fprintf(e.stdout, " (%s)", f.Hint)
		}
		fmt.Fprintln(e.stdout)
	}
	return nil
}
