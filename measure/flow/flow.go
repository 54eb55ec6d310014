package flow

import (
	"math"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/internal/moments"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/pastchange"
	"jerem/measure/internal/workstate"
	"jerem/measure/words"
)

// defaultUntouched is the number of working days without a change after which work in progress is untouched.
const defaultUntouched = 5

// WindowDays is the stretch of a question without a window, and that whose leavings make the pace of a column: today
// and the 89 days before.
const WindowDays = 90

// Level is a share of issues whose days are told.
type Level struct {
	Name  string // as in p85
	Share float64
}

// Levels are the shares that are told of cycle times.
var Levels = [4]Level{{"50", 0.5}, {"70", 0.7}, {"85", 0.85}, {"95", 0.95}}

// Flow tells how work moves through a team, as of a moment, sub-tasks and epics apart. The window is one of dates of
// finish, both included. What cannot be known is nil, never 0.
type Flow struct {
	At         time.Time       `json:"at"`
	From       string          `json:"from"`
	To         string          `json:"to"`
	Unit       agile.Unit      `json:"unit"`
	CycleTime  CycleTime       `json:"cycle_time"`
	WIP        WIP             `json:"wip"`
	Throughput []ThroughputDay `json:"throughput"` // days with a finish only
	CFD        CFD             `json:"cfd"`
	Efficiency *float64        `json:"flow_efficiency"` // active / (active + waiting); nil where nothing was finished
	XmR        XmR             `json:"xmr"`
	ColumnPace []ColumnPace    `json:"column_pace"`
	Lifecycle  []LifecycleRule `json:"lifecycle"`
	Quality    grade.Quality   `json:"quality"`

	Reasons grade.Reasons `json:"-"` // all that is to be said against its figures

	window *window      // what it is made from, for its explanation
	active []ActiveTime // what its efficiency is made from
}

// CycleTime is how many local days work took from its start to its finish, both included.
type CycleTime struct {
	P50             *int         `json:"p50"`
	P70             *int         `json:"p70"`
	P85             *int         `json:"p85"`
	P95             *int         `json:"p95"`
	Spread          *float64     `json:"spread"`            // p95 / p50
	Measured        int          `json:"measured"`          // issues with a cycle time
	NeverInProgress int          `json:"never_in_progress"` // finished without one
	Issues          []CycleIssue `json:"issues"`            // in order of finish, then of key
}

// CycleIssue is the cycle time of an issue.
type CycleIssue struct {
	Issue  string    `json:"issue"`
	Start  time.Time `json:"start"`
	Finish time.Time `json:"finish"`
	Days   int       `json:"days"`

	issue *agile.Issue
}

// Summary returns the title of the issue as of a moment.
func (c CycleIssue) Summary(at time.Time) string { return c.issue.Summary.At(at) }

// WIP is the work that was begun and is not done; what was moved back to to-do still counts.
type WIP struct {
	Count  int        `json:"count"`
	Age    Ages       `json:"age"`
	Issues []WIPIssue `json:"issues"` // in order of start, then of key
}

// Ages are the ages in local days up to which half and 85 of 100 of the issues in progress are; nil without any.
type Ages struct {
	P50 *int `json:"p50"`
	P85 *int `json:"p85"`
}

// WIPIssue is an issue in progress; its age counts today.
type WIPIssue struct {
	Issue string          `json:"issue"`
	Start time.Time       `json:"start"`
	Age   int             `json:"age"`
	State workstate.State `json:"state"`

	Column *string `json:"column"` // the last one that held it; nil before a column did

	issue *agile.Issue
}

// Summary returns the title of the issue as of a moment.
func (i WIPIssue) Summary(at time.Time) string { return i.issue.Summary.At(at) }

// ThroughputDay is what was finished on a local day, each issue with its estimate at the finish.
type ThroughputDay struct {
	Date     string  `json:"date"`
	Issues   int     `json:"issues"`
	Estimate float64 `json:"estimate"`
}

// ColumnPace is the age by which 85 of 100 issues have left a column.
type ColumnPace struct {
	Column string `json:"column"`
	P85    *int   `json:"p85"` // nil where nothing left it in the last 90 days
}

// Measure measures the flow of a team as of a moment over a window of dates, both included.
func Measure(team *measure.Team, at time.Time, from, to calendar.Date) *Flow {
	w := windowOf(team, at, from, to)
	f := *index.InStep(team.Index, at, flowKey{from, to}, func() *Flow { return measureFlow(w) })
	f.At, f.window = at.UTC(), w
	f.Lifecycle = slices.Clone(f.Lifecycle)
	f.Lifecycle[placeOfUntouched] = w.untouchedRule()
	return &f
}

// flowKey names the flow of a window of dates, but for its moment and what is untouched then.
type flowKey struct{ from, to calendar.Date }

// measureFlow measures the flow of a window.
func measureFlow(w *window) *Flow {
	f := &Flow{From: w.from.String(), To: w.to.String(), Unit: w.team.Index.Unit}
	f.CycleTime = w.cycleTime()
	f.WIP = w.workInProgress()
	f.Throughput = w.throughputDays()
	f.CFD = cumulativeFlow(w)
	f.active = activeTimes(w)
	f.Efficiency = efficiencyOf(f.active)
	f.XmR = limitsOf(w, f.CycleTime.Issues)
	f.ColumnPace = slices.Clone(w.pace)
	f.Lifecycle = lifecycleRules(w)
	f.Reasons = gradeFlow(w)
	f.Quality = f.Reasons.Whole()
	return f
}

// cycleTime measures the issues that were finished in the window.
func (w *window) cycleTime() CycleTime {
	c := CycleTime{Issues: []CycleIssue{}}
	var days []int
	for _, p := range w.finished {
		if !p.hasStarted() {
			c.NeverInProgress++
			continue
		}
		took := p.finishDay() - p.startDay() + 1
		days = append(days, took)
		c.Issues = append(c.Issues,
			CycleIssue{p.issue.Key.Last(), p.started().UTC(), p.finished().UTC(), took, p.issue})
	}
	c.Measured = len(days)
	slices.Sort(days)
	c.P50, c.P70 = nearestRank(days, Levels[0].Share), nearestRank(days, Levels[1].Share)
	c.P85, c.P95 = nearestRank(days, Levels[2].Share), nearestRank(days, Levels[3].Share)
	if c.P50 != nil {
		c.Spread = amount.Share(float64(*c.P95), float64(*c.P50))
	}
	return c
}

// nearestRank returns the element of rank ⌈p n⌉ of sorted values, nil without any.
func nearestRank(sorted []int, p float64) *int {
	if len(sorted) == 0 {
		return nil
	}
	value := sorted[Rank(len(sorted), p)-1]
	return &value
}

// Rank returns the nearest rank ⌈p n⌉ of n values, at least 1.
func Rank(n int, p float64) int { return max(1, int(math.Ceil(p*float64(n)-1e-9))) }

// workInProgress lists the work that was begun and is not done.
func (w *window) workInProgress() WIP {
	out := WIP{Issues: make([]WIPIssue, 0, len(w.begun))}
	for _, p := range w.begun {
		one := WIPIssue{Issue: p.issue.Key.Last(), Start: p.started().UTC(), Age: w.ageOf(p),
			State: p.presentState(), issue: p.issue}
		if column := p.presentColumn(); column >= 0 {
			one.Column = &w.columns.names[column]
		}
		out.Issues = append(out.Issues, one)
	}
	out.Count = len(out.Issues)
	ages := make([]int, 0, out.Count)
	for _, one := range slices.Backward(out.Issues) { // the latest start is the youngest
		ages = append(ages, one.Age)
	}
	out.Age = Ages{nearestRank(ages, Levels[0].Share), nearestRank(ages, Levels[2].Share)}
	return out
}

// throughputDays sums up what was finished on each day of the window.
func (w *window) throughputDays() []ThroughputDay {
	out := []ThroughputDay{}
	last := 0
	for _, p := range w.finished {
		if day := p.finishDay(); len(out) == 0 || day != last {
			out = append(out, ThroughputDay{Date: calendar.DateOfNumber(day).String()})
			last = day
		}
		day := &out[len(out)-1]
		day.Issues++
		day.Estimate = amount.Tidy(day.Estimate + estimateAt(w.team.Index, p.issue.ID, p.finished()))
	}
	return out
}

// estimateAt returns what an issue counts for at a moment, in the team's unit; 0 while it is unestimated.
func estimateAt(x *index.Index, id int64, at time.Time) float64 {
	b, ok := x.Histories.Of(id).At(at)
	if !ok {
		return 0
	}
	return b.Points()
}

// efficiencyOf returns which part of the time from start to finish was no waiting: not in a to-do or waiting status,
// not flagged, not done before a reopening.
func efficiencyOf(times []ActiveTime) *float64 {
	var active, whole time.Duration
	for _, one := range times {
		active, whole = active+one.Active, whole+one.Whole
	}
	return amount.Share(active.Seconds(), whole.Seconds())
}

// activeTime returns how long an issue was worked on between its start and its finish.
func (w *window) activeTime(p *passage) time.Duration {
	start, finish := p.started(), p.finished()
	times := []time.Time{start}
	between := func(at time.Time) {
		if at.After(start) && at.Before(finish) {
			times = append(times, at)
		}
	}
	moments.EachChange(p.issue.Status, between)
	moments.EachChange(p.issue.Flagged, between)
	for _, s := range p.steps {
		between(p.momentOf(s))
	}
	slices.SortFunc(times, time.Time.Compare)
	times = append(slices.CompactFunc(times, time.Time.Equal), finish)
	var active time.Duration
	for n, at := range times[:len(times)-1] {
		state, _ := w.team.Index.StateOf(p.issue.Status.At(at), p.issue.Resolution.At(at))
		if state == workstate.Doing && !p.issue.Flagged.At(at) && !isWaiting(w.team.Index, p.issue.Status.At(at)) {
			active += times[n+1].Sub(at)
		}
	}
	return active
}

// isWaiting tells whether a status is configured as one in which work waits, by any name it ever had.
func isWaiting(x *index.Index, status string) bool {
	return slices.ContainsFunc(workstate.NamesOf(x.History.Statuses[status]), func(name string) bool {
		return naming.ContainsFold(x.History.Team.Flow.Waiting, name)
	})
}

// basisOf returns what a figure of a flow rests on, named as in the catalogue; "kept" and its parts are the lifecycle
// the other way round.
func basisOf(figure string) grade.Basis {
	first, rule, _ := strings.Cut(figure, ".")
	switch {
	case figure == "late":
		return grade.OnWork | grade.OnColumns | grade.OnUntouched
	case figure == "kept":
		return grade.OnWork | grade.OnEstimates | grade.OnMarks | grade.OnTime | grade.OnUntouched
	case first == "column_pace", first == "flow_efficiency":
		return grade.OnWork | grade.OnColumns
	}
	switch rule {
	case RuleUntouched:
		return grade.OnWork | grade.OnUntouched
	case RuleImpedimentWithoutTime:
		return grade.OnWork | grade.OnMarks | grade.OnTime
	case RuleEstimatedAfterStart, RuleInSprintWithoutEstimate:
		return grade.OnWork | grade.OnEstimates
	}
	return grade.OnWork
}

// QualityOf grades one figure of a flow, named as in the catalogue: what it does not rest on lowers nothing.
func (f *Flow) QualityOf(figure string) grade.Quality { return f.Reasons.On(basisOf(figure)) }

// gradeFlow tells what is to be said against the flow: of the histories of the issues that it rests on.
func gradeFlow(w *window) (r grade.Reasons) {
	r.AddReading(w.team.Index.History, w.at)
	past, names := 0, map[string]bool{}
	for _, p := range w.doubted {
		left := index.PastUnknown(w.team.Index, p.issue, time.Time{}, w.at)
		for _, id := range left {
			names[w.team.Index.History.StatusName(id)] = true
		}
		past += min(1, len(left))
	}
	from := w.from.In(w.team.Index.History.Team.Calendar.Zone, 0)
	r.AddGaps(w.team.Impediments, grade.OnWork|grade.OnEstimates|grade.OnMarks|grade.OnTime|grade.OnColumns|
		grade.OnUntouched,
		grade.Reach{From: from, Until: w.at}, w.containsIssue)
	r.AddLogsAhead(w.team.Impediments, grade.OnTime, grade.OnTime, impediment.Window{}, w.at)
	r.AddPastChanges(grade.OnWork|grade.OnEstimates|grade.OnColumns, pastchange.Of(w.team.Index).InFlow(from, w.at))
	r.AddLacking(grade.OnWork, w.unclear, len(w.passages), "%s in a status of unknown category",
		words.Count(w.unclear, "issue"))
	r.AddUnknownStatuses(grade.OnWork|grade.OnColumns, names, past, len(w.passages), "")
	r.AddSome(grade.OnWork, w.broken, "issue", "the change history of %s does not join")
	marks, unmarked := w.team.Impediments.ImpedingFields(), 0
	for _, p := range w.finished {
		unmarked += min(1, p.issue.Broken.In(marks...))
	}
	r.AddSome(grade.OnMarks, unmarked, "issue", "the labels of %s finished in the window do not join")
	return r
}
