package sync

import (
	"context"
	"errors"
	"slices"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/scope"
)

// mostRefusals is how many requests a reading lets fail while it looks for the issues that spoil the others' answers.
// What is not found by then is asked for again by the next reading.
const mostRefusals = 1000

// documents reads issues with their histories. Where an answer as a whole is refused or cannot be read, the issues are
// asked for in halves: what one of them spoils must not be lost of the others. Those that cannot be had are missing.
func (r *reading) documents(ctx context.Context, ids []int64) ([]document.Document, jira.Outcome, error) {
	asking := ctx
	if r.refusals > 0 { // patience was shown once; it does not mend what a single issue spoils
		asking = jira.Once(ctx)
	}
	docs, outcome, err := r.Jira.Documents(asking, ids, r.fields)
	switch {
	case err == nil:
		r.answered = r.answered || len(docs) > 0
		return docs, outcome, nil
	case !spoils(err):
		return nil, outcome, err
	}
	return r.halves(ctx, ids, err)
}

// halves reads issues whose common answer failed, each half alone. One that fails alone is refused where others
// come; where none comes it is Jira that fails, not the issue.
func (r *reading) halves(ctx context.Context, ids []int64, why error) (docs []document.Document, outcome jira.Outcome, err error) {
	r.refusals++
	if len(ids) == 1 || r.refusals > mostRefusals {
		if alive, err := r.alive(ctx, ids); !alive {
			return nil, outcome, errors.Join(err, why)
		}
		for _, id := range ids {
			outcome.Broken = append(outcome.Broken, jira.Broken{ID: id, Refused: true, Err: why})
		}
		r.answered = false // the next one that fails needs another proof
		return nil, outcome, nil
	}
	half := len(ids) / 2
	for _, part := range [][]int64{ids[:half], ids[half:]} {
		got, its, err := r.documents(ctx, part)
		if err != nil {
			return nil, outcome, err
		}
		docs = append(docs, got...)
		outcome.Add(its)
	}
	return docs, outcome, nil
}

// alive tells whether Jira sends issues: some came since the last failure, or one does of those that are kept or listed.
func (r *reading) alive(ctx context.Context, but []int64) (bool, error) {
	if r.answered {
		return true, nil
	}
	others, err := r.witnesses(ctx, but)
	if err != nil {
		return false, err
	}
	for _, id := range others {
		docs, _, err := r.Jira.Documents(jira.Once(ctx), []int64{id}, r.fields)
		if err != nil && !spoils(err) {
			return false, err
		}
		if r.answered = len(docs) > 0; r.answered {
			return true, nil
		}
	}
	return false, nil
}

// witnesses are a few other issues, far from one another: kept ones first, then those that this reading listed.
func (r *reading) witnesses(ctx context.Context, but []int64) ([]int64, error) {
	known, _, err := r.Store.IssueIDs(ctx)
	if err != nil {
		return nil, err
	}
	var out []int64
	for _, pool := range [][]int64{sortedIDs(known), sortedIDs(r.listed)} {
		pool = slices.DeleteFunc(pool, func(id int64) bool { return slices.Contains(but, id) })
		for _, share := range []int{0, 2, 4} {
			if len(pool) > 0 {
				out = append(out, pool[(len(pool)-1)*share/4])
			}
		}
	}
	return scope.Unique(out), nil
}

// spoils says whether a failure may be that of one issue among those asked for: Jira answers, and not that the account
// may not log in or asks too often.
func spoils(err error) bool {
	e := problem.Of(err, "jira")
	if e == nil {
		return false
	}
	switch e.Code {
	case jira.Unauthorized, jira.Limited, jira.Gone, jira.Unreachable:
		return false
	}
	return true
}

// lose notes an issue that is asked for and does not come; it is told at the end of the reading.
func (r *reading) lose(code agile.GapCode, id int64, key string) {
	r.lacking = append(r.lacking, store.Gap{Source: agile.SourceIssues, Code: code, Issue: id, Key: key})
}
