package grade

import (
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/impediment"
)

// mostDaysNamed is how many days off a reason names.
const mostDaysNamed = 5

// addDaysOff adds which days were off otherwise than now, and when, of those days alone that figures count.
func (r *Reasons) addDaysOff(list *impediment.List, on Basis, reach Reach) {
	h := list.Index.History
	if len(h.DaysOff) < 2 || on&ruleBasis[agile.SubjectRuleDaysOff] == 0 {
		return
	}
	now := h.DaysOff[len(h.DaysOff)-1].Text
	for n, former := range h.DaysOff[:len(h.DaysOff)-1] {
		g := agile.Gap{Source: agile.SourceScope, Code: agile.GapMoved, Since: h.DaysOff[n+1].Seen}
		if n > 0 {
			g.From = former.Seen
		}
		for _, one := range []struct {
			basis       Basis
			from, until time.Time // the time of which figures tell
			last        time.Time // up to when they count days
		}{
			{on &^ OnPast, reach.From, reach.Until, calendar.LaterOf(reach.Until, reach.Ahead)},
			{on & OnPast, reach.Past.From, reach.Past.Until, reach.Past.Until},
		} {
			if one.until.IsZero() || !heldWithin(g, one.from, one.until) {
				continue
			}
			days := daysOffChanged(h.Team.Calendar, former.Text, now, one.from, one.last)
			if basis := one.basis & ruleBasis[agile.SubjectRuleDaysOff]; basis != 0 && len(days) > 0 {
				g.Subject = agile.NewSubject(agile.SubjectRuleDaysOff, listDays(days))
				r.Add(basis, Partial, "%s", ruleText(nil, g))
			}
		}
	}
}

// daysOffChanged lists the days of the week's first five that are off by one of two texts alone, in a span of time.
func daysOffChanged(c calendar.Calendar, was, is string, from, until time.Time) (days []string) {
	if was == is {
		return nil
	}
	before, err := calendar.OffOf(was)
	if err != nil {
		return nil // of a region that this program does not know: nothing can be counted by it
	}
	now, err := calendar.OffOf(is)
	if err != nil {
		return nil
	}
	former, present := c, c
	former.Off, present.Off = before, now
	last := calendar.DateOf(until, c.Zone)
	for day := calendar.DateOf(from, c.Zone); day.DaysUntil(last) >= 0; day = day.Add(1) {
		if former.Working(day) != present.Working(day) {
			days = append(days, day.String())
		}
	}
	return days
}

// listDays lists days, cut where they are many.
func listDays(days []string) string {
	if more := len(days) - mostDaysNamed; more > 0 {
		return strings.Join(days[:mostDaysNamed], ", ") + " and " + strconv.Itoa(more) + " more"
	}
	return strings.Join(days, ", ")
}
