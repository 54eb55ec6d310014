package sprint

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
	"jerem/web/webtest"
)

// TestSprintLabels walks every sprint of a simulated company at its start, after an hour, a day, in the middle and at
// its end, as the present and as a moment that was asked for: at no width lies a text on another, on a line of data or
// on a bar. And what the page says of done and of scope is joined by sums in sight.
func TestSprintLabels(t *testing.T) {
	if testing.Short() {
		t.Skip("walks the whole past of a company")
	}
	drawings := 0
	pages := &Pages{Teams: &source.Teams{Jira: "https://jira.example"}}
	for _, team := range webtest.World(t) {
		for _, head := range team.Sprints(team.Now()) {
			if head.Start == nil {
				continue
			}
			end := team.Now()
			if head.Complete != nil {
				end = *head.Complete
			}
			for _, at := range webtest.MomentsOf(*head.Start, end) {
				sp, err := team.Sprint(head.ID, at)
				if err != nil || sp.Ledger == nil {
					continue
				}
				for _, query := range []string{"", "at=" + url.QueryEscape(at.Format(time.RFC3339))} {
					m := page{W: format.WordsOf(team), Unit: format.WordsOf(team).UnitName(),
						Asked: frame.AskedAt(query)}
					if err := m.fillSprint(pages, team, sp, at, false); err != nil {
						t.Fatal(err)
					}
					if m.WhyNoAmounts != "" {
						continue
					}
					sumsInSight(t, team, sp, at, &m)
					daysAddUp(t, team, sp, at)
					outcomesInOrder(t, sp, m.Likely)
					svgs := frame.Drawings(m.Burndown, m.Daily, m.Velocity)
					webtest.Readable(t, fmt.Sprintf("%s at %s", sp.Name, at), svgs...)
					drawings += len(svgs)
				}
			}
		}
	}
	if drawings < 1000 {
		t.Errorf("%d drawings: the walk is too short", drawings)
	}
}
