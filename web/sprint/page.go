package sprint

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/chart"
	"jerem/measure"
	"jerem/measure/grade"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
)

var pageTemplate = frame.ParsePage(files, "page.html")

// page is the page of a team's sprint.
type page struct {
	W            format.Words
	Asked        string          // the moment that was asked for; "" for the present
	Sprint       *measure.Sprint // nil for a team without one
	Dates        string
	DayOf        string
	Goal         string
	Sentence     template.HTML
	Behind       string // why the figures are old; "" while they are not
	WhyNoAmounts string // why the sprint has no amounts to tell; "" while it has
	Unit         string

	Tiles           []frame.Tile
	Burndown        *frame.Figure
	Ledger          []frame.SumLine
	StateBar        template.HTML
	Reconciliation  []frame.SumLine // the sums that join ledger, headline and bar
	States          []stateLine
	Scope           string
	Daily           *frame.Figure
	Natures         []natureLine
	ImpedimentLines []impedimentLine
	Unexpected      string
	Span            string // what the impediments are of: "the sprint"
	Past            []pastLine
	PastNote        string
	Velocity        *frame.Figure
	Issues          []issueLine
	Events          []eventLine
	Explains        []frame.Explanation
	Sprints         []frame.Choice
	CSV             string
	Reasons         string
	Grade           grade.Grade
	Empty           *frame.EmptyState
	Likely          *forecastEnd
	Late            *lateWork
	Flow            template.HTML // how work moves, of a team without sprints
}

type stateLine struct{ Name, Value, Issues, Explain string }
type natureLine struct {
	Name, Hours, Count string
	HoursBar, CountBar template.HTML
}
type impedimentLine struct{ Key, Address, Summary, Natures, Hours, State string }
type pastLine struct {
	Name, Address, Dates                          string
	Committed, Completed, Kept, Completion, Hours string
	Bar                                           template.HTML
}
type issueLine struct{ Key, Address, Summary, State, Estimate, Note string }
type eventLine struct{ Time, Key, Address, What, Delta, Remaining string }

// Page describes the page of a team: of the sprint that is asked for, else of the active one,
// else of the last one that began.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	team, err := s.Teams.Team(r.Context(), r.PathValue("team"))
	if err != nil {
		return frame.View{}, err
	}
	at, err := frame.MomentAt(r, team)
	if err != nil {
		return frame.View{}, err
	}
	w := format.WordsOf(team)
	v := frame.View{Template: pageTemplate, Title: team.History().Team.Name, Kind: "sprint"}
	v.SetMoment(team, w, at)
	page := page{W: w, Unit: w.UnitName(), Behind: s.Teams.Behind(r.Context(), team)}
	v.Behind = page.Behind != ""
	id, ok, err := chosenSprint(r, team, at)
	if err != nil {
		return frame.View{}, err
	}
	if !ok {
		err := page.fillWithoutSprint(s, team, at, r.URL.RawQuery)
		v.Body = page
		return v, err
	}
	sprint, err := team.Sprint(id, at)
	if err != nil {
		return frame.View{}, frame.NewProblem(http.StatusNotFound, "unknown_sprint",
			"The team's page lists its sprints.",
			"%v", err)
	}
	v.Title = team.History().Team.Name + ", " + sprint.Name
	page.fillSprint(s, team, sprint, at, r.URL.RawQuery)
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
	heads := team.Sprints(at)
	for _, h := range slices.Backward(heads) {
		if h.State == agile.Closed {
			return h.ID, true, nil
		}
	}
	if len(heads) > 0 {
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

// fillSprint puts the figures of a sprint into the page.
func (m *page) fillSprint(s *Pages, team *measure.Team, sp *measure.Sprint, at time.Time, query string) {
	m.Sprint, m.Goal, m.Asked, m.Span = sp, sp.Goal, frame.AskedAt(query), "the sprint"
	m.Grade, m.Reasons = sp.Quality.Grade, format.ReasonList(sp.Quality)
	m.fillHeader(sp)
	keep := ""
	if at := frame.AskedAt(query); at != "" {
		keep = "?at=" + url.QueryEscape(at)
	}
	base := frame.TeamAddress(team.History().Team.Name)
	for _, h := range slices.Backward(team.Sprints(at)) {
		m.Sprints = append(m.Sprints, frame.Choice{Name: h.Name,
			Address: fmt.Sprintf("%s/sprints/%d%s", base, h.ID, keep),
			Here:    h.ID == sp.ID})
	}
	m.CSV = fmt.Sprintf("%s/sprints/%d/ledger.csv%s", base, sp.ID, keep)
	m.fillIssues(team, sp, base, keep)
	m.fillStates(sp)
	if sp.Ledger == nil {
		m.Empty = &frame.EmptyState{Title: "This sprint has not started",
			Text: "Its ledger, burndown and impediments begin when it starts in Jira. What is planned for it " +
				"stands below."}
		m.Sentence = template.HTML(template.HTMLEscapeString(fmt.Sprintf("%s planned: %s.",
			format.Plural(len(sp.Issues), "issue"), m.W.Count(sp.ToDo.Estimate+sp.Doing.Estimate+sp.Done.Estimate))))
		return
	}
	ideal, hasIdeal := measure.IdealAt(team, sp, endOf(sp, at))
	hasIdeal = hasIdeal && sp.Ledger.Commitment > 0
	m.fillLedger(sp)
	m.fillReconciliation(sp)
	if m.WhyNoAmounts = nothingToMeasure(m, sp); m.WhyNoAmounts != "" {
		m.Scope, m.Reasons, m.Reconciliation = format.Capital(m.WhyNoAmounts), format.OrElse(m.Reasons,
			m.WhyNoAmounts), nil
		m.Sentence = emptySentence(m, sp)
	} else {
		m.writeSentence(sp)
	}
	m.fillTiles(sp, ideal, hasIdeal)
	m.fillEvents(sp, base, keep)
	ax := newAxis(team, sp, at)
	m.drawBurndown(team, sp, ax, at, ideal, hasIdeal)
	m.fillImpediments(team, sp, ax, at, base, keep)
	m.fillPastSprints(team, sp, at, base, keep)
	m.Explains = append(m.Explains, drawer.Sprint(team, sp, s.Teams.Jira)...)
	m.fillForecast(team, sp, at)
	m.fillLateWork(s, team, sp, at, base, keep)
	m.unknownAmounts()
}

// unknownAmounts says in the explanations of amounts why there are none.
func (m *page) unknownAmounts() {
	if m.WhyNoAmounts == "" {
		return
	}
	for i := range m.Explains {
		if e := &m.Explains[i]; slices.Contains([]string{"remaining", "commitment", "completed", "scope",
			"kept"}, e.ID) {
			e.Value, e.Unit, e.Notes = "–", m.WhyNoAmounts, append(e.Notes,
				"Nothing is estimated above 0: the sum is told, but measures nothing.")
		}
	}
}

// endOf returns what the figures stand as of: the completion of a closed sprint, else the moment.
func endOf(sp *measure.Sprint, at time.Time) time.Time {
	if sp.Complete != nil {
		return *sp.Complete
	}
	return at
}

func (m *page) fillHeader(sp *measure.Sprint) {
	switch {
	case sp.Start == nil:
		m.Dates = "no dates"
	case sp.End == nil:
		m.Dates = "since " + m.W.DayYear(*sp.Start)
	default:
		m.Dates = m.W.Day(*sp.Start) + " to " + m.W.DayYear(*sp.End)
	}
	switch wd := sp.WorkingDays; {
	case sp.State == agile.Closed:
		m.DayOf = "closed on " + m.W.Short(*sp.Complete)
	case sp.State == agile.Future:
		m.DayOf = "planned"
	case wd.Elapsed != nil && wd.Total != nil:
		m.DayOf = fmt.Sprintf("day %d of %d", *wd.Elapsed, *wd.Total)
	case wd.Elapsed != nil:
		m.DayOf = fmt.Sprintf("day %d", *wd.Elapsed)
	}
}

// writeSentence writes the headline of the page.
func (m *page) writeSentence(sp *measure.Sprint) {
	w, l := m.W, sp.Ledger
	var b strings.Builder
	if sp.State == agile.Closed {
		fmt.Fprintf(&b, "Of %s %s committed, %s were kept; %s of %s were completed and %s remained",
			frame.LinkFigure("commitment", w.Amount(l.Commitment)), w.UnitFor(l.Commitment),
			frame.LinkFigure("kept", w.Amount(*sp.Kept)), frame.LinkFigure("completed", w.Amount(*sp.Completed)),
			frame.LinkFigure("scope", w.Amount(*sp.Scope)), frame.LinkFigure("remaining", w.Amount(l.Remaining)))
	} else {
		fmt.Fprintf(&b, "%s of %s %s are done and %s %s", frame.LinkFigure("completed", w.Amount(*sp.Completed)),
			frame.LinkFigure("scope", w.Amount(*sp.Scope)), w.UnitFor(*sp.Scope),
			frame.LinkFigure("remaining", w.Amount(l.Remaining)), w.Remain(l.Remaining))
	}
	if grown := l.Added - l.Removed + l.Reestimated; grown > 0 {
		fmt.Fprintf(&b, "; the scope grew by %s", frame.LinkFigure("remaining", w.Amount(grown)))
	} else if grown < 0 {
		fmt.Fprintf(&b, "; the scope shrank by %s", frame.LinkFigure("remaining", w.Amount(-grown)))
	}
	m.Sentence = template.HTML(b.String() + outsideSentence(m, sp) + impedimentsTook(sp) + ".")
}

// impedimentsTook ends a sentence with the time of impediments, and with the nature that took most of it.
func impedimentsTook(sp *measure.Sprint) string {
	i := sp.Impediments
	if i.Seconds == 0 {
		return ""
	}
	text := ", and impediments took " + frame.LinkFigure("impediments", format.Hours(i.Seconds)+" hours")
	if n := i.ByNature[0]; n.Nature != measure.UnknownNature && 2*n.Seconds > i.Seconds {
		text += ", mostly " + template.HTMLEscapeString(strings.ToLower(n.Nature))
	}
	return text
}

func (m *page) fillStates(sp *measure.Sprint) {
	w := m.W
	m.StateBar = frame.HTML(chart.Stack("done, doing, to do", []chart.Part{{Value: sp.Done.Estimate, Class: "f-done"},
		{Value: sp.Doing.Estimate, Class: "f-doing"}, {Value: sp.ToDo.Estimate, Class: "f-todo"}}))
	for _, s := range []struct {
		name    string
		work    measure.Work
		explain string
	}{{"Done", sp.Done, "completed"}, {"Doing", sp.Doing, "remaining"}, {"To do", sp.ToDo, "remaining"}} {
		m.States = append(m.States, stateLine{s.name, w.Amount(s.work.Estimate), format.Plural(s.work.Issues, "issue"),
			s.explain})
	}
}

// fillLedger writes the account as a sum.
func (m *page) fillLedger(sp *measure.Sprint) {
	l, w := sp.Ledger, m.W
	counts := map[measure.Kind]int{}
	for _, e := range l.Entries {
		counts[e.Kind]++
	}
	times := func(k measure.Kind, thing string) string {
		if counts[k] == 0 {
			return ""
		}
		return format.Plural(counts[k], thing)
	}
	m.Ledger = []frame.SumLine{
		{Op: "", Name: "Commitment", Count: times(measure.Commit, "issue"), Value: w.Amount(l.Commitment),
			Explain: "commitment"},
		{Op: "+", Name: "Added", Count: times(measure.Add, "time"), Value: w.Amount(l.Added), Explain: "remaining"},
		{Op: "−", Name: "Removed", Count: times(measure.Remove, "time"), Value: w.Amount(l.Removed),
			Explain: "remaining"},
		{Op: "+", Name: "Re-estimated", Count: times(measure.Reestimate, "time"), Value: w.Amount(l.Reestimated),
			Explain: "remaining"},
		{Op: "−", Name: "Completed", Count: times(measure.Complete, "time"), Value: w.Amount(l.Completed),
			Explain: "remaining"},
		{Op: "+", Name: "Reopened", Count: times(measure.Reopen, "time"), Value: w.Amount(l.Reopened),
			Explain: "remaining"},
		{Op: "=", Name: "Remaining", Count: "", Value: w.Amount(l.Remaining), Explain: "remaining"},
	}
	m.Scope = fmt.Sprintf("%s committed became %s to go", w.Amount(l.Commitment), w.Amount(l.Remaining))
}

func (m *page) fillEvents(sp *measure.Sprint, base, keep string) {
	for _, e := range sp.Ledger.Entries {
		m.Events = append(m.Events, eventLine{m.W.Short(e.Time), e.Issue, frame.IssueAddress(base, e.Issue, keep),
			format.KindWords[e.Kind], m.W.Signed(e.Delta), m.W.Amount(e.Remaining)})
	}
}

func (m *page) fillIssues(team *measure.Team, sp *measure.Sprint, base, keep string) {
	for _, i := range sp.Issues {
		line := issueLine{Key: i.Key, Address: frame.IssueAddress(base, i.Key, keep), Summary: i.Summary,
			State: format.StateWords[i.State], Estimate: "–"}
		if i.Estimate != nil {
			line.Estimate = m.W.Amount(*i.Estimate)
		}
		var notes []string
		if sp.Ledger != nil && !i.Committed {
			notes = append(notes, "not committed")
		}
		if i.State == measure.Done && sp.Ledger != nil && !i.Completed {
			notes = append(notes, "done outside the sprint")
		}
		line.Note = strings.Join(notes, ", ")
		m.Issues = append(m.Issues, line)
	}
}
