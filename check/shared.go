package check

import (
	"context"
	"fmt"
	"strings"

	"jerem/agile"
	"jerem/jira"
	"jerem/sync/scope"
)

// checkShared tells which issues of the project teams named before have too: figures of both count them. Teams that
// share none cost one question together.
func (c *checker) checkShared(ctx context.Context, before []*checker) {
	var others []*checker
	for _, other := range before {
		if c.noProject == nil && other.noProject == nil && other.project.Key == c.project.Key &&
			!areApart(c.conf, other.conf) {
			others = append(others, other)
		}
	}
	all := c.countShared(ctx, others...)
	if all.Total == 0 {
		return
	}
	var with []string
	for _, other := range others {
		if len(others) == 1 || c.countShared(ctx, other).Total > 0 {
			with = append(with, other.conf.Name)
		}
	}
	found := fmt.Sprintf("%s of %s can be those of %s too", issuesText(all), c.project.Key, strings.Join(with, ", "))
	c.addFinding("shared", Finding{OK: true, Found: found,
		Hint: "Set projects[].jql_filter or projects[].team so that no issue is of two teams: what is added up over " +
			"teams counts it twice. In an initiative an epic counts once, with the first of them.",
		Details: map[string]any{"with": with, "issues": all.Total}})
}

// areApart tells whether no issue is of two teams of one project: each has another value of the Team field.
func areApart(a, b agile.Team) bool {
	return a.Works != "" && b.Works != "" && !strings.EqualFold(a.Works, b.Works)
}

// countShared counts the issues of the project that match the team's filter and that of one of other teams; none where
// a filter is refused, which is told where it is checked.
func (c *checker) countShared(ctx context.Context, others ...*checker) jira.Sampled {
	if len(others) == 0 || c.sample.badFilter != nil {
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
	found, err := c.client.Sample(ctx, own+" AND ("+strings.Join(theirs, " OR ")+")"+byUpdate, 1)
	if err != nil {
		return jira.Sampled{}
	}
	return found
}
