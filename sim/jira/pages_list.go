package jirasim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
	"jerem/sorting"
)

// pageRows is how many issues a page lists, and pageCards how many a column of a board.
const (
	pageRows  = 500
	pageCards = 30
)

type searchBody struct {
	Action, JQL, Error, Count string
	Issues                    []issueRow
}

// searchPage shows what a query finds; ?filter=ID is that filter's query.
func searchPage(s *Server, c *call) (shownPage, error) {
	if strings.TrimSuffix(c.URL.Path, "/") != "/issues" {
		return unknownPage(s, c)
	}
	jql := c.URL.Query().Get("jql")
	if jql == "" {
		jql = s.site.Filters[c.URL.Query().Get("filter")]
	}
	return foundPage(s, c, jql), nil
}

func foundPage(s *Server, c *call, jql string) shownPage {
	b := searchBody{Action: s.opts.PathPrefix + "/issues/", JQL: jql,
		Count: "Write a query, as: project = K8S ORDER BY created DESC"}
	if jql != "" {
		found, err := runQuery(s, c, c.now.UnixMilli(), jql)
		if err != nil {
			b.Error = strings.Join(asAPIError(err).messages, " ")
		}
		for _, i := range found[:min(pageRows, len(found))] {
			b.Issues = append(b.Issues, makeIssueRow(s, c, i))
		}
		b.Count = countText(len(found))
	}
	return shownPage{template: "search", title: "Issues", body: b}
}

func countText(n int) string {
	switch {
	case n == 1:
		return "1 issue"
	case n > pageRows:
		return fmt.Sprintf("%d issues, the first %d of them:", n, pageRows)
	}
	return fmt.Sprintf("%d issues", n)
}

type boardBody struct {
	Name, What string
	Project    link
	Columns    []boardColumn
	Sprints    []sprintBody
}

type boardColumn struct {
	Name  string
	Cards []issueRow
	More  int
}

type sprintBody struct {
	Link, Board                   link
	State, From, To, Closed, Goal string
	Issues                        []issueRow
}

// softwarePage answers Cloud's addresses of boards and of sprint reports.
func softwarePage(s *Server, c *call) (shownPage, error) {
	return boardOrSprintPage(s, c, c.PathValue("board"), c.URL.Query().Get("sprint"))
}

// rapidBoardPage answers Data Center's.
func rapidBoardPage(s *Server, c *call) (shownPage, error) {
	q := c.URL.Query()
	return boardOrSprintPage(s, c, q.Get("rapidView"), q.Get("sprint"))
}

func boardOrSprintPage(s *Server, c *call, board, sprint string) (shownPage, error) {
	if sprint != "" {
		sp := c.view.FindSprint(wire.Number(sprint))
		if sp == nil {
			return shownPage{}, notFoundError("There is no sprint " + sprint + ".")
		}
		return makeSprintPage(s, c, sp), nil
	}
	b := findBoardID(s, board)
	if b == nil {
		return shownPage{}, notFoundError("There is no such board.")
	}
	return makeBoardPage(s, c, b), nil
}

func makeSprintBody(s *Server, sp wire.Obj) sprintBody {
	return sprintBody{Link: sprintLink(s, sp), State: wire.Text(sp["state"]), From: pageMoment(s, sp["startDate"]),
		To:     pageMoment(s, sp["endDate"]),
		Closed: pageMoment(s, sp["completeDate"]), Goal: wire.Text(sp["goal"])}
}

func makeSprintPage(s *Server, c *call, sp wire.Obj) shownPage {
	b := makeSprintBody(s, sp)
	b.Board = link{Text: "a board that is gone"}
	if board := findBoardID(s, wire.Text(sp["originBoardId"])); board != nil {
		b.Board = boardLink(s, board)
	}
	for _, i := range c.view.Issues {
		if s.site.TypeLevel(i) == 0 && issuesInSprint(s, i, wire.Number(sp["id"])) {
			b.Issues = append(b.Issues, makeIssueRow(s, c, i))
		}
	}
	return shownPage{template: "sprint", title: b.Link.Text, body: b}
}

func issuesInSprint(s *Server, i *sitedata.IssueView, id int64) bool {
	return slices.ContainsFunc(wire.List(i.Fields[s.site.SprintID]),
		func(v any) bool { return wire.Number(wire.At(v, "id")) == id })
}

// makeBoardPage shows the columns with what is in the active sprints, or, without sprints, with all ordinary issues.
func makeBoardPage(s *Server, c *call, board wire.Obj) shownPage {
	key := boardProject(s, board)
	b := boardBody{Name: wire.Text(board["name"]), What: "All issues of the project, the latest first.",
		Project: link{wire.Text(wire.At(s.site.FindProject(key, false), "name")),
			searchLink(s, "project = "+key+" ORDER BY created DESC")}}
	var active []int64
	if hasSprints(board, c.view) {
		b.What = "What is in the active sprint."
		for _, sp := range slices.Backward(c.view.Sprints) {
			if wire.Text(sp["originBoardId"]) != wire.Text(board["id"]) {
				continue
			}
			if wire.Text(sp["state"]) == "active" {
				active = append(active, wire.Number(sp["id"]))
			}
			b.Sprints = append(b.Sprints, makeSprintBody(s, sp))
		}
	}
	b.Columns = boardColumns(s, c, board, func(i *sitedata.IssueView) bool {
		if s.site.TypeLevel(i) != 0 {
			return false
		}
		if b.Sprints == nil {
			return wire.Text(wire.At(i.Fields, "project", "key")) == key
		}
		return slices.ContainsFunc(active, func(id int64) bool { return issuesInSprint(s, i, id) })
	})
	return shownPage{template: "board", title: b.Name, body: b}
}

// boardColumns puts the issues that are shown into the columns that map their statuses.
func boardColumns(s *Server, c *call, board wire.Obj, shows func(*sitedata.IssueView) bool) []boardColumn {
	var out []boardColumn
	for _, col := range wire.List(wire.At(s.site.Configs[wire.Number(board["id"])], "columnConfig", "columns")) {
		one := boardColumn{Name: wire.Text(wire.At(col, "name"))}
		var found []*sitedata.IssueView
		for _, i := range c.view.Issues {
			mapped := slices.ContainsFunc(wire.List(wire.At(col, "statuses")),
				func(st any) bool {
					return wire.Text(wire.At(st, "id")) == wire.Text(wire.At(i.Fields, "status", "id"))
				})
			if mapped && shows(i) {
				found = append(found, i)
			}
		}
		sorting.By(found, func(a, b *sitedata.IssueView) int { return cmp.Compare(b.ID, a.ID) })
		one.More = max(0, len(found)-pageCards)
		for _, i := range found[:len(found)-one.More] {
			one.Cards = append(one.Cards, makeIssueRow(s, c, i))
		}
		out = append(out, one)
	}
	return out
}
