package summary

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/measure/internal/roadmap"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
)

// sentenceAt is the moment of the sentences: a Tuesday, at noon.
var sentenceAt = time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)

func saidDay(month time.Month, day int) *time.Time {
	at := time.Date(2026, month, day, 9, 0, 0, 0, time.UTC)
	return &at
}

func maybeOf[T any](x T) *T { return &x }

// toldForecast is a forecast that is whole: odds, dates and a deadline.
func toldForecast(state string, odds float64, deadline, p50, p85 string) *outlook.Forecast {
	return &outlook.Forecast{At: sentenceAt, State: state, Odds: &odds, Deadline: &deadline,
		Dates: outlook.LevelDates{P50: &p50, P85: &p85}}
}

func weekdays() calendar.Calendar { return storytest.NewHistory().Team.Calendar }

func TestVerdicts(t *testing.T) {
	with := func(f *outlook.Forecast, change func(*outlook.Forecast)) *outlook.Forecast {
		change(f)
		return f
	}
	for _, c := range []struct {
		name string
		f    *outlook.Forecast
		want string
	}{
		{"on track", toldForecast(outlook.StateOnTrack, 0.95, "2026-12-31", "2026-12-08", "2026-12-23"),
			"on track: over 95 % odds by 31 Dec 2026, 85 % by 23 Dec 2026; 8 Dec 2026 at even odds"},
		{"just below on track", toldForecast(outlook.StateAtRisk, 0.8499, "2026-12-31", "2026-12-24", "2027-01-01"),
			"at risk: 84 % odds by 31 Dec 2026, 85 % by 1 Jan 2027 (late by 1 working day); 24 Dec 2026 at even odds"},
		{"late at even odds", toldForecast(outlook.StateUnlikely, 0.2, "2026-12-31", "2027-01-04", "2027-01-20"),
			"unlikely: 20 % odds by 31 Dec 2026, 85 % by 20 Jan 2027; late by 2 working days at even " +
				"odds (4 Jan 2027)"},
		{"no odds", toldForecast(outlook.StateUnlikely, 0, "2026-11-17", "2026-11-18", "2026-11-19"),
			"unlikely: under 1 % odds by 17 Nov 2026, 85 % by 19 Nov 2026; late by 1 working day at even odds " +
				"(18 Nov 2026)"},
		{"deadline over", toldForecast(outlook.StateUnlikely, 0, "2026-11-13", "2026-11-17", "2026-11-19"),
			"not done by 13 Nov 2026; 85 % odds by 19 Nov 2026; late by 2 working days at even odds (17 Nov 2026)"},
		{"cannot tell", &outlook.Forecast{At: sentenceAt, State: outlook.StateUnknown, Deadline: maybeOf("2026-12-31"),
			Why: "cannot tell yet: 6 of 10 working days of history"},
			"cannot tell yet: 6 of 10 working days of history"},
		{"done", &outlook.Forecast{At: sentenceAt, State: outlook.StateDone, Deadline: maybeOf("2026-12-31")},
			"nothing is left"},
		{"all null", &outlook.Forecast{At: sentenceAt, State: outlook.StateUnknown},
			"no date can be told, not even at even odds: it lies too far ahead"},
		{"no deadline", with(toldForecast(outlook.StateUnknown, 0, "", "2026-12-08", "2026-12-23"),
			func(f *outlook.Forecast) { f.Odds, f.Deadline = nil, nil }),
			"85 % odds by 23 Dec 2026; 8 Dec 2026 at even odds"},
		{"no date within four horizons", with(toldForecast(outlook.StateUnlikely, 0.1, "2026-12-31", "", ""),
			func(f *outlook.Forecast) { f.Dates = outlook.LevelDates{} }),
			"unlikely: 10 % odds by 31 Dec 2026; no date can be told, not even at even odds: it lies too far ahead"},
		{"no 85 % date", with(toldForecast(outlook.StateAtRisk, 0.5, "2026-12-31", "2026-12-31", ""),
			func(f *outlook.Forecast) { f.Dates.P85 = nil }),
			"at risk: 50 % odds by 31 Dec 2026; 31 Dec 2026 at even odds, no 85 % date can be told: it lies too " +
				"far ahead"},
		{"moved later", with(toldForecast(outlook.StateOnTrack, 0.9, "2026-12-31", "2026-12-08", "2026-12-23"),
			func(f *outlook.Forecast) {
				f.Moved = &outlook.Moved{Since: sentenceAt.Add(-7 * 24 * time.Hour), Days: maybeOf(3), Worked: -2,
					Scope: 4,
					Pace:  1}
			}), "on track: 90 % odds by 31 Dec 2026, 85 % by 23 Dec 2026; 8 Dec 2026 at even odds; the 85 % date is " +
			"3 working days " +
			"later than on 10 Nov 2026 (work done and days gone by −2, scope +4, pace +1)"},
		{"moved earlier", with(toldForecast(outlook.StateOnTrack, 0.9, "2026-12-31", "2026-12-08", "2026-12-23"),
			func(f *outlook.Forecast) {
				f.Moved = &outlook.Moved{Since: sentenceAt.Add(-7 * 24 * time.Hour), Days: maybeOf(-1), Impediments: -1}
			}), "on track: 90 % odds by 31 Dec 2026, 85 % by 23 Dec 2026; 8 Dec 2026 at even odds; the 85 % date is " +
			"1 working day " +
			"earlier than on 10 Nov 2026 (impediments −1)"},
		{"not moved", with(toldForecast(outlook.StateOnTrack, 0.9, "2026-12-31", "2026-12-08", "2026-12-23"),
			func(f *outlook.Forecast) {
				f.Moved = &outlook.Moved{Since: sentenceAt.Add(-7 * 24 * time.Hour), Days: maybeOf(0), Scope: 1,
					Pace: -1}
			}), "on track: 90 % odds by 31 Dec 2026, 85 % by 23 Dec 2026; 8 Dec 2026 at even odds; the 85 % date has " +
			"not moved " +
			"since " +
			"10 Nov 2026"},
		{"move not told", with(toldForecast(outlook.StateOnTrack, 0.9, "2026-12-31", "2026-12-08", "2026-12-23"),
			func(f *outlook.Forecast) { f.Moved = &outlook.Moved{Since: sentenceAt} }),
			"on track: 90 % odds by 31 Dec 2026, 85 % by 23 Dec 2026; 8 Dec 2026 at even odds"},
	} {
		if got := Verdict(c.f, weekdays()); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// activeSprint is a sprint on its sixth day of ten.
func activeSprint(change func(*measure.Sprint)) *measure.Sprint {
	s := &measure.Sprint{SprintHead: measure.SprintHead{Name: "Sprint 7", State: agile.Active, Start: saidDay(11, 10),
		End: saidDay(11, 23)}, At: sentenceAt, Unit: agile.Points,
		WorkingDays: measure.WorkingDays{Elapsed: maybeOf(6), Total: maybeOf(10)},
		Ledger: &measure.Ledger{Commitment: 30,
			Remaining: 18}, Completed: maybeOf(12.0),
		ToDo: measure.Work{Estimate: 10, Issues: 2}, Doing: measure.Work{Estimate: 8,
			Issues: 1}, Issues: make([]measure.SprintIssue, 5), Quality: grade.Quality{Grade: grade.Whole}}
	change(s)
	return s
}

func TestSprintSentences(t *testing.T) {
	as := func(*measure.Sprint) {}
	close := func(s *measure.Sprint) { s.State, s.Complete = agile.Closed, saidDay(11, 16) }
	unlikely := toldForecast(outlook.StateUnlikely, 0.1, "2026-11-23", "2026-11-25", "2026-12-02")
	for _, c := range []struct {
		name string
		s    *measure.Sprint
		f    *outlook.Forecast
		want string
	}{
		{"active", activeSprint(as), unlikely,
			"Sprint 7, day 6 of 10: 12 points completed against a commitment of 30 points, 18 points remain in " +
				"3 open issues; " +
				"unlikely: 10 % odds by 23 Nov 2026, 85 % by 2 Dec 2026; late by 2 working days at even odds (25 " +
				"Nov 2026)."},
		{"cannot tell", activeSprint(as), &outlook.Forecast{State: outlook.StateUnknown,
			Why: "cannot tell yet: 6 of 10 working days of history"},
			"Sprint 7, day 6 of 10: 12 points completed against a commitment of 30 points, 18 points remain in " +
				"3 open issues; " +
				"cannot tell yet: 6 of 10 working days of history."},
		{"without a forecast", activeSprint(func(s *measure.Sprint) {
			s.Unit = agile.Seconds
			s.Ledger.Commitment, s.Ledger.Remaining, *s.Completed = 36000, 5400, 3600
		}), nil,
			"Sprint 7, day 6 of 10: 1 hour completed against a commitment of 10 hours, 1.5 hours remain in 3 " +
				"open issues."},
		{"one point", activeSprint(
			func(s *measure.Sprint) { s.Ledger.Remaining, s.ToDo.Issues, s.Doing.Issues = 1, 1, 0 }),
			nil, "Sprint 7, day 6 of 10: 12 points completed against a commitment of 30 points, 1 point " +
				"remains in 1 " +
				"open issue."},
		{"issues are counted", activeSprint(func(s *measure.Sprint) {
			s.Unit = agile.Issues
			s.Ledger.Commitment, s.Ledger.Remaining, *s.Completed = 4, 3, 1
		}), nil,
			"Sprint 7, day 6 of 10: 1 issue completed against a commitment of 4 issues, 3 issues remain."},
		{"nothing committed, nothing open", activeSprint(func(s *measure.Sprint) {
			s.Ledger = &measure.Ledger{}
			s.ToDo, s.Doing, *s.Completed = measure.Work{}, measure.Work{}, 0
		}),
			&outlook.Forecast{State: outlook.StateDone},
			"Sprint 7, day 6 of 10: 5 issues in this sprint, each estimated at 0; 0 of 5 issues are done."},
		{"the only issue at 0", activeSprint(func(s *measure.Sprint) {
			s.Ledger, s.Issues = &measure.Ledger{}, s.Issues[:1]
			s.ToDo, s.Doing, *s.Completed = measure.Work{}, measure.Work{}, 0
		}), nil,
			"Sprint 7, day 6 of 10: 1 issue in this sprint, each estimated at 0; 0 of 1 issue is done."},
		{"past its end", activeSprint(func(s *measure.Sprint) { s.End = saidDay(11, 13) }), nil,
			"Sprint 7, past its planned end of 13 Nov 2026: 12 points completed against a commitment of 30 " +
				"points, 18 points " +
				"remain in 3 open issues."},
		{"no end", activeSprint(func(s *measure.Sprint) { s.End, s.WorkingDays = nil, measure.WorkingDays{} }), nil,
			"Sprint 7: 12 points completed against a commitment of 30 points, 18 points remain in 3 open issues."},
		{"closed", activeSprint(close), nil,
			"Sprint 7 was closed on 16 Nov 2026: 12 points completed against a commitment of 30 points, 18 " +
				"points remained in " +
				"3 open issues."},
		{"closed, all done", activeSprint(func(s *measure.Sprint) {
			close(s)
			s.ToDo, s.Doing = measure.Work{},
				measure.Work{}
		}), nil,
			"Sprint 7 was closed on 16 Nov 2026: 12 points completed against a commitment of 30 points, nothing " +
				"remained."},
		{"closed, never started", activeSprint(func(s *measure.Sprint) { close(s); s.Ledger, s.Completed = nil, nil }),
			nil, "Sprint 7 was closed without a start: nothing was counted."},
		{"active without a start", activeSprint(func(s *measure.Sprint) {
			s.Ledger, s.Completed, s.Start = nil, nil,
				nil
		}), nil, "Sprint 7 has no start date: nothing can be counted."},
		{"planned", activeSprint(func(s *measure.Sprint) {
			s.State, s.Start, s.Ledger = agile.Future, saidDay(11, 24),
				nil
		}), nil,
			"Sprint 7 is planned to start on 24 Nov 2026: it holds 5 issues."},
		{"planned, not started", activeSprint(func(s *measure.Sprint) { s.State, s.Ledger = agile.Future, nil }), nil,
			"Sprint 7 was planned to start on 10 Nov 2026 and was not started: it holds 5 issues."},
		{"planned without a date", activeSprint(func(s *measure.Sprint) {
			s.State, s.Start, s.Ledger = agile.Future, nil,
				nil
			s.Issues = nil
		}), nil,
			"Sprint 7 is planned without a start date: it holds 0 issues."},
		{"limited", activeSprint(func(s *measure.Sprint) {
			close(s)
			s.Ledger = nil
			s.Quality = grade.Quality{Grade: grade.Limited, Reasons: []string{"the issues were not read"}}
		}), nil,
			"Sprint 7 was closed without a start: nothing was counted (limited: the issues were not read)."},
	} {
		if got := SprintSentence(c.s, c.f, weekdays()); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestQuarterSentences(t *testing.T) {
	quarter := func(change func(*measure.Quarter)) *measure.Quarter {
		q := &measure.Quarter{Quarter: "Q4-26", Start: "2026-10-01", End: "2026-12-31", Unit: agile.Points, Total: 40,
			Done: 18, Remaining: 22,
			Epics: []measure.QuarterEpic{{Issues: 6}, {Issues: 2}}, Quality: grade.Quality{Grade: grade.Whole}}
		change(q)
		return q
	}
	as := func(*measure.Quarter) {}
	f := func() *outlook.Forecast {
		return toldForecast(outlook.StateOnTrack, 0.95, "2026-12-31", "2026-12-08", "2026-12-23")
	}
	unestimated := f()
	unestimated.Unestimated = maybeOf(3)
	after := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		q    *measure.Quarter
		f    *outlook.Forecast
		at   time.Time
		want string
	}{
		{"on track", quarter(as), f(), sentenceAt,
			"Q4-26: 18 of 40 points done, 22 points left; on track: over 95 % odds by 31 Dec 2026, 85 % by 23 " +
				"Dec 2026; 8 Dec 2026 at even odds."},
		{"unestimated", quarter(as), unestimated, sentenceAt,
			"Q4-26: 18 of 40 points done, 22 points left, 3 open issues without an estimate; on track: over 95 " +
				"% odds by 31 Dec " +
				"2026, 85 % by 23 Dec 2026; 8 Dec 2026 at even odds."},
		{"done", quarter(func(q *measure.Quarter) { q.Done, q.Remaining = 40, 0 }),
			&outlook.Forecast{State: outlook.StateDone,
				Unestimated: maybeOf(0)}, sentenceAt, "Q4-26: 40 of 40 points done, nothing remains."},
		{"estimates done", quarter(func(q *measure.Quarter) { q.Done, q.Remaining = 40, 0 }), unestimated, sentenceAt,
			"Q4-26: 40 of 40 points done, 0 points left, 3 open issues without an estimate; on track: over 95 % odds " +
				"by 31 Dec " +
				"2026, 85 % by 23 Dec 2026; 8 Dec 2026 at even odds."},
		{"nothing estimated", quarter(func(q *measure.Quarter) { q.Total, q.Done, q.Remaining = 0, 0, 0 }), unestimated,
			sentenceAt,
			"Q4-26: nothing in its 2 epics is estimated above 0, 3 open issues without an estimate; on track: " +
				"over 95 % odds by 31 " +
				"Dec 2026, 85 % by 23 Dec 2026; 8 Dec 2026 at even odds."},
		{"without a forecast", quarter(as), nil, sentenceAt, "Q4-26: 18 of 40 points done, 22 points left."},
		{"no epics", quarter(func(q *measure.Quarter) { q.Epics = nil }), &outlook.Forecast{State: outlook.StateDone},
			sentenceAt, "No epic belongs to Q4-26."},
		{"empty epics", quarter(func(q *measure.Quarter) { q.Epics = make([]measure.QuarterEpic, 1) }),
			&outlook.Forecast{State: outlook.StateDone}, sentenceAt, "Q4-26: no issue belongs to its 1 epic."},
		{"last moment before its end", quarter(as), nil, after.Add(-2 * time.Microsecond),
			"Q4-26: 18 of 40 points done, 22 points left."},
		{"over", quarter(as), f(), after, "Q4-26 is over: 18 of 40 points done, 22 points left."},
		{"its last instant", quarter(as), f(), after.Add(-time.Microsecond),
			"Q4-26 is over: 18 of 40 points done, 22 points left."},
		{"over and done", quarter(func(q *measure.Quarter) { q.Done, q.Remaining = 40, 0 }), f(), after,
			"Q4-26 is over: 40 of 40 points done."},
		{"limited", quarter(func(q *measure.Quarter) {
			q.Epics = nil
			q.Reasons.Add(grade.OnWork, grade.Limited, "K-1 was not received")
			q.Reasons.Add(grade.OnPace, grade.Limited, "2 of 5 issues of the last sprints without an estimate")
			q.Quality = q.Reasons.Whole()
		}), nil, sentenceAt,
			"No epic belongs to Q4-26 (limited: K-1 was not received)."},
	} {
		if got := QuarterSentence(c.q, c.f, c.at, weekdays()); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestFlowSentences(t *testing.T) {
	figures := func(p85 *int, measured, wip int) *flow.Flow {
		return &flow.Flow{From: "2026-08-20", To: "2026-11-17", CycleTime: flow.CycleTime{P85: p85, Measured: measured},
			WIP: flow.WIP{Count: wip}}
	}
	for _, c := range []struct {
		f    *flow.Flow
		late []flow.LateIssue
		want string
	}{
		{figures(nil, 0, 0), nil,
			"Nothing that was in progress was finished from 20 Aug 2026 to 17 Nov 2026; nothing is in progress."},
		{figures(maybeOf(1), 1, 2), nil,
			"1 issue that was in progress was finished from 20 Aug 2026 to 17 Nov 2026, and took 1 day; 2 in " +
				"progress, none " +
				"late."},
		{figures(maybeOf(9), 81, 10), []flow.LateIssue{{Issue: "K-3"}},
			"At least 85 % of the 81 issues finished from 20 Aug 2026 to 17 Nov 2026 took 9 days or less; 10 in " +
				"progress, 1 " +
				"late: K-3."},
		{figures(maybeOf(9), 81, 10), []flow.LateIssue{{Issue: "K-3"}, {Issue: "K-1"}},
			"At least 85 % of the 81 issues finished from 20 Aug 2026 to 17 Nov 2026 took 9 days or less; 10 in " +
				"progress, 2 " +
				"late, K-3 the longest in progress."},
	} {
		if got := FlowSentence(c.f, c.late); got != c.want {
			t.Errorf("%s\nwant\n%s", got, c.want)
		}
	}
	for _, c := range []struct {
		board   *agile.Board
		unknown bool
		want    string
	}{
		{nil, true, "The list of sprints was not read: whether one is active cannot be told."},
		{nil, false, "The team has no board, so it has no sprints."},
		{&agile.Board{Kind: agile.Kanban}, false, "A Kanban board has no sprints."},
		{&agile.Board{Kind: agile.Scrum}, false, "No sprint is active."},
	} {
		if got := NoSprintSentence(c.board, c.unknown); got != c.want {
			t.Errorf("%s\nwant\n%s", got, c.want)
		}
	}
}

// TestStatus: the figures of a status are those of the answers, and its sentences are said of them.
func TestStatus(t *testing.T) {
	at := storytest.SteadyStart.AddDate(0, 4, 0)
	h := storytest.SteadyTeam(at, 3, 5, -1)
	h.Issues[1].Labels = agile.Constant(h.Issues[1].Created, []string{"Q2-26"})
	team := measure.Of(h)
	status, err := StatusAt(team, at)
	if err != nil {
		t.Fatal(err)
	}
	f, err := outlook.Ask(team, outlook.Question{Quarter: &roadmap.QuarterName{Number: 2, Year: 2026}}, at)
	if err != nil {
		t.Fatal(err)
	}
	q := status.Quarter
	if q.Quarter != "Q2-26" || q.Remaining != 8 || q.State != f.State || *q.Odds != *f.Odds ||
		*q.Date85 != *f.Dates.P85 || *q.TrendDays != *f.Moved.Days {
		t.Errorf("%+v beside %+v", q, f)
	}
	if want := "Q2-26: 0 of 8 points done, 8 points left, 1 open issue without an estimate; on track: over 95 % " +
		"odds by 30 Jun 2026, "; !strings.HasPrefix(status.Sentences.Quarter, want) {
		t.Errorf("%s\nwant %s", status.Sentences.Quarter, want)
	}
	from, to := flow.DefaultDates(team, at)
	figures := flow.Measure(team, at, from, to)
	if status.Flow.CycleTime85 == nil || *status.Flow.CycleTime85 != *figures.CycleTime.P85 ||
		status.Flow.WIP != figures.WIP.Count || status.Flow.Late != len(flow.Late(team, at)) {
		t.Errorf("%+v", status.Flow)
	}
	later, err := StatusAt(team, at.AddDate(0, 3, 0))
	if err != nil || later.Quarter.State != outlook.StateUnknown ||
		!strings.HasPrefix(later.Sentences.Quarter, "No epic belongs to Q3-26") {
		t.Errorf("a quarter without epics: %+v, %v", later, err)
	}
}

// TestStatusOfAnything: whatever the history, each sentence is whole and of what is known at its moment.
func TestStatusOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.GenerateHistory(t)
		at := storytest.GeneratedStart.Add(time.Duration(rapid.IntRange(-60, 110).Draw(t, "asked")) * time.Hour)
		status, err := StatusAt(measure.Of(h), at)
		if err != nil {
			t.Fatal(err)
		}
		past, err := StatusAt(measure.Of(storytest.KnownAt(h, at)), at)
		if err != nil {
			t.Fatal(err)
		}
		if status.Sentences != past.Sentences {
			t.Fatalf("what comes later changes the words: %+v\n%+v", status.Sentences, past.Sentences)
		}
		for _, said := range []string{status.Sentences.Sprint, status.Sentences.Quarter, status.Sentences.Flow} {
			if !strings.HasSuffix(said, ".") || strings.Contains(said, "%!") || strings.Contains(said, "NaN") ||
				strings.Contains(said, "..") {
				t.Fatalf("%q", said)
			}
		}
	})
}

// TestStatusBetweenSprints: where none is active, the one that was closed last is told, whatever the order of starts.
func TestStatusBetweenSprints(t *testing.T) {
	at := storytest.SteadyStart.AddDate(0, 2, 0)
	h := storytest.SteadyTeam(at)
	closed := func(id int64, name string, start, complete int) agile.Sprint {
		from := storytest.SteadyStart.AddDate(0, 0, start)
		return agile.Sprint{ID: id, Versions: []agile.SprintVersion{{Seen: storytest.SteadyStart, Name: name,
			State: agile.Closed, Start: from, End: from.AddDate(0, 0, 11),
			Complete: storytest.SteadyStart.AddDate(0, 0, complete)}}}
	}
	h.Sprints = []agile.Sprint{closed(1, "Long", 0, 40), closed(2, "Short", 14, 25)}
	status, err := StatusAt(measure.Of(h), at)
	if err != nil {
		t.Fatal(err)
	}
	if want := " Long was closed on 14 Feb 2026: "; !strings.Contains(status.Sentences.Sprint, want) ||
		len(status.Sprints) != 0 {
		t.Errorf("%s\nwant%s", status.Sentences.Sprint, want)
	}
}
