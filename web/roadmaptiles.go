package web

import (
	"fmt"
	"math"
	"time"

	"jerem/calendar"
	"jerem/measure"
)

// tiles fills in the figures of the quarter, each with how it came about or why it is unknown.
func (p *roadmap) tiles(team *measure.Team, name measure.QuarterName, first, last calendar.Date, at time.Time) {
	q, w := p.Q, p.W
	cal := team.History().Team.Calendar
	left := tile{Name: "Working days left", Value: fmt.Sprint(q.WorkingDaysLeft), Unit: fmt.Sprintf("of %d", cal.Dates(first, last)), Explain: "left", Note: "the quarter is over"}
	if !over(team, last, at) {
		left.Note = "to " + dateWord(last) + ", both days included"
	}
	mean := tile{Name: "Sprints, mean", Value: percent(q.AverageCompletion), Unit: "completed", Explain: "average", Note: "no sprint with a commitment was closed yet"}
	if q.AverageImpediment != nil {
		mean.Note = hours(int64(math.Round(*q.AverageImpediment))) + thin + "h of impediments"
	}
	progression := tile{Name: "Progression", Value: percent(q.Progression), Unit: "of the quarter", Explain: "progression", Note: w.amount(q.Done) + " of " + w.count(q.Total) + " done"}
	remaining := tile{Name: "Remaining", Value: w.amount(q.Remaining), Unit: w.unitFor(q.Remaining), Explain: "remaining", Note: w.amount(q.Doing) + " doing, " + w.amount(q.ToDo) + " to do"}
	if q.Total == 0 {
		progression.Note = "nothing is estimated: there is no share"
		remaining.Value, remaining.Unit, remaining.Note = "–", "", "nothing is estimated yet"
	}
	p.Tiles = []tile{
		p.slackTile(slackBefore(team, name, first, at)),
		progression,
		remaining,
		p.growthTile(first), p.daysTile(), left, p.velocityTile(), mean,
	}
}

// slackTile tells slack as what it is: days, at one pace, with the scope held still. It is no verdict and has no colour.
func (p *roadmap) slackTile(before string) tile {
	q := p.Q
	t := tile{Name: "Slack", Value: signedDays(q.SlackDays), Unit: "days", Explain: "slack", Note: whyNoSlack(q)}
	if t.Note != "" {
		return t
	}
	t.Note = fmt.Sprintf("%d left − %d needed at the usual pace, scope held still", q.WorkingDaysLeft, *q.DaysToComplete)
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
	if before.Number--; before.Number == 0 {
		before.Number, before.Year = 4, before.Year-1
	}
	from, to := team.Dates(before)
	day := from.Add(max(first.DaysUntil(calendar.DateOf(at, zone)), 0))
	if to.Before(day) {
		day = to
	}
	then := day.Add(1).Midnight(zone).Add(-time.Microsecond)
	end := to.Add(1).Midnight(zone).Add(-time.Microsecond)
	if then.Before(knownSince(team)) || end.After(at) {
		return ""
	}
	told, ended := team.Quarter(before, then), team.Quarter(before, end)
	if whyNoSlack(told) != "" || whyNoSlack(ended) != "" {
		return ""
	}
	return fmt.Sprintf("on this day of %s it said %s, and that quarter ended at %s", before, signedDays(told.SlackDays), signedDays(ended.SlackDays))
}

func (p *roadmap) growthTile(first calendar.Date) tile {
	q, w := p.Q, p.W
	t := tile{Name: "Growth", Value: "–", Unit: "since " + dateWord(first), Explain: "growth", Note: "the baseline is taken at the end of the first working day"}
	if q.Baseline != nil && *q.Baseline == 0 && q.Total == 0 {
		t.Note = "nothing is estimated yet"
	} else if q.Baseline != nil {
		t.Note = w.amount(*q.Baseline) + " then, " + w.amount(q.Total) + " " + orElse(p.Moment, "now")
	}
	if q.Growth != nil {
		more := *q.Growth - 1
		t.Value = percent(&more)
		if more > 0 {
			t.Value = "+" + t.Value
		}
	}
	return t
}

func (p *roadmap) daysTile() tile {
	q, w := p.Q, p.W
	t := tile{Name: "Days to complete", Value: days(q.DaysToComplete), Unit: "working days", Explain: "days", Note: "no sprint was closed yet"}
	switch v := q.Velocity; {
	case q.Total == 0:
		t.Value, t.Unit, t.Note = "–", "", "nothing is estimated yet"
	case v == nil && q.Remaining == 0:
		t.Note = "nothing remains"
	case v != nil && v.Median == 0 && q.Remaining > 0:
		t.Note = "the usual pace is 0"
	case v != nil:
		t.Note = w.amount(q.Remaining) + " ÷ " + figure(w.scale(v.Median)) + ", rounded up"
	}
	return t
}

func (p *roadmap) velocityTile() tile {
	t := tile{Name: "Velocity", Value: "–", Unit: p.Unit + " a day", Explain: "velocity", Note: "no sprint was closed yet"}
	v := p.Q.Velocity
	if v == nil {
		return t
	}
	t.Value, t.Note = figure(p.W.scale(v.Median)), "of 1 sprint"
	if v.Sprints > 1 {
		t.Note = fmt.Sprintf("median of %s, %s to %s", plural(v.Sprints, "sprint"), figure(p.W.scale(v.Low)), figure(p.W.scale(v.High)))
	}
	return t
}
