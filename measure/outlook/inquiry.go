package outlook

import (
	"slices"
	"time"

	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/internal/index"
	"jerem/measure/outlook/inputs"
)

// Inquiry asks several questions about a team. What they rest on in common, as what was finished by a moment and the
// record of forecasts made of it, is worked out once for all inquiries about the same history. An Inquiry is not safe
// for concurrent use.
type Inquiry struct {
	team   *measure.Team
	recent []*inputs.Epics // of the moments asked for last
	once   bool            // it asks of each moment once: the history keeps nothing of what is computed
	bases  []heldBasis     // of the moments asked for last, where the history keeps none
}

// recentMoments is of how many moments an inquiry holds what it looked up: that of a question, and that since which it
// moved.
const recentMoments = 2

// epicsAt returns what is looked up of epics in a unit at a moment, for all questions about it.
func (inquiry *Inquiry) epicsAt(u inputs.TeamWork, at time.Time) *inputs.Epics {
	for _, one := range inquiry.recent {
		if one.IsOf(u, at) {
			return one
		}
	}
	one := inputs.LookUpEpics(u, at)
	inquiry.recent = append(inquiry.recent[max(0, len(inquiry.recent)-recentMoments+1):], one)
	return one
}

// About begins an inquiry about a team.
func About(team *measure.Team) *Inquiry {
	return &Inquiry{team: team}
}

// basesHeld is how many bases an inquiry holds that asks of each moment once: that of all work and that of epics, of a
// moment and of the one before it.
const basesHeld = 4

// AboutEachMomentOnce begins an inquiry about a team that asks of many moments, of each one once. What the questions of
// a moment rest on is held until the inquiry is asked of later ones, and nothing of it is kept by the history: of
// 20,000 issues it is half a megabyte for each moment.
func AboutEachMomentOnce(team *measure.Team) *Inquiry {
	return &Inquiry{team: team, once: true}
}

// heldBasis is a basis that an inquiry holds itself.
type heldBasis struct {
	key   inputs.BasisKey
	basis *inputs.Basis
}

// holdBasis returns the basis of a key, computing it where the inquiry does not hold it.
func (inquiry *Inquiry) holdBasis(key inputs.BasisKey, compute func() *inputs.Basis) *inputs.Basis {
	for _, held := range inquiry.bases {
		if held.key == key {
			return held.basis
		}
	}
	computed := compute()
	others := inquiry.bases[max(0, len(inquiry.bases)-basesHeld+1):]
	inquiry.bases = append(slices.Clone(others), heldBasis{key, computed})
	return computed
}

// basisOf returns what questions of a moment rest on.
func (inquiry *Inquiry) basisOf(u inputs.TeamWork, at time.Time, epicsOnly bool) *inputs.Basis {
	key := inputs.BasisKeyOf(u, at, epicsOnly)
	compute := func() *inputs.Basis { return inputs.NewBasis(u, at, epicsOnly) }
	if inquiry.once {
		return inquiry.holdBasis(key, compute)
	}
	return index.Recall(u.Team.Index, key, compute)
}

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
	f := &Forecast{projection: o, At: at.UTC(), Unit: o.unit.Unit, Trials: forecastTrials, Seed: forecast.Seed,
		HistoryDays: o.past.Throughput.WindowLength(), State: StateUnknown, Quality: o.gradeForecast()}
	o.fillQuestion(f, q)
	o.fillAsked(f, q)
	return f, nil
}

// AskBriefly answers a question with dates, odds and what moved them, and leaves out what takes longer.
func AskBriefly(team *measure.Team, q Question, at time.Time) (*Forecast, error) {
	inquiry := About(team)
	o, err := inquiry.projectQuestion(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{projection: o, At: o.at.UTC(), Unit: o.unit.Unit, State: StateUnknown}
	o.fillQuestion(f, q)
	told := o.fillAsked(f, q)
	if told {
		f.Moved = movedSince(inquiry, q, o)
	}
	f.Quality = o.gradeForecast()
	return f, nil
}

// Ask answers a question as of a moment; an error names what the question asks for and the team does not have.
func Ask(team *measure.Team, q Question, at time.Time) (*Forecast, error) {
	return About(team).answerQuestion(q, at, true)
}
