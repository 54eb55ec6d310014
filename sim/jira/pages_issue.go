package jirasim

import (
	"slices"
	"strings"
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
	i := c.view.findIssue(key)
	if i == nil {
		if p := s.site.findProject(key, false); p != nil {
			return foundPage(s, c, "project = "+textOf(p["key"])+" ORDER BY created DESC"), nil
		}
		return shownPage{}, notFoundError("There is no issue " + key + ", or none yet: the clock of this Jira is told above.")
	}
	b := issueBody{issueRow: makeIssueRow(s, c, i), Flagged: len(listOf(i.fields[s.site.flagged])) > 0,
		Facts: issueFacts(s, c, i), History: changeRows(s, i)}
	project := textOf(lookUp(i.fields, "project", "key"))
	b.Project = link{textOf(lookUp(i.fields, "project", "name")),
		searchLink(s, "project = "+project+" ORDER BY created DESC")}
	b.Children, b.ChildrenTitle = childIssues(s, c, i), "Sub-tasks"
	if issueTypeLevel(s, i) > 0 {
		b.ChildrenTitle = "Issues of this epic"
	}
	b.Logs, b.Logged = worklogRows(s, c, i)
	return shownPage{template: "issue", title: b.Key + " " + b.Summary, body: b}, nil
}

func makeIssueRow(s *Server, c *call, i *issueView) issueRow {
	row := issueRow{Key: i.key, To: issueLink(s, i.key), Type: textOf(lookUp(i.fields, "issuetype", "name")),
		Summary: textOf(i.fields["summary"]),
		Status: statusMark{textOf(lookUp(i.fields, "status", "name")),
			textOf(lookUp(i.fields, "status", "statusCategory", "key"))},
		Estimate: estimateText(s, i)}
	for _, one := range listOf(i.fields[s.site.sprintID]) {
		sprint := c.view.findSprint(numberOf(lookUp(one, "id")))
		if sprint == nil { // recorded, of a board that was not
			row.Sprints = append(row.Sprints, link{Text: textOf(lookUp(one, "name"))})
			continue
		}
		row.Sprints = append(row.Sprints, sprintLink(s, sprint))
	}
	return row
}

// estimateField is the field in which the board of a project estimates; "" where it has none.
func estimateField(s *Server, project string) string {
	for _, b := range s.site.boards {
		if boardProject(s, b) == project {
			if field := textOf(lookUp(s.site.configs[numberOf(b["id"])], "estimation", "field", "fieldId")); field != "" {
				return field
			}
		}
	}
	return ""
}

func estimateText(s *Server, i *issueView) string {
	field := estimateField(s, textOf(lookUp(i.fields, "project", "key")))
	return fieldText(field, i.fields[field])
}

// fieldText writes a number, times as durations.
func fieldText(field string, v any) string {
	if strings.HasPrefix(field, "time") && textOf(v) != "" {
		return formatDuration(numberOf(v))
	}
	return textOf(v)
}

// issueFacts lists what is known of an issue beside its title and status.
func issueFacts(s *Server, c *call, i *issueView) []fact {
	f, row := i.fields, makeIssueRow(s, c, i)
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
	for _, l := range listOf(f["labels"]) {
		labels = append(labels, textOf(l))
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

func parentTitle(s *Server, i *issueView) string {
	switch {
	case issueTypeLevel(s, i) > 0:
		return ""
	case issueTypeLevel(s, i) < 0:
		return "Parent"
	}
	return "Epic"
}

func parentLinks(s *Server, c *call, i *issueView) []link {
	key := textOf(lookUp(i.fields, "parent", "key"))
	if key == "" {
		return nil
	}
	p := c.view.findIssue(key)
	if p == nil { // recorded without its parent
		return []link{{Text: key}}
	}
	return []link{{key + " " + textOf(p.fields["summary"]), issueLink(s, key)}}
}

// chosenFields lists the custom fields that hold one or several options; fields of people and free texts are none.
func chosenFields(s *Server, i *issueView) []fact {
	var out []fact
	for _, f := range s.site.fields {
		id := textOf(f["id"])
		kind := textOf(lookUp(f, "schema", "type")) + " " + textOf(lookUp(f, "schema", "items"))
		if id == s.site.flagged || kind != "option " && kind != "array option" {
			continue
		}
		values := listOf(i.fields[id])
		if o, ok := i.fields[id].(obj); ok {
			values = []any{o}
		}
		var texts []link
		for _, v := range values {
			texts = append(texts, link{Text: textOf(lookUp(v, "value"))})
		}
		if texts != nil {
			out = append(out, fact{textOf(f["name"]), texts})
		}
	}
	return out
}

// childIssues lists the issues of an epic, or the sub-tasks of another issue.
func childIssues(s *Server, c *call, i *issueView) []issueRow {
	var out []issueRow
	for _, child := range c.view.issues {
		if textOf(lookUp(child.fields, "parent", "id")) == formatID(i.id) {
			out = append(out, makeIssueRow(s, c, child))
		}
	}
	return out
}

// worklogRows lists the time logged on an issue, by the day worked; who worked and what was written is left out.
func worklogRows(s *Server, c *call, i *issueView) ([]logRow, string) {
	var logs []*worklog
	for _, l := range c.view.worklogs {
		if l.issue == i.id {
			logs = append(logs, l)
		}
	}
	slices.SortStableFunc(logs, func(a, b *worklog) int { return a.started.Compare(b.started) })
	var out []logRow
	sum := int64(0)
	for _, l := range logs {
		seconds := numberOf(l.body["timeSpentSeconds"])
		sum += seconds
		out = append(out, logRow{pageTime(s, l.started), formatDuration(seconds), pageMoment(s, l.body["created"])})
	}
	return out, formatDuration(sum)
}

// toldChanges are the system fields whose changes a page shows; of custom ones it shows those of numbers and options.
var toldChanges = []string{"status", "resolution", "summary", "Sprint", "labels", "issuetype", "Key", "project",
	"Epic Link",
	"IssueParentAssociation", "Parent", "Flagged", "priority", "Component", "Fix Version", "timeestimate",
	"timeoriginalestimate", "timespent"}

// changeRows lists the changes of an issue, the latest first.
func changeRows(s *Server, i *issueView) []changeRow {
	told := slices.Clone(toldChanges)
	for _, f := range s.site.fields {
		switch kind := textOf(lookUp(f, "schema", "type")); {
		case f["custom"] != true:
		case kind == "number", kind == "option", kind == "array" && textOf(lookUp(f, "schema", "items")) == "option":
			told = append(told, textOf(f["name"]))
		}
	}
	var out []changeRow
	for _, h := range slices.Backward(i.histories) {
		for _, x := range listOf(h.body["items"]) {
			field := textOf(lookUp(x, "field"))
			if slices.Contains(told, field) {
				out = append(out, changeRow{pageTime(s, h.at), changeName(field), changeText(field, lookUp(x, "fromString")),
					changeText(field, lookUp(x, "toString"))})
			}
		}
	}
	return append(out, changeRow{When: pageMoment(s, i.fields["created"]), Field: "Created"})
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
