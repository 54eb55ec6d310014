package config

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jerem/agile"
	"jerem/calendar"
	"jerem/config/rotas"
	"jerem/config/schema"
)

// target is what keys set: those of the top the configuration and the rules of all teams, those of
// an entry of projects the team and its own rules, those of an entry of sinks the sink, those of one of digest the
// digest.
type target struct {
	config *Config
	team   *Team
	label  string
	rules  *Rules
	sink   *Sink
	digest *Digest
}

type (
	key  = schema.Key[target]
	tree = schema.Tree[target]
)

var (
	topTable     = schema.NewTable(topKeys, accessKeys, mailKeys, oncallKeys, ruleKeys)
	projectTable = newEntryTable(projectKeys, movedKeys, ruleKeys)
)

// newEntryTable returns the table of an entry of a list.
func newEntryTable(lists ...[]key) *schema.Table[target] {
	return schema.NewTable(lists...).Below(topTable)
}

// secretKey is a password or token; one that is written out in the file is noted.
func secretKey(name string, at func(*target) *schema.Secret) key {
	return schema.SecretKey(name, at, func(t *target) {
		if t.config != nil {
			t.config.SecretInFile = true
		}
	})
}

// leastSigning is how many letters a secret has at least by which messages are signed: what has fewer, as 0 or false,
// is no secret but meant to turn something off, and would let in whoever guesses it.
const leastSigning = 6

// signingKey is a secret that we choose ourselves, by which another program signs what it sends here.
func signingKey(name string, at func(*target) *schema.Secret) key {
	k := secretKey(name, at)
	set := k.Set
	k.Set = func(t *target, v schema.Value, bad schema.Report) {
		if utf8.RuneCountInString(v.Text) < leastSigning {
			bad(v, "is too short for a secret: whoever guesses it can sign too",
				"write 16 letters or more, as `openssl rand -hex 16` makes them; leave the key out to take no messages")
			return
		}
		set(t, v, bad)
	}
	return k
}

var oncallKeys = rotas.TopKeys(func(t *target) *rotas.Section { return &t.config.Oncall })

func calendarOfTeam(t *target) *calendar.Config { return &t.rules.Calendar }

var topKeys = []key{
	jiraAddressKey("jira.url", func(t *target) *string { return &t.config.Jira.URL }),
	loginNameKey("jira.username", func(t *target) *string { return &t.config.Jira.Username }),
	secretKey("jira.password", func(t *target) *schema.Secret { return &t.config.Jira.Password }),
	secretKey("jira.token", func(t *target) *schema.Secret { return &t.config.Jira.Token }),
	schema.TextsKey("jira.closed.statuses", func(t *target) *[]string { return &t.config.Jira.ClosedStatuses }),
	schema.SizeKey("jira.max_answer", 1<<20, func(t *target) *int64 { return &t.config.Jira.MaxAnswer }),
	schema.FilledKey("jira.oauth.client_id", func(t *target) *string { return &t.config.Jira.OAuth.ClientID }),
	secretKey("jira.oauth.client_secret", func(t *target) *schema.Secret { return &t.config.Jira.OAuth.ClientSecret }),
	schema.BoolKey("jira.goals", func(t *target) *bool { return &t.config.Jira.Goals }),
	signingKey("jira.webhook_secret", func(t *target) *schema.Secret { return &t.config.Jira.WebhookSecret }),
	rateKey("jira.rate", func(t *target) *float64 { return &t.config.Jira.Rate }),
	schema.AddressKey("metrics.url", func(t *target) *string { return &t.config.Metrics.URL }),
	secretKey("metrics.token", func(t *target) *schema.Secret { return &t.config.Metrics.Token }),
	schema.SecondsKey("metrics.interval", time.Second,
		func(t *target) *time.Duration { return &t.config.Metrics.Interval }),
	secretKey("metrics.read_token", func(t *target) *schema.Secret { return &t.config.Metrics.ReadToken }),
	schema.OneOfKey(
		"metrics.time_unit",
		[]string{"us", "ms", "ns"},
		func(t *target) *string { return &t.config.Metrics.TimeUnit },
	),
	{Name: "sinks", What: "a list"},
	{Name: "projects", What: "a list"},
	{Name: "digest", What: "a list"},
	schema.SecondsKey("runner.period", time.Second, func(t *target) *time.Duration { return &t.config.Runner.Period }),
	schema.SecondsKey("runner.refresh", 0, func(t *target) *time.Duration { return &t.config.Runner.Refresh }),
	schema.WithAliases(listenKey("server.listen"), "api.listen"),
	schema.AddressKey("server.url", func(t *target) *string { return &t.config.Server.URL }),
	hostsKey("server.hosts"),
	baseKey("server.base"),
	originsKey("server.frame", func(t *target) *[]string { return &t.config.Server.Frame }),
	schema.FilledKey("server.tls.cert", func(t *target) *string { return &t.config.Server.TLS.Cert }),
	schema.FilledKey("server.tls.key", func(t *target) *string { return &t.config.Server.TLS.Key }),
	storePathKey("store.path"),
	storeURLKey("store.url", func(t *target) *schema.Secret { return &t.config.Store.URL }),
	schema.WithAliases(logLevelKey("log.level"), "log-level"),
	schema.OneOfKey("log.format", []string{"text", "json"}, func(t *target) *string { return &t.config.Log.Format }),
}

var projectKeys = []key{
	schema.FilledKey("name", func(t *target) *string { return &t.team.Project }),
	schema.WholeKey("board", 0, 0, func(t *target) *int64 { return &t.team.Board }),
	schema.TextKey("team", func(t *target) *string { return &t.team.Works }),
	jqlKey("jql_filter", func(t *target) *string { return &t.team.JQLFilter }),
	schema.TextKey("label", func(t *target) *string { return &t.label }),
}

var ruleKeys = []key{
	schema.TimeZoneKey("calendar.time_zone", calendarOfTeam),
	schema.RegionKey("calendar.region", calendarOfTeam),
	schema.DaysOffKey("calendar.days_off", calendarOfTeam),
	schema.HoursKey("calendar.hours", calendarOfTeam),
	schema.TextsKey("impediment.labels", func(t *target) *[]string { return &t.rules.Impediment.Labels }),
	schema.TextsKey("impediment.types", func(t *target) *[]string { return &t.rules.Impediment.Types }),
	jqlKey("impediment.jql", func(t *target) *string { return &t.rules.Impediment.JQL }),
	natureKey("impediment.nature"),
	schema.DurationKey("sprint.planning_grace", 0, func(t *target) *time.Duration { return &t.rules.Sprint.Grace }),
	schema.DurationKey("sprint.budget", 0, func(t *target) *time.Duration { return &t.rules.Sprint.Budget }),
	budgetIncludesKey("sprint.budget_includes"),
	capacityKey("sprint.capacity"),
	schema.WholeKey("sprint.history", 1, 0, func(t *target) *int { return &t.rules.Sprint.History }),
	quarterLabelKey("quarter.label"),
	quarterByKey("quarter.by"),
	initiativeLabelKey("initiative.label"),
	schema.TextsKey("dependency.labels", func(t *target) *[]string { return &t.rules.Dependency.Labels }),
	schema.WholeKey("quarter.first_month", 1, 12, func(t *target) *time.Month { return &t.rules.Quarter.FirstMonth }),
	schema.TextsKey("flow.waiting", func(t *target) *[]string { return &t.rules.Flow.Waiting }),
	schema.WholeKey("flow.untouched", 1, 0, func(t *target) *int { return &t.rules.Flow.Untouched }),
}

// Variables lists the environment variables of all keys that have one.
func Variables() []string {
	var names []string
	for _, k := range topTable.Keys() {
		if k.Set == nil {
			continue
		}
		for _, name := range append([]string{k.Name}, k.Aliases...) {
			names = append(names, schema.VariableOf(name))
		}
	}
	return names
}

// mostCapacity is the longest working time of a team per working day that is believed: a thousand people.
const mostCapacity = 24_000 * time.Hour

// capacityKey is the working time of the whole team per working day: a bare number is hours.
func capacityKey(name string) key {
	return key{Name: name, What: "hours", Set: func(t *target, v schema.Value, bad schema.Report) {
		capacity, ok := parseCapacity(v.Text)
		switch {
		case !ok:
			bad(
				v,
				schema.QuoteValue(v)+" is not a number of hours",
				"write the hours of the whole team per working day, like 35 or 35h",
			)
		case capacity <= 0 || capacity > mostCapacity:
			bad(v, schema.QuoteValue(v)+" cannot be a team's day", "more than 0 hours, and at most 24000")
		default:
			t.rules.Sprint.Capacity = capacity
		}
	}}
}

func parseCapacity(text string) (time.Duration, bool) {
	hours, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err == nil && hours == hours && hours < 1e6 && hours > -1e6 {
		return time.Duration(hours * float64(time.Hour)), true
	}
	return schema.ParseDuration(text)
}

// budgetIncludesKey is what counts in the budget of a sprint beside impediments.
func budgetIncludesKey(name string) key {
	return key{Name: name, What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		switch scope := agile.BudgetScope(v.Text); scope {
		case agile.ImpedimentsAlone, agile.WithOnCall:
			t.rules.Sprint.BudgetIncludes = scope
		default:
			bad(v, schema.QuoteValue(v)+" is nothing that a budget includes",
				"write oncall, so that call-outs count too, or leave it out")
		}
	}}
}
