package health

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/outlook"
	"jerem/measure/storytest"
)

// yearOld is a steady team of more than a year with work left in the present quarter.
func yearOld(t *testing.T) *measure.Team {
	t.Helper()
	at := time.Date(2027, 5, 11, 9, 0, 0, 0, time.UTC)
	h := storytest.SteadyTeam(at, 30)
	h.Issues[1].Labels = agile.Constant(h.Issues[1].Created, []string{"Q2-27"})
	h.Team.Sprint.Capacity = 20 * time.Hour
	blocker := storytest.AddIssue(h, "K-9000", storytest.SteadyStart, 1)
	blocker.Labels = agile.Constant(blocker.Created, []string{"impediment"})
	storytest.LogDaily(h, blocker.ID, 4, storytest.SteadyStart, at)
	h.Sprints = []agile.Sprint{{ID: 7, Versions: []agile.SprintVersion{{Seen: at.AddDate(0, 0, -4), Name: "Sprint 7",
		State: agile.Active, Start: at.AddDate(0, 0, -4), End: at.AddDate(0, 0, 9)}}}}
	storytest.AddIssue(h, "K-9001", at.AddDate(0, 0, -5), 8, 7)
	return measure.Of(h)
}

// TestForecastMetrics: each metric that the catalogue gives the forecast is told with the present quarter, and with the
// active sprint, and says what the forecast says.
func TestForecastMetrics(t *testing.T) {
	team := yearOld(t)
	told := map[string]float64{}
	figures{}.putForecasts(team, func(d described, value float64, labels ...string) {
		of := "Q2-27"
		if strings.HasPrefix(d.name, "jerem_sprint_") {
			of = "Sprint 7"
		}
		if len(labels) != 1 || labels[0] != of {
			t.Errorf("%s with labels %v", d.name, labels)
		}
		told[d.name] = value
	})
	for _, f := range catalogue.All() {
		for _, metric := range []string{f.Metric, f.OfASprint.Metric} {
			if _, ok := told[metric]; f.Of == catalogue.OfForecast && metric != "" && !ok {
				t.Errorf("%s is not told", metric)
			}
		}
	}
	sprint, err := outlook.Ask(team, outlook.Question{Sprint: 7}, team.Now())
	if err != nil || told["jerem_sprint_forecast_odds_ratio"] != *sprint.Odds {
		t.Errorf("odds of the sprint %v beside %+v, %v", told["jerem_sprint_forecast_odds_ratio"], sprint, err)
	}
	name := team.QuarterAt(team.Now())
	want, err := outlook.Ask(team, outlook.Question{Quarter: &name}, team.Now())
	if err != nil {
		t.Fatal(err)
	}
	date := time.Unix(int64(told["jerem_forecast_p85_timestamp_seconds"]), 0).UTC()
	if date.Format("2006-01-02 15:04") != *want.Dates.P85+" 12:00" || told["jerem_forecast_odds_ratio"] != *want.Odds ||
		int(told["jerem_forecast_price_workdays"]) != *want.Price.Days ||
		told["jerem_forecast_calibration_ratio"] != *want.Calibration.At[2].Share {
		t.Errorf("%v beside %+v", told, want)
	}
}

// TestScrapedOnce: the figures of a reading are worked out once, those of the next one anew.
func TestScrapedOnce(t *testing.T) {
	team := yearOld(t)
	var s scraped
	times := 0
	scrape := func(team *measure.Team) int {
		to := make(chan prometheus.Metric, 10)
		s.sendFigures(to, team, func(to chan<- prometheus.Metric) {
			times++
			to <- prometheus.NewInvalidMetric(prometheus.NewDesc("x", "x", nil, nil), nil)
		})
		return len(to)
	}
	if first, second := scrape(team), scrape(team); first != 1 || second != 1 || times != 1 {
		t.Errorf("%d and %d metrics, told %d times", first, second, times)
	}
	if n := scrape(team.AsOf(team.Now().Add(time.Hour))); n != 1 || times != 2 {
		t.Errorf("a later reading: %d metrics, told %d times", n, times)
	}
}
