package flow

import (
	"fmt"
	"testing"

	"jerem/measure/flow"
	"jerem/web/frame"
	"jerem/web/source"
	"jerem/web/webtest"
)

// TestFlowLabels walks the flow of each team of a simulated company back from the present, over windows of a week, a
// quarter and two years: at no width lies a text on another, on a line of data or on a bar.
func TestFlowLabels(t *testing.T) {
	if testing.Short() {
		t.Skip("walks the whole past of a company")
	}
	pages := &Pages{&source.Teams{Jira: "https://jira.example"}}
	drawings := 0
	for _, team := range webtest.World(t) {
		for weeks := range 20 {
			at := team.Now().AddDate(0, 0, -11*weeks)
			_, to := flow.DefaultDates(team, at)
			for _, long := range []int{6, 89, 700} {
				v := pages.flowOf(team, at, to.Add(-long), to, []string{"at", ""})
				svgs := frame.Drawings(v.Cycle, v.Ageing, v.Cumulative, v.Throughput)
				webtest.Readable(t, fmt.Sprintf("flow of %s, %d days until %s", team.History().Team.Name, long, to),
					svgs...)
				drawings += len(svgs)
			}
		}
	}
	if drawings < 500 {
		t.Errorf("%d drawings: the walk is too short", drawings)
	}
}
