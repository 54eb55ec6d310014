package jira

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/jira/document"
	"jerem/jira/transport"
	"jerem/jira/wire"
	"jerem/problem"
)

// epicSample is how many issues are looked at to find the type of epics.
const epicSample = 100

// markEpics finds the type of epics where none is called so and no level tells it: Data Center lets administrators
// rename it. It is the type of most issues that carry an epic's name, sub-tasks left out. An issue that was an epic
// once keeps the name: where several types carry it, one that is known as the type of epics stays it, else the type
// counts that most epic links point at. It returns the names of its rivals: the other types that carry one, where
// epic links point at issues of theirs too or at none at all.
func (d *dataCenterIssues) markEpics(ctx context.Context, types []agile.Type, known []string) ([]string, error) {
	named, linked, err := d.weighTypes(ctx)
	if err != nil {
		return nil, err
	}
	epic, rivals := -1, []string{}
	for n, t := range types {
		if t.Level < 0 || named[t.ID] == 0 {
			continue
		}
		if len(linked) == 0 || linked[t.ID] > 0 {
			rivals = append(rivals, t.Name)
		}
		if epic < 0 || linked[t.ID] > linked[types[epic].ID] ||
			linked[t.ID] == linked[types[epic].ID] && named[t.ID] > named[types[epic].ID] {
			epic = n
		}
	}
	if epic < 0 {
		return nil, nil
	}
	if n := slices.IndexFunc(types, func(t agile.Type) bool {
		return t.Level >= 0 && named[t.ID] > 0 && slices.Contains(known, t.ID)
	}); n >= 0 {
		epic = n
	}
	types[epic].Level = 1
	return slices.DeleteFunc(rivals, func(name string) bool { return name == types[epic].Name }), nil
}

// weighTypes counts, by type, the issues that carry an epic's name and, where these are of several types, those that
// epic links point at.
func (d *dataCenterIssues) weighTypes(ctx context.Context) (named, linked map[string]int, err error) {
	var fields []wire.Field
	if err := d.transport.Get(ctx, transport.API+"/field", nil, &fields); err != nil {
		return nil, nil, err
	}
	named, linked = map[string]int{}, map[string]int{}
	link := ""
	for _, f := range fields {
		switch {
		case f.IsEpicLink():
			link = f.ID
		case f.IsEpicName():
			if err := d.countTypes(ctx, Clause(f.ID)+" is not EMPTY", named); err != nil {
				return nil, nil, err
			}
		}
	}
	if len(named) < 2 || link == "" {
		return named, linked, nil
	}
	keys, err := d.linkedEpics(ctx, link)
	if err != nil || len(keys) == 0 {
		return named, linked, err
	}
	err = d.countTypes(ctx, "key in ("+strings.Join(keys, ", ")+")", linked)
	if problem.Is(err, BadRequest) { // refused where the account must not see one of them
		err = nil
	}
	return named, linked, err
}

// searchSample asks for the beginning of what a query finds: for fewer issues where so many go beyond the window.
func (d *dataCenterIssues) searchSample(ctx context.Context, jql, field string) (searchPage, error) {
	for {
		size := d.pageSize(epicSample)
		page, err := d.searchPage(ctx, searchQuestion{JQL: jql, MaxResults: size, Fields: []string{field}})
		if !problem.Is(err, TooDeep) || !d.shrinkPages(size) {
			return page, err
		}
	}
}

// countTypes counts the types, by id, of the oldest issues that a query finds.
func (d *dataCenterIssues) countTypes(ctx context.Context, jql string, counts map[string]int) error {
	page, err := d.searchSample(ctx, jql+byCreation, "issuetype")
	for _, issue := range page.Issues {
		found, _ := document.ReadOptions(issue.Fields["issuetype"])
		for _, o := range found {
			counts[o.ID]++
		}
	}
	return err
}

// linkedEpics returns the keys that the newest epic links point at.
func (d *dataCenterIssues) linkedEpics(ctx context.Context, link string) (keys []string, err error) {
	page, err := d.searchSample(ctx, Clause(link)+" is not EMPTY ORDER BY created DESC", link)
	for _, issue := range page.Issues {
		var key string
		if json.Unmarshal(issue.Fields[link], &key) == nil && isIssueKey.MatchString(key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys), err
}

// isIssueKey matches the key of an issue, which may stand in a query as it is.
var isIssueKey = regexp.MustCompile(`^[A-Z][A-Z0-9_]*-[0-9]+$`)
