package timeseries

import (
	"time"

	"jerem/measure/internal/roadmap"
	"jerem/series"
	"jerem/sorting"
)

// spansOfQuarters returns each quarter that has begun and that an epic of the team belonged to before it was over: its
// series run from its first moment to its end.
func spansOfQuarters(m *maker) (spans []roadmap.QuarterSpan) {
	r, now := m.team.Roadmap, m.now
	names := map[roadmap.QuarterName]bool{}
	for _, id := range r.Epics {
		for _, at := range epicMoments(r, r.Index.Issues.Of(id), now) {
			for _, q := range r.QuartersOf(r.Index.Issues.Of(id), at) {
				names[q] = names[q] || at.Before(r.Span(q).To)
			}
		}
	}
	var sorted []roadmap.QuarterName
	for q, told := range names {
		if told {
			sorted = append(sorted, q)
		}
	}
	sorting.By(sorted, roadmap.QuarterName.Compare)
	for _, q := range sorted {
		if s := r.Span(q); !s.From.After(now) {
			spans = append(spans, s)
		}
	}
	return spans
}

// quarterSums names the tracks of a quarter in their order.
var quarterSums = []string{"total", "done", "doing", "todo", "remaining"}

// seriesOfQuarter makes the series of one quarter from its first moment of which something is known, and tells how far
// they go.
func seriesOfQuarter(r *roadmap.Roadmap, s roadmap.QuarterSpan, begin, now time.Time) ([]series.Series, workEnd) {
	end := time.Time{}
	if !now.Before(s.To) {
		end = s.To
	}
	tracks, last := r.TracksToEnd(s, now)
	var out []series.Series
	for n, tr := range tracks {
		part := tr.Cut(begin.UTC(), end, false)
		one := series.Series{Class: classAgileQuarter + quarterSums[n], End: part.End,
			Labels: map[string]string{"project": r.Index.History.Team.Name, "quarter": s.Name.String()},
			Points: series.RoomFor(len(part.Points))}
		for _, p := range part.Points {
			one.Add(p.At, series.Double(p.Value))
		}
		out = append(out, one)
	}
	return out, workEnd{at: last.At, sums: last.By}
}
