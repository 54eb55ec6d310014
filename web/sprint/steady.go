package sprint

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/explain/explanation"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/sprint/days"
	"jerem/web/sprint/report"
)

// steadyPage is what the page of a sprint that runs tells at all moments of a step, and the texts of its parts, each
// written when it is first shown. Nobody changes it.
type steadyPage struct {
	page page

	mu    sync.Mutex
	texts map[string]template.HTML
}

// sprintKey and steadyKey name the figures of a sprint that runs, and what its page tells, of a step.
type (
	sprintKey struct{ id int64 }
	steadyKey struct {
		id   int64
		jira frame.JiraLinks
	}
)

// compared is how far back a page compares the present: what moved the likely end in a week.
const compared = 7 * 24 * time.Hour

// isKept tells whether what a page tells stands for other viewers of the same step: of the last reading alone.
func isKept(team *measure.Team, at time.Time, query string) bool {
	return query == "" && at.Equal(team.Now()) && isWithinStep(team, at) && isWithinStep(team, at.Add(-compared))
}

// isWithinStep tells whether a moment is not the one with which its step begins: what is strictly before that is so no
// more a moment later.
func isWithinStep(team *measure.Team, at time.Time) bool {
	step, known := team.StepAt(at)
	before, _ := team.StepAt(at.Add(-time.Microsecond))
	return known && step == before
}

// measuredSprint computes a sprint, or takes the figures of one that runs as they are kept. The moment of what is
// listed as done in it without having been completed is then that of the first page of the step.
func measuredSprint(team *measure.Team, id int64, at time.Time, kept bool) (*measure.Sprint, error) {
	if !kept || !runs(team, id, at) {
		return team.NamedSprint(id, at)
	}
	type made struct {
		sprint *measure.Sprint
		err    error
	}
	one := measure.InStep(team, at, sprintKey{id}, func() made {
		sprint, err := team.NamedSprint(id, at)
		return made{sprint, err}
	})
	if one.err != nil {
		return nil, one.err
	}
	sprint := *one.sprint
	sprint.At = at.UTC()
	return &sprint, nil
}

// runs tells whether a sprint is active: of those alone figures are kept, which are few.
func runs(team *measure.Team, id int64, at time.Time) bool {
	return slices.Contains(measure.ActiveSprints(team, at), id)
}

// steadyPart fills in what the page of a sprint tells at all moments of a step, or takes it as it is kept.
func steadyPart(m *page, s *Pages, team *measure.Team, sp *measure.Sprint, at time.Time, kept bool) {
	if !kept || sp.State != agile.Active || sp.Ledger == nil {
		fillSteady(m, s, team, sp, at)
		return
	}
	before, _ := team.StepAt(at.Add(-compared))
	steady := measure.InStepWith(team, at, steadyKey{sp.ID, s.Teams.Jira}, before, func() *steadyPage {
		one := &steadyPage{page: page{W: m.W, Unit: m.Unit, Sprint: sp}, texts: map[string]template.HTML{}}
		fillSteady(&one.page, s, team, sp, at)
		frame.KeepDrawers(one.page.Explains)
		return one
	})
	behind, known, closed := m.Behind, m.known, m.Closed
	*m = steady.page
	m.steady, m.Sprint, m.Behind, m.known, m.Closed = steady, sp, behind, known, closed
	m.Explains = explainedAt(m.Explains, explanation.WordsOf(team).FormatMoment(at))
}

// explainedAt are explanations as of another moment: issues that are done in a sprint and were not completed in it are
// listed with the moment shown.
func explainedAt(list []frame.Explanation, moment string) []frame.Explanation {
	out := slices.Clone(list)
	for n := range out {
		out[n] = out[n].WithTimes(func(row frame.ExplanationRow) string {
			if row.What == explain.ReconciliationWords[measure.RowCountedOutside] {
				return moment
			}
			return row.Time
		})
	}
	return out
}

// Shown is a part of the page by the name of its template: the text that is kept of it, or written anew.
func (m page) Shown(name string) (template.HTML, error) {
	if m.steady == nil {
		return writePart(m, name)
	}
	m.steady.mu.Lock()
	defer m.steady.mu.Unlock()
	if text, kept := m.steady.texts[name]; kept {
		return text, nil
	}
	text, err := writePart(m, name)
	if err == nil {
		m.steady.texts[name] = text
	}
	return text, err
}

// writePart writes a part of the page.
func writePart(m page, name string) (template.HTML, error) {
	var text strings.Builder
	err := pageTemplate.ExecuteTemplate(&text, name, m)
	return template.HTML(text.String()), err
}

// fillSteady puts in what is the same at all moments of a step.
func fillSteady(m *page, s *Pages, team *measure.Team, sp *measure.Sprint, at time.Time) {
	m.Sprint, m.Goal, m.Span = sp, sp.Goal, "the sprint"
	m.Grade, m.Reasons = sp.Quality.Grade, format.ReasonList(sp.Quality)
	fillHeader(m, sp)
	keep := ""
	if m.Asked != "" {
		keep = "?at=" + url.QueryEscape(m.Asked)
	}
	base := frame.TeamAddress(team.History().Team.Name)
	listSprints(m, team, sp, at, base, keep)
	m.CSV = fmt.Sprintf("%s/sprints/%d/ledger.csv%s", base, sp.ID, keep)
	fillStates(m, sp)
	if sp.Ledger == nil {
		m.fillPlanned(team, sp, at, base, keep)
		return
	}
	fillLedger(m, sp)
	fillReconciliation(m, sp)
	m.WhyNoAmounts = sp.WhyNoAmounts()
	m.Explains = append(m.Explains, drawer.Sprint(team, sp, s.Teams.Jira)...)
	m.askForecast(s, team, sp, at, base, keep)
	if m.WhyNoAmounts != "" {
		m.Scope = frame.OpenFigures(format.Capital(m.WhyNoAmounts))
		m.Reasons, m.Reconciliation = format.OrElse(m.Reasons, m.WhyNoAmounts), nil
		m.Sentence = emptySentence(m, sp)
		if sp.Unestimated != nil && *sp.Unestimated > 0 {
			m.LedgerNote = "The ledger counts an issue without an estimate as 0: its sums are right, and measure " +
				"nothing."
		}
	} else {
		m.writeSentence(sp)
	}
	m.fillEvents(team, sp, at, base, keep)
	ax := days.NewAxis(team, sp, at)
	m.fillImpediments(team, sp, ax, at, base, keep)
	m.fillOnCall(s, team, sp)
	fillPastSprints(m, team, sp, at, base, keep)
	m.Report = report.Lists(team, sp, at, reportLinks(m, base, keep))
}

// listSprints lists the sprints of the team, those that are active beside the one shown, and the next one.
func listSprints(m *page, team *measure.Team, sp *measure.Sprint, at time.Time, base, keep string) {
	heads := team.Sprints(at)
	names := measure.DistinctNames(heads)
	for _, h := range slices.Backward(heads) {
		m.Sprints = append(m.Sprints, frame.Choice{Name: names[h.ID],
			Address: fmt.Sprintf("%s/sprints/%d%s", base, h.ID, keep),
			Here:    h.ID == sp.ID})
	}
	for _, h := range measure.OthersActive(team, sp.ID, at) {
		m.Others = append(m.Others, frame.Choice{Name: h.Name,
			Address: fmt.Sprintf("%s/sprints/%d%s", base, h.ID, keep)})
	}
	if next, ok := measure.NextSprint(team, sp.ID, at); ok {
		m.Next = &nextSprint{Name: next.Name, Address: fmt.Sprintf("%s/sprints/%d%s", base, next.ID, keep),
			From: "no date yet"}
		switch {
		case next.Start == nil:
		case next.Start.After(at):
			m.Next.From = "from " + m.W.Day(*next.Start)
		default:
			m.Next.From = "was to start on " + m.W.Day(*next.Start)
		}
	}
}

// fillMoving puts in what time alone moves: the ideal line's value, where now is, the day that goes on.
func fillMoving(m *page, team *measure.Team, sp *measure.Sprint, at time.Time) {
	base := frame.TeamAddress(team.History().Team.Name)
	ideal, ax := idealOf(team, sp, at), days.NewAxis(team, sp, at)
	m.fillTiles(sp, ideal)
	m.drawBurndown(sp, ax, at, ideal)
	m.fillDays(team, sp, ax, at, base)
	fillWalk(m, sp, ax, at, base)
}
