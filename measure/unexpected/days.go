package unexpected

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/impediment"
)

// Days returns the local days with a call-out, time of call-outs or a gap of duty, as known at a moment, in order:
// call-outs of the days that are over, gaps up to the moment.
func (l *List) Days(known time.Time) []Day {
	s := newSums(l, impediment.Window{To: known}, known)
	for _, c := range l.OnCall.Callouts {
		if !c.Start.Before(s.until) {
			break // they are in order of start
		}
		s.addCallout(c)
	}
	s.links.eachDayTime(s.window, s.addTime)
	for _, g := range l.OnCall.Gaps {
		for start, last := g.Start, calendar.EarlierOf(g.End, known); start.Before(last); {
			d, next := l.dayOf(start)
			next = calendar.EarlierOf(next, last)
			s.dayOn(d).gap += next.Unix() - start.Unix()
			start = next
		}
	}
	return s.listDays()
}

// On returns the date of the day.
func (d Day) On() calendar.Date { return d.date }

// GapSeconds returns the covered time of the day in which nobody was on duty; of a [List.Days] alone.
func (d Day) GapSeconds() int64 { return d.gap }

// Useful, Noise and Unset count the call-outs that started on the day by their verdicts.
func (d Day) Useful() int64 { return int64(d.useful) }

// Noise is told beside [Day.Useful].
func (d Day) Noise() int64 { return int64(d.noise) }

// Unset is told beside [Day.Useful].
func (d Day) Unset() int64 { return int64(d.Callouts - d.useful - d.noise) }

// Actionability returns useful / (useful + noise) of the call-outs that started on the day, nil without a verdict.
func (d Day) Actionability() *float64 { return ratioOf(d.useful, d.useful+d.noise) }

// LinkChanges returns when issues that call-outs of a window are about became impediments or ceased to be, and when
// time was logged on them, in order: what of a call-out they account for may be another from then on.
func (l *List) LinkChanges(w impediment.Window) []time.Time {
	links := l.linksAt(w.To)
	var out []time.Time
	seen := map[int64]bool{}
	for _, stretch := range l.OnCall.Worked {
		if !stretch.Start.Before(w.To) || !w.From.Before(stretch.End) {
			continue
		}
		for _, place := range stretch.Callouts {
			one, isOne := links.impedimentOf(l.OnCall.Callouts[place])
			if !isOne || seen[one.Issue.ID] {
				continue
			}
			seen[one.Issue.ID] = true
			for _, step := range one.Impeded {
				out = append(out, step.From.Time())
			}
			l.eachLogging(one, func(at time.Time) { out = append(out, at) })
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// eachLogging calls each for when time was logged on an impediment or its sub-tasks.
func (l *List) eachLogging(one impediment.Impediment, each func(time.Time)) {
	x := l.Impediments.Index
	logged := func(list []agile.Worklog) {
		for _, w := range list {
			each(w.Created)
		}
	}
	logged(x.Worklogs.Of(one.Issue.ID))
	for _, child := range x.Children.Of(one.Issue.ID) {
		logged(x.Worklogs.Of(child))
	}
}
