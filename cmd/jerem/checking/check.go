package checking

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"jerem/check"
	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	"jerem/config"
	"jerem/problem"
	"jerem/series"
	"jerem/store/places"
)

// Check is the command that says what would be read, what is wrong and what to do next.
type Check struct {
	JSON bool `help:"Write JSON." name:"json"`
}

// errCheck says that something is not as it should be; what it is stands in the output.
var errCheck = errors.New("something is not as it should be: see the lines above")

// Run checks configuration and connection, a line for each thing: what, ok or not, what was found,
// and what to do about it. It writes nothing into the store.
func (c Check) Run(e *setup.Environment) error {
	conf, err := e.LoadConfig()
	if err != nil {
		return c.noConfiguration(e, err)
	}
	teams, err := conf.AgileTeams()
	if err != nil {
		return err
	}
	client, err := setup.NewJiraClient(conf, e.NewLogger(conf), 1) // who checks wants to know now
	if err != nil {
		return err
	}
	names := []string{}
	for _, t := range teams {
		names = append(names, t.Name)
	}
	findings := []check.Finding{
		{
			What:    "configuration",
			Part:    "file",
			OK:      true,
			Found:   fmt.Sprintf("can be used; teams: %s", strings.Join(names, ", ")),
			Details: map[string]any{"teams": names},
		},
	}
	findings = append(findings, checkStore(e.Ctx, conf))
	findings = append(findings, checkLeftTeams(e.Ctx, conf)...)
	findings = append(findings, check.Run(e.Ctx, client, teams, time.Now())...)
	findings = append(findings, checkMoved(e.Ctx, conf, teams)...)
	if e.Ctx.Err() != nil {
		return e.Ctx.Err()
	}
	findings = append(findings, checkMetrics(e.Ctx, conf)...)
	findings = append(findings, checkSinks(e.Ctx, conf)...)
	findings = append(findings, checkDigests(e.Ctx, conf)...)
	findings = append(findings, checkOncall(e.Ctx, conf)...)
	findings = append(findings, checkAccess(e.Ctx, conf)...)
	findings = append(findings, nextSteps(findings, teams))
	if err := c.writeFindings(e, findings); err != nil {
		return err
	}
	if slices.ContainsFunc(findings, func(f check.Finding) bool { return !f.OK }) {
		return errCheck
	}
	return nil
}

// noConfiguration tells what is wrong with the configuration or, where there is none, shows one.
func (c Check) noConfiguration(e *setup.Environment, err error) error {
	if c.JSON {
		finding := check.Finding{What: "configuration", Part: "file", Found: err.Error()}
		if told := problem.Of(err, "config"); told != nil {
			finding.Code = told.Code
		}
		if failed := c.writeFindings(e, []check.Finding{finding}); failed != nil {
			return failed
		}
		return err
	}
	exists := func(path string) bool { _, err := os.Stat(path); return err == nil }
	// None was named, and there is none.
	if _, missing := config.Find(e.Flags.Config, e.Getenv, exists); missing != nil {
		page{out: e.Stdout}.writeMinimal()
	}
	return err
}

// checkStore tells whether what is read can be kept where the configuration says.
func checkStore(ctx context.Context, c *config.Config) check.Finding {
	found, err := places.Usable(ctx, c.Store.Place())
	if err != nil {
		return check.FailedFinding("configuration store", "store", err)
	}
	return check.Finding{What: "configuration store", Part: "store", OK: true, Found: found,
		Details: placeDetails(c)}
}

// placeDetails tells where the store is, without a password.
func placeDetails(c *config.Config) map[string]any {
	if c.Store.URL.IsSet() {
		return map[string]any{"url": places.Name(c.Store.Place())}
	}
	return map[string]any{"path": c.Store.Path}
}

// checkMetrics tries the platform with one point that does not stay.
func checkMetrics(ctx context.Context, c *config.Config) []check.Finding {
	switch {
	case c.Metrics.URL == "" && len(c.Sinks) > 0:
		return nil
	case c.Metrics.URL == "":
		return []check.Finding{
			{
				What:  "metrics",
				Part:  "warp10",
				OK:    true,
				Found: "nothing is posted",
				Hint:  "To post the series to Warp 10, set metrics.url and metrics.token.",
			},
		}
	}
	w := setup.NewWarp10Sink(c)
	found := w.Try(
		ctx,
		c.Metrics.ReadToken.Reveal(),
		series.Point{Tick: time.Now().UnixMicro(), Value: series.Long(1)},
	)
	if found.Write != nil {
		out := []check.Finding{triedFinding("metrics: write", "", found.Write)}
		if found.Unit != 0 { // a wrong unit may be why
			out = append(out, timeUnit(found.Unit, c.Metrics.TimeUnit))
		}
		return out
	}
	out := []check.Finding{triedFinding("metrics: write", "the token can write: one point, deleted at once", nil)}
	if c.Metrics.ReadToken.Reveal() == "" {
		out = append(
			out,
			check.Finding{
				What:  "metrics: read",
				Part:  "read",
				OK:    true,
				Found: "was not tried",
				Hint:  "set metrics.read_token to see here that what is written can be read",
			},
		)
	} else {
		out = append(out, triedFinding("metrics: read", "the point was read back", found.Read))
	}
	out = append(
		out,
		triedFinding("metrics: delete", "the token can delete: points that a correction takes away will go",
			found.Delete),
	)
	return append(out, timeUnit(found.Unit, c.Metrics.TimeUnit), pastPoints(found.Past), gridFinding(c))
}

// timeUnit compares the platform's time unit with the one that is written: a wrong one would be taken
// silently, with all points in 1970.
func timeUnit(ticks int64, configured string) check.Finding {
	f := check.Finding{
		What:  "metrics: time unit",
		Part:  "time unit",
		OK:    true,
		Found: "the platform does not tell its own; ticks are written in " + configured,
	}
	for name, n := range setup.TicksPerSecond {
		switch {
		case ticks == n && name == configured:
			f.Found = "the platform counts in " + name + ", and so do we"
		case ticks == n:
			f.OK, f.Found = false, "the platform counts in "+name+", the configuration says "+configured
			f.Hint = "set metrics.time_unit: " + name
		}
	}
	return f
}

func triedFinding(what, found string, err error) check.Finding {
	part := strings.TrimPrefix(what, "metrics: ")
	if err != nil {
		return check.FailedFinding(what, part, err)
	}
	return check.Finding{What: what, Part: part, OK: true, Found: found}
}

// writeFindings writes the findings, as JSON or as a page.
func (c Check) writeFindings(e *setup.Environment, findings []check.Finding) error {
	if c.JSON {
		return terminal.EncodeJSON(e.Stdout, check.WithCodes(findings))
	}
	findings = printableFindings(findings)
	w := bufio.NewWriter(e.Stdout)
	p := page{out: w, colour: e.Getenv("NO_COLOR") == "" && terminal.IsTerminal(e.Stdout)}
	last := len(findings) - 1
	p.writeFindings(findings[:last])
	p.writeNext(findings[last])
	return w.Flush()
}
