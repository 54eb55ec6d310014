package setup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"jerem/agile"
	"jerem/bot"
	"jerem/cmd/jerem/build"
	"jerem/config"
	"jerem/jira"
	"jerem/problem"
	"jerem/sqlviews"
	"jerem/store"
	"jerem/store/places"
	"jerem/sync"
	"jerem/teams"
)

// Instance is a configuration put to work: a store opened for writing and a bot that fills it.
type Instance struct {
	Config *config.Config
	Log    *slog.Logger
	Teams  []agile.Team
	Store  *store.Store
	Reader *sync.Reader
	Bot    *bot.Bot
}

// OpenInstance puts the configuration to work. The caller closes the store.
func (e *Environment) OpenInstance(ctx context.Context) (*Instance, error) {
	c, err := e.LoadConfig()
	if err != nil {
		return nil, err
	}
	return e.OpenConfig(ctx, c)
}

// OpenServing puts the configuration to work as one of the instances that may work on its store. The caller closes the
// store.
func (e *Environment) OpenServing(ctx context.Context) (*Instance, error) {
	c, err := e.LoadConfig()
	if err != nil {
		return nil, err
	}
	return e.openInstance(c, func(place string, teams []agile.Team) (*store.Store, error) {
		names := make([]string, len(teams))
		for n, team := range teams {
			names[n] = team.Name
		}
		return places.OpenShared(ctx, place, names, time.Now)
	})
}

// OpenKept is open for what works on a store that is there: none is made.
func (e *Environment) OpenKept(ctx context.Context) (*Instance, error) {
	c, err := e.LoadConfig()
	if err != nil {
		return nil, err
	}
	if err := places.Exists(ctx, c.Store.Place()); err != nil {
		return nil, err
	}
	o, err := e.OpenConfig(ctx, c)
	if err != nil {
		return nil, err
	}
	if aside := o.Store.MovedTo(); aside != "" {
		return nil, errors.Join(
			fmt.Errorf(
				"store %s: was damaged, and is %s now: nothing is left to work on (Run jerem collect: it reads "+
					"everything again from Jira.)",
				o.Store.Place(),
				aside,
			),
			o.Store.Close(),
		)
	}
	return o, nil
}

// WarnIfMoved tells that the store was damaged. It waits until that is known.
func (o *Instance) WarnIfMoved() {
	if aside := o.Store.MovedTo(); aside != "" {
		o.Log.Warn("the store was damaged: it was moved aside, and everything is read again from Jira",
			"store", o.Store.Place(), "aside", aside)
	}
}

// tellCopied tells that the store was of an older form, and where that stands.
func (o *Instance) tellCopied() {
	if older := o.Store.CopiedTo(); older != "" {
		o.Log.Info("the store got the form of this version: as it was before it stands in a copy, which may be removed",
			"store", o.Store.Place(), "copy", older)
	}
}

// OpenConfig puts a configuration to work that was read already. The caller closes the store.
func (e *Environment) OpenConfig(ctx context.Context, c *config.Config) (*Instance, error) {
	open := func(place string, _ []agile.Team) (*store.Store, error) { return places.Open(ctx, place) }
	return e.openInstance(c, open)
}

// openInstance puts a configuration to work with a store that is opened by a function.
func (e *Environment) openInstance(c *config.Config,
	openStore func(place string, teams []agile.Team) (*store.Store, error)) (*Instance, error) {
	o := &Instance{Config: c, Log: e.NewLogger(c)}
	var err error
	if o.Teams, err = c.AgileTeams(); err != nil {
		return nil, err
	}
	var client *jira.Client
	metrics := bot.NewMetrics(func() time.Duration { return client.Transport().Waited() },
		func() []jira.LimitedBy { return client.Transport().LimitedBy() })
	asking := jiraConfig(c, o.Log, 0)
	asking.HTTP = &http.Client{Timeout: 2 * time.Minute, Transport: metrics.CountRequests(nil)}
	if client, err = newClient(c, asking); err != nil {
		return nil, err
	}
	if o.Store, err = openStore(c.Store.Place(), o.Teams); err != nil {
		return nil, err
	}
	if o.Store.OpenToOthers() {
		o.Log.Warn("other users of this machine can read the store: chmod 600 it", "store", o.Store.Place())
	}
	o.Reader = &sync.Reader{
		Jira:    client,
		Store:   o.Store,
		Teams:   o.Teams,
		Refresh: c.Runner.Refresh,
		Now:     time.Now,
		Log:     o.Log,
	}
	computed, err := o.ComputedTeams(e.Ctx)
	if err != nil {
		return nil, errors.Join(err, o.Store.Close())
	}
	o.Bot = &bot.Bot{Reader: o.Reader, Store: o.Store, Computed: computed, Teams: o.Teams,
		Sinks: configuredSinks(c), Interval: c.Metrics.Interval, Steps: stepsOfSinks(c), Log: o.Log, Metrics: metrics,
		Build: build.Identity}
	o.tellCopied()
	return o, nil
}

// ComputedTeams returns a cache of the teams of the store, each with its past on another Jira, what on-call took from
// it, and what this program told of it before.
func (o *Instance) ComputedTeams(ctx context.Context) (*teams.Cache, error) {
	computed := teams.NewCache(o.Store)
	computed.Former = o.keptTold().Former
	if figures := onCallFigures(o); figures != nil {
		computed.OnCall = figures
	}
	var err error
	computed.Moved, err = FormerPasts(ctx, o.Config, o.Teams)
	return computed, err
}

// KeepViewsOnce keeps what readers in SQL find, for a command that ends then.
func (o *Instance) KeepViewsOnce(ctx context.Context) error { return bot.KeepViewsOnce(ctx, o.Bot) }

// keptTold is what this program told and keeps.
func (o *Instance) keptTold() sqlviews.Sources {
	return sqlviews.Sources{Rows: o.Store.ViewRows, Build: build.Identity}
}

// OpenRead opens the store beside a process that writes it.
func (e *Environment) OpenRead(ctx context.Context) (*Instance, error) {
	o, sound, err := e.OpenReadAhead(ctx)
	if err != nil {
		return o, err
	}
	if err := sound(); err != nil {
		return o, errors.Join(err, o.Store.Close())
	}
	return o, nil
}

// OpenReadAhead is OpenRead for who tells nothing of what it reads before sound was asked: the store is checked beside.
func (e *Environment) OpenReadAhead(ctx context.Context) (o *Instance, sound func() error, err error) {
	c, err := e.LoadConfig()
	if err != nil {
		return nil, nil, err
	}
	o = &Instance{Config: c, Log: e.NewLogger(c)}
	if o.Teams, err = c.AgileTeams(); err != nil {
		return nil, nil, err
	}
	o.Store, sound, err = places.OpenReadAhead(ctx, c.Store.Place())
	return o, sound, err
}

// ChosenTeams returns the team of a name, or all for "".
func (o *Instance) ChosenTeams(name string) ([]agile.Team, error) {
	var out []agile.Team
	var names []string
	for _, t := range o.Teams {
		if name == "" || name == t.Name {
			out = append(out, t)
		}
		names = append(names, t.Name)
	}
	if len(out) == 0 {
		return nil, UsageError{
			Err: fmt.Errorf("--team %q: there is no such team. %sThe teams are %s", name,
				problem.Suggest(name, names), strings.Join(names, ", ")),
		}
	}
	return out, nil
}
