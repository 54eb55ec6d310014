package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
	"jerem/sync/scope"
)

// learn asks for what must be known before issues are sampled: the project and the board, which names the estimate.
func (c *checker) learn(ctx context.Context) {
	if c.project, c.noProject = c.client.Project(ctx, c.conf.Project); c.noProject != nil {
		return
	}
	configured := c.conf.Board
	if configured == 0 {
		if c.boards, c.boardErr = c.client.Boards(ctx, c.project.Key); c.boardErr != nil {
			return
		}
		found, err := scope.OnlyBoard(c.boards, c.project.Key)
		if c.boardErr = err; found == nil {
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
		c.severalBoards(c.boards, c.boardErr)
		return
	case c.boardErr != nil:
		c.fail("board", c.boardErr)
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
	c.say("board", Finding{OK: true, Found: fmt.Sprintf("%d (%s, %s): %s", c.board.ID, c.board.Name, c.board.Kind, why),
		Details: map[string]any{"id": c.board.ID, "name": c.board.Name, "kind": c.board.Kind, "boards": boardDetails(c.boards)}})
	c.checkEstimate(c.boardErr)
	c.checkDone()
	c.checkUnmapped()
	c.checkSprints(ctx)
}

func boardDetails(list []jira.BoardInfo) []map[string]any {
	out := []map[string]any{}
	for _, b := range list {
		out = append(out, map[string]any{"id": b.ID, "name": b.Name, "kind": b.Kind})
	}
	return out
}

func (c *checker) severalBoards(list []jira.BoardInfo, err error) {
	f := failed("", "", err)
	f.Details = map[string]any{"boards": boardDetails(list)}
	best := slices.IndexFunc(list, func(b jira.BoardInfo) bool { return b.Kind == agile.Scrum })
	f.Settings = []Setting{{"board", fmt.Sprint(list[max(best, 0)].ID), "one of " + scope.BoardNames(list)}}
	c.say("board", f)
}

func (c *checker) noBoard(ctx context.Context) {
	f := Finding{OK: true, Found: "the project has none: no sprints, issues are counted", Hint: "Create a Scrum board in Jira for sprint figures.",
		Details: map[string]any{"boards": []any{}}}
	if boards := c.elsewhereBoards(ctx); len(boards) > 0 {
		f.OK, f.Found = false, "the project has none of its own, and its issues stand in sprints of another board"
		f.Hint = fmt.Sprintf("Set projects[].board to %d if it is the team's.", boards[0])
		f.Settings = []Setting{{"board", fmt.Sprint(boards[0]), "issues of the project stand in its sprints"}}
	}
	c.say("board", f)
	c.checkDone()
}

// checkEstimate says what the team estimates by, why, and how many issues hold an estimate.
func (c *checker) checkEstimate(err error) {
	if err != nil {
		f := failed("", "", err)
		f.Details = map[string]any{"field": c.board.Estimate, "visible": false}
		c.say("estimate", f)
		return
	}
	field, unit := c.board.Estimate, c.board.Unit()
	if field == "" {
		f := Finding{OK: true, Found: "issues are counted, for the board estimates by nothing", Details: map[string]any{"field": nil, "unit": unit}}
		if other, n := c.sample.fullestField(c.fields, ""); other.ID != "" {
			f.Hint = fmt.Sprintf("%s of the issues hold %s: if the team estimates by it, choose it as the board's estimation in Jira.", ofAll(n, len(c.sample.planned)), named(other))
			f.Details["candidate"] = other.ID
		}
		c.say("estimate", f)
		return
	}
	if !c.fields.Reads(field) {
		c.say("estimate", Finding{Found: fmt.Sprintf("%s, and a request has no room for it: it is not read", named(c.site.fields[field])),
			Hint: "Let the teams estimate by fewer fields, or use an account that sees fewer.", Details: map[string]any{"field": field, "unit": unit, "visible": false}})
		return
	}
	n := c.sample.countHolding(field)
	f := Finding{OK: true, Found: fmt.Sprintf("%s, in %s, for the board is set to estimate by it; %s issues hold one", named(c.site.fields[field]), unit, ofAll(n, len(c.sample.planned))),
		Details: map[string]any{"field": field, "name": c.site.fields[field].Name, "unit": unit, "held": n, "of": len(c.sample.planned)}}
	if other, m := c.sample.fullestField(c.fields, field); m > n && 2*m > len(c.sample.planned) {
		f.Hint = fmt.Sprintf("%s hold %s: if the team estimates by that one, choose it as the board's estimation in Jira.", ofAll(m, len(c.sample.planned)), named(other))
		f.Details["candidate"] = other.ID
	} else if len(c.sample.planned) > 0 && 2*n < len(c.sample.planned) {
		f.Hint = "Most issues are not estimated: the pages say so beside each figure in " + string(unit) + "."
	}
	c.say("estimate", f)
}

func named(f agile.Field) string {
	if f.Name == f.ID || f.Name == "" {
		return f.ID
	}
	return f.Name + " (" + f.ID + ")"
}

// checkDone says what counts as done.
func (c *checker) checkDone() {
	f := Finding{OK: true, Found: "what is in a status of the category done", Details: map[string]any{"closed_statuses": c.conf.ClosedStatuses}}
	if done := c.board.DoneColumn(); done != nil {
		f.Found = fmt.Sprintf("what is in the last column, %q: %s", done.Name, strings.Join(c.statusNames(done.Statuses), ", "))
		f.Details["column"], f.Details["statuses"] = done.Name, c.statusNames(done.Statuses)
	} else if c.board != nil {
		f.Hint = "The board's columns map no status: map the done ones to the last column."
	}
	if known, unknown := c.closed(); len(known)+len(unknown) > 0 {
		if len(known) > 0 {
			f.Found += "; and " + strings.Join(known, ", ") + ", as configured"
		}
		if len(unknown) > 0 {
			f.Hint = fmt.Sprintf("jira.closed.statuses names %s, which no status is called today; that does no harm where it was once.", strings.Join(unknown, ", "))
			f.Details["unknown"] = unknown
		}
	}
	c.say("done", f)
}

func (c *checker) closed() (known, unknown []string) {
	for _, name := range c.conf.ClosedStatuses {
		found := false
		for _, s := range c.site.statuses {
			found = found || containsFold(s.Names, name)
		}
		if found {
			known = append(known, name)
		} else {
			unknown = append(unknown, name)
		}
	}
	return known, unknown
}

func (c *checker) statusNames(ids []string) []string {
	var out []string
	for _, id := range ids {
		out = append(out, orElse(c.site.statuses[id].Name, id))
	}
	return out
}

// checkUnmapped names the statuses of issues that stand in no column of the board.
func (c *checker) checkUnmapped() {
	off := tally{}
	for _, i := range c.sample.tasks {
		if id := i.Status.Last(); c.board.ColumnOf(id) < 0 {
			off[c.statusNames([]string{id})[0]]++
		}
	}
	f := Finding{OK: true, Found: "every status of the issues looked at stands in a column", Details: map[string]any{"not_mapped": off}}
	if len(off) > 0 {
		f.Found = "in no column of the board: " + off.text(6)
		f.Hint = "They count by their category. Map them to columns in Jira to see them where the team does."
	}
	c.say("statuses", f)
}

// checkSprints counts the team's sprints by state.
func (c *checker) checkSprints(ctx context.Context) {
	list, err := c.client.Sprints(ctx, c.board.ID)
	if errors.Is(err, jira.ErrNoSprints) || err == nil && c.board.Kind == agile.Kanban {
		c.say("sprints", Finding{OK: true, Found: "a kanban board has none: its quarters are shown", Details: map[string]any{"sprints": 0}})
		return
	}
	if problem.Is(err, jira.BadRequest) && c.board.DoneColumn() == nil {
		c.say("sprints", Finding{OK: true, Found: "Jira tells none, for no column of the board maps a status", Hint: "Map the statuses to the board's columns in Jira.",
			Details: map[string]any{"sprints": nil}})
		return
	}
	if err != nil {
		c.fail("sprints", err)
		return
	}
	listed := len(list)
	if list, err = c.boardCache.OwnSprints(ctx, c.board.ID, list); err != nil {
		c.fail("sprints", err)
		return
	}
	states, active, undated := tally{}, []string{}, []string{}
	for _, s := range list {
		states[string(s.State)]++
		if s.State == agile.Active {
			active = append(active, fmt.Sprintf("%s, until %s", s.Name, c.day(s.End)))
		}
		if s.State != agile.Future && (s.Start.IsZero() || s.End.IsZero()) {
			undated = append(undated, s.Name)
		}
	}
	f := Finding{OK: true, Found: fmt.Sprintf("%d: %s", len(list), states.text(3)),
		Details: map[string]any{"sprints": len(list), "closed": states["closed"], "active": states["active"], "future": states["future"], "without_dates": undated}}
	switch {
	case len(list) == 0:
		f.Found, f.Hint = "none yet", "Figures of sprints begin with the first sprint that is started in Jira."
	case len(active) > 0:
		f.Found += "; active is " + strings.Join(active, " and ")
	default:
		f.Hint = "None is active: the page shows the last one until the next is started."
	}
	if len(undated) > 0 {
		f.Found += fmt.Sprintf("; begun without dates: %s", strings.Join(undated[:min(3, len(undated))], ", "))
		f.Hint = "A sprint without dates has no ledger and no burndown: set its dates in Jira."
	}
	if others := listed - len(list); others > 0 {
		f.Found += fmt.Sprintf("; left out: %d that the board lists and that began on others, which still exist", others)
	}
	if begun := states["closed"] + states["active"]; c.conf.Board != 0 && begun > 0 && len(c.sample.every) > 0 {
		c.compareSprints(&f, list)
	}
	c.say("sprints", f)
}

// compareSprints tells of a board that was named and in whose sprints none of the issues looked at ever stood: it is
// wrong where they stood in others, and may be where they never stood in any.
func (c *checker) compareSprints(f *Finding, list []jira.SprintInfo) {
	listed := map[int64]bool{}
	for _, s := range list {
		listed[s.ID] = true
	}
	elsewhere := false
	for _, i := range c.sample.every {
		for _, step := range i.Sprints {
			if slices.ContainsFunc(step.Value, func(id int64) bool { return listed[id] }) {
				return
			}
			elsewhere = elsewhere || len(step.Value) > 0
		}
	}
	f.OK = f.OK && !elsewhere
	f.Hint = "projects[].board may be the board of another project: correct it, or leave it out to find the project's own."
	f.Found += "; none of the issues looked at ever stood in them"
}

// elsewhereBoards are the boards on which sprints began in which issues of the project stand, as a few of these tell.
func (c *checker) elsewhereBoards(ctx context.Context) (boards []int64) {
	asked := map[int64]bool{}
	for _, i := range c.sample.every {
		for _, id := range i.Sprints.Last() {
			if asked[id] || len(asked) == 3 {
				continue
			}
			asked[id] = true
			if s, err := c.client.Sprint(ctx, id); err == nil && s.OriginBoard != 0 && !slices.Contains(boards, s.OriginBoard) {
				boards = append(boards, s.OriginBoard)
			}
		}
	}
	return boards
}

// day tells a moment's date where the team works.
func (c *checker) day(at time.Time) string {
	if at.IsZero() {
		return "no date"
	}
	zone := c.conf.Calendar.Zone
	if zone == nil {
		zone, _ = time.LoadLocation(c.site.zone) // one that is not known here is told elsewhere
	}
	if zone != nil {
		at = at.In(zone)
	}
	return at.Format(time.DateOnly)
}
