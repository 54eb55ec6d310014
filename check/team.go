package check

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/jira/translate"
	"jerem/problem"
	"jerem/sync/scope"
)

// The bounds of a check.
const (
	sampleSize = 200 // issues of the project, those changed last
	sampleMore = 200 // impediments, and as many epics
)

// checker looks at one team.
type checker struct {
	client     *jira.Client
	boardCache *scope.BoardCache // shared by all teams
	fields     document.Fieldset
	site       *site
	conf       agile.Team
	out        []Finding

	project   jira.Project
	noProject error // why the project cannot be had
	boards    []jira.BoardInfo
	board     *agile.Board
	boardErr  error // why the board, or its estimate, cannot be had

	all     jira.Sampled   // the project's issues
	sample  []*agile.Issue // of it, without sub-tasks and epics
	planned []*agile.Issue // of the sample, what is no impediment
	every   []*agile.Issue // that was looked at
	epics   []*agile.Issue
	impeded []*agile.Issue
	badJQL  error // why impediment.jql cannot be asked for
}

// say notes something that was found.
func (c *checker) say(part string, f Finding) {
	f.What, f.Team, f.Part = "team "+c.conf.Name+": "+part, c.conf.Name, part
	c.out = append(c.out, f)
}

func (c *checker) fail(part string, err error) { c.say(part, failed("", "", err)) }

// team says what would be read of a team.
func (c *checker) team(ctx context.Context) {
	if c.noProject != nil {
		c.fail("project", c.noProject)
		return
	}
	if err := c.read(ctx); err != nil {
		c.fail("issues", err)
		return
	}
	c.checkProject()
	c.checkBoard(ctx)
	c.checkFilter(ctx)
	c.checkQuarters()
	c.checkImpediments()
	c.checkNature()
	c.checkWorklogs(ctx)
	c.checkZone()
}

// read samples the project, its epics and its impediments, and reads those issues in one go.
func (c *checker) read(ctx context.Context) (err error) {
	inProject := "project = " + scope.Quote(c.project.Key)
	if c.all, err = c.client.Sample(ctx, inProject+" ORDER BY updated DESC", sampleSize); err != nil {
		return err
	}
	epics, err := c.some(ctx, inProject, c.epicClause())
	if err != nil {
		return err
	}
	impeded, err := c.some(ctx, inProject, c.impedimentClause())
	if problem.Is(err, jira.BadRequest) && c.conf.Impediment.JQL != "" {
		c.badJQL, c.conf.Impediment.JQL = err, ""
		impeded, err = c.some(ctx, inProject, c.impedimentClause())
	}
	if err != nil {
		return err
	}
	issues, err := c.issuesOf(ctx, scope.Unique(slices.Concat(c.all.IDs, epics, impeded)))
	if err != nil {
		return err
	}
	c.every = pick(issues, scope.Unique(slices.Concat(impeded, c.all.IDs, epics)))
	c.sample = slices.DeleteFunc(pick(issues, c.all.IDs), func(i *agile.Issue) bool { return c.level(i) != 0 })
	c.epics, c.impeded = pick(issues, epics), pick(issues, impeded)
	c.planned = slices.DeleteFunc(slices.Clone(c.sample), func(i *agile.Issue) bool { return slices.Contains(c.impeded, i) })
	return nil
}

func pick(issues map[int64]*agile.Issue, ids []int64) (out []*agile.Issue) {
	for _, id := range ids {
		if i := issues[id]; i != nil {
			out = append(out, i)
		}
	}
	return out
}

// some lists the last changed issues of a clause, none for an empty one.
func (c *checker) some(ctx context.Context, inProject, clause string) ([]int64, error) {
	if clause == "" {
		return nil, nil
	}
	s, err := c.client.Sample(ctx, inProject+" AND ("+clause+") ORDER BY updated DESC", sampleMore)
	return s.IDs, err
}

func (c *checker) epicClause() string {
	var ids []string
	for _, t := range c.site.types {
		if t.Level > 0 {
			ids = append(ids, t.ID)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	slices.Sort(ids)
	return "issuetype in (" + strings.Join(ids, ", ") + ")"
}

// impedimentClause says in JQL what the configuration calls an impediment.
func (c *checker) impedimentClause() string {
	rule, parts := c.conf.Impediment, []string{}
	if len(rule.Labels) > 0 {
		parts = append(parts, "labels in ("+quoted(anyCase(rule.Labels))+")")
	}
	var ids []string
	for _, t := range c.site.types {
		if containsFold(rule.Types, t.Name) || slices.Contains(rule.Types, t.ID) {
			ids = append(ids, t.ID)
		}
	}
	if len(ids) > 0 {
		slices.Sort(ids)
		parts = append(parts, "issuetype in ("+strings.Join(ids, ", ")+")")
	}
	if jql := jira.Filter(rule.JQL); jql != "" {
		parts = append(parts, "("+jql+")")
	}
	return strings.Join(parts, " OR ")
}

// anyCase adds the usual spellings of words: a search may tell cases apart, our rule does not.
func anyCase(words []string) []string {
	var out []string
	for _, w := range words {
		lower := strings.ToLower(w)
		_, size := utf8.DecodeRuneInString(lower)
		title := strings.ToUpper(lower[:size]) + lower[size:]
		for _, one := range []string{w, lower, title, strings.ToUpper(w)} {
			if !slices.Contains(out, one) {
				out = append(out, one)
			}
		}
	}
	return out
}

func quoted(words []string) string {
	var out []string
	for _, w := range words {
		out = append(out, scope.Quote(w))
	}
	return strings.Join(out, ", ")
}

func containsFold(list []string, word string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.EqualFold(w, word) })
}

// issuesOf reads issues, by id.
func (c *checker) issuesOf(ctx context.Context, ids []int64) (map[int64]*agile.Issue, error) {
	out := map[int64]*agile.Issue{}
	if len(ids) == 0 {
		return out, nil
	}
	docs, _, err := c.client.Documents(ctx, ids, c.fields)
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		t, err := translate.Document(d.Raw)
		if err != nil {
			return nil, err
		}
		out[d.ID] = t.Issue
	}
	return out, nil
}

func (c *checker) level(i *agile.Issue) int { return c.site.types[i.Type.Last()].Level }

func (c *checker) checkProject() {
	f := Finding{OK: true, Found: fmt.Sprintf("%s (%s), %s issues", c.project.Key, c.project.Name, many(c.all)),
		Details: map[string]any{"key": c.project.Key, "issues": c.all.Total, "more": c.all.More, "sampled": len(c.all.IDs)}}
	switch {
	case len(c.all.IDs) == 0:
		f.OK, f.Hint = false, "The project is empty, or the account must not browse its issues."
		f.Found = fmt.Sprintf("%s (%s): the account sees no issue of it", c.project.Key, c.project.Name)
	case len(c.all.IDs) < c.all.Total || c.all.More:
		f.Found += fmt.Sprintf("; what follows looks at the %d changed last", len(c.all.IDs))
	}
	c.say("project", f)
}

func many(s jira.Sampled) string {
	if s.More {
		return fmt.Sprintf("more than %d", s.Total)
	}
	return fmt.Sprint(s.Total)
}

// checkFilter counts what the team's filter leaves of the project.
func (c *checker) checkFilter(ctx context.Context) {
	if c.conf.Filter == "" {
		return
	}
	s, err := c.client.Sample(ctx, scope.InProject(c.project.Key, c.conf.Filter)+" ORDER BY updated DESC", 1)
	if err != nil {
		f := failed("", "", err)
		f.Hint = or(f.Hint, "Correct jql_filter: Jira must take it in a search.")
		c.say("jql_filter", f)
		return
	}
	f := Finding{OK: s.Total > 0, Found: fmt.Sprintf("matches %s of %s issues", many(s), many(c.all)),
		Details: map[string]any{"matches": s.Total, "of": c.all.Total}}
	if !f.OK {
		f.Hint = "Nothing would be measured: correct projects[].jql_filter, or leave it out."
	}
	c.say("jql_filter", f)
}

// checkWorklogs reads the work logged on one issue that has some.
func (c *checker) checkWorklogs(ctx context.Context) {
	timed := func(i *agile.Issue) bool {
		n := i.Numbers["timespent"].Last()
		return n.Known && n.Value > 0
	}
	at := slices.IndexFunc(c.every, timed)
	hint := "Without logged work the time that impediments took is not known: they are counted alone. Log work on them in Jira."
	if at < 0 {
		c.say("worklogs", Finding{OK: true, Found: "no work is logged on the issues looked at", Hint: hint, Details: map[string]any{"readable": nil}})
		return
	}
	n := 0
	for _, err := range c.client.IssueWorklogs(ctx, c.every[at].ID) {
		var bad *jira.UnreadableWorklog
		if err != nil && !errors.As(err, &bad) {
			c.fail("worklogs", err)
			return
		}
		n++
	}
	share := count(c.impeded, timed)
	f := Finding{OK: true, Found: "can be read", Details: map[string]any{"readable": true, "impediments": len(c.impeded), "with_time": share}}
	switch {
	case n == 0:
		f.OK, f.Found, f.Hint = false, "work is logged, and the account is not shown it", "Worklogs may be restricted to a role or group: let the account be of it."
		f.Details["readable"] = false
	case len(c.impeded) > 0:
		f.Found += fmt.Sprintf("; %s of the impediments tell their time", of(share, len(c.impeded)))
		if 2*share < len(c.impeded) {
			f.Hint = hint
		}
	}
	c.say("worklogs", f)
}

// checkZone says in which time zone the team's days begin.
func (c *checker) checkZone() {
	zone, why := c.site.zone, "that of the account"
	if c.conf.Calendar.Zone != nil {
		zone, why = c.conf.Calendar.Zone.String(), "as configured"
	}
	f := Finding{OK: true, Found: fmt.Sprintf("days begin and end in %s, %s", or(zone, "UTC"), why), Details: map[string]any{"time_zone": zone}}
	if _, err := time.LoadLocation(zone); err != nil || zone == "" {
		f.Found = fmt.Sprintf("days begin and end in UTC: the account's zone %q is not known here", zone)
		f.Settings = []Setting{{"calendar.time_zone", "Europe/Paris", "the team's own zone"}}
	} else if c.conf.Calendar.Zone == nil {
		f.Found += " (calendar.time_zone sets another)"
	}
	c.say("time zone", f)
}

func count(list []*agile.Issue, is func(*agile.Issue) bool) (n int) {
	for _, i := range list {
		if is(i) {
			n++
		}
	}
	return n
}

// of writes a share as numbers.
func of(n, all int) string { return fmt.Sprintf("%d of %d", n, all) }

// share is n of all, 0 of nothing.
func share(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(n) / float64(all)
}

// tally counts words.
type tally map[string]int

// ranked lists words by count, the most frequent first.
func (t tally) ranked() []string {
	return slices.SortedFunc(maps.Keys(t), func(a, b string) int {
		if t[a] != t[b] {
			return t[b] - t[a]
		}
		return strings.Compare(a, b)
	})
}

// text writes the first words with their counts.
func (t tally) text(most int) string {
	var parts []string
	for n, w := range t.ranked() {
		if n == most {
			parts = append(parts, fmt.Sprintf("and %d more", len(t)-most))
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%d)", w, t[w]))
	}
	return strings.Join(parts, ", ")
}
