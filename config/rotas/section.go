package rotas

import (
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"jerem/calendar"
	"jerem/config/schema"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/pay"
	"jerem/oncall/plan"
)

// Section is the section on call: who is on duty when, what it is paid, and who sends alerts. Without rotas there is no
// on-call.
type Section struct {
	People         []Person
	Rotas          []oncall.Rota // in the order of the file
	Policies       []pay.Policy
	Rest           time.Duration // a daily rest
	Notice         civil.Period  // how long before it begins a plan stands
	KeepEvents     time.Duration // of raw events, after they were understood or set aside
	KeepStatements time.Duration
	Sources        []Source
	SecretInFile   bool             // a secret is written out in the file
	TimeZone       string           // that of calendar.time_zone, "" where the file sets none
	Lines          map[string]int   // where an entry or a field stands, by placeName; see LineOf
	Mentions       map[string][]int // the lines that name a handle; see LinesNaming
}

// Person is an entry of oncall.people.
type Person struct {
	oncall.Person
	Contacts []Contact // in the order in which they are tried
}

// Contact is a way to reach a person.
type Contact struct {
	Channel string // mail, webhook, slack, ntfy, sms
	Address schema.Secret
}

// Source is an entry of oncall.sources: who posts alerts to /hooks/NAME.
type Source struct {
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

// TopKeys are the keys of the section at the top of a file; at returns the section that they set. Lists set nothing:
// [Read] reads them.
func TopKeys[T any](at func(*T) *Section) []schema.Key[T] {
	return []schema.Key[T]{
		{Name: "oncall.people", What: "a list"},
		{Name: "oncall.rotas", What: "a list"},
		{Name: "oncall.pay", What: "a list"},
		schema.DurationKey("oncall.rest", 0, func(t *T) *time.Duration { return &at(t).Rest }),
		periodKey("oncall.notice", func(t *T) *civil.Period { return &at(t).Notice }),
		schema.DurationKey("oncall.keep.events", time.Hour, func(t *T) *time.Duration { return &at(t).KeepEvents }),
		schema.DurationKey("oncall.keep.statements", 24*time.Hour,
			func(t *T) *time.Duration { return &at(t).KeepStatements }),
		{Name: "oncall.sources", What: "a list"},
	}
}

// target is what the keys of an entry of the section's lists set: one of its last six fields, by the list.
type target struct {
	section  *Section
	calendar *calendar.Config
	person   *Person
	rota     *rotaEntry
	version  *oncall.Version
	window   *oncall.Window
	policy   *pay.Policy
	source   *Source
}

type (
	key  = schema.Key[target]
	tree = schema.Tree[target]
)

func calendarOf(t *target) *calendar.Config { return t.calendar }

// Default holds the values that the contract shows.
func Default() Section {
	return Section{
		Rest: 11 * time.Hour, Notice: civil.Period{Number: 15, Unit: civil.Days},
		KeepEvents: 30 * 24 * time.Hour, KeepStatements: 5 * 365 * 24 * time.Hour,
		Lines: map[string]int{}, Mentions: map[string][]int{},
	}
}

// File is what the section needs to know of the rest of the file.
type File struct {
	// Lists returns the items of a list of the file; example is told where it is no list.
	Lists    func(name, example string) []*yaml.Node
	Teams    []string        // the names of all teams
	Calendar calendar.Config // what holds where an entry says nothing
}

// reader reads the lists of the section out of a file.
type reader struct {
	file    File
	section *Section
}

// Read reads the lists of the section into it; its single keys were set before, by [TopKeys].
func Read(l *schema.Loader, file File, section *Section) {
	section.TimeZone = file.Calendar.TimeZone
	r := &reader{file: file, section: section}
	people := readPeople(l, r)
	readRotas(l, r, people)
	placePeople(l, r, people)
	readPolicies(l, r)
	readSources(l, r)
}

// placeName names a place of the section: what it is, the entry, then the version and field if it is about one.
func placeName(parts ...string) string { return strings.Join(parts, "\n") }

// LineOf returns the line of the file that a contradiction with the past is about: that of the field, else of the
// version, else of the entry; 0 where the file does not hold the entry.
func (s *Section) LineOf(m oncall.Contradiction) int {
	if m.Person != "" {
		return s.firstLine(placeName("person", m.Person, m.Field), placeName("person", m.Person))
	}
	version := m.Version.String()
	return s.firstLine(placeName("rota", m.Rota, version, m.Field), placeName("rota", m.Rota, m.Field),
		placeName("rota", m.Rota, version), placeName("rota", m.Rota))
}

func (s *Section) firstLine(names ...string) int {
	for _, name := range names {
		if line := s.Lines[name]; line > 0 {
			return line
		}
	}
	return 0
}

// LinesNaming returns the lines of the file that name a handle, in order.
func (s *Section) LinesNaming(handle string) []int {
	return slices.Compact(slices.Sorted(slices.Values(s.Mentions[handle])))
}

// noteFields remembers where the fields of an entry stand.
func (s *Section) noteFields(t *tree, parts ...string) {
	s.Lines[placeName(parts...)] = t.At.Line
	for name, e := range t.Entries {
		s.Lines[placeName(append(slices.Clone(parts), name)...)] = e.At.Line
	}
}
