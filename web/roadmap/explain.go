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

// open adds what opens a figure of the quarter under an id; and names what it is one of besides.
func (p *page) open(s subject.Subject, id string, e explanation.Explanation, and ...string) frame.Explanation {
	one := drawer.Addressed([]frame.Explanation{drawer.Of(id, e, s.Jira)}, s.Team, p.Q.At,
		append([]string{"quarter", p.Q.Quarter}, and...)...)[0]
	p.Explains = append(p.Explains, one)
	return one
}

// explainTables opens the figures of the roadmap's tables: a drawer for each epic and its forecast, each week and the
// sums.
func (p *page) explainTables(s subject.Subject) {
	for _, line := range p.Lines {
		of := []string{"epic", line.Key, "quarter", p.Q.Quarter}
		epic := openedEpic(onpage.Epic(s.Team, p.Q, line.epic), line.Explain, len(p.Lines), s.Jira)
		opened := drawer.Addressed([]frame.Explanation{epic}, s.Team, p.Q.At, of...)
		opened[0].Whole = opened[0].Address
		p.Explains = append(p.Explains, opened...)
		if line.forecast != nil && line.forecast.State != outlook.StateDone {
			opened := drawersOf(line.Explain+"-", onpage.EpicForecast(s.Team, line.forecast), s.Jira)
			p.Explains = append(p.Explains, drawer.Addressed(opened, s.Team, p.Q.At, of[:2]...)...)
		}
	}
	unestimated, waits := onpage.EpicsLacking(p.Q)
	p.open(s, "epics", onpage.EpicsDone(p.Q))
	p.open(s, "unestimated", unestimated)
	p.open(s, "waits", waits)
	gains := onpage.WeekGains(s.Team, p.Q)
	for n, week := range p.Weeks { // none are listed before the first estimate
		p.open(s, week.Explain, gains[n], "week", gains[n].Row)
	}
}

// The issues of all epics that their drawers list together: of many epics each lists fewer.
const (
	mostEpicRows  = 360
	leastEpicRows = 6
)

// openedEpic opens an epic, one of so many of the page: what is done of it, with the first of its issues.
func openedEpic(e explanation.Explanation, id string, epics int, jira frame.JiraLinks) frame.Explanation {
	out := drawer.Of(id, e, jira)
	out.Rows = out.Rows[:min(len(out.Rows), max(leastEpicRows, mostEpicRows/epics))]
	out.More = len(e.Inputs) - len(out.Rows)
	return out
}

// drawersOf opens odds and dates of a forecast under ids that begin with a prefix.
func drawersOf(prefix string, list []explanation.Explanation, jira frame.JiraLinks) []frame.Explanation {
	var out []frame.Explanation
	for _, e := range list {
		for _, one := range [][2]string{{"odds", "odds"}, {"dates.p50", "date-50"}, {"dates.p85", "date-85"}} {
			if e.Figure.Name == one[0] {
				opened := drawer.Of(prefix+one[1], e, jira)
				opened.Figure = explanation.OfForecast + opened.Figure // an epic may have one of the same name
				out = append(out, opened)
			}
		}
	}
	return out
}

// idOfEpic is what opens the figures of the epic at a place of the quarter.
func idOfEpic(n int) string { return fmt.Sprintf("epic-%d", n) }

// idOfWeek is what opens the figures of a week of the quarter.
func idOfWeek(n int) string { return fmt.Sprintf("week-%d", n) }
