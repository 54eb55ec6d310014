package config

import (
	"slices"
	"strings"
	"time"
)

// target is what keys set: those of the top the configuration and the rules of all teams, those of
// an entry of projects the team and its own rules, those of an entry of sinks the sink, those of on-call's lists the
// entry.
type target struct {
	config *Config
	team   *Team
	label  string
	rules  *Rules
	sink   *Sink
	oncall *oncallEntry
}

// say reports what is wrong with a value, and what to do.
type say func(v value, message, hint string)

// key is a key of the configuration.
type key struct {
	name    string // full, in dotted spelling
	aliases []string
	what    string // the type, for messages
	list    bool
	filled  bool                              // an empty text is as good as none
	set     func(t *target, v value, bad say) // nil for projects, which is read apart
}

// table is the keys that may stand in one part of the file.
type table struct {
	all      []key
	keys     map[string]*key // by name and alias
	sections map[string]bool // every proper beginning of a name
}

func newTable(lists ...[]key) *table {
	t := &table{all: slices.Concat(lists...), keys: map[string]*key{}, sections: map[string]bool{}}
	for i := range t.all {
		k := &t.all[i]
		for _, name := range append([]string{k.name}, k.aliases...) {
			t.keys[name] = k
			for j, r := range name {
				if r == '.' {
					t.sections[name[:j]] = true
				}
			}
		}
	}
	return t
}

var (
	topTable     = newTable(topKeys, accessKeys, oncallKeys, ruleKeys)
	projectTable = newTable(projectKeys, ruleKeys)
)

var topKeys = []key{
	jiraAddressKey("jira.url", func(t *target) *string { return &t.config.Jira.URL }),
	loginNameKey("jira.username", func(t *target) *string { return &t.config.Jira.Username }),
	secretKey("jira.password", func(t *target) *Secret { return &t.config.Jira.Password }),
	secretKey("jira.token", func(t *target) *Secret { return &t.config.Jira.Token }),
	textsKey("jira.closed.statuses", func(t *target) *[]string { return &t.config.Jira.ClosedStatuses }),
	sizeKey("jira.max_answer", 1<<20, func(t *target) *int64 { return &t.config.Jira.MaxAnswer }),
	filledKey("jira.oauth.client_id", func(t *target) *string { return &t.config.Jira.OAuth.ClientID }),
	secretKey("jira.oauth.client_secret", func(t *target) *Secret { return &t.config.Jira.OAuth.ClientSecret }),
	secretKey("jira.webhook_secret", func(t *target) *Secret { return &t.config.Jira.WebhookSecret }),
	rateKey("jira.rate", func(t *target) *float64 { return &t.config.Jira.Rate }),
	addressKey("metrics.url", func(t *target) *string { return &t.config.Metrics.URL }),
	secretKey("metrics.token", func(t *target) *Secret { return &t.config.Metrics.Token }),
	secondsKey("metrics.interval", time.Second, func(t *target) *time.Duration { return &t.config.Metrics.Interval }),
	secretKey("metrics.read_token", func(t *target) *Secret { return &t.config.Metrics.ReadToken }),
	oneOfKey(
		"metrics.time_unit",
		[]string{"us", "ms", "ns"},
		func(t *target) *string { return &t.config.Metrics.TimeUnit },
	),
	{name: "sinks", what: "a list"},
	{name: "projects", what: "a list"},
	secondsKey("runner.period", time.Second, func(t *target) *time.Duration { return &t.config.Runner.Period }),
	secondsKey("runner.refresh", 0, func(t *target) *time.Duration { return &t.config.Runner.Refresh }),
	sameAs(listenKey("server.listen"), "api.listen"),
	addressKey("server.url", func(t *target) *string { return &t.config.Server.URL }),
	hostsKey("server.hosts"),
	baseKey("server.base"),
	originsKey("server.frame", func(t *target) *[]string { return &t.config.Server.Frame }),
	filledKey("server.tls.cert", func(t *target) *string { return &t.config.Server.TLS.Cert }),
	filledKey("server.tls.key", func(t *target) *string { return &t.config.Server.TLS.Key }),
	storePathKey("store.path"),
	storeURLKey("store.url"),
	sameAs(logLevelKey("log.level"), "log-level"),
	oneOfKey("log.format", []string{"text", "json"}, func(t *target) *string { return &t.config.Log.Format }),
}

var projectKeys = []key{
	filledKey("name", func(t *target) *string { return &t.team.Project }),
	wholeKey("board", 0, 0, func(t *target) *int64 { return &t.team.Board }),
	textKey("team", func(t *target) *string { return &t.team.Works }),
	textKey("jql_filter", func(t *target) *string { return &t.team.JQLFilter }),
	textKey("label", func(t *target) *string { return &t.label }),
}

var ruleKeys = []key{
	timeZoneKey("calendar.time_zone"),
	regionKey("calendar.region"),
	daysOffKey("calendar.days_off"),
	hoursKey("calendar.hours"),
	textsKey("impediment.labels", func(t *target) *[]string { return &t.rules.Impediment.Labels }),
	textsKey("impediment.types", func(t *target) *[]string { return &t.rules.Impediment.Types }),
	textKey("impediment.jql", func(t *target) *string { return &t.rules.Impediment.JQL }),
	natureKey("impediment.nature"),
	durationKey("sprint.planning_grace", 0, func(t *target) *time.Duration { return &t.rules.Sprint.Grace }),
	durationKey("sprint.budget", 0, func(t *target) *time.Duration { return &t.rules.Sprint.Budget }),
	capacityKey("sprint.capacity"),
	wholeKey("sprint.history", 1, 0, func(t *target) *int { return &t.rules.Sprint.History }),
	quarterLabelKey("quarter.label"),
	quarterByKey("quarter.by"),
	initiativeLabelKey("initiative.label"),
	textsKey("dependency.labels", func(t *target) *[]string { return &t.rules.Dependency.Labels }),
	wholeKey("quarter.first_month", 1, 12, func(t *target) *time.Month { return &t.rules.Quarter.FirstMonth }),
	textsKey("flow.waiting", func(t *target) *[]string { return &t.rules.Flow.Waiting }),
	wholeKey("flow.untouched", 1, 0, func(t *target) *int { return &t.rules.Flow.Untouched }),
}

func sameAs(k key, aliases ...string) key {
	k.aliases = aliases
	return k
}

// listKeys names what may stand in a section, "" for the top.
func (t *table) listKeys(section string) string {
	var known []string
	for _, k := range t.all {
		name := k.name
		if section != "" {
			inside, ok := strings.CutPrefix(name, section+".")
			if !ok {
				continue
			}
			name = inside
		} else {
			name, _, _ = strings.Cut(name, ".")
		}
		if !slices.Contains(known, name) {
			known = append(known, name)
		}
	}
	return "known here: " + strings.Join(known, ", ")
}

// suggestKey tells what an unknown key was likely meant to be.
func (t *table) suggestKey(unknown string) string {
	if unknown == "<<" || strings.HasSuffix(unknown, ".<<") {
		return "merge keys are not supported: write the keys out, or give a whole section by an alias"
	}
	if best := nearestKey(unknown, t); best != "" {
		return "did you mean " + best + "?"
	}
	if k, ok := topTable.keys[unknown]; ok {
		return k.name + " holds for all teams: write it at the top of the file"
	}
	section, last := "", unknown
	if i := strings.LastIndexByte(unknown, '.'); i >= 0 {
		section, last = unknown[:i], unknown[i+1:]
	}
	for _, k := range t.all {
		if strings.HasSuffix(k.name, "."+last) || len(last) > 2 && strings.HasPrefix(k.name, last) {
			return "did you mean " + k.name + "?"
		}
	}
	if !t.sections[section] {
		section = ""
	}
	return t.listKeys(section)
}

// nearestKey returns the known key or section that differs from a name by few letters, or "".
func nearestKey(unknown string, t *table) string {
	names := []string{}
	for name := range t.keys {
		names = append(names, name)
	}
	for name := range t.sections {
		names = append(names, name)
	}
	slices.Sort(names)
	return Nearest(strings.ToLower(unknown), names, min(3, 1+len(unknown)/4))
}
