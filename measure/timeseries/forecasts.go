package timeseries

import (
	"cmp"
	"context"
	"sync"
	"sync/atomic"
	"time"

	"jerem/agile"
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
	noons := forecastNoons(team, now)
	told, err := k.tellNoons(ctx, team, noons)
	if err != nil {
		return nil, err
	}
	k.noteTold(noons, told)
	if k.labels == nil {
		k.labels = map[forecastLabel]map[string]string{}
	}
	collected := collectedForecasts{team: team, places: map[string]int{}, labels: k.labels}
	names := measure.SprintLabels(team.Index.History.Sprints)
	for n, at := range noons {
		quarter := team.QuarterAt(at).String()
		collected.addNoon(forecastSeries{catalogue.ClassForecast, "quarter", quarter}, at, told[n].quarter)
		current := k.currents.activeAt(team, at)
		for _, s := range told[n].sprints {
			collected.addNoon(forecastSeries{catalogue.ClassSprintForecast, "sprint", names[s.id]}, at, s.figures)
			if s.id == current {
				collected.addNoon(forecastSeries{catalogue.ClassSprintForecast, "sprint", "current"}, at, s.figures)
			}
		}
	}
	return collected.series, nil
}

// toldNoon is what is told at a noon: of the quarter, and of each sprint that is active.
type toldNoon struct {
	quarter outlook.Figures
	sprints []toldSprint
}

type toldSprint struct {
	id      int64
	figures outlook.Figures
}

// noonsInRow is how many noons are told one after the other, by which an inquiry finds again what it looked up.
const noonsInRow = 8

// tellNoons tells what was told at some noons, several at once where there are workers.
func (k *Told) tellNoons(ctx context.Context, team *measure.Team, noons []time.Time) ([]toldNoon, error) {
	digests := k.digests.At(team, noons)
	told := make([]toldNoon, len(noons))
	var next atomic.Int64 // the first noon that nobody took yet
	work := func() error {
		inquiry := outlook.AboutEachMomentOnce(team)
		for {
			from := int(next.Add(noonsInRow)) - noonsInRow
			for n := from; n < min(from+noonsInRow, len(noons)); n++ {
				if err := k.giveWay(ctx); err != nil {
					return err
				}
				told[n] = k.tellNoon(inquiry, team, noons[n], digests[n])
			}
			if from >= len(noons) {
				return nil
			}
		}
	}
	failures := make([]error, max(k.workers, 1))
	var group sync.WaitGroup
	for n := range failures[1:] {
		group.Go(func() { failures[n+1] = work() })
	}
	failures[0] = work()
	group.Wait()
	return told, cmp.Or(failures...)
}

// tellNoon tells what was told at a noon, of which a digest is given of all that it rests on.
func (k *Told) tellNoon(inquiry *outlook.Inquiry, team *measure.Team, at time.Time, digest uint64) (told toldNoon) {
	quarter := team.QuarterAt(at)
	told.quarter = k.figuresOf(toldKey{noon: series.Tick(at)}, digest,
		func() outlook.Figures { return figuresOf(inquiry, outlook.Question{Quarter: &quarter}, at) })
	for _, s := range activeSprints(team.Index, at) {
		f := k.figuresOf(toldKey{series.Tick(at), s.id}, digest+k.digests.OfSprint(s.version),
			func() outlook.Figures { return figuresOf(inquiry, outlook.Question{Sprint: s.id}, at) })
		told.sprints = append(told.sprints, toldSprint{s.id, f})
	}
	return told
}

// figuresOf returns what is told to a question of what is there: it can always be asked for.
func figuresOf(inquiry *outlook.Inquiry, q outlook.Question, at time.Time) outlook.Figures {
	told, err := inquiry.Figures(q, at)
	if err != nil {
		return outlook.Figures{}
	}
	return told
}

// activeSprints lists the sprints that are active at a moment: of all noons of the past it is asked.
func activeSprints(x *index.Index, at time.Time) []begunSprint {
	return sprintsOf(x, at, func(v agile.SprintVersion) bool { return !v.ClosedBy(at) })
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
	zone := team.History().Team.Calendar.Zone
	for d := team.Index.Date(since); !d.Noon(zone).After(now); d = d.Add(1) {
		due = due || d.Number()%twoWeeks == gridMonday
		if working(d) && (due || !d.Before(current)) {
			noons, due = append(noons, d.Noon(zone)), false
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
	labels map[forecastLabel]map[string]string
}

// forecastLabel is a label beside the team's.
type forecastLabel struct{ name, value string }

// labelsOf returns the labels of a series, the same value each time.
func (c *collectedForecasts) labelsOf(of forecastLabel) map[string]string {
	if c.labels[of] == nil {
		c.labels[of] = map[string]string{"project": c.team.History().Team.Name, of.name: of.value}
	}
	return c.labels[of]
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
			noon := told.Date().Noon(c.team.History().Team.Calendar.Zone)
			c.addPoint(of, forecastNames[n], at, series.Long(noon.Unix()))
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
			Labels: c.labelsOf(forecastLabel{of.label, of.value})})
	}
	c.series[place].Add(at, value)
}
