package measure

import (
	"math"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/grade"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	"jerem/sorting"
)

// Quarter holds the figures of the epics of a quarter as of a moment, estimates in the team's unit.
// What cannot be known is nil, never 0.
type Quarter struct {
	Quarter string     `json:"quarter"`
	Start   string     `json:"start"` // dates, both included
	End     string     `json:"end"`
	At      time.Time  `json:"at"`
	Unit    agile.Unit `json:"unit"`

	Total     float64 `json:"total"`
	Done      float64 `json:"done"`
	Doing     float64 `json:"doing"`
	ToDo      float64 `json:"todo"`
	Remaining float64 `json:"remaining"` // total − done

	Baseline    *float64 `json:"baseline"`    // total at the end of the first working day; nil until then
	Growth      *float64 `json:"growth"`      // total / baseline
	Progression *float64 `json:"progression"` // done / total

	Velocity        *QuarterVelocity `json:"velocity"` // nil where no sprint was closed
	WorkingDaysLeft int              `json:"working_days_left"`
	DaysToComplete  *int             `json:"days_to_complete"` // ⌈remaining / velocity⌉; nil where that cannot be told
	SlackDays       *int             `json:"slack_days"`       // working days left − days to complete

	AverageCompletion *float64 `json:"average_completion"`         // mean of the last closed sprints
	AverageImpediment *float64 `json:"average_impediment_seconds"` // mean of their impediment time

	Epics   []QuarterEpic `json:"epics"`
	Weekly  []Week        `json:"weekly"`
	Quality grade.Quality `json:"quality"`

	Reasons grade.Reasons `json:"-"` // of the grade; see [Quarter.QualityOf]
	past    []*Sprint     // the last closed sprints
}

// QuarterVelocity is what the team completes in a working day: median, mean, lowest and highest of its last
// closed sprints, and how many they were.
type QuarterVelocity struct {
	Median  float64 `json:"median"`
	Mean    float64 `json:"mean"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Sprints int     `json:"sprints"`
}

// QuarterEpic is an epic of a quarter. One that was carried over leaves out what was done before.
type QuarterEpic struct {
	Key         string   `json:"key"`
	Summary     string   `json:"summary"`
	Initiative  *string  `json:"initiative"`
	Total       float64  `json:"total"`
	Done        float64  `json:"done"`
	Doing       float64  `json:"doing"`
	ToDo        float64  `json:"todo"`
	Unestimated *int     `json:"unestimated"` // issues; nil where issues are counted
	Dependency  int      `json:"dependency"`  // issues that carry the label
	Issues      int      `json:"issues"`
	Progression *float64 `json:"progression"`
	CarriedOver bool     `json:"carried_over"`

	Open     int          `json:"-"` // issues that are not done, whatever they are estimated at
	Identity EpicIdentity `json:"-"`
}

// EpicIdentity tells whether the epics of two teams are one. Neither a key nor an id does: those that came along from
// another Jira may be the same by chance.
type EpicIdentity struct {
	ID      int64
	Created int64 // in nanoseconds
}

// IdentityOf returns what tells an epic from those of other teams.
func IdentityOf(epic *agile.Issue) EpicIdentity {
	return EpicIdentity{epic.ID, epic.Created.UnixNano()}
}

// IsDone tells whether the epic has work and all of it is done.
func (e QuarterEpic) IsDone() bool { return e.Issues > 0 && e.Open == 0 }

// Week is how far a quarter was at the end of an ISO week, cumulative.
type Week struct {
	Week  string  `json:"week"` // 2026-W45
	Total float64 `json:"total"`
	Done  float64 `json:"done"`
}

// QuarterHead is a quarter as a list shows it.
type QuarterHead struct {
	Quarter string `json:"quarter"`
	Start   string `json:"start"`
	End     string `json:"end"`
}

// Quarters lists the quarters that some epic of the team belongs to at a moment, oldest first.
func (t *Team) Quarters(at time.Time) []QuarterHead {
	return slices.Clone(index.InStep(t.Index, at, quartersKey{}, func() []QuarterHead { return listQuarters(t, at) }))
}

// quartersKey names the quarters of a team, which are the same throughout a step.
type quartersKey struct{}

func listQuarters(t *Team, at time.Time) []QuarterHead {
	names := map[roadmap.QuarterName]bool{}
	for _, id := range t.Roadmap.Epics {
		for _, q := range t.Roadmap.QuartersOf(t.Index.Issues.Of(id), at) {
			names[q] = true
		}
	}
	sorted := make([]roadmap.QuarterName, 0, len(names))
	for q := range names {
		sorted = append(sorted, q)
	}
	sorting.By(sorted, roadmap.QuarterName.Compare)
	heads := make([]QuarterHead, 0, len(sorted))
	for _, q := range sorted {
		first, last := t.Roadmap.Dates(q)
		heads = append(heads, QuarterHead{q.String(), first.String(), last.String()})
	}
	return heads
}

// Quarter computes the figures of a quarter as of a moment; a quarter that is over stands as of its end.
func (t *Team) Quarter(q roadmap.QuarterName, at time.Time) *Quarter {
	measured := func() *Quarter { return measureQuarter(t, q, at) }
	var r Quarter
	if asOf := t.Roadmap.Span(q).AsOf(at); asOf.Before(at) {
		r = *index.RecallAsOf(t.Index, asOf, quarterKey{q}, measured)
	} else {
		r = *index.InStep(t.Index, at, quarterKey{q}, measured)
	}
	r.At = at.UTC()
	return &r
}

// quarterKey names the figures of a quarter, which are the same throughout a step, and once it is over for good.
type quarterKey struct{ name roadmap.QuarterName }

// measureQuarter measures a quarter.
func measureQuarter(t *Team, q roadmap.QuarterName, at time.Time) *Quarter {
	s := t.Roadmap.Span(q)
	asOf := s.AsOf(at)
	r := &Quarter{Quarter: q.String(), Start: s.First.String(), End: s.Last.String(), At: at.UTC(), Unit: t.Index.Unit,
		Epics: QuarterEpics(t, q, at)}
	for _, e := range r.Epics {
		r.Total, r.Done, r.Doing = r.Total+e.Total, r.Done+e.Done, r.Doing+e.Doing
	}
	r.Total, r.Done, r.Doing = amount.Tidy(r.Total), amount.Tidy(r.Done), amount.Tidy(r.Doing)
	r.ToDo, r.Remaining = amount.Tidy(r.Total-r.Done-r.Doing), amount.Tidy(r.Total-r.Done)
	r.Progression = amount.Share(r.Done, r.Total)
	if first := s.EndOfFirstDay(t.Index.History.Team.Calendar); !asOf.Before(first) {
		base, _ := t.Roadmap.Sum(s, first)
		r.Baseline, r.Growth = &base, amount.Share(r.Total, base)
	}
	if !at.Before(s.To) {
		r.WorkingDaysLeft = 0
	} else {
		today := calendar.DateOf(asOf, t.Index.History.Team.Calendar.Zone)
		if today.Before(s.First) {
			today = s.First
		}
		r.WorkingDaysLeft = t.Index.History.Team.Calendar.Dates(today, s.Last)
	}
	r.past = lastClosed(t, asOf)
	addPace(t, r, r.past)
	r.Weekly = weeksOfQuarter(t.Roadmap, s, asOf)
	gradeQuarter(t, r, s, asOf)
	return r
}

// QuarterEpics returns the epics of a quarter as of a moment, as [Team.Quarter] tells them, and computes nothing else.
func QuarterEpics(t *Team, q roadmap.QuarterName, at time.Time) []QuarterEpic {
	asOf := t.Roadmap.Span(q).AsOf(at)
	if !asOf.Before(at) {
		return listQuarterEpics(t, q, asOf)
	}
	return index.RecallAsOf(t.Index, asOf, quarterEpicsKey{q}, func() []QuarterEpic {
		return listQuarterEpics(t, q, asOf)
	})
}

// quarterEpicsKey names the epics of a quarter that is over.
type quarterEpicsKey struct{ name roadmap.QuarterName }

func listQuarterEpics(t *Team, q roadmap.QuarterName, asOf time.Time) []QuarterEpic {
	s, epics := t.Roadmap.Span(q), []QuarterEpic{}
	for _, e := range t.Roadmap.EpicsOf(q, asOf) {
		epics = append(epics, epicOfQuarter(t.Roadmap, e, s, asOf))
	}
	return epics
}

// EpicsLeftOut counts the epics of the team's project that carry the mark of a quarter and are not the team's, by its
// filter or the Team field.
func EpicsLeftOut(t *Team, q roadmap.QuarterName, at time.Time) int {
	return roadmap.LeftOut(t.Roadmap, q, t.Roadmap.Span(q).AsOf(at))
}

// addPace fills in what follows from the last closed sprints.
func addPace(t *Team, r *Quarter, past []*Sprint) {
	v, known := velocityOf(t.Index, past)
	if known {
		r.Velocity = &QuarterVelocity{Median: v.Median, Mean: v.Mean, Low: v.Low, High: v.High, Sprints: len(v.Sprints)}
	}
	days, told := 0, r.Remaining <= 0 && r.estimatedIssues() > 0
	if r.Remaining > 0 && known && v.Median > 0 {
		days, told = int(math.Ceil(r.Remaining/v.Median-1e-9)), true
	}
	if told {
		slack := r.WorkingDaysLeft - days
		r.DaysToComplete, r.SlackDays = &days, &slack
	}
	r.AverageCompletion, r.AverageImpediment = averagesOf(past)
}

// estimatedIssues counts the issues of a quarter that have an estimate; all of them where issues are counted.
func (r *Quarter) estimatedIssues() int {
	n := 0
	for _, e := range r.Epics {
		n += e.Issues
		if e.Unestimated != nil {
			n -= *e.Unestimated
		}
	}
	return n
}

// averagesOf returns the mean of completed / commitment over the sprints that have one, and that of the
// impediment time over all of them whose time is known; nil without any.
func averagesOf(past []*Sprint) (completion, impediment *float64) {
	var shares, seconds, n, timed float64
	for _, s := range past {
		if c := s.Completion.OfCommitment; c != nil {
			shares, n = shares+*c, n+1
		}
		if !s.Impediments.TimeUnknown {
			seconds, timed = seconds+float64(s.Impediments.Seconds), timed+1
		}
	}
	return amount.Share(shares, n), amount.Share(seconds, timed)
}

func epicOfQuarter(r *roadmap.Roadmap, m roadmap.Member, s roadmap.QuarterSpan, at time.Time) QuarterEpic {
	e := epicOf(r, m.Issue, r.WorkIn(m, s, at), at)
	e.CarriedOver = m.Carried
	return e
}

// epicOf returns an epic with some work of it.
func epicOf(r *roadmap.Roadmap, epic *agile.Issue, w roadmap.EpicWork, at time.Time) QuarterEpic {
	e := QuarterEpic{
		Key: epic.Key.Last(), Summary: epic.Summary.At(at),
		Total: w.Total, Done: w.Done, Doing: w.Doing, ToDo: amount.Tidy(w.Total - w.Done - w.Doing),
		Dependency: w.Dependency, Issues: w.Issues, Open: w.Open, Progression: amount.Share(w.Done, w.Total),
		Identity: IdentityOf(epic),
	}
	name := roadmap.Initiative(r.Index.History.Team.Initiative, epic.Labels.At(at))
	if name != roadmap.NoInitiative {
		e.Initiative = &name
	}
	if r.Index.Unit != agile.Issues {
		e.Unestimated = &w.Unestimated
	}
	return e
}
