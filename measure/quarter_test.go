package measure_test

import (
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/track"
	"jerem/measure/storytest"
)

// genQuarter is the quarter of generated histories: it begins on 1 November 2026.
var genQuarter = roadmap.QuarterName{Number: 4, Year: 2026}

// recountQuarter sums up total and done of generated histories straight from the timelines.
func recountQuarter(h *agile.History, at time.Time) (total, done float64) {
	byID := map[int64]*agile.Issue{}
	for _, i := range h.Issues {
		byID[i.ID] = i
	}
	begin := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	isDone := func(i *agile.Issue, at time.Time) bool {
		status := i.Status.At(at)
		return !i.Created.After(at) && (status == "6" || status == "77" && i.Resolution.At(at) != "")
	}
	level := func(i *agile.Issue) int { return h.Types[i.Type.At(at)].Level }
	epicOf := func(i *agile.Issue) *agile.Issue {
		if p := byID[i.Parent.At(at)]; p != nil && level(p) == 1 {
			return p
		}
		id, _ := strconv.ParseInt(i.EpicLink.At(at), 10, 64)
		return byID[id]
	}
	for _, i := range h.Issues {
		epic, parent := epicOf(i), byID[i.Parent.At(at)]
		if i.Created.After(at) || level(i) > 0 || level(i) < 0 && h.Board.Unit() != agile.Seconds {
			continue
		}
		if level(i) < 0 && parent != nil && !parent.Created.After(at) {
			epic = epicOf(parent)
		}
		if epic == nil || epic.Created.After(at) || level(epic) != 1 || !storytest.InScope(h, epic, at) {
			continue
		}
		labels := epic.Labels.At(at)
		if !slices.Contains(labels, "Q4-26") {
			continue
		}
		if slices.Contains(labels, "Q3-26") {
			still := true
			for m := begin; !m.After(at); m = m.Add(time.Hour) {
				still = still && isDone(i, m)
			}
			if still && isDone(i, at) {
				continue
			}
		}
		e := 1.0
		if h.Board.Estimate != "" {
			n := i.Numbers.Of(h.Board.Estimate).At(at)
			e = n.Value
			if !n.Known {
				e = 0
			}
		}
		total += e
		if isDone(i, at) {
			done += e
		}
	}
	return total, done
}

// TestQuarterRecount: the figures of a quarter, and its series, are what a recount gives at any moment.
func TestQuarterRecount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		team := measure.Of(h)
		end := storytest.GeneratedStart.Add(200 * time.Hour)
		tracks := map[string]track.Track{}
		for n, tr := range team.Roadmap.Tracks(team.Roadmap.Span(genQuarter), end) {
			tracks[[]string{"total", "done", "doing", "todo", "remaining"}[n]] = tr
		}
		for n := -35; n < 120; n += 5 {
			at := storytest.GeneratedStart.Add(time.Duration(n) * time.Hour)
			q := team.Quarter(genQuarter, at)
			total, done := recountQuarter(h, at)
			if math.Abs(q.Total-total) > 1e-9 || math.Abs(q.Done-done) > 1e-9 {
				t.Fatalf("at %v: total %v done %v, recount %v and %v", at, q.Total, q.Done, total, done)
			}
			checkQuarter(t, q)
			for class, want := range map[string]float64{"total": q.Total, "done": q.Done, "doing": q.Doing,
				"todo": q.ToDo, "remaining": q.Remaining} {
				tr := tracks[class]
				if got := tr.Value(at); math.Abs(got-want) > 1e-9 {
					t.Fatalf("at %v: the series %s is at %v, the figure %v", at, class, got, want)
				}
			}
		}
	})
}

// TestBurnup: each day of a burnup is the quarter as of the end of that day, the last one as of the moment.
func TestBurnup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(storytest.GenerateHistory(t))
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-40, 120).Draw(t, "hours")) * time.Hour)
		days := team.Burnup(genQuarter, at)
		if begun := !at.Before(team.Roadmap.Span(genQuarter).From); begun != (len(days) > 0) {
			t.Fatalf("%d days at %v", len(days), at)
		}
		for n, d := range days {
			end := d.Date.Add(1).Midnight(time.UTC).Add(-time.Microsecond)
			if n+1 == len(days) {
				end = at
			}
			if q := team.Quarter(genQuarter, end); math.Abs(q.Total-d.Total) > 1e-6 || math.Abs(q.Done-d.Done) > 1e-6 {
				t.Fatalf("%v: %v of %v, the quarter at %v says %v of %v", d.Date, d.Done, d.Total, end, q.Done, q.Total)
			}
		}
	})
}

// TestEpicBurnups: on each day the epics of a quarter add up to its burnup, and on the last one each is what the
// quarter tells of it.
func TestEpicBurnups(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := measure.Of(storytest.GenerateHistory(t))
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-40, 120).Draw(t, "hours")) * time.Hour)
		epics, last := measure.EpicBurnups(team, genQuarter, at), map[string]measure.BurnupDay{}
		for n, day := range team.Burnup(genQuarter, at) {
			total, done := 0.0, 0.0
			for _, epic := range epics {
				total, done = total+epic.Days[n].Total, done+epic.Days[n].Done
				last[epic.Key] = epic.Days[n]
			}
			if math.Abs(total-day.Total) > 1e-6 || math.Abs(done-day.Done) > 1e-6 {
				t.Fatalf("%v: the epics hold %v of %v, the quarter %v of %v", day.Date, done, total, day.Done,
					day.Total)
			}
		}
		if len(last) == 0 {
			return
		}
		for _, epic := range team.Quarter(genQuarter, at).Epics {
			if is := last[epic.Key]; math.Abs(is.Total-epic.Total) > 1e-6 || math.Abs(is.Done-epic.Done) > 1e-6 {
				t.Fatalf("%s at %v: %v of %v, the quarter tells %v of %v", epic.Key, at, is.Done, is.Total, epic.Done,
					epic.Total)
			}
		}
	})
}

// TestEpicBurnupOfMovedIssue: from the day on which an issue moves, its part is the other epic's.
func TestEpicBurnupOfMovedIssue(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2026-11-12", `
E-1 2026-09-01T10:00 type=epic labels=Q4-26
E-2 2026-09-01T10:00 type=epic labels=Q4-26
K-1 2026-09-02T10:00 epic=E-1 points=4
  2026-11-10T10:00 epic=E-2
K-2 2026-09-02T10:00 epic=E-1 points=1`))
	list := measure.EpicBurnups(team, genQuarter, team.Now())
	if len(list) != 2 || list[0].Key != "E-1" || list[1].Key != "E-2" {
		t.Fatalf("%+v", list)
	}
	const before, since = 39, 40 // places of 9 and 10 November among the days from 1 October
	for n, want := range []float64{5, 1} {
		if got := list[0].Days[[]int{before, since}[n]].Total; got != want {
			t.Errorf("E-1: %v, want %v", got, want)
		}
	}
	for n, want := range []float64{0, 4} {
		if got := list[1].Days[[]int{before, since}[n]].Total; got != want {
			t.Errorf("E-2: %v, want %v", got, want)
		}
	}
}

// TestEpicBurnupsOfOthers: an epic to which an issue of the quarter went, and which never was of the quarter, is not
// among its burnups.
func TestEpicBurnupsOfOthers(t *testing.T) {
	team := measure.Of(storytest.Read(t, "until 2026-11-12", `
E-1 2026-09-01T10:00 type=epic labels=Q4-26
E-2 2026-09-01T10:00 type=epic labels=Q3-26
K-1 2026-09-02T10:00 epic=E-1 points=4
  2026-11-10T10:00 epic=E-2`))
	list := measure.EpicBurnups(team, genQuarter, team.Now())
	if len(list) != 1 || list[0].Key != "E-1" {
		t.Errorf("%+v", list)
	}
}

// checkQuarter: a quarter is the sum of its epics, and each is the sum of its parts.
func checkQuarter(t *rapid.T, q *measure.Quarter) {
	near := func(what string, a, b float64) {
		if math.Abs(a-b) > 1e-6 {
			t.Fatalf("%s: %s %v and %v", q.At, what, a, b)
		}
	}
	var total, done, doing, todo float64
	for _, e := range q.Epics {
		near(e.Key, e.Total, e.Done+e.Doing+e.ToDo)
		total, done, doing, todo = total+e.Total, done+e.Done, doing+e.Doing, todo+e.ToDo
	}
	near("total", q.Total, total)
	near("done", q.Done, done)
	near("doing", q.Doing, doing)
	near("to do", q.ToDo, todo)
	near("parts", q.Total, q.Done+q.Doing+q.ToDo)
	near("remaining", q.Remaining, q.Total-q.Done)
	if (q.Progression == nil) != (q.Total == 0) || q.Progression != nil && (*q.Progression < 0 || *q.Progression > 1) {
		t.Fatalf("%s: progression %s of %v", q.At, storytest.Maybe(q.Progression), q.Total)
	}
	if (q.DaysToComplete == nil) != (q.SlackDays == nil) || q.SlackDays != nil &&
		*q.SlackDays != q.WorkingDaysLeft-*q.DaysToComplete {
		t.Fatalf("%s: %d days left, %s to complete, slack %s", q.At, q.WorkingDaysLeft,
			storytest.Maybe(q.DaysToComplete), storytest.Maybe(q.SlackDays))
	}
	if n := len(q.Weekly); n > 0 && q.Weekly[n-1] != (measure.Week{q.Weekly[n-1].Week, q.Total, q.Done}) {
		t.Fatalf("%s: the last week is %v, the quarter at %v and %v", q.At, q.Weekly[n-1], q.Total, q.Done)
	}
}

// TestQuarterNames: labels, dates, and a year that does not begin in January.
func TestQuarterNames(t *testing.T) {
	for text, want := range map[string]string{"Q1-27": "Q1-27", "q4-26": "Q4-26", "Q5-26": "", "Q4-2026": "", "": ""} {
		if q, ok := roadmap.ParseQuarter(text); ok != (want != "") || ok && q.String() != want {
			t.Errorf("%q is %v %v", text, q, ok)
		}
	}
	h := storytest.NewHistory()
	for month, want := range map[time.Month]string{time.January: "2026-10-01 2026-12-31",
		time.April: "2027-01-01 2027-03-31", time.February: "2026-11-01 2027-01-31"} {
		h.Team.Quarter.FirstMonth = month
		first, last := measure.Of(h).Roadmap.Dates(roadmap.QuarterName{Number: 4, Year: 2026})
		if got := first.String() + " " + last.String(); got != want {
			t.Errorf("first month %v: %s, want %s", month, got, want)
		}
	}
	h.Team.Quarter.FirstMonth = time.April
	for day, want := range map[string]string{"2026-03-31T23:59:59Z": "Q4-25", "2026-04-01T00:00:00Z": "Q1-26",
		"2027-01-01T00:00:00Z": "Q4-26"} {
		at, _ := time.Parse(time.RFC3339, day)
		if got := measure.Of(h).Roadmap.QuarterAt(at).String(); got != want {
			t.Errorf("%s lies in %s, want %s", day, got, want)
		}
	}
}
