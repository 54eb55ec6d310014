package roadmap

import (
	"fmt"
	"html/template"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/calendar"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/measure/words"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

var pageTemplate = frame.ParsePage(files, "page.html")

// page is the page of a team's quarter.
type page struct {
	W               format.Words
	Asked           string // the moment that was asked for; "" for the present
	Moment          string // its date, in words; "" for the present
	Q               *measure.Quarter
	Dates           string
	Epics           int
	Left            string
	Sentence        template.HTML
	Behind          string
	Unit            string
	Tiles           []frame.Tile
	Burnup          *frame.Figure
	Lines           []epicLine
	Sum             epicLine
	Reading         template.HTML // of the table of epics
	Weeks           []weekLine
	Weekly          *frame.Figure
	Explains        []frame.Explanation
	Quarters        []frame.Choice
	EpicsCSV        string
	WeeksCSV        string
	BurnSVG         string
	WeeksSVG        string
	Grade           grade.Grade
	Reasons         string
	Empty           *frame.EmptyState
	Forecast        *forecastView // nil where no epic belongs to the quarter
	withoutForecast bool          // for those who walk many quarters: the forecast costs more than all the rest
}

type epicLine struct {
	Key, Address, Summary, Initiative            string
	Bar                                          template.HTML
	Total, Done, Doing, ToDo, Share, Unestimated string
	Waits                                        int
	Carried                                      bool
	Explain                                      string // id of what opens its figures
	Likely, Odds                                 string // what the forecast tells of it; "" for a quarter that is over
	Verdict                                      format.Verdict
}

type weekLine struct {
	Week, Dates, Days, Gained, Done, Total, Share string
	Explain                                       string // id of what opens its figures
}

// Page describes the page of a team's quarter: of the one that is asked for, else of the one
// that the moment lies in, else of the last one that an epic belongs to.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	team, err := s.Teams.Team(r.Context(), r.PathValue("team"))
	if err != nil {
		return frame.View{}, err
	}
	at, err := frame.MomentAt(r, team)
	if err != nil {
		return frame.View{}, err
	}
	name, err := askedQuarter(r, team, at)
	if err != nil {
		return frame.View{}, err
	}
	w := format.WordsOf(team)
	v := frame.View{Template: pageTemplate, Title: team.History().Team.Name + " roadmap, " + name.String(),
		Kind: "roadmap"}
	v.SetMoment(team, w, at)
	p := s.roadmapOf(r, team, name, at)
	v.Behind = p.Behind != ""
	v.Foot = append(v.Foot, format.GradeWord(p.Q.Quality.Grade)+format.GradeReasons(p.Q.Quality))
	v.Body = *p
	return v, nil
}

func (s *Pages) roadmapOf(r *http.Request, team *measure.Team, name measure.QuarterName, at time.Time) *page {
	w := format.WordsOf(team)
	p := &page{W: w, Unit: w.UnitName(), Behind: s.Teams.Behind(r.Context(), team), Q: team.Quarter(name, at)}
	p.fillQuarter(s, team, name, at, r.URL.RawQuery)
	return p
}

func askedQuarter(r *http.Request, team *measure.Team, at time.Time) (measure.QuarterName, error) {
	if text := r.URL.Query().Get("quarter"); text != "" {
		return frame.QuarterOf(text)
	}
	now, list := team.QuarterAt(at), team.Quarters(at)
	if len(list) == 0 || slices.ContainsFunc(list,
		func(h measure.QuarterHead) bool { return h.Quarter == now.String() }) {
		return now, nil
	}
	return frame.QuarterOf(list[len(list)-1].Quarter)
}

func (p *page) fillQuarter(s *Pages, team *measure.Team, name measure.QuarterName, at time.Time, query string) {
	q := p.Q
	p.Grade, p.Reasons = q.Quality.Grade, format.ReasonList(q.Quality)
	base := frame.TeamAddress(team.History().Team.Name)
	keep, and := "", ""
	if at := frame.AskedAt(query); at != "" {
		keep, and = "?at="+url.QueryEscape(at), "&at="+url.QueryEscape(at)
	}
	for _, h := range slices.Backward(team.Quarters(at)) {
		p.Quarters = append(p.Quarters, frame.Choice{Name: h.Quarter,
			Address: base + "/roadmap?quarter=" + h.Quarter + and,
			Here:    h.Quarter == q.Quarter})
	}
	if !slices.ContainsFunc(p.Quarters, func(l frame.Choice) bool { return l.Here }) {
		p.Quarters = append(p.Quarters, frame.Choice{Name: q.Quarter,
			Address: base + "/roadmap?quarter=" + q.Quarter + and,
			Here:    true})
	}
	asked := frame.AskedAt(query)
	if p.Asked = asked; asked != "" {
		p.Moment = "on " + p.W.Day(at)
	}
	p.EpicsCSV, p.WeeksCSV = quarterFile(team, q, "epics.csv", asked), quarterFile(team, q, "weekly.csv", asked)
	p.BurnSVG, p.WeeksSVG = quarterFile(team, q, "burnup.svg", asked), quarterFile(team, q, "weekly.svg", asked)
	first, last := team.Dates(name)
	p.Dates = format.DateWord(first) + " to " + format.DateWord(last) + fmt.Sprintf(" %d", last.Year)
	p.Epics = len(q.Epics)
	p.Left = format.Plural(q.WorkingDaysLeft, "working day") + " left"
	if len(q.Epics) == 0 {
		p.Empty = &frame.EmptyState{Title: "No epic belongs to " + q.Quarter,
			Text: emptyText(words.OfQuarters(team.History().Team.Quarter), q.Quarter)}
		return
	}
	if !p.withoutForecast {
		p.fillForecast(team, name, last, at, base, keep, s.Teams.Jira)
	}
	p.writeSentence(last, at, team)
	p.fillTiles(team, name, first, last, at)
	p.drawBurnup(team, name, first, last, at)
	p.fillEpics(base, keep)
	p.fillEpicDates(team, at)
	p.fillWeeks(team, first, last)
	p.Explains = append(p.Explains, drawer.Quarter(team, p.Q, s.Teams.Jira)...)
	p.explainTables(s)
}

func (p *page) writeSentence(last calendar.Date, at time.Time, team *measure.Team) {
	q := p.Q
	var b strings.Builder
	if q.Total > 0 {
		fmt.Fprintf(&b, "%s of %s", frame.LinkFigure("progression", format.Percent(q.Progression)), q.Quarter)
	}
	switch {
	case q.Total == 0 && frame.QuarterEnded(team, last, at):
		fmt.Fprintf(&b, "Nothing was estimated in the epics of %s.", q.Quarter)
	case q.Total == 0:
		fmt.Fprintf(&b, "Nothing is estimated in the epics of %s yet; %s are left.", q.Quarter,
			frame.LinkFigure("left", format.Plural(q.WorkingDaysLeft, "working day")))
	case frame.QuarterEnded(team, last, at):
		fmt.Fprintf(&b, " was done at its end; %s %s remained.", frame.LinkFigure("remaining", p.W.Amount(q.Remaining)),
			p.W.UnitFor(q.Remaining))
	case q.DaysToComplete == nil && !p.hasForecastDate():
		fmt.Fprintf(&b, " is done and %s are left. What remains, %s %s, cannot be put into days yet.",
			frame.LinkFigure("left", format.Plural(q.WorkingDaysLeft, "working day")),
			frame.LinkFigure("remaining", p.W.Amount(q.Remaining)), p.W.UnitFor(q.Remaining))
	case q.Remaining == 0:
		fmt.Fprintf(&b, " is done: nothing remains, with %s left.",
			frame.LinkFigure("left", format.Plural(q.WorkingDaysLeft, "working day")))
	case p.hasForecastDate():
		f := p.Forecast.F
		fmt.Fprintf(&b, " is done and %s are left. The 85%s%% date is %s: the odds for %s are %s.",
			frame.LinkFigure("left", format.Plural(q.WorkingDaysLeft, "working day")), format.Thin,
			frame.LinkFigure("date-85", format.LikelyDate(f.Dates.P85, at)), format.DateWord(last),
			frame.LinkFigure("odds", format.OddsWord(f.Odds)))
	default:
		fmt.Fprintf(&b, " is done and %s are left; at the usual pace the rest takes %s.",
			frame.LinkFigure("left", format.Plural(q.WorkingDaysLeft, "working day")),
			frame.LinkFigure("days", fmt.Sprint(*q.DaysToComplete)))
	}
	p.Sentence = template.HTML(b.String())
}

// drawBurnup draws scope and done day by day and, while the quarter lasts, what the velocity would add on
// each working day that is left.
func (p *page) drawBurnup(team *measure.Team, name measure.QuarterName, first, last calendar.Date, at time.Time) {
	q, w, cal := p.Q, p.W, team.History().Team.Calendar
	list := team.Burnup(name, at)
	if q.Total == 0 && len(list) > 0 && !slices.ContainsFunc(list,
		func(day measure.BurnupDay) bool { return day.Total > 0 }) {
		p.Burnup = &frame.Figure{Reading: "Nothing is estimated in the epics of " + q.Quarter,
			Empty: "The burnup begins with the first estimate."}
		return
	}
	end := axisEnd(p, last)
	n := float64(first.DaysUntil(end) + 1)
	b := chart.Burnup{ID: "t-burnup", End: float64(first.DaysUntil(last)+1) / n}
	for d := first; !end.Before(d); d = d.Add(1) {
		b.Days = append(b.Days, chart.Day{Number: fmt.Sprint(d.Day), Month: d.Month.String()[:3], Off: !cal.Working(d)})
	}
	for i, day := range list {
		x := float64(i) / n
		b.Scope = append(b.Scope, chart.XY{X: x, Y: w.Scale(day.Total)})
		b.Done = append(b.Done, chart.XY{X: x, Y: w.Scale(day.Done)})
	}
	if len(list) == 0 {
		reading := fmt.Sprintf("%s planned; the line begins on %s", w.Count(q.Total), format.DateWord(first))
		b.Title = fmt.Sprintf("Burnup of %s: %s.", q.Quarter, reading)
		p.Burnup = &frame.Figure{Reading: reading, SVG: frame.HTML(b.SVG())}
		return
	}
	b.First, b.Last, b.DoneLabel = w.Amount(list[0].Total)+" at first", w.Amount(q.Total)+" in all", w.Amount(q.Done)+
		" done"
	reached := ""
	reading := fmt.Sprintf("%s of %s were done at the quarter's end", w.Amount(q.Done), w.Count(q.Total))
	if !frame.QuarterEnded(team, last, at) {
		now := float64(len(list)) / n
		b.End, b.Now, b.NowName = now, &now, "now"
		if p.Asked != "" {
			b.NowName = w.Day(at)
		}
		reading = fmt.Sprintf("%s of %s are done", w.Amount(q.Done), w.Count(q.Total))
		var told string
		told, reached = p.addCapacity(&b, team, first, last, at, n)
		reading += told
		p.drawFan(&b, first, last, n)
	}
	b.Title = fmt.Sprintf("Burnup of %s: %s.", q.Quarter, reading)
	p.Burnup = &frame.Figure{Reading: reading,
		Opened: frame.OpenFigures(reading, [2]string{w.Amount(q.Done), "progression"}, [2]string{w.Count(q.Total),
			"progression"}, [2]string{reached, "reach"}), SVG: frame.HTML(b.SVG()), Note: burnupNote(b)}
}

// burnupNote says what the lines of a burnup are.
func burnupNote(b chart.Burnup) string {
	note := "Upper line: the scope. Lower line: what is done of it."
	if len(b.Capacity) > 0 {
		note += " Dotted: the velocity on every working day that is left."
	}
	if len(b.Fan) > 0 {
		note += " Bands: 40, 70 and 90" + format.Thin + "% of the outcomes, no more than the scope of today."
	}
	return note
}

// addCapacity adds the line of the team's pace and says where it ends, in words and as the figure among them.
func (p *page) addCapacity(b *chart.Burnup, team *measure.Team, first, last calendar.Date, at time.Time,
	n float64) (told, reached string) {
	q, w, cal := p.Q, p.W, team.History().Team.Calendar
	if q.Velocity == nil {
		return "", ""
	}
	today := calendar.DateOf(at, cal.Zone)
	if today.Before(first) {
		today = first
	}
	value := q.Done
	b.Capacity = append(b.Capacity, chart.XY{X: b.End, Y: w.Scale(value)})
	for d := today; !last.Before(d); d = d.Add(1) {
		if cal.Working(d) {
			value += q.Velocity.Median
		}
		if n := len(b.Capacity); p.hasForecastDate() && b.Capacity[n-1].Y >= w.Scale(q.Total) {
			continue // beside the fan the line ends where it meets the scope
		}
		b.Capacity = append(b.Capacity, chart.XY{X: float64(first.DaysUntil(d)+1) / n, Y: w.Scale(value)})
	}
	b.Pace = "capacity, " + format.Figure(w.Scale(q.Velocity.Median)) + " a day"
	if q.Remaining == 0 {
		return "", ""
	}
	reached = w.Amount(math.Round(value*10) / 10)
	p.Explains = append(p.Explains, frame.Explanation{ID: "reach", Name: "At the usual pace", Value: reached,
		Unit: p.Unit + " by " + format.DateWord(last), Grade: p.Grade, Reasons: p.Reasons,
		Formula: frame.Formula("done + velocity × working days left",
			fmt.Sprintf("%s + %s × %d = %s", w.Amount(q.Done), format.Figure4(w.Scale(q.Velocity.Median)),
				q.WorkingDaysLeft,
				reached)),
		Notes: []string{"It is no forecast: it knows one pace, and holds it."}})
	return fmt.Sprintf("; the usual pace would reach %s by %s", reached, format.DateWord(last)), reached
}

func (p *page) fillEpics(base, keep string) {
	longest := 0.0
	for _, e := range p.Q.Epics {
		longest = max(longest, e.Total)
	}
	count, unestimated, waits := 0, 0, 0
	for _, e := range p.Q.Epics {
		line := epicLine{Key: e.Key, Address: frame.IssueAddress(base, e.Key, keep), Summary: e.Summary,
			Waits:   e.Dependency,
			Carried: e.CarriedOver,
			Bar: frame.HTML(chart.Progress(fmt.Sprintf("%s of %s done", p.W.Amount(e.Done), p.W.Amount(e.Total)),
				e.Done,
				e.Doing, e.ToDo, longest)),
			Total: p.W.Amount(e.Total), Done: p.W.Amount(e.Done), Doing: p.W.Amount(e.Doing), ToDo: p.W.Amount(e.ToDo),
			Share: format.Percent(e.Progression), Unestimated: "–"}
		if e.Initiative != nil {
			line.Initiative = *e.Initiative
		}
		if e.Unestimated != nil {
			line.Unestimated = fmt.Sprint(*e.Unestimated)
			unestimated += *e.Unestimated
		}
		if epicFinished(e) {
			count++
		}
		waits += e.Dependency
		p.Lines = append(p.Lines, line)
	}
	q := p.Q
	p.Sum = epicLine{Summary: format.Plural(len(q.Epics), "epic"), Total: p.W.Amount(q.Total), Done: p.W.Amount(q.Done),
		Doing: p.W.Amount(q.Doing), ToDo: p.W.Amount(q.ToDo), Share: format.Percent(q.Progression), Waits: waits,
		Unestimated: fmt.Sprint(unestimated)}
	if p.hasForecastDate() {
		f := p.Forecast.F
		p.Sum.Likely, p.Sum.Odds, p.Sum.Verdict = format.LikelyDate(f.Dates.P85,
			f.At), format.OddsWord(f.Odds), format.Verdicts[f.State]
	}
	if q.Unit == agile.Issues {
		p.Sum.Unestimated = "–"
	}
	p.Reading = frame.OpenFigures(fmt.Sprintf("%d of %s done", count, format.Plural(len(q.Epics), "epic")),
		[2]string{fmt.Sprint(count), "epics"})
}

// emptyText says how an epic comes to belong to a quarter.
func emptyText(tell words.QuarterWords, quarter string) string {
	return "An epic belongs to a quarter while it " + tell.While + ": " + fmt.Sprintf(tell.Give, quarter) +
		" in Jira. An initiative is named by a label that begins with Project_."
}
