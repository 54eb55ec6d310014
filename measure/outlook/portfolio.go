package outlook

import (
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/forecast"
	"jerem/measure/grade"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/index"
	"jerem/measure/internal/roadmap"
	"jerem/measure/words"
)

// Asked is a team with the moment as of which it is asked: each team reads a date in its own time zone.
type Asked struct {
	Team *measure.Team
	At   time.Time
}

// Row is an initiative or a team on one line: whether its quarter will hold, and what stands against it first.
type Row struct {
	Name        string        `json:"name"`
	Kind        string        `json:"kind"` // initiative or team
	Teams       []string      `json:"teams"`
	Progression *float64      `json:"progression"` // of a team in its unit, of an initiative in issues
	State       string        `json:"state"`
	Odds        *float64      `json:"odds"`
	Dates       LevelDates    `json:"dates"`
	TrendDays   *int          `json:"trend_days"` // working days that the 85 % date moved in a week; later is positive
	Decides     *string       `json:"decides"`    // the team that decides the date
	Risk        *Risk         `json:"risk"`
	Came        *string       `json:"came"` // of a quarter that is over: when its work was done; nil where it was not
	Told        *Told         `json:"told"` // of a quarter that is over: what was told at its middle
	Quality     grade.Quality `json:"quality"`
}

// Told is what a forecast said at an earlier moment.
type Told struct {
	At   time.Time `json:"at"`
	P85  *string   `json:"p85"`
	Odds *float64  `json:"odds"`
}

// Risk is the first thing that stands against a date.
type Risk struct {
	What  string  `json:"what"` // epic, unestimated, late or impediments
	Text  string  `json:"text"`
	Issue *string `json:"issue"`
}

// The kinds of a row.
const (
	KindInitiative = "initiative"
	KindTeam       = "team"
)

// fewUnestimated is the share of the remaining issues that may be unestimated before that is a risk.
const fewUnestimated = 0.2

// TeamRow tells how the quarter of a team stands.
func TeamRow(team *measure.Team, name roadmap.QuarterName, at time.Time) (Row, error) {
	return teamRow(team, name, at, func(asked Asked) *Risk { return FirstRisk(asked.Team, name, asked.At) })
}

func teamRow(team *measure.Team, name roadmap.QuarterName, at time.Time, risk func(Asked) *Risk) (Row, error) {
	f, err := About(team).answer(Question{Quarter: &name}, at, false)
	if err != nil {
		return Row{}, err
	}
	own := team.Index.History.Team.Name
	row := Row{Name: own, Kind: KindTeam, Teams: []string{own}, State: f.State, Odds: f.Odds, Dates: f.Dates,
		Decides: &own, Quality: f.Quality}
	row.Progression = team.Quarter(name, at).Progression
	if f.Moved != nil {
		row.TrendDays = f.Moved.Days
	}
	row.Risk = risk(Asked{Team: team, At: at})
	span := team.Roadmap.Span(name)
	if !at.Before(span.To) {
		row.Came = doneOn(team, span, at)
		row.Told = toldAtMiddle(team, name, span)
	}
	return row, nil
}

// Rows tells how the teams and the initiatives of a quarter stand. What several rows rest on is computed once.
func Rows(asked []Asked, name roadmap.QuarterName) (teams, initiatives []Row, err error) {
	known := map[Asked]*Risk{}
	risk := func(one Asked) *Risk {
		r, ok := known[one]
		if !ok {
			r = FirstRisk(one.Team, name, one.At)
			known[one] = r
		}
		return r
	}
	teams, initiatives = []Row{}, []Row{}
	for _, one := range asked {
		row, err := teamRow(one.Team, name, one.At, risk)
		if err != nil {
			return nil, nil, err
		}
		teams = append(teams, row)
	}
	for _, initiative := range Initiatives(asked, name) {
		if row, ok := initiativeRow(asked, initiative, name, risk); ok {
			initiatives = append(initiatives, row)
		}
	}
	return teams, initiatives, nil
}

// toldAtMiddle returns what the forecast of a quarter said at the end of its middle day.
func toldAtMiddle(team *measure.Team, name roadmap.QuarterName, span roadmap.QuarterSpan) *Told {
	middle := span.First.Add(span.First.DaysUntil(span.Last) / 2)
	at := middle.Add(1).Midnight(team.Index.History.Team.Calendar.Zone).Add(-roadmap.Instant)
	f, err := likelyDates(team, name, at)
	if err != nil {
		return nil
	}
	return &Told{At: at.UTC(), P85: f.Dates.P85, Odds: f.Odds}
}

// FirstRisk returns the first that holds: an epic whose odds are the lowest and below 85 %, more than a fifth of the
// remaining issues unestimated, late issues, impediments over the budget of the present sprint; nil for none of them.
func FirstRisk(team *measure.Team, name roadmap.QuarterName, at time.Time) *Risk {
	at = team.Roadmap.Span(name).AsOf(at)
	if risk := riskOfEpics(team, name, at); risk != nil {
		return risk
	}
	if risk := riskOfEstimates(team, name, at); risk != nil {
		return risk
	}
	if late := flow.Late(team, at); len(late) > 0 {
		return &Risk{What: "late", Text: words.Count(len(late), "issue") + " late today", Issue: &late[0].Issue}
	}
	return riskOfBudget(team, at)
}

func riskOfEpics(team *measure.Team, name roadmap.QuarterName, at time.Time) *Risk {
	var worst *Risk
	lowest, inquiry := onTrackFrom, About(team)
	for _, m := range team.Roadmap.EpicsOf(name, at) {
		key := m.Issue.Key.Last()
		o, err := inquiry.project(Question{Epic: key}, at)
		if err != nil || !o.can || o.nothingLeft() || o.scope.deadline == nil {
			continue
		}
		odds := o.corrected.Odds(o.base.Median(), o.ahead.daysUntil(*o.scope.deadline))
		if odds < lowest {
			lowest = odds
			worst = &Risk{What: "epic", Text: key + " has odds of " + words.Odds(odds), Issue: &key}
		}
	}
	return worst
}

func riskOfEstimates(team *measure.Team, name roadmap.QuarterName, at time.Time) *Risk {
	if team.Index.Unit == agile.Issues {
		return nil
	}
	open, unestimated := 0, 0
	for _, m := range team.Roadmap.EpicsOf(name, at) {
		for id, b := range team.Index.IssuesOfEpic(m.Issue.ID, at) {
			if b.State == index.Done {
				continue
			}
			open++
			if team.Index.Unestimated(id, b, at) {
				unestimated++
			}
		}
	}
	if float64(unestimated) <= fewUnestimated*float64(open) {
		return nil
	}
	return &Risk{What: "unestimated", Text: fmt.Sprintf("%d of %d open issues without an estimate", unestimated, open)}
}

func riskOfBudget(team *measure.Team, at time.Time) *Risk {
	for _, head := range team.Sprints(at) {
		if head.State != agile.Active {
			continue
		}
		s, err := team.Sprint(head.ID, at)
		if err != nil || s.Impediments == nil || s.Impediments.BudgetSeconds == nil {
			continue
		}
		if used, budget := s.Impediments.Seconds, *s.Impediments.BudgetSeconds; used > budget {
			return &Risk{What: "impediments", Text: fmt.Sprintf("impediments took %.1f h of %.1f h", float64(used)/3600,
				float64(budget)/3600)}
		}
	}
	return nil
}

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
	Why        string        `json:"why,omitempty"`
	Quality    grade.Quality `json:"quality"`
}

// part is what one team does for an initiative.
type initiativePart struct {
	asked      Asked
	projection *projection
	open       int
	issues     int
	deadline   calendar.Date
}

// AskInitiative answers for an initiative of a quarter over all teams that have an epic of it; false where none has.
func AskInitiative(teams []Asked, initiative string, name roadmap.QuarterName) (*InitiativeForecast, bool) {
	var parts []initiativePart
	for _, asked := range teams {
		if part, ok := partOfInitiative(asked.Team, initiative, name, asked.At); ok {
			part.asked = asked
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return nil, false
	}
	f := &InitiativeForecast{Initiative: initiative, Quarter: name.String(), State: StateUnknown, Teams: []string{},
		Quality: grade.Quality{Grade: grade.Whole, Reasons: []string{}}}
	var open []initiativePart
	for _, p := range parts {
		f.Teams = append(f.Teams, p.asked.Team.Index.History.Team.Name)
		f.Remaining, f.Issues = f.Remaining+p.open, f.Issues+p.issues
		if p.projection.at.After(f.At) {
			f.At = p.projection.at.UTC()
		}
		f.Deadline = max(f.Deadline, p.deadline.String())
		f.Quality.Join(p.asked.Team.Index.History.Team.Name, p.projection.grade(Question{}))
		switch {
		case p.projection.nothingLeft():
		case !p.projection.can:
			f.Why = p.asked.Team.Index.History.Team.Name + ": " + p.projection.past.cannotTell()
		default:
			open = append(open, p)
		}
	}
	switch {
	case f.Why != "":
	case len(open) == 0:
		f.State = StateDone
	default:
		f.findDeciding(open)
	}
	return f, true
}

// partOfInitiative gathers what a team does for an initiative: its epics are taken in turn, so what remains of those
// before the last one of the initiative comes first.
func partOfInitiative(
	team *measure.Team, initiative string, name roadmap.QuarterName, at time.Time,
) (initiativePart, bool) {
	span := team.Roadmap.Span(name)
	at = span.AsOf(at)
	var all, own []int64
	for _, m := range team.Roadmap.EpicsOf(name, at) {
		all = append(all, m.Issue.ID)
		if roadmap.Initiative(team.Roadmap.Index.History.Team.Initiative, m.Issue.Labels.At(at)) == initiative {
			own = append(own, m.Issue.ID)
		}
	}
	if len(own) == 0 {
		return initiativePart{}, false
	}
	p := initiativePart{deadline: span.Last}
	for _, epic := range own {
		for _, b := range team.Index.IssuesOfEpic(epic, at) {
			p.issues++
			if b.State != index.Done {
				p.open++
			}
		}
	}
	turns := orderEpics(team.Roadmap, all, at)
	last := 0
	for place, epic := range turns {
		if slices.Contains(own, epic) {
			last = place
		}
	}
	p.projection = projectEpics(team, turns[:last+1], own, span, at)
	return p, true
}

// projectEpics gathers the inputs for a list of epics; where those that are asked for are done, nothing is left.
func projectEpics(team *measure.Team, epics, asked []int64, span roadmap.QuarterSpan, at time.Time) *projection {
	o := &projection{team: team, at: at, unit: workUnit{unit: team.Index.Unit, team: team}}
	all := func(int64, int64) bool { return true }
	o.scope = o.unit.epicScope(epics, at, all)
	if own := o.unit.epicScope(asked, at, all); own.remaining == 0 && own.unestimated == 0 {
		o.scope.remaining, o.scope.unestimated = 0, 0
	}
	o.scope.deadline = &span.Last
	o.gatherInputs(About(team), true)
	return o
}

// dayNumber counts days since a fixed date, so that dates of several calendars compare.
func dayNumber(d calendar.Date) int {
	return calendar.Date{Year: 1970, Month: time.January, Day: 1}.DaysUntil(d)
}

func dateOfNumber(n int) calendar.Date {
	return calendar.Date{Year: 1970, Month: time.January, Day: 1}.Add(n)
}

// findDeciding simulates the open parts in one loop. The median of the last dates, in the working days of the team
// that decides most often, is corrected by that team's record.
func (f *InitiativeForecast) findDeciding(open []initiativePart) {
	question := forecast.Question{Trials: forecastTrials}
	for _, p := range open {
		work := p.projection.work
		ahead := p.projection.ahead
		work.DateOf = func(day int) int {
			date, ok := ahead.dateOf(min(day, mostFanDays*2))
			if !ok {
				return dayNumber(ahead.first) + 2*mostFanDays
			}
			return dayNumber(date)
		}
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
	name := o.team.Index.History.Team.Name
	f.Decides = &name
	median := o.ahead.daysUntil(dateOfNumber(answer.Median()))
	var shown, alone [len(forecast.Levels)]*int
	for level, odds := range forecast.Levels {
		if days := o.corrected.Days(odds, median); days <= forecast.Limit(median) {
			shown[level] = &days
		}
		if days := o.ahead.daysUntil(dateOfNumber(answer.Quantile(odds))); days <= forecast.Limit(median) {
			alone[level] = &days
		}
	}
	f.Dates, f.PaceAlone = o.datesOf(shown), o.datesOf(alone)
	odds := o.corrected.Odds(median, o.ahead.daysUntil(open[decides].deadline))
	f.Odds, f.State = &odds, stateOf(odds)
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

// InitiativeRow tells how an initiative of a quarter stands; false where no team has an epic of it.
func InitiativeRow(teams []Asked, initiative string, name roadmap.QuarterName) (Row, bool) {
	return initiativeRow(teams, initiative, name,
		func(asked Asked) *Risk { return FirstRisk(asked.Team, name, asked.At) })
}

func initiativeRow(teams []Asked, initiative string, name roadmap.QuarterName, risk func(Asked) *Risk) (Row, bool) {
	f, ok := AskInitiative(teams, initiative, name)
	if !ok {
		return Row{}, false
	}
	row := Row{Name: initiative, Kind: KindInitiative, Teams: f.Teams, State: f.State, Odds: f.Odds, Dates: f.Dates,
		Decides: f.Decides, Quality: f.Quality}
	row.Progression = amount.Share(float64(f.Issues-f.Remaining), float64(f.Issues))
	before := slices.Clone(teams)
	for i := range before {
		before[i].At = before[i].Team.Roadmap.Span(name).AsOf(before[i].At).Add(-aWeek)
	}
	if was, ok := AskInitiative(before, initiative, name); ok {
		row.TrendDays = workingDaysBetween(teams, was.Dates.P85, f.Dates.P85)
	}
	for _, asked := range teams {
		if f.Decides != nil && asked.Team.Index.History.Team.Name == *f.Decides {
			row.Risk = risk(asked)
		}
	}
	return row, true
}

// workingDaysBetween counts the working days from one date to another by the calendar of the first team, negative where
// the second one is earlier; nil where one of them is not told.
func workingDaysBetween(teams []Asked, from, to *string) *int {
	if from == nil || to == nil || len(teams) == 0 {
		return nil
	}
	a, errA := calendar.ParseMoment(*from)
	b, errB := calendar.ParseMoment(*to)
	if errA != nil || errB != nil {
		return nil
	}
	calendar := teams[0].Team.Index.History.Team.Calendar
	days := 0
	if a.Date().Before(b.Date()) {
		days = calendar.Dates(a.Date().Add(1), b.Date())
	} else {
		days = -calendar.Dates(b.Date().Add(1), a.Date())
	}
	return &days
}
