package oncall_test

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"time"
)

type naivePolicy struct {
	from      naiveDay
	currency  string
	flat      map[int]int64
	callout   map[string]int64
	nightFrom int
	nightTo   int
	merge     time.Duration
}

type naiveCallout struct {
	id                   int
	team, person, origin string
	started, said        time.Time // said: when somebody said it ended; zero for nobody
	acknowledged         time.Time
	touches              []time.Time
	alerts               []int // by their place in the list of alerts
	verdict              string
	rota                 string // of a presumed one
	level                int
}

type naiveAlert struct {
	name, rule      string
	start, resolved time.Time
	hasResolved     bool
	isOfManager     bool // Alertmanager's, which tells its start with each event
}

type naiveLine struct {
	Date, Kind, About, Rota string
	Level                   int
	Seconds, Cents          int64
	Policy, Origin          string
	start                   time.Time
}

// account is a person and a currency.
type account struct{ person, currency string }

type naiveBooks struct {
	*naiveBoard
	policies []naivePolicy
	callouts []naiveCallout
	alerts   []naiveAlert
	now      time.Time
	frozen   []string // months, in order
	paid     map[string]map[account][]naiveLine
}

func (b *naiveBooks) policyOn(d naiveDay) *naivePolicy {
	var out *naivePolicy
	for i, p := range b.policies {
		if p.from <= d && (out == nil || out.from < p.from) {
			out = &b.policies[i]
		}
	}
	return out
}

// shareOut divides a sum by weights: rounded down, what is left to the largest remainders, ties to who comes first.
func shareOut(sum int64, weights []int64) []int64 {
	out := make([]int64, len(weights))
	total := big.NewInt(0)
	for _, w := range weights {
		total.Add(total, big.NewInt(w))
	}
	if total.Sign() == 0 {
		return out
	}
	rests := make([]*big.Int, len(weights))
	left := sum
	for i, w := range weights {
		product := new(big.Int).Mul(big.NewInt(sum), big.NewInt(w))
		quotient, rest := new(big.Int).QuoRem(product, total, new(big.Int))
		out[i], rests[i] = quotient.Int64(), rest
		left -= out[i]
	}
	for ; left > 0; left-- {
		best := -1
		for i := range rests {
			if rests[i] != nil && (best < 0 || rests[i].Cmp(rests[best]) > 0) {
				best = i
			}
		}
		out[best]++
		rests[best] = nil
	}
	return out
}

func monthIn(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01") }

// linesOf are the lines of a month without adjustments.
func (b *naiveBooks) linesOf(month string) map[account][]naiveLine {
	out := map[account][]naiveLine{}
	for _, r := range b.rotas {
		for i, v := range r.versions {
			for k := 0; ; k++ {
				start := r.turnStart(v, k)
				if r.versionAt(start) != i || monthIn(start, r.zone) > month {
					break
				}
				b.addTurn(out, r, i, k, month)
			}
		}
	}
	b.addFees(out, month)
	for _, lines := range out {
		slices.SortStableFunc(lines, func(x, y naiveLine) int {
			return cmp.Or(x.start.Compare(y.start), strings.Compare(y.Kind, x.Kind), strings.Compare(x.Rota, y.Rota))
		})
	}
	return out
}

// addTurn adds what a turn brings in a month.
func (b *naiveBooks) addTurn(out map[account][]naiveLine, r naiveRota, version, k int, month string) {
	v := r.versions[version]
	start, end := r.turnStart(v, k), r.turnStart(v, k+1)
	policy := b.policyOn(localDay(start, r.zone))
	if policy == nil {
		return
	}
	covered := map[string]int64{} // seconds by month, as if the turn were not cut
	var months []string
	var parties []string
	seconds, first := map[string]int64{}, map[string]time.Time{}
	var beyond int64
	for t := start; t.Before(end); t = t.Add(slot) {
		m := monthIn(t, r.zone)
		if !slices.Contains(months, m) {
			months = append(months, m)
		}
		if !r.covers(v, t) {
			continue
		}
		covered[m] += int64(slot / time.Second)
		if m != month {
			continue
		}
		if r.versionAt(t) != version {
			beyond += int64(slot / time.Second)
			continue
		}
		who := b.dutyAt(r.name, t).person
		if _, known := first[who]; !known {
			parties, first[who] = append(parties, who), t
		}
		seconds[who] += int64(slot / time.Second)
	}
	var weights []int64
	for _, m := range months {
		weights = append(weights, covered[m])
	}
	i := slices.Index(months, month)
	if i < 0 {
		return
	}
	part := shareOut(policy.flat[r.level], weights)[i]
	weights = nil
	for _, who := range parties {
		weights = append(weights, seconds[who])
	}
	cents := shareOut(part, append(weights, beyond))
	for i, who := range parties {
		to := account{who, policy.currency}
		out[to] = append(out[to], naiveLine{Date: localDay(first[who], r.zone).String(), Kind: "flat", Rota: r.name,
			Level: r.level, Seconds: seconds[who], Cents: cents[i], Policy: policy.from.String(), start: first[who]})
	}
}

// addFees adds the call-outs that started in a month on their person's clock.
func (b *naiveBooks) addFees(out map[account][]naiveLine, month string) {
	list := slices.Clone(b.callouts)
	slices.SortFunc(list, func(x, y naiveCallout) int { return cmp.Or(x.started.Compare(y.started), x.id-y.id) })
	paid := map[int]bool{}
	for i, c := range list {
		p := b.person(c.person)
		day := localDay(c.started, p.zone)
		policy := b.policyOn(day)
		if policy == nil {
			continue
		}
		fee := policy.callout[b.band(*policy, p, c.started)]
		for _, e := range list[:i] {
			ended, _ := b.endOf(e)
			isSoon := c.started.Before(ended) || c.started.Sub(e.started) < policy.merge
			if paid[e.id] && e.person == c.person && isSoon {
				fee = 0
			}
		}
		isConfirmed := !c.acknowledged.IsZero() || c.verdict != "unset"
		if c.verdict == "test" || c.origin == "presumed" && !isConfirmed {
			fee = 0
		}
		paid[c.id] = fee > 0
		if monthIn(c.started, p.zone) == month {
			rota, level := b.rotaOf(c)
			ended, _ := b.endOf(c)
			to := account{c.person, policy.currency}
			out[to] = append(out[to], naiveLine{Date: day.String(), Kind: "callout", Rota: rota, Level: level,
				Seconds: int64(ended.Sub(c.started) / time.Second), Cents: fee, Policy: policy.from.String(),
				Origin: c.origin, start: c.started})
		}
	}
}

// endOf is when a call-out ended: as somebody said, else when its alerts were resolved, but no later than an hour after
// the last page or click. It is now while it runs, and hasEnded is false.
func (b *naiveBooks) endOf(c naiveCallout) (end time.Time, hasEnded bool) {
	if !c.said.IsZero() {
		return c.said, true
	}
	end = c.started.Add(time.Hour)
	touches := slices.Clone(c.touches)
	slices.SortFunc(touches, time.Time.Compare)
	for _, t := range touches {
		if later := t.Add(time.Hour); !t.After(end) && later.After(end) {
			end = later
		}
	}
	var resolved time.Time
	areAll := len(c.alerts) > 0
	for _, i := range c.alerts {
		areAll = areAll && b.alerts[i].hasResolved
		if b.alerts[i].resolved.After(resolved) {
			resolved = b.alerts[i].resolved
		}
	}
	if areAll && resolved.Before(end) {
		end = resolved
	}
	if end.Before(c.started) {
		end = c.started
	}
	if end.After(b.now) {
		return b.now, false
	}
	return end, true
}

func (b *naiveBooks) band(policy naivePolicy, p naivePerson, t time.Time) string {
	day := localDay(t, p.zone)
	isIn := func(d naiveDay) bool {
		end := d
		if policy.nightTo <= policy.nightFrom {
			end++
		}
		return !t.Before(clockAt(d, policy.nightFrom, p.zone)) && t.Before(clockAt(end, policy.nightTo, p.zone))
	}
	switch {
	case isHoliday(day, p.region):
		return "holiday"
	case day.weekday() == time.Saturday || day.weekday() == time.Sunday:
		return "weekend"
	case p.worksAt(t):
		return "hours"
	case isIn(day) || isIn(day-1):
		return "night"
	}
	return "day"
}

// rotaOf is the rota of the team in which the person is on duty at the start, lowest level first.
func (b *naiveBooks) rotaOf(c naiveCallout) (string, int) {
	if c.origin == "presumed" {
		return c.rota, c.level
	}
	at := c.started.Truncate(slot) // nothing changes within a slot
	for level := 1; level <= 3; level++ {
		for _, r := range b.rotas {
			d := b.dutyAt(r.name, at)
			if r.team == c.team && r.level == level && d.exists && d.person == c.person {
				return r.name, level
			}
		}
	}
	return "", 0
}

// statements are the lines of a month: those that were frozen, or a draft with adjustments in the first open month.
func (b *naiveBooks) statements(month string) map[account][]naiveLine {
	if slices.Contains(b.frozen, month) {
		return b.paid[month]
	}
	out := b.linesOf(month)
	if len(b.frozen) == 0 || month != nextMonth(b.frozen[len(b.frozen)-1]) {
		return out
	}
	for _, about := range b.frozen {
		type amount struct{ seconds, cents int64 }
		owed := map[account]amount{}
		for to, lines := range b.linesOf(about) {
			for _, l := range lines {
				owed[to] = amount{owed[to].seconds + l.Seconds, owed[to].cents + l.Cents}
			}
		}
		for _, m := range b.frozen {
			for to, lines := range b.paid[m] {
				for _, l := range lines {
					if m == about && l.Kind != "adjustment" || l.About == about {
						owed[to] = amount{owed[to].seconds - l.Seconds, owed[to].cents - l.Cents}
					}
				}
			}
		}
		for to, rest := range owed {
			if rest != (amount{}) {
				out[to] = append(out[to], naiveLine{Date: month + "-01", Kind: "adjustment", About: about,
					Seconds: rest.seconds, Cents: rest.cents})
			}
		}
	}
	return out
}

func nextMonth(m string) string {
	t, err := time.Parse("2006-01", m)
	if err != nil {
		panic(err)
	}
	return t.AddDate(0, 1, 0).Format("2006-01")
}

func (b *naiveBooks) freeze(month string) {
	lines := b.statements(month)
	if b.paid == nil {
		b.paid = map[string]map[account][]naiveLine{}
	}
	b.paid[month] = lines
	b.frozen = append(b.frozen, month)
}
