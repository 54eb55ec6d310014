package storytest

import (
	"fmt"
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// SteadyTeam finishes an issue of two points under an epic on each working day at 15:00 until a moment, and has an
// epic of the quarter with open work.
func SteadyTeam(until time.Time, open ...float64) *agile.History {
	h := NewHistory()
	h.Until = until
	id := int64(0)
	add := func(created time.Time, typ, status string, points float64, epic string) *agile.Issue {
		id++
		i := &agile.Issue{ID: id, Created: created, Updated: agile.MomentOf(created),
			Key:     agile.Constant(created, fmt.Sprintf("K-%d", id)),
			Summary: agile.Constant(created, "work"), Project: agile.Constant(created, "10"),
			Type:   agile.Constant(created, typ),
			Status: agile.Constant(created, status), Resolution: agile.Constant(created,
				""), EpicLink: agile.Constant(created, epic),
			Numbers: agile.FieldsOf(map[string]agile.Timeline[agile.Number]{EstimateField: agile.Constant(created,
				agile.Number{Value: points, Known: points >= 0})})}
		h.Issues = append(h.Issues, i)
		return i
	}
	before := SteadyStart.AddDate(0, -1, 0)
	old := add(before, "epic", "3", -1, "")
	quarter := add(before, "epic", "3", -1, "")
	quarter.Labels = agile.Constant(before, []string{"Q4-26"})
	old.Labels = agile.Constant(before, []string{"Q1-26"})
	for _, points := range open {
		add(before, "story", "1", points, "K-2")
	}
	for d := calendar.DateOf(SteadyStart, time.UTC); ; d = d.Add(1) {
		at := d.In(time.UTC, 15*time.Hour)
		if at.After(until) {
			return h
		}
		if h.Team.Calendar.Working(d) {
			i := add(before, "story", "1", 2, "K-1")
			i.Status = append(i.Status, agile.Step[string]{From: agile.MomentOf(at.Add(-5 * time.Hour)), Order: 1,
				Value: "3"},
				agile.Step[string]{From: agile.MomentOf(at), Order: 2, Value: "6"})
		}
	}
}

// AddOpenStory adds a story to the epic of the quarter.
func AddOpenStory(h *agile.History, created time.Time, points float64) {
	story := *h.Issues[2]
	story.ID = int64(len(h.Issues) + 5000)
	story.Key, story.Created, story.EpicLink = agile.Constant(created,
		fmt.Sprintf("K-%d", story.ID)), created, agile.Constant(created, "K-2")
	story.Status, story.Project, story.Type = agile.Constant(created, "1"), agile.Constant(created,
		"10"), agile.Constant(created, "story")
	story.Numbers = agile.FieldsOf(map[string]agile.Timeline[agile.Number]{EstimateField: agile.Constant(created,
		agile.Number{Value: points, Known: true})})
	h.Issues = append(h.Issues, &story)
}

// LogDaily logs hours on an issue on each working day.
func LogDaily(h *agile.History, issue int64, hours int, from, until time.Time) {
	for d := calendar.DateOf(from, time.UTC); d.Before(calendar.DateOf(until, time.UTC)); d = d.Add(1) {
		if h.Team.Calendar.Working(d) {
			at := d.In(time.UTC, 10*time.Hour)
			h.Worklogs = append(h.Worklogs, agile.Worklog{ID: int64(len(h.Worklogs) + 1), Issue: issue, Created: at,
				Started: at, Seconds: int64(hours) * 3600})
		}
	}
}

// AddIssue adds a story to a history: to do, in sprints, with an estimate or, below 0, none.
func AddIssue(h *agile.History, key string, created time.Time, points float64, sprints ...int64) *agile.Issue {
	id := int64(10_000 + len(h.Issues))
	i := &agile.Issue{ID: id, Created: created, Updated: agile.MomentOf(created), Key: agile.Constant(created, key),
		Summary: agile.Constant(created, "work"), Project: agile.Constant(created, "10"),
		Type: agile.Constant(created, "story"), Status: agile.Constant(created, "1"),
		Resolution: agile.Constant(created, ""), Sprints: agile.Constant(created, sprints),
		EpicLink: agile.Constant(created, ""),
		Numbers: agile.FieldsOf(map[string]agile.Timeline[agile.Number]{
			EstimateField: agile.Constant(created, agile.Number{Value: points, Known: points >= 0})})}
	h.Issues = append(h.Issues, i)
	return i
}

// Become changes a timeline at a moment.
func Become[T any](tl *agile.Timeline[T], at time.Time, value T) {
	*tl = append(*tl, agile.Step[T]{From: agile.MomentOf(at), Order: len(*tl), Value: value})
}

// SteadyStart is a Monday.
var SteadyStart = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// SetApart gives the issues of a history ids that no other history has that was set apart by another number.
func SetApart(h *agile.History, number int64) {
	by := number * 1_000_000
	for _, i := range h.Issues {
		i.ID += by
		for n := range i.Parent {
			if i.Parent[n].Value != 0 {
				i.Parent[n].Value += by
			}
		}
	}
	for n := range h.Worklogs {
		h.Worklogs[n].Issue += by
	}
}
