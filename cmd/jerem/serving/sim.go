package serving

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"jerem/cmd/jerem/setup"
	"jerem/cmd/jerem/terminal"
	jirasim "jerem/sim/jira"
	"jerem/sim/jira/webhooks"
	"jerem/sim/world"
	"jerem/web/guard"
)

// Sim is the command that serves a simulated Jira.
type Sim struct {
	Data     string   `help:"Folder of recorded Jira data." placeholder:"DIR" xor:"source" type:"path"`
	Scenario string   `help:"{sim_scenario}" placeholder:"FILE" xor:"source" type:"path"`
	World    string   `help:"A simulated company: cloud." placeholder:"NAME" xor:"source"`
	Seed     uint64   `help:"{sim_seed}" default:"${demo_seed}" placeholder:"N"`
	Dialect  string   `help:"Which Jira is played: cloud or datacenter." enum:"cloud,datacenter" default:"cloud"`
	Print    bool     `help:"Write the story of the world to standard output and end."`
	Listen   string   `help:"{sim_listen}" default:"127.0.0.1:8090" placeholder:"ADDR"`
	Speed    *float64 `help:"{sim_speed}" placeholder:"N"`
	At       string   `help:"{sim_at}" placeholder:"TIME"`

	Webhook       string `help:"{sim_webhook}" placeholder:"URL"`
	WebhookSecret string `help:"{sim_webhook_secret}" default:"simulated-secret" placeholder:"SECRET"`
}

// The credentials that the simulated Jira accepts.
const (
	SimEmail = "jerem@example.org"
	SimToken = "simulated-token"
)

// Run serves a simulated Jira until it is stopped. The first line of standard output is its address,
// the second one the credentials.
func (c Sim) Run(e *setup.Environment) error {
	if c.Print {
		return c.printStory(e)
	}
	if err := checkListenFlag(c.Listen); err != nil {
		return err
	}
	if u, err := url.Parse(c.Webhook); c.Webhook != "" && (err != nil || u.Hostname() == "" ||
		u.Scheme != "http" && u.Scheme != "https") {
		return setup.UsageError{Err: fmt.Errorf("--webhook %q is no address: write http://127.0.0.1:8080/hooks/jira",
			c.Webhook)}
	}
	if c.Speed != nil {
		if err := checkSpeed(*c.Speed); err != nil {
			return err
		}
	}
	if c.Webhook != "" && (c.Data != "" || c.clockSpeed() == 0) {
		return setup.UsageError{Err: errors.New("--webhook: nothing changes in recorded data and while the clock " +
			"stands, so nothing would be posted; play --world or --scenario, with --speed 1 or more")}
	}
	asked, err := setup.ParseMoment("--at", c.At)
	if err != nil {
		return err
	}
	site, err := c.loadSite(e.Ctx)
	if err != nil {
		return err
	}
	at := site.Clock()
	if asked != nil {
		at = asked.First(time.UTC)
	}
	l, err := setup.OpenListener(e.Ctx, c.Listen, "sim --listen")
	if err != nil {
		return err
	}
	if guard.ListensToAll(c.Listen) {
		fmt.Fprintf(
			e.Stderr,
			"Other machines can reach it, with credentials that everybody knows; --listen 127.0.0.1:8090 keeps it "+
				"here.\n",
		)
	}
	fmt.Fprintf(e.Stdout, "http://%s\n", l.Addr())
	fmt.Fprintf(e.Stdout, "username %s, password %s; or bearer token %s\n", SimEmail, SimToken, SimToken)
	now := runningClock(at, c.clockSpeed())
	ctx, stop := context.WithCancel(e.Ctx)
	var posting sync.WaitGroup
	posting.Go(func() { c.postWebhooks(ctx, e, site, now) })
	err = setup.ServeHTTP(e.Ctx, l, simulatedHandler(site, jirasim.Dialect(c.Dialect), now),
		slog.New(slog.DiscardHandler))
	stop()
	posting.Wait()
	return err
}

// postWebhooks posts what changes to the address of --webhook, until the context ends.
func (c Sim) postWebhooks(ctx context.Context, e *setup.Environment, site *jirasim.Site, now func() time.Time) {
	if c.Webhook == "" {
		return
	}
	sender := &webhooks.Sender{Site: site, Address: c.Webhook, Secret: c.WebhookSecret, Client: &http.Client{}}
	sender.Follow(ctx, now, c.clockSpeed(), func(err error) {
		fmt.Fprintln(e.Stderr, "webhook not taken:", terminal.Printable(err.Error()))
	})
}

func (c Sim) loadSite(ctx context.Context) (*jirasim.Site, error) {
	switch {
	case c.World != "":
		company, err := c.makeCompany()
		if err != nil {
			return nil, err
		}
		return company.Site()
	case c.Data != "":
		site, err := jirasim.LoadData(c.Data)
		if err != nil {
			return nil, setup.UsageError{Err: fmt.Errorf("--data: %w", err)}
		}
		return site, nil
	case c.Scenario != "":
		src, err := terminal.ReadInput(ctx, c.Scenario)
		if err != nil {
			return nil, setup.UsageError{Err: fmt.Errorf("--scenario: %w", err)}
		}
		site, err := jirasim.LoadScenario(c.Scenario, src)
		if err != nil {
			return nil, setup.UsageError{Err: fmt.Errorf("--scenario: %w", err)}
		}
		return site, nil
	}
	return nil, setup.UsageError{
		Err: errors.New(
			"sim plays a company, a story or recorded data: name one with --world cloud, --scenario FILE or --data DIR",
		),
	}
}

// makeCompany makes the world that is named.
func (c Sim) makeCompany() (*world.World, error) {
	if c.World != world.Name {
		return nil, setup.UsageError{Err: fmt.Errorf("--world %q: there is no such company (known: %s)", c.World,
			world.Name)}
	}
	return world.New(c.Seed), nil
}

// printStory writes the story of the world, as --scenario reads it.
func (c Sim) printStory(e *setup.Environment) error {
	if c.World == "" {
		return setup.UsageError{Err: errors.New("--print writes the story of a world: name it with --world " +
			world.Name)}
	}
	company, err := c.makeCompany()
	if err != nil {
		return err
	}
	_, err = e.Stdout.Write(company.Story())
	return err
}

// checkSpeed refuses what is no speed.
func checkSpeed(n float64) error {
	if n >= 0 && n <= maxSpeed {
		return nil
	}
	return setup.UsageError{
		Err: fmt.Errorf(
			"--speed %v: time does not run backwards, nor faster than a million times; write 0 (it stands still) to %v",
			n,
			maxSpeed,
		),
	}
}

// maxSpeed is eleven days in a second.
const maxSpeed = 1_000_000

// clockSpeed is 0 for recorded data, whose last moment is all that is known, and 1 for a story.
func (c Sim) clockSpeed() float64 {
	switch {
	case c.Speed != nil:
		return *c.Speed
	case c.Data != "":
		return 0
	}
	return 1
}

// runningClock starts at a moment and runs at a speed relative to ours.
func runningClock(at time.Time, speed float64) func() time.Time {
	began := time.Now()
	return func() time.Time { return at.Add(time.Duration(float64(time.Since(began)) * speed)) }
}

// simulatedHandler plays a site. What was made up is shown to everybody as pages; recorded data may be real, and want a
// login.
func simulatedHandler(site *jirasim.Site, dialect jirasim.Dialect, now func() time.Time) http.Handler {
	return jirasim.NewServer(
		site,
		jirasim.Options{Email: SimEmail, Token: SimToken, Bearer: SimToken, Now: now, Dialect: dialect,
			OpenPages: !site.Recorded()},
	)
}
