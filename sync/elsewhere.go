package sync

import (
	"context"
	"maps"
	"slices"
	"time"

	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
)

// elsewhere asks for the issues of other projects that concern a team and that its question does not list any
// more: one that left a sprint, or an epic, or that moved away is in no answer for that very reason.
func (r *reading) elsewhere(ctx context.Context, t *teamReading) error {
	projects, err := r.Store.Elsewhere(ctx, t.conf.Name, t.project.ID)
	if err != nil {
		return err
	}
	maps.DeleteFunc(projects, func(id int64, _ string) bool { return r.listed[id] })
	return r.confirm(ctx, slices.Sorted(maps.Keys(projects)), func(ctx context.Context, missing []int64) error {
		var gone []int64
		for _, id := range missing {
			sees, err := r.seesProject(ctx, projects[id])
			if err != nil {
				return err
			}
			if sees {
				gone = append(gone, id)
			} else {
				t.others[id] = true // hidden rather than deleted
			}
		}
		if len(gone) == 0 {
			return nil
		}
		return r.forget(ctx, gone)
	})
}

// seesProject tells whether the account sees a project. Issues of one that it does not see are not taken for
// deleted.
func (r *reading) seesProject(ctx context.Context, id string) (bool, error) {
	if sees, asked := r.sees[id]; asked {
		return sees, nil
	}
	_, err := r.Jira.Project(ctx, id)
	hidden := problem.Is(err, jira.NotFound) || problem.Is(err, jira.Forbidden)
	if err != nil && !hidden {
		return false, err
	}
	if r.sees == nil {
		r.sees = map[string]bool{}
	}
	r.sees[id] = !hidden
	return !hidden, nil
}

// wentBack notes that an issue was sent as it was before what is kept: Jira was restored from a backup, and time
// logged since then is gone without a word.
func (r *reading) wentBack(ctx context.Context, docs []document.Document) error {
	ids := make([]int64, 0, len(docs))
	for _, d := range docs {
		ids = append(ids, d.ID)
	}
	known, err := r.Store.Updated(ctx, ids)
	if err != nil {
		return err
	}
	for _, d := range docs {
		if d.Updated.Before(known[d.ID]) && !r.marks.Worklogs.IsZero() {
			r.marks.Worklogs = time.Time{}
			r.Log.Warn("an issue is older than it was: Jira was restored from a backup; all time logged is read again", "issue", d.ID)
			return r.Store.SetMarks(ctx, r.marks)
		}
	}
	return nil
}
