package unexpected

import (
	"cmp"
	"slices"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/measure/internal/amount"
	"jerem/measure/internal/impediment"
	"jerem/sorting"
)

// Figures are the call-outs of a window, as known at a moment. What is not told is nil.
type Figures struct {
	Callouts       int      `json:"callouts"`        // started in the window
	Beside         int      `json:"beside"`          // of these, those that are no impediment of the window
	Seconds        int64    `json:"seconds"`         // of call-outs; of one person's that overlap once
	CountedSeconds int64    `json:"counted_seconds"` // without days on which an impediment accounts for it
	OutOfHours     *int     `json:"out_of_hours"`
	Nights         *int     `json:"nights"`       // disturbed, of each person their own
	RestSeconds    *int64   `json:"rest_seconds"` // owed, of working hours in the window
	GapSeconds     int64    `json:"gap_seconds"`  // covered time of rotas with nobody on duty
	Useful         int      `json:"useful"`
	Noise          int      `json:"noise"`
	Unset          int      `json:"unset"`
	Actionability  *float64 `json:"actionability"` // useful / (useful + noise)
	Why            string   `json:"why,omitempty"` // why something is not told, or not of all of the window
	Daily          []Day    `json:"daily"`         // days with call-outs or time only
	ByRule         []Rule   `json:"by_rule"`       // their counted seconds add up to the whole
}

// Day is a local day of call-outs.
type Day struct {
	Date           string `json:"date"`
	Callouts       int    `json:"callouts"`
	Beside         int    `json:"beside"`
	Seconds        int64  `json:"seconds"`
	CountedSeconds int64  `json:"counted_seconds"`
	useful, noise  int
	gap            int64
	date           calendar.Date
}

// Rule is what an alert rule cost. A call-out of several rules counts in each, and its time is split equally.
type Rule struct {
	Rule           string `json:"rule"` // "" for call-outs without an alert
	Callouts       int    `json:"callouts"`
	Nights         *int   `json:"nights"`
	CountedSeconds int64  `json:"counted_seconds"`
	RestSeconds    *int64 `json:"rest_seconds"` // owed, of working hours in the window; one of several is split equally

	days map[calendar.Date]*RuleDay
}

// SumOfRules adds up what some rules took, under no name: nights are left out, for one may be of several rules. Rest is
// told of all rules or of none.
func SumOfRules(rules []Rule) (sum Rule) {
	for _, r := range rules {
		sum.Callouts += r.Callouts
		sum.CountedSeconds += r.CountedSeconds
		if r.RestSeconds == nil {
			continue
		}
		if sum.RestSeconds == nil {
			sum.RestSeconds = new(int64)
		}
		*sum.RestSeconds += *r.RestSeconds
	}
	return sum
}

// RuleDay is what call-outs of an alert rule took on a local day: those that started on it, and their part of the day's
// counted time.
type RuleDay struct {
	Date           string
	Callouts       int
	CountedSeconds int64
}

// Daily returns the days with call-outs or counted time of the rule, in order: they add up to the rule's.
func (r Rule) Daily() []RuleDay {
	out := []RuleDay{}
	for _, day := range r.days {
		out = append(out, *day)
	}
	sorting.By(out, func(a, b RuleDay) int { return cmp.Compare(a.Date, b.Date) })
	return out
}

// In measures the call-outs of a window, as known at a moment: those of the days that are over by then.
func (l *List) In(w impediment.Window, known time.Time) *Figures {
	return measureCallouts(l, w, known, loadOf(l, w, known))
}

// measureCallouts measures the call-outs of a window, of which load is told in parts.
func measureCallouts(l *List, w impediment.Window, known time.Time, told load) *Figures {
	s := newSums(l, w, known)
	s.told = told
	for _, c := range l.OnCall.Callouts {
		if !c.Start.Before(s.until) {
			break // they are in order of start
		}
		if w.Holds(c.Start) {
			s.addCallout(c)
		}
	}
	s.links.eachDayTime(w, s.addTime)
	out := s.figures
	out.Actionability = ratioOf(out.Useful, out.Useful+out.Noise)
	out.GapSeconds = l.GapSeconds(w.From, calendar.EarlierOf(w.To, known))
	out.Why = told.why
	if len(told.parts) > 0 {
		out.OutOfHours, out.Nights = &s.outOfHours, numberOf(s.nights)
		rest := s.addRest()
		out.RestSeconds = &rest
	}
	out.Daily, out.ByRule = s.listDays(), s.listRules(out.Nights != nil)
	return out
}

// sums add up the figures of a window.
type sums struct {
	list       *List
	window     impediment.Window
	told       load
	until      time.Time // before which call-outs count
	links      *links
	figures    *Figures
	outOfHours int
	nights     map[int]bool
	days       map[calendar.Date]*Day
	rules      map[string]*ruleSums
}

// ruleSums add up what a rule cost.
type ruleSums struct {
	callouts int
	seconds  int64
	rest     int64
	nights   map[int]bool
	days     map[calendar.Date]*RuleDay
}

// dayOn returns what is summed up of the rule on a day.
func (r *ruleSums) dayOn(d calendar.Date) *RuleDay {
	if r.days[d] == nil {
		r.days[d] = &RuleDay{Date: d.String()}
	}
	return r.days[d]
}

func newSums(l *List, w impediment.Window, known time.Time) *sums {
	return &sums{list: l, window: w, until: l.CountedUntil(known), links: l.linksAt(known), figures: &Figures{},
		nights: map[int]bool{}, days: map[calendar.Date]*Day{}, rules: map[string]*ruleSums{}}
}

// addCallout enters a call-out that started in the window.
func (s *sums) addCallout(c agile.Callout) {
	date, _ := s.list.dayOf(c.Start)
	day := s.dayOn(date)
	s.figures.Callouts++
	day.Callouts++
	if !s.links.countsAsIssue(c, s.window) {
		s.figures.Beside++
		day.Beside++
	}
	switch c.Verdict {
	case agile.Useful:
		s.figures.Useful++
		day.useful++
	case agile.Noise:
		s.figures.Noise++
		day.noise++
	default:
		s.figures.Unset++
	}
	isTold := s.told.tellsOf(c.Start)
	if c.OutOfHours && isTold {
		s.outOfHours++
	}
	for _, rule := range RulesOf(c) {
		of := s.ruleOf(rule)
		of.callouts++
		of.dayOn(date).Callouts++
		if c.Night != 0 && isTold {
			of.nights[c.Night] = true
		}
	}
	if c.Night != 0 && isTold {
		s.nights[c.Night] = true
	}
}

// addTime enters time of call-outs in the window.
func (s *sums) addTime(t DayTime) {
	day := s.dayOn(t.Date)
	s.figures.Seconds += t.Seconds
	day.Seconds += t.Seconds
	if !t.Counted {
		return
	}
	s.figures.CountedSeconds += t.Seconds
	day.CountedSeconds += t.Seconds
	for _, part := range s.list.RuleParts(t) {
		of := s.ruleOf(part.Rule)
		of.seconds += part.Seconds
		of.dayOn(t.Date).CountedSeconds += part.Seconds
	}
}

// addRest enters the rest of which is told, and returns all of it.
func (s *sums) addRest() (seconds int64) {
	for _, t := range restOf(s.list, s.told, s.until) {
		seconds += t.Seconds
		for _, part := range s.list.RuleParts(t) {
			s.ruleOf(part.Rule).rest += part.Seconds
		}
	}
	return seconds
}

func (s *sums) dayOn(d calendar.Date) *Day {
	if s.days[d] == nil {
		s.days[d] = &Day{Date: d.String(), date: d}
	}
	return s.days[d]
}

func (s *sums) ruleOf(rule string) *ruleSums {
	if s.rules[rule] == nil {
		s.rules[rule] = &ruleSums{nights: map[int]bool{}, days: map[calendar.Date]*RuleDay{}}
	}
	return s.rules[rule]
}

func (s *sums) listDays() []Day {
	out := []Day{}
	for _, day := range s.days {
		out = append(out, *day)
	}
	sorting.By(out, func(a, b Day) int { return cmp.Compare(a.Date, b.Date) })
	return out
}

// listRules lists the rules, those that took most time first.
func (s *sums) listRules(tellsLoad bool) []Rule {
	out := []Rule{}
	for rule, of := range s.rules {
		row := Rule{Rule: rule, Callouts: of.callouts, CountedSeconds: of.seconds, days: of.days}
		if tellsLoad {
			row.Nights, row.RestSeconds = numberOf(of.nights), &of.rest
		}
		out = append(out, row)
	}
	sorting.By(out, func(a, b Rule) int {
		return cmp.Or(cmp.Compare(b.CountedSeconds, a.CountedSeconds), cmp.Compare(b.Callouts, a.Callouts),
			cmp.Compare(a.Rule, b.Rule))
	})
	return out
}

// RulesOf returns the alert rules of a call-out; one "" where it has none.
func RulesOf(c agile.Callout) []string {
	if len(c.Rules) == 0 {
		return []string{""}
	}
	return c.Rules
}

// RulePart is the part of a rule of some time.
type RulePart struct {
	Rule    string
	Seconds int64
}

// RuleParts splits counted time equally between the rules of the call-outs that ran, in whole seconds: the first ones
// take the rest.
func (l *List) RuleParts(t DayTime) []RulePart {
	var rules []string
	for _, place := range t.Callouts {
		rules = append(rules, RulesOf(l.OnCall.Callouts[place])...)
	}
	slices.Sort(rules)
	rules = slices.Compact(rules)
	out := make([]RulePart, len(rules))
	for i, seconds := range impediment.Split(t.Seconds, len(rules)) {
		out[i] = RulePart{rules[i], seconds}
	}
	return out
}

// GapSeconds returns the covered time of rotas from one moment to another in which nobody was on duty.
func (l *List) GapSeconds(from, to time.Time) int64 {
	var seconds int64
	for _, g := range l.OnCall.Gaps {
		seconds += secondsWithin(g.Start, g.End, from, to)
	}
	return seconds
}

func secondsWithin(start, end, from, to time.Time) int64 {
	return max(0, calendar.EarlierOf(end, to).Unix()-calendar.LaterOf(start, from).Unix())
}

func ratioOf(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	return amount.Share(float64(part), float64(whole))
}

func numberOf(set map[int]bool) *int {
	n := len(set)
	return &n
}
