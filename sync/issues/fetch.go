package issues

import (
	"context"
	"errors"
	"maps"
	"slices"

	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
	"jerem/store"
	"jerem/sync/scope"
)

// mostRefusals is how many requests a reading lets fail while it looks for the issues that spoil the others' answers.
// What is not found by then is asked for again by the next reading.
const mostRefusals = 1000

// Fetcher asks for issues with their histories. It remembers, for one reading, how often it was refused: patience is
// shown once.
type Fetcher struct {
	Jira   *jira.Client
	Store  *store.Store
	Fields document.Fieldset

	answered bool // issues came since one was found missing
	refusals int  // requests for issues that failed as a whole
}

// Fetch reads issues with their histories. Where an answer as a whole is refused or cannot be read, the issues are
// asked for in halves: what one of them spoils must not be lost of the others. Those that cannot be had are missing.
// Listed are issues that Jira lists: one of them may prove that it sends any.
func (f *Fetcher) Fetch(
	ctx context.Context,
	ids []int64,
	listed map[int64]bool,
) ([]document.Document, jira.Outcome, error) {
	asking := ctx
	if f.refusals > 0 { // patience was shown already; it does not mend what a single issue spoils
		asking = jira.Once(ctx)
	}
	docs, outcome, err := f.Jira.Documents(asking, ids, f.Fields)
	switch {
	case err == nil:
		f.answered = f.answered || len(docs) > 0
		return docs, outcome, nil
	case !maySpoil(err):
		return nil, outcome, err
	}
	return f.fetchHalves(ctx, ids, listed, err)
}

// fetchHalves reads issues whose common answer failed, each half alone. One that fails alone is refused where others
// come; where none comes it is Jira that fails, not the issue.
func (f *Fetcher) fetchHalves(
	ctx context.Context,
	ids []int64,
	listed map[int64]bool,
	why error,
) (docs []document.Document, outcome jira.Outcome, err error) {
	f.refusals++
	if len(ids) == 1 || f.refusals > mostRefusals {
		if sends, err := f.sendsIssues(ctx, ids, listed); !sends {
			return nil, outcome, errors.Join(err, why)
		}
		for _, id := range ids {
			outcome.Broken = append(outcome.Broken, jira.Broken{ID: id, Refused: true, Err: why})
		}
		f.answered = false // the next one that fails needs another proof
		return nil, outcome, nil
	}
	half := len(ids) / 2
	for _, part := range [][]int64{ids[:half], ids[half:]} {
		got, its, err := f.Fetch(ctx, part, listed)
		if err != nil {
			return nil, outcome, err
		}
		docs = append(docs, got...)
		outcome.Add(its)
	}
	return docs, outcome, nil
}

// sendsIssues tells whether Jira sends issues: some came since the last failure, or one does of those that are kept
// or listed.
func (f *Fetcher) sendsIssues(ctx context.Context, but []int64, listed map[int64]bool) (bool, error) {
	if f.answered {
		return true, nil
	}
	kept, _, err := f.Store.Issues.IDs(ctx)
	if err != nil {
		return false, err
	}
	for _, id := range chooseWitnesses(but, kept, listed) {
		docs, _, err := f.Jira.Documents(jira.Once(ctx), []int64{id}, f.Fields)
		if err != nil && !maySpoil(err) {
			return false, err
		}
		if f.answered = len(docs) > 0; f.answered {
			return true, nil
		}
	}
	return false, nil
}

// chooseWitnesses are a few other issues, far from one another: kept ones first, then those that this reading listed.
func chooseWitnesses(but []int64, kept, listed map[int64]bool) []int64 {
	var out []int64
	for _, set := range []map[int64]bool{kept, listed} {
		ids := slices.Sorted(maps.Keys(set))
		ids = slices.DeleteFunc(ids, func(id int64) bool { return slices.Contains(but, id) })
		for _, quarters := range []int{0, 2, 4} {
			if len(ids) > 0 {
				out = append(out, ids[(len(ids)-1)*quarters/4])
			}
		}
	}
	return scope.Unique(out)
}

// maySpoil says whether a failure may be that of one issue among those asked for: Jira answers, and not that the
// account may not log in or asks too often.
func maySpoil(err error) bool {
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
