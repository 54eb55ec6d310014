package oncall

import (
	"cmp"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
	"jerem/sorting"
)

// Version is a rota's plan from a date on. It carries all that decides its past, so that what the file says
// later about zone, team or coverage does not move it.
type Version struct {
	From      calendar.Date // the anchor: turn 0 begins on it, at the hand-over
	Handover  int           // seconds since midnight in Zone
	Every     civil.Period
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
	civil.Span
	FullEnd time.Time // where it would end if it were not cut
}

// IsCut tells whether the version ends within the turn.
func (t Turn) IsCut() bool { return t.End.Before(t.FullEnd) }

// Begins returns the instant at which the version begins.
func (v Version) Begins() time.Time { return v.handoverAt(0) }

// handoverAt returns the instant at which turn k begins.
func (v Version) handoverAt(k int) time.Time {
	return civil.Instant(v.Every.After(v.From, k), v.Handover, v.Zone)
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

// DistinctPeople returns the people of the version, each once, in the order of their first turns.
func (v Version) DistinctPeople() []string {
	var out []string
	for _, p := range v.People {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// TurnsInARow returns those of several people who have two turns one after the other, each once.
func (v Version) TurnsInARow() []string {
	var out []string
	if len(v.DistinctPeople()) < 2 {
		return nil
	}
	for k, p := range v.People {
		if v.plannedPerson(k+1) == p && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// CoveredSpans returns the covered time within a span as if the version went on for ever.
func (v Version) CoveredSpans(in civil.Span) []civil.Span {
	return v.Coverage.Spans(in, v.Zone, v.Holiday)
}

// ActiveVersion is a version with the time in which it holds.
type ActiveVersion struct {
	Version
	civil.Span
}

// never is later than every instant that is asked about.
var never = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

// activeVersions returns the versions in order, each with the time in which it holds.
func (r Rota) activeVersions() []ActiveVersion {
	versions := slices.Clone(r.Versions)
	sorting.By(versions, func(a, b Version) int {
		return cmp.Or(a.Begins().Compare(b.Begins()), a.From.DaysUntil(b.From)*-1)
	})
	end := r.Ends()
	out := make([]ActiveVersion, len(versions))
	for i, v := range versions {
		until := end
		if i+1 < len(versions) {
			until = calendar.EarlierOf(end, versions[i+1].Begins())
		}
		out[i] = ActiveVersion{v, civil.Span{Start: v.Begins(), End: until}}
	}
	return out
}

// Ends returns the instant at which the rota ends; far ahead where it goes on.
func (r Rota) Ends() time.Time {
	if r.Until == (calendar.Date{}) || len(r.Versions) == 0 {
		return never
	}
	last := slices.MaxFunc(r.Versions, func(a, b Version) int { return a.Begins().Compare(b.Begins()) })
	return civil.Midnight(r.Until.Add(1), last.Zone)
}

// numberedTurn returns turn k of the version.
func (p ActiveVersion) numberedTurn(k int) Turn {
	full := p.handoverAt(k + 1)
	return Turn{p.From, k, civil.Span{Start: p.handoverAt(k), End: calendar.EarlierOf(full, p.End)}, full}
}

// TurnsIn returns the turns that overlap a span, which lies within the time of the version, in order.
func (p ActiveVersion) TurnsIn(in civil.Span) []Turn {
	var out []Turn
	for k := p.turnAt(in.Start); p.handoverAt(k).Before(in.End); k++ {
		if turn := p.numberedTurn(k); turn.Meets(in) {
			out = append(out, turn)
		}
	}
	return out
}
