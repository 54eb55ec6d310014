package rotas

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"jerem/calendar"
	"jerem/config/schema"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/plan"
	"jerem/problem"
)

// rotaEntry is an entry of oncall.rotas: what holds for all of its versions.
type rotaEntry struct {
	name, team string
	level      int
	until      calendar.Date
}

var rotaTable = schema.NewTable([]key{
	schema.FilledKey("name", func(t *target) *string { return &t.rota.name }),
	schema.FilledKey("team", func(t *target) *string { return &t.rota.team }),
	schema.WholeKey("level", 1, 3, func(t *target) *int { return &t.rota.level }),
	schema.TimeZoneKey("zone", calendarOf),
	schema.RegionKey("region", calendarOf),
	{Name: "versions", What: "a list"},
	schema.DateKey("until", func(t *target) *calendar.Date { return &t.rota.until }),
})

var versionTable = schema.NewTable([]key{
	schema.DateKey("from", func(t *target) *calendar.Date { return &t.version.From }),
	beginningKey("handover", "the next day as from", func(t *target) *int { return &t.version.Handover }),
	periodKey("every", func(t *target) *civil.Period { return &t.version.Every }),
	{Name: "people", What: "a list of handles", List: true, Set: setPeopleOfVersion},
	{Name: "coverage", What: "a list"},
})

func setPeopleOfVersion(t *target, v schema.Value, _ schema.Report) {
	for _, item := range v.Items {
		t.version.People = append(t.version.People, item.Text)
		mentions := t.section.Mentions
		mentions[item.Text] = append(mentions[item.Text], item.At.Line)
	}
}

var windowTable = schema.NewTable([]key{
	{Name: "days", What: "text", Set: func(t *target, v schema.Value, bad schema.Report) {
		days, err := oncall.ParseDays(v.Text)
		if err != nil {
			bad(v, err.Error(), "")
			return
		}
		t.window.Weekdays, t.window.Holidays = days.Weekdays, days.Holidays
	}},
	beginningKey("from", "the days after", func(t *target) *int { return &t.window.From }),
	clockKey("to", "24:00", func(t *target) *int { return &t.window.To }),
})

const (
	rotaExample    = "write `- {name: k8s, team: …, versions: […]}`"
	versionExample = "write `- {from: 2026-01-05, handover: \"09:00\", every: 1w, people: [ada, ben], " +
		"coverage: always}`"
	coverageExample = "write always, or a list such as `[{days: Mon-Fri, from: \"18:00\", to: \"09:00\"}, " +
		"{days: \"Sat,Sun\"}]`"
)

// clockKey is a time of day up to a last one.
func clockKey(name, last string, at func(*target) *int) key {
	return key{Name: name, What: "a time of day", Set: func(t *target, v schema.Value, bad schema.Report) {
		second, err := civil.ParseClock(v.Text)
		if err != nil {
			bad(v, schema.QuoteValue(v)+" is no time of day", "write it as \"09:00\", from 00:00 to "+last)
			return
		}
		*at(t) = second
	}}
}

// beginningKey is a time of day at which something begins: 24:00 belongs to a day that has ended.
func beginningKey(name, next string, at func(*target) *int) key {
	of := clockKey(name, "23:59", at)
	setClock := of.Set
	of.Set = func(t *target, v schema.Value, bad schema.Report) {
		if strings.TrimSpace(v.Text) == "24:00" {
			bad(v, schema.QuoteValue(v)+" begins nothing: it ends the day", "write \"00:00\" and "+next)
			return
		}
		setClock(t, v, bad)
	}
	return of
}

func periodKey[T any](name string, at func(*T) *civil.Period) schema.Key[T] {
	return schema.Key[T]{Name: name, What: "a period", Set: func(t *T, v schema.Value, bad schema.Report) {
		period, err := civil.ParsePeriod(v.Text)
		if err != nil {
			bad(v, schema.QuoteValue(v)+" is no period", "write days, weeks or months of the calendar: 2d, 1w or 1mo, "+
				"at most 1000 of them")
			return
		}
		*at(t) = period
	}}
}

// readRotas reads the entries of oncall.rotas.
func readRotas(l *schema.Loader, c *reader, people []*personEntry) {
	names := map[string]int{}
	for i, n := range c.file.Lists("oncall.rotas", rotaExample) {
		named := fmt.Sprintf("oncall.rotas[%d]", i)
		r, days := rotaEntry{level: 1}, c.file.Calendar
		to := &target{section: c.section, calendar: &days, rota: &r}
		t := schema.ReadEntryKeys(l, rotaTable, named, n, to, rotaExample)
		if t == nil {
			continue
		}
		checkRota(l, t, r, days, c)
		schema.CheckTwice(l, t, "name", r.name, names, i)
		rota := oncall.Rota{Name: r.name, Until: r.until}
		zone, err := time.LoadLocation(days.TimeZone)
		for _, v := range readVersions(l, t, r.name, c, people) {
			v.Team, v.Level, v.Region = r.team, r.level, days.Region
			v.Zone, v.Holiday = zone, plan.HolidaysOf(days.Region)
			rota.Versions = append(rota.Versions, v)
		}
		checkUntil(l, t, rota)
		if r.name != "" && err == nil && len(rota.Versions) > 0 {
			c.section.noteFields(t, "rota", r.name)
			c.section.Rotas = append(c.section.Rotas, rota)
		}
	}
}

// checkRota reports what a rota lacks.
func checkRota(l *schema.Loader, t *tree, r rotaEntry, days calendar.Config, c *reader) {
	schema.RequireKeys(l, t, "name", "a word that names the rota, as in k8s",
		"team", "the team whose unexpected work its call-outs are",
		"versions", versionExample)
	if days.TimeZone == "" {
		if _, given := t.Given["zone"]; !given {
			schema.ReportMissing(l, t, "zone", "a name such as Europe/Paris; or set calendar.time_zone for all")
		}
	}
	if message, hint := rotaNameFault(r.name); message != "" {
		l.AddError(t.Given["name"], t.Prefix+"name", message, hint)
	}
	if r.team != "" {
		schema.CheckTeamKnown(l, t.Given["team"], t.Prefix+"team", r.team, c.file.Teams)
	}
}

// rotaNameFault tells what is wrong with the name of a rota: it stands in addresses and in files.
func rotaNameFault(name string) (message, hint string) {
	if name == "" {
		return "", ""
	}
	if strings.ContainsAny(name, "/?#%") {
		return "holds one of / ? # %, which steer an address", "write it in letters, digits, dashes and spaces"
	}
	if slices.Contains(pagesOfOncall, name) {
		return "is that of a page of on-call", "write another one: /oncall/" + name + " is taken"
	}
	return schema.NameFault(name, "write it in letters, digits and spaces")
}

// pagesOfOncall are the pages that stand where those of rotas do.
var pagesOfOncall = []string{"me", "review", "statements", "calendar", "answer", "absences", "callouts"}

func checkUntil(l *schema.Loader, t *tree, r oncall.Rota) {
	if r.Until == (calendar.Date{}) {
		return
	}
	isLate := func(v oncall.Version) bool { return r.Until.Before(v.From) }
	if i := slices.IndexFunc(r.Versions, isLate); i >= 0 {
		l.AddError(t.Given["until"], t.Prefix+"until",
			"comes before the version from "+r.Versions[i].From.String()+" begins",
			"write a later until, or remove the version")
	}
}

// readVersions reads the versions of a rota.
func readVersions(l *schema.Loader, t *tree, rota string, c *reader, people []*personEntry) []oncall.Version {
	var out []oncall.Version
	from := map[string]int{}
	nodes := schema.ReadListNodes(l, t, "versions", versionExample)
	if _, given := t.Given["versions"]; given && len(nodes) == 0 &&
		t.Entries["versions"].Value.Kind == yaml.SequenceNode {
		l.AddError(t.Given["versions"], t.Prefix+"versions", "is empty", versionExample)
	}
	for i, n := range nodes {
		named := fmt.Sprintf("%sversions[%d]", t.Prefix, i)
		v := oncall.Version{}
		vt := schema.ReadEntryKeys(l, versionTable, named, n, &target{section: c.section, version: &v}, versionExample)
		if vt == nil {
			continue
		}
		schema.RequireKeys(l, vt, "from", "the date on which its first turn begins",
			"handover", "the time of day at which turns change, as in \"09:00\"",
			"every", "how long a turn is: 2d, 1w or 1mo",
			"people", "the handles in the order of their turns: [ada, ben, cleo]",
			"coverage", coverageExample)
		if _, given := vt.Given["from"]; given && v.From != (calendar.Date{}) {
			schema.CheckTwice(l, vt, "from", v.From.String(), from, i)
		}
		checkPeopleOf(l, vt, v, people)
		v.Coverage = readCoverage(l, vt, c)
		c.section.noteFields(vt, "rota", rota, v.From.String())
		out = append(out, v)
	}
	return out
}

// forgottenForm is how a person is named whose handle was replaced by jerem oncall forget: closed versions name them.
var forgottenForm = regexp.MustCompile(`^person-[1-9]\d*$`)

// checkPeopleOf reports handles that oncall.people does not hold.
func checkPeopleOf(l *schema.Loader, t *tree, v oncall.Version, people []*personEntry) {
	e, given := t.Entries["people"]
	if !given || e.Value.Kind != yaml.SequenceNode {
		return
	}
	if len(e.Value.Content) == 0 {
		l.AddError(schema.PositionOf(e.Value), t.Prefix+"people", "is empty", "a rota needs somebody: [ada, ben, cleo]")
	}
	known := make([]string, len(people))
	for i, p := range people {
		known[i] = p.Handle
	}
	for i, handle := range v.People {
		if slices.Contains(known, handle) || forgottenForm.MatchString(handle) {
			continue
		}
		hint := "add it there"
		if near := problem.Nearest(handle, known, 2); near != "" {
			hint = "did you mean " + near + "?"
		}
		l.AddError(schema.PositionOf(e.Value.Content[i]), fmt.Sprintf("%speople[%d]", t.Prefix, i),
			schema.QuoteText(handle)+" is no handle of oncall.people", hint)
	}
}

// readCoverage reads when a version is on duty: always, or windows of the week.
func readCoverage(l *schema.Loader, t *tree, c *reader) oncall.Coverage {
	e, ok := t.Entries["coverage"]
	if !ok || schema.IsNull(e.Value) {
		return oncall.Coverage{}
	}
	if e.Value.Kind == yaml.ScalarNode {
		if e.Value.Value != "always" {
			l.AddError(schema.PositionOf(e.Value), t.Prefix+"coverage",
				schema.QuoteText(e.Value.Value)+" is no coverage",
				coverageExample)
		}
		return oncall.Coverage{Always: true}
	}
	nodes := schema.ReadListNodes(l, t, "coverage", coverageExample)
	if len(nodes) == 0 && e.Value.Kind == yaml.SequenceNode {
		l.AddError(schema.PositionOf(e.Value), t.Prefix+"coverage", "is empty: nobody would ever be on duty",
			coverageExample)
	}
	var out oncall.Coverage
	for i, n := range nodes {
		w := oncall.Window{To: 24 * 60 * 60}
		to := &target{section: c.section, window: &w}
		wt := schema.ReadEntryKeys(l, windowTable, fmt.Sprintf("%scoverage[%d]", t.Prefix, i), n, to, coverageExample)
		if wt == nil {
			continue
		}
		schema.RequireKeys(l, wt, "days", "Mon-Fri, Sat, holidays, or several with commas")
		_, hasFrom := wt.Given["from"]
		_, hasTo := wt.Given["to"]
		switch {
		case hasFrom && !hasTo:
			schema.ReportMissing(l, wt, "to", "when it ends; one that is not later than from is the next day's")
		case hasTo && !hasFrom:
			schema.ReportMissing(l, wt, "from", "when it begins; without from and to the whole day is covered")
		}
		out.Windows = append(out.Windows, w)
	}
	return out
}
