package sprint

import (
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/parallel"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/asked"
	"jerem/web/frame/beside"
	"jerem/web/frame/waterfall"
	"jerem/web/source"
	"jerem/web/sprint/callouts"
	"jerem/web/sprint/days"
	"jerem/web/sprint/report"
)

//go:embed *.html
var files embed.FS

// Pages are the pages and files of a team's sprint.
type Pages struct {
	Teams *source.Teams
	// Flow shows how work moves through a team that has no sprints, as of a moment; asked is the moment as it was
	// written in the address.
	Flow func(team *measure.Team, at time.Time, asked string) (frame.Part, error)
}

var pageTemplate = frame.ParsePage(files, "page.html", "expected.html", "unexpected.html", "past.html", "report.html",
	"oncall.html")

// page is the page of a team's sprint.
type page struct {
	W            format.Words
	Asked        string          // the moment that was asked for; "" for the present
	Sprint       *measure.Sprint // nil for a team without one
	Dates        string
	DayOf        string
	Goal         string
	Others       []frame.Choice // what else is active beside a sprint that is
	Next         *nextSprint    // what comes after the last sprint, while none is active
	Over         string         // what stands over the headline of a team without sprints
	Sentence     template.HTML
	Sign         *format.Verdict // of what the sentence says; nil where that is no verdict
	Rest         template.HTML   // what the sentence leaves out, in a quieter line
	Behind       string          // why the figures are old; "" while they are not
	happened     []measure.Entry // of which Events tells
	WhyNoAmounts string          // why the sprint has no amounts to tell; "" while it has
	LedgerNote   string          // why the ledger tells sums while there are no amounts
	Unit         string

	Tiles           []frame.Tile
	Burndown        *frame.Figure
	Ledger          []frame.SumLine
	StateBar        template.HTML
	Reconciliation  [][]frame.SumLine // the sums that join ledger, headline and bar: of what is done, of the scope
	States          []stateLine
	Scope           template.HTML
	Daily           *frame.Figure
	Natures         []natureLine
	NatureSum       *natureSum // nil for a single nature
	ImpedimentLines []impedimentLine
	Unexpected      template.HTML
	Span            string // what the impediments are of: "the sprint"
	Past            []pastLine
	PastNote        template.HTML
	PastSum         *pastSum // nil for a single sprint
	Velocity        *frame.Figure
	Events          []eventLine
	EventsReading   template.HTML
	EarlierEvents   int // how many of them a screen folds
	Explains        []frame.Explanation
	Sprints         []frame.Choice
	CSV             string
	Reasons         string
	Grade           grade.Grade
	Empty           *frame.EmptyState
	Likely          *forecastEnd
	Price           *waterfall.Price // of a sprint that is active
	Flow            template.HTML    // how work moves
	Report          []report.Group
	Days            []dayLine
	FoldsDays       string // where the first of them are folded: "narrow", "always", "" for nowhere
	DaysReading     template.HTML
	DaysNote        string // how the hours of days that are rounded add up; "" where they do
	ImpedimentNote  string // so of impediments
	Walk            *frame.TimeWalk
	OnCall          *callouts.View // nil where nobody is on call for the team
	Contents        []frame.Section
	Comparison      *beside.Comparison

	lately *measure.Impediments // of a team without a sprint
	known  time.Time            // the last reading
	Closed *time.Time           // when the sprint was closed, as known then; nil while it is not
	steady *steadyPage          // what is kept of the page; nil where nothing is
}

// nextSprint is a sprint that is planned.
type nextSprint struct{ Name, Address, From string }

type stateLine struct{ Name, Value, Issues, Explain string }
type natureLine struct {
	Name, Hours, Count string
	HoursBar, CountBar template.HTML
}
type impedimentLine struct{ Key, Address, Summary, Natures, Hours, State string }
type pastLine struct {
	Name, Address, Dates                                 string
	Committed, Completed, Kept, SayDo, Completion, Hours string
	Bar                                                  template.HTML
}

// Page describes the page of a team: of the sprint that is asked for, else of the active one,
// else of the last one that began.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	team, at, err := source.PageAsked(s.Teams, r)
	if err != nil {
		return frame.View{}, err
	}
	w := format.WordsOf(team)
	v := frame.View{Template: pageTemplate, Title: team.History().Team.Name, Kind: "sprint"}
	v.SetMoment(team, w, at)
	page := page{W: w, Unit: w.UnitName(), Behind: s.Teams.Behind(r.Context(), team)}
	v.Behind = page.Behind != ""
	if empty := asked.BeforeAll(team, at, frame.TeamAddress(v.Team)); empty != nil {
		page.Asked, page.Empty = frame.AskedAt(r.URL.RawQuery), empty
		v.Body = page
		return v, nil
	}
	id, ok, err := chosenSprint(r, team, at)
	if err != nil {
		return frame.View{}, err
	}
	if !ok {
		err := fillWithoutSprint(&page, s, team, at, r.URL.RawQuery)
		if err == nil {
			err = compareFlow(&page, r, team, at)
		}
		v.Body = page
		return v, err
	}
	kept := isKept(team, at, r.URL.RawQuery)
	sprint, err := measuredSprint(team, id, at, kept)
	if err != nil {
		return frame.View{}, frame.NewProblem(http.StatusNotFound, "unknown_sprint",
			"The team's page lists its sprints.",
			"%v", err)
	}
	v.Title = team.History().Team.Name + ", " + sprint.Name
	page.Asked = frame.AskedAt(r.URL.RawQuery)
	if err := page.fillSprint(s, team, sprint, at, kept); err != nil {
		return frame.View{}, err
	}
	if err := page.compareWith(r, team, sprint, at); err != nil {
		return frame.View{}, err
	}
	v.Foot = append(v.Foot, format.GradeWord(sprint.Quality.Grade)+format.GradeReasons(sprint.Quality))
	v.Body = page
	return v, nil
}

// chosenSprint returns the sprint that a request means.
func chosenSprint(r *http.Request, team *measure.Team, at time.Time) (int64, bool, error) {
	if text := r.PathValue("id"); text != "" {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return 0, false, frame.NewProblem(http.StatusNotFound, "unknown_sprint",
				"A sprint is named by its number in Jira.",
				"%q is not the id of a sprint", text)
		}
		return id, true, nil
	}
	if id, ok := team.ActiveSprint(at); ok {
		return id, true, nil
	}
	if id, ok := team.LastSprint(at); ok {
		return id, true, nil
	}
	if heads := team.Sprints(at); len(heads) > 0 {
		return heads[0].ID, true, nil
	}
	return 0, false, nil
}

func noSprintState(team *measure.Team) *frame.EmptyState {
	h := team.History()
	if h.Board == nil {
		return &frame.EmptyState{Title: "This team has no board",
			Text: "Sprints, columns and the estimate come from a board. Create one in Jira for project " +
				h.Team.Project +
				", or name one in projects[].board."}
	}
	if h.Board.Kind == agile.Kanban {
		return &frame.EmptyState{Title: "A Kanban board has no sprints",
			Link:     frame.TeamAddress(h.Team.Name) + "/roadmap",
			LinkText: "Roadmap of the quarter",
			Text: fmt.Sprintf("Board %d (%s) is read: its impediments stand below, "+
				"its epics on the roadmap. Sprint figures begin with a Scrum board.", h.Board.ID, h.Board.Name)}
	}
	return &frame.EmptyState{Title: "No sprint yet",
		Text: "The figures begin when the first sprint of the board starts in Jira."}
}

// File leads to a file of the sprint, beside its ledger.
func (m page) File(name string) string { return strings.Replace(m.CSV, "ledger.csv", name, 1) }

// fillSprint puts the figures of a sprint into the page; kept tells that what stands throughout a step may be kept.
func (m *page) fillSprint(s *Pages, team *measure.Team, sp *measure.Sprint, at time.Time, kept bool) error {
	m.known, m.Closed = team.Now(), closedAt(team, sp.ID)
	flow := startFlow(s, team, sp, at, m.Asked)
	steadyPart(m, s, team, sp, at, kept)
	if sp.Ledger == nil {
		return nil
	}
	fillMoving(m, team, sp, at)
	return m.fillFlow(flow())
}

// idealOf is the value of the ideal line at the moment shown, nil where there is none.
func idealOf(team *measure.Team, sp *measure.Sprint, at time.Time) *float64 {
	ideal, ok := measure.IdealAt(team, sp, days.EndOf(sp, at))
	if !ok || sp.Ledger.Commitment <= 0 {
		return nil
	}
	return &ideal
}

// madeFlow is how work moves, or why it cannot be shown.
type madeFlow struct {
	part frame.Part
	err  error
}

// startFlow begins to make how work moves, beside the rest of the page, while the sprint is active: what is late or in
// order is told of a moment.
func startFlow(
	s *Pages, team *measure.Team, sp *measure.Sprint, at time.Time, asked string,
) (wait func() madeFlow) {
	if sp.State != agile.Active || sp.Ledger == nil || s.Flow == nil {
		return func() madeFlow { return madeFlow{} }
	}
	return parallel.Start(func() madeFlow {
		part, err := s.Flow(team, at, asked)
		return madeFlow{part, err}
	})
}

// fillFlow shows how work moves.
func (m *page) fillFlow(made madeFlow) error {
	m.Flow = made.part.HTML
	m.Explains = append(m.Explains, made.part.Explains...)
	m.Contents = listSections(m, made.part.Sections)
	return made.err
}

// compareWith adds what changed between the moment shown and another one that the request names.
func (m *page) compareWith(r *http.Request, team *measure.Team, sp *measure.Sprint, at time.Time) error {
	with, named, err := asked.ComparedOnPage(r, team)
	if err != nil || !named || sp.Ledger == nil {
		return err
	}
	return fillComparison(m, team, sp, at, with, frame.TeamAddress(team.History().Team.Name))
}

func fillHeader(m *page, sp *measure.Sprint) {
	switch {
	case sp.Start == nil:
		m.Dates = "no dates"
	case sp.End == nil:
		m.Dates = "since " + m.W.DayYear(*sp.Start)
	default:
		m.Dates = m.W.Dates(*sp.Start, *sp.End)
	}
	switch wd := sp.WorkingDays; {
	case sp.State == agile.Closed && sp.Complete == nil:
		m.DayOf = "closed, not told when"
	case sp.State == agile.Closed:
		m.DayOf = "closed on " + m.W.Short(*sp.Complete)
	case sp.State == agile.Future:
		m.DayOf = "planned"
	case wd.Elapsed != nil && wd.Total != nil && *wd.Elapsed > *wd.Total:
		m.DayOf = fmt.Sprintf("day %d, planned were %d", *wd.Elapsed, *wd.Total)
	case wd.Elapsed != nil && wd.Total != nil:
		m.DayOf = fmt.Sprintf("day %d of %d", *wd.Elapsed, *wd.Total)
	case wd.Elapsed != nil:
		m.DayOf = fmt.Sprintf("day %d", *wd.Elapsed)
	}
}

// sprintCharts are the drawings of a sprint's page, by the names of their files.
var sprintCharts = map[string]func(*page) *frame.Figure{
	"burndown":    func(m *page) *frame.Figure { return m.Burndown },
	"impediments": func(m *page) *frame.Figure { return m.Daily },
	"velocity":    func(m *page) *frame.Figure { return m.Velocity },
}

// Chart describes a drawing of a sprint's page, as a file.
func (s *Pages) Chart(name string) frame.Describe {
	pick := sprintCharts[name]
	return func(r *http.Request) (frame.View, error) {
		v, err := s.Page(r)
		if err != nil {
			return frame.View{}, err
		}
		m := v.Body.(page)
		return frame.Drawing(pick(&m))
	}
}
