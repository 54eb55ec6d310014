package measure

import "time"

// Likely tells dates, odds and state of a forecast alone, without what moved and what it costs: the same figures as
// [Team.Forecast], for pages that tell many of them.
func (t *Team) Likely(q ForecastQuestion, at time.Time) (*Forecast, error) {
	o, err := t.outlook(q, at)
	if err != nil {
		return nil, err
	}
	f := &Forecast{At: at.UTC(), State: StateUnknown}
	o.describe(f, q)
	switch {
	case o.can || o.nothingLeft():
		o.tell(f)
	default:
		f.Why = o.past.cannotTell()
	}
	return f, nil
}

// Outcome tells of a quarter that is over when its work was done, nil where it was not, and what was told at its middle.
func (t *Team) Outcome(name QuarterName, at time.Time) (came *string, told *Told) {
	span := t.quarterSpan(name)
	return t.cameOn(span, at), t.toldAtMiddle(name, span)
}
