package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/store"
)

// finish notes for each team how far it was read.
func (r *reading) finish(ctx context.Context, began time.Time) ([]Summary, error) {
	var out []Summary
	var troubles TeamErrors
	for _, t := range r.teams {
		t.summary.Team, t.summary.Err, t.summary.Took = t.conf.Name, t.err, time.Since(began)
		if t.err != nil {
			troubles = append(troubles, t.err)
			if err := r.Store.Behind(ctx, t.conf.Name, r.at, t.err.Error()); err != nil {
				return nil, err
			}
			out = append(out, t.summary)
			continue
		}
		if err := r.finishTeam(ctx, t); err != nil {
			return nil, err
		}
		for _, doubt := range t.doubts {
			troubles = append(troubles, fmt.Errorf("team %s: %s", t.conf.Name, doubt))
		}
		out = append(out, t.summary)
	}
	if len(troubles) > 0 {
		return out, troubles
	}
	return out, nil
}

func (r *reading) finishTeam(ctx context.Context, t *teamReading) error {
	state := store.TeamState{Name: t.conf.Name, Project: t.project.Key, ProjectID: t.project.ID, Board: t.boardID(), Until: r.at, Settings: r.settings(t.conf), Others: t.others, Matches: t.matches, Impeded: t.impeded}
	if t.board != nil && (r.fresh || t.full) {
		seen := make([]store.SprintSeen, 0, len(t.sprints))
		for _, s := range t.sprints {
			seen = append(seen, store.SprintSeen{ID: s.ID, OriginBoard: s.OriginBoard, SprintVersion: s.SprintVersion})
		}
		if _, err := r.Store.PutSprints(ctx, t.board.ID, r.at, seen); err != nil {
			return err
		}
	}
	state.Why = strings.Join(t.doubts, "; ")
	if err := r.Store.SetGaps(ctx, t.conf.Name, r.sources(), r.at, slices.Concat(r.gaps, r.found[t.conf.Name].gaps, t.gaps)); err != nil {
		return err
	}
	t.summary.Until, t.summary.Sprints = r.at, len(t.mine)
	_, err := r.Store.PutTeam(ctx, state)
	return err
}
