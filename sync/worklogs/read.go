package worklogs

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/store"
)

// blindSpot is the last minute, which the list of worklogs leaves out, and one more.
const blindSpot = 2 * time.Minute

// Reader reads time logged and keeps it.
type Reader struct {
	Jira  jira.Worklogs
	Store *store.Store
	Log   *slog.Logger
	At    time.Time // Jira's clock when the reading began
}

// Question says which time logged is asked for.
type Question struct {
	All     bool      // all of it: what is known and not told any more is judged
	Since   time.Time // else what was logged or corrected since then
	Pending []int64   // and all that was logged on these issues
	Retry   []int64   // and these worklogs, which could not be read before

	AskDeleted   bool      // also what was deleted; with All it is
	DeletedSince time.Time // since then
}

// Answer is what was read.
type Answer struct {
	Logs       []agile.Worklog           // kept
	Unreadable []*jira.UnreadableWorklog // what was known of them stays
	Retry      []int64                   // worklogs to be asked for again: they were sent, and cannot be read
	Doubted    []int64                   // issues of which less time logged is told than they say is there
	Deleted    bool                      // deletions are known up to now
}

// Read brings the time logged up to date. What was kept before an error stands in the answer.
func (r Reader) Read(ctx context.Context, q Question) (Answer, error) {
	p := &pass{Reader: r, kept: &keptIssues{store: r.Store}, sent: newSentLogs()}
	var err error
	if q.All {
		err = p.readAll(ctx)
	} else {
		err = p.readNew(ctx, q)
	}
	if p.kept.err != nil {
		err = p.kept.err
	}
	p.answer.Retry = p.sent.listRetry()
	return p.answer, err
}

// pass is one reading of time logged.
type pass struct {
	Reader
	kept   *keptIssues
	sent   *sentLogs
	answer Answer
}

// sentLogs are worklogs of issues that are kept, as Jira sent them.
type sentLogs struct {
	logs       []agile.Worklog
	unreadable []*jira.UnreadableWorklog
	ids        map[int64]bool // of all of them, readable or not
	unsent     map[int64]bool // listed as changed, and not sent: they are there, and hidden from the account
}

func newSentLogs() *sentLogs { return &sentLogs{ids: map[int64]bool{}, unsent: map[int64]bool{}} }

// takeWorklogs walks through worklogs of issues that are kept; those that cannot be read cost themselves alone.
func (s *sentLogs) takeWorklogs(list iter.Seq2[agile.Worklog, error], kept func(issue int64) bool) error {
	for one, err := range list {
		var unreadable *jira.UnreadableWorklog
		switch {
		case errors.As(err, &unreadable):
			s.unreadable = append(s.unreadable, unreadable)
			s.ids[unreadable.ID] = true
		case err != nil:
			return err
		case kept(one.Issue):
			s.logs = append(s.logs, one)
			s.ids[one.ID] = true
		}
	}
	return nil
}

// listRetry lists the worklogs that cannot be read, by their ids. Where one has no id that can be read it is one of
// those that were asked for and that nothing else of the answer is.
func (s *sentLogs) listRetry() []int64 {
	retry := map[int64]bool{}
	for _, one := range s.unreadable {
		if one.ID > 0 {
			retry[one.ID] = true
		} else {
			maps.Copy(retry, s.unsent)
		}
	}
	return slices.Sorted(maps.Keys(retry))
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
func (p *pass) isKept(ctx context.Context) func(issue int64) bool {
	return func(issue int64) bool { return p.kept.readIDs(ctx)[issue] }
}

// readNew asks for what was logged, corrected and deleted since the last time.
func (p *pass) readNew(ctx context.Context, q Question) error {
	if err := p.readSince(ctx, q.Since.Add(-blindSpot)); err != nil {
		return err
	}
	if err := p.readIssues(ctx, q.Pending); err != nil {
		return err
	}
	if err := p.readAgain(ctx, q.Retry); err != nil {
		return err
	}
	if err := p.keepLogs(ctx); err != nil || !q.AskDeleted {
		return err
	}
	return p.forgetDeleted(ctx, q.DeletedSince.Add(-blindSpot))
}

// keepLogs keeps what was sent.
func (p *pass) keepLogs(ctx context.Context) error {
	err := p.Store.Worklogs.Put(ctx, p.sent.logs, p.At)
	if err == nil {
		p.answer.Logs, p.answer.Unreadable = p.sent.logs, p.sent.unreadable
	}
	return err
}

// readAll asks for all time logged. What is known and not told any more is taken away only where it is confirmed.
func (p *pass) readAll(ctx context.Context) error {
	p.kept.readIDs(ctx)
	err := p.readSince(ctx, p.kept.first)
	if err = errors.Join(p.kept.err, err); err != nil {
		return err
	}
	if err := p.keepLogs(ctx); err != nil {
		return err
	}
	if err := p.forgetMissing(ctx, p.sent.ids); err != nil {
		return err
	}
	p.answer.Deleted = true
	return nil
}

// readSince asks for what was logged or corrected since a moment, on issues that are kept. Where more of it changed
// at one moment than a page of the list holds, the list never gets beyond that moment: each issue is asked for its
// own then.
func (p *pass) readSince(ctx context.Context, since time.Time) error {
	err := p.sent.takeWorklogs(p.Jira.ChangedSince(ctx, since, p.isKept(ctx),
		func(id int64) { p.sent.unsent[id] = true }), p.isKept(ctx))
	if !jira.Crowded(err) {
		return err
	}
	p.Log.Info(
		"more time was logged at one moment than a page of the list holds: each issue is asked for its own",
		"issues",
		len(p.kept.readIDs(ctx)),
	)
	p.sent = newSentLogs()
	return p.readIssues(ctx, slices.Sorted(maps.Keys(p.kept.readIDs(ctx))))
}

// readAgain asks for worklogs that could not be read, but for those that came meanwhile.
func (p *pass) readAgain(ctx context.Context, ids []int64) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return p.sent.ids[id] })
	if len(ids) == 0 {
		return nil
	}
	return p.sent.takeWorklogs(p.Jira.ByIDs(ctx, ids, p.isKept(ctx), func(id int64) { p.sent.unsent[id] = true }),
		p.isKept(ctx))
}

// readIssues asks issues, one by one, for all that was logged on them. One that Jira does not have any more has
// nothing.
func (p *pass) readIssues(ctx context.Context, issues []int64) error {
	for _, id := range issues {
		err := p.sent.takeWorklogs(p.Jira.OfIssue(ctx, id), p.isKept(ctx))
		if err != nil && !problem.Is(err, jira.NotFound) {
			return err
		}
	}
	return nil
}
