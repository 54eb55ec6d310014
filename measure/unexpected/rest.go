package unexpected

import (
	"time"

	"jerem/calendar"
)

// RestTime returns the working time from one moment to another that is owed as rest by call-outs that count as of a
// moment, with these call-outs: of one person's that overlap once, split at local midnight. It is that of the whole
// months of which rest is told.
func (l *List) RestTime(from, to, known time.Time) []DayTime {
	return restOf(l, loadOfMonths(l, from, to, known), l.CountedUntil(known))
}

// restOf returns the rest of which is told, by call-outs that started before a moment.
func restOf(l *List, told load, until time.Time) (out []DayTime) {
	for _, part := range told.parts {
		out = append(out, l.restTimes(part.From, calendar.EarlierOf(part.To, until), until)...)
	}
	return out
}

// RestByDay returns by local day the working time that is owed as rest by call-outs that count as of a moment.
func (l *List) RestByDay(at time.Time) map[calendar.Date]int64 {
	out := map[calendar.Date]int64{}
	for _, r := range l.OnCall.Rests {
		for _, t := range l.restTimesOf(r.Start, r.End, l.startedBefore(r.Callouts, l.CountedUntil(at))) {
			out[t.Date] += t.Seconds
		}
	}
	return out
}

// restTimes returns the rest from one moment to another that is owed by call-outs that started before a moment, told or
// not.
func (l *List) restTimes(from, to, until time.Time) (out []DayTime) {
	for _, r := range l.OnCall.Rests {
		if !r.Start.Before(to) {
			break // they are in order of start
		}
		start, end := calendar.LaterOf(r.Start, from), calendar.EarlierOf(r.End, to)
		out = append(out, l.restTimesOf(start, end, l.startedBefore(r.Callouts, until))...)
	}
	return out
}

// startedBefore returns those of some call-outs, which are in order of start, that started before a moment.
func (l *List) startedBefore(callouts []int, until time.Time) []int {
	for n, place := range callouts {
		if !l.OnCall.Callouts[place].Start.Before(until) {
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
