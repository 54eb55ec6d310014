package world

import (
	"cmp"
	"time"

	"jerem/sim/world/wording"
	"jerem/sorting"
)

// Incident is an impediment that somebody worked on at night or on a day off, before or as it got its issue. Whoever
// simulates who was called makes them call-outs, so that they are the impediments that the company has already.
type Incident struct {
	Team    string // the key of its project
	Key     string
	Created time.Time
	Worked  time.Time     // when that work began
	Took    time.Duration // as it was written down first
}

// Incidents returns the incidents of the company that stayed in their project and were never deleted, by the start of
// that work. Nothing is drawn for them.
func (w *World) Incidents() []Incident {
	first, excluded := map[int]Incident{}, map[int]bool{}
	for _, a := range w.acts {
		for _, o := range a.ops {
			switch {
			case o.do == erase || o.do == move || o.do == unlabel || o.do == unlog || o.do == relog:
				excluded[a.ticket] = true
			case o.do == logWork && first[a.ticket].Key == "":
				t := w.tickets[a.ticket-1]
				first[a.ticket] = Incident{Team: t.home.Key, Key: t.title, Created: t.born, Worked: o.on,
					Took: time.Duration(o.amount) * time.Second}
			}
		}
	}
	var out []Incident
	for n, i := range first {
		t := w.tickets[n-1]
		if t.trouble && t.nature == wording.Incident && !excluded[n] && t.home.isOutOfHours(i.Worked) {
			out = append(out, i)
		}
	}
	sorting.By(out, func(a, b Incident) int {
		return cmp.Or(a.Worked.Compare(b.Worked), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// isOutOfHours tells whether a moment is on a day off, or before or after the hours of a working day.
func (c *crew) isOutOfHours(t time.Time) bool {
	local := t.In(c.zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
	return !c.worksOn(day) || local.Hour() < 9 || local.Hour() >= 18
}
