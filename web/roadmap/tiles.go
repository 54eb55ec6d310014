package roadmap

import (
	"fmt"
	"math"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
)

// fillTiles fills in the figures of the quarter, each with how it came about or why it is unknown.
func (p *page) fillTiles(team *measure.Team, name measure.QuarterName, first, last calendar.Date, at time.Time) {
	q, w := p.Q, p.W
	cal := team.History().Team.Calendar
	left := frame.Tile{Name: "Working days left", Value: fmt.Sprint(q.WorkingDaysLeft),
		Unit: fmt.Sprintf("of %d", cal.Dates(first, last)), Explain: "left", Note: "the quarter is over"}
	switch {
	case !measure.HasEnded(team, last, at):
		left.Note = "to " + format.DateWord(last) + ", both days included"
	case q.WorkingDaysLeft > 0: // the page is as of the last instant of a day, which is counted as long as it lasts
		left.Note = "the quarter ends; its last day counts until midnight"
	}
	mean := frame.Tile{Name: "Sprints, mean", Value: format.Percent(q.AverageCompletion),
		Unit:    "of the commitment",
		Explain: "average", Note: "no sprint with a commitment was closed yet"}
	if q.Velocity == nil {
		mean.Note = measure.WhyNoVelocity(team)
	}
	if q.AverageImpediment != nil {
		mean.Note = format.Hours(int64(math.Round(*q.AverageImpediment))) + format.Thin + "h of impediments"
	}
	if q.AverageCompletion != nil && *q.AverageCompletion > 1 {
		mean.Note += "; over 100" + format.Thin + "%: more was completed than committed"
	}
	progression := frame.Tile{Name: "Progression", Value: format.Percent(q.Progression), Unit: "of the quarter",
		Explain: "progression", Note: w.Amount(q.Done) + " of " + w.Count(q.Total) + " done"}
	remaining := frame.Tile{Name: "Remaining", Value: w.Amount(q.Remaining), Unit: w.UnitFor(q.Remaining),
		Explain: "remaining", Note: w.Amount(q.Doing) + " doing, " + w.Amount(q.ToDo) + " to do"}
	if q.Total == 0 {
		progression.Note = "nothing is estimated: there is no share"
		remaining.Value, remaining.Unit, remaining.Note = "–", "", "nothing is estimated yet"
	}
	p.Tiles = []frame.Tile{
		slackTile(p, team, slackBefore(team, name, first, at)),
		progression,
		remaining,
		growthTile(p, first), daysTile(p, team), left, velocityTile(p, team), mean,
	}
}

// slackTile tells slack as what it is: days, at one pace, with the scope held still. It is no verdict and has no
// colour.
func slackTile(p *page, team *measure.Team, before string) frame.Tile {
	q := p.Q
	t := frame.Tile{Name: "Slack", Value: format.SignedDays(q.SlackDays), Unit: "days", Explain: "slack",
		Note: drawer.WhyNoSlack(team, q)}
	if t.Note != "" {
		t.Value, t.Unit = "–", ""
		return t
	}
	if days := *q.SlackDays; days == 1 || days == -1 {
		t.Unit = "day"
	}
	t.Note = fmt.Sprintf("%d left − %d needed at the usual pace, scope held still", q.WorkingDaysLeft,
		*q.DaysToComplete)
	if before != "" {
		t.Note += "; " + before
	}
	return t
}

// slackBefore says what slack said on the same day of the quarter before, and how that quarter ended; "" where that is
// not known.
func slackBefore(team *measure.Team, name measure.QuarterName, first calendar.Date, at time.Time) string {
	zone := team.History().Team.Calendar.Zone
	before := name
	before.Number--
	if before.Number == 0 {
		before.Number, before.Year = 4, before.Year-1
	}
	from, to := team.Dates(before)
	day := from.Add(max(first.DaysUntil(calendar.DateOf(at, zone)), 0))
	if to.Before(day) {
		day = to
	}
	then := day.Add(1).Midnight(zone).Add(-time.Microsecond)
	end := to.Add(1).Midnight(zone).Add(-time.Microsecond)
	if then.Before(asked.KnownSince(team)) || end.After(at) {
		return ""
	}
	told, ended := team.Quarter(before, then), team.Quarter(before, end)
	if drawer.WhyNoSlack(team, told) != "" || drawer.WhyNoSlack(team, ended) != "" {
		return ""
	}
	return fmt.Sprintf("on this day of %s it said %s, and that quarter ended at %s", before,
		format.SignedDays(told.SlackDays), format.SignedDays(ended.SlackDays))
}

func growthTile(p *page, first calendar.Date) frame.Tile {
	q, w := p.Q, p.W
	t := frame.Tile{Name: "Growth", Value: "–", Unit: "since " + format.DateWord(first), Explain: "growth",
		Note: "the baseline is taken at the end of the first working day"}
	if q.Baseline != nil && *q.Baseline == 0 && q.Total == 0 {
		t.Note = "nothing is estimated yet"
	} else if q.Baseline != nil {
		t.Note = w.Amount(*q.Baseline) + " then, " + w.Amount(q.Total) + " " + format.OrElse(p.Moment, "now")
	}
	if q.Growth != nil {
		more := *q.Growth - 1
		t.Value = format.Percent(&more)
		if more > 0 {
			t.Value = "+" + t.Value
		}
	}
	return t
}

func daysTile(p *page, team *measure.Team) frame.Tile {
	q, w := p.Q, p.W
	t := frame.Tile{Name: "Days to complete", Value: format.Days(q.DaysToComplete), Unit: "working days",
		Explain: "days",
		Note:    measure.WhyNoVelocity(team)}
	switch v := q.Velocity; {
	case q.Total == 0:
		t.Value, t.Unit, t.Note = "–", "", "nothing is estimated yet"
	case v == nil && q.Remaining == 0 && p.Open > 0:
		t.Note = "nothing that is estimated remains"
	case v == nil && q.Remaining == 0:
		t.Note = "nothing remains"
	case v != nil && v.Median == 0 && q.Remaining > 0:
		t.Note = "the usual pace is 0"
	case v != nil:
		t.Note = w.Amount(q.Remaining) + " ÷ " + w.Rate(v.Median) + ", rounded up"
	}
	if t.Value == "1" {
		t.Unit = "working day"
	}
	return t
}

func velocityTile(p *page, team *measure.Team) frame.Tile {
	t := frame.Tile{Name: "Velocity", Value: "–", Unit: p.Unit + " a day", Explain: "velocity",
		Note: measure.WhyNoVelocity(team)}
	v := p.Q.Velocity
	if v == nil {
		return t
	}
	t.Value, t.Note = p.W.Rate(v.Median), "of 1 sprint"
	if v.Sprints > 1 {
		t.Note = fmt.Sprintf("median of %s, %s to %s", format.Plural(v.Sprints, "sprint"),
			p.W.Rate(v.Low), p.W.Rate(v.High))
	}
	return t
}
