package sync

import (
	"context"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/translate"
	"jerem/sync/scope"
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

// fewAgain is how many issues that could not be read are asked for with each reading; more are asked for as often as
// the small sets.
const fewAgain = 100

// retry adds what earlier readings could not read.
func (r *reading) retry(ids []int64) []int64 {
	if r.fresh || len(r.marks.Again) <= fewAgain {
		return append(ids, r.marks.Again...)
	}
	for _, id := range r.marks.Again {
		r.again[id] = true
	}
	return ids
}

// aside notes the issues of a chunk that were asked for and not kept, for the grade of the figures: what was known of
// them stays, and a later reading asks for them again. One that is neither listed nor sent any more is gone.
func (r *reading) aside(chunk, kept []int64, outcome jira.Outcome) {
	r.noteBroken(outcome)
	for _, id := range chunk {
		missing := slices.Contains(outcome.Missing, id)
		switch gone := r.listed != nil && !r.listed[id] && len(r.well()) == len(r.teams); {
		case slices.Contains(kept, id):
		case missing && gone:
			r.left = append(r.left, id)
		case missing:
			r.again[id] = true
			r.lose(agile.GapMissing, id, "")
		case slices.ContainsFunc(outcome.Broken, func(b jira.Broken) bool { return b.ID == id }):
			r.again[id] = true
		default: // sent, and which one it is cannot be read
			r.again[id] = true
			r.lose(agile.GapUnreadable, id, "")
		}
	}
	if len(outcome.Missing) > 0 {
		r.Log.Warn("issues are listed and not sent: they are asked for again later", "issues", len(outcome.Missing), "first", outcome.Missing[0])
	}
}

// noteBroken notes the issues that are refused, or sent in a shape that cannot be read.
func (r *reading) noteBroken(outcome jira.Outcome) {
	for _, b := range outcome.Broken {
		r.Log.Warn("an issue cannot be read: it is left as it is known, and read again later", "issue", b.ID, "error", b.Err)
		switch {
		case b.ID == 0: // which one it is, is not known: it is among those that are missing
		case b.Refused:
			r.lose(agile.GapMissing, b.ID, b.Key)
		default:
			r.lose(agile.GapUnreadable, b.ID, b.Key)
		}
	}
}

// owe notes the issues that are new here before they are kept: should the reading end before their
// time logged is asked for, the next one would take them for known.
func (r *reading) owe(ctx context.Context, ids []int64) error {
	fresh, err := r.strangers(ctx, ids)
	if err != nil {
		return err
	}
	r.unknown = scope.Unique(slices.Concat(r.marks.Owed, r.unknown, fresh))
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
			t, err := translate.Document(d.Raw)
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
