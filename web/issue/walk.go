package issue

import (
	"fmt"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
)

// mostDays is how many days the walk leads through: the last ones on which something changed, and the present.
const mostDays = 14

// fillWalk leads through the days on which something of the issue changed: each is the page as of its end, the last one
// the page as of now.
func (p *page) fillWalk(team *measure.Team, at time.Time, asked string) {
	zone := team.History().Team.Calendar.Zone
	latest := frame.IssueAddress(frame.TeamAddress(team.History().Team.Name), p.Key, "")
	now, shown := calendar.DateOf(team.Now(), zone), calendar.DateOf(at, zone)
	days := daysOfChange(pageAt(team, p.Key, team.Now()), zone)
	days = append(slices.DeleteFunc(days, func(d calendar.Date) bool { return d == now }), now)
	days = days[max(0, len(days)-mostDays):]
	var steps []frame.TimeStep
	var compare []frame.Choice
	here := 0
	for n, d := range days {
		step := frame.TimeStep{Name: fmt.Sprint(d.Day), Month: d.Month.String()[:3], Long: longDate(d, now),
			Again: n > 0 && days[n-1].Month == d.Month, Address: latest}
		if d != now {
			step.Address = frame.WithQuery(latest, "at", d.String())
			if asked == "" || d != shown {
				compare = append(compare, frame.Choice{Name: "the end of " + step.Long,
					Address: frame.WithQuery(latest, "at", asked, "with", d.String())})
			}
		}
		if asked == "" || !shown.Before(d) {
			here = n
		}
		steps = append(steps, step)
	}
	steps[here].Here = true
	p.Walk = frame.NewTimeWalk("Days on which something of "+p.Key+" changed", "day", latest, "now", steps)
	p.Walk.Shown = ""
	if asked != "" {
		p.Walk.Shown = longDate(shown, now)
	}
	p.Walk.Compare, p.Walk.Alone = compare, frame.WithQuery(latest, "at", asked)
}

// daysOfChange are the days on which a field changed or time was logged, in their order.
func daysOfChange(p page, zone *time.Location) []calendar.Date {
	var moments []time.Time
	for _, f := range p.Fields {
		for _, step := range f.Steps {
			moments = append(moments, step.at)
		}
	}
	for _, l := range p.Worklogs {
		moments = append(moments, l.entry.Created)
	}
	sorting.By(moments, time.Time.Compare)
	var days []calendar.Date
	for _, at := range moments {
		days = append(days, calendar.DateOf(at, zone))
	}
	return slices.Compact(days)
}

// longDate writes a day, with its year where it is not that of another day.
func longDate(d, other calendar.Date) string {
	if d.Year == other.Year {
		return format.DateWord(d)
	}
	return format.DateWord(d) + fmt.Sprintf(" %d", d.Year)
}
