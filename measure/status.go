package measure

import (
	"slices"
	"time"

	"jerem/agile"
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
	ID         int64    `json:"id"`
	Name       string   `json:"name"`
	Commitment *float64 `json:"commitment"`
	Completed  *float64 `json:"completed"`
	Remaining  *float64 `json:"remaining"`
	Day        *int     `json:"day"` // of so many Days
	Days       *int     `json:"days"`
	State      string   `json:"state"` // of its forecast
	Odds       *float64 `json:"odds"`
	Date85     *string  `json:"date_85"`
	Quality    Quality  `json:"quality"`
}

// QuarterStatus are the figures of a quarter.
type QuarterStatus struct {
	Quarter   string   `json:"quarter"`
	Done      float64  `json:"done"`
	Total     float64  `json:"total"`
	Remaining float64  `json:"remaining"`
	Epics     int      `json:"epics"`
	State     string   `json:"state"`
	Odds      *float64 `json:"odds"`
	Date85    *string  `json:"date_85"`
	TrendDays *int     `json:"trend_days"` // by how many working days the 85 % date moved in a week; later is positive
	Risk      *Risk    `json:"risk"`
	Quality   Quality  `json:"quality"` // of the forecast
}

// FlowStatus are the figures of the flow of today and the 89 days before.
type FlowStatus struct {
	CycleTime85 *int    `json:"cycle_time_85"`
	WIP         int     `json:"wip"`
	Late        int     `json:"late"`
	Quality     Quality `json:"quality"`
}

// Status tells how the team stands as of a moment.
func (t *Team) Status(at time.Time) (*Status, error) {
	s := &Status{Team: t.h.Team.Name, At: at.UTC(), Unit: t.unit, Sprints: []SprintStatus{}}
	if err := t.sprintStatus(s, at); err != nil {
		return nil, err
	}
	if err := t.quarterStatus(s, at); err != nil {
		return nil, err
	}
	from, to := t.FlowDates(at)
	flow, late := t.Flow(at, from, to), t.Late(at)
	s.Flow = FlowStatus{CycleTime85: flow.CycleTime.P85, WIP: flow.WIP.Count, Late: len(late), Quality: flow.Quality}
	s.Sentences.Flow = FlowSentence(flow, late)
	return s, nil
}

// sprintStatus fills in the active sprints; without one the sentence says which was the last.
func (t *Team) sprintStatus(s *Status, at time.Time) error {
	for _, head := range t.Sprints(at) {
		if head.State != agile.Active {
			continue
		}
		sprint, err := t.Sprint(head.ID, at)
		if err != nil {
			return err
		}
		f, err := t.brief(ForecastQuestion{Sprint: head.ID}, at)
		if err != nil {
			return err
		}
		one := SprintStatus{ID: head.ID, Name: head.Name, Day: sprint.WorkingDays.Elapsed, Days: sprint.WorkingDays.Total,
			Completed: sprint.Completed, State: f.State, Odds: f.Odds, Date85: f.Dates.P85, Quality: sprint.Quality}
		if sprint.Ledger != nil {
			one.Commitment, one.Remaining = &sprint.Ledger.Commitment, &sprint.Ledger.Remaining
		}
		s.Sprints = append(s.Sprints, one)
		if s.Sentences.Sprint != "" {
			s.Sentences.Sprint += " "
		}
		s.Sentences.Sprint += SprintSentence(sprint, f, t.h.Team.Calendar)
	}
	if len(s.Sprints) > 0 {
		return nil
	}
	return t.withoutSprint(s, at)
}

// withoutSprint says why no sprint is active, and how the last one ended.
func (t *Team) withoutSprint(s *Status, at time.Time) error {
	s.Sentences.Sprint = NoSprintSentence(t.h.Board, t.SprintsUnknown())
	var last *SprintHead
	for _, head := range t.Sprints(at) {
		if head.State == agile.Closed && head.Complete != nil && (last == nil || head.Complete.After(*last.Complete)) {
			last = &head
		}
	}
	if last == nil {
		return nil
	}
	sprint, err := t.Sprint(last.ID, at)
	if err == nil {
		s.Sentences.Sprint += " " + SprintSentence(sprint, nil, t.h.Team.Calendar)
	}
	return err
}

// quarterStatus fills in the quarter of a moment.
func (t *Team) quarterStatus(s *Status, at time.Time) error {
	name := t.QuarterAt(at)
	q := t.Quarter(name, at)
	f, err := t.brief(ForecastQuestion{Quarter: &name}, at)
	if err != nil {
		return err
	}
	s.Quarter = QuarterStatus{Quarter: q.Quarter, Done: q.Done, Total: q.Total, Remaining: q.Remaining, Epics: len(q.Epics), State: f.State,
		Odds: f.Odds, Date85: f.Dates.P85, Risk: t.firstRisk(name, at), Quality: f.Quality}
	if len(q.Epics) == 0 {
		s.Quarter.State = StateUnknown // nothing is planned, which is not that all is done
	}
	if f.Moved != nil {
		s.Quarter.TrendDays = f.Moved.Days
	}
	s.Sentences.Quarter = QuarterSentence(q, f, at, t.h.Team.Calendar)
	return nil
}

// brief answers a question with dates, odds and what moved them, and leaves out what takes longer.
func (t *Team) brief(q ForecastQuestion, at time.Time) (*Forecast, error) {
	o, err := t.outlook(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{At: o.at.UTC(), Unit: o.unit.unit, State: StateUnknown}
	o.describe(f, q)
	if !o.can && !o.nothingLeft() {
		f.Why = o.past.cannotTell()
	} else {
		o.tell(f)
		f.Moved = t.moved(q, o)
	}
	f.Quality = o.quality(q)
	return f, nil
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

// KnownSince returns when the first thing that is known of the team happened: an issue was created or a sprint began;
// the zero time where nothing is known at all.
func (t *Team) KnownSince() time.Time {
	var moments []time.Time
	for _, issue := range t.h.Issues {
		moments = append(moments, issue.Created)
	}
	for i := range t.h.Sprints {
		if v := t.h.Sprints[i].Last(); v.Started() {
			moments = append(moments, v.Start)
		}
	}
	moments = slices.DeleteFunc(moments, time.Time.IsZero)
	if len(moments) == 0 {
		return time.Time{}
	}
	return slices.MinFunc(moments, time.Time.Compare)
}
