package jirasim

import (
	"fmt"
	"strings"
)

func getServerInfo(s *Server, c *call) (any, error) {
	if s.dataCenter() {
		return getServerInfoDC(s, c), nil
	}
	return obj{"baseUrl": s.site.url, "displayUrl": s.site.url, "version": "1001.0.0-SNAPSHOT",
		"versionNumbers": []int{1001, 0, 0},
		"deploymentType": "Cloud", "buildNumber": 100290, "buildDate": "2026-01-15T00:00:00.000+0000",
		"serverTime": formatTime(c.now, s.site.zone), "serverTimeZone": s.site.zone.String(), "scmInfo": "0",
		"serverTitle": s.site.title, "defaultLocale": obj{"locale": "en_US"}}, nil
}

func getMyself(s *Server, _ *call) (any, error) {
	out := obj{"locale": "en_US", "groups": obj{"size": 1, "items": []any{}},
		"applicationRoles": obj{"size": 1, "items": []any{}},
		"expand":           "groups,applicationRoles"}
	for k, v := range s.site.reader {
		out[k] = v
	}
	return out, nil
}

func listFields(s *Server, _ *call) (any, error) { return nonNil(s.site.fields), nil }

// listFieldsByPage pages through the fields and may be asked for ids, a part of a name and a kind.
func listFieldsByPage(s *Server, c *call) (any, error) {
	ids, query, kinds := c.queryWords("id"), strings.ToLower(c.URL.Query().Get("query")), c.queryWords("type")
	var out []any
	for _, f := range s.site.fields {
		custom, _ := f["custom"].(bool)
		kind := map[bool]string{true: "custom", false: "system"}[custom]
		if len(ids) > 0 && !containsFold(ids, textOf(f["id"])) || len(kinds) > 0 && !containsFold(kinds, kind) ||
			!strings.Contains(strings.ToLower(textOf(f["name"])), query) {
			continue
		}
		out = append(out, obj{"id": f["id"], "key": f["id"], "name": f["name"], "schema": f["schema"]})
	}
	return pageOfList(s, c, out, 50, 50)
}

func listStatuses(s *Server, c *call) (any, error) {
	if c.anonymous {
		return []any{}, nil
	}
	return nonNil(s.site.statuses), nil
}

func getStatus(s *Server, c *call) (any, error) {
	word := c.PathValue("idOrName")
	for _, st := range s.site.statuses {
		if textOf(st["id"]) == word || strings.EqualFold(textOf(st["name"]), word) {
			return st, nil
		}
	}
	return nil, notFoundError(fmt.Sprintf("The status with id '%s' does not exist", word))
}

// statusCategory is one of the four that every Jira has.
type statusCategory struct {
	id               int
	key, name, color string
}

var statusCategories = []statusCategory{
	{1, "undefined", "No Category", "medium-gray"},
	{2, "new", "To Do", "blue-gray"},
	{4, "indeterminate", "In Progress", "yellow"},
	{3, "done", "Done", "green"},
}

func (c statusCategory) json(url string) obj {
	return obj{"self": fmt.Sprintf("%s/rest/api/2/statuscategory/%d", url, c.id), "id": c.id, "key": c.key,
		"colorName": c.color, "name": c.name}
}

func listStatusCategories(s *Server, _ *call) (any, error) {
	var out []any
	for _, c := range statusCategories {
		out = append(out, c.json(s.site.url))
	}
	return out, nil
}

func listIssueTypes(s *Server, c *call) (any, error) {
	if c.anonymous {
		return []any{}, nil
	}
	return nonNil(s.site.types), nil
}

func searchProjects(s *Server, c *call) (any, error) {
	if c.anonymous {
		return pageOfList(s, c, nil, 50, 50)
	}
	query := strings.ToLower(c.URL.Query().Get("query"))
	keys, ids, status := c.queryWords("keys"), c.queryWords("id"), c.queryWords("status")
	var out []any
	for _, p := range s.site.projects {
		if !strings.Contains(strings.ToLower(textOf(p["key"])), query) &&
			!strings.Contains(strings.ToLower(textOf(p["name"])), query) ||
			len(keys) > 0 && !containsFold(keys, textOf(p["key"])) || len(ids) > 0 && !containsFold(ids, textOf(p["id"])) {
			continue
		}
		if len(status) > 0 && !containsFold(status, "live") {
			continue // no project of ours is archived or deleted
		}
		out = append(out, p)
	}
	return pageOfList(s, c, out, 50, 50)
}

func findProject(s *Server, c *call) (obj, error) {
	word := c.PathValue("idOrKey")
	p := s.site.findProject(word, false)
	if p == nil || c.anonymous {
		return nil, notFoundError(fmt.Sprintf("No project could be found with key '%s'.", word))
	}
	return p, nil
}

func getProject(s *Server, c *call) (any, error) {
	p, err := findProject(s, c)
	if err != nil {
		return nil, err
	}
	out := obj{"issueTypes": s.site.types, "lead": s.site.reader}
	for k, v := range p {
		out[k] = v
	}
	return out, nil
}

// listProjectStatuses lists every status under every type: the sites played here have one workflow.
func listProjectStatuses(s *Server, c *call) (any, error) {
	if _, err := findProject(s, c); err != nil {
		return nil, err
	}
	out := []any{}
	for _, t := range s.site.types {
		out = append(out, obj{"self": t["self"], "id": t["id"], "name": t["name"], "subtask": t["subtask"],
			"statuses": nonNil(s.site.statuses)})
	}
	return out, nil
}

func getFilter(s *Server, c *call) (any, error) {
	id := c.PathValue("id")
	jql, ok := s.site.filters[id]
	if !ok {
		return nil, badRequestError("The selected filter is not available to you, perhaps it has been deleted or had " +
			"its permissions changed.")
	}
	return obj{"self": s.site.url + "/rest/api/" + c.version + "/filter/" + id, "id": id, "name": "Filter " + id,
		"owner": s.site.reader,
		"jql":   jql, "viewUrl": s.site.url + "/issues/?filter=" + id, "favourite": false, "sharePermissions": []any{}}, nil
}

func nonNil(in []obj) []obj {
	if in == nil {
		return []obj{}
	}
	return in
}

func containsFold(words []string, word string) bool {
	for _, w := range words {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}
