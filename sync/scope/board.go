package scope

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jerem/agile"
	"jerem/jira"
	"jerem/jira/document"
	"jerem/problem"
)

// FindBoard returns the configured board or, without one (configured is 0), the project's only scrum board, else its
// only board. A project without boards has none; of several the configuration must name one: see IsAmbiguous. A board
// whose estimate cannot be read comes with the error.
func FindBoard(
	ctx context.Context,
	client *jira.Client,
	fields document.Fieldset,
	configured int64,
	project string,
) (*agile.Board, error) {
	id := configured
	if id == 0 {
		list, err := client.Boards().OfProject(ctx, project)
		if err != nil {
			return nil, err
		}
		found, err := OnlyBoard(list, project)
		if err != nil || found == nil {
			return nil, err
		}
		id = found.ID
	}
	b, err := client.Boards().Board(ctx, id)
	if problem.Is(err, jira.NotFound) {
		return nil, &problem.Problem{
			Code:    jira.NotFound,
			Message: fmt.Sprintf("board %d is gone, or the account must not see it", id),
			Hint: "Correct projects[].board, or leave it out to find the board. " + boardsHint(
				ctx,
				client,
				project,
			),
		}
	}
	if err != nil {
		return nil, fmt.Errorf("board %d: %w", id, err)
	}
	if b.Kind != agile.Scrum && b.Kind != agile.Kanban { // a team-managed board tells by its sprints
		b.Kind = agile.Scrum
		if _, err := client.Boards().Sprints(ctx, id); problem.Is(err, jira.BadRequest) { // in whatever words
			b.Kind = agile.Kanban
		}
	}
	if !ReadsEstimate(fields, &b) {
		return &b, &problem.Problem{
			Code: jira.NotFound,
			Message: fmt.Sprintf(
				"board %d (%s) estimates by the field %s, which is not a number field that the account sees",
				id,
				b.Name,
				b.Estimate,
			),
			Hint: "Set the board's estimation to Story Points, Original time estimate or Issue count, or let " +
				"the account see the field.",
		}
	}
	return &b, nil
}

// ReadsEstimate tells whether what a board estimates by can be read: it is a number field that the account sees, or the
// board counts issues.
func ReadsEstimate(fields document.Fieldset, b *agile.Board) bool {
	return b.Estimate == "" ||
		slices.ContainsFunc(fields.Fields(), func(f agile.Field) bool { return f.ID == b.Estimate && f.Number })
}

// boardsHint lists the boards of a project, where they can be had.
func boardsHint(ctx context.Context, client *jira.Client, key string) string {
	list, err := client.Boards().OfProject(ctx, key)
	if err != nil || len(list) == 0 {
		return ""
	}
	return "Project " + key + " has " + BoardNames(list) + "."
}

// BoardNames writes boards with id, name and kind.
func BoardNames(list []jira.BoardInfo) string {
	var names []string
	for _, b := range list {
		names = append(names, fmt.Sprintf("%d (%s, %s)", b.ID, b.Name, b.Kind))
	}
	return strings.Join(names, ", ")
}

// OnlyBoard chooses a board where there is no choice, nil of none. Several are an error that IsAmbiguous tells.
func OnlyBoard(list []jira.BoardInfo, project string) (*jira.BoardInfo, error) {
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
	return nil, &problem.Problem{
		Code:    jira.BadRequest,
		Message: fmt.Sprintf("project %s has several boards", project),
		Hint:    "Set projects[].board to one of " + BoardNames(list) + ".",
	}
}

// IsAmbiguous tells whether a project has several boards of which the configuration names none.
func IsAmbiguous(err error) bool {
	var e *problem.Problem
	return errors.As(err, &e) && e.Code == jira.BadRequest && e.Status == 0
}
