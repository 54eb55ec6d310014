package issue

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"jerem/agile"
	"jerem/measure"
	"jerem/measure/issuehistory"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/frame/beside"
	"jerem/web/source"
)

var pageTemplate = frame.ParsePage(files, "page.html")

// page is the page of an issue: what every figure was made from.
type page struct {
	Key, Summary, Jira string
	CSV                string // address of the same as a file
	CountsCSV          string // address of the figures that it counts in, as a file
	SVG                string // address of the timeline as one
	Reading            string // of the timeline
	Standing           string // where the issue stands, in a sentence
	Timeline           *frame.Figure
	Counts             []countLine // the figures that the issue counts in
	Fields             []fieldView
	Worklogs           []worklogLine
	Days               []loggedDay // time logged, by the day of the work
	Joints             string      // what is to be said of a history that does not join, "" for nothing
	Walk               *frame.TimeWalk
	Compared           *beside.Comparison // nil unless another moment is named

	history *issuehistory.History // of a page as of one of two moments
}

type fieldView struct {
	Name  string
	Steps []stepView
}

// Changed are the fields that had several values.
func (p page) Changed() []fieldView {
	return p.fieldsWith(func(f fieldView) bool { return len(f.Steps) > 1 })
}

// Steady are the fields that never changed.
func (p page) Steady() []fieldView {
	return p.fieldsWith(func(f fieldView) bool { return len(f.Steps) == 1 })
}

func (p page) fieldsWith(wanted func(fieldView) bool) []fieldView {
	var out []fieldView
	for _, f := range p.Fields {
		if wanted(f) {
			out = append(out, f)
		}
	}
	return out
}

// worklogLine is time that was logged: when it was worked, how much, and when it was written down.
type worklogLine struct {
	Time, What, Created string

	entry issuehistory.LoggedTime
}

type stepView struct {
	Time, Value string
	Said        string    // the value as the page tells it
	at          time.Time // the same for programs
}

// Page describes the page of an issue as of the moment that is asked for.
func (s *Pages) Page(r *http.Request) (frame.View, error) {
	team, at, err := source.PageAsked(s.Teams, r)
	if err != nil {
		return frame.View{}, err
	}
	issue, ok := issuehistory.Of(team, r.PathValue("key"), at)
	if !ok {
		return frame.View{}, frame.NewProblem(http.StatusNotFound, "unknown_issue",
			"Issues outside the team's project and sprints are not read.", "there is no issue %q at that moment",
			r.PathValue("key"))
	}
	w := format.WordsOf(team)
	v := frame.View{Template: pageTemplate, Title: issue.Key}
	v.SetMoment(team, w, at)
	v.Behind = s.Teams.Behind(r.Context(), team) != ""
	page := page{Key: issue.Key, Summary: issue.Summary[len(issue.Summary)-1].Value,
		Jira:   s.Teams.Jira.Issue(issue.Key),
		Joints: jointsText(issue.Broken)}
	page.CSV = frame.WithQuery(frame.IssueAddress(frame.TeamAddress(v.Team), issue.Key, "")+"/history.csv", "at",
		frame.AskedAt(r.URL.RawQuery))
	page.SVG = strings.Replace(page.CSV, "history.csv", "timeline.svg", 1)
	page.CountsCSV = strings.Replace(page.CSV, "history.csv", "counts.csv", 1)
	page.fillFields(issue, w, sprintNames(team, at))
	page.fillWorklogs(issue, w)
	page.fillDays(issue, w)
	page.drawTimeline(team, issue, at)
	page.fillCounts(team, issue, at, frame.AskedAt(r.URL.RawQuery))
	page.Standing = page.standing(issue, w)
	page.fillWalk(team, at, frame.AskedAt(r.URL.RawQuery))
	if err := page.compareWith(r, team, at); err != nil {
		return frame.View{}, err
	}
	v.Body = page
	return v, nil
}

// standing says where an issue stands: its status and since when, its size, the time logged on it, and in how many
// figures it counts.
func (p *page) standing(issue *issuehistory.History, w format.Words) string {
	parts := []string{p.Reading}
	if w.Unit != agile.Issues {
		size := "no estimate"
		if estimate := issue.Estimate[len(issue.Estimate)-1].Value; estimate != nil {
			size = w.Count(*estimate)
		}
		parts = append(parts, size)
	}
	seconds := int64(0)
	for _, day := range p.Days {
		seconds += day.seconds
	}
	return strings.Join(append(parts, format.HoursInWords(seconds)+" logged"), ", ") + "; it counts in " +
		format.Plural(len(p.Counts), "figure") + "."
}

// jointsText says that the history of an issue breaks at some joints, "" for none.
func jointsText(broken int) string {
	switch broken {
	case 0:
		return ""
	case 1:
		return "Its history does not join in 1 place: a value told there is not the one that the change before it left."
	}
	return fmt.Sprintf("Its history does not join in %d places: values told there are not those that the changes "+
		"before them left.", broken)
}

// fillFields lists each field of an issue with its values and since when they held.
func (p *page) fillFields(issue *issuehistory.History, w format.Words, sprints map[int64]string) {
	same := func(x string) string { return x }
	addField(p, w, "State", issue.State, func(x measure.State) string { return format.StateWords[x] })
	addField(p, w, "Status", issue.Status, same)
	addField(p, w, "Estimate, "+w.UnitName(), issue.Estimate, func(x *float64) string { return writeEstimate(w, x) })
	addField(p, w, "Sprints", issue.Sprints, func(ids []int64) string { return writeSprints(sprints, ids) })
	sayAdded(p.Fields[len(p.Fields)-1].Steps, issue.Sprints, sprints)
	addField(p, w, "Epic", issue.Epic, writeKey)
	addField(p, w, "Labels", issue.Labels, joinValues)
	addField(p, w, "Flag", issue.Flag, writeFlag)
	addField(p, w, "Project", issue.Project, same)
	addField(p, w, "Key", issue.Keys, same)
	addField(p, w, "Type", issue.Type, same)
	addField(p, w, "Title", issue.Summary, same)
}

// fillWorklogs lists the time logged on an issue.
func (p *page) fillWorklogs(issue *issuehistory.History, w format.Words) {
	for _, l := range issue.Worklogs {
		p.Worklogs = append(p.Worklogs, worklogLine{w.Moment(l.Started), format.Hours(l.Seconds) + format.Thin + "h",
			w.Moment(l.Created), l})
	}
}

// joinValues writes values side by side.
func joinValues(values []string) string { return format.OrElse(strings.Join(values, ", "), "none") }

// writeEstimate writes an estimate, "none" for none.
func writeEstimate(w format.Words, x *float64) string {
	if x == nil {
		return "none"
	}
	return w.Amount(*x)
}

// writeKey writes the key of an issue, "none" for none.
func writeKey(x *string) string {
	if x == nil {
		return "none"
	}
	return *x
}

func writeFlag(flagged bool) string {
	if flagged {
		return "flagged"
	}
	return "not flagged"
}

// addField lists a field with its values, as write writes them.
func addField[T any](page *page, w format.Words, name string, list []issuehistory.Held[T], write func(T) string) {
	f := fieldView{Name: name}
	for _, h := range list {
		f.Steps = append(f.Steps, stepView{w.Moment(h.From), write(h.Value), write(h.Value), h.From})
	}
	page.Fields = append(page.Fields, f)
}
