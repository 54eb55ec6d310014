package interruption

import (
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall/civil"
)

// UnexpectedDay is a local day of a team's call-outs. It names nobody.
type UnexpectedDay struct {
	Date    calendar.Date
	Count   int   // call-outs that started on it
	Beside  int   // of these, those that are no impediment which is counted already
	Seconds int64 // call-out time, without what an impediment accounts for
}

// Impediments answers which issues are impediments and on which days they have a time of their own.
type Impediments struct {
	IsOne   func(issue string) bool
	HasTime func(issue string, d calendar.Date) bool
}

// Unexpected returns the days of a span with call-outs of a team, in order. Time is split at local midnight first. Of
// one person's call-outs those that overlap count once; a call-out whose issue is an impediment counts only on days
// on which the issue has no time.
func Unexpected(callouts []Callout, team string, zone *time.Location, in civil.Span,
	impediments Impediments) []UnexpectedDay {
	days := map[calendar.Date]*UnexpectedDay{}
	at := func(d calendar.Date) *UnexpectedDay {
		if days[d] == nil {
			days[d] = &UnexpectedDay{Date: d}
		}
		return days[d]
	}
	times := map[personNight][]civil.Span{}
	for _, c := range callouts {
		if c.Team != team || c.Verdict == Test {
			continue
		}
		isImpediment := c.Issue != "" && impediments.IsOne != nil && impediments.IsOne(c.Issue)
		if in.Holds(c.Started) {
			day := at(calendar.DateOf(c.Started, zone))
			day.Count++
			if !isImpediment {
				day.Beside++
			}
		}
		for d, part := range localDays(c.Span().Clip(in), zone) {
			if isImpediment && impediments.HasTime(c.Issue, d) {
				continue
			}
			key := personNight{c.Person, d}
			times[key] = append(times[key], part)
		}
	}
	for key, spans := range times {
		at(key.night).Seconds += civil.SecondsOf(civil.UniteSpans(spans))
	}
	var out []UnexpectedDay
	for _, day := range days {
		out = append(out, *day)
	}
	slices.SortFunc(out, func(a, b UnexpectedDay) int { return b.Date.DaysUntil(a.Date) })
	return out
}

// localDays splits a span at the midnights of a zone.
func localDays(s civil.Span, zone *time.Location) map[calendar.Date]civil.Span {
	out := map[calendar.Date]civil.Span{}
	if s.Empty() {
		return out
	}
	last := calendar.DateOf(s.End, zone)
	for d := calendar.DateOf(s.Start, zone); !last.Before(d); d = d.Add(1) {
		if part := s.Clip(civil.Span{Start: civil.Midnight(d, zone),
			End: civil.Midnight(d.Add(1), zone)}); !part.Empty() {
			out[d] = part
		}
	}
	return out
}
