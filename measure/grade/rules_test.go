package grade

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
	bases := []Basis{OnWork, OnEstimates, OnMarks, OnTime, OnDates, OnPast, OnQuarters, OnColumns,
		OnLogged, OnBudget, OnCapacity, OnInitiatives, OnUntouched, OnPace}
	worded := map[agile.SubjectCode]bool{}
	for _, c := range []struct {
		subject agile.Subject
		lowers  string // work, estimates, marks, time, dates, past, quarters, columns, and logged, budget and so on
		text    string
	}{
		{agile.NewSubject(agile.SubjectRuleFilter), "11110100100001", "jql_filter was another one"},
		{agile.NewSubject(agile.SubjectRuleTeam, "", "Web"), "11110100100001",
			"the value of the Team field was none and is Web now"},
		{agile.NewSubject(agile.SubjectRuleImpediment), "00110000000000", "impediments had other labels or types"},
		{agile.NewSubject(agile.SubjectRuleQuery), "00110000000000", "impediment.jql was another one"},
		{agile.NewSubject(agile.SubjectRuleFirstMonth, 1, 4), "00000010000000",
			"quarter.first_month was 1 and is 4 now"},
		{agile.NewSubject(agile.SubjectRuleHistory, 6, 1), "00000100000000", "sprint.history was 6 and is 1 now"},
		{agile.NewSubject(agile.SubjectRuleDaysOff, "2026-11-02"), "00001100000000",
			"other days were off (2026-11-02)"},
		{agile.NewSubject(agile.SubjectRuleDependency), "00100000000000", "dependencies had other labels"},
		{agile.NewSubject(agile.SubjectRuleQuarter), "00000010000000", "epics told their quarter otherwise"},
		{agile.NewSubject(agile.SubjectRuleGrace, "0s", "1h0m0s"), "01000000000001",
			"planning_grace was 0s and is 1h0m0s now"},
		{agile.NewSubject(agile.SubjectRuleHours, "09:00-18:00 UTC", "09:00-17:00 UTC"), "00001100000000",
			"the working hours were 09:00-18:00 UTC and are 09:00-17:00 UTC now"},
		{agile.NewSubject(agile.SubjectRuleWaiting), "00000001000000", "other statuses were waiting"},
		{agile.NewSubject(agile.SubjectRuleDone, "Review 100 %"), "11000001000001",
			"what is to do, doing and done was told otherwise (Review 100 %)"},
		{agile.NewSubject(agile.SubjectRuleColumns, "Review"), "00000001000000",
			"the columns of the board were others (Review)"},
		{agile.NewSubject(agile.SubjectRuleBoard, 1, 2), "00000101000000", "the board was 1 and is 2 now"},
		{agile.NewSubject(agile.SubjectRuleEstimate, "custom_1", ""), "01000000000001",
			"the field that estimates was Size and is none now"},
		{agile.NewSubject(agile.SubjectRuleNatureField, "", "component"), "00100000000000",
			"the field of natures was none and is component now"},
		{agile.NewSubject(agile.SubjectRuleTypes, "Feature"), "11110100100001",
			"issue types were epics, ordinary or sub-tasks otherwise (Feature)"},
		{agile.NewSubject(agile.SubjectRuleVersions, "Q4-26 is Later now"), "00000010000000",
			"versions had other names (Q4-26 is Later now)"},
		{agile.NewSubject(agile.SubjectRuleInitiative), "00000000000100", "initiative.label was another one"},
		{agile.NewSubject(agile.SubjectRuleUntouched, 5, 3), "00000000000010",
			"flow.untouched was 5 and is 3 now"},
		{agile.NewSubject(agile.SubjectRuleCapacity, "", "35h"), "00000000001000",
			"sprint.capacity was none and is 35h now"},
		{agile.NewSubject(agile.SubjectRuleBudget, "30h", "20h"), "00000000010000",
			"sprint.budget was 30h and is 20h now"},
		{agile.NewSubject(agile.SubjectRuleBudgetIncludes, "", "oncall"), "00000000010000",
			"sprint.budget_includes was none and is oncall now"},
	} {
		worded[c.subject.Code] = true
		h := storytest.Read(t, "", "K-1 2026-11-01")
		h.Fields = map[string]agile.Field{"custom_1": {ID: "custom_1", Name: "Size"}}
		h.Gaps = []agile.Gap{{Source: agile.SourceScope, Code: agile.GapMoved, Subject: c.subject, Since: seen}}
		list := impediment.Find(index.New(h))
		const everything = OnAll | OnQuarters | OnColumns | OnBudget | OnCapacity | OnInitiatives | OnUntouched
		nothing := func(int64) bool { return false }
		var before, since Reasons
		before.AddGaps(list, everything, Reach{From: seen.Add(-1), Until: seen,
			Past: PastReach{From: seen.Add(-1), Until: seen}}, nothing)
		if c.subject.Code == agile.SubjectRuleUntouched { // it is told of the moment alone
			if len(before) > 0 {
				t.Errorf("%s: figures of the moment have %v", c.subject.Code, before)
			}
			before.AddGaps(list, everything, At(seen.Add(-1)), nothing)
		}
		since.AddGaps(list, everything, Reach{From: seen, Until: seen.Add(1),
			Past: PastReach{From: seen, Until: seen.Add(1)}}, nothing)
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
	r.AddGaps(impediment.Find(index.New(h)), OnAll, Reach{From: seen, Until: seen,
		Past: PastReach{From: seen.Add(-1), Until: seen}},
		func(int64) bool { return true })
	if r.On(OnPace).Grade != Partial || r.On(OnPast|OnWork|OnEstimates).Grade != Whole {
		t.Errorf("past sprints %v, the work of now %v", r.On(OnPace), r.On(OnPast|OnWork|OnEstimates))
	}
}

// TestRulesOfAWhile: a rule that was wrong for a while marks the figures of that time alone, and the reason says so.
func TestRulesOfAWhile(t *testing.T) {
	wrong := time.Date(2026, 6, 13, 6, 50, 0, 0, time.UTC)
	mended := wrong.Add(10 * time.Minute)
	const text = "between 2026-06-13 06:50 and 2026-06-13 07:00 UTC jql_filter was another one: " +
		"that time is counted by the present rule"
	h := storytest.Read(t, "", "K-1 2026-06-01")
	h.Gaps = []agile.Gap{{Source: agile.SourceScope, Code: agile.GapMoved, From: wrong, Since: mended,
		Subject: agile.NewSubject(agile.SubjectRuleFilter)}}
	list := impediment.Find(index.New(h))
	for name, c := range map[string]struct {
		reach      Reach
		work, past bool
	}{
		"long before":       {Reach{From: wrong.Add(-99 * time.Hour), Until: wrong.Add(-1)}, false, false},
		"from before to it": {Reach{From: wrong.Add(-99 * time.Hour), Until: wrong}, true, false},
		"within":            {At(wrong.Add(time.Minute)), true, false},
		"around it":         {Reach{From: wrong.Add(-time.Hour), Until: mended.Add(time.Hour)}, true, false},
		"since":             {Reach{From: mended, Until: mended.Add(time.Hour)}, false, false},
		"past before": {Reach{From: mended, Until: mended.Add(1),
			Past: PastReach{From: wrong.Add(-9 * time.Hour), Until: wrong.Add(-1)}}, false, false},
		"past around": {Reach{From: mended, Until: mended.Add(1),
			Past: PastReach{From: wrong.Add(-9 * time.Hour), Until: wrong.Add(1)}}, false, true},
		"work that rests on past sprints alone": {Reach{From: mended, Until: mended.Add(1),
			Past: PastReach{From: wrong, Until: mended, Rests: OnWork}}, true, true},
	} {
		var r Reasons
		r.AddGaps(list, OnAll, c.reach, func(int64) bool { return true })
		for on, want := range map[Basis]bool{OnWork: c.work, OnPast: c.past} {
			q := r.On(on)
			if got := len(q.Reasons) == 1 && q.Reasons[0] == text; got != want || len(q.Reasons) > 0 && !got {
				t.Errorf("%s: %v of %d", name, q, on)
			}
		}
	}
}

// TestFirstMonthThatChanged: another first month is told by the figures of a quarter that had begun by it, though by
// the present one it began after that, or has not begun.
func TestFirstMonthThatChanged(t *testing.T) {
	seen := time.Date(2026, 6, 13, 7, 0, 0, 0, time.UTC)
	h := storytest.Read(t, "", "K-1 2026-06-01")
	h.Gaps = []agile.Gap{{Source: agile.SourceScope, Code: agile.GapMoved, Since: seen,
		Subject: agile.NewSubject(agile.SubjectRuleFirstMonth, 1, 4)}}
	list := impediment.Find(index.New(h))
	for name, c := range map[string]struct {
		begun time.Time
		told  bool
	}{"begun before": {seen.Add(-1), true}, "begun since": {seen, false}} {
		reach := At(seen.Add(time.Hour))
		reach.Begun = func(month string) time.Time {
			if month != "1" {
				t.Errorf("asked of the month %q", month)
			}
			return c.begun
		}
		var r Reasons
		r.AddGaps(list, OnQuarters, reach, func(int64) bool { return true })
		if told := len(r) == 1; told != c.told {
			t.Errorf("%s: %v", name, r)
		}
	}
}

// TestDaysOffThatChanged: days off that came or went are told of the figures that count these days, of the time in
// which they were others, and of no other; days on which nobody works anyway change nothing.
func TestDaysOffThatChanged(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 5, n, 12, 0, 0, 0, time.UTC) }
	version := func(seen time.Time, text string) agile.DaysOffVersion {
		return agile.DaysOffVersion{Seen: seen, Text: text}
	}
	const rest = ": that time is counted by the present rule"
	sprint := Reach{From: day(18), Until: day(22), Ahead: day(29)}
	for name, c := range map[string]struct {
		versions []agile.DaysOffVersion
		reach    Reach
		want     map[Basis]string
	}{
		"never another": {[]agile.DaysOffVersion{version(day(1), "2026-05-20")}, sprint, nil},
		"a day of the sprint": {[]agile.DaysOffVersion{version(day(1), ""), version(day(25), "2026-05-20 2026-07-01")},
			sprint, map[Basis]string{OnDates: "until 2026-05-25 12:00 UTC other days were off (2026-05-20)" + rest}},
		"a day ahead": {[]agile.DaysOffVersion{version(day(1), ""), version(day(20), "2026-05-28")},
			sprint, map[Basis]string{OnDates: "until 2026-05-20 12:00 UTC other days were off (2026-05-28)" + rest}},
		"a day of later": {[]agile.DaysOffVersion{version(day(1), ""), version(day(25), "2026-07-01")}, sprint, nil},
		"a Saturday":     {[]agile.DaysOffVersion{version(day(1), ""), version(day(25), "2026-05-23")}, sprint, nil},
		"seen before":    {[]agile.DaysOffVersion{version(day(1), ""), version(day(18), "2026-05-20")}, sprint, nil},
		"there and back": {[]agile.DaysOffVersion{version(day(1), ""), version(day(25), "2026-05-20"),
			version(day(26), "")}, sprint, nil},
		"wrong for a day": {[]agile.DaysOffVersion{version(day(1), ""), version(day(20), "2026-05-21"),
			version(day(21), "")},
			sprint, map[Basis]string{OnDates: "between 2026-05-20 12:00 and 2026-05-21 12:00 UTC " +
				"other days were off (2026-05-21)" + rest}},
		"of past sprints": {[]agile.DaysOffVersion{version(day(1), ""), version(day(29), "2026-05-20 2026-05-21")},
			Reach{From: day(29), Until: day(29), Past: PastReach{From: day(4), Until: day(22)}}, map[Basis]string{
				OnPast: "until 2026-05-29 12:00 UTC other days were off (2026-05-20, 2026-05-21)" + rest}},
		"a region": {[]agile.DaysOffVersion{version(day(1), ""), version(day(29), "FR")},
			Reach{From: day(1).Add(-time.Hour), Until: day(29)},
			map[Basis]string{OnDates: "until 2026-05-29 12:00 UTC " +
				"other days were off (2026-05-01, 2026-05-08, 2026-05-14, 2026-05-25)" + rest}},
	} {
		h := storytest.Read(t, "", "K-1 2026-05-01")
		h.DaysOff = c.versions
		var r Reasons
		r.AddGaps(impediment.Find(index.New(h)), OnAll, c.reach, func(int64) bool { return true })
		for _, on := range []Basis{OnWork, OnDates, OnPast} {
			want := []string{}
			if text := c.want[on]; text != "" {
				want = append(want, text)
			}
			if diff := cmp.Diff(want, r.On(on).Reasons); diff != "" {
				t.Errorf("%s, %d: %s", name, on, diff)
			}
		}
	}
}
