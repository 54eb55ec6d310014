package duty

import (
	"slices"
	"time"
)

// SprintCallouts are the call-outs of a sprint. What would be one person's load is told in any case: the teams have
// enough people.
type SprintCallouts struct {
	Callouts, Beside            int // beside the impediments of the sprint
	Seconds, Counted            int64
	OutOfHours, Nights          int
	RestSeconds, GapSeconds     int64
	Useful, Noise, Unset        int
	CalloutsByRule, NightByRule map[string]int
}

// Sprint returns what call-outs took from a team from one moment to another: those of the days that are over on the
// team's clock, and gaps up to the moment of the books. The impediments of the sprint are those of
// the world's books: their keys, with the dates on which they have time.
func (b *Books) Sprint(team string, start, end time.Time, impediments map[string]map[string]bool) SprintCallouts {
	t := b.teamNamed(team)
	out := SprintCallouts{CalloutsByRule: map[string]int{}, NightByRule: map[string]int{}}
	until := end
	if midnight := dayOn(b.At, t.zone).atHour(0, t.zone); midnight.Before(end) {
		until = midnight
	}
	nights, byRule := map[string]bool{}, map[string]map[string]bool{}
	for _, c := range b.calls {
		if c.team == t && c.verdict != "test" && !c.started.Before(start) && c.started.Before(until) {
			countInSprint(b, &out, c, impediments, nights, byRule)
		}
	}
	out.Nights = len(nights)
	for rule, of := range byRule {
		out.NightByRule[rule] = len(of)
	}
	out.Seconds, out.Counted = timeInSprint(b, t, start, until, impediments)
	for _, p := range t.people {
		out.RestSeconds += restSecondsOf(b, t, p.Handle, start.Truncate(time.Minute), until)
	}
	b.board.hoursIn(t, start.Truncate(time.Hour), end, func(m time.Time, d duty) {
		if d.person == "" {
			out.GapSeconds += 3600
		}
	})
	return out
}

func countInSprint(b *Books, out *SprintCallouts, c *call, impediments map[string]map[string]bool,
	nights map[string]bool, byRule map[string]map[string]bool) {
	t := c.team
	out.Callouts++
	if _, isOne := impediments[c.issue]; !isOne {
		out.Beside++
	}
	if !t.atWork(c.started) {
		out.OutOfHours++
	}
	switch c.verdict {
	case "useful":
		out.Useful++
	case "noise":
		out.Noise++
	default:
		out.Unset++
	}
	night := ""
	switch hour, day := c.started.In(t.zone).Hour(), dayOn(c.started, t.zone); {
	case hour >= 22:
		night = c.person + day.String()
	case hour < 8:
		night = c.person + day.addDays(-1).String()
	}
	rules := []string{}
	for _, x := range c.alerts {
		if !slices.Contains(rules, x.rule) {
			rules = append(rules, x.rule)
		}
	}
	if len(rules) == 0 {
		rules = []string{""}
	}
	for _, rule := range rules {
		out.CalloutsByRule[rule]++
		if byRule[rule] == nil {
			byRule[rule] = map[string]bool{}
		}
		if night != "" {
			byRule[rule][night] = true
		}
	}
	if night != "" {
		nights[night] = true
	}
}

// timeInSprint adds up the time of call-outs minute by minute, of one person's that overlap once; counted is what no
// impediment of the sprint accounts for: its issue has no time on that date.
func timeInSprint(b *Books, t *team, start, end time.Time,
	impediments map[string]map[string]bool) (all, counted int64) {
	type minute struct {
		person string
		at     int64
	}
	seen, seenCounted := map[minute]bool{}, map[minute]bool{}
	for _, c := range b.calls {
		if c.team != t || c.verdict == "test" {
			continue
		}
		until, _ := b.endOf(c)
		for m := c.started; m.Before(until); m = m.Add(time.Minute) {
			if m.Before(start) || !m.Before(end) {
				continue
			}
			key := minute{c.person, m.Unix()}
			seen[key] = true
			days, isOne := impediments[c.issue]
			if !isOne || !days[dayOn(m, t.zone).String()] {
				seenCounted[key] = true
			}
		}
	}
	return 60 * int64(len(seen)), 60 * int64(len(seenCounted))
}
