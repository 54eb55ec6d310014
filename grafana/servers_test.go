package grafana_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"jerem/grafana"
	"jerem/publish/publishtest"
	"jerem/publish/remotewrite"
	"jerem/series"
)

// told is a point that a store holds: written, or scraped from an instance.
type told struct {
	ago                  time.Duration
	class, team, subject string // the sprint or the quarter
	instance             string // "" for what is written
	value                float64
}

// stale is what a scrape writes where a series ended.
var stale = math.Float64frombits(0x7ff0000000000002)

// The classes of these tests. Remote write calls the last two as /metrics does.
const (
	p85      = "jerem.agile.forecast.p85"
	odds     = "jerem.agile.forecast.odds"
	total    = "jerem.agile.quarter.total"
	left     = "jerem.agile.sprint.remaining"
	reading  = "jerem.x.team.read_timestamp_seconds"
	quarters = "jerem.x.quarter.workdays_left"
)

const day = 24 * time.Hour

// scrape is what an instance tells of the present quarter at a moment, a date of 0 for one that is not known.
func scrape(ago time.Duration, team, instance string, read, date float64) []told {
	list := []told{{ago, reading, team, "", instance, read}, {ago, quarters, team, "Q4-26", instance, 10}}
	if date != 0 {
		list = append(list, told{ago, p85, team, "Q4-26", instance, date})
	}
	return list
}

// held are points, by what the newest value of the 85 % date has to be; 0 where none is known.
var held = map[string]struct {
	points []told
	shown  float64
}{
	"written": {[]told{{3 * day, odds, "written", "Q4-26", "", 0.5}, {3 * day, p85, "written", "Q4-26", "", 100}}, 100},
	"both":    {slices.Concat([]told{{2 * day, p85, "both", "Q4-26", "", 100}}, scrape(0, "both", "a", 2000, 50)), 50},
	"ended": {slices.Concat(scrape(3*time.Minute, "ended", "a", 1000, 90),
		scrape(time.Minute, "ended", "a", stale, stale),
		scrape(0, "ended", "b", 2000, 40)), 40},
	"behind": {slices.Concat(scrape(0, "behind", "a", 1000, 90), scrape(0, "behind", "b", 2000, 40)), 40},
	"equal":  {slices.Concat(scrape(0, "equal", "a", 2000, 40), scrape(0, "equal", "b", 2000, 40)), 40},
	"unknown": {slices.Concat([]told{{2 * day, p85, "unknown", "Q4-26", "", 100}},
		scrape(3*time.Minute, "unknown", "a", 1000, 100), []told{{time.Minute, p85, "unknown", "Q4-26", "a", stale}},
		scrape(0, "unknown", "a", 2000, 0)), 0},
	"untold": {[]told{{3 * day, odds, "untold", "Q4-26", "", 0.5}, {3 * day, p85, "untold", "Q4-26", "", 100},
		{2 * day, odds, "untold", "Q4-26", "", 0.01}}, 0},
	"old": {[]told{{9 * day, odds, "old", "Q4-26", "", 0.5}, {9 * day, p85, "old", "Q4-26", "", 100}}, 0},
}

// past are points of quarters and sprints that are over, and of present ones: none older than Prometheus keeps them.
var past = []told{
	{12 * day, total, "written", "Q3-26", "", 7}, {10 * time.Minute, total, "written", "Q4-26", "", 9},
	{2 * day, left, "written", "S 9", "", 3}, {13 * day, left, "written", "S 8", "", 5},
	{10 * time.Minute, left, "written", "S 10", "", 4}, {10 * time.Minute, left, "written", "current", "", 4},
	// scraped alone, the instance changed in the sprint
	{2 * day, left, "ended", "S 1", "a", 8}, {2 * day, reading, "ended", "", "a", 100},
	{2*day - time.Minute, left, "ended", "S 1", "a", stale}, {2*day - time.Minute, reading, "ended", "", "a", stale},
	{2*day - time.Hour, left, "ended", "S 1", "b", 6}, {2*day - time.Hour, reading, "ended", "", "b", 200},
	{2*day - 61*time.Minute, left, "ended", "S 1", "b", stale},
	{2*day - 61*time.Minute, reading, "ended", "", "b", stale},
	{4 * day, left, "old", "current", "", 2},
}

// heldStore is a real server that holds the points.
type heldStore struct {
	t       *testing.T
	address string
	now     time.Time
}

// holdPoints sends the points to a server, the oldest first. The newest are a minute old at least, for VictoriaMetrics
// answers a question about its last 30 seconds (-search.latencyOffset) from before them; nor is the moment a midnight,
// for it finds no series that begins with the day of UTC at whose first instant the question ends.
func holdPoints(t *testing.T, address string) heldStore {
	t.Helper()
	now := time.Now().Add(-time.Minute).Truncate(15 * time.Minute)
	if now.Equal(now.Truncate(day)) {
		now = now.Add(-15 * time.Minute)
	}
	points := slices.Clone(past)
	for _, h := range held {
		points = append(points, h.points...)
	}
	slices.SortStableFunc(points, func(a, b told) int { return int(b.ago - a.ago) })
	sink := &remotewrite.Sink{URL: address, Tries: 1, Backfill: true}
	for _, p := range points {
		s := series.Series{Class: p.class, Labels: map[string]string{"project": p.team}}
		if p.instance != "" {
			s.Labels["instance"], s.Labels["job"] = p.instance, "jerem"
		}
		switch {
		case p.class == left:
			s.Labels["sprint"] = p.subject
		case p.class != reading:
			s.Labels["quarter"] = p.subject
		}
		s.Points = []series.Point{{Tick: now.Add(-p.ago).UnixMicro(), Value: series.Double(p.value)}}
		if err := sink.Push(t.Context(), []series.Series{s}); err != nil {
			t.Fatalf("%+v: %v", p, err)
		}
	}
	return heldStore{t, address, now}
}

// ask runs a query of a board with a team, a sprint and a quarter picked, and returns the values by their labels.
func (s heldStore) ask(query, team, sprint, quarter string) (labels []map[string]string, values []float64) {
	s.t.Helper()
	query = strings.NewReplacer("$team", team, "$sprint", sprint, "$quarter", quarter, "$__range", "60d").Replace(query)
	for _, r := range publishtest.Query(s.t, s.address, query, s.now) {
		labels, values = append(labels, r.Labels), append(values, r.Value)
	}
	return labels, values
}

// queryOf returns the first question of a panel of a board.
func queryOf(t *testing.T, file, title string) string {
	t.Helper()
	for _, f := range grafana.Boards(grafana.Prometheus) {
		for _, p := range f.Board.Panels {
			if f.Name == file && p.Title == title {
				return p.Targets[0].Expr
			}
		}
	}
	t.Fatalf("%s has no panel %s", file, title)
	return ""
}

// assertValue holds what a query shows to a value; 0 for nothing.
func (s heldStore) assertValue(what, query, team, sprint, quarter string, want float64) {
	s.t.Helper()
	_, values := s.ask(query, team, sprint, quarter)
	if want == 0 && len(values) == 0 || len(values) == 1 && values[0] == want {
		return
	}
	s.t.Errorf("%s: %v is shown, want %v: %s", what, values, want, query)
}

// assertNewest holds what boards show of each figure to its newest telling.
func (s heldStore) assertNewest() {
	s.t.Helper()
	query := queryOf(s.t, "jerem-roadmap.json", "85 % date")
	for _, team := range slices.Sorted(maps.Keys(held)) {
		s.assertValue(team, query, team, "", "Q4-26", 1000*held[team].shown)
	}
	query = queryOf(s.t, "jerem-roadmap.json", "Total")
	s.assertValue("the present quarter", query, "written", "", "Q4-26", 9)
	s.assertValue("a quarter that is over", query, "written", "", "Q3-26", 7)
	query = queryOf(s.t, "jerem-sprint.json", "Remaining")
	s.assertValue("the present sprint", query, "written", "current", "", 4)
	s.assertValue("a sprint that is over", query, "written", "S 9", "", 3)
	s.assertValue("a sprint that was scraped of two instances", query, "ended", "S 1", "", 6)
	s.assertValue("no sprint runs", query, "old", "current", "", 0)
}

// assertPresentFirst holds the values of the variables to their order.
func (s heldStore) assertPresentFirst() {
	s.t.Helper()
	for file, want := range map[string]string{"jerem-portfolio.json": "Q4-26,Q3-26",
		"jerem-roadmap.json": "Q4-26,Q3-26", "jerem-sprint.json": "current,S 10,S 9,S 8"} {
		for _, f := range grafana.Boards(grafana.Prometheus) {
			if f.Name != file {
				continue
			}
			v := f.Board.Templating.List[len(f.Board.Templating.List)-1]
			query := strings.TrimSuffix(strings.TrimPrefix(v.Query, "query_result("), ")")
			labels, _ := s.ask(query, "written", "", "")
			var names []string
			for _, l := range labels {
				names = append(names, l[v.Name])
			}
			if got := strings.Join(names, ","); got != want || v.Sort != 0 {
				s.t.Errorf("%s lists %s, want %s: %s", file, got, want, query)
			}
		}
	}
}

// TestVictoriaShowsTheNewest: a real VictoriaMetrics answers boards with the newest telling of each figure, and lists
// what is present first.
func TestVictoriaShowsTheNewest(t *testing.T) {
	address := publishtest.VictoriaMetrics(t)
	s := holdPoints(t, address)
	if _, err := publishtest.Get(t.Context(), address+"/internal/force_flush"); err != nil {
		t.Fatal(err)
	}
	s.assertNewest()
	s.assertPresentFirst()
}

// TestPrometheusShowsTheNewest: so does a real Prometheus.
func TestPrometheusShowsTheNewest(t *testing.T) {
	s := holdPoints(t, publishtest.Prometheus(t))
	s.assertNewest()
	s.assertPresentFirst()
}
