package compared

import (
	"cmp"
	"math"
	"slices"
	"time"

	"jerem/measure"
	"jerem/measure/outlook"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/beside"
)

// Side is all teams as of a moment; each team has its own, for a day ends in the zone of the team.
type Side struct{ Teams []TeamAt }

// TeamAt is a team with its quarter as of a moment.
type TeamAt struct {
	Team    *measure.Team
	At      time.Time
	Quarter *measure.Quarter
}

// latestMoment is the latest moment of the teams.
func (s Side) latestMoment() (at time.Time) {
	for _, one := range s.Teams {
		if one.At.After(at) {
			at = one.At
		}
	}
	return at
}

// asked is the moment of a side as an address names it: the day where it is the end of one for each team, which is not
// one moment where teams have other zones, else the latest one.
func (s Side) asked() string {
	day := ""
	for _, one := range s.Teams {
		local := one.At.In(one.Team.History().Team.Calendar.Zone)
		of := local.Format(time.DateOnly)
		if local.Add(time.Microsecond).Format(time.DateOnly) == of || day != "" && day != of {
			return s.latestMoment().UTC().Format(time.RFC3339)
		}
		day = of
	}
	return day
}

// namesOf are the names of the rows of a kind.
func namesOf(rows []outlook.Row, kind string) map[string]bool {
	names := map[string]bool{}
	for _, row := range rows {
		if row.Kind == kind {
			names[row.Name] = true
		}
	}
	return names
}

// portfolioRows are the rows of the portfolio: initiatives, then teams.
func (s Side) portfolioRows(name measure.QuarterName) ([]outlook.Row, error) {
	var questions []outlook.Asked
	for _, one := range s.Teams {
		if len(one.Quarter.Epics) > 0 {
			questions = append(questions, outlook.Asked{Team: one.Team, At: one.At})
		}
	}
	if len(questions) == 0 {
		return nil, nil
	}
	teams, initiatives, err := outlook.Rows(questions, name)
	return slices.Concat(initiatives, teams), err
}

// subject is an initiative or a team on both sides; one that is not there has no name.
type subject struct{ was, is outlook.Row }

// shownRow is the subject as it is, or as it was where it is not any more.
func (s subject) shownRow() outlook.Row {
	if s.is.Name == "" {
		return s.was
	}
	return s.is
}

// isJudgedAnew tells whether its verdict is another one.
func (s subject) isJudgedAnew() bool { return s.was.State != s.is.State }

// movedOdds is by how much its odds differ, 0 where one side tells none.
func (s subject) movedOdds() float64 {
	if s.was.Odds == nil || s.is.Odds == nil {
		return 0
	}
	return math.Abs(*s.is.Odds - *s.was.Odds)
}

// Of compares a quarter on two sides, in any order; keep is what the pages of issues keep of the question.
func Of(name measure.QuarterName, shown, other Side, keep string) (*beside.Comparison, error) {
	first, last := shown, other
	if last.latestMoment().Before(first.latestMoment()) {
		first, last = last, first
	}
	was, err := first.portfolioRows(name)
	if err != nil {
		return nil, err
	}
	is, err := last.portfolioRows(name)
	if err != nil {
		return nil, err
	}
	w := format.WordsOf(last.Teams[0].Team)
	c := &beside.Comparison{From: w.Short(first.Teams[0].At), To: w.Short(last.Teams[0].At), Epics: true,
		Events: epicsOf(first, last, keep)}
	table := rowTable{name: name, moments: [2]time.Time{first.latestMoment(), last.latestMoment()},
		asked: [2]string{first.asked(), last.asked()}, teams: last.Teams}
	table.initiatives = namesOf(slices.Concat(was, is), outlook.KindInitiative)
	for _, s := range subjectsOf(was, is) {
		c.Rows = append(c.Rows, table.rowsOf(s)...)
	}
	return c, nil
}

// subjectsOf pairs the rows of both sides; what moved the most comes first.
func subjectsOf(was, is []outlook.Row) []subject {
	var out []subject
	find := func(list []outlook.Row, like outlook.Row) (found outlook.Row) {
		for _, row := range list {
			if row.Kind == like.Kind && row.Name == like.Name {
				found = row
			}
		}
		return found
	}
	for _, row := range is {
		out = append(out, subject{find(was, row), row})
	}
	for _, row := range was {
		if find(is, row).Name == "" {
			out = append(out, subject{was: row})
		}
	}
	sorting.By(out, func(a, b subject) int {
		if a.isJudgedAnew() != b.isJudgedAnew() {
			if a.isJudgedAnew() {
				return -1
			}
			return 1
		}
		return -cmp.Compare(a.movedOdds(), b.movedOdds())
	})
	return out
}

// epicsOf are the epics of all teams that differ; one that several teams have is told once.
func epicsOf(first, last Side, keep string) []beside.Event {
	var out []beside.Event
	told := map[string]bool{}
	for n, one := range last.Teams {
		team := one.Team.History().Team.Name
		issue := func(key string) string { return frame.IssueAddress(frame.TeamAddress(team), key, keep) }
		w := format.WordsOf(one.Team)
		for _, e := range beside.Epics(w, first.Teams[n].Quarter, one.Quarter, issue) {
			if told[e.Key] {
				continue
			}
			told[e.Key] = true
			e.Title = team + ", " + w.UnitName() + ": " + e.Title
			out = append(out, e)
		}
	}
	return out
}
