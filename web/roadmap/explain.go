package roadmap

import (
	"fmt"

	"jerem/measure/explain/explanation"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/web/drawer"
	"jerem/web/frame"
	"jerem/web/roadmap/subject"
)

// explainTables opens the figures of the roadmap's tables: a drawer for each epic and its forecast, each week and the
// sums.
func (p *page) explainTables(s subject.Subject) {
	add := func(id string, e explanation.Explanation) { p.Explains = append(p.Explains, drawer.Of(id, e, s.Jira)) }
	for _, line := range p.Lines {
		add(line.Explain, onpage.Epic(s.Team, p.Q, line.epic))
		if line.forecast != nil && line.forecast.State != outlook.StateDone {
			opened := drawersOf(line.Explain+"-", onpage.EpicForecast(s.Team, line.forecast), s.Jira)
			p.Explains = append(p.Explains, opened...)
		}
	}
	unestimated, waits := onpage.EpicsLacking(p.Q)
	add("epics", onpage.EpicsDone(p.Q))
	add("unestimated", unestimated)
	add("waits", waits)
	for i := range p.Weeks {
		add(p.Weeks[i].Explain, onpage.WeekGain(s.Team, p.Q, i, p.Weeks[i].days))
	}
}

// drawersOf opens odds and dates of a forecast under ids that begin with a prefix.
func drawersOf(prefix string, list []explanation.Explanation, jira frame.JiraLinks) []frame.Explanation {
	var out []frame.Explanation
	for _, e := range list {
		for _, one := range [][2]string{{"odds", "odds"}, {"dates.p50", "date-50"}, {"dates.p85", "date-85"}} {
			if e.Figure.Name == one[0] {
				out = append(out, drawer.Of(prefix+one[1], e, jira))
			}
		}
	}
	return out
}

// idOfEpic is what opens the figures of the epic at a place of the quarter.
func idOfEpic(n int) string { return fmt.Sprintf("epic-%d", n) }

// idOfWeek is what opens the figures of a week of the quarter.
func idOfWeek(n int) string { return fmt.Sprintf("week-%d", n) }
