package bot

import (
	"context"
	"maps"
	"slices"
	"time"

	"jerem/jira"
)

// This file keeps account of what a reading could not do, so that a later one does it.

// clocks are Jira's clock and ours at one moment.
type clocks struct{ jira, ours time.Time }

// moment tells Jira's time: as it was asked by this reading, else as it goes on from the last answer,
// else ours.
func (r *reading) moment(now time.Time) time.Time {
	switch {
	case !r.at.IsZero():
		return r.at
	case r.seen.ours.IsZero():
		return now
	}
	return r.seen.jira.Add(now.Sub(r.seen.ours))
}

// retry adds what earlier readings could not read, as often as the small sets are read.
func (r *reading) retry(ids []int64) []int64 {
	r.again = map[int64]bool{}
	if r.fresh {
		return append(ids, r.marks.Again...)
	}
	for _, id := range r.marks.Again {
		r.again[id] = true
	}
	return ids
}

// aside notes the issues of a chunk that were asked for and not kept. One that is neither listed nor
// sent any more is gone.
func (r *reading) aside(chunk, kept, missing []int64) {
	for _, id := range chunk {
		gone := r.listed != nil && !r.listed[id] && slices.Contains(missing, id) && len(r.well()) == len(r.teams)
		if !gone && !slices.Contains(kept, id) {
			r.again[id] = true
		}
	}
	if len(missing) > 0 {
		r.Log.Warn("issues are listed and not sent: they are asked for again later", "issues", len(missing), "first", missing[0])
	}
}

// owe notes the issues that are new here before they are kept: should the reading end before their
// time logged is asked for, the next one would take them for known.
func (r *reading) owe(ctx context.Context, ids []int64) error {
	fresh, err := r.strangers(ctx, ids)
	if err != nil {
		return err
	}
	r.unknown = unique(slices.Concat(r.marks.Owed, r.unknown, fresh))
	if whole, _ := r.split(); len(whole) > 0 || len(r.unknown) == len(r.marks.Owed) {
		return nil // all time logged is asked for; or there is nothing new to note
	}
	r.marks.Owed = r.unknown
	return r.Store.SetMarks(ctx, r.marks)
}

// recount finds out for which teams issues count that are kept and not read again: a reading that
// kept them may have ended before it could tell, or a team was in trouble then.
func (r *reading) recount(ctx context.Context, ids []int64) error {
	for part := range slices.Chunk(ids, jira.BulkSize) {
		docs, err := r.Store.RawOf(ctx, part)
		if err != nil {
			return err
		}
		for _, d := range docs {
			t, err := jira.Translate(d.Raw)
			if err != nil {
				continue // it is told where it is read
			}
			r.sort(t.Issue, nil)
		}
	}
	return nil
}

// sortedIDs returns the members of a set in order.
func sortedIDs(set map[int64]bool) []int64 { return slices.Sorted(maps.Keys(set)) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
