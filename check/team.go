package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
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
	found      teamFindings

	project   jira.Project
	noProject error // why the project cannot be had
	boards    []jira.BoardInfo
	board     *agile.Board
	boardErr  error // why the board, or its estimate, cannot be had
	refused   bool  // a query of the team is never asked

	sample sample
}

// checkTeam says what would be read of a team.
func (c *checker) checkTeam(ctx context.Context) {
	if c.noProject != nil {
		c.found.addFailure("project", c.noProject)
		return
	}
	if refuseQueries(ctx, c) {
		return
	}
	from := sampler{
		client:  c.client,
		fields:  c.fields,
		types:   c.site.types,
		team:    c.conf,
		project: c.project.Key,
	}
	var err error
	if c.sample, err = from.takeSample(ctx); err != nil {
		c.found.addFailure("issues", err)
		return
	}
	c.checkProject()
	c.checkBoard(ctx)
	c.checkFilter()
	c.checkTeamField()
	c.checkQuarters()
	checkImpediments(c)
	c.checkNature()
	checkWorklogs(ctx, c)
	c.checkZone()
}

// refuseQueries tells whether one of the team's queries is refused: nothing is looked at by it then.
func refuseQueries(ctx context.Context, c *checker) bool {
	for _, q := range scope.Queries(c.conf) {
		if err := scope.RefuseQuery(ctx, c.client, c.site.fieldset, q); err != nil {
			c.found.addFailure(q.Key, err)
			c.refused = true
		}
	}
	return c.refused
}

func (c *checker) checkProject() {
	f := Finding{
		OK:    true,
		Found: fmt.Sprintf("%s (%s), %s", c.project.Key, c.project.Name, issuesText(c.sample.project)),
		Details: map[string]any{
			"key":     c.project.Key,
			"issues":  c.sample.project.Total,
			"more":    c.sample.project.More,
			"sampled": len(c.sample.all.IDs),
		},
	}
	switch {
	case len(c.sample.project.IDs) == 0:
		f.OK, f.Hint = false, "The project is empty, or the account must not browse its issues."
		f.Found = fmt.Sprintf("%s (%s): the account sees no issue of it", c.project.Key, c.project.Name)
	case len(c.sample.all.IDs) < c.sample.all.Total || c.sample.all.More:
		f.Found += fmt.Sprintf("; what follows looks at the %d changed last", len(c.sample.all.IDs))
	}
	c.found.addFinding("project", f)
}

// checkFilter counts what the team's filter leaves of the project.
func (c *checker) checkFilter() {
	if c.conf.Filter == "" {
		return
	}
	if c.sample.badFilter != nil {
		f := FailedFinding("", "", c.sample.badFilter)
		f.Hint = orElse(f.Hint, "Correct jql_filter: Jira must take it in a search.")
		c.found.addFinding("jql_filter", f)
		return
	}
	f := Finding{
		OK:      c.sample.all.Total > 0,
		Found:   fmt.Sprintf("matches %s of %s", countText(c.sample.all), issuesText(c.sample.project)),
		Details: map[string]any{"matches": c.sample.all.Total, "of": c.sample.project.Total},
	}
	if !f.OK {
		f.Hint = "Nothing would be measured: correct projects[].jql_filter, or leave it out."
	}
	c.found.addFinding("jql_filter", f)
}

// checkTeamField finds the field by which the team's issues are told, where it is configured by one.
func (c *checker) checkTeamField() {
	if c.conf.Works == "" {
		return
	}
	id := document.TeamField(c.fields)
	f := Finding{OK: id != "", Found: "issues are the team's while their Team field holds " +
		strconv.Quote(c.conf.Works),
		Details: map[string]any{"field": id, "value": c.conf.Works}}
	if !f.OK {
		f.Code = jira.NotFound
		f.Found = "the account sees no Team field, the one of Atlassian's teams"
		f.Hint = "Nothing would be measured: let the account see the field, or leave projects[].team out."
	}
	c.found.addFinding("team", f)
}

// checkWorklogs reads the work logged on one issue that has some.
func checkWorklogs(ctx context.Context, c *checker) {
	timed := func(i *agile.Issue) bool {
		n := i.Numbers.Of("timespent").Last()
		return n.Known && n.Value > 0
	}
	at := slices.IndexFunc(c.sample.every, timed)
	hint := "Without logged work the time that impediments took is not known: they are counted alone. Log work " +
		"on them in Jira."
	if at < 0 {
		c.found.addFinding(
			"worklogs",
			Finding{
				OK:      true,
				Found:   "no work is logged on the issues looked at",
				Hint:    hint,
				Details: map[string]any{"readable": nil},
			},
		)
		return
	}
	n := 0
	for _, err := range c.client.Worklogs().OfIssue(ctx, c.sample.every[at].ID) {
		var bad *jira.UnreadableWorklog
		if err != nil && !errors.As(err, &bad) {
			c.found.addFailure("worklogs", err)
			return
		}
		n++
	}
	share := countIssues(c.sample.impeded, timed)
	f := Finding{
		OK:      true,
		Found:   "can be read",
		Details: map[string]any{"readable": true, "impediments": len(c.sample.impeded), "with_time": share},
	}
	switch {
	case n == 0:
		f.OK, f.Found, f.Hint = false, "work is logged, and the account is not shown it", "Worklogs may be "+
			"restricted to a role or group: let the account be of it."
		f.Details["readable"] = false
	case len(c.sample.impeded) > 0:
		f.Found += fmt.Sprintf("; %s of the impediments tell their time", ofAll(share, len(c.sample.impeded)))
		if 2*share < len(c.sample.impeded) {
			f.Hint = hint
		}
	}
	c.found.addFinding("worklogs", f)
}

// checkZone says in which time zone the team's days begin.
func (c *checker) checkZone() {
	zone, why := c.site.zone, "that of the account"
	if c.conf.Calendar.Zone != nil {
		zone, why = c.conf.Calendar.Zone.String(), "as configured"
	}
	f := Finding{
		OK:      true,
		Found:   fmt.Sprintf("days begin and end in %s, %s", orElse(zone, "UTC"), why),
		Details: map[string]any{"time_zone": zone},
	}
	if _, err := time.LoadLocation(zone); err != nil || zone == "" {
		f.Found = fmt.Sprintf("days begin and end in UTC: the account's zone %q is not known here", zone)
		f.Settings = []Setting{{"calendar.time_zone", "Europe/Paris", "the team's own zone"}}
	} else if c.conf.Calendar.Zone == nil {
		f.Found += " (calendar.time_zone sets another)"
	}
	c.found.addFinding("time zone", f)
}
