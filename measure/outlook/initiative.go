package outlook

import (
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/forecast"
	"jerem/measure/grade"
	"jerem/measure/internal/roadmap"
)

// InitiativeForecast tells when the work of several teams on an initiative is done: the last team decides.
type InitiativeForecast struct {
	At         time.Time     `json:"at"`
	Initiative string        `json:"initiative"`
	Quarter    string        `json:"quarter"`
	Teams      []string      `json:"teams"`
	Remaining  int           `json:"remaining"` // issues: estimates of two teams are never added
	Issues     int           `json:"issues"`
	Deadline   string        `json:"deadline"`
	Odds       *float64      `json:"odds"`
	State      string        `json:"state"`
	Dates      LevelDates    `json:"dates"`
	PaceAlone  LevelDates    `json:"pace_alone"`
	Decides    *string       `json:"decides"` // the team that is most often the last one
	AtBest     *AtBest       `json:"at_best"` // of the other teams, where of some nothing can be told
	Why        string        `json:"why,omitempty"`
	Quality    grade.Quality `json:"quality"`

	name     roadmap.QuarterName
	deciding *Forecast          // of the team that decides, for its explanation
	epics    map[string][]int64 // those that count with each team
	reasons  []reasonsOfTeam
}

// reasonsOfTeam is what is to be said against the part of one team.
type reasonsOfTeam struct {
	team    string
	against grade.Reasons
}

// basisOfOutlook is what a forecast rests on and the work that is done does not: what has no estimate draws a size, the
// pace and the record.
const basisOfOutlook = grade.OnSums | grade.OnPace | grade.OnPast

// QualityOf grades one figure of an initiative, named as in the catalogue: how far it is hangs on no forecast.
func (f *InitiativeForecast) QualityOf(figure string) grade.Quality {
	out := grade.Quality{Grade: grade.Whole, Reasons: []string{}}
	for _, one := range f.reasons {
		against := one.against
		switch first, _, _ := strings.Cut(figure, "."); first {
		case "progression":
			against = against.Without(basisOfOutlook | grade.OnEstimates)
		case "pace_alone":
			against = against.Without(grade.OnPast)
		}
		out.Join(one.team, against.Whole())
	}
	return out
}

// AtBest is what the other teams of an initiative tell where of some teams nothing can be told: with these its odds are
// at most those of the others, and its dates are not before theirs.
type AtBest struct {
	Without []string   `json:"without"` // the teams of which nothing can be told
	Odds    *float64   `json:"odds"`
	Dates   LevelDates `json:"dates"`
	Decides *string    `json:"decides"` // the team that is most often the last one of the others
}

// initiativePart is what one team does for an initiative.
type initiativePart struct {
	asked      Asked
	projection *projection
	epics      []int64
	open       int
	issues     int
	deadline   calendar.Date
}

// AskInitiative answers for an initiative of a quarter over all teams that have an epic of it; false where none has.
// An epic that several teams have counts with the first of them. The answer is kept as long as it rests on the same
// parts of the same teams.
func AskInitiative(teams []Asked, initiative string, name roadmap.QuarterName) (*InitiativeForecast, bool) {
	parts, shared, rests := partsOf(teams, initiative, name)
	if len(parts) == 0 {
		return nil, false
	}
	f := recallTogether(teams, name, initiativeKey{initiative}, rests, func() *InitiativeForecast {
		return joinParts(parts, shared, initiative, name)
	})
	return f.asOf(parts), true
}

// initiativeKey names the forecast of an initiative.
type initiativeKey struct{ initiative string }

// asOf returns the forecast as of other moments of the steps of its parts.
func (f *InitiativeForecast) asOf(parts []initiativePart) *InitiativeForecast {
	out, decides := *f, f.decidingTeam()
	out.At = time.Time{}
	for _, p := range parts {
		if p.projection.at.After(out.At) {
			out.At = p.projection.at.UTC()
		}
		if decides != nil && p.asked.Team.Index.History.Team.Name == *decides {
			out.deciding = f.deciding.asOf(p.asked.Team, p.projection.at, p.projection.at)
		}
	}
	return &out
}

// joinParts answers for an initiative by the parts of its teams.
func joinParts(parts []initiativePart, shared []sharedEpics, initiative string,
	name roadmap.QuarterName) *InitiativeForecast {
	f := &InitiativeForecast{Initiative: initiative, Quarter: name.String(), name: name, State: StateUnknown,
		Teams: []string{}, epics: map[string][]int64{}}
	var open []initiativePart
	var untold, why, notDone []string
	for _, p := range parts {
		own := p.asked.Team.Index.History.Team.Name
		f.Teams, f.epics[own] = append(f.Teams, own), p.epics
		f.Remaining, f.Issues = f.Remaining+p.open, f.Issues+p.issues
		f.Deadline = max(f.Deadline, p.deadline.String())
		f.reasons = append(f.reasons, reasonsOfTeam{own, p.projection.reasonsAgainstDates(grade.OnInitiatives)})
		switch {
		case p.projection.nothingLeft():
			if p.projection.scope.NotDone != "" {
				notDone = append(notDone, own+": "+p.projection.scope.NotDone)
			}
		case !p.projection.can:
			untold, why = append(untold, own), append(why, own+": "+p.projection.past.CannotTell())
		default:
			open = append(open, p)
		}
	}
	for _, one := range shared {
		f.reasons = append(f.reasons, reasonsOfTeam{one.team, one.sharingReasons()})
	}
	f.Why, f.Quality = strings.Join(why, "; "), f.QualityOf("odds")
	switch {
	case len(untold) > 0 && len(open) > 0:
		f.tellAtBest(open, untold)
	case len(untold) > 0:
	case len(open) == 0 && len(notDone) > 0:
		f.Why = strings.Join(notDone, "; ")
	case len(open) == 0:
		f.State = StateDone
	default:
		told := f.findDeciding(open)
		f.Decides = f.decidingTeam()
		f.Dates, f.PaceAlone, f.Odds, f.State = told.Dates, told.PaceAlone, told.Odds, told.State
	}
	return f
}

// tellAtBest tells what the open parts say where other teams cannot tell. What is unlikely for these teams alone is so
// for all of them.
func (f *InitiativeForecast) tellAtBest(open []initiativePart, untold []string) {
	told := f.findDeciding(open)
	f.AtBest = &AtBest{Without: untold, Odds: told.Odds, Dates: told.Dates, Decides: f.decidingTeam()}
	if told.State == StateUnlikely {
		f.State = StateUnlikely
	}
}

// findDeciding simulates the open parts in one loop. The median of the last dates, in the working days of the team
// that decides most often, is corrected by that team's record.
func (f *InitiativeForecast) findDeciding(open []initiativePart) *Forecast {
	question := forecast.Question{Trials: forecastTrials}
	for _, p := range open {
		work := p.projection.work
		work.Dates = p.projection.ahead.NumbersOfDates(p.asked.Team.Index, 2*mostFanDays)
		question.Teams = append(question.Teams, work)
	}
	answer := forecast.Simulate(question)
	decides := 0
	for i, times := range answer.Decides {
		if times > answer.Decides[decides] {
			decides = i
		}
	}
	o := open[decides].projection
	o.base = forecast.Answer{Days: o.ahead.CountedTo(answer.Days)}
	o.scope.Deadline = &open[decides].deadline
	told := &Forecast{projection: o, At: o.at.UTC(), Unit: o.unit.Unit, Remaining: &o.scope.Remaining,
		Trials: forecastTrials, Seed: forecast.Seed, HistoryDays: o.past.Throughput.WindowLength()}
	o.fillDates(told)
	f.deciding = told
	return told
}

// decidingTeam names the team whose forecast decides, nil for none.
func (f *InitiativeForecast) decidingTeam() *string {
	if f.deciding == nil {
		return nil
	}
	name := f.deciding.projection.team.Index.History.Team.Name
	return &name
}

// Deciding returns the forecast of the team that decides, with the last dates in its working days of all teams that can
// tell; nil where no date is told.
func (f *InitiativeForecast) Deciding() *Forecast { return f.deciding }

// DecidingTeam returns the team that decides, nil for none.
func (f *InitiativeForecast) DecidingTeam() *measure.Team {
	if f.deciding == nil {
		return nil
	}
	return f.deciding.projection.team
}

// quarterIsOver tells whether the quarter of an initiative is over for all of its teams.
func (f *InitiativeForecast) quarterIsOver(teams []Asked) bool {
	return !slices.ContainsFunc(f.teamsWithEpic(teams), func(asked Asked) bool {
		return !measure.HasEnded(asked.Team, asked.Team.Roadmap.Span(f.name).Last, asked.At)
	})
}

// teamsWithEpic returns those teams that have an epic of the initiative.
func (f *InitiativeForecast) teamsWithEpic(teams []Asked) []Asked {
	return slices.DeleteFunc(slices.Clone(teams), func(asked Asked) bool {
		return !slices.Contains(f.Teams, asked.Team.Index.History.Team.Name)
	})
}

// doneDate returns the date on which the last of the teams was done, nil while one is not.
func (f *InitiativeForecast) doneDate(teams []Asked) *string {
	var last *string
	for _, asked := range f.teamsWithEpic(teams) {
		done := doneOn(asked.Team, asked.Team.Roadmap.Span(f.name), asked.At, f.holdsEpic(asked))
		if done == nil {
			return nil
		}
		if last == nil || *last < *done {
			last = done
		}
	}
	return last
}

// firstToday is the date of the moment asked where the day of a team began last: a date is over once it is for all.
func (f *InitiativeForecast) firstToday(teams []Asked) calendar.Date {
	var first calendar.Date
	for n, asked := range f.teamsWithEpic(teams) {
		if today := asked.Team.Index.Date(asked.At.Add(roadmap.Instant)); n == 0 || today.Before(first) {
			first = today
		}
	}
	return first
}

// toldAtMiddle returns what was said of the initiative at the end of the quarter's middle day, the latest of those of
// the teams that have an epic of it: the years of teams may begin in different months. Of none anything is asked that
// comes after its moment.
func (f *InitiativeForecast) toldAtMiddle(teams []Asked) *Told {
	before := slices.Clone(teams)
	for i := range before {
		middle := endOfMiddle(before[i].Team, before[i].Team.Roadmap.Span(f.name))
		before[i].At = calendar.EarlierOf(middle, before[i].At)
	}
	was, ok := AskInitiative(before, f.Initiative, f.name)
	if !ok {
		return nil
	}
	var at time.Time
	for _, asked := range f.teamsWithEpic(before) {
		at = calendar.LaterOf(at, asked.At)
	}
	return &Told{At: at.UTC(), P85: was.Dates.P85, Odds: was.Odds}
}

// Initiatives lists the initiatives of a quarter over teams, in alphabetical order.
func Initiatives(teams []Asked, name roadmap.QuarterName) []string {
	var names []string
	for _, asked := range teams {
		at := asked.Team.Roadmap.Span(name).AsOf(asked.At)
		for _, m := range asked.Team.Roadmap.EpicsOf(name, at) {
			initiative := roadmap.Initiative(asked.Team.Roadmap.Index.History.Team.Initiative, m.Issue.Labels.At(at))
			if initiative != roadmap.NoInitiative && !slices.Contains(names, initiative) {
				names = append(names, initiative)
			}
		}
	}
	slices.Sort(names)
	return names
}

// holdsEpic tells whether an epic of a team is the initiative's and counts with the team.
func (f *InitiativeForecast) holdsEpic(asked Asked) func(epic *agile.Issue) bool {
	own := f.epics[asked.Team.Index.History.Team.Name]
	return func(epic *agile.Issue) bool { return slices.Contains(own, epic.ID) }
}

// endOfMiddle returns the last instant of the middle day of a quarter.
func endOfMiddle(team *measure.Team, span roadmap.QuarterSpan) time.Time {
	middle := span.First.Add(span.First.DaysUntil(span.Last) / 2)
	return middle.Add(1).Midnight(team.Index.History.Team.Calendar.Zone).Add(-roadmap.Instant)
}
