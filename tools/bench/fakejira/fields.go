package fakejira

import (
	"encoding/json"
	"fmt"
)

// fieldList is the site's list of fields, as answers tell it.
var fieldList = renderFields()

func renderFields() string {
	const (
		custom = "com.atlassian.jira.plugin.system.customfieldtypes:"
		boards = "com.pyxis.greenhopper.jira:"
	)
	list := []map[string]any{
		systemField("summary", "string", ""), systemField("status", "status", ""),
		systemField("issuetype", "issuetype", ""), systemField("project", "project", ""),
		systemField("parent", "issuelink", ""), systemField("labels", "array", "string"),
		systemField("resolution", "resolution", ""), systemField("priority", "priority", ""),
		systemField("created", "datetime", ""), systemField("updated", "datetime", ""),
		systemField("resolutiondate", "datetime", ""), systemField("duedate", "date", ""),
		systemField("statuscategorychangedate", "datetime", ""), systemField("assignee", "user", ""),
		systemField("reporter", "user", ""), systemField("creator", "user", ""),
		systemField("description", "string", ""), systemField("environment", "string", ""),
		systemField("fixVersions", "array", "version"), systemField("versions", "array", "version"),
		systemField("components", "array", "component"), systemField("timeoriginalestimate", "number", ""),
		systemField("timeestimate", "number", ""), systemField("timespent", "number", ""),
		systemField("comment", "comments-page", ""), systemField("worklog", "array", "worklog"),
		systemField("issuelinks", "array", "issuelinks"), systemField("subtasks", "array", "issuelinks"),
		customField(10020, "Sprint", "array", "json", boards+"gh-sprint"),
		customField(10016, "Story Points", "number", "", custom+"float"),
		customField(10014, "Epic Link", "any", "", boards+"gh-epic-link"),
		customField(10021, "Flagged", "array", "option", custom+"multicheckboxes"),
		customField(10019, "Rank", "any", "", boards+"gh-lexo-rank"),
		customField(10031, "Business Value", "number", "", custom+"float"),
		customField(10032, "Team Name", "option", "", custom+"select"),
		customField(10033, "Area", "array", "option", custom+"multiselect"),
		customField(10015, "Start date", "date", "", custom+"datepicker"),
		customField(10034, "Reviewer", "user", "", custom+"userpicker"),
	}
	b, err := json.Marshal(list)
	if err != nil {
		panic(err) // of maps of texts
	}
	return string(b)
}

func systemField(id, kind, items string) map[string]any {
	schema := map[string]any{"type": kind, "system": id}
	if items != "" {
		schema["items"] = items
	}
	return map[string]any{"id": id, "key": id, "name": id, "custom": false, "schema": schema}
}

func customField(number int, name, kind, items, custom string) map[string]any {
	id := fmt.Sprintf("customfield_%d", number)
	schema := map[string]any{"type": kind, "custom": custom, "customId": number}
	if items != "" {
		schema["items"] = items
	}
	return map[string]any{"id": id, "key": id, "name": name, "custom": true, "schema": schema}
}
