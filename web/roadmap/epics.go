package roadmap

import (
	"fmt"
	"html/template"
	"slices"

	"jerem/agile"
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/web/format"
	"jerem/web/frame"
)

// epicLine is a row of the table of epics.
type epicLine struct {
	Key, Address, Summary, Initiative            string
	Bar, Spark                                   template.HTML
	Total, Done, Doing, ToDo, Share, Unestimated string
	Waits                                        int
	Carried                                      bool
	Explain                                      string // id of what opens its figures
	Likely, Odds                                 string // what the forecast tells; "" for a quarter that is over
	Verdict                                      format.Verdict
	Chosen                                       bool   // stands in the common burnup
	Choose                                       string // address that adds it there, or takes it out

	epic     measure.QuarterEpic
	forecast *outlook.Forecast // nil for a quarter that is over
}

// fillEpics makes a row of each epic of the quarter, in the order that is asked for, and the row of their sum.
func (p *page) fillEpics(s subject) {
	longest := 0.0
	for _, e := range p.Q.Epics {
		longest = max(longest, e.Total)
	}
	sparks := sparksOf(s, p.W)
	forecasts := p.forecastEpics(s)
	for n, e := range p.Q.Epics {
		line := epicLine{Explain: idOfEpic(n), Key: e.Key,
			Address: frame.IssueAddress(s.ask.base, e.Key, s.ask.keptQuery()),
			Summary: e.Summary,
			Waits:   e.Dependency, Carried: e.CarriedOver, Spark: sparks[e.Key], Unestimated: "–",
			Total: p.W.Column(e.Total), Done: p.W.Column(e.Done), Doing: p.W.Column(e.Doing), ToDo: p.W.Column(e.ToDo),
			Share: format.Percent(e.Progression), epic: e, forecast: forecasts[e.Key],
			Chosen: slices.Contains(s.ask.chosen, e.Key),
			Choose: s.ask.addressOf("epics", toggleKey(s.ask.chosen, e.Key)) + "#epics"}
		line.Bar = frame.HTML(inline.Progress(fmt.Sprintf("%s of %s done", line.Done, line.Total), e.Done, e.Doing,
			e.ToDo,
			longest))
		if e.Initiative != nil {
			line.Initiative = *e.Initiative
		}
		if e.Unestimated != nil {
			line.Unestimated = fmt.Sprint(*e.Unestimated)
		}
		line.tellForecast(s)
		p.Lines = append(p.Lines, line)
	}
	p.Sum = p.sumOfEpics()
	slices.SortStableFunc(p.Lines, s.ask.order.Compare)
	p.Columns = s.ask.tableHeads(p.tellsDates())
	finished := onpage.EpicsDone(s.team, p.Q).Shown.Value
	p.Reading = frame.OpenFigures(fmt.Sprintf("%s of %s done", finished, format.Plural(len(p.Q.Epics), "epic")),
		[2]string{finished, "epics"})
}

// tellForecast writes what the forecast of an epic tells.
func (line *epicLine) tellForecast(s subject) {
	f := line.forecast
	if f == nil {
		return
	}
	line.Verdict, line.Likely, line.Odds = format.Verdicts[f.State], format.LikelyDate(f.Dates.P85, s.at),
		format.OddsWord(f.Odds)
	switch f.State {
	case outlook.StateDone:
		line.Likely, line.Odds = "done", ""
	case outlook.StateUnknown:
		line.Odds = "cannot tell"
	}
}

// sumOfEpics is the row below the epics.
func (p *page) sumOfEpics() epicLine {
	q, unestimated, waits := p.Q, 0, 0
	for _, e := range q.Epics {
		if e.Unestimated != nil {
			unestimated += *e.Unestimated
		}
		waits += e.Dependency
	}
	sum := epicLine{Summary: format.Plural(len(q.Epics), "epic"), Total: p.W.Column(q.Total), Done: p.W.Column(q.Done),
		Doing: p.W.Column(q.Doing), ToDo: p.W.Column(q.ToDo), Share: format.Percent(q.Progression), Waits: waits,
		Unestimated: fmt.Sprint(unestimated)}
	if hasForecastDate(p) {
		f := p.Forecast.F
		sum.Likely, sum.Odds = format.LikelyDate(f.Dates.P85, f.At), format.OddsWord(f.Odds)
		sum.Verdict = format.Verdicts[f.State]
	}
	if q.Unit == agile.Issues {
		sum.Unestimated = "–"
	}
	return sum
}

// forecastEpics asks by when each epic is likely done; epics are taken one after the other. None for a quarter that is
// over.
func (p *page) forecastEpics(s subject) map[string]*outlook.Forecast {
	out := map[string]*outlook.Forecast{}
	if p.Forecast == nil || p.Forecast.F == nil {
		return out
	}
	inquiry := outlook.About(s.team)
	for _, e := range p.Q.Epics {
		if f, err := inquiry.AskDates(outlook.Question{Epic: e.Key}, s.at); err == nil {
			out[e.Key] = f
		}
	}
	return out
}

// sparksOf draws a small burnup of each epic, over the days of the whole quarter.
func sparksOf(s subject, w format.Words) map[string]template.HTML {
	out := map[string]template.HTML{}
	for _, epic := range measure.EpicBurnups(s.team, s.name, s.at) {
		spark := inline.Spark{Places: s.first.DaysUntil(s.last) + 1}
		for _, day := range epic.Days {
			spark.Total, spark.Done = append(spark.Total, day.Total), append(spark.Done, day.Done)
		}
		if n := len(epic.Days); n > 0 {
			begun, now := epic.Days[0], epic.Days[n-1]
			spark.Label = fmt.Sprintf("since %s: total from %s to %s, done from %s to %s", format.DateWord(s.first),
				w.Amount(begun.Total), w.Amount(now.Total), w.Amount(begun.Done), w.Amount(now.Done))
		}
		out[epic.Key] = frame.HTML(spark.SVG())
	}
	return out
}
