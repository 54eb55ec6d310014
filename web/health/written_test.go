package health

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/measure"
	"jerem/measure/catalogue"
	"jerem/measure/storytest"
	"jerem/measure/timeseries"
	"jerem/publish/remotewrite"
)

// TestOneNameOneFigure: what is scraped and what is written under one name is one figure. At a noon, of which all
// series have their newest point, both tell the same value of each; and each metric of the catalogue that has series
// under its name is among them.
func TestOneNameOneFigure(t *testing.T) {
	steady := yearOld(t)
	h := steady.History()
	zone, day := h.Team.Calendar.Zone, steady.Now().In(h.Team.Calendar.Zone)
	begun := storytest.AddIssue(h, "K-9002", day.AddDate(0, 0, -9), 3)
	storytest.Become(&begun.Status, day.AddDate(0, 0, -8), "3")
	team := measure.Of(h).AsOf(time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, zone))
	written := writtenAt(team)
	var compared []string
	hold := func(d described, value float64, labels ...string) {
		key := metricKey(d, labels)
		other, ok := written[key]
		if !ok {
			return
		}
		compared = append(compared, d.name)
		if math.Abs(other-value) > 1e-9 {
			t.Errorf("%s: %v is scraped and %v is written", key, value, other)
		}
	}
	f := figures{}
	f.putSprints(team, hold)
	f.putQuarter(team, hold)
	f.putFlow(team, hold)
	f.putForecasts(team, hold)
	for _, name := range namesOfBoth() {
		if !slices.Contains(compared, name) {
			t.Errorf("%s is not compared", name)
		}
	}
}

// namesOfBoth are the metrics that come by scrape and by remote write, but those of on-call, which sprints with
// call-outs have.
func namesOfBoth() (names []string) {
	for _, f := range catalogue.All() {
		if f.Of == catalogue.OfOnCall {
			continue
		}
		if f.Class != "" && f.Metric != "" {
			names = append(names, f.Metric)
		}
		if f.OfASprint.Class != "" {
			names = append(names, f.OfASprint.Metric)
		}
	}
	return names
}

// writtenAt are the newest values of all series of a team under the names of remote write.
func writtenAt(team *measure.Team) map[string]float64 {
	values := map[string]float64{}
	for _, s := range timeseries.Between(team, time.Time{}, team.Now()) {
		if len(s.Points) == 0 {
			continue
		}
		var text strings.Builder
		for _, l := range remotewrite.MetricOf(&s) {
			fmt.Fprintf(&text, "%s=%s;", l.Name, l.Value)
		}
		values[text.String()] = s.Points[len(s.Points)-1].Value.Number()
	}
	return values
}

// metricKey names a scraped value as remote write would: without the unit, which only scrapes tell.
func metricKey(d described, labels []string) string {
	told := map[string]string{"__name__": d.name, "team": "K"}
	for n, name := range d.labels[1:] {
		told[name] = labels[n]
	}
	delete(told, "unit")
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(told)) {
		fmt.Fprintf(&text, "%s=%s;", name, told[name])
	}
	return text.String()
}
