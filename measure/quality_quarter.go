package measure

import (
	"strings"
	"time"

	"jerem/agile"
)

// basisOf returns what a figure of a quarter rests on, by its path in the API's answer.
func (r *Quarter) basisOf(figure string) Basis {
	switch first, _, _ := strings.Cut(figure, "."); first {
	case "velocity", "average_completion":
		return OnPast
	case "average_impediment_seconds":
		return OnTime | OnMarks
	case "days_to_complete", "slack_days":
		return OnWork | OnEstimates | OnPast
	case "working_days_left":
		return 0
	}
	return OnWork | OnEstimates
}

// QualityOf grades one figure of a quarter, named by its path in the API's answer: a reason that is none of what it
// rests on lowers nothing.
func (r *Quarter) QualityOf(figure string) Quality { return r.Reasons.On(r.basisOf(figure)) }

// workFields are the fields by which an issue belongs to an epic and is done; epicFields those by which an epic belongs
// to a quarter.
var (
	workFields = []string{agile.FieldStatus, agile.FieldType, agile.FieldParent, agile.FieldEpicLink}
	epicFields = []string{agile.FieldProject, agile.FieldType, agile.FieldLabels}
)

// PastSprints returns the last closed sprints that the pace of a quarter and its averages come from, in the order of
// their completion.
func (r *Quarter) PastSprints() []*Sprint { return r.past }

// quarterQuality grades the figures of a quarter: its work, and the past sprints that pace comes from.
func (t *Team) quarterQuality(q *Quarter, s quarterSpan, stand time.Time) {
	r := &q.Reasons
	r.reading(t.h, stand)
	d := t.quarterDoubts(s, stand)
	t.gapReasons(r, OnAll&^OnDates, stand, d.is)
	if len(q.Epics) == 0 {
		r.add(OnWork|OnEstimates, Limited, "no epic of the team belongs to %s", q.Quarter)
	}
	d.tell(r, OnWork|OnEstimates, "")
	r.some(OnEstimates, d.late, "issue", "%s first estimated after the baseline")
	if q.Velocity == nil {
		r.add(OnPast, Limited, "no closed sprint tells a velocity")
	}
	var past doubts
	untimed, impediments := 0, 0
	for _, sprint := range q.past {
		past.add(sprint.doubts)
		if !sprint.Impediments.TimeUnknown {
			untimed, impediments = untimed+sprint.Impediments.WithoutTime, impediments+sprint.Impediments.Count
		}
	}
	past.tell(r, OnPast, " of the last sprints")
	r.lacking(OnTime, untimed, impediments, "no time logged on %s of the last sprints", count(untimed, "impediment"))
	r.some(OnTime, t.oddLogs, "worklog", "%s out of all bounds and not counted")
	q.Quality = r.whole()
}

// quarterDoubts counts the issues of a quarter, and those of them that its figures are to be doubted for.
func (t *Team) quarterDoubts(s quarterSpan, stand time.Time) doubts {
	d := doubts{ids: map[int64]bool{}}
	baseline := t.endOfFirstDay(s)
	for _, m := range t.epicsOf(s.name, stand) {
		d.ids[m.issue.ID] = true
		d.broken += one(m.issue.Broken.In(epicFields...) > 0)
		for _, id := range t.epicWork[m.issue.ID] {
			b, ok := beatAt(t.lives[id], stand)
			if !ok || b.epic != m.issue.ID || !t.takes(m, s, id, stand) {
				continue
			}
			i := t.issues[id]
			d.ids[id] = true
			d.issues++
			d.unestimated += one(t.unestimated(id, b, stand))
			d.unclear += one(!b.clear)
			d.broken += one(t.disjoint(i, workFields))
			d.outOfBounds += one(t.outOfBounds(i))
			base, had := beatAt(t.lives[id], baseline)
			d.late += one(had && !stand.Before(baseline) && base.epic == b.epic && !base.est.Known && b.est.Known)
		}
	}
	return d
}
