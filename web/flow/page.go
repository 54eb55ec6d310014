package flow

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
	"jerem/measure/flow"
	"jerem/measure/grade"
	"jerem/parallel"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/frame/beside"
	"jerem/web/frame/weekwalk"
	"jerem/web/source"
)

var pageTemplate = frame.ParsePage(files, "page.html")

// page is how work moves through a team: a page of its own, and the main part of the page of a team without
// sprints. Its figures are those of the API's flow and late.
type page struct {
	F           *flow.Flow
	Behind      string
	Span        string // the window, in words
	Sentence    template.HTML
	Tiles       []frame.Tile
	Cycle       *frame.Figure
	Ageing      *frame.Figure
	Cumulative  *frame.Figure
	Throughput  *frame.Figure
	Late        []frame.LateLine
	LateRest    frame.Remainder
	Ages        []ageLine
	AgesRest    frame.Remainder
	Rules       []ruleLine
	LateReading template.HTML
	AgeReading  template.HTML
	RuleReading template.HTML
	Explains    []frame.Explanation
	Grade       grade.Grade
	Reasons     string
	Empty       *frame.EmptyState
	Walk        *frame.TimeWalk    // nil as a part of the page of a team, which has its own
	Compared    *beside.Comparison // nil unless another moment is named
	Contents    []frame.Section

	base, keep string // address of the team, and what its issues keep of the question
	query      []string
	at         time.Time
	team       *measure.Team
	jira       frame.JiraLinks
}

type ageLine struct {
	Key, Address, Summary, Column, Age, Pace string
	Bar                                      template.HTML
}

type ruleLine struct {
	Name, Of, Share, Why, Explain string
	Bar                           template.HTML
	Issues                        []frame.Choice
	More                          int
}

// File is the address of a file of the flow: of the same moment and window.
func (v page) File(name string) string { return frame.WithQuery(v.base+"/flow/"+name, v.query...) }

// Page is the address of the flow's own page.
func (v page) Page() string { return frame.WithQuery(v.base+"/flow", v.query...) }

// Page describes the page of a team's flow.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	team, at, err := source.PageAsked(s.Teams, r)
	if err != nil {
		return frame.View{}, err
	}
	from, to, err := asked.FlowDates(r, team, at)
	if err != nil {
		return frame.View{}, err
	}
	v := frame.View{Template: pageTemplate, Title: team.History().Team.Name + " flow", Kind: "flow"}
	v.SetMoment(team, format.WordsOf(team), at)
	query := r.URL.Query()
	f := s.flowOf(team, at, from, to, []string{"at", query.Get("at"), "from", query.Get("from"), "to",
		query.Get("to")})
	if before := asked.BeforeAll(team, at, f.base+"/flow"); before != nil {
		f.Empty = before
	}
	f.Walk, f.Contents = f.walkOf(from, to), frame.NewContents(f.flowSections()...)
	if err := f.compareWith(r, from, to); err != nil {
		return frame.View{}, err
	}
	f.Behind = s.Teams.Behind(r.Context(), team)
	v.Behind = f.Behind != ""
	v.Foot = append(v.Foot, format.GradeWord(f.F.Quality.Grade)+format.GradeReasons(f.F.Quality))
	v.Body = *f
	return v, nil
}

// walkOf leads through the weeks of the quarter that the moment lies in. A window that was asked for keeps its length
// and ends with the day that is walked to.
func (v *page) walkOf(from, to calendar.Date) *frame.TimeWalk {
	known := calendar.DateOf(v.team.Now(), v.team.History().Team.Calendar.Zone)
	return weekwalk.OfTeam(v.team, v.at, v.query[1] != "", func(at string) string {
		if !hasWindow(v) {
			return frame.WithQuery(v.base+"/flow", "at", at)
		}
		last := known
		if m, err := calendar.ParseMoment(at); err == nil {
			last = calendar.DateOf(m.First(time.UTC), time.UTC)
		}
		return frame.WithQuery(v.base+"/flow", "at", at, "from", last.Add(-from.DaysUntil(to)).String())
	}, func(with string) string { return v.besideAt("", with) })
}

// hasWindow tells whether the question names the days that the flow is told of.
func hasWindow(v *page) bool { return v.query[3] != "" || v.query[5] != "" }

// Part shows the flow on the page of a team that has no sprints: nothing where nothing moves.
func (s *Pages) Part(team *measure.Team, at time.Time, asked string) (frame.Part, error) {
	late := flow.Late(team, at)
	made := measure.InStepWith(team, at, partKey{asked, s.Teams.Jira}, idleDaysOf(late), func() madePart {
		part, err := s.makePart(team, at, asked, late)
		frame.KeepDrawers(part.Explains)
		return madePart{part, err}
	})
	return made.part, made.err
}

// partKey names the flow on the page of a team: of a step, but for what time alone makes late.
type partKey struct {
	asked string
	jira  frame.JiraLinks
}

// madePart is the flow on the page of a team, or why it cannot be written.
type madePart struct {
	part frame.Part
	err  error
}

// idleDaysOf tells which work is late and for how long nobody touched it: what time alone moves in a step.
func idleDaysOf(late []flow.LateIssue) string {
	const usual = 16 // bytes of an issue
	var idle strings.Builder
	var digits [20]byte
	idle.Grow(usual * len(late))
	for _, one := range late {
		idle.WriteString(one.Issue)
		idle.WriteByte(':')
		idle.Write(strconv.AppendInt(digits[:0], int64(one.UntouchedDays), 10))
		idle.WriteByte(' ')
	}
	return idle.String()
}

func (s *Pages) makePart(team *measure.Team, at time.Time, asked string, late []flow.LateIssue) (frame.Part, error) {
	first, last := flow.DefaultDates(team, at)
	v := s.flowWith(team, at, first, last, []string{"at", asked}, late)
	if v.Empty != nil {
		return frame.Part{Explains: v.Explains}, nil
	}
	var text strings.Builder
	err := pageTemplate.ExecuteTemplate(&text, "flowbody", v)
	sentence := template.HTML(strings.TrimSuffix(string(v.Sentence), "."))
	return frame.Part{HTML: template.HTML(text.String()), Sentence: sentence, Tiles: v.mainTiles(),
		Sections: v.flowSections(), Explains: v.Explains}, err
}

// flowOf fills in the flow of a team; query is what its files and pages keep of the question.
func (s *Pages) flowOf(team *measure.Team, at time.Time, from, to calendar.Date, query []string) *page {
	return s.flowWith(team, at, from, to, query, flow.Late(team, at))
}

// flowWith is flowOf for who knows already what is late. The explanations are made beside the drawings.
func (s *Pages) flowWith(
	team *measure.Team, at time.Time, from, to calendar.Date, query []string, late []flow.LateIssue,
) *page {
	v := &page{F: flow.Measure(team, at, from, to), team: team, at: at, query: query, jira: s.Teams.Jira,
		base: frame.TeamAddress(team.History().Team.Name)}
	v.keep = frame.WithQuery("", "at", query[1])
	v.Span = format.DateSpan(from, to)
	v.Grade, v.Reasons = v.F.Quality.Grade, format.ReasonList(v.F.Quality)
	explains := parallel.Start(func() []frame.Explanation {
		return drawer.Flow(team, v.F, late, v.Span, s.Teams.Jira)
	})
	v.fillLate(late)
	if v.F.CycleTime.Measured+v.F.CycleTime.NeverInProgress+v.F.WIP.Count == 0 {
		v.Empty = &frame.EmptyState{Title: "Nothing was finished and nothing is in progress",
			Text: "The flow begins when an issue enters a status of a column in progress. " +
				"These are the days " + v.Span + "; choose others with from and to in the address."}
	}
	v.writeSentence(len(late))
	v.fillTiles(late)
	v.drawCycleTime(from, to)
	v.drawAgeing()
	v.drawCumulative(from)
	v.drawThroughput(from, to)
	v.fillRules()
	v.Explains = append(v.Explains, explains()...)
	return v
}

// writeSentence writes the headline of the page: what half and most of the work takes, what is underway, what needs a
// look.
func (v *page) writeSentence(late int) {
	c, wip := v.F.CycleTime, v.F.WIP.Count
	var b strings.Builder
	switch {
	case c.P50 != nil:
		fmt.Fprintf(&b, "Half of the issues take %s or less and 85%s%% take %s or less",
			frame.LinkFigure("flow-cycle", format.Plural(*c.P50, "day")), format.Thin,
			frame.LinkFigure("flow-cycle", format.Plural(*c.P85, "day")))
	case c.NeverInProgress == 1:
		fmt.Fprintf(&b, "How long work takes cannot be told: the %s was never in progress",
			frame.LinkFigure("flow-throughput", "1 finished issue"))
	case c.NeverInProgress > 0:
		fmt.Fprintf(&b, "How long work takes cannot be told: of the %s none was ever in progress",
			frame.LinkFigure("flow-throughput", format.Plural(c.NeverInProgress, "finished issue")))
	default:
		b.WriteString("How long work takes cannot be told: no issue was finished in these days")
	}
	fmt.Fprintf(&b, "; %s %s in progress", frame.LinkFigure("flow-wip", fmt.Sprint(wip)),
		format.Agree(fmt.Sprint(wip), "is", "are"))
	if late == 0 {
		b.WriteString(" and none needs a look today.")
	} else {
		fmt.Fprintf(&b, " and %s %s a look today.", frame.LinkFigure("flow-late", fmt.Sprint(late)),
			format.Agree(fmt.Sprint(late), "needs", "need"))
	}
	v.Sentence = template.HTML(b.String())
}

// fillTiles are the figures of the flow, each with how it came about or why it is unknown.
func (v *page) fillTiles(late []flow.LateIssue) {
	c, x := v.F.CycleTime, v.F.XmR
	cycle := frame.Tile{Name: "Cycle time, median", Value: format.Days(c.P50), Unit: "days", Explain: "flow-cycle",
		Note: "cannot tell: nothing that was in progress was finished"}
	if c.P85 != nil {
		cycle.Note = fmt.Sprintf("85%s%% take %s or less, of %s", format.Thin, format.Plural(*c.P85, "day"),
			format.Plural(c.Measured, "issue"))
		if *c.P50 == 1 {
			cycle.Unit = "day"
		}
	}
	finished := c.Measured + c.NeverInProgress
	throughput := frame.Tile{Name: "Throughput, mean", Value: "–", Unit: "issues a week", Explain: "flow-throughput",
		Note: fmt.Sprintf("%s finished; a mean needs two whole weeks", format.Plural(finished, "issue"))}
	if x.Throughput != nil {
		throughput.Value = format.Figure(x.Throughput.Mean)
		throughput.Note = fmt.Sprintf("usually %s to %s; %d finished in all",
			format.Figure(x.Throughput.Lower), format.Figure(x.Throughput.Upper), finished)
	}
	efficiency := frame.Tile{Name: "Flow efficiency", Value: format.Percent(v.F.Efficiency), Unit: "active",
		Explain: "flow-efficiency", Note: "cannot tell: nothing that was in progress was finished"}
	if v.F.Efficiency != nil {
		efficiency.Note = "of the time from start to finish; the rest waited"
		efficiency.Meter = frame.ShareMeter(v.F.Efficiency, "f-exp")
	}
	v.Tiles = []frame.Tile{cycle, {Name: "In progress", Value: fmt.Sprint(v.F.WIP.Count),
		Unit: format.IssueWord(v.F.WIP.Count), Explain: "flow-wip", Note: v.oldestNote()},
		throughput, efficiency, {Name: "Late today", Value: fmt.Sprint(len(late)), Unit: format.IssueWord(len(late)),
			Explain: "flow-late", Note: "older than its column's pace, untouched or blocked"}}
}

// mainTiles are the figures that stand on the page of a team without sprints too: all but the efficiency.
func (v *page) mainTiles() []frame.Tile {
	return slices.DeleteFunc(slices.Clone(v.Tiles), func(t frame.Tile) bool { return t.Explain == "flow-efficiency" })
}

// oldestNote names the work that is in progress the longest.
func (v *page) oldestNote() string {
	if v.F.WIP.Count == 0 {
		return "nothing is begun"
	}
	first := v.F.WIP.Issues[0]
	return fmt.Sprintf("the oldest, %s, for %s", first.Issue, format.Plural(first.Age, "day"))
}

// summaryOf returns the title of an issue at the moment shown.
func (v *page) summaryOf(key string) string {
	if i, ok := v.team.Lookup(key); ok {
		return i.Summary.At(v.at)
	}
	return ""
}

func (v *page) fillLate(late []flow.LateIssue) {
	v.LateRest = frame.RemainderOf(len(late), v.File("late.csv"))
	v.Late = frame.LateLines(late[:len(late)-v.LateRest.More], format.WordsOf(v.team), v.base, v.keep)
	v.LateReading = frame.OpenFigures(frame.LateReading(len(late)), [2]string{fmt.Sprint(len(late)), "flow-late"})
}
