package duty

import (
	"slices"
	"time"

	"jerem/sorting"
)

// policy is what duty and call-outs are paid from a date on, in cents.
type policy struct {
	from date
	flat int64            // for each turn at level 1
	fees map[string]int64 // for each call-out, by band
}

// merge is how soon after one with a fee a call-out bears none.
const merge = time.Hour

func policyOn(d date) policy {
	out := policies[0]
	for _, p := range policies {
		if !d.isBefore(p.from) {
			out = p
		}
	}
	return out
}

// Statement is what somebody earned in a month; Person is "" for what gaps left unpaid.
type Statement struct {
	Person         string
	Flat, Callouts int64 // cents
	Seconds        int64 // of both
	Lines          int
	Adjustments    map[string]Paid // by the month that they are about
	Cents          int64
	Frozen         bool
}

// Paid is time and money.
type Paid struct{ Seconds, Cents int64 }

// frozenMonth is a month with its statements as they were approved.
type frozenMonth struct {
	month      string
	statements []Statement
}

// Statements returns the statements of a month by person, what nobody is paid last.
func (b *Books) Statements(month string) []Statement {
	for _, f := range b.frozen {
		if f.month == month {
			return f.statements
		}
	}
	own := b.earningsOf(month)
	if n := len(b.frozen); n > 0 && nextMonth(parseMonth(b.frozen[n-1].month)).monthText() == month {
		addAdjustments(b, own)
	}
	var out []Statement
	for person, s := range own {
		s.Person = person
		s.Cents = s.Flat + s.Callouts
		for _, p := range s.Adjustments {
			s.Cents += p.Cents
		}
		out = append(out, *s)
	}
	sorting.By(out, func(x, y Statement) int {
		switch {
		case x.Person == "" || y.Person != "" && x.Person > y.Person:
			return 1
		}
		return -1
	})
	return out
}

func (b *Books) freezeMonth(month string) {
	list := b.Statements(month)
	for i := range list {
		list[i].Frozen = true
	}
	b.frozen = append(b.frozen, frozenMonth{month, list})
}

// earningsOf returns what a month comes to now, without adjustments.
func (b *Books) earningsOf(month string) map[string]*Statement {
	out := map[string]*Statement{}
	of := func(person string) *Statement {
		if out[person] == nil {
			out[person] = &Statement{}
		}
		return out[person]
	}
	for _, t := range b.teams {
		for i, v := range t.versions {
			payTurns(b, t, i, v, month, of)
		}
	}
	payCallouts(b, month, of)
	return out
}

// payTurns pays the turns of a version that lie in a month.
func payTurns(b *Books, t *team, i int, v version, month string, of func(string) *Statement) {
	first := parseMonth(month)
	for k := 0; ; k++ {
		start, full := t.turnStart(v, k), t.turnStart(v, k+1)
		end := full
		if i+1 < len(t.versions) {
			next := t.turnStart(t.versions[i+1], 0)
			if !start.Before(next) {
				return
			}
			if next.Before(end) {
				end = next
			}
		}
		switch {
		case !start.Before(nextMonth(first).atHour(0, t.zone)):
			return
		case full.After(first.atHour(0, t.zone)):
			payTurn(b, t, v, start, end, full, month, of)
		}
	}
}

// payTurn divides a turn's sum by covered hours: between the months that it lies in, as if it were not cut, then the
// month's part between those who had it, the gap among them, and what lies beyond a cut.
func payTurn(b *Books, t *team, v version, start, end, full time.Time, month string, of func(string) *Statement) {
	var months []string
	hours := map[string]int64{}
	var people []string
	mine := map[string]int64{}
	var beyond int64
	for m := start; m.Before(full); m = m.Add(time.Hour) {
		if !t.coversMoment(v, m) {
			continue
		}
		in := dayOn(m, t.zone).monthText()
		hours[in]++
		if hours[in] == 1 {
			months = append(months, in)
		}
		switch {
		case in != month:
		case !m.Before(end):
			beyond++
		default:
			person := b.board.dutyAt(t, m).person
			mine[person]++
			if mine[person] == 1 {
				people = append(people, person)
			}
		}
	}
	part := int64(0)
	for i, cents := range splitCents(policyOn(dayOn(start, t.zone)).flat, months, hours) {
		if months[i] == month {
			part = cents
		}
	}
	const cut = "beyond the cut"
	parties := slices.Clone(people)
	if beyond > 0 {
		parties, mine[cut] = append(parties, cut), beyond
	}
	for i, cents := range splitCents(part, parties, mine) {
		if parties[i] != cut {
			s := of(parties[i])
			s.Flat, s.Seconds, s.Lines = s.Flat+cents, s.Seconds+mine[parties[i]]*3600, s.Lines+1
		}
	}
}

// splitCents splits cents by weights: each part is rounded down, and what is left goes cent by cent to the one with the
// largest remainder that has none of it yet, the first of equal ones.
func splitCents(cents int64, names []string, weights map[string]int64) []int64 {
	out, rests := make([]int64, len(names)), make([]int64, len(names))
	var total, given int64
	for _, name := range names {
		total += weights[name]
	}
	for i, name := range names {
		out[i], rests[i] = cents*weights[name]/total, cents*weights[name]%total
		given += out[i]
	}
	for ; given < cents; given++ {
		best := 0
		for i := range rests {
			if rests[i] > rests[best] {
				best = i
			}
		}
		out[best]++
		rests[best] = -1
	}
	return out
}

// payCallouts pays the call-outs that started in a month on their person's clock.
func payCallouts(b *Books, month string, of func(string) *Statement) {
	list := slices.Clone(b.calls)
	sorting.By(list, func(x, y *call) int { return x.started.Compare(y.started) })
	paid := map[string][]*call{}
	for _, c := range list {
		d := dayOn(c.started, c.team.zone)
		if d.isBefore(policies[0].from) {
			continue
		}
		fee := policyOn(d).fees[feeBandAt(c.team, c.started)]
		if c.verdict == "test" || c.origin == "presumed" && !c.confirmed || isMerged(b, paid[c.person], c) {
			fee = 0
		}
		if fee > 0 {
			paid[c.person] = append(paid[c.person], c)
		}
		if d.monthText() == month {
			end, _ := b.endOf(c)
			s := of(c.person)
			s.Callouts, s.Lines = s.Callouts+fee, s.Lines+1
			s.Seconds += int64(end.Sub(c.started) / time.Second)
		}
	}
}

// isMerged tells whether a call-out starts while an earlier paid one runs, or so soon after its start that it bears no
// fee.
func isMerged(b *Books, paid []*call, c *call) bool {
	return slices.ContainsFunc(paid, func(x *call) bool {
		end, _ := b.endOf(x)
		return c.started.Before(end) || c.started.Sub(x.started) < merge
	})
}

// feeBandAt returns the time of day and week that decides a fee: the first of these that holds.
func feeBandAt(t *team, m time.Time) string {
	d, hour := dayOn(m, t.zone), m.In(t.zone).Hour()
	switch {
	case t.isHoliday(d):
		return "holiday"
	case d.isWeekend():
		return "weekend"
	case t.atWork(m):
		return "hours"
	case hour >= 22 || hour < 7:
		return "night"
	}
	return "day"
}

// adjust adds what frozen months would come to now, less all that was frozen about them.
func addAdjustments(b *Books, own map[string]*Statement) {
	for _, f := range b.frozen {
		owed := map[string]Paid{}
		for person, s := range b.earningsOf(f.month) {
			owed[person] = Paid{s.Seconds, s.Flat + s.Callouts}
		}
		for _, g := range b.frozen {
			for _, s := range g.statements {
				was := s.Adjustments[f.month]
				if g.month == f.month {
					was = Paid{was.Seconds + s.Seconds, was.Cents + s.Flat + s.Callouts}
				}
				owed[s.Person] = Paid{owed[s.Person].Seconds - was.Seconds, owed[s.Person].Cents - was.Cents}
			}
		}
		for person, p := range owed {
			if p == (Paid{}) {
				continue
			}
			if own[person] == nil {
				own[person] = &Statement{}
			}
			if own[person].Adjustments == nil {
				own[person].Adjustments = map[string]Paid{}
			}
			own[person].Adjustments[f.month] = p
		}
	}
}
