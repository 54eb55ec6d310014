package sync

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira"
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
		if len(t.doubts) > 0 {
			troubles = append(troubles, fmt.Errorf("team %s: %s", t.conf.Name, strings.Join(t.doubts, "; ")))
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
	if r.fresh || t.full {
		if err := r.putSprints(ctx, t); err != nil {
			return err
		}
	}
	state.Why = strings.Join(t.doubts, "; ")
	if err := r.Store.SetGaps(ctx, t.conf.Name, r.sources(t), r.at, t.gaps); err != nil {
		return err
	}
	t.summary.Until, t.summary.Sprints = r.at, len(t.mine)
	_, err := r.Store.PutTeam(ctx, state)
	return err
}

// putSprints keeps the sprints of a team. Those that were once its own, and that its board lists no more, stay while an
// issue of its project ever stood in them: a new board never takes the past away.
func (r *reading) putSprints(ctx context.Context, t *teamReading) error {
	now := store.BoardSprints{Team: t.conf.Name, Board: t.boardID(), Listed: t.listed}
	for _, s := range t.sprints {
		now.Seen = append(now.Seen, store.SprintSeen{ID: s.ID, OriginBoard: s.OriginBoard, SprintVersion: s.SprintVersion})
	}
	var once []int64
	for _, s := range t.mine {
		if slices.Contains(t.once, s.ID) {
			once = append(once, s.ID)
		} else {
			now.Mine = append(now.Mine, s.ID)
		}
	}
	if len(once) > 0 {
		stood, err := r.Store.StoodIn(ctx, t.project.ID)
		if err != nil {
			return err
		}
		once = slices.DeleteFunc(once, func(id int64) bool { return !stood[id] })
		now.Mine = append(now.Mine, once...)
	}
	if len(once) > 0 {
		r.lasting(t, store.Gap{Source: agile.SourceSprints, Code: agile.GapMoved, Subject: fmt.Sprintf("%d sprints are the team's from earlier readings alone", len(once))})
	}
	if _, err := r.Store.PutSprints(ctx, r.at, now); err != nil {
		return err
	}
	return r.strangeBoard(ctx, t, now.Mine)
}

// lasting notes a gap that holds until the small sets are read again.
func (r *reading) lasting(t *teamReading, gap store.Gap) {
	t.gaps = append(t.gaps, gap)
	have := r.found[t.conf.Name]
	have.gaps = append(have.gaps, gap)
	r.found[t.conf.Name] = have
}

// strangeBoard tells where a board is hardly the team's: no issue of its project ever stood in the sprints of the
// configured board, or its issues stand in sprints and no board is known.
func (r *reading) strangeBoard(ctx context.Context, t *teamReading, mine []int64) error {
	begun := slices.ContainsFunc(t.mine, func(s jira.SprintInfo) bool { return s.State != agile.Future })
	if t.board != nil && (t.conf.Board == 0 || !begun) {
		return nil
	}
	stood, err := r.Store.StoodIn(ctx, t.project.ID)
	if err != nil {
		return err
	}
	switch {
	case t.board == nil && len(stood) > 0:
		r.lasting(t, store.Gap{Source: agile.SourceBoard, Code: agile.GapMissing, Subject: "issues stand in sprints of a board that is not the project's"})
	case t.board != nil && !slices.ContainsFunc(mine, func(id int64) bool { return stood[id] }):
		r.lasting(t, store.Gap{Source: agile.SourceBoard, Code: agile.GapMissing, Subject: "no issue of the project ever stood in the sprints of this board"})
	}
	return nil
}
