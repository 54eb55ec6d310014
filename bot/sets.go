package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/store"
)

// smallSets is what a site has few of and changes seldom. It is read again when it has become old, by our clock or
// by Jira's: that of a simulated one may run faster.
type smallSets struct {
	read   time.Time // our clock
	asOf   time.Time // Jira's clock
	fields jira.Fieldset
	zone   string // of the account that reads
	found  map[string]teamSets
	gaps   []store.Gap // what the site could not tell
}

// teamSets is what is found of a team once its small sets were read.
type teamSets struct {
	project jira.Project
	board   *agile.Board
	sprints []jira.SprintInfo
	gaps    []store.Gap // what of these could not be had
}

// prepare asks for Jira's clock and, where they are old, for the small sets.
func (r *reading) prepare(ctx context.Context, now time.Time) error {
	server, err := r.Jira.Server(ctx)
	if err != nil {
		return err
	}
	r.at, r.smallSets, r.Bot.seen = server.Time, r.sets, clocks{server.Time, now}
	r.fresh = r.full || r.smallSets == nil || now.Sub(r.read) >= r.Refresh || r.at.Sub(r.asOf) >= r.Refresh
	if r.fresh {
		if err := r.siteSets(ctx, now); err != nil {
			return err
		}
	}
	r.marks, err = r.Store.Marks(ctx)
	return err
}

// siteSets checks the credentials first, then reads what the whole site shares.
func (r *reading) siteSets(ctx context.Context, now time.Time) error {
	account, err := r.Jira.Myself(ctx)
	if err != nil {
		return err
	}
	sets := &smallSets{read: now, asOf: r.at, zone: account.Zone, found: map[string]teamSets{}}
	if sets.fields, err = r.Jira.Fields(ctx); err != nil {
		return err
	}
	if n := sets.fields.LeftOut(); n > 0 {
		r.Log.Warn("more fields than one request takes: some selects and dates are not read", "left out", n)
	}
	statuses, err := r.Jira.Statuses(ctx)
	if err != nil {
		return err
	}
	types, err := r.Jira.Types(ctx)
	if err != nil {
		return err
	}
	if _, err := r.Store.PutStatuses(ctx, statuses); err != nil {
		return err
	}
	if _, err := r.Store.PutTypes(ctx, types); err != nil {
		return err
	}
	if err := r.Store.PutFields(ctx, sets.fields.Fields()); err != nil {
		return err
	}
	names, err := r.Store.FieldNames(ctx)
	if err != nil {
		return err
	}
	sets.fields = sets.fields.Know(names)
	r.smallSets, r.Bot.sets = sets, sets
	return r.Store.SetZone(ctx, account.Zone)
}

// team finds a team's project, board and sprints, among the small sets where they are there.
func (r *reading) team(ctx context.Context, t *teamReading) error {
	have, ok := r.found[t.conf.Name]
	if !ok {
		if err := r.findTeam(ctx, t, &have); err != nil {
			return err
		}
		r.found[t.conf.Name] = have
	}
	t.project, t.board, t.sprints = have.project, have.board, have.sprints
	t.mine = own(t.sprints, t.board)
	return nil
}

// own are the sprints of a team: of those that its board lists the ones that began on it, all where none did. A
// board lists the sprints of other teams too, as soon as one of its issues stands in them.
func own(listed []jira.SprintInfo, board *agile.Board) []jira.SprintInfo {
	mine := slices.DeleteFunc(slices.Clone(listed), func(s jira.SprintInfo) bool { return s.OriginBoard != board.ID })
	if len(mine) == 0 {
		return listed
	}
	return mine
}

func (r *reading) findTeam(ctx context.Context, t *teamReading, have *teamSets) error {
	var err error
	if t.project, err = r.Jira.Project(ctx, t.conf.Project); err != nil {
		return err
	}
	have.project = t.project
	if have.board, err = r.board(ctx, t); err != nil || have.board == nil {
		return err
	}
	if _, err := r.Store.PutBoard(ctx, *have.board); err != nil {
		return err
	}
	if have.board.Kind != agile.Scrum {
		return nil
	}
	if have.sprints, err = r.Jira.Sprints(ctx, have.board.ID); err != nil && !errors.Is(err, jira.ErrNoSprints) {
		return fmt.Errorf("board %d: %w", have.board.ID, err)
	}
	return nil
}
