package jirasim

import (
	"slices"
	"strings"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
	"jerem/sorting"
)

// statusMark is a status and its category.
type statusMark struct{ Name, Category string }

// issueRow is an issue in a list.
type issueRow struct {
	Key, To, Type, Summary, Estimate string
	Status                           statusMark
	Sprints                          []link
}

// fact is a field of an issue with its values.
type fact struct {
	Name   string
	Values []link
}

// issueBody is the page of an issue. No field of a person is among its facts, and no change of one in its history.
type issueBody struct {
	issueRow
	Project       link
	Flagged       bool
	Facts         []fact
	Children      []issueRow
	ChildrenTitle string
	Logs          []logRow
	Logged        string
	History       []changeRow
}

type logRow struct{ Worked, Time, Written string }

type changeRow struct{ When, Field, From, To string }

// browsePage shows an issue, or, at the key of a project, that project's issues.
func browsePage(s *Server, c *call) (shownPage, error) {
	key := c.PathValue("key")
	i := c.view.FindIssue(key)
	if i == nil {
		if p := s.site.FindProject(key, false); p != nil {
			return foundPage(s, c, "project = "+wire.Text(p["key"])+" ORDER BY created DESC"), nil
		}
		return shownPage{}, notFoundError(
			"There is no issue " + key + ", or none yet: the clock of this Jira is told above.",
		)
	}
	b := issueBody{issueRow: makeIssueRow(s, c, i), Flagged: len(wire.List(i.Fields[s.site.Flagged])) > 0,
		Facts: issueFacts(s, c, i), History: changeRows(s, i)}
	project := wire.Text(wire.At(i.Fields, "project", "key"))
	b.Project = link{wire.Text(wire.At(i.Fields, "project", "name")),
		searchLink(s, "project = "+project+" ORDER BY created DESC")}
	b.Children, b.ChildrenTitle = childIssues(s, c, i), "Sub-tasks"
	if s.site.TypeLevel(i) > 0 {
		b.ChildrenTitle = "Issues of this epic"
	}
	b.Logs, b.Logged = worklogRows(s, c, i)
	return shownPage{template: "issue", title: b.Key + " " + b.Summary, body: b}, nil
}

func makeIssueRow(s *Server, c *call, i *sitedata.IssueView) issueRow {
	row := issueRow{Key: i.Key, To: issueLink(s, i.Key), Type: wire.Text(wire.At(i.Fields, "issuetype", "name")),
		Summary: wire.Text(i.Fields["summary"]),
		Status: statusMark{wire.Text(wire.At(i.Fields, "status", "name")),
			wire.Text(wire.At(i.Fields, "status", "statusCategory", "key"))},
		Estimate: estimateText(s, i)}
	for _, one := range wire.List(i.Fields[s.site.SprintID]) {
		sprint := c.view.FindSprint(wire.Number(wire.At(one, "id")))
		if sprint == nil { // recorded, of a board that was not
			row.Sprints = append(row.Sprints, link{Text: wire.Text(wire.At(one, "name"))})
			continue
		}
		row.Sprints = append(row.Sprints, sprintLink(s, sprint))
	}
	return row
}

// estimateField is the field in which the board of a project estimates; "" where it has none.
func estimateField(s *Server, project string) string {
	for _, b := range s.site.Boards {
		if boardProject(s, b) == project {
			config := s.site.Configs[wire.Number(b["id"])]
			if field := wire.Text(wire.At(config, "estimation", "field", "fieldId")); field != "" {
				return field
			}
		}
	}
	return ""
}

func estimateText(s *Server, i *sitedata.IssueView) string {
	field := estimateField(s, wire.Text(wire.At(i.Fields, "project", "key")))
	return fieldText(field, i.Fields[field])
}

// fieldText writes a number, times as durations.
func fieldText(field string, v any) string {
	if strings.HasPrefix(field, "time") && wire.Text(v) != "" {
		return wire.FormatDuration(wire.Number(v))
	}
	return wire.Text(v)
}

// issueFacts lists what is known of an issue beside its title and status.
func issueFacts(s *Server, c *call, i *sitedata.IssueView) []fact {
	f, row := i.Fields, makeIssueRow(s, c, i)
	plain := func(texts ...string) []link {
		var out []link
		for _, t := range texts {
			if t != "" {
				out = append(out, link{Text: t})
			}
		}
		return out
	}
	var labels []string
	for _, l := range wire.List(f["labels"]) {
		labels = append(labels, wire.Text(l))
	}
	out := []fact{{"Estimate", plain(row.Estimate)}, {"Sprint", row.Sprints}, {parentTitle(s, i), parentLinks(s, c, i)},
		{"Labels", plain(labels...)}}
	out = append(out, chosenFields(s, i)...)
	for _, name := range []string{"created", "updated", "resolutiondate"} {
		title := map[string]string{"created": "Created", "updated": "Updated", "resolutiondate": "Resolved"}[name]
		out = append(out, fact{title, plain(pageMoment(s, f[name]))})
	}
	return slices.DeleteFunc(out, func(x fact) bool { return x.Name == "" || x.Name == "Resolved" && x.Values == nil })
}

func parentTitle(s *Server, i *sitedata.IssueView) string {
	switch {
	case s.site.TypeLevel(i) > 0:
		return ""
	case s.site.TypeLevel(i) < 0:
		return "Parent"
	}
	return "Epic"
}

func parentLinks(s *Server, c *call, i *sitedata.IssueView) []link {
	key := wire.Text(wire.At(i.Fields, "parent", "key"))
	if key == "" {
		return nil
	}
	p := c.view.FindIssue(key)
	if p == nil { // recorded without its parent
		return []link{{Text: key}}
	}
	return []link{{key + " " + wire.Text(p.Fields["summary"]), issueLink(s, key)}}
}

// chosenFields lists the custom fields that hold one or several options; fields of people and free texts are none.
func chosenFields(s *Server, i *sitedata.IssueView) []fact {
	var out []fact
	for _, f := range s.site.Fields {
		id := wire.Text(f["id"])
		kind := wire.Text(wire.At(f, "schema", "type")) + " " + wire.Text(wire.At(f, "schema", "items"))
		if id == s.site.Flagged || kind != "option " && kind != "array option" {
			continue
		}
		values := wire.List(i.Fields[id])
		if o, ok := i.Fields[id].(wire.Obj); ok {
			values = []any{o}
		}
		var texts []link
		for _, v := range values {
			texts = append(texts, link{Text: wire.Text(wire.At(v, "value"))})
		}
		if texts != nil {
			out = append(out, fact{wire.Text(f["name"]), texts})
		}
	}
	return out
}

// childIssues lists the issues of an epic, or the sub-tasks of another issue.
func childIssues(s *Server, c *call, i *sitedata.IssueView) []issueRow {
	var out []issueRow
	for _, child := range c.view.Issues {
		if wire.Text(wire.At(child.Fields, "parent", "id")) == wire.FormatID(i.ID) {
			out = append(out, makeIssueRow(s, c, child))
		}
	}
	return out
}

// worklogRows lists the time logged on an issue, by the day worked; who worked and what was written is left out.
func worklogRows(s *Server, c *call, i *sitedata.IssueView) ([]logRow, string) {
	var logs []*sitedata.Worklog
	for _, l := range c.view.Worklogs {
		if l.Issue == i.ID {
			logs = append(logs, l)
		}
	}
	sorting.By(logs, func(a, b *sitedata.Worklog) int { return a.Started.Compare(b.Started) })
	var out []logRow
	sum := int64(0)
	for _, l := range logs {
		seconds := wire.Number(l.Body["timeSpentSeconds"])
		sum += seconds
		out = append(
			out,
			logRow{pageTime(s, l.Started), wire.FormatDuration(seconds), pageMoment(s, l.Body["created"])},
		)
	}
	return out, wire.FormatDuration(sum)
}

// toldChanges are the system fields whose changes a page shows; of custom ones it shows those of numbers and options.
var toldChanges = []string{"status", "resolution", "summary", "Sprint", "labels", "issuetype", "Key", "project",
	"Epic Link",
	"IssueParentAssociation", "Parent", "Flagged", "priority", "Component", "Fix Version", "timeestimate",
	"timeoriginalestimate", "timespent"}

// changeRows lists the changes of an issue, the latest first.
func changeRows(s *Server, i *sitedata.IssueView) []changeRow {
	told := slices.Clone(toldChanges)
	for _, f := range s.site.Fields {
		switch kind := wire.Text(wire.At(f, "schema", "type")); {
		case f["custom"] != true:
		case kind == "number",
			kind == "option",
			kind == "array" && wire.Text(wire.At(f, "schema", "items")) == "option":
			told = append(told, wire.Text(f["name"]))
		}
	}
	var out []changeRow
	for _, h := range slices.Backward(i.Histories) {
		for _, x := range wire.List(h.Body["items"]) {
			field := wire.Text(wire.At(x, "field"))
			if slices.Contains(told, field) {
				out = append(
					out,
					changeRow{pageTime(s, h.At), changeName(field), changeText(field, wire.At(x, "fromString")),
						changeText(field, wire.At(x, "toString"))},
				)
			}
		}
	}
	return append(out, changeRow{When: pageMoment(s, i.Fields["created"]), Field: "Created"})
}

// changeName is what a reader calls a field of a history.
func changeName(field string) string {
	names := map[string]string{"IssueParentAssociation": "Parent", "timeestimate": "Remaining estimate",
		"timeoriginalestimate": "Original estimate",
		"timespent":            "Time spent", "issuetype": "Type"}
	if n := names[field]; n != "" {
		return n
	}
	return strings.ToUpper(field[:1]) + field[1:]
}

func changeText(field string, v any) string { return fieldText(field, v) }
