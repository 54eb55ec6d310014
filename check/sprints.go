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
)

// checkSprints counts the team's sprints by state.
func (c *checker) checkSprints(ctx context.Context) {
	listed, err := c.client.Boards().Sprints(ctx, c.board.ID)
	switch {
	case errors.Is(err, jira.ErrNoSprints) || err == nil && c.board.Kind == agile.Kanban:
		c.found.addFinding(
			"sprints",
			Finding{
				OK:      true,
				Found:   "a kanban board has none: its quarters are shown",
				Details: map[string]any{"sprints": 0},
			},
		)
		return
	case problem.Is(err, jira.BadRequest) && c.board.DoneColumn() == nil:
		c.found.addFinding("sprints", Finding{OK: true,
			Found: "Jira tells none, for no column of the board maps a status",
			Hint:  "Map the statuses to the board's columns in Jira.", Details: map[string]any{"sprints": nil}})
		return
	case err != nil:
		c.found.addFailure("sprints", err)
		return
	}
	own, err := c.boardCache.OwnSprints(ctx, c.board.ID, listed)
	if err != nil {
		c.found.addFailure("sprints", err)
		return
	}
	f, begun := c.describeSprints(own)
	if others := len(listed) - len(own); others > 0 {
		f.Found += fmt.Sprintf(
			"; left out: %d that the board lists and that began on others, which still exist",
			others,
		)
	}
	if c.conf.Board != 0 && begun > 0 && len(c.sample.every) > 0 {
		compareSprints(&f, own, c.sample.every)
	}
	c.found.addFinding("sprints", f)
}

// describeSprints tells of sprints how many there are in each state, which is active and which lack dates; and how
// many have begun.
func (c *checker) describeSprints(list []jira.SprintInfo) (f Finding, begun int) {
	states, active, undated := tally{}, []string{}, []string{}
	for _, s := range list {
		states[string(s.State)]++
		if s.State == agile.Active {
			active = append(active, fmt.Sprintf("%s, until %s", s.Name, c.site.dayText(c.conf, s.End)))
		}
		if s.State != agile.Future && (s.Start.IsZero() || s.End.IsZero()) {
			undated = append(undated, s.Name)
		}
	}
	f = Finding{
		OK:    true,
		Found: fmt.Sprintf("%d: %s", len(list), states.rankedText(3)),
		Details: map[string]any{"sprints": len(list),
			"closed": states["closed"], "active": states["active"], "future": states["future"],
			"without_dates": undated},
	}
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
	return f, states["closed"] + states["active"]
}

// compareSprints tells of a board that was named and in whose sprints none of the issues looked at ever stood: it is
// wrong where they stood in others, and may be where they never stood in any.
func compareSprints(f *Finding, list []jira.SprintInfo, issues []*agile.Issue) {
	listed := map[int64]bool{}
	for _, s := range list {
		listed[s.ID] = true
	}
	elsewhere := false
	for _, i := range issues {
		for _, step := range i.Sprints {
			if slices.ContainsFunc(step.Value, func(id int64) bool { return listed[id] }) {
				return
			}
			elsewhere = elsewhere || len(step.Value) > 0
		}
	}
	f.OK = f.OK && !elsewhere
	f.Hint = "projects[].board may be the board of another project: correct it, or leave it out to find the " +
		"project's own."
	f.Found += "; none of the issues looked at ever stood in them"
}

// boardsElsewhere are the boards on which sprints began in which issues of the project stand, as a few of these tell.
func boardsElsewhere(ctx context.Context, client *jira.Client, issues []*agile.Issue) (boards []int64) {
	asked := map[int64]bool{}
	for _, i := range issues {
		for _, id := range i.Sprints.Last() {
			if asked[id] || len(asked) == 3 {
				continue
			}
			asked[id] = true
			if s, err := client.Boards().Sprint(ctx, id); err == nil && s.OriginBoard != 0 &&
				!slices.Contains(boards, s.OriginBoard) {
				boards = append(boards, s.OriginBoard)
			}
		}
	}
	return boards
}

// dayText tells a moment's date where the team works.
func (s *site) dayText(conf agile.Team, at time.Time) string {
	if at.IsZero() {
		return "no date"
	}
	zone := conf.Calendar.Zone
	if zone == nil {
		zone, _ = time.LoadLocation(s.zone) // one that is not known here is told elsewhere
	}
	if zone != nil {
		at = at.In(zone)
	}
	return at.Format(time.DateOnly)
}
