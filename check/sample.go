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
	types   map[string]agile.Type // of the site
	project jira.Sampled          // the project's issues
	all     jira.Sampled          // those of them that match the team's filter
	tasks   []*agile.Issue        // the team's, without sub-tasks and epics
	planned []*agile.Issue        // of the tasks, what is no impediment
	every   []*agile.Issue        // that was looked at
	epics   []*agile.Issue
	impeded []*agile.Issue

	otherEpics int   // epics of the project that are not the team's
	badFilter  error // why jql_filter cannot be asked for: all of the project is looked at then
	badQuery   error // why impediment.jql cannot be asked for
}

// sampler asks for a sample.
type sampler struct {
	client  *jira.Client
	fields  document.Fieldset
	types   map[string]agile.Type
	team    agile.Team
	project string // key
}

const byUpdate = " ORDER BY updated DESC"

// takeSample samples what is the team's of the project, its epics and its impediments, and reads those issues in one
// go.
func (s sampler) takeSample(ctx context.Context) (out sample, err error) {
	out.types = s.types
	if out.project, err = s.client.Sample(ctx, scope.InProject(s.project, "")+byUpdate, sampleSize); err != nil {
		return out, err
	}
	own := scope.InProject(s.project, s.team.Filter)
	out.all = out.project
	if s.team.Filter != "" {
		if out.all, out.badFilter = s.client.Sample(ctx, own+byUpdate, sampleSize); out.badFilter != nil {
			out.all, own = out.project, scope.InProject(s.project, "")
		}
	}
	epics, err := s.listEpics(ctx, own, &out)
	if err != nil {
		return out, err
	}
	rule := s.team.Impediment
	impeded, err := s.listChangedLast(ctx, own, impedimentClause(rule, s.types))
	if problem.Is(err, jira.BadRequest) && rule.JQL != "" {
		out.badQuery, rule.JQL = err, ""
		impeded, err = s.listChangedLast(ctx, own, impedimentClause(rule, s.types))
	}
	if err != nil {
		return out, err
	}
	issues, err := s.readIssues(ctx, scope.Unique(slices.Concat(out.all.IDs, epics, impeded.IDs)))
	if err != nil {
		return out, err
	}
	s.leaveOthers(issues)
	out.pickAll(issues, epics, impeded.IDs)
	return out, nil
}

// pickAll puts the issues that were read where they belong.
func (s *sample) pickAll(issues map[int64]*agile.Issue, epics, impeded []int64) {
	s.every = pickIssues(issues, scope.Unique(slices.Concat(impeded, s.all.IDs, epics)))
	s.tasks = slices.DeleteFunc(
		pickIssues(issues, s.all.IDs),
		func(i *agile.Issue) bool { return s.typeLevel(i) != 0 },
	)
	s.epics, s.impeded = pickIssues(issues, epics), pickIssues(issues, impeded)
	s.otherEpics += len(epics) - len(s.epics)
	s.planned = slices.DeleteFunc(
		slices.Clone(s.tasks),
		func(i *agile.Issue) bool { return slices.Contains(s.impeded, i) },
	)
}

// listEpics lists the last changed epics that match the team's filter, and counts those of the project that do not.
func (s sampler) listEpics(ctx context.Context, own string, out *sample) ([]int64, error) {
	found, err := s.listChangedLast(ctx, own, epicClause(s.types))
	if all := scope.InProject(s.project, ""); own != all && err == nil {
		var whole jira.Sampled
		whole, err = s.listChangedLast(ctx, all, epicClause(s.types))
		out.otherEpics = max(0, whole.Total-found.Total)
	}
	return found.IDs, err
}

// listChangedLast lists the last changed issues of a clause, none for an empty one.
func (s sampler) listChangedLast(ctx context.Context, own, clause string) (found jira.Sampled, err error) {
	if clause == "" {
		return found, nil
	}
	return s.client.Sample(ctx, own+" AND ("+clause+")"+byUpdate, sampleMore)
}

// leaveOthers leaves out the issues that have another value in the Team field than a team that is told by it. A
// sub-task that has none is its parent's.
func (s sampler) leaveOthers(issues map[int64]*agile.Issue) {
	for id, i := range issues {
		works := i.Options.Of(agile.FieldTeam).Last()
		if parent := issues[i.Parent.Last()]; len(works) == 0 && parent != nil && s.types[i.Type.Last()].Level < 0 {
			works = parent.Options.Of(agile.FieldTeam).Last()
		}
		if !s.team.HasWork(works) {
			delete(issues, id)
		}
	}
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
		t, err := translate.Document(d.Raw, s.types)
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
