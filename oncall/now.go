package oncall

import (
	"fmt"
	"time"
)

// NowRow is a rota's answer to who is on duty now.
type NowRow struct {
	Rota, Team      string
	Level           int
	Person, Planned string    // "" outside coverage; Person is "" in a gap too
	Since, Until    time.Time // of the segment; zero outside coverage
	Gap             bool
	Begins          time.Time // of the rota, where it has not begun; else zero
	Ended           time.Time // of the rota, where it is over; else zero
}

// Now returns the row of the rota at t.
func (s *Schedule) Now(t time.Time) NowRow {
	v := s.VersionFor(t)
	row := NowRow{Rota: s.Rota, Team: v.Team, Level: v.Level}
	if n := len(s.versions); n > 0 && t.Before(s.versions[0].Start) {
		row.Begins = s.versions[0].Start
	} else if n > 0 && !t.Before(s.versions[n-1].End) {
		row.Ended = s.versions[n-1].End
	}
	d, ok := s.At(t)
	if !ok || !d.Covered {
		return row
	}
	row.Person, row.Planned, row.Gap = d.Person, d.Planned, d.IsGap()
	for _, g := range s.Segments(d.Turn.Span) {
		if g.Holds(t) {
			row.Since, row.Until = g.Start, g.End
		}
	}
	return row
}

// Line tells the row to a terminal, in UTC.
func (r NowRow) Line() string {
	clock := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	switch {
	case r.Gap:
		return fmt.Sprintf("%s: nobody, a gap until %s", r.Rota, clock(r.Until))
	case r.Person != "":
		return fmt.Sprintf("%s: %s until %s", r.Rota, r.Person, clock(r.Until))
	case !r.Begins.IsZero():
		return fmt.Sprintf("%s: nobody yet, it begins at %s", r.Rota, clock(r.Begins))
	case !r.Ended.IsZero():
		return fmt.Sprintf("%s: nobody, it ended at %s", r.Rota, clock(r.Ended))
	}
	return r.Rota + ": nobody, outside coverage"
}
