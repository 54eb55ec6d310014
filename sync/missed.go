package sync

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/scope"
)

// idsPerQuery bounds how many ids stand in one query.
const idsPerQuery = 200

// tellMissed notes the issues that did not come, for the grade of the figures, and forgets what is noted of those
// that are gone. Where a team is read whole and none of its issues comes, it is not read.
func tellMissed(ctx context.Context, r *reading) error {
	attributed, err := attributeMissed(ctx, r, r.found.missed)
	if err != nil {
		return err
	}
	missed := map[string]int{}
	for _, g := range attributed {
		missed[g.Team]++
	}
	for _, t := range r.teams.completelyRead() {
		if len(t.counted) == 0 {
			t.judgeNoIssues(missed[t.conf.Name] + missed[""])
		}
	}
	return r.store.Gaps.NoteOfIssues(ctx, r.at, attributed, r.found.gone)
}

// attributeMissed says to which teams gaps of single issues belong. One that is kept is told by every team whose
// history holds it; of another nothing is known, so it belongs to the teams whose question lists it, to all where
// that cannot be asked.
func attributeMissed(ctx context.Context, r *reading, missed []store.Gap) ([]store.Gap, error) {
	if len(missed) == 0 {
		return nil, nil
	}
	var ids []int64
	for _, g := range missed {
		ids = append(ids, g.Issue)
	}
	kept, err := r.store.Issues.UpdatedAt(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out, unknown []store.Gap
	for _, g := range missed {
		if _, ok := kept[g.Issue]; ok {
			out = append(out, g)
		} else {
			unknown = append(unknown, g)
		}
	}
	for _, t := range r.teams.withoutTrouble() {
		listed, err := listedBy(ctx, r, t, unknown)
		if err != nil {
			return nil, err
		}
		for _, g := range unknown {
			if listed[g.Issue] {
				g.Team = t.conf.Name
				out = append(out, g)
			}
		}
	}
	return out, nil
}

// listedBy tells which of some issues that are not kept a team's question lists.
func listedBy(ctx context.Context, r *reading, t *teamReading, missed []store.Gap) (map[int64]bool, error) {
	listed := map[int64]bool{}
	var unsure []int64
	for _, g := range missed {
		switch project, _, ok := strings.Cut(g.Key, "-"); {
		case len(r.teams.withoutTrouble()) == 1, ok && project == t.found.Project.Key:
			listed[g.Issue] = true
		default:
			unsure = append(unsure, g.Issue)
		}
	}
	clause := scope.Clause(teamList{t}.listProjects(), teamList{t}.listSprints())
	for part := range slices.Chunk(unsure, idsPerQuery) {
		ids, err := r.listIDs(
			ctx,
			fmt.Sprintf("(%s) AND id in (%s) ORDER BY created ASC", clause, scope.IDList(part)),
		)
		if problem.Is(err, jira.BadRequest) { // Data Center refuses ids that it does not know
			ids, err = part, nil
		}
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			listed[id] = true
		}
	}
	return listed, nil
}

// judgeNoIssues judges a team that is read whole and of which no issue came, though some are listed: it cannot be
// read. So it is where none is listed although its sprints began, for a sprint begins with issues. A project without
// any is told.
func (t *teamReading) judgeNoIssues(listed int) {
	why := &problem.Problem{Code: jira.Forbidden,
		Hint: "The account needs the permission to browse the issues of the project; the next cycle tries again."}
	switch {
	case listed > 0:
		why.Message = fmt.Sprintf(
			"Jira lists issues of project %s, %d in all, and sends none of them",
			t.found.Project.Key,
			listed,
		)
	case t.hasBegun():
		why.Message = fmt.Sprintf("Jira lists no issue of project %s, whose sprints have begun", t.found.Project.Key)
	default:
		t.notes.Add(
			store.Gap{
				Source:  agile.SourceIssues,
				Code:    agile.GapMissing,
				Subject: agile.NewSubject(agile.SubjectNoIssues),
			},
		)
		return
	}
	t.err = fmt.Errorf("team %s: %w", t.conf.Name, why)
}
