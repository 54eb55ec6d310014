package forecast

import (
	"math"
	"slices"
	"sort"
)

const (
	// recordLength is how many of a team's last known outcomes of a horizon are looked at.
	recordLength = 60
	// priorMost and priorLeast are how many pseudo-outcomes of the prior stand beside them.
	priorMost, priorLeast = 20, 5
	// ownEnough is the number of own outcomes up to which the prior weighs in full, and from which on a record
	// stands for itself.
	ownEnough = 20
	// OverAll is the highest odds that are ever told: the past knows nothing surer.
	OverAll = 0.95
)

// Levels are the odds of the dates that are shown.
var Levels = [4]float64{0.5, 0.7, 0.85, 0.95}

// Corrected turns the median of the base into the days that are shown.
type Corrected struct {
	ratios [len(Horizons)][]float64 // of record and prior, ascending
	own    [len(Horizons)]int
	prior  [len(Horizons)]int
}

// Correct makes the corrected distribution as of the beginning of a working day of the record, from what was known
// by then.
func Correct(record []Outcome, day int, prior Prior) Corrected {
	var c Corrected
	for horizon := range Horizons {
		own := knownRatios(record, horizon, day)
		weight := priorWeight(len(own))
		all := append(own, prior.Quantiles(horizon, weight)...)
		slices.Sort(all)
		c.ratios[horizon], c.own[horizon], c.prior[horizon] = all, len(own), weight
	}
	return c
}

// priorWeight returns how many pseudo-outcomes of the prior stand beside a number of own outcomes.
func priorWeight(own int) int {
	if own <= ownEnough {
		return priorMost
	}
	return max(priorLeast, priorMost-(own-ownEnough)*15/40)
}

// PriorWeights returns how many pseudo-outcomes of the prior stand beside own outcomes, at least and at most.
func PriorWeights() (least, most int) { return priorLeast, priorMost }

// Own returns the number of own outcomes and of pseudo-outcomes of the prior at a horizon.
func (c Corrected) Own(horizon int) (own, prior int) { return c.own[horizon], c.prior[horizon] }

// NearestHorizon returns the index of the horizon next to a median, the smaller of two that are as near.
func NearestHorizon(median int) int {
	nearest := 0
	for i, horizon := range Horizons {
		if absInt(horizon-median) < absInt(Horizons[nearest]-median) {
			nearest = i
		}
	}
	return nearest
}

func absInt(n int) int { return max(n, -n) }

// Days returns by how many working days the work is done with the given odds, where the base tells a median. It is
// never less than that of a smaller median.
func (c Corrected) Days(odds float64, median int) int {
	most := 0
	for smaller := 1; smaller <= median; smaller++ {
		most = max(most, c.daysAt(odds, smaller))
	}
	return most
}

// daysAt is Days for a median alone.
func (c Corrected) daysAt(odds float64, median int) int {
	low, high, part := surroundingHorizons(median)
	ratio := rankQuantile(c.ratios[low], odds)*(1-part) + rankQuantile(c.ratios[high], odds)*part
	return int(math.Ceil(float64(median)*ratio - Tolerance))
}

// surroundingHorizons returns the horizons around a median, and how far it lies from the first to the second one.
func surroundingHorizons(median int) (low, high int, part float64) {
	last := len(Horizons) - 1
	switch {
	case median <= Horizons[0]:
		return 0, 0, 0
	case median >= Horizons[last]:
		return last, last, 0
	}
	high = sort.SearchInts(Horizons[:], median)
	low = high - 1
	return low, high, float64(median-Horizons[low]) / float64(Horizons[high]-Horizons[low])
}

// rankQuantile returns the element of rank ⌈p (n + 1)⌉ of sorted ratios, cut at the ends.
func rankQuantile(sorted []float64, p float64) float64 {
	rank := int(math.Ceil(p*float64(len(sorted)+1) - Tolerance))
	return sorted[max(1, min(len(sorted), rank))-1]
}

// underLevel is how much less than a level the odds of a deadline are at most whose date of that level is too late.
const underLevel = 0.01

// Odds returns the share of the corrected distribution that is done within a number of working days, where the base
// tells a median, between the bounds of [Corrected.OddsBounds]. It never rises with the median, nor falls with the
// days.
func (c Corrected) Odds(median, days int) float64 {
	share := 1.0
	for smaller := 1; smaller <= median; smaller++ {
		share = min(share, c.shareWithin(smaller, days))
	}
	least, most := c.OddsBounds(median, days)
	return max(least, min(most, share))
}

// OddsBounds returns what the odds of a deadline are at least and at most, so that they say what the dates of [Levels]
// say: at least the level whose days are enough, at most [OverAll], and less than a level that needs more days. The
// share alone may reach a level a rank before its date does: 17 of 20 outcomes in time are 85 %, and the 85 % date
// takes the 18th.
func (c Corrected) OddsBounds(median, days int) (least, most float64) {
	for _, level := range Levels {
		if c.Days(level, median) > days {
			return least, level - underLevel
		}
		least = level
	}
	return least, OverAll
}

// shareWithin returns the share of the outcomes at the horizons around a median that are done within a number of
// working days.
func (c Corrected) shareWithin(median, days int) float64 {
	low, high, part := surroundingHorizons(median)
	share := func(horizon int) float64 {
		ratios := c.ratios[horizon]
		n := sort.Search(len(ratios), func(i int) bool { return float64(median)*ratios[i] > float64(days)+Tolerance })
		return float64(n) / float64(len(ratios))
	}
	below, above := share(low), share(high)
	between := below*(1-part) + above*part // in this form rounding keeps the order of days
	return min(max(between, min(below, above)), max(below, above))
}

// Limit returns the working days beyond which no date is shown: four times the horizon next above the median.
func Limit(median int) int {
	i := min(sort.SearchInts(Horizons[:], median), len(Horizons)-1)
	return 4 * Horizons[i]
}

// Within returns the greatest median whose shown days at the given odds are not more than a number of working
// days, 0 for none: it answers how much is done by a date. A median whose days are too many to be shown is none.
func (c Corrected) Within(odds float64, days int) int {
	greatest, shown := 0, 0
	for median := 1; median < tooLong; median++ {
		shown = max(shown, c.daysAt(odds, median)) // as Days tells it
		if shown > days {
			break
		}
		if shown <= Limit(median) {
			greatest = median
		}
	}
	return greatest
}
