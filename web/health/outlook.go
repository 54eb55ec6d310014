package health

import (
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/explain"
	"jerem/measure/flow"
	"jerem/measure/outlook"
)

// scraped keeps the figures of each team as a scrape found them: they are of its last complete reading, so that they
// are worked out once for all scrapes until the next one.
type scraped struct {
	mu    sync.Mutex
	teams map[string]scrapedTeam
}

type scrapedTeam struct {
	team    *measure.Team
	metrics []prometheus.Metric
}

// sendFigures sends the figures of a team, those that are kept where they are of the same reading.
func (s *scraped) sendFigures(to chan<- prometheus.Metric, team *measure.Team, tell func(chan<- prometheus.Metric)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := team.History().Team.Name
	kept, ok := s.teams[name]
	if !ok || kept.team != team {
		kept = scrapedTeam{team, gatherMetrics(tell)}
		if s.teams == nil {
			s.teams = map[string]scrapedTeam{}
		}
		s.teams[name] = kept
	}
	for _, m := range kept.metrics {
		to <- m
	}
}

// gatherMetrics returns what is told in a list.
func gatherMetrics(tell func(chan<- prometheus.Metric)) []prometheus.Metric {
	told := make(chan prometheus.Metric)
	go func() {
		defer close(told)
		tell(told)
	}()
	var list []prometheus.Metric
	for m := range told {
		list = append(list, m)
	}
	return list
}

// putFlow tells the figures of the flow of today and the 89 days before.
func (f figures) putFlow(team *measure.Team, put putter) {
	from, to := flow.DefaultDates(team, team.Now())
	for _, e := range explain.Flow(team, flow.Measure(team, team.Now(), from, to), nil) {
		put.putFigure(e, nil)
	}
}

// putForecasts tells the figures of the forecast of the present quarter and of the active sprints.
func (f figures) putForecasts(team *measure.Team, put putter) {
	inquiry := outlook.About(team)
	name := team.QuarterAt(team.Now())
	putForecast(team, inquiry, outlook.Question{Quarter: &name}, func(known catalogue.Figure, value float64) {
		put(metricOf(known), value, name.String())
	})
	labels := measure.SprintLabels(team.History().Sprints)
	for _, id := range measure.ActiveSprints(team, team.Now()) {
		putForecast(team, inquiry, outlook.Question{Sprint: id}, func(known catalogue.Figure, value float64) {
			put(describeMetric(known.OfASprint.Metric, known.Help, "sprint"), value, labels[id])
		})
	}
}

// putForecast tells the figures of a forecast; dates are the noon of the day in the team's zone.
func putForecast(
	team *measure.Team, inquiry *outlook.Inquiry, q outlook.Question, put func(known catalogue.Figure, value float64),
) {
	told, err := inquiry.Figures(q, team.Now())
	if err != nil {
		return
	}
	tell := func(figure string, value *float64) {
		if known, ok := catalogue.Find(catalogue.OfForecast, figure); ok && value != nil {
			put(known, *value)
		}
	}
	tell("odds", told.Odds)
	tell("calibration.share", told.Held)
	for figure, date := range map[string]*string{"dates.p50": told.Dates.P50, "dates.p70": told.Dates.P70,
		"dates.p85": told.Dates.P85, "dates.p95": told.Dates.P95} {
		tell(figure, noonOf(team, date))
	}
	if told.PriceDays != nil {
		days := float64(*told.PriceDays)
		tell("price.days", &days)
	}
}

// noonOf returns the noon of a date in seconds since 1970, nil for none.
func noonOf(team *measure.Team, date *string) *float64 {
	if date == nil {
		return nil
	}
	told, err := calendar.ParseMoment(*date)
	if err != nil {
		return nil
	}
	at := unixSeconds(told.Date().In(team.History().Team.Calendar.Zone, 12*time.Hour))
	return &at
}
