package teams

import (
	"time"

	"jerem/calendar"
	"jerem/measure"
)

// NextMoment returns the first moment after another at which series of a team may change by time alone. At a local
// midnight days, and with them quarters, begin and end; at a local noon a day gets the points that tell it as of its
// noon. A sprint changes at its start, at the end of its planning grace, at its planned end and at its completion. And
// whatever the history dates ahead of the moment comes to be known when its time comes: a reading takes a while, so a
// change made during it may be dated after the moment of the reading. Of issues those alone are looked at of which
// anything is dated ahead.
func NextMoment(team *measure.Team, now time.Time) time.Time {
	h := team.History()
	today, zone := calendar.DateOf(now, h.Team.Calendar.Zone), h.Team.Calendar.Zone
	next := soonest{after: now, at: today.Add(1).Midnight(zone)}
	next.keepSoonest(today.Noon(zone))
	for _, s := range h.Sprints {
		for _, v := range s.Versions {
			for _, at := range []time.Time{v.Seen, v.Start, v.Start.Add(h.Team.Sprint.Grace), v.End, v.Complete} {
				next.keepSoonest(at)
			}
		}
	}
	measure.EachMomentAfter(team, now, next.keepSoonest)
	h.OnCall.EachMoment(next.keepSoonest)
	return next.at
}

// soonest is the earliest of some moments that lies after another one.
type soonest struct{ after, at time.Time }

func (s *soonest) keepSoonest(at time.Time) {
	if at.After(s.after) && at.Before(s.at) {
		s.at = at
	}
}
