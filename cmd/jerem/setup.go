package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"jerem/cmd/jerem/terminal"

	"jerem/config"

	"github.com/lmittmann/tint"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"jerem/agile"
	"jerem/bot"
	"jerem/jira"
	"jerem/publish"
	"jerem/publish/remotewrite"
	"jerem/publish/warp10"
	"jerem/store"
	"jerem/sync"
	"jerem/teams"
)

// stamp is the version that a release is stamped with by the linker.
var stamp string

// versionText tells what was built: the stamped version, the module's, or the commit.
func versionText() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return versionOf(stamp, info)
}

func versionOf(stamp string, info *debug.BuildInfo) string {
	commit, _ := commitOf(info)
	switch v := info.Main.Version; {
	case stamp != "":
		return stamp
	case v != "" && v != "(devel)":
		return v
	case commit != "":
		return commit
	}
	return "development"
}

// commitOf returns the commit that was built, shortened, and whether files differed from it.
func commitOf(info *debug.BuildInfo) (commit string, changed bool) {
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			changed = s.Value == "true"
		}
	}
	return commit, changed
}

// versionLine is what --version prints.
func versionLine(stamp string, info *debug.BuildInfo) string {
	line := "jerem " + versionOf(stamp, info)
	if commit, changed := commitOf(info); commit != "" {
		line += ", commit " + commit
		if changed {
			line += " with changes"
		}
	}
	return fmt.Sprintf("%s, %s, %s/%s", line, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// loadConfig reads the configuration that the flags and the environment name.
func (e *environ) loadConfig() (*config.Config, error) {
	exists := func(path string) bool { _, err := os.Stat(path); return err == nil }
	path, err := config.Find(e.flags.Config, e.getenv, exists)
	if err != nil {
		return nil, err
	}
	e.tellUnknownVariables()
	c, err := readConfig(path, e.getenv)
	if err != nil {
		return nil, err
	}
	if e.flags.LogLevel != "" {
		if c.Log.Level, err = config.ParseLevel(e.flags.LogLevel); err != nil {
			return nil, usageError{
				fmt.Errorf(
					"--log-level %q: write trace, debug, info, warn, error, or 0 to 6 as the older bot took",
					e.flags.LogLevel,
				),
			}
		}
	}
	e.warnOfReaders(c, path)
	return c, nil
}

// warnOfReaders tells who else may read what should be secret: the file, and what goes over the network.
func (e *environ) warnOfReaders(c *config.Config, path string) {
	info, err := os.Stat(path)
	if err == nil && c.SecretInFile && info.Mode().Perm()&0o004 != 0 {
		e.newLogger(c).Warn(
			"every user of this machine can read the configuration, and a secret stands in it: chmod 600 it, or give "+
				"the secret by a variable",
			"file",
			path,
		)
	}
	addresses := []string{c.Jira.URL, c.Metrics.URL}
	for _, s := range c.Sinks {
		if s.Token.IsSet() {
			addresses = append(addresses, s.URL)
		}
	}
	for _, url := range addresses {
		if isUnencrypted(url) {
			e.newLogger(c).Warn("the secret goes over the network unencrypted: use https://", "address", url)
		}
	}
}

// isUnencrypted tells whether an address leads over the network without TLS.
func isUnencrypted(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() != "localhost" && !strings.HasSuffix(u.Hostname(), ".localhost") &&
		(ip == nil || !ip.IsLoopback())
}

// newLogger writes to standard error, in colour only on a terminal.
func (e *environ) newLogger(c *config.Config) *slog.Logger {
	if c.Log.Format == "json" {
		return slog.New(
			slog.NewJSONHandler(e.stderr, &slog.HandlerOptions{Level: c.Log.Level, ReplaceAttr: printableAttr}),
		)
	}
	return slog.New(tint.NewTextHandler(e.stderr, &tint.Options{
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

func (e *environ) wantsColour() bool {
	return e.getenv("NO_COLOR") == "" && terminal.IsTerminal(e.stderr)
}

// jiraClient makes the client of the configured Jira; tries is how often a request is sent at most, 0 for
// the usual patience.
func jiraClient(c *config.Config, log *slog.Logger, tries int) (*jira.Client, error) {
	return jira.New(jiraConfig(c, log, tries))
}

func jiraConfig(c *config.Config, log *slog.Logger, tries int) jira.Config {
	return jira.Config{
		URL:       c.Jira.URL,
		Username:  c.Jira.Username,
		Password:  c.Jira.Password.Reveal(),
		Token:     c.Jira.Token.Reveal(),
		Log:       log,
		Tries:     tries,
		MaxAnswer: c.Jira.MaxAnswer,
		Rate:      c.Jira.Rate,
	}
}

// configuredSinks makes the configured sinks, that of metrics first; none where nothing is to be posted.
func configuredSinks(c *config.Config) (sinks []publish.Sink) {
	if c.Metrics.URL != "" {
		sinks = append(sinks, warp10Sink(c))
	}
	for _, s := range c.Sinks {
		client := &http.Client{Timeout: 5 * time.Minute}
		switch s.Type {
		case config.SinkRemoteWrite:
			sinks = append(sinks, &remotewrite.Sink{Label: s.Name, URL: s.URL, Token: s.Token.Reveal(),
				Version: int(s.Version), Backfill: s.Backfill == config.BackfillAll, Client: client})
		default:
			sinks = append(sinks, &warp10.Sink{Label: s.Name, URL: s.URL, Token: s.Token.Reveal(), Client: client})
		}
	}
	return sinks
}

// stepsOfSinks are the steps of the grid of the sinks that have a name.
func stepsOfSinks(c *config.Config) map[string]time.Duration {
	steps := map[string]time.Duration{}
	for _, s := range c.Sinks {
		steps[s.Name] = s.Interval
	}
	return steps
}

// ticksPerSecond are the time units that a Warp 10 may be set to.
var ticksPerSecond = map[string]int64{"us": 1_000_000, "ms": 1_000, "ns": 1_000_000_000}

func warp10Sink(c *config.Config) *warp10.Sink {
	return &warp10.Sink{
		URL:            c.Metrics.URL,
		Token:          c.Metrics.Token.Reveal(),
		Client:         &http.Client{Timeout: 5 * time.Minute},
		TicksPerSecond: ticksPerSecond[c.Metrics.TimeUnit],
	}
}

// office is a configuration put to work: a store opened for writing and a bot that fills it.
type office struct {
	config *config.Config
	log    *slog.Logger
	teams  []agile.Team
	store  *store.Store
	reader *sync.Reader
	bot    *bot.Bot
}

// openOffice puts the configuration to work. The caller closes the store.
func (e *environ) openOffice(ctx context.Context) (*office, error) {
	c, err := e.loadConfig()
	if err != nil {
		return nil, err
	}
	return e.openConfig(ctx, c)
}

// openKept is open for what works on a store that is there: none is made.
func (e *environ) openKept(ctx context.Context) (*office, error) {
	c, err := e.loadConfig()
	if err != nil {
		return nil, err
	}
	if err := store.Exists(c.Store.Path); err != nil {
		return nil, err
	}
	o, err := e.openConfig(ctx, c)
	if err != nil {
		return nil, err
	}
	if aside := o.store.MovedTo(); aside != "" {
		return nil, errors.Join(
			fmt.Errorf(
				"store %s: was damaged, and is %s now: nothing is left to work on (Run jerem collect: it reads "+
					"everything again from Jira.)",
				c.Store.Path,
				aside,
			),
			o.store.Close(),
		)
	}
	return o, nil
}

// warnIfMoved tells that the store was damaged. It waits until that is known.
func (o *office) warnIfMoved() {
	if aside := o.store.MovedTo(); aside != "" {
		o.log.Warn("the store was damaged: it was moved aside, and everything is read again from Jira",
			"store", o.config.Store.Path, "aside", aside)
	}
}

func (e *environ) openConfig(ctx context.Context, c *config.Config) (*office, error) {
	o := &office{config: c, log: e.newLogger(c)}
	var err error
	if o.teams, err = c.AgileTeams(); err != nil {
		return nil, err
	}
	var client *jira.Client
	metrics := bot.NewMetrics(func() time.Duration { return client.Transport().Waited() })
	asking := jiraConfig(c, o.log, 0)
	asking.HTTP = &http.Client{Timeout: 2 * time.Minute, Transport: metrics.CountRequests(nil)}
	if client, err = jira.New(asking); err != nil {
		return nil, err
	}
	if o.store, err = store.Open(ctx, c.Store.Path); err != nil {
		return nil, err
	}
	if o.store.OpenToOthers() {
		o.log.Warn("other users of this machine can read the store: chmod 600 it", "store", c.Store.Path)
	}
	o.reader = &sync.Reader{
		Jira:    client,
		Store:   o.store,
		Teams:   o.teams,
		Refresh: c.Runner.Refresh,
		Now:     time.Now,
		Log:     o.log,
	}
	o.bot = &bot.Bot{Reader: o.reader, Store: o.store, Computed: teams.NewCache(o.store), Teams: o.teams,
		Sinks: configuredSinks(c), Interval: c.Metrics.Interval, Steps: stepsOfSinks(c), Log: o.log, Metrics: metrics}
	return o, nil
}

// processCollectors are what the process tells of itself, beside the figures.
func (o *office) processCollectors() []prometheus.Collector {
	build := prometheus.NewGauge(
		prometheus.GaugeOpts{
			Name:        "jerem_build_info",
			Help:        "1, labelled with what was built.",
			ConstLabels: prometheus.Labels{"version": versionText(), "go": runtime.Version()},
		},
	)
	build.Set(1)
	size := prometheus.NewGaugeFunc(
		prometheus.GaugeOpts{
			Name: "jerem_store_size_bytes",
			Help: "Size of the store's file and of what is still to be written into it.",
		},
		o.storeSize,
	)
	return []prometheus.Collector{
		o.bot.Metrics,
		build,
		size,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	}
}

func (o *office) storeSize() float64 {
	size := int64(0)
	for _, end := range []string{"", "-wal"} {
		if info, err := os.Stat(o.config.Store.Path + end); err == nil {
			size += info.Size()
		}
	}
	return float64(size)
}

// openRead opens the store beside a process that writes it.
func (e *environ) openRead(ctx context.Context) (*office, error) {
	c, err := e.loadConfig()
	if err != nil {
		return nil, err
	}
	o := &office{config: c, log: e.newLogger(c)}
	if o.teams, err = c.AgileTeams(); err != nil {
		return nil, err
	}
	o.store, err = store.OpenRead(ctx, c.Store.Path)
	return o, err
}

// chosenTeams returns the team of a name, or all for "".
func (o *office) chosenTeams(name string) ([]agile.Team, error) {
	var out []agile.Team
	var names []string
	for _, t := range o.teams {
		if name == "" || name == t.Name {
			out = append(out, t)
		}
		names = append(names, t.Name)
	}
	if len(out) == 0 {
		return nil, usageError{
			fmt.Errorf("--team %q: there is no such team; the teams are %s", name, strings.Join(names, ", ")),
		}
	}
	return out, nil
}
