package roadmap

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/chart/inline"
	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/outlook"
	"jerem/sorting"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/roadmap/initiatives"
	"jerem/web/roadmap/subject"
)

// epicLine is a row of the table of epics.
type epicLine struct {
	Key, Address, Summary, Initiative            string
	Bar                                          template.HTML
	Spark                                        sparkline
	Total, Done, Doing, ToDo, Share, Unestimated string
	Waits                                        int
	Carried                                      bool
	Explain                                      string // id of what opens its figures
	Likely, Odds                                 string // what the forecast tells; "" for a quarter that is over
	Verdict                                      format.Verdict
	Small                                        bool   // has a small burnup among the initiatives
	Chosen                                       bool   // stands in the common burnup
	Choose                                       string // address that adds it there, or takes it out
	IsDated                                      bool   // the table has columns of dates and odds

	epic     measure.QuarterEpic
	forecast *outlook.Forecast // nil for a quarter that is over
}

// fillEpics makes a row of each epic of the quarter, in the order that is asked for, and the row of their sum.
func (p *page) fillEpics(s subject.Subject) {
	longest := 0.0
	for _, e := range p.Q.Epics {
		longest = max(longest, e.Total)
	}
	sparks := sparksOf(s, p.W)
	forecasts := map[string]*outlook.Forecast{} // none of a quarter that is over
	if p.Forecast != nil && p.Forecast.F != nil {
		forecasts = onpage.ForecastEpics(s.Team, p.Q)
	}
	for n, e := range p.Q.Epics {
		line := epicLine{Explain: idOfEpic(n), Key: e.Key,
			Address: frame.IssueAddress(s.Ask.Base, e.Key, s.Ask.KeptQuery()),
			Summary: e.Summary,
			Waits:   e.Dependency, Carried: e.CarriedOver, Spark: sparks[e.Key], Unestimated: "–",
			Total: p.W.Column(e.Total), Done: p.W.Column(e.Done), Doing: p.W.Column(e.Doing), ToDo: p.W.Column(e.ToDo),
			Share: format.Percent(e.Progression), epic: e, forecast: forecasts[e.Key],
			Chosen: slices.Contains(s.Ask.Chosen, e.Key),
			Choose: s.Ask.AddressOf("epics", subject.ToggleKey(s.Ask.Chosen, e.Key)) + "#epics-card"}
		line.Bar = frame.HTML(inline.Progress(e.Done, e.Doing, e.ToDo, longest))
		if e.Initiative != nil {
			line.Initiative = *e.Initiative
		}
		if e.Unestimated != nil {
			line.Unestimated = fmt.Sprint(*e.Unestimated)
		}
		line.tellForecast(s)
		p.Lines = append(p.Lines, line)
	}
	p.Sum = sumOfEpics(p)
	sorting.By(p.Lines, p.order.Compare)
	p.ShownLines, p.FoldedLines = frame.FoldRows(p.Lines)
	if n := len(p.FoldedLines); n > 0 { // the sum stands between them
		p.Sum.Summary += fmt.Sprintf(", %d of them below", n)
	}
	p.Columns = tableHeads(s.Ask, p.order, p.tellsDates())
	p.Reading = readEpics(p, s, forecasts)
}

// fillInitiatives draws the epics side by side, in the order of the quarter, and tells their rows.
func (p *page) fillInitiatives(s subject.Subject) {
	var epics []initiatives.Epic
	for n, e := range p.Q.Epics {
		at := slices.IndexFunc(p.Lines, func(line epicLine) bool { return line.Key == e.Key })
		epics = append(epics, initiatives.Epic{QuarterEpic: e, Forecast: p.Lines[at].forecast, Explain: idOfEpic(n)})
	}
	view, opened := initiatives.Of(s, p.Q, p.W, epics, s.First.DaysUntil(axisEnd(p, s))+1)
	p.Smalls, p.Explains = view, append(p.Explains, opened...)
	for n := range p.Lines {
		p.Lines[n].Small, p.Lines[n].IsDated = view != nil, p.Likely()
	}
}

// readEpics says how many epics are done, how many have no work in the quarter, and how many of the others are less
// likely than not to be done by its end.
func readEpics(p *page, s subject.Subject, forecasts map[string]*outlook.Forecast) template.HTML {
	finished := onpage.EpicsDone(p.Q).Shown.Value
	all := format.Plural(len(p.Q.Epics), "epic")
	text, links := finished+" of "+all+" done", [][2]string{{finished, "epics"}, {all, "epics"}}
	empty := 0
	for _, line := range p.Lines {
		if line.forecast != nil && line.epic.Issues == 0 {
			empty++
		}
	}
	if empty > 0 {
		text += fmt.Sprintf(", %d with no work in %s", empty, p.Q.Quarter)
		links = append(links, [2]string{fmt.Sprint(empty), "epics"})
	}
	others, known := onpage.OpenEpics(p.Q, forecasts)
	if !known {
		return frame.OpenFigures(text, links...)
	}
	told := p.open(s, "epics-late", onpage.EpicsLate(p.Q, others, format.DateWord(s.Last)))
	late, odds := othersByOdds(others, told.Value, len(others) == len(p.Q.Epics))
	text += fmt.Sprintf("; %s %s for %s", late, odds, format.DateWord(s.Last))
	return frame.OpenFigures(text, append(links, [2]string{late, told.ID})...)
}

// othersByOdds says how many of the epics that are not done have odds under one half; of none, where the odds of all
// are known, that they have more. Where none is done they are no others, but all of the epics.
func othersByOdds(others []onpage.EpicOdds, late string, areAll bool) (who, have string) {
	const under, least = "odds under 50" + format.Thin + "%", "odds of 50 % or more"
	all := format.Plural(len(others), "other")
	if areAll {
		all = "them"
	}
	unknown := slices.ContainsFunc(others, func(e onpage.EpicOdds) bool { return e.Odds == nil })
	switch {
	case late != "0":
		return late + " of " + all, format.Agree(late, "has ", "have ") + under
	case unknown:
		return "none of " + all, "has " + under
	case len(others) == 1 && areAll:
		return "it", "has " + least
	case len(others) == 1:
		return all, "has " + least
	}
	return "each of " + all, "has " + least
}

// tellForecast writes what the forecast of an epic tells.
func (line *epicLine) tellForecast(s subject.Subject) {
	f := line.forecast
	if f == nil {
		return
	}
	line.Verdict, line.Likely, line.Odds = format.Verdicts[f.State], format.LikelyDate(f.Dates.P85, s.At),
		format.OddsWord(f.Odds)
	switch f.State {
	case outlook.StateDone:
		line.Likely, line.Odds = "done", ""
	case outlook.StateUnknown:
		line.Odds = "cannot tell"
	}
}

// sumOfEpics is the row below the epics.
func sumOfEpics(p *page) epicLine {
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
	if hasForecastDate(p) || hasForecastOdds(p) {
		f := p.Forecast.F
		sum.Likely, sum.Odds = format.LikelyDate(f.Dates.P85, f.At), format.OddsWord(f.Odds)
		sum.Verdict = format.Verdicts[f.State]
	}
	if q.Unit == agile.Issues {
		sum.Unestimated = "–"
	}
	return sum
}

// sparkline is the small burnup of a row, and what it says in words.
type sparkline struct {
	Drawing template.HTML
	Label   string
}

// sparksOf draws a small burnup of each epic, over the days of the whole quarter.
func sparksOf(s subject.Subject, w format.Words) map[string]sparkline {
	out := map[string]sparkline{}
	for _, epic := range measure.EpicBurnups(s.Team, s.Name, s.At) {
		spark := inline.Spark{Places: s.First.DaysUntil(s.Last) + 1}
		for _, day := range epic.Days {
			spark.Total, spark.Done = append(spark.Total, day.Total), append(spark.Done, day.Done)
		}
		if n := len(epic.Days); n > 0 {
			begun, now := epic.Days[0], epic.Days[n-1]
			spark.Label = fmt.Sprintf("since %s: total from %s to %s, done from %s to %s", format.DateWord(s.First),
				w.Amount(begun.Total), w.Amount(now.Total), w.Amount(begun.Done), w.Amount(now.Done))
		}
		out[epic.Key] = sparkline{frame.HTML(spark.SVG()), spark.Label}
	}
	return out
}

// epicColumns are the columns that the epics can be ordered by, in the order of the table; the last two stand only
// where epics have likely dates.
var epicColumns = []asked.Column[epicLine]{
	{Parameter: "epic", Name: "Epic", Text: func(e epicLine) string { return e.Summary }},
	{Parameter: "total", Name: "Total", Value: func(e epicLine) *float64 { return &e.epic.Total }},
	{Parameter: "done", Name: "Done", Value: func(e epicLine) *float64 { return &e.epic.Done }},
	{Parameter: "doing", Name: "Doing", Value: func(e epicLine) *float64 { return &e.epic.Doing }},
	{Parameter: "todo", Name: "To do", Value: func(e epicLine) *float64 { return &e.epic.ToDo }},
	{Parameter: "share", Name: "Share", Value: func(e epicLine) *float64 { return e.epic.Progression }},
	{Parameter: "unestimated", Name: "No estimate",
		Value: func(e epicLine) *float64 { return asked.Number(e.epic.Unestimated) }},
	{Parameter: "waits", Name: "Waits", Value: func(e epicLine) *float64 { return asked.Number(&e.epic.Dependency) }},
	{Parameter: "date", Name: "85" + format.Thin + "% date", Value: likelyDay},
	{Parameter: "odds", Name: "Odds", Value: oddsTold},
}

// columnsOfDates is how many of the columns tell a likely date.
const columnsOfDates = 2

// likelyDay is the 85 % date of an epic as a number; what is done comes before all dates.
func likelyDay(e epicLine) *float64 {
	day := 0.0
	if e.forecast == nil || e.forecast.State == outlook.StateDone {
		return &day
	}
	date, ok := format.DateOf(e.forecast.Dates.P85)
	if !ok {
		return nil
	}
	day = float64(date.In(time.UTC, 0).Unix())
	return &day
}

// oddsTold are the odds of an epic; what is done is certain.
func oddsTold(e epicLine) *float64 {
	if e.forecast == nil || e.forecast.State == outlook.StateDone {
		certain := 1.0
		return &certain
	}
	return e.forecast.Odds
}

// tableHeads are the heads of the columns, in an order that the address asks for.
func tableHeads(q subject.Question, order asked.Order[epicLine], told bool) []asked.ColumnHead {
	columns := epicColumns
	if !told {
		columns = columns[:len(columns)-columnsOfDates]
	}
	return order.Heads(columns, func(sort string) string { return q.AddressOf("sort", sort) + "#epics-card" })
}

// looseEpics are the epics of a team that belong to no quarter: what is known of the work while quarters are not told.
type looseEpics struct {
	Reading string
	Lines   []looseEpic
	More    string // how many are left out; "" for none
	CSV     string
	Others  string // the values of quarter.by that the file does not have; "" where some epic has a quarter
}

// looseEpic is an epic that belongs to no quarter. What its sum does not say stands behind it.
type looseEpic struct {
	Key, Address, Summary, Sum, Opens, Rest string
	Bar                                     template.HTML
}

// mostLoose are the epics without a quarter that are shown.
const mostLoose = 30

// epicsWithoutQuarter tells the epics that no quarter has, each as a whole, and how quarters may be told.
func epicsWithoutQuarter(s subject.Subject) *looseEpics {
	w, epics := format.WordsOf(s.Team), measure.EpicsWithoutQuarter(s.Team, s.At)
	view := &looseEpics{Reading: "The team has no epic",
		CSV: frame.WithQuery(s.Ask.Base+"/epics-without-quarter.csv", "at", s.Ask.AskedMoment())}
	if len(s.Team.Quarters(s.At)) == 0 && len(epics) > 0 {
		var others []string
		for _, by := range []agile.QuarterBy{agile.ByLabel, agile.ByFixVersion, agile.ByDueDate} {
			if (agile.QuarterRule{By: by}).Field() != s.Team.History().Team.Quarter.Field() {
				others = append(others, string(by))
			}
		}
		view.Others = strings.Join(others, " or ")
	}
	longest, done := 0.0, 0
	for _, e := range epics {
		longest = max(longest, e.Total)
		if e.IsDone() {
			done++
		}
	}
	if len(epics) > 0 {
		view.Reading = fmt.Sprintf("%s, %d done", format.Plural(len(epics), "epic"), done)
	}
	for _, e := range epics[:min(len(epics), mostLoose)] {
		line := looseEpic{Key: e.Key, Address: frame.IssueAddress(s.Ask.Base, e.Key, s.Ask.KeptQuery()),
			Summary: e.Summary, Sum: w.Amount(e.Done) + " of " + w.Count(e.Total),
			Opens: frame.WithQuery("/explain", "figure", "progression", "team", s.Team.History().Team.Name,
				"epic", e.Key, "at", s.Ask.AskedMoment()),
			Bar: frame.HTML(inline.Progress(e.Done, e.Doing, e.ToDo, longest))}
		switch {
		case e.Issues == 0:
			line.Sum, line.Rest = "", "no issue belongs to it"
		case e.Total == 0:
			line.Sum, line.Rest = "", format.Plural(e.Issues, "issue")+", none with an estimate, "+
				fmt.Sprint(e.Open)+" not done"
		case e.Unestimated != nil && *e.Unestimated > 0:
			line.Rest = format.Plural(*e.Unestimated, "issue") + " without an estimate"
		}
		view.Lines = append(view.Lines, line)
	}
	if n := len(epics) - mostLoose; n > 0 {
		view.More = format.Plural(n, "more epic")
	}
	return view
}
