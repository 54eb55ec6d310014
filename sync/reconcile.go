package sync

import (
	"context"
	"maps"
	"slices"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/doubts"
)

// reconcileTeams finds issues that are kept and no longer listed: each is asked for by its id, and forgotten
// when Jira does not know it any more. Where half of a project would go at once, nothing does: that
// is rather a lost permission.
func reconcileTeams(ctx context.Context, r *reading, teams teamList) error {
	for _, t := range teams {
		known, err := r.store.Issues.OfProject(ctx, t.found.Project.ID)
		if err != nil {
			return err
		}
		if err := reconcileElsewhere(ctx, r, t); err != nil {
			return err
		}
		lost := slices.DeleteFunc(slices.Clone(known), func(id int64) bool { return r.found.listed[id] })
		switch {
		case len(lost) == 0:
			continue
		case isMost(len(lost), len(known)):
			noteShrunkList(r, t, len(lost), len(known))
			continue
		}
		if err := confirmMissing(ctx, r, lost, r.forgetIssues); err != nil {
			return err
		}
	}
	return nil
}

// isMost tells whether so many of the issues of a project that are gone at once are rather hidden than deleted.
func isMost(lost, known int) bool { return 2*lost > known && lost > 10 }

func noteShrunkList(r *reading, t *teamReading, lost, known int) {
	r.log.Warn("most issues of a project are no longer listed: they are kept, for a permission may be lost",
		"team", t.conf.Name, "issues", lost, "of", known)
	t.notes.Add(
		store.Gap{
			Source:  agile.SourceIssues,
			Code:    agile.GapShrunk,
			Subject: agile.NewSubject(agile.SubjectIssuesUnlisted, lost, known),
		},
		doubts.New(doubts.IssuesUnlisted, lost, known),
	)
}

// reconcileElsewhere asks for the issues of other projects that concern a team and that its question does not list
// any more: one that left a sprint, or an epic, or that moved away is in no answer for that very reason.
func reconcileElsewhere(ctx context.Context, r *reading, t *teamReading) error {
	projects, err := r.store.Issues.OfOtherProjects(ctx, t.conf.Name, t.found.Project.ID)
	if err != nil {
		return err
	}
	maps.DeleteFunc(projects, func(id int64, _ string) bool { return r.found.listed[id] })
	return confirmMissing(
		ctx,
		r,
		slices.Sorted(maps.Keys(projects)),
		func(ctx context.Context, missing []int64) error {
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
			return r.forgetIssues(ctx, gone)
		},
	)
}

// seesProject tells whether the account sees a project. Issues of one that it does not see are not taken for
// deleted.
func (r *reading) seesProject(ctx context.Context, id string) (bool, error) {
	if sees, asked := r.visible[id]; asked {
		return sees, nil
	}
	_, err := r.jira.Project(ctx, id)
	hidden := problem.Is(err, jira.NotFound) || problem.Is(err, jira.Forbidden)
	if err != nil && !hidden {
		return false, err
	}
	r.visible[id] = !hidden
	return !hidden, nil
}

// confirmMissing asks for issues by their ids: those that Jira still has are kept as they are now, of the others
// it is told.
func confirmMissing(
	ctx context.Context,
	r *reading,
	lost []int64,
	missing func(context.Context, []int64) error,
) error {
	for chunk := range slices.Chunk(lost, r.chunkSize) {
		_, outcome, err := r.fetchAndKeep(ctx, chunk)
		if err != nil {
			return err
		}
		for _, b := range outcome.Broken {
			r.found.retry[b.ID] = true
		}
		if len(outcome.Missing) == 0 {
			continue
		}
		if err := missing(ctx, outcome.Missing); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) forgetIssues(ctx context.Context, ids []int64) error {
	r.log.Info("issues that Jira no longer has are forgotten", "issues", len(ids))
	r.epics.Forget()
	return r.store.Issues.Delete(ctx, ids, r.at)
}
