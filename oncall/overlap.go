package oncall

import (
	"fmt"
	"time"

	"jerem/oncall/civil"
)

// weeksOfOverlap is how far ahead two rotas must not cover the same moment.
const weeksOfOverlap = 12

// Overlap is time that two rotas of one team and level both cover, which is an error of the file.
type Overlap struct {
	First, Second string // names of the rotas, in the order of the file
	Team          string // of the first moment
	Level         int
	Spans         []civil.Span
}

// Text tells the overlap.
func (o Overlap) Text() string {
	return fmt.Sprintf("rotas %s and %s of team %s and level %d both cover %s", o.First, o.Second, o.Team, o.Level,
		o.Spans[0].Start.UTC().Format(time.RFC3339))
}

// FindOverlaps returns the pairs of rotas of one team and level that cover the same moment in the 12 weeks from now on.
func FindOverlaps(rotas []Rota, now time.Time) []Overlap {
	schedules := make([]*Schedule, len(rotas))
	for i, r := range rotas {
		schedules[i] = NewSchedule(r, nil, nil)
	}
	var out []Overlap
	for i, a := range schedules {
		for _, b := range schedules[i+1:] {
			if len(a.versions) == 0 || len(b.versions) == 0 {
				continue
			}
			ahead := civil.Span{Start: now,
				End: civil.Period{Number: weeksOfOverlap, Unit: civil.Weeks}.Later(now, a.ZoneAt(now))}
			if both := doubleCover(a, b, ahead); len(both) > 0 {
				team, level := a.TeamAt(both[0].Start)
				out = append(out, Overlap{a.Rota, b.Rota, team, level, both})
			}
		}
	}
	return out
}

// doubleCover returns the time of a span that two rotas both cover while they are of one team and level.
func doubleCover(a, b *Schedule, in civil.Span) []civil.Span {
	var out []civil.Span
	for _, p := range a.versions {
		for _, q := range b.versions {
			if p.Team != q.Team || p.Level != q.Level {
				continue
			}
			both := in.Clip(p.Span).Clip(q.Span)
			if !both.Empty() {
				out = append(out, civil.IntersectSpans(p.CoveredSpans(both), q.CoveredSpans(both))...)
			}
		}
	}
	return civil.UniteSpans(out)
}
