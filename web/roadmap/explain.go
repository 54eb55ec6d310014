package roadmap

import (
	"fmt"
	"strings"

	"jerem/measure"
	"jerem/measure/explain"
	"jerem/web/format"
	"jerem/web/frame"
)

// explainTables opens the figures of the roadmap's tables: a drawer for each epic, each week and the sums.
func (p *page) explainTables(s *Pages) {
	add := func(e frame.Explanation) {
		e.Grade, e.Reasons = p.Q.Quality.Grade, format.ReasonList(p.Q.Quality)
		p.Explains = append(p.Explains, e)
	}
	for i, e := range p.Q.Epics {
		p.Lines[i].Explain = fmt.Sprintf("epic-%d", i)
		one := explainEpic(p, s, p.Lines[i].Explain, e)
		if told := epicOdds(p.Lines[i]); told != "" {
			one.Notes = append(one.Notes, told+".")
		}
		add(one)
	}
	add(explainEpics(p))
	add(explainLacks(p))
	for i := range p.Weeks {
		p.Weeks[i].Explain = fmt.Sprintf("week-%d", i)
		add(explainWeek(p, i))
	}
}

func explainEpic(p *page, s *Pages, id string, e measure.QuarterEpic) frame.Explanation {
	w := p.W
	numbers := fmt.Sprintf("%s + %s + %s = %s", w.Amount(e.Done), w.Amount(e.Doing), w.Amount(e.ToDo),
		w.Amount(e.Total))
	if e.Progression != nil {
		numbers += fmt.Sprintf("; %s ÷ %s = %s", w.Amount(e.Done), w.Amount(e.Total), format.Percent(e.Progression))
	}
	out := frame.Explanation{ID: id, Name: e.Key + " " + e.Summary, Value: w.Amount(e.Done),
		Unit: "of " + w.Count(e.Total), Keys: []string{e.Key}, Jira: s.Teams.Jira.Search([]string{e.Key}),
		Formula: frame.Formula("done + doing + to do = total, over the issues of the epic; done ÷ total is its share",
			numbers),
		Notes: []string{fmt.Sprintf("Of its %s, %d wait on another team.", format.Plural(e.Issues, "issue"),
			e.Dependency)}}
	if e.Unestimated != nil {
		out.Notes = append(out.Notes, fmt.Sprintf("%s without an estimate: they count 0 in every sum, so the sums are "+
			"lower bounds.", format.Plural(*e.Unestimated, "issue")))
	}
	if e.CarriedOver {
		out.Notes = append(out.Notes, "Carried over: what was done before the quarter and still is, is left out.")
	}
	return out
}

// epicFinished tells whether all that is estimated in an epic is done.
func epicFinished(e measure.QuarterEpic) bool { return e.Total > 0 && e.Done == e.Total }

func explainEpics(p *page) frame.Explanation {
	e := frame.Explanation{ID: "epics", Name: "Epics done", Unit: "of " + format.Plural(len(p.Q.Epics), "epic")}
	count := 0
	for _, one := range p.Q.Epics {
		if epicFinished(one) {
			count++
		}
		e.Rows = append(e.Rows, frame.ExplanationRow{Key: one.Key, What: one.Summary,
			Value: p.W.Amount(one.Done) + " of " + p.W.Amount(one.Total)})
	}
	e.Value = fmt.Sprint(count)
	e.Formula = frame.Formula("epics of the quarter whose done is their total, above 0",
		fmt.Sprintf("%d of %d", count, len(p.Q.Epics)))
	return e
}

// explainLacks lists by epic the issues without an estimate and those that wait.
func explainLacks(p *page) frame.Explanation {
	e := frame.Explanation{ID: "lacks", Name: "No estimate, waits", Value: p.Sum.Unestimated,
		Unit: fmt.Sprintf("without an estimate, %d wait on another team", p.Sum.Waits)}
	var none, waits []string
	for _, one := range p.Q.Epics {
		missing := "–"
		if one.Unestimated != nil {
			missing = fmt.Sprint(*one.Unestimated)
		}
		none, waits = append(none, missing), append(waits, fmt.Sprint(one.Dependency))
		e.Rows = append(e.Rows, frame.ExplanationRow{Key: one.Key, What: one.Summary,
			Value: fmt.Sprintf("%s and %d of %d", missing, one.Dependency, one.Issues)})
	}
	e.Formula = frame.Formula("issues of the epics without an estimate; issues that carry the label of a dependency",
		explain.Sum(none, p.Sum.Unestimated)+"; "+explain.Sum(waits, fmt.Sprint(p.Sum.Waits)))
	if p.Sum.Unestimated == "–" {
		e.Notes = []string{"This team counts issues: none needs an estimate."}
	}
	return e
}

func explainWeek(p *page, i int) frame.Explanation {
	line := p.Weeks[i]
	before := "0"
	if i > 0 {
		before = p.Weeks[i-1].Done
	}
	numbers := fmt.Sprintf("%s − %s = %s", line.Done, before, strings.TrimPrefix(line.Gained, "+"))
	if line.Share != "–" {
		numbers += fmt.Sprintf("; %s ÷ %s = %s", line.Done, line.Total, line.Share)
	}
	return frame.Explanation{ID: line.Explain, Name: line.Week + ", " + line.Dates, Value: line.Gained, Unit: p.Unit,
		Formula: frame.Formula("done at the end of the week − done at the end of the week before = gained; done ÷ "+
			"total is the share", numbers),
		Notes: []string{line.Days + " working days. A week that took more back than it did gains less than 0."}}
}
