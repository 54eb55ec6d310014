package nameless

import (
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/interruption"
	"jerem/oncall/roster"
	"jerem/sorting"
)

// Of returns what on-call took from a team, without a person: nil for a team for which nobody ever was on call and that
// has no call-out. A call-out is a row once the team's day on which it started is over: whoever is told at once when
// rows change, as browsers are, would learn when somebody was called. Otherwise rows do not depend on the moment of the
// view but for how far ahead it looks.
func Of(v *roster.View, team string) *agile.OnCall {
	all := slices.DeleteFunc(interruption.ByStart(v.FinalCallouts()), func(c interruption.Callout) bool {
		return c.Verdict == interruption.Test
	})
	zone := v.File.ZoneOfTeam(team)
	today := calendar.DateOf(v.Now, zone)
	own := slices.DeleteFunc(slices.Clone(all), func(c interruption.Callout) bool {
		return c.Team != team || !calendar.DateOf(c.Started, zone).Before(today)
	})
	if len(own) == 0 && !hasRota(v, team) {
		return nil
	}
	out := &agile.OnCall{Callouts: calloutsOf(v, own), Worked: workedTime(own), Rests: owedRests(v, all, own)}
	out.Gaps, out.Months = dutyOf(v, team, zone)
	return out
}

// hasRota tells whether a rota is or was of a team.
func hasRota(v *roster.View, team string) bool {
	for _, s := range v.Schedules() {
		for _, version := range s.ActiveVersions() {
			if version.Team == team {
				return true
			}
		}
	}
	return false
}

// personNight is a night of a person, who is not named any further.
type personNight struct {
	person string
	began  calendar.Date
}

// calloutsOf returns the rows of a team's call-outs, which are in order of start.
func calloutsOf(v *roster.View, own []interruption.Callout) []agile.Callout {
	rules := map[int64]string{}
	for _, a := range v.State.Alerts {
		if len(own) > 0 && a.Team == own[0].Team { // whoever sees the team need not see that of another alert
			rules[a.ID] = a.Rule
		}
	}
	nights := map[personNight]int{}
	out := make([]agile.Callout, len(own))
	for i, c := range own {
		row := agile.Callout{ID: c.ID, Start: c.Started, Issue: c.Issue, Verdict: verdictOf(c.Verdict)}
		for _, id := range c.Alerts {
			if rule, isKnown := rules[id]; isKnown {
				row.Rules = append(row.Rules, rule)
			}
		}
		slices.Sort(row.Rules)
		row.Rules = slices.Compact(row.Rules)
		if person, isKnown := v.Board.People[c.Person]; isKnown {
			row.OutOfHours = person.OutOfHours(c.Started)
			row.Night = nightNumber(nights, person, c.Started)
		}
		out[i] = row
	}
	return out
}

// nightNumber numbers the disturbed night of a person that holds a moment, the same for each call-out in it; 0 by day.
func nightNumber(nights map[personNight]int, p oncall.Person, t time.Time) int {
	began, isNight := interruption.NightOf(p, t)
	if !isNight {
		return 0
	}
	key := personNight{p.Handle, began}
	if nights[key] == 0 {
		nights[key] = len(nights) + 1
	}
	return nights[key]
}

func verdictOf(v interruption.Verdict) agile.Verdict {
	switch v {
	case interruption.Useful:
		return agile.Useful
	case interruption.Noise:
		return agile.Noise
	}
	return agile.Unjudged
}

// workedTime returns the time of a team's call-outs, cut where those of one person that run change.
func workedTime(own []interruption.Callout) []agile.CalledTime {
	byPerson := map[string][]numberedSpan{}
	for i, c := range own {
		byPerson[c.Person] = append(byPerson[c.Person], numberedSpan{c.Span(), i})
	}
	var out []agile.CalledTime
	for _, spans := range byPerson {
		for _, piece := range cutOverlaps(spans) {
			out = append(out, agile.CalledTime{Start: piece.Start, End: piece.End, Callouts: piece.numbers})
		}
	}
	sorting.By(out, func(a, b agile.CalledTime) int {
		if c := a.Start.Compare(b.Start); c != 0 {
			return c
		}
		return slices.Compare(a.Callouts, b.Callouts)
	})
	return out
}

// owedRests returns the working time that a team's own call-outs owe as rest, of each person once, cut where the
// call-outs that owe it change. all are the call-outs of all teams, as rest looks at all of a person's.
func owedRests(v *roster.View, all, own []interruption.Callout) []agile.OwedRest {
	places := map[int64]int{}
	for i, c := range own {
		places[c.ID] = i
	}
	var out []agile.OwedRest
	for _, p := range v.Board.People {
		var spans []numberedSpan
		for _, rest := range interruption.Rests(p, all, v.File.Rest) {
			place, isOwn := places[rest.Callout]
			if !isOwn {
				continue
			}
			for _, working := range p.WorkingTime(rest.Span) {
				spans = append(spans, numberedSpan{working, place})
			}
		}
		for _, piece := range cutOverlaps(spans) {
			out = append(out, agile.OwedRest{Start: piece.Start, End: piece.End, Callouts: piece.numbers})
		}
	}
	sorting.By(out, func(a, b agile.OwedRest) int {
		if c := a.Start.Compare(b.Start); c != 0 {
			return c
		}
		if c := a.End.Compare(b.End); c != 0 {
			return c
		}
		return slices.Compare(a.Callouts, b.Callouts)
	})
	return out
}

// numberedSpan is a span with the place of what it belongs to.
type numberedSpan struct {
	civil.Span
	number int
}
