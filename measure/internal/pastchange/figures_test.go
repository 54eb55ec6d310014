package pastchange

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/storytest"
)

// generateChanges returns the changes of a generated history in which some issues were deleted after the fact.
func generateChanges(t *rapid.T) *Changes {
	h := storytest.GenerateHistory(t)
	hours := rapid.IntRange(-20, 130)
	for _, i := range h.Issues {
		if rapid.Bool().Draw(t, "deleted") {
			found := storytest.GeneratedStart.Add(time.Duration(hours.Draw(t, "found")) * time.Hour)
			logs := slices.DeleteFunc(slices.Clone(h.Worklogs), func(l agile.Worklog) bool { return l.Issue != i.ID })
			h.PastChanges = append(h.PastChanges, agile.PastChange{Kind: agile.IssueDeleted, ID: i.ID, Issue: i,
				Worklogs: logs, Found: found})
		}
	}
	return Of(index.New(h))
}

// TestChangesOfWindows: the changes of a window are those that going through all impediments, all time logged and all
// that was finished finds.
func TestChangesOfWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := generateChanges(t)
		if c == nil {
			return
		}
		moment := func(name string) time.Time {
			return storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-20, 130).Draw(t, name)) * time.Hour)
		}
		w := impediment.Window{From: moment("from"), To: moment("to"), Closed: rapid.Bool().Draw(t, "closed")}
		at, underEpic := moment("at"), rapid.Bool().Draw(t, "under an epic")
		for name, diff := range map[string]string{
			"impediments": cmp.Diff(c.findIssues(w.From, at, func(id int64, until time.Time) bool {
				return walkImpediments(c, id, w, until)
			}), c.ImpedimentsIn(w, at)),
			"logged": cmp.Diff(c.findIssues(w.From, at, func(id int64, until time.Time) bool {
				return walkWorklogs(c, id, w, until)
			}), c.LoggedIn(w, at)),
			"finished": cmp.Diff(c.findIssues(w.From, at, func(id int64, until time.Time) bool {
				return walkFinishes(c, id, w.From, until, underEpic)
			}), c.Finished(agile.Points, w.From, at, underEpic)),
		} {
			if diff != "" {
				t.Fatalf("%s of %v as of %v (-walked +told):\n%s", name, w, at, diff)
			}
		}
	})
}

// findIssues lists the changes of issues that count.
func (c *Changes) findIssues(
	from, at time.Time, counts func(id int64, until time.Time) bool,
) (list []agile.PastChange) {
	c.eachIssue(from, at, func(change agile.PastChange, until time.Time) {
		if counts(change.ID, until) {
			list = append(list, change)
		}
	})
	return list
}

func walkImpediments(c *Changes, id int64, w impediment.Window, until time.Time) (counts bool) {
	for _, one := range c.impediments.All {
		counts = counts || one.Issue.ID == id && one.Opened(w, until)
		c.impediments.EachWorklogIn(w, one, until, func(l agile.Worklog) { counts = counts || l.Issue == id })
	}
	return counts
}

func walkWorklogs(c *Changes, id int64, w impediment.Window, until time.Time) (counts bool) {
	index.EachOwnWorklog(c.then, until, func(i *agile.Issue, l agile.Worklog) {
		counts = counts || i.ID == id && w.Holds(l.Started)
	})
	return counts
}

func walkFinishes(c *Changes, id int64, from, until time.Time, underEpic bool) bool {
	return slices.ContainsFunc(c.then.Finishes(agile.Points, until), func(f index.Finish) bool {
		return f.Issue == id && !f.At.Before(from) && (f.UnderEpic || !underEpic)
	})
}

// TestChangesAreLookedUp: for each change its own issue is looked up, and what all the others are is not gone through:
// the answer is the same where the lists of all of them are empty.
func TestChangesAreLookedUp(t *testing.T) {
	day := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	h := storytest.Read(t, "until 2026-11-30\nchange issue_deleted K-1 2026-11-20T10:00\n",
		"K-1 2026-11-02T00:00 labels=impediment points=1\n2026-11-03T12:00 log 2h on "+
			"2026-11-03T10:00\n2026-11-04T10:00 status=done\n")
	c := Of(index.New(h))
	c.impediments.All, c.then.History.Issues = nil, nil
	w, at := impediment.Window{From: day, To: day.AddDate(0, 0, 7), Closed: true}, day.AddDate(0, 0, 14)
	for name, told := range map[string][]agile.PastChange{
		"impediments": c.ImpedimentsIn(w, at), "logged": c.LoggedIn(w, at),
		"finished": c.Finished(agile.Points, day, at, false),
	} {
		if len(told) != 1 {
			t.Errorf("%s: %d changes, want that of K-1", name, len(told))
		}
	}
}
