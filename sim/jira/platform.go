package jirasim

import (
	"fmt"
	"strings"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

func getServerInfo(s *Server, c *call) (any, error) {
	if s.dataCenter() {
		return getServerInfoDC(s, c), nil
	}
	return wire.Obj{"baseUrl": s.site.URL(), "displayUrl": s.site.URL(), "version": "1001.0.0-SNAPSHOT",
		"versionNumbers": []int{1001, 0, 0},
		"deploymentType": "Cloud", "buildNumber": 100290, "buildDate": "2026-01-15T00:00:00.000+0000",
		"serverTime": wire.FormatTime(c.now, s.site.Zone), "serverTimeZone": s.site.Zone.String(), "scmInfo": "0",
		"serverTitle": s.site.Title, "defaultLocale": wire.Obj{"locale": "en_US"}}, nil
}

func getMyself(s *Server, _ *call) (any, error) {
	out := wire.Obj{"locale": "en_US", "groups": wire.Obj{"size": 1, "items": []any{}},
		"applicationRoles": wire.Obj{"size": 1, "items": []any{}},
		"expand":           "groups,applicationRoles"}
	for k, v := range s.site.Reader {
		out[k] = v
	}
	return out, nil
}

func listFields(s *Server, _ *call) (any, error) { return nonNil(s.site.Fields), nil }

// listFieldsByPage pages through the fields and may be asked for ids, a part of a name and a kind.
func listFieldsByPage(s *Server, c *call) (any, error) {
	ids, query, kinds := c.queryWords("id"), strings.ToLower(c.URL.Query().Get("query")), c.queryWords("type")
	var out []any
	for _, f := range s.site.Fields {
		custom, _ := f["custom"].(bool)
		kind := "system"
		if custom {
			kind = "custom"
		}
		if len(ids) > 0 && !containsFold(ids, wire.Text(f["id"])) || len(kinds) > 0 && !containsFold(kinds, kind) ||
			!strings.Contains(strings.ToLower(wire.Text(f["name"])), query) {
			continue
		}
		out = append(out, wire.Obj{"id": f["id"], "key": f["id"], "name": f["name"], "schema": f["schema"]})
	}
	return pageOfList(s, c, out, 50, 50)
}

func listStatuses(s *Server, c *call) (any, error) {
	if c.anonymous {
		return []any{}, nil
	}
	return nonNil(s.site.Statuses), nil
}

func getStatus(s *Server, c *call) (any, error) {
	word := c.PathValue("idOrName")
	for _, st := range s.site.Statuses {
		if wire.Text(st["id"]) == word || strings.EqualFold(wire.Text(st["name"]), word) {
			return st, nil
		}
	}
	return nil, notFoundError(fmt.Sprintf("The status with id '%s' does not exist", word))
}

func listStatusCategories(s *Server, _ *call) (any, error) {
	var out []any
	for _, c := range sitedata.StatusCategories {
		out = append(out, c.JSON(s.site.URL()))
	}
	return out, nil
}

func listIssueTypes(s *Server, c *call) (any, error) {
	if c.anonymous {
		return []any{}, nil
	}
	return nonNil(s.site.Types), nil
}

func searchProjects(s *Server, c *call) (any, error) {
	if c.anonymous {
		return pageOfList(s, c, nil, 50, 50)
	}
	query := strings.ToLower(c.URL.Query().Get("query"))
	keys, ids, status := c.queryWords("keys"), c.queryWords("id"), c.queryWords("status")
	var out []any
	for _, p := range s.site.Projects {
		if !strings.Contains(strings.ToLower(wire.Text(p["key"])), query) &&
			!strings.Contains(strings.ToLower(wire.Text(p["name"])), query) ||
			len(keys) > 0 &&
				!containsFold(keys, wire.Text(p["key"])) || len(ids) > 0 && !containsFold(ids, wire.Text(p["id"])) {
			continue
		}
		if len(status) > 0 && !containsFold(status, "live") {
			continue // no project of ours is archived or deleted
		}
		out = append(out, p)
	}
	return pageOfList(s, c, out, 50, 50)
}

func findProject(s *Server, c *call) (wire.Obj, error) {
	word := c.PathValue("idOrKey")
	p := s.site.FindProject(word, false)
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
	out := wire.Obj{"issueTypes": s.site.Types, "lead": s.site.Reader}
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
	for _, t := range s.site.Types {
		out = append(out, wire.Obj{"self": t["self"], "id": t["id"], "name": t["name"], "subtask": t["subtask"],
			"statuses": nonNil(s.site.Statuses)})
	}
	return out, nil
}

func listProjectVersions(s *Server, c *call) (any, error) {
	p, err := findProject(s, c)
	if err != nil {
		return nil, err
	}
	return s.site.VersionsAt(c.now, p), nil
}

func getFilter(s *Server, c *call) (any, error) {
	id := c.PathValue("id")
	jql, ok := s.site.Filters[id]
	if !ok {
		return nil, badRequestError("The selected filter is not available to you, perhaps it has been deleted or had " +
			"its permissions changed.")
	}
	return wire.Obj{"self": s.site.URL() + "/rest/api/" + c.version + "/filter/" + id, "id": id, "name": "Filter " + id,
		"owner": s.site.Reader,
		"jql":   jql, "viewUrl": s.site.URL() + "/issues/?filter=" + id,
		"favourite": false, "sharePermissions": []any{}}, nil
}

func nonNil(in []wire.Obj) []wire.Obj {
	if in == nil {
		return []wire.Obj{}
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
