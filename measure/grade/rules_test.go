package grade

import (
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/storytest"
)

// TestRulesLowerTheTimeBefore: a rule that changed lowers the figures that rest on it and tell of the time before, and
// no other; the reason says when and what.
func TestRulesLowerTheTimeBefore(t *testing.T) {
	seen := time.Date(2026, 11, 9, 10, 0, 0, 0, time.UTC)
	const until, counted = "until 2026-11-09 10:00 UTC ", ": that time is counted by the present rule"
	bases := []Basis{OnWork, OnEstimates, OnMarks, OnTime, OnDates, OnPast, OnQuarters, OnColumns}
	worded := map[agile.SubjectCode]bool{}
	for _, c := range []struct {
		subject agile.Subject
		lowers  string // work, estimates, marks, time, dates, past, quarters, columns
		text    string
	}{
		{agile.NewSubject(agile.SubjectRuleFilter), "11110100", "jql_filter was another one"},
		{agile.NewSubject(agile.SubjectRuleTeam, "", "Web"), "11110100",
			"the value of the Team field was none and is Web now"},
		{agile.NewSubject(agile.SubjectRuleImpediment), "00110000", "impediments had other labels or types"},
		{agile.NewSubject(agile.SubjectRuleDependency), "00100000", "dependencies had other labels"},
		{agile.NewSubject(agile.SubjectRuleQuarter), "00000010", "epics told their quarter otherwise"},
		{agile.NewSubject(agile.SubjectRuleGrace, "0s", "1h0m0s"), "01000100",
			"planning_grace was 0s and is 1h0m0s now"},
		{agile.NewSubject(agile.SubjectRuleHours, "09:00-18:00 UTC", "09:00-17:00 UTC"), "00001100",
			"the working hours were 09:00-18:00 UTC and are 09:00-17:00 UTC now"},
		{agile.NewSubject(agile.SubjectRuleWaiting), "00000001", "other statuses were waiting"},
		{agile.NewSubject(agile.SubjectRuleDone, "Review 100 %"), "11000101",
			"what is to do, doing and done was told otherwise (Review 100 %)"},
		{agile.NewSubject(agile.SubjectRuleColumns, "Review"), "00000001",
			"the columns of the board were others (Review)"},
		{agile.NewSubject(agile.SubjectRuleBoard, 1, 2), "00000101", "the board was 1 and is 2 now"},
		{agile.NewSubject(agile.SubjectRuleEstimate, "custom_1", ""), "01000100",
			"the field that estimates was Size and is none now"},
		{agile.NewSubject(agile.SubjectRuleNatureField, "", "component"), "00100000",
			"the field of natures was none and is component now"},
		{agile.NewSubject(agile.SubjectRuleTypes, "Feature"), "11110100",
			"issue types were epics, ordinary or sub-tasks otherwise (Feature)"},
		{agile.NewSubject(agile.SubjectRuleVersions, "Q4-26 is Later now"), "00000010",
			"versions had other names (Q4-26 is Later now)"},
	} {
		worded[c.subject.Code] = true
		h := storytest.Read(t, "", "K-1 2026-11-01")
		h.Fields = map[string]agile.Field{"custom_1": {ID: "custom_1", Name: "Size"}}
		h.Gaps = []agile.Gap{{Source: agile.SourceScope, Code: agile.GapMoved, Subject: c.subject, Since: seen}}
		list := impediment.Find(index.New(h))
		const everything = OnAll | OnQuarters | OnColumns
		nothing := func(int64) bool { return false }
		var before, since Reasons
		before.AddGaps(list, everything, Reach{From: seen.Add(-1), Past: seen.Add(-1), Until: seen}, nothing)
		since.AddGaps(list, everything, Reach{From: seen, Past: seen, Until: seen.Add(1)}, nothing)
		if len(since) > 0 {
			t.Errorf("%s: figures of the time since have %v", c.subject.Code, since)
		}
		got := ""
		for _, on := range bases {
			mark := "0"
			if q := before.On(on); q.Grade == Partial && len(q.Reasons) == 1 && q.Reasons[0] == until+c.text+counted {
				mark = "1"
			} else if q.Grade != Whole {
				t.Errorf("%s: %v", c.subject.Code, q)
			}
			got += mark
		}
		if got != c.lowers {
			t.Errorf("%s lowers %s, want %s", c.subject.Code, got, c.lowers)
		}
	}
	for code := range ruleBasis {
		if !worded[code] || ruleWords[code] == "" {
			t.Errorf("nothing is asked of %s", code)
		}
	}
}

// TestRulesOfPastSprints: figures of now that rest on closed sprints tell a rule that changed since these began.
func TestRulesOfPastSprints(t *testing.T) {
	seen := time.Date(2026, 11, 9, 10, 0, 0, 0, time.UTC)
	h := storytest.Read(t, "", "K-1 2026-11-01")
	h.Gaps = []agile.Gap{{Source: agile.SourceStatuses, Code: agile.GapMoved, Since: seen,
		Subject: agile.NewSubject(agile.SubjectRuleDone, "Review")}}
	var r Reasons
	r.AddGaps(impediment.Find(index.New(h)), OnAll, Reach{From: seen, Past: seen.Add(-1), Until: seen},
		func(int64) bool { return true })
	if r.On(OnPast).Grade != Partial || r.On(OnWork|OnEstimates).Grade != Whole {
		t.Errorf("past sprints %v, the work of now %v", r.On(OnPast), r.On(OnWork|OnEstimates))
	}
}
