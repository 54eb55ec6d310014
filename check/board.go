package check

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/jira"
	"jerem/sync/scope"
)

// learnBoard asks for what must be known before issues are sampled: the project and the board, which names the
// estimate.
func (c *checker) learnBoard(ctx context.Context) {
	if c.project, c.noProject = c.client.Project(ctx, c.conf.Project); c.noProject != nil {
		return
	}
	configured := c.conf.Board
	if configured == 0 {
		if c.boards, c.boardErr = c.client.Boards().OfProject(ctx, c.project.Key); c.boardErr != nil {
			return
		}
		found, err := scope.OnlyBoard(c.boards, c.project.Key)
		c.boardErr = err
		if found == nil {
			return
		}
		configured = found.ID // spares the question which boards there are
	}
	c.board, c.boardErr = scope.FindBoard(ctx, c.client, c.fields, configured, c.project.Key)
}

// checkBoard says which board is read and why, and what follows from it.
func (c *checker) checkBoard(ctx context.Context) {
	switch {
	case c.board != nil:
	case c.boardErr != nil && scope.IsAmbiguous(c.boardErr):
		c.found.addFinding("board", severalBoards(c.boards, c.boardErr))
		return
	case c.boardErr != nil:
		c.found.addFailure("board", c.boardErr)
		return
	default:
		c.noBoard(ctx)
		return
	}
	why := "as configured"
	switch {
	case c.conf.Board != 0:
	case len(c.boards) > 1:
		why = "the only scrum board of " + scope.BoardNames(c.boards)
	default:
		why = "the project's only board"
	}
	c.found.addFinding(
		"board",
		Finding{OK: true, Found: fmt.Sprintf("%d (%s, %s): %s", c.board.ID, c.board.Name, c.board.Kind, why),
			Details: map[string]any{
				"id":     c.board.ID,
				"name":   c.board.Name,
				"kind":   c.board.Kind,
				"boards": boardDetails(c.boards),
			}},
	)
	c.checkEstimate(c.boardErr)
	c.checkDone()
	c.checkUnmapped()
	c.checkSprints(ctx)
}

// boardDetails are boards for programs.
func boardDetails(list []jira.BoardInfo) []map[string]any {
	out := []map[string]any{}
	for _, b := range list {
		out = append(out, map[string]any{"id": b.ID, "name": b.Name, "kind": b.Kind})
	}
	return out
}

// severalBoards tells that one of several boards must be named.
func severalBoards(list []jira.BoardInfo, err error) Finding {
	f := FailedFinding("", "", err)
	f.Details = map[string]any{"boards": boardDetails(list)}
	best := slices.IndexFunc(list, func(b jira.BoardInfo) bool { return b.Kind == agile.Scrum })
	f.Settings = []Setting{{"board", fmt.Sprint(list[max(best, 0)].ID), "one of " + scope.BoardNames(list)}}
	return f
}

// noBoard tells that the project has none, or that its issues stand on another's.
func (c *checker) noBoard(ctx context.Context) {
	f := Finding{
		OK:      true,
		Found:   "the project has none: no sprints, issues are counted",
		Hint:    "Create a Scrum board in Jira for sprint figures.",
		Details: map[string]any{"boards": []any{}},
	}
	if boards := boardsElsewhere(ctx, c.client, c.sample.every); len(boards) > 0 {
		f.OK, f.Found = false, "the project has none of its own, and its issues stand in sprints of another board"
		f.Hint = fmt.Sprintf("Set projects[].board to %d if it is the team's.", boards[0])
		f.Settings = []Setting{{"board", fmt.Sprint(boards[0]), "issues of the project stand in its sprints"}}
	}
	c.found.addFinding("board", f)
	c.checkDone()
}

// checkDone says what counts as done.
func (c *checker) checkDone() {
	f := Finding{
		OK:      true,
		Found:   "what is in a status of the category done",
		Details: map[string]any{"closed_statuses": c.conf.ClosedStatuses},
	}
	if done := c.board.DoneColumn(); done != nil {
		f.Found = fmt.Sprintf(
			"what is in the last column, %q: %s",
			done.Name,
			strings.Join(c.site.statusNames(done.Statuses), ", "),
		)
		f.Details["column"], f.Details["statuses"] = done.Name, c.site.statusNames(done.Statuses)
	} else if c.board != nil {
		f.Hint = "The board's columns map no status: map the done ones to the last column."
	}
	if known, unknown := c.site.closedStatuses(c.conf.ClosedStatuses); len(known)+len(unknown) > 0 {
		if len(known) > 0 {
			f.Found += "; and " + strings.Join(known, ", ") + ", as configured"
		}
		if len(unknown) > 0 {
			f.Hint = fmt.Sprintf(
				"jira.closed.statuses names %s, which no status is called today; that does no harm where it was once.",
				strings.Join(unknown, ", "),
			)
			f.Details["unknown"] = unknown
		}
	}
	c.found.addFinding("done", f)
}

// closedStatuses tells which of some names a status has or had.
func (s *site) closedStatuses(names []string) (known, unknown []string) {
	for _, name := range names {
		found := false
		for _, status := range s.statuses {
			found = found || containsFold(status.Names, name)
		}
		if found {
			known = append(known, name)
		} else {
			unknown = append(unknown, name)
		}
	}
	return known, unknown
}

// statusNames names statuses as they are called today.
func (s *site) statusNames(ids []string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, orElse(s.statuses[id].Name, id))
	}
	return out
}

// checkUnmapped names the statuses of issues that stand in no column of the board.
func (c *checker) checkUnmapped() {
	off := tally{}
	for _, i := range c.sample.tasks {
		if id := i.Status.Last(); c.board.ColumnOf(id) < 0 {
			off[c.site.statusNames([]string{id})[0]]++
		}
	}
	f := Finding{
		OK:      true,
		Found:   "every status of the issues looked at stands in a column",
		Details: map[string]any{"not_mapped": off},
	}
	if len(off) > 0 {
		f.Found = "in no column of the board: " + off.rankedText(6)
		f.Hint = "They count by their category. Map them to columns in Jira to see them where the team does."
	}
	c.found.addFinding("statuses", f)
}
