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

// DayTime is time of call-outs of one person on one local day, all of it counted or none.
type DayTime struct {
	Date     calendar.Date
	Start    time.Time
	Seconds  int64
	Callouts []int // places of those that ran and count; of none that counts all that ran
	Counted  bool
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

// CountedTime returns the counted time of call-outs from one moment to another, as known at a moment: what no
// impediment of that window accounts for.
func (l *List) CountedTime(from, to, known time.Time) []DayTime {
	var out []DayTime
	l.linksAt(known).eachDayTime(impediment.Window{From: from, To: to, Closed: true}, func(t DayTime) {
		if t.Counted {
			out = append(out, t)
		}
	})
	return out
}

// Between measures the call-outs from one moment to another, the latter not included, as known at a moment. Spans can
// be any, so load is told of whole months alone.
func (l *List) Between(from, to, known time.Time) *Figures {
	w := impediment.Window{From: from, To: to, Closed: true}
	return measureCallouts(l, w, known, loadOfMonths(l, from, to, known))
}
