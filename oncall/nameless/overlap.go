package nameless

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
	"jerem/sorting"
)

// piece is time that the same spans cover.
type piece struct {
	civil.Span
	numbers []int // of these spans, ascending
}

// cutOverlaps cuts spans wherever one begins or ends: pieces do not overlap, and each names the spans that cover it.
func cutOverlaps(spans []numberedSpan) []piece {
	sorted := slices.DeleteFunc(slices.Clone(spans), func(s numberedSpan) bool { return s.Empty() })
	sorting.By(sorted, func(a, b numberedSpan) int { return a.Start.Compare(b.Start) })
	var out []piece
	for first := 0; first < len(sorted); {
		next, end := first+1, sorted[first].End
		for next < len(sorted) && sorted[next].Start.Before(end) {
			end = calendar.LaterOf(end, sorted[next].End)
			next++
		}
		out = append(out, cutCluster(sorted[first:next])...)
		first = next
	}
	return out
}

// cutCluster cuts spans that hang together.
func cutCluster(spans []numberedSpan) []piece {
	var cuts []time.Time
	for _, s := range spans {
		cuts = append(cuts, s.Start, s.End)
	}
	slices.SortFunc(cuts, time.Time.Compare)
	cuts = slices.CompactFunc(cuts, time.Time.Equal)
	var out []piece
	for i := range len(cuts) - 1 {
		p := piece{Span: civil.Span{Start: cuts[i], End: cuts[i+1]}}
		for _, s := range spans {
			if s.Meets(p.Span) {
				p.numbers = append(p.numbers, s.number)
			}
		}
		slices.Sort(p.numbers)
		out = append(out, p)
	}
	return out
}
