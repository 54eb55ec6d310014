package timeseries

import (
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/outlook"
	"jerem/series"
)

// seriesOfForecasts returns the series of what was told of each quarter on the days of it: a point at the noon of a
// working day, of the figure as of that noon. The present quarter has one on each working day, those before it on every
// tenth. A day on which a figure is not told has none.
func (k *Told) seriesOfForecasts(team *measure.Team, now time.Time) []series.Series {
	inquiry := outlook.About(team)
	collected := collectedForecasts{team: team, places: map[string]int{}}
	noons := forecastNoons(team, now)
	digests := k.digestsAt(team, noons)
	for n, at := range noons {
		name := team.QuarterAt(at)
		f := k.figuresAt(at, digests[n], func() outlook.Figures {
			told, err := inquiry.Figures(outlook.Question{Quarter: &name}, at)
			if err != nil {
				return outlook.Figures{} // a quarter can always be asked for
			}
			return told
		})
		collected.addNoon(name.String(), at, f)
	}
	return collected.series
}

// forecastNoons returns the noons that have a point, in ascending order.
func forecastNoons(team *measure.Team, now time.Time) []time.Time {
	working := team.History().Team.Calendar.Working
	since := team.KnownSince()
	if since.IsZero() {
		return nil
	}
	current, _ := team.Dates(team.QuarterAt(now))
	var noons []time.Time
	due := false // the day of the grid was a day off: the next working day stands for it
	for d := team.Index.Date(since); !noonOf(team.Index, d).After(now); d = d.Add(1) {
		due = due || dayNumber(d)%twoWeeks == gridMonday
		if working(d) && (due || !d.Before(current)) {
			noons, due = append(noons, noonOf(team.Index, d)), false
		}
	}
	return noons
}

// Every other Monday has a point, the next working day where it is a day off: ten days from Monday to Friday apart,
// whatever was known when. gridMonday is the remainder of its number.
const twoWeeks, gridMonday = 14, 4

// collectedForecasts are series of forecasts as they grow.
type collectedForecasts struct {
	team   *measure.Team
	series []series.Series
	places map[string]int // in series, by quarter and class
}

// addNoon adds the points of a noon.
func (c *collectedForecasts) addNoon(quarter string, at time.Time, f outlook.Figures) {
	for n, date := range []*string{f.Dates.P50, f.Dates.P70, f.Dates.P85, f.Dates.P95} {
		if date == nil {
			continue
		}
		if told, err := calendar.ParseMoment(*date); err == nil {
			name := []string{"p50", "p70", "p85", "p95"}[n]
			c.addPoint(quarter, name, at, series.Long(noonOf(c.team.Index, told.Date()).Unix()))
		}
	}
	if f.Odds != nil {
		c.addPoint(quarter, "odds", at, series.Double(*f.Odds))
	}
	if f.Held != nil {
		c.addPoint(quarter, "calibration", at, series.Double(*f.Held))
	}
	if f.PriceDays != nil {
		c.addPoint(quarter, "price", at, series.Long(int64(*f.PriceDays)))
	}
}

func (c *collectedForecasts) addPoint(quarter, name string, at time.Time, value series.Value) {
	place, known := c.places[quarter+name]
	if !known {
		place = len(c.series)
		c.places[quarter+name] = place
		c.series = append(c.series, series.Series{Class: catalogue.ClassForecast + name, Kind: series.Events,
			Labels: map[string]string{"project": c.team.History().Team.Name, "quarter": quarter}})
	}
	c.series[place].Add(at, value)
}
