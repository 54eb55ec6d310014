package web

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
)

var microTemplate = parsePage(frameFiles, "micro.html")

// micro is the page of a team's sprint.
type micro struct {
	W        words
	Asked    string          // the moment that was asked for; "" for the present
	Sprint   *measure.Sprint // nil for a team without one
	Dates    string
	DayOf    string
	Goal     string
	Sentence template.HTML
	Behind   string // why the figures are old; "" while they are not
	Lack     string // why the sprint has no amounts to tell; "" while it has
	Unit     string

	Tiles      []tile
	Burndown   *drawn
	Ledger     []ledgerLine
	StateBar   template.HTML
	Joined     []ledgerLine // the sums that join ledger, headline and bar
	States     []stateLine
	Scope      string
	Daily      *drawn
	Natures    []natureLine
	Trouble    []tollLine
	Unexpected string
	Span       string // what the impediments are of: "the sprint"
	Past       []pastLine
	PastNote   string
	Velocity   *drawn
	Issues     []issueLine
	Events     []eventLine
	Explains   []explanation
	Sprints    []sprintLink
	CSV        string
	Reasons    string
	Grade      measure.Grade
	Empty      *blank
	Likely     *likelyEnd
	Late       *lateToday
	Flow       template.HTML // how work moves, of a team without sprints
}

type stateLine struct{ Name, Value, Issues, Explain string }
type natureLine struct {
	Name, Hours, Count string
	HoursBar, CountBar template.HTML
}
type tollLine struct{ Key, Address, Summary, Natures, Hours, State string }
type pastLine struct {
	Name, Address, Dates                          string
	Committed, Completed, Kept, Completion, Hours string
	Bar                                           template.HTML
}
type issueLine struct{ Key, Address, Summary, State, Estimate, Note string }
type eventLine struct{ Time, Key, Address, What, Delta, Remaining string }

// microPage describes the page of a team: of the sprint that is asked for, else of the active one,
// else of the last one that began.
func (s *sprintPages) microPage(r *http.Request) (view, error) {
	team, err := s.teams.team(r.Context(), r.PathValue("team"))
	if err != nil {
		return view{}, err
	}
	at, err := momentAt(r, team)
	if err != nil {
		return view{}, err
	}
	w := wordsOf(team)
	v := view{template: microTemplate, Title: team.History().Team.Name, page: "sprint"}
	v.shown(team, w, at)
	page := micro{W: w, Unit: w.unitName(), Behind: s.teams.behind(r.Context(), team)}
	v.Behind = page.Behind != ""
	id, ok, err := chosen(r, team, at)
	if err != nil {
		return view{}, err
	}
	if !ok {
		err := page.withoutSprint(s, team, at, r.URL.RawQuery)
		v.Body = page
		return v, err
	}
	sprint, err := team.Sprint(id, at)
	if err != nil {
		return view{}, problem(http.StatusNotFound, "unknown_sprint", "The team's page lists its sprints.", "%v", err)
	}
	v.Title = team.History().Team.Name + ", " + sprint.Name
	page.fill(s, team, sprint, at, r.URL.RawQuery)
	v.Foot = append(v.Foot, gradeWord(sprint.Quality.Grade)+reasons(sprint.Quality))
	v.Body = page
	return v, nil
}

// chosen returns the sprint that a request means.
func chosen(r *http.Request, team *measure.Team, at time.Time) (int64, bool, error) {
	if text := r.PathValue("id"); text != "" {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return 0, false, problem(http.StatusNotFound, "unknown_sprint", "A sprint is named by its number in Jira.", "%q is not the id of a sprint", text)
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

func nothing(team *measure.Team) *blank {
	h := team.History()
	if h.Board == nil {
		return &blank{Title: "This team has no board", Text: "Sprints, columns and the estimate come from a board. Create one in Jira for project " + h.Team.Project + ", or name one in projects[].board."}
	}
	if h.Board.Kind == agile.Kanban {
		return &blank{Title: "A Kanban board has no sprints", Link: teamAddress(h.Team.Name) + "/roadmap", LinkText: "Roadmap of the quarter", Text: fmt.Sprintf("Board %d (%s) is read: its impediments stand below, its epics on the roadmap. Sprint figures begin with a Scrum board.", h.Board.ID, h.Board.Name)}
	}
	return &blank{Title: "No sprint yet", Text: "The figures begin when the first sprint of the board starts in Jira."}
}

// File leads to a file of the sprint, beside its ledger.
func (m micro) File(name string) string { return strings.Replace(m.CSV, "ledger.csv", name, 1) }

// fill puts the figures of a sprint into the page.
func (m *micro) fill(s *sprintPages, team *measure.Team, sp *measure.Sprint, at time.Time, query string) {
	m.Sprint, m.Goal, m.Asked, m.Span = sp, sp.Goal, queryAt(query), "the sprint"
	m.Grade, m.Reasons = sp.Quality.Grade, reasonList(sp.Quality)
	m.header(sp)
	keep := ""
	if at := queryAt(query); at != "" {
		keep = "?at=" + url.QueryEscape(at)
	}
	base := teamAddress(team.History().Team.Name)
	for _, h := range slices.Backward(team.Sprints(at)) {
		m.Sprints = append(m.Sprints, sprintLink{h.Name, fmt.Sprintf("%s/sprints/%d%s", base, h.ID, keep), h.ID == sp.ID})
	}
	m.CSV = fmt.Sprintf("%s/sprints/%d/ledger.csv%s", base, sp.ID, keep)
	m.issues(team, sp, base, keep)
	m.states(sp)
	if sp.Ledger == nil {
		m.Empty = &blank{Title: "This sprint has not started", Text: "Its ledger, burndown and impediments begin when it starts in Jira. What is planned for it stands below."}
		m.Sentence = template.HTML(template.HTMLEscapeString(fmt.Sprintf("%s planned: %s.", plural(len(sp.Issues), "issue"), m.W.count(sp.ToDo.Estimate+sp.Doing.Estimate+sp.Done.Estimate))))
		return
	}
	ideal, hasIdeal := team.IdealAt(sp, endOf(sp, at))
	hasIdeal = hasIdeal && sp.Ledger.Commitment > 0
	m.ledger(sp)
	m.reconcile(sp)
	if m.Lack = m.nothingToMeasure(sp); m.Lack != "" {
		m.Scope, m.Reasons, m.Joined = capital(m.Lack), orElse(m.Reasons, m.Lack), nil
		m.Sentence = m.emptySentence(sp)
	} else {
		m.sentence(sp)
	}
	m.tiles(sp, ideal, hasIdeal)
	m.events(sp, base, keep)
	ax := newAxis(team, sp, at)
	m.burndown(team, sp, ax, at, ideal, hasIdeal)
	m.unexpected(team, sp, ax, at, base, keep)
	m.past(team, sp, at, base, keep)
	m.Explains = append(m.Explains, explainSprint(sp, m.W, s.teams.jira)...)
	m.likely(team, sp, at)
	m.lateNow(s, team, sp, at, base, keep)
	m.unknownAmounts()
}

// unknownAmounts says in the explanations of amounts why there are none.
func (m *micro) unknownAmounts() {
	if m.Lack == "" {
		return
	}
	for i := range m.Explains {
		if e := &m.Explains[i]; slices.Contains([]string{"remaining", "commitment", "completed", "scope", "kept"}, e.ID) {
			e.Value, e.Unit, e.Notes = "–", m.Lack, append(e.Notes, "Nothing is estimated above 0: the sum is told, but measures nothing.")
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

func (m *micro) header(sp *measure.Sprint) {
	switch {
	case sp.Start == nil:
		m.Dates = "no dates"
	case sp.End == nil:
		m.Dates = "since " + m.W.dayYear(*sp.Start)
	default:
		m.Dates = m.W.day(*sp.Start) + " to " + m.W.dayYear(*sp.End)
	}
	switch wd := sp.WorkingDays; {
	case sp.State == agile.Closed:
		m.DayOf = "closed on " + m.W.short(*sp.Complete)
	case sp.State == agile.Future:
		m.DayOf = "planned"
	case wd.Elapsed != nil && wd.Total != nil:
		m.DayOf = fmt.Sprintf("day %d of %d", *wd.Elapsed, *wd.Total)
	case wd.Elapsed != nil:
		m.DayOf = fmt.Sprintf("day %d", *wd.Elapsed)
	}
}

// sentence says the page in one breath.
func (m *micro) sentence(sp *measure.Sprint) {
	w, l := m.W, sp.Ledger
	var b strings.Builder
	if sp.State == agile.Closed {
		fmt.Fprintf(&b, "Of %s %s committed, %s were kept; %s of %s were completed and %s remained", fig("commitment", w.amount(l.Commitment)), w.unitFor(l.Commitment),
			fig("kept", w.amount(*sp.Kept)), fig("completed", w.amount(*sp.Completed)), fig("scope", w.amount(*sp.Scope)), fig("remaining", w.amount(l.Remaining)))
	} else {
		fmt.Fprintf(&b, "%s of %s %s are done and %s %s", fig("completed", w.amount(*sp.Completed)), fig("scope", w.amount(*sp.Scope)), w.unitFor(*sp.Scope), fig("remaining", w.amount(l.Remaining)), w.remain(l.Remaining))
	}
	if grown := l.Added - l.Removed + l.Reestimated; grown > 0 {
		fmt.Fprintf(&b, "; the scope grew by %s", fig("remaining", w.amount(grown)))
	} else if grown < 0 {
		fmt.Fprintf(&b, "; the scope shrank by %s", fig("remaining", w.amount(-grown)))
	}
	m.Sentence = template.HTML(b.String() + m.outside(sp) + impedimentsTook(sp) + ".")
}

// impedimentsTook ends a sentence with the time of impediments, and with the nature that took most of it.
func impedimentsTook(sp *measure.Sprint) string {
	i := sp.Impediments
	if i.Seconds == 0 {
		return ""
	}
	text := ", and impediments took " + fig("impediments", hours(i.Seconds)+" hours")
	if n := i.ByNature[0]; n.Nature != measure.UnknownNature && 2*n.Seconds > i.Seconds {
		text += ", mostly " + template.HTMLEscapeString(strings.ToLower(n.Nature))
	}
	return text
}

func (m *micro) states(sp *measure.Sprint) {
	w := m.W
	m.StateBar = svg(chart.Stack("done, doing, to do", []chart.Part{{Value: sp.Done.Estimate, Class: "f-done"}, {Value: sp.Doing.Estimate, Class: "f-doing"}, {Value: sp.ToDo.Estimate, Class: "f-todo"}}))
	for _, s := range []struct {
		name    string
		work    measure.Work
		explain string
	}{{"Done", sp.Done, "completed"}, {"Doing", sp.Doing, "remaining"}, {"To do", sp.ToDo, "remaining"}} {
		m.States = append(m.States, stateLine{s.name, w.amount(s.work.Estimate), plural(s.work.Issues, "issue"), s.explain})
	}
}

// ledger writes the account as a sum.
func (m *micro) ledger(sp *measure.Sprint) {
	l, w := sp.Ledger, m.W
	counts := map[measure.Kind]int{}
	for _, e := range l.Entries {
		counts[e.Kind]++
	}
	times := func(k measure.Kind, thing string) string {
		if counts[k] == 0 {
			return ""
		}
		return plural(counts[k], thing)
	}
	m.Ledger = []ledgerLine{
		{"", "Commitment", times(measure.Commit, "issue"), w.amount(l.Commitment), "commitment"},
		{"+", "Added", times(measure.Add, "time"), w.amount(l.Added), "remaining"},
		{"−", "Removed", times(measure.Remove, "time"), w.amount(l.Removed), "remaining"},
		{"+", "Re-estimated", times(measure.Reestimate, "time"), w.amount(l.Reestimated), "remaining"},
		{"−", "Completed", times(measure.Complete, "time"), w.amount(l.Completed), "remaining"},
		{"+", "Reopened", times(measure.Reopen, "time"), w.amount(l.Reopened), "remaining"},
		{"=", "Remaining", "", w.amount(l.Remaining), "remaining"},
	}
	m.Scope = fmt.Sprintf("%s committed became %s to go", w.amount(l.Commitment), w.amount(l.Remaining))
}

func (m *micro) events(sp *measure.Sprint, base, keep string) {
	for _, e := range sp.Ledger.Entries {
		m.Events = append(m.Events, eventLine{m.W.short(e.Time), e.Issue, issueAddress(base, e.Issue, keep), kindWords[e.Kind], m.W.signed(e.Delta), m.W.amount(e.Remaining)})
	}
}

func (m *micro) issues(team *measure.Team, sp *measure.Sprint, base, keep string) {
	for _, i := range sp.Issues {
		line := issueLine{Key: i.Key, Address: issueAddress(base, i.Key, keep), Summary: i.Summary, State: stateWords[i.State], Estimate: "–"}
		if i.Estimate != nil {
			line.Estimate = m.W.amount(*i.Estimate)
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
