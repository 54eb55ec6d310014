package serving

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"jerem/calendar"
	"jerem/cmd/jerem/setup"
	"jerem/config"
	"jerem/config/schema"
	jirasim "jerem/sim/jira"
	"jerem/sim/world"
	"jerem/sim/world/duty"
)

// Demo is the command that shows a simulated company at work.
type Demo struct {
	Listen string  `help:"Address of the pages, 127.0.0.1:8080 by default." default:"127.0.0.1:8080" placeholder:"ADDR"`
	Speed  float64 `help:"{demo_speed}" default:"1440" placeholder:"N"`
	Seed   uint64  `help:"{sim_seed}" default:"${demo_seed}" placeholder:"N"`
	From   string  `help:"The day on which you meet the company; a later one has a longer past." placeholder:"DATE"`
}

// demoPeriod is short: somebody is looking.
const demoPeriod = 2 * time.Second

// Run plays a company as a Jira, reads it like any other, and serves the pages. Nothing of it stays. When the company
// has no sprint ahead of it any more, everything begins again, from an empty store at the same address.
func (d Demo) Run(e *setup.Environment) error {
	if err := errors.Join(checkSpeed(d.Speed), checkListenFlag(d.Listen)); err != nil {
		return err
	}
	return d.PlayLives(e, d.storyLifetime)
}

// PlayLives plays the company again and again, each time as long as the context of a lifetime lasts.
func (d Demo) PlayLives(
	e *setup.Environment,
	lifetime func(context.Context, *world.World) (context.Context, context.CancelFunc),
) error {
	company := world.New(d.Seed)
	if err := d.setDay(company); err != nil {
		return err
	}
	site, err := company.Site()
	if err != nil {
		return err
	}
	at := demoAddresses{pages: d.Listen, jira: "127.0.0.1:0"}
	for first := true; ; first = false {
		ctx, stop := lifetime(e.Ctx, company)
		life := *e
		life.Ctx = ctx
		err := d.playCompany(&life, company, site, &at, func(pages string) {
			at.pages = strings.TrimSuffix(strings.TrimPrefix(pages, "http://"), "/")
			if first {
				d.printWelcome(e, pages)
			}
		})
		over := ctx.Err() != nil && e.Ctx.Err() == nil
		stop()
		if !over {
			return err
		}
		fmt.Fprintln(e.Stderr, "The company's story is told; it begins again.")
	}
}

// setDay has the company be met on the day that is asked for, in mid-afternoon as on any other.
func (d Demo) setDay(company *world.World) error {
	if d.From == "" {
		return nil
	}
	day, err := time.Parse(time.DateOnly, d.From)
	if err == nil && company.MeetOn(day) {
		return nil
	}
	return setup.UsageError{Err: fmt.Errorf("--from %s: name a day from %s to %s", d.From,
		company.Clock.Format(time.DateOnly), company.LastSprint().Format(time.DateOnly))}
}

// demoAddresses are where the pages and the Jira are; a port of 0 becomes the one that was found.
type demoAddresses struct{ pages, jira string }

func (d Demo) printWelcome(e *setup.Environment, pages string) {
	fmt.Fprintln(e.Stdout, pages)
	fmt.Fprintf(
		e.Stderr,
		"A simulated company of four teams, read like a real one, its time running %v times as fast as ours. Its "+
			"people are on call at %soncall, where you choose which of them to be. Stop with Ctrl-C; nothing of it "+
			"stays.\n",
		d.Speed,
		pages,
	)
}

// storyLifetime is how long the company's story goes on, in our time.
func (d Demo) storyLifetime(ctx context.Context, company *world.World) (context.Context, context.CancelFunc) {
	if d.Speed == 0 {
		return context.WithCancel(ctx)
	}
	left := float64(company.LastSprint().Sub(company.Clock)) / d.Speed
	if left > float64(math.MaxInt64) { // it hardly moves
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, time.Duration(left))
}

// playCompany runs the company once, from its clock on, until the context ends.
func (d Demo) playCompany(
	e *setup.Environment,
	company *world.World,
	site *jirasim.Site,
	at *demoAddresses,
	ready func(pages string),
) error {
	dir, err := os.MkdirTemp("", "jerem-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	l, err := setup.OpenListener(e.Ctx, at.jira, "the simulated Jira")
	if err != nil {
		return err
	}
	at.jira = l.Addr().String()
	clock := runningClock(site.Clock(), d.Speed)
	ctx, stop := context.WithCancel(e.Ctx)
	var jira sync.WaitGroup
	jira.Go(func() {
		_ = setup.ServeHTTP(
			ctx,
			l,
			simulatedHandler(site, jirasim.Cloud, clock),
			slog.New(slog.DiscardHandler),
		)
	})
	defer jira.Wait()
	defer stop()

	shift := duty.New(company)
	file, err := demoConfig(company, shift, "http://"+at.jira, at.pages, filepath.Join(dir, "demo.db"))
	if err != nil {
		return err
	}
	file.Server.ListenKey = "--listen" // there is no configuration to correct
	o, err := e.OpenConfig(e.Ctx, file)
	if err != nil {
		return err
	}
	defer o.Store.Close()
	if _, err := o.Reader.Collect(e.Ctx, false); err != nil {
		return err
	}
	return servePages(e, o, planPlayedOnCall(company, shift, clock), ready)
}

// demoConfig is what the company would write in its file.
func demoConfig(company *world.World, shift *duty.Company, jira, listen, path string) (*config.Config, error) {
	c := config.Default()
	c.Jira.URL, c.Jira.Username, c.Jira.Password = jira, SimEmail, schema.NewSecret(SimToken)
	c.Server.Listen, c.Store.Path, c.Log.Level = listen, path, slog.LevelWarn
	c.Runner.Period = demoPeriod
	for _, t := range company.Teams() {
		rules := config.DefaultRules()
		rules.Sprint.Budget = 30 * time.Hour
		rules.Calendar.TimeZone, rules.Impediment.Types = t.Zone, t.Types
		for _, text := range t.DaysOff {
			if day, err := time.Parse(time.DateOnly, text); err == nil {
				rules.Calendar.DaysOff = append(rules.Calendar.DaysOff, calendar.DateOf(day, time.UTC))
			}
		}
		c.Teams = append(c.Teams, config.Team{Name: t.Name, Project: t.Key, Rules: rules})
	}
	var err error
	c.Oncall, err = playedSection(company, shift)
	return c, err
}
