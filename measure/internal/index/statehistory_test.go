package index

import (
	"slices"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/storytest"
)

func november(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }

func november0(day, hour int) time.Time {
	if day == 0 {
		return time.Time{}
	}
	return november(day, hour)
}

// TestStateHistory: when an issue was begun, since when it is done, whether it stayed so, and its last finish. Of
// several changes of one moment the last one tells.
func TestStateHistory(t *testing.T) {
	x := New(storytest.Read(t, "", `K-1 2026-11-02T09:00
  2026-11-03T09:00 status=doing
  2026-11-04T09:00 status=done
  2026-11-05T09:00 status=doing
  2026-11-06T09:00 status=done
# doing for no time, then doing
K-2 2026-11-02T09:00
  2026-11-03T09:00 status=doing
  2026-11-03T09:00 status=todo
  2026-11-04T09:00 status=doing
# created done; reopened and done again at one moment, and once more later
K-3 2026-11-02T09:00 status=done
  2026-11-03T09:00 status=todo
  2026-11-03T09:00 status=done
  2026-11-04T09:00 status=todo
  2026-11-05T09:00 status=done
# done throughout, whatever else changes
K-4 2026-11-02T09:00 status=done
  2026-11-03T09:00 points=3`))
	for _, c := range []struct {
		issue                    int64
		day                      int // asked at 12:00
		started, doneSince, last int // day of November at 09:00, 0 for none
		doneThrough              []int
	}{
		{1, 2, 0, 0, 0, nil},
		{1, 3, 3, 0, 0, nil},
		{1, 4, 3, 4, 4, []int{4}},
		{1, 5, 3, 0, 4, nil},
		{1, 7, 3, 6, 6, []int{6, 7}},
		{2, 3, 0, 0, 0, nil},
		{2, 5, 4, 0, 0, nil},
		{3, 2, 0, 2, 0, []int{2}},
		{3, 3, 0, 3, 0, []int{2, 3}},
		{3, 5, 0, 5, 5, []int{5}},
		{4, 5, 0, 2, 0, []int{2, 3, 4, 5}},
	} {
		h, at := x.Histories.Of(c.issue), november(c.day, 12)
		if got := h.StartedBy(at); !got.Equal(november0(c.started, 9)) {
			t.Errorf("K-%d on the %d: begun %v, want day %d", c.issue, c.day, got, c.started)
		}
		since, done := h.DoneSince(at)
		if done != (c.doneSince > 0) || done && !since.Equal(november(c.doneSince, 9)) {
			t.Errorf("K-%d on the %d: done since %v (%v), want day %d", c.issue, c.day, since, done, c.doneSince)
		}
		finish, finished := lastFinish(h, at)
		if finished != (c.last > 0) || finished && !finish.At().Equal(november(c.last, 9)) {
			t.Errorf("K-%d on the %d: finished %v (%v), want day %d", c.issue, c.day, finish.At(), finished, c.last)
		}
		var through []int
		for day := 1; day <= c.day; day++ {
			if h.DoneThrough(november(day, 12), at) {
				through = append(through, day)
			}
		}
		if !slices.Equal(through, c.doneThrough) {
			t.Errorf("K-%d on the %d: done from %v on, want %v", c.issue, c.day, through, c.doneThrough)
		}
	}
	if !x.Histories.Of(4).DoneThrough(november(9, 0), november(5, 0)) ||
		x.Histories.Of(2).DoneThrough(november(9, 0), november(5, 0)) {
		t.Error("a moment that lies ahead: whether it is done now")
	}
}

// TestIssuesOfEpic: those that belong to an epic at a moment, with what counts of them then; who asks may stop early.
func TestIssuesOfEpic(t *testing.T) {
	x := New(storytest.Read(t, "", `E-1 2026-11-01 type=epic
E-2 2026-11-01 type=epic
K-1 2026-11-02 epic=E-1 points=1
  2026-11-04 epic=E-2
K-2 2026-11-03 epic=E-1 points=2
  2026-11-05 points=3
K-3 2026-11-02 points=4`))
	for _, c := range []struct {
		epic int64
		day  int
		want []float64
	}{
		{1, 1, nil}, {1, 2, []float64{1}}, {1, 3, []float64{1, 2}}, {1, 4, []float64{2}}, {1, 5, []float64{3}},
		{2, 3, nil}, {2, 4, []float64{1}},
	} {
		var got []float64
		for id, s := range x.IssuesOfEpic(c.epic, november(c.day, 12)) {
			got = append(got, s.Points())
			if x.Issues.Of(id) == nil {
				t.Errorf("issue %d is not known", id)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("E-%d on the %d: %v, want %v", c.epic, c.day, got, c.want)
		}
	}
	for range x.IssuesOfEpic(1, november(3, 12)) {
		break // a second issue must not be yielded
	}
}

// TestEpicOf: the parent at epic level wins, then the link. A parent that is not read is the epic of an issue of the
// standard level where the issue's history tells its key and no link says otherwise.
func TestEpicOf(t *testing.T) {
	h := storytest.Read(t, "", `E-1 2026-11-01 type=epic
E-2 2026-11-01 type=epic
K-3 2026-11-01
K-4 2026-11-01 type=sub
K-5 2026-11-01 type=epic`)
	x := New(h)
	story, sub, epic := h.Issues[2], h.Issues[3], h.Issues[4]
	for _, i := range []*agile.Issue{story, sub, epic} {
		i.Relatives = agile.Relatives{{ID: 77, Key: "X-77"}}
	}
	for _, c := range []struct {
		name   string
		issue  *agile.Issue
		parent int64
		link   string
		want   int64
	}{
		{"nothing", story, 0, "", 0},
		{"an epic as parent", story, 1, "", 1},
		{"a parent and a link", story, 1, "E-2", 1},
		{"a parent of the standard level", story, 3, "", 0},
		{"a parent of the standard level and a link", story, 3, "E-2", 2},
		{"a link in any case", story, 0, "e-2", 2},
		{"a link by id", story, 0, "2", 2},
		{"a link to what is not read", story, 0, "X-9", 0},
		{"a parent that is not read, its key told", story, 77, "", 77},
		{"a parent that is not read, and a link", story, 77, "E-2", 2},
		{"a parent that is not read, its key not told", story, 78, "", 0},
		{"of a sub-task", sub, 77, "", 0},
		{"of an epic", epic, 77, "", 0},
	} {
		if got := x.EpicOf(c.issue, c.parent, c.link, november(2, 0)); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}
