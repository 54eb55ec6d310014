package roadmap

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/explain"
	"jerem/measure/outlook"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

// forecastView is what the roadmap tells of the forecast. Of a quarter that is over it tells what was said and what
// came.
type forecastView struct {
	F      *outlook.Forecast // nil for a quarter that is over
	Tiles  []frame.Tile
	Said   string // headline of the section
	Record record
	Moved  sumView
	Price  priceView
	CSV    map[string]string // addresses of the tables as files
}

// record is how often dates like these held.
type record struct {
	Reading string
	Lines   []recordLine
	Note    string
}

type recordLine struct{ P, Held, Share, Between string }

// sumView is a sum in working days, written as one.
type sumView struct {
	Reading template.HTML
	Lines   []frame.SumLine
	Note    string
	Why     string // instead of the sum
}

type priceView struct {
	Reading template.HTML
	Natures []frame.SumLine
	Issues  []sumIssue
	Note    string
	Why     string
}

type sumIssue struct{ Key, Address, Summary, Days string }

// fillForecast fills in the forecast of the quarter.
func (p *page) fillForecast(team *measure.Team, name measure.QuarterName, last calendar.Date, at time.Time,
	base, keep string, jira frame.JiraLinks) {
	if frame.QuarterEnded(team, last, at) {
		p.fillOutcome(team, name, at)
		return
	}
	f, err := outlook.Ask(team, outlook.Question{Quarter: &name}, at)
	if err != nil {
		return
	}
	o := &forecastView{F: f}
	p.Forecast = o
	until := format.DateWord(last)
	v := format.Verdicts[f.State]
	odds := frame.Tile{Name: "Odds by " + until, Value: format.OddsWord(f.Odds), Explain: "odds", Verdict: &v,
		Note: f.Why}
	if f.State == outlook.StateDone {
		odds.Value, odds.Note = "done", "nothing remains"
	}
	o.Tiles = []frame.Tile{odds, dateTile(p, "50", f.Dates.P50, f.WorkingDays.P50, f, at),
		dateTile(p, "85", f.Dates.P85, f.WorkingDays.P85, f, at), recordTile(p, f)}
	if f.Dates.P85 != nil {
		o.Tiles[2].Note = fmt.Sprintf("%s at the team's pace alone, %s with its record",
			format.LikelyDate(f.PaceAlone.P85, at), format.LikelyDate(f.Dates.P85, at))
	}
	o.fillRecord(f)
	o.fillMoved(f, format.WordsOf(team))
	o.fillPrice(team, f, at, base, keep)
	p.Explains = append(p.Explains, drawer.Forecast(team, f, jira)...)
}

// dateTile tells the date by which the quarter's work is done with given odds.
func dateTile(p *page, odds string, date *string, days *int, f *outlook.Forecast, at time.Time) frame.Tile {
	t := frame.Tile{Name: odds + format.Thin + "% date", Value: format.LikelyDate(date, at), Explain: "date-" + odds}
	switch {
	case f.State == outlook.StateDone:
		t.Note = "nothing remains"
	case f.Why != "":
		t.Note = f.Why
	case date == nil:
		t.Note = "further away than can be told"
	default:
		t.Note = "in " + format.WorkingDays(*days)
	}
	return t
}

func recordTile(p *page, f *outlook.Forecast) frame.Tile {
	c := f.Calibration
	t := frame.Tile{Name: "Record of 85" + format.Thin + "% dates", Value: "–", Explain: "record",
		Note: explain.RecordInWords(c)}
	if held := c.At[2]; held.Of > 0 {
		t.Value, t.Unit = fmt.Sprint(held.Held), fmt.Sprintf("of %d held", held.Of)
	}
	return t
}

// fillRecord lists how often dates of each odds held.
func (o *forecastView) fillRecord(f *outlook.Forecast) {
	c := f.Calibration
	o.Record.Reading = format.Capital(explain.RecordInWords(c))
	if c.At[2].Of == 0 {
		o.Record.Note = "The first outcomes come about a year after the team's first finish: forecasts are replayed " +
			"from its 250th working day on."
		return
	}
	for _, at := range c.At {
		p := at.P
		line := recordLine{P: format.Percent(&p), Held: fmt.Sprintf("%d of %d", at.Held, at.Of),
			Share: format.Percent(at.Share), Between: "–"}
		if at.Low != nil && at.High != nil {
			line.Between = format.Percent(at.Low) + " to " + format.Percent(at.High)
		}
		o.Record.Lines = append(o.Record.Lines, line)
	}
	o.Record.Note = fmt.Sprintf("Replayed from the past for work of about %s: %s over %s. Those that overlap are "+
		"not independent.",
		format.WorkingDays(c.Horizon), format.Plural(c.Forecasts, "forecast"), format.Plural(c.Quarters, "quarter"))
}

// fillMoved writes by how much the 85 % date moved as a sum of what moved it.
func (o *forecastView) fillMoved(f *outlook.Forecast, w format.Words) {
	m := f.Moved
	if m == nil || m.Days == nil {
		o.Moved.Reading, o.Moved.Why = "Why the date moved cannot be told", "It needs an 85"+format.Thin+
			"% date now and one a week before."
		return
	}
	than := "on " + w.Day(m.Since)
	reading := strings.Replace(format.MovedWord(*m.Days, "the date told "+than), "-", "−", 1)
	number := strings.SplitN(format.WorkingDays(max(*m.Days, -*m.Days)), " ", 2)[0]
	if *m.Days == 0 {
		number = ""
	}
	o.Moved.Reading = frame.OpenFigures(format.Capital(reading), [2]string{number, "moved"})
	for _, part := range []struct {
		name string
		days int
	}{{"Work done, days gone by", m.Worked}, {"Scope", m.Scope}, {"Impediments", m.Impediments}, {"Pace", m.Pace},
		{"Calendar", m.Calendar}} {
		o.Moved.Lines = append(o.Moved.Lines, frame.SumLine{Name: part.name, Value: format.SignedDays(&part.days),
			Explain: "moved"})
	}
	o.Moved.Lines = append(o.Moved.Lines, frame.SumLine{Op: "=", Name: "The 85" + format.Thin + "% date",
		Value: format.SignedDays(m.Days), Explain: "moved"})
	o.Moved.Note = movedNames(m)
}

// mostMovers is how many of what moved the date are named beside the sum; the explanation lists all.
const mostMovers = 3

// movedNames names what moved the date.
func movedNames(m *outlook.Moved) string {
	var out []string
	for _, by := range m.By {
		if len(out) == mostMovers {
			break
		}
		out = append(out, moverName(by)+" "+signedFigure(by.Days))
	}
	if len(out) == 0 {
		return "In working days; later is +."
	}
	return "In working days; later is +. Among them: " + strings.Join(out, ", ") + "."
}

func moverName(by outlook.MovedBy) string {
	switch {
	case by.Issue != nil:
		return *by.Issue
	case by.Date != nil:
		return likelyDay(*by.Date)
	}
	return by.Part
}

func likelyDay(text string) string {
	if d, ok := format.DateOf(&text); ok {
		return format.DateWord(d)
	}
	return text
}

func signedFigure(x float64) string {
	if text := format.Figure(x); x > 0 && text != "0" {
		return "+" + text
	}
	return format.Figure(x)
}

// fillPrice tells what the unexpected costs, or why that cannot be told.
func (o *forecastView) fillPrice(team *measure.Team, f *outlook.Forecast, at time.Time, base, keep string) {
	p := f.Price
	if p == nil || p.Days == nil {
		o.Price.Reading, o.Price.Why = "What the unexpected costs cannot be told", "It needs an 85"+format.Thin+
			"% date."
		if p != nil && p.Why != "" {
			o.Price.Why = format.Capital(p.Why) + "."
		}
		return
	}
	o.Price.Reading = frame.OpenFigures("Impediments cost "+format.WorkingDays(*p.Days)+" of the 85"+format.Thin+
		"% date",
		[2]string{fmt.Sprint(*p.Days), "price"})
	for _, n := range p.ByNature {
		o.Price.Natures = append(o.Price.Natures, frame.SumLine{Name: n.Nature, Value: fmt.Sprint(n.Days),
			Explain: "price"})
	}
	for _, i := range p.Issues {
		summary := ""
		if issue, ok := team.Lookup(i.Issue); ok {
			summary = issue.Summary.At(at)
		}
		o.Price.Issues = append(o.Price.Issues, sumIssue{i.Issue, frame.IssueAddress(base, i.Issue, keep), summary,
			fmt.Sprint(i.Days)})
	}
	o.Price.Note = "The same forecast with the time of impediments given back: " +
		format.LikelyDate(p.DateWithout, at) +
		" instead of " + format.LikelyDate(f.Dates.P85, at) +
		". Each nature and issue is given back alone, so they need not add up."
}

// fillOutcome tells of a quarter that is over what was told at its middle and what came.
func (p *page) fillOutcome(team *measure.Team, name measure.QuarterName, at time.Time) {
	came, told := outlook.OutcomeOf(team, name, at)
	o := &forecastView{}
	p.Forecast = o
	done := frame.Tile{Name: "Came", Value: format.LikelyDate(came, at), Explain: "came",
		Note: "when nothing of the quarter remained"}
	if came == nil {
		done.Value, done.Note = "not done", "something of the quarter still remains"
	}
	before := frame.Tile{Name: "85" + format.Thin + "% date, told at the middle", Value: "–", Explain: "told",
		Note: "nothing could be told then"}
	odds := frame.Tile{Name: "Odds, told at the middle", Value: "–", Explain: "told",
		Note: "nothing could be told then"}
	e := frame.Explanation{ID: "told", Name: "Told at the middle", Value: "–", Unit: "",
		Formula: frame.Formula("the forecast as of the end of the quarter's middle day", "nothing could be told then")}
	if told != nil && (told.P85 != nil || told.Odds != nil) {
		then := "on " + p.W.Day(told.At)
		before.Value, before.Note = format.LikelyDate(told.P85, at), then
		odds.Value, odds.Note = format.OddsWord(told.Odds), then
		e.Value, e.Unit = before.Value, "with odds of "+odds.Value+" for the quarter's end"
		e.Formula.Numbers = then + ": " + before.Value + ", " + odds.Value
	}
	o.Tiles = []frame.Tile{odds, before, done}
	p.Explains = append(p.Explains, e, frame.Explanation{ID: "came", Name: "Came", Value: done.Value, Unit: "",
		Formula: frame.Formula("the date since which nothing is left of the quarter's epics, as planned at its end",
			done.Value+": "+done.Note)})
}
