package datacenter

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

func isCloudField(id string) bool {
	return slices.ContainsFunc(cloudFields, func(f string) bool { return strings.EqualFold(f, id) })
}

// cloudStoryPoints is the estimate of team-managed projects, which Data Center does not have.
const cloudStoryPoints = "com.pyxis.greenhopper.jira:jsw-story-points"

// FieldsOf are the fields of an issue as Data Center shows them: an issue has a parent only as a sub-task, its epic
// stands in a field of its own, an epic has a name of its own, and sprints are texts.
func FieldsOf(s *sitedata.Site, v *sitedata.View, i *sitedata.IssueView) wire.Obj {
	out := wire.Obj{}
	for k, value := range i.Fields {
		if !isCloudField(k) {
			out[k] = value
		}
	}
	for _, f := range s.Fields {
		id := wire.Text(f["id"])
		switch wire.Text(wire.At(f, "schema", "custom")) {
		case cloudStoryPoints:
			delete(out, id)
		case "com.pyxis.greenhopper.jira:gh-epic-link":
			if p := i.Fields["parent"]; p != nil && s.TypeLevel(i) == 0 {
				out[id] = wire.At(p, "key")
			}
		case "com.pyxis.greenhopper.jira:gh-epic-label":
			out[id] = nil
			if s.TypeLevel(i) > 0 {
				out[id] = i.Fields["summary"]
			}
		case "com.pyxis.greenhopper.jira:gh-sprint":
			out[id] = sprintTexts(s, v, wire.List(i.Fields[id]))
		}
	}
	if s.TypeLevel(i) >= 0 {
		delete(out, "parent")
	}
	return out
}

// sprintTexts writes sprints as the texts that Data Center puts into the field, null without any.
func sprintTexts(s *sitedata.Site, v *sitedata.View, sprints []any) any {
	var out []any
	for _, one := range sprints {
		sp := v.FindSprint(wire.Number(wire.At(one, "id")))
		if sp == nil {
			sp, _ = one.(wire.Obj) // recorded, of a board that was not
		}
		out = append(out, sprintText(s, sp))
	}
	if out == nil {
		return nil
	}
	return out
}

// sprintText writes one sprint. The order of the parts is nobody's promise, and names and goals stand there as they
// are.
func sprintText(s *sitedata.Site, sp wire.Obj) string {
	id := wire.Number(sp["id"])
	part := func(key string, v any) string { return key + "=" + cmp.Or(wire.Text(v), "<null>") }
	when := func(key string) string { return part(key, localTime(s, sp[key])) }
	board := sp["originBoardId"]
	if board == nil {
		board = sp["boardId"]
	}
	head := []string{part("id", id), part("rapidViewId", board), part("state", strings.ToUpper(wire.Text(sp["state"])))}
	name := []string{"name=" + wire.Text(sp["name"]), when("startDate"), when("endDate"), when("completeDate"),
		part("activatedDate", localTime(s, activatedDate(sp))), part("sequence", id), "goal=" + wire.Text(sp["goal"]),
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

// localTime writes a moment of a sprint in the site's zone, as Data Center does; what is no moment stays as it is.
func localTime(s *sitedata.Site, v any) any {
	if t := wire.ParseTime(v); !t.IsZero() {
		return t.In(s.Zone).Format("2006-01-02T15:04:05.000-07:00")
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

// Value rewrites an answer of Cloud's shape.
func Value(s *sitedata.Site, v any) any {
	switch v := v.(type) {
	case wire.Obj:
		return rewriteObject(s, v)
	case []wire.Obj:
		out := []any{}
		for _, x := range v {
			custom := wire.Text(wire.At(x, "schema", "custom"))
			if custom != cloudStoryPoints && !isCloudField(wire.Text(x["id"])) {
				out = append(out, rewriteObject(s, x))
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = Value(s, x)
		}
		return out
	case string:
		return strings.Replace(v, s.URL()+"/rest/api/3/", s.URL()+"/rest/api/2/", 1)
	}
	return v
}

func rewriteObject(s *sitedata.Site, o wire.Obj) any {
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
			out[k] = Value(s, v)
		}
	}
	addExtras(s, o, out)
	return out
}

// addExtras adds what Data Center's things have besides.
func addExtras(s *sitedata.Site, o, out wire.Obj) {
	if id := wire.Text(o["accountId"]); id != "" {
		out["name"], out["key"] = id, "JIRAUSER"+id
		out["self"] = s.URL() + "/rest/api/2/user?username=" + id
	}
	if o["originBoardId"] != nil {
		if t := activatedDate(o); t != nil {
			out["activatedDate"] = t
		}
		for _, k := range []string{"startDate", "endDate", "completeDate", "activatedDate"} {
			if out[k] != nil {
				out[k] = localTime(s, out[k])
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
