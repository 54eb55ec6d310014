package shifts

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/roster"
	"jerem/sorting"
)

// contradictionsIn tells of shifts by which two people had one rota at one covered moment: of the two lines one is
// wrong, and which one only the reader knows.
func contradictionsIn(v *roster.View, entries []entry) (faults []Fault) {
	shifts := slices.DeleteFunc(slices.Clone(entries), func(e entry) bool { return e.Kind != Shift })
	sorting.By(shifts, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.Rota, b.Rota), a.Span.Start.Compare(b.Span.Start))
	})
	for i, a := range shifts {
		for _, b := range shifts[i+1:] {
			if b.Rota != a.Rota || !b.Span.Start.Before(a.Span.End) {
				break
			}
			if fault, found := contradictionOf(v, a, b); found {
				faults = append(faults, fault)
			}
		}
	}
	return faults
}

// contradictionOf tells, at the later line, that two shifts give one rota to two people.
func contradictionOf(v *roster.View, a, b entry) (Fault, bool) {
	s, err := v.Schedule(a.Rota)
	if err != nil || a.Person == b.Person {
		return Fault{}, false
	}
	both := s.Covered(a.Span.Clip(b.Span))
	if len(both) == 0 {
		return Fault{}, false
	}
	if a.Line > b.Line {
		a, b = b, a
	}
	return faultAt(b.Line, fmt.Sprintf("%s has rota %s from %s to %s, and so has %s by line %d: one of them is wrong",
		b.Person, b.Rota, timeText(both[0].Start), timeText(both[len(both)-1].End), a.Person, a.Line)), true
}

// outsideOf tells of each rota what of the shifts it does not cover.
func outsideOf(v *roster.View, entries []entry) (told []string) {
	var rotas []string
	of := map[string][]entry{}
	for _, e := range entries {
		s, err := v.Schedule(e.Rota)
		if err != nil || e.Kind != Shift || uncoveredIn(s, e.Span) == 0 {
			continue
		}
		if of[e.Rota] == nil {
			rotas = append(rotas, e.Rota)
		}
		of[e.Rota] = append(of[e.Rota], e)
	}
	for _, rota := range rotas {
		s, err := v.Schedule(rota)
		if err == nil {
			told = append(told, outsideText(s, of[rota]))
		}
	}
	return told
}

// uncoveredIn returns how many seconds of a span a rota does not cover.
func uncoveredIn(s *oncall.Schedule, span civil.Span) int64 {
	return span.Seconds() - civil.SecondsOf(s.Covered(span))
}

// outsideText tells how much of shifts a rota does not cover, and when it began and ended where they reach beyond that.
func outsideText(s *oncall.Schedule, shifts []entry) string {
	var seconds int64
	first, last := shifts[0].Span.Start, shifts[0].Span.End
	for _, e := range shifts {
		seconds += uncoveredIn(s, e.Span)
		first, last = calendar.EarlierOf(first, e.Span.Start), calendar.LaterOf(last, e.Span.End)
	}
	lines := fmt.Sprintf("of line %d", shifts[0].Line)
	if more := len(shifts) - 1; more > 0 {
		lines += fmt.Sprintf(" and %d more", more)
	}
	text := fmt.Sprintf("rota %s does not cover %s %s: nothing is kept of that", s.Rota,
		calendar.DurationText(time.Duration(seconds)*time.Second), lines)
	versions := s.ActiveVersions()
	if begins := versions[0].Span.Start; first.Before(begins) {
		text += "; it begins at " + timeText(begins)
	}
	if ends := versions[len(versions)-1].Span.End; last.After(ends) {
		text += "; it ended at " + timeText(ends)
	}
	return text
}

// timeText writes a moment as answers have it.
func timeText(t time.Time) string { return t.UTC().Format(time.RFC3339) }
