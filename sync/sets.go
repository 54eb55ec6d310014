package sync

import (
	"context"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/scope"
)

// smallSets is what a site has few of and changes seldom. It is read again when it has become old, by our clock or
// by Jira's: that of a simulated one may run faster.
type smallSets struct {
	read   time.Time // our clock
	asOf   time.Time // Jira's clock
	fields document.Fieldset
	zone   string // of the account that reads
	found  map[string]teamSets
	gaps   []store.Gap // what the site could not tell
	doubts []string    // what it tells less of than is known
	boards *scope.BoardCache
}

// teamSets is what is found of a team once its small sets were read.
type teamSets struct {
	project  jira.Project
	board    *agile.Board
	sprints  []jira.SprintInfo
	listed   []int64           // the sprints that its board lists
	unlisted bool              // the list of its sprints is refused
	mine     []jira.SprintInfo // those that are the team's
	once     []int64           // those of them that earlier readings alone tell so
	gaps     []store.Gap       // what of these could not be had
	doubts   []string          // what is told less of than is known
}

// prepare asks for Jira's clock and, where they are old, for the small sets.
func (r *reading) prepare(ctx context.Context, now time.Time) error {
	server, err := r.Jira.Transport().Server(ctx)
	if err != nil {
		return err
	}
	r.at, r.smallSets, r.Reader.seen = server.Time, r.sets, clocks{server.Time, now}
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
	sets := &smallSets{read: now, asOf: r.at, zone: account.Zone, found: map[string]teamSets{}, boards: scope.NewBoardCache(r.Jira)}
	if err := r.siteFields(ctx, sets); err != nil {
		return err
	}
	for _, part := range []func(context.Context, *smallSets) error{r.accountZone, r.siteStatuses, r.siteTypes} {
		if err := part(ctx, sets); err != nil {
			return err
		}
	}
	if err := r.Store.PutFields(ctx, sets.fields.Fields()); err != nil {
		return err
	}
	r.smallSets, r.Reader.sets = sets, sets
	return r.Store.SetZone(ctx, sets.zone)
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
	t.project, t.board, t.sprints, t.mine, t.listed, t.once = have.project, have.board, have.sprints, have.mine, have.listed, have.once
	t.gaps = slices.Concat(r.gaps, have.gaps)
	t.doubts = slices.Concat(r.smallSets.doubts, have.doubts)
	return nil
}

func (r *reading) findTeam(ctx context.Context, t *teamReading, have *teamSets) error {
	var err error
	if t.project, err = r.Jira.Project(ctx, t.conf.Project); err != nil {
		return err
	}
	have.project = t.project
	known, noted, err := r.knownOf(ctx, t.conf.Name)
	if err != nil {
		return err
	}
	f := &finder{reading: r, t: t, have: have, known: known, noted: noted}
	if have.board, err = f.board(ctx); err != nil || have.board == nil {
		return err
	}
	if _, err := r.Store.PutBoard(ctx, *have.board); err != nil {
		return err
	}
	return f.sprints(ctx)
}

// knownOf returns the state of a team's last reading, an empty one where there was none, and what was noted then.
func (r *reading) knownOf(ctx context.Context, team string) (state store.TeamState, noted []store.Gap, err error) {
	if r.Store == nil { // a check keeps nothing
		return state, nil, nil
	}
	state, err = r.Store.Team(ctx, team)
	if problem.Is(err, store.NotRead) {
		return store.TeamState{}, nil, nil
	}
	if err != nil {
		return state, nil, err
	}
	noted, err = r.Store.Gaps(ctx, team)
	return state, noted, err
}
