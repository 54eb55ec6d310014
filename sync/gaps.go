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
)

// This file tells what a reading could not have: the grade of every figure that rests on it says so.

// idsPerQuery bounds how many ids stand in one query.
const idsPerQuery = 200

// attribute says to which teams gaps of single issues belong. One that is kept is told by every team whose history
// holds it; of another nothing is known, so it belongs to the teams whose question lists it, to all where that cannot
// be asked.
func (r *reading) attribute(ctx context.Context, gaps []store.Gap) ([]store.Gap, error) {
	if len(gaps) == 0 {
		return nil, nil
	}
	var ids []int64
	for _, g := range gaps {
		ids = append(ids, g.Issue)
	}
	kept, err := r.Store.Updated(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out, foreign []store.Gap
	for _, g := range gaps {
		if _, ok := kept[g.Issue]; ok {
			out = append(out, g)
		} else {
			foreign = append(foreign, g)
		}
	}
	for _, t := range r.well() {
		listed, err := r.listedBy(ctx, t, foreign)
		if err != nil {
			return nil, err
		}
		for _, g := range foreign {
			if listed[g.Issue] {
				g.Team = t.conf.Name
				out = append(out, g)
			}
		}
	}
	return out, nil
}

// listedBy tells which of some issues that are not kept a team's question lists.
func (r *reading) listedBy(ctx context.Context, t *teamReading, gaps []store.Gap) (map[int64]bool, error) {
	listed := map[int64]bool{}
	var unsure []int64
	for _, g := range gaps {
		switch project, _, ok := strings.Cut(g.Key, "-"); {
		case len(r.well()) == 1, ok && project == t.project.Key:
			listed[g.Issue] = true
		default:
			unsure = append(unsure, g.Issue)
		}
	}
	for part := range slices.Chunk(unsure, idsPerQuery) {
		ids, err := r.ids(ctx, fmt.Sprintf("(%s) AND id in (%s) ORDER BY created ASC", r.scopeClause([]*teamReading{t}), numbers(part)))
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

// numbers writes ids as a list of JQL.
func numbers(ids []int64) string {
	var parts []string
	for _, id := range ids {
		parts = append(parts, fmt.Sprint(id))
	}
	return strings.Join(parts, ", ")
}

// tellLost notes the issues that did not come, for the grade of the figures, and forgets what is noted of those that
// are gone. Where a team is read whole and none of its issues comes, it is not read.
func (r *reading) tellLost(ctx context.Context) error {
	gaps, err := r.attribute(ctx, r.lacking)
	if err != nil {
		return err
	}
	lost := map[string]int{}
	for _, g := range gaps {
		lost[g.Team]++
	}
	for _, t := range r.well() {
		if t.full && len(t.own) == 0 {
			r.nothingOf(t, lost[t.conf.Name]+lost[""])
		}
	}
	return r.Store.NoteIssueGaps(ctx, r.at, gaps, r.left)
}

// nothingOf judges a team that is read whole and of which no issue came, though some are listed: it cannot be read. So
// it is where none is listed although its sprints began, for a sprint begins with issues. A project without any is told.
func (r *reading) nothingOf(t *teamReading, listed int) {
	began := slices.ContainsFunc(t.mine, func(s jira.SprintInfo) bool { return s.State != agile.Future })
	why := &problem.Problem{Code: jira.Forbidden, Hint: "The account needs the permission to browse the issues of the project; the next cycle tries again."}
	switch {
	case listed > 0:
		why.Message = fmt.Sprintf("Jira lists %d issues for project %s and sends none of them", listed, t.project.Key)
	case began:
		why.Message = fmt.Sprintf("Jira lists no issue of project %s, whose sprints have begun", t.project.Key)
	default:
		t.gaps = append(t.gaps, store.Gap{Source: agile.SourceIssues, Code: agile.GapMissing, Subject: "no issue of the project is listed"})
		return
	}
	t.err = fmt.Errorf("team %s: %w", t.conf.Name, why)
}

// sources are those of which this reading tells what they lack as a whole, in place of what was noted before.
func (r *reading) sources(t *teamReading) []agile.Source {
	asked := []agile.Source{agile.SourceFields, agile.SourceStatuses, agile.SourceTypes, agile.SourceBoard, agile.SourceSprints, agile.SourceWorklogs}
	if t.full || r.fresh {
		asked = append(asked, agile.SourceScope)
	}
	if t.full || r.counted {
		asked = append(asked, agile.SourceIssues)
	}
	return asked
}

// lackSource notes that a source beside the issues cannot be had: what rests on it is unknown, or stays as it is known,
// and everything else is right. Where more was known, or Jira may mend it by itself, the team is behind besides. A team
// of nil stands for all. The error is one that is no trouble of the source: with the store, or an end of the reading.
func (r *reading) lackSource(ctx context.Context, t *teamReading, source agile.Source, what string, known bool, why error) error {
	gap, passing, ok := sourceGap(source, why)
	if ctx.Err() != nil || !ok {
		return why
	}
	r.Log.Warn(what+" cannot be had: what rests on it is told as unknown", "error", why)
	for _, one := range r.well() {
		if t != nil && one != t {
			continue
		}
		one.gaps = append(one.gaps, gap)
		if known || passing {
			one.doubts = append(one.doubts, fmt.Sprintf("%s: %v", what, why))
		}
	}
	return nil
}

// sourceGap makes a gap of a refusal; passing is one that may be over at the next reading. False for what is no refusal of
// Jira's.
func sourceGap(source agile.Source, why error) (gap store.Gap, passing, ok bool) {
	e := problem.Of(why, "jira")
	if e == nil {
		return gap, false, false
	}
	gap = store.Gap{Source: source, Code: agile.GapRefused, Subject: e.Code.Word()}
	if e.Status != 0 {
		gap.Subject = fmt.Sprintf("status %d", e.Status)
	}
	switch e.Code {
	case jira.InvalidResponse:
		gap.Code, gap.Subject, passing = agile.GapUnreadable, "", true
	case jira.NotJira:
		gap.Subject = "the answer is not Jira's"
	case jira.Unreachable, jira.Limited, jira.Failing, jira.TooDeep:
		passing = true
	}
	return gap, passing, true
}

// doubtAll notes what is told less of than is known, for all teams.
func (r *reading) doubtAll(what string) {
	for _, t := range r.well() {
		t.doubts = append(t.doubts, what)
	}
}
