package timeseries

import (
	"bytes"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/storytest"
	"jerem/series"
)

// TestSeriesGoOn: over random changes of issues, most of them dated since the reading before, some earlier or ahead,
// over time that is logged late, and issues that come and go, series that go on from those of the reading before are
// those that are made of all anew, and those of before stay what they were.
func TestSeriesGoOn(t *testing.T) {
	longer := 0
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		h.Until = storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(60, 160).Draw(t, "until")) * time.Hour)
		if rapid.IntRange(0, 2).Draw(t, "one epic") > 0 {
			putIntoEpic(h)
		}
		team := measure.Of(h)
		var told Told
		var former []series.Series
		for range rapid.IntRange(2, 5).Draw(t, "readings") {
			got, err := told.Pieces(t.Context(), team, h.Until)
			want := Pieces(measure.Of(h), h.Until)
			if err != nil || textOf(got) != textOf(want) {
				t.Fatalf("as of %v series that go on are others: %v\n%s\nmade anew:\n%s", h.Until, err, textOf(got),
					textOf(want))
			}
			longer += countLonger(former, got)
			before := textOf(got)
			next, relogged := changeHistory(t, h)
			updated := measure.Update(team, next, relogged)
			if _, err := told.Pieces(t.Context(), updated, next.Until); err != nil || textOf(got) != before {
				t.Fatalf("series of before became others: %v", err)
			}
			team, h, former = updated, next, got
		}
	})
	if longer == 0 && !testing.Short() { // the few draws of a short run may hold none
		t.Error("no series went on: the changes are of another kind")
	}
}

// putIntoEpic makes an epic of the first issue, and puts the others into it.
func putIntoEpic(h *agile.History) {
	for n, i := range h.Issues {
		if n > 0 {
			i.Parent, i.Type = agile.Constant(i.Created, int64(1)), agile.Constant(i.Created, "story")
			continue
		}
		i.Type, i.Labels = agile.Constant(i.Created, "epic"), agile.Constant(i.Created, []string{"Q4-26"})
		i.Project = agile.Constant(i.Created, h.ProjectID)
	}
}

// countLonger counts the series that have the points of former ones, where they stand, and more.
func countLonger(former, now []series.Series) (n int) {
	for i := range now {
		if slices.ContainsFunc(former, func(s series.Series) bool {
			return len(s.Points) < len(now[i].Points) && series.GoesOnFrom(s.Points, now[i].Points)
		}) {
			n++
		}
	}
	return n
}

// textOf writes series with all that a sink is told of them.
func textOf(list []series.Series) string {
	var text bytes.Buffer
	for _, s := range list {
		text.WriteString(s.End.UTC().String() + s.GridEnd.UTC().String())
		text.Write(s.AppendGTS(nil))
	}
	return text.String()
}

// changeHistory draws what the next reading finds.
func changeHistory(t *rapid.T, h *agile.History) (*agile.History, []int64) {
	next := *h
	next.Until = h.Until.Add(time.Duration(rapid.IntRange(1, 30).Draw(t, "hours")) * time.Hour)
	issues := map[int64]*agile.Issue{}
	for _, i := range h.Issues {
		issues[i.ID] = i
	}
	for range rapid.IntRange(0, 3).Draw(t, "changed") {
		id := rapid.Int64Range(1, 8).Draw(t, "issue")
		at := h.Until.Add(time.Duration(rapid.IntRange(1, 59).Draw(t, "minutes")) * time.Minute)
		switch i := issues[id]; rapid.IntRange(0, 11).Draw(t, "kind") {
		case 0:
			delete(issues, id)
		case 1:
			at = h.Until.Add(-time.Duration(rapid.IntRange(0, 40).Draw(t, "late")) * time.Hour)
			issues[id] = changeIssue(t, i, id, at)
		case 2:
			issues[id] = changeIssue(t, i, id, next.Until.Add(30*time.Minute))
		default:
			issues[id] = changeIssue(t, i, id, at)
		}
	}
	next.Issues = slices.SortedFunc(maps.Values(issues), func(a, b *agile.Issue) int { return int(a.ID - b.ID) })
	var relogged []int64
	if rapid.Bool().Draw(t, "time is logged") {
		id := rapid.Int64Range(1, 8).Draw(t, "logged on")
		started := next.Until.Add(-time.Duration(rapid.IntRange(0, 100).Draw(t, "ago")) * time.Hour)
		next.Worklogs = append(slices.Clone(h.Worklogs), agile.Worklog{ID: 100 + int64(len(h.Worklogs)), Issue: id,
			Started: started, Created: next.Until.Add(-time.Minute), Seconds: 60})
		relogged = []int64{id}
	}
	return &next, relogged
}

// changeIssue draws a change of an issue, or a new one of its id.
func changeIssue(t *rapid.T, i *agile.Issue, id int64, at time.Time) *agile.Issue {
	if i == nil {
		fresh := *storytest.GenerateHistory(t).Issues[0]
		fresh.ID, fresh.Key = id, agile.Constant(fresh.Created, string(rune('A'+id)))
		if rapid.Bool().Draw(t, "new") {
			fresh = *newIssue(id, at)
		}
		return &fresh
	}
	if at.Before(i.Created) {
		at = i.Created
	}
	changed := *i
	switch rapid.IntRange(0, 7).Draw(t, "field") {
	case 0, 1:
		addStep(&changed.Status, at, rapid.SampledFrom([]string{"1", "3", "6"}).Draw(t, "status"))
	case 2, 3:
		changed.Numbers = agile.FieldsOf(maps.Collect(i.Numbers.All()))
		for field, past := range i.Numbers.All() {
			addStep(&past, at, agile.Number{Value: float64(rapid.IntRange(0, 9).Draw(t, "tenths")) / 10, Known: true})
			changed.Numbers.Put(field, past)
		}
	case 4:
		addStep(&changed.Labels, at, rapid.SampledFrom([][]string{nil, {"Q4-26"}, {"Dependency"}, {"impediment"}}).
			Draw(t, "labels"))
	case 5:
		addStep(&changed.Parent, at, rapid.Int64Range(0, 6).Draw(t, "parent"))
	case 6:
		addStep(&changed.Project, at, rapid.SampledFrom([]string{"10", "99"}).Draw(t, "project"))
	case 7:
		addStep(&changed.Type, at, rapid.SampledFrom([]string{"story", "sub", "epic"}).Draw(t, "type"))
	}
	return &changed
}

// newIssue is an issue that was created just now.
func newIssue(id int64, at time.Time) *agile.Issue {
	i := &agile.Issue{ID: id, Created: at, Key: agile.Constant(at, string(rune('A'+id))),
		Project: agile.Constant(at, "10"), Type: agile.Constant(at, "story"), Status: agile.Constant(at, "1"),
		Parent: agile.Constant(at, int64(1))}
	i.Numbers.Put(storytest.EstimateField, agile.Constant(at, agile.Number{Value: 0.1, Known: true}))
	return i
}

// addStep enters a step into a field, after those of its moment.
func addStep[T any](field *agile.Timeline[T], at time.Time, value T) {
	n, _ := slices.BinarySearchFunc(*field, at, func(s agile.Step[T], at time.Time) int {
		if s.From.After(at) {
			return 1
		}
		return -1
	})
	*field = slices.Insert(slices.Clone(*field), n, agile.Step[T]{From: agile.MomentOf(at), Order: 60 + n,
		Value: value})
}
