package unexpected

import "time"

// CountedUntil returns the moment before which call-outs, their time and owed rest count as of another moment: the
// midnight with which its local day begins. It is the same throughout a local day, so no figure tells the time of day
// at which somebody was called, whatever moments are asked: beside a public rota a time names a person.
func (l *List) CountedUntil(at time.Time) time.Time {
	d, _ := l.dayOf(at)
	return d.Midnight(l.zone())
}

// CountedFrom returns the first moment as of which a call-out counts that started at another one: the midnight that
// ends its local day.
func (l *List) CountedFrom(start time.Time) time.Time {
	_, end := l.dayOf(start)
	return end
}
