package jira

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/problem"
)

// Account is what is kept of the account that reads: where its clock stands, nothing of a person.
type Account struct{ Zone string }

// Myself checks the credentials: searches also answer the anonymous, with less.
func (c *Client) Myself(ctx context.Context) (Account, error) {
	var w struct {
		Zone string `json:"timeZone"`
	}
	err := c.get(ctx, api+"/myself", nil, &w)
	return Account{w.Zone}, err
}

// Fields asks for the fields of the site.
func (c *Client) Fields(ctx context.Context) (Fieldset, error) {
	var w []wireField
	if err := c.get(ctx, api+"/field", nil, &w); err != nil {
		return Fieldset{}, err
	}
	return newFieldset(w, c.dialect()), nil
}

// Statuses asks for the statuses of the site with their categories.
func (c *Client) Statuses(ctx context.Context) ([]agile.Status, error) {
	var w []struct {
		ID       text   `json:"id"`
		Name     string `json:"name"`
		Plain    string `json:"untranslatedName"`
		Category struct {
			Key string `json:"key"`
		} `json:"statusCategory"`
	}
	if err := c.get(ctx, api+"/status", nil, &w); err != nil {
		return nil, err
	}
	var out []agile.Status
	for _, s := range w {
		names := []string{s.Name}
		if s.Plain != "" && s.Plain != s.Name {
			names = append(names, s.Plain)
		}
		category := agile.Category(s.Category.Key)
		if category == "undefined" {
			category = agile.CategoryUnknown
		}
		out = append(out, agile.Status{ID: string(s.ID), Name: s.Name, Names: names, Category: category})
	}
	return out, nil
}

// Types asks for the issue types of the site. A site without levels tells sub-tasks, and epics by name.
func (c *Client) Types(ctx context.Context) ([]agile.Type, error) {
	var w []struct {
		ID      text   `json:"id"`
		Name    string `json:"name"`
		Subtask bool   `json:"subtask"`
		Level   *int   `json:"hierarchyLevel"`
	}
	if err := c.get(ctx, api+"/issuetype", nil, &w); err != nil {
		return nil, err
	}
	var out []agile.Type
	for _, t := range w {
		level := 0
		switch {
		case t.Level != nil:
			level = *t.Level
		case t.Subtask:
			level = -1
		case strings.EqualFold(t.Name, "Epic"):
			level = 1
		}
		if !slices.ContainsFunc(out, func(o agile.Type) bool { return o.ID == string(t.ID) }) {
			out = append(out, agile.Type{ID: string(t.ID), Name: t.Name, Level: level})
		}
	}
	return c.findEpics(ctx, out)
}

// Project is a project of the site.
type Project struct{ ID, Key, Name string }

type wireProject struct {
	ID   text   `json:"id"`
	Key  string `json:"key"`
	Name string `json:"name"`
}

func (w wireProject) identity() string { return string(w.ID) + w.Key }

func (w wireProject) project() Project { return Project{string(w.ID), w.Key, w.Name} }

// Project finds a project by its key or, where no key fits, by its name.
func (c *Client) Project(ctx context.Context, keyOrName string) (Project, error) {
	var w wireProject
	err := c.get(ctx, api+"/project/"+url.PathEscape(keyOrName), nil, &w)
	if err == nil {
		return w.project(), nil
	}
	if !problem.Is(err, NotFound) && !problem.Is(err, BadRequest) {
		return Project{}, err
	}
	return c.projectByName(ctx, keyOrName)
}

func (c *Client) projectByName(ctx context.Context, name string) (Project, error) {
	if c.dialect() == DataCenter {
		return c.projectInList(ctx, name)
	}
	list, err := listed[wireProject](ctx, c, api+"/project/search", url.Values{})
	if err != nil {
		return Project{}, err
	}
	return c.namedProject(list, name)
}

// namedProject finds a project by its name among all that the account sees.
func (c *Client) namedProject(list []wireProject, name string) (Project, error) {
	var seen []string
	for _, p := range list {
		if strings.EqualFold(p.Name, name) || strings.EqualFold(p.Key, name) {
			return p.project(), nil
		}
		seen = append(seen, p.Key)
	}
	return Project{}, c.noProject(name, seen)
}

// noProject says that a project is not there, and which ones are.
func (c *Client) noProject(name string, seen []string) error {
	hint := "The account sees no project at all: it needs the permission to browse it."
	if len(seen) > 0 {
		slices.Sort(seen)
		more := ""
		if len(seen) > 20 {
			more = fmt.Sprintf(" and %d more", len(seen)-20)
			seen = seen[:20]
		}
		hint = "The account sees these: " + strings.Join(seen, ", ") + more + "."
	}
	return &problem.Problem{Code: NotFound, Message: fmt.Sprintf("jira %s: there is no project %q", c.host(), name), Hint: hint}
}

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

func (w wireBoard) identity() string { return strconv.FormatInt(w.ID, 10) }

// Boards lists the boards whose filter refers to a project.
func (c *Client) Boards(ctx context.Context, projectKey string) ([]BoardInfo, error) {
	list, err := listed[wireBoard](ctx, c, "/rest/agile/1.0/board", url.Values{"projectKeyOrId": {projectKey}})
	if err != nil {
		return nil, err
	}
	var out []BoardInfo
	for _, b := range list {
		kind := agile.BoardKind(b.Type)
		if b.Type == "simple" { // a team-managed project: scrum where its sprints are switched on
			kind = agile.Scrum
			if _, err := c.Sprints(ctx, b.ID); errors.Is(err, ErrNoSprints) {
				kind = agile.Kanban
			} else if err != nil {
				return nil, fmt.Errorf("board %d: %w", b.ID, err)
			}
		}
		out = append(out, BoardInfo{b.ID, b.Name, kind})
	}
	return out, nil
}

// Board asks for a board with its columns and what it estimates by.
func (c *Client) Board(ctx context.Context, id int64) (agile.Board, error) {
	var w struct {
		ID      int64  `json:"id"`
		Name    string `json:"name"`
		Type    string `json:"type"`
		Columns struct {
			Columns []struct {
				Name     string `json:"name"`
				Statuses []struct {
					ID text `json:"id"`
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
	place := fmt.Sprintf("/rest/agile/1.0/board/%d/configuration", id)
	if err := c.get(ctx, place, nil, &w); err != nil {
		return agile.Board{}, err
	}
	b := agile.Board{ID: id, Name: w.Name, Kind: agile.BoardKind(w.Type)}
	if w.Estimation.Type == "field" {
		b.Estimate = w.Estimation.Field.ID
	}
	for _, col := range w.Columns.Columns {
		column := agile.Column{Name: col.Name}
		for _, s := range col.Statuses {
			column.Statuses = append(column.Statuses, string(s.ID))
		}
		b.Columns = append(b.Columns, column)
	}
	return b, nil
}

// SprintInfo is a sprint as a board lists it.
type SprintInfo struct {
	ID, OriginBoard int64
	agile.SprintVersion
	Unreadable []string // dates that were sent and cannot be believed: they are left out
}

// ErrNoSprints says that Jira does not understand the question for a board's sprints (400 or 422): a board has none by its
// nature, or maps no status. Which of them it is, the kind of the board tells, never Jira's sentence.
var ErrNoSprints = errors.New("the board has no sprints")

// Sprints lists the sprints of a board. A refusal that says that there are none is an *problem.Problem that is ErrNoSprints too.
func (c *Client) Sprints(ctx context.Context, board int64) ([]SprintInfo, error) {
	list, err := listed[wireSprint](ctx, c, fmt.Sprintf("/rest/agile/1.0/board/%d/sprint", board), url.Values{})
	var refused *problem.Problem
	if errors.As(err, &refused) && (refused.Status == http.StatusBadRequest || refused.Status == http.StatusUnprocessableEntity) {
		refused.Cause = ErrNoSprints
		refused.Hint = "A kanban board has none. To a scrum board map the statuses of its work to its columns, in the board's settings."
	}
	if err != nil {
		return nil, err
	}
	var out []SprintInfo
	for _, s := range list {
		out = append(out, s.info())
	}
	return out, nil
}

type wireSprint struct {
	ID        int64  `json:"id"`
	Name      string `json:"name"`
	Goal      string `json:"goal"`
	State     string `json:"state"`
	Start     any    `json:"startDate"`
	Activated any    `json:"activatedDate"`
	End       any    `json:"endDate"`
	Complete  any    `json:"completeDate"`
	Origin    int64  `json:"originBoardId"`
}

func (w wireSprint) identity() string { return strconv.FormatInt(w.ID, 10) }

func (w wireSprint) info() SprintInfo {
	out := SprintInfo{ID: w.ID, OriginBoard: w.Origin}
	date := func(name string, x any) time.Time {
		at, ok := parseTime(x)
		if text, isText := x.(string); !ok && x != nil && !(isText && (text == "" || text == "<null>")) {
			out.Unreadable = append(out.Unreadable, name)
		}
		return at
	}
	out.SprintVersion = agile.SprintVersion{
		Name: w.Name, Goal: w.Goal, State: agile.SprintState(strings.ToLower(w.State)),
		Start: date("startDate", w.Start), End: date("endDate", w.End), Complete: date("completeDate", w.Complete),
	}
	if actual := date("activatedDate", w.Activated); !actual.IsZero() {
		out.Start = actual
	}
	return out
}

// Sprint asks for one sprint by its id.
func (c *Client) Sprint(ctx context.Context, id int64) (SprintInfo, error) {
	var w wireSprint
	err := c.get(ctx, fmt.Sprintf("/rest/agile/1.0/sprint/%d", id), nil, &w)
	return w.info(), err
}
