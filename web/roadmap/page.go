package roadmap

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"time"

	"jerem/measure"
	"jerem/measure/explain/onpage"
	"jerem/measure/grade"
	"jerem/measure/outlook"
	"jerem/measure/words"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/frame/beside"
	"jerem/web/roadmap/callouts"
	"jerem/web/roadmap/initiatives"
	"jerem/web/roadmap/mix"
	"jerem/web/roadmap/subject"
	"jerem/web/roadmap/told"
	"jerem/web/source"
)

var pageTemplate = frame.ParsePage(files, "page.html", "forecast.html", "epics.html", "initiatives.html",
	"oncall.html", "unexpectedweeks.html",
	"loose.html")

// page is the page of a team's quarter.
type page struct {
	W        format.Words
	Asked    string // the moment that was asked for; "" for the present
	Moment   string // its date, in words; "" for the present
	Q        *measure.Quarter
	Dates    string
	Epics    int
	Left     string
	Sentence template.HTML
	Sign     *format.Verdict // of what the sentence says; nil where that is no verdict
	Rest     template.HTML   // what the sentence leaves out, in a quieter line
	Behind   string
	Unit     string
	Open     int // issues that are not done where nothing estimated remains
	Tiles    []frame.Tile
	Burnup   *frame.Figure
	Columns  []asked.ColumnHead // of the table of epics
	Lines    []epicLine

	ShownLines, FoldedLines []epicLine // the first of them, and the rest

	Sum      epicLine
	Reading  template.HTML // of the table of epics
	Chosen   *chosenView   // the burnup of the epics that are chosen; nil while none is
	Weeks    []weekLine
	Weekly   *frame.Figure
	Mix      *mix.View         // nil where nothing was logged or finished
	Smalls   *initiatives.View // nil where there are not two epics to compare
	Told     told.View
	Walk     *frame.TimeWalk    // nil before the quarter
	Compared *beside.Comparison // nil unless another moment is named
	WhatIf   *whatIfView        // nil for a quarter that is over or done
	Explains []frame.Explanation
	Quarters []frame.Choice
	EpicsCSV string
	WeeksCSV string
	BurnSVG  string
	WeeksSVG string
	Grade    grade.Grade
	Reasons  string
	Empty    *frame.EmptyState
	Loose    *looseEpics     // what an empty quarter leaves to tell
	OnCall   *callouts.Price // nil where nobody is on call for the team
	Contents []frame.Section
	// Unexpected are hours of the unexpected by week; none where time logged was never read.
	Unexpected []unexpectedWeek
	HasOnCall  bool          // somebody is on call for the team
	Forecast   *forecastView // nil where no epic belongs to the quarter

	order asked.Order[epicLine] // of the epics
	brief bool                  // for who walks many quarters: without the forecast, which costs more than all the rest

	IsBeforeAll bool // the moment shown is before anything is known of the team
}

type weekLine struct {
	Week, Dates, Days, Gained, Done, Total, Share string
	Explain                                       string // id of what opens its figures
}

// Page describes the page of a team's quarter: of the one that is asked for, else of the one
// that the moment lies in, else of the last one that an epic belongs to.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	team, at, err := source.PageAsked(s.Teams, r)
	if err != nil {
		return frame.View{}, err
	}
	name, err := askedQuarter(r, team, at)
	if err != nil {
		return frame.View{}, err
	}
	p, err := s.roadmapOf(r, team, name, at)
	if err != nil {
		return frame.View{}, err
	}
	v := frame.View{Template: pageTemplate, Title: team.History().Team.Name + " roadmap, " + name.String(),
		Kind: "roadmap"}
	v.SetMoment(team, p.W, at)
	v.Behind = p.Behind != ""
	if !p.IsBeforeAll {
		v.Foot = append(v.Foot, format.GradeWord(p.Q.Quality.Grade)+format.GradeReasons(p.Q.Quality))
	}
	v.Body = *p
	return v, nil
}

// roadmapOf computes the page of a quarter with what its address asks.
func (s *Pages) roadmapOf(r *http.Request, team *measure.Team, name measure.QuarterName, at time.Time) (*page, error) {
	ask, err := subject.ReadQuestion(r)
	if err != nil {
		return nil, err
	}
	w := format.WordsOf(team)
	p := &page{W: w, Unit: w.UnitName(), Behind: s.Teams.Behind(r.Context(), team), Q: team.Quarter(name, at)}
	if p.order, err = asked.ReadOrder(r.URL.Query().Get("sort"), epicColumns, "epics"); err != nil {
		return nil, err
	}
	of := subject.Of(team, name, at, ask, s.Teams.Jira)
	if err := p.fillQuarter(of); err != nil {
		return nil, err
	}
	return p, p.compareWith(r, of)
}

func askedQuarter(r *http.Request, team *measure.Team, at time.Time) (measure.QuarterName, error) {
	if text := r.URL.Query().Get("quarter"); text != "" {
		return asked.QuarterOf(text)
	}
	now, list := team.QuarterAt(at), team.Quarters(at)
	if len(list) == 0 || slices.ContainsFunc(list,
		func(h measure.QuarterHead) bool { return h.Quarter == now.String() }) {
		return now, nil
	}
	return asked.QuarterOf(list[len(list)-1].Quarter)
}

// fillQuarter fills in the page.
func (p *page) fillQuarter(s subject.Subject) error {
	q := p.Q
	p.Grade, p.Reasons = q.Quality.Grade, format.ReasonList(q.Quality)
	p.listQuarters(s)
	if p.Asked = s.Ask.AskedMoment(); p.Asked != "" {
		p.Moment = "on " + p.W.Day(s.At)
	}
	p.EpicsCSV, p.WeeksCSV = subject.QuarterFile(s.Team, q, "epics.csv", p.Asked), subject.QuarterFile(s.Team, q,
		"weekly.csv", p.Asked)
	p.BurnSVG, p.WeeksSVG = subject.QuarterFile(s.Team, q, "burnup.svg", p.Asked), subject.QuarterFile(s.Team, q,
		"weekly.svg", p.Asked)
	p.Dates = format.DateSpan(s.First, s.Last)
	p.Epics = len(q.Epics)
	p.Left = format.Plural(q.WorkingDaysLeft, "working day") + " left"
	if s.QuarterIsOver() {
		p.Left, p.Moment = "its working days are over", "at its end"
	}
	p.fillWalk(s)
	view, opened := mix.Of(s, q)
	p.Mix, p.Explains = view, append(p.Explains, opened...)
	if p.Empty = asked.BeforeAll(s.Team, s.At, s.Ask.Base+"/roadmap"); p.Empty != nil {
		p.IsBeforeAll = true
		return nil
	}
	if len(q.Epics) == 0 {
		p.Empty = &frame.EmptyState{Title: "No epic belongs to " + q.Quarter,
			Text: emptyText(s.Team, q.Quarter, s.At)}
		if list := s.Team.Quarters(s.At); len(list) > 0 {
			last := list[len(list)-1].Quarter
			p.Empty.Link, p.Empty.LinkText = frame.WithQuery(s.Ask.Base+"/roadmap", "quarter", last,
				"at", s.Ask.AskedMoment()),
				"Epics belong to "+last
		}
		p.Loose = epicsWithoutQuarter(s)
		return nil
	}
	if !p.brief {
		p.fillForecast(s)
		view, opened := told.Of(s, q)
		p.Told, p.Explains = view, append(p.Explains, opened...)
	}
	p.writeSentence(s)
	p.fillTiles(s.Team, s.Name, s.First, s.Last, s.At)
	drawBurnup(p, s)
	p.fillEpics(s)
	p.fillInitiatives(s)
	if err := drawChosen(p, s); err != nil {
		return err
	}
	if err := fillWhatIf(p, s); err != nil {
		return err
	}
	p.fillWeeks(s)
	p.fillUnexpectedWeeks(s)
	p.Explains = append(p.Explains, drawer.Quarter(s.Team, p.Q, s.Jira)...)
	p.explainTables(s)
	p.Contents = listSections(p, s.At)
	return nil
}

// listSections lists the sections of the page, each with its figure.
func listSections(p *page, at time.Time) []frame.Section {
	date, week, mixed, initiative := "", "", "", ""
	if f := p.Forecast; f != nil && f.F != nil && f.F.Dates.P85 != nil && f.F.State != outlook.StateDone {
		date = format.LikelyDate(f.F.Dates.P85, at)
	}
	if p.Weekly != nil {
		_, n := weekReading(p)
		week = p.Weeks[n].Gained + " in " + p.Weeks[n].Week
	}
	if p.Mix != nil {
		mixed = p.Mix.Said
	}
	if p.Smalls != nil {
		initiative = fmt.Sprint(len(p.Smalls.Groups))
	}
	return frame.NewContents(frame.SectionIf(p.Burnup != nil, "h-b", "The date", date),
		frame.SectionIf(len(p.Lines) > 0, "h-e", "The epics",
			onpage.EpicsDone(p.Q).Shown.Value+" of "+fmt.Sprint(len(p.Q.Epics))+" done"),
		frame.SectionIf(p.Smalls != nil, "h-n", "The initiatives", initiative),
		frame.SectionIf(p.Weekly != nil, "h-w", "Week by week", week),
		frame.SectionIf(p.Mix != nil, "h-m", "Where the time went", mixed))
}

// listQuarters leads to the other quarters that epics belong to.
func (p *page) listQuarters(s subject.Subject) {
	address := func(quarter string) string {
		return frame.WithQuery(s.Ask.Base+"/roadmap", "quarter", quarter, "at", s.Ask.AskedMoment())
	}
	for _, h := range slices.Backward(s.Team.Quarters(s.At)) {
		p.Quarters = append(p.Quarters, frame.Choice{Name: h.Quarter, Address: address(h.Quarter),
			Here: h.Quarter == p.Q.Quarter})
	}
	if !slices.ContainsFunc(p.Quarters, func(l frame.Choice) bool { return l.Here }) {
		p.Quarters = append(p.Quarters, frame.Choice{Name: p.Q.Quarter, Address: address(p.Q.Quarter), Here: true})
	}
}

// emptyText says what puts an epic into a quarter, and what names its initiative; where epics are in the quarter by
// that and are not the team's, why.
func emptyText(team *measure.Team, quarter string, at time.Time) string {
	rules := team.History().Team
	tell := words.OfQuarters(rules.Quarter)
	belongs := "An epic belongs to a quarter while it " + tell.While
	name, _ := measure.ParseQuarter(quarter)
	if n := measure.EpicsLeftOut(team, name, at); n > 0 {
		return belongs + " and is the team's: " + format.Plural(n, "epic") + " of the project that " +
			words.Agree(fmt.Sprint(n), "does", "do") + " so " + words.Agree(fmt.Sprint(n), "is", "are") +
			" not, by projects[].jql_filter or projects[].team. Let these hold of the epics too."
	}
	return belongs + ": " + fmt.Sprintf(tell.Give, quarter) + " in Jira. " + words.OfInitiatives(rules.Initiative)
}
