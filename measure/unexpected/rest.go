package unexpected

import (
	"time"

	"jerem/calendar"
)

// RestTime returns the working time from one moment to another that is owed as rest by call-outs that had started by a
// moment, with these call-outs: of one person's that overlap once, split at local midnight. It is none where rest is
// not told for that span.
func (l *List) RestTime(from, to, known time.Time) []DayTime {
	if !l.tells(from, to) {
		return nil
	}
	return l.restTimes(from, calendar.EarlierOf(to, known), known)
}

// RestByDay returns by local day the working time that is owed as rest by call-outs that had started by a moment.
func (l *List) RestByDay(at time.Time) map[calendar.Date]int64 {
	out := map[calendar.Date]int64{}
	for _, r := range l.OnCall.Rests {
		for _, t := range l.restTimesOf(r.Start, r.End, l.startedBy(r.Callouts, at)) {
			out[t.Date] += t.Seconds
		}
	}
	return out
}

// restTimes returns the owed rest from one moment to another, told or not.
func (l *List) restTimes(from, to, known time.Time) (out []DayTime) {
	for _, r := range l.OnCall.Rests {
		if !r.Start.Before(to) {
			break // they are in order of start
		}
		start, end := calendar.LaterOf(r.Start, from), calendar.EarlierOf(r.End, to)
		out = append(out, l.restTimesOf(start, end, l.startedBy(r.Callouts, known))...)
	}
	return out
}

// startedBy returns those of some call-outs, which are in order of start, that had started by a moment.
func (l *List) startedBy(callouts []int, known time.Time) []int {
	for n, place := range callouts {
		if l.OnCall.Callouts[place].Start.After(known) {
			return callouts[:n]
		}
	}
	return callouts
}

// restTimesOf splits a stretch of rest at local midnight; none where no call-out owes it.
func (l *List) restTimesOf(start, end time.Time, callouts []int) (out []DayTime) {
	if len(callouts) == 0 {
		return nil
	}
	for start.Before(end) {
		d, next := l.dayOf(start)
		next = calendar.EarlierOf(next, end)
		out = append(out, DayTime{Date: d, Start: start, Seconds: next.Unix() - start.Unix(), Callouts: callouts,
			Counted: true})
		start = next
	}
	return out
}
