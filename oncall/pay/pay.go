package pay

import (
	"cmp"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/oncall"
	"jerem/oncall/civil"
	"jerem/oncall/interruption"
	"jerem/sorting"
)

// LineKind is what a line of a statement is about.
type LineKind string

// The kinds of lines, in the order in which lines of one moment stand. Adjustments stand last of all.
const (
	FlatLine       LineKind = "flat"
	CalloutLine    LineKind = "callout"
	AdjustmentLine LineKind = "adjustment"
)

// Line is a line of a statement.
type Line struct {
	Date    calendar.Date // of its first second; of an adjustment the month's first day
	Kind    LineKind
	About   civil.Month // the frozen month that an adjustment is about; else zero
	Rota    string
	Level   int
	Seconds int64
	Cents   int64
	Policy  calendar.Date       // the From of the policy; zero of an adjustment
	Origin  interruption.Origin // of a call-out; else ""
	start   time.Time
	id      int64 // the call-out; 0 for other lines
}

// account is whom money is for: a statement is of one person, or of nobody, and one currency.
type account struct{ person, currency string }

// Books are all that pay is computed from.
type Books struct {
	Schedules []*oncall.Schedule
	People    oncall.People
	Policies  []Policy
	Callouts  []interruption.Callout // all that may merge with one of the month, whatever their month
}

// statementLines returns the lines of a month by account, in the order of a statement.
func (b Books) statementLines(m civil.Month) map[account][]Line {
	out := map[account][]Line{}
	for _, s := range b.Schedules {
		addFlatPay(s, m, b.Policies, out)
	}
	b.addCalloutFees(m, out)
	for _, lines := range out {
		sorting.By(lines, compareLines)
	}
	return out
}

func compareLines(a, b Line) int {
	order := []LineKind{FlatLine, CalloutLine, AdjustmentLine}
	return cmp.Or(a.start.Compare(b.start), cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)),
		cmp.Compare(a.Rota, b.Rota), cmp.Compare(a.id, b.id))
}

// addFlatPay adds the lines of the turns that lie in a month: a turn's sum is divided between its months by covered
// seconds, and each month's part between who was on duty in it.
func addFlatPay(s *oncall.Schedule, m civil.Month, policies []Policy, out map[account][]Line) {
	for _, p := range s.ActiveVersions() {
		within := m.Span(p.Zone).Clip(p.Span)
		if within.Empty() {
			continue
		}
		for _, turn := range p.TurnsIn(within) {
			addFlatPayOfTurn(s, p, turn, m, policies, out)
		}
	}
}

func addFlatPayOfTurn(s *oncall.Schedule, p oncall.ActiveVersion, turn oncall.Turn, m civil.Month,
	policies []Policy, out map[account][]Line) {
	policy, ok := policyOn(policies, calendar.DateOf(turn.Start, p.Zone))
	if !ok || turn.Empty() {
		return
	}
	part := partOfMonth(p, turn, m, policy.Flat[p.Level])
	month := m.Span(p.Zone)
	parties := partiesOf(s.Segments(turn.Clip(month)))
	beyond := civil.Span{Start: turn.End, End: turn.FullEnd}.Clip(month)
	weights := make([]int64, 0, len(parties)+1)
	for _, party := range parties {
		weights = append(weights, party.seconds)
	}
	if !beyond.Empty() {
		weights = append(weights, civil.SecondsOf(p.CoveredSpans(beyond)))
	}
	cents := divideCents(part, weights)
	for i, party := range parties {
		to := account{party.person, policy.Currency}
		out[to] = append(out[to], Line{Date: calendar.DateOf(party.first, p.Zone), Kind: FlatLine, Rota: s.Rota,
			Level:   p.Level,
			Seconds: party.seconds, Cents: cents[i], Policy: policy.From, start: party.first})
	}
}

// partOfMonth returns what of a turn's sum falls to a month: by covered seconds, as if the turn were not cut.
func partOfMonth(p oncall.ActiveVersion, turn oncall.Turn, m civil.Month, cents int64) int64 {
	full := civil.Span{Start: turn.Start, End: turn.FullEnd}
	var weights []int64
	index := -1
	for month := civil.MonthOf(full.Start, p.Zone); month.Span(p.Zone).Start.Before(full.End); month = month.Next() {
		if month == m {
			index = len(weights)
		}
		within := full.Clip(month.Span(p.Zone))
		var seconds int64
		if !within.Empty() {
			seconds = civil.SecondsOf(p.CoveredSpans(within))
		}
		weights = append(weights, seconds)
	}
	if index < 0 {
		return 0
	}
	return divideCents(cents, weights)[index]
}

// party is one of those between whom a month's part of a turn is divided; person is "" for the gap.
type party struct {
	person  string
	seconds int64
	first   time.Time
}

// partiesOf returns who was on duty in segments, the gap among them, in the order of their first second.
func partiesOf(segments []oncall.Segment) []party {
	var out []party
	for _, g := range segments {
		i := slices.IndexFunc(out, func(p party) bool { return p.person == g.Person })
		if i < 0 {
			i = len(out)
			out = append(out, party{person: g.Person, first: g.Start})
		}
		out[i].seconds += g.Seconds()
	}
	return out
}

// addCalloutFees adds the lines of the call-outs that started in a month on their person's clock.
func (b Books) addCalloutFees(m civil.Month, out map[account][]Line) {
	last := map[string][]interruption.Callout{} // the call-outs with a fee above 0, by person
	for _, c := range interruption.ByStart(b.Callouts) {
		person, isKnown := b.People[c.Person]
		if !isKnown {
			continue
		}
		date := calendar.DateOf(c.Started, person.Zone)
		policy, ok := policyOn(b.Policies, date)
		if !ok {
			continue
		}
		cents := policy.calloutFee(c, person, last[c.Person])
		if cents > 0 {
			last[c.Person] = append(last[c.Person], c)
		}
		if civil.MonthOf(c.Started, person.Zone) != m {
			continue
		}
		to := account{c.Person, policy.Currency}
		out[to] = append(out[to], Line{Date: date, Kind: CalloutLine, Rota: c.Rota, Level: c.Level,
			Seconds: c.Span().Seconds(),
			Cents:   cents, Policy: policy.From, Origin: c.Origin, start: c.Started, id: c.ID})
	}
}

// calloutFee returns the fee of a call-out, given the person's earlier ones that bear a fee.
func (p Policy) calloutFee(c interruption.Callout, person oncall.Person, earlier []interruption.Callout) int64 {
	if c.Verdict == interruption.Test || c.Origin == interruption.Presumed && !c.Confirmed {
		return 0
	}
	for _, e := range earlier {
		isDuring := c.Started.Before(e.Span().End)
		if isDuring || c.Started.Sub(e.Started) < p.Merge {
			return 0
		}
	}
	return p.Callout[p.BandOf(c.Started, person)]
}
