package outlook

import (
	"time"

	"jerem/agile"
	"jerem/measure/grade"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/pastchange"
)

// addPastChanges adds what changed after the fact of what a forecast rests on: of what was asked, of what was finished
// by its moment, which its pace and its record come from, and, of one that tells a price, of the impediments of the
// days that are drawn from.
func addPastChanges(r *grade.Reasons, o *projection, priced bool) {
	if days := o.past.Days; priced && len(days) > 0 {
		w := windowOfPrice(o)
		r.AddUnsent(o.team.Impediments, grade.OnTime, w, o.at)
		r.AddLogsAhead(o.team.Impediments, grade.OnTime, 0, w, o.at)
		r.AddElsewhere(grade.OnTime, o.team.Impediments.ElsewhereIn(w, o.at))
	}
	changes := pastchange.Of(o.team.Index)
	if changes == nil {
		return
	}
	finished := changes.Finished(o.unit.Unit, time.Time{}, o.at, o.scope.Epics != nil)
	asked := changes.InEpics(o.scope.Epics, o.at)
	if o.scope.Sprint != 0 {
		span := o.team.Index.SprintSpan(o.scope.Sprint, o.unit.SprintVersion(o.scope.Sprint, o.at), o.at)
		span.Start = span.End // what was left of it at the moment
		asked = changes.InSprint(span)
	}
	_, askedAlone := pastchange.Divide(asked, finished)
	r.AddPastChanges(grade.OnWork|grade.OnEstimates|grade.OnPast, append(finished, askedAlone...))
	if days := o.past.Days; priced && len(days) > 0 {
		w := windowOfPrice(o)
		is := func(l agile.Worklog) bool { _, is := o.team.Impediments.ByIssue[l.Issue]; return is }
		r.AddPastChanges(grade.OnTime, append(changes.ImpedimentsIn(w, o.at), changes.TimeIn(w, o.at, is)...))
	}
}

// windowOfPrice is the time whose impediments make the price of the unexpected: that of the days that are drawn from,
// and of the days off before the first of them, which count on it.
func windowOfPrice(o *projection) impediment.Window {
	days, first := o.past.Days, len(o.past.Days)-o.past.Throughput.WindowLength()
	from := days[max(0, first)]
	if first > 0 {
		from = days[first-1].Add(1)
	}
	return impediment.Window{From: from.Midnight(o.team.Index.History.Team.Calendar.Zone), To: o.at}
}
