package unexpected

import (
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/impediment"
)

// List is the impediments of a team and what on-call took from it. It is read-only and safe for concurrent use.
type List struct {
	Impediments *impediment.List
	OnCall      *agile.OnCall // nil where nobody is on call for the team
}

// Of joins the impediments of a team with what its history tells of on-call; nil where it tells nothing.
func Of(impediments *impediment.List) *List {
	if impediments.Index.History.OnCall == nil {
		return nil
	}
	return &List{Impediments: impediments, OnCall: impediments.Index.History.OnCall}
}

// zone returns that of the team.
func (l *List) zone() *time.Location { return l.Impediments.Index.History.Team.Calendar.Zone }

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
	one, isOne := k.list.Impediments.ByIssue[issue.ID]
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

// DayTime is time of call-outs of one person on one local day, all of it counted or none.
type DayTime struct {
	Date     calendar.Date
	Start    time.Time
	Seconds  int64
	Callouts []int // places of those that ran and count; of none that counts all that ran
	Counted  bool
}

// eachDayTime calls each for the time of call-outs in a window, as known at a moment: split at local midnight, and in
// whole seconds.
func (l *List) eachDayTime(w impediment.Window, k *links, each func(DayTime)) {
	end := calendar.EarlierOf(w.To, l.CountedUntil(k.known))
	for _, stretch := range l.OnCall.Worked {
		if !stretch.Start.Before(end) {
			break // they are in order of start
		}
		start, last := calendar.LaterOf(stretch.Start, w.From), calendar.EarlierOf(stretch.End, end)
		for start.Before(last) {
			d, next := l.dayOf(start)
			next = calendar.EarlierOf(next, last)
			each(l.dayTimeOf(stretch, w, k, d, start, next))
			start = next
		}
	}
}

// dayOf returns the local day of a moment, and the midnight that ends it. Where the clocks go back over midnight the
// day has begun with the first one.
func (l *List) dayOf(t time.Time) (d calendar.Date, end time.Time) {
	d = l.Impediments.Index.Date(t)
	if end = d.Add(1).Midnight(l.zone()); !end.After(t) {
		d = d.Add(1)
		end = d.Add(1).Midnight(l.zone())
	}
	return d, end
}

func (l *List) dayTimeOf(stretch agile.CalledTime, w impediment.Window, k *links, d calendar.Date,
	start, end time.Time) DayTime {
	out := DayTime{Date: d, Start: start, Seconds: end.Unix() - start.Unix()}
	for _, place := range stretch.Callouts {
		if k.isCounted(l.OnCall.Callouts[place], w, d) {
			out.Callouts = append(out.Callouts, place)
		}
	}
	out.Counted = len(out.Callouts) > 0
	if !out.Counted {
		out.Callouts = stretch.Callouts
	}
	return out
}

// CountedTime returns the counted time of call-outs from one moment to another, as known at a moment: what no
// impediment of that window accounts for.
func (l *List) CountedTime(from, to, known time.Time) []DayTime {
	var out []DayTime
	l.eachDayTime(impediment.Window{From: from, To: to, Closed: true}, l.linksAt(known), func(t DayTime) {
		if t.Counted {
			out = append(out, t)
		}
	})
	return out
}

// Between measures the call-outs from one moment to another, the latter not included, as known at a moment.
func (l *List) Between(from, to, known time.Time) *Figures {
	return l.In(impediment.Window{From: from, To: to, Closed: true}, known)
}
