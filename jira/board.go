package jira

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"

	"jerem/agile"
	"jerem/jira/transport"
	"jerem/jira/wire"
)

// BoardInfo is a board as a list tells it.
type BoardInfo struct {
	ID   int64
	Name string
	Kind agile.BoardKind
}

type wireBoard struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Type string `json:"type"`
}

// Identity tells a board from others.
func (w wireBoard) Identity() string { return strconv.FormatInt(w.ID, 10) }

// Boards reads boards with their sprints. It is safe for concurrent use.
type Boards struct {
	transport    *transport.Client
	withoutGoals bool
}

// OfProject lists the boards whose filter refers to a project.
func (r Boards) OfProject(ctx context.Context, projectKey string) ([]BoardInfo, error) {
	list, err := transport.List[wireBoard](ctx, r.transport, "/rest/agile/1.0/board",
		url.Values{"projectKeyOrId": {projectKey}})
	if err != nil {
		return nil, err
	}
	var out []BoardInfo
	for _, b := range list {
		if b.ID <= 0 {
			return nil, r.transport.Invalid("/rest/agile/1.0/board", fmt.Sprintf("a board has the id %d", b.ID))
		}
		kind := agile.BoardKind(b.Type)
		if b.Type == "simple" { // a team-managed project: scrum where its sprints are switched on
			kind = agile.Scrum
			if _, err := r.Sprints(ctx, b.ID); errors.Is(err, ErrNoSprints) {
				kind = agile.Kanban
			} else if err != nil {
				return nil, fmt.Errorf("board %d: %w", b.ID, err)
			}
		}
		out = append(out, BoardInfo{b.ID, b.Name, kind})
	}
	return out, nil
}

// Listed lists the boards of the whole site that the account sees, up to a number of pages of fifty; whole says that
// these are all. That of a team-managed project is of the kind that Jira tells, simple: it says nothing of sprints.
func (r Boards) Listed(ctx context.Context, pages int) (boards []BoardInfo, whole bool, err error) {
	list, whole, err := transport.ListPages[wireBoard](ctx, r.transport, "/rest/agile/1.0/board", url.Values{}, pages)
	for _, b := range list {
		boards = append(boards, BoardInfo{b.ID, b.Name, agile.BoardKind(b.Type)})
	}
	return boards, whole, err
}

// wireConfiguration is a board with its columns and what it estimates by.
type wireConfiguration struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Type    string `json:"type"`
	Columns struct {
		Columns []struct {
			Name     string `json:"name"`
			Statuses []struct {
				ID wire.Text `json:"id"`
			} `json:"statuses"`
		} `json:"columns"`
	} `json:"columnConfig"`
	Estimation struct {
		Type  string `json:"type"`
		Field struct {
			ID string `json:"fieldId"`
		} `json:"field"`
	} `json:"estimation"`
}

// Lacking tells that an answer is about no board: one without a type would pass for one that has no sprints, one
// without columns, or whose last column lacks its statuses, for one on which other work is done.
func (w *wireConfiguration) Lacking() string {
	if w.Type == "" {
		return "type"
	}
	for _, c := range w.Columns.Columns {
		if c.Statuses == nil { // it must not pass for a column of no status, which an empty list is
			return "columnConfig.columns.statuses"
		}
	}
	return transport.LackingList("columnConfig.columns", w.Columns.Columns)
}

// Board asks for a board with its columns and what it estimates by.
func (r Boards) Board(ctx context.Context, id int64) (agile.Board, error) {
	var w wireConfiguration
	place := fmt.Sprintf("/rest/agile/1.0/board/%d/configuration", id)
	if err := r.transport.Get(ctx, place, nil, &w); err != nil {
		return agile.Board{}, err
	}
	if w.ID != id && w.ID != 0 {
		return agile.Board{}, r.transport.Invalid(place, fmt.Sprintf("board %d answers", w.ID))
	}
	b := agile.Board{ID: id, Name: w.Name, Kind: agile.BoardKind(w.Type)}
	if w.Estimation.Type == "field" {
		b.Estimate = w.Estimation.Field.ID
	}
	b.EstimateUntold = b.Kind == agile.Scrum && b.Estimate == "" && w.Estimation.Type != "none" &&
		w.Estimation.Type != "issueCount"
	for _, col := range w.Columns.Columns {
		column := agile.Column{Name: col.Name}
		for _, s := range col.Statuses {
			column.Statuses = append(column.Statuses, string(s.ID))
		}
		b.Columns = append(b.Columns, column)
	}
	return b, nil
}
