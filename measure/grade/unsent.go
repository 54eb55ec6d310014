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
		seconds := index.UnsentSince(list.Index, i, w.From, at)
		switch {
		case seconds < index.LeastUnsent || i.Created.After(w.To) || i.Created.After(at):
		case list.EverCounts(i):
			impeding.addIssue(i, seconds)
		case list.Index.InScope(i, at):
			others.addIssue(i, seconds)
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

func (u *unsentLogs) addIssue(i *agile.Issue, seconds int64) {
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

// unsentKey names what is recalled of the index, and of each issue.
type unsentKey struct{}

// unsentIssues returns the issues on which more time was spent than the logs tell.
func unsentIssues(x *index.Index) []*agile.Issue {
	return index.Recall(x, unsentKey{}, func() (out []*agile.Issue) {
		each := func(i *agile.Issue) bool { return index.IsUnsent(x, i) }
		for n, unsent := range index.RecallEach(x, unsentKey{}, each) {
			if unsent {
				out = append(out, x.History.Issues[n])
			}
		}
		return out
	})
}
