package pastchange

import (
	"cmp"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	"jerem/sorting"
)

// Changes are the changes of the past of a team.
type Changes struct {
	issues  map[int64][]agile.PastChange // of whole issues, by id
	times   []agile.PastChange           // of time logged
	sprints []agile.PastChange

	then        *index.Index // of the issues as they were, with those that they stood under
	roadmap     *roadmap.Roadmap
	impediments *impediment.List
}

// changesKey names the changes of an index.
type changesKey struct{}

// Of returns the changes of the past of a history; nil where there are none.
func Of(x *index.Index) *Changes {
	if len(x.History.PastChanges) == 0 {
		return nil
	}
	return index.Recall(x, changesKey{}, func() *Changes { return newChanges(x) })
}

func newChanges(x *index.Index) *Changes {
	c := &Changes{issues: map[int64][]agile.PastChange{}}
	for _, change := range x.History.PastChanges {
		switch change.Kind {
		case agile.TimeCorrected:
			c.times = append(c.times, change)
		case agile.SprintLeft:
			c.sprints = append(c.sprints, change)
		default:
			c.issues[change.ID] = append(c.issues[change.ID], change)
		}
	}
	c.then = index.New(pastHistory(x, c.issues))
	c.roadmap, c.impediments = roadmap.New(c.then), impediment.Find(c.then)
	return c
}

// Concerns tells whether a change of the past is about an issue: that of it, of an issue below it, or of time logged on
// it.
func (c *Changes) Concerns(id int64) bool {
	if c == nil {
		return false
	}
	return c.then.Issues.Of(id) != nil || slices.ContainsFunc(c.times, func(change agile.PastChange) bool {
		return slices.ContainsFunc(change.Worklogs, func(l agile.Worklog) bool { return l.Issue == id })
	})
}

// pastHistory returns a history of the issues that changed as they were, and of the parents and epics of them.
func pastHistory(x *index.Index, changes map[int64][]agile.PastChange) *agile.History {
	h := *x.History
	h.Issues, h.Worklogs, h.Gaps, h.PastChanges, h.OnCall = nil, nil, nil, nil, nil
	if h.Matches != nil {
		h.Matches = map[int64]bool{}
	}
	known := map[int64]*agile.Issue{}
	for id, list := range changes {
		change := list[len(list)-1]
		if h.Matches != nil {
			h.Matches[id] = !change.Unmatched
			if change.Kind == agile.IssueUnlisted {
				h.Matches[id] = x.History.Matches[id]
			}
		}
		if change.Issue != nil {
			known[id] = change.Issue
			h.Worklogs = append(h.Worklogs, change.Worklogs...)
		} else if i := x.Issues.Of(id); i != nil {
			known[id] = i
			h.Worklogs = append(h.Worklogs, x.Worklogs.Of(id)...)
		}
	}
	addRelatives(x, known)
	for _, i := range known {
		h.Issues = append(h.Issues, i)
	}
	slices.SortFunc(h.Issues, func(a, b *agile.Issue) int { return cmp.Compare(a.ID, b.ID) })
	sorting.By(h.Worklogs, func(a, b agile.Worklog) int { return cmp.Compare(a.ID, b.ID) })
	return &h
}

// addRelatives adds the parents and epics that issues ever had, and those of these, as far as they are read.
func addRelatives(x *index.Index, known map[int64]*agile.Issue) {
	var next []*agile.Issue
	for _, i := range known {
		next = append(next, i)
	}
	for range 2 { // a sub-task stands under an issue, which stands under an epic
		var above []*agile.Issue
		add := func(i *agile.Issue) {
			if i != nil && known[i.ID] == nil {
				known[i.ID] = i
				above = append(above, i)
			}
		}
		for _, i := range next {
			for _, s := range i.Parent {
				add(x.Issues.Of(s.Value))
			}
			for _, s := range i.EpicLink {
				if epic, ok := x.Lookup(s.Value); ok {
					add(epic)
				}
			}
		}
		next = above
	}
}

// eachIssue calls each for every change of an issue that was found after a moment, in order of ids, with the moment up
// to which the figures as of another one counted it as it was.
func (c *Changes) eachIssue(from, asOf time.Time, each func(change agile.PastChange, until time.Time)) {
	ids := make([]int64, 0, len(c.issues))
	for id := range c.issues {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		for _, change := range c.issues[id] {
			if !change.Found.After(from) {
				continue
			}
			until := asOf
			if change.Found.Before(until) {
				until = change.Found
			}
			each(change, until)
		}
	}
}
