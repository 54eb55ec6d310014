package roadmap

import (
	"fmt"
	"testing"

	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
	"jerem/web/webtest"
)

// TestRoadmapLabels walks every quarter of a simulated company from a week before its start to its end: at no width
// lies a text on another, on a line of data or on a bar.
func TestRoadmapLabels(t *testing.T) {
	if testing.Short() {
		t.Skip("walks the whole past of a company")
	}
	drawings := 0
	for _, team := range webtest.World(t) {
		for _, head := range team.Quarters(team.Now()) {
			drawings += quarterReadable(t, team, head.Quarter)
		}
	}
	if drawings < 50 {
		t.Errorf("%d drawings: the walk is too short", drawings)
	}
}

func quarterReadable(t *testing.T, team *measure.Team, quarter string) int {
	t.Helper()
	name, _ := measure.ParseQuarter(quarter)
	first, last := team.Dates(name)
	zone := team.History().Team.Calendar.Zone
	drawings := 0
	moments := append(webtest.MomentsOf(first.Midnight(zone), last.Add(1).Midnight(zone)),
		first.Add(7).Midnight(zone), first.Add(-7).Midnight(zone))
	for i, at := range moments {
		if at.After(team.Now()) {
			continue
		}
		// the forecast, which costs more than all the rest, is drawn a day after the beginning and in the middle
		p := page{W: format.WordsOf(team), Unit: format.WordsOf(team).UnitName(), Q: team.Quarter(name, at),
			brief: i != 2 && i != 3}
		if err := p.fillQuarter(subject.Of(team, name, at, subject.Question{}, "https://jira.example")); err != nil {
			t.Fatal(err)
		}
		svgs := frame.Drawings(p.Burnup, p.Weekly, p.Told.Figure)
		webtest.Readable(t, fmt.Sprintf("%s of %s at %s", quarter, team.History().Team.Name, at), svgs...)
		drawings += len(svgs)
	}
	return drawings
}
