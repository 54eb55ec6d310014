package check

import (
	"context"
	"slices"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/jira/translate"
	"jerem/problem"
	"jerem/sync/scope"
)

// sample is what was looked at of a team's issues.
type sample struct {
	types    map[string]agile.Type // of the site
	all      jira.Sampled          // the project's issues
	tasks    []*agile.Issue        // of it, without sub-tasks and epics
	planned  []*agile.Issue        // of the tasks, what is no impediment
	every    []*agile.Issue        // that was looked at
	epics    []*agile.Issue
	impeded  []*agile.Issue
	badQuery error // why impediment.jql cannot be asked for
}

// sampler asks for a sample.
type sampler struct {
	client  *jira.Client
	fields  document.Fieldset
	types   map[string]agile.Type
	rule    agile.ImpedimentRule
	project string // key
}

// takeSample samples the project, its epics and its impediments, and reads those issues in one go.
func (s sampler) takeSample(ctx context.Context) (out sample, err error) {
	out.types = s.types
	project := "project = " + scope.Quote(s.project)
	if out.all, err = s.client.Sample(ctx, project+" ORDER BY updated DESC", sampleSize); err != nil {
		return out, err
	}
	epics, err := s.listChangedLast(ctx, project, epicClause(s.types))
	if err != nil {
		return out, err
	}
	impeded, err := s.listChangedLast(ctx, project, impedimentClause(s.rule, s.types))
	if problem.Is(err, jira.BadRequest) && s.rule.JQL != "" {
		out.badQuery, s.rule.JQL = err, ""
		impeded, err = s.listChangedLast(ctx, project, impedimentClause(s.rule, s.types))
	}
	if err != nil {
		return out, err
	}
	issues, err := s.readIssues(ctx, scope.Unique(slices.Concat(out.all.IDs, epics, impeded)))
	if err != nil {
		return out, err
	}
	out.every = pickIssues(issues, scope.Unique(slices.Concat(impeded, out.all.IDs, epics)))
	out.tasks = slices.DeleteFunc(
		pickIssues(issues, out.all.IDs),
		func(i *agile.Issue) bool { return out.typeLevel(i) != 0 },
	)
	out.epics, out.impeded = pickIssues(issues, epics), pickIssues(issues, impeded)
	out.planned = slices.DeleteFunc(
		slices.Clone(out.tasks),
		func(i *agile.Issue) bool { return slices.Contains(out.impeded, i) },
	)
	return out, nil
}

// listChangedLast lists the last changed issues of a clause, none for an empty one.
func (s sampler) listChangedLast(ctx context.Context, project, clause string) ([]int64, error) {
	if clause == "" {
		return nil, nil
	}
	found, err := s.client.Sample(ctx, project+" AND ("+clause+") ORDER BY updated DESC", sampleMore)
	return found.IDs, err
}

// readIssues reads issues, by id.
func (s sampler) readIssues(ctx context.Context, ids []int64) (map[int64]*agile.Issue, error) {
	out := map[int64]*agile.Issue{}
	if len(ids) == 0 {
		return out, nil
	}
	docs, _, err := s.client.Documents(ctx, ids, s.fields)
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

// pickIssues returns the issues of some ids, where they were read.
func pickIssues(issues map[int64]*agile.Issue, ids []int64) (out []*agile.Issue) {
	for _, id := range ids {
		if i := issues[id]; i != nil {
			out = append(out, i)
		}
	}
	return out
}

// typeLevel is that of an issue's type: above 0 for epics, below for sub-tasks.
func (s sample) typeLevel(i *agile.Issue) int { return s.types[i.Type.Last()].Level }

// countHolding counts the planned issues that hold a number. Time may stand on the sub-tasks instead.
func (s sample) countHolding(field string) int {
	below := map[int64]bool{}
	if slices.Contains(agile.TimeFields, field) {
		for _, i := range s.every {
			below[i.Parent.Last()] = below[i.Parent.Last()] || s.typeLevel(i) < 0 && i.Numbers.Of(field).Last().Known
		}
	}
	return countIssues(s.planned, func(i *agile.Issue) bool { return below[i.ID] || i.Numbers.Of(field).Last().Known })
}

// countIssues counts those that a condition holds of.
func countIssues(list []*agile.Issue, is func(*agile.Issue) bool) (n int) {
	for _, i := range list {
		if is(i) {
			n++
		}
	}
	return n
}

// fullestField finds another number field that the issues hold most, those of time tracking but the
// original estimate left aside: work logged is no estimate.
func (s sample) fullestField(fields document.Fieldset, but string) (best agile.Field, held int) {
	for _, f := range fields.Fields() {
		tracking := f.ID != "timeoriginalestimate" && slices.Contains(agile.TimeFields, f.ID)
		if n := s.countHolding(f.ID); f.Number && !tracking && f.ID != but && n > held {
			best, held = f, n
		}
	}
	return best, held
}
