package interruption

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/sorting"
)

// Load is what on-call asks of a team in a span, without handles. All but People are nil where fewer than three
// people were on duty: they would tell of one person.
type Load struct {
	Interruptions, OutOfHours, DisturbedNights *int64
	RestSeconds                                *int64   // rest owed that falls into working hours of the span
	LargestDutyShare                           *float64 // of the seconds in which somebody of the team was on duty
	Per12h                                     *float64 // interruptions per 12 hours of duty
	People                                     int
}

// FewestPeople is from how many people on duty on what would be one person's load otherwise is told of a team.
const FewestPeople = 3

// PeopleOnDuty returns who was on duty in the rotas of a team at some moment of a span, in alphabetical order.
func PeopleOnDuty(schedules []*oncall.Schedule, team string, in civil.Span) []string {
	return slices.Sorted(maps.Keys(dutySeconds(schedules, team, in)))
}

// LoadOf returns the load of a team. callouts are those of all teams, as rest looks at all of a person's.
func LoadOf(schedules []*oncall.Schedule, people oncall.People, callouts []Callout,
	team string, in civil.Span, daily time.Duration) Load {
	duty := dutySeconds(schedules, team, in)
	out := Load{People: len(duty)}
	if out.People < FewestPeople {
		return out
	}
	var interruptions, outOfHours, rest, total, largest int64
	nights := map[personNight]bool{}
	for _, c := range callouts {
		if c.Team != team || c.Verdict == Test || !in.Holds(c.Started) {
			continue
		}
		interruptions++
		person, isKnown := people[c.Person]
		if !isKnown {
			continue
		}
		if person.OutOfHours(c.Started) {
			outOfHours++
		}
		if night, ok := NightOf(person, c.Started); ok {
			nights[personNight{c.Person, night}] = true
		}
	}
	for _, p := range people {
		rest += RestFromSprint(p, Rests(p, callouts, daily), team, in)
	}
	for _, seconds := range duty {
		total += seconds
		largest = max(largest, seconds)
	}
	const halfDay = 12 * 60 * 60
	disturbed, share, per12h := int64(len(nights)), float64(largest)/float64(total),
		float64(interruptions)*halfDay/float64(total)
	return Load{&interruptions, &outOfHours, &disturbed, &rest, &share, &per12h, out.People}
}

type personNight struct {
	person string
	night  calendar.Date
}

// dutySeconds returns how long each person was on duty in the rotas of a team.
func dutySeconds(schedules []*oncall.Schedule, team string, in civil.Span) map[string]int64 {
	out := map[string]int64{}
	for _, s := range schedules {
		for _, g := range s.Segments(in) {
			if of, _ := s.TeamAt(g.Start); of == team && !g.IsGap() {
				out[g.Person] += g.Seconds()
			}
		}
	}
	return out
}

// RuleRow is what an alert rule cost and was worth in a span.
type RuleRow struct {
	Rule                string
	Alerts              int  // that began in the span, tests included
	Pages               int  // of the call-outs that started in the span and hold an alert of the rule
	OutOfHours          *int // of these; nil where it is not told
	Useful, Noise       int
	Unset               int
	Actionability       *float64 // useful / (useful + noise); nil without a verdict
	Healed              *float64 // resolved unacknowledged, of those closed; nil without one
	Seconds             *int64   // of its call-outs; one of several rules is split equally; nil where it is not told
	closed, healedCount int
}

// Curation returns a row for each rule of a team's alerts with an alert or a call-out in a span, in alphabetical order.
func Curation(alerts []Alert, callouts []Callout, people oncall.People, team string, in civil.Span) []RuleRow {
	rows := map[string]*RuleRow{}
	acknowledged := firstAcknowledgements(alerts, callouts)
	for _, a := range alerts {
		if a.Team == team && in.Holds(a.First) {
			rowOf(rows, a.Rule).addAlert(a, acknowledged[a.ID])
		}
	}
	rules := map[int64]string{}
	for _, a := range alerts {
		if a.Team == team { // a call-out may hold alerts of another team, which not everybody may know of
			rules[a.ID] = a.Rule
		}
	}
	for _, c := range callouts {
		if c.Team == team && c.Verdict != Test && in.Holds(c.Started) {
			addCallout(rows, c, rules, people)
		}
	}
	var out []RuleRow
	for _, row := range rows {
		row.Actionability = ratioOf(row.Useful, row.Useful+row.Noise)
		row.Healed = ratioOf(row.healedCount, row.closed)
		out = append(out, *row)
	}
	sorting.By(out, func(a, b RuleRow) int { return cmp.Compare(a.Rule, b.Rule) })
	return out
}

func rowOf(rows map[string]*RuleRow, rule string) *RuleRow {
	if rows[rule] == nil {
		rows[rule] = &RuleRow{Rule: rule, OutOfHours: new(int), Seconds: new(int64)}
	}
	return rows[rule]
}

func ratioOf(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	r := float64(part) / float64(whole)
	return &r
}

// firstAcknowledgements returns for each alert its first acknowledgement, by itself or by a call-out that holds it.
func firstAcknowledgements(alerts []Alert, callouts []Callout) map[int64]time.Time {
	out := map[int64]time.Time{}
	note := func(id int64, t time.Time) {
		if first, ok := out[id]; !t.IsZero() && (!ok || t.Before(first)) {
			out[id] = t
		}
	}
	for _, a := range alerts {
		note(a.ID, a.Acknowledged)
	}
	for _, c := range callouts {
		for _, id := range c.Alerts {
			note(id, c.Acknowledged)
		}
	}
	return out
}

func (r *RuleRow) addAlert(a Alert, acknowledged time.Time) {
	r.Alerts++
	if a.Resolved.IsZero() && acknowledged.IsZero() {
		return
	}
	r.closed++
	if !a.Resolved.IsZero() && (acknowledged.IsZero() || a.Resolved.Before(acknowledged)) {
		r.healedCount++
	}
}

func addCallout(rows map[string]*RuleRow, c Callout, ruleOf map[int64]string, people oncall.People) {
	var rules []string
	for _, id := range c.Alerts {
		if rule, ok := ruleOf[id]; ok {
			rules = append(rules, rule)
		}
	}
	slices.Sort(rules)
	rules = slices.Compact(rules)
	seconds := c.Span().Seconds()
	for i, rule := range rules {
		row := rowOf(rows, rule)
		row.Pages++
		if person, ok := people[c.Person]; ok && person.OutOfHours(c.Started) {
			*row.OutOfHours++
		}
		switch c.Verdict {
		case Useful:
			row.Useful++
		case Noise:
			row.Noise++
		default:
			row.Unset++
		}
		*row.Seconds += seconds / int64(len(rules))
		if int64(i) < seconds%int64(len(rules)) {
			*row.Seconds++
		}
	}
}
