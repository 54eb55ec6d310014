package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/jira"
	"jerem/problem"
)

// board returns the configured board or, without one, the project's only scrum board, else its only
// board. A project without boards has none; of several the configuration must name one. A board whose
// estimate cannot be read comes with the error.
func (r *reading) board(ctx context.Context, t *teamReading) (*agile.Board, error) {
	id := t.conf.Board
	if id == 0 {
		list, err := r.Jira.Boards(ctx, t.project.Key)
		if err != nil {
			return nil, err
		}
		found, err := only(list, t.project.Key)
		if err != nil || found == nil {
			return nil, err
		}
		id = found.ID
	}
	b, err := r.Jira.Board(ctx, id)
	if problem.Is(err, jira.NotFound) {
		return nil, &problem.Problem{Code: jira.NotFound, Message: fmt.Sprintf("board %d is gone, or the account must not see it", id),
			Hint: "Correct projects[].board, or leave it out to find the board. " + r.boardsHint(ctx, t.project.Key)}
	}
	if err != nil {
		return nil, fmt.Errorf("board %d: %w", id, err)
	}
	if b.Kind != agile.Scrum && b.Kind != agile.Kanban { // a team-managed board tells by its sprints
		b.Kind = agile.Scrum
		if _, err := r.Jira.Sprints(ctx, id); problem.Is(err, jira.BadRequest) { // in whatever words
			b.Kind = agile.Kanban
		}
	}
	if b.Estimate != "" && !slices.ContainsFunc(r.fields.Fields(), func(f agile.Field) bool { return f.ID == b.Estimate && f.Number }) {
		return &b, &problem.Problem{Code: jira.NotFound, Message: fmt.Sprintf("board %d (%s) estimates by the field %s, which is not a number field that the account sees", id, b.Name, b.Estimate),
			Hint: "Set the board's estimation to Story Points, Original time estimate or Issue count, or let the account see the field."}
	}
	return &b, nil
}

// boardsHint lists the boards of a project, where they can be had.
func (r *reading) boardsHint(ctx context.Context, key string) string {
	list, err := r.Jira.Boards(ctx, key)
	if err != nil || len(list) == 0 {
		return ""
	}
	return "Project " + key + " has " + boardNames(list) + "."
}

func boardNames(list []jira.BoardInfo) string {
	var names []string
	for _, b := range list {
		names = append(names, fmt.Sprintf("%d (%s, %s)", b.ID, b.Name, b.Kind))
	}
	return strings.Join(names, ", ")
}

// only chooses a board where there is no choice.
func only(list []jira.BoardInfo, project string) (*jira.BoardInfo, error) {
	var scrum []jira.BoardInfo
	for _, b := range list {
		if b.Kind == agile.Scrum {
			scrum = append(scrum, b)
		}
	}
	switch {
	case len(list) == 0:
		return nil, nil
	case len(scrum) == 1:
		return &scrum[0], nil
	case len(list) == 1:
		return &list[0], nil
	}
	return nil, &problem.Problem{Code: jira.BadRequest, Message: fmt.Sprintf("project %s has several boards", project),
		Hint: "Set projects[].board to one of " + boardNames(list) + "."}
}
