package outlook

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/roadmap"
	"jerem/parallel"
)

// Asked is a team with the moment as of which it is asked: each team reads a date in its own time zone.
type Asked struct {
	Team   *measure.Team
	At     time.Time
	Behind time.Time // since when its readings fail; zero while they do not
}

// Row is an initiative or a team on one line: whether its quarter will hold, and what stands against it first.
type Row struct {
	Name        string        `json:"name"`
	Kind        string        `json:"kind"` // initiative or team
	Teams       []string      `json:"teams"`
	Progression *float64      `json:"progression"` // of a team in its unit, of an initiative in issues
	State       string        `json:"state"`
	Why         string        `json:"why,omitempty"` // why nothing can be told
	Odds        *float64      `json:"odds"`
	Dates       LevelDates    `json:"dates"`
	TrendDays   *int          `json:"trend_days"` // working days that the 85 % date moved in a week; later is positive
	Decides     *string       `json:"decides"`    // the team that decides the date
	AtBest      *AtBest       `json:"at_best"`    // of an initiative, see there
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
	Held *bool     `json:"held"` // what came, came by the 85 % date; nil while that cannot be told
}

// decideHeld tells whether what came, or did not come yet, held the date that was told.
func (t *Told) decideHeld(came *string, today calendar.Date) {
	if t != nil {
		t.Held = dateHeld(t.P85, came, today)
	}
}

// WasDone tells whether nothing was told because the work was done by then.
func (t *Told) WasDone(came *string) bool {
	return t != nil && t.P85 == nil && t.Odds == nil && came != nil && *came <= t.At.Format(time.DateOnly)
}

// The kinds of a row.
const (
	KindInitiative = "initiative"
	KindTeam       = "team"
)

// UnreadRow is the row of a team that was not read yet.
func UnreadRow(team string) Row {
	const why = "the team was not read yet"
	return Row{Name: team, Kind: KindTeam, Teams: []string{team}, State: StateUnknown, Why: why,
		Risk:    &Risk{What: RiskUnread, Text: why},
		Quality: grade.Quality{Grade: grade.Limited, Reasons: []string{why}}}
}

// teamRow tells how the quarter of a team stands.
func teamRow(asked Asked, name roadmap.QuarterName, risk func(Asked) *Risk) (Row, error) {
	team, at := asked.Team, asked.At
	f, err := About(team).answerQuestion(Question{Quarter: &name}, at, false)
	if err != nil {
		return Row{}, err
	}
	own := team.Index.History.Team.Name
	row := Row{Name: own, Kind: KindTeam, Teams: []string{own}, State: f.State, Why: f.Why, Odds: f.Odds,
		Dates: f.Dates, Decides: &own, Quality: f.projection.gradeForecast()}
	row.Progression = team.Quarter(name, at).Progression
	if f.Moved != nil {
		row.TrendDays = f.Moved.Days
	}
	row.Risk = risk(asked)
	span := team.Roadmap.Span(name)
	if measure.HasEnded(team, span.Last, at) {
		row.Came, row.Told = OutcomeOf(team, name, at)
	}
	return row, nil
}

// Rows tells how the teams and the initiatives of a quarter stand. What several rows rest on is computed once.
func Rows(asked []Asked, name roadmap.QuarterName) (teams, initiatives []Row, err error) {
	teams, err = teamRows(asked, name)
	if err != nil {
		return nil, nil, err
	}
	return teams, initiativeRows(asked, name), nil
}

// teamRows tells how the quarter of each team stands, of several teams side by side.
func teamRows(asked []Asked, name roadmap.QuarterName) ([]Row, error) {
	rows, errs := make([]Row, len(asked)), make([]error, len(asked))
	risk := func(one Asked) *Risk { return firstRiskOf(one, name) }
	parallel.Each(len(asked), func(n int) { rows[n], errs[n] = teamRow(asked[n], name, risk) })
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// initiativeRows tells how the initiatives of a quarter stand, several of them side by side.
func initiativeRows(asked []Asked, name roadmap.QuarterName) []Row {
	names := Initiatives(asked, name)
	rows, known := make([]Row, len(names)), make([]bool, len(names))
	parallel.Each(len(names), func(n int) { rows[n], known[n] = initiativeRow(asked, names[n], name) })
	list := []Row{}
	for n, row := range rows {
		if known[n] {
			list = append(list, row)
		}
	}
	return list
}

// toldAtMiddle returns what the forecast of a quarter said at the end of its middle day.
func toldAtMiddle(team *measure.Team, name roadmap.QuarterName, span roadmap.QuarterSpan) *Told {
	at := endOfMiddle(team, span)
	f, err := likelyDates(team, name, at)
	if err != nil {
		return nil
	}
	return &Told{At: at.UTC(), P85: f.Dates.P85, Odds: f.Odds}
}

// initiativeRow tells how an initiative of a quarter stands; false where no team has an epic of it.
func initiativeRow(teams []Asked, initiative string, name roadmap.QuarterName) (Row, bool) {
	f, ok := AskInitiative(teams, initiative, name)
	if !ok {
		return Row{}, false
	}
	row := Row{Name: initiative, Kind: KindInitiative, Teams: f.Teams, State: f.State, Why: f.Why, Odds: f.Odds,
		Dates: f.Dates, Decides: f.Decides, AtBest: f.AtBest, Quality: f.Quality}
	row.Progression = amount.Share(float64(f.Issues-f.Remaining), float64(f.Issues))
	row.TrendDays = TrendOf(teams, f).Days
	row.Risk = f.firstRisk(teams)
	if f.quarterIsOver(teams) {
		row.Came, row.Told = f.doneDate(teams), f.toldAtMiddle(teams)
		row.Told.decideHeld(row.Came, f.firstToday(teams))
	}
	return row, true
}

// Trend is by how many working days the 85 % date of an initiative moved in a week. Several teams have an initiative:
// the working days are those of the first one asked.
type Trend struct {
	Since       time.Time
	Before, Now *string // the 85 % dates of then and of now; nil where one is not told
	Days        *int    // later is positive; nil where one of the two dates is not told

	// The working days from the moment asked to each date, below 0 where it lies before the moment. Their difference
	// is Days.
	DaysBefore, DaysNow int

	Counted *measure.Team // the team whose working days are counted; nil without Days
}

// TrendOf tells how the 85 % date of an initiative moved since a week before the moment asked, or before the end of a
// quarter that is over.
func TrendOf(teams []Asked, f *InitiativeForecast) Trend {
	before := slices.Clone(teams)
	for i := range before {
		before[i].At = before[i].Team.Roadmap.Span(f.name).AsOf(before[i].At).Add(-aWeek)
	}
	trend := Trend{Since: f.At.Add(-aWeek).UTC(), Now: f.Dates.P85}
	if was, ok := AskInitiative(before, f.Initiative, f.name); ok {
		trend.Before = was.Dates.P85
	}
	then, told := parseDate(trend.Before)
	now, tells := parseDate(trend.Now)
	if !told || !tells {
		return trend
	}
	trend.Counted = f.teamsWithEpic(teams)[0].Team
	today, working := trend.Counted.Index.Date(f.At), trend.Counted.Index.History.Team.Calendar
	trend.DaysBefore = working.Between(today, then)
	trend.DaysNow = working.Between(today, now)
	days := trend.DaysNow - trend.DaysBefore
	trend.Days = &days
	return trend
}

func parseDate(text *string) (calendar.Date, bool) {
	if text == nil {
		return calendar.Date{}, false
	}
	moment, err := calendar.ParseMoment(*text)
	return moment.Date(), err == nil
}

// OutcomeOf tells of a quarter that is over when its work was done, nil where it was not, and what was told at its
// middle.
func OutcomeOf(team *measure.Team, name roadmap.QuarterName, at time.Time) (came *string, told *Told) {
	span := team.Roadmap.Span(name)
	came, told = doneOn(team, span, at, takeAll), toldAtMiddle(team, name, span)
	told.decideHeld(came, team.Index.Date(at.Add(roadmap.Instant)))
	return came, told
}
