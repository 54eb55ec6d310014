package jira

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"jerem/agile"
	"jerem/jira/transport"
	"jerem/jira/wire"
	"jerem/problem"
)

// SprintInfo is a sprint as a board lists it.
type SprintInfo struct {
	ID, OriginBoard int64
	agile.SprintVersion
	Unreadable []string // what was sent and cannot be believed, dates and the state: it is left out
}

// ErrNoSprints says that Jira does not understand the question for a board's sprints (400 or 422): a board has none by
// its nature, or maps no status. Which of them it is, the kind of the board tells, never Jira's sentence.
var ErrNoSprints = errors.New("the board has no sprints")

// Sprints lists the sprints of a board. A refusal that says that there are none is an *problem.Problem that is
// ErrNoSprints too.
func (r Boards) Sprints(ctx context.Context, board int64) ([]SprintInfo, error) {
	return r.listSprints(ctx, board, url.Values{})
}

// OpenSprints lists those that are not closed.
func (r Boards) OpenSprints(ctx context.Context, board int64) ([]SprintInfo, error) {
	return r.listSprints(ctx, board, url.Values{"state": {"active,future"}})
}

func (r Boards) listSprints(ctx context.Context, board int64, query url.Values) ([]SprintInfo, error) {
	place := fmt.Sprintf("/rest/agile/1.0/board/%d/sprint", board)
	list, err := transport.List[wireSprint](ctx, r.transport, place, query)
	var refused *problem.Problem
	if errors.As(err, &refused) && (refused.Status == http.StatusBadRequest ||
		refused.Status == http.StatusUnprocessableEntity) {
		refused.Cause = ErrNoSprints
		refused.Hint = "A kanban board has none. To a scrum board map the statuses of its work to its columns, in " +
			"the board's settings."
	}
	if err != nil {
		return nil, err
	}
	var out []SprintInfo
	for _, s := range list {
		one := r.toSprintInfo(s)
		if one.ID <= 0 {
			return nil, r.transport.Invalid(place, fmt.Sprintf("a sprint has the id %.20q", string(s.ID)))
		}
		out = append(out, one)
	}
	return out, nil
}

// wireSprint is a sprint as Jira sends it: what of it has another shape costs that alone.
type wireSprint struct {
	ID        wire.Text `json:"id"`
	Name      any       `json:"name"`
	Goal      any       `json:"goal"`
	State     any       `json:"state"`
	Start     any       `json:"startDate"`
	Activated any       `json:"activatedDate"`
	End       any       `json:"endDate"`
	Complete  any       `json:"completeDate"`
	Origin    wire.Text `json:"originBoardId"`
}

// Identity tells a sprint from others.
func (w wireSprint) Identity() string { return string(w.ID) }

func (r Boards) toSprintInfo(w wireSprint) SprintInfo {
	var out SprintInfo
	out.ID, _ = strconv.ParseInt(string(w.ID), 10, 64)
	out.OriginBoard, _ = strconv.ParseInt(string(w.Origin), 10, 64)
	date := func(name string, x any) time.Time {
		at, ok := wire.ParseTime(x)
		if text, isText := x.(string); !ok && x != nil && !(isText && (text == "" || text == "<null>")) {
			out.Unreadable = append(out.Unreadable, name)
		}
		return at
	}
	name, _ := w.Name.(string)
	if name == "" {
		out.Unreadable = append(out.Unreadable, "name")
	}
	goal, _ := w.Goal.(string) // no figure rests on it
	if r.withoutGoals {
		goal = ""
	}
	state, _ := w.State.(string)
	out.SprintVersion = agile.SprintVersion{
		Name: name, Goal: goal, State: agile.SprintState(strings.ToLower(state)),
		Start: date("startDate", w.Start), End: date("endDate", w.End), Complete: date("completeDate", w.Complete),
	}
	if s := out.State; s != agile.Future && s != agile.Active && s != agile.Closed {
		out.State, out.Unreadable = "", append(out.Unreadable, "state")
	}
	if actual := date("activatedDate", w.Activated); !actual.IsZero() {
		out.Start = actual
	}
	if !out.End.IsZero() && !out.Start.IsZero() && !out.End.After(out.Start) { // planned to end before it begins
		out.End, out.Unreadable = time.Time{}, append(out.Unreadable, "endDate")
	}
	if !out.Complete.IsZero() && out.Complete.Before(out.Start) {
		out.Complete, out.Unreadable = time.Time{}, append(out.Unreadable, "completeDate")
	}
	return out
}

// Sprint asks for one sprint by its id.
func (r Boards) Sprint(ctx context.Context, id int64) (SprintInfo, error) {
	var w wireSprint
	err := r.transport.Get(ctx, fmt.Sprintf("/rest/agile/1.0/sprint/%d", id), nil, &w)
	return r.toSprintInfo(w), err
}
