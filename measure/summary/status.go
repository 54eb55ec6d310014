package summary

import (
	"fmt"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/measure/outlook"
)

// Status is how a team stands as of a moment, in a sentence for each page and a few figures. What cannot be known is
// nil, never 0.
type Status struct {
	Team      string         `json:"team"`
	At        time.Time      `json:"at"`
	Unit      agile.Unit     `json:"unit"`
	Sentences Sentences      `json:"sentences"`
	Sprints   []SprintStatus `json:"sprints"` // the active ones, by start
	Quarter   QuarterStatus  `json:"quarter"` // that of the moment
	Flow      FlowStatus     `json:"flow"`
}

// Sentences are those of a team's pages.
type Sentences struct {
	Sprint  string `json:"sprint"` // one sentence for each active sprint
	Quarter string `json:"quarter"`
	Flow    string `json:"flow"`
}

// SprintStatus are the figures of an active sprint; nil where it has no ledger.
type SprintStatus struct {
	ID         int64         `json:"id"`
	Name       string        `json:"name"`
	Commitment *float64      `json:"commitment"`
	Completed  *float64      `json:"completed"`
	Remaining  *float64      `json:"remaining"`
	Day        *int          `json:"day"` // of so many Days
	Days       *int          `json:"days"`
	State      string        `json:"state"` // of its forecast
	Odds       *float64      `json:"odds"`
	Date85     *string       `json:"date_85"`
	Quality    grade.Quality `json:"quality"`
}

// QuarterStatus are the figures of a quarter.
type QuarterStatus struct {
	Quarter   string        `json:"quarter"`
	Done      float64       `json:"done"`
	Total     float64       `json:"total"`
	Remaining float64       `json:"remaining"`
	Epics     int           `json:"epics"`
	State     string        `json:"state"`
	Odds      *float64      `json:"odds"`
	Date85    *string       `json:"date_85"`
	TrendDays *int          `json:"trend_days"` // working days that the 85 % date moved in a week; later is positive
	Risk      *outlook.Risk `json:"risk"`
	Quality   grade.Quality `json:"quality"` // of the forecast
}

// FlowStatus are the figures of the flow of today and the 89 days before.
type FlowStatus struct {
	CycleTime85 *int          `json:"cycle_time_85"`
	WIP         int           `json:"wip"`
	Late        int           `json:"late"`
	Quality     grade.Quality `json:"quality"`
}

// StatusAt tells how the team stands as of a moment.
func StatusAt(team *measure.Team, at time.Time) (*Status, error) {
	s := &Status{Team: team.Index.History.Team.Name, At: at.UTC(), Unit: team.Index.Unit, Sprints: []SprintStatus{}}
	if err := fillSprints(team, s, at); err != nil {
		return nil, err
	}
	if err := fillQuarter(team, s, at); err != nil {
		return nil, err
	}
	from, to := flow.DefaultDates(team, at)
	flow, late := flow.Measure(team, at, from, to), flow.Late(team, at)
	s.Flow = FlowStatus{CycleTime85: flow.CycleTime.P85, WIP: flow.WIP.Count, Late: len(late), Quality: flow.Quality}
	s.Sentences.Flow = FlowSentence(flow, late)
	return s, nil
}

// fillSprints fills in the active sprints, first the one that pages mean where none is named; without one the sentence
// says which was the last.
func fillSprints(team *measure.Team, s *Status, at time.Time) error {
	own, found := team.ActiveSprint(at)
	if !found {
		return fillLastSprint(team, s, at)
	}
	if err := s.addSprint(team, own, at); err != nil {
		return err
	}
	others := measure.OthersActive(team, own, at)
	s.Sentences.Sprint += othersSaid(len(others))
	for _, other := range others {
		s.Sentences.Sprint += " "
		if err := s.addSprint(team, other.ID, at); err != nil {
			return err
		}
	}
	return nil
}

// othersSaid says how many sprints are active beside the one told first.
func othersSaid(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return " 1 other sprint is active."
	}
	return fmt.Sprintf(" %d other sprints are active.", n)
}

// addSprint tells an active sprint, after those that were told before.
func (s *Status) addSprint(team *measure.Team, id int64, at time.Time) error {
	sprint, err := team.NamedSprint(id, at)
	if err != nil {
		return err
	}
	f, err := outlook.AskBriefly(team, outlook.Question{Sprint: id}, at)
	if err != nil {
		return err
	}
	one := SprintStatus{ID: id, Name: sprint.Name, Day: sprint.WorkingDays.Elapsed, Days: sprint.WorkingDays.Total,
		Completed: sprint.Completed, State: f.State, Odds: f.Odds, Date85: f.Dates.P85, Quality: sprint.Quality}
	if sprint.Ledger != nil {
		one.Commitment, one.Remaining = &sprint.Ledger.Commitment, &sprint.Ledger.Remaining
		one.withholdVerdict(sprint)
	}
	s.Sprints = append(s.Sprints, one)
	s.Sentences.Sprint += SprintSentence(sprint, f, team.Index.History.Team.Calendar)
	return nil
}

// withholdVerdict leaves out what the page of a sprint does not tell: of one without amounts when it is done, of one
// past its planned end the odds of that day.
func (s *SprintStatus) withholdVerdict(sprint *measure.Sprint) {
	switch {
	case sprint.WhyNoAmounts() != "":
		s.State, s.Odds, s.Date85 = outlook.StateUnknown, nil, nil
	case sprint.PastEnd():
		s.Odds = nil
	}
}

// fillLastSprint says why no sprint is active, and how the last one ended.
func fillLastSprint(team *measure.Team, s *Status, at time.Time) error {
	s.Sentences.Sprint = NoSprintSentence(team.Index.History.Board, measure.SprintsUnknown(team))
	last, found := team.LastSprint(at)
	if !found {
		return nil
	}
	sprint, err := team.NamedSprint(last, at)
	if err == nil {
		s.Sentences.Sprint += " " + SprintSentence(sprint, nil, team.Index.History.Team.Calendar)
	}
	return err
}

// fillQuarter fills in the quarter of a moment.
func fillQuarter(team *measure.Team, s *Status, at time.Time) error {
	name := team.Roadmap.QuarterAt(at)
	q := team.Quarter(name, at)
	f, err := outlook.AskBriefly(team, outlook.Question{Quarter: &name}, at)
	if err != nil {
		return err
	}
	s.Quarter = QuarterStatus{Quarter: q.Quarter, Done: q.Done, Total: q.Total, Remaining: q.Remaining,
		Epics: len(q.Epics), State: f.State,
		Odds: f.Odds, Date85: f.Dates.P85, Risk: outlook.FirstRisk(team, name, at), Quality: f.Quality}
	if f.Moved != nil {
		s.Quarter.TrendDays = f.Moved.Days
	}
	s.Sentences.Quarter = QuarterSentence(q, f, at, team.Index.History.Team.Calendar)
	return nil
}

// NoSprintSentence says why no sprint of a team is active. board is nil for a team without one; unknown tells that the
// list of sprints was not read.
func NoSprintSentence(board *agile.Board, unknown bool) string {
	switch {
	case unknown:
		return "The list of sprints was not read: whether one is active cannot be told."
	case board == nil:
		return "The team has no board, so it has no sprints."
	case board.Kind == agile.Kanban:
		return "A Kanban board has no sprints."
	}
	return "No sprint is active."
}
