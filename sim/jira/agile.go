package jirasim

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// agilePage is the most that a page of the Agile API holds.
const agilePage = 50

func listBoards(s *Server, c *call) (any, error) {
	q := c.URL.Query()
	word := q.Get("projectKeyOrId")
	var project wire.Obj
	if word != "" {
		if project = s.site.FindProject(word, false); project == nil {
			return nil, badRequestError(fmt.Sprintf("No project could be found with key or id '%s'.", word))
		}
	}
	kinds, name := c.queryWords("type"), strings.ToLower(q.Get("name"))
	for _, k := range kinds {
		if !slices.Contains([]string{"scrum", "kanban", "simple"}, k) {
			return nil, badRequestError(fmt.Sprintf("The board type '%s' is not supported.", k))
		}
	}
	var out []any
	for _, b := range s.site.BoardsAt(c.now) {
		if project != nil && wire.Text(wire.At(b, "location", "projectId")) != wire.Text(project["id"]) ||
			len(kinds) > 0 && !slices.Contains(kinds, wire.Text(b["type"])) ||
			!strings.Contains(strings.ToLower(wire.Text(b["name"])), name) {
			continue
		}
		out = append(out, b)
	}
	return pageOfList(s, c, out, agilePage, agilePage)
}

func findBoard(s *Server, c *call) (wire.Obj, error) {
	for _, b := range s.site.BoardsAt(c.now) {
		if wire.Text(b["id"]) == c.PathValue("id") {
			return b, nil
		}
	}
	return nil, notFoundError("The requested board cannot be viewed because it either does not exist or you do not " +
		"have permission to view it.")
}

func getBoard(s *Server, c *call) (any, error) { return findBoard(s, c) }

func getBoardConfiguration(s *Server, c *call) (any, error) {
	b, err := findBoard(s, c)
	if err != nil {
		return nil, err
	}
	if conf := s.site.Configs[wire.Number(b["id"])]; conf != nil {
		return conf, nil
	}
	return nil, notFoundError("The configuration of the requested board cannot be viewed.")
}

// listBoardSprints lists the sprints of a board: those that began on it, and those in which an issue of its project
// stands.
func listBoardSprints(s *Server, c *call) (any, error) {
	b, err := findBoard(s, c)
	if err != nil {
		return nil, err
	}
	if !hasSprints(b, c.view) {
		return nil, badRequestError("The board does not support sprints")
	}
	states := c.queryWords("state")
	for _, st := range states {
		if !slices.Contains([]string{"future", "active", "closed"}, st) {
			return nil, badRequestError(
				fmt.Sprintf("Unknown sprint state '%s'. Allowed values are future, active, closed.", st),
			)
		}
	}
	stands := sprintsHoldingIssues(s, c.view, wire.Text(wire.At(b, "location", "projectId")))
	var out []any
	for _, sp := range c.view.Sprints {
		mine := wire.Text(sp["originBoardId"]) == wire.Text(b["id"]) || stands[wire.Number(sp["id"])]
		if mine && (len(states) == 0 || slices.Contains(states, wire.Text(sp["state"]))) {
			out = append(out, sprintAsTold(s, sp))
		}
	}
	return pageOfList(s, c, out, agilePage, agilePage)
}

// sprintAsTold is a sprint as it is told: when it was really started, Data Center alone says.
func sprintAsTold(s *Server, sp wire.Obj) wire.Obj {
	if s.dataCenter() || sp["activatedDate"] == nil {
		return sp
	}
	out := maps.Clone(sp)
	delete(out, "activatedDate")
	return out
}

// hasSprints says whether a board works in sprints: a scrum board does, a kanban board does not, and a simple one, of a
// team-managed project, does where its team switched sprints on, here where a sprint began on it.
func hasSprints(board wire.Obj, v *sitedata.View) bool {
	switch wire.Text(board["type"]) {
	case "scrum":
		return true
	case "kanban":
		return false
	}
	id := wire.Text(board["id"])
	return slices.ContainsFunc(v.Sprints, func(s wire.Obj) bool { return wire.Text(s["originBoardId"]) == id })
}

// sprintsHoldingIssues are the sprints in which issues of a project stand.
func sprintsHoldingIssues(s *Server, v *sitedata.View, project string) map[int64]bool {
	out := map[int64]bool{}
	for _, i := range v.Issues {
		if wire.Text(wire.At(i.Fields, "project", "id")) != project {
			continue
		}
		for _, sp := range wire.List(i.Fields[s.site.SprintID]) {
			out[wire.Number(wire.At(sp, "id"))] = true
		}
	}
	return out
}

func getSprint(s *Server, c *call) (any, error) {
	if sp := c.view.FindSprint(wire.Number(c.PathValue("id"))); sp != nil {
		return sprintAsTold(s, sp), nil
	}
	return nil, notFoundError("Sprint does not exist or you do not have permission to view it.")
}
