package forecast

import "slices"

// Basis is what a corrected number of working days, or odds, are made from: the median that decides and the outcomes of
// the record at the horizons around it. Part tells how far the median lies from the near horizon to the far one, 0 to
// 1.
type Basis struct {
	Median    int
	Near, Far []float64 // ratios of outcome to median
	Part      float64
	NearRatio float64 // the ratio of the asked rank among them
	FarRatio  float64
}

// DaysBasis returns what [Corrected.Days] is made from: of all medians up to the given one that which tells most days.
func (c Corrected) DaysBasis(odds float64, median int) Basis {
	decides, most := 1, 0
	for smaller := 1; smaller <= median; smaller++ {
		if days := c.daysAt(odds, smaller); days >= most {
			decides, most = smaller, days
		}
	}
	b := c.basisOf(decides)
	b.NearRatio, b.FarRatio = rankQuantile(b.Near, odds), rankQuantile(b.Far, odds)
	return b
}

// OddsBasis returns what [Corrected.Odds] is made from: of all medians up to the given one that with the lowest odds.
func (c Corrected) OddsBasis(median, days int) Basis {
	decides, least := 1, 2.0
	for smaller := 1; smaller <= median; smaller++ {
		if odds := c.oddsWithin(smaller, days); odds <= least {
			decides, least = smaller, odds
		}
	}
	return c.basisOf(decides)
}

func (c Corrected) basisOf(median int) Basis {
	low, high, part := surroundingHorizons(median)
	return Basis{Median: median, Near: c.ratios[low], Far: c.ratios[high], Part: part}
}

// PartOfOutcomes is a ratio, and the odds for which it stands: the ratio tells the days of all odds from those of the
// parts before it on.
type PartOfOutcomes struct {
	Ratio float64
	Share float64 // the shares of all parts are 1
}

// Parts lists the ratios that tell the days at all odds, in ascending order: those of the record, between two horizons
// each between the two of a rank.
func (b Basis) Parts() (parts []PartOfOutcomes) {
	var odds []float64
	for _, outcomes := range []int{len(b.Near), len(b.Far)} {
		for rank := 1; rank <= outcomes; rank++ {
			odds = append(odds, oddsOfRank(rank, outcomes))
		}
	}
	slices.Sort(odds)
	before := 0.0
	for _, p := range slices.Compact(odds) {
		parts = append(parts, PartOfOutcomes{Ratio: b.ratioAt(p), Share: p - before})
		before = p
	}
	return parts
}

// ratioAt returns the ratio between the horizons at given odds.
func (b Basis) ratioAt(odds float64) float64 {
	return rankQuantile(b.Near, odds)*(1-b.Part) + rankQuantile(b.Far, odds)*b.Part
}

// InTime tells whether an outcome of a ratio is done within a number of working days.
func (b Basis) InTime(ratio float64, days int) bool {
	return daysOf(b.Median, ratio) <= days
}
