package forecast

// Basis is what a corrected number of working days, or odds, are made from: the median that decides and the outcomes of
// the record at the horizons around it. Part tells how far the median lies from the near horizon to the far one, 0 to
// 1.
type Basis struct {
	Median    int
	Near, Far []float64 // ratios of outcome to median
	Part      float64
	NearRatio float64 // the ratio of the asked rank among them
	FarRatio  float64

	Least, Most float64 // of odds: what they are at least and at most, for the dates of the levels say so
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

// OddsBasis returns what [Corrected.Odds] is made from: of all medians up to the given one that with the lowest
// share of outcomes in time.
func (c Corrected) OddsBasis(median, days int) Basis {
	decides, lowest := 1, 2.0
	for smaller := 1; smaller <= median; smaller++ {
		if share := c.shareWithin(smaller, days); share <= lowest {
			decides, lowest = smaller, share
		}
	}
	b := c.basisOf(decides)
	b.Least, b.Most = c.OddsBounds(median, days)
	return b
}

func (c Corrected) basisOf(median int) Basis {
	low, high, part := surroundingHorizons(median)
	return Basis{Median: median, Near: c.ratios[low], Far: c.ratios[high], Part: part}
}

// InTime tells whether an outcome of a ratio is done within a number of working days.
func (b Basis) InTime(ratio float64, days int) bool {
	return float64(b.Median)*ratio <= float64(days)+Tolerance
}
