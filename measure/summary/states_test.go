package summary

import (
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
)

// stateAt is the moment of the states: Monday 9 November 2026, 10:00.
var stateAt = time.Date(2026, 11, 9, 10, 0, 0, 0, time.UTC)

// sprintOf is a sprint of the days from and to of November 2026, begun at 09:00, due at 18:00.
func sprintOf(id int64, name string, from, to int) agile.Sprint {
	return agile.Sprint{ID: id, Versions: []agile.SprintVersion{{Seen: storytest.SteadyStart, Name: name,
		State: agile.Active, Start: time.Date(2026, 11, from, 9, 0, 0, 0, time.UTC),
		End: time.Date(2026, 11, to, 18, 0, 0, 0, time.UTC)}}}
}

func setSprint(s agile.Sprint, change func(*agile.SprintVersion)) agile.Sprint {
	change(&s.Versions[0])
	return s
}

// TestSprintStatusWithoutVerdict: of a sprint without estimates the status tells neither odds nor a date, of one past
// its planned end, be it by an hour, no odds of a day that is over.
func TestSprintStatusWithoutVerdict(t *testing.T) {
	stand := func(end time.Time, open ...float64) SprintStatus {
		h := storytest.SteadyTeam(stateAt, open...)
		h.Until = stateAt
		h.Sprints = []agile.Sprint{setSprint(sprintOf(7, "Seven", 2, 13), func(v *agile.SprintVersion) { v.End = end })}
		for _, i := range h.Issues[2 : 2+len(open)] {
			i.Sprints = agile.Constant(i.Created, []int64{7})
		}
		status, err := StatusAt(measure.Of(h), stateAt)
		if err != nil || len(status.Sprints) != 1 {
			t.Fatal(status, err)
		}
		if status.Sprints[0].Odds == nil && strings.Contains(status.Sentences.Sprint, " % by ") {
			t.Errorf("odds are said and not told: %s", status.Sentences.Sprint)
		}
		return status.Sprints[0]
	}
	later := stateAt.AddDate(0, 0, 4)
	if s := stand(later, 5, 8); s.Odds == nil || s.Date85 == nil || s.State == outlook.StateUnknown {
		t.Errorf("a sprint with estimates: %+v", s)
	}
	if s := stand(later, -1, -1); s.Odds != nil || s.Date85 != nil || s.State != outlook.StateUnknown {
		t.Errorf("a sprint without estimates: %+v", s)
	}
	for _, end := range []time.Time{stateAt.AddDate(0, 0, -3), stateAt.Add(-time.Hour)} {
		if s := stand(end, 5, 8); s.Odds != nil || s.Date85 == nil {
			t.Errorf("a sprint that was to end at %v, as of %v: %+v", end, stateAt, s)
		}
	}
}

// TestSentencesOfStates: what is said of a team in each state that it may be in, from the history on; each of these
// sentences was read by hand and is true of its history.
func TestSentencesOfStates(t *testing.T) {
	for _, c := range []struct {
		name                  string
		history               func() *agile.History
		sprint, quarter, flow string
	}{
		{"nothing at all", storytest.NewHistory,
			"No sprint is active.",
			"No epic belongs to Q4-26.",
			"Nothing that was in progress was finished from 12 Aug 2026 to 9 Nov 2026; nothing is in " +
				"progress."},
		{"the list of sprints never read", func() *agile.History {
			h := storytest.NewHistory()
			h.Gaps = []agile.Gap{{Source: agile.SourceSprints, Code: agile.GapRefused,
				Since: stateAt.AddDate(0, 0, -1)}}
			return h
		},
			"The list of sprints was not read: whether one is active cannot be told.",
			"No epic belongs to Q4-26.",
			"Nothing that was in progress was finished from 12 Aug 2026 to 9 Nov 2026; nothing is in " +
				"progress."},
		{"without a board", func() *agile.History {
			h := storytest.SteadyTeam(stateAt)
			h.Board = nil
			return h
		},
			"The team has no board, so it has no sprints.",
			"Q4-26: no issue belongs to its 1 epic.",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"less than ten working days of history", func() *agile.History {
			h := storytest.SteadyTeam(stateAt, 8)
			for _, i := range h.Issues[3:] {
				i.Status = agile.Constant(i.Created, "1")
			}
			for n, i := range h.Issues[3:9] {
				finish := time.Date(2026, 11, []int{2, 3, 4, 5, 6, 6}[n], 15, 0, 0, 0, time.UTC)
				storytest.Become(&i.Status, finish.Add(-time.Hour), "3")
				storytest.Become(&i.Status, finish, "6")
			}
			return h
		},
			"No sprint is active.",
			"Q4-26: 0 of 8 points done, 8 points left; cannot tell yet: 5 of 10 working days of history.",
			"At least 85 % of the 6 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"nothing is estimated", func() *agile.History { return storytest.SteadyTeam(stateAt, -1, -1) },
			"No sprint is active.",
			"Q4-26: nothing in its 1 epic is estimated above 0, 2 open issues without an estimate; on track: " +
				"over 95 % odds by 31 Dec 2026, 85 % by 12 Nov 2026; 10 Nov 2026 at even odds; the 85 % date is 5 " +
				"working days later than on 2 Nov 2026 (work done and days gone by +5) (limited: 2 of 2 issues " +
				"without an estimate).",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"all done but one of 0 points", func() *agile.History {
			h := storytest.SteadyTeam(stateAt, 5, 0)
			storytest.Become(&h.Issues[2].Status, stateAt.AddDate(0, 0, -3), "6")
			h.Sprints = []agile.Sprint{sprintOf(7, "Seven", 2, 13)}
			h.Issues[3].Sprints = agile.Constant(h.Issues[3].Created, []int64{7})
			return h
		},
			"Seven, day 6 of 10: 1 issue in this sprint, each estimated at 0; 0 of 1 issue is done.",
			"Q4-26: 5 of 5 points done, 1 open issue of 0 points.",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"all done", func() *agile.History {
			h := storytest.SteadyTeam(stateAt, 5)
			storytest.Become(&h.Issues[2].Status, stateAt.AddDate(0, 0, -3), "6")
			h.Sprints = []agile.Sprint{sprintOf(7, "Seven", 2, 13)}
			h.Issues[2].Sprints = agile.Constant(h.Issues[2].Created, []int64{7})
			return h
		},
			"Seven, day 6 of 10: 5 points completed against a commitment of 5 points, nothing remains.",
			"Q4-26: 5 of 5 points done, nothing remains.",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"two sprints, one past its end", func() *agile.History {
			h := storytest.SteadyTeam(stateAt, 5, 8)
			h.Sprints = []agile.Sprint{sprintOf(7, "Seven", 2, 6), sprintOf(8, "Eight", 6, 13)}
			h.Issues[2].Sprints = agile.Constant(h.Issues[2].Created, []int64{7})
			h.Issues[3].Sprints = agile.Constant(h.Issues[3].Created, []int64{7, 8})
			return h
		},
			"Eight, day 2 of 6: 0 points completed against a commitment of 8 points, 8 points remain in 1 open " +
				"issue; at risk: 69 % odds by 13 Nov 2026, 85 % by 17 Nov 2026 (late by 2 working days); 12 Nov " +
				"2026 at even odds; the 85 % date is 5 working days later than on 2 Nov 2026 (work done " +
				"and days " +
				"gone by +5). 1 other sprint is active. Seven, past its planned end of 6 Nov 2026: 0 points " +
				"completed against a commitment of 13 points, 13 points remain in 2 open issues; not done by 6 " +
				"Nov 2026; 85 % odds by 24 Nov 2026; late by 7 working days at even odds (17 Nov 2026); the 85 % " +
				"date is 5 working days later than on 2 Nov 2026 (work done and days gone by +5).",
			"Q4-26: 0 of 13 points done, 13 points left; on track: over 95 % odds by 31 Dec 2026, 85 % by 24 Nov 2026" +
				"; 17 Nov 2026 at even odds; the 85 % date is 5 working days later than on 2 Nov 2026 (work " +
				"done and days gone by +5).",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"a sprint without an issue", func() *agile.History {
			h := storytest.SteadyTeam(stateAt)
			h.Sprints = []agile.Sprint{sprintOf(7, "Seven", 2, 13)}
			return h
		},
			"Seven, day 6 of 10: no issue stands in this sprint.",
			"Q4-26: no issue belongs to its 1 epic.",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"before the start", func() *agile.History {
			h := storytest.SteadyTeam(stateAt, 5)
			h.Sprints = []agile.Sprint{setSprint(sprintOf(7, "Seven", 10, 20), func(v *agile.SprintVersion) {
				v.State = agile.Future
			})}
			return h
		},
			"No sprint is active.",
			"Q4-26: 0 of 5 points done, 5 points left; on track: over 95 % odds by 31 Dec 2026, 85 % by 16 Nov 2026" +
				"; 11 Nov 2026 at even odds; the 85 % date is 5 working days later than on 2 Nov 2026 (work " +
				"done and days gone by +5).",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"a Kanban board that counts issues", func() *agile.History {
			h := storytest.SteadyTeam(stateAt, 5)
			h.Board.Kind, h.Board.Estimate = agile.Kanban, ""
			return h
		},
			"A Kanban board has no sprints.",
			"Q4-26: 0 of 1 issue done, 1 issue left; on track: over 95 % odds by 31 Dec 2026, 85 % by 10 Nov 2026" +
				"; 9 Nov 2026 at even odds; the 85 % date is 5 working days later than on 2 Nov 2026 (work done " +
				"and days gone by +5).",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"too far ahead", func() *agile.History { return storytest.SteadyTeam(stateAt, 9000) },
			"No sprint is active.",
			"Q4-26: 0 of 9\u202f000 points done, 9\u202f000 points left; unlikely: under 1 % odds by 31 Dec 2026; " +
				"no date can be told, not even at even odds: it lies too far ahead.",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
		{"an epic without issues", func() *agile.History { return storytest.SteadyTeam(stateAt) },
			"No sprint is active.",
			"Q4-26: no issue belongs to its 1 epic.",
			"At least 85 % of the 63 issues finished from 12 Aug 2026 to 9 Nov 2026 took 1 day or less; " +
				"nothing is in progress."},
	} {
		h := c.history()
		h.Until = stateAt
		status, err := StatusAt(measure.Of(h), stateAt)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for _, one := range [][2]string{{status.Sentences.Sprint, c.sprint}, {status.Sentences.Quarter, c.quarter},
			{status.Sentences.Flow, c.flow}} {
			if one[0] != one[1] {
				t.Errorf("%s:\n%q\nwant\n%q", c.name, one[0], one[1])
			}
		}
	}
}
