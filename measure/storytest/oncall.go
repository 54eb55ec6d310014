package storytest

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// onCallDays is for how many days before the end of a history it has call-outs.
const onCallDays = 240

// OnCallOf makes what on-call took from the team of a history: every third night an hour by the rule "DiskFull", which
// is noise; on every seventh afternoon two hours by "ErrorRate" and "Latency", useful, about one of some issues in
// turn; the rest that the nights owe, and a gap of two hours each month.
func OnCallOf(h *agile.History, issues ...string) *agile.OnCall {
	out := &agile.OnCall{}
	zone := h.Team.Calendar.Zone
	if zone == nil {
		zone = time.UTC
	}
	last := calendar.DateOf(h.Until, zone)
	for n := onCallDays; n >= 0; n-- {
		d := last.Add(-n)
		if n%3 == 0 {
			addNight(out, d, zone, n)
		}
		if n%7 == 0 {
			issue := ""
			if len(issues) > 0 {
				issue = issues[n/7%len(issues)]
			}
			addCallout(out, agile.Callout{Start: d.In(zone, 14*time.Hour), Issue: issue, Verdict: agile.Useful,
				Rules: []string{"ErrorRate", "Latency"}}, 2*time.Hour)
		}
		if d.Day == 1 {
			out.Months = append(out.Months, agile.DutyMonth{Year: d.Year, Month: d.Month, People: 4})
			out.Gaps = append(out.Gaps, agile.DutyGap{Start: d.In(zone, 9*time.Hour), End: d.In(zone, 11*time.Hour)})
		}
	}
	return out
}

// addNight adds a call-out at 03:00 and the rest that it owes from 09:00 on.
func addNight(out *agile.OnCall, d calendar.Date, zone *time.Location, n int) {
	start := d.In(zone, 3*time.Hour)
	addCallout(out, agile.Callout{Start: start, Verdict: agile.Noise, Rules: []string{"DiskFull"}, OutOfHours: true,
		Night: n + 1}, time.Hour)
	if weekday := d.Weekday(); weekday != time.Saturday && weekday != time.Sunday {
		out.Rests = append(out.Rests, agile.OwedRest{Start: d.In(zone, 9*time.Hour), End: d.In(zone, 15*time.Hour),
			Callouts: []int{len(out.Callouts) - 1}})
	}
}

func addCallout(out *agile.OnCall, c agile.Callout, length time.Duration) {
	c.ID = int64(len(out.Callouts) + 1)
	out.Worked = append(out.Worked, agile.CalledTime{Start: c.Start, End: c.Start.Add(length),
		Callouts: []int{len(out.Callouts)}})
	out.Callouts = append(out.Callouts, c)
}
