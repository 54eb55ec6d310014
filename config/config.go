package config

import (
	"fmt"
	"log/slog"
	"regexp"
	"time"

	"jerem/access/rules"
	"jerem/agile"
	"jerem/calendar"
	"jerem/config/rotas"
	"jerem/config/schema"
)

// Config is the whole configuration, checked, with defaults in place of what is not set.
type Config struct {
	Jira struct {
		URL            string // without a slash at the end
		Username       string // with Password, or both empty where Token is set
		Password       schema.Secret
		Token          schema.Secret
		ClosedStatuses []string // names that are done besides
		MaxAnswer      int64    // bytes of one answer, unpacked
		OAuth          struct { // the credential of a service account
			ClientID     string
			ClientSecret schema.Secret
		}
		Goals         bool          // the goals of sprints are kept
		WebhookSecret schema.Secret // by which Jira signs its messages to /hooks/jira; empty to take none
		Rate          float64       // requests a second, with a burst of as many; 0: as fast as the server takes them
	}
	Metrics struct {
		URL      string // "" where nothing is posted
		Token    schema.Secret
		Interval time.Duration // step of the grid points

		ReadToken schema.Secret // only to check what was posted; may be missing
		TimeUnit  string        // of the platform: us, ms or ns
	}
	Sinks   []Sink // besides the Warp 10 of metrics
	Digests []Digest
	Teams   []Team
	Runner  struct {
		Period  time.Duration // between cycles
		Refresh time.Duration // how old boards, sprints, fields, statuses may become
	}
	Server       Server
	Access       Access
	Mail         Mail
	Oncall       rotas.Section
	Store        Store
	SecretInFile bool // a secret is written out in the file

	Log struct {
		Level  slog.Level
		Format string // text or json
	}
}

// Team is an entry of projects.
type Team struct {
	Name      string // the label, else the name as written
	Project   string // key or name of the project, as written
	Board     int64  // 0 to find it
	JQLFilter string // "" for none
	Works     string // value of the Team field, by name or id; "" for none
	Moved     Moved  // where it was before it moved to this Jira
	Rules            // the global ones, overridden key by key by the entry's own
}

// Rules is what may be set for all teams and for one.
type Rules struct {
	Calendar   calendar.Config
	Impediment agile.ImpedimentRule
	Sprint     agile.SprintRule
	Quarter    agile.QuarterRule
	Initiative agile.InitiativeRule
	Dependency agile.DependencyRule
	Flow       agile.FlowRule
}

// AgileTeams makes the teams that figures are computed for, in the order of the file.
func (c *Config) AgileTeams() ([]agile.Team, error) {
	var teams []agile.Team
	for _, t := range c.Teams {
		team, err := c.AgileTeam(t)
		if err != nil {
			return nil, err
		}
		teams = append(teams, team)
	}
	return teams, nil
}

// AgileTeam makes the team that figures are computed for out of an entry of projects.
func (c *Config) AgileTeam(t Team) (agile.Team, error) {
	days, err := t.Calendar.Calendar()
	if err != nil {
		return agile.Team{}, fmt.Errorf("team %s: %w", t.Name, err)
	}
	return agile.Team{
		Name: t.Name, Project: t.Project, Board: t.Board, Filter: t.JQLFilter, Works: t.Works,
		ClosedStatuses: c.Jira.ClosedStatuses, Calendar: days,
		Impediment: t.Impediment, Sprint: t.Sprint, Flow: t.Flow,
		Quarter: t.Quarter, Initiative: t.Initiative, Dependency: t.Dependency,
	}, nil
}

// Default is the configuration of a file that sets nothing.
func Default() *Config {
	c := &Config{}
	c.Metrics.Interval = 20 * time.Minute
	c.Metrics.TimeUnit = "us"
	c.Jira.MaxAnswer = 64 << 20
	c.Jira.Rate = 10
	c.Jira.Goals = true
	c.Runner.Period = 10 * time.Minute
	c.Runner.Refresh = 10 * time.Minute
	c.Server.Listen = "127.0.0.1:8080"
	c.Store.Path = "jerem.db"
	c.Access.Mode = AccessOff
	c.Access.Keep = 400 * 24 * time.Hour
	c.Access.Header = "X-Forwarded-User"
	c.Access.OIDC.Login = "email"
	c.Access.Rules = rules.DefaultRules()
	c.Oncall = rotas.Default()
	c.Log.Level = slog.LevelInfo
	c.Log.Format = "text"
	return c
}

// DefaultRules are the rules of a team where nothing is set.
func DefaultRules() Rules {
	return Rules{
		Calendar:   calendar.Config{Start: 9 * time.Hour, End: 18 * time.Hour},
		Impediment: agile.ImpedimentRule{Labels: []string{"impediment"}, DefaultNature: "customfield_11028"},
		Sprint:     agile.SprintRule{History: 6},
		Quarter: agile.QuarterRule{
			By: agile.ByLabel, Label: regexp.MustCompile(`^Q([1-4])-(\d{2})$`), FirstMonth: time.January,
		},
		Initiative: agile.InitiativeRule{Label: regexp.MustCompile(`^Project_(.+)$`)},
		Dependency: agile.DependencyRule{Labels: []string{"dependency"}},
		Flow:       agile.FlowRule{Untouched: 5},
	}
}

// Find tells which file to read: the one of the flag, else of $JEREM_CONFIG, else config.yml
// or config.yaml in the working directory. A file that was asked for need not exist: reading it
// tells why it cannot be read. The error is a [schema.Errors].
func Find(flag string, getenv func(string) string, exists func(string) bool) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if path := getenv("JEREM_CONFIG"); path != "" {
		return path, nil
	}
	for _, path := range []string{"config.yml", "config.yaml"} {
		if exists(path) {
			return path, nil
		}
	}
	return "", schema.Errors{schema.NewProblem(
		schema.NoFile,
		schema.Place{File: "config.yml"},
		"no configuration found: neither config.yml nor config.yaml is in the working directory",
		"name a file by --config or JEREM_CONFIG, or try `jerem demo`, which needs none",
	)}
}

// Load reads a configuration file's content. An environment variable wins over the file's
// value of the same key. The error is a [schema.Errors] of all that is wrong; path only names the
// file in it. No value of a secret, and no value of a variable that the file refers to, is in it.
func Load(path string, data []byte, getenv func(string) string) (*Config, error) {
	l := schema.NewLoader(path, getenv)
	root := l.ParseFile(data)
	if root == nil {
		return nil, l.Faults()
	}
	config, teamRules := Default(), DefaultRules()
	top := schema.Flatten(l, root, topTable)
	schema.ApplyKeys(l, top, &target{config: config, rules: &teamRules}, true)
	checkRequired(l, top)
	checkCredentials(l, top)
	checkStore(l, top)
	config.Teams = readTeams(l, top, config, teamRules)
	readSinks(l, top, config)
	readAccessTeams(l, top, config)
	readDigests(l, top, config)
	readOncall(l, top, config, teamRules)
	checkMail(l, top, config)
	checkAccess(l, top, config)
	checkTLS(l, top)
	joinBase(l, top, config)
	if faults := l.Faults(); len(faults) > 0 {
		return nil, faults
	}
	return config, nil
}
