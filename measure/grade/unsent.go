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

const (
	// fieldSpent is the time that an issue itself says was spent on it, without its sub-tasks.
	fieldSpent = "timespent"
	// leastUnsent is how many seconds make a difference: Jira logs in minutes.
	leastUnsent = 60
	// unsure is how long before a reading time logged may not be listed yet.
	unsure = 2 * time.Minute
	// slack is how far a log and the change of the time spent that it makes may lie apart.
	slack = time.Minute
)

// AddUnsent adds that on some issues more time was spent, by what they say themselves, than the logs tell that Jira
// sends, where the difference came while figures of a window may have counted it: from its start on, as known at a
// moment. Such logs are hidden from the account, or the time was set without any, as an import does. What is known of
// no impediment concerns those figures alone that count all time logged.
func (r *Reasons) AddUnsent(list *impediment.List, on Basis, w impediment.Window, at time.Time) {
	if list.Index.TimeUnknown {
		return // all of it is told
	}
	var impeding, others unsentLogs
	for _, i := range unsentIssues(list.Index) {
		seconds := unsentSince(list.Index, i, w.From, at)
		switch {
		case seconds < leastUnsent || i.Created.After(w.To) || i.Created.After(at):
		case countsAsImpediment(list, i):
			impeding.add(i, seconds)
		case list.Index.InScope(i, at):
			others.add(i, seconds)
		}
	}
	impeding.addReasons(r, (OnTime|OnLogged)&on)
	others.addReasons(r, OnLogged&on)
}

// unsentLogs is time spent of which no logs are sent.
type unsentLogs struct {
	keys    []string
	seconds int64
}

func (u *unsentLogs) add(i *agile.Issue, seconds int64) {
	u.keys, u.seconds = append(u.keys, i.Key.Last()), u.seconds+seconds
}

func (u *unsentLogs) addReasons(r *Reasons, on Basis) {
	if on == 0 || len(u.keys) == 0 {
		return
	}
	slices.SortFunc(u.keys, naming.CompareKeys)
	r.Add(on, Partial, "by Jira %s h more were spent on %s than the logs tell that it sends: they are hidden from the "+
		"account that reads, or the time was set without a log: %s", words.Hours(u.seconds),
		words.Count(len(u.keys), "issue"), listKeys(u.keys))
}

// countsAsImpediment tells whether work on an issue counts as that of an impediment at some time: its own, or that of
// an issue whose part it is.
func countsAsImpediment(list *impediment.List, i *agile.Issue) bool {
	_, is := list.ByIssue[i.ID]
	return is || slices.ContainsFunc(i.Parent, func(s agile.Step[int64]) bool {
		_, is := list.ByIssue[s.Value]
		return is
	})
}

// unsentKey names what is recalled of the index, and of each issue.
type unsentKey struct{}

// unsentIssues returns the issues on which more time was spent than the logs tell.
func unsentIssues(x *index.Index) []*agile.Issue {
	return index.Recall(x, unsentKey{}, func() (out []*agile.Issue) {
		for n, unsent := range index.RecallEach(x, unsentKey{}, func(i *agile.Issue) bool { return isUnsent(x, i) }) {
			if unsent {
				out = append(out, x.History.Issues[n])
			}
		}
		return out
	})
}

// isUnsent tells whether more time was spent on an issue than the logs tell.
func isUnsent(x *index.Index, i *agile.Issue) bool {
	spent := i.Numbers.Of(fieldSpent)
	return len(spent) > 0 && spent.Last().Known &&
		unsentAt(x, i, spent[len(spent)-1].From.Add(forever)) >= leastUnsent
}

// forever is longer than anything that is looked at.
const forever = 100 * 365 * 24 * time.Hour

// unsentSince returns how many seconds of the time spent on an issue no log tells as of a moment, of what came after
// another one. The last minutes before a reading are left out: what is logged then is sent by the next one.
func unsentSince(x *index.Index, i *agile.Issue, from, at time.Time) int64 {
	if sure := x.History.Until.Add(-unsure); at.After(sure) {
		at = sure
	}
	now := unsentAt(x, i, at)
	before := unsentAt(x, i, from)
	for _, s := range i.Numbers.Of(fieldSpent) {
		if s.From.After(from) && s.From.Before(at) {
			before = min(before, unsentAt(x, i, s.From))
		}
	}
	return now - max(0, before)
}

// unsentAt returns how many seconds of the time spent on an issue no log tells that was there at a moment.
func unsentAt(x *index.Index, i *agile.Issue, at time.Time) int64 {
	seconds := int64(i.Numbers.Of(fieldSpent).At(at).Value)
	for _, l := range x.Worklogs[i.ID] {
		if !l.Created.After(at.Add(slack)) {
			seconds -= l.Seconds
		}
	}
	return seconds
}
