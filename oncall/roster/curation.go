package roster

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/intake"
	"jerem/oncall/interruption"
)

// RuleRow is what an alert rule cost and was worth, with what the team decided about it.
type RuleRow struct {
	interruption.RuleRow
	Decision DecisionKind
	Review   calendar.Date // zero for none
}

// Why the starts out of hours and the time of call-outs are not told of all days that were asked for.
const (
	WhyUntold   = "fewer than three people were on duty in these days: it would be one person's load"
	WhyPartly   = "months are left out in which fewer than three people were on duty: it would be one person's load"
	WhyNoMonths = "they are told of whole months alone: what two other spans differ by would be one person's load"
)

// RulesFor returns a row for each rule of a team with an alert or a call-out in a span, as an actor may know it, and
// why something in them is not told, "" where nothing is held back. Starts out of hours and time are told of whole
// months in which at least three people were on duty, and of those alone: beside a public rota those of other days
// would be one person's load, and so would be what two spans differ by. Operators and who pays know the call-outs
// themselves, and a person knows what is theirs alone. Others are told of the days that are over.
func (v *View) RulesFor(a Actor, team string, in civil.Span) (rows []RuleRow, why string) {
	if a.Operator || a.Pay {
		return rulesOf(v, team, in), ""
	}
	asked, until := in, v.ToldUntil(a, team)
	in.End = calendar.EarlierOf(in.End, until)
	rows = rulesOf(v, team, in)
	if !isLoadOfOthers(v, a.Handle, team, in) {
		return rows, ""
	}
	for i := range rows {
		rows[i].OutOfHours, rows[i].Seconds = nil, nil
	}
	zone := v.File.ZoneOfTeam(team)
	if !isOfWholeMonths(asked, until, zone) {
		return rows, WhyNoMonths
	}
	return rows, addToldMonths(v, a.Handle, team, rows, monthsOf(in, zone))
}

// isOfWholeMonths tells whether a span begins with a month and ends with one, or with the days that are told.
func isOfWholeMonths(in civil.Span, until time.Time, zone *time.Location) bool {
	isBegin := func(t time.Time) bool { return t.Equal(civil.MonthOf(t, zone).Span(zone).Start) }
	return isBegin(in.Start) && (isBegin(in.End) || !in.End.Before(until))
}

// monthsOf parts a span by months.
func monthsOf(in civil.Span, zone *time.Location) (out []civil.Span) {
	for m := civil.MonthOf(in.Start, zone); ; m = m.Next() {
		month := m.Span(zone)
		if !month.Start.Before(in.End) {
			return out
		}
		out = append(out, civil.Span{Start: month.Start, End: calendar.EarlierOf(month.End, in.End)})
	}
}

// addToldMonths adds to the rows the starts out of hours and the time of those months of which they are told, and says
// of what they are not.
func addToldMonths(v *View, handle, team string, rows []RuleRow, months []civil.Span) (why string) {
	isUntold := func(month civil.Span) bool {
		return holdsCallouts(v, team, month) && isOfFew(v, team, month) && isLoadOfOthers(v, handle, team, month)
	}
	told := slices.DeleteFunc(slices.Clone(months), isUntold)
	switch isAny := slices.ContainsFunc(told, func(m civil.Span) bool { return holdsCallouts(v, team, m) }); {
	case len(told) == len(months):
	case isAny:
		why = WhyPartly
	default:
		return WhyUntold
	}
	for _, month := range told {
		for _, of := range rulesOf(v, team, month) {
			addLoad(rows, of)
		}
	}
	return why
}

// addLoad adds the starts out of hours and the time of a rule in a month.
func addLoad(rows []RuleRow, of RuleRow) {
	at := slices.IndexFunc(rows, func(r RuleRow) bool { return r.Rule == of.Rule })
	if at < 0 {
		return
	}
	row := &rows[at]
	row.OutOfHours, row.Seconds = sumOf(row.OutOfHours, of.OutOfHours), sumOf(row.Seconds, of.Seconds)
}

// sumOf adds two numbers, nil standing for none.
func sumOf[N int | int64](a, b *N) *N {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	sum := *a + *b
	return &sum
}

// isOfFew tells whether fewer than three people were on duty for a team in a span up to now.
func isOfFew(v *View, team string, in civil.Span) bool {
	in.End = calendar.EarlierOf(in.End, v.Now)
	return len(interruption.PeopleOnDuty(v.schedules, team, in)) < interruption.FewestPeople
}

// holdsCallouts tells whether a team had a call-out in a span.
func holdsCallouts(v *View, team string, in civil.Span) bool {
	return slices.ContainsFunc(v.State.Callouts, func(c intake.Callout) bool {
		return c.Team == team && in.Holds(c.Started)
	})
}

// isLoadOfOthers tells whether what a team's call-outs took in a span up to now is not all of one person alone, the one
// who asks.
func isLoadOfOthers(v *View, handle, team string, in civil.Span) bool {
	in.End = calendar.EarlierOf(in.End, v.Now)
	people := interruption.PeopleOnDuty(v.schedules, team, in)
	for _, c := range v.State.Callouts {
		if c.Team == team && in.Holds(c.Started) {
			people = append(people, c.Person)
		}
	}
	return handle == "" || slices.ContainsFunc(people, func(p string) bool { return p != handle })
}

// rulesOf returns a row for each rule of a team with an alert or a call-out in a span.
func rulesOf(v *View, team string, in civil.Span) []RuleRow {
	alerts := make([]interruption.Alert, len(v.State.Alerts))
	for i, a := range v.State.Alerts {
		alerts[i] = a.Alert
	}
	var out []RuleRow
	for _, row := range interruption.Curation(alerts, v.Callouts(), v.Board.People, team, in) {
		out = append(out, withDecision(v, team, row))
	}
	return out
}

// withDecision adds what was decided about a rule: the last decision holds, page without one.
func withDecision(v *View, team string, row interruption.RuleRow) RuleRow {
	out := RuleRow{RuleRow: row, Decision: PageAlways}
	for _, d := range v.State.Decisions {
		if d.Team == team && d.Rule == row.Rule {
			out.Decision, out.Review = d.Kind, d.Review
		}
	}
	return out
}

// Decide keeps what a team decided about a rule: by an operator, or a person with duty in a rota of the team.
func Decide(v *View, a Actor, d Decision) (Decision, Writes, error) {
	_, isTeam := v.File.TeamNamed(d.Team)
	switch {
	case d.Team == "" || d.Rule == "":
		return d, Writes{}, newRefusal(oncall.Invalid, "team or rule is missing", "Give both.")
	case !isTeam || !a.Sees(d.Team):
		return d, Writes{}, newRefusal(oncall.NotFound, fmt.Sprintf("there is no team %.100q", d.Team),
			"See /api/v1/teams.")
	case !slices.Contains([]DecisionKind{PageAlways, DaytimeOnly, MakeTicket, DropAlert}, d.Kind):
		return d, Writes{}, newRefusal(oncall.Invalid, fmt.Sprintf("%.100q is no decision", d.Kind),
			"decision is one of page, daytime, ticket, drop.")
	case d.Kind == PageAlways && d.Review != (calendar.Date{}):
		return d, Writes{}, newRefusal(oncall.Invalid, "page needs no review", "Leave out review.")
	case d.Kind != PageAlways && d.Review == (calendar.Date{}):
		return d, Writes{}, newRefusal(oncall.Invalid, "review is missing", "Give the date on which to look again.")
	case !knowsRule(v, d.Team, d.Rule):
		return d, Writes{}, newRefusal(oncall.NotFound,
			fmt.Sprintf("no alert of the rule %.100q came to the team", d.Rule), "See /api/v1/oncall/rules.")
	case !a.Operator && !hasDutyIn(v, a.Handle, d.Team):
		return d, Writes{}, newRefusal(oncall.Forbidden, "who has no duty in a rota of the team does not decide",
			"Ask somebody of the rota, or an operator.")
	}
	d.ID, d.At, d.By = int64(len(v.State.Decisions)+1), v.Now, a.LedgerName()
	return d, Writes{Decisions: []Decision{d},
		Journal: []Entry{a.journalEntry(v.Now, "rule decided", "%d: %s of %s: %s, review %s",
			d.ID, d.Rule, d.Team, d.Kind, d.Review)}}, nil
}

func knowsRule(v *View, team, rule string) bool {
	for _, a := range v.State.Alerts {
		if a.Team == team && a.Rule == rule {
			return true
		}
	}
	return false
}

// hasDutyIn tells whether somebody is among the people of a rota of the team, as it is now or will be, or has taken
// duty in one.
func hasDutyIn(v *View, handle, team string) bool {
	for _, s := range v.schedules {
		for _, p := range s.ActiveVersions() {
			if p.Team == team && slices.Contains(p.People, handle) && p.End.After(v.Now) {
				return true
			}
		}
		for _, c := range s.Changes() {
			if of, _ := s.TeamAt(c.Start); of == team && c.To == handle && c.InForce().End.After(v.Now) {
				return true
			}
		}
	}
	return false
}
