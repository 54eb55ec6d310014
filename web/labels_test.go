package web

import (
	"fmt"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jerem/agile"
	"jerem/chart"
	"jerem/chart/charttest"
	"jerem/jira"
	"jerem/measure"
	jirasim "jerem/sim/jira"
	"jerem/sim/world"
	"jerem/store"
	"jerem/sync"
)

// windows are widths of a window in pixels, with those of the drawings in it by the ids of their titles: what the
// style's columns and paddings leave. The tests in a browser hold these to what is really there.
var windows = map[int]map[string]float64{
	390:  {"t-cycle": 298, "t-cfd": 298, "t-ageing": 298, "t-through": 298, "t-burn": 298, "t-imp": 298, "t-vel": 298, "t-burnup": 298, "t-weekly": 298},
	768:  {"t-cycle": 620, "t-cfd": 620, "t-ageing": 620, "t-through": 620, "t-burn": 620, "t-imp": 620, "t-vel": 620, "t-burnup": 620, "t-weekly": 620},
	1024: {"t-cycle": 554.7, "t-cfd": 554.7, "t-ageing": 233.3, "t-through": 233.3, "t-burn": 554.7, "t-imp": 554.7, "t-vel": 233.3, "t-burnup": 876, "t-weekly": 876},
	1280: {"t-cycle": 725.3, "t-cfd": 725.3, "t-ageing": 318.7, "t-through": 318.7, "t-burn": 725.3, "t-imp": 725.3, "t-vel": 318.7, "t-burnup": 1132, "t-weekly": 623.7},
	1920: {"t-cycle": 725.3, "t-cfd": 725.3, "t-ageing": 318.7, "t-through": 318.7, "t-burn": 725.3, "t-imp": 725.3, "t-vel": 318.7, "t-burnup": 1132, "t-weekly": 623.7},
}

// wholeWorld reads a simulated company as of its last day, and returns the figures of its teams.
func wholeWorld(t *testing.T) []*measure.Team {
	t.Helper()
	company := world.New(world.DefaultSeed)
	site, err := company.Site()
	if err != nil {
		t.Fatal(err)
	}
	sim := httptest.NewServer(jirasim.NewServer(site, jirasim.Options{Bearer: "token", Now: func() time.Time { return company.End }}))
	t.Cleanup(sim.Close)
	client, err := jira.New(jira.Config{URL: sim.URL, Token: "token", Rate: 1000})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "jerem.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { kept.Close() })
	var teams []agile.Team
	for _, one := range company.Teams() {
		conf := team(one.Name, one.Key)
		conf.Impediment.Types = one.Types
		if conf.Calendar.Zone, err = time.LoadLocation(one.Zone); err != nil {
			t.Fatal(err)
		}
		teams = append(teams, conf)
	}
	b := &sync.Reader{Jira: client, Store: kept, Teams: teams, Log: slog.New(slog.DiscardHandler)}
	if _, err := b.Collect(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	var out []*measure.Team
	for _, conf := range teams {
		h, err := kept.History(t.Context(), conf)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, measure.Of(h))
	}
	return out
}

// TestLabels walks every sprint and every quarter of a simulated company at its start, after an hour, a day, in the
// middle and at its end, as the present and as a moment that was asked for: at no width lies a text on another, on a
// line of data or on a bar. And what the page says of done and of scope is joined by sums in sight.
func TestLabels(t *testing.T) {
	drawings := 0
	server := &Server{teams: &Source{jira: "https://jira.example"}}
	for _, team := range wholeWorld(t) {
		for _, head := range team.Sprints(team.Now()) {
			if head.Start == nil {
				continue
			}
			end := team.Now()
			if head.Complete != nil {
				end = *head.Complete
			}
			for _, at := range momentsOf(*head.Start, end) {
				sp, err := team.Sprint(head.ID, at)
				if err != nil || sp.Ledger == nil {
					continue
				}
				for _, query := range []string{"", "at=" + url.QueryEscape(at.Format(time.RFC3339))} {
					m := micro{W: wordsOf(team), Unit: wordsOf(team).unitName()}
					m.fill(server, team, sp, at, query)
					if m.Lack != "" {
						continue
					}
					sumsInSight(t, team, sp, at, &m)
					drawings += readable(t, fmt.Sprintf("%s at %s", sp.Name, at), m.Burndown, m.Daily, m.Velocity)
				}
			}
		}
		drawings += flowReadable(t, server, team)
		for _, head := range team.Quarters(team.Now()) {
			drawings += quarterReadable(t, server, team, head.Quarter)
		}
	}
	if drawings < 1000 {
		t.Errorf("%d drawings: the walk is too short", drawings)
	}
}

// flowReadable walks the flow of a team back from the present, over windows of a week, a quarter and two years.
func flowReadable(t *testing.T, server *Server, team *measure.Team) int {
	t.Helper()
	drawings := 0
	for weeks := range 20 {
		at := team.Now().AddDate(0, 0, -11*weeks)
		_, to := team.FlowDates(at)
		for _, long := range []int{6, 89, 700} {
			v := server.flowOf(team, at, to.Add(-long), to, []string{"at", ""})
			what := fmt.Sprintf("flow of %s, %d days until %s", team.History().Team.Name, long, to)
			drawings += readable(t, what, v.Cycle, v.Old, v.Moved, v.Weekly)
		}
	}
	return drawings
}

func quarterReadable(t *testing.T, server *Server, team *measure.Team, quarter string) int {
	t.Helper()
	name, _ := measure.ParseQuarter(quarter)
	first, last := team.Dates(name)
	zone := team.History().Team.Calendar.Zone
	drawings := 0
	moments := append(momentsOf(first.Midnight(zone), last.Add(1).Midnight(zone)), first.Add(7).Midnight(zone), first.Add(-7).Midnight(zone))
	for i, at := range moments {
		if at.After(team.Now()) {
			continue
		}
		// the forecast, which costs more than all the rest, is drawn a day after the beginning and in the middle
		p := roadmap{W: wordsOf(team), Unit: wordsOf(team).unitName(), Q: team.Quarter(name, at), brief: i != 2 && i != 3}
		p.fill(server, team, name, at, "quarter="+quarter)
		drawings += readable(t, fmt.Sprintf("%s of %s at %s", quarter, team.History().Team.Name, at), p.Burnup, p.Weekly)
	}
	return drawings
}

// momentsOf returns a beginning, an hour and a day after it, the middle and the last second before an end, and the end.
func momentsOf(start, end time.Time) []time.Time {
	return []time.Time{start, start.Add(time.Hour), start.Add(24 * time.Hour), start.Add(end.Sub(start) / 2), end.Add(-time.Second), end}
}

// readable holds drawings to their promise at every width, and returns how many there are.
func readable(t *testing.T, what string, list ...*drawn) int {
	t.Helper()
	count := 0
	for _, d := range list {
		if d == nil {
			continue
		}
		count++
		_, id, _ := strings.Cut(string(d.SVG), `<title id="`)
		id, _, _ = strings.Cut(id, `"`)
		for window, widths := range windows {
			for _, fault := range charttest.Faults(string(d.SVG), window, widths[id], chart.TextWidth) {
				t.Errorf("%s, %s in a window of %d: %s", what, id, window, fault)
			}
		}
	}
	return count
}
