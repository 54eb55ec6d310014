package grade

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/naming"
	"jerem/measure/words"
)

// addAhead adds that changes are dated after the reading, by Jira's own clock: no figure counts them before their time
// comes, though they were made. A clock that stood wrong, or an import, dates so.
func (r *Reasons) addAhead(list *impediment.List, on Basis, until time.Time) {
	near, limit := datedAhead(list.Index)
	changes := datedIssues{limit: limit}
	for _, c := range near.changes {
		changes.addIfAhead(c.issue, c.latest)
	}
	changes.addReasons(r, on&gapBasis[agile.SourceHistories], "changes of %s are dated", until)
}

// AddLogsAhead adds that time logged is dated after the reading, which figures of a window may count when its time
// comes: on an impediment, or on another issue of the team, each what rests on it. What was logged in the window for a
// day to come may be dated wrongly, and belong there.
func (r *Reasons) AddLogsAhead(list *impediment.List, onImpediments, onOthers Basis, w impediment.Window,
	until time.Time,
) {
	near, limit := datedAhead(list.Index)
	impeding, others := datedIssues{limit: limit}, datedIssues{limit: limit}
	for _, l := range near.logs {
		switch {
		case l.issue == nil || !windowMayHold(w, l.started) && (l.created.After(limit) || !windowMayHold(w, l.created)):
		case list.EverCounts(l.issue):
			impeding.addIfAhead(l.issue, l.latest)
		case !list.Index.InScope(l.issue, l.latest):
		case onOthers == onImpediments:
			impeding.addIfAhead(l.issue, l.latest)
		default:
			others.addIfAhead(l.issue, l.latest)
		}
	}
	impeding.addReasons(r, onImpediments, "time logged on %s is dated", until)
	others.addReasons(r, onOthers, "time logged on %s is dated", until)
}

// windowMayHold tells whether a moment lies in a window, whose end is not told while it is open.
func windowMayHold(w impediment.Window, t time.Time) bool {
	return w.Holds(t) || !w.Closed && t.After(w.From)
}

// datedIssues are issues of which something is dated after a reading.
type datedIssues struct {
	issues []*agile.Issue
	latest time.Time
	limit  time.Time // what is dated after it is ahead
}

// addIfAhead adds an issue where the latest that is dated of it is ahead.
func (d *datedIssues) addIfAhead(i *agile.Issue, latest time.Time) {
	if i == nil || !latest.After(d.limit) {
		return
	}
	if !slices.Contains(d.issues, i) {
		d.issues = append(d.issues, i)
	}
	d.latest = calendar.LaterOf(d.latest, latest)
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

// aheadKey names what is recalled of the index.
type aheadKey struct{}

// datedAhead returns what is dated after the reading of a history, and from when on it is ahead. What is near is
// recalled with the history, whose reading goes on: of it each reading takes what is still ahead.
func datedAhead(x *index.Index) (near datedNear, limit time.Time) {
	until := x.History.Until
	near = index.Recall(x, aheadKey{}, func() datedNear { return listDatedAfter(x, until) })
	if until.Before(near.after) { // a clock that was set back: what was near then is not all that is
		near = listDatedAfter(x, until)
	}
	if until.IsZero() {
		return datedNear{}, until
	}
	return near, until.Add(index.ReadingTime)
}

// datedNear is what is dated after a moment, by issue.
type datedNear struct {
	after         time.Time
	changes, logs []datedIssue
}

// datedIssue is an issue and the latest that is dated of its changes, or of one log.
type datedIssue struct {
	issue  *agile.Issue
	latest time.Time

	created, started time.Time // of the log
}

// listDatedAfter lists the latest change of each issue, and the time logged, that are dated after a moment.
func listDatedAfter(x *index.Index, after time.Time) datedNear {
	near := datedNear{after: after}
	for _, i := range index.DatedAfter(x, after) {
		if latest := latestChange(i); latest.After(after) {
			near.changes = append(near.changes, datedIssue{issue: i, latest: latest})
		}
		for _, l := range x.Worklogs.Of(i.ID) {
			if latest := calendar.LaterOf(l.Created, l.Started); latest.After(after) {
				near.logs = append(near.logs, datedIssue{i, latest, l.Created, l.Started})
			}
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
		*latest = past[n-1].From.Time()
	}
}
