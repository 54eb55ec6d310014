package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"jerem/calendar"
	"jerem/measure"
)

var flowTemplate = parsePage(frameFiles, "flow.html")

// flowView is how work moves through a team: a page of its own, and the main part of the page of a team without
// sprints. Its figures are those of the API's flow and late.
type flowView struct {
	F        *measure.Flow
	Behind   string
	Span     string // the window, in words
	Sentence template.HTML
	Tiles    []tile
	Cycle    *drawn
	Old      *drawn
	Moved    *drawn
	Weekly   *drawn
	Late     []lateLine
	Ages     []ageLine
	Rules    []ruleLine
	LateSaid template.HTML
	AgesSaid template.HTML
	RuleSaid template.HTML
	Explains []explanation
	Grade    measure.Grade
	Reasons  string
	Empty    *blank

	base, keep string // address of the team, and what its issues keep of the question
	query      []string
	at         time.Time
	team       *measure.Team
}

type ageLine struct {
	Key, Address, Summary, Column, Age, Pace string
	Bar                                      template.HTML
}

type ruleLine struct {
	Name, Of, Share, Why, Explain string
	Bar                           template.HTML
	Issues                        []sprintLink
	More                          int
}

// File is the address of a file of the flow: of the same moment and window.
func (v flowView) File(name string) string { return with(v.base+"/flow/"+name, v.query...) }

// Page is the address of the flow's own page.
func (v flowView) Page() string { return with(v.base+"/flow", v.query...) }

// flowPage describes the page of a team's flow.
func (s *flowPages) flowPage(r *http.Request) (view, error) {
	team, err := s.teams.team(r.Context(), r.PathValue("team"))
	if err != nil {
		return view{}, err
	}
	at, err := momentAt(r, team)
	if err != nil {
		return view{}, err
	}
	from, to, err := flowDates(r, team, at)
	if err != nil {
		return view{}, err
	}
	v := view{template: flowTemplate, Title: team.History().Team.Name + " flow", page: "flow"}
	v.shown(team, wordsOf(team), at)
	query := r.URL.Query()
	f := s.flowOf(team, at, from, to, []string{"at", query.Get("at"), "from", query.Get("from"), "to", query.Get("to")})
	f.Behind = s.teams.behind(r.Context(), team)
	v.Behind = f.Behind != ""
	v.Foot = append(v.Foot, gradeWord(f.F.Quality.Grade)+reasons(f.F.Quality))
	v.Body = *f
	return v, nil
}

// part shows the flow on the page of a team that has no sprints: nothing where nothing moves.
func (s *flowPages) part(team *measure.Team, at time.Time, asked string) (part, error) {
	first, last := team.FlowDates(at)
	v := s.flowOf(team, at, first, last, []string{"at", asked})
	if v.Empty != nil {
		return part{Explains: v.Explains}, nil
	}
	var text strings.Builder
	err := flowTemplate.ExecuteTemplate(&text, "flowbody", v)
	return part{template.HTML(text.String()), v.Explains}, err
}

// flowOf fills in the flow of a team; query is what its files and pages keep of the question.
func (s *flowPages) flowOf(team *measure.Team, at time.Time, from, to calendar.Date, query []string) *flowView {
	v := &flowView{F: team.Flow(at, from, to), team: team, at: at, query: query, base: teamAddress(team.History().Team.Name)}
	v.keep = with("", "at", query[1])
	v.Span = dateWord(from) + " to " + dateWord(to) + fmt.Sprintf(" %d", to.Year)
	v.Grade, v.Reasons = v.F.Quality.Grade, reasonList(v.F.Quality)
	late := team.Late(at)
	v.late(late)
	if v.F.CycleTime.Measured+v.F.CycleTime.NeverInProgress+v.F.WIP.Count == 0 {
		v.Empty = &blank{Title: "Nothing was finished and nothing is in progress", Text: "The flow begins when an issue enters a status of a column in progress. " +
			"These are the days " + v.Span + "; choose others with from and to in the address."}
	}
	v.sentence(len(late))
	v.tiles(late)
	v.cycle(from, to)
	v.ageing()
	v.cumulative(from)
	v.weekly(from, to)
	v.rules()
	v.explain(s, late)
	return v
}

// sentence says the page in one breath: what half and most of the work takes, what is underway, what needs a look.
func (v *flowView) sentence(late int) {
	c, wip := v.F.CycleTime, v.F.WIP.Count
	var b strings.Builder
	switch {
	case c.P50 != nil:
		fmt.Fprintf(&b, "Half of the issues take %s or less and 85%s%% take %s or less", fig("flow-cycle", plural(*c.P50, "day")), thin, fig("flow-cycle", plural(*c.P85, "day")))
	case c.NeverInProgress > 0:
		fmt.Fprintf(&b, "How long work takes cannot be told: of the %s none was ever in progress", fig("flow-throughput", plural(c.NeverInProgress, "finished issue")))
	default:
		b.WriteString("How long work takes cannot be told: no issue was finished in these days")
	}
	if wip == 1 {
		fmt.Fprintf(&b, "; %s is in progress", fig("flow-wip", "1"))
	} else {
		fmt.Fprintf(&b, "; %s are in progress", fig("flow-wip", fmt.Sprint(wip)))
	}
	switch late {
	case 0:
		b.WriteString(" and none needs a look today.")
	case 1:
		fmt.Fprintf(&b, " and %s needs a look today.", fig("flow-late", "1"))
	default:
		fmt.Fprintf(&b, " and %s need a look today.", fig("flow-late", fmt.Sprint(late)))
	}
	v.Sentence = template.HTML(b.String())
}

// tiles are the figures of the flow, each with how it came about or why it is unknown.
func (v *flowView) tiles(late []measure.LateIssue) {
	c, x := v.F.CycleTime, v.F.XmR
	cycle := tile{Name: "Cycle time, median", Value: days(c.P50), Unit: "days", Explain: "flow-cycle", Note: "cannot tell: nothing that was in progress was finished"}
	if c.P85 != nil {
		cycle.Note = fmt.Sprintf("85%s%% take %s or less, of %s", thin, plural(*c.P85, "day"), plural(c.Measured, "issue"))
		if *c.P50 == 1 {
			cycle.Unit = "day"
		}
	}
	finished := c.Measured + c.NeverInProgress
	throughput := tile{Name: "Throughput, mean", Value: "–", Unit: "issues a week", Explain: "flow-throughput", Note: fmt.Sprintf("%s finished; a mean needs two whole weeks", plural(finished, "issue"))}
	if x.Throughput != nil {
		throughput.Value, throughput.Note = figure(x.Throughput.Mean), fmt.Sprintf("usually %s to %s; %d finished in all", figure(x.Throughput.Lower), figure(x.Throughput.Upper), finished)
	}
	efficiency := tile{Name: "Flow efficiency", Value: percent(v.F.Efficiency), Unit: "active", Explain: "flow-efficiency", Note: "cannot tell: nothing that was in progress was finished"}
	if v.F.Efficiency != nil {
		efficiency.Note = "of the time from start to finish; the rest waited"
		efficiency.Meter = shareMeter("active time", v.F.Efficiency, "f-exp")
	}
	v.Tiles = []tile{cycle, {Name: "In progress", Value: fmt.Sprint(v.F.WIP.Count), Unit: issueWord(v.F.WIP.Count), Explain: "flow-wip", Note: v.oldest()},
		throughput, efficiency, {Name: "Late today", Value: fmt.Sprint(len(late)), Unit: issueWord(len(late)), Explain: "flow-late", Note: "older than its column's pace, untouched or blocked"}}
}

// oldest names the work that is in progress the longest.
func (v *flowView) oldest() string {
	if v.F.WIP.Count == 0 {
		return "nothing is begun"
	}
	first := v.F.WIP.Issues[0]
	return fmt.Sprintf("the oldest, %s, for %s", first.Issue, plural(first.Age, "day"))
}

// summary returns the title of an issue at the moment shown.
func (v *flowView) summary(key string) string {
	if i, ok := v.team.Lookup(key); ok {
		return i.Summary.At(v.at)
	}
	return ""
}

func (v *flowView) late(late []measure.LateIssue) {
	v.Late = lateLines(late, wordsOf(v.team), v.base, v.keep)
	v.LateSaid = opened(lateReading(len(late)), [2]string{fmt.Sprint(len(late)), "flow-late"})
}
