package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"jerem/bot"
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
	if conf.Metrics.URL == "" {
		findings = append(findings, bot.Finding{What: "metrics", OK: true, Found: "nothing is posted", Hint: "set metrics.url and metrics.token to post series to Warp 10"})
	}
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
