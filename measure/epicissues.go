package measure

import (
	"cmp"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure/grade"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/roadmap"
	"jerem/sorting"
)

// BaselineEpics returns the epics of a quarter as they were when its baseline was taken, at the end of its first
// working day.
func BaselineEpics(t *Team, q QuarterName) []QuarterEpic {
	var out []QuarterEpic
	s := t.Roadmap.Span(q)
	taken := s.EndOfFirstDay(t.Index.History.Team.Calendar)
	for _, m := range t.Roadmap.EpicsOf(q, taken) {
		out = append(out, epicOfQuarter(t.Roadmap, m, s, taken))
	}
	return out
}

// DatesLeft returns the working dates from a moment, or from a quarter's first day where that is later, to its last
// day, both included; none once it is over.
func DatesLeft(t *Team, q QuarterName, at time.Time) []calendar.Date {
	s := t.Roadmap.Span(q)
	if !at.Before(s.To) {
		return nil
	}
	var out []calendar.Date
	day := t.Index.Date(at)
	if day.Before(s.First) {
		day = s.First
	}
	for ; !s.Last.Before(day); day = day.Add(1) {
		if t.History().Team.Calendar.Working(day) {
			out = append(out, day)
		}
	}
	return out
}

// EpicIssue is an issue of an epic in a quarter.
type EpicIssue struct {
	Key, Summary            string
	State                   State
	Estimate                float64 // what it counts in the sums
	Unestimated, Dependency bool
}

// EpicIssues returns the quarter's part of an epic as of a moment or the quarter's end, issue by issue in the order of
// their keys, with what is to be said against it; false where the epic does not belong to the quarter then.
func EpicIssues(t *Team, key string, q QuarterName, at time.Time) (issues []EpicIssue, e QuarterEpic,
	against grade.Reasons, ok bool) {
	s := t.Roadmap.Span(q)
	asOf := s.AsOf(at)
	epic, ok := t.Lookup(key)
	members := t.Roadmap.EpicsOf(q, asOf)
	n := slices.IndexFunc(members, func(m roadmap.Member) bool { return ok && m.Issue.ID == epic.ID })
	if n < 0 {
		return nil, QuarterEpic{}, nil, false
	}
	takes := func(id int64) bool { return t.Roadmap.Takes(members[n], s, id, asOf) }
	against = reasonsAgainstEpic(t, epic.ID, asOf, grade.OnQuarters, takes)
	return epicIssues(t, epic.ID, asOf, takes), epicOfQuarter(t.Roadmap, members[n], s, asOf), against, true
}

// OpenIssues counts the issues of the quarter's epics that are not done, whatever they are estimated at.
func (r *Quarter) OpenIssues() (open int) {
	for _, epic := range r.Epics {
		open += epic.Open
	}
	return open
}

// OpenInQuarter lists the keys of the issues of a quarter's epics that are not done as of a moment or the quarter's
// end, whatever they are estimated at.
func OpenInQuarter(t *Team, q *Quarter, at time.Time) (keys []string) {
	name, _ := ParseQuarter(q.Quarter)
	for _, epic := range q.Epics {
		issues, _, _, _ := EpicIssues(t, epic.Key, name, at)
		for _, issue := range issues {
			if issue.State != Done {
				keys = append(keys, issue.Key)
			}
		}
	}
	return keys
}

// EpicAlone returns an epic as a whole as of a moment, whatever its quarters, issue by issue in the order of their
// keys, with what is to be said against it; false where there is no such epic then.
func EpicAlone(t *Team, key string, at time.Time) (issues []EpicIssue, e QuarterEpic, against grade.Reasons, ok bool) {
	epic, ok := t.Lookup(key)
	if !ok || t.Index.Level(epic.Type.At(at)) != 1 || epic.Created.After(at) {
		return nil, QuarterEpic{}, nil, false
	}
	all := func(int64) bool { return true }
	issues = epicIssues(t, epic.ID, at, all)
	e = epicOf(t.Roadmap, epic, t.Roadmap.WorkOf(epic.ID, at, all), at)
	return issues, e, reasonsAgainstEpic(t, epic.ID, at, 0, all), true
}

// EpicsWithoutQuarter returns the team's epics that belong to no quarter at a moment, each as a whole, those with work
// left first, in the order of their keys.
func EpicsWithoutQuarter(t *Team, at time.Time) []QuarterEpic {
	var out []QuarterEpic
	for _, i := range t.Index.History.Issues {
		if i.Created.After(at) || t.Index.Level(i.Type.At(at)) != 1 || !t.Index.InScope(i, at) ||
			len(t.Roadmap.QuartersOf(i, at)) > 0 {
			continue
		}
		work := t.Roadmap.WorkOf(i.ID, at, func(int64) bool { return true })
		out = append(out, epicOf(t.Roadmap, i, work, at))
	}
	sorting.By(out, func(a, b QuarterEpic) int {
		if left := cmp.Compare(min(b.Open, 1), min(a.Open, 1)); left != 0 {
			return left
		}
		return naming.CompareKeys(a.Key, b.Key)
	})
	return out
}

// epicIssues lists those issues of an epic that are taken.
func epicIssues(t *Team, epic int64, at time.Time, take func(id int64) bool) []EpicIssue {
	var out []EpicIssue
	for _, id := range t.Index.EpicIssues.Of(epic) {
		part := t.Roadmap.PartOf(id, epic, at)
		if part.Issues == 0 || !take(id) {
			continue
		}
		issue := t.Index.Issues.Of(id)
		state, _ := t.Index.Histories.Of(id).At(at) // it has a part, so it has a state
		out = append(out, EpicIssue{Key: issue.Key.Last(), Summary: issue.Summary.At(at), State: state.State(),
			Estimate: part.Total, Unestimated: part.Unestimated > 0, Dependency: part.Dependency > 0})
	}
	sorting.By(out, func(a, b EpicIssue) int { return naming.CompareKeys(a.Key, b.Key) })
	return out
}

// QuarterOfEpic returns the quarter in which an epic is due as of a moment: the first of its quarters that is not over,
// else the last; false where it belongs to none, or there is no such epic.
func QuarterOfEpic(t *Team, key string, at time.Time) (QuarterName, bool) {
	epic, ok := t.Lookup(key)
	if !ok {
		return QuarterName{}, false
	}
	quarters := t.Roadmap.QuartersOf(epic, at)
	for _, q := range quarters {
		if t.Roadmap.Span(q).To.After(at) {
			return q, true
		}
	}
	if len(quarters) == 0 {
		return QuarterName{}, false
	}
	return quarters[len(quarters)-1], true
}
