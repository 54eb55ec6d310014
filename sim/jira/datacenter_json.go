package jirasim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// cloudFields stand only on Cloud.
var cloudFields = []string{"statuscategorychangedate"}

// cloudStoryPoints is the estimate of team-managed projects, which Data Center does not have.
const cloudStoryPoints = "com.pyxis.greenhopper.jira:jsw-story-points"

// listFieldsDC are the fields of an issue as Data Center shows them: an issue has a parent only as a sub-task, its epic
// stands in a field of its own, an epic has a name of its own, and sprints are texts.
func listFieldsDC(s *Server, c *call, i *sitedata.IssueView) wire.Obj {
	out := wire.Obj{}
	for k, v := range i.Fields {
		if !containsFold(cloudFields, k) {
			out[k] = v
		}
	}
	for _, f := range s.site.Fields {
		id := wire.Text(f["id"])
		switch wire.Text(wire.At(f, "schema", "custom")) {
		case cloudStoryPoints:
			delete(out, id)
		case "com.pyxis.greenhopper.jira:gh-epic-link":
			if p := i.Fields["parent"]; p != nil && issueTypeLevel(s, i) == 0 {
				out[id] = wire.At(p, "key")
			}
		case "com.pyxis.greenhopper.jira:gh-epic-label":
			out[id] = nil
			if issueTypeLevel(s, i) > 0 {
				out[id] = i.Fields["summary"]
			}
		case "com.pyxis.greenhopper.jira:gh-sprint":
			out[id] = sprintsDC(s, c.view, wire.List(i.Fields[id]))
		}
	}
	if issueTypeLevel(s, i) >= 0 {
		delete(out, "parent")
	}
	return out
}

// issueTypeLevel is an issue's level by its type: 1 and above for epics, -1 for sub-tasks.
func issueTypeLevel(s *Server, i *sitedata.IssueView) int64 {
	id := wire.Text(wire.At(i.Fields, "issuetype", "id"))
	for _, t := range s.site.Types {
		if wire.Text(t["id"]) == id {
			return wire.Number(t["hierarchyLevel"])
		}
	}
	if wire.At(i.Fields, "issuetype", "subtask") == true {
		return -1
	}
	return wire.Number(wire.At(i.Fields, "issuetype", "hierarchyLevel"))
}

// sprintsDC writes sprints as the texts that Data Center puts into the field, null without any.
func sprintsDC(s *Server, v *sitedata.View, sprints []any) any {
	var out []any
	for _, one := range sprints {
		sp := v.FindSprint(wire.Number(wire.At(one, "id")))
		if sp == nil {
			sp, _ = one.(wire.Obj) // recorded, of a board that was not
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
func sprintTextDC(s *Server, sp wire.Obj) string {
	id := wire.Number(sp["id"])
	part := func(key string, v any) string { return key + "=" + cmp.Or(wire.Text(v), "<null>") }
	when := func(key string) string { return part(key, timeDC(s, sp[key])) }
	board := sp["originBoardId"]
	if board == nil {
		board = sp["boardId"]
	}
	head := []string{part("id", id), part("rapidViewId", board), part("state", strings.ToUpper(wire.Text(sp["state"])))}
	name := []string{"name=" + wire.Text(sp["name"]), when("startDate"), when("endDate"), when("completeDate"),
		part("activatedDate", timeDC(s, activatedDate(sp))), part("sequence", id), "goal=" + wire.Text(sp["goal"]),
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
	return fmt.Sprintf(
		"com.atlassian.greenhopper.service.sprint.Sprint@%x[%s]",
		0x77c19629+id,
		strings.Join(parts, ","),
	)
}

// activatedDate is the moment at which a sprint was started, whatever its dates became; nil before.
func activatedDate(sp wire.Obj) any {
	switch {
	case strings.EqualFold(wire.Text(sp["state"]), "future"):
		return nil
	case sp["activatedDate"] != nil:
		return sp["activatedDate"]
	}
	return sp["startDate"]
}

// timeDC writes a moment of a sprint in the site's zone, as Data Center does; what is no moment stays as it is.
func timeDC(s *Server, v any) any {
	if t := wire.ParseTime(v); !t.IsZero() {
		return t.In(s.site.Zone).Format("2006-01-02T15:04:05.000-07:00")
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
	case wire.Obj:
		return objectDC(s, v)
	case []wire.Obj:
		out := []any{}
		for _, x := range v {
			custom := wire.Text(wire.At(x, "schema", "custom"))
			if custom != cloudStoryPoints && !containsFold(cloudFields, wire.Text(x["id"])) {
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
		return strings.Replace(v, s.site.URL()+"/rest/api/3/", s.site.URL()+"/rest/api/2/", 1)
	}
	return v
}

func objectDC(s *Server, o wire.Obj) any {
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
	out := wire.Obj{}
	for k, v := range o {
		if !drop[k] {
			out[k] = valueDC(s, v)
		}
	}
	extrasDC(s, o, out)
	return out
}

// extrasDC adds what Data Center's things have besides.
func extrasDC(s *Server, o, out wire.Obj) {
	if id := wire.Text(o["accountId"]); id != "" {
		out["name"], out["key"] = id, "JIRAUSER"+id
		out["self"] = s.site.URL() + "/rest/api/2/user?username=" + id
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
	if wire.Text(o["custom"]) == "com.pyxis.greenhopper.jira:gh-sprint" {
		out["items"] = "string"
	}
	if _, board := o["location"]; board && o["columnConfig"] == nil && o["type"] == "simple" {
		out["type"] = "scrum"
	}
}
