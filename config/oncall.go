package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/config/schema"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/pay"
	"jerem/oncall/plan"
)

// Oncall is the section on call: who is on duty when, what it is paid, and who sends alerts. Without rotas there is no
// on-call.
type Oncall struct {
	People         []OncallPerson
	Rotas          []oncall.Rota // in the order of the file
	Policies       []pay.Policy
	Rest           time.Duration // a daily rest
	Notice         civil.Period  // how long before it begins a plan stands
	KeepEvents     time.Duration // of raw events, after they were understood or set aside
	KeepStatements time.Duration
	Sources        []OncallSource
	TimeZone       string           // that of calendar.time_zone, "" where the file sets none
	Lines          map[string]int   // where an entry or a field stands, by placeName; see LineOf
	Mentions       map[string][]int // the lines that name a handle; see LinesNaming
}

// OncallPerson is an entry of oncall.people.
type OncallPerson struct {
	oncall.Person
	Contacts []OncallContact // in the order in which they are tried
}

// OncallContact is a way to reach a person.
type OncallContact struct {
	Channel string // mail, webhook, slack, ntfy, sms
	Address schema.Secret
}

// OncallSource is an entry of oncall.sources: who posts alerts to /hooks/NAME.
type OncallSource struct {
	Name    string
	Kind    string          // SourceAlertmanager or SourceGeneric
	Secrets []schema.Secret // one of them is sent as bearer; several while it is being changed
	Team    string          // whose alerts these are, "" where a label tells
	Label   string          // the label of an alert that names its team, "" where Team tells
}

// The kinds of sources.
const (
	SourceAlertmanager = string(plan.Alertmanager)
	SourceGeneric      = string(plan.Generic)
)

// Mail is how messages are sent.
type Mail struct {
	URL  schema.Secret // smtp://USER:PASSWORD@HOST:PORT or smtps://…; not Set: no mail is sent
	From string
}

var oncallKeys = []key{
	mailURLKey("mail.url"),
	mailFromKey("mail.from"),
	{Name: "oncall.people", What: "a list"},
	{Name: "oncall.rotas", What: "a list"},
	{Name: "oncall.pay", What: "a list"},
	schema.DurationKey("oncall.rest", 0, func(t *target) *time.Duration { return &t.config.Oncall.Rest }),
	periodKey("oncall.notice", func(t *target) *civil.Period { return &t.config.Oncall.Notice }),
	schema.DurationKey("oncall.keep.events", time.Hour,
		func(t *target) *time.Duration { return &t.config.Oncall.KeepEvents }),
	schema.DurationKey("oncall.keep.statements", 24*time.Hour,
		func(t *target) *time.Duration { return &t.config.Oncall.KeepStatements }),
	{Name: "oncall.sources", What: "a list"},
}

// oncallEntry is what the keys of an entry of on-call's lists set.
type oncallEntry struct {
	person  *OncallPerson
	rota    *rotaEntry
	version *oncall.Version
	window  *oncall.Window
	policy  *pay.Policy
	source  *OncallSource
}

// defaultOncall holds the values that the contract shows.
func defaultOncall() Oncall {
	return Oncall{
		Rest: 11 * time.Hour, Notice: civil.Period{Number: 15, Unit: civil.Days},
		KeepEvents: 30 * 24 * time.Hour, KeepStatements: 5 * 365 * 24 * time.Hour,
		Lines: map[string]int{}, Mentions: map[string][]int{},
	}
}

// readOncallSection reads the lists of the section on call.
func readOncallSection(l *schema.Loader, top *tree, c *Config, teamRules Rules) {
	c.Oncall.TimeZone = teamRules.Calendar.TimeZone
	people := readOncallPeople(l, top, c, teamRules)
	readRotas(l, top, c, teamRules, people)
	placePeople(l, c, people)
	readPolicies(l, top, c)
	readSources(l, top, c)
	if c.Mail.URL.IsSet() != (c.Mail.From != "") {
		missing, hint := "mail.from", "the address that mail comes from"
		if c.Mail.From != "" {
			missing, hint = "mail.url", "the server that takes mail, as in smtp://mail.example:25; or remove mail.from"
		}
		if _, given := top.Given[missing]; !given {
			schema.ReportMissing(l, top, missing, hint)
		}
	}
}

// placeName names a place of the section: what it is, the entry, then the version and field if it is about one.
func placeName(parts ...string) string { return strings.Join(parts, "\n") }

// LineOf returns the line of the file that a contradiction with the past is about: that of the field, else of the
// version, else of the entry; 0 where the file does not hold the entry.
func (o *Oncall) LineOf(m oncall.Mend) int {
	if m.Person != "" {
		return o.firstLine(placeName("person", m.Person, m.Field), placeName("person", m.Person))
	}
	version := m.Version.String()
	return o.firstLine(placeName("rota", m.Rota, version, m.Field), placeName("rota", m.Rota, m.Field),
		placeName("rota", m.Rota, version), placeName("rota", m.Rota))
}

func (o *Oncall) firstLine(names ...string) int {
	for _, name := range names {
		if line := o.Lines[name]; line > 0 {
			return line
		}
	}
	return 0
}

// LinesNaming returns the lines of the file that name a handle, in order.
func (o *Oncall) LinesNaming(handle string) []int {
	return slices.Compact(slices.Sorted(slices.Values(o.Mentions[handle])))
}

// noteFields remembers where the fields of an entry stand.
func (o *Oncall) noteFields(t *tree, parts ...string) {
	o.Lines[placeName(parts...)] = t.At.Line
	for name, e := range t.Entries {
		o.Lines[placeName(append(slices.Clone(parts), name)...)] = e.At.Line
	}
}

// checkTeamKnown reports a team that is none of the file.
func checkTeamKnown(l *schema.Loader, at schema.Position, key, name string, c *Config) {
	if !slices.ContainsFunc(c.Teams, func(t Team) bool { return t.Name == name }) {
		l.AddError(at, key, fmt.Sprintf("%s is not a team of this file", schema.QuoteText(name)),
			"write the label of an entry of projects, else its name as written; the teams are "+listTeams(c.Teams))
	}
}
