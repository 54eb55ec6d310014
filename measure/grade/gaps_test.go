package grade

import (
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/storytest"
)

// TestSettledGaps: figures as of a moment before the sprints were refused lack nothing, where these were known; what
// rests on time logged may lack what was corrected or deleted later.
func TestSettledGaps(t *testing.T) {
	h := storytest.Read(t, "sprint 1 S1 active 2026-11-02 2026-11-13",
		"K-1 2026-11-01\n  2026-11-02 log 1h on 2026-11-02")
	since := time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)
	refused := agile.Gap{Source: agile.SourceWorklogs, Code: agile.GapRefused, Since: since}
	bare := *h
	bare.Worklogs, bare.Sprints, bare.Gaps = nil, nil, []agile.Gap{refused}
	unknown := impediment.Find(index.New(&bare))
	before, after := since.Add(-time.Hour), since.Add(time.Hour)
	some := refused
	some.Issues = []string{"K-1"}
	ever := refused
	ever.Since = time.Time{}
	h.Sprints = []agile.Sprint{{ID: 1, Versions: []agile.SprintVersion{{Name: "One", State: agile.Active,
		Start: since.AddDate(0, -1, 0), Seen: since.Add(-2 * time.Hour)}}}}
	known := impediment.Find(index.New(h))
	closed := *h
	closed.Sprints = []agile.Sprint{{ID: 1, Versions: []agile.SprintVersion{{Name: "One", State: agile.Closed,
		Start: since.AddDate(0, -1, 0), Complete: since.Add(-time.Hour)}}}}
	ended := impediment.Find(index.New(&closed))
	sprints := agile.Gap{Source: agile.SourceSprints, Code: agile.GapRefused, Since: since}
	shrunk := sprints
	shrunk.Code = agile.GapShrunk
	board := agile.Gap{Source: agile.SourceBoard, Code: agile.GapRefused, Since: since}
	for _, c := range []struct {
		name  string
		list  *impediment.List
		gap   agile.Gap
		until time.Time
		want  bool
	}{
		{"time logged, before", known, refused, before, false},
		{"time logged, at the moment", known, refused, since, false},
		{"time logged, after", known, refused, after, false},
		{"time logged of some issues", known, some, before, false},
		{"time logged, not known since when", known, ever, before, false},
		{"time that was never read", unknown, refused, before, false},
		{"sprints, before they were seen last", known, sprints, since.Add(-3 * time.Hour), true},
		{"sprints, since they were seen last", known, sprints, before, false},
		{"sprints, at the completion that is known", ended, sprints, before, true},
		{"sprints, after", known, sprints, after, false},
		{"sprints that were never read", unknown, sprints, before, false},
		{"fewer sprints", known, shrunk, before, false},
		{"the board", known, board, before, false},
	} {
		if got := isSettled(c.list, c.gap, c.until); got != c.want {
			t.Errorf("%s: settled %v, want %v", c.name, got, c.want)
		}
	}
}

// TestGapsLowerWhatRestsOnThem: a source that Jira does not give lowers the figures that rest on it, and no other.
func TestGapsLowerWhatRestsOnThem(t *testing.T) {
	bases := []Basis{OnWork, OnEstimates, OnMarks, OnTime, OnDates, OnPast, OnQuarters, OnPace, OnCallouts}
	list := impediment.Find(index.New(storytest.Read(t, "", "K-1 2026-11-01")))
	// work, estimates, marks, time, dates, past, quarters, pace, call-outs
	for source, want := range map[agile.Source]string{
		agile.SourceIssues:    "111111011",
		agile.SourceHistories: "111010010",
		agile.SourceValues:    "111111011",
		agile.SourceWorklogs:  "000100000",
		agile.SourceBoard:     "110001000",
		agile.SourceSprints:   "000011000",
		agile.SourceStatuses:  "100000010",
		agile.SourceTypes:     "111101010",
		agile.SourceFields:    "111101010",
		agile.SourceScope:     "111111011",
		agile.SourceVersions:  "000000100",
		agile.SourceOnCall:    "000100001",
	} {
		gapped := *list.Index.History
		gapped.Gaps = []agile.Gap{{Source: source, Code: agile.GapUnreadable}}
		var r Reasons
		r.AddGaps(impediment.Find(index.New(&gapped)), OnAll|OnQuarters, Reach{}, func(int64) bool { return true })
		got := ""
		for _, on := range bases {
			mark := "0"
			if r.On(on).Grade != Whole {
				mark = "1"
			}
			got += mark
		}
		if got != want {
			t.Errorf("%s lowers %s, want %s", source, got, want)
		}
	}
}

// TestGapOfWhatTellsQuarters: a field that tells quarters lowers the figures of quarters alone, and only where the
// team's rule names it.
func TestGapOfWhatTellsQuarters(t *testing.T) {
	h := storytest.Read(t, "", "K-1 2026-11-01")
	h.Fields["duedate"] = agile.Field{ID: "duedate", Name: "Due date"}
	h.Gaps = []agile.Gap{{Source: agile.SourceFields, Code: agile.GapShrunk, Subject: agile.NamedSubject("due date")}}
	for by, want := range map[agile.QuarterBy]Grade{
		agile.ByDueDate: Partial, agile.ByFixVersion: Whole, agile.ByLabel: Whole,
	} {
		h.Team.Quarter.By = by
		var r Reasons
		r.AddGaps(impediment.Find(index.New(h)), OnAll|OnQuarters, Reach{}, func(int64) bool { return true })
		if got := r.On(OnQuarters).Grade; got != want || r.On(OnAll).Grade != Whole {
			t.Errorf("by %s: quarters %s, want %s; all else %s", by, got, want, r.On(OnAll).Grade)
		}
	}
}
