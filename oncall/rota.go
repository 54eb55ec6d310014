package oncall

import (
	"cmp"
	"slices"
	"time"

	"jerem/calendar"
)

// Version is a rota's plan from a date on. It carries all that decides its past, so that what the file says
// later about zone, team or coverage does not move it.
type Version struct {
	From      calendar.Date // the anchor: turn 0 begins on it, at the hand-over
	Handover  int           // seconds since midnight in Zone
	Every     Period
	People    []string // handles; turn k is of People[k mod n]
	Coverage  Coverage
	Zone      *time.Location
	Team      string
	Level     int                      // 1, 2, 3
	Region    string                   // whose holidays count in Coverage
	Holiday   func(calendar.Date) bool // the holidays of Region
	FirstRead time.Time                // when the file first held it; zero where that is not known
}

// Rota is a rotation: versions, one after the other.
type Rota struct {
	Name     string
	Versions []Version
	Until    calendar.Date // the last day, included, in the last version's zone; zero: it goes on
}

// Turn is one person's period of a version. Its span is cut where the version ends.
type Turn struct {
	Version calendar.Date // the From of the version
	Index   int
	Span
	FullEnd time.Time // where it would end if it were not cut
}

// IsCut tells whether the version ends within the turn.
func (t Turn) IsCut() bool { return t.End.Before(t.FullEnd) }

// Begins returns the instant at which the version begins.
func (v Version) Begins() time.Time { return v.handoverAt(0) }

// handoverAt returns the instant at which turn k begins.
func (v Version) handoverAt(k int) time.Time {
	return Instant(v.Every.After(v.From, k), v.Handover, v.Zone)
}

// turnAt returns the number of the turn that runs at t, which is not before the version begins.
func (v Version) turnAt(t time.Time) int {
	k := max(0, v.Every.Count(v.From, calendar.DateOf(t, v.Zone)))
	for k > 0 && t.Before(v.handoverAt(k)) {
		k--
	}
	for !t.Before(v.handoverAt(k + 1)) {
		k++
	}
	return k
}

// plannedPerson returns the person of turn k, "" where the version has nobody.
func (v Version) plannedPerson(k int) string {
	if len(v.People) == 0 {
		return ""
	}
	return v.People[k%len(v.People)]
}

// coveredSpans returns the covered time within a span as if the version went on for ever.
func (v Version) coveredSpans(in Span) []Span { return v.Coverage.Spans(in, v.Zone, v.Holiday) }

// period is a version with the time in which it holds.
type period struct {
	Version
	Span
}

// never is later than every instant that is asked about.
var never = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

// versionPeriods returns the versions in order, each with the time in which it holds.
func (r Rota) versionPeriods() []period {
	versions := slices.Clone(r.Versions)
	slices.SortStableFunc(versions, func(a, b Version) int {
		return cmp.Or(a.Begins().Compare(b.Begins()), a.From.DaysUntil(b.From)*-1)
	})
	end := r.Ends()
	out := make([]period, len(versions))
	for i, v := range versions {
		until := end
		if i+1 < len(versions) {
			until = earlierOf(end, versions[i+1].Begins())
		}
		out[i] = period{v, Span{v.Begins(), until}}
	}
	return out
}

// Ends returns the instant at which the rota ends; far ahead where it goes on.
func (r Rota) Ends() time.Time {
	if r.Until == (calendar.Date{}) || len(r.Versions) == 0 {
		return never
	}
	last := slices.MaxFunc(r.Versions, func(a, b Version) int { return a.Begins().Compare(b.Begins()) })
	return Midnight(r.Until.Add(1), last.Zone)
}

// numberedTurn returns turn k of the period.
func (p period) numberedTurn(k int) Turn {
	full := p.handoverAt(k + 1)
	return Turn{p.From, k, Span{p.handoverAt(k), earlierOf(full, p.End)}, full}
}
