package jirasim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// cloudFields stand only on Cloud.
var cloudFields = []string{"statuscategorychangedate"}

// cloudStoryPoints is the estimate of team-managed projects, which Data Center does not have.
const cloudStoryPoints = "com.pyxis.greenhopper.jira:jsw-story-points"

// listFieldsDC are the fields of an issue as Data Center shows them: an issue has a parent only as a sub-task, its epic
// stands in a field of its own, an epic has a name of its own, and sprints are texts.
func listFieldsDC(s *Server, c *call, i *issueView) obj {
	out := obj{}
	for k, v := range i.fields {
		if !containsFold(cloudFields, k) {
			out[k] = v
		}
	}
	for _, f := range s.site.fields {
		id := textOf(f["id"])
		switch textOf(lookUp(f, "schema", "custom")) {
		case cloudStoryPoints:
			delete(out, id)
		case "com.pyxis.greenhopper.jira:gh-epic-link":
			if p := i.fields["parent"]; p != nil && issueTypeLevel(s, i) == 0 {
				out[id] = lookUp(p, "key")
			}
		case "com.pyxis.greenhopper.jira:gh-epic-label":
			out[id] = nil
			if issueTypeLevel(s, i) > 0 {
				out[id] = i.fields["summary"]
			}
		case "com.pyxis.greenhopper.jira:gh-sprint":
			out[id] = sprintsDC(s, c.view, listOf(i.fields[id]))
		}
	}
	if issueTypeLevel(s, i) >= 0 {
		delete(out, "parent")
	}
	return out
}

// issueTypeLevel is an issue's level by its type: 1 and above for epics, -1 for sub-tasks.
func issueTypeLevel(s *Server, i *issueView) int64 {
	id := textOf(lookUp(i.fields, "issuetype", "id"))
	for _, t := range s.site.types {
		if textOf(t["id"]) == id {
			return numberOf(t["hierarchyLevel"])
		}
	}
	if lookUp(i.fields, "issuetype", "subtask") == true {
		return -1
	}
	return numberOf(lookUp(i.fields, "issuetype", "hierarchyLevel"))
}

// sprintsDC writes sprints as the texts that Data Center puts into the field, null without any.
func sprintsDC(s *Server, v *view, sprints []any) any {
	var out []any
	for _, one := range sprints {
		sp := v.findSprint(numberOf(lookUp(one, "id")))
		if sp == nil {
			sp, _ = one.(obj) // recorded, of a board that was not
		}
		out = append(out, sprintTextDC(s, sp))
	}
	if out == nil {
		return nil
	}
	return out
}

// sprintTextDC writes one sprint. The order of the parts is nobody's promise, and names and goals stand there as they
// are.
func sprintTextDC(s *Server, sp obj) string {
	id := numberOf(sp["id"])
	part := func(key string, v any) string { return key + "=" + cmp.Or(textOf(v), "<null>") }
	when := func(key string) string { return part(key, timeDC(s, sp[key])) }
	board := sp["originBoardId"]
	if board == nil {
		board = sp["boardId"]
	}
	head := []string{part("id", id), part("rapidViewId", board), part("state", strings.ToUpper(textOf(sp["state"])))}
	name := []string{"name=" + textOf(sp["name"]), when("startDate"), when("endDate"), when("completeDate"),
		part("activatedDate", timeDC(s, activatedDate(sp))), part("sequence", id), "goal=" + textOf(sp["goal"]),
		"autoStartStop=false"}
	var parts []string
	switch id % 3 { // each version has its order
	case 0:
		parts = slices.Concat(name, head)
	case 1:
		parts = slices.Concat(head[1:], head[:1], name)
	default:
		parts = slices.Concat(head, name)
	}
	return fmt.Sprintf("com.atlassian.greenhopper.service.sprint.Sprint@%x[%s]", 0x77c19629+id, strings.Join(parts, ","))
}

// activatedDate is the moment at which a sprint was started, whatever its dates became; nil before.
func activatedDate(sp obj) any {
	switch {
	case strings.EqualFold(textOf(sp["state"]), "future"):
		return nil
	case sp["activatedDate"] != nil:
		return sp["activatedDate"]
	}
	return sp["startDate"]
}

// timeDC writes a moment of a sprint in the site's zone, as Data Center does; what is no moment stays as it is.
func timeDC(s *Server, v any) any {
	if t := parseTime(v); !t.IsZero() {
		return t.In(s.site.zone).Format("2006-01-02T15:04:05.000-07:00")
	}
	return v
}

// cloudKeys are properties that Data Center's things do not have, by a property that tells what the thing is.
var cloudKeys = map[string][]string{
	"subtask":        {"hierarchyLevel", "untranslatedName", "entityId", "scope"}, // a type
	"statusCategory": {"untranslatedName", "scope"},                               // a status
	"projectTypeKey": {"simplified", "style", "isPrivate", "properties", "entityId", "uuid"},
	"clauseNames":    {"key", "untranslatedName", "scope"},      // a field
	"columnConfig":   {"location"},                              // a board's configuration
	"originBoardId":  {"createdDate"},                           // a sprint
	"location":       {"location", "isPrivate", "admins"},       // a board
	"accountId":      {"accountId", "accountType", "avatarUrl"}, // a person
}

// valueDC rewrites an answer of Cloud's shape.
func valueDC(s *Server, v any) any {
	switch v := v.(type) {
	case obj:
		return objectDC(s, v)
	case []obj:
		out := []any{}
		for _, x := range v {
			if textOf(lookUp(x, "schema", "custom")) != cloudStoryPoints && !containsFold(cloudFields, textOf(x["id"])) {
				out = append(out, objectDC(s, x))
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = valueDC(s, x)
		}
		return out
	case string:
		return strings.Replace(v, s.site.url+"/rest/api/3/", s.site.url+"/rest/api/2/", 1)
	}
	return v
}

func objectDC(s *Server, o obj) any {
	if o["type"] == "doc" && o["content"] != nil {
		return "a text in wiki markup"
	}
	drop := map[string]bool{}
	for tell, keys := range cloudKeys {
		if _, ok := o[tell]; ok {
			for _, k := range keys {
				drop[k] = true
			}
		}
	}
	out := obj{}
	for k, v := range o {
		if !drop[k] {
			out[k] = valueDC(s, v)
		}
	}
	extrasDC(s, o, out)
	return out
}

// extrasDC adds what Data Center's things have besides.
func extrasDC(s *Server, o, out obj) {
	if id := textOf(o["accountId"]); id != "" {
		out["name"], out["key"] = id, "JIRAUSER"+id
		out["self"] = s.site.url + "/rest/api/2/user?username=" + id
	}
	if o["originBoardId"] != nil {
		if t := activatedDate(o); t != nil {
			out["activatedDate"] = t
		}
		for _, k := range []string{"startDate", "endDate", "completeDate", "activatedDate"} {
			if out[k] != nil {
				out[k] = timeDC(s, out[k])
			}
		}
	}
	if textOf(o["custom"]) == "com.pyxis.greenhopper.jira:gh-sprint" {
		out["items"] = "string"
	}
	if _, board := o["location"]; board && o["columnConfig"] == nil && o["type"] == "simple" {
		out["type"] = "scrum"
	}
}
