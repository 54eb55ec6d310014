package measure

import (
	"fmt"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/forecast"
)

// Asked is a team with the moment as of which it is asked: each team reads a date in its own time zone.
type Asked struct {
	Team *Team
	At   time.Time
}

// PortfolioRow is an initiative or a team on one line: whether its quarter will hold, and what stands against it first.
type PortfolioRow struct {
	Name        string     `json:"name"`
	Kind        string     `json:"kind"` // initiative or team
	Teams       []string   `json:"teams"`
	Progression *float64   `json:"progression"` // of a team in its unit, of an initiative in issues
	State       string     `json:"state"`
	Odds        *float64   `json:"odds"`
	Dates       LevelDates `json:"dates"`
	TrendDays   *int       `json:"trend_days"` // by how many working days the 85 % date moved in a week; later is positive
	Decides     *string    `json:"decides"`    // the team that decides the date
	Risk        *Risk      `json:"risk"`
	Came        *string    `json:"came"` // of a quarter that is over: when its work was done; nil where it was not
	Told        *Told      `json:"told"` // of a quarter that is over: what was told at its middle
	Quality     Quality    `json:"quality"`
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
func (t *Team) TeamRow(name QuarterName, at time.Time) (PortfolioRow, error) {
	return t.teamRow(name, at, func(asked Asked) *Risk { return asked.Team.firstRisk(name, asked.At) })
}

func (t *Team) teamRow(name QuarterName, at time.Time, risk func(Asked) *Risk) (PortfolioRow, error) {
	f, err := t.forecast(ForecastQuestion{Quarter: &name}, at, false)
	if err != nil {
		return PortfolioRow{}, err
	}
	own := t.h.Team.Name
	row := PortfolioRow{Name: own, Kind: KindTeam, Teams: []string{own}, State: f.State, Odds: f.Odds, Dates: f.Dates, Decides: &own, Quality: f.Quality}
	row.Progression = t.Quarter(name, at).Progression
	if f.Moved != nil {
		row.TrendDays = f.Moved.Days
	}
	row.Risk = risk(Asked{Team: t, At: at})
	span := t.quarterSpan(name)
	if !at.Before(span.to) {
		row.Came = t.cameOn(span, at)
		row.Told = t.toldAtMiddle(name, span)
	}
	return row, nil
}

// PortfolioRows tells how the teams and the initiatives of a quarter stand. What several rows rest on is computed once.
func PortfolioRows(asked []Asked, name QuarterName) (teams, initiatives []PortfolioRow, err error) {
	known := map[Asked]*Risk{}
	risk := func(one Asked) *Risk {
		r, ok := known[one]
		if !ok {
			r = one.Team.firstRisk(name, one.At)
			known[one] = r
		}
		return r
	}
	teams, initiatives = []PortfolioRow{}, []PortfolioRow{}
	for _, one := range asked {
		row, err := one.Team.teamRow(name, one.At, risk)
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
func (t *Team) toldAtMiddle(name QuarterName, span quarterSpan) *Told {
	middle := span.first.Add(span.first.DaysUntil(span.last) / 2)
	at := middle.Add(1).Midnight(t.h.Team.Calendar.Zone).Add(-instant)
	f, err := t.forecastDates(name, at)
	if err != nil {
		return nil
	}
	return &Told{At: at.UTC(), P85: f.Dates.P85, Odds: f.Odds}
}

// firstRisk returns the first that holds: an epic whose odds are the lowest and below 85 %, more than a fifth of the
// remaining issues unestimated, late issues, impediments over the budget of the present sprint; nil for none of them.
func (t *Team) firstRisk(name QuarterName, at time.Time) *Risk {
	at = t.quarterSpan(name).stands(at)
	if risk := t.riskyEpic(name, at); risk != nil {
		return risk
	}
	if risk := t.riskyEstimates(name, at); risk != nil {
		return risk
	}
	if late := t.Late(at); len(late) > 0 {
		return &Risk{What: "late", Text: count(len(late), "issue") + " late today", Issue: &late[0].Issue}
	}
	return t.riskyBudget(at)
}

func (t *Team) riskyEpic(name QuarterName, at time.Time) *Risk {
	var worst *Risk
	lowest := onTrackFrom
	for _, m := range t.epicsOf(name, at) {
		key := m.issue.Key.Last()
		o, err := t.outlook(ForecastQuestion{Epic: key}, at)
		if err != nil || !o.can || o.nothingLeft() || o.scope.deadline == nil {
			continue
		}
		odds := o.corrected.Odds(o.base.Median(), o.ahead.until(*o.scope.deadline))
		if odds < lowest {
			lowest = odds
			worst = &Risk{What: "epic", Text: key + " has odds of " + OddsInWords(odds), Issue: &key}
		}
	}
	return worst
}

func (t *Team) riskyEstimates(name QuarterName, at time.Time) *Risk {
	if t.unit == agile.Issues {
		return nil
	}
	open, unestimated := 0, 0
	for _, m := range t.epicsOf(name, at) {
		for _, id := range t.epicWork[m.issue.ID] {
			b, ok := beatAt(t.lives[id], at)
			if !ok || b.epic != m.issue.ID || b.state == Done {
				continue
			}
			open++
			if t.unestimated(id, b, at) {
				unestimated++
			}
		}
	}
	if float64(unestimated) <= fewUnestimated*float64(open) {
		return nil
	}
	return &Risk{What: "unestimated", Text: fmt.Sprintf("%d of %d open issues without an estimate", unestimated, open)}
}

func (t *Team) riskyBudget(at time.Time) *Risk {
	for _, head := range t.Sprints(at) {
		if head.State != agile.Active {
			continue
		}
		s, err := t.Sprint(head.ID, at)
		if err != nil || s.Impediments == nil || s.Impediments.BudgetSeconds == nil {
			continue
		}
		if used, budget := s.Impediments.Seconds, *s.Impediments.BudgetSeconds; used > budget {
			return &Risk{What: "impediments", Text: fmt.Sprintf("impediments took %.1f h of %.1f h", float64(used)/3600, float64(budget)/3600)}
		}
	}
	return nil
}

// InitiativeForecast tells when the work of several teams on an initiative is done: the last team decides.
type InitiativeForecast struct {
	At         time.Time  `json:"at"`
	Initiative string     `json:"initiative"`
	Quarter    string     `json:"quarter"`
	Teams      []string   `json:"teams"`
	Remaining  int        `json:"remaining"` // issues: estimates of two teams are never added
	Issues     int        `json:"issues"`
	Deadline   string     `json:"deadline"`
	Odds       *float64   `json:"odds"`
	State      string     `json:"state"`
	Dates      LevelDates `json:"dates"`
	PaceAlone  LevelDates `json:"pace_alone"`
	Decides    *string    `json:"decides"` // the team that is most often the last one
	Why        string     `json:"why,omitempty"`
	Quality    Quality    `json:"quality"`
}

// part is what one team does for an initiative.
type initiativePart struct {
	asked    Asked
	outlook  *outlook
	open     int
	issues   int
	deadline calendar.Date
}

// ForecastInitiative answers for an initiative of a quarter over all teams that have an epic of it; false where none has.
func ForecastInitiative(teams []Asked, initiative string, name QuarterName) (*InitiativeForecast, bool) {
	var parts []initiativePart
	for _, asked := range teams {
		if part, ok := asked.Team.initiativePart(initiative, name, asked.At); ok {
			part.asked = asked
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return nil, false
	}
	f := &InitiativeForecast{Initiative: initiative, Quarter: name.String(), State: StateUnknown, Teams: []string{}, Quality: Quality{Grade: Whole, Reasons: []string{}}}
	var open []initiativePart
	for _, p := range parts {
		f.Teams = append(f.Teams, p.asked.Team.h.Team.Name)
		f.Remaining, f.Issues = f.Remaining+p.open, f.Issues+p.issues
		if p.outlook.at.After(f.At) {
			f.At = p.outlook.at.UTC()
		}
		f.Deadline = max(f.Deadline, p.deadline.String())
		f.Quality.join(p.asked.Team.h.Team.Name, p.outlook.quality(ForecastQuestion{}))
		switch {
		case p.outlook.nothingLeft():
		case !p.outlook.can:
			f.Why = p.asked.Team.h.Team.Name + ": " + p.outlook.past.cannotTell()
		default:
			open = append(open, p)
		}
	}
	switch {
	case f.Why != "":
	case len(open) == 0:
		f.State = StateDone
	default:
		f.decide(open)
	}
	return f, true
}

// join adds the reasons of a team.
func (q *Quality) join(team string, other Quality) {
	for _, reason := range other.Reasons {
		q.Reasons = append(q.Reasons, team+": "+reason)
	}
	if q.Grade == Whole || other.Grade == Limited {
		q.Grade = other.Grade
	}
}

// initiativePart gathers what a team does for an initiative: its epics are taken in turn, so what remains of those before
// the last one of the initiative comes first.
func (t *Team) initiativePart(initiative string, name QuarterName, at time.Time) (initiativePart, bool) {
	span := t.quarterSpan(name)
	at = span.stands(at)
	var all, own []int64
	for _, m := range t.epicsOf(name, at) {
		all = append(all, m.issue.ID)
		if Initiative(m.issue.Labels.At(at)) == initiative {
			own = append(own, m.issue.ID)
		}
	}
	if len(own) == 0 {
		return initiativePart{}, false
	}
	p := initiativePart{deadline: span.last}
	for _, epic := range own {
		for _, id := range t.epicWork[epic] {
			if b, ok := beatAt(t.lives[id], at); ok && b.epic == epic {
				p.issues++
				if b.state != Done {
					p.open++
				}
			}
		}
	}
	turns := t.inTurn(all, at)
	last := 0
	for place, epic := range turns {
		if slices.Contains(own, epic) {
			last = place
		}
	}
	p.outlook = t.outlookOfEpics(turns[:last+1], own, span, at)
	return p, true
}

// outlookOfEpics gathers the inputs for a list of epics; where those that are asked for are done, nothing is left.
func (t *Team) outlookOfEpics(epics, asked []int64, span quarterSpan, at time.Time) *outlook {
	o := &outlook{team: t, at: at, unit: workUnit{unit: t.unit, team: t}}
	all := func(int64, int64) bool { return true }
	o.scope = o.unit.epicScope(epics, at, all)
	if own := o.unit.epicScope(asked, at, all); own.remaining == 0 && own.unestimated == 0 {
		o.scope.remaining, o.scope.unestimated = 0, 0
	}
	o.scope.deadline = &span.last
	o.prepare(true)
	return o
}

// dayNumber counts days since a fixed date, so that dates of several calendars compare.
func dayNumber(d calendar.Date) int {
	return calendar.Date{Year: 1970, Month: time.January, Day: 1}.DaysUntil(d)
}

func dateOfNumber(n int) calendar.Date {
	return calendar.Date{Year: 1970, Month: time.January, Day: 1}.Add(n)
}

// decide simulates the open parts in one loop. The median of the last dates, in the working days of the team that decides
// most often, is corrected by that team's record.
func (f *InitiativeForecast) decide(open []initiativePart) {
	question := forecast.Question{Trials: forecastTrials}
	for _, p := range open {
		work := p.outlook.work
		ahead := p.outlook.ahead
		work.DateOf = func(day int) int {
			date, ok := ahead.date(min(day, mostFanDays*2))
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
	o := open[decides].outlook
	name := o.team.h.Team.Name
	f.Decides = &name
	median := o.ahead.until(dateOfNumber(answer.Median()))
	var shown, alone [len(forecast.Levels)]*int
	for level, odds := range forecast.Levels {
		if days := o.corrected.Days(odds, median); days <= forecast.Limit(median) {
			shown[level] = &days
		}
		if days := o.ahead.until(dateOfNumber(answer.Quantile(odds))); days <= forecast.Limit(median) {
			alone[level] = &days
		}
	}
	f.Dates, f.PaceAlone = o.dates(shown), o.dates(alone)
	odds := o.corrected.Odds(median, o.ahead.until(open[decides].deadline))
	f.Odds, f.State = &odds, stateOf(odds)
}

// Initiatives lists the initiatives of a quarter over teams, in alphabetical order.
func Initiatives(teams []Asked, name QuarterName) []string {
	var names []string
	for _, asked := range teams {
		at := asked.Team.quarterSpan(name).stands(asked.At)
		for _, m := range asked.Team.epicsOf(name, at) {
			initiative := Initiative(m.issue.Labels.At(at))
			if initiative != noInitiative && !slices.Contains(names, initiative) {
				names = append(names, initiative)
			}
		}
	}
	slices.Sort(names)
	return names
}

// InitiativeRow tells how an initiative of a quarter stands; false where no team has an epic of it.
func InitiativeRow(teams []Asked, initiative string, name QuarterName) (PortfolioRow, bool) {
	return initiativeRow(teams, initiative, name, func(asked Asked) *Risk { return asked.Team.firstRisk(name, asked.At) })
}

func initiativeRow(teams []Asked, initiative string, name QuarterName, risk func(Asked) *Risk) (PortfolioRow, bool) {
	f, ok := ForecastInitiative(teams, initiative, name)
	if !ok {
		return PortfolioRow{}, false
	}
	row := PortfolioRow{Name: initiative, Kind: KindInitiative, Teams: f.Teams, State: f.State, Odds: f.Odds, Dates: f.Dates, Decides: f.Decides, Quality: f.Quality}
	row.Progression = share(float64(f.Issues-f.Remaining), float64(f.Issues))
	before := slices.Clone(teams)
	for i := range before {
		before[i].At = before[i].Team.quarterSpan(name).stands(before[i].At).Add(-aWeek)
	}
	if was, ok := ForecastInitiative(before, initiative, name); ok {
		row.TrendDays = workingDaysBetween(teams, was.Dates.P85, f.Dates.P85)
	}
	for _, asked := range teams {
		if f.Decides != nil && asked.Team.h.Team.Name == *f.Decides {
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
	calendar := teams[0].Team.h.Team.Calendar
	days := 0
	if a.Date().Before(b.Date()) {
		days = calendar.Dates(a.Date().Add(1), b.Date())
	} else {
		days = -calendar.Dates(b.Date().Add(1), a.Date())
	}
	return &days
}
