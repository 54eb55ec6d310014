package check

import (
	"context"
	"fmt"
	"strings"

	"jerem/agile"
	"jerem/jira"
	"jerem/sync/scope"
)

// sharing is what teams have in common: with whom, how many issues, and the same in words.
type sharing struct {
	with   []string
	issues int
	text   string
}

// checkShared tells which issues of the project teams named before have too: figures of both count them.
func (c *checker) checkShared(ctx context.Context, before []*checker) {
	var byFilter, byField []*checker
	for _, other := range before {
		switch {
		case c.noProject != nil || other.noProject != nil || other.project.Key != c.project.Key,
			c.refused || other.refused,
			areApart(c.conf, other.conf), c.sample.badFilter != nil || other.sample.badFilter != nil:
		case c.conf.Works == "" && other.conf.Works == "":
			byFilter = append(byFilter, other)
		default:
			byField = append(byField, other)
		}
	}
	var found sharing
	var texts []string
	for _, one := range append(c.sharedByField(ctx, byField), c.sharedByFilter(ctx, byFilter)) {
		if one.issues > 0 {
			found.with, found.issues = append(found.with, one.with...), max(found.issues, one.issues)
			texts = append(texts, one.text)
		}
	}
	if found.issues > 0 {
		c.found.addFinding("shared", Finding{OK: true, Found: strings.Join(texts, "; "),
			Hint: "Set projects[].jql_filter or projects[].team so that no issue is of two teams: what is added up " +
				"over teams counts it twice. In an initiative an epic counts once, with the first of them.",
			Details: map[string]any{"with": found.with, "issues": found.issues}})
	}
}

// areApart tells whether no issue is of two teams of one project: each has another value of the Team field.
func areApart(a, b agile.Team) bool {
	return a.Works != "" && b.Works != "" && !strings.EqualFold(a.Works, b.Works)
}

// sharedByFilter tells what the team has in common with others that a filter alone tells. Teams that share none cost
// one question together.
func (c *checker) sharedByFilter(ctx context.Context, others []*checker) (s sharing) {
	all := c.findShared(ctx, 1, others...)
	if all.Total == 0 {
		return s
	}
	for _, other := range others {
		if len(others) == 1 || c.findShared(ctx, 1, other).Total > 0 {
			s.with = append(s.with, other.conf.Name)
		}
	}
	s.issues = all.Total
	s.text = fmt.Sprintf("%s of %s can be those of %s too", issuesText(all), c.project.Key, strings.Join(s.with, ", "))
	return s
}

// sharedByField tells what the team has in common with each of others, where the Team field tells one of the two: no
// query asks for its value by name, so the issues that the filters of both match are looked at, those changed last.
func (c *checker) sharedByField(ctx context.Context, others []*checker) (list []sharing) {
	for _, other := range others {
		matched := c.findShared(ctx, sampleSize, other)
		looked := sampler{client: c.client, fields: c.fields, types: c.site.types, team: c.conf}
		issues, err := looked.readIssues(ctx, matched.IDs)
		if err != nil {
			continue // refused where the sample was not: nothing is known of it
		}
		looked.leaveOthers(issues)
		looked.team = other.conf
		looked.leaveOthers(issues)
		s := sharing{with: []string{other.conf.Name}, issues: len(issues)}
		many := countNoun(s.issues, "issue", sampleSize+1) + " of " + c.project.Key
		if matched.More || matched.Total > len(matched.IDs) {
			many = fmt.Sprintf("%d of the %d issues of %s that were changed last", s.issues, len(matched.IDs),
				c.project.Key)
		}
		s.text = many + " can be those of " + other.conf.Name + " too"
		list = append(list, s)
	}
	return list
}

// findShared finds the issues of the project that match the team's filter and that of one of other teams, the first n
// by id; none where a question is refused.
func (c *checker) findShared(ctx context.Context, n int, others ...*checker) jira.Sampled {
	if len(others) == 0 {
		return jira.Sampled{}
	}
	var theirs []string
	for _, other := range others {
		filter := jira.Filter(other.conf.Filter)
		if filter == "" || filter == jira.Filter(c.conf.Filter) {
			return c.sample.all
		}
		theirs = append(theirs, "("+filter+")")
	}
	own := scope.InProject(c.project.Key, c.conf.Filter)
	found, err := c.client.Sample(ctx, own+" AND ("+strings.Join(theirs, " OR ")+")"+byUpdate, n)
	if err != nil {
		return jira.Sampled{}
	}
	return found
}
