package feed

import (
	"time"

	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/sorting"
)

// Duty is a segment of a schedule with its rota.
type Duty struct {
	Rota, Team string
	Level      int
	oncall.Segment
}

// The months that a feed shows.
const (
	monthsBack  = 6
	monthsAhead = 12
)

// Span returns what a feed shows at a moment: whole days of a zone, six months back and twelve ahead.
func Span(now time.Time, zone *time.Location) civil.Span {
	today, _ := civil.ClockOf(now, zone)
	months := civil.Period{Number: 1, Unit: civil.Months}
	return civil.Span{Start: civil.Midnight(months.After(today, -monthsBack), zone),
		End: civil.Midnight(months.After(today, monthsAhead), zone)}
}

// RotaDuties returns the duties and gaps of a rota that overlap a span, unclipped, in order.
func RotaDuties(s *oncall.Schedule, in civil.Span) []Duty {
	var out []Duty
	for _, turn := range s.Turns(in) {
		for _, g := range s.Segments(turn.Span) {
			if team, level := s.TeamAt(g.Start); g.Meets(in) {
				out = append(out, Duty{s.Rota, team, level, g})
			}
		}
	}
	return out
}

// PersonalDuties returns the duties of a person in all rotas that overlap a span, unclipped, in order.
func PersonalDuties(schedules []*oncall.Schedule, person string, in civil.Span) []Duty {
	var out []Duty
	for _, s := range schedules {
		for _, d := range RotaDuties(s, in) {
			if d.Person == person && person != "" {
				out = append(out, d)
			}
		}
	}
	sorting.By(out, func(a, b Duty) int { return a.Start.Compare(b.Start) })
	return out
}
