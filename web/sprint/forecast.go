package sprint

import (
	"fmt"
	"html/template"
	"jerem/measure/explain"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// forecastEnd is what the forecast tells of a sprint that is active.
type forecastEnd struct {
	Said    template.HTML
	Verdict format.Verdict
}

// lateWork is the work in progress that needs a look, as the flow tells it.
type lateWork struct {
	Said template.HTML
	Rows []frame.LateLine
	Flow string // address of the flow's page
	CSV  string
}

// fillForecast tells when a sprint that is active is likely done, with the odds for its planned end.
func (m *page) fillForecast(team *measure.Team, sp *measure.Sprint, at time.Time) {
	if sp.State != agile.Active || m.WhyNoAmounts != "" {
		return
	}
	f, err := outlook.AskDates(team, outlook.Question{Sprint: sp.ID}, at)
	if err != nil || f.State == outlook.StateDone {
		return
	}
	l := &forecastEnd{Verdict: format.Verdicts[f.State]}
	m.Likely = l
	end := "its end"
	if d, ok := format.DateOf(f.Deadline); ok {
		end = format.DateWord(d)
	}
	p50, p85 := format.LikelyDate(f.Dates.P50, at), format.LikelyDate(f.Dates.P85, at)
	numbers := "50 % " + p50 + ", 85 % " + p85 + ", odds " + format.OddsWord(f.Odds)
	if f.Why != "" {
		l.Said, numbers = template.HTML("Likely end: "+frame.LinkFigure("likely", f.Why)+"."), f.Why
	} else {
		l.Said = template.HTML(fmt.Sprintf("Likely end: %s in half of the outcomes, %s in 85%s%%; the odds for "+
			"%s are %s.",
			frame.LinkFigure("likely", p50), frame.LinkFigure("likely", p85), format.Thin, end,
			frame.LinkFigure("likely", format.OddsWord(f.Odds))))
	}
	m.Explains = append(m.Explains, frame.Explanation{ID: "likely", Name: "Likely end", Value: p85,
		Unit: "with odds of 85 %", Grade: m.Grade, Reasons: m.Reasons,
		Formula: frame.Formula("10,000 trials of what remains, drawn from all that the team finished, widened by the "+
			"record of past forecasts", numbers),
		Notes: []string{"On track from odds of 85 %, at risk from 25 %, unlikely below."}})
}

// fillLateWork lists the work in progress that needs a look: of the present sprint, for late is told of a moment.
func (m *page) fillLateWork(s *Pages, team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	if sp.State != agile.Active {
		return
	}
	late := flow.Late(team, at)
	m.Late = &lateWork{Said: frame.OpenFigures(frame.LateReading(len(late)), [2]string{fmt.Sprint(len(late)), "late"}),
		Rows: frame.LateLines(late, m.W, base, keep), Flow: base + "/flow" + keep, CSV: base + "/flow/late.csv" + keep}
	e := frame.Explanation{ID: "late", Name: "Late today", Value: fmt.Sprint(len(late)),
		Unit: format.IssueWord(len(late)),
		Formula: frame.Formula("issues in progress that are older than 85 % of what left their column in 90 days, "+
			"untouched, or flagged", fmt.Sprint(len(late)))}
	for _, l := range late {
		e.Rows = append(e.Rows, frame.ExplanationRow{Key: l.Issue,
			What: strings.TrimSpace(l.Summary + ": " + explain.WhyLate(l, m.W.Zone)), Value: fmt.Sprint(l.Age)})
		e.Keys = append(e.Keys, l.Issue)
	}
	e.Jira = s.Teams.Jira.Search(e.Keys)
	m.Explains = append(m.Explains, e)
}
