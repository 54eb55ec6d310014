package teams

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
)

// NextMoment returns the first moment after another at which series of a history may change by time alone. At a local
// midnight days, and with them quarters, begin and end; at a local noon a day gets the points that tell it as of its
// noon. A sprint changes at its start, at the end of its planning
// grace, at its planned end and at its completion. And whatever the history dates ahead of the moment comes to be
// known when its time comes: a reading takes a while, so a change made during it may be dated after the moment of the
// reading.
func NextMoment(h *agile.History, now time.Time) time.Time {
	today, zone := calendar.DateOf(now, h.Team.Calendar.Zone), h.Team.Calendar.Zone
	next := soonest{after: now, at: today.Add(1).Midnight(zone)}
	next.keepSoonest(today.In(zone, 12*time.Hour))
	for _, s := range h.Sprints {
		for _, v := range s.Versions {
			for _, at := range []time.Time{v.Seen, v.Start, v.Start.Add(h.Team.Sprint.Grace), v.End, v.Complete} {
				next.keepSoonest(at)
			}
		}
	}
	for _, i := range h.Issues {
		putIssue(&next, i)
	}
	for _, w := range h.Worklogs {
		next.keepSoonest(w.Created)
		next.keepSoonest(w.Started)
	}
	for _, impeded := range h.Impeded {
		putSteps(&next, impeded)
	}
	h.OnCall.EachMoment(next.keepSoonest)
	return next.at
}

// putIssue looks at all that an issue dates.
func putIssue(next *soonest, i *agile.Issue) {
	for _, at := range []time.Time{i.Created, i.Updated, i.Resolved, i.Recategorized} {
		next.keepSoonest(at)
	}
	for _, texts := range []agile.Timeline[string]{i.Key, i.Project, i.Type, i.Status, i.Resolution, i.EpicLink} {
		putSteps(next, texts)
	}
	putSteps(next, i.Summary)
	putSteps(next, i.Sprints)
	putSteps(next, i.Parent)
	putSteps(next, i.Labels)
	putSteps(next, i.Flagged)
	putSteps(next, i.FixVersions)
	putSteps(next, i.Due)
	for _, numbers := range i.Numbers.All() {
		putSteps(next, numbers)
	}
	for _, options := range i.Options.All() {
		putSteps(next, options)
	}
}

// soonest is the earliest of some moments that lies after another one.
type soonest struct{ after, at time.Time }

func (s *soonest) keepSoonest(at time.Time) {
	if at.After(s.after) && at.Before(s.at) {
		s.at = at
	}
}

func putSteps[T any](next *soonest, steps agile.Timeline[T]) {
	for i := len(steps) - 1; i >= 0 && steps[i].From.After(next.after); i-- { // in order of their moments
		next.keepSoonest(steps[i].From)
	}
}
