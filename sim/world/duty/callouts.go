package duty

import (
	"slices"
	"time"

	"jerem/sorting"
)

// Callout is a call-out as the books know it.
type Callout struct {
	Team, Person   string
	Started, Ended time.Time // Ended is zero while it runs
	Acknowledged   time.Time
	Assumed        bool // nobody said when it ended
	Alerts         int
	Issue          string
	Verdict        string
	Reason, Origin string
}

// Callouts returns the call-outs of a team that started on the days of a span, by their start.
func (b *Books) Callouts(team, from, to string) []Callout {
	t := b.teamNamed(team)
	var out []Callout
	for _, c := range b.callsIn(t, from, to) {
		end, hasEnded := b.endOf(c)
		shown := Callout{Team: team, Person: c.person, Started: c.started, Acknowledged: c.acknowledged,
			Alerts: len(c.alerts), Issue: c.issue, Verdict: c.verdict, Reason: c.reason, Origin: c.origin}
		if hasEnded {
			shown.Ended, shown.Assumed = end, c.ended.IsZero()
		}
		out = append(out, shown)
	}
	return out
}

// callsIn returns the call-outs of a team that started in a span of whole days, its last excluded.
func (b *Books) callsIn(t *team, from, to string) []*call {
	start, end := parseDay(from).atHour(0, t.zone), parseDay(to).atHour(0, t.zone)
	var out []*call
	for _, c := range b.calls {
		if c.team == t && !c.started.Before(start) && c.started.Before(end) {
			out = append(out, c)
		}
	}
	sorting.By(out, func(x, y *call) int { return x.started.Compare(y.started) })
	return out
}

// Rule is what an alert rule cost and was worth.
type Rule struct {
	Rule                      string
	Alerts, Pages, OutOfHours int
	Useful, Noise, Unset      int
	Actionability, Healed     *float64
	Seconds                   int64
	Decision, Review          string
	closed, healed            int
}

// Rules returns a row for each rule of a team with an alert or a call-out in a span of whole days, by name.
func (b *Books) Rules(team, from, to string) []Rule {
	t := b.teamNamed(team)
	start, end := parseDay(from).atHour(0, t.zone), parseDay(to).atHour(0, t.zone)
	rows := map[string]*Rule{}
	row := func(name string) *Rule {
		if rows[name] == nil {
			rows[name] = &Rule{Rule: name, Decision: "page"}
		}
		return rows[name]
	}
	for _, x := range b.alerts {
		if x.team == t && !x.first.Before(start) && x.first.Before(end) {
			countAlert(row(x.rule), x)
		}
	}
	for _, c := range b.callsIn(t, from, to) {
		if c.verdict != "test" {
			countCall(b, row, c)
		}
	}
	var out []Rule
	for _, r := range rows {
		r.Actionability, r.Healed = shareOf(r.Useful, r.Useful+r.Noise), shareOf(r.healed, r.closed)
		for _, d := range b.rules {
			if d.team == t && d.rule == r.Rule {
				r.Decision, r.Review = d.decision, d.review
			}
		}
		r.healed, r.closed = 0, 0
		out = append(out, *r)
	}
	sorting.By(out, func(x, y Rule) int {
		if x.Rule < y.Rule {
			return -1
		}
		return 1
	})
	return out
}

func shareOf(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	s := float64(part) / float64(whole)
	return &s
}

// countAlert counts an alert: it healed where it was resolved before anybody acknowledged it.
func countAlert(r *Rule, x *alert) {
	r.Alerts++
	seen := x.acknowledged
	if x.call != nil && !x.call.acknowledged.IsZero() && (seen.IsZero() || x.call.acknowledged.Before(seen)) {
		seen = x.call.acknowledged
	}
	if x.resolved.IsZero() && seen.IsZero() {
		return
	}
	r.closed++
	if !x.resolved.IsZero() && (seen.IsZero() || x.resolved.Before(seen)) {
		r.healed++
	}
}

// countCall counts a call-out for each rule that it holds an alert of; its time is split equally among them, the first
// in alphabetical order take the rest.
func countCall(b *Books, row func(string) *Rule, c *call) {
	var names []string
	for _, x := range c.alerts {
		if !slices.Contains(names, x.rule) {
			names = append(names, x.rule)
		}
	}
	slices.Sort(names)
	end, _ := b.endOf(c)
	seconds, many := int64(end.Sub(c.started)/time.Second), int64(len(names))
	for i, name := range names {
		r := row(name)
		r.Pages++
		if !c.team.atWork(c.started) {
			r.OutOfHours++
		}
		switch c.verdict {
		case "useful":
			r.Useful++
		case "noise":
			r.Noise++
		default:
			r.Unset++
		}
		r.Seconds += seconds / many
		if int64(i) < seconds%many {
			r.Seconds++
		}
	}
}
