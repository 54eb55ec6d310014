package grade

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/words"
)

// addAhead adds that changes, or time logged, are dated after the reading, by Jira's own clock: no figure counts them
// before their time comes, though they were made. A clock that stood wrong, or an import, dates so.
func (r *Reasons) addAhead(list *impediment.List, on Basis, until time.Time) {
	dated := datedAhead(list.Index)
	dated.changes.addReasons(r, on&gapBasis[agile.SourceHistories], "changes of %s are dated", until)
	dated.logs.addReasons(r, on&gapBasis[agile.SourceWorklogs], "time logged on %s is dated", until)
}

// aheadOfReading is what was read and is dated after the reading.
type aheadOfReading struct{ changes, logs datedIssues }

// datedIssues are issues of which something is dated after a reading.
type datedIssues struct {
	issues []*agile.Issue
	latest time.Time
	limit  time.Time // what is dated after it is ahead
}

// add adds an issue where the latest that is dated of it is ahead.
func (d *datedIssues) add(i *agile.Issue, latest time.Time) {
	if i == nil || !latest.After(d.limit) {
		return
	}
	if !slices.Contains(d.issues, i) {
		d.issues = append(d.issues, i)
	}
	if latest.After(d.latest) {
		d.latest = latest
	}
}

// addReasons adds the issues that were there by the moment of which figures tell last, and those that are dated ahead
// themselves: when they came nobody knows.
func (d *datedIssues) addReasons(r *Reasons, on Basis, what string, until time.Time) {
	var keys []string
	for _, i := range d.issues {
		if !i.Created.After(until) || i.Created.After(d.limit) {
			keys = append(keys, i.Key.Last())
		}
	}
	if on == 0 || len(keys) == 0 {
		return
	}
	slices.SortFunc(keys, naming.CompareKeys)
	r.Add(on, Partial, what+" after this reading by Jira's own clock, up to %s, and not counted before: %s",
		words.Count(len(keys), "issue"), d.latest.UTC().Format("2006-01-02 15:04 UTC"), listKeys(keys))
}

// aheadKey and latestKey name what is recalled of the index.
type (
	aheadKey  struct{}
	latestKey struct{}
)

// datedAhead returns what is dated after the reading of a history. What is near is recalled with the history, whose
// reading goes on: of it each reading takes what is still ahead.
func datedAhead(x *index.Index) aheadOfReading {
	until := x.History.Until
	near := index.Recall(x, aheadKey{}, func() datedNear { return listDatedAfter(x, until) })
	if until.Before(near.after) { // a clock that was set back: what was near then is not all that is
		near = listDatedAfter(x, until)
	}
	limit := until.Add(index.ReadingTime)
	out := aheadOfReading{datedIssues{limit: limit}, datedIssues{limit: limit}}
	if until.IsZero() {
		return out
	}
	for _, c := range near.changes {
		out.changes.add(c.issue, c.latest)
	}
	for _, l := range near.logs {
		out.logs.add(l.issue, l.latest)
	}
	return out
}

// datedNear is what is dated after a moment, by issue.
type datedNear struct {
	after         time.Time
	changes, logs []datedIssue
}

// datedIssue is an issue and the latest that is dated of it.
type datedIssue struct {
	issue  *agile.Issue
	latest time.Time
}

// listDatedAfter lists the latest change of each issue, and the time logged, that are dated after a moment.
func listDatedAfter(x *index.Index, after time.Time) datedNear {
	near := datedNear{after: after}
	for n, latest := range index.RecallEach(x, latestKey{}, latestChange) {
		if latest.After(after) {
			near.changes = append(near.changes, datedIssue{x.History.Issues[n], latest})
		}
	}
	for _, l := range x.History.Worklogs {
		latest := l.Created
		if l.Started.After(latest) {
			latest = l.Started
		}
		if latest.After(after) {
			near.logs = append(near.logs, datedIssue{x.Issues[l.Issue], latest})
		}
	}
	return near
}

// latestChange returns the moment of the latest change of an issue that figures look at.
func latestChange(i *agile.Issue) time.Time {
	latest := i.Created
	latestOf(&latest, i.Project)
	latestOf(&latest, i.Type)
	latestOf(&latest, i.Status)
	latestOf(&latest, i.Resolution)
	latestOf(&latest, i.Sprints)
	latestOf(&latest, i.Parent)
	latestOf(&latest, i.EpicLink)
	latestOf(&latest, i.Labels)
	latestOf(&latest, i.FixVersions)
	latestOf(&latest, i.Due)
	latestOf(&latest, i.Flagged)
	for _, past := range i.Numbers.All() {
		latestOf(&latest, past)
	}
	for _, past := range i.Options.All() {
		latestOf(&latest, past)
	}
	return latest
}

func latestOf[T any](latest *time.Time, past agile.Timeline[T]) {
	if n := len(past); n > 0 && past[n-1].From.After(*latest) {
		*latest = past[n-1].From
	}
}
