package forecast

import (
	"math"
	"slices"
)

const (
	// BlockDays is how many consecutive working days are drawn together: two weeks, which is where the totals of
	// real teams stop depending on each other.
	BlockDays = 10
	// WindowDays is how many of the last working days are drawn from.
	WindowDays = 120
	// capDays is how many of the last working days tell what an ordinary day is.
	capDays = 250
	// capShare is the share of the days with a finish that are no bulk closing.
	capShare = 0.98
	// FewestDays and FewestActive are the working days, and those with a finish, below which nothing can be told.
	FewestDays, FewestActive = 10, 5
)

// Throughput is what was finished on each working day, in the team's unit, oldest first. The first day is that of
// the team's first finish.
type Throughput []float64

// BulkClosing is a day on which more was finished than a day is taken to bring.
type BulkClosing struct {
	Day      int     // index of the working day
	Amount   float64 // what was finished
	CappedTo float64 // what is drawn instead
}

// CanTell says whether the history suffices for a forecast: ten working days, five of them with a finish.
func (d Throughput) CanTell() bool {
	return len(d) >= FewestDays && d.Active() >= FewestActive
}

// Active returns the number of days with a finish.
func (d Throughput) Active() int {
	n := 0
	for _, amount := range d {
		if amount > 0 {
			n++
		}
	}
	return n
}

// lastDays returns the last n days, fewer where there are fewer.
func (d Throughput) lastDays(n int) Throughput { return d[max(0, len(d)-n):] }

// meanPerDay returns the mean of a day, 0 without days.
func (d Throughput) meanPerDay() float64 {
	if len(d) == 0 {
		return 0
	}
	sum := 0.0
	for _, amount := range d {
		sum += amount
	}
	return sum / float64(len(d))
}

// dayCap returns the most that a day counts for: the element ⌊0.98 (n − 1)⌋ of the sorted days with a finish
// among the last 250; infinite where there are none.
func (d Throughput) dayCap() float64 {
	var amounts []float64
	for _, amount := range d.CapDays() {
		if amount > 0 {
			amounts = append(amounts, amount)
		}
	}
	if len(amounts) == 0 {
		return math.Inf(1)
	}
	slices.Sort(amounts)
	return amounts[int(capShare*float64(len(amounts)-1))]
}

// CapDays returns the days that tell what an ordinary day is.
func (d Throughput) CapDays() Throughput { return d.lastDays(capDays) }

// PaceDays returns the days whose pace makes the work that a replay asks for, each capped.
func (d Throughput) PaceDays() Throughput { return d.Window().lastDays(paceDays) }

// WindowLength returns how many days are drawn from.
func (d Throughput) WindowLength() int { return min(len(d), WindowDays) }

// Window returns the days that are drawn from: the last 120, each capped.
func (d Throughput) Window() Throughput {
	limit := d.dayCap()
	window := slices.Clone(d.lastDays(WindowDays))
	for i, amount := range window {
		window[i] = min(amount, limit)
	}
	return window
}

// BulkClosings lists the days of the window that are capped, oldest first.
func (d Throughput) BulkClosings() []BulkClosing {
	var found []BulkClosing
	limit := d.dayCap()
	first := max(0, len(d)-WindowDays)
	for i, amount := range d[first:] {
		if amount > limit {
			found = append(found, BulkClosing{Day: first + i, Amount: amount, CappedTo: limit})
		}
	}
	return found
}

// Momentum returns by how much the recent pace differs from that of the whole window, for all that is drawn:
// (p20/p60)^0.4 · (p60/p120)^0.6, where p_n is the mean of the last n days plus a twentieth of the mean of the
// window, within ½ and 2. The exponents were fitted on public projects and held on others (docs/forecast.md).
func Momentum(window Throughput) float64 {
	whole := window.meanPerDay()
	pace := func(days int) float64 { return window.lastDays(days).meanPerDay() + whole/20 }
	if whole == 0 {
		return 1
	}
	scale := math.Pow(pace(20)/pace(60), 0.4) * math.Pow(pace(60)/pace(WindowDays), 0.6)
	return max(0.5, min(2, scale))
}
