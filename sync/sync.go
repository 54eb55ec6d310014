package sync

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/scope"
)

const (
	// overlap is how far before the last reading a new one begins: the search index lags behind, by
	// seconds to minutes, and rounds.
	overlap = 15 * time.Minute
	// blindSpot is the last minute, which the list of worklogs leaves out, and one more.
	blindSpot = 2 * time.Minute
	// censusEvery is how often all issues are counted, to find those that were deleted.
	censusEvery = time.Hour
	// auditEvery is how often all issues are compared with what is kept, by the moment of their last change: what
	// a search for changes cannot find is found by that, as after a Jira was restored from a backup. A page of
	// such a list holds few issues.
	auditEvery = 24 * time.Hour
	// manyUnknown is how many issues are asked one by one for their worklogs.
	manyUnknown = 50
)

// work brings issues and worklogs of all teams that are not in trouble up to date.
func (r *reading) work(ctx context.Context) error {
	if err := r.recall(ctx); err != nil || len(r.well()) == 0 {
		return err
	}
	ids, err := r.wanted(ctx)
	if err != nil {
		return err
	}
	if err := r.owe(ctx, ids); err != nil {
		return err
	}
	if err := r.issues(ctx, ids, true); err != nil {
		return err
	}
	far, err := r.epicWork(ctx, ids)
	if err != nil {
		return err
	}
	if err := r.owe(ctx, far); err != nil {
		return err
	}
	if err := r.issues(ctx, far, false); err != nil {
		return err
	}
	for _, t := range r.well() {
		if err := r.membership(ctx, t); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			t.err = fmt.Errorf("team %s: %w", t.conf.Name, err)
		}
	}
	if err := r.worklogs(ctx); err != nil {
		return err
	}
	return r.tellLost(ctx)
}

// recall decides of which teams everything is read, and takes over what is known of the others. Where
// the fields are others now, all that is kept has become old, that of teams in trouble too.
func (r *reading) recall(ctx context.Context) error {
	if r.marks.Fields != r.fields.Signature() {
		for id := range r.marks.Projects {
			r.marks.Projects[id] = time.Time{}
		}
	}
	for _, t := range r.well() {
		state, err := r.Store.Team(ctx, t.conf.Name)
		if err != nil && !problem.Is(err, store.NotRead) {
			return err
		}
		t.since = earlier(r.marks.Projects[t.project.ID], state.Until)
		// A clock that went back tells nothing about what was changed since.
		t.full = r.full || err != nil || t.since.IsZero() || !t.scoped(state, r.settings(t.conf)) || r.at.Before(t.since.Add(-overlap))
		if !t.full {
			maps.Copy(t.others, state.Others)
			t.matches, t.impeded = state.Matches, state.Impeded
		}
	}
	return r.resume(ctx)
}

// scoped says whether a team was read with the scope and the settings that it has now. Where its project has another
// key all issues have other keys too, without a change of their own.
func (t *teamReading) scoped(state store.TeamState, settings string) bool {
	return state.ProjectID == t.project.ID && state.Project == t.project.Key && state.Board == t.boardID() && state.Settings == settings
}

// resume notes when the reading of everything began. One that was interrupted goes on: what it kept is
// not asked for again, and what was changed meanwhile is found by the next reading, which looks back to
// that beginning.
func (r *reading) resume(ctx context.Context) error {
	r.since = r.at
	whole, _ := r.split()
	if len(whole) == 0 {
		return nil
	}
	if !r.full && !r.marks.Backfill.IsZero() && r.marks.Fields == r.fields.Signature() {
		r.since, r.resumed = r.marks.Backfill, true
		return nil
	}
	r.marks.Backfill = r.at
	if !r.full {
		r.marks.Fields = r.fields.Signature()
		for _, t := range whole { // were it stopped, the next one must not take them for current
			r.marks.Projects[t.project.ID] = time.Time{}
		}
	}
	return r.Store.SetMarks(ctx, r.marks)
}

// wanted lists the issues to be read: all of the teams that are read whole, and those of the others
// that were changed.
func (r *reading) wanted(ctx context.Context) (ids []int64, err error) {
	whole, current := r.split()
	if len(whole) == 0 && r.fresh && r.at.Sub(r.marks.Census).Abs() >= censusEvery {
		whole, r.counted = append(whole, current...), true
		r.audit = r.at.Sub(r.marks.Audit).Abs() >= auditEvery
	}
	if len(whole) > 0 {
		listed, err := r.scope(ctx, whole)
		if err != nil {
			return nil, err
		}
		r.listed = map[int64]bool{}
		for _, id := range listed {
			r.listed[id] = true
		}
		if err := r.gone(ctx, whole); err != nil {
			return nil, err
		}
		listed, err = r.unread(ctx, listed)
		if err != nil {
			return nil, err
		}
		ids = append(ids, listed...)
		if len(current) == 0 {
			r.counted, r.marks.Audit = true, r.at
		}
	}
	whole, current = r.split() // a team may have got into trouble
	if r.resumed {             // what was kept before the interruption may have been changed since
		for _, t := range whole {
			t.since = r.since
		}
		current = append(current, whole...)
	}
	if len(current) > 0 {
		changed, err := r.changed(ctx, current)
		if err != nil {
			return nil, err
		}
		ids = append(ids, changed...)
	}
	return scope.Unique(r.retry(ids)), nil
}

func (r *reading) split() (whole, current []*teamReading) {
	for _, t := range r.well() {
		if t.full {
			whole = append(whole, t)
		} else {
			current = append(current, t)
		}
	}
	return whole, current
}

// unread leaves out what an interrupted reading of everything kept and, where only teams that are
// current are counted, all that is kept: of these the search for changes tells what is to be read again.
func (r *reading) unread(ctx context.Context, listed []int64) ([]int64, error) {
	since := r.since
	whole, _ := r.split()
	switch {
	case len(whole) == 0:
		since = time.Time{}
	case !r.resumed:
		return listed, nil
	}
	read, err := r.Store.ReadSince(ctx, since)
	if err != nil {
		return nil, err
	}
	var left, kept []int64
	for _, id := range listed {
		if read[id] {
			kept = append(kept, id)
		} else {
			left = append(left, id)
		}
	}
	if len(whole) == 0 {
		return left, nil
	}
	return left, r.recount(ctx, kept)
}

// changed lists the issues of teams that were changed since the last reading and that are not kept
// as of that change; in an audit those that are not kept as they are, whenever that was.
func (r *reading) changed(ctx context.Context, teams []*teamReading) ([]int64, error) {
	since := r.at
	for _, t := range teams {
		since = earlier(since, t.since)
	}
	since = since.Add(-overlap)
	scope := r.scopeClause(teams)
	epics, err := r.epicKeys(ctx, teams)
	if err != nil {
		return nil, err
	}
	if len(epics) > 0 && len(epics) <= parentsPerQuery {
		scope += " OR " + r.Jira.InEpics(r.fields, epics)
	}
	when := fmt.Sprintf(" AND updated >= %d", since.UnixMilli())
	if r.audit {
		when = ""
	}
	touched, err := r.touched(ctx, fmt.Sprintf("(%s)%s ORDER BY created ASC", scope, when))
	if problem.Is(err, jira.BadRequest) {
		r.audit = false // a later one
		touched, err = r.changedInParts(ctx, teams, since)
	}
	if err != nil {
		return nil, err
	}
	ids := slices.Collect(maps.Keys(touched))
	slices.Sort(ids)
	known, err := r.Store.Updated(ctx, ids)
	if err != nil {
		return nil, err
	}
	var left, same []int64
	for _, id := range ids {
		if known[id].Equal(touched[id]) && !touched[id].IsZero() {
			same = append(same, id)
		} else {
			left = append(left, id)
		}
	}
	return left, r.recount(ctx, same)
}

func (r *reading) touched(ctx context.Context, jql string) (map[int64]time.Time, error) {
	out := map[int64]time.Time{}
	for t, err := range r.Jira.Changed(ctx, jql) {
		if err != nil {
			return nil, err
		}
		out[t.ID] = t.Updated
	}
	return out, nil
}

// gone finds issues that are kept and no longer listed: each is asked for by its id, and forgotten
// when Jira does not know it any more. Where half of a project would go at once, nothing does: that
// is rather a lost permission.
func (r *reading) gone(ctx context.Context, teams []*teamReading) error {
	for _, t := range teams {
		known, err := r.Store.ProjectIssues(ctx, t.project.ID)
		if err != nil {
			return err
		}
		if err := r.elsewhere(ctx, t); err != nil {
			return err
		}
		lost := slices.DeleteFunc(slices.Clone(known), func(id int64) bool { return r.listed[id] })
		if len(lost) == 0 {
			continue
		}
		if 2*len(lost) > len(known) && len(lost) > 10 {
			r.Log.Warn("most issues of a project are no longer listed: they are kept, for a permission may be lost", "team", t.conf.Name, "issues", len(lost), "of", len(known))
			t.gaps = append(t.gaps, store.Gap{Source: agile.SourceIssues, Code: agile.GapShrunk, Subject: fmt.Sprintf("%d of %d are not listed", len(lost), len(known))})
			t.doubts = append(t.doubts, fmt.Sprintf("%d of %d issues of the project are not listed any more: they are kept, for a permission may be lost", len(lost), len(known)))
			continue
		}
		if err := r.confirm(ctx, lost, r.forget); err != nil {
			return err
		}
	}
	return nil
}

// confirm asks for issues by their ids: those that Jira still has are kept as they are now, of the others
// it is told.
func (r *reading) confirm(ctx context.Context, lost []int64, missing func(context.Context, []int64) error) error {
	for chunk := range slices.Chunk(lost, r.chunk()) {
		docs, outcome, err := r.documents(ctx, chunk)
		if err != nil {
			return err
		}
		if _, err := r.keep(ctx, docs); err != nil {
			return err
		}
		r.noteBroken(outcome)
		for _, b := range outcome.Broken {
			r.again[b.ID] = true
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

func (r *reading) forget(ctx context.Context, ids []int64) error {
	r.Log.Info("issues that Jira no longer has are forgotten", "issues", len(ids))
	_, err := r.Store.DeleteIssues(ctx, ids)
	return err
}

// strangers returns the issues that are not kept yet.
func (r *reading) strangers(ctx context.Context, ids []int64) ([]int64, error) {
	known, err := r.Store.Updated(ctx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { _, ok := known[id]; return ok }), nil
}

// mark notes up to where the store is current, now that the whole walk is done.
func (r *reading) mark(ctx context.Context) error {
	m := store.Marks{Projects: r.marks.Projects, Worklogs: r.marks.Worklogs, Owed: r.unknown, Fields: r.fields.Signature(), Census: r.marks.Census, Audit: r.marks.Audit, Erased: r.marks.Erased, Again: sortedIDs(r.again)}
	if r.logged {
		m.Worklogs, m.Owed = r.at, nil
	}
	for _, t := range r.well() {
		m.Projects[t.project.ID] = r.at
	}
	for _, t := range r.well() {
		switch { // also where another team has the same project
		case t.full:
			m.Projects[t.project.ID] = r.since
		case t.held:
			m.Projects[t.project.ID] = t.since
		}
	}
	if len(r.well()) < len(r.teams) { // the others go on where they are
		m.Backfill = r.marks.Backfill
	}
	if r.counted {
		m.Census = r.at
	}
	if r.audit {
		m.Audit = r.at
	}
	return r.Store.SetMarks(ctx, m)
}
