package outlook

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/outlook/workdays"
	"jerem/measure/storytest"
)

// addCallout adds a call-out of a rule and its time to what on-call took.
func addCallout(o *agile.OnCall, start time.Time, length time.Duration, night int, rules ...string) {
	o.Worked = append(o.Worked, agile.CalledTime{Start: start, End: start.Add(length),
		Callouts: []int{len(o.Callouts)}})
	o.Callouts = append(o.Callouts, agile.Callout{ID: int64(len(o.Callouts) + 1), Start: start, Rules: rules,
		Night: night, OutOfHours: night > 0})
}

// calledTeam is a steady team with a capacity of ten hours a day, three of impediments and, in the last half year,
// call-outs: each night two hours by "disk", and each afternoon one hour by "cpu".
func calledTeam(at time.Time) *agile.History {
	h := storytest.SteadyTeam(at, 60)
	h.Team.Sprint.Capacity = 10 * time.Hour
	i := storytest.AddIssue(h, "K-8000", storytest.SteadyStart, 1)
	i.Labels = agile.Constant(i.Created, []string{"impediment"})
	storytest.LogDaily(h, i.ID, 3, at.AddDate(0, 0, -200), at)
	h.OnCall = &agile.OnCall{}
	for n := 200; n > 0; n-- {
		day := at.AddDate(0, 0, -n).Truncate(24 * time.Hour)
		addCallout(h.OnCall, day.Add(3*time.Hour), 2*time.Hour, n, "disk")
		addCallout(h.OnCall, day.Add(15*time.Hour), time.Hour, 0, "cpu")
	}
	for month := time.January; month <= time.December; month++ {
		h.OnCall.Months = append(h.OnCall.Months, agile.DutyMonth{Year: 2026, Month: month, People: 3})
	}
	return h
}

// TestPriceOfOnCall: with on-call the price is that of impediments and call-outs given back together, by alert rule the
// dearest first; that of impediments alone stays as it was.
func TestPriceOfOnCall(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := calledTeam(at)
	with := ask(t, h, Question{Quarter: &q426}, at)
	without := *h
	without.OnCall = nil
	before := ask(t, &without, Question{Quarter: &q426}, at)
	p := with.Price
	if before.Price.OnCall != nil || *before.Price.Days != *p.Days || *before.Dates.P85 != *with.Dates.P85 {
		t.Errorf("on-call changes the price of impediments: %d days, %d without", *p.Days, *before.Price.Days)
	}
	o := p.OnCall
	if o == nil || o.Days == nil || *o.Days <= *p.Days || *o.CalloutDays <= 0 || *o.CalloutDays >= *o.Days {
		t.Fatalf("with on-call %+v, impediments alone %d days", o, *p.Days)
	}
	// 120 working days are 24 weeks and hold 166 call-outs of each rule up to the last Friday: weekends before the
	// first Monday are out. Nights are those of the whole months in them, June to October: 153.
	got := fmt.Sprintf("%d call-outs, %d nights, %d h;", o.Callouts, *o.Nights, o.Seconds/3600)
	for _, r := range o.ByRule {
		got += fmt.Sprintf(" %s %d %d %d;", r.Rule, r.Callouts, *r.Nights, r.Seconds/3600)
		if *r.Days <= 0 || *r.Days > *o.CalloutDays {
			t.Errorf("the rule %s costs %d of %d days", r.Rule, *r.Days, *o.CalloutDays)
		}
	}
	if want := "332 call-outs, 153 nights, 498 h; disk 166 153 332; cpu 166 0 166;"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if *o.ByRule[0].Days <= *o.ByRule[1].Days {
		t.Errorf("the rule that took most costs %d days, the other %d", *o.ByRule[0].Days, *o.ByRule[1].Days)
	}
}

// TestCalledRelief: where no capacity is set, time of call-outs is time that was worked, so it counts in it.
func TestCalledRelief(t *testing.T) {
	l := lostTime{impeded: []float64{2}, logged: []float64{10}}.withCalled(calledTime{all: []float64{4}})
	if got := l.reliefOf([]float64{6})([]int{0}); !near(got, 14.0/8) {
		t.Errorf("multiplied by %v, want 14/8", got)
	}
	l = lostTime{impeded: []float64{2}, logged: []float64{10}, capacity: 20}.withCalled(calledTime{all: []float64{4}})
	if got := l.reliefOf([]float64{6})([]int{0}); !near(got, 20.0/14) {
		t.Errorf("multiplied by %v, want 20/14", got)
	}
}

// TestPriceOfOnCallIsNeverNegative: whatever call-outs there are, taking them out moves no date back, and both together
// cost no less than either.
func TestPriceOfOnCallIsNeverNegative(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		h := storytest.SteadyTeam(at, 40)
		h.Team.Sprint.Capacity = time.Duration(rapid.IntRange(1, 30).Draw(t, "capacity")) * time.Hour
		h.OnCall = &agile.OnCall{Months: []agile.DutyMonth{{Year: 2026, Month: 11, People: 3}}}
		for range rapid.IntRange(0, 30).Draw(t, "callouts") {
			day := at.AddDate(0, 0, -rapid.IntRange(1, 170).Draw(t, "day")).Truncate(24 * time.Hour)
			addCallout(h.OnCall, day.Add(3*time.Hour), time.Duration(rapid.IntRange(0, 9).Draw(t, "hours"))*time.Hour,
				1,
				rapid.SampledFrom([]string{"disk", "cpu"}).Draw(t, "rule"))
		}
		f, err := Ask(measure.Of(h), Question{Quarter: &q426}, at)
		if err != nil {
			t.Fatal(err)
		}
		p, o := f.Price, f.Price.OnCall
		if o.Days == nil || *o.CalloutDays < 0 || *o.Days < *o.CalloutDays || *o.Days < *p.Days {
			t.Fatalf("%+v beside %+v", o, p)
		}
		seconds := int64(0)
		for _, r := range o.ByRule {
			seconds += r.Seconds
			if *r.Days < 0 || *r.Days > *o.CalloutDays {
				t.Fatalf("the rule %+v of %+v", r, o)
			}
		}
		if seconds != o.Seconds {
			t.Fatalf("rules took %d s of %d", seconds, o.Seconds)
		}
	})
}

// TestRestAhead: rest that is owed lowers the working time of its days where the capacity is known, and moves the date;
// else it is told and moves nothing.
func TestRestAhead(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC) // a Monday
	h := storytest.SteadyTeam(at, 4)
	plain := ask(t, h, Question{Quarter: &q426}, at)
	hour := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }
	h.OnCall = &agile.OnCall{
		Callouts: []agile.Callout{{ID: 1, Start: hour(8, 3)}, {ID: 2, Start: hour(8, 5)}, {ID: 3, Start: hour(9, 3)}},
		Rests: []agile.OwedRest{
			{Start: hour(9, 8), End: hour(9, 10), Callouts: []int{0}},
			{Start: hour(9, 9), End: hour(9, 18), Callouts: []int{1, 2}}, // of another person
			// by a call-out that counts when its day is over
			{Start: hour(10, 9), End: hour(10, 14), Callouts: []int{2}},
			{Start: hour(14, 9), End: hour(14, 12), Callouts: []int{1}}, // a Saturday
		}}
	told := ask(t, h, Question{Quarter: &q426}, at)
	if told.Rest == nil || told.Rest.Lowers || told.Rest.Why != workdays.WhyRestUnused ||
		*told.WorkingDays.P50 != *plain.WorkingDays.P50 {
		t.Errorf("without a capacity: %+v, %d days, %d without rest", told.Rest, *told.WorkingDays.P50,
			*plain.WorkingDays.P50)
	}
	h.Team.Sprint.Capacity = 11 * time.Hour
	told = ask(t, h, Question{Quarter: &q426}, at)
	if told.Rest == nil || !told.Rest.Lowers || told.Rest.Why != workdays.WhyRestUntold {
		t.Errorf("with a capacity: %+v", told.Rest)
	}
	if *told.WorkingDays.P50 != *plain.WorkingDays.P50+1 {
		t.Errorf("a day that is all rest leaves %d working days, %d without rest", *told.WorkingDays.P50,
			*plain.WorkingDays.P50)
	}
	m := told.Moved
	later := *told.WorkingDays.P85 - *plain.WorkingDays.P85
	if m == nil || m.Days == nil || later <= 0 || m.Calendar != later ||
		m.Worked+m.Scope+m.Impediments+m.Pace+m.Calendar != *m.Days {
		t.Errorf("the move is %+v", m)
	}
	// on which day somebody rests is told of nobody
	by := slices.DeleteFunc(slices.Clone(m.By), func(one MovedBy) bool { return one.Part != "calendar" })
	if want := []MovedBy{{Part: "calendar", Days: float64(later)}}; !slices.Equal(by, want) {
		t.Errorf("it is moved by %+v, want %+v", by, want)
	}
}

// addRest adds six hours of rest, from 09:00 on of each working day of the last half year, owed by the night's
// call-out.
func addRest(h *agile.History) {
	for place, c := range h.OnCall.Callouts {
		if day := c.Start.Weekday(); c.Night > 0 && day != time.Saturday && day != time.Sunday {
			nine := c.Start.Truncate(24 * time.Hour).Add(9 * time.Hour)
			h.OnCall.Rests = append(h.OnCall.Rests, agile.OwedRest{Start: nine, End: nine.Add(6 * time.Hour),
				Callouts: []int{place}})
		}
	}
}

// TestPriceGivesBackRest: what call-outs owe as rest is given back with their time, of the rule that owes it alone;
// where it would be one person's it is not, and that is said.
func TestPriceGivesBackRest(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := calledTeam(at)
	h.Team.Sprint.Capacity = 20 * time.Hour
	before := ask(t, h, Question{Quarter: &q426}, at).Price.OnCall
	addRest(h)
	p := ask(t, h, Question{Quarter: &q426}, at).Price.OnCall
	// June to October have 110 working days.
	if *p.RestSeconds != 110*6*3600 || p.Seconds != before.Seconds || *p.CalloutDays <= *before.CalloutDays ||
		*p.Days <= *before.Days {
		t.Errorf("with rest %d days, %d in all, %d s of rest; without %d and %d", *p.CalloutDays, *p.Days,
			*p.RestSeconds, *before.CalloutDays, *before.Days)
	}
	disk, cpu := p.ByRule[0], p.ByRule[1]
	if disk.Rule != "disk" || *disk.RestSeconds != *p.RestSeconds || *cpu.RestSeconds != 0 ||
		*disk.Days <= *before.ByRule[0].Days || *cpu.Days != *before.ByRule[1].Days {
		t.Errorf("by rule %+v, without rest %+v", p.ByRule, before.ByRule)
	}
	for n := range h.OnCall.Months {
		h.OnCall.Months[n].People = 2
	}
	of2 := ask(t, h, Question{Quarter: &q426}, at).Price.OnCall
	if of2.RestSeconds != nil || of2.Why == "" || *of2.CalloutDays != *before.CalloutDays {
		t.Errorf("of two people: %+v, %d days", of2, *of2.CalloutDays)
	}
}

// TestPricedRules: the 25 rules that took most time, with the rest that they owe, are priced; another one says that it
// is not.
func TestPricedRules(t *testing.T) {
	at := time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)
	h := calledTeam(at)
	h.OnCall.Callouts, h.OnCall.Worked = nil, nil
	for n := range 27 {
		start := at.AddDate(0, 0, n-40).Truncate(24 * time.Hour).Add(10 * time.Hour)
		addCallout(h.OnCall, start, time.Duration(30-n)*time.Minute, 0, fmt.Sprintf("rule %02d", n))
	}
	for n := range h.OnCall.Callouts { // in October, which is over
		c, w := &h.OnCall.Callouts[n], &h.OnCall.Worked[n]
		c.Start, w.Start, w.End = c.Start.AddDate(0, 0, -10), w.Start.AddDate(0, 0, -10), w.End.AddDate(0, 0, -10)
	}
	last := h.OnCall.Callouts[26].Start.Add(-time.Hour) // of the rule that took least time
	h.OnCall.Rests = []agile.OwedRest{{Start: last, End: last.Add(6 * time.Hour), Callouts: []int{26}}}
	p := ask(t, h, Question{Quarter: &q426}, at).Price.OnCall
	for n, r := range p.ByRule {
		if isPriced := r.Days != nil; isPriced != (r.Why == "") || isPriced != (n < pricedRules) ||
			isPriced == (r.Rule == "rule 24" || r.Rule == "rule 25") {
			t.Errorf("row %d is %+v", n, r)
		}
	}
	if len(p.ByRule) != 27 {
		t.Errorf("there are %d rules", len(p.ByRule))
	}
}
