package nameless

import (
	"time"

	"jerem/agile"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/roster"
	"jerem/sorting"
)

// monthsAhead is how many months after that of the view are told: gaps count once they are past, and rows that changed
// each day would have every figure computed again.
const monthsAhead = 2

// dutyOf returns the gaps of a team's rotas and how many people were on duty in each month of its calendar.
func dutyOf(v *roster.View, team string, zone *time.Location) (gaps []agile.DutyGap, months []agile.DutyMonth) {
	people := map[civil.Month]map[string]bool{}
	for _, s := range v.Schedules() {
		for _, g := range segmentsOf(s, v.Now, zone) {
			switch of, _ := s.TeamAt(g.Start); {
			case of != team:
			case g.IsGap():
				gaps = append(gaps, agile.DutyGap{Start: g.Start, End: g.End})
			default:
				notePerson(people, g, zone)
			}
		}
	}
	for m, handles := range people {
		months = append(months, agile.DutyMonth{Year: m.Year, Month: m.Month, People: len(handles)})
	}
	sorting.By(months, func(a, b agile.DutyMonth) int { return 12*(a.Year-b.Year) + int(a.Month-b.Month) })
	sorting.By(gaps, func(a, b agile.DutyGap) int {
		if c := a.Start.Compare(b.Start); c != 0 {
			return c
		}
		return a.End.Compare(b.End)
	})
	return gaps, months
}

// segmentsOf returns the covered time of a rota from its first version to some months after a moment.
func segmentsOf(s *oncall.Schedule, now time.Time, zone *time.Location) []oncall.Segment {
	versions := s.ActiveVersions()
	if len(versions) == 0 {
		return nil
	}
	last := civil.MonthOf(now, zone)
	for range monthsAhead {
		last = last.Next()
	}
	return s.Segments(civil.Span{Start: versions[0].Start, End: last.Span(zone).End})
}

// notePerson enters who is on duty in a segment into the months that it lies in.
func notePerson(people map[civil.Month]map[string]bool, g oncall.Segment, zone *time.Location) {
	for m := civil.MonthOf(g.Start, zone); m.Span(zone).Start.Before(g.End); m = m.Next() {
		if people[m] == nil {
			people[m] = map[string]bool{}
		}
		people[m][g.Person] = true
	}
}
