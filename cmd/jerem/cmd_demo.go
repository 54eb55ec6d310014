package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"jerem/jirasim"
)

type demoCommand struct {
	Listen string `help:"Address of the pages." default:"127.0.0.1:8080" placeholder:"ADDR"`
}

// demoPeriod is short: somebody is looking.
const demoPeriod = 30 * time.Second

// Run plays a story as a Jira, reads it like any other, and serves the pages. Nothing of it stays.
func (d demoCommand) Run(e *environ) error {
	site, err := jirasim.LoadScenario("demo", jirasim.DemoScenario())
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "jerem-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	l, err := listen(e.ctx, "127.0.0.1:0", "the simulated Jira")
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(e.ctx)
	var jira sync.WaitGroup
	jira.Go(func() { _ = serveHTTP(ctx, l, simulated(site, runningClock(site.Clock(), 1))) })
	defer jira.Wait()
	defer stop()

	o, err := e.openConfig(e.ctx, demoConfig("http://"+l.Addr().String(), d.Listen, filepath.Join(dir, "demo.db")))
	if err != nil {
		return err
	}
	defer o.store.Close()
	if _, err := o.bot.Collect(e.ctx, false); err != nil {
		return err
	}
	return e.serve(o, func(address string) {
		fmt.Fprintf(e.stdout, "%s\n", address)
		fmt.Fprintln(e.stderr, "A simulated team, read like a real one. Stop with Ctrl-C; nothing of it stays.")
	})
}

// demoConfig is what a team would write in its file.
func demoConfig(jira, listen, path string) *Config {
	c := defaultConfig()
	c.Jira.URL, c.Jira.Username, c.Jira.Password = jira, simEmail, NewSecret(simToken)
	c.Server.Listen, c.Store.Path, c.Log.Level = listen, path, slog.LevelWarn
	c.Runner.Period = demoPeriod
	rules := defaultRules()
	rules.Sprint.Budget = 30 * time.Hour
	c.Teams = []TeamConfig{{Name: "Kubernetes", Project: "K8S", Rules: rules}}
	return c
}
