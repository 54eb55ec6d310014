package outlook

import (
	"fmt"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/grade"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/pastchange"
	"jerem/measure/outlook/inputs"
	"jerem/measure/outlook/workdays"
	"jerem/measure/words"
)

// forecastTrials is the number of trials of a forecast, fanTrials that of the amounts behind its fan.
const (
	forecastTrials = 10_000
	fanTrials      = 2_000
)

// projection is what a forecast stands on: the inputs as of a moment and what follows at once from them.
type projection struct {
	team      *measure.Team
	unit      inputs.TeamWork
	at        time.Time
	scope     inputs.Scope
	past      inputs.Past
	work      forecast.Work
	rest      *workdays.Rest // owed on the days ahead; nil for none
	record    []forecast.Told
	corrected forecast.Corrected
	ahead     *workdays.Ahead
	can       bool
	base      forecast.Answer

	epicsOnly bool // the past is that of what was finished under epics
}

// answerQuestion answers a question with the price of the unexpected or without: it costs a simulation for each nature.
func (inquiry *Inquiry) answerQuestion(q Question, at time.Time, priced bool) (*Forecast, error) {
	return inquiry.answerInStep(q, at, askedWhole(priced), func() (*Forecast, error) {
		return inquiry.answerAnew(q, at, priced)
	})
}

func (inquiry *Inquiry) answerAnew(q Question, at time.Time, priced bool) (*Forecast, error) {
	o, err := inquiry.projectQuestion(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{projection: o, At: at.UTC(), Unit: o.unit.Unit, Trials: forecastTrials, Seed: forecast.Seed,
		State: StateUnknown,
		Bulk:  []Bulk{}, Fan: []FanDay{}}
	f.HistoryDays = o.past.Throughput.WindowLength()
	f.Calibration, f.Rest = judgeRecord(o), o.rest
	o.fillQuestion(f, q)
	told := o.fillAsked(f, q)
	if told {
		f.Moved = movedSince(inquiry, q, o)
		if priced {
			f.Price = o.priceOfImpediments()
		}
	}
	if o.can {
		f.Bulk = o.bulkClosings()
		f.Fan = fanOfAmounts(o)
		o.fillAmounts(f, q)
	}
	also := grade.Basis(0)
	if f.Price != nil && f.Price.Days != nil {
		also = basisOfPrice
	}
	f.reasons = o.reasonsAgainst(also)
	f.Quality = f.reasons.Whole()
	return f, nil
}

// asksDate tells whether a question asks when, and not only how much.
func (q Question) asksDate() bool {
	return q.Quarter != nil || q.Epic != "" || q.Sprint != 0 || q.Remaining != nil
}

// epicsOnly tells whether what is finished under epics tells the pace, and not all of the flow.
func (q Question) epicsOnly() bool { return q.Quarter != nil || q.Epic != "" }

// asOf returns the moment as of which a question is answered at a moment: a quarter that is over stands as of its end,
// a closed sprint as of its completion.
func (q Question) asOf(team *measure.Team, at time.Time) time.Time {
	u := inputs.TeamWork{Team: team}
	if v := u.SprintVersion(q.Sprint, at); v.ClosedBy(at) {
		return v.Completed()
	}
	if q.Quarter != nil {
		return team.Roadmap.Span(*q.Quarter).AsOf(at)
	}
	return at
}

// projectQuestion gathers the inputs of a question and simulates it. What is told of a week ago is kept.
func (inquiry *Inquiry) projectQuestion(q Question, at time.Time) (*projection, error) {
	if !at.Before(inquiry.team.Now()) {
		return inquiry.projectAnew(q, at)
	}
	return inquiry.projectInStep(q, at)
}

func (inquiry *Inquiry) projectAnew(q Question, at time.Time) (*projection, error) {
	team := inquiry.team
	o := &projection{team: team, at: q.asOf(team, at), unit: inputs.TeamWork{Unit: team.Index.Unit, Team: team}}
	if q.Issues {
		o.unit.Unit = agile.Issues
	}
	o.unit.Known = inquiry.epicsAt(o.unit, o.at)
	var err error
	if o.scope, err = scopeOf(o.unit, q, o.at); err != nil {
		return nil, err
	}
	o.gatherInputs(inquiry, q.epicsOnly())
	o.work.Pace = q.Pace
	if o.can && q.asksDate() {
		o.base = forecast.Simulate(forecast.Question{Teams: []forecast.Work{o.work}, Trials: forecastTrials})
	}
	return o, nil
}

// gatherInputs gathers what the scope is drawn against: the past, its record, the days ahead.
func (o *projection) gatherInputs(inquiry *Inquiry, epicsOnly bool) {
	o.epicsOnly = epicsOnly
	b := inquiry.basisOf(o.unit, o.at, epicsOnly)
	o.past, o.record, o.corrected, o.can = b.Past, b.Record, b.Corrected, b.CanTell
	o.ahead = workdays.After(o.team.Index, o.at)
	o.work = forecast.Work{Throughput: b.Past.Throughput, Growth: o.unit.GrowthOf(o.scope, b, o.at),
		Remaining: o.scope.Remaining, Unestimated: o.scope.Unestimated, Sizes: b.Past.Sizes}
	o.rest, o.work.Availability = workdays.OwedRest(o.team, o.ahead, o.at)
}

// scopeOf returns what is left of what a question asks for.
func scopeOf(u inputs.TeamWork, q Question, at time.Time) (inputs.Scope, error) {
	var s inputs.Scope
	if err := u.CheckEpics(q.Without); err != nil {
		return s, err
	}
	switch {
	case q.Quarter != nil:
		s = u.QuarterScope(*q.Quarter, q.Without, at)
	case q.Epic != "":
		i, ok := u.Team.Lookup(q.Epic)
		if !ok || u.Team.Index.Level(i.Type.At(at)) != 1 || i.Created.After(at) {
			return s, fmt.Errorf("%s is no epic that is known of team %s at that moment", q.Epic,
				u.Team.Index.History.Team.Name)
		}
		s = u.EpicInTurn(i, q.Without, at)
	case q.Sprint != 0:
		if !u.HasSprint(q.Sprint) {
			_, err := u.Team.Sprint(q.Sprint, at)
			return s, err
		}
		s = u.SprintScope(q.Sprint, at)
		s.NotDone = s.WhySprintIsNotDone()
		if planned := u.SprintVersion(q.Sprint, at).End; !planned.IsZero() {
			end := u.Team.Index.Date(planned)
			s.Deadline = &end
		}
	case q.Remaining != nil:
		s.Remaining = *q.Remaining
	}
	s.Remaining = max(0, s.Remaining+q.Scope)
	if q.Deadline != nil {
		s.Deadline = q.Deadline
	}
	return s, nil
}

func (o *projection) nothingLeft() bool { return o.scope.IsEmpty() }

// NothingLeft tells whether nothing is left of what was asked and nothing in it lacks an estimate. All of it is done
// only where the state says so.
func (f *Forecast) NothingLeft() bool {
	return f.State == StateDone || f.projection != nil && f.projection.nothingLeft()
}

// OpenIssues counts the issues of what was asked that are not done, whatever they are estimated at; 0 for a number.
func (f *Forecast) OpenIssues() int {
	if f.projection == nil {
		return 0
	}
	return f.projection.scope.OpenIssues()
}

// fillQuestion fills in what was asked.
func (o *projection) fillQuestion(f *Forecast, q Question) {
	if q.asksDate() {
		remaining := o.scope.Remaining
		f.Remaining = &remaining
	}
	if o.unit.Unit != agile.Issues && q.asksDate() && q.Remaining == nil {
		unestimated := o.scope.Unestimated
		f.Unestimated = &unestimated
	}
	if o.scope.Deadline != nil {
		deadline := o.scope.Deadline.String()
		f.Deadline = &deadline
	}
	if q.By != nil {
		by := q.By.String()
		f.By, f.byDate = &by, q.By
	}
}

// fillAsked fills in dates, odds and state where a date is asked and can be told, and tells whether it is; else why
// not.
func (o *projection) fillAsked(f *Forecast, q Question) bool {
	if !o.can && !(q.asksDate() && o.nothingLeft()) {
		f.Why = o.past.CannotTell()
		return false
	}
	if q.asksDate() {
		o.fillDates(f)
	}
	return q.asksDate()
}

// fillDates fills in dates, odds and state.
func (o *projection) fillDates(f *Forecast) {
	switch {
	case o.scope.NotDone != "" && o.nothingLeft(): // what if so much is left: then it can be told
		f.Why = o.scope.NotDone
		return
	case o.nothingLeft():
		f.State = StateDone
		return
	}
	var shown, alone [len(forecast.Levels)]*int
	for level, odds := range forecast.Levels {
		shown[level] = o.shownDays(odds)
		if days := o.base.Quantile(odds); days <= forecast.Limit(o.base.Median()) {
			alone[level] = &days
		}
	}
	f.WorkingDays = LevelDays{shown[0], shown[1], shown[2], shown[3]}
	f.Dates, f.PaceAlone = datesOfProjection(o, shown), datesOfProjection(o, alone)
	if o.scope.Deadline == nil {
		return
	}
	odds := o.corrected.Odds(o.base.Median(), o.ahead.DaysUntil(*o.scope.Deadline))
	f.Odds, f.State = &odds, stateOf(odds)
}

// shownDays returns the working days shown at given odds, nil beyond four horizons.
func (o *projection) shownDays(odds float64) *int {
	median := o.base.Median()
	days := o.corrected.Days(odds, median)
	if days > forecast.Limit(median) {
		return nil
	}
	return &days
}

func stateOf(odds float64) string {
	switch {
	case odds >= onTrackFrom:
		return StateOnTrack
	case odds >= atRiskFrom:
		return StateAtRisk
	}
	return StateUnlikely
}

// datesOfProjection turns working days into dates.
func datesOfProjection(o *projection, days [len(forecast.Levels)]*int) LevelDates {
	var dates [len(forecast.Levels)]*string
	for level, n := range days {
		if n == nil {
			continue
		}
		if date, ok := o.ahead.DateOf(*n); ok {
			text := date.String()
			dates[level] = &text
		}
	}
	return LevelDates{dates[0], dates[1], dates[2], dates[3]}
}

// bulkClosings lists the days of the past that are capped.
func (o *projection) bulkClosings() []Bulk {
	out := []Bulk{}
	for _, day := range o.past.Throughput.BulkClosings() {
		out = append(out, Bulk{o.past.Days[day.Day].String(), amount.Tidy(day.Amount), amount.Tidy(day.CappedTo)})
	}
	return out
}

// basisOfPrice is what the price of the unexpected rests on beside what its dates do.
const basisOfPrice = grade.OnTime | grade.OnCapacity

// QualityOf grades one figure of a forecast, named as in the catalogue: what the price alone rests on lowers no date,
// what draws a size lowers neither the record nor what is done by a date, and the record nothing that is told without
// it.
func (f *Forecast) QualityOf(figure string) grade.Quality {
	alone := basisOfPrice
	switch first, _, _ := strings.Cut(figure, "."); first {
	case "calibration", "amounts", "fan":
		alone |= grade.OnSums
	case "pace_alone":
		alone |= grade.OnPast
	}
	if f.Rest != nil || strings.HasPrefix(figure, "price.") {
		alone &^= grade.OnCapacity // the rest that is owed takes a part of the team's day
	}
	if strings.HasPrefix(figure, "price.") {
		alone &^= grade.OnTime
	}
	if f.reasons == nil {
		return f.Quality
	}
	return f.reasons.Without(alone).Whole()
}

// gradeForecast grades a forecast without a price.
func (o *projection) gradeForecast() grade.Quality { return o.reasonsAgainstDates(0).Whole() }

// reasonsAgainstDates tells what is to be said against dates and odds: where all is done there are none, and neither
// pace nor record lowers what is.
func (o *projection) reasonsAgainstDates(also grade.Basis) grade.Reasons {
	reasons := o.reasonsAgainst(also)
	if o.nothingLeft() && o.scope.NotDone == "" {
		return reasons.Without(grade.OnSums | grade.OnPace | grade.OnPast)
	}
	return reasons
}

// reasonsAgainst tells what is to be said against a forecast: of the history, of what is unestimated, of the record,
// and of what else its figures rest on.
func (o *projection) reasonsAgainst(also grade.Basis) (r grade.Reasons) {
	if o.rest != nil {
		also |= grade.OnCapacity
	}
	r.AddReading(o.team.Index.History, o.at)
	r.AddGaps(o.team.Impediments, grade.OnWork|grade.OnEstimates|grade.OnPast|also, grade.At(o.at),
		func(int64) bool { return true })
	addPastChanges(&r, o, also&grade.OnTime != 0)
	if also&grade.OnTime != 0 {
		r.AddSome(grade.OnTime, index.WorklogsOutOfBounds(o.team.Index, o.at), "worklog",
			"%s out of all bounds and not counted")
	}
	if o.scope.Unestimated > 0 {
		issues := o.scope.Unestimated
		r.Add(grade.OnSums, grade.Partial, "%s without an estimate: each draws a size from what the team finished",
			words.Count(issues, "issue"))
	}
	if !o.can {
		r.Add(grade.OnSums|grade.OnPace, grade.Limited, "%s", o.past.CannotTell())
		return r
	}
	c := judgeRecord(o)
	if c.Own < ownEnough {
		r.Add(grade.OnPast, grade.Partial,
			"the record holds %d of %d forecasts of this length: the rest is borrowed from other projects", c.Own,
			ownEnough)
	} else if held := c.At[2]; held.Of >= ownEnough && (*held.Share < 0.7 || *held.Share > 0.95) {
		r.Add(grade.OnPast, grade.Partial, "the 85 %% date held %d of %s: the record of this team failed",
			held.Held, words.Count(held.Of, "time"))
	}
	return r
}

// addPastChanges adds what changed after the fact of what a forecast rests on: of what was asked, of what was finished
// by its moment, which its pace and its record come from, and, of one that tells a price, of the impediments of the
// days that are drawn from.
func addPastChanges(r *grade.Reasons, o *projection, priced bool) {
	if days := o.past.Days; priced && len(days) > 0 {
		w := windowOfPrice(o)
		r.AddUnsent(o.team.Impediments, grade.OnTime, w, o.at)
		r.AddLogsAhead(o.team.Impediments, grade.OnTime, 0, w, o.at)
		r.AddElsewhere(grade.OnTime, o.team.Impediments.ElsewhereIn(w, o.at))
	}
	changes := pastchange.Of(o.team.Index)
	if changes == nil {
		return
	}
	finished := changes.Finished(o.unit.Unit, time.Time{}, o.at, o.scope.Epics != nil)
	asked := changes.InEpics(o.scope.Epics, o.at)
	if o.scope.Sprint != 0 {
		span := o.team.Index.SprintSpan(o.scope.Sprint, o.unit.SprintVersion(o.scope.Sprint, o.at), o.at)
		span.Start = span.End // what was left of it at the moment
		asked = changes.InSprint(span)
	}
	_, askedAlone := pastchange.Divide(asked, finished)
	r.AddPastChanges(grade.OnWork|grade.OnEstimates|grade.OnPast, append(finished, askedAlone...))
	if days := o.past.Days; priced && len(days) > 0 {
		w := windowOfPrice(o)
		is := func(l agile.Worklog) bool { _, is := o.team.Impediments.ByIssue.Get(l.Issue); return is }
		r.AddPastChanges(grade.OnTime, append(changes.ImpedimentsIn(w, o.at), changes.TimeIn(w, o.at, is)...))
	}
}
