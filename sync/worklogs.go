package sync

import (
	"context"
	"slices"
	"time"

	"jerem/agile"
	"jerem/problem"
	"jerem/store"
	"jerem/store/checkpoint"
	"jerem/sync/doubts"
	"jerem/sync/gaps"
	"jerem/sync/metadata"
	"jerem/sync/plan"
	"jerem/sync/scope"
	"jerem/sync/worklogs"
)

// fewUnread is how many worklogs that could not be read are asked for with each reading, in one request.
const fewUnread = 1000

// readWorklogs brings the time logged up to date: all of it at the first time, else what was logged, corrected and
// deleted since, and all of issues that are new here. Deletions are rare, so they are asked for as often as the
// metadata, and again until Jira tells them. Where Jira refuses it, sprints and quarters are read all the same.
func readWorklogs(ctx context.Context, r *reading) error {
	var retry []int64 // many are asked for as often as the metadata
	if r.metadata || len(r.checkpoint.WorklogsRetry) <= fewUnread {
		retry = r.checkpoint.WorklogsRetry
	}
	reader := worklogs.Reader{Jira: r.jira.Worklogs(), Store: r.store, Log: r.log, At: r.at}
	answer, err := reader.Read(ctx, worklogs.Question{
		All:          plan.AllWorklogsDue(*r.checkpoint, len(r.teams.completelyRead()) > 0, len(r.found.pending)),
		Since:        r.checkpoint.Worklogs,
		Pending:      scope.Unique(slices.Concat(r.found.pending, r.named.Logged)),
		Retry:        retry,
		AskDeleted:   !r.site.DeletionsRead,
		DeletedSince: r.checkpoint.Erased,
	})
	noteWorklogs(r, answer)
	r.found.unread = answer.Retry
	if err != nil || len(retry) == 0 {
		r.found.unread = scope.Unique(slices.Concat(answer.Retry, r.checkpoint.WorklogsRetry))
	}
	if err == nil {
		r.found.logged = len(answer.Doubted) == 0
		return nil
	}
	known, counted := r.store.Worklogs.Count(ctx)
	if counted != nil {
		return counted
	}
	return noteNoWorklogs(ctx, r, known > 0, err)
}

// noteNoWorklogs notes that time logged cannot be had. Of a team whose time logged was read before, it stays as it is
// known, and the gap says up to when; of any other one, what rests on it is unknown. Everything else is right. Where
// more was known, or Jira may mend it by itself, the teams are behind besides. The error is one that is no refusal of
// Jira's: of the store, or an end of the reading.
func noteNoWorklogs(ctx context.Context, r *reading, known bool, why error) error {
	gap, passing, refused := gaps.OfRefusal(agile.SourceWorklogs, why)
	if ctx.Err() != nil || !refused {
		return why
	}
	until := worklogsKnownUntil(r.checkpoint)
	var doubted problem.List
	if known || passing {
		doubted = problem.List{doubts.Refused(why, doubts.Worklogs)}
	}
	var kept, unknown []string // names of teams
	for _, t := range r.teams.withoutTrouble() {
		before, err := worklogsReadBefore(ctx, r, t)
		if err != nil {
			return err
		}
		if before && !until.IsZero() {
			kept = append(kept, t.conf.Name)
			t.notes.Add(gaps.KnownUntil(gap, until), doubted...)
		} else {
			unknown = append(unknown, t.conf.Name)
			t.notes.Add(gap, doubted...)
		}
	}
	if len(kept) > 0 {
		r.log.Warn("time logged cannot be had: what was known of it stays, and figures that rest on it say so",
			"teams", kept, "known until", until, "error", why)
	}
	if len(unknown) > 0 {
		r.log.Warn("time logged cannot be had: what rests on it is told as unknown", "teams", unknown, "error", why)
	}
	return nil
}

// worklogsKnownUntil returns the moment up to which all that was logged, corrected and deleted is known, zero where
// time logged was never read.
func worklogsKnownUntil(c *checkpoint.Checkpoint) time.Time {
	if !c.Worklogs.IsZero() && c.Worklogs.Before(c.Erased) {
		return c.Worklogs
	}
	return c.Erased
}

// worklogsReadBefore tells whether a former reading had the time logged of a team.
func worklogsReadBefore(ctx context.Context, r *reading, t *teamReading) (bool, error) {
	state, noted, err := metadata.Known(ctx, r.store, t.conf.Name)
	return !state.Until.IsZero() && gaps.ReadBefore(noted, agile.SourceWorklogs), err
}

// noteWorklogs counts what was kept of time logged, and notes what of it cannot be read or is doubted.
func noteWorklogs(r *reading, answer worklogs.Answer) {
	noteUnreadable(r, answer)
	noteContradicted(r, answer.Doubted)
	if answer.Deleted {
		r.checkpoint.Erased, r.site.DeletionsRead = r.at, true
	}
	for _, t := range r.teams {
		for _, l := range answer.Logs {
			if t.counted[l.Issue] {
				t.summary.Worklogs++
			}
		}
	}
}

// noteUnreadable notes worklogs that cannot be read: what was known of them stays.
func noteUnreadable(r *reading, answer worklogs.Answer) {
	orphaned := 0
	for _, one := range answer.Unreadable {
		if one.Issue == 0 {
			orphaned++
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
	if n := len(answer.Unreadable); n > 0 {
		r.log.Warn("worklogs cannot be read: they are left as they are known",
			"worklogs", n, "first", answer.Unreadable[0].ID)
	}
	if orphaned > 0 {
		subject := agile.NewSubject(agile.SubjectOrphanedWorklogs, orphaned)
		for _, t := range r.teams.withoutTrouble() {
			t.notes.Add(store.Gap{Source: agile.SourceWorklogs, Code: agile.GapUnreadable, Subject: subject})
		}
	}
}

// noteContradicted notes issues of which less time logged is told than they say is there: it stays, and all of it is
// asked for again.
func noteContradicted(r *reading, issues []int64) {
	if len(issues) == 0 {
		return
	}
	for _, issue := range issues {
		r.found.missed = append(
			r.found.missed,
			store.Gap{Source: agile.SourceWorklogs, Code: agile.GapShrunk, Issue: issue},
		)
	}
	for _, t := range r.teams.withoutTrouble() {
		t.notes.Doubts = append(t.notes.Doubts, doubts.New(doubts.WorklogsGone, len(issues)))
	}
	r.checkpoint.Worklogs = time.Time{}
}
