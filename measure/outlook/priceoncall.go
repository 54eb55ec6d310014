package outlook

import (
	"cmp"
	"fmt"
	"slices"

	"jerem/measure/unexpected"
	"jerem/sorting"
)

// OnCallPrice is what the unexpected costs with call-outs, and what these cost alone: by how many working days the 85 %
// date would come earlier were their time given back, and the working time that they owe as rest. It counts the days
// that the forecast draws from.
type OnCallPrice struct {
	Days        *int        `json:"days"`          // of impediments and call-outs together; nil where it cannot be told
	DateWithout *string     `json:"date_without"`  // the 85 % date without both
	CalloutDays *int        `json:"callout_days"`  // of call-outs alone
	From        *string     `json:"from"`          // the first day that is drawn from
	To          *string     `json:"to"`            // the last one
	Seconds     int64       `json:"seconds"`       // of call-outs on these days, each once
	RestSeconds *int64      `json:"rest_seconds"`  // of working time owed as rest on these days; nil like Nights
	Callouts    int         `json:"callouts"`      // that started on these days
	Nights      *int        `json:"nights"`        // disturbed by them; nil where it would be one person's load
	ByRule      []RulePrice `json:"by_rule"`       // each given back alone, so days need not add up; seconds do
	Why         string      `json:"why,omitempty"` // why something is not told
	// WhyLoad says why nights and rest are not told, or that they are those of fewer days.
	WhyLoad string `json:"why_load,omitempty"`
}

// RulePrice is the price of the call-outs of an alert rule.
type RulePrice struct {
	Rule        string `json:"rule"` // "" for call-outs without an alert
	Callouts    int    `json:"callouts"`
	Nights      *int   `json:"nights"`
	Seconds     int64  `json:"seconds"`
	RestSeconds *int64 `json:"rest_seconds"`
	Days        *int   `json:"days"`
	Why         string `json:"why,omitempty"` // why it has no price though others have one
}

// calledTime is what call-outs took on each working day of the past, beside impediments: their time and owed rest.
type calledTime struct {
	all    []float64
	byRule map[string][]float64
	told   *unexpected.Figures // of the days that are drawn from
}

// gatherCalledTime gathers the counted time of call-outs on the days that are drawn from, and the rest that is owed
// there. Time on a day off counts on the working day after it.
func (o *projection) gatherCalledTime() calledTime {
	days := o.past.Days
	first := len(days) - len(o.past.Throughput.Window())
	zone := o.team.Index.History.Team.Calendar.Zone
	from, to := days[first].Midnight(zone), days[len(days)-1].Add(1).Midnight(zone)
	c := calledTime{all: make([]float64, len(days)), byRule: map[string][]float64{}}
	c.told = o.team.Unexpected.Between(from, to, o.at)
	for _, t := range append(o.team.Unexpected.CountedTime(from, to, o.at),
		o.team.Unexpected.RestTime(from, to, o.at)...) {
		day, ok := days.PlaceSince(t.Date)
		if !ok {
			continue
		}
		c.all[day] += float64(t.Seconds)
		for _, part := range o.team.Unexpected.RuleParts(t) {
			if c.byRule[part.Rule] == nil {
				c.byRule[part.Rule] = make([]float64, len(days))
			}
			c.byRule[part.Rule][day] += float64(part.Seconds)
		}
	}
	return c
}

// withCalled returns what impediments and call-outs took together. Time of call-outs is time that was worked, and rest
// is owed of time that would have been, so where the time logged stands for the capacity both count there too.
func (l lostTime) withCalled(c calledTime) lostTime {
	return lostTime{impeded: addDays(l.impeded, c.all), logged: addDays(l.logged, c.all), capacity: l.capacity}
}

func addDays(a, b []float64) []float64 {
	out := slices.Clone(a)
	for i := range out {
		out[i] += b[i]
	}
	return out
}

// priceOfOnCall tells what the unexpected costs with call-outs; nil where nobody is on call for the team.
func (o *projection) priceOfOnCall(impediments lostTime) *OnCallPrice {
	if o.team.Unexpected == nil {
		return nil
	}
	called := o.gatherCalledTime()
	lost := impediments.withCalled(called)
	p := &OnCallPrice{Seconds: called.told.CountedSeconds, RestSeconds: called.told.RestSeconds,
		Callouts: called.told.Callouts, Nights: called.told.Nights, WhyLoad: called.told.Why}
	first := o.past.Days[len(o.past.Days)-o.past.Throughput.WindowLength()].String()
	last := o.past.Days[len(o.past.Days)-1].String()
	p.From, p.To = &first, &last
	by := pricing{o, lost}
	whole := by.priceOfAll()
	p.Days, p.DateWithout = whole.Days, whole.DateWithout
	if p.Why = whole.Why; p.Why == "" && p.Nights == nil {
		p.Why = p.WhyLoad
	}
	if whole.Days != nil {
		alone := by.priceOf(called.all)
		p.CalloutDays = &alone
	}
	p.ByRule = by.priceRules(called, whole.Days != nil)
	return p
}

// pricedRules is how many alert rules are priced, those that took most time with the rest that they owe: each costs a
// simulation.
const pricedRules = 25

// whyNotPriced says of an alert rule beyond those that are priced why it has no price.
var whyNotPriced = fmt.Sprintf("only the %d alert rules that took most time are priced", pricedRules)

// daysOrNone returns the price of a rule, less than any where it has none.
func daysOrNone(r RulePrice) int {
	if r.Days == nil {
		return -1
	}
	return *r.Days
}

// priceRules prices each alert rule alone, the dearest first.
func (r pricing) priceRules(called calledTime, isTold bool) []RulePrice {
	prices := []RulePrice{}
	for _, of := range byTimeGivenBack(called.told.ByRule) {
		row := RulePrice{Rule: of.Rule, Callouts: of.Callouts, Nights: of.Nights, Seconds: of.CountedSeconds,
			RestSeconds: of.RestSeconds}
		switch {
		case isTold && len(prices) < pricedRules:
			days := r.priceOf(called.byRule[of.Rule])
			row.Days = &days
		case isTold:
			row.Why = whyNotPriced
		}
		prices = append(prices, row)
	}
	sorting.By(prices, func(a, b RulePrice) int {
		return cmp.Compare(daysOrNone(b), daysOrNone(a))
	})
	return prices
}

// byTimeGivenBack orders alert rules by their time and the rest that they owe, those that took most first.
func byTimeGivenBack(rules []unexpected.Rule) []unexpected.Rule {
	takenBy := func(r unexpected.Rule) int64 {
		if r.RestSeconds == nil {
			return r.CountedSeconds
		}
		return r.CountedSeconds + *r.RestSeconds
	}
	sorted := slices.Clone(rules)
	sorting.By(sorted, func(a, b unexpected.Rule) int { return cmp.Compare(takenBy(b), takenBy(a)) })
	return sorted
}
