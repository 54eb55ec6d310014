package figure

import (
	"embed"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jerem/measure"
	"jerem/measure/explain/explanation"
	"jerem/web/drawer"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

var pageTemplate = frame.ParsePage(files, "page.html")

// Pages are the page and the file of a figure.
type Pages struct {
	Teams *source.Teams
	// Find opens the figure that a request names.
	Find func(*http.Request) (explanation.Explanation, error)
}

// page is a figure by itself.
type page struct {
	frame.Explanation
	Subject, API, CSV, Expression, Help string
	Back                                string // address of the page that shows the figure; "" for none
}

// Page describes the page of a figure.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	e, err := s.Find(r)
	if err != nil {
		return frame.View{}, err
	}
	v := frame.View{Template: pageTemplate, Title: e.Shown.Name}
	p := page{Explanation: drawer.Of(e.Figure.Name, e, s.Teams.Jira), Expression: e.Figure.Expression,
		Help: e.Figure.Help,
		API:  "/api/v1/explain?" + r.URL.RawQuery, CSV: "/explain.csv?" + r.URL.RawQuery, Subject: subjectOf(r, "")}
	p.Rows = rowsOf(e)
	p.Running = explanation.RunningSums(e) != nil
	query := r.URL.Query()
	if name := query.Get("team"); name != "" {
		team, err := s.Teams.Team(r.Context(), name)
		if err != nil {
			return frame.View{}, err
		}
		v.SetMoment(team, format.WordsOf(team), e.At)
		p.fillTeam(team, query.Get("at"))
		p.Back, p.Subject = pageOf(team, r), subjectOf(r, nameOfSprint(team, query.Get("sprint"), e.At))
	} else {
		v.At, p.Back = e.At.UTC().Format("Mon 2 Jan 2006, 15:04 UTC"), frame.WithQuery("/", "quarter",
			query.Get("quarter"), "at", query.Get("at"))
	}
	v.Body = p
	return v, nil
}

// rowsOf writes every input of a figure, with what the sum is after it.
func rowsOf(e explanation.Explanation) []frame.ExplanationRow {
	running := explanation.RunningSums(e)
	var out []frame.ExplanationRow
	for n, i := range e.Inputs {
		row := frame.ExplanationRow{Time: i.When, Key: drawer.KeyOfInput(i), What: i.What,
			Value: format.OrElse(i.Shown, "–")}
		if running != nil {
			row.Running = running[n]
			row.Value = format.OrElse(drawer.ValueOfInput(i, running[n]), "–")
		}
		out = append(out, row)
	}
	return out
}

// fillTeam leads from the rows to the issues and the sprints of a team.
func (p *page) fillTeam(team *measure.Team, asked string) {
	keep := frame.WithQuery("", "at", asked)
	base, sprints := frame.TeamAddress(team.History().Team.Name), idsOfSprints(team)
	for i := range p.Rows {
		row := &p.Rows[i]
		if _, known := team.Lookup(row.Key); known {
			row.Address = frame.IssueAddress(base, row.Key, keep)
		} else if id, known := sprints[row.Key]; known {
			row.Address = fmt.Sprintf("%s/sprints/%d%s", base, id, keep)
		}
	}
}

// idsOfSprints are the sprints of a team by the names that tell them from each other, as rows have them.
func idsOfSprints(team *measure.Team) map[string]int64 {
	ids := map[string]int64{}
	for id, name := range measure.DistinctNames(team.Sprints(team.Now())) {
		ids[name] = id
	}
	return ids
}

// nameOfSprint is what a sprint is called that an address names by its number, "" for none.
func nameOfSprint(team *measure.Team, id string, at time.Time) string {
	for _, one := range team.Sprints(at) {
		if strconv.FormatInt(one.ID, 10) == id {
			return one.Name
		}
	}
	return ""
}

// subjectOf says what the figure is one of, as the address names it, a sprint by its name where that is known.
func subjectOf(r *http.Request, sprint string) string {
	query := r.URL.Query()
	var parts []string
	if sprint != "" {
		query.Del("sprint")
		parts = append(parts, sprint)
	}
	for _, name := range []string{"sprint", "quarter", "epic", "initiative", "remaining", "from", "to"} {
		if value := query.Get(name); value != "" {
			parts = append(parts, name+" "+format.OneLine(value))
		}
	}
	return strings.Join(parts, ", ")
}

// pageOf is the address of the page that shows the figure.
func pageOf(team *measure.Team, r *http.Request) string {
	query, base := r.URL.Query(), frame.TeamAddress(team.History().Team.Name)
	switch {
	case query.Get("sprint") != "":
		base += "/sprints/" + query.Get("sprint")
	case query.Get("quarter") != "" || query.Get("epic") != "":
		return frame.WithQuery(base+"/roadmap", "quarter", query.Get("quarter"), "at", query.Get("at"))
	case query.Get("from") != "":
		return frame.WithQuery(base+"/flow", "from", query.Get("from"), "to", query.Get("to"), "at", query.Get("at"))
	}
	return frame.WithQuery(base, "at", query.Get("at"))
}

// CSV is the inputs of a figure as a table for other programs: values in the unit of the API.
func (s *Pages) CSV(r *http.Request) (frame.View, error) {
	e, err := s.Find(r)
	if err != nil {
		return frame.View{}, err
	}
	rows := [][]string{{"figure", "term", "time", "issue", "what", "value"}}
	for _, i := range e.Inputs {
		when := i.Date
		if i.Time != nil {
			when = i.Time.UTC().Format(time.RFC3339Nano)
		}
		rows = append(rows, []string{e.Figure.Name, i.Term, when, i.Issue, i.What, format.Cell(i.Value)})
	}
	return frame.Table("explain-"+e.Figure.Name, frame.WithUnit(e.Unit, rows)), nil
}
