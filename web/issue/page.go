package issue

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"jerem/measure"
	"jerem/web/format"
	"jerem/web/frame"
)

var pageTemplate = frame.ParsePage(files, "page.html")

// page is the page of an issue: what every figure was made from.
type page struct {
	Key, Summary, Jira string
	CSV                string // address of the same as a file
	Fields             []fieldView
	Worklogs           []worklogLine
	workedAt           []time.Time // when the work of each was done
	Broken             int
}

type fieldView struct {
	Name  string
	Steps []stepView
}

// worklogLine is time that was logged: when it was worked, how much, and when it was written down.
type worklogLine struct{ Time, What, Created string }

type stepView struct {
	Time, Value string
	at          time.Time // the same for programs
}

func (s *Pages) Page(r *http.Request) (frame.View, error) {
	team, err := s.Teams.Team(r.Context(), r.PathValue("team"))
	if err != nil {
		return frame.View{}, err
	}
	at, err := frame.MomentAt(r, team)
	if err != nil {
		return frame.View{}, err
	}
	life, ok := team.Issue(r.PathValue("key"), at)
	if !ok {
		return frame.View{}, frame.NewProblem(http.StatusNotFound, "unknown_issue",
			"Issues outside the team's project and sprints are not read.", "there is no issue %q at that moment",
			r.PathValue("key"))
	}
	w := format.WordsOf(team)
	v := frame.View{Template: pageTemplate, Title: life.Key}
	v.SetMoment(team, w, at)
	v.Behind = s.Teams.Behind(r.Context(), team) != ""
	page := page{Key: life.Key, Summary: life.Summary[len(life.Summary)-1].Value, Jira: s.Teams.Jira.Issue(life.Key),
		Broken: life.Broken}
	page.CSV = frame.WithQuery(frame.IssueAddress(frame.TeamAddress(v.Team), life.Key, "")+"/history.csv", "at",
		frame.AskedAt(r.URL.RawQuery))
	same := func(x string) string { return x }
	addField(&page, w, "State", life.State, func(x measure.State) string { return format.StateWords[x] })
	addField(&page, w, "Status", life.Status, same)
	addField(&page, w, "Estimate, "+w.UnitName(), life.Estimate, func(x *float64) string {
		if x == nil {
			return "none"
		}
		return w.Amount(*x)
	})
	names := map[int64]string{}
	for _, h := range team.Sprints(at) {
		names[h.ID] = h.Name
	}
	addField(&page, w, "Sprints", life.Sprints, func(ids []int64) string {
		var out []string
		for _, id := range ids {
			out = append(out, format.OrElse(names[id], fmt.Sprintf("sprint %d", id)))
		}
		return format.OrElse(strings.Join(out, ", "), "none")
	})
	addField(&page, w, "Epic", life.Epic, func(x *string) string {
		if x == nil {
			return "none"
		}
		return *x
	})
	addField(&page, w, "Labels", life.Labels,
		func(x []string) string { return format.OrElse(strings.Join(x, ", "), "none") })
	addField(&page, w, "Flag", life.Flag, func(x bool) string {
		if x {
			return "flagged"
		}
		return "not flagged"
	})
	addField(&page, w, "Type", life.Type, same)
	addField(&page, w, "Title", life.Summary, same)
	for _, l := range life.Worklogs {
		page.Worklogs = append(page.Worklogs, worklogLine{w.Moment(l.Started), format.Hours(l.Seconds) + format.Thin + "h",
			w.Moment(l.Created)})
		page.workedAt = append(page.workedAt, l.Started)
	}
	v.Body = page
	return v, nil
}

func addField[T any](page *page, w format.Words, name string, list []measure.Held[T], write func(T) string) {
	f := fieldView{Name: name}
	for _, h := range list {
		f.Steps = append(f.Steps, stepView{w.Moment(h.From), write(h.Value), h.From})
	}
	page.Fields = append(page.Fields, f)
}
