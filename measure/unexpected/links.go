package unexpected

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/impediment"
)

// linked is an impediment that a call-out is about.
type linked struct {
	isOf map[impediment.Window]bool
	days map[calendar.Date]bool // on which it has time
}

// links tell which call-outs are impediments, as known at a moment.
type links struct {
	list  *List
	known time.Time
	byID  map[int64]*linked
}

func (l *List) linksAt(known time.Time) *links {
	return &links{list: l, known: known, byID: map[int64]*linked{}}
}

// impedimentOf returns the impediment that a call-out is about, if any.
func (k *links) impedimentOf(c agile.Callout) (impediment.Impediment, bool) {
	if c.Issue == "" {
		return impediment.Impediment{}, false
	}
	issue, isKnown := k.list.Impediments.Index.Lookup(c.Issue)
	if !isKnown {
		return impediment.Impediment{}, false
	}
	one, isOne := k.list.Impediments.ByIssue.Get(issue.ID)
	return one, isOne
}

// linkedOf returns what is known of an impediment that a call-out is about.
func (k *links) linkedOf(one impediment.Impediment) *linked {
	found := k.byID[one.Issue.ID]
	if found == nil {
		found = &linked{isOf: map[impediment.Window]bool{}, days: map[calendar.Date]bool{}}
		seconds := map[calendar.Date]int64{}
		k.list.Impediments.EachWorklog(one, k.known, func(w agile.Worklog) {
			seconds[k.list.Impediments.Index.Date(w.Started)] += w.Seconds
		})
		for d, n := range seconds {
			found.days[d] = n > 0
		}
		k.byID[one.Issue.ID] = found
	}
	return found
}

// countsAsIssue tells whether a call-out is about an impediment of a window: one that was opened or worked on in it.
func (k *links) countsAsIssue(c agile.Callout, w impediment.Window) bool {
	one, isOne := k.impedimentOf(c)
	if !isOne {
		return false
	}
	found := k.linkedOf(one)
	isOf, isKnown := found.isOf[w]
	if !isKnown {
		isOf = one.Opened(w, k.known)
		k.list.Impediments.EachWorklogIn(w, one, k.known, func(agile.Worklog) { isOf = true })
		found.isOf[w] = isOf
	}
	return isOf
}

// isCounted tells whether time of a call-out on a day counts: no impediment of the window accounts for it.
func (k *links) isCounted(c agile.Callout, w impediment.Window, d calendar.Date) bool {
	if !k.countsAsIssue(c, w) {
		return true
	}
	one, _ := k.impedimentOf(c)
	return !k.linkedOf(one).days[d]
}

// eachDayTime calls each for the time of call-outs in a window, as known at a moment: split at local midnight, and in
// whole seconds.
func (k *links) eachDayTime(w impediment.Window, each func(DayTime)) {
	end := calendar.EarlierOf(w.To, k.list.CountedUntil(k.known))
	for _, stretch := range k.list.OnCall.Worked {
		if !stretch.Start.Before(end) {
			break // they are in order of start
		}
		start, last := calendar.LaterOf(stretch.Start, w.From), calendar.EarlierOf(stretch.End, end)
		for start.Before(last) {
			d, next := k.list.dayOf(start)
			next = calendar.EarlierOf(next, last)
			each(k.dayTimeOf(stretch, w, d, start, next))
			start = next
		}
	}
}

// dayTimeOf returns the time of call-outs that ran from one moment of a day to another.
func (k *links) dayTimeOf(stretch agile.CalledTime, w impediment.Window, d calendar.Date,
	start, end time.Time) DayTime {
	out := DayTime{Date: d, Start: start, Seconds: end.Unix() - start.Unix()}
	for _, place := range stretch.Callouts {
		if k.isCounted(k.list.OnCall.Callouts[place], w, d) {
			out.Callouts = append(out.Callouts, place)
		}
	}
	out.Counted = len(out.Callouts) > 0
	if !out.Counted {
		out.Callouts = stretch.Callouts
	}
	return out
}
