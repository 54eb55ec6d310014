package sync

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"jerem/jira"
	"jerem/problem"
)

// changedInParts asks what was changed in questions of one part each, where Jira does not understand the joint one: a project
// is hidden, a sprint or an epic gone since the small sets were read. A team whose project is refused is in trouble; where its
// sprints or epics are, it stays current up to where it was, and the small sets are read anew, so that nothing is passed over.
func (r *reading) changedInParts(ctx context.Context, teams []*teamReading, since time.Time) (map[int64]time.Time, error) {
	all := map[int64]time.Time{}
	minutes := int(r.at.Sub(since).Minutes()) + 1 // the plainest way to say when
	ask := func(scope string) error {
		found, err := r.touched(ctx, fmt.Sprintf(`%s AND updated >= "-%dm" ORDER BY created ASC`, scope, minutes))
		maps.Copy(all, found)
		return err
	}
	for _, t := range teams {
		err := ask(r.projectClause([]*teamReading{t}))
		switch {
		case problem.Is(err, jira.BadRequest):
			t.err = fmt.Errorf("team %s: %w", t.conf.Name, err)
			continue
		case err != nil:
			return nil, err
		}
		parts, err := r.foreignParts(ctx, t)
		if err != nil {
			return nil, err
		}
		for _, part := range parts {
			err := ask(part)
			if err != nil && !problem.Is(err, jira.BadRequest) {
				return nil, err
			}
			if err != nil {
				t.held, r.Reader.sets = true, nil
				r.Log.Warn("issues of other projects cannot be asked for; the next reading tries again", "team", t.conf.Name, "error", err)
			}
		}
	}
	return all, nil
}

// foreignParts are where issues of other projects count for a team: in its sprints and in its epics of a quarter.
func (r *reading) foreignParts(ctx context.Context, t *teamReading) (parts []string, err error) {
	if t.conf.Filter == "" && len(t.sprints) > 0 {
		parts = append(parts, "sprint in ("+sprintIDs(t.mine)+")")
	}
	epics, err := r.epicKeys(ctx, []*teamReading{t})
	for keys := range slices.Chunk(epics, parentsPerQuery) {
		parts = append(parts, r.Jira.InEpics(r.fields, keys))
	}
	return parts, err
}
