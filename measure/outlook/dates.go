package outlook

import (
	"time"

	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/roadmap"
)

// AskDates tells dates, odds and state of a forecast alone, without what moved and what it costs: the same figures as
// [Ask].
func AskDates(team *measure.Team, q Question, at time.Time) (*Forecast, error) {
	return About(team).AskDates(q, at)
}

// AskDates is [AskDates] for one of several questions about a team.
func (inquiry *Inquiry) AskDates(q Question, at time.Time) (*Forecast, error) {
	o, err := inquiry.projectQuestion(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{projection: o, At: at.UTC(), Unit: o.unit.unit, Trials: forecastTrials, Seed: forecast.Seed,
		HistoryDays: len(o.past.throughput.Window()), State: StateUnknown, Quality: o.gradeForecast(q)}
	o.fillQuestion(f, q)
	o.fillAsked(f, q)
	return f, nil
}

// OutcomeOf tells of a quarter that is over when its work was done, nil where it was not, and what was told at its
// middle.
func OutcomeOf(team *measure.Team, name roadmap.QuarterName, at time.Time) (came *string, told *Told) {
	span := team.Roadmap.Span(name)
	return doneOn(team, span, at, takeAll), toldAtMiddle(team, name, span)
}

// AskBriefly answers a question with dates, odds and what moved them, and leaves out what takes longer.
func AskBriefly(team *measure.Team, q Question, at time.Time) (*Forecast, error) {
	inquiry := About(team)
	o, err := inquiry.projectQuestion(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{projection: o, At: o.at.UTC(), Unit: o.unit.unit, State: StateUnknown}
	o.fillQuestion(f, q)
	told := o.fillAsked(f, q)
	if told {
		f.Moved = movedSince(inquiry, q, o)
	}
	f.Quality = o.gradeForecast(q)
	return f, nil
}
