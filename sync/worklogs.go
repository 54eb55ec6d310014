package sync

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/gaps"
	plan "jerem/sync/plan"
)

// blindSpot is the last minute, which the list of worklogs leaves out, and one more.
const blindSpot = 2 * time.Minute

// timeLogged is what a reading learns of time logged.
type timeLogged struct {
	logs       []agile.Worklog
	unreadable []*jira.UnreadableWorklog
	given      map[int64]bool // worklogs that were sent, readable or not
}

// takeWorklogs walks through worklogs of issues that are kept; those that cannot be read cost themselves alone.
func (l *timeLogged) takeWorklogs(list iter.Seq2[agile.Worklog, error], kept func(issue int64) bool) error {
	for one, err := range list {
		var unreadable *jira.UnreadableWorklog
		switch {
		case errors.As(err, &unreadable):
			l.unreadable = append(l.unreadable, unreadable)
			l.given[unreadable.ID] = true
		case err != nil:
			return err
		case kept(one.Issue):
			l.logs = append(l.logs, one)
			l.given[one.ID] = true
		}
	}
	return nil
}

// readWorklogs brings the time logged up to date: all of it at the first time, else what was logged, corrected and
// deleted since, and all of issues that are new here. Where Jira refuses it, sprints and quarters are read all the
// same.
func readWorklogs(ctx context.Context, r *reading) error {
	w := worklogReader{reading: r, kept: &keptIssues{store: r.store}}
	var err error
	if plan.AllWorklogsDue(*r.checkpoint, len(r.teams.completelyRead()) > 0, len(r.found.pending)) {
		err = w.readAll(ctx)
	} else if err = w.readNew(ctx); err == nil {
		r.found.logged = true
	}
	if err == nil || w.kept.err != nil {
		return errors.Join(w.kept.err, err)
	}
	known, counted := r.store.Worklogs.Count(ctx)
	if counted != nil {
		return counted
	}
	return noteNoWorklogs(ctx, r, known > 0, err)
}

// noteNoWorklogs notes that time logged cannot be had: what rests on it is unknown, or stays as it is known, and
// everything else is right. Where more was known, or Jira may mend it by itself, the teams are behind besides. The
// error is one that is no refusal of Jira's: of the store, or an end of the reading.
func noteNoWorklogs(ctx context.Context, r *reading, known bool, why error) error {
	gap, passing, refused := gaps.OfRefusal(agile.SourceWorklogs, why)
	if ctx.Err() != nil || !refused {
		return why
	}
	r.log.Warn("time logged cannot be had: what rests on it is told as unknown", "error", why)
	doubt := ""
	if known || passing {
		doubt = fmt.Sprintf("time logged: %v", why)
	}
	for _, t := range r.teams.withoutTrouble() {
		t.notes.Add(gap, doubt)
	}
	return nil
}

// worklogReader reads time logged on the issues that are kept.
type worklogReader struct {
	reading *reading
	kept    *keptIssues
}

// keptIssues are the issues that are kept, which are asked for when the first one is of interest: mostly nobody logged
// time.
type keptIssues struct {
	store *store.Store
	known map[int64]bool
	first time.Time // when the first of them was created
	err   error     // of the store
}

// readIDs returns the ids of the kept issues, read once.
func (k *keptIssues) readIDs(ctx context.Context) map[int64]bool {
	if k.known == nil && k.err == nil {
		k.known, k.first, k.err = k.store.Issues.IDs(ctx)
	}
	return k.known
}

// isKept tells which issues are kept.
func (w worklogReader) isKept(ctx context.Context) func(issue int64) bool {
	return func(issue int64) bool { return w.kept.readIDs(ctx)[issue] }
}

// readNew asks for what was logged, corrected and deleted since the last time.
func (w worklogReader) readNew(ctx context.Context) error {
	found, err := w.loggedSince(ctx, w.reading.checkpoint.Worklogs.Add(-blindSpot))
	if err != nil {
		return err
	}
	if err := w.loggedOn(ctx, w.reading.found.pending, found); err != nil {
		return err
	}
	if err := w.putWorklogs(ctx, found); err != nil || !w.reading.metadata {
		return err
	}
	return w.forgetDeleted(ctx)
}

// readAll asks for all time logged. What is known and not told any more is taken away only where it is confirmed.
func (w worklogReader) readAll(ctx context.Context) error {
	w.kept.readIDs(ctx)
	found, err := w.loggedSince(ctx, w.kept.first)
	if err = errors.Join(w.kept.err, err); err != nil {
		return err
	}
	if err := w.putWorklogs(ctx, found); err != nil {
		return err
	}
	doubted, err := w.forgetMissing(ctx, found.given)
	if err != nil {
		return err
	}
	w.reading.checkpoint.Erased, w.reading.found.logged = w.reading.at, !doubted
	return nil
}

// loggedSince asks for what was logged or corrected since a moment, on issues that are kept. Where more of it changed
// at one moment than a page of the list holds, the list never gets beyond that moment: each issue is asked for its
// own then.
func (w worklogReader) loggedSince(ctx context.Context, since time.Time) (*timeLogged, error) {
	found := &timeLogged{given: map[int64]bool{}}
	err := found.takeWorklogs(w.reading.jira.Worklogs().ChangedSince(ctx, since, w.isKept(ctx)), w.isKept(ctx))
	if !jira.Crowded(err) {
		return found, err
	}
	w.reading.log.Info(
		"more time was logged at one moment than a page of the list holds: each issue is asked for its own",
		"issues",
		len(w.kept.readIDs(ctx)),
	)
	found = &timeLogged{given: map[int64]bool{}}
	return found, w.loggedOn(ctx, slices.Sorted(maps.Keys(w.kept.readIDs(ctx))), found)
}

// loggedOn asks issues, one by one, for all that was logged on them. One that Jira does not have any more has
// nothing.
func (w worklogReader) loggedOn(ctx context.Context, issues []int64, found *timeLogged) error {
	for _, id := range issues {
		if err := found.takeWorklogs(w.reading.jira.Worklogs().OfIssue(ctx, id), w.isKept(ctx)); err != nil &&
			!problem.Is(err, jira.NotFound) {
			return err
		}
	}
	return nil
}

// putWorklogs keeps what was logged, and notes what of it cannot be read: what was known of that stays.
func (w worklogReader) putWorklogs(ctx context.Context, found *timeLogged) error {
	r := w.reading
	if err := r.store.Worklogs.Put(ctx, found.logs); err != nil {
		return err
	}
	homeless := 0
	for _, one := range found.unreadable {
		if one.Issue == 0 {
			homeless++
			continue
		}
		gap := store.Gap{
			Source:  agile.SourceWorklogs,
			Code:    agile.GapUnreadable,
			Subject: agile.NewSubject(agile.SubjectWorklog, one.ID),
			Issue:   one.Issue,
		}
		r.found.missed = append(r.found.missed, gap)
	}
	if n := len(found.unreadable); n > 0 {
		r.log.Warn(
			"worklogs cannot be read: they are left as they are known",
			"worklogs",
			n,
			"first",
			found.unreadable[0].ID,
		)
	}
	if homeless > 0 {
		subject := agile.NewSubject(agile.SubjectOrphanedWorklogs, homeless)
		for _, t := range r.teams.withoutTrouble() {
			t.notes.Add(store.Gap{Source: agile.SourceWorklogs, Code: agile.GapUnreadable, Subject: subject}, "")
		}
	}
	for _, t := range r.teams {
		for _, l := range found.logs {
			if t.counted[l.Issue] {
				t.summary.Worklogs++
			}
		}
	}
	return nil
}
