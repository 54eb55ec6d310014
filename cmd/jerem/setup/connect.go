package setup

import (
	"log/slog"
	"net/http"
	"time"

	"jerem/config"
	"jerem/jira"
	"jerem/publish"
	"jerem/publish/remotewrite"
	"jerem/publish/warp10"
)

// NewJiraClient makes the client of the configured Jira; tries is how often a request is sent at most, 0 for
// the usual patience.
func NewJiraClient(c *config.Config, log *slog.Logger, tries int) (*jira.Client, error) {
	return newClient(c, jiraConfig(c, log, tries))
}

// newClient makes the client of the configured Jira, which asks in a manner of its own.
func newClient(c *config.Config, asking jira.Config) (*jira.Client, error) {
	client, err := jira.New(asking)
	if err == nil {
		client.WithoutGoals = !c.Jira.Goals
	}
	return client, err
}

func jiraConfig(c *config.Config, log *slog.Logger, tries int) jira.Config {
	return jira.Config{
		URL:      c.Jira.URL,
		Username: c.Jira.Username,
		Password: c.Jira.Password.Reveal(),
		Token:    c.Jira.Token.Reveal(),
		OAuth: jira.OAuth{ClientID: c.Jira.OAuth.ClientID,
			ClientSecret: c.Jira.OAuth.ClientSecret.Reveal()},
		Log:       log,
		Tries:     tries,
		MaxAnswer: c.Jira.MaxAnswer,
		Rate:      c.Jira.Rate,
	}
}

// configuredSinks makes the configured sinks, that of metrics first; none where nothing is to be posted.
func configuredSinks(c *config.Config) (sinks []publish.Sink) {
	if c.Metrics.URL != "" {
		sinks = append(sinks, NewWarp10Sink(c))
	}
	return append(sinks, NamedSinks(c)...)
}

// NamedSinks makes the entries of sinks, in their order.
func NamedSinks(c *config.Config) (sinks []publish.Sink) {
	for _, s := range c.Sinks {
		client := &http.Client{Timeout: 5 * time.Minute}
		switch s.Type {
		case config.SinkRemoteWrite:
			sinks = append(sinks, &remotewrite.Sink{Label: s.Name, URL: s.URL, Token: s.Token.Reveal(),
				User: s.User, Password: s.Password.Reveal(), Version: int(s.Version),
				Backfill: s.Backfill == config.BackfillAll, Client: client})
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

// TicksPerSecond are the time units that a Warp 10 may be set to.
var TicksPerSecond = map[string]int64{"us": 1_000_000, "ms": 1_000, "ns": 1_000_000_000}

// NewWarp10Sink makes the sink of the configured Warp 10.
func NewWarp10Sink(c *config.Config) *warp10.Sink {
	return &warp10.Sink{
		URL:            c.Metrics.URL,
		Token:          c.Metrics.Token.Reveal(),
		Client:         &http.Client{Timeout: 5 * time.Minute},
		TicksPerSecond: TicksPerSecond[c.Metrics.TimeUnit],
	}
}
