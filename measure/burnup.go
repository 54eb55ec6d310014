package measure

import (
	"fmt"
	"time"

	"jerem/calendar"
	"jerem/measure/internal/naming"
	"jerem/measure/internal/roadmap"
	"jerem/measure/internal/track"
	"jerem/sorting"
)

// weeksOfQuarter lists the ISO weeks that overlap a quarter and have begun, each as of its end, the moment or
// the quarter's end, whichever is first.
func weeksOfQuarter(r *roadmap.Roadmap, s roadmap.QuarterSpan, asOf time.Time) []Week {
	out := []Week{}
	for _, at := range weekEnds(r, s, asOf) {
		year, week := calendar.DateOf(at, r.Index.History.Team.Calendar.Zone).In(time.UTC, 0).ISOWeek()
		w := Week{Week: fmt.Sprintf("%d-W%02d", year, week)}
		w.Total, w.Done = r.Sum(s, at)
		out = append(out, w)
	}
	return out
}

// WeekEnds returns the moments as of which the weeks of a quarter stand.
func WeekEnds(t *Team, q *Quarter) []time.Time {
	name, _ := ParseQuarter(q.Quarter) // a quarter's own name
	s := t.Roadmap.Span(name)
	return weekEnds(t.Roadmap, s, s.AsOf(q.At))
}

// weekEnds returns the ends of the ISO weeks that overlap a quarter and have begun; of one that runs the moment.
func weekEnds(r *roadmap.Roadmap, s roadmap.QuarterSpan, asOf time.Time) (ends []time.Time) {
	zone := r.Index.History.Team.Calendar.Zone
	monday := s.First.Add(-(int(s.First.Weekday()) + 6) % 7)
	for ; !s.Last.Before(monday) && !monday.Midnight(zone).After(asOf); monday = monday.Add(7) {
		ends = append(ends, calendar.EarlierOf(monday.Add(7).Midnight(zone).Add(-roadmap.Instant), asOf))
	}
	return ends
}

// BurnupDay is how far a quarter was at the end of a day, or at the moment asked on the last one.
type BurnupDay struct {
	Date        calendar.Date
	Total, Done float64
}

// Burnup follows a quarter from its first day to the moment asked, or to its end.
func (t *Team) Burnup(q roadmap.QuarterName, at time.Time) []BurnupDay {
	s := t.Roadmap.Span(q)
	asOf := s.AsOf(at)
	if asOf.Before(s.From) {
		return nil
	}
	tracks := t.Roadmap.Tracks(s, asOf)
	return burnupDays(t.Roadmap, s, asOf, &tracks[0], &tracks[1])
}

// EpicBurnup is the burnup of one epic's part in a quarter.
type EpicBurnup struct {
	Key  string // the present one
	Days []BurnupDay
}

// EpicBurnups follows each epic that ever had a part in a quarter as [Team.Burnup] follows all of them: on each day
// the epics add up to the quarter. They are in order of key.
func EpicBurnups(t *Team, q roadmap.QuarterName, at time.Time) []EpicBurnup {
	s := t.Roadmap.Span(q)
	asOf := s.AsOf(at)
	if asOf.Before(s.From) {
		return nil
	}
	var out []EpicBurnup
	for id, tracks := range t.Roadmap.EpicTracks(s, asOf) {
		if epic, ok := t.Index.Issues.Get(id); ok {
			days := burnupDays(t.Roadmap, s, asOf, &tracks[0], &tracks[1])
			out = append(out, EpicBurnup{Key: epic.Key.Last(), Days: days})
		}
	}
	sorting.By(out, func(a, b EpicBurnup) int { return naming.CompareKeys(a.Key, b.Key) })
	return out
}

// burnupDays reads two tracks at the end of each day of a quarter up to a moment.
func burnupDays(r *roadmap.Roadmap, s roadmap.QuarterSpan, asOf time.Time, total, done *track.Track) []BurnupDay {
	zone := r.Index.History.Team.Calendar.Zone
	var out []BurnupDay
	last := calendar.DateOf(asOf, zone)
	for d := s.First; !last.Before(d); d = d.Add(1) {
		end := d.Add(1).Midnight(zone).Add(-roadmap.Instant)
		if asOf.Before(end) {
			end = asOf
		}
		out = append(out, BurnupDay{d, total.Value(end), done.Value(end)})
	}
	return out
}

// IdealAt returns the value of the ideal line of a sprint at a moment: from the commitment at the start of its
// ledger, and before it, to 0 at its planned end, and after it, falling only in working time. It is false where there
// is no line: without a ledger, a planned end or a commitment.
func IdealAt(t *Team, s *Sprint, at time.Time) (float64, bool) {
	if s.Ledger == nil || s.End == nil || !s.End.After(*s.Start) || s.Ledger.Commitment <= 0 {
		return 0, false
	}
	if !at.Before(*s.End) {
		return 0, true
	}
	cal := t.Index.History.Team.Calendar
	whole := cal.Days(s.LedgerStart(), *s.End)
	if whole == 0 {
		return s.Ledger.Commitment, true
	}
	return s.Ledger.Commitment * (1 - cal.Days(s.LedgerStart(), at)/whole), true
}
