package timeseries

import (
	"context"
	"slices"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/internal/index"
	"jerem/measure/outlook"
	"jerem/series"
)

// seriesOfForecasts returns the series of what was told of each quarter on the days of it, and of each sprint while it
// was active: a point at the noon of a working day, of the figure as of that noon. In the present quarter there is one
// on each working day, before it on every tenth. A day on which a figure is not told has none. The error is that of a
// context that ended meanwhile.
func (k *Told) seriesOfForecasts(ctx context.Context, team *measure.Team, now time.Time) ([]series.Series, error) {
	inquiry := outlook.About(team)
	collected := collectedForecasts{team: team, places: map[string]int{}}
	names := measure.SprintLabels(team.Index.History.Sprints)
	noons := forecastNoons(team, now)
	digests := k.digestsAt(team, noons)
	for n, at := range noons {
		if err := k.giveWay(ctx); err != nil {
			return nil, err
		}
		name := team.QuarterAt(at)
		f := k.figuresOf(toldKey{noon: series.Tick(at)}, digests[n],
			func() outlook.Figures { return figuresOf(inquiry, outlook.Question{Quarter: &name}, at) })
		collected.addNoon(forecastSeries{catalogue.ClassForecast, "quarter", name.String()}, at, f)
		current, _ := team.ActiveSprint(at)
		for _, s := range activeSprints(team.Index, at) {
			digest := digests[n] + k.digestOfSprint(s.version)
			f := k.figuresOf(toldKey{series.Tick(at), s.id}, digest,
				func() outlook.Figures { return figuresOf(inquiry, outlook.Question{Sprint: s.id}, at) })
			collected.addNoon(forecastSeries{catalogue.ClassSprintForecast, "sprint", names[s.id]}, at, f)
			if s.id == current {
				collected.addNoon(forecastSeries{catalogue.ClassSprintForecast, "sprint", "current"}, at, f)
			}
		}
	}
	return collected.series, nil
}

// figuresOf returns what is told to a question of what is there: it can always be asked for.
func figuresOf(inquiry *outlook.Inquiry, q outlook.Question, at time.Time) outlook.Figures {
	told, err := inquiry.Figures(q, at)
	if err != nil {
		return outlook.Figures{}
	}
	return told
}

// activeSprints lists the sprints that are active at a moment.
func activeSprints(x *index.Index, at time.Time) []begunSprint {
	return slices.DeleteFunc(begunSprints(x, at), func(s begunSprint) bool { return s.version.ClosedBy(at) })
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
	places map[string]int // in series, by class and value of the label
}

// forecastSeries says which series a forecast belongs to: classes that begin so, with a label beside the team's.
type forecastSeries struct{ class, label, value string }

// forecastNames are what the classes of forecasts end with, the dates first.
var forecastNames = []string{"p50", "p70", "p85", "p95", "odds", "calibration", "price"}

// addNoon adds the points of a noon.
func (c *collectedForecasts) addNoon(of forecastSeries, at time.Time, f outlook.Figures) {
	for n, date := range []*string{f.Dates.P50, f.Dates.P70, f.Dates.P85, f.Dates.P95} {
		if date == nil {
			continue
		}
		if told, err := calendar.ParseMoment(*date); err == nil {
			c.addPoint(of, forecastNames[n], at, series.Long(noonOf(c.team.Index, told.Date()).Unix()))
		}
	}
	if f.Odds != nil {
		c.addPoint(of, "odds", at, series.Double(*f.Odds))
	}
	if f.Held != nil {
		c.addPoint(of, "calibration", at, series.Double(*f.Held))
	}
	if f.PriceDays != nil {
		c.addPoint(of, "price", at, series.Long(int64(*f.PriceDays)))
	}
}

func (c *collectedForecasts) addPoint(of forecastSeries, name string, at time.Time, value series.Value) {
	key := of.class + name + " " + of.value
	place, known := c.places[key]
	if !known {
		place = len(c.series)
		c.places[key] = place
		c.series = append(c.series, series.Series{Class: of.class + name, Kind: series.Events,
			Labels: map[string]string{"project": c.team.History().Team.Name, of.label: of.value}})
	}
	c.series[place].Add(at, value)
}
