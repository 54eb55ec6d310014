package timeseries_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
	"jerem/measure/unexpected"
	"jerem/series"
)

// onCallStory is two sprints of a team in Paris, one closed and one that runs, with call-outs.
func onCallStory(t *testing.T) *agile.History {
	h := storytest.NewHistory()
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	h.Team.Calendar.Zone, h.Until = zone, at("2026-11-19 16:00")
	h.Sprints = []agile.Sprint{
		{ID: 1, Versions: []agile.SprintVersion{{Name: "S1", State: agile.Closed, Start: at("2026-11-02 10:00"),
			End: at("2026-11-06 18:00"), Complete: at("2026-11-06 18:00")}}},
		{ID: 2, Versions: []agile.SprintVersion{{Name: "S2", State: agile.Active, Start: at("2026-11-16 10:00"),
			End: at("2026-11-20 18:00")}}},
	}
	issue := storytest.AddIssue(h, "K-7", at("2026-11-03 08:00"), 1)
	issue.Labels = agile.Constant(issue.Created, []string{"impediment"})
	h.Worklogs = []agile.Worklog{{ID: 1, Issue: issue.ID, Seconds: 600, Started: at("2026-11-03 10:00"),
		Created: at("2026-11-09 09:00")}} // logged after the sprint
	calls := []struct {
		start   string
		minutes int
		issue   string
		verdict agile.Verdict
		night   int
	}{
		{"2026-11-02 09:00", 10, "", agile.Useful, 0}, // before the sprint
		{"2026-11-03 23:30", 60, "K-7", agile.Noise, 1},
		{"2026-11-05 11:00", 30, "", agile.Unjudged, 0},
		{"2026-11-06 12:00", 5, "", agile.Noise, 0}, // on its last day: it counts after the sprint
		{"2026-11-18 03:00", 20, "", agile.Useful, 2},
	}
	h.OnCall = &agile.OnCall{Months: []agile.DutyMonth{{Year: 2026, Month: 11, People: 3}},
		Gaps: []agile.DutyGap{{Start: at("2026-11-04 23:00"), End: at("2026-11-05 01:00")}},
		Rests: []agile.OwedRest{{Start: at("2026-11-04 09:00"), End: at("2026-11-04 11:30"),
			Callouts: []int{1}}}}
	for n, c := range calls {
		start := at(c.start)
		h.OnCall.Callouts = append(h.OnCall.Callouts, agile.Callout{ID: int64(n + 1), Start: start, Issue: c.issue,
			Verdict: c.verdict, Night: c.night, OutOfHours: c.night > 0})
		h.OnCall.Worked = append(h.OnCall.Worked, agile.CalledTime{Start: start,
			End: start.Add(time.Duration(c.minutes) * time.Minute), Callouts: []int{n}})
	}
	return h
}

// linesOf writes the series of on-call, a line each, in local time.
func linesOf(team *measure.Team, list []series.Series) string {
	var lines []string
	for _, s := range list {
		name, isOnCall := strings.CutPrefix(s.Class, catalogue.ClassOnCall)
		if !isOnCall {
			continue
		}
		line := name + " " + s.Labels["type"] + s.Labels["sprint"]
		for _, p := range s.Points {
			at := series.Time(p.Tick).In(team.History().Team.Calendar.Zone)
			line += fmt.Sprintf(" %s=%v", at.Format("2T15:04"), p.Value.Number())
			if p.Value.IsDouble() != (name == "actionability") {
				line += " of another type"
			}
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestSeriesOfOnCall pins classes, labels, types, units and moments of the series of call-outs: docs/measures.md.
func TestSeriesOfOnCall(t *testing.T) {
	team := measure.Of(onCallStory(t))
	const want = `actionability daily 2T12:00=1 3T12:00=0 6T12:00=0 18T12:00=1
actionability sprintS1 4T00:00=0 6T18:00=0
actionability sprintS2 19T00:00=1
actionability sprintcurrent 4T00:00=0 6T18:00=0 19T00:00=1
callout.count daily 2T12:00=1 3T12:00=1 5T12:00=1 6T12:00=1 18T12:00=1
callout.count sprintS1 2T10:00=0 4T00:00=1 6T00:00=2 6T18:00=2 7T00:00=3
callout.count sprintS2 16T10:00=0 19T00:00=1
callout.count sprintcurrent 2T10:00=0 4T00:00=1 6T00:00=2 6T18:00=2 16T10:00=0 19T00:00=1
callout.outofhours sprintS1 7T00:00=1
callout.timespent daily 2T12:00=600 4T12:00=1800 5T12:00=1800 6T12:00=300 18T12:00=1200
callout.timespent sprintS1 2T10:00=0 4T00:00=1800 5T00:00=3600 6T00:00=5400 6T18:00=5400 7T00:00=5700 9T09:00=3900
callout.timespent sprintS2 16T10:00=0 19T00:00=1200
callout.timespent sprintcurrent 2T10:00=0 4T00:00=1800 5T00:00=3600 6T00:00=5400 6T18:00=5400 16T10:00=0 19T00:00=1200
gap daily 4T12:00=3600 5T12:00=3600
gap sprintS1 2T10:00=0 4T00:00=3600 5T00:00=7200 6T18:00=7200
gap sprintS2 16T10:00=0
gap sprintcurrent 2T10:00=0 4T00:00=3600 5T00:00=7200 6T18:00=7200 16T10:00=0
nights sprintS1 7T00:00=1
rest sprintS1 7T00:00=9000`
	if got := linesOf(team, timeseries.Between(team, time.Time{}, team.Now())); got != want {
		t.Errorf("the series are\n%s\nwant\n%s", got, want)
	}
}

// TestSeriesOfOnCallAgreeWithFigures: at the end of each sprint, and now, a series says what the figure says.
func TestSeriesOfOnCallAgreeWithFigures(t *testing.T) {
	team := measure.Of(onCallStory(t))
	last := map[string]float64{}
	for _, s := range timeseries.Between(team, time.Time{}, team.Now()) {
		if name, ok := strings.CutPrefix(s.Class, catalogue.ClassOnCall); ok && s.Labels["type"] == "sprint" {
			last[s.Labels["sprint"]+" "+name] = s.Points[len(s.Points)-1].Value.Number()
		}
	}
	for id, name := range map[int64]string{1: "S1", 2: "S2"} {
		sp, err := team.Sprint(id, team.Now())
		if err != nil {
			t.Fatal(err)
		}
		f := sp.OnCall
		for _, figure := range []string{"callout.count", "callout.timespent", "callout.outofhours", "nights", "rest",
			"gap", "actionability"} {
			got, told := last[name+" "+figure]
			if want := onCallFigure(f, figure); told != (want != nil) || told && got != *want {
				t.Errorf("%s of %s: the series ends with %v, %v, the figure is %s", figure, name, got, told,
					storytest.Maybe(want))
			}
		}
	}
}

// TestSeriesOfOnCallAtEachStep: just before each point of a sprint's series, and at it, the figure as of that moment is
// what the series says. An issue becomes an impediment in the midst of a day and time is logged on it in another, and
// the one verdict is of the last day.
func TestSeriesOfOnCallAtEachStep(t *testing.T) {
	t.Parallel()
	h := onCallStory(t)
	issue := h.Issues[0]
	labelled := h.Sprints[0].Versions[0].Start.AddDate(0, 0, 2).Add(3 * time.Hour) // 4 November, 13:00
	issue.Labels = append(agile.Constant(issue.Created, []string(nil)),
		agile.Step[[]string]{From: agile.MomentOf(labelled), Value: []string{"impediment"}})
	for n := range h.OnCall.Callouts[:3] {
		h.OnCall.Callouts[n].Verdict = agile.Unjudged
	}
	h.Worklogs[0].Created = h.Worklogs[0].Started.Add(time.Hour)
	logged := labelled.Add(30 * time.Hour)
	h.Worklogs = append(h.Worklogs, agile.Worklog{ID: 2, Issue: issue.ID, Seconds: 60, Started: labelled.Add(time.Hour),
		Created: logged})
	team := measure.Of(h)
	compared := 0
	for _, s := range timeseries.Between(team, time.Time{}, team.Now()) {
		name, isOnCall := strings.CutPrefix(s.Class, catalogue.ClassOnCall)
		if !isOnCall || name == "gap" || s.Labels["sprint"] != "S1" {
			continue
		}
		moments := []time.Time{labelled.Add(-time.Second), labelled, logged.Add(-time.Second), logged}
		for _, p := range s.Points {
			moments = append(moments, series.Time(p.Tick).Add(-time.Second), series.Time(p.Tick))
		}
		for _, at := range moments {
			n := slices.IndexFunc(s.Points, func(p series.Point) bool { return series.Time(p.Tick).After(at) })
			if n < 0 {
				n = len(s.Points)
			}
			sp, err := team.Sprint(1, at)
			if err != nil {
				t.Fatal(err)
			}
			if sp.OnCall == nil {
				continue // before the sprint
			}
			compared++
			var got *float64 // nil where the series has not begun
			if n > 0 {
				value := s.Points[n-1].Value.Number()
				got = &value
			}
			if want := onCallFigure(sp.OnCall, name); storytest.Maybe(want) != storytest.Maybe(got) {
				t.Errorf("%s at %s: the series says %s, the figure is %s", name, at, storytest.Maybe(got),
					storytest.Maybe(want))
			}
		}
	}
	if compared < 20 {
		t.Errorf("%d moments were compared", compared)
	}
}

// onCallFigure is a figure by the name of its series, nil where it is not told.
func onCallFigure(f *unexpected.Figures, name string) *float64 {
	number := func(n int64) *float64 { v := float64(n); return &v }
	if f.Nights == nil && slices.Contains([]string{"callout.outofhours", "nights", "rest"}, name) {
		return nil
	}
	switch name {
	case "callout.count":
		return number(int64(f.Callouts))
	case "callout.timespent":
		return number(f.CountedSeconds)
	case "callout.outofhours":
		return number(int64(*f.OutOfHours))
	case "nights":
		return number(int64(*f.Nights))
	case "rest":
		return number(*f.RestSeconds)
	case "gap":
		return number(f.GapSeconds)
	}
	return f.Actionability
}

// TestNoSeriesOfOnCall: where nobody is on call there is none; where it would be one person's load, neither nights nor
// rest.
func TestNoSeriesOfOnCall(t *testing.T) {
	h := onCallStory(t)
	h.OnCall.Months[0].People = 2
	told := linesOf(measure.Of(h), timeseries.Pieces(measure.Of(h), h.Until))
	for _, name := range []string{"nights", "rest", "outofhours"} {
		if strings.Contains(told, name) {
			t.Errorf("%s of two people is told:\n%s", name, told)
		}
	}
	h.OnCall = nil
	if got := linesOf(measure.Of(h), timeseries.Pieces(measure.Of(h), h.Until)); got != "" {
		t.Errorf("where nobody is on call there is\n%s", got)
	}
}
