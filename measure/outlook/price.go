package outlook

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"jerem/agile"
	"jerem/measure/forecast"
	"jerem/measure/internal/impediment"
	"jerem/measure/internal/index"
	"jerem/measure/outlook/workdays"
	"jerem/parallel"
	"jerem/sorting"
)

const (
	// mostRelief is the most that a block of days is multiplied by when the time of impediments is given back.
	mostRelief = 2
	// blocksWithoutCapacity is the share of the blocks with impediments that may lack a capacity.
	blocksWithoutCapacity = 0.1
	// pricedIssues is how many issues are priced, those that took most time; costliestIssues how many are told.
	pricedIssues, costliestIssues = 12, 3
)

// Price is what the unexpected costs: by how many working days the 85 % date would come earlier were the time of
// impediments given back.
type Price struct {
	Days        *int          `json:"days"`          // nil where it cannot be told; then Why says so
	DateWithout *string       `json:"date_without"`  // the 85 % date without impediments
	Basis       string        `json:"basis"`         // capacity or logged
	ByNature    []NaturePrice `json:"by_nature"`     // each given back alone, so they need not add up
	Issues      []IssuePrice  `json:"issues"`        // the three that cost most, each given back alone
	Why         string        `json:"why,omitempty"` // why it cannot be told, or cannot be split

	// OnCall is the price with call-outs, the above being that of impediments alone; nil where nobody is on call for
	// the team.
	OnCall *OnCallPrice `json:"oncall,omitempty"`
}

// NaturePrice is the price of the impediments of a nature.
type NaturePrice struct {
	Nature string `json:"nature"`
	Days   int    `json:"days"`
}

// IssuePrice is the price of an impediment.
type IssuePrice struct {
	Issue string `json:"issue"`
	Days  int    `json:"days"`
}

// impededTime is time that an impediment took on a working day of the past.
type impededTime struct {
	day     int // place among the working days
	issue   int64
	natures []string
	seconds int64
}

// lostTime is what impediments took on each working day of the past, and what the team could have worked.
type lostTime struct {
	entries  []impededTime
	impeded  []float64 // seconds by working day
	logged   []float64 // all time logged, by working day
	capacity float64   // seconds of the whole team per working day, 0 where it is not configured
}

// gatherLostTime gathers the time logged on working days, as known at a moment. Time on a day off counts on the
// working day after it; what was before the first working day counts on none.
func gatherLostTime(list *impediment.List, days workdays.Places, at time.Time) lostTime {
	l := lostTime{impeded: make([]float64, days.Days), logged: make([]float64, days.Days),
		capacity: list.Index.History.Team.Sprint.Capacity.Seconds()}
	for _, one := range list.All {
		var natures []string // of an impediment with time logged
		list.EachWorklog(one, at, func(w agile.Worklog) {
			if day, ok := days.Since(list.Index.Date(w.Started).Number()); ok {
				if natures == nil {
					natures = list.Natures(one.Issue, at)
				}
				l.entries = append(l.entries, impededTime{day, one.Issue.ID, natures, w.Seconds})
				l.impeded[day] += float64(w.Seconds)
			}
		})
	}
	index.EachOwnWorklog(list.Index, at, func(_ *agile.Issue, w agile.Worklog) {
		if day, ok := days.Since(list.Index.Date(w.Started).Number()); ok {
			l.logged[day] += float64(w.Seconds)
		}
	})
	return l
}

// sumLostTime is gatherLostTime for the days that are drawn from alone, without its entries: what all impediments cost
// together rests on no more. What was begun before those days is not looked at, for a past of years is told noon by
// noon.
func sumLostTime(o *projection) lostTime {
	x, places := o.team.Index, o.past.Places
	l := lostTime{impeded: make([]float64, places.Days), logged: make([]float64, places.Days),
		capacity: x.History.Team.Sprint.Capacity.Seconds()}
	since := windowOfPrice(o).From
	addTo := func(byDay []float64, w agile.Worklog) {
		if w.Started.Before(since) {
			return
		}
		if day, ok := places.Since(x.Date(w.Started).Number()); ok {
			byDay[day] += float64(w.Seconds)
		}
	}
	o.team.Impediments.EachWorklogSince(since, o.at, func(w agile.Worklog) { addTo(l.impeded, w) })
	index.EachOwnWorklog(x, o.at, func(_ *agile.Issue, w agile.Worklog) { addTo(l.logged, w) })
	return l
}

// sumDays adds up some days.
func sumDays(byDay []float64, block []int) float64 {
	sum := 0.0
	for _, day := range block {
		sum += byDay[day]
	}
	return sum
}

// capacityOf returns what the team could work in a block; false where that is not known: without a configured capacity
// all time logged tells it, where the rest of the work has at least half as much logged as impediments.
func (l lostTime) capacityOf(block []int) (float64, bool) {
	if l.capacity > 0 {
		return l.capacity * float64(len(block)), true
	}
	impeded, logged := sumDays(l.impeded, block), sumDays(l.logged, block)
	return logged, logged-impeded >= impeded/2
}

// basisName says what the capacity comes from.
func (l lostTime) basisName() string {
	if l.capacity > 0 {
		return "capacity"
	}
	return "logged"
}

// reliefOf returns by how much a block is multiplied when some time in it is given back.
func (l lostTime) reliefOf(givenBack []float64) func(block []int) float64 {
	return func(block []int) float64 {
		back := sumDays(givenBack, block)
		capacity, known := l.capacityOf(block)
		switch {
		case back == 0 || !known:
			return 1
		case capacity <= back:
			return mostRelief
		}
		return min(mostRelief, capacity/(capacity-back))
	}
}

// hasCapacity says whether enough of the blocks with impediments have a capacity, and whether there are any.
func (l lostTime) hasCapacity(window int) (enough, any bool) {
	with, without := 0, 0
	first := len(l.impeded) - window
	block := make([]int, forecast.BlockDays)
	for start := range window {
		for i := range block {
			block[i] = first + (start+i)%window
		}
		if sumDays(l.impeded, block) == 0 {
			continue
		}
		with++
		if _, known := l.capacityOf(block); !known {
			without++
		}
	}
	return float64(without) <= blocksWithoutCapacity*float64(with), with > 0
}

// priceOfImpediments tells what the unexpected costs.
func (o *projection) priceOfImpediments() *Price {
	if !o.can || o.nothingLeft() {
		return nil
	}
	lost := gatherLostTime(o.team.Impediments, o.past.Places, o.at)
	by := pricing{o, lost}
	p := by.priceOfAll()
	p.OnCall = o.priceOfOnCall(lost)
	if p.Days == nil || *p.Days <= 0 {
		return p
	}
	p.ByNature, p.Issues = by.priceNatures(), by.priceIssues()
	p.Why = whyNotSplit(p)
	return p
}

// pricing tells by how much the 85 % date of a projection comes earlier when time that was lost is given back.
type pricing struct {
	asIs *projection // with nothing given back
	lost lostTime
}

// priceOfAll tells what all that was lost cost together.
func (r pricing) priceOfAll() *Price {
	p := &Price{Basis: r.lost.basisName(), ByNature: []NaturePrice{}, Issues: []IssuePrice{}}
	enough, any := r.lost.hasCapacity(r.asIs.past.Throughput.WindowLength())
	shown := r.asIs.shownDays(forecast.Levels[2])
	switch {
	case !enough:
		p.Why = "too little time is logged beside impediments to tell what share they took: set sprint.capacity"
		return p
	case shown == nil:
		p.Why = "no 85 % date is told"
		return p
	}
	if !any {
		none := 0
		p.Days = &none
		p.DateWithout = datesOfProjection(r.asIs, [4]*int{shown, shown, shown, shown}).P85
		return p
	}
	without := r.daysWithout(r.lost.impeded)
	saved := *shown - without
	p.Days = &saved
	if date, ok := r.asIs.ahead.DateOf(without); ok {
		text := date.String()
		p.DateWithout = &text
	}
	return p
}

// whyNotSplit says of a price that no part of it has a price of its own: dates are whole days, and what is given back
// alone may be too little to move one.
func whyNotSplit(p *Price) string {
	natures := slices.ContainsFunc(p.ByNature, func(n NaturePrice) bool { return n.Days > 0 })
	issues := slices.ContainsFunc(p.Issues, func(i IssuePrice) bool { return i.Days > 0 })
	switch {
	case natures && issues:
		return ""
	case natures:
		return "cannot be split by issue: none alone moves the date by a working day"
	case issues:
		return "cannot be split by nature: none alone moves the date by a working day"
	}
	return "cannot be split: no nature and no issue alone moves the date by a working day"
}

// daysWithout returns the 85 % date in working days when some of the time that was lost is given back.
func (r pricing) daysWithout(givenBack []float64) int {
	work := r.asIs.work
	work.Relief = r.lost.reliefOf(givenBack)
	base := forecast.Simulate(forecast.Question{Teams: []forecast.Work{work}, Trials: forecastTrials})
	return r.asIs.corrected.Days(forecast.Levels[2], base.Median())
}

// priceOf returns by how many working days the 85 % date comes earlier when some of the time that was lost is given
// back.
func (r pricing) priceOf(givenBack []float64) int {
	if sumAll(givenBack) == 0 {
		return 0
	}
	return *r.asIs.shownDays(forecast.Levels[2]) - r.daysWithout(givenBack)
}

func sumAll(byDay []float64) (sum float64) {
	for _, seconds := range byDay {
		sum += seconds
	}
	return sum
}

// priceNatures prices each nature alone, the dearest first.
func (r pricing) priceNatures() []NaturePrice {
	byNature := map[string][]float64{}
	for _, e := range r.lost.entries {
		for n, part := range impediment.Split(e.seconds, len(e.natures)) {
			name := e.natures[n]
			if byNature[name] == nil {
				byNature[name] = make([]float64, len(r.lost.impeded))
			}
			byNature[name][e.day] += float64(part)
		}
	}
	names := slices.Collect(maps.Keys(byNature))
	prices := make([]NaturePrice, len(names))
	parallel.Each(len(names), func(n int) {
		prices[n] = NaturePrice{names[n], r.priceOf(byNature[names[n]])}
	})
	sorting.By(prices, func(a, b NaturePrice) int {
		return cmp.Or(b.Days-a.Days,
			cmp.Compare(a.Nature, b.Nature))
	})
	return prices
}

// priceIssues prices the issues that took most time, each alone, and tells the dearest.
func (r pricing) priceIssues() []IssuePrice {
	window := r.asIs.past.Throughput.WindowLength()
	byIssue, sums := map[int64][]float64{}, map[int64]float64{}
	for _, e := range r.lost.entries {
		if e.day < len(r.lost.impeded)-window {
			continue
		}
		if byIssue[e.issue] == nil {
			byIssue[e.issue] = make([]float64, len(r.lost.impeded))
		}
		byIssue[e.issue][e.day] += float64(e.seconds)
		sums[e.issue] += float64(e.seconds)
	}
	var ids []int64
	for id := range byIssue {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b int64) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) })
	prices := make([]IssuePrice, min(len(ids), pricedIssues))
	parallel.Each(len(prices), func(n int) {
		prices[n] = IssuePrice{r.asIs.team.Index.Key(ids[n]), r.priceOf(byIssue[ids[n]])}
	})
	sorting.By(prices, func(a, b IssuePrice) int { return b.Days - a.Days })
	return prices[:min(len(prices), costliestIssues)]
}

// shareOfWindow returns which part of what the team could work impediments took in the window; 0 where that is not
// known.
func (l lostTime) shareOfWindow(window int) float64 {
	block := make([]int, window)
	for i := range block {
		block[i] = len(l.impeded) - window + i
	}
	capacity, known := l.capacityOf(block)
	if !known || capacity == 0 {
		return 0
	}
	return min(1-1.0/mostRelief, sumDays(l.impeded, block)/capacity)
}

// windowOfPrice is the time whose impediments make the price of the unexpected: that of the days that are drawn from,
// and of the days off before the first of them, which count on it.
func windowOfPrice(o *projection) impediment.Window {
	days, first := o.past.Days, len(o.past.Days)-o.past.Throughput.WindowLength()
	from := days[max(0, first)]
	if first > 0 {
		from = days[first-1].Add(1)
	}
	return impediment.Window{From: from.Midnight(o.team.Index.History.Team.Calendar.Zone), To: o.at}
}
